use domain::people::{OfficerId, Scope};
use sqlx::{Row, any::AnyRow};

use crate::{
    Saving, Store, StoreError, Tx, scope,
    sql::{Bind, bind_all, newest_first},
};

/// 投诉建议的一件。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    pub id: i64,
    pub written_by: OfficerId,
    /// The writer's name, as accounts show it.
    pub writer: String,
    pub written_at: String,
    pub title: String,
    pub text: String,
    pub answer: Option<Answer>,
}

/// 投诉建议的答复。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    pub text: String,
    pub by: String,
    pub at: String,
}

const SELECT: &str = "select t.id, t.written_by, w.name as writer, t.written_at, t.title, t.text, \
     t.answer, a.name as answerer, t.answered_at from suggestion t \
     join officer w on w.id = t.written_by left join officer a on a.id = t.answered_by \
     left join body b on b.id = t.body_id";

impl Store {
    /// Returns what was written within a scope, and what the officer wrote; the newest first.
    pub async fn suggestions(
        &self,
        scope: Scope,
        officer: OfficerId,
        before: Option<i64>,
        limit: i64,
    ) -> Result<Vec<Suggestion>, StoreError> {
        let mut values = vec![Bind::Int(officer.0)];
        let within = visible(scope, &mut values);
        let page = newest_first(before, limit, &mut values);
        let sql = format!("{SELECT} where {within}{page}");
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    pub async fn suggestion(
        &self,
        scope: Scope,
        officer: OfficerId,
        id: i64,
    ) -> Result<Option<Suggestion>, StoreError> {
        let mut values = vec![Bind::Int(officer.0), id.into()];
        let within = visible(scope, &mut values);
        let sql = format!("{SELECT} where t.id = $2 and {within}");
        bind_all(sql, values).fetch_optional(&self.readers).await?.as_ref().map(read).transpose()
    }
}

impl Tx {
    /// Keeps what an officer of this scope writes.
    pub async fn add_suggestion(
        &mut self,
        owner: Scope,
        (title, text): (&str, &str),
        writing: Saving,
    ) -> Result<i64, StoreError> {
        let id = self.new_id().await?;
        let into = "suggestion (id, region, body_id, title, text, written_by, written_at)";
        let ([region, body], [by, at]) = (scope::columns(owner), writing.binds());
        let row = vec![id.into(), region, body, title.into(), text.into(), by, at];
        self.insert(into, vec![row]).await?;
        Ok(id)
    }

    /// Answers once; an answer that was given stands.
    pub async fn answer_suggestion(
        &mut self,
        id: i64,
        answer: &str,
        answering: Saving,
    ) -> Result<(), StoreError> {
        let sql = "update suggestion set answer = $1, answered_by = $2, answered_at = $3
                   where id = $4 and answer is null";
        let [by, at] = answering.binds();
        let values = vec![answer.into(), by, at, id.into()];
        self.change_one(sql, values, ("投诉建议", id)).await
    }
}

/// The condition for what an officer may read; the officer is `$1`.
fn visible(scope: Scope, values: &mut Vec<Bind>) -> String {
    let within = scope::condition(scope, "t.body_id", "coalesce(t.region, b.region)", values);
    format!("(t.written_by = $1 or {within})")
}

fn read(row: &AnyRow) -> Result<Suggestion, StoreError> {
    let answer: Option<String> = row.try_get("answer")?;
    let answer = match answer {
        Some(text) => {
            Some(Answer { text, by: row.try_get("answerer")?, at: row.try_get("answered_at")? })
        }
        None => None,
    };
    Ok(Suggestion {
        id: row.try_get("id")?,
        written_by: OfficerId(row.try_get("written_by")?),
        writer: row.try_get("writer")?,
        written_at: row.try_get("written_at")?,
        title: row.try_get("title")?,
        text: row.try_get("text")?,
        answer,
    })
}
