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
    standard::{Resubmit, Standard, Standards},
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
        returned_from: None,
        reason: None,
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
    Grounds { reason, ..Grounds::at(NOW, wushan()) }
}

/// Checks where a step leads, as 「state desk」, or why it is refused.
fn check(
    actor: &Actor,
    edition: &Edition,
    action: Action,
    reason: &str,
    expected: Result<&str, Refusal>,
) {
    let remarks = [Remark::on_all(reason)];
    let grounds = Grounds { remarks: &remarks, ..because(reason) };
    let decided = decide(actor, edition, action, grounds);
    let led = decided.map(|it| format!("{} {}", it.to().as_str(), it.desk().unwrap_or("-")));
    assert_eq!(led, expected.map(str::to_owned), "{action:?}");
}

/// Writes where an action leads, once where it leads there on every course.
fn leads(state: State, action: Action) -> Option<String> {
    let mut ways: Vec<(String, &str)> = Vec::new();
    for operation in Operation::ALL {
        for (at_last_desk, was_returned) in
            [(false, false), (true, false), (false, true), (true, true)]
        {
            let course = Course { operation, at_last_desk, was_returned };
            let Some(to) = next(state, action, course) else { continue };
            let last = if at_last_desk { " at the last desk" } else { "" };
            let again = if was_returned { " returned before" } else { "" };
            ways.push((format!("{}{last}{again}", operation.as_str()), to.as_str()));
        }
    }
    let (_, first) = ways.first()?;
    let others = ways.iter().filter(|(_, to)| to != first);
    let others: Vec<String> = others.map(|(way, to)| format!("{to} ({way})")).collect();
    Some(match others.as_slice() {
        [] => (*first).to_owned(),
        // Half of all courses are at the last desk, half were returned before.
        many if many.len() == 20 => format!("{first}, or {}", many[0]),
        few => {
            format!("{first}, or {}", few.iter().step_by(4).cloned().collect::<Vec<_>>().join(", "))
        }
    })
}

#[test]
fn the_whole_workflow() {
    let mut table = String::new();
    for state in State::ALL {
        for action in Action::ALL {
            if let Some(to) = leads(state, action) {
                table += &format!("{} {} -> {to}\n", state.as_str(), action.as_str());
            }
        }
    }
    let expected = "\
draft submit -> in_review
draft discard -> withdrawn
draft load_baseline -> published
draft undo_import -> withdrawn
in_review recall -> draft, or returned (create returned before)
in_review approve -> in_review, or approved (create at the last desk)
in_review return -> returned
returned submit -> in_review
returned discard -> withdrawn
approved return -> returned
approved publish -> published, or suspended (suspend), withdrawn (withdraw)
published supersede -> superseded
published undo_import -> withdrawn
suspended supersede -> superseded
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
    check(&desk, &waiting, Action::Return, " ", Err(Refusal::MissingRemark));
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
    check(&editor(), &withdrawn, Action::Discard, "", refused(State::Withdrawn, Action::Discard));
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
    check(&waiting, Action::Recall, Role::Editor);
    check(&draft(), Action::Discard, Role::Editor);
    check(&draft(), Action::LoadBaseline, Role::Administrator);
    check(&in_state(State::Published, None), Action::UndoImport, Role::Administrator);
}

#[test]
fn what_ends_an_edition_has_a_reason() {
    let published = in_state(State::Published, None);
    check(&administrator(), &published, Action::UndoImport, "", Err(Refusal::MissingReason));
    check(&administrator(), &published, Action::UndoImport, "导错了文件", Ok("withdrawn -"));
    for state in [State::Draft, State::Returned] {
        let open = in_state(state, None);
        check(&editor(), &open, Action::Discard, " ", Err(Refusal::MissingReason));
        check(&editor(), &open, Action::Discard, "不再变更", Ok("withdrawn -"));
    }
}

