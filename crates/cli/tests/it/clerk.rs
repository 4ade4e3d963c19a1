//! An officer in a browser, who brings files and takes them away.

use domain::people::{Officer, OfficerId, Role, Scope};
use reqwest::{Client, redirect::Policy};
use store::Store;
use time::macros::datetime;
use tokio::runtime::Runtime;
use web::accounts;

use super::support::{Office, Site};

const ACCOUNT: &str = "platform-01";
const PASSWORD: &str = "Xieren7402.";

pub(crate) struct Clerk {
    runtime: Runtime,
    client: Client,
    address: String,
    csrf: String,
}

/// Opens the account of an officer who may see and write everything.
pub(crate) fn open_account(office: &Office) {
    let now = datetime!(2026-03-02 01:00 UTC);
    let officer = Officer {
        id: OfficerId(0),
        account: ACCOUNT.into(),
        name: "平台岗".into(),
        scope: Scope::Everywhere,
        roles: vec![Role::Editor, Role::Administrator],
        must_change_password: false,
        stamp: 1,
        is_closed: false,
    };
    with_store(office, async |store| {
        accounts::add_with(&store, &officer, PASSWORD, OfficerId(0), now).await.unwrap();
    });
}

/// Does something with the catalogue of an office behind the program's back.
pub(crate) fn with_store<T>(office: &Office, act: impl AsyncFnOnce(Store) -> T) -> T {
    let url = office.existing_database().expect("the office has a catalogue");
    Runtime::new().unwrap().block_on(async {
        let store = Store::open(&url).await.unwrap();
        let done = act(store.clone()).await;
        store.close().await;
        done
    })
}

impl Clerk {
    pub(crate) fn sign_in(site: &Site) -> Clerk {
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).build();
        let (client, address) = (client.unwrap(), format!("http://{}", site.address));
        let mut clerk =
            Clerk { runtime: Runtime::new().unwrap(), client, address, csrf: String::new() };
        let form = format!("account={ACCOUNT}&password={PASSWORD}");
        let (status, said) = clerk.post("/sign-in", "application/x-www-form-urlencoded", form);
        assert_eq!(status, 303, "{said}");
        let (_, page) = clerk.get("/workbench/attachments");
        let page = String::from_utf8(page).unwrap();
        let (_, rest) = page.split_once("name=\"csrf\" content=\"").unwrap();
        clerk.csrf = rest.split_once('"').unwrap().0.to_owned();
        clerk
    }

    pub(crate) fn get(&self, path: &str) -> (u16, Vec<u8>) {
        self.runtime.block_on(async {
            let answer = self.client.get(format!("{}{path}", self.address)).send().await.unwrap();
            (answer.status().as_u16(), answer.bytes().await.unwrap().to_vec())
        })
    }

    /// Brings a file into the library; returns what an item holds to refer to it, and where it
    /// is had.
    pub(crate) fn attach(&self, name: &str, bytes: &[u8]) -> (String, String) {
        const MARK: &str = "part-of-a-form";
        let head = format!(
            "--{MARK}\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"
        );
        let body = [head.as_bytes(), bytes, format!("\r\n--{MARK}--\r\n").as_bytes()].concat();
        let path = format!("/workbench/attachments/upload?csrf={}", self.csrf);
        let (status, said) =
            self.post(&path, &format!("multipart/form-data; boundary={MARK}"), body);
        assert_eq!(status, 200, "{said}");
        let told: serde_json::Value = serde_json::from_str(&said).unwrap();
        let text = |key: &str| told[key].as_str().unwrap().to_owned();
        (text("value"), text("link"))
    }

    fn post(&self, path: &str, kind: &str, body: impl Into<reqwest::Body>) -> (u16, String) {
        let request = self.client.post(format!("{}{path}", self.address)).body(body);
        let request = request.header("content-type", kind).header("accept", "application/json");
        self.runtime.block_on(async {
            let answer = request.send().await.unwrap();
            (answer.status().as_u16(), answer.text().await.unwrap())
        })
    }
}
