"""What Word has in its text beside text, and text boxes."""

import docx
from docx.oxml import parse_xml

import drawings
from facts import *
from parts import *


@file
def tracked_changes(document):
    """Inserted text counts; deleted and moved text, a deleted row and a deleted end do not."""
    table = sheet(document, without("承诺时限", "受理条件"))
    cells = table.add_row().cells
    write(cells[0], "承诺时限")
    cells[1].paragraphs[0]._p.append(parse_xml(deleted("10")))
    cells[1].paragraphs[0]._p.append(parse_xml(inserted("5")))
    cells[1].paragraphs[0]._p.append(parse_xml(run_of("个工作日")))
    cells = table.add_row().cells
    write(cells[0], "受理条件")
    write(cells[1], ["一、持有", "本县户口", CONDITIONS[1]])
    delete_mark(cells[1].paragraphs[0])
    cells = table.add_row().cells
    write(cells[0], "备注")
    write(cells[1], "这一行已经删去")
    delete_row(table.rows[-1])
    cells = table.rows[0].cells
    cells[1].paragraphs[0]._p.append(parse_xml(moved_away("移走的字")))


@file
def hidden_text(document):
    table = sheet(document, ROWS)
    for cell in (table.rows[0].cells[1], table.rows[5].cells[0]):
        cell.paragraphs[0]._p.append(parse_xml(hidden("打印时看不见的说明")))


@file
def fields_and_links(document):
    table = sheet(document, without("承诺时限", "咨询电话", "办理地点"))
    for label, xml in [
        ("承诺时限", field("FORMTEXT", "5个工作日")),
        ("咨询电话", simple_field("DOCPROPERTY phone", PHONE)),
        ("办理地点", link(ADDRESS)),
    ]:
        cells = table.add_row().cells
        write(cells[0], label)
        for part in xml:
            cells[1].paragraphs[0]._p.append(parse_xml(part))


@file
def content_controls(document):
    """Controls around a run, a paragraph, a cell and a row; one still shows its placeholder."""
    table = sheet(document, ROWS + [("备注", "")])
    rows = list(table.rows)
    values = [row.cells[1] for row in rows]
    write(values[9], "单击此处输入文字。")
    in_control(values[9].paragraphs[0].runs[0]._r, "<w:showingPlcHdr/>")
    in_control(values[0].paragraphs[0].runs[0]._r)
    in_control(values[1].paragraphs[0]._p)
    in_control(values[4]._tc)
    in_control(rows[5]._tr)


@file
def smart_tags(document):
    table = sheet(document, ROWS)
    for row in table.rows:
        run = row.cells[1].paragraphs[0].runs[0]._r
        tag = parse_xml(f'<w:smartTag {NS} w:uri="urn:schemas-microsoft-com:office:smarttags" w:element="place"/>')
        run.addprevious(tag)
        tag.append(run)


@file
def readings_over_characters(document):
    table = sheet(document, without("事项名称"))
    cells = table.add_row().cells
    write(cells[0], "事项名称")
    paragraph = cells[1].paragraphs[0]._p
    paragraph.append(parse_xml(run_of("最低生活保障对象")))
    paragraph.append(parse_xml(ruby("确认", "quèrèn")))
    paragraph.append(parse_xml(run_of("（示例）")))


@file
def text_boxes(document):
    sheet(document, ROWS[:6])
    for label, value in ROWS[6:]:
        paragraph = document.add_paragraph("")
        paragraph._p.append(parse_xml(drawings.text_box(f"{label}：{value}")))


@file
def text_boxes_of_old_word(document):
    sheet(document, ROWS[:8])
    paragraph = document.add_paragraph("")
    paragraph._p.append(parse_xml(drawings.vml_text_box(f"咨询电话：{PHONE}")))


@file
def a_table_in_a_text_box(document):
    paragraph = document.add_paragraph("政务服务事项内容信息表")
    inner = docx.Document()
    table = sheet(inner, ROWS)
    box = parse_xml(drawings.text_box(""))
    content = next(it for it in box.iter() if it.tag.endswith("}txbxContent"))
    content.insert(0, table._tbl)
    paragraph._p.append(box)
