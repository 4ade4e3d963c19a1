//! The site ends when it is told to, and not before the people in it are served.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Stdio},
};

use super::support::{Office, demo};

/// The real server over a county's items.
struct Server {
    process: Child,
    address: String,
    out: BufReader<ChildStdout>,
}

impl Server {
    fn start(office: &Office) -> Server {
        let mut command = office.command();
        command.args(["serve", "--listen", "127.0.0.1:0", "--log-format", "json"]);
        command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let mut out = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        while !line.starts_with("已打开") {
            line.clear();
            assert!(out.read_line(&mut line).unwrap() > 0, "the site did not open");
        }
        let address = line.trim().rsplit("http://").next().unwrap().to_owned();
        Server { process, address, out }
    }

    fn signal(&self, name: &str) {
        let id = self.process.id();
        let sent = Command::new("sh").arg("-c").arg(format!("kill -{name} {id}")).status();
        assert!(sent.unwrap().success());
    }

    fn connect(&self) -> TcpStream {
        TcpStream::connect(&self.address).unwrap()
    }

    /// Waits until nobody is taken in any more.
    fn is_closed(&self) {
        while TcpStream::connect(&self.address).is_ok() {
            std::thread::yield_now();
        }
    }

    /// Returns a connection on which the server waits for the rest of a request.
    fn half_asked(&self, path: &str) -> TcpStream {
        let mut half = self.connect();
        write!(half, "GET {path} HTTP/1.1\r\nHost: a.test\r\n").unwrap();
        // Connections are taken in their order: once this one is answered, so was the other
        // taken.
        let mut whole = self.connect();
        write!(whole, "GET /healthz HTTP/1.0\r\n\r\n").unwrap();
        whole.read_to_string(&mut String::new()).unwrap();
        half
    }

    /// Returns the exit status, and all that was said on standard error.
    fn ended(mut self) -> (Option<i32>, String) {
        let mut said = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        self.out.read_to_string(&mut String::new()).unwrap();
        (self.process.wait().unwrap().code(), said)
    }
}

fn office() -> Office {
    let office = Office::new();
    office.import(&[&demo("wushan/items.jsonl"), "--publish"]);
    office
}

#[test]
fn who_is_being_served_when_the_site_stops_gets_the_whole_page() {
    let office = office();
    for signal in ["TERM", "INT"] {
        let server = Server::start(&office);
        let mut half = server.half_asked("/search?q=身份证");
        server.signal(signal);
        server.is_closed();
        half.write_all(b"\r\n").unwrap();
        let mut answer = String::new();
        half.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
        assert!(answer.contains("</html>"), "{answer}");
        let (status, said) = server.ended();
        assert_eq!(status, Some(0), "{signal}: {said}");
        assert!(said.contains("正在停止"), "{said}");
        let line = said.lines().find(|line| line.contains("\"/search\"")).unwrap();
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!((&line["status"], &line["method"]), (&200.into(), &"GET".into()));
        assert!(!said.contains("身份证"), "{said}");
    }
    office.run(&["verify"]).check(0, &["完好"]);
}

#[test]
fn a_second_signal_ends_the_site_at_once() {
    let office = office();
    let server = Server::start(&office);
    let half = server.half_asked("/");
    server.signal("TERM");
    server.is_closed();
    server.signal("TERM");
    let (status, said) = server.ended();
    assert_eq!(status, Some(1), "{said}");
    assert!(said.contains("立即结束"), "{said}");
    drop(half);
    office.run(&["verify"]).check(0, &["完好"]);
}
