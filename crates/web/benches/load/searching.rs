//! Searches: of the index alone, and as pages over HTTP.

use std::{sync::Mutex, thread, time::Instant};

use search::{Index, Query};

use crate::{
    Outcome,
    catalogue::Shapes,
    client::{self, Request},
    figures::{Times, millis, print},
    program::Program,
    queries::{self, Kind},
};

const PART: &str = "检索";
const CLIENTS: usize = 16;

pub(crate) fn measure(program: &Program, shapes: &Shapes, n_items: usize) -> Outcome<()> {
    let kinds = queries::kinds(shapes, n_items);
    let index = Index::open(&program.data().join("index"))?;
    // Dictionaries are loaded and files are paged in; what was asked for is not asked again.
    index.search(&Query { words: "身份证遗失 sfz".to_owned(), ..Query::default() })?;
    for kind in &kinds {
        let mut times = Times::default();
        for query in &kind.queries {
            let started = Instant::now();
            index.search(query)?;
            times.add(started.elapsed());
        }
        print(PART, &format!("1 个用户，{}", kind.name), &times.spread(), "");
    }
    drop(index);
    together(program, &kinds)?;
    pages(program, &kinds)
}

/// Every kind at once, asked by many.
fn together(program: &Program, kinds: &[Kind]) -> Outcome<()> {
    // Opened anew, so that nothing is remembered.
    let index = Index::open(&program.data().join("index"))?;
    index.search(&Query { words: "身份证遗失 sfz".to_owned(), ..Query::default() })?;
    let mixed = mixed(kinds);
    let next = Mutex::new(mixed.iter());
    let ask = || {
        let mut times: Vec<Times> = kinds.iter().map(|_| Times::default()).collect();
        let taken = || next.lock().ok().and_then(|mut it| it.next());
        while let Some((kind, query)) = taken() {
            let started = Instant::now();
            index.search(query)?;
            times[*kind].add(started.elapsed());
        }
        Ok::<_, search::SearchError>(times)
    };
    let mut by_kind: Vec<Times> = kinds.iter().map(|_| Times::default()).collect();
    let mut all = Times::default();
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(ask)).collect();
        for client in clients {
            let times = client.join().map_err(|_| "a client panicked")??;
            by_kind.iter_mut().zip(times).for_each(|(all, it)| all.append(it));
        }
        Outcome::Ok(())
    })?;
    for (kind, mut times) in kinds.iter().zip(by_kind) {
        print(PART, &format!("16 个用户同时，{}", kind.name), &times.spread(), "");
        all.append(times);
    }
    print(PART, "16 个用户同时，各种合计", &all.spread(), "");
    Ok(())
}

/// The same questions as pages, with all that a page needs.
fn pages(program: &Program, kinds: &[Kind]) -> Outcome<()> {
    let server = program.serve()?;
    let requests: Vec<Request> =
        mixed(kinds).iter().map(|(_, it)| Request::page(&path(it))).collect();
    client::run(&server.address, &requests[..200.min(requests.len())], 1)?;
    let mut run = client::run(&server.address, &requests, CLIENTS)?;
    print(PART, "16 个用户同时，结果页（HTTP）", &run.times.spread(), "");
    print(PART, "结果页（HTTP）", &format!("{:.0} 页/秒", run.per_second()), "");
    print(PART, "一次结果页最久", &millis(run.times.percentile(100)), "");
    Ok(())
}

fn mixed(kinds: &[Kind]) -> Vec<(usize, &Query)> {
    let numbered = kinds.iter().enumerate();
    let mut all: Vec<(usize, &Query)> =
        numbered.flat_map(|(at, kind)| kind.queries.iter().map(move |query| (at, query))).collect();
    fastrand::Rng::with_seed(crate::SEED).shuffle(&mut all);
    all
}

fn path(query: &Query) -> String {
    let region = query.region.map_or("all".to_owned(), |it| it.to_string());
    let mut path = format!("/search?q={}&region={region}", client::encoded(&query.words));
    for kind in &query.kinds {
        path.push_str(&format!("&kind={}", client::encoded(kind)));
    }
    if query.frequent {
        path.push_str("&frequent=1");
    }
    path
}
