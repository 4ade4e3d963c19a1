use crate::backup::table::{
    Kind::{Int, Text},
    Restored, Table,
};

/// What is brought in, asked for and done in steps.
pub(super) const TABLES: &[Table] = &[
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
            ("file_hash", Text),
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
];
