//! 事项: the thing itself, and the whole of it as it is exchanged.

mod cell;
mod record;

pub use self::{
    cell::{cell_text, form_text, title_text},
    record::{BodyRef, ItemRecord},
};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

id!(
    /// 事项的内部编号。
    ItemId
);
id!(
    /// 版本的内部编号。
    EditionId
);
id!(
    /// 实施主体的内部编号。
    BodyId
);
id!(
    /// 目录的内部编号。
    DirectoryId
);
id!(
    /// 分组的内部编号。
    GroupId
);
id!(
    /// 一次导入的编号。
    ImportId
);

#[cfg(test)]
mod tests;
