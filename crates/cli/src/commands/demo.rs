use std::path::PathBuf;

use anyhow::Context;
use documents::read::{self, ReadOptions};
use domain::{
    intake::{Defaults, Mapping},
    people::{Actor, OfficerId},
    region::RegionCode,
    standard::Standards,
};
use store::{NewApprovalTemplate, Saving, Store};
use time::OffsetDateTime;
use web::{
    Files,
    jobs::import::{self, Request},
};

use super::{demo_officers, say, serve};
use crate::{
    Done,
    place::{Place, named},
    settings::ListenArgs,
};

/// The demo catalogue: where each file goes and by which standard it is read.
const FILES: [DemoFile; 3] = [
    DemoFile {
        name: "items.jsonl",
        bytes: include_bytes!("../../../../demo/wushan/items.jsonl"),
        standard: "wushan",
        region: "620524",
    },
    DemoFile {
        name: "approvals.jsonl",
        bytes: include_bytes!("../../../../demo/approvals/items.jsonl"),
        standard: "wushan",
        region: "620524",
    },
    DemoFile {
        name: "items.csv",
        bytes: include_bytes!("../../../../demo/qianfeng/items.csv"),
        standard: "sichuan",
        region: "511603",
    },
];

/// The item that the demo's documents are issued on, and its templates.
const APPROVED: &str = "62052400FG-XK-0001";
const TEMPLATES: [DemoTemplate; 2] = [
    DemoTemplate {
        title: "项目核准的批复",
        number_rule: "武发改核准〔{年}〕{序号}号",
        bytes: include_bytes!("../../../../demo/approvals/reply.docx"),
    },
    DemoTemplate {
        title: "招标方案核准意见表",
        number_rule: "武发改招标核字〔{年}〕{序号}号",
        bytes: include_bytes!("../../../../demo/approvals/opinion.docx"),
    },
];

struct DemoTemplate {
    /// The outcome's name as well.
    title: &'static str,
    number_rule: &'static str,
    bytes: &'static [u8],
}

struct DemoFile {
    name: &'static str,
    bytes: &'static [u8],
    standard: &'static str,
    region: &'static str,
}

#[derive(clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    listen: ListenArgs,
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
pub(crate) async fn run(place: &Place, args: Args) -> anyhow::Result<Done> {
    let chosen = place.settings.data.is_some();
    let new: Option<tempfile::TempDir> = (!chosen).then(tempfile::tempdir).transpose()?;
    let data: PathBuf = new.as_ref().map_or_else(|| place.data(), |it| it.path().to_owned());
    let place = place.at(data);
    let lock = place.serving(serve::WAY_OUT)?;
    let store = place.store().await?;
    if store.last_publication().await? == 0 {
        load(&store, &place.standards()?).await?;
        load_templates(&store, &place.files()?).await?;
    }
    if !store.has_officers().await? {
        demo_officers::add(&store, OffsetDateTime::now_utc()).await?;
    }
    store.close().await;
    say(format_args!(
        "演示数据，仅作样例，不能作为办事依据。数据目录：{}",
        place.data().display()
    ))?;
    say("武山县（620524）：/?region=620524　前锋区（511603）：/?region=511603")?;
    for line in demo_officers::lines() {
        say(line)?;
    }
    serve::serve(&place.home_in(FILES[0].region), lock, &args.listen, true).await
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
async fn load(store: &Store, standards: &Standards) -> anyhow::Result<()> {
    let folder = tempfile::tempdir()?;
    for file in FILES {
        let path = folder.path().join(file.name);
        std::fs::write(&path, file.bytes)?;
        let standard = named(standards, file.standard)?;
        let mapping = Mapping::default();
        let rows = read::open(&path, &ReadOptions::new(standard, &mapping))?;
        let defaults = Defaults { region: Some(RegionCode::parse(file.region)?), body: None };
        let request = Request {
            source: file.name,
            standards,
            standard,
            mapping: &mapping,
            defaults: &defaults,
            publish: true,
            dry_run: false,
            actor: &Actor::operator(),
            now: OffsetDateTime::now_utc(),
        };
        let summary = import::run(store, rows, request, |_, _| {}).await?;
        anyhow::ensure!(
            summary.rejected == 0,
            "演示数据 {} 有 {} 行导不进去",
            file.name,
            summary.rejected
        );
    }
    // The demo's library of laws is what its items cite, marked as not yet checked.
    let saving = Saving { by: OfficerId(0), at: OffsetDateTime::now_utc() };
    store.gather_laws(standards, saving).await?;
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the command line is where the clock is read")]
async fn load_templates(store: &Store, files: &Files) -> anyhow::Result<()> {
    let saving = Saving { by: OfficerId(0), at: OffsetDateTime::now_utc() };
    let mut tx = store.begin().await?;
    let found = tx.items_by_code(&[APPROVED]).await?;
    let item = found.first().context("演示数据里没有审批文书的事项")?.id;
    for template in TEMPLATES {
        let hash = files.put(template.bytes.to_vec()).await?;
        let new = NewApprovalTemplate {
            item,
            title: template.title,
            outcome: Some(template.title),
            number_rule: template.number_rule,
            hash: &hash,
            file_name: &format!("{}.docx", template.title),
            size_bytes: template.bytes.len() as i64,
        };
        tx.add_approval_template(new, saving).await?;
    }
    Ok(tx.commit().await?)
}
