use std::io;

/// 文件写不出去。
#[derive(Debug, thiserror::Error)]
#[error("文件没有写成：{0}。请看磁盘是否已满、存放的文件夹是否可以写入，再导出一次")]
pub struct WriteError(#[from] io::Error);

impl From<zip::result::ZipError> for WriteError {
    fn from(err: zip::result::ZipError) -> WriteError {
        WriteError(err.into())
    }
}

impl From<csv::Error> for WriteError {
    fn from(err: csv::Error) -> WriteError {
        WriteError(err.into())
    }
}

impl From<serde_json::Error> for WriteError {
    fn from(err: serde_json::Error) -> WriteError {
        WriteError(err.into())
    }
}
