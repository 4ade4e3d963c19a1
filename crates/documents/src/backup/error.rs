use std::io;

use zip::result::ZipError;

/// 备份文件读不出来或写不出来的原因。
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    #[error("这不是事项的备份文件：{reason}；备份文件由 shixiang backup 做出")]
    Foreign { reason: &'static str },

    #[error("备份文件不完整或已损坏：{detail}；请从原处重新复制一份，或用另一份备份")]
    Damaged { detail: String },

    #[error(
        "这份备份是较新的程序做的（格式 {form}，程序 {program}；本程序只认到格式 {known}）；\
         请用做备份的那个版本或更新的程序恢复"
    )]
    Newer { form: u32, known: u32, program: String },

    #[error("读写备份文件出错：{0}")]
    Io(#[from] io::Error),
}

impl BackupError {
    pub(super) fn damaged(detail: impl Into<String>) -> BackupError {
        BackupError::Damaged { detail: detail.into() }
    }

    /// Says what a fault met while reading `part` means.
    pub(super) fn in_part(part: &str, err: io::Error) -> BackupError {
        use io::ErrorKind::{InvalidData, InvalidInput, UnexpectedEof};
        match err.kind() {
            InvalidData | InvalidInput | UnexpectedEof => {
                BackupError::damaged(format!("{part} 读不出来"))
            }
            _ => BackupError::Io(err),
        }
    }
}

impl From<ZipError> for BackupError {
    fn from(err: ZipError) -> BackupError {
        match err {
            ZipError::Io(err) => BackupError::in_part("压缩包", err),
            _ => BackupError::damaged("压缩包的目录读不出来"),
        }
    }
}
