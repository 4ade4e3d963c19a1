//! An officer who writes a draft in a browser, and saves all the time.

use reqwest::{Client, redirect::Policy};
use tokio::runtime::Runtime;

/// 录入岗，在一份草稿前。
pub(super) struct Desk {
    runtime: Runtime,
    client: Client,
    /// The place of the draft.
    path: String,
}

/// What the officer sees of the draft.
pub(super) struct Seen {
    csrf: String,
    revision: String,
    /// The number of the save that wrote it, 0 before the first.
    pub(super) save: u64,
}

/// How far the officer came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Typed {
    /// The last save that was told to be saved.
    pub(super) told: u64,
    /// The last one that was sent.
    pub(super) sent: u64,
}

impl Desk {
    /// Signs in; the site may be killed and started as often as it will, the session stays.
    pub(super) fn sign_in(address: &str, account: &str, password: &str, edition: i64) -> Desk {
        let runtime = Runtime::new().unwrap();
        let client = Client::builder().cookie_store(true).redirect(Policy::none()).build();
        let path = format!("/workbench/editions/{edition}");
        let desk = Desk { runtime, client: client.unwrap(), path };
        let form = format!("account={account}&password={password}");
        let (status, said) = desk.post(address, "/sign-in", form).unwrap();
        assert_eq!(status, 303, "{said}");
        desk
    }

    pub(super) fn open(&self, address: &str) -> Seen {
        let url = format!("http://{address}{}/edit", self.path);
        let page = self.runtime.block_on(async {
            let answer = self.client.get(url).send().await.unwrap();
            assert_eq!(answer.status(), 200);
            answer.text().await.unwrap()
        });
        let written: Vec<u64> = MARKS.iter().map(|mark| number_before(&page, mark)).collect();
        assert!(written.iter().all(|it| *it == written[0]), "half of a save: {written:?}");
        Seen {
            csrf: value_after(&page, "name=\"csrf\" value=\"").unwrap(),
            revision: value_after(&page, REVISION).unwrap(),
            save: written[0],
        }
    }

    /// Saves until nobody answers any more, or so many times.
    pub(super) fn type_on(&self, address: &str, mut seen: Seen, most: u64) -> Typed {
        let mut typed = Typed { told: seen.save, sent: seen.save };
        while typed.sent < seen.save + most {
            typed.sent += 1;
            let form = format!(
                "csrf={}&revision={}&summary={n}{}&conditions={n}{}",
                seen.csrf,
                seen.revision,
                MARKS[0],
                MARKS[1],
                n = typed.sent
            );
            let path = format!("{}/save", self.path);
            let Some((status, said)) = self.post(address, &path, form) else { break };
            assert_eq!(status, 200, "{said}");
            seen.revision = value_after(&said, REVISION).unwrap();
            typed.told = typed.sent;
        }
        typed
    }

    /// Returns what was answered, if it was to its end.
    fn post(&self, address: &str, path: &str, form: String) -> Option<(u16, String)> {
        let request = self.client.post(format!("http://{address}{path}")).body(form);
        let request = request.header("content-type", "application/x-www-form-urlencoded");
        self.runtime.block_on(async {
            let answer = request.send().await.ok()?;
            let status = answer.status().as_u16();
            Some((status, answer.text().await.ok()?))
        })
    }
}

/// What follows the number of a save in each of the two elements that it writes.
const MARKS: [&str; 2] = ["次写的简介", "次写的条件"];

const REVISION: &str = "id=\"revision\" value=\"";

fn number_before(page: &str, mark: &str) -> u64 {
    let Some((before, _)) = page.split_once(mark) else { return 0 };
    let start = before.rfind(|it: char| !it.is_ascii_digit()).map_or(0, |at| at + 1);
    before[start..].trim_start().parse().unwrap()
}

fn value_after(page: &str, start: &str) -> Option<String> {
    let (_, rest) = page.split_once(start)?;
    Some(rest.split_once('"')?.0.to_owned())
}
