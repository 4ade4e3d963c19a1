//! The items of a list, as its table shows them.

use std::collections::BTreeSet;

use domain::{
    checks::{self, Subject, Surroundings},
    edition::{Edition, State},
    finding::{Finding, Severity},
    item::{EditionId, GroupId, ItemId, ItemRecord},
    library::Laws,
    office::Group,
    people::{Role, Scope},
    standard::Standard,
};
use store::{Arranged, Brief, Found};
use time::Date;

use crate::{
    AppState,
    error::WebError,
    links::{self, Link},
    session::Session,
    words,
};

/// 一组事项。
pub(super) struct Block {
    /// The group's name; `None` for what is in no group.
    pub(super) title: Option<String>,
    pub(super) rows: Vec<Row>,
}

/// 表里的一项。
pub(super) struct Row {
    pub(super) item: ItemId,
    /// What a tick sends: the item, its newest edition and the revision that was seen.
    pub(super) pick: String,
    pub(super) is_picked: bool,
    pub(super) name: String,
    pub(super) link: Link,
    pub(super) copy: Link,
    pub(super) code: Option<String>,
    pub(super) state: String,
    pub(super) mark: &'static str,
    pub(super) n_findings: usize,
    pub(super) has_errors: bool,
    /// `3 → 4`: the edition in force, and the one that is being worked on.
    pub(super) edition: String,
    pub(super) updated: String,
}

/// 勾选的一项。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pick {
    pub(super) item: ItemId,
    pub(super) edition: EditionId,
    pub(super) revision: i64,
}

impl Pick {
    pub(super) fn to_text(self) -> String {
        format!("{}.{}.{}", self.item, self.edition, self.revision)
    }

    pub(super) fn parse(text: &str) -> Option<Pick> {
        let mut numbers = text.split('.').map(|it| it.parse::<i64>().ok());
        let (item, edition, revision) = (numbers.next()??, numbers.next()??, numbers.next()??);
        let pick = Pick { item: ItemId(item), edition: EditionId(edition), revision };
        numbers.next().is_none().then_some(pick)
    }
}

/// The codes that are borne, seen from one item.
struct Known<'a> {
    codes: &'a BTreeSet<String>,
    laws: Option<&'a Laws>,
    own: Option<&'a str>,
}

impl Surroundings for Known<'_> {
    fn knows_code(&self, code: &str) -> bool {
        self.codes.contains(code)
    }

    fn is_taken(&self, code: &str) -> bool {
        self.codes.contains(code) && self.own != Some(code)
    }

    fn laws(&self) -> Option<&Laws> {
        self.laws
    }
}

/// Returns the items group by group, as they come.
pub(super) async fn blocks(
    app: &AppState,
    session: &Session,
    items: &[Arranged],
    groups: &[Group],
    picks: &[Pick],
) -> Result<Vec<Block>, WebError> {
    let ids: Vec<ItemId> = items.iter().map(|it| it.id).collect();
    let found = app.store.found(Scope::Everywhere, &ids).await?;
    let newest: Vec<&Edition> = found.iter().map(newest).collect();
    let codes = codes(app, &newest).await?;
    let records: Vec<&ItemRecord> = newest.iter().map(|it| &it.record).collect();
    let laws = app.store.laws_cited(&records, app.clock.today()).await?;
    let is_editor = session.actor.has(&Role::Editor);
    let today = app.clock.today();
    let mut blocks: Vec<(Option<GroupId>, Block)> = Vec::new();
    for item in items {
        let standard = app.standard(&item.standard);
        let edition = newest.iter().find(|it| it.item == item.id);
        let findings = edition.map_or_else(Vec::new, |it| {
            let surroundings =
                Known { codes: &codes, laws: laws.as_ref(), own: item.code.as_deref() };
            checks::run(&Subject { record: &it.record, standard, surroundings: &surroundings })
        });
        let mut row = Row::of(item, edition.copied(), standard, &findings, today);
        row.is_picked = picks.iter().any(|it| it.item == item.id);
        if let Some(draft) = edition.filter(|it| is_editor && it.is_writable()) {
            row.link = links::edit(&draft.id);
        }
        match blocks.last_mut().filter(|(group, _)| *group == item.seat.group) {
            Some((_, block)) => block.rows.push(row),
            None => {
                let group = groups.iter().find(|it| Some(it.id) == item.seat.group);
                let title = group.map(|it| it.name.clone());
                blocks.push((item.seat.group, Block { title, rows: vec![row] }));
            }
        }
    }
    Ok(blocks.into_iter().map(|(_, block)| block).collect())
}

fn newest(found: &Found) -> &Edition {
    found.open.as_ref().unwrap_or(&found.current)
}

/// Returns which of the codes that these editions name are borne by items.
async fn codes(app: &AppState, editions: &[&Edition]) -> Result<BTreeSet<String>, WebError> {
    let named = editions.iter().flat_map(|it| [&it.record.code, &it.record.parent]);
    let named: BTreeSet<&str> = named.filter_map(|it| it.as_deref()).collect();
    let named: Vec<&str> = named.into_iter().collect();
    Ok(app.store.known_codes(&named).await?.into_iter().collect())
}

impl Row {
    fn of(
        item: &Arranged,
        newest: Option<&Edition>,
        standard: &Standard,
        findings: &[Finding],
        today: Date,
    ) -> Row {
        let brief = item.newest();
        let state = brief.map(|it| it.state).or(newest.map(|it| it.state));
        let state = state.unwrap_or(State::Withdrawn);
        let desk = brief.and_then(|it| it.desk.as_deref());
        let (edition, revision) = match (brief, newest) {
            (Some(Brief { id, revision, .. }), _) => (*id, *revision),
            (None, Some(edition)) => (edition.id, edition.revision),
            (None, None) => (EditionId(0), 0),
        };
        Row {
            item: item.id,
            pick: Pick { item: item.id, edition, revision }.to_text(),
            is_picked: false,
            name: item.name.clone(),
            link: links::item(&item.id),
            copy: links::copy_item(&item.id),
            code: item.code.clone(),
            state: standard.state_word(state, desk).to_owned(),
            mark: words::state_mark(state),
            n_findings: findings.len(),
            has_errors: findings.iter().any(|it| it.severity == Severity::Error),
            edition: editions(item, newest),
            updated: updated(item, today),
        }
    }
}

fn editions(item: &Arranged, newest: Option<&Edition>) -> String {
    match (&item.live, &item.open) {
        (Some(live), Some(open)) => format!("{} → {}", live.number, open.number),
        (Some(one), None) | (None, Some(one)) => one.number.to_string(),
        (None, None) => newest.map(|it| it.number.to_string()).unwrap_or_default(),
    }
}

/// Returns the day on which it was last written, moved or published.
fn updated(item: &Arranged, today: Date) -> String {
    let touched = item.touched_at.map(domain::calendar::office_day);
    let Some(day) = touched.max(item.published_on) else { return String::new() };
    if day.year() == today.year() { words::short_date(day) } else { day.to_string() }
}
