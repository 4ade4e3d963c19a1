use super::{rust_text::RustText, *};

/// Applies one rule to a planted tree; `expected` holds a part of each complaint, in order.
#[track_caller]
fn check(rule: Rule, planted: &[(&str, &str)], expected: &[&str]) {
    let found: Vec<_> = rule(&Tree::planted(planted)).iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for (found, expected) in found.iter().zip(expected) {
        assert!(found.contains(expected), "{found}\nlacks\n{expected}");
    }
}

#[test]
fn a_complaint_says_where_what_and_the_way_out() {
    let complaint = Complaint::refusal("a/b.rs", 7, "too long".to_owned(), "split it");
    assert_eq!(complaint.to_string(), "a/b.rs:7: refused: too long\n    way out: split it");
}

#[test]
fn a_crate_that_depends_upwards_or_sideways_is_refused() {
    let store = "[package]\nname = \"store\"\n[dependencies]\ndomain.workspace = true\n";
    check(crate_edges::check, &[("crates/store/Cargo.toml", store)], &[]);

    let sideways = format!("{store}search = {{ path = \"../search\" }}\n");
    check(
        crate_edges::check,
        &[("crates/store/Cargo.toml", &sideways)],
        &["crates/store/Cargo.toml:5: refused: store must not depend on search"],
    );
    check(
        crate_edges::check,
        &[("crates/domain/Cargo.toml", "[dependencies.web]\nworkspace = true")],
        &["domain must not depend on web"],
    );
}

#[test]
fn an_outside_crate_stays_in_its_layer() {
    let manifest = |dependency| format!("[dependencies]\n{dependency}\n");
    let check = |name: &str, dependency, expected: &[&str]| {
        let path = format!("crates/{name}/Cargo.toml");
        check(crate_edges::check, &[(&path, &manifest(dependency))], expected);
    };
    check("store", "sqlx.workspace = true", &[]);
    check("web", "sqlx.workspace = true", &["sqlx belongs in store, not in web"]);
    check("cli", "db = { package = \"sqlx\" }", &["sqlx belongs in store, not in cli"]);
    check("cli", "axum = \"0.8\"", &["axum belongs in web, not in cli"]);
    check("web", "tantivy = \"1\"", &["tantivy belongs in search, not in web"]);
    check("cli", "zip = \"1\"", &["zip belongs in documents, not in cli"]);
    check("helpers", "zip = \"1\"", &["the crate `helpers` has no place"]);
}

#[test]
fn a_crate_may_be_tested_with_more_than_it_is_built_with() {
    let manifest = "[dependencies]\n[dev-dependencies]\ndocuments.workspace = true\n";
    check(crate_edges::check, &[("crates/search/Cargo.toml", manifest)], &[]);
}

#[test]
fn sql_outside_the_store_is_refused() {
    let web = |source| ("crates/web/src/page.rs", source);
    let refused = |source, kind| check(sql::check, &[web(source)], &[kind]);
    refused("\nlet q = \"SELECT id\n from item\";", "crates/web/src/page.rs:2: refused: SQL");
    refused("let q = r#\"insert into \"item\" values\"#;", "insert into");
    refused("let q = \"update item\\n set name = $1\";", "update … set");
    refused("let q = \"with x as (select 1 from y)\";", "select … from");
    refused("let q = \"delete from item\";", "delete from");
    check(sql::check, &[("crates/web/old.sql", "")], &["a file of SQL"]);
}

#[test]
fn sql_in_the_store_and_words_that_only_look_like_it_are_not() {
    check(sql::check, &[("crates/store/src/item.rs", "\"select id from item\"")], &[]);
    let innocent =
        "// select id from item\nlet a = \"select[name=from]\"; let b = \"请选择 select\";";
    check(sql::check, &[("crates/web/src/page.rs", innocent)], &[]);
}

const SEARCH: (&str, &str) = ("crates/web/src/features/search/mod.rs", "");

