use std::{collections::BTreeMap, fmt};

use include_dir::{Dir, include_dir};

use super::{Standard, load};

static SHIPPED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/../../standards");

/// 规范库：随程序发布的规范，加上数据目录里的。
#[derive(Debug, Clone)]
pub struct Standards {
    by_id: BTreeMap<String, Standard>,
}

/// One file of a standard: `wushan/elements.toml` and its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceFile {
    pub path: String,
    pub text: String,
}

/// 规范文件里的错误：哪个文件、哪一行、为什么。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandardFault {
    pub file: String,
    pub line: usize,
    pub reason: String,
}

impl fmt::Display for StandardFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "规范文件 {} 第 {} 行：{}", self.file, self.line, self.reason)
    }
}

impl std::error::Error for StandardFault {}

impl Standards {
    /// Returns the standards in the binary.
    pub fn shipped() -> Result<Standards, StandardFault> {
        Standards::with_overlay(Vec::new())
    }

    /// Returns the shipped standards with the given files laid over them, path by path.
    pub fn with_overlay(files: Vec<SourceFile>) -> Result<Standards, StandardFault> {
        let mut by_path: BTreeMap<String, String> = BTreeMap::new();
        let is_standard = |dir: &&Dir<'_>| dir.get_file(dir.path().join("standard.toml")).is_some();
        for dir in SHIPPED.dirs().filter(is_standard) {
            for file in dir.files().filter(|it| it.path().extension().is_some_and(|e| e == "toml"))
            {
                let text = file.contents_utf8().unwrap_or_default();
                by_path.insert(file.path().to_string_lossy().into_owned(), text.to_owned());
            }
        }
        by_path.extend(files.into_iter().map(|file| (file.path, file.text)));
        load::load_all(&by_path).map(|by_id| Standards { by_id })
    }

    pub fn get(&self, id: &str) -> Option<&Standard> {
        self.by_id.get(id)
    }

    pub fn iter(&self) -> impl Iterator<Item = &Standard> {
        self.by_id.values()
    }

    /// The standard to fall back on where a record's own is not known here.
    pub fn national(&self) -> &Standard {
        &self.by_id["national"]
    }

    /// Returns the ids, for messages.
    pub fn ids(&self) -> Vec<&str> {
        self.by_id.keys().map(String::as_str).collect()
    }
}
