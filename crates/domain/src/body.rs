//! 实施主体: what may be registered of one, and what may become of it.

use crate::{code::credit, item::BodyRef};

/// 登记的毛病。
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum BodyFault {
    #[error("写上名称，100 个字以内")]
    Name,
    #[error("统一社会信用代码认不出：18 位，最后一位由前面的算出来，请照证书再核对一遍")]
    CreditCode,
    #[error("部门业务代码是 2 到 4 个大写字母")]
    Letters,
    #[error("已经有事项用它编了码，不能再改")]
    LettersInUse,
}

/// Returns all that is wrong with what is to be registered of a body. `has_codes` tells that
/// items of it bear codes with its letters, which hold for ever.
pub fn check_body(new: &BodyRef, old: Option<&BodyRef>, has_codes: bool) -> Vec<BodyFault> {
    let length = new.name.chars().count();
    let credit_is_sound =
        new.credit_code.as_ref().is_none_or(|code| credit::faults(code).is_empty());
    let letters_are_sound = new.letters.as_ref().is_none_or(|it| {
        (2..=4).contains(&it.len()) && it.bytes().all(|byte| byte.is_ascii_uppercase())
    });
    let had = old.and_then(|it| it.letters.as_ref());
    let faults = [
        (new.name.trim().is_empty() || length > 100, BodyFault::Name),
        (!credit_is_sound, BodyFault::CreditCode),
        (!letters_are_sound, BodyFault::Letters),
        (has_codes && had.is_some() && new.letters.as_ref() != had, BodyFault::LettersInUse),
    ];
    faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, fault)| fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_registered_of_a_body_is_sound_and_letters_in_use_stay() {
        use BodyFault as F;
        let body = |name: &str, credit: Option<&str>, letters: Option<&str>| BodyRef {
            name: name.into(),
            credit_code: credit.map(Into::into),
            letters: letters.map(Into::into),
        };
        let old = body("民政局", None, Some("MZ"));
        let check = |new: BodyRef, has_codes, expected: &[F]| {
            assert_eq!(check_body(&new, Some(&old), has_codes), expected, "{new:?}");
        };
        check(body("民政局", Some("11620524013925168J"), Some("MZ")), true, &[F::CreditCode]);
        check(body("民政和社会工作局", None, Some("MZ")), true, &[]);
        check(body("民政局", None, Some("MS")), true, &[F::LettersInUse]);
        check(body("民政局", None, Some("MS")), false, &[]);
        check(body(" ", None, Some("m1")), false, &[F::Name, F::Letters]);
        assert_eq!(check_body(&body("残联", None, None), None, false), []);
    }
}