#[test]
fn a_feature_that_names_a_feature_is_refused() {
    let refused = |source: &str| {
        let guide = ("crates/web/src/features/guide/mod.rs", source);
        check(features::check, &[SEARCH, guide], &["`guide` names the feature `search`"]);
    };
    refused("use crate::features::search::Results;");
    refused("use super::search::Results;");
    refused("use crate::{app::App, features::{map, search::{self, Results}}};");
    refused("fn f() { super::super::search::show() }");
    refused("#[template(path = \"features/search/page.html\")] struct Page;");
    let page =
        ("crates/web/src/features/guide/page.html", "\n{% include \"features/search/box.html\" %}");
    check(features::check, &[SEARCH, page], &["guide/page.html:2: refused"]);
}

#[test]
fn a_feature_may_name_itself_and_what_lies_beside_the_features() {
    let source = "use super::guide; use crate::{features::guide::Page, layout}; // super::search\n\
        mod search; use self::search::X;";
    let own = ("crates/web/src/features/guide/mod.rs", source);
    check(features::check, &[SEARCH, own], &[]);
    let list = ("crates/web/src/features/mod.rs", "use self::search; use super::features::search;");
    check(features::check, &[SEARCH, list], &[]);
}

#[test]
fn all_public_types_without_a_glossary_row_are_listed_at_once() {
    let types = "pub struct Item;\npub(crate) struct Hidden;\n/// pub struct Doc\npub enum State {}\n\
        pub trait Rule {}\npub type Pair<T> = (T, T);\n";
    let domain = ("crates/domain/src/item.rs", types);
    let expected = ["item.rs:1", "item.rs:4", "item.rs:5", "item.rs:6: refused: `Pair` is not in"];
    check(glossary::check, &[domain], &expected);

    let rows = "| 中文 | identifier |\n|---|---|\n| 事项 | `Item` |\n| 规则 / 对 | `Rule` / `Pair` |\n\
        | `State` | not here |\n";
    check(glossary::check, &[domain, ("docs/glossary.md", rows)], &["`State` is not in"]);
}

#[test]
fn a_long_file_is_warned_of_and_a_longer_one_refused() {
    let check = |path: &str, n_lines: usize, expected: &[&str]| {
        check(lengths::check, &[(path, &"// x\n".repeat(n_lines))], expected);
    };
    check("a/b.rs", 400, &[]);
    check("a/b.rs", 401, &["a/b.rs:1: warning: 401 lines, more than 400"]);
    check("a/b.rs", 601, &["a/b.rs:1: refused: 601 lines, more than 600"]);
    check("a/tests.rs", 800, &[]);
    check("a/tests.rs", 801, &["refused: 801 lines, more than 800"]);
    check("a/data.json", 5000, &[]);
}

#[test]
fn a_function_that_does_not_fit_a_screen_is_refused() {
    let function = |n_inside: usize| {
        let inside = "    let x = '{'; // }\n".repeat(n_inside);
        format!(
            "trait T {{\n    fn short(a: [u8; 2]);\n}}\n\nfn long<'a>() -> &'a str {{\n{inside}}}\n"
        )
    };
    check(lengths::check, &[("a.rs", &function(58))], &[]);
    check(lengths::check, &[("a.rs", &function(59))], &["a.rs:5: refused: `long` has 61 lines"]);
}

#[test]
fn work_left_undone_is_refused() {
    let mark = concat!("TO", "DO");
    let source = format!("fn f() {{}}\n// {mark}: later\nconst {mark}S: u8 = 1;\n");
    check(unfinished::check, &[("a.rs", &source)], &["a.rs:2: refused"]);
}

