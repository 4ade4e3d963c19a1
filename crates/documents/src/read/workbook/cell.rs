use calamine::Data;

/// Beyond it a spreadsheet keeps zeros in place of digits.
const MAX_EXACT: f64 = 1e15;

/// A cell as a person sees it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct CellText {
    pub(super) text: String,
    /// A number with more digits than a spreadsheet can hold.
    pub(super) lost_digits: bool,
}

pub(super) fn text(data: &Data) -> CellText {
    let text = match data {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        Data::Bool(true) => "是".into(),
        Data::Bool(false) => "否".into(),
        Data::Int(number) => number.to_string(),
        Data::Float(number) => {
            return CellText { text: number_text(*number), lost_digits: number.abs() >= MAX_EXACT };
        }
        Data::DateTime(at) => {
            let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
            match at.as_f64() {
                days if at.is_duration() || (0.0..1.0).contains(&days) => clock_text(days),
                days if days.fract() == 0.0 => format!("{year:04}-{month:02}-{day:02}"),
                _ => format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}"),
            }
        }
        Data::DateTimeIso(text) => iso_text(text),
        Data::DurationIso(text) => duration_text(text),
        Data::Error(error) => error.to_string(),
    };
    CellText { text, lost_digits: false }
}

/// A number as it was typed: 20 and not 20.0, 0.3 and not 0.30000000000000004.
fn number_text(number: f64) -> String {
    let fifteen_digits = format!("{number:.14e}").parse().unwrap_or(number);
    match number.abs() {
        size if size >= MAX_EXACT => format!("{number:e}"),
        _ => format!("{fifteen_digits}"),
    }
}

fn clock_text(days: f64) -> String {
    let minutes = (days * 24.0 * 60.0).round() as i64;
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn iso_text(text: &str) -> String {
    match text.split_once('T') {
        Some((date, time)) if time.trim_matches(['0', ':', '.', 'Z']).is_empty() => date.to_owned(),
        Some((date, time)) => format!("{date} {}", time.get(..5).unwrap_or(time)),
        None => text.to_owned(),
    }
}

/// 「PT09H30M00S」 as 09:30.
fn duration_text(text: &str) -> String {
    let parts = || {
        let (hours, rest) = text.strip_prefix("PT")?.split_once('H')?;
        let minutes = rest.split_once('M')?.0;
        Some(format!("{:02}:{:02}", hours.parse::<u32>().ok()?, minutes.parse::<u32>().ok()?))
    };
    parts().unwrap_or_else(|| text.to_owned())
}
