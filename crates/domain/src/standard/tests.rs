use super::*;
use crate::{
    content::Value,
    finding::{Finding, Severity},
    item::{BodyRef, ItemRecord},
};

const NATIONAL_LISTS: &str = "[[list]]\nid = \"kind\"\ntitle = \"类型\"\n[[list.entry]]\ncode = \"01\"\nlabel = \"行政许可\"\n";

fn overlay(files: &[(&str, &str)]) -> Result<Standards, StandardFault> {
    let file = |(path, text): &(&str, &str)| SourceFile {
        path: (*path).to_owned(),
        text: (*text).to_owned(),
    };
    Standards::with_overlay(files.iter().map(file).collect())
}

/// A small standard of its own beside the shipped ones, with one file replaced.
fn village(file: &str, text: &str) -> Result<Standards, StandardFault> {
    let head = "id = \"village\"\ntitle = \"示例规范\"\nextends = \"national\"\n";
    let path = format!("village/{file}");
    match file {
        "standard.toml" => overlay(&[(&path, text)]),
        _ => overlay(&[("village/standard.toml", head), (&path, text)]),
    }
}

/// Checks that a broken file is refused with its name, line and reason.
fn refused(file: &str, text: &str, line: usize, reason: &str) {
    let fault = village(file, text).expect_err(reason);
    assert_eq!(fault.file, format!("village/{file}"), "{fault}");
    assert_eq!(fault.line, line, "{fault}");
    assert!(fault.reason.contains(reason), "{fault}");
}

#[test]
fn the_shipped_standards_load() {
    let standards = Standards::shipped().unwrap();
    assert_eq!(
        standards.ids(),
        ["guangdong", "heilongjiang", "national", "sichuan", "wushan", "yunnan"]
    );
    for standard in standards.iter() {
        assert!(standard.elements().len() > 100, "{}", standard.id);
        assert!(!standard.kinds().is_empty(), "{}", standard.id);
        assert_eq!(standard.hash.len(), 64, "{}", standard.id);
    }
}

#[test]
fn what_every_element_names_is_there() {
    for standard in Standards::shipped().unwrap().iter() {
        let kinds: Vec<&str> = standard.kinds().iter().map(|it| it.code.as_str()).collect();
        for element in standard.elements() {
            let place = format!("{} {}", standard.id, element.key);
            match &element.required {
                Required::ForKinds(named) => {
                    let unknown = named.iter().find(|it| !kinds.contains(&it.as_str()));
                    assert_eq!(unknown, None, "{place}");
                }
                Required::When { element, .. } => {
                    assert!(standard.element(element).is_some(), "{place}");
                }
                Required::Never | Required::Always => {}
            }
        }
        for form in &standard.forms {
            for total in &form.totals {
                assert!(kinds.contains(&total.kind.as_str()), "{} {}", standard.id, form.id);
            }
        }
    }
}

#[test]
fn wushan_has_its_seven_kinds_and_two_forms() {
    let standards = Standards::shipped().unwrap();
    let wushan = standards.get("wushan").unwrap();
    let kinds: Vec<&str> = wushan.kinds().iter().map(|it| it.label.as_str()).collect();
    assert_eq!(
        kinds,
        [
            "行政许可",
            "行政征收",
            "非行政许可的行政审批",
            "行政确认",
            "代理事项",
            "其他",
            "便民服务事项"
        ]
    );
    assert_eq!(wushan.form("table1").unwrap().layout, Layout::List);
    assert_eq!(wushan.form("table2").unwrap().layout, Layout::Sheet);
    assert_eq!(wushan.issuing_scheme().map(|it| it.id.as_str()), Some("county-item"));
    assert!(standards.national().issuing_scheme().is_none());
}

#[test]
fn a_permit_of_yunnan_must_sit_under_a_directory_and_a_service_may_lack_one() {
    let standards = Standards::shipped().unwrap();
    let yunnan = standards.get("yunnan").unwrap();
    assert!(yunnan.needs_directory("01"));
    assert!(!yunnan.needs_directory("20"));
    assert!(!standards.get("wushan").unwrap().needs_directory("XK"));
}

