//! What people type, by kind of question; each is asked once, so that none is remembered.

use std::collections::HashSet;

use domain::region::{Level, regions};
use fastrand::Rng;
use pinyin::ToPinyin;
use search::Query;

use crate::{SEED, catalogue::Shapes};

/// Questions of each kind, where there are so many different ones.
const EACH: usize = 400;

/// Words that stand in a good part of all names.
const COMMON: [&str; 12] =
    ["登记", "许可", "备案", "证", "企业", "变更", "审批", "注销", "申请", "建设", "补贴", "资格"];

pub(crate) struct Kind {
    pub(crate) name: &'static str,
    pub(crate) queries: Vec<Query>,
}

pub(crate) fn kinds(shapes: &Shapes, n_items: usize) -> Vec<Kind> {
    let mut chance = Rng::with_seed(SEED);
    let names: Vec<Vec<char>> = shapes.names.iter().map(|it| it.name.chars().collect()).collect();
    let n_counties = n_items.div_ceil(shapes.names.len());
    let counties: Vec<_> = shapes.counties().take(n_counties).collect();
    let words = |text: String| Query { words: text, ..Query::default() };
    let mut kinds = vec![
        kind("整个名称", &mut chance, |chance| words(pick(chance, &names).iter().collect())),
        kind("名称里的几个字", &mut chance, |chance| words(part(chance, &names, 4..=7))),
        kind("两处的词", &mut chance, |chance| {
            let two = [part(chance, &names, 2..=3), part(chance, &names, 2..=3)];
            words(two.join(" "))
        }),
        kind("拼音首字母", &mut chance, |chance| {
            words(sound(&part(chance, &names, 3..=5), |it| it[..1].to_owned()))
        }),
        kind("全拼", &mut chance, |chance| {
            words(sound(&part(chance, &names, 2..=4), str::to_owned))
        }),
        kind("错一个字", &mut chance, |chance| {
            let mut text: Vec<char> = part(chance, &names, 4..=6).chars().collect();
            let at = chance.usize(0..text.len());
            let other = pick(chance, &names);
            text[at] = other[chance.usize(0..other.len())];
            words(text.into_iter().collect())
        }),
        kind("编码", &mut chance, |chance| words(shapes.code(chance.usize(0..n_items)))),
        kind("最常见的词", &mut chance, |chance| {
            let common = chance.choice(COMMON).unwrap_or_default();
            let region = chance.bool().then(|| *chance.choice(&counties).expect("a county"));
            Query { region, ..words(common.to_owned()) }
        }),
        kind("限定一个县", &mut chance, |chance| Query {
            region: chance.choice(&counties).copied(),
            and_above: true,
            ..words(part(chance, &names, 2..=5))
        }),
        kind("只用筛选", &mut chance, |chance| Query {
            region: chance.choice(&counties).copied(),
            kinds: vec![
                chance.choice(["行政许可", "行政确认", "便民服务"]).expect("one").to_owned(),
            ],
            frequent: chance.bool(),
            ..Query::default()
        }),
    ];
    let provinces = regions::all().filter(|it| it.level == Level::Province).map(|it| it.code);
    let whole: Vec<Query> =
        provinces.map(|it| Query { region: Some(it), ..Query::default() }).collect();
    kinds.push(Kind { name: "一个省的全部", queries: whole });
    kinds
}

fn kind(name: &'static str, chance: &mut Rng, make: impl Fn(&mut Rng) -> Query) -> Kind {
    let mut queries: Vec<Query> = Vec::new();
    let mut known = HashSet::new();
    for _ in 0..EACH * 4 {
        let query = make(chance);
        if queries.len() < EACH && known.insert(query.clone()) {
            queries.push(query);
        }
    }
    Kind { name, queries }
}

fn pick<'a>(chance: &mut Rng, names: &'a [Vec<char>]) -> &'a [char] {
    &names[chance.usize(0..names.len())]
}

/// Returns some neighbouring characters of a name.
fn part(chance: &mut Rng, names: &[Vec<char>], length: std::ops::RangeInclusive<usize>) -> String {
    let name = pick(chance, names);
    let length = chance.usize(length).min(name.len());
    let from = chance.usize(0..=name.len() - length);
    name[from..from + length].iter().collect()
}

fn sound(text: &str, each: impl Fn(&str) -> String) -> String {
    text.chars().filter_map(|c| c.to_pinyin()).map(|it| each(it.plain())).collect()
}
