use std::sync::LazyLock;

use super::*;
use crate::{
    content::{Content, Limit, Row, Value},
    item::ItemRecord,
    standard::{Standard, Standards},
};

static STANDARDS: LazyLock<Standards> = LazyLock::new(|| Standards::shipped().unwrap());
static NO_MAPPING: LazyLock<Mapping> = LazyLock::new(Mapping::default);

fn standard(id: &str) -> &'static Standard {
    STANDARDS.get(id).unwrap()
}

fn cells(cells: &[(&str, &str)]) -> RawRow {
    let cell = |(header, text): &(&str, &str)| Cell {
        header: (*header).to_owned(),
        value: CellValue::Text((*text).to_owned()),
    };
    row_of(cells.iter().map(cell).collect())
}

fn row_of(cells: Vec<Cell>) -> RawRow {
    RawRow {
        number: 6,
        place: "第 7 行".into(),
        data: RawData::Cells(cells),
        trace: Trace::default(),
    }
}

fn list(header: &str, values: &[&str]) -> Cell {
    let values = values.iter().map(|it| (*it).to_owned()).collect();
    Cell { header: header.to_owned(), value: CellValue::List(values) }
}

fn read_with(
    id: &str,
    mapping: &Mapping,
    defaults: &Defaults,
    row: RawRow,
) -> Result<Proposal, Rejection> {
    Intake { standard: standard(id), mapping, defaults }.read(row)
}

fn read(id: &str, row: RawRow) -> Proposal {
    read_with(id, &NO_MAPPING, &Defaults::default(), row).unwrap()
}

