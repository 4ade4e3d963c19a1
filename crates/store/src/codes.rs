//! Giving a code to an item: counted in the database, composed by the standard's scheme.

use std::collections::BTreeMap;

use domain::{code::IssueError, item::ItemRecord, standard::Standard};

use crate::{StoreError, Tx};

/// 编不出编码的原因。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CodeRefusal {
    #[error("规范“{0}”不编发编码，编码要由文件给出")]
    NotIssued(String),
    #[error("乡镇 {0} 还没有登记两位代码")]
    UnregisteredTownship(String),
    #[error(transparent)]
    Scheme(#[from] IssueError),
}

impl Tx {
    /// Gives out the next code of the record's body and kind.
    pub async fn issue_code(
        &mut self,
        record: &ItemRecord,
        standard: &Standard,
    ) -> Result<Result<String, CodeRefusal>, StoreError> {
        let Some(scheme) = standard.issuing_scheme() else {
            return Ok(Err(CodeRefusal::NotIssued(standard.title.clone())));
        };
        let Some(area) = self.area_digits(record.region).await? else {
            return Ok(Err(CodeRefusal::UnregisteredTownship(record.region.to_string())));
        };
        let letters = record.body.letters.clone().unwrap_or_default();
        let facts = [("area", area.as_str()), ("letters", &letters), ("kind", &record.kind)];
        let scope = match scheme.issue_scope(&facts) {
            Ok(scope) => scope,
            Err(refusal) => return Ok(Err(refusal.into())),
        };
        let serial = self.next_serial(&scope).await?;
        Ok(scheme.issue(&facts, serial).map_err(CodeRefusal::from))
    }

    /// Notes codes that came from outside, so that their numbers are never given out.
    pub async fn reserve_codes<'a>(
        &mut self,
        codes: impl Iterator<Item = (&'a str, &'a Standard)>,
    ) -> Result<(), StoreError> {
        let mut highest: BTreeMap<String, u32> = BTreeMap::new();
        for (scope, number) in codes.filter_map(|(code, standard)| counted(code, standard)) {
            let kept = highest.entry(scope).or_default();
            *kept = number.max(*kept);
        }
        for (scope, number) in highest {
            self.reserve_serial(&scope, number).await?;
        }
        Ok(())
    }
}

/// Returns where a code is counted and its number there; `None` for one of another scheme.
fn counted(code: &str, standard: &Standard) -> Option<(String, u32)> {
    let scheme = standard.issuing_scheme()?;
    let parsed = scheme.parse(code).ok()?;
    let number = parsed.get(&scheme.serial()?.key)?.parse().ok()?;
    Some((scheme.serial_scope(&parsed)?.to_owned(), number))
}
