use std::collections::{BTreeMap, BTreeSet};

use domain::{
    content::keys,
    item::ItemRecord,
    library::{Article, ArticleNumber, Citation, Law, Laws, Shelf, law_key, number_key},
    standard::Standards,
};
use sqlx::{AnyConnection, Row, any::AnyRow};
use time::{Date, macros::format_description};

use super::owned::Saving;
use crate::{
    Selection, Store, StoreError, Tx,
    sql::{Bind, bind_all, escaped, placeholders},
};

/// 文库里的一部法律法规。
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptLaw {
    pub id: i64,
    pub revision: i64,
    /// Without its articles in a list.
    pub law: Law,
    /// Read out of items, and not yet checked by anyone.
    pub is_gathered: bool,
    pub saved_at: String,
    pub n_articles: i64,
}

/// 列出哪些法律法规。
#[derive(Debug, Clone, Default)]
pub struct LawFilter<'a> {
    /// Parts of the title or the 文号, all of which it has.
    pub words: &'a str,
    pub only_gathered: bool,
    /// Only those out of force on this day.
    pub repealed_on: Option<Date>,
    /// Those after this one.
    pub after: Option<i64>,
}

const COLUMNS: &str = "law.id, law.revision, law.title, law.number, law.issuer, law.kind, \
     law.effective_on, law.repealed_on, law.gathered, law.saved_at, \
     (select count(*) from law_article a where a.law_id = law.id) as n_articles";

const INTO: &str = "law (id, revision, title, title_key, number, number_key, issuer, kind, \
     effective_on, repealed_on, gathered, saved_by, saved_at)";

const ARTICLE: &str = "law_article (law_id, number, since, repealed_on, text)";

impl Store {
    /// Returns laws without their articles, by title.
    pub async fn laws(
        &self,
        filter: &LawFilter<'_>,
        limit: i64,
    ) -> Result<Vec<KeptLaw>, StoreError> {
        let (mut values, mut clauses) = (Vec::new(), vec!["1 = 1".to_owned()]);
        let mut bind = |value: Bind| {
            values.push(value);
            format!("${}", values.len())
        };
        for word in filter.words.split_whitespace() {
            let like = |text: String| Bind::Text(format!("%{}%", escaped(&text)));
            let (title, number) = (bind(like(law_key(word))), bind(like(number_key(word))));
            clauses.push(format!(
                "(title_key like {title} escape '!' or number_key like {number} escape '!')"
            ));
        }
        if filter.only_gathered {
            clauses.push("gathered = 1".to_owned());
        }
        if let Some(day) = filter.repealed_on {
            clauses.push(format!("repealed_on <= {}", bind(day.to_string().into())));
        }
        if let Some(after) = filter.after {
            let after = bind(after.into());
            clauses.push(format!(
                "(title_key, id) > (select title_key, id from law where id = {after})"
            ));
        }
        let limit = bind(limit.into());
        let sql = format!(
            "select {COLUMNS} from law where {} order by title_key, id limit {limit}",
            clauses.join(" and ")
        );
        let rows = bind_all(sql, values).fetch_all(&self.readers).await?;
        rows.iter().map(read).collect()
    }

    /// Returns a law with its articles.
    pub async fn law(&self, id: i64) -> Result<Option<KeptLaw>, StoreError> {
        let sql = format!("select {COLUMNS} from law where id = $1");
        let row = bind_all(sql, vec![id.into()]).fetch_optional(&self.readers).await?;
        let Some(mut law) = row.as_ref().map(read).transpose()? else { return Ok(None) };
        let mut connection = self.readers.acquire().await?;
        let mut articles = articles(&mut connection, &[id]).await?;
        law.law.articles = articles.remove(&id).unwrap_or_default();
        Ok(Some(law))
    }

    /// Enters the laws that items in force cite and the library does not know yet, with what the
    /// items give of them. Returns how many were new.
    pub async fn gather_laws(
        &self,
        standards: &Standards,
        saving: Saving,
    ) -> Result<usize, StoreError> {
        let (mut after, mut n_new) = (None, 0);
        let selection = Selection::default();
        loop {
            let page = self.current_page(&selection, after, 1_000).await?;
            let Some((last, _)) = page.last() else { return Ok(n_new) };
            after = Some(*last);
            let known = page.iter().filter(|(_, it)| standards.get(&it.record.standard).is_some());
            let laws = domain::library::cited(known.map(|(_, it)| &it.record.content));
            let mut tx = self.begin().await?;
            for law in &laws {
                n_new += usize::from(tx.gather_law(law, saving).await?);
            }
            tx.commit().await?;
        }
    }
}

