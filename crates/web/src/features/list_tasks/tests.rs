use domain::{
    content::{Limit, Value, keys},
    edition::{Edition, State},
    item::EditionId,
    people::{Role, Scope},
};
use time::Duration;

use crate::{
    testkit::{Desk, NOW, Site, editor, full_record, officer, reviewer, sound},
    workflow::Step,
};

const TASKS: &str = "/workbench/tasks";
const BODY: &str = "武山县民政局";

fn desk(id: &str) -> Role {
    Role::Reviewer { desk: id.into() }
}

async fn county(site: &Site, account: &str, roles: &[Role]) -> Desk {
    let scope = Scope::Region("620524".parse().unwrap());
    site.officer(officer(account, scope, roles)).await
}

impl Site {
    /// Submits so many items, each a day after the one before, the last now.
    async fn has_queue(&self, n: u32) -> Vec<EditionId> {
        self.has_queue_of(n, 0).await
    }

    /// The same, of other items than the first so many.
    async fn has_queue_of(&self, n: u32, first: u32) -> Vec<EditionId> {
        let mut waiting = Vec::new();
        for n in (first..first + n).rev() {
            let code = format!("62052400MZ-XK-{:04}", n + 1);
            let draft = self.drafts(sound(&code, &format!("示例许可{}", n + 1))).await;
            let earlier = self.at(NOW - Duration::days(i64::from(n))).await;
            earlier.goes_to(draft.id, State::InReview, NOW - Duration::days(i64::from(n))).await;
            waiting.push(draft.id);
        }
        waiting
    }

    async fn pick(&self, id: EditionId) -> String {
        let edition: Edition = self.edition(id).await;
        format!("{id}.{}", edition.revision)
    }
}

#[tokio::test]
async fn a_desk_sees_what_waits_at_it_with_its_deadline_in_working_days() {
    let site = Site::start().await;
    site.has_queue(10).await;
    let page = county(&site, "department", &[desk("department")]).await.get(TASKS).await;
    page.check(200, &["待我审核 10", "11 月 20 日", "全部要素", "11-11", "已停留 7 个工作日"]);
    let names = page.all("tbody .name");
    assert_eq!((names[0].as_str(), names[9].as_str()), ("示例许可10", "示例许可1"));
    let due = page.all(".sx-due");
    assert_eq!([&*due[0], &*due[2], &*due[9]], ["超 2 个工作日", "今天到期", "剩 5 个工作日"]);
    assert!(page.links("tbody .name")[0].ends_with("/review"));
    let elsewhere = county(&site, "service", &[desk("service")]).await.get(TASKS).await;
    elsewhere.check(200, &["待我审核 0", "都办完了"]);
}

#[tokio::test]
async fn the_list_is_narrowed_by_what_the_desk_looks_for() {
    let site = Site::start().await;
    site.has_queue(10).await;
    let department = county(&site, "department", &[desk("department")]).await;
    let check = async |query: &str, expected: usize| {
        let page = department.get(&format!("{TASKS}?{query}")).await;
        assert_eq!(page.status, 200);
        assert_eq!(page.all("tbody .name").len(), expected, "{query}");
    };
    check("due=over", 2).await;
    check("due=today", 3).await;
    check("due=soon", 6).await;
    check("q=XK-0003", 1).await;
    check("operation=create", 10).await;
    check("operation=withdraw", 0).await;
    check("findings=no", 0).await;
    check(&format!("body={}", site.body(BODY).await), 10).await;
    check("body=404", 0).await;
    let page = department.get(&format!("{TASKS}?q=没有的")).await;
    page.check(200, &["没有符合的", "看全部", "超期 2", "今天到期 3"]);
    assert_eq!(department.get(&format!("{TASKS}?body=x")).await.status, 400);
}

#[tokio::test]
async fn how_much_is_new_is_told_of_each() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let mut draft = site.begins_change("62052400MZ-XK-0001").await;
    let promised = Value::Limit(Limit::working_days(15));
    draft.record = sound("62052400MZ-XK-0001", "社会团体成立登记");
    draft.record.content.put(keys::PROMISED_LIMIT, promised);
    let id = site.saves(&draft).await;
    site.goes_to(id, State::InReview, NOW).await;
    let department = county(&site, "department", &[desk("department")]).await;
    department.get(TASKS).await.check(200, &["变更", "2 处"]);
    site.publishes(sound("62052400MZ-XK-0002", "示例许可")).await;
    let same = site.begins_change("62052400MZ-XK-0002").await;
    site.goes_to(same.id, State::InReview, NOW).await;
    department.get(TASKS).await.check(200, &["没有变化"]);
}

