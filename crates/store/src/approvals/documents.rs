use domain::{
    approval::{Answers, ApprovalId, NumberRule, TemplateId},
    item::{BodyId, EditionId, ItemId},
    people::{OfficerId, Scope},
};
use sqlx::{Row, any::AnyRow};
use time::Date;

use crate::{
    Saving, Store, StoreError, Tx, scope,
    sql::{Bind, bind_all, escaped, newest_first},
};

/// 签发的审批文书。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    pub id: ApprovalId,
    pub template: TemplateId,
    pub item: ItemId,
    pub item_name: String,
    pub body_name: String,
    /// The edition of the item that it was filled from.
    pub edition: EditionId,
    pub title: String,
    pub number: String,
    pub issued_on: String,
    pub issued_by: String,
    pub issued_at: String,
    pub answers: Answers,
    pub template_hash: String,
    pub hash: String,
    pub size_bytes: i64,
    pub voided: Option<Voided>,
}

/// 作废：为什么，谁，什么时候。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voided {
    pub reason: String,
    pub by: String,
    pub at: String,
}

/// 要签发的文书，内容已经存好。
#[derive(Debug, Clone, Copy)]
pub struct NewApproval<'a> {
    pub template: TemplateId,
    pub body: BodyId,
    pub edition: EditionId,
    pub title: &'a str,
    pub number: &'a str,
    pub issued_on: Date,
    pub answers: &'a Answers,
    pub template_hash: &'a str,
    pub hash: &'a str,
    pub size_bytes: i64,
    /// Made with the form, so that a form sent twice issues once.
    pub request: &'a str,
}

/// 列出哪些文书。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ApprovalFilter<'a> {
    /// Parts of number, title or the item's name, all of which it has.
    pub words: &'a str,
    pub item: Option<ItemId>,
    /// Issued on or after this day, and on or before that one.
    pub from: Option<Date>,
    pub until: Option<Date>,
    /// Only those that are void, or only those that are not.
    pub is_void: Option<bool>,
    pub before: Option<i64>,
}

const SELECT: &str = "select t.id, t.template_id, p.item_id, i.name as item_name, \
     b.name as body_name, t.edition_id, t.title, t.number, t.issued_on, \
     coalesce(o.name, '') as issuer, t.issued_at, t.answers, t.template_hash, t.hash, \
     t.size_bytes, t.void_reason, coalesce(v.name, '') as voider, t.voided_at \
     from approval_document t join approval_template p on p.id = t.template_id \
     join item i on i.id = p.item_id join body b on b.id = t.body_id \
     left join officer o on o.id = t.issued_by left join officer v on v.id = t.voided_by";

impl Store {
    /// Returns the documents of a scope, the newest first.
    pub async fn approvals(
        &self,
        scope: Scope,
        filter: &ApprovalFilter<'_>,
        limit: i64,
    ) -> Result<Vec<Approval>, StoreError> {
        let mut values = Vec::new();
        let mut sql = scope::condition(scope, "b.id", "b.region", &mut values);
        let mut bind = |value: Bind| {
            values.push(value);
            format!("${}", values.len())
        };
        for word in filter.words.split_whitespace() {
            let like = bind(format!("%{}%", escaped(word)).into());
            sql += &format!(
                " and (t.number like {like} escape '!' or t.title like {like} escape '!'
                       or i.name like {like} escape '!')"
            );
        }
        if let Some(item) = filter.item {
            sql += &format!(" and p.item_id = {}", bind(item.0.into()));
        }
        if let Some(from) = filter.from {
            sql += &format!(" and t.issued_on >= {}", bind(from.to_string().into()));
        }
        if let Some(until) = filter.until {
            sql += &format!(" and t.issued_on <= {}", bind(until.to_string().into()));
        }
        if let Some(is_void) = filter.is_void {
            sql +=
                if is_void { " and t.voided_at is not null" } else { " and t.voided_at is null" };
        }
        let page = newest_first(filter.before, limit, &mut values);
        let sql = format!("{SELECT} where {sql}{page}");
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    pub async fn approval(
        &self,
        scope: Scope,
        id: ApprovalId,
    ) -> Result<Option<Approval>, StoreError> {
        let mut values = vec![Bind::Int(id.0)];
        let within = scope::condition(scope, "b.id", "b.region", &mut values);
        let sql = format!("{SELECT} where t.id = $1 and {within}");
        bind_all(sql, values).fetch_optional(&self.readers).await?.as_ref().map(read).transpose()
    }
}

