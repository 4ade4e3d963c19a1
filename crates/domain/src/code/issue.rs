use super::{CodeField, Scheme, Segment};

/// 不能编码的原因
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IssueError {
    #[error("“{scheme}”不用于发放编码")]
    NotIssuing { scheme: String },
    #[error("缺少{name}（{key}），不能编码；请先登记")]
    Missing { key: String, name: String },
    #[error("{reason}，不能编码")]
    Unfit { key: String, reason: String },
    #[error(
        "{scope} 的流水号已用到 {max}，{width} 位用完了，不能再编；请与编码主管部门商定新的部门代码或位数"
    )]
    SerialOverflow { scope: String, max: u32, width: usize },
    #[error("流水号从 1 起，不能是 0")]
    SerialZero,
}

impl Scheme {
    /// Puts a code together from a text for every field.
    pub fn compose(&self, parts: &[(&str, &str)]) -> Result<String, String> {
        if let Some((key, _)) = parts.iter().find(|(key, _)| self.field(key).is_none()) {
            return Err(format!("“{}”没有 {key} 这一段", self.title));
        }
        let code = join(&self.segments, parts).map_err(|error| error.to_string())?;
        let parsed = self.parse(&code).map_err(|fault| fault.to_string())?;
        match parts.iter().find(|(key, text)| parsed.get(key) != Some(text)) {
            Some((key, text)) => Err(format!("{key} 写成“{text}”后，编码有两种读法")),
            None => Ok(code),
        }
    }

    /// Returns what stands before the serial for these facts: the codes numbered together.
    ///
    /// A fact is the text of a field by its key (`area`, `letters`, `kind`); those that the
    /// scheme does not ask for are passed over, so a caller may give all that it knows.
    pub fn issue_scope(&self, facts: &[(&str, &str)]) -> Result<String, IssueError> {
        if !self.issues || self.serial().is_none() {
            return Err(IssueError::NotIssuing { scheme: self.title.clone() });
        }
        let Some((_, before)) = self.segments.split_last() else {
            return Err(IssueError::NotIssuing { scheme: self.title.clone() });
        };
        join(before, facts)
    }

    /// Returns the code with the number `serial`; that nobody has it yet is the caller's matter.
    pub fn issue(&self, facts: &[(&str, &str)], serial: u32) -> Result<String, IssueError> {
        let scope = self.issue_scope(facts)?;
        let width = self.serial().map_or(0, |field| field.max);
        let digits = format!("{serial:0width$}");
        if serial == 0 {
            return Err(IssueError::SerialZero);
        }
        if digits.len() > width {
            let max = 10_u32.pow(width as u32) - 1;
            return Err(IssueError::SerialOverflow { scope, max, width });
        }
        Ok(scope + &digits)
    }
}

fn join(segments: &[Segment], parts: &[(&str, &str)]) -> Result<String, IssueError> {
    let mut code = String::new();
    for segment in segments {
        match segment {
            Segment::Literal(text) => code += text,
            Segment::Field(field) => code += text_of(field, parts)?,
        }
    }
    Ok(code)
}

fn text_of<'a>(field: &CodeField, parts: &[(&str, &'a str)]) -> Result<&'a str, IssueError> {
    let given =
        parts.iter().find(|(key, _)| *key == field.key).filter(|(_, text)| !text.is_empty());
    let Some((_, text)) = given else {
        return Err(IssueError::Missing { key: field.key.clone(), name: field.name.clone() });
    };
    match field.misfit(text) {
        Some(reason) => Err(IssueError::Unfit { key: field.key.clone(), reason }),
        None => Ok(text),
    }
}
