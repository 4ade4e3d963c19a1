"""The rivals of `cargo xtask bench documents`: the same texts by python-docx and openpyxl.

rivals.py sheets FOLDER     a document a sheet, its table filled cell by cell
rivals.py catalogue FOLDER  a workbook in write-only mode
Each prints the seconds that it took once the texts were in memory.
"""

import json
import sys
import time
from pathlib import Path

import docx
import openpyxl
from docx.oxml.ns import qn
from docx.shared import Pt


def sheets(folder):
    data = json.loads((folder / "sheets.json").read_text())
    start = time.perf_counter()
    for at, rows in enumerate(data):
        document = docx.Document()
        font = document.styles["Normal"].font
        font.name, font.size = "仿宋_GB2312", Pt(12)
        font.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
        document.add_heading("政务服务事项内容信息表")
        table = document.add_table(rows=len(rows), cols=2)
        table.style = "Table Grid"
        for row, (label, value) in enumerate(rows):
            table.cell(row, 0).text = label
            table.cell(row, 1).text = value
        document.save(folder / f"theirs-{at}.docx")
    return time.perf_counter() - start


def catalogue(folder):
    data = json.loads((folder / "rows.json").read_text())
    start = time.perf_counter()
    workbook = openpyxl.Workbook(write_only=True)
    sheet = workbook.create_sheet()
    for row in data:
        sheet.append(row)
    workbook.save(folder / "theirs.xlsx")
    return time.perf_counter() - start


part = {"sheets": sheets, "catalogue": catalogue}[sys.argv[1]]
print(f"{part(Path(sys.argv[2])):.4f}")
