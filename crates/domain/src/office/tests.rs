use super::*;
use crate::{
    content::{Limit, Value, keys},
    item::{BodyRef, ItemRecord},
    people::{OfficerId, Scope},
    standard::{Standard, Standards},
};

fn standard(id: &str) -> Standard {
    Standards::shipped().unwrap().get(id).unwrap().clone()
}

fn actor(roles: &[Role]) -> Actor {
    Actor { id: OfficerId(7), scope: Scope::Body(BodyId(1)), roles: roles.to_vec() }
}

fn editor() -> Actor {
    actor(&[Role::Editor])
}

fn directory(id: i64, kind: &str) -> Directory {
    Directory {
        id: DirectoryId(id),
        body: BodyId(1),
        standard: "yunnan".into(),
        kind: kind.into(),
        name: "筹设、设立民办中等职业学校".into(),
        position: 1,
        defaults: Content::new()
            .with(keys::STATUTORY_LIMIT, Value::Limit(Limit::working_days(20)))
            .with(keys::SUMMARY, Value::Text("目录里写好的".into())),
        is_abolished: false,
    }
}

fn group(directory: Option<i64>, kind: &str) -> Group {
    Group {
        id: GroupId(5),
        body: BodyId(1),
        kind: kind.into(),
        directory: directory.map(DirectoryId),
        name: "社会团体登记".into(),
        position: 1,
    }
}

fn office() -> Office {
    let body = BodyRef { name: "云南省教育厅".into(), credit_code: None, letters: None };
    Office { id: BodyId(1), region: "530000".parse().unwrap(), body }
}

fn new<'a>(kind: &'a str, name: &'a str, directory: Option<&'a Directory>) -> NewItem<'a> {
    NewItem { kind, name, directory, is_taken: false }
}

#[test]
fn a_new_item_under_a_directory_takes_its_basic_information() {
    let above = directory(3, "01");
    let item = new("01", " 设立民办中等职业学校 ", Some(&above));
    let record = begin_item(&editor(), &office(), item, &standard("yunnan")).unwrap();
    assert_eq!(record.name(), "设立民办中等职业学校");
    assert_eq!(record.content.statutory_limit(), Some(Limit::working_days(20)));
    assert_eq!(record.content.text(keys::SUMMARY), "目录里写好的");
    assert_eq!((record.code, record.kind.as_str()), (None, "01"));
}

#[test]
fn a_permit_is_not_begun_without_a_directory_and_a_service_may_be() {
    let yunnan = standard("yunnan");
    let begin = |kind| begin_item(&editor(), &office(), new(kind, "某事项", None), &yunnan);
    assert_eq!(begin("01").unwrap_err(), Refusal::NeedsDirectory { kind: "01".into() });
    assert!(begin("20").unwrap().content.iter().eq([(keys::NAME, &Value::Text("某事项".into()))]));
    assert_eq!(begin("99").unwrap_err(), Refusal::UnknownKind { kind: "99".into() });
}

#[test]
fn an_item_is_not_begun_without_a_name_nor_with_one_that_is_taken() {
    let begin = |item| begin_item(&editor(), &office(), item, &standard("yunnan")).unwrap_err();
    assert_eq!(begin(new("20", "  ", None)), Refusal::Unnamed);
    let taken = NewItem { is_taken: true, ..new("20", "某事项", None) };
    assert_eq!(begin(taken), Refusal::NameTaken { name: "某事项".into() });
}

#[test]
fn a_copy_says_the_same_but_not_which_item_it_is() {
    let from = ItemRecord {
        standard: "yunnan".into(),
        region: office().region,
        body: office().body,
        code: Some("11530000MB1234567800001234567".into()),
        kind: "20".into(),
        parent: Some("000123".into()),
        position: Some(4),
        effective_on: None,
        content: Content::new()
            .with(keys::NAME, Value::Text("甲".into()))
            .with(keys::SUMMARY, Value::Text("内容".into()))
            .with("code.local", Value::Text("YN-1".into()))
            .with("code.handling_item", Value::Text("01".into())),
    };
    let item = NewItem { kind: "20", name: "乙", directory: None, is_taken: false };
    let copy = copy_item(&editor(), &from, item, &standard("yunnan")).unwrap();
    let expected = Content::new()
        .with(keys::NAME, Value::Text("乙".into()))
        .with(keys::SUMMARY, Value::Text("内容".into()));
    assert_eq!(copy.content, expected);
    assert_eq!((copy.code, copy.position, copy.parent), (None, None, from.parent));
}

#[test]
fn a_directory_hands_on_neither_a_name_nor_a_code() {
    let given = Content::new()
        .with(keys::NAME, Value::Text("甲".into()))
        .with("code.local", Value::Text("YN-1".into()))
        .with(keys::SUMMARY, Value::Text("内容".into()))
        .with("not.there", Value::Text("规范里没有".into()));
    let opened = open_directory(&editor(), "01", " 某目录", &given, &standard("yunnan")).unwrap();
    let kept = Content::new().with(keys::SUMMARY, Value::Text("内容".into()));
    assert_eq!(opened, ("某目录".into(), kept));
}

#[test]
fn a_name_is_there_and_fits_the_index() {
    let open = |name: &str| open_group(&editor(), BodyId(1), "20", None, name);
    assert_eq!(open(" "), Err(Refusal::Unnamed));
    assert_eq!(open(&"长".repeat(200)), Ok("长".repeat(200)));
    let refused = Refusal::NameTooLong { n_chars: 201, most: 200 };
    assert_eq!(open(&"长".repeat(201)), Err(refused));
}

