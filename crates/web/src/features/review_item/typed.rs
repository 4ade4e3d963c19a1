use std::collections::HashMap;

use domain::edition::Remark;

/// What a reviewer wrote, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    /// Of each element by its key.
    pub(super) on: HashMap<String, String>,
    /// The element chosen beside those shown, and what is said of it.
    pub(super) other: String,
    pub(super) other_text: String,
    pub(super) remark: String,
    pub(super) fault: Option<String>,
    /// Somebody else was faster.
    pub(super) is_stale: bool,
}

impl Typed {
    pub(super) fn read(fields: &[(String, String)]) -> Typed {
        let mut typed = Typed::default();
        for (key, value) in fields {
            let value = value.trim().to_owned();
            match key.as_str() {
                "other" => typed.other = value,
                "other_text" => typed.other_text = value,
                "remark" => typed.remark = value,
                key => {
                    if let Some(key) = key.strip_prefix("on.").filter(|_| !value.is_empty()) {
                        typed.on.insert(key.to_owned(), value);
                    }
                }
            }
        }
        typed
    }

    /// Returns what was written as remarks: on elements in the order of `order`, then on all.
    pub(super) fn remarks(&self, order: &[&str]) -> Vec<Remark> {
        let mut on: Vec<(&String, &String)> = self.on.iter().collect();
        if !self.other.is_empty() && !self.other_text.is_empty() {
            on.push((&self.other, &self.other_text));
        }
        let place = |key: &str| order.iter().position(|it| *it == key).unwrap_or(order.len());
        on.sort_by_key(|(key, _)| (place(key), (*key).clone()));
        let on = on.into_iter().map(|(key, text)| Remark::on(key, text));
        let all = (!self.remark.is_empty()).then(|| Remark::on_all(&self.remark));
        on.chain(all).collect()
    }

    /// Tells whether words on an element lack the element that they are on.
    pub(super) fn is_without_place(&self) -> bool {
        self.other.is_empty() && !self.other_text.is_empty()
    }
}
