//! Each rule that the database holds, broken once behind the store's back.

use super::db::Db;
use crate::StoreError;

on_both!(
    nothing_is_held_twice,
    no_value_lies_outside_its_list,
    every_row_belongs_to_one_that_is_there,
    what_has_ended_leaves_room_for_the_next,
    a_value_that_was_taken_is_named_in_chinese,
);

const REGION: &str = "insert into region (code, name, parent, level, township_digits) values ";
const BODY: &str = "insert into body (id, region, name, credit_code, letters) values ";
const ITEM: &str =
    "insert into item (id, body_id, standard, kind, name, code, parent_code, position) values ";
const EDITION: &str = "insert into edition (id, item_id, number, revision, state, operation, \
     desk, submitted_by, standard_hash, record) values ";
const PUBLICATION: &str = "insert into publication (seq, item_id, edition_id, code, region, from_on, \
     notice, hash, until_seq, until_on) values ";
const IMPORT: &str = "insert into import (id, source, standard, state, started_at) values ";
const JOB: &str = "insert into job (id, kind, what, officer_id, n_steps, n_done, n_refused, \
     started_at, ended_at) values ";
const IMPORT_ROW: &str = "insert into import_row (import_id, number, place, outcome, item_id, \
     edition_id, replaced_id, report) values ";

const DIRECTORY: &str =
    "insert into directory (id, body_id, standard, kind, name, position, defaults) values ";
const GROUP: &str =
    "insert into item_group (id, body_id, kind, directory_id, name, position) values ";
const OFFICER: &str = "insert into officer (id, account, name, roles, password_hash, must_change, \
     stamp, failures, closed) values ";
const SAVED: &str = "insert into saved_query (id, officer_id, name, query, columns) values ";

/// Two bodies; an item with a live and an open edition; one without any; an import.
async fn furnish(db: &Db) {
    let rows = [
        format!("{BODY} (1, '620524', '民政局', null, 'MZ'), (2, '620524', '教育局', null, null)"),
        format!("{ITEM} (1, 1, 's', 'XK', '甲', 'c-1', null, null)"),
        format!("{ITEM} (2, 1, 's', 'XK', '乙', null, null, 1)"),
        format!("{EDITION} (1, 1, 1, 1, 'published', 'create', null, null, '', '{{}}')"),
        format!("{EDITION} (2, 1, 2, 1, 'draft', 'change', null, null, '', '{{}}')"),
        format!("{PUBLICATION} (1, 1, 1, 'c-1', '620524', '2026-03-02', '{{}}', 'h', null, null)"),
        format!("{IMPORT} (1, 'f.csv', 's', 'running', '2026-03-02')"),
        format!("{JOB} (1, 'approve', '{{}}', 7, 1, 0, 0, '2026-03-02', null)"),
        format!("{IMPORT_ROW} (1, 1, '第 2 行', 'imported', 1, 1, null, '[]')"),
        "update region set township_digits = '01' where code = '620524100'".to_owned(),
        format!("{DIRECTORY} (1, 1, 's', 'XK', '某目录', 1, '{{}}')"),
        format!("{GROUP} (1, 1, 'XK', 1, '某组', 1), (2, 1, 'XK', null, '某组', 1)"),
        format!("{OFFICER} (7, 'civil', '某人', 'editor', '', 0, 0, 0, 0)"),
        format!("{OFFICER} (8, 'other', '某人', 'editor', '', 0, 0, 0, 0)"),
        format!("{SAVED} (1, 7, '某查询', '{{}}', '')"),
    ];
    for sql in rows {
        db.by_hand(&sql).await.unwrap();
    }
}

