use std::io::{self, Cursor, Seek, SeekFrom, Write};

use calamine::{Reader, Xlsx};

use super::{Cell, Column, Look, SheetPlan, Workbook, Written};
use crate::write::outline;

fn plan() -> SheetPlan {
    let columns = vec![Column { label: "名称".into(), width: 10 }];
    SheetPlan {
        name: "明细".into(),
        columns,
        frozen: 0,
        row_height: 0,
        is_typed_as_text: false,
        first: false,
    }
}

#[test]
fn a_sheet_that_is_full_goes_on_in_another() {
    let mut workbook = Workbook::with_max_rows(Cursor::new(Vec::new()), 3);
    workbook.sheet(plan()).unwrap();
    for name in ["甲", "乙", "丙", "丁", "戊"] {
        workbook.row(&[Cell::new(name, Look::Text)]).unwrap();
    }
    let (out, written) = workbook.finish("样例").unwrap();
    assert_eq!(written, Written { rows: 5, cut_cells: 0 });
    let mut read: Xlsx<_> = Xlsx::new(out).unwrap();
    assert_eq!(read.sheet_names(), ["明细", "明细2", "明细3"]);
    let mut column = |name: &str| -> Vec<String> {
        read.worksheet_range(name).unwrap().rows().map(|row| row[0].to_string()).collect()
    };
    assert_eq!(column("明细"), ["名称", "甲", "乙"]);
    assert_eq!(column("明细3"), ["名称", "戊"]);
}

#[test]
fn a_row_is_as_high_as_the_text_that_wraps_in_it() {
    let mut workbook = Workbook::new(Cursor::new(Vec::new()));
    workbook.sheet(plan()).unwrap();
    for text in ["短", "一二三四五六", "一\n二\n三", &"长".repeat(1000)] {
        workbook.row(&[Cell::new(text, Look::Text)]).unwrap();
    }
    let bytes = workbook.finish("样例").unwrap().0.into_inner();
    let xml = outline::part(&bytes, "xl/worksheets/sheet1.xml");
    let heights: Vec<&str> =
        xml.split(" ht=\"").skip(1).map(|it| it.split('"').next().unwrap()).collect();
    assert_eq!(heights, ["30", "15", "30", "45", "180"]);
}

/// A disk with room for so many bytes.
struct SmallDisk {
    written: Cursor<Vec<u8>>,
    room: usize,
}

impl Write for SmallDisk {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.room = self.room.checked_sub(bytes.len()).ok_or(io::ErrorKind::StorageFull)?;
        self.written.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for SmallDisk {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.written.seek(to)
    }
}

#[test]
fn a_disk_that_fills_up_is_told_in_words() {
    for room in [0, 100, 500, 1000] {
        let disk = SmallDisk { written: Cursor::new(Vec::new()), room };
        let mut workbook = Workbook::new(disk);
        let mut write = || {
            workbook.sheet(plan())?;
            workbook.row(&[Cell::new("甲", Look::Text)])
        };
        let failed = write().and_then(|()| workbook.finish("样例").map(drop)).unwrap_err();
        let words = failed.to_string();
        assert!(words.starts_with("文件没有写成：") && words.contains("磁盘是否已满"), "{words}");
    }
}
