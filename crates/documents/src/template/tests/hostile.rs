//! What a template must not hold, each refused by name.

use super::*;

/// Checks that a file is refused, and that one of the reasons says so.
fn refused(docx: Docx, words: &str) {
    let faults = docx.read().expect_err(words);
    let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
    assert!(told.iter().any(|it| it.contains(words)), "{words}: {told:?}");
}

fn with(inner: &str) -> Docx {
    Docx::of(&format!("<w:p><w:r>{inner}</w:r></w:p>"))
}

/// A field as Word writes it, its code in pieces.
fn field(code: &[&str]) -> String {
    let code: String = code
        .iter()
        .map(|it| format!("<w:r><w:instrText xml:space=\"preserve\">{it}</w:instrText></w:r>"))
        .collect();
    format!(
        "<w:p><w:r><w:fldChar w:fldCharType=\"begin\"/></w:r>{code}<w:r>\
         <w:fldChar w:fldCharType=\"separate\"/></w:r><w:r><w:t>1</w:t></w:r><w:r>\
         <w:fldChar w:fldCharType=\"end\"/></w:r></w:p>"
    )
}

#[test]
fn macros_are_refused() {
    let kind = "application/vnd.ms-word.document.macroEnabled.main+xml";
    refused(Docx::of("").main_type(kind), "宏");
    let relation = "http://schemas.microsoft.com/office/2006/relationships/vbaProject";
    refused(Docx::of("").leads(relation, "a.xml", "").part("word/a.xml", "<a/>"), "宏");
    refused(Docx::of("").part("word/vbaProject.bin", "x"), "宏");
    let ui = "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility";
    refused(Docx::of("").leads(ui, "../customUI/ui.xml", "").part("customUI/ui.xml", "<a/>"), "宏");
    refused(
        with(
            "<w:fldChar w:fldCharType=\"begin\"><w:ffData><w:entryMacro w:val=\"m\"/></w:ffData></w:fldChar>",
        ),
        "宏",
    );
}

#[test]
fn embedded_objects_and_controls_are_refused() {
    refused(with("<w:object><o:OLEObject Type=\"Embed\" ProgID=\"Package\"/></w:object>"), "OLE");
    let ole = Docx::of("").leads("oleObject", "embeddings/o.bin", "");
    refused(ole.part("word/embeddings/o.bin", "x"), "OLE");
    let sheet = Docx::of("").leads("package", "embeddings/s.xlsx", "");
    refused(sheet.part("word/embeddings/s.xlsx", "x"), "OLE");
    refused(with("<w:control w:name=\"c\"/>"), "ActiveX");
    let control = Docx::of("").leads("control", "activeX/a.xml", "");
    refused(control.part("word/activeX/a.xml", "<a/>"), "ActiveX");
}

#[test]
fn whatever_is_fetched_from_outside_is_refused() {
    let out = "TargetMode=\"External\"";
    for (kind, target) in [
        ("attachedTemplate", "http://example.com/t.dotm"),
        ("image", "https://example.com/p.png"),
        ("hyperlink", "https://example.com/"),
        ("oleObject", "file:///c:/x.xlsx"),
        ("frame", "\\\\server\\share\\f.htm"),
    ] {
        refused(Docx::of("").leads(kind, target, out), "从外面取");
        refused(Docx::of("").leads(kind, target, ""), "从外面取");
    }
    for picture in [
        "<w:pict><v:shape><v:imagedata src=\"http://example.com/p.png\"/></v:shape></w:pict>",
        "<w:pict><v:shape href=\"javascript:alert(1)\"/></w:pict>",
        "<w:pict><v:fill o:href=\"\\\\server\\p.png\"/></w:pict>",
    ] {
        refused(with(picture), "从外面取");
    }
}

#[test]
fn what_is_taken_in_from_elsewhere_is_refused() {
    let chunk = Docx::of("<w:altChunk r:id=\"r1\"/>").leads("aFChunk", "c.xml", "");
    refused(chunk.part("word/c.xml", "<a/>"), "并入");
    refused(with("<w:subDoc r:id=\"r1\"/>"), "并入");
    let settings = format!("<w:settings xmlns:w=\"{W}\"><w:mailMerge/></w:settings>");
    let merge = Docx::of("").leads("settings", "settings.xml", "");
    refused(merge.part("word/settings.xml", settings), "并入");
}