#[test]
fn errors_stop_a_submission_and_warnings_do_not() {
    let error = Finding::error("Q2", "limits.promised", "承诺长于法定".into(), "改短".into());
    let warning = Finding::warning("Q8", "contacts.consult", "缺区号".into(), "补上".into());
    let submit = |findings: &[Finding]| {
        let grounds = Grounds { findings, ..because("") };
        decide(&editor(), &draft(), Action::Submit, grounds).map(|it| it.to())
    };
    assert_eq!(submit(std::slice::from_ref(&warning)), Ok(State::InReview));
    assert_eq!(submit(&[warning, error.clone()]), Err(Refusal::Unmended(vec![error.clone()])));
    let withdrawal = stopping(Operation::Withdraw, State::Draft);
    let grounds = Grounds { findings: std::slice::from_ref(&error), ..because("") };
    let submitted = decide(&editor(), &withdrawal, Action::Submit, grounds);
    assert_eq!(submitted.map(|it| it.to()), Ok(State::InReview), "an item goes with its faults");
    let grounds = Grounds { findings: &[error], ..because("") };
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
    let edition = draft();
    let decision = decide(&editor(), &edition, Action::Discard, because("不办了")).unwrap();
    assert_eq!(decision.edition(), &edition);
    assert_eq!((decision.by(), decision.at()), (EDITOR, NOW));
    assert_eq!((decision.action(), decision.reason()), (Action::Discard, "不办了"));
}

#[test]
fn what_is_decided_early_in_the_morning_is_of_that_day_in_the_office() {
    let early = Grounds { now: datetime!(2026-11-19 23:30 UTC), ..because("") };
    let edition = stopping(Operation::Withdraw, State::Approved);
    let decision = decide(&publisher(), &edition, Action::Publish, early).unwrap();
    assert_eq!(decision.on(), date!(2026 - 11 - 20));
    assert_eq!(decision.notice().unwrap().since(), date!(2026 - 11 - 20));
}

/// An edition that suspends or withdraws an item.
fn stopping(operation: Operation, state: State) -> Edition {
    Edition { operation, reason: Some("依据废止".into()), ..in_state(state, None) }
}

#[test]
fn only_what_begins_or_ends_being_public_is_a_notice() {
    let told = |actor: &Actor, edition: &Edition, action| {
        let decision = decide(actor, edition, action, because("理由")).unwrap();
        match decision.notice() {
            None => "nothing".to_owned(),
            Some(Notice::Published(_)) => "published".to_owned(),
            Some(Notice::Suspended { reason, .. }) => format!("suspended: {reason}"),
            Some(Notice::Withdrawn { reason, .. }) => format!("withdrawn: {reason}"),
        }
    };
    let published = in_state(State::Published, None);
    let waiting = in_state(State::InReview, Some("department"));
    let approved = |operation| stopping(operation, State::Approved);
    assert_eq!(told(&editor(), &draft(), Action::Submit), "nothing");
    assert_eq!(told(&editor(), &draft(), Action::Discard), "nothing");
    assert_eq!(told(&reviewer("department"), &waiting, Action::Approve), "nothing");
    assert_eq!(told(&administrator(), &draft(), Action::LoadBaseline), "published");
    assert_eq!(told(&publisher(), &published, Action::Supersede), "nothing");
    let publish = |operation| told(&publisher(), &approved(operation), Action::Publish);
    assert_eq!(publish(Operation::Change), "published");
    assert_eq!(publish(Operation::Resume), "published");
    assert_eq!(publish(Operation::Suspend), "suspended: 依据废止");
    assert_eq!(publish(Operation::Withdraw), "withdrawn: 依据废止");
    assert_eq!(told(&administrator(), &published, Action::UndoImport), "withdrawn: 理由");
    assert_eq!(told(&editor(), &draft(), Action::UndoImport), "nothing");
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
    for (actor, operation, state, action) in [
        (publisher(), Operation::Change, State::Approved, Action::Publish),
        (publisher(), Operation::Suspend, State::Approved, Action::Publish),
        (publisher(), Operation::Resume, State::Approved, Action::Publish),
        (publisher(), Operation::Withdraw, State::Approved, Action::Publish),
        (administrator(), Operation::Baseline, State::Draft, Action::LoadBaseline),
        (administrator(), Operation::Baseline, State::Published, Action::UndoImport),
    ] {
        let edition = Edition { operation, state, ..edition.clone() };
        let decision = decide(&actor, &edition, action, because("理由")).unwrap();
        let bytes = decision.notice().unwrap().to_bytes();
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains("示例许可") && text.contains("受理"), "{action:?}");
        assert!(!text.contains(SECRET), "{action:?}: {text}");
    }
}

