//! 按顺序编码: codes for all that have none, in the order in which the office put them.

use crate::{
    CodeRefusal, StoreError, Tx, editions, scope,
    sql::{Bind, bind_all},
};
use domain::{
    item::{BodyId, ItemId, ItemRecord},
    people::Scope,
    standard::Standards,
};

/// 一项事项得到的编码，或者得不到的原因。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coded {
    pub item: ItemId,
    pub name: String,
    pub code: Result<String, CodeRefusal>,
}

impl Tx {
    /// Gives codes to the items of a body that have none and are being drafted, kind by kind,
    /// 目录 by 目录, group by group. What was submitted has one, or must be returned first.
    pub async fn code_in_order(
        &mut self,
        scope: Scope,
        body: BodyId,
        standards: &Standards,
    ) -> Result<Vec<Coded>, StoreError> {
        let mut values = vec![Bind::Int(body.0)];
        let within = scope::condition(scope, "body.id", "body.region", &mut values);
        let columns: Vec<String> =
            editions::COLUMNS.split(", ").map(|it| format!("edition.{}", it.trim())).collect();
        let sql = format!(
            "select {} from item join body on body.id = item.body_id
             join edition on edition.item_id = item.id and edition.state in ('draft', 'returned')
             left join directory on directory.id = item.directory_id
             left join item_group on item_group.id = item.group_id
             where item.body_id = $1 and item.code is null and {within}
             order by item.kind, coalesce(directory.position, 999999999),
                      coalesce(item_group.position, 999999999),
                      coalesce(item.position, 999999999), item.id",
            columns.join(", ")
        );
        let rows = bind_all(sql, values).fetch_all(&mut *self.inner).await?;
        let mut coded = Vec::with_capacity(rows.len());
        for row in &rows {
            let draft = editions::read(row)?;
            let code = match standards.get(&draft.record.standard) {
                Some(standard) => self.issue_code(&draft.record, standard).await?,
                None => Err(CodeRefusal::NotIssued(draft.record.standard.clone())),
            };
            if let Ok(code) = &code {
                self.bind_code(draft.item, code).await?;
                let record = ItemRecord { code: Some(code.clone()), ..draft.record.clone() };
                self.amend_draft(&draft, &record).await?;
            }
            coded.push(Coded { item: draft.item, name: draft.record.name().to_owned(), code });
        }
        Ok(coded)
    }

    /// Binds a code to an item for ever.
    async fn bind_code(&mut self, item: ItemId, code: &str) -> Result<(), StoreError> {
        let sql = "update item set code = $1 where id = $2 and code is null";
        self.change_one(sql, vec![code.into(), item.0.into()], ("事项", item.0)).await
    }
}
