use serde::Deserialize;

/// 代码表。
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CodeList {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub source: String,
    #[serde(rename = "entry", default)]
    pub entries: Vec<Code>,
}

/// 代码表的一项；事项类型也是一张代码表。
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Code {
    pub code: String,
    pub label: String,
    /// Other spellings found in files.
    #[serde(default)]
    pub also: Vec<String>,
    /// Letters of a kind of item in the code schemes that use letters.
    #[serde(default)]
    pub letters: String,
    #[serde(default)]
    pub group: String,
    /// Items of this kind must sit under a 目录.
    #[serde(default)]
    pub needs_directory: bool,
}

impl CodeList {
    pub fn code(&self, code: &str) -> Option<&Code> {
        self.entries.iter().find(|entry| entry.code == code)
    }

    /// Finds the code that a cell of a file means: the code itself, its label or another spelling.
    pub fn read(&self, text: &str) -> Option<&Code> {
        let text = text.trim();
        let bare = text.trim_start_matches('0');
        self.code(text)
            .or_else(|| self.entries.iter().find(|entry| entry.label == text))
            .or_else(|| self.entries.iter().find(|entry| entry.also.iter().any(|it| it == text)))
            .or_else(|| {
                let same_number = |entry: &&Code| entry.code.trim_start_matches('0') == bare;
                let number = !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit());
                self.entries.iter().filter(|_| number).find(same_number)
            })
    }
}
