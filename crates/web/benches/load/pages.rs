//! Guide pages over HTTP, beside a bare handler that sends the same bytes.

use std::{collections::BTreeSet, env, fs, process::Command, time::Instant};

use fastrand::Rng;

use crate::{
    Outcome, SEED,
    catalogue::Shapes,
    client::{self, Request, Run},
    figures::{megabytes, millis, print},
    program::{self, Program},
};

const PART: &str = "办事指南";
const CLIENTS: usize = 16;
const REQUESTS: usize = 60_000;
const WARMING: usize = 300_000;

/// Pages that the bare handler keeps and sends.
const SAMPLED: usize = 2_000;

pub(crate) fn measure(program: &Program, shapes: &Shapes, n_items: usize) -> Outcome<()> {
    let path = |number: usize| Request::page(&format!("/items/{}", shapes.code(number)));
    let started = Instant::now();
    let server = program.serve()?;
    client::fetch(&server.address, &path(0))?;
    print(PART, "从启动到第一页", &millis(started.elapsed()), "");

    let mut chance = Rng::with_seed(SEED);
    let uniform: Vec<Request> = (0..REQUESTS).map(|_| path(chance.usize(0..n_items))).collect();
    let zipf = zipf(&mut chance, n_items);
    let mut asked = |n| -> Vec<Request> { (0..n).map(|_| path(zipf(&mut chance))).collect() };
    let (warming, zipf) = (asked(WARMING), asked(REQUESTS));
    let limit = bare(program, &server.address, &uniform)?;
    report("均匀随机", client::run(&server.address, &uniform, CLIENTS)?, &limit);
    // What is asked for often is known after a while; the days before are not measured.
    client::run(&server.address, &warming, CLIENTS)?;
    report("按 Zipf 分布", client::run(&server.address, &zipf, CLIENTS)?, &limit);
    others(&server.address, shapes, n_items)?;
    print(PART, "服务中的匿名内存", &megabytes(server.anonymous_memory()?), "");
    Ok(())
}

fn report(what: &str, mut run: Run, limit: &Run) {
    let ratio = run.per_second() / limit.per_second();
    let figure = format!("{:.0} 页/秒，{}", run.per_second(), run.times.spread());
    let limit = format!("{:.0} 页/秒（{ratio:.2}）", limit.per_second());
    print(PART, what, &figure, &limit);
}

/// Pages that are made of many items, each asked for one after another.
fn others(address: &str, shapes: &Shapes, n_items: usize) -> Outcome<()> {
    let n_counties = n_items.div_ceil(shapes.names.len());
    let counties: Vec<_> = shapes.counties().take(n_counties).collect();
    let provinces: BTreeSet<String> =
        counties.iter().map(|county| county.to_string()[..2].to_owned()).collect();
    let of_each = |path: &str, places: Vec<String>| -> Vec<Request> {
        places.iter().map(|it| Request::page(&format!("{path}?region={it}"))).collect()
    };
    let few: Vec<String> = counties.iter().take(200).map(ToString::to_string).collect();
    // There are few: each is asked for again, in turn, until there are as many answers.
    let provinces: Vec<String> = provinces.iter().cloned().cycle().take(200).collect();
    let all = vec!["all".to_owned(); 50];
    let asked = [
        ("首页，全部地区", of_each("/", all.clone())),
        ("首页，一个省", of_each("/", provinces.clone())),
        ("首页，一个县", of_each("/", few)),
        ("变化（Atom），全部地区", vec![Request::page("/changes.atom"); 50]),
        ("变化（Atom），一个省", of_each("/changes.atom", provinces)),
        ("站点地图", vec![Request::page("/sitemap.xml"); 20]),
    ];
    for (what, requests) in asked {
        let mut run = client::run(address, &requests, 1)?;
        print("其他页面", what, &run.times.spread(), "");
    }
    Ok(())
}

/// Measures the bare handler on the same bytes.
fn bare(program: &Program, address: &str, requests: &[Request]) -> Outcome<Run> {
    let folder = program.folder().join("pages");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    for (at, request) in requests.iter().take(SAMPLED).enumerate() {
        fs::write(folder.join(at.to_string()), client::fetch(address, request)?)?;
    }
    let mut command = Command::new(env::current_exe()?);
    command.arg("bare").arg(program.folder());
    let server = program::start(command)?;
    let sampled = |at: usize| Request::page(&format!("/items/{}", at % SAMPLED));
    let requests: Vec<Request> = (0..REQUESTS).map(sampled).collect();
    client::run(&server.address, &requests[..SAMPLED], CLIENTS)?;
    client::run(&server.address, &requests, CLIENTS)
}

/// Returns a chooser of items: the n-th most asked for is asked for 1/n as often as the first.
fn zipf(chance: &mut Rng, n_items: usize) -> impl Fn(&mut Rng) -> usize + use<> {
    let mut sum = 0.0;
    let sums: Vec<f64> = (1..=n_items)
        .map(|rank| {
            sum += 1.0 / rank as f64;
            sum
        })
        .collect();
    // Which items are asked for most has nothing to do with where they stand.
    let mut order: Vec<usize> = (0..n_items).collect();
    chance.shuffle(&mut order);
    move |chance| order[sums.partition_point(|it| *it < chance.f64() * sum).min(n_items - 1)]
}
