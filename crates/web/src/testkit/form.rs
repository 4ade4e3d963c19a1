//! The forms of a page, as a browser without a script sends them.

use scraper::{ElementRef, Html, Selector};

/// Returns the fields of the form that the selector finds, as a browser sends them.
pub(crate) fn fields(html: &str, form: &str) -> Vec<(String, String)> {
    let page = Html::parse_document(html);
    let [form, controls] = [form, "input, select, textarea"].map(|it| Selector::parse(it).unwrap());
    let form = page.select(&form).next().expect("the page has the form");
    form.select(&controls).flat_map(sent).collect()
}

fn sent(control: ElementRef<'_>) -> Vec<(String, String)> {
    let Some(name) = control.attr("name") else { return Vec::new() };
    let pair = |value: &str| vec![(name.to_owned(), value.to_owned())];
    let is_box = matches!(control.attr("type"), Some("checkbox" | "radio"));
    match control.value().name() {
        "textarea" => pair(&control.text().collect::<String>()),
        "select" => {
            let chosen = Selector::parse("option[selected]").unwrap();
            let first = Selector::parse("option").unwrap();
            let option = control.select(&chosen).next().or_else(|| control.select(&first).next());
            pair(option.and_then(|it| it.attr("value")).unwrap_or_default())
        }
        _ if is_box && control.attr("checked").is_none() => Vec::new(),
        _ => pair(control.attr("value").unwrap_or_default()),
    }
}
