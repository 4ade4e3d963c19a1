//! Every form of the workbench, sent with what another office has: it is refused, nothing of
//! theirs changes, and nothing of theirs shows.

mod rows;
mod table;

use domain::people::{Role, Scope};

use self::{
    rows::Rows,
    table::{FORMS, Form, LOOKS, PAGES, WITHOUT_IDS},
};
use crate::{
    Settings,
    map::Who,
    testkit::{Address, Desk, Office, Page, Site, officer},
};

const OWN: Address =
    Address { region: "620524", body: "武山县民政局", letters: "MZ", mark: "甲单位的" };
const NEXT_DOOR: Address =
    Address { region: "620524", body: "武山县教育局", letters: "JY", mark: "乙单位的" };
const ELSEWHERE: Address =
    Address {
        region: "620525", body: "张家川县民政局", letters: "MZ", mark: "丙单位的"
    };

/// Three offices, of which the first is the visitors' own.
struct Town {
    database: Vec<u8>,
    own: Office,
    next_door: Office,
    elsewhere: Office,
}

/// An officer who may do all that can be done, within a scope.
struct Visitor {
    desk: Desk,
    own: Office,
}

/// What is one officer's alone.
const PERSONAL: [&str; 3] = ["query", "job", "table"];

/// 他们的：an office outside the visitor's scope.
type Theirs<'a> = (&'a Office, &'a Address);

impl Town {
    async fn build() -> Town {
        let site = Site::start().await;
        let mut offices =
            [site.office(&OWN).await, site.office(&NEXT_DOOR).await, site.office(&ELSEWHERE).await];
        site.queries_follow().await;
        let bodies: Vec<_> = offices.iter().map(|it| it.body).collect();
        // The first is closed in favour of its neighbour, and the others of themselves.
        for (office, successor) in offices.iter_mut().zip([bodies[1], bodies[1], bodies[2]]) {
            office.holds("successor", successor);
        }
        let [own, next_door, elsewhere] = offices;
        Town { database: site.database().await, own, next_door, elsewhere }
    }

    /// Opens the site as it was built.
    async fn opens(&self) -> Site {
        let site = Site::over(&self.database, Settings::default()).await;
        for address in [&OWN, &NEXT_DOOR, &ELSEWHERE] {
            site.keeps_bytes_of(address).await;
        }
        site
    }

    /// An officer of the first body.
    async fn near(&self, site: &Site, asked: &[&str]) -> Visitor {
        self.visitor(site, ("near", Scope::Body(self.own.body)), asked).await
    }

    /// An officer of the county.
    async fn far(&self, site: &Site, asked: &[&str]) -> Visitor {
        let county = Scope::Region(OWN.region.parse().unwrap());
        self.visitor(site, ("far", county), asked).await
    }

    /// An officer who has something of their own behind each of the ids that are asked for.
    async fn visitor(
        &self,
        site: &Site,
        (account, scope): (&str, Scope),
        asked: &[&str],
    ) -> Visitor {
        let reviewer = Role::Reviewer { desk: "department".into() };
        let roles = [Role::Editor, reviewer, Role::Publisher, Role::Administrator];
        let desk = site.officer(officer(account, scope, &roles)).await;
        let mut own = self.own.clone();
        if asked.iter().any(|it| PERSONAL.contains(it)) {
            site.leaves(&mut own, &desk.officer, &OWN).await;
        }
        Visitor { desk, own }
    }
}

