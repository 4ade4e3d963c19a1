//! The forms of the workbench, each with all that it sends; what stands in braces is an id.

use crate::testkit::REPLY;

/// 一张表单，样样都填了的。
pub(super) struct Form {
    /// Where it is sent to, as the map has it but for what the ids are called.
    pub(super) path: &'static str,
    pub(super) fields: &'static [(&'static str, &'static str)],
    /// The name of the file that goes with it, and what is in it.
    pub(super) file: Option<(&'static str, &'static [u8])>,
    /// Ids that are not looked up: what is another's in their place is passed over, and the
    /// form goes on with what is one's own.
    pub(super) passed_over: &'static [&'static str],
}

const fn form(path: &'static str, fields: &'static [(&'static str, &'static str)]) -> Form {
    Form { path, fields, file: None, passed_over: &[] }
}

impl Form {
    const fn passing_over(self, passed_over: &'static [&'static str]) -> Form {
        Form { passed_over, ..self }
    }

    const fn with_file(self, name: &'static str, bytes: &'static [u8]) -> Form {
        Form { file: Some((name, bytes)), ..self }
    }
}

/// Forms that are sent without any id of what one office has alone.
pub(super) const WITHOUT_IDS: &[&str] = &[
    "/workbench/sign-out",
    "/workbench/password",
    "/workbench/help-documents/new",
    "/workbench/suggestions",
    // Laws are kept for all.
    "/workbench/laws/new",
    "/workbench/laws/{law}/edit",
    "/workbench/laws/{law}/articles",
    "/workbench/attachments/upload",
    "/workbench/places/new",
    "/workbench/systems/new",
];

const PICK: (&str, &str) = ("pick", "{item}.{edition}.{edition.revision}");
const BODY: (&str, &str) = ("body", "{body}");

/// Forms whose answer is a look at what would be done.
pub(super) const LOOKS: &[&str] = &[
    "/workbench/import",
    "/workbench/import/look",
    "/workbench/officers/table",
    "/workbench/templates/{template}/issue",
];

/// A table that is brought names neither body nor region: those that the form chooses are meant.
pub(super) const TABLE: &str = "事项名称,事项类型\n示例确认,行政确认\n";