#[tokio::test]
async fn many_are_approved_at_once_each_by_the_same_rules() {
    let site = Site::start().await;
    let waiting = site.has_queue(3).await;
    let department = county(&site, "department", &[desk("department")]).await;
    let picks = [site.pick(waiting[0]).await, site.pick(waiting[1]).await];
    let stale = format!("{}.1", waiting[2]);
    let fields = [("do", "approve"), ("pick", &picks[0]), ("pick", &picks[1]), ("pick", &stale)];
    let ordered = department.post(TASKS, &fields).await;
    assert_eq!(ordered.status, 303, "{}", ordered.body);
    site.works().await;
    let job = department.get(ordered.header("location")).await;
    job.check(200, &["批量通过", "办成 2，没有办成 1", "请看过再办"]);
    let desks = [0, 1, 2].map(|at| waiting[at]);
    let mut at = Vec::new();
    for id in desks {
        at.push(site.edition(id).await.desk.unwrap());
    }
    assert_eq!(at, ["establishment", "establishment", "department"]);
    let mine = department.get(&format!("{TASKS}?tray=mine")).await;
    assert_eq!(mine.all("tbody .name").len(), 2);
    mine.check(200, &["通过", "待编办审核"]);
}

#[tokio::test]
async fn the_whole_list_is_handled_beyond_its_first_page() {
    let site = Site::start().await;
    site.has_queue(53).await;
    let department = county(&site, "department", &[desk("department")]).await;
    let page = department.get(TASKS).await;
    page.check(200, &["清单里全部 53 项", "往下看"]);
    assert_eq!(page.all("tbody .name").len(), 50);
    let next = page.links(".sx-panel p a").pop().unwrap();
    assert_eq!(department.get(&next).await.all("tbody .name").len(), 3);
    let fields = [("do", "return"), ("whole", "yes"), ("remark", "格式不对，请照样表")];
    let ordered = department.post(TASKS, &fields).await;
    site.works().await;
    let job = department.get(ordered.header("location")).await;
    job.check(200, &["批量退回", "办成 53，没有办成 0"]);
    department.get(TASKS).await.check(200, &["都办完了"]);
}

#[tokio::test]
async fn a_bulk_return_needs_words_and_every_bulk_needs_a_choice() {
    let site = Site::start().await;
    let waiting = site.has_queue(2).await;
    let department = county(&site, "department", &[desk("department")]).await;
    let pick = site.pick(waiting[1]).await;
    let page = department.post(TASKS, &[("do", "return"), ("pick", &pick), ("remark", " ")]).await;
    page.check(422, &["退回请写意见"]);
    assert_eq!(page.attributes("[name=pick][checked]", "value"), [pick]);
    let page = department.post(TASKS, &[("do", "return"), ("remark", "请补样表")]).await;
    page.check(422, &["还没有选中", "请补样表"]);
    assert_eq!(department.post(TASKS, &[("do", "burn")]).await.status, 400);
    assert_eq!(department.post(TASKS, &[("do", "approve"), ("pick", "x")]).await.status, 400);
}

#[tokio::test]
async fn what_came_back_waits_for_who_submitted_it_and_goes_out_again_together() {
    use domain::edition::Remark;
    let site = Site::start().await;
    let draft = site.drafts(sound("62052400MZ-XK-0001", "示例许可")).await;
    let scope = Scope::Body(site.body(BODY).await);
    let clerk = site.officer(officer("clerk", scope, &[Role::Editor])).await;
    let step = Step::Submit { reason: String::new() };
    site.takes(&clerk.officer.actor(), draft.id, &step).await.unwrap();
    let other = site.drafts(sound("62052400MZ-XK-0002", "别人的许可")).await;
    site.takes(&editor(), other.id, &step).await.unwrap();
    let back = Step::Return { remarks: vec![Remark::on_all("请补样表")] };
    for id in [draft.id, other.id] {
        site.takes(&reviewer(&["department"]), id, &back).await.unwrap();
    }
    let page = clerk.get(TASKS).await;
    page.check(200, &["退回给我 1"]);
    assert_eq!(page.all("tbody .name"), ["示例许可"]);
    assert_eq!(page.links("tbody .name"), [format!("/workbench/items/{}", draft.item)]);
    let all = clerk.get(&format!("{TASKS}?tray=returned&whose=all")).await;
    assert_eq!(all.all("tbody .name").len(), 2);
    let pick = site.pick(draft.id).await;
    let fields = [("do", "submit"), ("pick", pick.as_str())];
    let ordered = clerk.post(&format!("{TASKS}?tray=returned"), &fields).await;
    assert_eq!(ordered.status, 303);
    site.works().await;
    assert_eq!(site.edition(draft.id).await.state, State::InReview);
}

#[tokio::test]
async fn ids_of_another_office_do_nothing_in_a_bulk() {
    let site = Site::start().await;
    let waiting = site.has_queue(1).await;
    let mut record = full_record();
    record.body.name = "武山县教育局".into();
    record.body.letters = Some("JY".into());
    record.code = Some("62052400JY-XK-0001".into());
    site.publishes(record).await;
    let scope = Scope::Body(site.body("武山县教育局").await);
    let next_door = site.officer(officer("next", scope, &[desk("department")])).await;
    let pick = site.pick(waiting[0]).await;
    let ordered = next_door.post(TASKS, &[("do", "approve"), ("pick", &pick)]).await;
    site.works().await;
    let job = next_door.get(ordered.header("location")).await;
    job.check(200, &["没有办成 1", "不在您的范围内"]);
    assert!(!job.body.contains("示例许可"));
    assert_eq!(site.edition(waiting[0]).await.desk.as_deref(), Some("department"));
}