#[test]
fn fields_that_run_are_refused_however_they_are_written() {
    for code in [
        &["DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe \"/k calc\""][..],
        &[" D", "DE", "AUTO cmd"],
        &["INCLUDETEXT \"http://example.com/x\""],
        &["INCLUDEPICTURE \"http://example.com/x\""],
        &["&#73;NCLUDETEXT x"],
        &["&#73;&#78;&#67;&#76; PAGE"],
        &["LINK Excel.Sheet.8 x"],
        &["MACROBUTTON m 点我"],
        &["DATE \\@ yyyy"],
        &["HYPERLINK \"http://example.com\""],
        &[""],
    ] {
        refused(Docx::of(&field(code)), "域代码");
    }
    refused(Docx::of("<w:p><w:fldSimple w:instr=\" dde cmd \"/></w:p>"), "域代码");
    refused(with("<w:instrText>DDE cmd</w:instrText>"), "域代码");
    let nested =
        field(&["PAGE</w:instrText><w:fldChar w:fldCharType=\"begin\"/><w:instrText>QUOTE 68"]);
    refused(Docx::of(&nested), "域代码");
    for code in [&[" PAGE "][..], &["NUM", "PAGES \\* MERGEFORMAT"], &["page"]] {
        assert!(Docx::of(&field(code)).read().is_ok(), "{code:?}");
    }
    assert!(Docx::of("<w:p><w:fldSimple w:instr=\" PAGE \"/></w:p>").read().is_ok());
}

#[test]
fn declarations_and_instructions_are_refused() {
    let document = |head: &str| {
        let xml = format!("{head}<w:document xmlns:w=\"{W}\"><w:body/></w:document>");
        let mut docx = Docx::of("");
        docx.parts[0].1 = xml.into_bytes();
        docx
    };
    let entities = "<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>";
    refused(document(entities), "声明");
    refused(document("<?xml-stylesheet href=\"x.xsl\"?>"), "声明");
    let unknown = with("<w:t>&b;</w:t>");
    refused(unknown, "不认得实体");
}

#[test]
fn what_would_be_sent_along_unseen_is_refused() {
    refused(with("<w:t>甲</w:t></w:r><w:ins w:id=\"1\"/><w:r>"), "修订");
    refused(
        with("</w:r><w:del w:id=\"1\"><w:r><w:delText>乙</w:delText></w:r></w:del><w:r>"),
        "修订",
    );
    refused(with("<w:commentReference w:id=\"1\"/>"), "批注");
    let comments = Docx::of("").leads("comments", "comments.xml", "");
    refused(comments.part("word/comments.xml", "<a/>"), "批注");
    refused(Docx::of("").part("word/hidden.xml", "<a/>"), "不认得");
    refused(Docx::of("").part("hidden.exe", "MZ"), "不认得");
}

#[test]
fn pictures_are_what_they_say() {
    let picture = |name: &str, bytes: &[u8]| {
        Docx::of("").leads("image", name, "").part(&format!("word/{name}"), bytes)
    };
    refused(picture("p.png", b"MZ\x90"), "图片");
    refused(picture("p.svg", b"<svg/>"), "图片");
    refused(picture("p.wmf", b"\xd7\xcd\xc6\x9a"), "图片");
    assert!(picture("p.png", b"\x89PNG\r\n\x1a\n").read().is_ok());
    let chart = Docx::of("").leads("chart", "charts/c.xml", "");
    refused(chart.part("word/charts/c.xml", "<a/>"), "图表");
}

#[test]
fn a_field_where_nothing_is_filled_is_refused() {
    refused(with("<w:drawing><a:t>{{文号}}</a:t></w:drawing>"), "填不进去");
}

#[test]
fn what_is_no_word_file_is_told_as_such() {
    let told = |bytes: &[u8]| Template::read(bytes).unwrap_err()[0].to_string();
    for bytes in [&b"PK\x03\x04"[..], b"", b"hello", b"%PDF-1.4"] {
        assert!(told(bytes).contains("不是 Word 文档"), "{bytes:?}");
    }
    assert!(told(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1").contains("旧格式"));
    let sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml";
    refused(Docx::of("").main_type(sheet), "不是 Word 文档");
    let mut broken = Docx::of("");
    broken.parts[0].1.truncate(80);
    refused(broken, "读不出来");
}

#[test]
fn names_that_lead_out_of_the_package_are_refused() {
    for name in ["../x.xml", "word/../x.xml", "word\\x.xml", "/x.xml", "WORD/Document.xml"] {
        refused(Docx::of("").part(name, "<a/>"), "读不出来");
    }
}

#[test]
fn a_small_file_that_expands_hugely_is_refused() {
    let huge = Docx::of("").part("word/a.xml", vec![b' '; 65 << 20]);
    refused(huge, "64 MB");
}
