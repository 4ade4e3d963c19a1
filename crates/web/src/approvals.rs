//! 审批文书: a template that is kept, opened and understood; what it is filled with.

use std::collections::BTreeSet;

use documents::template::{Filling, Fillings, Line, Mark, Template};
use domain::{
    approval::{
        Answers, Ask, Paper, Said, Spot, TemplateField, TemplateId, may_issue, read_fields,
    },
    edition::{Edition, Standing},
    item::ItemId,
    people::Scope,
    standard::Standard,
};
use store::ApprovalTemplate;

use crate::{AppState, error::WebError, session::Session};

/// A template whose every field is understood.
pub(crate) struct Opened {
    template: Template,
    /// What each mark means, in the order of the marks.
    fields: Vec<TemplateField>,
}

/// 字段核对的一行。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldLine {
    /// As it is written, without its braces.
    pub(crate) written: String,
    pub(crate) title: String,
    pub(crate) places: Vec<String>,
    pub(crate) source: &'static str,
    /// What the item says now; `None` where the form or the issue says it.
    pub(crate) value: Option<String>,
}

impl Opened {
    /// Understands a template by the standard of its item, or says all that is wrong.
    pub(crate) fn read(bytes: &[u8], standard: &Standard) -> Result<Opened, Vec<String>> {
        let said = |faults: Vec<documents::template::TemplateFault>| {
            faults.iter().map(ToString::to_string).collect::<Vec<_>>()
        };
        let template = Template::read(bytes).map_err(said)?;
        let spot = |mark: &'_ Mark| (mark.text.clone(), mark.row, mark.row_has_picture);
        let spots: Vec<_> = template.marks().iter().map(spot).collect();
        let spots: Vec<Spot<'_>> = spots
            .iter()
            .map(|(text, row, picture)| Spot { text, row: *row, row_has_picture: *picture })
            .collect();
        let (mut fields, mut faults) = (Vec::new(), Vec::new());
        for (field, mark) in read_fields(&spots, standard).into_iter().zip(template.marks()) {
            match field {
                Ok(field) => fields.push(field),
                Err(fault) => faults.push(format!("{}：{fault}", mark.place)),
            }
        }
        if !fields.contains(&TemplateField::Number) && faults.is_empty() {
            faults.push("模板里没有 {{文号}}；在写文号的地方写上，签发时自动编".to_owned());
        }
        if faults.is_empty() { Ok(Opened { template, fields }) } else { Err(faults) }
    }

    /// Returns what the form asks, each once, in the order of the template.
    pub(crate) fn asks(&self) -> Vec<&Ask> {
        let mut seen = BTreeSet::new();
        let asks = self.fields.iter().filter_map(|field| match field {
            TemplateField::Asked(ask) => Some(ask),
            _ => None,
        });
        asks.filter(|ask| seen.insert(ask.label.as_str())).collect()
    }

    /// Returns the check of the fields, each once, with what the item says now.
    pub(crate) fn lines(&self, paper: &Paper<'_>) -> Vec<FieldLine> {
        let mut lines: Vec<FieldLine> = Vec::new();
        for (mark, field) in self.template.marks().iter().zip(&self.fields) {
            if let Some(line) = lines.iter_mut().find(|it| it.written == mark.text) {
                line.places.push(mark.place.clone());
                continue;
            }
            let (source, is_of_item) = match field {
                TemplateField::Number => ("按文号规则编", false),
                TemplateField::Date | TemplateField::DateInWords => ("签发那天", false),
                TemplateField::Asked(ask) if ask.is_required => ("办理时填，必填", false),
                TemplateField::Asked(_) => ("办理时填，选填", false),
                TemplateField::Datum(_) => ("事项", true),
                TemplateField::Column { .. } | TemplateField::RowNumber { .. } => {
                    ("事项的列表，一行一行重复", true)
                }
            };
            lines.push(FieldLine {
                written: mark.text.clone(),
                title: field.title(paper.standard),
                places: vec![mark.place.clone()],
                source,
                value: is_of_item.then(|| shown(paper.say(field))),
            });
        }
        lines
    }

    /// Returns the fields that the item should say and does not.
    pub(crate) fn unsaid(&self, paper: &Paper<'_>) -> Vec<String> {
        let empty = self.lines(paper).into_iter().filter(|it| it.value.as_deref() == Some(""));
        empty.map(|it| it.title).collect()
    }

    fn fillings(&self, paper: &Paper<'_>) -> Fillings {
        let marks = self.template.marks().iter().zip(&self.fields);
        let filled = marks.map(|(mark, field)| {
            let filling = match paper.say(field) {
                Said::Text(text) => Filling::Text(text),
                Said::Column(cells) => Filling::Column(cells),
            };
            (mark.text.clone(), filling)
        });
        filled.collect()
    }

    pub(crate) fn fill(&self, paper: &Paper<'_>) -> Vec<u8> {
        self.template.fill(&self.fillings(paper))
    }

    pub(crate) fn preview(&self, paper: &Paper<'_>) -> Vec<Line> {
        self.template.preview(&self.fillings(paper))
    }
}

/// The item of a template, as its office keeps it.
pub(crate) struct Subject {
    editions: Vec<Edition>,
}

impl Subject {
    pub(crate) async fn read(
        app: &AppState,
        scope: Scope,
        item: ItemId,
    ) -> Result<Subject, WebError> {
        let editions = app.store.editions_of(scope, item).await?;
        if editions.is_empty() { Err(WebError::NotFound) } else { Ok(Subject { editions }) }
    }

    /// Returns what is in force, else what is being worked on.
    pub(crate) fn edition(&self) -> &Edition {
        let standing = Standing::of(&self.editions).expect("an item has an edition");
        standing.live.unwrap_or(standing.newest)
    }
}

/// Returns a template that lies within the officer's scope.
pub(crate) async fn kept(
    app: &AppState,
    session: &Session,
    id: i64,
) -> Result<ApprovalTemplate, WebError> {
    let found = app.store.approval_template(session.actor.scope, TemplateId(id)).await?;
    found.ok_or(WebError::NotFound)
}

/// Opens a template that was checked when it was brought; a standard that has changed since may
/// have taken a field away.
pub(crate) async fn open(
    app: &AppState,
    kept: &ApprovalTemplate,
    standard: &Standard,
) -> Result<Result<Opened, Vec<String>>, WebError> {
    let bytes = app.files.get(&kept.hash).await.map_err(WebError::internal)?;
    let bytes = bytes.ok_or_else(|| WebError::internal("a template's file is gone"))?;
    Ok(Opened::read(&bytes, standard))
}

pub(crate) fn may_act(session: &Session) -> bool {
    may_issue(&session.officer)
}

/// Nothing typed yet.
pub(crate) fn no_answers() -> Answers {
    Answers::new()
}

/// Says what a document's number will look like.
pub(crate) fn number_to_come(kept: &ApprovalTemplate, year: i32) -> Result<String, WebError> {
    Ok(rule(kept)?.number_to_come(year))
}

pub(crate) fn rule(kept: &ApprovalTemplate) -> Result<domain::approval::NumberRule, WebError> {
    domain::approval::NumberRule::parse(&kept.number_rule).map_err(WebError::internal)
}

fn shown(said: Said) -> String {
    match said {
        Said::Text(text) => text,
        Said::Column(cells) => cells.join("\n").trim().to_owned(),
    }
}
