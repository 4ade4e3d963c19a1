use std::collections::HashMap;

use domain::{
    calendar::NoData,
    edition::{Action, Edition, Remark, State},
    event::Event,
    item::EditionId,
    people::{Actor, OfficerId},
    standard::Standard,
};
use store::{Store, StoreError};
use time::{Date, OffsetDateTime};

use super::{Deadline, due_words};
use crate::words;

/// 一个事项的流转记录，和其中各人的名称。
pub(crate) struct Chronicle {
    events: Vec<Event>,
    names: HashMap<OfficerId, String>,
    today: Date,
}

/// 做过的一件事。
#[derive(Debug, Clone)]
pub(crate) struct Act {
    pub(crate) at: String,
    pub(crate) by: String,
    /// 部门审核：通过
    pub(crate) what: String,
    pub(crate) reason: String,
    /// What was to be mended: the element's label, if of one, and the words.
    pub(crate) remarks: Vec<(Option<String>, String)>,
}

/// 路线上的一站。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Station {
    pub(crate) title: String,
    pub(crate) lines: Vec<String>,
    pub(crate) mark: Mark,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mark {
    Done,
    Now,
    ToCome,
}

/// Where an edition has been since it was last submitted.
#[derive(Default)]
struct Passage<'a> {
    submitted: Option<&'a Event>,
    returned: Option<&'a Event>,
    /// Desks that let it pass, each with when and by whom.
    passed: Vec<(&'a str, &'a Event)>,
    published: Option<&'a Event>,
    arrived: Option<OffsetDateTime>,
}

impl Chronicle {
    /// Takes the events of an item and looks up who they name.
    pub(crate) async fn of(
        store: &Store,
        events: Vec<Event>,
        today: Date,
    ) -> Result<Chronicle, StoreError> {
        let mut ids: Vec<OfficerId> = events.iter().map(|it| OfficerId(it.by)).collect();
        ids.sort_unstable();
        ids.dedup();
        let names = store.officer_names(&ids).await?.into_iter().collect();
        Ok(Chronicle { events, names, today })
    }

    /// Returns what was done to an edition, oldest first.
    pub(crate) fn acts(&self, id: EditionId, standard: &Standard) -> Vec<Act> {
        let mut desk: Option<&str> = None;
        let mut acts = Vec::new();
        for event in self.of_edition(id) {
            let label = event.action.label();
            let at_desk = desk.map(|id| standard.desk(id).map_or(id, |it| &it.title));
            let what = match (event.action, at_desk) {
                (Action::Approve | Action::Return, Some(desk)) => format!("{desk}：{label}"),
                _ => label.to_owned(),
            };
            let remark = |it: &Remark| {
                let element = it.element.as_ref();
                let label = element.map(|key| label_of(key, standard).to_owned());
                (label, it.text.clone())
            };
            acts.push(Act {
                at: words::recently(event.at, self.today),
                by: self.name(event),
                what,
                reason: event.reason.clone(),
                remarks: event.remarks.iter().map(remark).collect(),
            });
            desk = event.desk.as_deref();
        }
        acts
    }

    /// Returns what an edition was returned with, while it is mended.
    pub(crate) fn last_return(&self, id: EditionId, standard: &Standard) -> Option<Act> {
        let is_back = self.of_edition(id).last().is_some_and(|it| it.to == State::Returned);
        let returned = self.of_edition(id).rposition(|it| it.action == Action::Return)?;
        self.acts(id, standard).into_iter().nth(returned).filter(|_| is_back)
    }

    /// Returns the way of an edition from its author to the public: who let it pass when, and
    /// where it waits until when.
    pub(crate) fn route(
        &self,
        edition: &Edition,
        standard: &Standard,
        actor: &Actor,
    ) -> Vec<Station> {
        let passage = Passage::of(self.of_edition(edition.id));
        let route = standard.route(edition.operation, &edition.record.kind);
        let desks = route.map_or(&[][..], |it| it.desks.as_slice());
        let mut stations = vec![self.entry(edition, &passage)];
        for id in desks {
            stations.push(self.at_desk(id, edition, standard, &passage, actor));
        }
        stations.push(self.publication(edition, &passage));
        stations
    }