#[test]
fn heilongjiang_keeps_powers_and_services_apart() {
    let standards = Standards::shipped().unwrap();
    let tree = |id: &str| {
        let tree = standards.get(id).unwrap().tree();
        tree.iter().map(|(title, kinds)| ((*title).to_owned(), kinds.len())).collect::<Vec<_>>()
    };
    assert_eq!(tree("heilongjiang"), [("行政权力".into(), 14), ("公共服务".into(), 1)]);
    assert_eq!(tree("wushan"), [(String::new(), 7)], "what is not kept apart has one part");
}

#[test]
fn a_tree_that_would_hide_a_kind_is_refused() {
    const HEAD: &str = "id = \"village\"\ntitle = \"示例规范\"\nextends = \"national\"\n";
    let power = "[[part]]\ntitle = \"行政权力\"\ngroup = \"power\"\n";
    refused("standard.toml", &format!("{HEAD}{power}"), 4, "事项类型 20");
    let nothing = "[[part]]\ntitle = \"公共服务\"\ngroup = \"service\"\n\
                   [[part]]\ntitle = \"没有的\"\ngroup = \"none\"\n";
    refused("standard.toml", &format!("{HEAD}{power}{nothing}"), 4, "group 是 none");
}

#[test]
fn an_unknown_key_is_refused_with_its_line() {
    refused(
        "standard.toml",
        "id = \"village\"\ntitle = \"示例\"\ncolour = \"红\"\n",
        3,
        "不认识 colour；可以写 ",
    );
    refused("elements.toml", "\n[[element]]\nkey = \"name\"\nlable = \"名称\"\n", 4, "lable");
    refused("lists.toml", "[[list]]\nid = \"kind\"\ntitle = \"类型\"\ncolor = 1\n", 4, "color");
    refused("forms.toml", "[[form]]\nid = \"f\"\nshape = \"round\"\n", 3, "shape");
    refused("checks.toml", "[[check]]\nid = \"Q2\"\nlevel = \"error\"\n", 3, "level");
    refused("codes.toml", "[[scheme]]\nid = \"x\"\ncolour = \"红\"\n", 3, "colour");
}

#[test]
fn toml_that_can_not_be_read_is_refused_with_its_line() {
    refused("elements.toml", "[[element]]\nkey = \"name\"\nlabel = \n", 3, "不合 TOML 的写法");
    refused("standard.toml", "title = \"没有编号\"\n", 1, "缺少 id");
    refused("checks.toml", "[[check]]\nid = \"Q2\"\nid = \"Q3\"\n", 3, "同一个名字写了两次");
    refused(
        "checks.toml",
        "[[check]]\nid = \"Q2\"\nseverity = \"harsh\"\n",
        3,
        "不能写 harsh；可以写 off、warning、error",
    );
}

#[test]
fn a_file_with_an_unknown_name_is_refused() {
    refused("element.toml", "", 1, "没有这种规范文件；可以是 standard.toml、elements.toml");
}

#[test]
fn an_element_that_does_not_hold_together_is_refused() {
    let element = |lines: &str| format!("[[element]]\nkey = \"roof\"\nlabel = \"屋顶\"\n{lines}");
    let refused = |lines: &str, reason| refused("elements.toml", &element(lines), 1, reason);
    refused("kind = \"text\"\nsection = \"attic\"\n", "section attic 没有定义");
    refused("kind = \"text\"\n", "缺少 section");
    refused("kind = \"codes\"\nsection = \"identity\"\n", "要写明 list");
    refused("kind = \"rows\"\nsection = \"identity\"\n", "子表必须有 field");
    refused(
        "kind = \"text\"\nsection = \"identity\"\nrequired = \"perhaps\"\n",
        "required 不能是 perhaps",
    );
    refused(
        "kind = \"rows\"\nsection = \"identity\"\nrow_format = [\"{tile}\"]\n\
         [[element.field]]\nkey = \"beam\"\nlabel = \"梁\"\nkind = \"text\"\n",
        "row_format 用了没有的列 tile",
    );
}

