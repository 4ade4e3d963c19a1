//! 统一社会信用代码 (GB 32100-2015) and the 组织机构代码 (GB 11714-1997) inside it.

use super::normalise;

/// The 31 characters of a credit code in the order of their values; I, O, S, V, Z are left out.
pub const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";

/// 统一社会信用代码的验算结果
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditCode {
    pub code: String,
    /// What [`normalise`] had to change.
    pub changes: Vec<String>,
    pub verdict: CreditVerdict,
}

/// 统一社会信用代码是否可信
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CreditVerdict {
    Valid,
    WrongCheck {
        expected: char,
    },
    /// 临时代码: begins with TE and carries no check character.
    Temporary,
    Malformed {
        reason: String,
    },
}

/// Normalises `text` and says what it is worth as a credit code.
pub fn examine(text: &str) -> CreditCode {
    let normalised = normalise(text);
    let verdict = verdict(&normalised.text);
    CreditCode { code: normalised.text, changes: normalised.changes, verdict }
}

/// Returns the 18th character for the first 17, or `None` where they are not of the alphabet.
pub fn check_char(first_17: &str) -> Option<char> {
    if first_17.chars().count() != 17 {
        return None;
    }
    let mut weight = 1;
    let mut sum = 0;
    for c in first_17.chars() {
        sum += ALPHABET.find(c)? * weight;
        weight = weight * 3 % 31;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

/// Returns the ninth character of an organisation code for the first eight.
pub fn organization_check_char(first_8: &str) -> Option<char> {
    const WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];
    if first_8.chars().count() != WEIGHTS.len() {
        return None;
    }
    let mut sum = 0;
    for (c, weight) in first_8.chars().zip(WEIGHTS) {
        if c.is_ascii_lowercase() {
            return None;
        }
        sum += c.to_digit(36)? * weight;
    }
    match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    }
}

/// Says in words all that is wrong with a normalised credit code.
pub fn faults(code: &str) -> Vec<String> {
    match verdict(code) {
        CreditVerdict::Malformed { reason } => vec![reason],
        CreditVerdict::Temporary => vec![
            "这是临时代码（TE 开头），没有校验位；取得正式的统一社会信用代码后请更换".to_owned(),
        ],
        CreditVerdict::Valid => organization_fault(&code[8..17]).into_iter().collect(),
        CreditVerdict::WrongCheck { expected } => {
            let found = &code[17..];
            let own = format!("统一社会信用代码末位应为 {expected}，现为 {found}，请核对登记证书");
            [own].into_iter().chain(organization_fault(&code[8..17])).collect()
        }
    }
}

/// Says what is wrong with the nine characters of an organisation code, if anything is.
pub fn organization_fault(code: &str) -> Option<String> {
    let wrong = || Some(format!("“{code}”不是 9 位组织机构代码"));
    let Some((first, last)) = code.split_at_checked(8) else { return wrong() };
    let Some(expected) = organization_check_char(first) else { return wrong() };
    if last.chars().eq([expected]) {
        return None;
    }
    Some(format!("组织机构代码（主体标识码）{code} 的末位应为 {expected}，现为 {last}"))
}

fn verdict(code: &str) -> CreditVerdict {
    let malformed = |reason| CreditVerdict::Malformed { reason };
    let length = code.chars().count();
    if length != 18 {
        return malformed(wrong_length(code, length));
    }
    if code.starts_with("TE") && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return CreditVerdict::Temporary;
    }
    if let Some((at, c)) = code.chars().enumerate().find(|(_, c)| !ALPHABET.contains(*c)) {
        return malformed(format!(
            "统一社会信用代码第 {} 位“{c}”不该出现：只用数字和大写字母，不用 I、O、S、V、Z",
            at + 1
        ));
    }
    match check_char(&code[..17]) {
        Some(expected) if code.ends_with(expected) => CreditVerdict::Valid,
        Some(expected) => CreditVerdict::WrongCheck { expected },
        None => malformed(wrong_length(code, length)),
    }
}

fn wrong_length(code: &str, length: usize) -> String {
    let bare = code.replace('-', "");
    if bare.len() == 9 && organization_fault(&bare).is_none() {
        return format!("{code} 只是 9 位组织机构代码，请改为 18 位统一社会信用代码");
    }
    format!("统一社会信用代码应为 18 位，这里是 {length} 位，请核对登记证书")
}
