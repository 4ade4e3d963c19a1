use axum::{
    extract::{Multipart, State},
    response::Response,
};
use domain::{approval::NumberRule, item::ItemId};
use store::NewApprovalTemplate;

use super::list_page;
use crate::{
    AppState,
    approvals::{Opened, Subject},
    error::WebError,
    extract::Path,
    layout, links,
    session::{Session, SignedIn},
};

/// A template of a page or two, with a seal or a picture.
pub(super) const LARGEST: usize = 5 << 20;

/// What is typed beside the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed {
    pub(super) title: String,
    pub(super) outcome: String,
    pub(super) number_rule: String,
    /// The last number that was given this year before.
    pub(super) used: String,
}

/// A form as it came.
#[derive(Debug, Default)]
struct Brought {
    typed: Typed,
    file_name: String,
    bytes: Vec<u8>,
    is_too_large: bool,
}

/// `POST /workbench/items/{item}/templates/upload`
pub(super) async fn submit(
    State(app): State<AppState>,
    session: SignedIn,
    Path(item): Path<i64>,
    form: Multipart,
) -> Result<Response, WebError> {
    let item = ItemId(item);
    let subject = Subject::read(&app, session.actor.scope, item).await?;
    let standard = app.standard(&subject.edition().record.standard).clone();
    let brought = read(form).await?;
    let (rule, faults) = faults(&brought);
    let Some(rule) = rule.filter(|_| faults.is_empty()) else {
        return refused(&app, &session, item, (brought.typed, faults)).await;
    };
    let bytes = brought.bytes;
    // A large file takes its time, and others must not wait for it.
    let checked =
        tokio::task::spawn_blocking(move || Opened::read(&bytes, &standard).map(|_| bytes));
    let bytes = match checked.await? {
        Ok(bytes) => bytes,
        Err(faults) => return refused(&app, &session, item, (brought.typed, faults)).await,
    };
    let size_bytes = bytes.len() as i64;
    let hash = app.files.put(bytes).await.map_err(WebError::internal)?;
    let outcome = Some(brought.typed.outcome.as_str()).filter(|it| !it.is_empty());
    let new = NewApprovalTemplate {
        item,
        title: &brought.typed.title,
        outcome,
        number_rule: &rule.to_string(),
        hash: &hash,
        file_name: &brought.file_name,
        size_bytes,
    };
    let mut tx = app.store.begin().await?;
    let id = tx.add_approval_template(new, session.saving(&app)).await?;
    if let Some(up_to @ 1..) = last_used(&brought.typed.used) {
        let body = tx.body_of(item).await?.ok_or(WebError::NotFound)?.id;
        tx.reserve_approval_numbers(body, &rule, app.clock.today().year(), up_to).await?;
    }
    tx.commit().await?;
    Ok(links::template(&id).redirect())
}

async fn refused(
    app: &AppState,
    session: &Session,
    item: ItemId,
    said: (Typed, Vec<String>),
) -> Result<Response, WebError> {
    let page = list_page(app, session, item, said).await?;
    layout::refused(page)
}

fn faults(brought: &Brought) -> (Option<NumberRule>, Vec<String>) {
    let mut faults = Vec::new();
    let title = brought.typed.title.chars();
    if !(1..=100).contains(&title.count()) {
        faults.push("写上文书名称，100 个字以内".to_owned());
    }
    if brought.typed.outcome.chars().count() > 200 {
        faults.push("办理结果从列表里选".to_owned());
    }
    let rule = NumberRule::parse(&brought.typed.number_rule);
    if let Err(fault) = &rule {
        faults.push(fault.to_string());
    }
    if last_used(&brought.typed.used).is_none() {
        faults.push("今年已经用到几号，写一个 1 到 99999 的数；没有就空着".to_owned());
    }
    let is_named = (1..=200).contains(&brought.file_name.chars().count());
    if brought.is_too_large {
        faults.push("文件超过 5 MB；压缩里面的图片再传".to_owned());
    } else if brought.bytes.is_empty() || !is_named {
        faults.push("没有选文件，或者文件是空的；文件名在 200 个字以内".to_owned());
    }
    (rule.ok(), faults)
}

/// Returns the last number given before, 0 where there is none.
fn last_used(text: &str) -> Option<u32> {
    match text {
        "" => Some(0),
        text => text.parse().ok().filter(|it| (1..=99_999).contains(it)),
    }
}

async fn read(mut form: Multipart) -> Result<Brought, WebError> {
    let mut brought = Brought::default();
    while let Some(field) = form.next_field().await.map_err(|_| WebError::BadForm)? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let called = field.file_name().unwrap_or_default();
            let called = called.rsplit(['/', '\\']).next().unwrap_or_default().trim();
            brought.file_name = called.chars().filter(|c| !c.is_control()).collect();
            match field.bytes().await {
                Ok(bytes) => brought.bytes = bytes.to_vec(),
                Err(_) => brought.is_too_large = true,
            }
            continue;
        }
        let Ok(text) = field.text().await else { return Err(WebError::BadForm) };
        let text = text.trim().to_owned();
        match name.as_str() {
            "title" => brought.typed.title = text,
            "outcome" => brought.typed.outcome = text,
            "number_rule" => brought.typed.number_rule = text,
            "used" => brought.typed.used = text,
            _ => {}
        }
    }
    brought.is_too_large |= brought.bytes.len() > LARGEST;
    Ok(brought)
}