#[test]
fn nobody_publishes_their_own_submission() {
    let edition = in_state(State::Approved, None);
    let both = officer(EDITOR.0, &[Role::Editor, Role::Publisher]);
    check(&both, &edition, Action::Publish, "", Err(Refusal::OwnSubmission));
}

#[test]
fn what_takes_effect_later_is_published_on_that_day_and_not_before() {
    let mut edition = in_state(State::Approved, None);
    let on = date!(2026 - 03 - 03);
    edition.record.effective_on = Some(on);
    check(&publisher(), &edition, Action::Publish, "", Err(Refusal::BeforeItsDay { on }));
    // Half past midnight of that day in the office.
    let then = Grounds { now: datetime!(2026-03-02 16:30 UTC), ..because("") };
    let published = decide(&publisher(), &edition, Action::Publish, then).unwrap();
    assert_eq!(published.notice().unwrap().since(), on);
    edition.state = State::InReview;
    edition.desk = Some("service".into());
    let approved = decide(&reviewer("service"), &edition, Action::Approve, because("")).unwrap();
    assert_eq!(approved.publish_on(), Some(on));
    edition.desk = Some("department".into());
    let passed = decide(&reviewer("department"), &edition, Action::Approve, because("")).unwrap();
    assert_eq!(passed.publish_on(), None);
}

#[test]
fn who_submitted_takes_it_back_until_a_desk_has_approved() {
    let waiting = in_state(State::InReview, Some("department"));
    check(&editor(), &waiting, Action::Recall, "", Ok("draft -"));
    let colleague = officer(70, &[Role::Editor]);
    check(&colleague, &waiting, Action::Recall, "", Err(Refusal::NotSubmitter));
    let passed = in_state(State::InReview, Some("establishment"));
    check(&editor(), &passed, Action::Recall, "", Err(Refusal::AlreadyReviewed));
    let again = Edition { returned_from: Some("establishment".into()), ..waiting };
    check(&editor(), &again, Action::Recall, "", Ok("returned -"));
}

#[test]
fn a_return_says_what_is_to_be_mended_and_where() {
    let waiting = in_state(State::InReview, Some("establishment"));
    let remarks = [
        Remark::on("limits.promised", " 长于法定 "),
        Remark::on("name", " "),
        Remark::on_all("依据不全"),
    ];
    let grounds = Grounds { remarks: &remarks, ..because("") };
    let returned = decide(&reviewer("establishment"), &waiting, Action::Return, grounds).unwrap();
    let kept = [Remark::on("limits.promised", "长于法定"), Remark::on_all("依据不全")];
    assert_eq!(returned.remarks(), kept);
    assert_eq!(returned.returned_from(), Some("establishment"));
    let approved = decide(&reviewer("establishment"), &waiting, Action::Approve, grounds).unwrap();
    assert_eq!(approved.remarks(), [], "an approval asks for nothing");
    let unsaid = Grounds { remarks: &remarks[1..2], ..because("理由") };
    let refused = decide(&reviewer("establishment"), &waiting, Action::Return, unsaid);
    assert_eq!(refused, Err(Refusal::MissingRemark));
}

