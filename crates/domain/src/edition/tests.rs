use std::sync::LazyLock;

use time::{
    OffsetDateTime,
    macros::{date, datetime},
};

use super::*;
use crate::{
    content::{Content, Row, Value},
    finding::Finding,
    item::BodyRef,
    people::{Actor, Role, Scope},
    publication::Notice,
    standard::{Standard, Standards},
};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::shipped().unwrap());

const NOW: OffsetDateTime = datetime!(2026-03-02 09:30 UTC);
const EDITOR: OfficerId = OfficerId(7);

fn wushan() -> &'static Standard {
    STANDARDS.get("wushan").unwrap()
}

fn draft() -> Edition {
    Edition {
        id: EditionId(11),
        item: ItemId(1),
        number: 1,
        revision: 3,
        state: State::Draft,
        operation: Operation::Create,
        desk: None,
        submitted_by: None,
        standard_hash: "0".repeat(64),
        record: ItemRecord {
            standard: "wushan".into(),
            region: "620524".parse().unwrap(),
            body: BodyRef {
                name: "武山县民政局".into(),
                credit_code: None,
                letters: Some("MZ".into()),
            },
            code: Some("62052400MZ-XK-0001".into()),
            kind: "XK".into(),
            parent: None,
            position: None,
            effective_on: None,
            content: Content::new().with("name", Value::Text("示例许可".into())),
        },
    }
}

fn in_state(state: State, desk: Option<&str>) -> Edition {
    let desk = desk.map(str::to_owned);
    Edition { state, desk, submitted_by: Some(EDITOR), ..draft() }
}

fn officer(id: i64, roles: &[Role]) -> Actor {
    Actor { id: OfficerId(id), scope: Scope::Everywhere, roles: roles.to_vec() }
}

fn editor() -> Actor {
    officer(EDITOR.0, &[Role::Editor])
}

fn reviewer(desk: &str) -> Actor {
    officer(8, &[Role::Reviewer { desk: desk.to_owned() }])
}

fn publisher() -> Actor {
    officer(9, &[Role::Publisher])
}

fn administrator() -> Actor {
    officer(10, &[Role::Administrator])
}

fn because(reason: &str) -> Grounds<'_> {
    Grounds { standard: wushan(), findings: &[], reason, now: NOW }
}

/// Checks where a step leads, as 「state desk」, or why it is refused.
fn check(
    actor: &Actor,
    edition: &Edition,
    action: Action,
    reason: &str,
    expected: Result<&str, Refusal>,
) {
    let decided = decide(actor, edition, action, because(reason));
    let led = decided.map(|it| format!("{} {}", it.to().as_str(), it.desk().unwrap_or("-")));
    assert_eq!(led, expected.map(str::to_owned), "{action:?}");
}

#[test]
fn the_whole_workflow() {
    let mut table = String::new();
    for state in State::ALL {
        for action in Action::ALL {
            let [desk, last] = [false, true].map(|at_last| next(state, action, at_last));
            let (from, action) = (state.as_str(), action.as_str());
            let name = |to: Option<State>| to.map_or("-", State::as_str);
            match (desk, last) {
                (None, None) => {}
                (desk, last) if desk == last => {
                    table += &format!("{from} {action} -> {}\n", name(last));
                }
                _ => {
                    table += &format!(
                        "{from} {action} -> {}, at the last desk {}\n",
                        name(desk),
                        name(last)
                    );
                }
            }
        }
    }
    let expected = "\
draft submit -> in_review
draft load_baseline -> published
draft undo_import -> withdrawn
in_review approve -> in_review, at the last desk approved
in_review return -> returned
returned submit -> in_review
approved return -> returned
approved publish -> published
published supersede -> superseded
published suspend -> suspended
published withdraw -> withdrawn
published undo_import -> withdrawn
suspended supersede -> superseded
suspended resume -> published
suspended withdraw -> withdrawn
";
    assert_eq!(table, expected);
}

#[test]
fn states_and_actions_are_written_as_they_are_read() {
    for state in State::ALL {
        assert_eq!(State::parse(state.as_str()), Some(state));
        assert!(!(state.is_open() && state.is_live()), "{state:?}");
    }
    assert_eq!(State::parse("finished"), None);
}

#[test]
fn a_licence_of_wushan_passes_its_three_desks() {
    let [department, establishment, service] = ["department", "establishment", "service"];
    let waiting = |desk| in_state(State::InReview, Some(desk));
    check(&editor(), &draft(), Action::Submit, "", Ok("in_review department"));
    let approve = |desk, expected| {
        check(&reviewer(desk), &waiting(desk), Action::Approve, "", Ok(expected));
    };
    approve(department, "in_review establishment");
    approve(establishment, "in_review service");
    approve(service, "approved -");
    check(&publisher(), &in_state(State::Approved, None), Action::Publish, "", Ok("published -"));
}

#[test]
fn a_convenience_service_of_wushan_does_not_pass_the_establishment_office() {
    let mut edition = in_state(State::InReview, Some("department"));
    edition.record.kind = "BM".into();
    check(&reviewer("department"), &edition, Action::Approve, "", Ok("in_review service"));
}