fn in_wushan() -> Defaults {
    Defaults { region: Some("620524".parse().unwrap()), body: Some("武山县民政局".into()) }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn row(id: &str, fields: &[(&str, &str)]) -> Row {
    let fields = fields.iter().map(|(key, it)| ((*key).to_owned(), text(it)));
    Row { id: id.to_owned(), fields: fields.collect() }
}

fn codes(codes: &[&str]) -> Value {
    Value::Codes(codes.iter().map(|it| (*it).to_owned()).collect())
}

/// Checks what a list of headers leads to; `-` is ignored on purpose.
fn leads(id: &str, headers: &[(&str, &str)]) {
    let columns = Columns::new(standard(id), &NO_MAPPING);
    for (header, expected) in headers {
        let place = columns.place(header).map_or("-".to_owned(), ToString::to_string);
        assert!(!columns.is_unknown(header), "{id} {header}");
        assert_eq!(place, *expected, "{id} {header}");
    }
}

#[test]
fn the_columns_of_guangdong_are_known() {
    leads(
        "guangdong",
        &[
            ("TASK_CODE", "item.code"),
            ("ORGCODE", "-"),
            ("TASK_TYPE", "item.kind"),
            ("TASK_TYPE_TEXT", "-"),
            ("TASK_NAME", "name"),
            ("TASK_STATE", "source.state"),
            ("TASK_TAG", "-"),
            ("CATAID", "catalogue.code"),
            ("CATANAME", "catalogue.name"),
            ("DEPT_NAME", "body.name"),
            ("AREACODE", "region.code"),
            ("AREA_CODE_TEXT", "region.name"),
            ("parentCatalogId", "-"),
            ("parentCatalogName", "-"),
            ("subCatalogName", "-"),
            ("subTaskName", "-"),
            ("matter_name", "-"),
            ("matter_short", "short_name"),
            ("matter_daily", "daily_names"),
            ("matter_code", "code.national"),
            ("matter_level", "authority.level"),
            ("matter_type", "-"),
            ("district", "-"),
            ("visit_number", "visits"),
            ("LIMIT_SCENE_NUM", "visits"),
            ("handle_time", "limits.statutory"),
            ("handle_time_limit", "limits.promised"),
            ("handle_location", "windows[].address"),
            ("accept_standard", "conditions"),
            ("consult_phone", "contacts.consult"),
            ("complain_phone", "contacts.complaint"),
            ("courier_service", "handling.express"),
            ("co_department", "body.joint"),
            ("bear_paltform", "online.platform"),
            ("online_book", "online.booking"),
            ("online_book_addr", "online.booking_address"),
            ("ONLINECHECK", "online.available"),
            ("URL", "online.address"),
            ("theme_category", "themes.person"),
            ("service_object_name", "service.objects"),
            ("material_intro", "materials[].name"),
        ],
    );
}

#[test]
fn the_columns_of_qianfeng_are_known() {
    leads(
        "sichuan",
        &[
            ("department", "body.name"),
            ("main_item", "catalogue.name"),
            ("name", "name"),
            ("areaCode", "region.code"),
            ("itemCode", "item.code"),
            ("taskType", "item.kind"),
            ("deptCode", "body.credit_code"),
            ("link", "online.link"),
        ],
    );
}

#[test]
fn the_paths_of_the_guangxi_record_are_known() {
    leads(
        "national",
        &[
            ("AUDIT_ITEM.task_name", "name"),
            ("AUDIT_ITEM.task_code", "item.code"),
            ("AUDIT_ITEM.catalog_code", "catalogue.code"),
            ("AUDIT_ITEM.task_type", "item.kind"),
            ("AUDIT_ITEM.dept_name", "body.name"),
            ("AUDIT_ITEM.dept_code", "body.credit_code"),
            ("AUDIT_ITEM.dept_type", "body.nature"),
            ("AUDIT_ITEM.areacode", "region.code"),
            ("AUDIT_ITEM.use_level", "authority.level"),
            ("AUDIT_ITEM.item_source", "authority.source"),
            ("AUDIT_ITEM.audit_state", "-"),
            ("AUDIT_ITEM.anticipate_day", "limits.statutory"),
            ("AUDIT_ITEM.promise_day", "limits.promised"),
            ("AUDIT_ITEM.serve_type", "service.objects"),
            ("AUDIT_ITEM.is_fee", "fees.charged"),
            ("AUDIT_ITEM.link_way", "contacts.consult"),
            ("AUDIT_ITEM.reconsiderat", "appeal.review"),
            ("AUDIT_ITEM_EXTEND.result_name", "outcomes[].name"),
            ("AUDIT_ITEM_EXTEND.wsblsd", "online.depth"),
            ("AUDIT_ITEM_EXTEND.theme_legal_type", "themes.enterprise"),
            ("AUDIT_MATERIAL[].material_name", "materials[].name"),
            ("AUDIT_MATERIAL[].fill_explian", "materials[].filling_note"),
            ("AUDIT_ITEM_BYLAW[].law_name", "basis[].law"),
            ("AUDIT_QA[].question", "faq[].question"),
            ("AUDIT_ITEM_WINDOW[].transact_addr", "windows[].address"),
            ("AUDIT_ITEM_SPECIAL[].special_date", "special_procedures[].limit"),
        ],
    );
}

#[test]
fn a_row_of_guangdong_becomes_an_item() {
    let code = "11440000006939801C244010300100104";
    let mut row = cells(&[
        ("TASK_CODE", code),
        ("TASK_TYPE", "01"),
        ("TASK_NAME", "实验动物生产许可（延续）"),
        ("DEPT_NAME", "广东省科学技术厅"),
        ("AREACODE", "440000"),
        ("CATAID", "440103001001"),
        ("matter_level", "省级"),
        ("matter_short", "无"),
        ("handle_time", "30(工作日)"),
        ("handle_time_limit", "7(工作日)"),
        ("visit_number", "0"),
        ("handle_location", "无线下办理窗口"),
        ("ONLINECHECK", "1"),
    ]);
    if let RawData::Cells(cells) = &mut row.data {
        cells.push(list("service_object_name", &["企业法人", "非法人企业"]));
        cells.push(list("material_intro", &["申请书", "生产许可证"]));
    }
    let proposal = read("guangdong", row);
    assert_eq!((proposal.number, proposal.place.as_str()), (6, "第 7 行"));
    assert_eq!(proposal.findings, []);
    let materials = vec![row_named("r1", "申请书"), row_named("r2", "生产许可证")];
    let record = proposal.record;
    assert_eq!(record.standard, "guangdong");
    assert_eq!(record.region.to_string(), "440000");
    assert_eq!(record.body.name, "广东省科学技术厅");
    assert_eq!(record.body.credit_code.as_deref(), Some("11440000006939801C"));
    assert_eq!(record.code.as_deref(), Some(code));
    assert_eq!(record.parent.as_deref(), Some("11440000006939801C2440103001001"));
    assert_eq!(record.kind, "01");
    let expected = Content::new()
        .with("name", text("实验动物生产许可（延续）"))
        .with("catalogue.code", text("440103001001"))
        .with("authority.level", codes(&["2"]))
        .with("limits.statutory", Value::Limit(Limit::working_days(30)))
        .with("limits.promised", Value::Limit(Limit::working_days(7)))
        .with("visits", Value::Number(0))
        .with("online.available", Value::Flag(true))
        .with("service.objects", codes(&["2", "5"]))
        .with("materials", Value::Rows(materials));
    assert_eq!(record.content, expected);
}

fn row_named(id: &str, name: &str) -> Row {
    row(id, &[("name", name)])
}

/// The least that a row of an office's own table says.
const LEAST: [(&str, &str); 4] = [
    ("事项名称", "示例许可"),
    ("事项类型", "许可"),
    ("实施主体", "武山县民政局"),
    ("区划代码", "620524"),
];

#[test]
fn what_an_item_can_not_do_without_is_asked_for() {
    let without = |header: &str, reason: &str| {
        let rest: Vec<_> = LEAST.into_iter().filter(|(it, _)| *it != header).collect();
        let rejection = read_with("wushan", &NO_MAPPING, &Defaults::default(), cells(&rest));
        let rejection = rejection.unwrap_err();
        assert_eq!((rejection.number, rejection.place.as_str()), (6, "第 7 行"));
        assert_eq!(rejection.reason, reason);
    };
    assert!(read("wushan", cells(&LEAST)).findings.is_empty());
    without("事项名称", "没有事项名称");
    without("事项类型", "没有事项类型，编码里也看不出来；请补一列“事项类型”");
    without("实施主体", "没有实施主体；请补一列“实施主体”，或用 --body 说明整个文件是哪个单位的");
    without("区划代码", "没有区划代码；请补一列“区划代码”，或用 --region 说明");
}

#[test]
fn a_blank_cell_is_no_better_than_none() {
    let blank =
        LEAST.map(|(header, text)| (header, if header == "实施主体" { "无" } else { text }));
    let rejection = read_with("wushan", &NO_MAPPING, &Defaults::default(), cells(&blank));
    assert!(rejection.unwrap_err().reason.starts_with("没有实施主体"));
}

#[test]
fn a_broken_row_is_rejected_with_its_reason() {
    let data = RawData::Broken("这一行超过 1 MiB".into());
    let row = RawRow { number: 3, place: "第 4 行".into(), data, trace: Trace::default() };
    let rejection = read_with("wushan", &NO_MAPPING, &Defaults::default(), row).unwrap_err();
    let reason = "这一行超过 1 MiB".to_owned();
    assert_eq!(rejection, Rejection { number: 3, place: "第 4 行".into(), reason });
}

#[test]
fn a_region_that_is_none_is_rejected() {
    let wrong =
        LEAST.map(|(header, text)| (header, if header == "区划代码" { "6205" } else { text }));
    assert_eq!(read("wushan", cells(&wrong)).record.region.to_string(), "620500");
    let wrong =
        LEAST.map(|(header, text)| (header, if header == "区划代码" { "武山" } else { text }));
    let rejection = read_with("wushan", &NO_MAPPING, &Defaults::default(), cells(&wrong));
    assert!(rejection.unwrap_err().reason.contains("“武山”不是行政区划代码"));
}

#[test]
fn a_code_tells_what_the_row_leaves_out() {
    let row = cells(&[
        ("事项名称", "示例代理"),
        ("实施主体", "武山县工商局"),
        ("事项编码", "62052400GS-DL-0003"),
    ]);
    let record = read("wushan", row).record;
    assert_eq!(record.kind, "DL");
    assert_eq!(record.region.to_string(), "620524");
    assert_eq!(record.body.letters.as_deref(), Some("GS"));
}

#[test]
fn what_the_command_line_says_goes_before_the_file() {
    let proposal = read_with(
        "wushan",
        &NO_MAPPING,
        &Defaults {
            region: Some("620523".parse().unwrap()), body: Some("武山县人社局".into())
        },
        cells(&LEAST),
    )
    .unwrap();
    assert_eq!(proposal.record.body.name, "武山县人社局");
    assert_eq!(proposal.record.region.to_string(), "620523");
    let [finding] = proposal.findings.as_slice() else { panic!("{:?}", proposal.findings) };
    assert_eq!(finding.element, "region.code");
    assert!(finding.message.contains("文件里的区划代码 620524 与指定的 620523 不一致"));
}

#[test]
fn an_unknown_kind_is_kept() {
    let odd =
        LEAST.map(|(header, text)| (header, if header == "事项类型" { "看风水" } else { text }));
    let proposal = read("wushan", cells(&odd));
    assert_eq!(proposal.record.kind, "看风水");
}

#[test]
fn what_can_not_be_read_is_kept() {
    let more = [("服务对象", "自然人、外星人"), ("承诺时限", "3-5天"), ("收费", "看情况")];
    let proposal = read("wushan", cells(&[&LEAST[..], &more].concat()));
    let content = &proposal.record.content;
    assert_eq!(content.codes("service.objects"), ["1", "外星人"]);
    assert_eq!(content.text("limits.promised"), "3-5天");
    assert_eq!(content.text("fees.charged"), "看情况");
}

#[test]
fn a_malformed_code_is_kept_as_it_came() {
    let row = cells(&[&LEAST[..], &[("事项编码", "6205240 MZ—XK")]].concat());
    assert_eq!(read("wushan", row).record.code.as_deref(), Some("6205240 MZ—XK"));
}

#[test]
fn a_header_s_unit_and_a_unit_s_own_column_count() {
    let check = |header: &str, more: &[(&str, &str)], expected: &str| {
        let row = cells(&[&LEAST[..], &[(header, "5")], more].concat());
        let limit = read("wushan", row).record.content.promised_limit().unwrap();
        assert_eq!(limit.to_string(), expected, "{header}");
    };
    check("承诺时限", &[], "5个工作日");
    check("承诺时限（天）", &[], "5日");
    check("承诺时限(月)", &[], "5个月");
}

#[test]
fn a_mapping_file_goes_before_what_is_recognised() {
    let mapping = "[columns]\n\"名称\" = \"short_name\"\n\"窗口全称\" = \"name\"\n\"备注\" = \"\"\n\
                   [bodies]\n\"武山县民政局\" = { letters = \"MZ\" }\n";
    let mapping = Mapping::parse(mapping, standard("wushan")).unwrap();
    let row = cells(&[
        ("名称", "短名"),
        ("窗口全称", "示例许可"),
        ("备注", "不要的话"),
        ("类型", "许可"),
    ]);
    let record = read_with("wushan", &mapping, &in_wushan(), row).unwrap().record;
    let expected = Content::new().with("name", text("示例许可")).with("short_name", text("短名"));
    assert_eq!(record.content, expected);
    assert_eq!(record.body.letters.as_deref(), Some("MZ"));
}

#[test]
fn a_broken_mapping_file_is_refused_with_its_line() {
    let check = |file: &str, expected: &str| {
        let fault = Mapping::parse(file, standard("wushan")).unwrap_err();
        assert!(fault.to_string().starts_with(expected), "{fault}");
    };
    check("[columns]\n\"顶\" = \"roof\"\n", "映射文件第 2 行：没有要素 roof");
    check("[column]\n", "映射文件第 1 行：不认识 column；可以写 columns、bodies");
    check(
        "[columns]\n\n名称 = \n",
        "映射文件第 3 行：不合 TOML 的写法（invalid unquoted key, expected letters, numbers, `-`, `_`）",
    );
}

#[test]
fn an_item_in_our_own_form_is_taken_whole() {
    let record = read("wushan", cells(&LEAST)).record;
    let row = |record: ItemRecord| RawRow {
        number: 1,
        place: "第 1 行".into(),
        data: RawData::Record(Box::new(record)),
        trace: Trace::default(),
    };
    let proposal = read("wushan", row(record.clone()));
    assert_eq!((&proposal.record, proposal.given.is_none()), (&record, true));

    let moved = Defaults { region: Some("620523".parse().unwrap()), body: None };
    let moved = read_with("wushan", &NO_MAPPING, &moved, row(record.clone())).unwrap();
    assert_eq!(moved.record.region.to_string(), "620523");

    let nameless = ItemRecord { content: Content::new(), ..record };
    let rejection = read_with("wushan", &NO_MAPPING, &Defaults::default(), row(nameless));
    assert!(rejection.unwrap_err().reason.starts_with("没有事项名称"));
}

#[test]
fn columns_of_one_list_are_put_together_line_by_line() {
    let row = row_of(
        [
            list("事项名称", &["示例许可"]),
            list("类型", &["许可"]),
            list("材料名称", &["申请书", "身份证", "照片"]),
            list("材料份数", &["1", "", "2"]),
        ]
        .into(),
    );
    let record = read_with("wushan", &NO_MAPPING, &in_wushan(), row).unwrap().record;
    let rows = record.content.rows("materials");
    let read: Vec<_> =
        rows.iter().map(|it| (it.id.as_str(), it.text("name"), it.number("quantity"))).collect();
    assert_eq!(read, [("r1", "申请书", Some(1)), ("r2", "身份证", None), ("r3", "照片", Some(2))]);
}

#[test]
fn a_nested_table_is_read_by_its_own_headers() {
    let line = |cells: &[(&str, &str)]| -> Vec<(String, String)> {
        cells.iter().map(|(header, text)| ((*header).to_owned(), (*text).to_owned())).collect()
    };
    let table = vec![
        line(&[("序号", "1"), ("材料名称", "申请书"), ("形式", "纸质"), ("份数", "1")]),
        line(&[("序号", "2"), ("材料名称", "身份证"), ("份数", "2份")]),
        line(&[("序号", "3"), ("材料名称", "")]),
    ];
    let mut row = cells(&LEAST);
    if let RawData::Cells(cells) = &mut row.data {
        cells.push(Cell { header: "申请材料".into(), value: CellValue::Table(table) });
    }
    let proposal = read("wushan", row);
    let rows = proposal.record.content.rows("materials");
    let read: Vec<_> = rows.iter().map(|it| (it.text("name"), it.number("quantity"))).collect();
    assert_eq!(read, [("申请书", Some(1)), ("身份证", Some(2))]);
    assert!(!rows[0].codes("form").is_empty());
}

/// An item that holds more than any form shows.
fn stored() -> Content {
    let law = row("r4", &[("law", "示例条例"), ("clause", "第八条"), ("issuer", "示例机关")]);
    let window =
        row("r2", &[("address", "解放路1号"), ("hours", "工作日"), ("phone", "0938-3421234")]);
    Content::new()
        .with("name", text("示例许可"))
        .with("conditions", text("年满十八周岁"))
        .with("limits.promised", Value::Limit(Limit::working_days(20)))
        .with("basis", Value::Rows(vec![law]))
        .with("windows", Value::Rows(vec![window]))
        .with("internal_note", text("表里没有的"))
}

/// Checks what the stored item becomes when a row is brought in.
fn applied(more: &[(&str, &str)], change: impl Fn(Content) -> Content) {
    let row = cells(&[&[("事项名称", "示例许可"), ("类型", "许可")], more].concat());
    let proposal = read_with("wushan", &NO_MAPPING, &in_wushan(), row).unwrap();
    let result = proposal.applied_to(&stored(), standard("wushan"));
    assert_eq!(result, change(stored()));
}

#[test]
fn an_item_that_did_not_change_stays_as_it_is() {
    applied(&[], |it| it);
    applied(
        &[
            ("受理条件", "年满十八周岁"),
            ("承诺时限", "20个工作日"),
            ("设定依据", "《示例条例》第八条"),
            ("办理地点", "解放路1号"),
        ],
        |it| it,
    );
}

#[test]
fn a_form_that_shows_less_takes_nothing_away() {
    applied(&[("设定依据", "《示例条例》第九条")], |it| {
        let law = row("r4", &[("law", "示例条例"), ("clause", "第九条"), ("issuer", "示例机关")]);
        it.with("basis", Value::Rows(vec![law]))
    });
    applied(&[("办理地点", "文化路2号")], |it| {
        let window =
            row("r2", &[("address", "文化路2号"), ("hours", "工作日"), ("phone", "0938-3421234")]);
        it.with("windows", Value::Rows(vec![window]))
    });
}

#[test]
fn a_cleared_cell_clears_and_an_absent_column_does_not() {
    applied(&[("受理条件", "")], |mut it| {
        it.remove("conditions");
        it
    });
    applied(&[("受理条件", "无")], |mut it| {
        it.remove("conditions");
        it
    });
    applied(&[("设定依据", "")], |mut it| {
        it.remove("basis");
        it
    });
    applied(&[("承诺时限", "即办")], |it| {
        it.with("limits.promised", Value::Limit(Limit::IMMEDIATE))
    });
}

#[test]
fn a_cleared_column_of_a_list_clears_that_column_only() {
    let quantity = ("quantity".to_owned(), Value::Number(2));
    let note = ("note".to_owned(), text("交复印件"));
    let name = ("name".to_owned(), text("申请书"));
    let rows = |fields: &[(String, Value)]| {
        let fields = fields.iter().cloned().collect();
        Content::new().with("materials", Value::Rows(vec![Row { id: "r5".into(), fields }]))
    };
    let row = cells(&[&LEAST[..], &[("材料名称", "申请书"), ("份数", "")]].concat());
    let proposal = read("wushan", row);
    let old = rows(&[name.clone(), quantity, note.clone()]);
    let result = proposal.applied_to(&old, standard("wushan"));
    assert_eq!(result.rows("materials"), rows(&[name, note]).rows("materials"));
}

#[test]
fn rows_are_added_moved_and_taken_away() {
    let law = |id: &str, law: &str, issuer: Option<&str>| {
        let issuer = issuer.map(|it| ("issuer", it));
        row(id, &[("law", law)].into_iter().chain(issuer).collect::<Vec<_>>())
    };
    let old = Content::new().with(
        "basis",
        Value::Rows(vec![
            law("r1", "甲法", Some("甲机关")),
            law("r2", "乙法", Some("乙机关")),
            law("r3", "丙法", None),
        ]),
    );
    let check = |cell: &str, expected: Vec<Row>| {
        let row = cells(&[("事项名称", "示例许可"), ("类型", "许可"), ("设定依据", cell)]);
        let proposal = read_with("wushan", &NO_MAPPING, &in_wushan(), row).unwrap();
        let result = proposal.applied_to(&old, standard("wushan"));
        assert_eq!(result.rows("basis"), expected, "{cell}");
    };
    check(
        "《丙法》\n《甲法》\n《乙法》",
        vec![
            law("r3", "丙法", None),
            law("r1", "甲法", Some("甲机关")),
            law("r2", "乙法", Some("乙机关")),
        ],
    );
    check("《甲法》\n《丙法》", vec![law("r1", "甲法", Some("甲机关")), law("r3", "丙法", None)]);
    check(
        "《甲法》\n《乙法》\n《丙法》\n《丁法》",
        vec![
            law("r1", "甲法", Some("甲机关")),
            law("r2", "乙法", Some("乙机关")),
            law("r3", "丙法", None),
            law("r4", "丁法", None),
        ],
    );
    check(
        "《丁法》\n《甲法》\n《乙法》\n《丙法》",
        vec![
            law("r4", "丁法", None),
            law("r1", "甲法", Some("甲机关")),
            law("r2", "乙法", Some("乙机关")),
            law("r3", "丙法", None),
        ],
    );
}

#[test]
fn columns_that_a_form_shows_line_by_line_stay_beside_each_other() {
    let windows = vec![
        row("r1", &[("address", "解放路1号")]),
        row("r2", &[("address", "文化路2号"), ("hours", "工作日")]),
        row("r3", &[("address", "渭河路3号")]),
    ];
    let content =
        Content::new().with("name", text("示例许可")).with("windows", Value::Rows(windows));
    let record = ItemRecord { content, ..read("wushan", cells(&LEAST)).record };
    let shown =
        |place: &str| crate::item::cell_text(&record, &place.parse().unwrap(), standard("wushan"));
    let (address, hours) = (shown("windows[].address"), shown("windows[].hours"));
    let row = cells(&[&LEAST[..], &[("办理地点", &address), ("办理时间", &hours)]].concat());
    let proposal = read("wushan", row);
    assert_eq!(proposal.applied_to(&record.content, standard("wushan")), record.content);
}

#[test]
fn what_a_form_shows_is_read_back_as_the_same_item() {
    let content = Content::new()
        .with("name", text("示例许可"))
        .with(
            "materials",
            Value::Rows(vec![row_named("r3", "1.申请书"), row_named("r7", "身份证\n（正反面）")]),
        )
        .with(
            "basis",
            Value::Rows(vec![row("r1", &[("law", "甲法"), ("text", "第一款\n第二款")])]),
        );
    let shown = |key: &str| {
        let element = standard("wushan").element(key).unwrap();
        crate::content::show_value(content.get(key).unwrap(), element, standard("wushan"))
    };
    let (materials, basis) = (shown("materials"), shown("basis"));
    let row = cells(&[
        ("事项名称", "示例许可"),
        ("类型", "许可"),
        ("申请材料", &materials),
        ("设定依据", &basis),
    ]);
    let proposal = read_with("wushan", &NO_MAPPING, &in_wushan(), row).unwrap();
    assert_eq!(proposal.applied_to(&content, standard("wushan")), content);
}

/// What an item becomes when a table of its materials or windows is brought in.
fn kept(old: Content, header: &str, value: CellValue) -> Content {
    let cells = [("事项名称", "示例许可"), ("类型", "许可")];
    let said = |(header, text): (&str, &str)| Cell {
        header: header.to_owned(),
        value: CellValue::Text(text.to_owned()),
    };
    let mut cells: Vec<Cell> = cells.map(said).into();
    cells.push(Cell { header: header.to_owned(), value });
    let proposal = read_with("wushan", &NO_MAPPING, &in_wushan(), row_of(cells)).unwrap();
    let result = proposal.applied_to(&old.with("name", text("示例许可")), standard("wushan"));
    result
        .iter()
        .filter(|(key, _)| *key != "name")
        .fold(Content::new(), |content, (key, value)| content.with(key, value.clone()))
}

fn nested_table(rows: &[&[(&str, &str)]]) -> CellValue {
    let cell = |(header, text): &(&str, &str)| ((*header).to_owned(), (*text).to_owned());
    CellValue::Table(rows.iter().map(|row| row.iter().map(cell).collect()).collect())
}

#[test]
fn a_row_that_says_nothing_in_the_columns_of_a_form_stays_where_it_was() {
    let hidden = row("r2", &[("note", "交原件")]);
    let old = |name: &str| {
        let rows = vec![row_named("r1", "申请书"), hidden.clone(), row_named("r3", name)];
        Content::new().with("materials", Value::Rows(rows))
    };
    let table = nested_table(&[&[("材料名称", "申请书")], &[("材料名称", "户口簿")]]);
    assert_eq!(kept(old("身份证"), "申请材料", table), old("户口簿"));
    let only = Content::new().with("materials", Value::Rows(vec![hidden]));
    assert_eq!(kept(only.clone(), "申请材料", CellValue::Text(String::new())), only);
    // 表一 shows no words of a law; it can not have cleared them.
    let words = Value::Rows(vec![row("r1", &[("text", "第一款")])]);
    let only = Content::new().with("basis", words);
    assert_eq!(kept(only.clone(), "设定依据", CellValue::Text(String::new())), only);
}

#[test]
fn what_reads_as_blank_in_a_form_is_not_taken_away() {
    let windows = vec![row("r1", &[("name", "1 号窗口"), ("address", "无")])];
    let old = Content::new().with("remarks", text("无")).with("windows", Value::Rows(windows));
    assert_eq!(kept(old.clone(), "备注", CellValue::Text("无".into())), old);
    assert_eq!(kept(old.clone(), "办理地点", CellValue::Text("无".into())), old);
}

#[test]
fn white_space_that_nobody_sees_is_no_change() {
    let materials = vec![row("r1", &[("name", "申请书 \n（一式两份）"), ("note", "甲")])];
    let old = Content::new()
        .with("conditions", text("一、年满十八周岁 \r\n二、有住所　"))
        .with("materials", Value::Rows(materials));
    let conditions = CellValue::Text("一、年满十八周岁\n二、有住所".into());
    assert_eq!(kept(old.clone(), "受理条件", conditions), old);
    let table = nested_table(&[&[("材料名称", "申请书\n（一式两份）")]]);
    assert_eq!(kept(old.clone(), "申请材料", table), old);
}

#[test]
fn a_column_that_a_form_draws_as_a_table_is_read_row_by_row() {
    let table = nested_table(&[
        &[("序号", "1"), ("办理地点", "解放路1号\n二楼")],
        &[("序号", "2"), ("办理地点", "")],
        &[("序号", "3"), ("办理地点", "《甲》和《乙》")],
    ]);
    let read = kept(Content::new(), "办理地点", table);
    let windows = ["解放路1号\n二楼", "《甲》和《乙》"];
    let rows = (1..).zip(windows).map(|(at, it)| row(&format!("r{at}"), &[("address", it)]));
    assert_eq!(read, Content::new().with("windows", Value::Rows(rows.collect())));
}

#[test]
fn a_writer_can_tell_whether_lines_are_read_as_the_rows_that_they_say() {
    let check = |place: &str, rows: &[Row], text: &str, expected: bool| {
        let fields = ["law", "clause", "text"];
        let place = place.parse().unwrap();
        assert_eq!(is_read_as(text, rows, &place, &fields, standard("wushan")), expected, "{text}");
    };
    let law = |text: &str| [row("r9", &[("law", "甲法"), ("text", text), ("issuer", "某机关")])];
    check("basis", &law("第一款"), "《甲法》：第一款", true);
    check("basis", &law("依照\n《乙法》办理"), "《甲法》：依照\n《乙法》办理", false);
    let windows = [row("r1", &[("hours", "上午")]), row("r2", &[("address", "甲处")])];
    check("windows[].hours", &windows, "上午", true);
    check("windows[].address", &windows, "\n甲处", false);
    check("windows[].address", &windows[1..], "甲处", true);
}

#[test]
fn a_name_that_is_a_page_of_text_is_refused() {
    let long = "长".repeat(1_001);
    let over = LEAST
        .map(|(header, text)| (header, if header == "事项名称" { long.as_str() } else { text }));
    let refused = read_with("wushan", &NO_MAPPING, &Defaults::default(), cells(&over)).unwrap_err();
    assert!(refused.reason.contains("事项名称有 1001 字，最多 1000 字"), "{}", refused.reason);
}

#[test]
fn a_column_of_a_nested_table_that_nobody_knows_is_told() {
    let cell = |header: &str, text: &str| (header.to_owned(), text.to_owned());
    let row = vec![cell("序号", "1"), cell("材料名称", "申请书"), cell("奇怪的列", "甲")];
    let mut cells_of_row = cells(&LEAST);
    if let RawData::Cells(cells) = &mut cells_of_row.data {
        cells.push(Cell { header: "申请材料".into(), value: CellValue::Table(vec![row]) });
    }
    let findings = read("wushan", cells_of_row).findings;
    let told: Vec<&str> = findings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(told, ["“申请材料”里的“奇怪的列”一列认不出，没有导入"]);
}

#[test]
fn what_is_said_twice_and_differs_is_told() {
    let mut row = cells(&LEAST);
    if let RawData::Cells(cells) = &mut row.data {
        for text in ["甲", "甲", "乙"] {
            cells.push(Cell { header: "备注".into(), value: CellValue::Text(text.into()) });
        }
    }
    let proposal = read("wushan", row);
    assert_eq!(proposal.record.content.text("remarks"), "甲");
    let told: Vec<&str> = proposal.findings.iter().map(|it| it.message.as_str()).collect();
    assert_eq!(told, ["“备注”写了两次，后一次没有导入：“乙”"]);
}

#[test]
fn guesses_and_text_without_a_place_are_told() {
    let mut row = cells(&LEAST);
    let source = |sureness| CellSource {
        place: "表 1 第 2 行第 2 格".into(),
        label: "名称是".into(),
        sureness,
    };
    row.trace.sources.push(source(Sureness::Guessed));
    row.trace.sources.push(source(Sureness::Synonym));
    row.trace.unplaced.push(Unplaced { place: "正文第 3 段".into(), text: "甲 乙".into() });
    let findings = read("wushan", row).findings;
    let told: Vec<String> =
        findings.iter().map(|it| format!("{} {}", it.rule, it.message)).collect();
    assert_eq!(
        told,
        [
            "I6 表 1 第 2 行第 2 格“名称是”是按相近的名称或位置推断的",
            "I5 正文第 3 段的文字没有放进任何要素：“甲 乙”",
        ],
    );
}

#[test]
fn a_header_that_is_much_like_a_known_one_is_found_and_others_are_not() {
    let columns = Columns::new(standard("wushan"), &NO_MAPPING);
    let nearest = |header: &str| columns.nearest(header).and_then(|it| columns.place(it));
    let place = |header: &str| nearest(header).map(ToString::to_string);
    assert_eq!(place("办理承诺时限").as_deref(), Some("limits.promised"));
    assert_eq!(place("受理的条件").as_deref(), Some("conditions"));
    for header in ["联系人", "监督机构", "制表日期", "name of it"] {
        assert_eq!(place(header), None, "{header}");
    }
}
