//! Numbers in Chinese numerals, as laws and documents write them.

const DIGITS: [char; 10] = ['〇', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
const UNITS: [(char, u16); 3] = [('千', 1000), ('百', 100), ('十', 10)];

/// Reads 十二, 一百零八, 一〇八 and 12: a number from 1 to 9999.
pub(crate) fn read_number(text: &str) -> Option<u16> {
    let (mut total, mut last, mut has_unit) = (0_u16, None, false);
    for c in text.chars() {
        match (digit(c), unit(c)) {
            (Some(digit), _) if has_unit => last = Some(digit),
            (Some(digit), _) => {
                last = Some(last.unwrap_or(0_u16).checked_mul(10)?.checked_add(digit)?);
            }
            (None, Some(unit)) => {
                total = total.checked_add(last.take().unwrap_or(1).checked_mul(unit)?)?;
                has_unit = true;
            }
            (None, None) => return None,
        }
    }
    let number = total.checked_add(last.unwrap_or(0))?;
    (number > 0 && number < 10_000).then_some(number)
}

/// Writes 12 as 十二, 108 as 一百零八; below 10000.
pub(crate) fn in_words(number: u16) -> String {
    let (mut words, mut rest, mut skipped) = (String::new(), number, false);
    for (name, unit) in UNITS {
        let n = rest / unit;
        rest %= unit;
        if n == 0 {
            skipped = !words.is_empty() && rest > 0;
            continue;
        }
        if skipped {
            words.push('零');
        }
        skipped = false;
        if n > 1 || unit > 10 || !words.is_empty() {
            words.push(DIGITS[usize::from(n)]);
        }
        words.push(name);
    }
    if rest > 0 {
        if skipped {
            words.push('零');
        }
        words.push(DIGITS[usize::from(rest)]);
    }
    words
}

/// Writes one digit, as a year is written: 〇, 一, 二. Any other character stays.
pub(crate) fn digit_in_words(c: char) -> char {
    c.to_digit(10).map_or(c, |it| DIGITS[it as usize])
}

pub(crate) fn is_numeral(c: char) -> bool {
    digit(c).is_some() || unit(c).is_some()
}

fn digit(c: char) -> Option<u16> {
    match c {
        '0'..='9' => Some(c as u16 - '0' as u16),
        '零' => Some(0),
        '两' => Some(2),
        c => DIGITS.iter().position(|it| *it == c).and_then(|at| u16::try_from(at).ok()),
    }
}

fn unit(c: char) -> Option<u16> {
    UNITS.iter().find(|(it, _)| *it == c).map(|(_, unit)| *unit)
}
