//! Dependencies run one way: `cli → web → {store, documents, search} → domain`.

use super::{Complaint, Tree};

/// Which workspace crates each crate may name. Everything else is refused.
const MAY_DEPEND_ON: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("store", &["domain"]),
    ("documents", &["domain"]),
    ("search", &["domain"]),
    ("web", &["domain", "store", "documents", "search"]),
    ("cli", &["domain", "store", "documents", "search", "web"]),
    // To write down the rules that are told in the documents.
    ("xtask", &["domain"]),
];

/// Outside crates that belong to some layers only.
const BELONGS_TO: &[(&str, &[&str])] = &[
    ("anyhow", &["cli", "xtask"]),
    ("askama", &["web"]),
    ("axum", &["web"]),
    ("calamine", &["documents"]),
    ("clap", &["cli"]),
    ("docx-rs", &["documents"]),
    ("jieba-rs", &["search"]),
    ("prometheus-client", &["web"]),
    ("quick-xml", &["documents", "web"]),
    ("resvg", &["documents"]),
    ("rust_xlsxwriter", &["documents"]),
    ("sqlx", &["store"]),
    ("tantivy", &["search"]),
    ("tokio", &["store", "web", "cli"]),
    ("tower-http", &["web"]),
    ("zip", &["documents"]),
];

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    for (path, manifest) in tree.below("crates/", "/Cargo.toml") {
        let name = path.trim_start_matches("crates/").trim_end_matches("/Cargo.toml");
        let Some((_, allowed)) = MAY_DEPEND_ON.iter().find(|(it, _)| *it == name) else {
            let reason = format!("the crate `{name}` has no place in the order of crates");
            complaints.push(Complaint::refusal(
                path,
                1,
                reason,
                "give it a row in MAY_DEPEND_ON of xtask's crate_edges.rs and a decision record",
            ));
            continue;
        };
        for (line, dependency) in dependencies(manifest) {
            complaints.extend(
                refusal(name, allowed, dependency)
                    .map(|(reason, way_out)| Complaint::refusal(path, line, reason, way_out)),
            );
        }
    }
    complaints
}

fn refusal(name: &str, allowed: &[&str], dependency: &str) -> Option<(String, String)> {
    let is_ours = MAY_DEPEND_ON.iter().any(|(it, _)| *it == dependency);
    if is_ours && !allowed.contains(&dependency) {
        let way_out = match allowed {
            [] => format!("{name} may name no crate of ours; pass in what it needs"),
            _ => format!("{name} may name {}; let a crate above join the two", allowed.join(", ")),
        };
        return Some((format!("{name} must not depend on {dependency}"), way_out));
    }
    let (_, homes) = BELONGS_TO.iter().find(|(it, _)| *it == dependency)?;
    if homes.contains(&name) {
        return None;
    }
    let homes = homes.join(", ");
    Some((
        format!("{dependency} belongs in {homes}, not in {name}"),
        format!("let {homes} offer what {name} needs, in words of the domain"),
    ))
}

/// Returns what a crate is built with, each with its line; its tests may reach further.
fn dependencies(manifest: &str) -> Vec<(usize, &str)> {
    let mut found = Vec::new();
    let mut is_inside = false;
    for (line, text) in (1..).zip(manifest.lines()) {
        let text = text.trim();
        if let Some(table) = text.strip_prefix('[') {
            let table = table.trim_end_matches(']');
            is_inside = is_dependency_table(table);
            let single = table.rsplit_once('.').filter(|(outer, _)| is_dependency_table(outer));
            found.extend(single.map(|(_, name)| (line, name)));
        } else if is_inside && !text.starts_with('#') && !text.is_empty() {
            found.push((line, package(text)));
        }
    }
    found
}

fn is_dependency_table(table: &str) -> bool {
    let last = table.rsplit('.').next().unwrap_or(table);
    matches!(last, "dependencies" | "build-dependencies")
}

/// Returns the crate that an entry names, under whatever name it is taken in.
fn package(entry: &str) -> &str {
    let renamed = entry.split_once("package = \"").and_then(|(_, rest)| rest.split('"').next());
    let plain = entry.split(['.', ' ', '=']).next().unwrap_or(entry);
    renamed.unwrap_or(plain).trim_matches('"')
}