impl Tx {
    /// Adds a law with its articles; `Taken` where there is one of its title and 文号.
    pub async fn add_law(&mut self, law: &Law, saving: Saving) -> Result<i64, StoreError> {
        let id = self.new_id().await?;
        let row = columns(id, law, false, saving);
        self.insert(INTO, vec![row]).await?;
        self.put_articles(id, &law.articles, true).await?;
        self.mark_using(Shelf::Laws, &law.key()).await?;
        Ok(id)
    }

    /// Writes what a law is over what it was, and that someone checked it; its articles stay.
    pub async fn change_law(
        &mut self,
        old: &KeptLaw,
        new: &Law,
        saving: Saving,
    ) -> Result<(), StoreError> {
        let sql = "update law set revision = revision + 1, title = $1, title_key = $2, \
                   number = $3, number_key = $4, issuer = $5, kind = $6, effective_on = $7, \
                   repealed_on = $8, gathered = 0, saved_by = $9, saved_at = $10 \
                   where id = $11 and revision = $12";
        // Neither the id nor the revision, which come first, nor whether it was gathered.
        let mut values: Vec<Bind> = columns(old.id, new, false, saving).drain(2..).collect();
        values.remove(8);
        values.extend([old.id.into(), old.revision.into()]);
        self.change_one(sql, values, ("法律法规", old.id)).await?;
        self.mark_using(Shelf::Laws, &old.law.key()).await?;
        self.mark_using(Shelf::Laws, &new.key()).await
    }

    /// Adds articles. Those that are there already are written over where `over` says so, and
    /// left as they are otherwise.
    pub async fn put_articles(
        &mut self,
        law: i64,
        articles: &[Article],
        over: bool,
    ) -> Result<(), StoreError> {
        let row = |it: &Article| {
            vec![
                Bind::Int(law),
                it.number.to_int().into(),
                it.effective_on.map(|it| it.to_string()).unwrap_or_default().into(),
                it.repealed_on.map(|it| it.to_string()).into(),
                it.text.as_str().into(),
            ]
        };
        // Of one article given twice the last counts; one statement may not meet a row twice.
        let by_key: BTreeMap<_, _> =
            articles.iter().map(|it| ((it.number, it.effective_on), row(it))).collect();
        let otherwise = match over {
            true => {
                "on conflict (law_id, number, since) do update
                 set text = excluded.text, repealed_on = excluded.repealed_on"
            }
            false => "on conflict do nothing",
        };
        self.insert_rows(ARTICLE, by_key.into_values().collect(), otherwise).await
    }

    /// Takes an article away, every wording of it.
    pub async fn remove_article(
        &mut self,
        law: i64,
        number: ArticleNumber,
    ) -> Result<(), StoreError> {
        let sql = "delete from law_article where law_id = $1 and number = $2";
        let values = vec![law.into(), number.to_int().into()];
        bind_all(sql.to_owned(), values).execute(&mut *self.inner).await?;
        Ok(())
    }

    /// Enters a law that items cite, unless one of its title is there; returns whether it is new.
    /// Of one that was gathered before, the articles are added that it lacks.
    async fn gather_law(&mut self, law: &Law, saving: Saving) -> Result<bool, StoreError> {
        let sql = "select id, gathered from law where title_key = $1 and number_key = $2";
        let number = law.number.as_deref().map(number_key).unwrap_or_default();
        let values = vec![law.key().into(), number.into()];
        let row = bind_all(sql.to_owned(), values).fetch_optional(&mut *self.inner).await?;
        let (id, is_new, is_gathered) = match row {
            Some(row) => (row.try_get("id")?, false, row.try_get::<i64, _>("gathered")? == 1),
            None => {
                let id = self.new_id().await?;
                self.insert(INTO, vec![columns(id, law, true, saving)]).await?;
                (id, true, true)
            }
        };
        if is_gathered {
            self.put_articles(id, &law.articles, false).await?;
        }
        Ok(is_new)
    }
}