impl Tx {
    /// Takes the next number of a body, a rule and a year. Given within a step that is not
    /// committed it goes back; given in one that is, it never comes again.
    pub async fn next_approval_number(
        &mut self,
        body: BodyId,
        rule: &NumberRule,
        year: i32,
    ) -> Result<String, StoreError> {
        let scope = serials(body, rule, year);
        let taken = "select id from approval_document where body_id = $1 and number = $2";
        loop {
            // Two rules that are written otherwise may come to the same number.
            let number = rule.number(year, self.next_serial(&scope).await?);
            let values = vec![body.0.into(), number.as_str().into()];
            let found = bind_all(taken.to_owned(), values).fetch_optional(&mut *self.inner).await?;
            if found.is_none() {
                return Ok(number);
            }
        }
    }

    /// Notes that a year's numbers were given elsewhere up to this one, on paper perhaps.
    pub async fn reserve_approval_numbers(
        &mut self,
        body: BodyId,
        rule: &NumberRule,
        year: i32,
        up_to: u32,
    ) -> Result<(), StoreError> {
        self.reserve_serial(&serials(body, rule, year), up_to).await
    }

    /// Returns what was issued for this form already.
    pub async fn approval_of_request(
        &mut self,
        by: OfficerId,
        request: &str,
    ) -> Result<Option<ApprovalId>, StoreError> {
        let sql = "select id from approval_document where issued_by = $1 and request = $2";
        let values = vec![by.0.into(), request.into()];
        let row = bind_all(sql.to_owned(), values).fetch_optional(&mut *self.inner).await?;
        row.map(|row| Ok(ApprovalId(row.try_get("id")?))).transpose()
    }

    pub async fn add_approval(
        &mut self,
        new: NewApproval<'_>,
        issuing: Saving,
    ) -> Result<ApprovalId, StoreError> {
        let id = self.new_id().await?;
        let into = "approval_document (id, template_id, body_id, edition_id, title, number, \
                    issued_on, answers, template_hash, hash, size_bytes, request, issued_by, \
                    issued_at)";
        let answers = serde_json::to_string(new.answers).expect("answers are texts by label");
        let [by, at] = issuing.binds();
        let row = vec![
            id.into(),
            new.template.0.into(),
            new.body.0.into(),
            new.edition.0.into(),
            new.title.into(),
            new.number.into(),
            new.issued_on.to_string().into(),
            answers.into(),
            new.template_hash.into(),
            new.hash.into(),
            new.size_bytes.into(),
            new.request.into(),
            by,
            at,
        ];
        self.insert(into, vec![row]).await?;
        Ok(ApprovalId(id))
    }

    /// Voids a document, once; its number is not given again.
    pub async fn void_approval(
        &mut self,
        id: ApprovalId,
        reason: &str,
        voiding: Saving,
    ) -> Result<(), StoreError> {
        let sql = "update approval_document set void_reason = $1, voided_by = $2, voided_at = $3
                   where id = $4 and void_reason is null";
        let [by, at] = voiding.binds();
        let values = vec![reason.into(), by, at, id.0.into()];
        self.change_one(sql, values, ("审批文书", id.0)).await
    }
}

/// Names the serials of a body, a rule and a year.
fn serials(body: BodyId, rule: &NumberRule, year: i32) -> String {
    format!("approval/{}/{year}/{rule}", body.0)
}

fn read(row: &AnyRow) -> Result<Approval, StoreError> {
    let id: i64 = row.try_get("id")?;
    let answers: String = row.try_get("answers")?;
    let wrong = |err: serde_json::Error| StoreError::Inconsistent {
        table: "approval_document",
        id,
        detail: err.to_string(),
    };
    let voided = match (row.try_get("void_reason")?, row.try_get("voided_at")?) {
        (Some(reason), Some(at)) => Some(Voided { reason, by: row.try_get("voider")?, at }),
        _ => None,
    };
    Ok(Approval {
        id: ApprovalId(id),
        template: TemplateId(row.try_get("template_id")?),
        item: ItemId(row.try_get("item_id")?),
        item_name: row.try_get("item_name")?,
        body_name: row.try_get("body_name")?,
        edition: EditionId(row.try_get("edition_id")?),
        title: row.try_get("title")?,
        number: row.try_get("number")?,
        issued_on: row.try_get("issued_on")?,
        issued_by: row.try_get("issuer")?,
        issued_at: row.try_get("issued_at")?,
        answers: serde_json::from_str(&answers).map_err(wrong)?,
        template_hash: row.try_get("template_hash")?,
        hash: row.try_get("hash")?,
        size_bytes: row.try_get("size_bytes")?,
        voided,
    })
}
