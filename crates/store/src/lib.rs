//! The catalogue in a database: SQLite by default, PostgreSQL for many machines.
//!
//! Architecture invariant: this is the only crate that speaks SQL. A state is
//! written by [`Tx::record`] alone, which writes the event too, and the notice
//! where the public is told. The portal reads `portal.rs` and nothing else.

pub mod backup;

mod agreement;
mod approvals;
mod bodies;
mod chains;
mod codes;
mod drafts;
mod editions;
mod error;
mod events;
mod export;
mod files;
mod help;
mod ids;
mod imports;
mod items;
mod jobs;
mod libraries;
mod notices;
mod office;
mod officers;
mod pools;
mod portal;
mod query;
mod record;
mod regions;
mod scope;
mod serials;
mod sessions;
mod sql;
mod standing;
mod suggestions;
mod tasks;
#[cfg(test)]
mod tests;
mod uploads;
mod verify;

use std::sync::Arc;

use sqlx::{Any, AnyConnection, AnyPool, Transaction, any::AnyPoolOptions, migrate::Migrator};

use self::ids::Ids;
pub use self::{
    approvals::{
        Approval, ApprovalFilter, ApprovalTemplate, NewApproval, NewApprovalTemplate, Voided,
    },
    bodies::{Body, KeptBody},
    codes::CodeRefusal,
    drafts::{AT_WORK, DraftSave},
    editions::EditionTimes,
    error::StoreError,
    events::{EventFilter, Handled, Logged},
    export::{PageKey, Selection},
    files::FileUse,
    help::HelpDocument,
    imports::{Import, ImportRow, ImportState, Outcome},
    items::Item,
    jobs::{Job, JobId, JobStep, Order},
    libraries::{Attachment, Keepable, Kept, KeptLaw, LawFilter, NewAttachment, Saving},
    notices::Noticed,
    office::{Arranged, Branch, Brief, Coded, Lot, OfficeFilter, Reached, Seated, Tally, Under},
    officers::{Credentials, Doing, OfficerAction, OfficerLog},
    pools::Pool,
    portal::{Change, Changes, Listed, PastEdition, Published},
    query::{Due, Found, PageOf, QueryKey, SavedQuery},
    regions::Township,
    sessions::{IDLE, LONGEST},
    suggestions::{Answer, Suggestion},
    tasks::{Arrival, Neighbours, Task, TaskFilter, TaskKey, Tray},
    verify::{Verdict, Wrong},
};

static MIGRATIONS: Migrator = sqlx::migrate!();

/// 库：读走多个连接，写走一个（SQLite）或若干个（PostgreSQL）。
#[derive(Clone)]
pub struct Store {
    readers: AnyPool,
    writers: AnyPool,
    engine: Engine,
    ids: Arc<Ids>,
}

/// 数据库的种类。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// One unit of work: all of it is saved by [`Tx::commit`], or none.
pub struct Tx {
    inner: Transaction<'static, Any>,
    engine: Engine,
    ids: ids::Lease,
    /// Where blocks of ids are taken outside this step, so that it keeps no other from them;
    /// `None` where there is but one writer.
    beside: Option<AnyPool>,
}

impl Store {
    /// Opens the database at `url`, bringing its schema up to date and the regions in.
    pub async fn open(url: &str) -> Result<Store, StoreError> {
        sqlx::any::install_default_drivers();
        let engine = match url.starts_with("sqlite:") {
            true => Engine::Sqlite,
            false => Engine::Postgres,
        };
        let n_writers = match engine {
            Engine::Sqlite => 1,
            Engine::Postgres => 8,
        };
        let writers = pool(engine, n_writers, WRITER_SETTINGS).connect(url).await?;
        let readers = pool(engine, 8, "").connect(url).await?;
        let store = Store { readers, writers, engine, ids: Arc::default() };
        store.migrate().await?;
        store.shape_queries().await?;
        store.load_regions().await?;
        Ok(store)
    }

    /// On PostgreSQL sqlx lets one machine migrate at a time. On SQLite two processes may get in
    /// each other's way; the one that fails looks again with the database to itself.
    async fn migrate(&self) -> Result<(), StoreError> {
        let migrated = MIGRATIONS.run(&self.writers).await.map_err(sqlx::Error::from);
        if migrated.is_ok() || self.engine == Engine::Postgres {
            return Ok(migrated?);
        }
        let mut alone = self.begin_alone().await?;
        // `run` itself takes no transaction in a future that may change threads.
        let connection: &mut AnyConnection = &mut alone;
        MIGRATIONS.run_direct(None, connection, false).await.map_err(sqlx::Error::from)?;
        Ok(alone.commit().await?)
    }

    /// Begins a unit of work. On SQLite it has the only writer until it ends.
    pub async fn begin(&self) -> Result<Tx, StoreError> {
        let (inner, beside) = match self.engine {
            Engine::Sqlite => (self.begin_alone().await?, None),
            Engine::Postgres => (self.writers.begin().await?, Some(self.readers.clone())),
        };
        Ok(Tx { inner, engine: self.engine, ids: self.ids.lease(), beside })
    }

    /// SQLite itself undoes a step that meets a full disk, while sqlx goes on counting it as
    /// open: that connection can begin nothing any more, and makes way for a new one.
    async fn begin_alone(&self) -> Result<Transaction<'static, Any>, sqlx::Error> {
        const BEGIN: &str = "BEGIN IMMEDIATE";
        match self.writers.begin_with(BEGIN).await {
            Err(sqlx::Error::InvalidSavePointStatement) => {
                self.writers.acquire().await?.close().await?;
                self.writers.begin_with(BEGIN).await
            }
            begun => begun,
        }
    }

    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// Lets every connection go, so that the file can be moved.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writers.close().await;
    }
}

impl Tx {
    /// Tells whether nobody else can write until this step ends.
    fn is_alone(&self) -> bool {
        self.beside.is_none()
    }

    pub async fn commit(self) -> Result<(), StoreError> {
        self.inner.commit().await?;
        self.ids.give_back();
        Ok(())
    }
}

/// How a connection to SQLite is set up.
const SETTINGS: &str = "pragma journal_mode = wal; pragma synchronous = full; \
     pragma foreign_keys = on; pragma busy_timeout = 10000; pragma mmap_size = 268435456";

/// The writer keeps the pages of its indexes, and carries the log over to the file every 32 MB:
/// at the usual 4 MB each step of an import would wait for the disk twice more.
const WRITER_SETTINGS: &str = "pragma wal_autocheckpoint = 8000; pragma cache_size = -32000";

fn pool(engine: Engine, size: u32, more: &'static str) -> AnyPoolOptions {
    let options = AnyPoolOptions::new().max_connections(size);
    match engine {
        Engine::Postgres => options,
        Engine::Sqlite => options.after_connect(move |connection, _| {
            Box::pin(async move {
                sqlx::raw_sql(SETTINGS).execute(&mut *connection).await?;
                sqlx::raw_sql(more).execute(connection).await?;
                Ok(())
            })
        }),
    }
}
