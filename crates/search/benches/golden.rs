//! How well people's words find the items that they mean, on the real items of a province.
//!
//! Each of the everyday terms is asked once; a hit is any item that bears the term. Asked
//! without the everyday names in the index, so that nothing is told beforehand, and with
//! them. Beside it, in the same run, a plain BM25 over the same words of the same items.
//!
//! `cargo bench -p search --bench golden -- FOLDER`, with `items.jsonl` and
//! `daily_terms_to_item.csv` in it; with `--misses` also each term whose item is not first.
#![expect(clippy::print_stdout, reason = "the figures are what it is run for")]

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    env, fs,
    path::Path,
    process::ExitCode,
};

use domain::{
    content::{Content, Value, keys, number_rows},
    item::{BodyRef, ItemId, ItemRecord},
    publication::{Notice, PublicItem, Publication},
    region::RegionCode,
    standard::Standards,
};
use jieba_rs::Jieba;
use search::{Index, Query};
use time::macros::date;

/// How far down the results are read.
const DEPTH: usize = 10;

/// An item as the province's file tells it, with the everyday terms that lead to it.
struct Source {
    code: String,
    fields: serde_json::Map<String, serde_json::Value>,
}

/// The everyday terms, each with the codes of the items meant.
type Terms = BTreeMap<String, HashSet<String>>;

fn main() -> ExitCode {
    let folder = env::args().skip(1).find(|argument| !argument.starts_with("--"));
    match folder.as_deref().map(Path::new).ok_or_else(|| USAGE.to_owned()).and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("golden: {fault}");
            ExitCode::FAILURE
        }
    }
}

const USAGE: &str = "name the folder that holds items.jsonl and daily_terms_to_item.csv";

fn run(folder: &Path) -> Result<(), String> {
    let sources = items(&read(folder, "items.jsonl")?)?;
    let terms = terms(&read(folder, "daily_terms_to_item.csv")?);
    let n_pairs: usize = terms.values().map(HashSet::len).sum();
    println!("{} items, {} terms, {n_pairs} pairs", sources.len(), terms.len());
    println!("{:<44} {:>7} {:>7} {:>7} {:>7}", "", "hit@1", "hit@3", "hit@10", "MRR@10");

    let plain = Plain::of(&sources);
    report("plain BM25 over jieba words", &terms, |term| plain.search(term));
    let without = index(&sources, false)?;
    report("this index, no everyday names in it", &terms, |term| search(&without, term));
    let with = index(&sources, true)?;
    report("this index, everyday names in it", &terms, |term| search(&with, term));
    if env::args().any(|argument| argument == "--misses") {
        misses(&terms, &sources, |term| search(&without, term));
    }
    Ok(())
}

fn read(folder: &Path, name: &str) -> Result<String, String> {
    let path = folder.join(name);
    fs::read_to_string(&path).map_err(|error| {
        let path = path.display();
        format!("{path} can not be read ({error}); {USAGE}")
    })
}

fn items(text: &str) -> Result<Vec<Source>, String> {
    let item = |(line, text): (usize, &str)| {
        let fields: serde_json::Map<_, _> = serde_json::from_str(text)
            .map_err(|error| format!("items.jsonl, line {}: {error}", line + 1))?;
        let code = fields.get("TASK_CODE").and_then(|it| it.as_str()).unwrap_or_default();
        Ok(Source { code: code.to_owned(), fields })
    };
    text.lines().enumerate().map(item).collect()
}

/// Reads `term,code,…`; some terms are quoted for the marks in them.
fn terms(text: &str) -> Terms {
    let mut terms = Terms::new();
    for line in text.lines().skip(1) {
        let (term, rest) = match line.strip_prefix('"') {
            Some(quoted) => {
                let end =
                    (0..quoted.len()).find(|at| quoted[*at..].starts_with("\",")).unwrap_or(0);
                (quoted[..end].replace("\"\"", "\""), &quoted[end + 2..])
            }
            None => {
                let (term, rest) = line.split_once(',').unwrap_or_default();
                (term.to_owned(), rest)
            }
        };
        let code = rest.split(',').next().unwrap_or_default();
        terms.entry(term).or_default().insert(code.to_owned());
    }
    terms
}

fn report(what: &str, terms: &Terms, search: impl Fn(&str) -> Vec<String>) {
    let ranks = terms
        .iter()
        .map(|(term, codes)| search(term).iter().take(DEPTH).position(|code| codes.contains(code)));
    let ranks: Vec<Option<usize>> = ranks.collect();
    let n_terms = ranks.len() as f64;
    let within = |depth: usize| {
        ranks.iter().flatten().filter(|rank| **rank < depth).count() as f64 / n_terms
    };
    let reciprocal: f64 = ranks.iter().flatten().map(|rank| 1.0 / (*rank as f64 + 1.0)).sum();
    println!(
        "{what:<44} {:>7.3} {:>7.3} {:>7.3} {:>7.3}",
        within(1),
        within(3),
        within(DEPTH),
        reciprocal / n_terms
    );
}

fn misses(terms: &Terms, sources: &[Source], search: impl Fn(&str) -> Vec<String>) {
    let names: HashMap<&str, &str> =
        sources.iter().map(|it| (it.code.as_str(), it.text("TASK_NAME"))).collect();
    for (term, codes) in terms {
        let found = search(term);
        let rank = found.iter().take(DEPTH).position(|code| codes.contains(code));
        if rank == Some(0) {
            continue;
        }
        let first = found.first().and_then(|code| names.get(code.as_str())).unwrap_or(&"");
        let meant = codes.iter().next().and_then(|code| names.get(code.as_str())).unwrap_or(&"");
        println!("{:>4} {term} | {first} | {meant}", rank.map_or(-1, |rank| rank as i64 + 1));
    }
}

