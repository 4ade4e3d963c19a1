//! An office with one of everything that an id can name.

use domain::{
    approval::Answers,
    content::{Content, Value, keys},
    edition::State,
    item::{BodyId, EditionId, ItemId, ItemRecord},
    library::{Attached, Place, System},
    office::Seat,
    people::{Officer, OfficerId, Role, Scope},
    query::Query,
};
use store::{HelpDocument, NewApproval, NewApprovalTemplate, NewAttachment, Saving};

use super::{NOW, Site, editor, officer, sound};
use crate::jobs::import::upload::{self, Upload};

/// A template of a reply, as an office brings it.
pub(crate) const REPLY: &[u8] = include_bytes!("../../../../demo/approvals/reply.docx");

/// Where an office is, what it is called, and a word that stands in all that is its own.
pub(crate) struct Address {
    pub(crate) region: &'static str,
    pub(crate) body: &'static str,
    pub(crate) letters: &'static str,
    pub(crate) mark: &'static str,
}

/// 一个样样都有一份的单位。
#[derive(Clone)]
pub(crate) struct Office {
    pub(crate) body: BodyId,
    /// What stands for each id in a path or a form: `item`, `edition.revision`.
    ids: Vec<(&'static str, String)>,
}

impl Office {
    /// Fills what stands in braces; a new kind of id has to be put into the office first.
    pub(crate) fn fill(&self, text: &str) -> String {
        let fill = |it: String, (name, id): &(&str, String)| it.replace(&format!("{{{name}}}"), id);
        let filled = self.ids.iter().fold(text.to_owned(), fill);
        assert!(!filled.contains('{'), "nothing stands for what is in braces in {text}");
        filled
    }

    pub(crate) fn holds(&mut self, name: &'static str, id: impl ToString) {
        self.ids.retain(|(it, _)| *it != name);
        self.ids.push((name, id.to_string()));
    }

    /// The same, but that which is called so, and what is told of it, is another office's.
    pub(crate) fn with_anothers(&self, name: &str, other: &Office) -> Office {
        let is_of = |it: &str| it.split('.').next() == Some(name);
        let own = self.ids.iter().filter(|(it, _)| !is_of(it));
        let others = other.ids.iter().filter(|(it, _)| is_of(it));
        Office { body: self.body, ids: own.chain(others).cloned().collect() }
    }
}

impl Site {
    /// Opens an office.
    pub(crate) async fn office(&self, at: &Address) -> Office {
        let mut ids = self.its_items(at).await;
        let body = self.body(at.body).await;
        let keeper = officer(&keeper_of(at), Scope::Body(body), &[Role::Editor]);
        let keeper = self.officer(keeper).await.officer;
        ids.extend([
            ("body", body.to_string()),
            ("body.name", at.body.to_owned()),
            ("body.letters", at.letters.to_owned()),
            ("region", at.region.to_owned()),
            ("township", format!("{}100", at.region)),
            ("officer", keeper.id.0.to_string()),
        ]);
        let mut office = Office { body, ids };
        self.its_places(&mut office, at).await;
        self.its_libraries(&mut office, at, keeper.id).await;
        self.its_approvals(&mut office, at, keeper.id).await;
        self.its_save(&mut office).await;
        self.leaves(&mut office, &keeper, at).await;
        office
    }

