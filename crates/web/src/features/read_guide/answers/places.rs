use domain::{calendar::Calendar, content::keys};

use super::{
    super::{guide::Days, sheet::SheetRow},
    Answer, Sheet,
};
use crate::{opening::Today, words};

/// 在哪办、何时办。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Where {
    pub(crate) windows: Vec<Window>,
    /// The hours of today, where they are the same at every window.
    pub(crate) today: Option<Today>,
    pub(crate) is_online: bool,
    pub(crate) online: Vec<String>,
    pub(crate) address: Option<WebAddress>,
    /// How often one must come, and why.
    pub(crate) visits: Option<String>,
    pub(crate) others: Vec<String>,
    pub(crate) consult: Vec<Phone>,
}

/// 窗口。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Window {
    pub(crate) name: Option<String>,
    pub(crate) address: Option<String>,
    pub(crate) hours: Option<String>,
    /// The hours of today, where another window has others.
    pub(crate) today: Option<Today>,
    pub(crate) phones: Vec<Phone>,
    pub(crate) traffic: Option<String>,
}

/// 电话：as written, and as a phone dials it where it is one plain number.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Phone {
    pub(crate) words: String,
    pub(crate) dialled: Option<String>,
}

/// A link only where it leads to the web; else no more than words.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum WebAddress {
    Link(String),
    Words(String),
}

impl Where {
    pub(crate) fn read(sheet: Sheet<'_>, days: Days, calendar: &Calendar) -> Answer<Where> {
        let rows = sheet.rows(keys::WINDOWS).into_iter();
        let mut windows: Vec<Window> = rows.map(|row| window(row, days, calendar)).collect();
        let today = shared(&mut windows);
        let mut consult = phones(sheet.words(keys::CONSULT));
        // A number that stands at a window need not be said again below it.
        consult.retain(|phone| windows.iter().all(|window| !window.phones.contains(phone)));
        let place = Where {
            windows,
            today,
            is_online: sheet.flag(keys::ONLINE) == Some(true),
            online: online(sheet),
            address: sheet.words(keys::ONLINE_ADDRESS).map(WebAddress::read),
            visits: visits(sheet),
            others: others(sheet),
            consult,
        };
        let is_told = !place.windows.is_empty()
            || !place.online.is_empty()
            || place.address.is_some()
            || !place.others.is_empty();
        let keys = [keys::WINDOWS];
        Answer::of(is_told.then_some(place), "办理地点和时间", &keys, sheet)
    }
}

impl WebAddress {
    fn read(text: String) -> WebAddress {
        let is_web = text.starts_with("https://") || text.starts_with("http://");
        match is_web && !text.contains(char::is_whitespace) {
            true => WebAddress::Link(text),
            false => WebAddress::Words(text),
        }
    }
}

/// What a person does where the guide has no answer.
pub(super) fn ask(sheet: Sheet<'_>) -> String {
    match sheet.words(keys::CONSULT) {
        Some(phone) => format!("请拨打咨询电话 {phone}。"),
        None => format!("请向{}咨询。", sheet.item.item.body.name),
    }
}

fn window(row: SheetRow<'_>, days: Days, calendar: &Calendar) -> Window {
    let hours = row.words("hours");
    // How it was then is no hour to come at.
    let current = hours.as_deref().filter(|_| days.is_today());
    Window {
        name: row.words("name"),
        address: row.words("address"),
        today: current.and_then(|written| Today::read(written, days.today, calendar)),
        hours,
        phones: phones(row.words("phone")),
        traffic: row.words("traffic"),
    }
}

/// Takes today's hours from the windows if they are the same at all.
fn shared(windows: &mut [Window]) -> Option<Today> {
    let today = windows.first()?.today.clone()?;
    let is_shared = windows.iter().all(|window| window.today.as_ref() == Some(&today));
    is_shared.then(|| {
        windows.iter_mut().for_each(|window| window.today = None);
        today
    })
}

/// Reads one phone number or several.
pub(super) fn phones(text: Option<String>) -> Vec<Phone> {
    let text = text.unwrap_or_default();
    let each = text.split(['、', '，', ',', '；', ';', '/', '\n']).map(str::trim);
    each.filter(|it| !it.is_empty()).map(phone).collect()
}

fn phone(words: &str) -> Phone {
    let is_number =
        words.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '+' | '－' | '—'));
    let digits: String = words.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
    let dialled = (is_number && digits.len() >= 3).then_some(digits);
    Phone { words: words.to_owned(), dialled }
}

fn online(sheet: Sheet<'_>) -> Vec<String> {
    let is_online = sheet.flag(keys::ONLINE);
    let led = |lead: &str, key| sheet.words(key).map(|words| format!("{lead}{words}"));
    let depth = sheet.labels(keys::ONLINE_DEPTH).join("、");
    let lines = [
        (is_online == Some(true)).then(|| "可以网上办。".to_owned()),
        (is_online == Some(false)).then(|| "不能网上办。".to_owned()),
        led("平台：", "online.platform"),
        (is_online != Some(false) && !depth.is_empty()).then(|| format!("网上能办到：{depth}")),
        led("原因：", "online.unsuitable").filter(|_| is_online == Some(false)),
        (sheet.flag(keys::ONLINE_PAYMENT) == Some(true)).then(|| "可以网上缴费。".to_owned()),
    ];
    lines.into_iter().flatten().collect()
}

fn visits(sheet: Sheet<'_>) -> Option<String> {
    let n_visits = sheet.item.item.content.number(keys::VISITS)?;
    let often = words::visits(n_visits);
    Some(match (n_visits > 0, sheet.words(keys::VISITS_REASON)) {
        (true, Some(reason)) => format!("要到现场 {often}：{reason}"),
        (true, None) => format!("要到现场 {often}。"),
        (false, _) => "不用跑现场。".to_owned(),
    })
}

fn others(sheet: Sheet<'_>) -> Vec<String> {
    let is = |key| sheet.flag(key) == Some(true);
    let led = |lead: &str, words: String| (!words.is_empty()).then(|| format!("{lead}{words}"));
    let booking = match (is("online.booking"), sheet.words("online.booking_address")) {
        (true, Some(address)) => Some(format!("可以预约：{address}")),
        (true, None) => Some("可以预约。".to_owned()),
        _ => None,
    };
    let lines = [
        led("办理形式：", sheet.labels(keys::HANDLING_FORMS).join("、")),
        led("通办范围：", sheet.labels("handling.scope").join("、")),
        sheet.words("handling.cross_province").map(|words| format!("跨省通办：{words}")),
        booking,
        is("handling.express").then(|| "可以快递。".to_owned()),
        is("handling.terminal").then(|| "可以在自助终端办。".to_owned()),
        sheet.words("handling.elderly").map(|words| format!("老年人：{words}")),
        sheet.words("contacts.consult_other").map(|words| format!("其他咨询方式：{words}")),
    ];
    lines.into_iter().flatten().map(super::closed).collect()
}
