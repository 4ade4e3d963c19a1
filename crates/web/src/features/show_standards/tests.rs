use domain::people::{Role, Scope};

use crate::testkit::{Site, officer};

#[tokio::test]
async fn the_workbook_of_a_standard_has_its_elements_columns_and_lists() {
    let standards = crate::testkit::standards();
    let standard = standards.get("wushan").unwrap();
    let [elements, entries, routes] = super::file::lists(standard);
    let has = |rows: &[Vec<String>], words: &[&str]| {
        rows.iter().any(|row| words.iter().all(|it| row.contains(&(*it).to_owned())))
    };
    let promised = &standard.element("limits.promised").unwrap().label;
    assert!(has(&elements.rows, &[promised, "时限"]));
    assert!(has(&elements.rows, &["申请材料：材料名称"]), "{:?}", elements.rows);
    assert!(has(&entries.rows, &["事项类型", "XK", "行政许可"]));
    assert!(has(&routes.rows, &["部门审核 → 编办审核 → 政务中心审核"]));
}

#[tokio::test]
async fn each_standard_shows_its_elements_lists_and_desks() {
    let site = Site::start().await;
    let desk = site.officer(officer("all", Scope::Everywhere, &[Role::Supervisor])).await;
    let page = desk.get("/workbench/standards").await;
    page.check(200, &["武山县政务服务事项规范", "部门审核 → 编办审核 → 政务中心审核"]);
    for link in page.links("tbody a.name") {
        let page = desk.get(&link).await;
        page.check(200, &["承诺办结时限", "事项类型"]);
        assert!(page.all("dt").len() > 20, "{link}");
    }
    assert_eq!(desk.get("/workbench/standards/none").await.status, 404);
}

#[tokio::test]
async fn a_supervisor_meets_no_tab_that_is_closed_to_them() {
    let site = Site::start().await;
    let role = [Role::Supervisor];
    let desk = site.officer(officer("supervisor", Scope::Everywhere, &role)).await;

    let page = desk.get("/workbench/standards").await;
    assert_eq!(page.all(".sx-tabs a"), ["规范", "流转记录", "任务"]);
    let tabs = page.links(".sx-tabs a");
    assert!(page.links(".sx-nav a").contains(&tabs[0]), "the room is found from everywhere");
    for tab in tabs {
        let there = desk.get(&tab).await;
        assert_eq!(there.status, 200, "{tab}");
        assert_eq!(there.all(".sx-tabs [aria-current]").len(), 1, "{tab}");
    }
}
