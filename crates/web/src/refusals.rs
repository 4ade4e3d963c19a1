//! Why a step is refused, in words for who took it.

use domain::{edition::Refusal, office, people::Role, standard::Standard};

use crate::{error::WebError, words, workflow::Hitch};

/// Somebody else was faster.
pub(crate) const STALE: &str = "在您看过以后又改过或办过。下面是现在的样子，请看过再办";

/// Returns why a step was not taken, or the failure that it was.
pub(crate) fn of_hitch(hitch: Hitch, standard: &Standard) -> Result<String, WebError> {
    match hitch {
        Hitch::Refused(refusal) => Ok(words_of(&refusal, standard)),
        Hitch::Stale => Ok(STALE.to_owned()),
        Hitch::Failed(error) => Err(error.into()),
    }
}

pub(crate) fn words_of(refusal: &Refusal, standard: &Standard) -> String {
    match refusal {
        Refusal::OutOfOrder { from, action } => {
            let word = standard.state_word(*from, None);
            format!("这一版现在是“{word}”，不能{}", action.label())
        }
        Refusal::NotToBegin { operation, state } => {
            let word = standard.state_word(*state, None);
            format!("事项现在是“{word}”，不能{}", operation.label())
        }
        Refusal::MissingRole { needed } => {
            format!("要由{}来做，您的账号没有这个角色", role(needed, standard))
        }
        Refusal::OwnSubmission => "这一版是您送审的，要由别人审核和公布".into(),
        Refusal::NotSubmitter => "只有送审的人可以收回".into(),
        Refusal::AlreadyReviewed => "已经有环节审核通过，不能收回；请审核的人退回".into(),
        Refusal::Unmended(findings) => {
            let first: Vec<&str> = findings.iter().take(3).map(|it| it.message.as_str()).collect();
            format!("还有 {} 个错误没有改：{}", findings.len(), first.join("；"))
        }
        Refusal::MissingReason => "请写明理由".into(),
        Refusal::MissingRemark => "退回请写至少一条意见".into(),
        Refusal::WithoutCode => "还没有事项编码，不能公布".into(),
        Refusal::BeforeItsDay { on } => {
            format!("定于{}生效，到那天自动公布", words::full_date(*on))
        }
    }
}

/// Says why an office's items can not be arranged so.
pub(crate) fn of_office(refusal: &office::Refusal, standard: &Standard) -> String {
    match refusal {
        office::Refusal::NotAnEditor => "要由录入员来做，您的账号没有这个角色".into(),
        office::Refusal::Unnamed => "请写名称".into(),
        office::Refusal::NeedsDirectory { kind } => {
            format!("{}要归在一个目录下，请选目录；还没有目录的先新增", standard.kind_label(kind))
        }
        office::Refusal::OtherKind { directory, kind } => {
            let kind = standard.kind_label(kind);
            format!("“{directory}”不是{kind}的，请选{kind}的目录或分组")
        }
        office::Refusal::UnknownKind { .. } => "请选事项类型".into(),
        other => other.to_string(),
    }
}

/// Says why an item can not refer to these files.
pub(crate) fn of_foreign(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|it| format!("“{it}”")).collect();
    format!("{}不在您能用的附件里；请从附件里选，或者重新上传", names.join("、"))
}

fn role(role: &Role, standard: &Standard) -> String {
    match role {
        Role::Editor => "录入员".into(),
        Role::Reviewer { desk } => {
            let title = standard.desk(desk).map_or(desk.as_str(), |it| &it.title);
            format!("“{title}”环节的审核人")
        }
        Role::Publisher => "公布人".into(),
        Role::Supervisor => "管理账号".into(),
        Role::Administrator => "管理员".into(),
    }
}
