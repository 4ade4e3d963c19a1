//! The pages on which an entry of a library is chosen.

use askama::Template;
use domain::{content::Row, library::Article, library::Place, standard::Standard};
use store::{Attachment, Kept, KeptLaw};

use super::super::{
    gap::{Gap, Library},
    page::{Draft, field_id},
    rows::{row_id, title},
};
use crate::{
    layout::Bench,
    links::{self, Link},
    words,
};

/// What stands around every choice.
pub(super) struct Around {
    pub(super) draft: Draft,
    pub(super) gap: Gap,
    /// 从采集地址选
    pub(super) what: &'static str,
    /// 办理窗口：8 号窗口
    pub(super) place: String,
    pub(super) words: String,
    /// This page, for who goes on to enter something new.
    pub(super) here: Link,
    pub(super) back: Link,
}

#[derive(Template)]
#[template(path = "edit_item/fill/places.html")]
pub(super) struct PlacesPage {
    pub(super) bench: Bench,
    pub(super) around: Around,
    pub(super) places: Vec<Kept<Place>>,
    pub(super) has_more: bool,
}

#[derive(Template)]
#[template(path = "edit_item/fill/laws.html")]
pub(super) struct LawsPage {
    pub(super) bench: Bench,
    pub(super) around: Around,
    pub(super) laws: Vec<LawLine>,
    pub(super) has_more: bool,
}

/// 可以选的一部法。
pub(super) struct LawLine {
    pub(super) kept: KeptLaw,
    /// Where its articles are chosen from.
    pub(super) link: Link,
    /// Why it is not in force, if it is not.
    pub(super) stop: Option<String>,
}

#[derive(Template)]
#[template(path = "edit_item/fill/law.html")]
pub(super) struct LawPage {
    pub(super) bench: Bench,
    pub(super) around: Around,
    pub(super) law: LawLine,
    /// What is looked for in its articles.
    pub(super) words: String,
    pub(super) articles: Vec<ArticleLine>,
    pub(super) has_more: bool,
}

/// 可以引用的一条。
pub(super) struct ArticleLine {
    pub(super) article: Article,
    pub(super) entry: String,
    pub(super) stop: Option<String>,
}

#[derive(Template)]
#[template(path = "edit_item/fill/files.html")]
pub(super) struct FilesPage {
    pub(super) bench: Bench,
    pub(super) around: Around,
    pub(super) files: Vec<Attachment>,
    pub(super) has_more: bool,
    pub(super) upload: Link,
    pub(super) fault: String,
}

impl Around {
    pub(super) fn of(
        draft: Draft,
        gap: &Gap,
        row: Option<&Row>,
        (words, standard): (&str, &Standard),
    ) -> Around {
        let id = &draft.id;
        let element = standard.element(&gap.list);
        let mut place = element.map_or(gap.list.clone(), |it| it.label.clone());
        if let Some(name) = row.zip(element).and_then(|(row, element)| title(row, element)) {
            place = format!("{place}：{name}");
        }
        if let Some(field) = element.and_then(|it| it.field(&gap.field)) {
            place = format!("{place}，{}", field.label);
        }
        let at = match row {
            Some(row) => row_id(&gap.list, &row.id),
            None => field_id(&gap.list),
        };
        let back = links::edit(id).with("open", &gap.list).with("row", &gap.row).at(&at);
        Around {
            what: gap.library().map_or("", Library::words),
            here: gap.link(id).with("asked", "1").with("q", words),
            gap: gap.clone(),
            place,
            words: words.to_owned(),
            back,
            draft,
        }
    }
}