#[test]
fn an_unknown_list_is_refused_where_the_element_stands() {
    let text = "[[element]]\nkey = \"name\"\nhelp = \"名称\"\n\n[[element]]\nkey = \"roof\"\n\
                label = \"屋顶\"\nkind = \"codes\"\nlist = \"roofs\"\nsection = \"identity\"\n";
    refused("elements.toml", text, 6, "要素 roof 用的代码表 roofs 没有定义");
}

#[test]
fn a_header_leads_to_one_place_that_exists() {
    refused(
        "headers.toml",
        "[headers]\nname = [\"名字\"]\nremarks = [\"备注\", \"名　字\"]\n",
        3,
        "表头“名　字”指向两个要素",
    );
    refused("headers.toml", "[headers]\nroof = [\"屋顶\"]\n", 2, "没有要素 roof");
    refused("headers.toml", "[headers]\n\"materials[].taste\" = [\"味道\"]\n", 2, "没有列 taste");
}

#[test]
fn a_form_shows_only_what_there_is() {
    let form = |source: &str| {
        format!(
            "[[form]]\nid = \"f\"\ntitle = \"表\"\nfont = \"宋体\"\nsize_pt = 12\n\
             layout = \"list\"\n[[form.cell]]\nlabel = \"栏\"\nsource = \"{source}\"\n"
        )
    };
    assert!(village("forms.toml", &form("name")).is_ok());
    refused("forms.toml", &form("roof"), 1, "没有要素 roof");
}

/// A sheet form of one cell.
fn sheet(cell: &str) -> String {
    format!(
        "[[form]]\nid = \"f\"\ntitle = \"表\"\nfont = \"宋体\"\nsize_pt = 12\nlayout = \"sheet\"\n\
         [[form.cell]]\n{cell}\n"
    )
}

#[test]
fn a_form_that_can_not_be_drawn_or_read_back_is_refused() {
    let refuses = |cell: &str, reason: &str| refused("forms.toml", &sheet(cell), 1, reason);
    let materials = "label = \"申请材料\"\nsource = \"materials\"\nmerged = true\n";
    refuses("label = \"名称\"\nsource = \"name\"\nwidth = 10", "要在 26 和 100 之间");
    refuses("label = \"名称\"\nsource = \"name\"\nmerged = true", "要有 columns");
    refuses(
        "label = \"名称\"\nsource = \"windows[].address\"\ncolumns = [{ label = \"甲\", source = \"name\" }]",
        "不是子表",
    );
    refuses(
        &format!("{materials}columns = [{{ label = \"材料名称\", source = \"name\" }}]"),
        "要从 row_number 开始",
    );
    refuses("label = \"备注\"\nsource = \"name\"", "是 remarks 的表头，这里却是 name");
    refuses("label = \"名称\"\nsource = \"name\"\ngroup = \"办理时限\"", "是认得的表头");
    refuses("label = \"名称\"\nsource = \"name\"\nheading = \"二、设定依据\"", "是认得的表头");
}

#[test]
fn a_label_of_a_form_is_a_header_from_then_on() {
    let standards =
        village("forms.toml", &sheet("label = \"所办何事\"\nsource = \"name\"")).unwrap();
    let place = standards.get("village").unwrap().header("所办何事").flatten();
    assert_eq!(place.map(ToString::to_string).as_deref(), Some("name"));
    assert_eq!(standards.national().header("所办何事"), None);
}

#[test]
fn a_route_passes_only_desks_that_exist() {
    let text = "id = \"village\"\ntitle = \"示例\"\nextends = \"national\"\n\n[[route]]\n\
                operations = [\"create\"]\ndesks = [\"department\", \"attic\"]\n";
    refused("standard.toml", text, 5, "department、attic");
}

#[test]
fn a_desk_may_have_a_limit_and_a_standard_says_where_a_resubmission_goes() {
    let text = "id = \"village\"\ntitle = \"示例\"\nextends = \"national\"\n\
                resubmit = \"returning_desk\"\n\n[[desk]]\nid = \"department\"\n\
                title = \"村审\"\nlimit = 3\n[[route]]\noperations = [\"create\"]\n\
                desks = [\"department\"]\n";
    let standards = village("standard.toml", text).unwrap();
    let village = standards.get("village").unwrap();
    assert_eq!(village.resubmit, Resubmit::ReturningDesk);
    assert_eq!(village.desk("department").and_then(|desk| desk.limit), Some(3));
    assert_eq!(village.desk("attic"), None);
    assert_eq!(standards.national().resubmit, Resubmit::FirstDesk);
    refused("standard.toml", &text.replace("returning_desk", "cellar"), 4, "cellar");
}