#[test]
fn a_returned_edition_begins_again_at_the_first_desk() {
    let waiting = in_state(State::InReview, Some("establishment"));
    let desk = reviewer("establishment");
    check(&desk, &waiting, Action::Return, "依据不全", Ok("returned -"));
    check(&desk, &waiting, Action::Return, " ", Err(Refusal::MissingReason));
    check(
        &editor(),
        &in_state(State::Returned, None),
        Action::Submit,
        "",
        Ok("in_review department"),
    );
    check(
        &publisher(),
        &in_state(State::Approved, None),
        Action::Return,
        "名称有误",
        Ok("returned -"),
    );
}

#[test]
fn nobody_reviews_their_own_submission() {
    let edition = in_state(State::InReview, Some("department"));
    let both = officer(EDITOR.0, &[Role::Editor, Role::Reviewer { desk: "department".into() }]);
    check(&both, &edition, Action::Approve, "", Err(Refusal::OwnSubmission));
    check(&both, &edition, Action::Return, "漏了附件", Ok("returned -"));
}

#[test]
fn a_step_out_of_order_is_refused() {
    let refused = |from, action| Err(Refusal::OutOfOrder { from, action });
    check(&publisher(), &draft(), Action::Publish, "", refused(State::Draft, Action::Publish));
    let published = in_state(State::Published, None);
    check(&editor(), &published, Action::Submit, "", refused(State::Published, Action::Submit));
    let withdrawn = in_state(State::Withdrawn, None);
    check(&publisher(), &withdrawn, Action::Resume, "", refused(State::Withdrawn, Action::Resume));
}

#[test]
fn each_step_asks_for_its_role() {
    let everybody_else = |needed: &Role| {
        let all = [
            Role::Editor,
            Role::Reviewer { desk: "department".into() },
            Role::Reviewer { desk: "service".into() },
            Role::Publisher,
            Role::Administrator,
        ];
        officer(3, &all.into_iter().filter(|it| it != needed).collect::<Vec<_>>())
    };
    let check = |edition: &Edition, action, needed: Role| {
        let refusal = Refusal::MissingRole { needed: needed.clone() };
        check(&everybody_else(&needed), edition, action, "理由", Err(refusal));
    };
    let at_department = Role::Reviewer { desk: "department".into() };
    let waiting = in_state(State::InReview, Some("department"));
    check(&draft(), Action::Submit, Role::Editor);
    check(&waiting, Action::Approve, at_department.clone());
    check(&waiting, Action::Return, at_department);
    check(&in_state(State::Approved, None), Action::Return, Role::Publisher);
    check(&in_state(State::Approved, None), Action::Publish, Role::Publisher);
    check(&in_state(State::Published, None), Action::Supersede, Role::Publisher);
    check(&in_state(State::Published, None), Action::Suspend, Role::Publisher);
    check(&in_state(State::Suspended, None), Action::Resume, Role::Publisher);
    check(&in_state(State::Published, None), Action::Withdraw, Role::Publisher);
    check(&draft(), Action::LoadBaseline, Role::Administrator);
    check(&in_state(State::Published, None), Action::UndoImport, Role::Administrator);
}

#[test]
fn what_ends_an_edition_has_a_reason() {
    let published = in_state(State::Published, None);
    for action in [Action::Suspend, Action::Withdraw] {
        check(&publisher(), &published, action, "", Err(Refusal::MissingReason));
    }
    check(&administrator(), &published, Action::UndoImport, "", Err(Refusal::MissingReason));
    check(&publisher(), &published, Action::Suspend, "系统升级", Ok("suspended -"));
    check(&publisher(), &published, Action::Withdraw, "依据废止", Ok("withdrawn -"));
    check(&administrator(), &published, Action::UndoImport, "导错了文件", Ok("withdrawn -"));
    check(&publisher(), &in_state(State::Suspended, None), Action::Resume, "", Ok("published -"));
}

#[test]
fn errors_stop_a_submission_and_warnings_do_not() {
    let error = Finding::error("Q2", "limits.promised", "承诺长于法定".into(), "改短".into());
    let warning = Finding::warning("Q8", "contacts.consult", "缺区号".into(), "补上".into());
    let submit = |findings: &[Finding]| {
        let grounds = Grounds { standard: wushan(), findings, reason: "", now: NOW };
        decide(&editor(), &draft(), Action::Submit, grounds).map(|it| it.to())
    };
    assert_eq!(submit(std::slice::from_ref(&warning)), Ok(State::InReview));
    assert_eq!(submit(&[warning, error.clone()]), Err(Refusal::Unmended(vec![error.clone()])));
    let grounds = Grounds { standard: wushan(), findings: &[error], reason: "", now: NOW };
    let loaded = decide(&administrator(), &draft(), Action::LoadBaseline, grounds);
    assert_eq!(loaded.map(|it| it.to()), Ok(State::Published), "a baseline is published with them");
}

