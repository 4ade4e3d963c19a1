//! From a condition to the terms under which its items are.

use domain::query::{Condition, Narrow, Pattern};
use sqlx::Row;

use crate::{
    Store, StoreError,
    sql::{Bind, bind_all, escaped},
};

/// The lists of so many terms can be walked as one; a condition that more fit narrows nothing.
const MOST_TERMS: i64 = 100;

impl Store {
    /// Returns the numbers of the terms that a condition narrows to, if they are few.
    pub(super) async fn terms_of(
        &self,
        condition: &Condition,
    ) -> Result<Option<Vec<i64>>, StoreError> {
        let (key, pattern) = match condition.narrow() {
            Narrow::Nothing => return Ok(None),
            Narrow::Terms(terms) => return Ok(Some(terms.iter().map(|it| it.id()).collect())),
            Narrow::Among(key, pattern) => (key, pattern),
        };
        let mut values = vec![Bind::Text(key)];
        let fits = fits(pattern, &mut values);
        values.push((MOST_TERMS + 1).into());
        let sql = format!(
            "select term from query_term where key = $1 and value <> '' and {fits} limit ${}",
            values.len()
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        if rows.len() as i64 > MOST_TERMS {
            return Ok(None);
        }
        rows.iter().map(|row| Ok(row.try_get("term")?)).collect::<Result<_, _>>().map(Some)
    }
}

fn fits(pattern: Pattern, values: &mut Vec<Bind>) -> String {
    let mut bind = |text: String| {
        values.push(Bind::Text(text));
        format!("${}", values.len())
    };
    match pattern {
        Pattern::All => "1 = 1".to_owned(),
        Pattern::Between { from, to } => {
            let from = from.map(|from| format!("value >= {}", bind(from)));
            let to = to.map(|to| format!("value <= {}", bind(to)));
            let ends: Vec<String> = from.into_iter().chain(to).collect();
            if ends.is_empty() { "1 = 1".to_owned() } else { ends.join(" and ") }
        }
        Pattern::Begins(text) => like(bind(format!("{}%", escaped(&text)))),
        Pattern::Contains(text) => like(bind(format!("%{}%", escaped(&text)))),
    }
}

fn like(pattern: String) -> String {
    format!("value like {pattern} escape '!'")
}