#[test]
fn inheritance_that_goes_in_circles_is_refused() {
    let extends =
        |id: &str, base: &str| format!("id = \"{id}\"\ntitle = \"示例\"\nextends = \"{base}\"\n");
    let fault = overlay(&[
        ("hill/standard.toml", &extends("hill", "lake")),
        ("lake/standard.toml", &extends("lake", "hill")),
    ])
    .unwrap_err();
    assert_eq!(fault.to_string(), "规范文件 lake/standard.toml 第 3 行：继承关系成环：hill");
    let fault = overlay(&[("hill/standard.toml", &extends("hill", "sea"))]).unwrap_err();
    assert_eq!(fault.to_string(), "规范文件 hill/standard.toml 第 3 行：没有可继承的规范 sea");
}

#[test]
fn a_check_is_set_only_with_what_it_takes() {
    let set = |lines: &str| format!("\n[[check]]\n{lines}");
    let refused = |lines: &str, reason| refused("checks.toml", &set(lines), 2, reason);
    refused("id = \"Q99\"\n", "没有检查 Q99");
    refused("id = \"Q2\"\nwith = { days = 3 }\n", "检查 Q2 没有参数，不能写 days");
    refused("id = \"Q6\"\nwith = { part = [\"1\"] }\n", "没有参数 part；可以写 full");
    refused("id = \"Q6\"\nwith = { full = 5 }\n", "full 应是[\"…\"] 一组字样");
    refused("id = \"Q10\"\nwith = { least = [\"1\"] }\n", "least 应是一个数");
    refused("id = \"Q6\"\nwith = { full = [\"77\"] }\n", "full 用了规范里没有的“77”");
    refused("id = \"Q10\"\nkinds = [\"XK\"]\n", "kinds 用了没有的事项类型 XK");
    refused("id = \"Q13\"\nwith = { places = [\"roof\"] }\n", "places 用了规范里没有的“roof”");
}

#[test]
fn kinds_of_its_own_ask_for_checks_of_its_own() {
    let letters = NATIONAL_LISTS.replace("01", "XK");
    let fault = village("lists.toml", &letters).unwrap_err();
    assert_eq!(fault.file, "village/checks.toml");
    assert!(fault.reason.contains("继承来的检查 Q10 的 kinds 用了没有的事项类型 01"), "{fault}");
    assert!(fault.reason.contains("请在这个文件里重写这条检查"), "{fault}");
}

#[test]
fn an_overlay_changes_the_attributes_that_it_names_and_no_others() {
    let text = "[[element]]\nkey = \"conditions\"\nlabel = \"办理条件\"\n";
    let standards = village("elements.toml", text).unwrap();
    let mut inherited = standards.national().element("conditions").unwrap().clone();
    let own = standards.get("village").unwrap().element("conditions").unwrap();
    assert_ne!(*own, inherited);
    inherited.label = "办理条件".to_owned();
    assert_eq!(*own, inherited);
    let keys = |id: &str| -> Vec<String> {
        standards.get(id).unwrap().elements().iter().map(|it| it.key.clone()).collect()
    };
    assert_eq!(keys("village"), keys("national"));
}

#[test]
fn a_check_keeps_what_an_overlay_does_not_name() {
    let text = "[[check]]\nid = \"Q10b\"\nseverity = \"off\"\nwith = { least = 3 }\n";
    let standards = village("checks.toml", text).unwrap();
    let own = standards.get("village").unwrap().check("Q10b").unwrap();
    let inherited = standards.national().check("Q10b").unwrap();
    assert_eq!(own.strictness, Some(Strictness::Off));
    assert_eq!((own.number("least"), inherited.number("least")), (Some(3), Some(5)));
    assert_eq!(own.words("steps"), inherited.words("steps"));
    assert_eq!(own.kinds, inherited.kinds);
}