async fn nothing_is_held_twice(db: Db) {
    furnish(&db).await;
    let check = async |sql: String| match db.by_hand(&sql).await {
        Err(StoreError::Taken { .. }) => {}
        other => panic!("{sql}: {other:?}"),
    };
    for state in [
        "'draft', 'create', null",
        "'in_review', 'create', 'd'",
        "'returned', 'create', null",
        "'approved', 'create', null",
    ] {
        check(format!("{EDITION} (9, 1, 9, 1, {state}, null, '', '{{}}')")).await;
    }
    for state in ["published", "suspended"] {
        check(format!("{EDITION} (9, 1, 9, 1, '{state}', 'create', null, null, '', '{{}}')")).await;
    }
    check(format!("{EDITION} (9, 1, 2, 1, 'withdrawn', 'create', null, null, '', '{{}}')")).await;
    check(format!(
        "{PUBLICATION} (9, 1, 1, 'c-1', '620524', '2026-03-02', '{{}}', 'h', null, null)"
    ))
    .await;
    check(format!("{ITEM} (9, 2, 's', 'XK', '丙', 'c-1', null, null)")).await;
    check(format!("{BODY} (9, '620524', '卫健局', null, 'MZ')")).await;
    check(format!("{BODY} (9, '620524', '民政局', null, null)")).await;
    check("update region set township_digits = '01' where code = '620524101'".into()).await;
    check(format!("{DIRECTORY} (9, 1, 's', 'XK', '某目录', 2, '{{}}')")).await;
    check(format!("{GROUP} (9, 1, 'XK', 1, '某组', 2)")).await;
    check(format!("{GROUP} (9, 1, 'XK', null, '某组', 2)")).await;
    check(format!("{SAVED} (9, 7, '某查询', '{{}}', '')")).await;
}

async fn a_value_that_was_taken_is_named_in_chinese(db: Db) {
    furnish(&db).await;
    let check = async |sql: String, expected: &str| {
        assert_eq!(db.by_hand(&sql).await.unwrap_err().to_string(), expected, "{sql}");
    };
    check(format!("{ITEM} (9, 2, 's', 'XK', '丙', 'c-1', null, null)"), "事项编码 已被占用").await;
    check(format!("{BODY} (9, '620524', '卫健局', null, 'MZ')"), "部门业务代码 已被占用").await;
    check(format!("{BODY} (9, '620524', '民政局', null, null)"), "实施主体名称 已被占用").await;
    check(
        "update region set township_digits = '01' where code = '620524101'".into(),
        "乡镇两位代码 已被占用",
    )
    .await;
    check(
        format!("{EDITION} (9, 1, 2, 1, 'withdrawn', 'create', null, null, '', '{{}}')"),
        "版本号 已被占用",
    )
    .await;
}

async fn what_has_ended_leaves_room_for_the_next(db: Db) {
    furnish(&db).await;
    let rows = [
        // The same letters and digits in another region, and none at all twice.
        format!(
            "{BODY} (8, '620523', '甘谷县民政局', null, 'MZ'), (9, '620524', '卫健局', null, null)"
        ),
        format!("{ITEM} (9, 1, 's', 'XK', '乙', null, null, 1)"),
        format!("{DIRECTORY} (8, 2, 's', 'XK', '某目录', 1, '{{}}')"),
        "update directory set abolished_at = '2026-03-02' where id = 1".to_owned(),
        format!("{DIRECTORY} (9, 1, 's', 'XK', '某目录', 1, '{{}}')"),
        format!("{SAVED} (9, 8, '某查询', '{{}}', '')"),
        "update region set township_digits = '01' where code = '620523100'".to_owned(),
        "update edition set state = 'superseded' where id = 1".to_owned(),
        "update edition set state = 'published' where id = 2".to_owned(),
        format!("{EDITION} (9, 1, 3, 1, 'draft', 'change', null, null, '', '{{}}')"),
        format!("{EDITION} (10, 1, 4, 1, 'withdrawn', 'change', null, null, '', '{{}}')"),
        "update publication set until_seq = 2, until_on = '2026-03-02' where seq = 1".to_owned(),
        format!("{PUBLICATION} (2, 1, 2, 'c-1', '620524', '2026-03-02', '{{}}', 'h', null, null)"),
    ];
    for sql in rows {
        db.by_hand(&sql).await.unwrap_or_else(|err| panic!("{sql}: {err}"));
    }
}

