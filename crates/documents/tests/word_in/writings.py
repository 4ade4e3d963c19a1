"""Ways in which labels and values are written, and boxes to tick."""

from docx.oxml import parse_xml

from facts import *
from parts import *


@file
def labels_in_other_words(document):
    others = {
        "事项名称": "服务事项名称", "事项类型": "职权类别", "服务对象": "办事对象",
        "受理条件": "受理的条件", "法定时限": "法定办理期限", "承诺时限": "办理承诺时限",
        "是否收费": "收费情况", "办理地点": "窗口地址", "咨询电话": "咨询服务电话号码",
    }
    sheet(document, [(others[label], value) for label, value in ROWS])


@file
def labels_with_spaces(document):
    spaced = lambda label: " ".join(label) if len(label) < 4 else label[:2] + "　　" + " ".join(label[2:])
    sheet(document, [(spaced(label), value) for label, value in ROWS])


@file
def labels_with_numbers(document):
    numbers = ["一、", "二、", "（三）", "4.", "5．", "6、", "⑦", "★", "9)"]
    rows = [(number + label + "：", value) for number, (label, value) in zip(numbers, ROWS)]
    sheet(document, rows)


@file
def label_broken_over_lines(document):
    sheet(document, [([label[:2], label[2:]], value) for label, value in ROWS])


@file
def lines_as_a_list(document):
    """申请材料 as numbered lines, 受理条件 with Word's own numbers."""
    table = sheet(document, without("受理条件"))
    cells = table.add_row().cells
    write(cells[0], "申请材料")
    write(cells[1], ["1.申请书", "2、户口簿", "（以上材料各一份）"])
    cells = table.add_row().cells
    write(cells[0], "受理条件")
    write(cells[1], [line[2:] for line in CONDITIONS])
    for paragraph in cells[1].paragraphs:
        number(paragraph)


@file
def full_width_digits(document):
    wide = {"法定时限": "２０个工作日", "承诺时限": "５个工作日", "咨询电话": "０９３８－０００００００"}
    rows = [(label, wide.get(label, value)) for label, value in ROWS]
    sheet(document, [*rows, ("事项编码", "６２０５２４００ＭＺ－ＱＲ－０００１")])


@file
def soft_breaks(document):
    """Lines ended with Shift+Enter, and a tab between words."""
    table = sheet(document, without("受理条件"))
    cells = table.add_row().cells
    write(cells[0], "受理条件")
    run = cells[1].paragraphs[0].add_run(CONDITIONS[0])
    run.add_break()
    run.add_text(CONDITIONS[1])


# ---- boxes to tick

BOXES = without("服务对象", "是否收费", "事项类型")


@file
def boxes_as_characters(document):
    sheet(document, [
        *BOXES,
        ("事项类型", "□行政许可  ☑行政确认  □其他"),
        ("服务对象", "自然人（√） 企业法人（ ） 其他组织（ ）"),
        ("是否收费", "是□ 否■"),
    ])


@file
def boxes_as_ticks(document):
    sheet(document, [
        *BOXES,
        ("事项类型", "√行政确认"),
        ("服务对象", "[√]自然人\n[ ]企业法人"),
        ("是否收费", "□ 是\n□√ 否"),
    ])


@file
def boxes_as_controls(document):
    table = sheet(document, [*BOXES, ("事项类型", ""), ("服务对象", ""), ("是否收费", "")])
    choices = [("行政许可 行政确认", 1), ("自然人 企业法人", 0), ("是 否", 1)]
    for row, (options, ticked) in zip(table.rows[-3:], choices):
        paragraph = row.cells[1].paragraphs[0]._p
        for at, option in enumerate(options.split()):
            paragraph.append(parse_xml(box_control(at == ticked)))
            paragraph.append(parse_xml(run_of(option + "  ")))


@file
def boxes_in_wingdings(document):
    table = sheet(document, [*BOXES, ("事项类型", ""), ("服务对象", ""), ("是否收费", "")])
    symbol = lambda on: f'<w:r {NS}><w:sym w:font="Wingdings" w:char="{"F0FE" if on else "F0A8"}"/></w:r>'
    second = lambda on: f'<w:r {NS}><w:sym w:font="Wingdings 2" w:char="{"F052" if on else "F0A3"}"/></w:r>'
    letter = lambda on: (f'<w:r {NS}><w:rPr><w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/></w:rPr>'
                         f'<w:t>{"þ" if on else "o"}</w:t></w:r>')
    choices = [(symbol, "行政许可 行政确认", 1), (second, "自然人 企业法人", 0), (letter, "是 否", 1)]
    for row, (mark, options, ticked) in zip(table.rows[-3:], choices):
        paragraph = row.cells[1].paragraphs[0]._p
        for at, option in enumerate(options.split()):
            paragraph.append(parse_xml(mark(at == ticked)))
            paragraph.append(parse_xml(run_of(option + "  ")))


@file
def boxes_of_old_forms(document):
    table = sheet(document, [*BOXES, ("事项类型", "行政确认"), ("服务对象", ""), ("是否收费", "")])
    for row, (options, ticked) in zip(table.rows[-2:], [("自然人 企业法人", 0), ("是 否", 1)]):
        paragraph = row.cells[1].paragraphs[0]._p
        for at, option in enumerate(options.split()):
            paragraph.append(parse_xml(old_box(at == ticked)))
            paragraph.append(parse_xml(run_of(option + "  ")))