#[test]
fn a_file_of_the_data_folder_takes_the_place_of_the_shipped_one() {
    let text = "[[element]]\nkey = \"name\"\nhelp = \"改过的说明\"\n";
    let standards = overlay(&[("wushan/elements.toml", text)]).unwrap();
    let wushan = standards.get("wushan").unwrap();
    assert_eq!(wushan.element("name").unwrap().help, "改过的说明");
    let shipped = Standards::shipped().unwrap();
    let shipped = shipped.get("wushan").unwrap();
    assert_eq!(shipped.element("procedure").unwrap().label, "办理程序");
    assert_ne!(wushan.element("procedure").unwrap().label, "办理程序");
}

#[test]
fn the_hash_changes_with_any_file_it_is_made_of() {
    let shipped = Standards::shipped().unwrap();
    let hash = |standards: &Standards, id: &str| standards.get(id).unwrap().hash.clone();
    let changed = overlay(&[(
        "wushan/checks.toml",
        "[[check]]\nid = \"Q10\"\nkinds = [\"XK\"]\n[[check]]\nid = \"Q10b\"\nkinds = [\"XK\"]\n",
    )])
    .unwrap();
    assert_ne!(hash(&changed, "wushan"), hash(&shipped, "wushan"));
    assert_eq!(hash(&changed, "sichuan"), hash(&shipped, "sichuan"));
    assert_eq!(hash(&Standards::shipped().unwrap(), "wushan"), hash(&shipped, "wushan"));

    let of_the_base = overlay(&[("national/codes.toml", "# 没有编码规则\n")]).unwrap();
    assert_ne!(hash(&of_the_base, "wushan"), hash(&shipped, "wushan"));
}

#[test]
fn headers_are_known_however_they_are_written() {
    let standards = Standards::shipped().unwrap();
    let wushan = standards.get("wushan").unwrap();
    let check = |spelling: &str, expected: &str| {
        let place = wushan.header(spelling).flatten().map(ToString::to_string);
        assert_eq!(place.as_deref(), Some(expected), "{spelling}");
    };
    check("事项名称", "name");
    check(" 事项 名称*", "name");
    check("承诺时限（工作日）", "limits.promised");
    check("ＴＡＳＫ＿ＮＡＭＥ", "name");
    check("task_name", "name");
    check("AUDIT_MATERIAL[].material_name", "materials[].name");
    check("实施主体", "body.name");
    assert_eq!(wushan.header("屋顶"), None);
    assert_eq!(wushan.header("ROW_GUID"), Some(None));
}

#[test]
fn a_code_list_reads_codes_labels_and_other_spellings() {
    let standards = Standards::shipped().unwrap();
    let check = |standard: &str, text: &str, expected: Option<&str>| {
        let list = standards.get(standard).unwrap().list(KIND_LIST).unwrap();
        assert_eq!(list.read(text).map(|it| it.code.as_str()), expected, "{standard} {text}");
    };
    check("national", "01", Some("01"));
    check("national", "1", Some("01"));
    check("national", " 行政许可 ", Some("01"));
    check("wushan", "许可", Some("XK"));
    check("guangdong", "公共服务", Some("21"));
    check("guangdong", "20", Some("20"));
    check("sichuan", "10", Some("10"));
    check("national", "看风水", None);
    check("national", "", None);
}

#[test]
fn an_element_is_required_by_kind_or_by_another_element() {
    let standards = Standards::shipped().unwrap();
    let national = standards.national();
    let requires = |key: &str, kind: &str, content: &Content| {
        national.requires(national.element(key).unwrap(), kind, content)
    };
    let empty = Content::new();
    assert!(requires("name", "06", &empty));
    assert!(requires("conditions", "01", &empty));
    assert!(!requires("conditions", "06", &empty));
    assert!(!requires("fees.basis", "01", &empty));
    let charged = Content::new().with("fees.charged", crate::content::Value::Flag(true));
    assert!(requires("fees.basis", "01", &charged));
    let delegated = crate::content::Value::Codes(vec!["2".into()]);
    let delegated = Content::new().with("authority.source", delegated);
    assert!(requires("authority.superior", "01", &delegated));
}

