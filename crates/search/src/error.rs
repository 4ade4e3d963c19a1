use std::path::PathBuf;

/// 检索出了什么问题。
#[derive(Debug, thiserror::Error)]
pub enum SearchError {
    /// Another process writes to the same directory.
    #[error(
        "检索库 {} 正被另一个进程使用：请先停止那个进程，或为本进程另设数据目录",
        dir.display()
    )]
    Locked { dir: PathBuf },

    #[error("检索库目录 {} 不能读写：{reason}；请检查目录的权限和磁盘空间", dir.display())]
    Directory { dir: PathBuf, reason: String },

    /// It can not be read, and nobody asked to have it built anew.
    #[error("检索库 {} 读不了，是坏了或者是旧版程序建的（{reason}）；请运行 shixiang reindex 重建", dir.display())]
    Broken { dir: PathBuf, reason: String },

    /// The index failed in use. It can always be deleted and built again.
    #[error("检索库出错：{0}；可以删除检索库目录后重新启动，检索库会自动重建")]
    Engine(#[from] tantivy::TantivyError),
}
