//! Accounts at the command line.

use std::{
    io::{BufRead, BufReader},
    process::Stdio,
};

use serde_json::Value;

use super::support::{Office, demo};

fn json(out: &str) -> Vec<Value> {
    out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn the_first_start_makes_one_administrator_whose_password_is_told_once() {
    let office = Office::new();
    let said = |office: &Office| {
        let mut command = office.command();
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut site = command.spawn().unwrap();
        let out = BufReader::new(site.stdout.take().unwrap());
        let lines: Vec<String> = out
            .lines()
            .map(|line| line.unwrap())
            .take_while(|line| !line.starts_with("已打开"))
            .collect();
        site.kill().unwrap();
        site.wait().unwrap();
        lines
    };
    let first = said(&office);
    assert_eq!(first.len(), 1, "{first:?}");
    assert!(first[0].contains("账号 admin，初始密码 "), "{first:?}");
    assert_eq!(said(&office), Vec::<String>::new());
    let listed = json(&office.run(&["officer", "list", "--json"]).out);
    assert_eq!(listed[0]["account"], "admin");
    assert_eq!(listed[0]["roles"], serde_json::json!(["administrator"]));
}

#[test]
fn an_account_is_opened_listed_and_given_a_new_password() {
    let office = Office::new();
    office.import(&[&demo("wushan/items.jsonl"), "--publish"]);
    let add = |account: &str, more: &[&str]| {
        office.run(&[&["officer", "add", account, "--name", "录入岗", "--json"], more].concat())
    };
    let body = ["--role", "editor", "--region", "620524", "--body", "武山县民政局"];
    let added = add("wsmz-01", &body);
    let password = json(&added.out)[0]["first_password"].clone();
    assert!(password.as_str().unwrap().len() >= 12, "{password}");
    add("wsmz-01", &body).check(1, &["账号“wsmz-01”已经有人用过"]);
    add("x", &body).check(1, &["账号要有 2 到 40 个字符"]);
    add("wsmz-02", &["--role", "owner"]).check(1, &["没有角色“owner”"]);
    let nowhere = ["--role", "editor", "--region", "620524", "--body", "没有的局"];
    add("wsmz-02", &nowhere).check(1, &["没有实施主体“没有的局”"]);
    let listed = office.run(&["officer", "list"]).out;
    assert_eq!(listed, "wsmz-01\t录入岗\t武山县民政局\teditor\t在用\n");
    let again = json(&office.run(&["officer", "reset", "wsmz-01", "--json"]).out);
    assert_ne!(again[0]["first_password"], password);
    office.run(&["officer", "reset", "nobody"]).check(1, &["没有账号“nobody”"]);
}