    /// Lets an officer save a query and bring in a table, for the office to hold.
    pub(crate) async fn leaves(&self, office: &mut Office, officer: &Officer, at: &Address) {
        let mut tx = self.state.store.begin().await.unwrap();
        tx.save_query(officer.id, at.mark, &Query::default(), &[]).await.unwrap();
        tx.commit().await.unwrap();
        let table = format!("事项名称,事项类型\n{}{}的表,行政确认\n", at.mark, officer.account);
        let upload = Upload {
            hash: self.state.files.put(table.into_bytes()).await.unwrap(),
            name: "表.csv".into(),
            standard: "wushan".into(),
            region: Some(at.region.parse().unwrap()),
            body: Some(at.body.into()),
            ..Upload::default()
        };
        let (opened, rows) = upload.open(&self.state).await.unwrap();
        let (n_rows, actor) = (rows.count() as u64, officer.actor());
        let job = upload::order(&self.state, &upload, &opened, n_rows, &actor).await.unwrap();
        self.works().await;
        // One that was looked at, and is not yet brought in.
        let hash = self.state.files.put(looked_at(at, &officer.account)).await.unwrap();
        let mut tx = self.state.store.begin().await.unwrap();
        tx.note_brought(officer.id, &hash, NOW).await.unwrap();
        tx.commit().await.unwrap();
        office.holds("table", hash);
        office.holds("query", self.state.store.saved_queries(officer.id).await.unwrap()[0].id);
        office.holds("job", job.0);
    }

    /// Keeps the bytes of what an office holds, for a site that was opened with its database only.
    pub(crate) async fn keeps_bytes_of(&self, at: &Address) {
        let keeper = keeper_of(at);
        for bytes in [at.mark.into(), REPLY.to_vec(), looked_at(at, &keeper)] {
            self.state.files.put(bytes).await.unwrap();
        }
    }

    /// An item that was published twice, one that is being written and holds a file, and one in
    /// review.
    async fn its_items(&self, at: &Address) -> Vec<(&'static str, String)> {
        let code = format!("{}00{}-XK-0900", at.region, at.letters);
        self.publishes_unseen(ItemRecord { code: Some(code.clone()), ..at.record("甲") }).await;
        self.renames(&code, &format!("{}乙", at.mark), NOW).await;
        let live = self.live(&code).await;
        let all = self.state.store.editions_of(Scope::Everywhere, live.item).await.unwrap();
        let hash = self.state.files.put(at.mark.into()).await.unwrap();
        let mut record = at.record("丙");
        let held = Attached { hash: &hash, name: at.mark }.to_string();
        let mut outcomes = record.content.rows(keys::OUTCOMES).to_vec();
        outcomes[0].fields.insert("sample".to_owned(), Value::Text(held));
        record.content.put(keys::OUTCOMES, Value::Rows(outcomes));
        let draft = self.drafts(record).await;
        let waiting = self.drafts(at.record("丁")).await;
        self.goes_to(waiting.id, State::InReview, NOW).await;
        let waiting = self.edition(waiting.id).await;
        vec![
            ("code", code),
            ("published", live.item.to_string()),
            ("live", live.id.to_string()),
            ("live.revision", live.revision.to_string()),
            ("past", all[0].id.to_string()),
            ("item", draft.item.to_string()),
            ("edition", draft.id.to_string()),
            ("hash", hash),
            ("name", at.mark.to_owned()),
            ("edition.over", draft.revision.to_string()),
            ("waiting", waiting.id.to_string()),
            ("waiting.revision", waiting.revision.to_string()),
        ]
    }

    /// Saves the draft anew, with a window that was filled from the office's place.
    async fn its_save(&self, office: &mut Office) {
        let draft = self.edition(EditionId(office.fill("{edition}").parse().unwrap())).await;
        let mut windows = draft.record.content.rows(keys::WINDOWS).to_vec();
        windows[0].fields.insert("place".to_owned(), Value::Text(office.fill("{place}")));
        let content = draft.record.content.clone().with(keys::WINDOWS, Value::Rows(windows));
        let record = ItemRecord { content, ..draft.record.clone() };
        let mut tx = self.state.store.begin().await.unwrap();
        let saved = tx.save_over(&draft, &record, editor().id, NOW).await.unwrap();
        tx.commit().await.unwrap();
        office.holds("edition.revision", saved.revision);
    }

