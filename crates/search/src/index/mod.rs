//! The index itself: kept in step with the publications, asked by the portal.

mod aspect;
mod census;
mod columns;
mod directory;
mod document;
mod find;
mod gate;
mod gather;
mod memory;
mod plan;
mod refine;
mod schema;
mod scope;
mod settle;
mod sound;
mod tally;

use std::{
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicI64, Ordering},
    },
};

use domain::{
    publication::{Notice, Publication},
    standard::Standards,
};
use tantivy::{
    IndexReader, IndexWriter, Searcher, Term, index::SegmentId, indexer::IndexWriterOptions,
    schema::Value,
};

pub use self::census::Census;
use self::{
    document::{Shown, document},
    find::{Finds, Opened, Search},
    gate::Gate,
    gather::Ranked,
    memory::Memory,
    schema::{Document, Fields},
    sound::Sound,
};
use crate::{
    Hit, Query, Results, SearchError,
    snippet::{self, Marks},
    words::Typed,
};

/// Memory for documents that are not yet written down.
const WRITER_BYTES: usize = 32_000_000;

/// Nobody leafs further; beyond it there are only the counts.
const FURTHEST_HIT: usize = 10_000;
const LONGEST_PAGE: usize = 200;

/// 检索库。克隆很便宜，克隆之间共用一个库。
///
/// Any number of processes may search a directory; only the first that applies
/// publications may write, until its last clone is dropped.
#[derive(Clone)]
pub struct Index {
    shared: Arc<Shared>,
}

struct Shared {
    index: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    opened: Opened,
    memory: Memory,
    gate: Gate,
    /// Opened by the first publications to be applied; it holds the directory's lock.
    writer: Mutex<Option<IndexWriter>>,
    seq: AtomicI64,
    sound: Mutex<Sound>,
    dir: PathBuf,
}

impl Index {
    /// Opens the index in `dir`; one that is broken or of an older form is thrown away
    /// and starts at 0.
    pub fn open(dir: &Path) -> Result<Index, SearchError> {
        Ok(Index::of(directory::open(dir)?, dir))
    }

    /// Opens the index in `dir` as it is, if there is one, only to be read: nothing is changed,
    /// and one that [`Index::open`] would throw away is refused.
    pub fn look(dir: &Path) -> Result<Option<Index>, SearchError> {
        Ok(directory::look(dir)?.map(|opened| Index::of(opened, dir)))
    }

    /// Makes an index that is gone with the process.
    pub fn in_memory() -> Result<Index, SearchError> {
        Ok(Index::of(directory::in_memory()?, Path::new("（内存）")))
    }

    /// Returns the number of the last publication that is in the index; 0 for none.
    pub fn seq(&self) -> i64 {
        self.shared.seq.load(Ordering::Acquire)
    }

    /// Follows the publications, in one commit, and shows them to every search that
    /// begins afterwards. What the index already contains is passed over.
    pub fn apply(
        &self,
        publications: &[Publication],
        standards: &Standards,
    ) -> Result<(), SearchError> {
        let shared = &self.shared;
        let mut slot = shared.writer.lock().unwrap_or_else(PoisonError::into_inner);
        let applied = shared.apply(&mut slot, publications, standards);
        applied.map_err(|error| {
            // What was not committed goes with the writer.
            *slot = None;
            directory::explain(&shared.dir, error)
        })
    }

    /// Puts scattered segments together, in the background of the engine, so that searches ask
    /// few; tells whether there was anything to do.
    pub async fn settle(&self) -> Result<bool, SearchError> {
        let shared = &self.shared;
        let settled = shared.settle().await;
        settled.map_err(|error| directory::explain(&shared.dir, error))
    }

    /// Returns how many segments [`Index::settle`] would put together.
    pub fn n_scattered(&self) -> usize {
        self.shared.scattered().map_or(0, |segments| segments.len())
    }

    /// Finds what the words mean, narrowed by the filters, the best first.
    pub fn search(&self, query: &Query) -> Result<Results, SearchError> {
        let shared = &self.shared;
        let typed = Typed::read(&query.words);
        let n_best = match query.offset {
            offset if offset > FURTHEST_HIT => 0,
            offset => offset + query.limit.min(LONGEST_PAGE),
        };
        let _entered = shared.gate.enter();
        let searcher = shared.reader.searcher();
        let finds = shared.find(&searcher, query, &typed, n_best)?;
        let marks = Marks::of(&typed);
        let page = finds.best.iter().take(n_best).skip(query.offset);
        let hits = page.map(|ranked| shared.hit(&searcher, ranked, &marks));
        Ok(Results {
            total: finds.total,
            is_estimate: finds.is_estimate,
            hits: hits.collect::<tantivy::Result<_>>()?,
            facets: finds.facets.clone(),
        })
    }