#[test]
fn kinds_take_the_route_that_names_them() {
    let standards = Standards::shipped().unwrap();
    let check = |standard: &str, operation, kind: &str, expected: &[&str]| {
        let route = standards.get(standard).unwrap().route(operation, kind).unwrap();
        assert_eq!(route.desks, expected, "{standard} {kind}");
    };
    check("wushan", Operation::Create, "XK", &["department", "establishment", "service"]);
    check("wushan", Operation::Change, "BM", &["department", "service"]);
    check("yunnan", Operation::Create, "01", &["establishment", "service"]);
    check("yunnan", Operation::Withdraw, "01", &["establishment"]);
    check("heilongjiang", Operation::Create, "01", &["department", "legal", "service"]);
    check("guangdong", Operation::Create, "21", &["department", "service"]);
    for standard in standards.iter() {
        for operation in Operation::ALL {
            for kind in standard.kinds() {
                assert!(standard.route(operation, &kind.code).is_some(), "{}", standard.id);
            }
        }
        check(&standard.id, Operation::Baseline, "01", &[]);
    }
}

#[test]
fn each_region_has_its_own_word_for_a_state() {
    let standards = Standards::shipped().unwrap();
    let check = |standard: &str, state, desk: Option<&str>, expected: &str| {
        let word = standards.get(standard).unwrap().state_word(state, desk);
        assert_eq!(word, expected, "{standard}");
    };
    check("yunnan", State::InReview, Some("establishment"), "部门已审核");
    check("yunnan", State::InReview, Some("service"), "编办已审核");
    check("yunnan", State::Published, None, "已入库");
    check("wushan", State::InReview, Some("service"), "待政务中心审核");
    check("national", State::InReview, Some("service"), "审核中");
    for standard in standards.iter() {
        for state in State::ALL {
            assert_ne!(standard.state_word(state, None), state.as_str(), "{}", standard.id);
        }
    }
}

#[test]
fn places_are_written_as_they_are_read() {
    let texts = [
        "row_number",
        "item.code",
        "region.name",
        "name",
        "materials[].name",
        "limits.promised.unit",
    ];
    for text in texts {
        let place: Place = text.parse().unwrap();
        assert_eq!(place.to_string(), text);
    }
    for (fact, name) in Fact::ALL {
        assert_eq!(name.parse::<Place>().unwrap(), Place::Fact(fact));
    }
}

#[test]
fn each_section_says_how_far_it_is_filled_and_what_is_wrong_in_it() {
    let standards = Standards::shipped().unwrap();
    let wushan = standards.get("wushan").unwrap();
    let text = |text: &str| Value::Text(text.to_owned());
    let content = Content::new()
        .with("name", text("示例许可"))
        .with("conditions", text("无"))
        .with("fees.charged", Value::Flag(false));
    let record = ItemRecord {
        standard: "wushan".into(),
        region: "620524".parse().unwrap(),
        body: BodyRef { name: "武山县民政局".into(), credit_code: None, letters: None },
        code: None,
        kind: "XK".into(),
        parent: None,
        position: None,
        effective_on: None,
        content,
    };
    let found = |element: &str| Finding::error("Q", element, String::new(), String::new());
    let warning = Finding { severity: Severity::Warning, ..found("name") };
    let findings =
        [found("materials[].name"), found("limits.promised"), found("item.kind"), warning];
    let progress = wushan.progress(&record, &findings);
    let of = |id: &str| *progress.iter().find(|it| it.section.id == id).unwrap();
    assert_eq!((of("identity").filled, of("identity").n_warnings), (1, 1));
    assert_eq!((of("materials").filled, of("materials").n_errors), (0, 1));
    assert_eq!((of("materials").required_missing, of("limits").n_errors), (1, 1));
    assert_eq!(of("fees").filled, 1);
    assert_eq!(of("eligibility").filled, 0, "a word for nothing fills nothing");
    assert!(of("eligibility").required_missing > 0);
    let total: usize = progress.iter().map(|it| it.total).sum();
    assert_eq!(total, wushan.elements().len());
    assert_eq!(progress.iter().map(|it| it.n_errors).sum::<usize>(), 2);
}
