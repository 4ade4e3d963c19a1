"""Makes the Word files of files/, each with one oddity of those that offices send.

    python3 -m venv venv && venv/bin/pip install python-docx==1.2.0 msoffcrypto-tool==6.1.0
    venv/bin/python make.py

All say the same of the same item, an invented one, so that each test asks the same: is every
value in its element? The files are committed, and the tests read them without Python.
Files that LibreOffice writes are made where `soffice` is installed.
"""

import io
import pathlib
import shutil
import subprocess
import sys
import tempfile
import zipfile

import docx
import msoffcrypto.format.ooxml
from docx.oxml import parse_xml
from lxml import etree

import documents, layouts, texts, writings  # noqa: E401, F401 (each names its files)
from facts import FILES
from layouts import plain_sheet
from parts import *

HERE = pathlib.Path(__file__).parent / "files"

def other_namespaces(xml):
    """As Word saves 「Strict Open XML」."""
    return xml.replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main")


def package(xml, extra, main="word/document.xml", kind=DOCUMENT):
    types = "".join(f'<Override PartName="/{name}" ContentType="{content_type(name)}"/>' for name in extra)
    parts = {
        "[Content_Types].xml": CONTENT_TYPES.format(main=main, kind=kind, more=types),
        "_rels/.rels": RELS.format(main=main),
        main: xml,
        **extra,
    }
    return packed(parts)


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()


def xml_of(make):
    document = docx.Document()
    extra = make(document) or {}
    # A document ends with a paragraph; LibreOffice loses a last table without one.
    document.add_paragraph("")
    xml = etree.tostring(document.element, xml_declaration=True, encoding="UTF-8", standalone=True)
    return xml, extra


def write_all():
    HERE.mkdir(exist_ok=True)
    for name, make in FILES.items():
        (HERE / f"{name}.docx").write_bytes(package(*xml_of(make)))
    plain, _ = xml_of(plain_sheet)
    (HERE / "strict.docx").write_bytes(package(other_namespaces(plain), {}))
    (HERE / "with_macros.docm").write_bytes(package(plain, {}, kind=MACROS))
    (HERE / "numbered_part.docx").write_bytes(package(plain, {}, main="word/document2.xml"))
    chunk = parse_xml(f'<w:altChunk {NS} r:id="rId1"/>')
    xml, _ = xml_of(lambda document: document.element.body.insert(0, chunk))
    (HERE / "other_document_inside.docx").write_bytes(
        package(xml, {"word/chunk.html": "<html><body><table></table></body></html>"}))


def write_protected():
    """Encrypted with a password: the salt is random, so it is made only when it is missing."""
    out = HERE / "with_password.docx"
    if not out.exists():
        plain = io.BytesIO((HERE / "plain_sheet.docx").read_bytes())
        with out.open("wb") as file:
            msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("secret", file)


def write_by_libreoffice():
    """LibreOffice writes the time into a file, so these are made only when they are missing."""
    soffice = shutil.which("soffice")
    wanted = [("plain_sheet.docx", "doc", "old_word.doc"), ("merged_cells.docx", "rtf", "rich_text.rtf"),
              ("merged_cells.docx", "docx", "saved_by_libreoffice.docx"),
              ("flowchart_in_a_cell.docx", "docx", "flowchart_saved_by_libreoffice.docx")]
    for source, kind, name in wanted:
        if (HERE / name).exists():
            continue
        if not soffice:
            print(f"soffice is not installed: {name} is not made", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run([soffice, f"-env:UserInstallation=file://{folder}/profile", "--headless",
                            "--convert-to", kind, "--outdir", folder, str(HERE / source)],
                           check=True, stdout=subprocess.DEVNULL, timeout=120)
            shutil.copy(next(pathlib.Path(folder).glob(f"*.{kind}")), HERE / name)


if __name__ == "__main__":
    write_all()
    write_protected()
    write_by_libreoffice()
