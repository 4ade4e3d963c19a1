use std::net::TcpStream;

use super::*;

#[test]
fn a_cluster_answers_and_leaves_nothing_behind() {
    let cluster = Cluster::start().unwrap();
    let port = cluster.port;
    assert_eq!(cluster.url(), format!("postgres://postgres@127.0.0.1:{port}/postgres"));
    assert!(TcpStream::connect(("127.0.0.1", port)).is_ok());
    assert!(folder().is_dir());

    drop(cluster);
    assert!(TcpStream::connect(("127.0.0.1", port)).is_err());
    assert!(!folder().exists());
}

#[test]
fn a_server_that_does_not_start_says_why() {
    let mut keeper = Command::new("sh");
    keeper.args(["-c", "echo no space left; exit 1"]).stdout(Stdio::piped());
    let mut keeper = keeper.spawn().unwrap();
    let error = await_ready(&mut keeper).unwrap_err().to_string();
    assert!(error.contains("did not start:\nno space left"), "{error}");
}
