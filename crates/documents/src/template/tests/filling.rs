use super::*;

/// Returns the body of what a template with this body is filled to.
fn filled(body: &str, fillings: &Fillings) -> String {
    let bytes = Docx::of(body).read().unwrap().fill(fillings);
    let document = part_of(&bytes, "word/document.xml");
    let (_, body) = document.split_once("<w:body>").unwrap();
    body.strip_suffix("</w:body></w:document>").unwrap().to_owned()
}

fn words(body: &str, fillings: &Fillings) -> Vec<Line> {
    Docx::of(body).read().unwrap().preview(fillings)
}

fn said(text: &str) -> Line {
    Line::Paragraph(text.to_owned())
}

fn row(cells: &[&str]) -> Line {
    Line::Row(cells.iter().map(|it| (*it).to_owned()).collect())
}

#[test]
fn fields_are_told_with_their_place() {
    let table = format!(
        "<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        p("材料"),
        p("{{ 申请材料.材料名称 }}")
    );
    let header = format!("<w:hdr xmlns:w=\"{W}\">{}</w:hdr>", p("｛｛文号｝｝"));
    let template = Docx::of(&format!("{}{}{table}", p("甲{{事项名称}}乙"), p("丙")))
        .leads("header", "header1.xml", "")
        .part("word/header1.xml", header)
        .read()
        .unwrap();
    let marks: Vec<_> = template.marks().iter().map(|it| (&*it.text, &*it.place)).collect();
    assert_eq!(
        marks,
        [
            ("事项名称", "正文第 1 段"),
            ("申请材料.材料名称", "正文的表 1 第 1 行第 2 格"),
            ("文号", "页眉第 1 段"),
        ]
    );
    assert!(template.marks()[1].row.is_some() && template.marks()[0].row.is_none());
}

#[test]
fn a_field_that_word_cut_into_runs_is_filled_in_the_first_ones_format() {
    let body = "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>号：{</w:t></w:r><w:proofErr w:type=\"spellStart\"/>\
                <w:r><w:t>{文</w:t></w:r><w:r><w:t xml:space=\"preserve\">号}} 完</w:t></w:r></w:p>";
    let filled = filled(body, &fillings([("文号", text("甲〔2026〕1号"))]));
    assert_eq!(
        filled,
        "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t xml:space=\"preserve\">号：甲〔2026〕1号</w:t></w:r>\
         <w:proofErr w:type=\"spellStart\"/><w:r><w:t xml:space=\"preserve\"></w:t></w:r>\
         <w:r><w:t xml:space=\"preserve\"> 完</w:t></w:r></w:p>"
    );
}

#[test]
fn a_value_is_text_and_nothing_else() {
    let hostile = "甲<w:br/>&amp;\u{0}\"{{事项名称}}";
    let body = p("{{填写:申请人}}");
    let values = fillings([("填写:申请人", text(hostile)), ("事项名称", text("错"))]);
    let shown = words(&body, &values);
    assert_eq!(shown, [said("甲<w:br/>&amp;□\"{{事项名称}}")]);
    assert!(!filled(&body, &values).contains("<w:br/>"));
}

#[test]
fn lines_of_a_value_stay_lines() {
    let values = fillings([("填写多行:意见", text("同意。\n请按期办理。"))]);
    assert_eq!(words(&p("{{填写多行:意见}}"), &values), [said("同意。\n请按期办理。")]);
    let filled = filled(&p("{{填写多行:意见}}"), &values);
    assert!(
        filled.contains("同意。</w:t><w:br/><w:t xml:space=\"preserve\">请按期办理。"),
        "{filled}"
    );
}

const LIST: &str = "<w:tbl><w:tblPr/><w:tr><w:tc><w:p><w:r><w:t>材料</w:t></w:r></w:p></w:tc></w:tr>\
    <w:tr w14:paraId=\"1A\" w14:textId=\"2B\"><w:tc><w:p w14:paraId=\"3C\"><w:bookmarkStart w:id=\"0\" \
    w:name=\"_GoBack\"/><w:bookmarkEnd w:id=\"0\"/><w:r><w:t>{{申请材料.序号}}、{{申请材料.材料名称}}\
    （{{事项名称}}）</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";

