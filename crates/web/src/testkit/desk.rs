//! Officers of a site under test, each with a browser of their own.

use domain::{
    item::BodyId,
    people::{Officer, OfficerId, Role, Scope},
};
use store::{Doing, OfficerAction};

use super::{NOW, Page, Site};
use crate::{accounts, jobs::work::Worker, session::Token};

/// An officer who is signed in.
pub(crate) struct Desk {
    base: String,
    client: reqwest::Client,
    cookie: String,
    csrf: String,
    pub(crate) officer: Officer,
}

pub(crate) fn officer(account: &str, scope: Scope, roles: &[Role]) -> Officer {
    Officer {
        id: OfficerId(0),
        account: account.to_owned(),
        name: "录入岗".to_owned(),
        scope,
        roles: roles.to_vec(),
        must_change_password: false,
        stamp: 1,
        is_closed: false,
    }
}

impl Site {
    /// Adds a clerk's account with a password.
    pub(crate) async fn has_account(&self, account: &str, password: &str, must_change: bool) {
        let officer = officer(account, Scope::Everywhere, &[Role::Editor]);
        let officer = Officer { must_change_password: must_change, ..officer };
        let added = accounts::add_with(&self.state.store, &officer, password, OfficerId(0), NOW);
        added.await.unwrap();
    }

    /// Signs a clerk in who sees everything.
    pub(crate) async fn signs_in(&self, account: &str) -> Desk {
        self.officer(officer(account, Scope::Everywhere, &[Role::Editor])).await
    }

    /// Adds an officer, and signs them in without a password: hashing one takes its time.
    pub(crate) async fn officer(&self, officer: Officer) -> Desk {
        let token = Token::new();
        let mut tx = self.state.store.begin().await.unwrap();
        let doing = Doing { by: OfficerId(0), action: OfficerAction::Added, detail: "", at: NOW };
        let id = tx.add_officer(&officer, "none", doing).await.unwrap();
        let officer = Officer { id, ..officer };
        let now = self.state.clock.now();
        tx.begin_session(&token.hash(), &officer, now).await.unwrap();
        tx.commit().await.unwrap();
        self.desk(token.cookie_pair(), token.csrf(), officer)
    }

    /// Signs in by the page.
    pub(crate) async fn signs_in_with(&self, account: &str, password: &str) -> Desk {
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("account", account), ("password", password)])
            .finish();
        let done = self.send("/sign-in", &form).await;
        assert_eq!(done.status, 303, "{}", done.body);
        let pair = done.header("set-cookie").split(';').next().unwrap().to_owned();
        let (_, token) = pair.split_once('=').unwrap();
        let csrf = Token::known(token).csrf();
        let known = self.state.store.credentials(account).await.unwrap().unwrap();
        self.desk(pair, csrf, known.officer)
    }

    fn desk(&self, cookie: String, csrf: String, officer: Officer) -> Desk {
        Desk { base: self.base.clone(), client: self.client.clone(), cookie, csrf, officer }
    }

    /// Lets 综合查询 know what was saved and decided.
    pub(crate) async fn queries_follow(&self) {
        let state = &self.state;
        while state
            .store
            .follow_queries(&state.standards, state.clock.today(), 200)
            .await
            .unwrap()
            .is_some()
        {}
    }

    /// Returns the body of that name.
    pub(crate) async fn body(&self, name: &str) -> BodyId {
        let bodies = self.state.store.bodies(None).await.unwrap();
        bodies.iter().find(|it| it.body.name == name).unwrap().id
    }

    /// Lets the site's jobs run until none is left.
    pub(crate) async fn works(&self) {
        let mut worker = Worker::new(self.state.clone());
        while !self.state.store.unfinished_jobs().await.unwrap().is_empty() {
            worker.turn().await.unwrap();
            tokio::task::yield_now().await;
        }
    }

    /// Closes an account, as an administrator does.
    pub(crate) async fn closes(&self, account: &str) {
        let known = self.state.store.credentials(account).await.unwrap().unwrap();
        let closed = Officer { is_closed: true, ..known.officer };
        let mut tx = self.state.store.begin().await.unwrap();
        let doing = Doing { by: OfficerId(0), action: OfficerAction::Closed, detail: "", at: NOW };
        tx.change_officer(&closed, doing).await.unwrap();
        tx.commit().await.unwrap();
    }
}

impl Desk {
    pub(crate) fn cookie(&self) -> &str {
        &self.cookie
    }

    pub(crate) async fn get(&self, path: &str) -> Page {
        let request = self.client.get(format!("{}{path}", self.base));
        let request = request.header("cookie", &self.cookie).header("accept", "text/html,*/*");
        Page::read(request.send().await.unwrap()).await
    }

    /// Sends a form with its token.
    pub(crate) async fn post(&self, path: &str, fields: &[(&str, &str)]) -> Page {
        let form = form_urlencoded::Serializer::new(String::new())
            .extend_pairs([("csrf", self.csrf.as_str())])
            .extend_pairs(fields)
            .finish();
        let request = self.client.post(format!("{}{path}", self.base)).body(form);
        let request = request
            .header("content-type", "application/x-www-form-urlencoded")
            .header("cookie", &self.cookie);
        Page::read(request.send().await.unwrap()).await
    }

    /// Sends a form with a file, its token in the address.
    pub(crate) async fn upload(
        &self,
        path: &str,
        name: &str,
        bytes: &[u8],
        fields: &[(&str, &str)],
    ) -> Page {
        const MARK: &str = "part-of-a-form";
        let mut body = Vec::new();
        for (key, value) in fields {
            let part = format!(
                "--{MARK}\r\ncontent-disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n"
            );
            body.extend_from_slice(part.as_bytes());
        }
        let head = format!(
            "--{MARK}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\
             content-type: application/octet-stream\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(format!("\r\n--{MARK}--\r\n").as_bytes());
        let joint = if path.contains('?') { '&' } else { '?' };
        let path = format!("{}{path}{joint}csrf={}", self.base, self.csrf);
        let request = self.client.post(path).body(body);
        let request = request
            .header("content-type", format!("multipart/form-data; boundary={MARK}"))
            .header("cookie", &self.cookie);
        Page::read(request.send().await.unwrap()).await
    }
}