#[test]
fn a_link_that_leads_nowhere_is_refused() {
    let text = "[a](decisions/0001-x.md#why) [b](../README.md \"b\") [c](https://x.cn) [d](#e)\n\
        ```\n[f](gone.md)\n```\n`[g](gone.md)` [h](gone.md) <img src=\"../shots/home.png\">\n\
        [i](../../outside.md) [j](/search)\n";
    let planted = [("docs/a.md", text), ("docs/decisions/0001-x.md", ""), ("README.md", "")];
    let expected = ["docs/a.md:5: refused: the link to `gone.md`", "shots/home.png", "outside.md"];
    check(links::check, &planted, &expected);
}

#[test]
fn a_file_that_the_architecture_names_must_exist() {
    let text = "`domain/src/lib.rs`, `crates/domain/src/` and `domain/src/lib.rs::Item` are there.\n\
        `/items/{code}` is an address, `a/b` is nothing.\n`domain/src/gone.rs` is not.\n`docs/gone/`\n";
    let planted = [("ARCHITECTURE.md", text), ("crates/domain/src/lib.rs", ""), ("docs/a.md", "")];
    let expected = ["ARCHITECTURE.md:3: refused: there is no `domain/src/gone.rs`", "`docs/gone/`"];
    check(architecture::check, &planted, &expected);
}

#[test]
fn a_landed_migration_that_changed_or_went_is_refused() {
    let first = ("crates/store/migrations/0001_start.sql", "create table a (id bigint);\n");
    let second = ("crates/store/migrations/0002_more.sql", "create table b (id bigint);\n");
    let list = migrations::list(&Tree::planted(&[first, second]));
    let listed = (migrations::LIST, list.as_str());
    check(migrations::check, &[first, second, listed], &[]);

    let changed = (second.0, "create table c (id bigint);\n");
    let expected = ["HASHES:2: refused: the landed migration 0002_more.sql was changed"];
    check(migrations::check, &[first, changed, listed], &expected);
    check(migrations::check, &[second, listed], &["0001_start.sql is gone"]);
}

#[test]
fn the_list_of_migrations_takes_up_new_ones_and_never_forgives_a_change() {
    let first = ("crates/store/migrations/0001_start.sql", "create table a (id bigint);\n");
    let list = migrations::list(&Tree::planted(&[first]));
    let hash = list.split_once(' ').unwrap().0.to_owned();
    assert_eq!(hash.len(), 64);

    let changed = (first.0, "create table z (id bigint);\n");
    let second = ("crates/store/migrations/0002_more.sql", "");
    let again = migrations::list(&Tree::planted(&[changed, second, (migrations::LIST, &list)]));
    let names: Vec<_> = again.lines().filter_map(|it| it.split_once("  ")).collect();
    assert_eq!(names[0], (hash.as_str(), "0001_start.sql"));
    assert_eq!(names[1].1, "0002_more.sql");
}

#[test]
fn paths_of_one_machine_and_hosts_of_one_registry_are_refused() {
    let folder = concat!("/wo", "rk/");
    let text = format!("see {folder}shared\nhttps://example.cn{folder}a.html\n");
    check(words::check, &[("README.md", &text)], &["README.md:1: refused"]);
    let lock = concat!("{ \"resol", "ved\": \"https://registry.example/a.tgz\" }");
    check(words::check, &[("e2e/package-lock.json", lock)], &["the host of one registry"]);
}

#[test]
fn rust_source_is_told_apart() {
    let source = r##"fn f<'a>(x: &'a str) -> char { /* "no" /* nested */ } */ g("one \" { two", r#"th"ree"#, b"4", '"', '\'') } // "five"
let r#type = "six";"##;
    let text = RustText::read(source);
    let strings: Vec<_> = text.strings.iter().map(|(line, it)| (*line, it.as_str())).collect();
    assert_eq!(strings, [(1, r#"one \" { two"#), (1, r#"th"ree"#), (1, "4"), (2, "six")]);
    assert!(!text.code.contains("two") && !text.code.contains("five") && text.code.contains("g("));
    assert_eq!(text.code.matches('{').count(), text.code.matches('}').count());
}