    /// Two directories, one of which holds the draft, and a group.
    async fn its_places(&self, office: &mut Office, at: &Address) {
        let (body, mark, nothing) = (office.body, at.mark, Content::new());
        let draft = ItemId(office.fill("{item}").parse().unwrap());
        let mut tx = self.state.store.begin().await.unwrap();
        for name in ["directory", "sibling"] {
            let title = format!("{mark}{name}");
            let added = tx.add_directory(body, "wushan", "XK", &title, &nothing).await.unwrap();
            office.holds(name, added.id);
            if name == "directory" {
                let seat = Seat { directory: Some(added.id), group: None };
                tx.seat_items(body, &[draft], seat).await.unwrap();
            }
        }
        let group = tx.add_group(body, "XK", None, &format!("{mark}组")).await.unwrap();
        office.holds("group", group.id);
        tx.commit().await.unwrap();
    }

    /// An entry in each library.
    async fn its_libraries(&self, office: &mut Office, at: &Address, keeper: OfficerId) {
        let (owner, mark) = (Scope::Body(office.body), at.mark.to_owned());
        let saving = Saving { by: keeper, at: NOW };
        let place = Place { name: mark.clone(), address: mark.clone(), ..Place::default() };
        let system = System { name: mark.clone(), ..System::default() };
        let hash = self.state.files.put(mark.clone().into_bytes()).await.unwrap();
        let new =
            NewAttachment { hash: &hash, name: at.mark, media_type: "text/plain", size_bytes: 1 };
        let document = HelpDocument { title: mark.clone(), text: mark, position: 0 };
        let said = (at.mark, at.mark);
        let mut tx = self.state.store.begin().await.unwrap();
        office.holds("document", tx.keep(owner, &document, saving).await.unwrap());
        office.holds("suggestion", tx.add_suggestion(owner, said, saving).await.unwrap());
        office.holds("place", tx.keep(owner, &place, saving).await.unwrap());
        office.holds("system", tx.keep(owner, &system, saving).await.unwrap());
        office.holds("attachment", tx.add_attachment(owner, new, saving).await.unwrap());
        tx.commit().await.unwrap();
    }

    /// A template for the published item, and a document that was issued from it.
    async fn its_approvals(&self, office: &mut Office, at: &Address, keeper: OfficerId) {
        let id = |name: &str| office.fill(name).parse().unwrap();
        let (item, edition) = (ItemId(id("{published}")), EditionId(id("{live}")));
        let hash = &self.state.files.put(REPLY.to_vec()).await.unwrap();
        let (saving, size_bytes) = (Saving { by: keeper, at: NOW }, REPLY.len() as i64);
        let new = NewApprovalTemplate {
            item,
            title: at.mark,
            outcome: None,
            number_rule: "武〔{年}〕{序号}号",
            hash,
            file_name: "reply.docx",
            size_bytes,
        };
        let mut tx = self.state.store.begin().await.unwrap();
        let template = tx.add_approval_template(new, saving).await.unwrap();
        let issued = NewApproval {
            template,
            body: office.body,
            edition,
            title: at.mark,
            number: "武〔2026〕1号",
            issued_on: self.state.clock.today(),
            answers: &Answers::new(),
            template_hash: hash,
            hash,
            size_bytes,
            request: "a-request-of-an-office",
        };
        let approval = tx.add_approval(issued, saving).await.unwrap();
        tx.commit().await.unwrap();
        office.holds("template", template.0);
        office.holds("approval", approval.0);
    }
}

/// The account of an office.
fn keeper_of(at: &Address) -> String {
    format!("{}的账号", at.body)
}

/// A table that an officer looked at. It names neither body nor region: those that the form
/// chooses are meant.
fn looked_at(at: &Address, account: &str) -> Vec<u8> {
    format!("事项名称,事项类型\n{}{account}看过的,行政确认\n", at.mark).into_bytes()
}

impl Address {
    /// An item of the office that has no code yet.
    fn record(&self, name: &str) -> ItemRecord {
        let mut record = sound("", &format!("{}{name}", self.mark));
        record.code = None;
        record.region = self.region.parse().unwrap();
        record.body.name = self.body.to_owned();
        record.body.letters = Some(self.letters.to_owned());
        record
    }
}