#[test]
fn where_the_standard_says_so_a_returned_edition_goes_straight_to_the_desk_that_returned_it() {
    let mut direct = wushan().clone();
    direct.resubmit = Resubmit::ReturningDesk;
    let desk_after = |standard: &Standard, from: Option<&str>| {
        let returned_from = from.map(str::to_owned);
        let returned = Edition { returned_from, ..in_state(State::Returned, None) };
        let submitted = decide(&editor(), &returned, Action::Submit, Grounds::at(NOW, standard));
        submitted.unwrap().desk().map(str::to_owned).unwrap()
    };
    assert_eq!(desk_after(&direct, Some("establishment")), "establishment");
    assert_eq!(desk_after(&direct, None), "department");
    assert_eq!(desk_after(&direct, Some("attic")), "department", "a desk that is no more");
    assert_eq!(desk_after(wushan(), Some("establishment")), "department");
    // There it may be taken back, and the desks before it are not asked again.
    let back = Some("establishment".to_owned());
    let again =
        Edition { returned_from: back.clone(), ..in_state(State::InReview, Some("establishment")) };
    let step = |actor: &Actor, action| decide(actor, &again, action, Grounds::at(NOW, &direct));
    assert_eq!(step(&editor(), Action::Recall).unwrap().to(), State::Returned);
    let approved = step(&reviewer("establishment"), Action::Approve).unwrap();
    assert_eq!(approved.desk(), Some("service"));
}

#[test]
fn what_the_publisher_returns_comes_back_to_the_last_desk() {
    let approved = in_state(State::Approved, None);
    let remarks = [Remark::on_all("名称有误")];
    let grounds = Grounds { remarks: &remarks, ..because("") };
    let returned = decide(&publisher(), &approved, Action::Return, grounds).unwrap();
    assert_eq!(returned.returned_from(), Some("service"));
}

#[test]
fn what_is_open_and_in_force_decides_what_may_be_begun() {
    let check = |editions: &[Edition], expected: &[Operation]| {
        assert_eq!(Standing::of(editions).unwrap().may_begin(), expected);
    };
    let numbered =
        |number, state, operation| Edition { number, operation, ..in_state(state, None) };
    let published = numbered(1, State::Published, Operation::Create);
    let [change, suspend, resume, withdraw] =
        [Operation::Change, Operation::Suspend, Operation::Resume, Operation::Withdraw];
    check(std::slice::from_ref(&published), &[change, suspend, withdraw]);
    check(&[published.clone(), numbered(2, State::Draft, change)], &[]);
    check(&[published.clone(), numbered(2, State::Approved, change)], &[]);
    check(&[published, numbered(2, State::Withdrawn, change)], &[change, suspend, withdraw]);
    check(&[numbered(2, State::Suspended, suspend)], &[resume, withdraw]);
    check(&[numbered(3, State::Withdrawn, withdraw)], &[]);
    check(&[numbered(1, State::Withdrawn, Operation::Create)], &[Operation::Create]);
    check(&[numbered(1, State::Draft, Operation::Create)], &[]);
    assert!(Standing::of(&[]).is_none());
}

#[test]
fn an_old_edition_comes_back_under_the_code_and_body_of_today() {
    let text = |text: &str| Content::new().with("name", Value::Text(text.into()));
    let mut old = Edition { number: 1, ..in_state(State::Superseded, None) };
    old.record.content = text("从前的名称");
    let mut live = Edition { number: 2, ..in_state(State::Published, None) };
    live.record.body.name = "武山县社会事务局".into();
    let restored = |editions: &[Edition]| {
        Standing::of(editions).unwrap().restore(&editor(), &old, EditionId(12), because(""))
    };
    let draft = restored(&[old.clone(), live.clone()]).unwrap();
    assert_eq!((draft.number, draft.operation), (3, Operation::Change));
    assert_eq!(draft.record.content, text("从前的名称"));
    assert_eq!((&draft.record.body, &draft.record.code), (&live.record.body, &live.record.code));
    let given_up = Edition { number: 2, ..in_state(State::Withdrawn, None) };
    let draft = restored(&[old.clone(), given_up]).unwrap();
    assert_eq!((draft.operation, draft.record.name()), (Operation::Create, "从前的名称"));
    let (operation, state) = (Operation::Change, State::Suspended);
    let suspended = Edition { number: 2, ..in_state(state, None) };
    let refused = restored(&[old.clone(), suspended]);
    assert_eq!(refused, Err(Refusal::NotToBegin { operation, state }));
}

