use domain::content::{Money, Value, keys};

use super::{super::sheet::SheetRow, Answer, Sheet};

/// 收不收费。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Cost {
    pub(crate) is_free: bool,
    pub(crate) fees: Vec<Fee>,
    pub(crate) basis: Option<String>,
}

/// 一项收费。
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Fee {
    pub(crate) name: String,
    pub(crate) standard: String,
    pub(crate) amount: Option<String>,
    pub(crate) remarks: Vec<String>,
}

impl Cost {
    pub(crate) fn read(sheet: Sheet<'_>) -> Answer<Cost> {
        let fees: Vec<Fee> = sheet.rows(keys::FEES).into_iter().map(fee).collect();
        let charged = sheet.flag(keys::CHARGED);
        let is_told = charged.is_some() || !fees.is_empty();
        let cost = Cost {
            is_free: charged == Some(false),
            // A list of fees beside 不收费 would only confuse; the check of the item finds it.
            fees: if charged == Some(false) { Vec::new() } else { fees },
            basis: sheet.words(keys::FEE_BASIS).filter(|_| charged != Some(false)),
        };
        Answer::of(is_told.then_some(cost), "是否收费", &[keys::CHARGED], sheet)
    }

    /// Returns the fee in a few characters, for the key facts.
    pub(crate) fn in_short(&self) -> String {
        match (self.is_free, self.fees.as_slice()) {
            (true, _) => "不收费".to_owned(),
            (false, [Fee { amount: Some(amount), .. }]) => amount.clone(),
            (false, _) => "收费".to_owned(),
        }
    }
}

fn fee(row: SheetRow<'_>) -> Fee {
    let amount = match row.row().fields.get("amount") {
        Some(Value::Money(Money { fen: 0 })) => Some("不收费".to_owned()),
        _ => row.words("amount"),
    };
    let reducible = row.flag("reducible").then(|| "可以申请减免".to_owned());
    let basis = row.words("basis").map(|basis| format!("依据：{basis}"));
    let remarks = [reducible, row.words("note"), basis];
    Fee {
        name: row.text("name"),
        standard: row.text("standard"),
        amount,
        remarks: remarks.into_iter().flatten().collect(),
    }
}
