use domain::content::keys;

use super::{super::sheet::SheetRow, Answer, Sheet, places, places::Phone, some};

/// 法律依据：one law, with the articles that are named of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Law {
    pub(crate) name: String,
    /// 文号、颁布机关、实施日期.
    pub(crate) remark: String,
    pub(crate) articles: Vec<Article>,
}

/// 一条依据。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Article {
    pub(crate) clause: String,
    pub(crate) text: String,
}

/// 不服怎么办。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Appeal {
    pub(crate) review: Vec<String>,
    pub(crate) litigation: Vec<String>,
    pub(crate) complaint: Vec<Phone>,
    pub(crate) complaint_other: Option<String>,
}

/// 一问一答。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    pub(crate) question: String,
    pub(crate) answer: Vec<String>,
}

impl Law {
    pub(crate) fn read(sheet: Sheet<'_>) -> Answer<Vec<Law>> {
        let mut laws: Vec<Law> = Vec::new();
        for row in sheet.rows(keys::BASIS) {
            let law = law(row);
            match laws.last_mut() {
                Some(last) if last.name == law.name && !law.name.is_empty() => {
                    last.articles.extend(law.articles);
                }
                _ => laws.push(law),
            }
        }
        Answer::of(some(laws), "法律依据", &[keys::BASIS], sheet)
    }
}

impl Appeal {
    pub(crate) fn read(sheet: Sheet<'_>) -> Answer<Appeal> {
        let appeal = Appeal {
            review: sheet.lines(keys::APPEAL_REVIEW),
            litigation: sheet.lines(keys::APPEAL_LITIGATION),
            complaint: places::phones(sheet.words(keys::COMPLAINT)),
            complaint_other: sheet.words("contacts.complaint_other"),
        };
        let is_told = !appeal.review.is_empty()
            || !appeal.litigation.is_empty()
            || !appeal.complaint.is_empty()
            || appeal.complaint_other.is_some();
        let keys = [keys::APPEAL_REVIEW, keys::APPEAL_LITIGATION, keys::COMPLAINT];
        Answer::of(is_told.then_some(appeal), "救济途径", &keys, sheet)
    }
}

impl Question {
    pub(crate) fn read(sheet: Sheet<'_>) -> Answer<Vec<Question>> {
        let one = |row: SheetRow<'_>| Question {
            question: row.text("question"),
            answer: sheet.split(&row.text("answer")),
        };
        let questions: Vec<Question> = sheet.rows(keys::FAQ).into_iter().map(one).collect();
        let answered = questions.into_iter();
        let answered = answered.filter(|it| !it.question.is_empty() && !it.answer.is_empty());
        // People miss nothing where nobody has asked yet.
        Answer::of(some(answered.collect()), "常见问题", &[], sheet)
    }
}

fn law(row: SheetRow<'_>) -> Law {
    let name = row.text("law");
    let name = name.trim_start_matches('《').trim_end_matches('》').to_owned();
    let since = row.words("effective_on").map(|date| format!("{date} 起施行"));
    let remark = [row.words("number"), row.words("issuer"), since];
    let article = Article { clause: row.text("clause"), text: row.text("text") };
    let says = !article.clause.is_empty() || !article.text.is_empty();
    Law {
        name,
        remark: remark.into_iter().flatten().collect::<Vec<_>>().join("，"),
        articles: says.then_some(article).into_iter().collect(),
    }
}
