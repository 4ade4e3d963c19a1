use domain::{content::Value as ContentValue, item::ItemRecord};
use serde_json::Value;

use super::value::Json;

/// Tells whether an object is an item in our own exchange form.
pub(super) fn is_record(json: &Json) -> bool {
    let has = |key| json.get(key).is_some();
    has("standard") && matches!(json.get("body"), Some(Json::Object(_))) && has("content")
}

/// Reads an item in our own exchange form, or says which part of it is wrong.
pub(super) fn read(json: Json) -> Result<ItemRecord, String> {
    let value = Value::from(json);
    if let Some(content) = value.get("content").and_then(Value::as_object) {
        for (key, value) in content {
            if serde_json::from_value::<ContentValue>(value.clone()).is_err() {
                return Err(format!(
                    "content 里“{key}”的值不合写法；请按导出的 items.jsonl 的样子改"
                ));
            }
        }
    }
    serde_json::from_value(value).map_err(|err| words(&err.to_string()))
}

fn words(message: &str) -> String {
    let name = message.split('`').nth(1).unwrap_or_default();
    if message.starts_with("missing field") {
        return format!("缺少“{name}”；请补上，或者从原来的系统重新导出");
    }
    if message.starts_with("unknown field") {
        return format!("多出不认识的“{name}”；请删去");
    }
    format!("不合 items.jsonl 的写法（{message}）；请对照导出的文件改正")
}
