//! 综合查询 as the database answers it: by every element that the standard calls queryable,
//! the first page, a filtered one, and the thousandth reached by its key.

use std::{
    collections::BTreeSet,
    time::{Duration, Instant},
};

use domain::{
    content::keys,
    people::Scope,
    query::{Condition, Query, Said, Standing, Test, facts},
    standard::{Element, Standard, Standards, ValueKind},
};
use fastrand::Rng;
use store::{QueryKey, Store};
use tokio::runtime::Runtime;

use crate::{
    Outcome, SEED,
    catalogue::Shapes,
    figures::{Times, millis, print},
    program::Program,
};

const PART: &str = "综合查询（数据库）";
const LIMIT: &str = "100 ms";

/// Items on a page.
const PAGE: usize = 50;

/// Pages before the thousandth, in one stride.
const FAR: usize = 999 * PAGE;

/// Each is asked so often; the slowest is what counts.
const TIMES: usize = 5;

/// Items that queries take in at once, as the site has them do.
const STEP: u32 = 10;

/// Conditions that are asked of each element, of values that items have.
const EACH: usize = 6;

pub(crate) fn measure(program: &Program, shapes: &Shapes) -> Outcome<()> {
    Runtime::new()?.block_on(async {
        let store = Store::open(&program.database()).await?;
        let standards = Standards::shipped()?;
        follow(&store, &standards).await?;
        let standard = standards.get("wushan").ok_or("the standard is gone")?;
        lists(&store, shapes).await?;
        elements(&store, standard, &values(&store, standard).await?).await?;
        together(&store).await?;
        store.close().await;
        Ok(())
    })
}

async fn follow(store: &Store, standards: &Standards) -> Outcome<()> {
    let started = Instant::now();
    let (mut slowest, mut n_taken) = (Duration::ZERO, 0);
    loop {
        let step = Instant::now();
        let today = web::Clock::System.today();
        // The open site has taken some already, during the import.
        let Some(taken) = store.follow_queries(standards, today, STEP).await? else { break };
        n_taken += taken;
        slowest = slowest.max(step.elapsed());
    }
    let per_second = n_taken as f64 / started.elapsed().as_secs_f64();
    print(PART, "跟上导入", &format!("{per_second:.0} 项/秒"), "");
    print(PART, "跟上时最久的一步", &millis(slowest), "");
    Ok(())
}

/// The whole catalogue, a region, one office.
async fn lists(store: &Store, shapes: &Shapes) -> Outcome<()> {
    let county = shapes.counties().next().ok_or("there are no counties")?;
    let province = county.to_string()[..2].parse()?;
    let body = store.bodies(Some(county)).await?.first().ok_or("there are no bodies")?.id;
    for (what, query) in [
        ("全部事项", Query::default()),
        ("一个省", Query { region: Some(province), ..Query::default() }),
        ("一个县", Query { region: Some(county), ..Query::default() }),
        ("一个单位", Query { body: Some(body), ..Query::default() }),
    ] {
        report(store, what, &[query]).await?;
    }
    Ok(())
}

/// Returns what some items say, so that conditions ask for what there is, rare and common.
async fn values(store: &Store, standard: &Standard) -> Outcome<Vec<Said>> {
    let mut said = Vec::new();
    let mut after = None;
    for _ in 0..20 {
        let page = store.query(Scope::Everywhere, &Query::default(), after, PAGE).await?;
        for item in store.found(Scope::Everywhere, &page.items).await? {
            let standing = Standing {
                current: &item.current,
                open: None,
                live: Some(&item.current),
                findings: &[],
            };
            said.push(Said::of(standing, Some(standard)));
        }
        after = page.next;
    }
    Ok(said)
}

async fn elements(store: &Store, standard: &Standard, said: &[Said]) -> Outcome<()> {
    let mut chance = Rng::with_seed(SEED);
    for element in standard.elements().iter().filter(|it| it.queryable) {
        let values: BTreeSet<&String> =
            said.iter().filter_map(|it| it.get(&element.key)).flatten().collect();
        let values: Vec<&String> = values.into_iter().collect();
        let queries = conditions(element, &values, &mut chance);
        report(store, &element.label, &queries).await?;
    }
    let fact = |key: &str, test: Test| one(key, test);
    let any_of = |value: &str| Test::AnyOf(vec![value.to_owned()]);
    for (what, queries) in [
        ("事项类型", vec![fact(facts::KIND, any_of("xk")), fact(facts::KIND, any_of("qr"))]),
        ("状态", vec![fact(facts::LIVE, any_of("published")), fact(facts::OPEN, any_of("draft"))]),
        (
            "编码开头",
            ["62", "620524", "62052400m", "11010100aa-xk-000"]
                .map(|it| fact(facts::CODE, Test::Begins(it.into())))
                .into(),
        ),
        ("单位名称", vec![fact(facts::BODY_NAME, Test::Contains("民政局".into()))]),
        ("检查发现", ["q2", "q8", "q0", "没有"].map(|it| fact(facts::FINDING, any_of(it))).into()),
    ] {
        report(store, what, &queries).await?;
    }
    Ok(())
}

