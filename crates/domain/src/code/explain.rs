use serde::Serialize;

use super::{
    Fault, Lookup, Parsed, Scheme, fields, normalise,
    parse::{Misfit, Piece},
};

/// 编码的解释：合哪种规则，每一段说什么
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// Id of the scheme.
    pub scheme: String,
    pub title: String,
    pub source: String,
    /// The normalised code.
    pub code: String,
    /// What normalising changed, in words.
    pub changes: Vec<String>,
    /// Whether the code has the scheme's form; it may still have faults.
    pub fits: bool,
    /// Where a code that does not fit departs from the scheme, counted from 1.
    pub departs_at: Option<usize>,
    pub segments: Vec<SegmentReading>,
    /// Faults of the code as a whole; those of a segment stand with it.
    pub faults: Vec<String>,
    #[serde(skip)]
    distance: usize,
}

/// 编码中一段的解释
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SegmentReading {
    pub key: String,
    pub name: String,
    pub text: String,
    /// Position of its first character, counted from 1.
    pub at: usize,
    pub meaning: Option<String>,
    /// False where no source says what the segment is.
    pub explained: bool,
    pub faults: Vec<String>,
}

/// Explains `code` by every scheme that fits it, the best first.
///
/// Where none fits there is one explanation, by the scheme that came nearest, which says at
/// which character the code departs. It is empty only when `schemes` is.
pub fn explain(code: &str, schemes: &[&Scheme], lookup: &dyn Lookup) -> Vec<Explanation> {
    let fits = |scheme: &&&Scheme| scheme.parse(code).is_ok();
    let fitting: Vec<&Scheme> = schemes.iter().filter(fits).copied().collect();
    let chosen = if fitting.is_empty() { schemes } else { &fitting };
    best_first(chosen.iter().map(|scheme| one(code, scheme, lookup)).collect())
}

/// Orders explanations of the same code, gathered from several standards, and drops the misfits
/// if any fits, else all but the nearest.
pub fn best_first(mut explanations: Vec<Explanation>) -> Vec<Explanation> {
    if explanations.iter().any(|explanation| explanation.fits) {
        explanations.retain(|explanation| explanation.fits);
        explanations.sort_by_key(|explanation| {
            (explanation.all_faults().count(), explanation.unexplained())
        });
        return explanations;
    }
    explanations.into_iter().min_by_key(|explanation| explanation.distance).into_iter().collect()
}

impl Explanation {
    /// Returns the faults of the code and of all its segments.
    pub fn all_faults(&self) -> impl Iterator<Item = &str> {
        let segments = self.segments.iter().flat_map(|segment| &segment.faults);
        self.faults.iter().chain(segments).map(String::as_str)
    }

    /// Counts the characters that no source explains.
    fn unexplained(&self) -> usize {
        let dark = self.segments.iter().filter(|segment| !segment.explained);
        dark.map(|segment| segment.text.len()).sum()
    }
}

fn one(code: &str, scheme: &Scheme, lookup: &dyn Lookup) -> Explanation {
    let normalised = normalise(code);
    let chars: Vec<char> = normalised.text.chars().collect();
    let (pieces, misfit) = match scheme.fit(&chars) {
        Ok(pieces) => (pieces, None),
        Err(Misfit { fault, pieces }) => (pieces, Some(fault)),
    };
    let whole = Parsed::of(normalised, pieces);
    let segments = whole.pieces().iter().map(|piece| reading(piece, &whole, scheme, lookup));
    let segments = segments.collect();
    let faults = match &misfit {
        Some(fault) => vec![departure(fault, scheme)],
        None => scheme.check.into_iter().flat_map(|check| check.faults(whole.code())).collect(),
    };
    Explanation {
        scheme: scheme.id.clone(),
        title: scheme.title.clone(),
        source: scheme.source.clone(),
        changes: whole.changes().to_vec(),
        code: whole.code().to_owned(),
        fits: misfit.is_none(),
        departs_at: misfit.as_ref().map(|fault| fault.at),
        segments,
        faults,
        distance: if misfit.is_some() { scheme.distance(&chars) } else { 0 },
    }
}

fn departure(fault: &Fault, scheme: &Scheme) -> String {
    format!("不合任何一种编码规则；最接近“{}”，{fault}", scheme.title)
}

fn reading(piece: &Piece, whole: &Parsed, scheme: &Scheme, lookup: &dyn Lookup) -> SegmentReading {
    let field = scheme.field(&piece.key).expect("a piece is made of a field of its scheme");
    let text = whole.get(&piece.key).unwrap_or_default();
    let said = fields::read(field, text, (scheme, whole), lookup);
    SegmentReading {
        key: field.key.clone(),
        name: field.name.clone(),
        text: text.to_owned(),
        at: piece.start + 1,
        meaning: said.meaning,
        explained: said.explained,
        faults: said.faults,
    }
}