    fn of(opened: directory::Opened, dir: &Path) -> Index {
        let directory::Opened { index, reader, seq, sound } = opened;
        let (_, fields) = schema::schema();
        let shared = Shared {
            index,
            fields,
            reader,
            opened: Opened::default(),
            memory: Memory::default(),
            gate: Gate::new(),
            writer: Mutex::new(None),
            seq: AtomicI64::new(seq),
            sound: Mutex::new(sound),
            dir: dir.to_owned(),
        };
        Index { shared: Arc::new(shared) }
    }
}

impl Shared {
    fn apply(
        &self,
        slot: &mut Option<IndexWriter>,
        publications: &[Publication],
        standards: &Standards,
    ) -> tantivy::Result<()> {
        let writer = self.writer_in(slot)?;
        let contained = self.seq.load(Ordering::Acquire);
        let mut last = contained;
        for publication in publications.iter().filter(|it| it.seq > contained) {
            writer.delete_term(Term::from_field_i64(self.fields.item, publication.item.0));
            if let Notice::Published(item) = &publication.notice {
                let standard = standards.get(&item.item.standard);
                let standard = standard.unwrap_or_else(|| standards.national());
                writer.add_document(document(&self.fields, publication.item, item, standard))?;
            }
            last = last.max(publication.seq);
        }
        if last == contained {
            return Ok(());
        }
        let mut commit = writer.prepare_commit()?;
        commit.set_payload(&directory::payload(last));
        commit.commit()?;
        self.reader.reload()?;
        self.seq.store(last, Ordering::Release);
        self.sound.lock().unwrap_or_else(PoisonError::into_inner).note(&self.index)
    }

    async fn settle(&self) -> tantivy::Result<bool> {
        let merging = {
            let mut slot = self.writer.lock().unwrap_or_else(PoisonError::into_inner);
            let scattered = self.scattered()?;
            if scattered.is_empty() {
                return Ok(false);
            }
            self.writer_in(&mut slot)?.merge(&scattered)
        };
        merging.await?;
        self.reader.reload()?;
        self.sound.lock().unwrap_or_else(PoisonError::into_inner).note(&self.index)?;
        Ok(true)
    }

    fn scattered(&self) -> tantivy::Result<Vec<SegmentId>> {
        let segments = self.index.searchable_segment_metas()?;
        Ok(settle::scattered(segments.iter().map(|it| (it.id(), it.num_docs())).collect()))
    }

    fn writer_in<'a>(
        &self,
        slot: &'a mut Option<IndexWriter>,
    ) -> tantivy::Result<&'a mut IndexWriter> {
        match slot {
            Some(writer) => Ok(writer),
            None => Ok(slot.insert(self.open_writer()?)),
        }
    }

    /// Takes the directory's lock, and catches up with whoever held it before.
    fn open_writer(&self) -> tantivy::Result<IndexWriter> {
        let options = IndexWriterOptions::builder()
            .num_worker_threads(1)
            .memory_budget_per_thread(WRITER_BYTES)
            .num_merge_threads(1)
            .build();
        let writer = self.index.writer_with_options(options)?;
        self.reader.reload()?;
        self.seq.store(directory::seq(&self.index)?, Ordering::Release);
        Ok(writer)
    }

    fn find(
        &self,
        searcher: &Searcher,
        query: &Query,
        typed: &Typed,
        n_best: usize,
    ) -> tantivy::Result<Arc<Finds>> {
        let generation = searcher.generation().generation_id();
        let words = query.words.trim().to_owned();
        let asked = Query { words, offset: 0, limit: 0, ..query.clone() };
        if let Some(finds) = self.memory.recall(generation, &asked, n_best) {
            return Ok(finds);
        }
        let columns = self.opened.of(searcher)?;
        let search = Search { searcher, fields: &self.fields, columns, query, typed, n_best };
        let finds = Arc::new(search.run()?);
        self.memory.keep(generation, asked, finds.clone());
        Ok(finds)
    }

    fn hit(&self, searcher: &Searcher, ranked: &Ranked, marks: &Marks<'_>) -> tantivy::Result<Hit> {
        let doc: Document = searcher.doc(ranked.address)?;
        let shown = doc.get_first(self.fields.shown);
        let shown = shown.as_ref().and_then(|value| value.as_str()).unwrap_or_default();
        let shown: Shown = serde_json::from_str(shown)?;
        Ok(Hit {
            title: snippet::whole(&shown.card.name, marks),
            snippet: snippet::best(&shown.passages, marks),
            code: shown.code,
            region: shown.region,
            card: shown.card,
            score: ranked.score,
        })
    }
}

#[cfg(test)]
mod tests;