#[test]
fn an_operation_begins_with_what_is_in_force_and_goes_its_own_route() {
    let mut live = in_state(State::Published, None);
    live.record.effective_on = Some(date!(2026 - 01 - 01));
    let editions = [live.clone()];
    let standing = Standing::of(&editions).unwrap();
    let begin = |actor: &Actor, operation, reason| {
        standing.begin(actor, operation, EditionId(12), because(reason))
    };
    let change = begin(&editor(), Operation::Change, "").unwrap();
    assert_eq!((change.number, change.state, change.submitted_by), (2, State::Draft, None));
    assert_eq!(change.record.content, live.record.content);
    assert_eq!(change.record.effective_on, None, "the day of the edition before is not its own");
    assert!(change.is_writable());

    let missing = Refusal::MissingReason;
    assert_eq!(begin(&editor(), Operation::Suspend, " "), Err(missing.clone()));
    assert_eq!(begin(&editor(), Operation::Withdraw, ""), Err(missing));
    let needed = Role::Editor;
    assert_eq!(begin(&publisher(), Operation::Change, ""), Err(Refusal::MissingRole { needed }));
    let (operation, state) = (Operation::Resume, State::Published);
    assert_eq!(begin(&editor(), operation, ""), Err(Refusal::NotToBegin { operation, state }));

    let suspend = begin(&editor(), Operation::Suspend, "设备检修").unwrap();
    assert!(!suspend.is_writable());
    let submitted = decide(&editor(), &suspend, Action::Submit, because("")).unwrap();
    assert_eq!(submitted.reason(), "设备检修", "the event of its submission says why");
    let mended = decide(&editor(), &suspend, Action::Submit, because("系统升级")).unwrap();
    assert_eq!(mended.after().reason.as_deref(), Some("系统升级"));
}

#[test]
fn publishing_ends_the_edition_before_it() {
    let live = in_state(State::Published, None);
    let approved =
        Edition { id: EditionId(12), number: 2, ..stopping(Operation::Suspend, State::Approved) };
    let steps = |live| {
        let decisions = publish(&publisher(), &approved, live, because("")).unwrap();
        decisions.iter().map(|it| (it.edition().number, it.to())).collect::<Vec<_>>()
    };
    assert_eq!(steps(None), [(2, State::Suspended)]);
    assert_eq!(steps(Some(&live)), [(1, State::Superseded), (2, State::Suspended)]);
}

#[test]
fn a_page_offers_what_belongs_to_the_state_and_says_why_a_step_is_closed() {
    let offered = |actor: &Actor, edition: &Edition| {
        let options = options(actor, edition, because(""));
        let words = options.into_iter().map(|(action, to)| match to {
            Ok(to) => format!("{} -> {}", action.as_str(), to.as_str()),
            Err(refusal) => format!("{}: {refusal}", action.as_str()),
        });
        words.collect::<Vec<_>>()
    };
    let waiting = in_state(State::InReview, Some("service"));
    let both = officer(EDITOR.0, &[Role::Editor, Role::Reviewer { desk: "service".into() }]);
    assert_eq!(
        offered(&both, &waiting),
        [
            "recall: 已有环节审核通过，不能收回",
            "approve: 本人送审的版本，要由别人审核和公布",
            "return -> returned",
        ]
    );
    let reviewer = reviewer("service");
    assert_eq!(offered(&reviewer, &waiting)[1..], ["approve -> approved", "return -> returned"]);
    assert_eq!(offered(&editor(), &draft()), ["submit -> in_review", "discard -> withdrawn"]);
    assert_eq!(offered(&editor(), &in_state(State::Withdrawn, None)), [""; 0]);
}

#[test]
fn two_steps_of_one_edition_are_decided_one_upon_the_other() {
    let waiting = in_state(State::InReview, Some("service"));
    let both = officer(8, &[Role::Reviewer { desk: "service".into() }, Role::Publisher]);
    let approved = decide(&both, &waiting, Action::Approve, because("")).unwrap();
    let after = approved.after();
    assert_eq!((after.state, after.desk.as_deref()), (State::Approved, None));
    assert_eq!(after.revision, waiting.revision + 1);
    let published = decide(&both, &after, Action::Publish, because("")).unwrap();
    assert_eq!(published.to(), State::Published);
}