#[test]
fn items_move_within_their_kind_and_body_only() {
    let yunnan = standard("yunnan");
    let to = |kind: &str, to: Destination<'_>| seat(&editor(), BodyId(1), kind, to, &yunnan);
    let permits = directory(3, "01");
    let under = Seat { directory: Some(DirectoryId(3)), group: None };
    assert_eq!(to("01", Destination::Directory(&permits)), Ok(under));
    let other = Refusal::OtherKind { directory: permits.name.clone(), kind: "20".into() };
    assert_eq!(to("20", Destination::Directory(&permits)), Err(other));
    let abroad = Directory { body: BodyId(2), ..permits.clone() };
    assert_eq!(to("01", Destination::Directory(&abroad)), Err(Refusal::OtherBody));
    let gone = Directory { is_abolished: true, ..permits.clone() };
    let refused = Refusal::Abolished { directory: permits.name };
    assert_eq!(to("01", Destination::Directory(&gone)), Err(refused));
    assert_eq!(to("20", Destination::Kind), Ok(Seat::default()));
    assert_eq!(to("01", Destination::Kind), Err(Refusal::NeedsDirectory { kind: "01".into() }));
}

#[test]
fn an_item_moved_to_a_group_comes_under_the_groups_directory() {
    let yunnan = standard("yunnan");
    let to = |kind: &str, group: &Group| {
        seat(&editor(), BodyId(1), kind, Destination::Group(group), &yunnan)
    };
    let seated = Seat { directory: Some(DirectoryId(3)), group: Some(GroupId(5)) };
    assert_eq!(to("01", &group(Some(3), "01")), Ok(seated));
    assert_eq!(to("01", &group(None, "01")), Err(Refusal::NeedsDirectory { kind: "01".into() }));
    assert!(matches!(to("20", &group(Some(3), "01")), Err(Refusal::OtherKind { .. })));
    let abroad = Group { body: BodyId(2), ..group(Some(3), "01") };
    assert_eq!(to("01", &abroad), Err(Refusal::OtherBody));
}

#[test]
fn a_directory_is_abolished_when_nothing_is_left_under_it() {
    let yunnan = standard("yunnan");
    let abolish = |n_items, to: Option<Destination<'_>>| {
        abolish_directory(&editor(), &directory(3, "01"), n_items, to, &yunnan)
    };
    let (own, other) = (directory(3, "01"), directory(4, "01"));
    let under = Seat { directory: Some(DirectoryId(4)), group: None };
    assert_eq!(abolish(0, None), Ok(None));
    assert_eq!(abolish(2, None), Err(Refusal::NotEmpty { n_items: 2 }));
    assert_eq!(
        abolish(2, Some(Destination::Directory(&own))),
        Err(Refusal::NotEmpty { n_items: 2 })
    );
    assert_eq!(abolish(2, Some(Destination::Directory(&other))), Ok(Some(under)));
    assert_eq!(
        abolish(2, Some(Destination::Kind)),
        Err(Refusal::NeedsDirectory { kind: "01".into() })
    );
}

#[test]
fn only_an_editor_arranges() {
    let yunnan = standard("yunnan");
    let others = [Role::Reviewer { desk: "service".into() }, Role::Publisher, Role::Supervisor];
    let actor = actor(&others);
    let above = directory(3, "01");
    let refused = Refusal::NotAnEditor;
    let item = new("20", "某事项", None);
    assert_eq!(begin_item(&actor, &office(), item, &yunnan).unwrap_err(), refused);
    let opened = open_directory(&actor, "01", "某目录", &Content::new(), &yunnan);
    assert_eq!(opened.unwrap_err(), refused);
    assert_eq!(open_group(&actor, BodyId(1), "20", None, "某组").unwrap_err(), refused);
    let to = Destination::Directory(&above);
    assert_eq!(seat(&actor, BodyId(1), "01", to, &yunnan).unwrap_err(), refused);
    assert_eq!(abolish_directory(&actor, &above, 0, None, &yunnan).unwrap_err(), refused);
}

#[test]
fn what_is_shifted_changes_places_with_what_it_passes() {
    let check = |places: &[Option<u32>], moved: u32, shift: Shift, expected: &[(u32, u32)]| {
        let list: Vec<(u32, Option<u32>)> = (1..).zip(places.iter().copied()).collect();
        assert_eq!(reorder(&list, moved, shift), expected, "{places:?} {moved} {shift:?}");
    };
    let three = [Some(10), Some(20), Some(30)];
    check(&three, 2, Shift::Up, &[(2, 10), (1, 20)]);
    check(&three, 2, Shift::Down, &[(3, 20), (2, 30)]);
    check(&three, 1, Shift::To(2), &[(2, 10), (3, 20), (1, 30)]);
    check(&three, 3, Shift::To(0), &[(3, 10), (1, 20), (2, 30)]);
    check(&three, 1, Shift::Up, &[]);
    check(&three, 3, Shift::Down, &[]);
    check(&three, 1, Shift::To(99), &[(2, 10), (3, 20), (1, 30)]);
    check(&three, 9, Shift::Up, &[]);
    // Places that a file gave twice or not at all are made the next ones.
    check(&[Some(5), Some(5), None], 3, Shift::Up, &[(3, 6), (2, 7)]);
    check(&[None, None], 2, Shift::Up, &[(2, 1), (1, 2)]);
}
