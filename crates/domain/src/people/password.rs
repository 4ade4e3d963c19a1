/// 密码不能用的理由。
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordFault {
    #[error("至少 {MIN_LENGTH} 个字符")]
    TooShort,
    #[error("最多 {MAX_LENGTH} 个字符")]
    TooLong,
    #[error("要有数字")]
    NoDigit,
    #[error("要有字母或汉字")]
    NoLetter,
    #[error("要有数字、字母以外的符号，例如 # 或 -")]
    NoSign,
    #[error("不能含有账号")]
    HoldsAccount,
    #[error("这是常用的密码，容易被猜到")]
    Common,
}

const MIN_LENGTH: usize = 8;
/// Hashing takes time with the length.
const MAX_LENGTH: usize = 128;

/// Words that people build passwords around, as they stand after [`bare`].
const COMMON: &[&str] = &[
    "password",
    "passwd",
    "admin",
    "administrator",
    "root",
    "test",
    "user",
    "guest",
    "welcome",
    "letmein",
    "qwerty",
    "qwer",
    "asdf",
    "asdfghjkl",
    "zxcv",
    "zxcvbnm",
    "qaz",
    "qazwsx",
    "qazxsw",
    "abc",
    "abcd",
    "abcdef",
    "aaa",
    "iloveyou",
    "woaini",
    "mima",
    "huawei",
    "china",
    "zhongguo",
    "monkey",
    "dragon",
    "master",
    "login",
    "default",
    "changeme",
    "government",
];

/// Returns all that is wrong with a password that `account` would use.
///
/// At least 8 characters with a digit, a letter and a sign, as the source document's
/// systems demand (密码复杂度); beyond that, not the account's name and no usual one.
pub fn check_password(password: &str, account: &str) -> Vec<PasswordFault> {
    use PasswordFault as F;
    let length = password.chars().count();
    let none = |test: fn(&char) -> bool| !password.chars().any(|c| test(&c));
    let holds_account = password.to_lowercase().contains(&account.to_lowercase());
    let faults = [
        (length < MIN_LENGTH, F::TooShort),
        (length > MAX_LENGTH, F::TooLong),
        (none(char::is_ascii_digit), F::NoDigit),
        (none(|c| c.is_alphabetic()), F::NoLetter),
        (none(|c| !c.is_alphanumeric() && !c.is_whitespace()), F::NoSign),
        (!account.is_empty() && holds_account, F::HoldsAccount),
        (is_common(password), F::Common),
    ];
    faults.into_iter().filter(|(is_so, _)| *is_so).map(|(_, fault)| fault).collect()
}

/// Returns a password to hand to an officer, out of 16 bytes of chance (75 bits of it used).
///
/// Without characters that are mistaken for others on paper.
pub fn first_password(chance: &[u8; 16]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyzABCDEFGH";
    let letter = |byte: &u8| char::from(LETTERS[usize::from(byte % 32)]);
    let digit = |byte: &u8| char::from(b'2' + byte % 8);
    let (words, numbers) = chance.split_at(12);
    let letters: Vec<char> = words.iter().map(letter).collect();
    let digits: String = numbers[..3].iter().map(digit).collect();
    let words = letters.chunks(4).map(|it| it.iter().collect::<String>());
    format!("{}#{digits}", words.collect::<Vec<_>>().join("-"))
}

/// A usual word with figures and signs around it is as usual.
fn is_common(password: &str) -> bool {
    let bare = bare(password);
    let is_of_one_letter = !bare.is_empty() && bare.chars().all(|c| bare.starts_with(c));
    bare.is_ascii() && (is_of_one_letter || COMMON.contains(&bare.as_str()))
}

/// Returns the letters alone, with those put back that are usually written as signs.
fn bare(password: &str) -> String {
    let folded = password.chars().map(|c| match c {
        '@' => 'a',
        '0' => 'o',
        '$' => 's',
        c => c.to_ascii_lowercase(),
    });
    let folded: String = folded.filter(|c| c.is_alphabetic()).collect();
    let plain: String =
        password.chars().filter(|c| c.is_alphabetic()).map(|c| c.to_ascii_lowercase()).collect();
    let trimmed = folded.trim_matches('o').to_owned();
    let known = [&plain, &folded, &trimmed].into_iter().find(|it| COMMON.contains(&it.as_str()));
    known.cloned().unwrap_or(plain)
}
