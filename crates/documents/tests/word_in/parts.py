"""Pieces of WordprocessingML that python-docx has no words for."""


from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

NS = " ".join([
    nsdecls("w", "r"),
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
])

DOCUMENT = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
CONTENT_TYPES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="html" ContentType="text/html"/>'
    '<Override PartName="/{main}" ContentType="{kind}"/>{more}</Types>')
RELS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="{main}"/></Relationships>')


def content_type(name):
    kind = name.rsplit("/", 1)[1].split(".")[0].rstrip("0123456789")
    return f"application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml"


def write(cell, text):
    lines = text if isinstance(text, list) else [text]
    cell.text = lines[0]
    for line in lines[1:]:
        cell.add_paragraph(line)


def number(paragraph):
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:numPr {NS}><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'))


def run_of(text):
    return f'<w:r {NS}><w:t xml:space="preserve">{text}</w:t></w:r>'


def box_control(ticked):
    return (f'<w:sdt {NS}><w:sdtPr><w14:checkbox><w14:checked w14:val="{int(ticked)}"/>'
            '<w14:checkedState w14:val="2612" w14:font="MS Gothic"/>'
            '<w14:uncheckedState w14:val="2610" w14:font="MS Gothic"/></w14:checkbox></w:sdtPr>'
            f'<w:sdtContent><w:r><w:t>{"☒" if ticked else "☐"}</w:t></w:r></w:sdtContent></w:sdt>')


def old_box(ticked):
    return (f'<w:r {NS}><w:fldChar w:fldCharType="begin"><w:ffData><w:name w:val="a"/><w:enabled/>'
            f'<w:checkBox><w:sizeAuto/><w:default w:val="0"/>{"<w:checked/>" if ticked else ""}</w:checkBox>'
            '</w:ffData></w:fldChar></w:r>')


CHANGE = 'w:id="1" w:author="经办" w:date="2024-01-01T00:00:00Z"'


def deleted(text):
    return f'<w:del {NS} {CHANGE}><w:r><w:delText>{text}</w:delText></w:r></w:del>'


def inserted(text):
    return f'<w:ins {NS} {CHANGE}><w:r><w:t>{text}</w:t></w:r></w:ins>'


def moved_away(text):
    return f'<w:moveFrom {NS} {CHANGE}><w:r><w:t>{text}</w:t></w:r></w:moveFrom>'


def delete_mark(paragraph):
    properties = paragraph._p.get_or_add_pPr()
    properties.append(parse_xml(f'<w:rPr {NS}><w:del {CHANGE}/></w:rPr>'))


def delete_row(row):
    row._tr.insert(0, parse_xml(f'<w:trPr {NS}><w:del {CHANGE}/></w:trPr>'))


def hidden(text):
    return f'<w:r {NS}><w:rPr><w:vanish/></w:rPr><w:t>{text}</w:t></w:r>'


def field(code, text):
    mark = lambda kind: f'<w:r {NS}><w:fldChar w:fldCharType="{kind}"/></w:r>'
    instruction = f'<w:r {NS}><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return [mark("begin"), instruction, mark("separate"), run_of(text), mark("end")]


def simple_field(code, text):
    return [f'<w:fldSimple {NS} w:instr=" {code} ">{run_of(text)}</w:fldSimple>']


def link(text):
    return [f'<w:hyperlink {NS} w:anchor="place">{run_of(text)}</w:hyperlink>']


def in_control(element, properties=""):
    control = parse_xml(f'<w:sdt {NS}><w:sdtPr><w:id w:val="7"/>{properties}</w:sdtPr><w:sdtContent/></w:sdt>')
    element.addprevious(control)
    control.find(qn("w:sdtContent")).append(element)


def ruby(base, reading):
    return (f'<w:r {NS}><w:ruby><w:rubyPr/><w:rt>{run_of(reading)}</w:rt>'
            f'<w:rubyBase>{run_of(base)}</w:rubyBase></w:ruby></w:r>')


def merge_down(table, column, first, last):
    """Merges without python-docx's joining of the texts."""
    for row in range(first, last + 1):
        cell = table.rows[row]._tr.tc_lst[column]
        kind = "restart" if row == first else "continue"
        cell.get_or_add_tcPr().append(parse_xml(f'<w:vMerge {NS} w:val="{kind}"/>'))


def header(text):
    return f'<w:hdr {NS}><w:p>{run_of(text)}</w:p></w:hdr>'.encode()


def footnote(text):
    return (f'<w:footnotes {NS}><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p>'
            f'</w:footnote><w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run_of(text)}</w:p>'
            '</w:footnote></w:footnotes>').encode()
