"""The one item that all files are about, an invented one, and how files are named."""

from parts import write

NAME = "最低生活保障对象确认（示例）"
CONDITIONS = ["一、持有本县户口", "二、收入低于保障标准"]
MATERIALS = [("申请书", "1"), ("户口簿", "2")]
ADDRESS = "武山县政务服务中心（示例）"
PHONE = "0938-0000000"

ROWS = [
    ("事项名称", NAME),
    ("事项类型", "行政确认"),
    ("服务对象", "自然人"),
    ("受理条件", CONDITIONS),
    ("法定时限", "20个工作日"),
    ("承诺时限", "5个工作日"),
    ("是否收费", "否"),
    ("办理地点", ADDRESS),
    ("咨询电话", PHONE),
]

FILES = {}


def file(make):
    FILES[make.__name__] = make
    return make


def without(*labels):
    return [row for row in ROWS if row[0] not in labels]


def sheet(document, rows):
    table = document.add_table(0, 2)
    for label, value in rows:
        cells = table.add_row().cells
        write(cells[0], label)
        write(cells[1], value)
    return table