pub(super) const FORMS: &[Form] = &[
    // 账号、主体、地区
    form("/workbench/officers", &[ACCOUNT, ("name", "岗位"), ("scope", "{body.name}"), EDITOR]),
    form("/workbench/officers", &[ACCOUNT, ("name", "岗位"), ("scope", "{region}"), EDITOR]),
    form(
        "/workbench/officers/{officer}",
        &[("name", "岗位"), ("scope", "{body.name}"), EDITOR, ("stamp", "1")],
    ),
    form("/workbench/officers/{officer}/password", &[]),
    form("/workbench/officers/table", &[]).with_file("账号.csv", ACCOUNTS.as_bytes()),
    form(
        "/workbench/officers/table/open",
        &[("new", "第 2 行\tnew-one\t岗位\t录入\t\t{body.name}")],
    ),
    form("/workbench/bodies", &[("region", "{region}"), ("name", "新设的局")]),
    form("/workbench/bodies/{body}", &[("name", "改名的局"), ("letters", "{body.letters}")]),
    form("/workbench/bodies/{body}/close", &[("successor", "{successor}")]),
    form("/workbench/regions", &[("region", "{region}"), ("{township}", "31")])
        .passing_over(&["township"]),
    // 导入：one body's officer brings in that body's items, whatever the form says.
    form("/workbench/import", IMPORT)
        .with_file("表.csv", TABLE.as_bytes())
        .passing_over(&["body", "region", "table"]),
    form("/workbench/import/look", IMPORT).passing_over(&["body", "region"]),
    form("/workbench/import/begin", IMPORT).passing_over(&["body", "region"]),
    form("/workbench/jobs/{job}/undo", &[]),
    // 办理
    form(
        "/workbench/items/{item}",
        &[("act", "discard"), ("edition", "{edition}"), SEEN, ("reason", "不办了")],
    ),
    form(
        "/workbench/items/{published}",
        &[("act", "change"), ("edition", "{live}"), ("revision", "{live.revision}")],
    ),
    form("/workbench/tasks?tray=review", &[("do", "approve"), WAITING]),
    form("/workbench/tasks?tray=review", &[("do", "return"), ("remark", "请改"), WAITING]),
    form("/workbench/tasks?tray=review&body={body}", &[("do", "approve"), ("whole", "1")]),
    form(
        "/workbench/tasks?tray=returned",
        &[("do", "submit"), ("pick", "{edition}.{edition.revision}")],
    ),
    form(
        "/workbench/editions/{waiting}/review",
        &[("do", "approve"), ("revision", "{waiting.revision}")],
    ),
    form(
        "/workbench/editions/{past}/restore",
        &[("edition", "{live}"), ("revision", "{live.revision}")],
    ),
    // 编辑：a row remembers from which place it was filled, and takes nothing from there by itself.
    form("/workbench/editions/{edition}/edit", WRITTEN).passing_over(&["place"]),
    form("/workbench/editions/{edition}/save", WRITTEN).passing_over(&["place"]),
    form("/workbench/editions/{edition}/saves", &[("over", "{edition.over}")]),
    form(
        "/workbench/editions/{edition}/fill",
        &[SEEN, ("list", "windows"), ("row", "r1"), ("entry", "{place}")],
    ),
    form(
        "/workbench/editions/{edition}/fill",
        &[SEEN, ("list", "materials"), ("field", "blank_form"), ("entry", "{attachment}")],
    ),
    form(
        "/workbench/editions/{edition}/fill/upload?list=materials&field=blank_form\
         &revision={edition.revision}",
        &[],
    )
    .with_file("空白表.docx", REPLY),
    form("/workbench/editions/{edition}/flow", &[SEEN, ("do", "add")]),
    // 文库、帮助、建议
    form(
        "/workbench/help-documents/{document}/edit",
        &[("title", "新标题"), ("text", "新的正文"), ("revision", "0")],
    ),
    form("/workbench/help-documents/{document}/remove", &[("revision", "0")]),
    form("/workbench/suggestions/{suggestion}/answer", &[("text", "答复")]),
    form(
        "/workbench/places/{place}/edit",
        &[("name", "新的窗口"), ("address", "新的地址"), ("revision", "0")],
    ),
    form("/workbench/places/{place}/spread", &[]),
    form("/workbench/systems/{system}/edit", &[("name", "新的系统"), ("revision", "0")]),
    // 审批文书
    form(
        "/workbench/items/{published}/templates/upload",
        &[("title", "新的文书"), ("number_rule", "武〔｛年｝〕｛序号｝号")],
    )
    .with_file("reply.docx", REPLY),
    form("/workbench/templates/{template}/retire", &[]),
    form("/workbench/templates/{template}/issue", ANSWERED),
    form("/workbench/approvals/{approval}/void", &[("reason", "写错了")]),
    // 梳理
    form("/workbench/items/order", &[BODY, ("shift", "down.{published}")]).passing_over(&["body"]),
    form("/workbench/items/move", &[BODY, PICK, ("to", "directory.{sibling}")])
        .passing_over(&["edition"]),
    form(
        "/workbench/items/move",
        &[BODY, ("directory", "{directory}"), PICK, ("to", "group.{group}")],
    )
    .passing_over(&["directory", "edition"]),
    form("/workbench/items/submit", &[BODY, PICK]).passing_over(&["body", "item"]),
    form("/workbench/items/change", &[BODY, ("pick", "{published}.{live}.0")])
        .passing_over(&["body", "live"]),
    form("/workbench/items/number", &[BODY]),
    form("/workbench/items/new", &[BODY, KIND, ("directory", "{directory}"), ("name", "新的事项")]),
    form("/workbench/items/{item}/copy", &[("name", "照着写的")]),
    form("/workbench/directories", &[BODY, KIND, ("name", "新的目录")]),
    form("/workbench/directories/{directory}", &[("directory", "改名的目录")]),
    form("/workbench/directories/{directory}/order", &[("shift", "down")]),
    form("/workbench/directories/{directory}/abolish", &[("to", "directory.{sibling}")]),
    form("/workbench/directories/{directory}/abolish", &[("to", "group.{group}")]),
    form("/workbench/groups", &[BODY, ("place", "directory.{directory}"), ("name", "新的组")]),
    form("/workbench/groups/{group}", &[("act", "rename"), ("name", "改名的组")]),
    form("/workbench/groups/{group}", &[("act", "dissolve")]),
    // 查询
    form("/workbench/query/change", &[("pick", "{published}"), ELEMENT, VALUE, ("go", "1")]),
    form("/workbench/query/change", &[("all", "1"), BODY, ELEMENT, VALUE, ("go", "1")]),
    form("/workbench/query/saved", &[BODY, ("region", "{region}"), ("name", "常问的")])
        .passing_over(&["body", "region"]),
    form("/workbench/query/saved/{query}/forget", &[]),
];

