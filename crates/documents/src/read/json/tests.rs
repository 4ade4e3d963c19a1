use crate::read::{
    SourceKind,
    tests::{outline, read, sample},
};

fn check(name: &str, text: &str, kind: SourceKind, expected: &[&str]) {
    let (source, rows) = read(name, text);
    assert_eq!(
        (source.kind, outline(&rows)),
        (kind, expected.iter().map(|it| (*it).into()).collect())
    );
}

#[test]
fn a_list_one_object_and_data_are_all_read() {
    let expected = ["第 1 条: 事项名称=低保 | 备注=甲"];
    for text in [
        r#"[{"事项名称":"低保","备注":"甲"}]"#,
        r#"{"事项名称":"低保","备注":"甲"}"#,
        "{\"code\":0,\"data\":[\n{\"事项名称\":\"低保\",\"备注\":\"甲\"}]}",
        "\u{feff}[ {\"事项名称\":\"低保\",\"备注\":\"甲\"} ]",
    ] {
        check("a.txt", text, SourceKind::Json, &expected);
    }
    check("a.json", "[]", SourceKind::Json, &[]);
}

#[test]
fn json_lines_are_known_by_their_lines_or_their_name() {
    let text = "{\"事项名称\":\"低保\"}\n\n{\"事项名称\":\"收养\"}";
    let expected = ["第 1 行: 事项名称=低保", "第 3 行: 事项名称=收养"];
    check("a.json", text, SourceKind::JsonLines, &expected);
    check("a.jsonl", "{\"事项名称\":\"低保\"}", SourceKind::JsonLines, &expected[..1]);
}

#[test]
fn a_bad_line_is_told_with_its_column_and_the_rest_is_read() {
    let text = "{\"事项名称\":\"低保\"}\n{\"事项名称\":\"收\n[1]\n{\"事项名称\" \"x\"}\n{\"事项名称\":\"收养\"}\n";
    check(
        "a.jsonl",
        text,
        SourceKind::JsonLines,
        &[
            "第 1 行: 事项名称=低保",
            "第 2 行! 第 10 列就断了，内容不完整",
            "第 3 行! 不是一个 JSON 对象；一个事项要写成 {…}",
            "第 4 行! 第 9 列缺少冒号",
            "第 5 行: 事项名称=收养",
        ],
    );
}

#[test]
fn values_of_every_kind_become_text() {
    check(
        "a.json",
        r#"{"事项名称":"低保","a":{"b":{"c":1.50,"d":-3}},"yes":true,"no":false,"none":null,
            "list":["甲",2,null,["乙","丙"]],"empty":[],"blank":""}"#,
        SourceKind::Json,
        &[
            "第 1 条: 事项名称=低保 | a.b.c=1.5 | a.b.d=-3 | yes=是 | no=否 | list=[甲, 2, 乙、丙] | blank=",
        ],
    );
}

#[test]
fn a_list_of_objects_becomes_a_column_a_member() {
    check(
        "a.json",
        r#"{"事项名称":"低保","M":[{"n":"申请书","c":2},{"n":"户口簿","x":{"y":["甲","乙"]}},null,{"c":1,"k":[{"z":1},{"z":2}]}]}"#,
        SourceKind::Json,
        &[
            "第 1 条: 事项名称=低保 | M[].n=[申请书, 户口簿, ] | M[].c=[2, , 1] | M[].x.y=[, 甲、乙, ] | M[].k[].z=[, , 1、2]",
        ],
    );
}

#[test]
fn a_number_that_lost_digits_is_told() {
    let rows = outline(&read("a.json", r#"[{"name":"x","code":11440000006939756244010100}]"#).1);
    assert!(rows[0].contains("位数太多"), "{}", rows[0]);
}

#[test]
fn a_list_that_is_no_list_is_told_before_it_fills_the_memory() {
    let rows: Vec<String> = (0..2000).map(|n| format!("{{\"k{n}\":1}}")).collect();
    let rows = outline(&read("a.json", format!("{{\"name\":\"x\",\"m\":[{}]}}", rows.join(","))).1);
    assert!(rows[0].starts_with("第 1 条! m 所在的列表太大"), "{}", rows[0]);
}

#[test]
fn our_own_exchange_form_is_read_whole_or_told_what_is_wrong() {
    let good = r#"{"standard":"wushan","region":"620524","body":{"name":"武山县民政局"},"kind":"XK","content":{"name":"登记","limits.promised":{"limit":20,"unit":"working_day"}}}"#;
    let lines = [
        good.to_owned(),
        good.replace(r#""kind":"XK","#, ""),
        good.replace("working_day", "weeks"),
        good.replace("\"kind\"", "\"since\":1,\"kind\""),
        good.replace("620524", "999"),
    ];
    let rows = outline(&read("a.jsonl", lines.join("\n")).1);
    assert_eq!(rows[0], "第 1 行: 整条 登记");
    assert_eq!(rows[1], "第 2 行! 缺少“kind”；请补上，或者从原来的系统重新导出");
    assert!(rows[2].contains("content 里“limits.promised”的值不合写法"), "{}", rows[2]);
    assert_eq!(rows[3], "第 4 行! 多出不认识的“since”；请删去");
    assert!(rows[4].contains("“999”不是行政区划代码"), "{}", rows[4]);
}

#[test]
fn a_province_s_lines_and_a_nested_record_are_read() {
    let (source, rows) = read("items.jsonl", sample("guangdong.jsonl"));
    assert_eq!((source.kind, rows.len()), (SourceKind::JsonLines, 3));
    assert!(outline(&rows)[0].starts_with("第 1 行: TASK_CODE=11440000006939756B2440101007000 | "));
    assert!(
        outline(&rows)[0]
            .contains("service_object_name=[自然人, 企业法人, 事业法人, 社会组织法人]")
    );

    let (source, rows) = read("record.json", sample("guangxi.json"));
    assert_eq!((source.kind, rows.len()), (SourceKind::Json, 1));
    let shown = outline(&rows).remove(0);
    assert!(shown.contains("AUDIT_ITEM.promise_day=5 | "), "{shown}");
    assert!(shown.contains("AUDIT_MATERIAL[].is_need=[1, 2] | "), "{shown}");
    assert!(shown.contains("AUDIT_ITEM_WINDOW[].window_tel=[0777—6428820] | "), "{shown}");
}
