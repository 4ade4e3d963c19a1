//! Flows to be drawn: those of the demo, and others by chance.

use std::{fmt::Write as _, ops::Range, path::PathBuf};

use domain::{content::keys, item::ItemRecord};
use serde_json::{Value, json};

/// The items of the demo.
pub(crate) fn of_demo() -> Vec<ItemRecord> {
    let files = ["wushan/items.jsonl", "approvals/items.jsonl"];
    let text = files.map(|file| {
        let path: PathBuf = [env!("CARGO_MANIFEST_DIR"), "../../demo", file].iter().collect();
        std::fs::read_to_string(path).unwrap()
    });
    let items = text.iter().flat_map(|it| it.lines());
    let items = items.map(|line| serde_json::from_str::<ItemRecord>(line).unwrap());
    let items: Vec<ItemRecord> =
        items.filter(|it| !it.content.rows(keys::STEPS).is_empty()).collect();
    assert!(items.len() > 40, "the demo has flows");
    items
}

/// Flows of up to sixty symbols in which every step is reached, one for each seed: conditions
/// with two to four exits forward and back, steps with several exits, ends of other kinds.
pub(crate) fn random(seeds: Range<u64>) -> Vec<ItemRecord> {
    seeds.map(|seed| item(&format!("示例许可{seed}"), steps(&mut Chance::of(seed)))).collect()
}

/// A flow whose steps say all that 岗位说明 shows.
pub(crate) fn with_all_of_a_post() -> ItemRecord {
    let step = |name: &str, post: &str, next: &str| {
        json!({
            "name": name, "post": post, "officer": "示例人员", "duty": "核对材料；一次告知。",
            "limit": {"limit": 2, "unit": "working_day"}, "basis": "《示例办法》第三条", "next": next,
        })
    };
    let condition = json!({
        "name": "材料齐全？", "shape": ["condition"], "next": "齐全→决定；不齐（一次）→补正",
    });
    let steps = [
        step("收件", "窗口收件岗", ""),
        condition,
        step("补正", "申请人", "收件"),
        step("决定", "决定岗", ""),
    ];
    item("示例许可", steps.to_vec())
}

fn item(name: &str, mut steps: Vec<Value>) -> ItemRecord {
    for (at, step) in steps.iter_mut().enumerate() {
        step["id"] = json!(format!("r{}", at + 1));
        let fields = step.as_object_mut().unwrap();
        fields.retain(|_, value| value != "");
    }
    let record = json!({
        "standard": "wushan", "region": "620524",
        "body": {"name": "武山县民政局", "letters": "MZ"}, "kind": "XK",
        "content": {"name": name, "steps": steps},
    });
    serde_json::from_value(record).unwrap()
}

fn steps(chance: &mut Chance) -> Vec<Value> {
    const NAMES: [&str; 6] =
        ["受理", "对申请材料进行形式审查", "现场勘验并出具意见", "决定", "听证", "公示五个工作日"];
    const POSTS: [&str; 4] = ["窗口受理岗", "审查岗", "申请人", "局领导"];
    const UNITS: [&str; 4] = ["minute", "hour", "working_day", "day"];
    const LABELS: [&str; 3] = ["不符合", "材料不齐全（一次）", "需要听证或者专家评审的"];
    let n = 3 + chance.below(50);
    let names: Vec<String> = (0..n).map(|at| format!("{}{at}", NAMES[chance.below(6)])).collect();
    let mut steps = Vec::new();
    let mut n_ends = 0;
    for at in 0..n {
        let branches = at + 1 < n && chance.below(10) < 3;
        let mut next = String::new();
        if branches {
            write!(next, "符合→{}", names[at + 1]).unwrap();
            let mut taken = vec![at, at + 1];
            for label in &LABELS[..1 + chance.below(3)] {
                let to = match chance.below(4) {
                    0 => chance.below(at + 1),
                    _ => at + 1 + chance.below(n - at - 1),
                };
                if !taken.contains(&to) {
                    taken.push(to);
                    write!(next, "；{label}→{}", names[to]).unwrap();
                }
            }
            if taken.len() == 2 || chance.below(4) == 0 {
                n_ends += 1;
                write!(next, "；不予办理→不予办理{n_ends}").unwrap();
            }
        } else if at + 1 == n {
            next = "结束".into();
        }
        let is_condition = branches && chance.below(3) > 0;
        let mut step = json!({ "name": names[at], "next": next });
        if is_condition {
            step["shape"] = json!(["condition"]);
        } else {
            let unit = UNITS[chance.below(UNITS.len())];
            step["post"] = json!(POSTS[chance.below(POSTS.len())]);
            if chance.below(4) > 0 {
                step["limit"] = json!({ "limit": 1 + chance.below(9), "unit": unit });
            }
        }
        steps.push(step);
    }
    let ends =
        (1..=n_ends).map(|nth| json!({ "name": format!("不予办理{nth}"), "shape": ["end"] }));
    steps.extend(ends);
    steps
}

/// Chance that is the same for the same seed.
struct Chance(u64);

impl Chance {
    fn of(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(1))
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}
