use std::collections::BTreeMap;

use serde::Deserialize;

/// 编码对照表：两种编码之间逐条写明的对应
///
/// Serials of two schemes need not run alike, so nothing is computed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "RawTranslation")]
pub struct Translation {
    pub title: String,
    /// Where the pairs are taken from.
    pub source: String,
    /// Id of the scheme on the left.
    pub from: String,
    /// Id of the scheme on the right.
    pub to: String,
    forth: BTreeMap<String, String>,
    back: BTreeMap<String, String>,
}

impl Translation {
    /// Returns the code of `to` for one of `from`; `None` where the table has no pair for it.
    pub fn translate(&self, code: &str) -> Option<&str> {
        self.forth.get(code).map(String::as_str)
    }

    /// Returns the code of `from` for one of `to`.
    pub fn translate_back(&self, code: &str) -> Option<&str> {
        self.back.get(code).map(String::as_str)
    }

    /// Returns the pairs in the order of the left codes.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.forth.iter().map(|(left, right)| (left.as_str(), right.as_str()))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawTranslation {
    title: String,
    source: String,
    from: String,
    to: String,
    pairs: Vec<(String, String)>,
}

impl TryFrom<RawTranslation> for Translation {
    type Error = String;

    fn try_from(raw: RawTranslation) -> Result<Translation, String> {
        let mut forth = BTreeMap::new();
        let mut back = BTreeMap::new();
        for (left, right) in raw.pairs {
            let twice = |code: &str| format!("对照表“{}”里 {code} 写了两次", raw.title);
            if back.insert(right.clone(), left.clone()).is_some() {
                return Err(twice(&right));
            }
            if forth.insert(left.clone(), right).is_some() {
                return Err(twice(&left));
            }
        }
        let RawTranslation { title, source, from, to, .. } = raw;
        Ok(Translation { title, source, from, to, forth, back })
    }
}
