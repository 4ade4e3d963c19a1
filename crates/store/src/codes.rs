//! Giving a code to an item: counted in the database, composed by the standard's scheme.

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

    /// Notes a code that came from outside, so that its number is never given out.
    pub async fn reserve_code(
        &mut self,
        code: &str,
        standard: &Standard,
    ) -> Result<(), StoreError> {
        let Some(scheme) = standard.issuing_scheme() else { return Ok(()) };
        let Ok(parsed) = scheme.parse(code) else { return Ok(()) };
        let number = scheme.serial().and_then(|it| parsed.get(&it.key)?.parse().ok());
        match (scheme.serial_scope(&parsed), number) {
            (Some(scope), Some(number)) => self.reserve_serial(scope, number).await,
            _ => Ok(()),
        }
    }
}
