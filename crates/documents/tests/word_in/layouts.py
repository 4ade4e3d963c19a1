"""Ways in which cells are laid out."""

from facts import *


@file
def plain_sheet(document):
    sheet(document, ROWS)


@file
def merged_cells(document):
    """基本信息 down the side, 时限 over two, values over several columns."""
    table = document.add_table(9, 4)
    write(table.cell(0, 0).merge(table.cell(0, 3)), "政务服务事项内容信息表")
    write(table.cell(1, 0).merge(table.cell(3, 0)), "基本信息")
    for at, (label, value) in enumerate(ROWS[:3]):
        write(table.cell(at + 1, 1), label)
        write(table.cell(at + 1, 2).merge(table.cell(at + 1, 3)), value)
    write(table.cell(4, 0), "受理条件")
    write(table.cell(4, 1).merge(table.cell(4, 3)), CONDITIONS)
    write(table.cell(5, 0).merge(table.cell(6, 0)), "时限")
    for at, (label, value) in enumerate(ROWS[4:6]):
        write(table.cell(at + 5, 1), label)
        write(table.cell(at + 5, 2).merge(table.cell(at + 5, 3)), value)
    write(table.cell(7, 0), "是否收费")
    write(table.cell(7, 1), "否")
    write(table.cell(7, 2), "咨询电话")
    write(table.cell(7, 3), PHONE)
    write(table.cell(8, 0), "办理地点")
    write(table.cell(8, 1).merge(table.cell(8, 3)), ADDRESS)


@file
def nested_tables(document):
    table = sheet(document, ROWS + [("申请材料", "")])
    inner = table.rows[-1].cells[1].add_table(3, 3)
    for at, row in enumerate([("序号", "材料名称", "份数"), ("1", *MATERIALS[0]), ("2", *MATERIALS[1])]):
        for cell, text in zip(inner.rows[at].cells, row):
            write(cell, text)


@file
def materials_beside_a_merged_label(document):
    table = document.add_table(0, 3)
    for label, value in ROWS:
        cells = table.add_row().cells
        write(cells[0], label)
        write(cells[1].merge(cells[2]), value)
    rows = [table.add_row().cells for _ in range(3)]
    write(rows[0][0].merge(rows[2][0]), "申请材料")
    for cells, texts in zip(rows, [("材料名称", "份数"), *MATERIALS]):
        write(cells[1], texts[0])
        write(cells[2], texts[1])


@file
def materials_under_a_heading(document):
    """A list in the middle of a sheet: its heading alone in a row, its header below."""
    table = document.add_table(0, 3)
    for label, value in ROWS[:6]:
        cells = table.add_row().cells
        write(cells[0], label)
        write(cells[1].merge(cells[2]), value)
    cells = table.add_row().cells
    write(cells[0].merge(cells[2]), "申请材料")
    for texts in [("序号", "材料名称", "份数"), ("1", *MATERIALS[0]), ("2", *MATERIALS[1])]:
        for cell, text in zip(table.add_row().cells, texts):
            write(cell, text)
    for label, value in ROWS[6:]:
        cells = table.add_row().cells
        write(cells[0], label)
        write(cells[1].merge(cells[2]), value)


@file
def two_items_on_a_page(document):
    sheet(document, ROWS)
    document.add_paragraph("")
    sheet(document, [("事项名称", "临时救助对象确认（示例）"), *without("事项名称", "受理条件")])


@file
def two_items_in_one_table(document):
    sheet(document, ROWS + [("事项名称", "临时救助对象确认（示例）"), *without("事项名称", "受理条件")])


@file
def items_side_by_side(document):
    table = document.add_table(0, 3)
    second = {"事项名称": "临时救助对象确认（示例）", "承诺时限": "即办"}
    for label, value in ROWS:
        cells = table.add_row().cells
        write(cells[0], label)
        write(cells[1], value)
        write(cells[2], second.get(label, value))


@file
def label_over_value(document):
    table = document.add_table(0, 3)
    for labels in [ROWS[:3], ROWS[4:7]]:
        for part in (0, 1):
            for cell, row in zip(table.add_row().cells, labels):
                write(cell, row[part])
    for label, value in [ROWS[3], *ROWS[7:]]:
        for text in (label, value):
            cells = table.add_row().cells
            write(cells[0].merge(cells[2]), text)


@file
def sheet_over_two_pages(document):
    """Word has cut the table in two; the second half does not name the item."""
    sheet(document, ROWS[:5])
    document.add_paragraph("")
    sheet(document, ROWS[5:])


@file
def a_table_for_each_row(document):
    for row in ROWS:
        sheet(document, [row])
        document.add_paragraph("")


@file
def sheet_in_a_frame(document):
    """The whole form stands in the one cell of a table that draws the frame."""
    cell = document.add_table(1, 1).rows[0].cells[0]
    inner = cell.add_table(0, 2)
    for label, value in ROWS:
        cells = inner.add_row().cells
        write(cells[0], label)
        write(cells[1], value)


@file
def label_and_value_in_one_cell(document):
    table = document.add_table(0, 2)
    one = [f"{label}：{value}" for label, value in without("受理条件")]
    for at in range(0, len(one), 2):
        for cell, text in zip(table.add_row().cells, one[at:at + 2]):
            write(cell, text)
    cells = table.add_row().cells
    write(cells[0].merge(cells[1]), ["受理条件：", *CONDITIONS])


@file
def several_in_one_cell(document):
    """时限 and 办理方式 hold labels and values of their own."""
    rows = [row for row in ROWS if row[0] not in ("法定时限", "承诺时限", "办理地点", "咨询电话")]
    sheet(document, [
        *rows,
        ("办理时限", "法定时限：20个工作日；承诺时限：5个工作日"),
        ("联系", [f"办理地点：{ADDRESS}", f"咨询电话:{PHONE}"]),
    ])
