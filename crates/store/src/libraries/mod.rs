//! 文库: laws, attachments, places and systems, and the items that use them.

mod attachments;
mod kept;
mod laws;
mod owned;

use std::collections::BTreeSet;

use domain::{
    checks::Around,
    item::ItemRecord,
    library::{Laws, Shelf},
    people::Scope,
    query::{Condition, Query, Test, spell_text},
};
use time::Date;

pub(crate) use self::kept::Columns;
pub use self::{
    attachments::{Attachment, NewAttachment},
    kept::Keepable,
    laws::{KeptLaw, LawFilter},
    owned::{Kept, Saving},
};
use crate::{Found, QueryKey, Store, StoreError, Tx, sql::bind_all};

impl Store {
    /// Returns the items in scope that use an entry of a library, as far as queries know it,
    /// and where to go on.
    pub async fn using(
        &self,
        scope: Scope,
        shelf: Shelf,
        entry: &str,
        after: Option<QueryKey>,
        limit: usize,
    ) -> Result<(Vec<Found>, Option<QueryKey>), StoreError> {
        let test = Test::AnyOf(vec![spell_text(entry)]);
        let condition = Condition { key: shelf.fact().to_owned(), test };
        let query = Query { conditions: vec![condition], ..Query::default() };
        let page = self.query(scope, &query, after, limit).await?;
        Ok((self.found(scope, &page.items).await?, page.next))
    }

    /// Reads what the checks must know of the catalogue and the libraries about these items.
    pub async fn around(&self, records: &[&ItemRecord], today: Date) -> Result<Around, StoreError> {
        let parents: Vec<&str> = records.iter().filter_map(|it| it.parent.as_deref()).collect();
        let mut codes = BTreeSet::new();
        for parents in parents.chunks(500) {
            codes.extend(self.known_codes(parents).await?);
        }
        let laws = self.laws_cited(records, today).await?;
        Ok(Around { codes, laws })
    }
}

impl Store {
    /// Returns the laws that records cite, as of a day; `None` where no library is kept.
    pub async fn laws_cited(
        &self,
        records: &[&ItemRecord],
        today: Date,
    ) -> Result<Option<Laws>, StoreError> {
        laws::cited(&mut *self.readers.acquire().await?, records, today).await
    }
}

impl Tx {
    /// Returns the same within this step.
    pub async fn laws_cited(
        &mut self,
        records: &[&ItemRecord],
        today: Date,
    ) -> Result<Option<Laws>, StoreError> {
        laws::cited(&mut self.inner, records, today).await
    }

    /// Has queries look again at the items that use an entry: what is found of them may change.
    pub async fn mark_using(&mut self, shelf: Shelf, entry: &str) -> Result<(), StoreError> {
        let term = domain::query::Term::new(shelf.fact(), &spell_text(entry));
        let sql = "insert into query_due (item_id)
                   select distinct item_id from query_entry where term = $1
                   on conflict (item_id) do update set item_id = excluded.item_id";
        bind_all(sql.to_owned(), vec![term.id().into()]).execute(&mut *self.inner).await?;
        Ok(())
    }
}
