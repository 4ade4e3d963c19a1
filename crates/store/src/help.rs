use domain::people::Scope;
use sqlx::{Row, any::AnyRow};

use crate::{
    Kept, Saving, Store, StoreError, Tx,
    libraries::{OWNER, owner_binds, read_owner},
    sql::{Bind, bind_all},
};

/// 帮助文档。
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HelpDocument {
    pub title: String,
    /// Markdown.
    pub text: String,
    /// Where it stands among the others.
    pub position: i64,
}

const COLUMNS: &str = "t.id, t.revision, t.title, t.text, t.position, t.saved_at";

impl Store {
    /// Returns the documents that are written for an officer, in their order.
    pub async fn help_documents(
        &self,
        scope: Scope,
    ) -> Result<Vec<Kept<HelpDocument>>, StoreError> {
        self.help_documents_where(scope, "1 = 1", Vec::new()).await
    }

    pub async fn help_document(
        &self,
        scope: Scope,
        id: i64,
    ) -> Result<Option<Kept<HelpDocument>>, StoreError> {
        Ok(self.help_documents_where(scope, "t.id = $1", vec![id.into()]).await?.pop())
    }

    async fn help_documents_where(
        &self,
        scope: Scope,
        condition: &str,
        mut values: Vec<Bind>,
    ) -> Result<Vec<Kept<HelpDocument>>, StoreError> {
        let (own, usable) = self.shared(scope, &mut values).await?;
        let sql = format!(
            "select {COLUMNS}, {OWNER}, case when {own} then 1 else 0 end as own
             from help_document t left join body b on b.id = t.body_id
             where {condition} and {usable} order by t.position, t.id"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }
}

impl Tx {
    pub async fn add_help_document(
        &mut self,
        owner: Scope,
        document: &HelpDocument,
        saving: Saving,
    ) -> Result<i64, StoreError> {
        let id = self.new_id().await?;
        let into = "help_document (id, revision, region, body_id, title, text, position, \
                    saved_by, saved_at)";
        let [region, body] = owner_binds(owner);
        let mut row = vec![id.into(), 0.into(), region, body];
        row.extend(columns(document, saving));
        self.insert(into, vec![row]).await?;
        Ok(id)
    }

    pub async fn change_help_document(
        &mut self,
        old: &Kept<HelpDocument>,
        new: &HelpDocument,
        saving: Saving,
    ) -> Result<(), StoreError> {
        let sql = "update help_document set revision = revision + 1, title = $1, text = $2, \
                   position = $3, saved_by = $4, saved_at = $5 where id = $6 and revision = $7";
        let mut values = columns(new, saving);
        values.extend([old.id.into(), old.revision.into()]);
        self.one_of_help(sql, values, old.id).await
    }

    pub async fn remove_help_document(
        &mut self,
        old: &Kept<HelpDocument>,
    ) -> Result<(), StoreError> {
        let sql = "delete from help_document where id = $1 and revision = $2";
        self.one_of_help(sql, vec![old.id.into(), old.revision.into()], old.id).await
    }

    async fn one_of_help(
        &mut self,
        sql: &str,
        values: Vec<Bind>,
        id: i64,
    ) -> Result<(), StoreError> {
        let done = bind_all(sql.to_owned(), values).execute(&mut *self.inner).await?;
        match done.rows_affected() {
            1 => Ok(()),
            _ => Err(StoreError::Stale { what: "帮助文档", id }),
        }
    }
}

fn columns(document: &HelpDocument, saving: Saving) -> Vec<Bind> {
    let HelpDocument { title, text, position } = document;
    let mut values = vec![title.as_str().into(), text.as_str().into(), (*position).into()];
    values.extend(saving.binds());
    values
}

fn read(row: &AnyRow) -> Result<Kept<HelpDocument>, StoreError> {
    let id: i64 = row.try_get("id")?;
    let own: i64 = row.try_get("own")?;
    Ok(Kept {
        id,
        revision: row.try_get("revision")?,
        owner: read_owner("help_document", id, row)?,
        is_own: own == 1,
        entry: HelpDocument {
            title: row.try_get("title")?,
            text: row.try_get("text")?,
            position: row.try_get("position")?,
        },
        saved_at: row.try_get("saved_at")?,
    })
}
