"""Writes files of ten megabytes, the slowest and largest to read that we could think of.

    python3 large.py work/large
    for file in work/large/*; do
        target/x86_64-unknown-linux-gnu/release/${file##*.} -rss_limit_mb=512 -timeout=10 $file
    done

libFuzzer says how long each took. The harness is instrumented, so the program is faster. Word
files are small, and inflate to as much as is read.
"""

import io
import pathlib
import sys
import zipfile

SIZE = 10 << 20
OUT = pathlib.Path(sys.argv[1])


def document(body):
    return packed({"word/document.xml": f"<w:document><w:body>{body}</w:body></w:document>"})


def packed(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


def cell(text):
    return f"<w:tc><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"


def table(width, text):
    """Half a million cells, as many as a document may have."""
    head = "<w:tr>" + cell("事项名称") + cell("事项类型") + "</w:tr>"
    row = "<w:tr>" + cell(text) * width + "</w:tr>"
    return document("<w:tbl>" + head + row * (480_000 // width) + "</w:tbl>")


def different_labels():
    row = lambda at: "<w:tr>" + cell(f"第{at}种材料") + cell("甲") + "</w:tr>"
    named = "<w:tr>" + cell("事项名称") + cell("低保") + "</w:tr>"
    return document("<w:tbl>" + named + "".join(map(row, range(240_000))) + "</w:tbl>")


def paragraph(text):
    """As much text as a document may hold, in one paragraph."""
    long = text * (63 * (1 << 20) // len(text.encode()))
    return document(f"<w:p><w:r><w:t>事项名称：低保{long}</w:t></w:r></w:p>")


def shapes(n):
    shape = lambda at: (
        f'<wps:wsp><wps:cNvPr id="{at}"/><wps:spPr><a:xfrm><a:off x="{at}" y="0"/><a:ext cx="9" cy="9"/></a:xfrm>'
        f'<a:prstGeom prst="{"line" if at % 2 else "rect"}"/></wps:spPr><wps:txbx><w:txbxContent><w:p><w:r><w:t>步</w:t>'
        '</w:r></w:p></w:txbxContent></wps:txbx></wps:wsp>')
    return document("".join(map(shape, range(n))))


def workbook():
    row = lambda at: (f'<row r="{at}"><c r="A{at}" t="inlineStr"><is><t>事项名称</t></is></c>'
                      f'<c r="B{at}"><v>1</v></c></row>')
    rows = "".join(map(row, range(1, 90_001)))
    return f"<worksheet><sheetData>{rows}</sheetData></worksheet>".encode()


def repeated(text, head="", tail=""):
    return (head + text * (SIZE // len(text.encode())) + tail).encode()


FILES = {
    "rows.csv": lambda: repeated("低保,行政确认,5个工作日\n", "事项名称,事项类型,承诺时限\n"),
    "quotes.csv": lambda: repeated('"低保,"\n', "事项名称\n"),
    "open_quote.csv": lambda: repeated('低保,"', "事项名称\n"),
    "columns.csv": lambda: repeated("事项名称,"),
    "records.json": lambda: repeated('{"事项名称":"低保","事项类型":"行政确认"},', "[", '{"事项名称":"a"}]'),
    "nested.json": lambda: b"[" * SIZE,
    "long.json": lambda: repeated("低", '[{"事项名称":"', '"}]'),
    "keys.json": lambda: ("[{" + ",".join(f'"{at}":1' for at in range(900_000)) + "}]").encode(),
    "cells.docx": lambda: table(6, "低保"),
    "labels.docx": lambda: table(2, "低保对象"),
    "different_labels.docx": different_labels,
    "text.docx": lambda: paragraph("低保对象确认事项的受理条件和材料"),
    "pairs.docx": lambda: paragraph("；办理时限：5个工作日"),
    "boxes.docx": lambda: paragraph("☑是 □否 "),
    "some_shapes.docx": lambda: shapes(2_000),
    "shapes.docx": lambda: shapes(200_000),
    "paragraphs.docx": lambda: document("<w:p/>" * (63 * (1 << 20) // 6)),
    "lines.docx": lambda: document("<w:p><w:r><w:t>甲</w:t></w:r></w:p>" * 1_700_000),
    "cells.xlsx": workbook,
}

OUT.mkdir(parents=True, exist_ok=True)
for name, make in FILES.items():
    (OUT / name).write_bytes(make())
