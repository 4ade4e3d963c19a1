//! 文件: bytes that officers bring, kept under the hash of their content.
//!
//! The same bytes are kept once; nothing is ever overwritten. Behind the crate `object_store`,
//! so that a province may keep them elsewhere than in a folder.

use std::{path::Path as FilePath, sync::Arc};

use object_store::{
    ObjectStore, ObjectStoreExt, PutMode, PutOptions, local::LocalFileSystem, path::Path,
};
use sha2::{Digest, Sha256};

/// What went wrong with a file.
#[derive(Debug, thiserror::Error)]
#[error("文件存取出错：{0}")]
pub struct FilesError(#[from] object_store::Error);

/// What is wrong with a file that something needs.
#[derive(Debug, thiserror::Error)]
pub enum Flaw {
    #[error("不在")]
    Missing,
    #[error("内容变了")]
    Changed,
    #[error("读不出来（{0}）")]
    Unreadable(FilesError),
}

/// 文件库。
#[derive(Debug, Clone)]
pub struct Files {
    kept: Arc<dyn ObjectStore>,
}

impl Files {
    /// Keeps files in a folder, made where it is not there yet.
    pub fn in_folder(folder: &FilePath) -> Result<Files, FilesError> {
        std::fs::create_dir_all(folder).map_err(|error| object_store::Error::Generic {
            store: "folder",
            source: Box::new(error),
        })?;
        let kept = LocalFileSystem::new_with_prefix(folder)?.with_fsync(true);
        Ok(Files { kept: Arc::new(kept) })
    }

    /// Keeps the bytes, and returns their hash, by which they are asked for.
    pub async fn put(&self, bytes: Vec<u8>) -> Result<String, FilesError> {
        let hash = hash_of(&bytes);
        let options = PutOptions { mode: PutMode::Create, ..PutOptions::default() };
        match self.kept.put_opts(&place(&hash), bytes.into(), options).await {
            Ok(_) | Err(object_store::Error::AlreadyExists { .. }) => Ok(hash),
            Err(error) => Err(error.into()),
        }
    }

    /// Keeps the bytes in the place of whatever lies under their hash, which may be damaged.
    pub async fn put_back(&self, bytes: Vec<u8>) -> Result<(), FilesError> {
        self.kept.put(&place(&hash_of(&bytes)), bytes.into()).await?;
        Ok(())
    }

    /// Returns the bytes of this hash, if they are what was once kept.
    pub async fn whole(&self, hash: &str) -> Result<Vec<u8>, Flaw> {
        match self.get(hash).await {
            Err(error) => Err(Flaw::Unreadable(error)),
            Ok(None) => Err(Flaw::Missing),
            Ok(Some(bytes)) if hash_of(&bytes) != hash => Err(Flaw::Changed),
            Ok(Some(bytes)) => Ok(bytes),
        }
    }

    /// Returns the bytes of this hash; `None` where nothing has it.
    pub(crate) async fn get(&self, hash: &str) -> Result<Option<Vec<u8>>, FilesError> {
        if hash.len() != 64 || !hash.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return Ok(None);
        }
        match self.kept.get(&place(hash)).await {
            Ok(found) => Ok(Some(found.bytes().await?.to_vec())),
            Err(object_store::Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }
}

fn hash_of(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Two digits of the hash part the folder, which would hold too many names otherwise.
fn place(hash: &str) -> Path {
    Path::from(format!("{}/{hash}", &hash[..2]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_is_kept_once_under_the_hash_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_folder(folder.path()).unwrap();
        let hash = files.put(b"abc".to_vec()).await.unwrap();
        assert_eq!(hash, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(files.put(b"abc".to_vec()).await.unwrap(), hash);
        assert_eq!(files.get(&hash).await.unwrap().unwrap(), b"abc");
        assert_eq!(files.get(&hash.replace('b', "0")).await.unwrap(), None);
        assert_eq!(files.get("../../etc/passwd").await.unwrap(), None);
    }

    #[tokio::test]
    async fn a_file_that_was_changed_or_is_gone_is_found_out_and_put_back() {
        let folder = tempfile::tempdir().unwrap();
        let files = Files::in_folder(folder.path()).unwrap();
        let hash = files.put(b"abc".to_vec()).await.unwrap();
        assert_eq!(files.whole(&hash).await.unwrap(), b"abc");
        let path = folder.path().join(&hash[..2]).join(&hash);
        std::fs::write(&path, b"abd").unwrap();
        assert!(matches!(files.whole(&hash).await, Err(Flaw::Changed)));
        files.put_back(b"abc".to_vec()).await.unwrap();
        assert_eq!(files.whole(&hash).await.unwrap(), b"abc");
        std::fs::remove_file(&path).unwrap();
        assert!(matches!(files.whole(&hash).await, Err(Flaw::Missing)));
        files.put_back(b"abc".to_vec()).await.unwrap();
        assert_eq!(files.whole(&hash).await.unwrap(), b"abc");
    }
}
