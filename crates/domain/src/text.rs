//! Small matters of Chinese text that several rooms share.

/// Folds full-width ASCII and the ideographic space to their half-width forms.
pub fn fold_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '\u{3000}' => ' ',
            '\u{ff01}'..='\u{ff5e}' => {
                char::from_u32(c as u32 - 0xfee0).expect("the block mirrors ASCII")
            }
            c => c,
        })
        .collect()
}

/// Takes off what nobody sees of a text: white space around it and at the ends of its lines,
/// and the other ways to end a line. Every table and document that we write keeps the rest.
pub fn tidy(text: &str) -> String {
    let text = text.trim();
    if !text.contains(['\n', '\r']) {
        return text.to_owned();
    }
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.lines().map(str::trim_end).collect::<Vec<_>>().join("\n")
}

/// Says in Chinese what the TOML reader found wrong.
pub fn toml_fault(message: &str) -> String {
    let message = message.trim();
    let named = message.split('`').skip(1).step_by(2).collect::<Vec<_>>();
    let others = |from: usize| named.get(from..).unwrap_or_default().join("、");
    match (message, named.as_slice()) {
        (it, [name, _, ..]) if it.starts_with("unknown field") => {
            format!("不认识 {name}；可以写 {}", others(1))
        }
        (it, [name, _, ..]) if it.starts_with("unknown variant") => {
            format!("不能写 {name}；可以写 {}", others(1))
        }
        (it, [name]) if it.starts_with("missing field") => format!("缺少 {name}"),
        (it, _) if it.starts_with("duplicate key") => "同一个名字写了两次".to_owned(),
        (it, _) if it.starts_with("invalid type") => format!("值的种类不对（{it}）"),
        (it, _) => format!("不合 TOML 的写法（{it}）"),
    }
}
