use std::io;

/// 文件读不进来的原因：哪里不对，怎么办。
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    #[error("文件是空的，一行内容也没有；请检查是否选错了文件，或者导出时没有写完")]
    Empty,
    #[error("这是{what}，不是能读入的表格；{instead}")]
    NotATable { what: &'static str, instead: &'static str },
    /// A document that LibreOffice can turn into one that is read.
    #[error("这是{0}，读不了；请用 Word 或 WPS 打开，另存为 .docx 再试")]
    OldWord(&'static str),
    #[error("文件设了打开密码，读不了；请去掉密码，另存后再试")]
    Protected,
    #[error("{part}展开后超过 {limit}，不予读入；请删去无关的工作表和内容，或者分成几个文件")]
    TooLarge { part: String, limit: String },
    #[error("{kind} 文件不完整或已损坏（{reason}）；请在原来的软件里打开，重新另存后再试")]
    Broken { kind: &'static str, reason: String },
    #[error(
        "Word 文件里没有表格，也没有“事项名称：……”这样的文字；请把事项填在表一（目录）或表二（信息表）的表格里"
    )]
    NoTable,
    #[error(
        "Word 文件的内容在嵌入的另一个文件里（altChunk），读不到；请用 Word 打开，另存为 .docx 再试"
    )]
    OtherDocument,
    #[error(
        "认不出文件的文字编码，既不是 UTF-8 也不是 GB18030；请用原来的软件另存为“CSV UTF-8”再试"
    )]
    Encoding,
    #[error(
        "{place}没有认得的表头，读到的是：{}；请在数据上方加一行表头，至少有“事项名称”一列",
        list(found)
    )]
    NoHeader { place: String, found: Vec<String> },
    #[error(
        "{place}缺少“事项名称”一列，现有的表头是：{}；请补上这一列，或者在映射文件里写明哪一列是事项名称",
        list(found)
    )]
    NoName { place: String, found: Vec<String> },
    #[error("JSON 文件第 {line} 行第 {column} 列{reason}；请改正，或者从原来的系统重新导出")]
    Json { line: usize, column: usize, reason: String },
    #[error("{0}")]
    Io(String),
}

impl From<io::Error> for ReadError {
    fn from(err: io::Error) -> ReadError {
        ReadError::Io(io_words(&err))
    }
}

fn list(found: &[String]) -> String {
    const SHOWN: usize = 20;
    let shorten = |text: &String| match text.char_indices().nth(20) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.clone(),
    };
    let shown: Vec<String> = found.iter().take(SHOWN).map(shorten).collect();
    match found.len() {
        0 => "（没有内容）".to_owned(),
        n if n > SHOWN => format!("{} 等 {n} 个", shown.join("、")),
        _ => shown.join("、"),
    }
}

pub(super) fn io_words(err: &io::Error) -> String {
    match err.kind() {
        io::ErrorKind::NotFound => "没有这个文件；请检查路径".to_owned(),
        io::ErrorKind::PermissionDenied => "没有读这个文件的权限；请改文件的权限后再试".to_owned(),
        io::ErrorKind::IsADirectory => "这是一个文件夹，不是文件；请写明其中的文件".to_owned(),
        _ => format!("读文件时出错（{err}）；请检查磁盘和网络，再试一次"),
    }
}
