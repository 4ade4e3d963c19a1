//! Links between the repository's pages lead somewhere.

use super::{Complaint, Tree, markdown};

pub(super) fn check(tree: &Tree) -> Vec<Complaint> {
    let mut complaints = Vec::new();
    let pages = tree.below("", ".md").filter(|(path, _)| is_page(path));
    for (path, text) in pages {
        for (line, words) in markdown::prose(text) {
            let broken = markdown::targets(words)
                .into_iter()
                .filter(|it| resolve(path, it).is_some_and(|it| !tree.has(&it)));
            complaints.extend(broken.map(|target| {
                let reason = format!("the link to `{target}` leads nowhere");
                Complaint::refusal(path, line, reason, "correct the path, or take the link out")
            }));
        }
    }
    complaints
}

/// The pages at the root, and those in `docs/`.
fn is_page(path: &str) -> bool {
    !path.contains('/') || path.starts_with("docs/")
}

/// Returns the path that a relative link means, or `None` for a link that is not one.
fn resolve(page: &str, target: &str) -> Option<String> {
    let file = target.split('#').next()?.trim_matches(['<', '>']);
    let is_elsewhere = file.contains(':') || file.starts_with('/');
    if is_elsewhere || file.is_empty() {
        return None;
    }
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in file.split('/') {
        match part {
            "." | "" => {}
            ".." if parts.pop().is_none() => return Some(format!("outside:{target}")),
            ".." => {}
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}
