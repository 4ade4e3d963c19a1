"""Documents without a table, lists, and flowcharts."""

from docx.oxml import parse_xml

import drawings
from facts import *
from parts import *


@file
def paragraphs_without_a_table(document):
    document.add_paragraph("武山县民政局政务服务事项信息")
    for label, value in ROWS:
        if isinstance(value, list):
            document.add_paragraph(f"{label}：")
            for line in value:
                document.add_paragraph(line)
        else:
            document.add_paragraph(f"{label}：{value}")


@file
def headings_with_text_below(document):
    numbers = "一二三四五六七八九"
    for number, (label, value) in zip(numbers, ROWS):
        document.add_paragraph(f"{number}、{label}")
        for line in value if isinstance(value, list) else [value]:
            document.add_paragraph(line)


@file
def two_pairs_on_a_line(document):
    rows = dict(without("受理条件"))
    labels = list(rows)
    for at in range(0, len(labels), 2):
        document.add_paragraph("    ".join(f"{it}：{rows[it]}" for it in labels[at:at + 2]))
    document.add_paragraph("【受理条件】" + CONDITIONS[0])
    document.add_paragraph(CONDITIONS[1])


@file
def name_in_the_title(document):
    document.add_paragraph(f"{NAME}办事指南")
    sheet(document, without("事项名称"))


@file
def office_in_the_page_header(document):
    sheet(document, ROWS)
    return {"word/header1.xml": header("武山县民政局 政务服务事项内容目录")}


@file
def footnotes(document):
    table = sheet(document, ROWS)
    table.rows[4].cells[1].paragraphs[0]._p.append(
        parse_xml(f'<w:r {NS}><w:footnoteReference w:id="2"/></w:r>'))
    return {"word/footnotes.xml": footnote("自受理之日起算。")}


@file
def text_that_belongs_nowhere(document):
    table = sheet(document, ROWS)
    cells = table.add_row().cells
    write(cells[0].merge(cells[1]), "本表一式两份，由经办股室留存，不另行公布。")
    document.add_paragraph("此件由社会救助股整理，请各乡镇核对。")


# ---- lists

LIST = ["序号", "事项名称", "事项类型", "法定时限", "承诺时限", "咨询电话"]


def listed(number, name, promised="5个工作日"):
    return [number, name, "行政确认", "20个工作日", promised, PHONE]


def list_of(document, rows):
    table = document.add_table(0, len(rows[0]))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row):
            write(cell, text)
    return table


@file
def headers_repeated(document):
    document.add_paragraph("填报单位：武山县民政局")
    list_of(document, [LIST, listed("1", NAME), LIST, listed("2", "临时救助对象确认（示例）", "即办")])


@file
def header_in_the_middle_of_a_page(document):
    """Title rows over the header in the table, and after a page break rows without a header."""
    table = list_of(document, [[""] * 6, [""] * 6, LIST, listed("1", NAME)])
    write(table.cell(0, 0).merge(table.cell(0, 5)), "武山县民政局政务服务事项内容目录")
    write(table.cell(1, 0).merge(table.cell(1, 5)), "共 2 项")
    document.add_paragraph("")
    list_of(document, [listed("2", "临时救助对象确认（示例）", "即办")])


@file
def vertical_merges(document):
    """One item over several rows, a material in each; the kind is merged over all items."""
    head = ["序号", "事项名称", "事项类型", "材料名称", "份数", "承诺时限"]
    rows = [
        ["1", NAME, "行政确认", "申请书", "1", "5个工作日"],
        ["", "", "", "户口簿", "2", ""],
        ["2", "临时救助对象确认（示例）", "", "申请书", "1", "即办"],
    ]
    table = list_of(document, [head, *rows])
    for column in (0, 1, 5):
        merge_down(table, column, 1, 2)
    merge_down(table, 2, 1, 3)


# ---- flowcharts

@file
def flowchart_glued(document):
    sheet(document, ROWS)
    document.add_paragraph("")._p.append(parse_xml(drawings.chart(glued=True)))


@file
def flowchart_in_a_cell(document):
    """Lines that are glued to nothing, and words beside them, in the cell of 办理流程图."""
    table = sheet(document, ROWS + [("办理流程图", "")])
    table.rows[-1].cells[1].paragraphs[0]._p.append(parse_xml(drawings.chart(glued=False)))


@file
def flowchart_of_old_word(document):
    sheet(document, ROWS)
    document.add_paragraph("")._p.append(parse_xml(drawings.vml_chart()))