#[test]
fn nothing_is_published_without_a_code() {
    let mut edition = draft();
    edition.record.code = None;
    check(&administrator(), &edition, Action::LoadBaseline, "", Err(Refusal::WithoutCode));
    check(&editor(), &edition, Action::Submit, "", Ok("in_review department"));
    edition.state = State::Approved;
    check(&publisher(), &edition, Action::Publish, "", Err(Refusal::WithoutCode));
}

#[test]
fn an_operation_without_desks_is_not_submitted() {
    let edition = Edition { operation: Operation::Baseline, ..draft() };
    let refusal = Refusal::OutOfOrder { from: State::Draft, action: Action::Submit };
    check(&editor(), &edition, Action::Submit, "", Err(refusal));
    check(&administrator(), &edition, Action::LoadBaseline, "", Ok("published -"));
}

#[test]
fn an_edition_at_a_desk_that_is_no_more_begins_again() {
    let edition = in_state(State::InReview, Some("attic"));
    check(&reviewer("attic"), &edition, Action::Approve, "", Ok("in_review department"));
}

#[test]
fn a_decision_says_who_when_and_why() {
    let edition = in_state(State::Published, None);
    let decision = decide(&publisher(), &edition, Action::Withdraw, because("依据废止")).unwrap();
    assert_eq!(decision.edition(), &edition);
    assert_eq!((decision.by(), decision.at()), (OfficerId(9), NOW));
    assert_eq!((decision.action(), decision.reason()), (Action::Withdraw, "依据废止"));
}

#[test]
fn what_is_decided_early_in_the_morning_is_of_that_day_in_the_office() {
    let early = Grounds { now: datetime!(2026-11-19 23:30 UTC), ..because("依据废止") };
    let edition = in_state(State::Published, None);
    let decision = decide(&publisher(), &edition, Action::Withdraw, early).unwrap();
    assert_eq!(decision.on(), date!(2026 - 11 - 20));
    assert_eq!(decision.notice().unwrap().since(), date!(2026 - 11 - 20));
}

#[test]
fn only_what_begins_or_ends_being_public_is_a_notice() {
    let told = |actor: &Actor, edition: &Edition, action| {
        let decision = decide(actor, edition, action, because("理由")).unwrap();
        match decision.notice() {
            None => "nothing",
            Some(Notice::Published(_)) => "published",
            Some(Notice::Suspended { .. }) => "suspended",
            Some(Notice::Withdrawn { .. }) => "withdrawn",
        }
    };
    let [approved, published, suspended, waiting] = [
        (State::Approved, None),
        (State::Published, None),
        (State::Suspended, None),
        (State::InReview, Some("department")),
    ]
    .map(|(state, desk)| in_state(state, desk));
    assert_eq!(told(&editor(), &draft(), Action::Submit), "nothing");
    assert_eq!(told(&reviewer("department"), &waiting, Action::Approve), "nothing");
    assert_eq!(told(&publisher(), &approved, Action::Publish), "published");
    assert_eq!(told(&administrator(), &draft(), Action::LoadBaseline), "published");
    assert_eq!(told(&publisher(), &published, Action::Supersede), "nothing");
    assert_eq!(told(&publisher(), &published, Action::Suspend), "suspended");
    assert_eq!(told(&publisher(), &suspended, Action::Resume), "published");
    assert_eq!(told(&publisher(), &published, Action::Withdraw), "withdrawn");
    assert_eq!(told(&administrator(), &published, Action::UndoImport), "withdrawn");
    assert_eq!(told(&administrator(), &draft(), Action::UndoImport), "nothing");
}

#[test]
fn a_notice_holds_no_word_that_is_not_public() {
    const SECRET: &str = "不得外传";
    let secret = Value::Text(SECRET.into());
    let fields = [("name", "受理"), ("officer", SECRET)];
    let fields = fields.map(|(key, it)| (key.to_owned(), Value::Text(it.into())));
    let steps = vec![Row { id: "r1".into(), fields: fields.into() }];
    let mut edition = in_state(State::Approved, None);
    let private = wushan().elements().iter().filter(|it| !it.public);
    let mut content = edition.record.content.clone().with("steps", Value::Rows(steps));
    for element in private.clone() {
        content.put(&element.key, secret.clone());
    }
    content.put("not.in.the.standard", secret);
    assert!(private.count() > 3);
    edition.record.content = content;
    for (actor, state, action) in [
        (publisher(), State::Approved, Action::Publish),
        (administrator(), State::Draft, Action::LoadBaseline),
        (publisher(), State::Published, Action::Suspend),
        (publisher(), State::Suspended, Action::Resume),
        (publisher(), State::Published, Action::Withdraw),
        (administrator(), State::Published, Action::UndoImport),
    ] {
        let edition = Edition { state, ..edition.clone() };
        let decision = decide(&actor, &edition, action, because("理由")).unwrap();
        let bytes = decision.notice().unwrap().to_bytes();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("示例许可") && text.contains("受理"), "{action:?}");
        assert!(!text.contains(SECRET), "{action:?}: {text}");
    }
}