const ACCOUNT: (&str, &str) = ("account", "new-one");
const EDITOR: (&str, &str) = ("role", "editor");
const KIND: (&str, &str) = ("kind", "wushan XK");
const SEEN: (&str, &str) = ("revision", "{edition.revision}");
const WAITING: (&str, &str) = ("pick", "{waiting}.{waiting.revision}");
const ELEMENT: (&str, &str) = ("element", "summary");
const VALUE: (&str, &str) = ("summary", "一并改的");
const ACCOUNTS: &str = "账号,岗位或者姓名,角色,审核环节,管到哪里\nnew-one,岗位,录入,,{body.name}\n";
/// What the reply asks, in its order.
const ANSWERED: &[(&str, &str)] = &[
    ("title", "批复"),
    ("request", "a-request-of-the-forms"),
    ("a0", "示例"),
    ("a1", "示例"),
    ("a2", "示例"),
    ("a3", "示例"),
    ("a4", "示例"),
    ("a5", "示例"),
    ("a6", "示例"),
    ("a7", "示例"),
    ("a8", "示例"),
    ("a9", "示例"),
    ("a10", "示例"),
];
const IMPORT: &[(&str, &str)] = &[
    ("body", "{body.name}"),
    ("region", "{region}"),
    ("standard", "wushan"),
    ("name", "表.csv"),
    ("hash", "{table}"),
];
const WRITTEN: &[(&str, &str)] = &[
    SEEN,
    ("summary", "新写的"),
    ("windows[]", "r1"),
    ("windows[r1].name", "一号窗口"),
    ("windows[r1].place", "{place}"),
];

/// Pages that can be asked for with an id of what one office has.
pub(super) const PAGES: &[&str] = &[
    "/workbench/items?body={body}",
    "/workbench/items?directory={directory}",
    "/workbench/items/new?body={body}",
    "/workbench/items/new?standard=wushan&kind=XK&directory={directory}",
    "/workbench/items/{published}/compare?from=1&to=2",
    "/workbench/items/{published}/on?day=2026-11-20",
    "/workbench/directories?body={body}",
    "/workbench/groups?body={body}",
    "/workbench/groups?directory={directory}",
    "/workbench/query?body={body}",
    "/workbench/query?region={region}",
    "/workbench/query?saved={query}",
    "/workbench/query/export?format=csv&body={body}",
    "/workbench/query/export?format=csv&saved={query}",
    "/workbench/tasks?tray=review&body={body}",
    "/workbench/tasks?done={waiting}",
    "/workbench/editions/{waiting}/review?done={live}",
    "/workbench/editions/{edition}/edit?open=windows&row=r1",
    "/workbench/regions?region={region}",
    "/workbench/events?code={code}",
    "/workbench/attachments?new={attachment}",
    "/workbench/attachments/{attachment}/uses",
    "/workbench/places/{place}",
    "/workbench/jobs/{job}?after=0",
    "/workbench/offices?to=items&region={region}",
    "/workbench/approvals?item={published}",
    "/workbench/tasks/export?tray=review&format=csv&body={body}",
    "/workbench/editions/{edition}/files/{hash}/{name}",
    "/workbench/editions/{edition}/fill?list=windows&row=r1&place={place}",
    "/workbench/editions/{edition}/fill?list=materials&field=blank_form",
];
