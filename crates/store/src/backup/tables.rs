/// Counts up whenever a table or a column is added, so that an older program refuses the file.
pub const FORM: u32 = 4;

/// 备份里的一张表。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Table {
    pub name: &'static str,
    /// What its rows are, for people.
    pub title: &'static str,
    pub columns: &'static [(&'static str, Kind)],
    /// How many of the first columns are the key, in whose order rows are read.
    pub(super) n_keys: usize,
    pub(super) restored: Restored,
}

/// 列里放什么。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Int,
    Text,
}

/// What a restore finds in a table of a database without a catalogue, and does with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Restored {
    /// Nothing: a row in it is a catalogue's.
    IntoEmpty,
    /// What the program makes by itself: counters, and the first administrator, who gives way
    /// to those of the backup.
    Anew,
    /// The regions that the program brings; what was registered of them is laid over.
    Over,
}

use Kind::{Int, Text};

/// Every table that holds something, each after those that it refers to.
pub const TABLES: &[Table] = &[
    Table {
        name: "region",
        title: "行政区划",
        columns: &[
            ("code", Text),
            ("name", Text),
            ("parent", Text),
            ("level", Text),
            ("township_digits", Text),
        ],
        n_keys: 1,
        restored: Restored::Over,
    },
    Table {
        name: "body",
        title: "实施主体",
        columns: &[
            ("id", Int),
            ("region", Text),
            ("name", Text),
            ("credit_code", Text),
            ("letters", Text),
            ("closed_on", Text),
            ("successor_id", Int),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "officer",
        title: "办理人员",
        columns: &[
            ("id", Int),
            ("account", Text),
            ("name", Text),
            ("region", Text),
            ("body_id", Int),
            ("roles", Text),
            ("password_hash", Text),
            ("must_change", Int),
            ("stamp", Int),
            ("failures", Int),
            ("failed_at", Text),
            ("closed", Int),
        ],
        n_keys: 1,
        restored: Restored::Anew,
    },
    Table {
        name: "officer_log",
        title: "账号变动",
        columns: &[
            ("id", Int),
            ("officer_id", Int),
            ("by_id", Int),
            ("action", Text),
            ("detail", Text),
            ("at", Text),
        ],
        n_keys: 1,
        restored: Restored::Anew,
    },
    Table {
        name: "directory",
        title: "目录",
        columns: &[
            ("id", Int),
            ("body_id", Int),
            ("standard", Text),
            ("kind", Text),
            ("name", Text),
            ("position", Int),
            ("defaults", Text),
            ("abolished_at", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "item_group",
        title: "分组",
        columns: &[
            ("id", Int),
            ("body_id", Int),
            ("kind", Text),
            ("directory_id", Int),
            ("name", Text),
            ("position", Int),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "item",
        title: "事项",
        columns: &[
            ("id", Int),
            ("body_id", Int),
            ("standard", Text),
            ("kind", Text),
            ("name", Text),
            ("code", Text),
            ("parent_code", Text),
            ("position", Int),
            ("directory_id", Int),
            ("group_id", Int),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "edition",
        title: "版本",
        columns: &[
            ("id", Int),
            ("item_id", Int),
            ("number", Int),
            ("revision", Int),
            ("state", Text),
            ("operation", Text),
            ("desk", Text),
            ("submitted_by", Int),
            ("standard_hash", Text),
            ("record", Text),
            ("saved_at", Text),
            ("saved_by", Int),
            ("submitted_at", Text),
            ("waiting_since", Text),
            ("returned_from", Text),
            ("reason", Text),
            ("n_findings", Int),
            ("publish_on", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "event",
        title: "流转记录",
        columns: &[
            ("seq", Int),
            ("edition_id", Int),
            ("body", Text),
            ("hash", Text),
            ("officer_id", Int),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "publication",
        title: "公布",
        columns: &[
            ("seq", Int),
            ("item_id", Int),
            ("edition_id", Int),
            ("code", Text),
            ("region", Text),
            ("from_on", Text),
            ("notice", Text),
            ("hash", Text),
            ("until_seq", Int),
            ("until_on", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "chain_head",
        title: "链尾",
        columns: &[("chain", Text), ("seq", Int), ("hash", Text)],
        n_keys: 1,
        restored: Restored::Anew,
    },
    Table {
        name: "serial",
        title: "流水号",
        columns: &[("scope", Text), ("next", Int)],
        n_keys: 1,
        restored: Restored::Anew,
    },
    Table {
        name: "id_block",
        title: "内部编号",
        columns: &[("name", Text), ("next", Int)],
        n_keys: 1,
        restored: Restored::Anew,
    },
    Table {
        name: "import",
        title: "导入",
        columns: &[
            ("id", Int),
            ("source", Text),
            ("standard", Text),
            ("state", Text),
            ("started_at", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "import_row",
        title: "导入的行",
        columns: &[
            ("import_id", Int),
            ("number", Int),
            ("place", Text),
            ("outcome", Text),
            ("item_id", Int),
            ("edition_id", Int),
            ("replaced_id", Int),
            ("report", Text),
        ],
        n_keys: 2,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "saved_query",
        title: "常用查询",
        columns: &[
            ("id", Int),
            ("officer_id", Int),
            ("name", Text),
            ("query", Text),
            ("columns", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "job",
        title: "任务",
        columns: &[
            ("id", Int),
            ("kind", Text),
            ("what", Text),
            ("officer_id", Int),
            ("n_steps", Int),
            ("n_done", Int),
            ("n_refused", Int),
            ("started_at", Text),
            ("ended_at", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "job_step",
        title: "任务的步骤",
        columns: &[
            ("job_id", Int),
            ("number", Int),
            ("target", Int),
            ("revision", Int),
            ("refusal", Text),
        ],
        n_keys: 2,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "law",
        title: "法律法规",
        columns: &[
            ("id", Int),
            ("revision", Int),
            ("title", Text),
            ("title_key", Text),
            ("number", Text),
            ("number_key", Text),
            ("issuer", Text),
            ("kind", Text),
            ("effective_on", Text),
            ("repealed_on", Text),
            ("gathered", Int),
            ("saved_by", Int),
            ("saved_at", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "law_article",
        title: "条文",
        columns: &[
            ("law_id", Int),
            ("number", Int),
            ("since", Text),
            ("repealed_on", Text),
            ("text", Text),
        ],
        n_keys: 3,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "attachment",
        title: "附件",
        columns: &[
            ("id", Int),
            ("region", Text),
            ("body_id", Int),
            ("hash", Text),
            ("name", Text),
            ("media_type", Text),
            ("size_bytes", Int),
            ("saved_by", Int),
            ("saved_at", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "place",
        title: "采集地址",
        columns: &[
            ("id", Int),
            ("revision", Int),
            ("region", Text),
            ("body_id", Int),
            ("name", Text),
            ("address", Text),
            ("hours", Text),
            ("phone", Text),
            ("traffic", Text),
            ("coordinates", Text),
            ("windows", Text),
            ("saved_by", Int),
            ("saved_at", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "business_system",
        title: "业务系统",
        columns: &[
            ("id", Int),
            ("revision", Int),
            ("region", Text),
            ("body_id", Int),
            ("name", Text),
            ("address", Text),
            ("owner", Text),
            ("phone", Text),
            ("saved_by", Int),
            ("saved_at", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "help_document",
        title: "帮助文档",
        columns: &[
            ("id", Int),
            ("revision", Int),
            ("region", Text),
            ("body_id", Int),
            ("title", Text),
            ("text", Text),
            ("position", Int),
            ("saved_by", Int),
            ("saved_at", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
    Table {
        name: "suggestion",
        title: "投诉建议",
        columns: &[
            ("id", Int),
            ("region", Text),
            ("body_id", Int),
            ("written_by", Int),
            ("written_at", Text),
            ("title", Text),
            ("text", Text),
            ("answer", Text),
            ("answered_by", Int),
            ("answered_at", Text),
        ],
        n_keys: 1,
        restored: Restored::IntoEmpty,
    },
];

/// Tables that a follower writes from the others: not in a backup, and empty after a restore.
pub(crate) const FOLLOWED: &[&str] =
    &["query_item", "query_term", "query_entry", "query_due", "query_progress"];

impl Table {
    /// Names the columns, as a list in SQL.
    pub(super) fn column_list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|(name, _)| *name).collect();
        names.join(", ")
    }
}
