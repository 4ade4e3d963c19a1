use domain::edition::State;
use time::{Duration, macros::date};

use super::*;
use crate::testkit::{NOW, Site, sound};

const CODE: &str = "62052400MZ-XK-0001";

impl Site {
    async fn works_at(&self, now: time::OffsetDateTime) {
        let state = self.state.at(now);
        let mut worker = Worker::new(state);
        while worker.turn().await.unwrap() {}
        self.index_follows().await;
    }
}

#[tokio::test]
async fn what_takes_effect_later_is_published_on_its_day_in_the_place_of_the_live_one() {
    let site = Site::start().await;
    site.publishes(sound(CODE, "旧名")).await;
    let mut change = site.begins_change(CODE).await;
    change.record.content.put("name", domain::content::Value::Text("新名".into()));
    change.record.effective_on = Some(date!(2026 - 11 - 25));
    let id = site.saves(&change).await;
    site.goes_to(id, State::Approved, NOW).await;

    site.works_at(NOW + Duration::days(4)).await;
    assert_eq!(site.edition(id).await.state, State::Approved);
    site.get(&format!("/items/{CODE}")).await.check(200, &["旧名"]);
    // Ten past midnight of the day, in the office.
    site.works_at(time::macros::datetime!(2026-11-24 16:10 UTC)).await;
    assert_eq!(site.edition(id).await.state, State::Published);
    site.get(&format!("/items/{CODE}")).await.check(200, &["新名"]);
    assert_eq!(site.state.store.verify().await.unwrap().wrong, []);
}

#[tokio::test]
async fn what_has_no_day_waits_for_a_publisher() {
    let site = Site::start().await;
    let mut record = sound(CODE, "示例许可");
    record.effective_on = None;
    let draft = site.drafts(record).await;
    site.goes_to(draft.id, State::Approved, NOW).await;
    site.works_at(NOW + Duration::days(300)).await;
    assert_eq!(site.edition(draft.id).await.state, State::Approved);
}
