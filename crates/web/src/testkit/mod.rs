//! A site for one test: a real listener, a real database of its own, a fixed clock.

mod course;
mod desk;
mod form;
mod office;
mod page;

use std::{path::Path, sync::Arc};

use domain::{
    edition::{Action, Edition, Grounds, State, decide},
    item::{EditionId, ItemId, ItemRecord},
    people::Actor,
    publication::PublicItem,
    standard::{Operation, Standard, Standards},
};
use reqwest::redirect::Policy;
use search::Index;
use serde_json::{Value, json};
use store::{Item, Store};
use tempfile::TempDir;
use time::{OffsetDateTime, macros::datetime};
use tokio::sync::OnceCell;

pub(crate) use self::{
    course::{editor, reviewer, sound},
    desk::{Desk, officer},
    form::fields,
    office::{Address, Office, REPLY},
    page::{Page, all, attributes, words},
};
use crate::{
    AppState, Clock, Files, Settings, Shared, features,
    map::{Map, Who},
};

/// A Friday, at noon in the office.
pub(crate) const NOW: OffsetDateTime = datetime!(2026-11-20 04:00 UTC);

/// The name of the database's file in the folder of a site.
const DATABASE: &str = "test.db";

pub(crate) struct Site {
    pub(crate) state: AppState,
    base: String,
    operators: String,
    places: [Vec<(&'static str, Who)>; 2],
    client: reqwest::Client,
    folder: Arc<TempDir>,
}

impl Site {
    pub(crate) async fn start() -> Site {
        Site::with(Settings::default()).await
    }

    pub(crate) async fn with(settings: Settings) -> Site {
        Site::over(empty_database().await, settings).await
    }

    /// Opens a site over a copy of a database.
    pub(crate) async fn over(database: &[u8], settings: Settings) -> Site {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(DATABASE);
        std::fs::write(&file, database).unwrap();
        let store = Store::open(&url(&file)).await.unwrap();
        let (index, standards) = (Index::in_memory().unwrap(), Arc::new(standards()));
        let files = Files::in_folder(&folder.path().join("files")).unwrap();
        let state = AppState::new(store, index, files, standards, Clock::Fixed(NOW), settings);
        let public = features::map(Map::new(state.clone()));
        let inner = features::for_operators(Map::new(state.clone()));
        let places = [public.places().to_vec(), inner.places().to_vec()];
        let (base, operators) = (open(public).await, open(inner).await);
        let client = reqwest::Client::builder().redirect(Policy::none()).build().unwrap();
        Site { state, base, operators, places, client, folder: Arc::new(folder) }
    }

    /// Ends the site, and returns its database.
    pub(crate) async fn database(self) -> Vec<u8> {
        self.state.store.close().await;
        std::fs::read(self.folder.path().join(DATABASE)).unwrap()
    }

    /// The same site at another time.
    pub(crate) async fn at(&self, now: OffsetDateTime) -> Site {
        let state = self.state.at(now);
        let public = features::map(Map::new(state.clone()));
        let base = open(public).await;
        Site {
            state,
            base,
            operators: self.operators.clone(),
            places: self.places.clone(),
            client: self.client.clone(),
            folder: self.folder.clone(),
        }
    }

    /// Publishes a record as it is, as the first load of a catalogue does.
    pub(crate) async fn publishes(&self, record: ItemRecord) {
        self.publishes_unseen(record).await;
        self.index_follows().await;
    }

    /// Publishes while the index does not follow.
    pub(crate) async fn publishes_unseen(&self, record: ItemRecord) {
        let mut tx = self.state.store.begin().await.unwrap();
        let body = match tx.body(record.region, &record.body.name).await.unwrap() {
            Some(body) => body,
            None => tx.add_body(record.region, &record.body).await.unwrap(),
        };
        let item = Item {
            id: tx.new_item_id().await.unwrap(),
            body: body.id,
            standard: record.standard.clone(),
            kind: record.kind.clone(),
            name: record.name().to_owned(),
            code: record.code.clone(),
            parent: record.parent.clone(),
            position: record.position,
        };
        tx.add_items(std::slice::from_ref(&item)).await.unwrap();
        let id = tx.new_edition_id().await.unwrap();
        let draft = draft(id, item.id, 1, record);
        tx.add_drafts(std::slice::from_ref(&draft)).await.unwrap();
        tx.commit().await.unwrap();
        self.decides(&[(&draft, Action::LoadBaseline)], "", NOW).await;
    }

    /// Publishes a record as the next edition of the item that is published under its code.
    pub(crate) async fn republishes(&self, record: ItemRecord) {
        let live = self.live(record.code.as_deref().unwrap()).await;
        let mut tx = self.state.store.begin().await.unwrap();
        let id = tx.new_edition_id().await.unwrap();
        let draft = draft(id, live.item, live.number + 1, record);
        tx.add_drafts(std::slice::from_ref(&draft)).await.unwrap();
        tx.commit().await.unwrap();
        let steps = [(&live, Action::Supersede), (&draft, Action::LoadBaseline)];
        self.decides(&steps, "", NOW).await;
        self.index_follows().await;
    }

    /// Puts a new edition, which bears another name, in the place of the live one.
    pub(crate) async fn renames(&self, code: &str, name: &str, now: OffsetDateTime) {
        let live = self.live(code).await;
        let mut tx = self.state.store.begin().await.unwrap();
        let mut draft = Edition {
            id: tx.new_edition_id().await.unwrap(),
            number: live.number + 1,
            revision: 0,
            state: State::Draft,
            operation: Operation::Baseline,
            ..live.clone()
        };
        draft.record.content.put("name", domain::content::Value::Text(name.to_owned()));
        tx.add_drafts(std::slice::from_ref(&draft)).await.unwrap();
        tx.commit().await.unwrap();
        let steps = [(&live, Action::Supersede), (&draft, Action::LoadBaseline)];
        self.decides(&steps, "", now).await;
        self.index_follows().await;
    }

    pub(crate) async fn live(&self, code: &str) -> Edition {
        let mut tx = self.state.store.begin().await.unwrap();
        let item = tx.items_by_code(&[code]).await.unwrap().remove(0);
        tx.current_editions(&[item.id]).await.unwrap().remove(0)
    }

    async fn decides(&self, steps: &[(&Edition, Action)], reason: &str, now: OffsetDateTime) {
        let Shared { store, standards, .. } = &*self.state;
        let decided = steps.iter().map(|(edition, action)| {
            let standard = standards.get(&edition.record.standard).unwrap();
            let grounds = Grounds { reason, ..Grounds::at(now, standard) };
            decide(&Actor::operator(), edition, *action, grounds).unwrap()
        });
        let decisions: Vec<_> = decided.collect();
        let mut tx = store.begin().await.unwrap();
        tx.record(&decisions).await.unwrap();
        tx.commit().await.unwrap();
    }

    pub(crate) async fn index_follows(&self) {
        while self.state.take_batch().await.unwrap() {}
    }

    pub(crate) fn places(&self) -> &[(&'static str, Who)] {
        &self.places[0]
    }

    pub(crate) fn operator_places(&self) -> &[(&'static str, Who)] {
        &self.places[1]
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        self.ask(path, &[]).await
    }

    pub(crate) async fn ask(&self, path: &str, headers: &[(&'static str, &str)]) -> Page {
        let mut request = self.client.get(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Page::read(request.send().await.unwrap()).await
    }

    /// Asks at the listener that is for operators.
    pub(crate) async fn ask_as_operator(&self, path: &str) -> Page {
        let request = self.client.get(format!("{}{path}", self.operators));
        Page::read(request.send().await.unwrap()).await
    }

    /// Sends a form as a stranger.
    pub(crate) async fn send(&self, path: &str, form: &str) -> Page {
        self.send_with(path, form, &[]).await
    }

    pub(crate) async fn send_with(
        &self,
        path: &str,
        form: &str,
        headers: &[(&'static str, &str)],
    ) -> Page {
        let mut request = self.client.post(format!("{}{path}", self.base)).body(form.to_owned());
        request = request.header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        Page::read(request.send().await.unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str) -> Page {
        let request = self.client.post(format!("{}{path}", self.base)).body("");
        Page::read(request.send().await.unwrap()).await
    }
}

fn draft(id: EditionId, item: ItemId, number: u32, record: ItemRecord) -> Edition {
    Edition {
        id,
        item,
        number,
        revision: 0,
        state: State::Draft,
        operation: Operation::Baseline,
        desk: None,
        submitted_by: None,
        returned_from: None,
        reason: None,
        standard_hash: String::new(),
        record,
    }
}

/// Serves a map, and returns where.
async fn open(map: Map) -> String {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, map.into_router()).await.unwrap() });
    base
}

/// An empty database with all regions in it, made once and copied for each test.
async fn empty_database() -> &'static [u8] {
    static MADE: OnceCell<Vec<u8>> = OnceCell::const_new();
    let make = || async {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("empty.db");
        Store::open(&url(&file)).await.unwrap().close().await;
        std::fs::read(&file).unwrap()
    };
    MADE.get_or_init(make).await
}

fn url(file: &Path) -> String {
    format!("sqlite://{}?mode=rwc", file.display())
}

pub(crate) fn standards() -> Standards {
    Standards::shipped().unwrap()
}

pub(crate) fn public(record: ItemRecord, standard: &Standard) -> PublicItem {
    let content = record.content.public(standard);
    let item = ItemRecord { content, ..record };
    PublicItem {
        edition: 3,
        from: item.effective_on.unwrap_or(time::macros::date!(2026 - 3 - 2)),
        standard_hash: String::new(),
        item,
    }
}

/// An item with an answer to every question. 示例内容.
pub(crate) fn full_record() -> ItemRecord {
    record(json!({
        "standard": "wushan", "region": "620524", "kind": "XK", "code": "62052400MZ-XK-0001",
        "body": {"name": "武山县民政局", "letters": "MZ"}, "effective_on": "2026-03-02",
        "content": {
            "name": "社会团体成立登记", "daily_names": "成立协会、办商会",
            "summary": "在武山县成立协会、学会、商会，先到县民政局登记。",
            "service.objects": ["4"], "body.office": "社会组织管理股", "frequent": true,
            "conditions": "1.有 50 个以上的个人会员\n2.有固定的住所",
            "conditions.refused": "弄虚作假", "prerequisite": "取得业务主管单位的批准文件",
            "materials": [
                {"id": "r1", "name": "登记申请书", "originals": 1, "necessity": ["1"],
                 "filling_note": "全体发起人签字"},
                {"id": "r2", "name": "场所使用权证明", "copies": 2, "necessity": ["2"],
                 "condition": "租用场所的"},
                {"id": "r3", "name": "身份证明", "exempt": true}
            ],
            "limits.statutory": {"limit": 60, "unit": "day"},
            "limits.promised": {"limit": 20, "unit": "working_day"},
            "special_procedures": [{"id": "r1", "name": "公示", "note": "时间 7 日"}],
            "fees.charged": false, "visits": 1, "visits.reason": "核对原件",
            "online.available": true, "online.address": "https://example.org/apply?a=1&b=2",
            "windows": [{"id": "r1", "name": "8 号窗口", "address": "政务服务中心二楼",
                         "hours": "周一至周五 08:30–12:00"}],
            "contacts.consult": "0938-0000000", "contacts.complaint": "0938-0000001",
            "steps": [
                {"id": "r1", "name": "受理", "limit": {"limit": 1, "unit": "working_day"},
                 "post": "窗口受理岗", "officer": "不公布的人", "standard": "核对材料"},
                {"id": "r2", "name": "审查", "limit": {"limit": 19, "unit": "working_day"}}
            ],
            "outcomes": [{"id": "r1", "name": "社会团体法人登记证书", "validity": "5 年"}],
            "appeal.review": "60 日内向武山县人民政府申请",
            "basis": [
                {"id": "r1", "law": "社会团体登记管理条例", "number": "国务院令第 250 号",
                 "clause": "第九条", "text": "应当经其业务主管单位审查同意。"},
                {"id": "r2", "law": "《社会团体登记管理条例》", "clause": "第十二条"}
            ],
            "faq": [{"id": "r1", "question": "会员不够怎么办？", "answer": "不能登记。"}],
            "themes.enterprise": ["005"], "internal_note": "不公布的话"
        }
    }))
}

/// A catalogue's row and no more.
pub(crate) fn bare_record() -> ItemRecord {
    record(json!({
        "standard": "sichuan", "region": "511603", "kind": "1", "body": {"name": "区教科体局"},
        "code": "511A0138000000-511602000000-000-115113010833722043-1-00",
        "content": {"name": "适龄儿童延缓入学审批"}
    }))
}

pub(crate) fn named(code: &str, name: &str) -> ItemRecord {
    let mut record = full_record();
    record.code = Some(code.to_owned());
    record.content.put("name", domain::content::Value::Text(name.to_owned()));
    record
}

pub(crate) fn record(json: Value) -> ItemRecord {
    serde_json::from_value(json).unwrap()
}