impl Form {
    fn texts(&self) -> impl Iterator<Item = &'static str> {
        let fields = self.fields.iter().flat_map(|(name, value)| [*name, *value]);
        let file = self.file.and_then(|(_, bytes)| std::str::from_utf8(bytes).ok());
        std::iter::once(self.path).chain(fields).chain(file)
    }

    /// The ids that it sends.
    fn names(&self) -> Vec<&'static str> {
        let mut names: Vec<_> = self.texts().flat_map(names).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    fn is_at(&self, place: &str) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        let (path, place) = (path.split('/'), place.split('/'));
        path.clone().count() == place.clone().count()
            && path.zip(place).all(|(a, b)| a == b || (a.starts_with('{') && b.starts_with('{')))
    }

    async fn sent(&self, visitor: &Visitor, filled: &Office) -> Page {
        let path = filled.fill(self.path);
        let fields: Vec<(String, String)> =
            self.fields.iter().map(|(key, value)| (filled.fill(key), filled.fill(value))).collect();
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
        let Some((name, bytes)) = self.file else {
            return visitor.desk.post(&path, &fields).await;
        };
        let bytes = match std::str::from_utf8(bytes) {
            Ok(text) => filled.fill(text).into_bytes(),
            Err(_) => bytes.to_vec(),
        };
        visitor.desk.upload(&path, name, &bytes, &fields).await
    }

    /// Sends it with one id of another office after the other, and then with all of them;
    /// returns what is wrong.
    async fn is_tried(&self, site: &Site, visitor: &Visitor, theirs: Theirs<'_>) -> Vec<String> {
        let mut names = self.names();
        let is_another = |name: &&str| {
            let id = format!("{{{name}}}");
            visitor.own.fill(&id) != theirs.0.fill(&id)
        };
        names.retain(is_another);
        let each = names.iter().map(|name| vec![*name]);
        let all = (names.len() > 1).then(|| names.clone());
        let mut wrong = Vec::new();
        let before = everything(site).await.of(theirs.0, theirs.1);
        for taken in each.chain(all) {
            let who = &visitor.desk.officer.account;
            let told = format!("{} with {taken:?} of {}, by {who}", self.path, theirs.1.body);
            let mut faults = self.is_refused(site, visitor, &taken, theirs).await;
            let after = everything(site).await.of(theirs.0, theirs.1);
            faults.extend(before.symmetric_difference(&after).map(|it| format!("changed: {it}")));
            wrong.extend(faults.into_iter().map(|it| format!("{told}: {it}")));
        }
        wrong
    }

    async fn is_refused(
        &self,
        site: &Site,
        visitor: &Visitor,
        taken: &[&str],
        (office, address): Theirs<'_>,
    ) -> Vec<String> {
        let own = visitor.own.clone();
        let filled = taken.iter().fold(own, |it, name| it.with_anothers(name, office));
        let mut page = self.sent(visitor, &filled).await;
        // Who types a name learns nothing from reading it again.
        let typed: String = self.texts().map(|it| filled.fill(it)).collect();
        let told = |page: &Page| -> Vec<String> {
            let words = shown(page, address).into_iter().filter(|it| !typed.contains(it));
            words.map(|it| format!("shows {it}")).collect()
        };
        let mut wrong = told(&page);
        let job = page.header("location").to_owned();
        if job.starts_with("/workbench/jobs/") {
            site.works().await;
            page = visitor.desk.get(&job).await;
            wrong.extend(told(&page));
        }
        let is_passed_over = taken.iter().all(|name| self.passed_over.contains(name));
        let is_refused = match page.status {
            404 | 409 | 422 => true,
            200 => [NOTHING_DONE, NO_ACCOUNT].iter().any(|it| page.body.contains(it)),
            303 => false,
            _ => {
                wrong.push(format!("answered with {}", page.status));
                true
            }
        };
        if !is_refused && !is_passed_over {
            wrong.push(format!("done: {} {}", page.status, page.all("main").concat()));
        }
        wrong
    }

    /// Sends it with what is the visitor's own: it is a form that does something.
    async fn is_done(&self, site: &Site, visitor: &Visitor) -> Option<String> {
        let before = everything(site).await;
        let mut page = self.sent(visitor, &visitor.own).await;
        let job = page.header("location").to_owned();
        let mut is_done = matches!(page.status, 200 | 303);
        if job.starts_with("/workbench/jobs/") {
            site.works().await;
            page = visitor.desk.get(&job).await;
            is_done = !page.body.contains(NOTHING_DONE);
        }
        let does_something = LOOKS.contains(&self.path) || before != everything(site).await;
        let told = || format!("{}: {} {}", self.path, page.status, page.all("main").concat());
        (!is_done || !does_something).then(told)
    }
}

/// What the page of a job says that refused all that it was to do.
const NOTHING_DONE: &str = "办成 0，没有办成";

/// What the look at a table of accounts says of its only row.
const NO_ACCOUNT: &str = "不能开立 1";

async fn everything(site: &Site) -> Rows {
    Rows::read(&site.state.store, &[&OWN, &ELSEWHERE]).await
}

