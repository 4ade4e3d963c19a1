//! `docs/workflow.md`: how an edition moves, read from the rules and the standards themselves.

use std::{fmt::Write, path::Path};

use anyhow::Result;
use domain::{
    edition::{Action, Course, State, next, role_for},
    people::Role,
    standard::{Operation, Resubmit, ReviewRoute, Standard, Standards},
};

const HEAD: &str = "\
# 审核流程

本文件由 `cargo xtask gen` 从规则（`crates/domain/src/edition/state.rs` 的 `next`）和随程序的规范生成，
不手改；与它们不符，`cargo xtask test` 就不通过。

## 状态与动作

每个事项最多有一个在办的版本（暂存、审核中、退回、待公布）和一个在用的版本（已公布、暂停）。
变更、暂停、恢复、取消都在在用的版本旁边另起一版，走各自的路线；公布时，原来的一版转为“已被替代”。
状态的叫法各地不同，见各规范；下表用通用的叫法。

| 状态 | 动作 | 到 | 由谁 |
|---|---|---|---|
";

const RULES: &str = "
- 本人送审的版本，本人不能审核，也不能公布。
- 收回只能由送审人，在还没有任何一站通过以前。
- 退回至少写一条意见，针对一个要素或者整个版本。
- 暂停、取消、放弃、撤销导入要写理由；暂停和取消的理由公众看得到。
- 检查发现的错误挡住送审，提醒不挡；暂停、恢复、取消不改内容，不受阻挡。
- 没有事项编码不能公布。编码在第一次送审时编发，永远归这个事项。
- 写了生效日期的，到那天自动公布，以前不能公布。
";

pub(super) fn document(_root: &Path) -> Result<String> {
    let standards = Standards::shipped()?;
    let mut text = HEAD.to_owned();
    for state in State::ALL {
        for action in Action::ALL {
            table_row(&mut text, state, action)?;
        }
    }
    text += RULES;
    for standard in standards.iter() {
        chapter(&mut text, standard)?;
    }
    Ok(text)
}

fn table_row(text: &mut String, state: State, action: Action) -> Result<()> {
    let Some(to) = leads(state, action) else { return Ok(()) };
    let desk = (state == State::InReview).then_some("");
    let who = match role_for(action, state, desk) {
        Role::Editor if action == Action::Recall => "送审人",
        Role::Editor => "录入员",
        Role::Reviewer { .. } => "这一站的审核人",
        Role::Publisher => "公布人",
        Role::Supervisor => "管理账号",
        Role::Administrator => "管理员",
    };
    writeln!(text, "| {} | {} | {to} | {who} |", state.label(), action.label())?;
    Ok(())
}

/// Writes the states that an action leads to, each but the usual one with when it does.
fn leads(state: State, action: Action) -> Option<String> {
    let usual = Course { operation: Operation::Change, at_last_desk: false, was_returned: false };
    let to = next(state, action, usual)?;
    let mut words = to.label().to_owned();
    let mut otherwise = |course: Course, when: &str| {
        let other = next(state, action, course);
        if let Some(other) = other.filter(|it| *it != to) {
            words += &format!("；{when}：{}", other.label());
        }
    };
    otherwise(Course { at_last_desk: true, ..usual }, "在最后一站");
    otherwise(Course { was_returned: true, ..usual }, "退回过的");
    for operation in Operation::ALL {
        otherwise(Course { operation, ..usual }, &format!("操作是{}", operation.label()));
    }
    Some(words)
}

fn chapter(text: &mut String, standard: &Standard) -> Result<()> {
    writeln!(text, "\n## {}（`{}`）\n", standard.title, standard.id)?;
    writeln!(text, "| 环节 | 停在这里时叫 | 限几个工作日 |\n|---|---|---|")?;
    for desk in &standard.desks {
        let word = standard.state_word(State::InReview, Some(&desk.id));
        let limit = desk.limit.map_or("不限".to_owned(), |days| days.to_string());
        writeln!(text, "| {} | {word} | {limit} |", desk.title)?;
    }
    writeln!(text, "\n| 事项类型 | 操作 | 路线 |\n|---|---|---|")?;
    for route in &standard.routes {
        let operations: Vec<&str> = route.operations.iter().map(|it| it.label()).collect();
        let kinds = kinds(standard, route);
        writeln!(text, "| {kinds} | {} | {} |", operations.join("、"), way(standard, route))?;
    }
    let again = match standard.resubmit {
        Resubmit::FirstDesk => "从第一站走起",
        Resubmit::ReturningDesk => "直接送到退回的那一站",
    };
    writeln!(text, "\n退回后重新送审：{again}。\n")?;
    let word = |state: State| format!("{}叫“{}”", state.label(), standard.state_word(state, None));
    writeln!(text, "状态的叫法：{}。", State::ALL.map(word).join("，"))?;
    Ok(())
}

fn kinds(standard: &Standard, route: &ReviewRoute) -> String {
    let shares = |it: &&ReviewRoute| {
        *it != route && it.operations.iter().any(|it| route.operations.contains(it))
    };
    match route.kinds.as_slice() {
        [] if standard.routes.iter().any(|it| shares(&it)) => "其余".to_owned(),
        [] => "全部".to_owned(),
        kinds => {
            let labels: Vec<&str> = kinds.iter().map(|kind| standard.kind_label(kind)).collect();
            labels.join("、")
        }
    }
}

fn way(standard: &Standard, route: &ReviewRoute) -> String {
    let title = |id: &String| standard.desk(id).map_or(id.as_str(), |desk| &desk.title).to_owned();
    let desks: Vec<String> = route.desks.iter().map(title).collect();
    match desks.as_slice() {
        [] => "管理员一次公布，不经环节".to_owned(),
        desks => format!("录入 → {} → 公布", desks.join(" → ")),
    }
}