fn conditions(element: &Element, values: &[&String], chance: &mut Rng) -> Vec<Query> {
    let mut queries = vec![one(&element.key, Test::Filled), one(&element.key, Test::Empty)];
    for _ in 0..EACH.min(values.len()) {
        let value = values[chance.usize(0..values.len())].clone();
        queries.push(one(&element.key, Test::AnyOf(vec![value.clone()])));
        match element.kind {
            ValueKind::Text => {
                let part: String = value.chars().skip(1).take(2).collect();
                queries.push(one(&element.key, Test::Contains(part.clone())));
                queries.push(one(&element.key, Test::Begins(value.chars().take(3).collect())));
            }
            ValueKind::Number | ValueKind::Limit | ValueKind::Date | ValueKind::Money => {
                let from = Test::Between { from: Some(value.clone()), to: None };
                queries.extend(
                    [from, Test::Between { from: None, to: Some(value) }]
                        .map(|test| one(&element.key, test)),
                );
            }
            _ => {}
        }
    }
    queries
}

fn one(key: &str, test: Test) -> Query {
    let condition = Condition { key: key.to_owned(), test };
    Query { conditions: vec![condition], ..Query::default() }
}

/// Several conditions at once: common ones that few items keep, and words of a name.
async fn together(store: &Store) -> Outcome<()> {
    let any_of = |value: &str| Test::AnyOf(vec![value.to_owned()]);
    let with = |conditions: &[(&str, Test)]| Query {
        conditions: conditions
            .iter()
            .map(|(key, test)| Condition { key: (*key).into(), test: test.clone() })
            .collect(),
        ..Query::default()
    };
    let contains = |word: &str| (keys::NAME, Test::Contains(word.to_owned()));
    let queries = [
        with(&[(keys::CHARGED, any_of("true")), (facts::KIND, any_of("qr"))]),
        with(&[(keys::CHARGED, any_of("false")), (keys::ONLINE, any_of("true"))]),
        with(&[(keys::OBJECTS, any_of("1")), contains("登记"), contains("变更")]),
        with(&[contains("许可"), contains("食品")]),
        with(&[contains("没有这样的"), (facts::KIND, any_of("xk"))]),
    ];
    report(store, "几个条件一起", &queries).await
}

/// Prints the slowest of the first pages, and of the thousandth, of all these questions.
async fn report(store: &Store, what: &str, queries: &[Query]) -> Outcome<()> {
    let (mut first, mut far) = (Times::default(), Times::default());
    let (mut n_far, mut n_short) = (0, 0);
    for query in queries {
        let page = time(store, query, None, &mut first).await?;
        n_short += usize::from(page.1);
        let Some(key) = thousandth(store, query).await? else { continue };
        n_far += 1;
        time(store, query, Some(key), &mut far).await?;
    }
    let slowest = |times: &mut Times| millis(times.percentile(100));
    let mut said = format!("{} 问，最久：首页 {}", queries.len(), slowest(&mut first));
    if n_far > 0 {
        said += &format!("，第 1000 页 {}（{n_far} 问有）", slowest(&mut far));
    }
    if n_short > 0 {
        said += &format!("；{n_short} 问一页没有查满，可接着查");
    }
    print(PART, what, &said, LIMIT);
    Ok(())
}

/// Asks for a page several times, and tells whether it ended early.
async fn time(
    store: &Store,
    query: &Query,
    after: Option<QueryKey>,
    times: &mut Times,
) -> Outcome<(usize, bool)> {
    let mut last = (0, false);
    for _ in 0..TIMES {
        let started = Instant::now();
        let page = store.query(Scope::Everywhere, query, after, PAGE).await?;
        times.add(started.elapsed());
        last = (page.items.len(), page.items.len() < PAGE && page.next.is_some());
    }
    Ok(last)
}

/// Returns the key of the thousandth page, where there are so many.
async fn thousandth(store: &Store, query: &Query) -> Outcome<Option<QueryKey>> {
    let (mut after, mut n_seen) = (None, 0);
    for _ in 0..200 {
        let page = store.query(Scope::Everywhere, query, after, FAR - n_seen).await?;
        n_seen += page.items.len();
        after = page.next;
        if after.is_none() || n_seen == FAR {
            return Ok(after);
        }
    }
    Ok(None)
}
