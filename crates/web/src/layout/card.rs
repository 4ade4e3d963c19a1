use search::Card;

use crate::words;

/// A longer value may break into lines.
const LONGEST_SHORT: usize = 10;

/// 一个事项的要点：at most four, and only what is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct CardFact {
    pub(crate) term: &'static str,
    pub(crate) value: String,
    /// Stands out, and never breaks.
    pub(crate) is_short: bool,
}

/// Returns the promised period, the visits and the fee of a card, in words; empty where unknown.
pub(crate) fn in_short(card: &Card) -> [String; 3] {
    [
        card.promised.map(words::limit).unwrap_or_default(),
        card.visits.map(words::visits).unwrap_or_default(),
        fee(card).map_or_else(String::new, |fee| if is_short(&fee) { fee } else { "收费".into() }),
    ]
}

pub(crate) fn facts(card: &Card) -> Vec<CardFact> {
    let short = |term, value: Option<String>| {
        let fact = |value: String| CardFact { term, is_short: is_short(&value), value };
        value.map(fact)
    };
    let limit = match (card.promised, card.statutory) {
        (Some(promised), _) => short("承诺时限", Some(words::limit(promised))),
        (None, statutory) => short("法定时限", statutory.map(words::limit)),
    };
    let place = card.place.clone().filter(|it| !it.is_empty());
    let place = place.map(|value| CardFact { term: "在哪办", value, is_short: false });
    [limit, short("跑动次数", card.visits.map(words::visits)), short("收费", fee(card)), place]
        .into_iter()
        .flatten()
        .collect()
}

fn is_short(value: &str) -> bool {
    value.chars().count() <= LONGEST_SHORT
}

fn fee(card: &Card) -> Option<String> {
    match (card.charged, &card.fee) {
        (Some(false), _) => Some("不收费".to_owned()),
        (_, Some(fee)) if !fee.is_empty() => Some(words::joined(fee)),
        (Some(true), _) => Some("收费".to_owned()),
        _ => None,
    }
}
