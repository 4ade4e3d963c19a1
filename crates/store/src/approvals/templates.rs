use domain::{
    approval::TemplateId,
    item::{BodyId, ItemId},
    people::Scope,
};
use sqlx::{Row, any::AnyRow};

use crate::{
    Saving, Store, StoreError, Tx, scope,
    sql::{Bind, bind_all},
};

/// 审批文书模板，和它是哪个事项的。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalTemplate {
    pub id: TemplateId,
    pub item: ItemId,
    pub item_name: String,
    pub body: BodyId,
    pub title: String,
    /// The outcome of the item that it is the sample of.
    pub outcome: Option<String>,
    pub number_rule: String,
    pub hash: String,
    pub file_name: String,
    pub size_bytes: i64,
    pub saved_by: String,
    pub saved_at: String,
    /// No document is issued from it any more.
    pub retired_at: Option<String>,
}

/// 新的模板，内容已经存好。
#[derive(Debug, Clone, Copy)]
pub struct NewApprovalTemplate<'a> {
    pub item: ItemId,
    pub title: &'a str,
    pub outcome: Option<&'a str>,
    pub number_rule: &'a str,
    pub hash: &'a str,
    pub file_name: &'a str,
    pub size_bytes: i64,
}

const SELECT: &str = "select t.id, t.item_id, i.name as item_name, i.body_id, t.title, t.outcome, \
     t.number_rule, t.hash, t.file_name, t.size_bytes, coalesce(o.name, '') as saver, t.saved_at, \
     t.retired_at from approval_template t join item i on i.id = t.item_id \
     join body b on b.id = i.body_id left join officer o on o.id = t.saved_by";

impl Store {
    /// Returns the templates of an item, those in use first, the newest first.
    pub async fn approval_templates(
        &self,
        scope: Scope,
        item: ItemId,
    ) -> Result<Vec<ApprovalTemplate>, StoreError> {
        let mut values = vec![Bind::Int(item.0)];
        let within = scope::condition(scope, "b.id", "b.region", &mut values);
        let sql = format!(
            "{SELECT} where t.item_id = $1 and {within}
             order by case when t.retired_at is null then 0 else 1 end, t.id desc"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    /// Returns the templates in use within a scope, by item and title.
    pub async fn approval_templates_in_use(
        &self,
        scope: Scope,
        limit: i64,
    ) -> Result<Vec<ApprovalTemplate>, StoreError> {
        let mut values = vec![Bind::Int(limit)];
        let within = scope::condition(scope, "b.id", "b.region", &mut values);
        let sql = format!(
            "{SELECT} where t.retired_at is null and {within}
             order by i.name, t.title, t.id limit $1"
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    pub async fn approval_template(
        &self,
        scope: Scope,
        id: TemplateId,
    ) -> Result<Option<ApprovalTemplate>, StoreError> {
        let (sql, values) = one(scope, id);
        bind_all(sql, values).fetch_optional(&self.readers).await?.as_ref().map(read).transpose()
    }
}

impl Tx {
    /// Returns a template within the step that issues from it.
    pub async fn approval_template(
        &mut self,
        scope: Scope,
        id: TemplateId,
    ) -> Result<Option<ApprovalTemplate>, StoreError> {
        let (sql, values) = one(scope, id);
        let row = bind_all(sql, values).fetch_optional(&mut *self.inner).await?;
        row.as_ref().map(read).transpose()
    }

    pub async fn add_approval_template(
        &mut self,
        new: NewApprovalTemplate<'_>,
        saving: Saving,
    ) -> Result<TemplateId, StoreError> {
        let id = self.new_id().await?;
        let into = "approval_template (id, item_id, title, outcome, number_rule, hash, file_name, \
                    size_bytes, saved_by, saved_at)";
        let [by, at] = saving.binds();
        let row = vec![
            id.into(),
            new.item.0.into(),
            new.title.into(),
            new.outcome.map(str::to_owned).into(),
            new.number_rule.into(),
            new.hash.into(),
            new.file_name.into(),
            new.size_bytes.into(),
            by,
            at,
        ];
        self.insert(into, vec![row]).await?;
        Ok(TemplateId(id))
    }

    /// Takes a template out of use; what was issued from it stays.
    pub async fn retire_approval_template(
        &mut self,
        id: TemplateId,
        saving: Saving,
    ) -> Result<(), StoreError> {
        let sql = "update approval_template set retired_by = $1, retired_at = $2
                   where id = $3 and retired_at is null";
        let [by, at] = saving.binds();
        self.change_one(sql, vec![by, at, id.0.into()], ("审批文书模板", id.0)).await
    }
}

fn one(scope: Scope, id: TemplateId) -> (String, Vec<Bind>) {
    let mut values = vec![Bind::Int(id.0)];
    let within = scope::condition(scope, "b.id", "b.region", &mut values);
    (format!("{SELECT} where t.id = $1 and {within}"), values)
}

fn read(row: &AnyRow) -> Result<ApprovalTemplate, StoreError> {
    Ok(ApprovalTemplate {
        id: TemplateId(row.try_get("id")?),
        item: ItemId(row.try_get("item_id")?),
        item_name: row.try_get("item_name")?,
        body: BodyId(row.try_get("body_id")?),
        title: row.try_get("title")?,
        outcome: row.try_get("outcome")?,
        number_rule: row.try_get("number_rule")?,
        hash: row.try_get("hash")?,
        file_name: row.try_get("file_name")?,
        size_bytes: row.try_get("size_bytes")?,
        saved_by: row.try_get("saver")?,
        saved_at: row.try_get("saved_at")?,
        retired_at: row.try_get("retired_at")?,
    })
}