/// Returns the laws that records cite, as of a day; `None` where the library is empty: an
/// office that keeps none is not told that it lacks each law.
pub(super) async fn cited(
    connection: &mut AnyConnection,
    records: &[&ItemRecord],
    today: Date,
) -> Result<Option<Laws>, StoreError> {
    let any = sqlx::query("select id from law limit 1").fetch_optional(&mut *connection).await?;
    if any.is_none() {
        return Ok(None);
    }
    let rows = records.iter().flat_map(|it| it.content.rows(keys::BASIS));
    let titles: BTreeSet<String> = rows.map(|row| Citation::of(row).key()).collect();
    let titles: Vec<String> = titles.into_iter().collect();
    let mut laws = Vec::new();
    for titles in titles.chunks(500) {
        let list = placeholders(0, titles.len());
        let sql = format!("select {COLUMNS} from law where title_key in {list}");
        let titles = titles.iter().map(|key| Bind::from(key.as_str())).collect();
        let rows = bind_all(sql, titles).fetch_all(&mut *connection).await?;
        let found: Vec<KeptLaw> = rows.iter().map(read).collect::<Result<_, StoreError>>()?;
        let ids: Vec<i64> = found.iter().map(|it| it.id).collect();
        let mut articles = articles(connection, &ids).await?;
        laws.extend(found.into_iter().map(|it| {
            let articles = articles.remove(&it.id).unwrap_or_default();
            Law { articles, ..it.law }
        }));
    }
    Ok(Some(Laws::new(today, laws)))
}

async fn articles(
    connection: &mut AnyConnection,
    laws: &[i64],
) -> Result<BTreeMap<i64, Vec<Article>>, StoreError> {
    let mut articles: BTreeMap<i64, Vec<Article>> = BTreeMap::new();
    if laws.is_empty() {
        return Ok(articles);
    }
    let sql = format!(
        "select law_id, number, since, repealed_on, text from law_article
         where law_id in {} order by law_id, number, since",
        placeholders(0, laws.len())
    );
    let ids = laws.iter().map(|id| Bind::Int(*id)).collect();
    for row in bind_all(sql, ids).fetch_all(&mut *connection).await? {
        let (law, number): (i64, i64) = (row.try_get("law_id")?, row.try_get("number")?);
        let wrong = || StoreError::Inconsistent {
            table: "law_article",
            id: law,
            detail: format!("条号 {number}"),
        };
        let article = Article {
            number: ArticleNumber::from_int(number).ok_or_else(wrong)?,
            text: row.try_get("text")?,
            effective_on: day(&row, "since"),
            repealed_on: day(&row, "repealed_on"),
        };
        articles.entry(law).or_default().push(article);
    }
    Ok(articles)
}

fn columns(id: i64, law: &Law, is_gathered: bool, saving: Saving) -> Vec<Bind> {
    let [by, at] = saving.binds();
    vec![
        id.into(),
        0.into(),
        law.title.as_str().into(),
        law.key().into(),
        law.number.clone().into(),
        law.number.as_deref().map(number_key).unwrap_or_default().into(),
        law.issuer.clone().into(),
        law.kind.clone().into(),
        law.effective_on.map(|it| it.to_string()).into(),
        law.repealed_on.map(|it| it.to_string()).into(),
        i64::from(is_gathered).into(),
        by,
        at,
    ]
}

fn read(row: &AnyRow) -> Result<KeptLaw, StoreError> {
    let gathered: i64 = row.try_get("gathered")?;
    Ok(KeptLaw {
        id: row.try_get("id")?,
        revision: row.try_get("revision")?,
        law: Law {
            title: row.try_get("title")?,
            number: row.try_get("number")?,
            issuer: row.try_get("issuer")?,
            kind: row.try_get("kind")?,
            effective_on: day(row, "effective_on"),
            repealed_on: day(row, "repealed_on"),
            articles: Vec::new(),
        },
        is_gathered: gathered == 1,
        saved_at: row.try_get("saved_at")?,
        n_articles: row.try_get("n_articles")?,
    })
}

fn day(row: &AnyRow, column: &str) -> Option<Date> {
    let text: Option<String> = row.try_get(column).ok()?;
    Date::parse(&text?, format_description!("[year]-[month]-[day]")).ok()
}
