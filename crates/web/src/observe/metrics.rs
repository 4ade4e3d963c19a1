use std::{fmt, time::Duration};

use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use time::OffsetDateTime;

/// Bounds in seconds, from what a cached page takes to what nobody waits for.
const BOUNDS: [f64; 12] =
    [0.000_5, 0.001, 0.002_5, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// 运行指标：the figures of one site, in the form that Prometheus reads.
#[derive(Debug)]
pub(crate) struct Metrics {
    registry: Registry,
    requests: Family<Served, Histogram>,
    searches: Histogram,
    database_up: Gauge,
    publications: Gauge,
    indexed: Gauge,
    scattered: Gauge,
    connections: Family<Connections, Gauge>,
    memory: Gauge,
}

/// What is read only when somebody asks for the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Figures {
    /// The last publication, if the database answers.
    pub(crate) publications: Option<i64>,
    pub(crate) indexed: i64,
    /// Segments of the index that wait to be put into one.
    pub(crate) n_scattered: usize,
    pub(crate) pools: [store::Pool; 2],
    pub(crate) memory_bytes: Option<i64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Served {
    method: &'static str,
    place: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Connections {
    pool: &'static str,
    state: &'static str,
}

impl Metrics {
    pub(crate) fn new(started_at: OffsetDateTime) -> Metrics {
        let mut metrics = Metrics {
            registry: Registry::default(),
            requests: Family::new_with_constructor(|| Histogram::new(BOUNDS)),
            searches: Histogram::new(BOUNDS),
            database_up: Gauge::default(),
            publications: Gauge::default(),
            indexed: Gauge::default(),
            scattered: Gauge::default(),
            connections: Family::default(),
            memory: Gauge::default(),
        };
        let started = Gauge::<i64>::default();
        started.set(started_at.unix_timestamp());
        let ours = metrics.registry.sub_registry_with_prefix("shixiang");
        ours.register_with_unit(
            "http_request_duration",
            "Time to answer, by place of the site's map",
            Unit::Seconds,
            metrics.requests.clone(),
        );
        ours.register_with_unit(
            "search_duration",
            "Time of a search in the index",
            Unit::Seconds,
            metrics.searches.clone(),
        );
        ours.register("database_up", "1 if the database answers", metrics.database_up.clone());
        ours.register("publication_seq", "The last publication", metrics.publications.clone());
        ours.register(
            "index_seq",
            "The last publication that the index has",
            metrics.indexed.clone(),
        );
        ours.register(
            "index_segments_scattered",
            "Segments of the index that wait to be put into one",
            metrics.scattered.clone(),
        );
        ours.register("database_connections", "Connections", metrics.connections.clone());
        let process = metrics.registry.sub_registry_with_prefix("process");
        process.register_with_unit(
            "resident_memory",
            "Memory in use",
            Unit::Bytes,
            metrics.memory.clone(),
        );
        process.register_with_unit(
            "start_time",
            "When the process started, since 1970",
            Unit::Seconds,
            started,
        );
        metrics
    }

    pub(crate) fn served(&self, method: &'static str, place: &str, status: u16, took: Duration) {
        let served = Served { method, place: place.to_owned(), status };
        self.requests.get_or_create(&served).observe(took.as_secs_f64());
    }

    pub(crate) fn searched(&self, took: Duration) {
        self.searches.observe(took.as_secs_f64());
    }

    /// Returns all figures as text. While the database is silent, the last publication that
    /// it told stays.
    pub(crate) fn text(&self, figures: &Figures) -> Result<String, fmt::Error> {
        self.database_up.set(figures.publications.is_some().into());
        if let Some(seq) = figures.publications {
            self.publications.set(seq);
        }
        self.indexed.set(figures.indexed);
        self.scattered.set(i64::try_from(figures.n_scattered).unwrap_or(i64::MAX));
        for pool in &figures.pools {
            let idle = self.connections(pool.name, "idle");
            idle.set(pool.n_idle.into());
            let used = self.connections(pool.name, "used");
            used.set(pool.n_open.saturating_sub(pool.n_idle).into());
        }
        if let Some(bytes) = figures.memory_bytes {
            self.memory.set(bytes);
        }
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }

    fn connections(&self, pool: &'static str, state: &'static str) -> Gauge {
        self.connections.get_or_create_owned(&Connections { pool, state })
    }
}