#[tokio::test]
async fn the_number_of_tasks_stands_beside_their_entry_on_every_page() {
    let site = Site::start().await;
    site.has_queue(3).await;
    let entry = async |desk: &Desk, path: &str| desk.get(path).await.all(".sx-nav a").remove(0);
    let department = county(&site, "department", &[desk("department")]).await;
    assert_eq!(entry(&department, TASKS).await, "待办 3");
    assert_eq!(entry(&department, "/workbench/query").await, "待办 3");
    let service = county(&site, "service", &[desk("service")]).await;
    assert_eq!(entry(&service, TASKS).await, "待办");
    let supervisor = county(&site, "supervisor", &[Role::Supervisor]).await;
    assert_eq!(entry(&supervisor, TASKS).await, "待办");
    site.has_queue_of(98, 4).await;
    assert_eq!(entry(&department, "/workbench/query").await, "待办 99+");
}

#[tokio::test]
async fn the_list_is_a_file_as_it_is_chosen() {
    let site = Site::start().await;
    let waiting = site.has_queue(10).await;
    let department = county(&site, "department", &[desk("department")]).await;
    let page = department.get(&format!("{TASKS}?due=over")).await;
    let files: Vec<String> =
        page.links(".sx-head a").into_iter().filter(|it| it.contains("export")).collect();
    let [xlsx, csv] = [&files[0], &files[1]];
    let csv = department.get(csv).await;
    assert_eq!(csv.status, 200);
    let rows: Vec<&str> = csv.body.trim_start_matches('\u{feff}').lines().collect();
    assert_eq!(rows[0], "事项,编码,操作,部门,问题,送达,停留,应办结,状态");
    assert_eq!(rows.len(), 3, "{rows:?}");
    assert!(rows[1].starts_with("示例许可10,62052400MZ-XK-0010,新建,武山县民政局,"), "{}", rows[1]);
    assert!(rows[1].contains("2026-11-11,已停留 7 个工作日,2026-11-18,"), "{}", rows[1]);
    let xlsx = department.get(xlsx).await;
    assert_eq!((xlsx.status, &xlsx.bytes[..2]), (200, &b"PK"[..]));
    site.takes(&department.officer.actor(), waiting[0], &Step::Approve { publish: false })
        .await
        .unwrap();
    let mine = department.get("/workbench/tasks/export?tray=mine&format=csv").await;
    assert!(
        mine.body.contains("示例许可10") && mine.body.contains("通过,2026-11-20"),
        "{}",
        mine.body
    );
    assert_eq!(department.get("/workbench/tasks/export?format=pdf").await.status, 400);
    assert_eq!(department.get("/workbench/tasks/export?tray=notices").await.status, 404);
}

#[tokio::test]
async fn an_officer_is_told_what_came_back_what_is_late_and_what_its_day_brings() {
    use time::macros::date;
    let site = Site::start().await;
    site.has_queue(10).await;
    let scope = Scope::Body(site.body(BODY).await);
    let clerk = site.officer(officer("clerk", scope, &[Role::Editor])).await;
    let notices = format!("{TASKS}?tray=notices");
    clerk.get(&notices).await.check(200, &["没有要提醒的"]);
    let submit = Step::Submit { reason: String::new() };
    for (n, on) in [(21, None), (22, Some(date!(2026 - 11 - 30))), (23, None)] {
        let mut record = sound(&format!("62052400MZ-XK-{n:04}"), &format!("提醒许可{n}"));
        record.effective_on = on;
        let draft = site.drafts(record).await;
        site.takes(&clerk.officer.actor(), draft.id, &submit).await.unwrap();
        match n {
            21 => site.goes_to(draft.id, State::Published, NOW).await,
            22 => site.goes_to(draft.id, State::Approved, NOW).await,
            _ => {
                let remarks = vec![domain::edition::Remark::on_all("请补样表")];
                let back = Step::Return { remarks };
                site.takes(&reviewer(&["department"]), draft.id, &back).await.unwrap();
            }
        }
    }
    let page = clerk.get(&notices).await;
    page.check(200, &["退回给我 1", "11 月 30 日（星期一）自动公布", "您送审的", "公布了"]);
    assert_eq!(page.all("tbody .name"), ["提醒许可22", "提醒许可21"]);
    let department = county(&site, "department", &[desk("department")]).await;
    let page = department.get(&notices).await;
    page.check(200, &["已超期 2", "今天到期 3", "3 个工作日内 6"]);
    assert!(page.links(".sx-panel p a")[0].contains("due=over"));
    let late = site.at(NOW + Duration::days(11)).await;
    let publisher = county(&late, "publisher", &[Role::Publisher]).await;
    publisher.get(&notices).await.check(200, &["提醒许可22", "到了日子没有公布成"]);
}
