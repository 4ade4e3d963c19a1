use anyhow::{Context, bail};
use clap::Subcommand;
use domain::{
    people::{Officer, OfficerId, Role, Scope, check_account},
    region::RegionCode,
};
use serde::Serialize;
use store::{Store, StoreError};
use time::OffsetDateTime;
use web::accounts::{self, AccountError, FirstPassword};

use super::{say, say_json};
use crate::{Done, place::Place};

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// 开立账号，打印初始密码
    Add(Add),
    /// 列出账号
    List {
        #[arg(long)]
        json: bool,
    },
    /// 重置密码，解除锁定
    Reset {
        account: String,
        #[arg(long)]
        json: bool,
    },
}

#[derive(clap::Args)]
struct Add {
    account: String,
    /// 岗位或者姓名
    #[arg(long)]
    name: String,
    /// 角色，可以有多个：editor、reviewer:环节、publisher、supervisor、administrator
    #[arg(long = "role", value_name = "ROLE", required = true)]
    roles: Vec<String>,
    /// 管一个地区和它的下级；与 --body 同用时是主体所在的地区；都不写就是全部地区
    #[arg(long, value_name = "CODE")]
    region: Option<String>,
    /// 管一个实施主体
    #[arg(long, value_name = "NAME", requires = "region")]
    body: Option<String>,
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Given {
    account: String,
    first_password: String,
}

#[derive(Serialize)]
struct Listed {
    account: String,
    name: String,
    scope: String,
    roles: Vec<String>,
    closed: bool,
}

pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let store = place.store().await?;
    match args.command {
        Command::Add(args) => add(&store, args).await?,
        Command::List { json } => list(&store, json).await?,
        Command::Reset { account, json } => reset(&store, &account, json).await?,
    }
    Ok(Done::Whole)
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
async fn add(store: &Store, args: Add) -> anyhow::Result<()> {
    check_account(&args.account)?;
    let roles = args.roles.iter().map(|text| {
        Role::parse(text).with_context(|| {
            format!(
                "没有角色“{text}”；写 editor、reviewer:环节、publisher、supervisor 或 administrator"
            )
        })
    });
    let officer = Officer {
        id: OfficerId(0),
        account: args.account.clone(),
        name: args.name.clone(),
        scope: scope(store, &args).await?,
        roles: roles.collect::<anyhow::Result<_>>()?,
        must_change_password: true,
        stamp: 1,
        is_closed: false,
    };
    let now = OffsetDateTime::now_utc();
    match accounts::add(store, &officer, OfficerId(0), now).await {
        Ok(given) => tell(&given, args.json),
        Err(AccountError::Store(StoreError::Taken { .. })) => {
            bail!("账号“{}”已经有人用过，换一个", args.account)
        }
        Err(error) => Err(error.into()),
    }
}

async fn scope(store: &Store, args: &Add) -> anyhow::Result<Scope> {
    let Some(region) = &args.region else { return Ok(Scope::Everywhere) };
    let region = RegionCode::parse(region)?;
    let Some(name) = &args.body else { return Ok(Scope::Region(region)) };
    let bodies = store.bodies(Some(region)).await?;
    let found = bodies.iter().find(|it| it.body.name == *name);
    let body = found.with_context(|| format!("{region} 没有实施主体“{name}”；先导入它的事项"))?;
    Ok(Scope::Body(body.id))
}

async fn list(store: &Store, json: bool) -> anyhow::Result<()> {
    let bodies = store.bodies(None).await?;
    for officer in store.officers(Scope::Everywhere).await? {
        let scope = match officer.scope {
            Scope::Everywhere => "全部地区".to_owned(),
            Scope::Region(code) => code.to_string(),
            Scope::Body(id) => bodies
                .iter()
                .find(|it| it.id == id)
                .map_or_else(|| id.to_string(), |it| it.body.name.clone()),
        };
        let listed = Listed {
            account: officer.account,
            name: officer.name,
            scope,
            roles: officer.roles.iter().map(Role::to_text).collect(),
            closed: officer.is_closed,
        };
        if json {
            say_json(&listed)?;
        } else {
            let state = if listed.closed { "停用" } else { "在用" };
            let Listed { account, name, scope, roles, .. } = &listed;
            say(format_args!("{account}\t{name}\t{scope}\t{}\t{state}", roles.join(" ")))?;
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
async fn reset(store: &Store, account: &str, json: bool) -> anyhow::Result<()> {
    let known = store.credentials(account).await?;
    let known =
        known.with_context(|| format!("没有账号“{account}”；shixiang officer list 列出现有的"))?;
    let now = OffsetDateTime::now_utc();
    tell(&accounts::reset(store, &known.officer, OfficerId(0), now).await?, json)
}

fn tell(given: &FirstPassword, json: bool) -> anyhow::Result<()> {
    let FirstPassword { account, password, .. } = given;
    match json {
        true => say_json(&Given { account: account.clone(), first_password: password.clone() }),
        false => {
            say(format_args!("账号 {account}，初始密码 {password}；只显示这一次，第一次登录要改"))
        }
    }
}
