//! The little of Markdown that the rules read.

/// Returns the lines outside fenced blocks, each with its number.
pub(super) fn prose(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut is_fenced = false;
    (1..).zip(text.lines()).filter(move |(_, line)| {
        let is_fence = line.trim_start().starts_with("```");
        is_fenced ^= is_fence;
        !is_fenced && !is_fence
    })
}

/// Returns the inline code of a line.
pub(super) fn inline_code(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

/// Returns the targets of a line's links and pictures.
pub(super) fn targets(line: &str) -> Vec<&str> {
    let without_code: Vec<&str> = line.split('`').step_by(2).collect();
    let mut targets = Vec::new();
    for (opening, closing) in [("](", ')'), ("src=\"", '"'), ("href=\"", '"')] {
        for text in &without_code {
            let rests = text.match_indices(opening).map(|(at, _)| &text[at + opening.len()..]);
            targets.extend(rests.filter_map(|rest| rest.split(closing).next()));
        }
    }
    // A title may follow the target.
    targets.into_iter().filter_map(|it| it.split_whitespace().next()).collect()
}
