//! 公布: what the public was shown, and the chain that proves it.

mod changes;
mod shown;

use serde::{Deserialize, Serialize};
use time::Date;

pub use self::changes::changes;
pub use self::shown::Shown;
use crate::{chain, edition::Edition, item::ItemRecord, standard::Standard};

/// 公布的事项：一个版本的公开部分。门户只认识它。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublicItem {
    /// 第几版
    pub edition: u32,
    /// Since when the public is shown it.
    #[serde(with = "iso_date")]
    pub from: Date,
    pub standard_hash: String,
    pub item: ItemRecord,
}

/// 公告：一次公布或撤下。
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    Published(PublicItem),
    /// 暂停：not to be had for a while, why, and how it last read.
    ///
    /// Rows from before this was told apart say `withdrawn`.
    Suspended {
        item: PublicItem,
        reason: String,
        #[serde(with = "iso_date")]
        on: Date,
    },
    /// 取消：no longer to be had, why, and how it last read.
    Withdrawn {
        item: PublicItem,
        reason: String,
        #[serde(with = "iso_date")]
        on: Date,
    },
}

/// 停办：暂停，或者取消。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    Suspended,
    Withdrawn,
}

/// 公布链上的一条。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    pub seq: i64,
    pub item: crate::item::ItemId,
    pub notice: Notice,
}

impl PublicItem {
    /// Takes of an edition what the standard calls public.
    pub fn of(edition: &Edition, standard: &Standard, from: Date) -> PublicItem {
        let mut item = edition.record.clone();
        item.content = item.content.public(standard);
        PublicItem {
            edition: edition.number,
            from: item.effective_on.unwrap_or(from),
            standard_hash: edition.standard_hash.clone(),
            item,
        }
    }
}

impl Notice {
    pub fn item(&self) -> &PublicItem {
        match self {
            Notice::Published(item)
            | Notice::Suspended { item, .. }
            | Notice::Withdrawn { item, .. } => item,
        }
    }

    /// Returns how the item stopped and why, if this is what the notice tells.
    pub fn stop(&self) -> Option<(Stop, &str)> {
        match self {
            Notice::Published(_) => None,
            Notice::Suspended { reason, .. } => Some((Stop::Suspended, reason)),
            Notice::Withdrawn { reason, .. } => Some((Stop::Withdrawn, reason)),
        }
    }

    /// The day from which it holds.
    pub fn since(&self) -> Date {
        match self {
            Notice::Published(item) => item.from,
            Notice::Suspended { on, .. } | Notice::Withdrawn { on, .. } => *on,
        }
    }

    /// Returns the bytes that are kept, hashed and served.
    pub fn to_bytes(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("a notice holds only strings as keys")
    }
}

/// Returns the hash of a publication: of its bytes, its place and the one before.
pub fn publication_hash(previous: &str, seq: i64, item: i64, edition: i64, bytes: &[u8]) -> String {
    let numbers = [seq.to_be_bytes(), item.to_be_bytes(), edition.to_be_bytes()];
    chain::link(previous, &[&numbers[0], &numbers[1], &numbers[2], bytes])
}

time::serde::format_description!(iso_date, Date, "[year]-[month]-[day]");

#[cfg(test)]
mod tests;