fn search(index: &Index, term: &str) -> Vec<String> {
    let query = Query { words: term.to_owned(), limit: DEPTH, ..Query::default() };
    index.search(&query).map_or_else(
        |_| Vec::new(),
        |results| results.hits.into_iter().map(|hit| hit.code).collect(),
    )
}

fn index(sources: &[Source], everyday_names: bool) -> Result<Index, String> {
    let standards = Standards::shipped().map_err(|fault| fault.to_string())?;
    let index = Index::in_memory().map_err(|error| error.to_string())?;
    let publications: Vec<Publication> =
        (1..).zip(sources).map(|(seq, source)| source.published(seq, everyday_names)).collect();
    index.apply(&publications, &standards).map_err(|error| error.to_string())?;
    Ok(index)
}

impl Source {
    /// Returns a field's text; 「无」 is how the file says that there is none.
    fn text(&self, field: &str) -> &str {
        let text = self.fields.get(field).and_then(|value| value.as_str()).unwrap_or_default();
        if text == "无" { "" } else { text }
    }

    fn texts(&self, field: &str) -> Vec<&str> {
        let values = self.fields.get(field).and_then(|value| value.as_array());
        values.into_iter().flatten().filter_map(|value| value.as_str()).collect()
    }

    fn published(&self, seq: i64, everyday_names: bool) -> Publication {
        let text = |field| Value::Text(self.text(field).to_owned());
        let material = |name: &str| BTreeMap::from([("name".to_owned(), Value::Text(name.into()))]);
        let materials = self.texts("material_intro").into_iter().map(material).collect();
        let mut content = Content::new()
            .with(keys::NAME, text("TASK_NAME"))
            .with(keys::CATALOGUE_CODE, text("CATAID"))
            .with(keys::CATALOGUE_NAME, text("CATANAME"))
            .with(keys::CONDITIONS, text("accept_standard"))
            .with(keys::MATERIALS, Value::Rows(number_rows(materials)));
        if everyday_names {
            content.put(keys::DAILY_NAMES, text("matter_daily"));
            content.put(keys::SHORT_NAME, text("matter_short"));
        }
        let region = RegionCode::parse(self.text("AREACODE"));
        let record = ItemRecord {
            standard: "guangdong".into(),
            region: region.unwrap_or_else(|_| RegionCode::parse("44").expect("a province")),
            body: BodyRef {
                name: self.text("DEPT_NAME").to_owned(),
                credit_code: None,
                letters: None,
            },
            code: Some(self.code.clone()),
            kind: self.text("TASK_TYPE").to_owned(),
            parent: None,
            position: None,
            effective_on: None,
            content,
        };
        let item = PublicItem {
            edition: 1,
            from: date!(2026 - 01 - 01),
            standard_hash: String::new(),
            item: record,
        };
        Publication { seq, item: ItemId(seq), notice: Notice::Published(item) }
    }
}

/// BM25 as everybody has it: one bag of jieba words an item, k1 1.2, b 0.75.
struct Plain<'a> {
    jieba: Jieba,
    items: Vec<(&'a str, HashMap<String, f64>, f64)>,
    n_with: HashMap<String, f64>,
    average: f64,
}

impl<'a> Plain<'a> {
    fn of(sources: &'a [Source]) -> Plain<'a> {
        let mut plain =
            Plain { jieba: Jieba::new(), items: Vec::new(), n_with: HashMap::new(), average: 0.0 };
        for source in sources {
            let fields = ["TASK_NAME", "CATANAME", "DEPT_NAME", "accept_standard"];
            let mut texts: Vec<&str> = fields.iter().map(|field| source.text(field)).collect();
            texts.extend(source.texts("material_intro"));
            let words = plain.words(&texts.join("\n"));
            let length = words.len() as f64;
            let mut counts: HashMap<String, f64> = HashMap::new();
            for word in words {
                *counts.entry(word).or_default() += 1.0;
            }
            for word in counts.keys() {
                *plain.n_with.entry(word.clone()).or_default() += 1.0;
            }
            plain.items.push((&source.code, counts, length));
        }
        let all: f64 = plain.items.iter().map(|(.., length)| length).sum();
        plain.average = all / plain.items.len() as f64;
        plain
    }

    fn words(&self, text: &str) -> Vec<String> {
        let words = self.jieba.cut_for_search(text, true).into_iter();
        let words = words.map(|token| token.word.to_lowercase());
        words.filter(|word| word.chars().any(char::is_alphanumeric)).collect()
    }

    fn search(&self, term: &str) -> Vec<String> {
        let words = self.words(term);
        let n_items = self.items.len() as f64;
        let mut scored: Vec<(f64, &str)> = Vec::new();
        for (code, counts, length) in &self.items {
            let score: f64 = words
                .iter()
                .filter_map(|word| Some((counts.get(word)?, self.n_with.get(word)?)))
                .map(|(times, n_with)| {
                    let rarity = (1.0 + (n_items - n_with + 0.5) / (n_with + 0.5)).ln();
                    let norm = 1.2 * (1.0 - 0.75 + 0.75 * length / self.average);
                    rarity * times * 2.2 / (times + norm)
                })
                .sum();
            if score > 0.0 {
                scored.push((score, code));
            }
        }
        scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        scored.into_iter().take(DEPTH).map(|(_, code)| code.to_owned()).collect()
    }
}
