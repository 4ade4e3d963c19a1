/// 移动顺序。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shift {
    Up,
    Down,
    /// To this place of the list, from 0; beyond the end is the end.
    To(usize),
}

/// Returns the places that change when `moved` is shifted in a list that is in order.
///
/// The list keeps the places that it has, so that what is not in it stays where it is; a
/// place that is missing or taken twice becomes the next one. A place is no number of a
/// code: sorting renumbers no codes.
pub fn reorder<I: Copy + PartialEq>(
    list: &[(I, Option<u32>)],
    moved: I,
    shift: Shift,
) -> Vec<(I, u32)> {
    let Some(from) = list.iter().position(|(id, _)| *id == moved) else { return Vec::new() };
    let to = match shift {
        Shift::Up => from.saturating_sub(1),
        Shift::Down => from + 1,
        Shift::To(place) => place,
    };
    let mut order = list.to_vec();
    let row = order.remove(from);
    order.insert(to.min(order.len()), row);

    let places = rising(list.iter().map(|(_, place)| *place));
    let new = order.iter().zip(places);
    new.filter(|((_, old), place)| *old != Some(*place)).map(|((id, _), it)| (*id, it)).collect()
}

fn rising(places: impl Iterator<Item = Option<u32>>) -> Vec<u32> {
    let mut last = 0;
    let next = |place: Option<u32>| {
        last = place.unwrap_or(0).max(last + 1);
        last
    };
    places.map(next).collect()
}
