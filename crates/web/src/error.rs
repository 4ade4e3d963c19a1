//! Every way a page can fail, and the words for it.

use std::{
    any::Any,
    fmt::Display,
    hash::{BuildHasher, RandomState},
};

use askama::Template;
use axum::{
    extract::{Request, State},
    http::StatusCode,
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use search::SearchError;
use store::StoreError;

use crate::{
    AppState,
    layout::Shell,
    links::{self, Link},
};

/// 页面出错。The message that a person reads is chosen in one place, [`Problem::of`],
/// and never holds the text of an inner error.
#[derive(Debug)]
pub(crate) enum WebError {
    NotFound,
    /// No item was ever published under the code.
    NoItem {
        code: String,
    },
    MethodNotAllowed,
    /// The place is for officers, and nobody is signed in.
    SignInFirst {
        next: Option<String>,
    },
    /// A form that is not of this session: of an older one, or of another site.
    FormExpired,
    /// A form without a field that it must have.
    BadForm,
    /// A form or a file larger than any that is taken.
    TooLarge,
    /// What should be a day in the address is none.
    NotADay(String),
    /// A query parameter with a value that says nothing to it.
    Unreadable {
        parameter: &'static str,
        value: String,
    },
    /// A file that can not be made of what was asked for, and why.
    NotExported(String),
    /// The request does not say by which address it came.
    NoHost,
    /// A query parameter that an answer for machines does not know.
    UnknownParameter(String),
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl WebError {
    pub(crate) fn unreadable(parameter: &'static str, value: &str) -> WebError {
        WebError::Unreadable { parameter, value: value.to_owned() }
    }

    pub(crate) fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> WebError {
        WebError::Internal(error.into())
    }
}

impl From<StoreError> for WebError {
    fn from(error: StoreError) -> WebError {
        WebError::internal(error)
    }
}

/// What is written in memory does not fail; if it does, it is a fault of ours.
impl From<std::io::Error> for WebError {
    fn from(error: std::io::Error) -> WebError {
        WebError::internal(error)
    }
}

impl From<SearchError> for WebError {
    fn from(error: SearchError) -> WebError {
        WebError::internal(error)
    }
}

impl From<askama::Error> for WebError {
    fn from(error: askama::Error) -> WebError {
        WebError::internal(error)
    }
}

impl From<tokio::task::JoinError> for WebError {
    fn from(error: tokio::task::JoinError) -> WebError {
        WebError::internal(error)
    }
}

impl IntoResponse for WebError {
    /// Leaves the problem with the response, for [`show`] to make the page of it.
    ///
    /// Who must sign in first is led there, and back afterwards; a request of a script is told.
    fn into_response(self) -> Response {
        if let WebError::SignInFirst { next: Some(next) } = &self {
            return links::sign_in().with("next", next).redirect();
        }
        let problem = Problem::of(self);
        let mut response = (problem.status, problem.title).into_response();
        response.extensions_mut().insert(problem);
        response
    }
}

/// 出了什么问题，怎么办。
#[derive(Debug, Clone, PartialEq, Eq)]
struct Problem {
    status: StatusCode,
    title: &'static str,
    /// What is wrong: words, and between them what the address held.
    before: &'static str,
    named: String,
    after: &'static str,
    /// Under which the cause is found in the log.
    reference: Option<String>,
}

impl Problem {
    fn of(error: WebError) -> Problem {
        if let Some((status, title, before)) = plain_words(&error) {
            return Problem::plain(status, title, before);
        }
        match error {
            WebError::NoItem { code } => Problem {
                named: code,
                after: "没有对应的事项。可能抄错了一位，也可能还没有公布。",
                ..Problem::plain(StatusCode::NOT_FOUND, "没有这一页", "地址里的编码")
            },
            WebError::NotADay(text) => Problem {
                named: text,
                after: "不是日期。请照 2026-03-02 的样子写：年四位，月、日各两位，中间用短横。",
                ..Problem::plain(StatusCode::BAD_REQUEST, "认不出的日期", "地址里的")
            },
            WebError::Unreadable { parameter, value } => Problem {
                named: format!("{parameter} 的值 {value}"),
                after: "认不出。请照给出的链接打开，或从地址里删去它。",
                ..Problem::plain(StatusCode::BAD_REQUEST, "认不出的参数", "参数")
            },
            WebError::NotExported(why) => Problem {
                named: why,
                after: "。请按浏览器的后退键回到查询。",
                ..Problem::plain(StatusCode::UNPROCESSABLE_ENTITY, "没有导出", "")
            },
            WebError::UnknownParameter(name) => Problem {
                named: name,
                after: "。请从地址里删去它再试。",
                ..Problem::plain(StatusCode::BAD_REQUEST, "不认识的参数", "这个地址没有参数")
            },
            error => Problem::internal(error),
        }
    }

    fn plain(status: StatusCode, title: &'static str, before: &'static str) -> Problem {
        Problem { status, title, before, named: String::new(), after: "", reference: None }
    }

    fn internal(error: WebError) -> Problem {
        let reference = reference();
        match error {
            WebError::Internal(error) => {
                tracing::error!(%reference, error = %with_causes(&*error), "request failed");
            }
            other => tracing::error!(%reference, error = ?other, "a failure without words"),
        }
        let words =
            "不是您的问题，也没有丢失什么。请过几分钟再试；还是不行，请把下面的编号告诉窗口。";
        let problem = Problem::plain(StatusCode::INTERNAL_SERVER_ERROR, "系统出错了", words);
        Problem { reference: Some(reference), ..problem }
    }
}

/// Returns status, title and words of a failure that is always told alike.
fn plain_words(error: &WebError) -> Option<(StatusCode, &'static str, &'static str)> {
    let words = match error {
        WebError::NotFound => (
            StatusCode::NOT_FOUND,
            "没有这一页",
            "地址可能抄错了，也可能这一页已经搬走。请用名称或者编码重新查找。",
        ),
        WebError::MethodNotAllowed => (
            StatusCode::METHOD_NOT_ALLOWED,
            "这里不能这样打开",
            "这个地址只供阅读，不接收提交的内容。请从首页重新进入。",
        ),
        WebError::SignInFirst { .. } => (
            StatusCode::UNAUTHORIZED,
            "请先登录",
            "这一页要登录以后才能打开。刚才没有登录，或者登录已经到时。",
        ),
        WebError::FormExpired => (
            StatusCode::FORBIDDEN,
            "这一页已经过期",
            "登录换过了，刚才填的没有提交。请按浏览器的后退键，填的内容还在；刷新以后再提交。",
        ),
        WebError::BadForm => (
            StatusCode::BAD_REQUEST,
            "认不出提交的内容",
            "提交的表单缺了项目，没有写入什么。请按浏览器的后退键回到原来那一页，刷新后再试。",
        ),
        WebError::TooLarge => (
            StatusCode::PAYLOAD_TOO_LARGE,
            "提交的内容太大",
            "超过了一次能提交的大小，没有写入什么。请分几次提交。",
        ),
        WebError::NoHost => (
            StatusCode::BAD_REQUEST,
            "没有写明站点的地址",
            "请求里没有写明站点的地址（Host），给不出完整的链接。请用浏览器从首页打开。",
        ),
        _ => return None,
    };
    Some(words)
}

/// Turns a panic into the page for a fault of ours.
pub(crate) fn after_panic(panic: Box<dyn Any + Send + 'static>) -> Response {
    let words = panic.downcast_ref::<&str>().map(|it| (*it).to_owned());
    let words = words.or_else(|| panic.downcast_ref::<String>().cloned());
    WebError::internal(words.unwrap_or_else(|| "a panic without words".to_owned())).into_response()
}

/// Makes the page of a problem that a handler or the router left with its response.
pub(crate) async fn show(State(app): State<AppState>, request: Request, next: Next) -> Response {
    let is_inside = request.uri().path().starts_with("/workbench");
    let mut response = next.run(request).await;
    let Some(problem) = response.extensions_mut().remove::<Problem>() else { return response };
    let status = problem.status;
    // A site whose index fails must still be able to say so.
    let shell = Shell::for_default_area(&app).unwrap_or_else(|_| Shell::without_regions(&app));
    let page = Page { all_items: shell.search_link(), shell, problem, is_inside };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => response,
    }
}

#[derive(Template)]
#[template(path = "problem.html")]
struct Page {
    shell: Shell,
    problem: Problem,
    all_items: Link,
    /// Whoever stands in the workbench is led back there.
    is_inside: bool,
}

/// A short name for one failure; chance, so that two machines do not give the same.
fn reference() -> String {
    format!("{:016x}", RandomState::new().hash_one(0))[..8].to_uppercase()
}

fn with_causes(error: &dyn std::error::Error) -> impl Display {
    let causes = std::iter::successors(error.source(), |it| it.source());
    causes.fold(error.to_string(), |text, cause| format!("{text}: {cause}"))
}