async fn no_value_lies_outside_its_list(db: Db) {
    furnish(&db).await;
    let check = async |sql: String| match db.by_hand(&sql).await {
        Err(StoreError::Database(err)) => {
            let err = err.as_database_error().expect("the database refuses it");
            assert!(err.is_check_violation(), "{sql}: {err}");
        }
        other => panic!("{sql}: {other:?}"),
    };
    check(format!("{REGION} ('999999', '某地', null, 'village', null)")).await;
    for digits in ["00", "1", "001", ""] {
        let sql = "update region set township_digits =";
        check(format!("{sql} '{digits}' where code = '620524101'")).await;
    }
    check(format!("{BODY} (9, '620524', '', null, null)")).await;
    check(format!("{ITEM} (9, 1, 's', '', '丙', null, null, null)")).await;
    check(format!("{ITEM} (9, 1, 's', 'XK', '', null, null, null)")).await;
    for values in [
        "0, 1, 'withdrawn', 'create', null",
        "9, 1, 'deleted', 'create', null",
        "9, 1, 'withdrawn', 'abolish', null",
        "9, 1, 'in_review', 'create', null",
        "9, 1, 'withdrawn', 'create', 'department'",
    ] {
        check(format!("{EDITION} (9, 2, {values}, null, '', '{{}}')")).await;
    }
    for until in ["2, null", "null, '2026-03-02'"] {
        check(format!(
            "{PUBLICATION} (9, 2, 1, 'c', '620524', '2026-03-02', '{{}}', 'h', {until})"
        ))
        .await;
    }
    check("insert into chain_head (chain, seq, hash) values ('review', 0, '')".into()).await;
    check("insert into serial (scope, next) values ('s', 0)".into()).await;
    let long = "长".repeat(201);
    for name in ["", &long] {
        check(format!("{DIRECTORY} (9, 1, 's', 'XK', '{name}', 2, '{{}}')")).await;
        check(format!("{GROUP} (9, 1, 'XK', 1, '{name}', 2)")).await;
        check(format!("{SAVED} (9, 7, '{name}', '{{}}', '')")).await;
    }
    check("insert into query_progress (one, event_seq) values (2, 0)".into()).await;
    check(format!("{IMPORT} (9, 'f.csv', 's', 'paused', '2026-03-02')")).await;
    for counts in ["1, 0, 1, null", "1, 2, 0, null", "2, 1, 0, '2026-03-02'"] {
        let (steps, ended) = counts.rsplit_once(", ").unwrap();
        check(format!("{JOB} (9, 'approve', '{{}}', 7, {steps}, '2026-03-02', {ended})")).await;
    }
    check(format!("{JOB} (9, '', '{{}}', 7, 1, 0, 0, '2026-03-02', null)")).await;
    check("insert into job_step (job_id, number, target, revision) values (1, 0, 1, 1)".into())
        .await;
    for row in ["'skipped', 1", "'rejected', 1", "'imported', null"] {
        check(format!("{IMPORT_ROW} (1, 9, '第 9 行', {row}, null, null, '[]')")).await;
    }
}

async fn every_row_belongs_to_one_that_is_there(db: Db) {
    furnish(&db).await;
    let check = async |sql: String| match db.by_hand(&sql).await {
        Err(StoreError::Database(err)) => {
            let err = err.as_database_error().expect("the database refuses it");
            assert!(err.is_foreign_key_violation(), "{sql}: {err}");
        }
        other => panic!("{sql}: {other:?}"),
    };
    check(format!("{REGION} ('999999', '某地', '999900', 'county', null)")).await;
    check(format!("{BODY} (9, '999999', '某局', null, null)")).await;
    check(format!("{ITEM} (9, 9, 's', 'XK', '丙', null, null, null)")).await;
    check(format!("{EDITION} (9, 9, 1, 1, 'draft', 'create', null, null, '', '{{}}')")).await;
    check("insert into event (seq, edition_id, body, hash) values (9, 9, '', '')".into()).await;
    check(format!("{PUBLICATION} (9, 9, 1, 'c', '620524', '', '', '', null, null)")).await;
    check(format!("{PUBLICATION} (9, 2, 9, 'c', '620524', '', '', '', null, null)")).await;
    check(format!("{IMPORT_ROW} (9, 1, '第 2 行', 'imported', 1, 1, null, '[]')")).await;
    check(format!("{IMPORT_ROW} (1, 9, '第 2 行', 'imported', 9, 1, null, '[]')")).await;
    check(format!("{IMPORT_ROW} (1, 9, '第 2 行', 'imported', 1, 9, null, '[]')")).await;
    check(format!("{IMPORT_ROW} (1, 9, '第 2 行', 'imported', 1, 1, 9, '[]')")).await;
    check(format!("{DIRECTORY} (9, 9, 's', 'XK', '甲', 2, '{{}}')")).await;
    check(format!("{GROUP} (9, 9, 'XK', 1, '甲', 2)")).await;
    check(format!("{GROUP} (9, 1, 'XK', 9, '甲', 2)")).await;
    check(format!("{SAVED} (9, 9, '甲', '{{}}', '')")).await;
    check("update item set directory_id = 9 where id = 1".into()).await;
    check("update item set group_id = 9 where id = 1".into()).await;
    check("insert into job_step (job_id, number, target, revision) values (9, 1, 1, 1)".into())
        .await;
    check("delete from item where id = 1".into()).await;
}