    fn entry(&self, edition: &Edition, passage: &Passage<'_>) -> Station {
        let title = "录入".to_owned();
        let is_here = matches!(edition.state, State::Draft | State::Returned);
        let (mark, lines) = match (is_here, passage.returned, passage.submitted) {
            (true, Some(returned), _) => (Mark::Now, self.lines(returned, "退回")),
            (true, None, _) => (Mark::Now, vec!["还没有送审".to_owned()]),
            (false, _, Some(submitted)) => (Mark::Done, self.lines(submitted, "送审")),
            (false, _, None) => (Mark::Done, Vec::new()),
        };
        Station { title, lines, mark }
    }

    fn at_desk(
        &self,
        id: &str,
        edition: &Edition,
        standard: &Standard,
        passage: &Passage<'_>,
        actor: &Actor,
    ) -> Station {
        let desk = standard.desk(id);
        let title = desk.map_or(id, |it| &it.title).to_owned();
        if edition.desk.as_deref() == Some(id) {
            let needed = domain::people::Role::Reviewer { desk: id.to_owned() };
            let here = actor.has(&needed).then(|| "您在这一步".to_owned());
            let due = Deadline::of(desk, passage.arrived, self.today);
            let due = due.map(|due: Result<Deadline, NoData>| due_words(&due));
            return Station {
                title,
                lines: here.into_iter().chain(due).collect(),
                mark: Mark::Now,
            };
        }
        match passage.passed.iter().find(|(desk, _)| *desk == id) {
            Some((_, event)) => {
                Station { title, lines: self.lines(event, "通过"), mark: Mark::Done }
            }
            None => Station { title, lines: Vec::new(), mark: Mark::ToCome },
        }
    }

    fn publication(&self, edition: &Edition, passage: &Passage<'_>) -> Station {
        let title = "公布".to_owned();
        let on = edition.record.effective_on.filter(|on| *on > self.today);
        let (mark, lines) = match (edition.state, passage.published, on) {
            (State::Approved, _, Some(on)) => {
                (Mark::Now, vec![format!("{}自动公布", words::full_date(on))])
            }
            (State::Approved, _, None) => (Mark::Now, vec!["等公布人公布".to_owned()]),
            (_, Some(event), _) => (Mark::Done, self.lines(event, "公布")),
            (_, None, Some(on)) => {
                (Mark::ToCome, vec![format!("定于{}生效", words::full_date(on))])
            }
            (_, None, None) => (Mark::ToCome, Vec::new()),
        };
        Station { title, lines, mark }
    }

    fn lines(&self, event: &Event, verb: &str) -> Vec<String> {
        vec![self.name(event), format!("{} {verb}", words::recently(event.at, self.today))]
    }

    fn name(&self, event: &Event) -> String {
        self.officer(OfficerId(event.by))
    }

    /// Returns an officer's name; what is done by no account is done by the system.
    pub(crate) fn officer(&self, id: OfficerId) -> String {
        self.names.get(&id).cloned().unwrap_or_else(|| "系统".to_owned())
    }

    fn of_edition(
        &self,
        id: EditionId,
    ) -> impl DoubleEndedIterator<Item = &Event> + ExactSizeIterator {
        let of_edition: Vec<&Event> = self.events.iter().filter(|it| it.edition == id.0).collect();
        of_edition.into_iter()
    }
}

impl<'a> Passage<'a> {
    fn of(events: impl Iterator<Item = &'a Event>) -> Passage<'a> {
        let mut passage = Passage::default();
        let mut desk: Option<&str> = None;
        for event in events {
            match event.action {
                Action::Submit => {
                    passage.submitted = Some(event);
                    // It has still passed what lies before the desk that it comes to.
                    let entry = event.desk.as_deref();
                    if let Some(at) = passage.passed.iter().position(|(id, _)| Some(*id) == entry) {
                        passage.passed.truncate(at);
                    }
                    passage.returned = None;
                }
                Action::Return => passage.returned = Some(event),
                Action::Approve => passage.passed.extend(desk.map(|desk| (desk, event))),
                Action::Publish | Action::LoadBaseline => passage.published = Some(event),
                _ => {}
            }
            desk = event.desk.as_deref();
            passage.arrived = Some(event.at);
        }
        passage
    }
}

/// Returns what the standard calls an element.
pub(crate) fn label_of<'a>(key: &'a str, standard: &'a Standard) -> &'a str {
    standard.element(key).map_or(key, |it| &it.label)
}
