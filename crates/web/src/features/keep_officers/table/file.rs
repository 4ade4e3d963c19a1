//! The files around it: the empty table, the table that comes back, and the first passwords.

use std::io::Write;

use documents::{
    read::{self, ReadError, ReadOptions},
    write::{List, WriteError, lists_xlsx},
};
use domain::{
    intake::{Cell, CellValue, RawData, RawRow},
    standard::Standard,
};

use super::{super::form::Choices, rows::Row};
use crate::accounts::FirstPassword;

/// 一次最多开立几个账号。
pub(super) const MOST: usize = 500;

const ACCOUNT: &str = "账号";
const NAME: &str = "岗位或者姓名";
const ROLES: &str = "角色";
const DESKS: &str = "审核环节";
const SCOPE: &str = "管到哪里";
const OTHERS: &[&str] = &[NAME, ROLES, DESKS, SCOPE];

/// Why a table can not be taken.
#[derive(Debug, thiserror::Error)]
pub(super) enum NotATable {
    #[error(
        "表里没有认得的表头。请用下面的空表来填，第一行是：账号、岗位或者姓名、角色、审核环节、管到哪里"
    )]
    NoHeader,
    #[error("{0}")]
    Unreadable(ReadError),
    #[error("表里没有账号。请在表头下面填，一行一个")]
    Empty,
    #[error("一次最多 {MOST} 个账号，表里有 {0} 个。请分成几个文件")]
    TooMany(usize),
    #[error("写不了临时文件：{0}")]
    Io(#[from] std::io::Error),
}

/// Reads a table that somebody filled in. Takes its time: not on a thread that answers.
pub(super) fn read(name: &str, bytes: &[u8], standard: &Standard) -> Result<Vec<Row>, NotATable> {
    // A reader tells some kinds of file by their names.
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, it)| format!(".{it}"));
    let mut file = tempfile::Builder::new().suffix(&ending).tempfile()?;
    file.write_all(bytes)?;
    let rows = read::open(file.path(), &ReadOptions::list(standard, ACCOUNT, OTHERS));
    let rows: Vec<Row> = rows?.map(row).collect();
    match rows.len() {
        0 => Err(NotATable::Empty),
        n if n > MOST => Err(NotATable::TooMany(n)),
        _ => Ok(rows),
    }
}

/// The table to fill in, with a sheet that explains and one of what may be written.
pub(super) fn blank(choices: &Choices) -> Result<Vec<u8>, WriteError> {
    let columns = vec![(ACCOUNT, 20), (NAME, 28), (ROLES, 24), (DESKS, 24), (SCOPE, 40)];
    let accounts = List { name: "账号", columns, rows: Vec::new() };
    let line = |what: &str, how: String| vec![what.to_owned(), how];
    let how = vec![
        line(
            ACCOUNT,
            "2 到 40 个字符，只用字母、数字、汉字和 . _ -。开立以后不改，也不再给别人".into(),
        ),
        line(NAME, "显示用，60 个字以内".into()),
        line(ROLES, format!("{}、审核；有几个的用顿号隔开", choices.titles(false))),
        line(DESKS, format!("角色有“审核”的才填：{}", choices.titles(true))),
        line(
            SCOPE,
            "一个单位：写它的名称或者统一社会信用代码；一个地区和它下面：写地区代码，例如 620524"
                .into(),
        ),
        line("以后", format!("一次最多 {MOST} 行。初始密码由系统定，每个人第一次登录要改")),
    ];
    let how = List { name: "说明", columns: vec![("列", 20), ("怎么填", 90)], rows: how };
    let bodies = choices.bodies.iter().map(|it| {
        let code = it.body.credit_code.clone().unwrap_or_default();
        vec![choices.body_text(it), code, it.region.to_string()]
    });
    let bodies = List {
        name: "可以填的单位",
        columns: vec![("单位", 50), ("统一社会信用代码", 26), ("地区代码", 14)],
        rows: bodies.collect(),
    };
    lists_xlsx("批量开立账号", &[accounts, how, bodies])
}

/// The sheet of first passwords: account, name and scope as its administrator sees them.
pub(super) fn passwords(lines: &[(FirstPassword, [String; 2])]) -> Result<Vec<u8>, WriteError> {
    let row = |(given, [name, scope]): &(FirstPassword, [String; 2])| {
        vec![given.account.clone(), name.clone(), scope.clone(), given.password.clone()]
    };
    let list = List {
        name: "初始密码",
        columns: vec![(ACCOUNT, 20), (NAME, 28), (SCOPE, 40), ("初始密码", 26)],
        rows: lines.iter().map(row).collect(),
    };
    lists_xlsx("初始密码", &[list])
}

fn row(raw: RawRow) -> Row {
    let place = raw.place;
    let cells = match raw.data {
        RawData::Cells(cells) => cells,
        RawData::Broken(reason) => return Row { place, broken: Some(reason), ..Row::default() },
        RawData::Record(_) => {
            let broken = Some("这里是一个事项，不是账号".to_owned());
            return Row { place, broken, ..Row::default() };
        }
    };
    let cell = |header: &str| {
        let found = cells.iter().find(|it| it.header == header);
        found.map(text).unwrap_or_default()
    };
    Row {
        account: cell(ACCOUNT),
        name: cell(NAME),
        roles: cell(ROLES),
        desks: cell(DESKS),
        scope: cell(SCOPE),
        place,
        broken: None,
    }
}

/// A cell in one line: a row travels in a form with tabs between its cells.
fn text(cell: &Cell) -> String {
    let text = match &cell.value {
        CellValue::Text(text) => text.clone(),
        CellValue::List(list) => list.join("、"),
        CellValue::Table(_) => String::new(),
    };
    let lines = text.lines().map(|it| it.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|it| !it.is_empty()).collect::<Vec<_>>().join("、")
}

impl From<ReadError> for NotATable {
    fn from(error: ReadError) -> NotATable {
        match error {
            ReadError::NoHeader { .. } | ReadError::NoName { .. } => NotATable::NoHeader,
            other => NotATable::Unreadable(other),
        }
    }
}
