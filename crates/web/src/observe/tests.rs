use std::{
    io,
    sync::{Arc, Mutex},
};

use serde_json::Value;
use tracing_subscriber::fmt::MakeWriter;

use crate::testkit::{Site, full_record};

/// A log that the test reads.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    /// Keeps what this thread logs, on which everything of a test runs.
    fn keep(&self) -> tracing::subscriber::DefaultGuard {
        let log = tracing_subscriber::fmt().json().with_writer(self.clone()).finish();
        tracing::subscriber::set_default(log)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// Returns the lines with this message.
    fn lines(&self, message: &str) -> Vec<Value> {
        let text = self.text();
        let lines = text.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        lines.filter(|line| line["fields"]["message"] == message).collect()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Log {
    type Writer = Log;

    fn make_writer(&'a self) -> Log {
        self.clone()
    }
}

#[tokio::test]
async fn each_request_is_one_line_that_does_not_say_what_was_asked() {
    let site = Site::start().await;
    site.publishes(full_record()).await;
    let log = Log::default();
    let _kept = log.keep();
    let answers = [
        site.get("/search?q=张三13800000000").await,
        site.get("/items/62052400MZ-XK-0001").await,
        site.get("/nowhere/13800000000").await,
        site.post("/").await,
    ];
    let lines = log.lines("request served");
    let seen: Vec<_> = lines
        .iter()
        .map(|line| {
            let fields = &line["fields"];
            assert!(fields["duration_ms"].is_f64(), "{line}");
            let words = |key: &str| fields[key].as_str().unwrap().to_owned();
            (words("method"), words("place"), fields["status"].as_u64().unwrap())
        })
        .collect();
    let expected = [
        ("GET", "/search", 200),
        ("GET", "/items/{code}", 200),
        ("GET", "none", 404),
        ("POST", "/", 405),
    ];
    assert_eq!(seen, expected.map(|(method, place, status)| (method.into(), place.into(), status)));
    for (line, answer) in lines.iter().zip(&answers) {
        assert_eq!(line["span"]["id"], answer.header("x-request-id"));
    }
    for asked in ["13800000000", "张三", "%E5", "62052400MZ"] {
        assert!(!log.text().contains(asked), "{}", log.text());
    }
}

#[tokio::test]
async fn a_fault_is_found_in_the_log_by_the_number_that_the_page_gives() {
    let site = Site::start().await;
    site.state.store.close().await;
    let log = Log::default();
    let _kept = log.keep();
    let page = site.get("/items/62052400MZ-XK-0001").await;
    let reference = page.all(".code").concat();
    page.check(500, &["系统出错了", &reference]);
    let faults = log.lines("request failed");
    assert_eq!(faults.len(), 1, "{}", log.text());
    assert_eq!(faults[0]["level"], "ERROR");
    assert_eq!(faults[0]["fields"]["reference"], reference.as_str());
    assert_eq!(faults[0]["span"]["id"], page.header("x-request-id"));
}