#[test]
fn a_row_with_columns_of_a_list_is_repeated_for_each_of_its_rows() {
    let values = fillings([
        ("申请材料.序号", column(&["1", "2"])),
        ("申请材料.材料名称", column(&["申请书", "身份证"])),
        ("事项名称", text("某事")),
    ]);
    assert_eq!(
        words(LIST, &values),
        [row(&["材料"]), row(&["1、申请书（某事）"]), row(&["2、身份证（某事）"])]
    );
    let filled = filled(LIST, &values);
    for once in ["w14:paraId=\"1A\"", "w14:textId=\"2B\"", "w14:paraId=\"3C\"", "_GoBack"] {
        assert_eq!(filled.matches(once).count(), 1, "{once} in {filled}");
    }
}

#[test]
fn a_list_without_rows_leaves_one_empty_row() {
    let empty = column(&[]);
    let values = fillings([("申请材料.序号", empty.clone()), ("申请材料.材料名称", empty)]);
    assert_eq!(words(LIST, &values), [row(&["材料"]), row(&["、（）"])]);
}

#[test]
fn a_list_in_a_table_within_a_table_repeats_the_inner_row_only() {
    let body =
        format!("<w:tbl><w:tr><w:tc>{}{LIST}{}</w:tc></w:tr></w:tbl>", p("{{事项名称}}"), p("完"));
    let values =
        fillings([("申请材料.材料名称", column(&["甲", "乙", "丙"])), ("事项名称", text("某事"))]);
    let filled = filled(&body, &values);
    assert_eq!(filled.matches("<w:tr").count(), 5, "{filled}");
    assert_eq!(filled.matches(">完<").count(), 1, "{filled}");
}

#[test]
fn what_is_no_field_stays_byte_for_byte() {
    let styles = format!("<w:styles xmlns:w=\"{W}\"><w:style w:styleId=\"a\"/></w:styles>");
    let picture = b"\x89PNG\r\n\x1a\n and the rest".to_vec();
    let body = format!("{}{}", p("不变 &quot;的&#x4E00;段"), p("{{事项名称}}"));
    let docx = Docx::of(&body)
        .leads("styles", "styles.xml", "")
        .part("word/styles.xml", styles.clone())
        .leads("image", "media/image1.png", "")
        .part("word/media/image1.png", picture.clone());
    let given = docx.bytes();
    let template = Template::read(&given).unwrap();
    let values = fillings([("事项名称", text("某事"))]);
    let filled = template.fill(&values);
    assert_eq!(filled, template.fill(&values), "the same values give the same bytes");
    let before = package::read(&given).unwrap().parts;
    let after = package::read(&filled).unwrap().parts;
    for (before, after) in before.iter().zip(&after) {
        assert_eq!(before.name, after.name);
        if before.name != "word/document.xml" {
            assert_eq!(before.bytes, after.bytes, "{}", before.name);
        }
    }
    let document = part_of(&filled, "word/document.xml");
    let without = String::from_utf8(before[3].bytes.clone()).unwrap();
    let changed = "<w:t xml:space=\"preserve\">某事</w:t>";
    assert_eq!(document, without.replace("<w:t>{{事项名称}}</w:t>", changed));
}

#[test]
fn both_copies_of_a_text_box_are_filled_and_told_once() {
    let inner = p("{{文号}}");
    let body = format!(
        "<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent>{inner}\
         </w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{inner}</w:txbxContent>\
         </mc:Fallback></mc:AlternateContent></w:r></w:p>"
    );
    assert_eq!(Docx::of(&body).read().unwrap().marks().len(), 1);
    let filled = filled(&body, &fillings([("文号", text("甲1号"))]));
    assert_eq!(filled.matches("甲1号").count(), 2);
}

#[test]
fn braces_without_their_pair_are_told_with_their_place() {
    for body in [
        p("甲{{文号"),
        p("甲文号}}"),
        p("{{文{{号}}"),
        "<w:p><w:r><w:t>{{文</w:t><w:br/><w:t>号}}</w:t></w:r></w:p>".to_owned(),
        format!("{}{}", p("{{文"), p("号}}")),
    ] {
        let faults = Docx::of(&body).read().unwrap_err();
        assert!(
            faults.iter().all(|it| it.to_string().contains("没有写完整")) && !faults.is_empty(),
            "{body}: {faults:?}"
        );
        assert!(faults[0].to_string().starts_with("正文第 1 段"), "{faults:?}");
    }
    assert!(Docx::of(&p("{单个}大括号")).read().unwrap().marks().is_empty());
}