/// The names in braces in a text, without what is only told of them.
fn names(text: &'static str) -> impl Iterator<Item = &'static str> {
    let braced = text.split('{').skip(1).filter_map(|it| it.split('}').next());
    braced.filter_map(|it| it.split('.').next())
}

/// Tells what of an office a page shows.
fn shown(page: &Page, address: &Address) -> Vec<&'static str> {
    [address.mark, address.body].into_iter().filter(|it| page.body.contains(it)).collect()
}

#[tokio::test]
async fn every_form_says_which_ids_it_takes() {
    let site = Site::start().await;
    let roles = [Role::Editor, Role::Reviewer { desk: "department".into() }, Role::Administrator];
    let is_known =
        |place: &str| FORMS.iter().any(|it| it.is_at(place)) || WITHOUT_IDS.contains(&place);
    for (n, (place, who)) in site.places().iter().enumerate() {
        let Who::Officer(_) = who else { continue };
        // One signs out on the way.
        let desk = officer(&format!("visitor-{n}"), Scope::Everywhere, &roles);
        let desk = site.officer(desk).await;
        let path: Vec<&str> =
            place.split('/').map(|it| if it.starts_with('{') { "1" } else { it }).collect();
        let takes_forms = desk.post(&path.join("/"), &[]).await.status != 405;
        assert_eq!(is_known(place), takes_forms, "{place}");
    }
    let is_place = |test: &dyn Fn(&str) -> bool| site.places().iter().any(|(it, _)| test(it));
    for form in FORMS {
        assert!(is_place(&|it| form.is_at(it)), "{}", form.path);
    }
    for path in WITHOUT_IDS {
        assert!(is_place(&|it| it == *path), "{path}");
    }
}

#[tokio::test]
async fn an_id_of_another_scope_is_refused_in_every_field_of_every_form() {
    let town = Town::build().await;
    let mut wrong = Vec::new();
    for form in FORMS {
        let (site, names) = (town.opens().await, form.names());
        let (near, far) = (town.near(&site, &names).await, town.far(&site, &names).await);
        wrong.extend(form.is_tried(&site, &near, (&town.next_door, &NEXT_DOOR)).await);
        wrong.extend(form.is_tried(&site, &near, (&town.elsewhere, &ELSEWHERE)).await);
        wrong.extend(form.is_tried(&site, &far, (&town.elsewhere, &ELSEWHERE)).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn every_form_does_something_with_ones_own_ids() {
    let town = Town::build().await;
    let mut wrong = Vec::new();
    for form in FORMS {
        let site = town.opens().await;
        let far = town.far(&site, &form.names()).await;
        wrong.extend(form.is_done(&site, &far).await);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn a_page_asked_for_by_an_id_of_another_scope_shows_nothing_of_theirs() {
    let town = Town::build().await;
    let site = town.opens().await;
    let (near, far) = (town.near(&site, &PERSONAL).await, town.far(&site, &PERSONAL).await);
    for path in PAGES {
        let own = far.desk.get(&far.own.fill(path)).await;
        assert!(matches!(own.status, 200 | 303), "{path}: {} {}", own.status, own.body);
        let theirs = [
            (&near, &town.next_door, &NEXT_DOOR),
            (&near, &town.elsewhere, &ELSEWHERE),
            (&far, &town.elsewhere, &ELSEWHERE),
        ];
        for (visitor, office, address) in theirs {
            for name in names(path) {
                let filled = visitor.own.with_anothers(name, office);
                let page = visitor.desk.get(&filled.fill(path)).await;
                let who = &visitor.desk.officer.account;
                let told = format!("{path} with {name} of {} by {who}", address.body);
                assert!(page.status < 500, "{told}: {}", page.body);
                assert_eq!(shown(&page, address), [""; 0], "{told}");
            }
        }
    }
}

#[tokio::test]
async fn whether_somebody_elsewhere_has_an_account_is_not_told() {
    let town = Town::build().await;
    let site = town.opens().await;
    let far = town.far(&site, &[]).await;
    let mut told = Vec::new();
    for account in ["张家川县民政局的账号", "没有的账号"] {
        let page = far.desk.get(&format!("/workbench/events?account={account}")).await;
        told.push(page.body.replace(account, ""));
    }
    assert_eq!(told[0], told[1]);
}
