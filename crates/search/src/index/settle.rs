use std::cmp::Reverse;

use tantivy::index::SegmentId;

/// So many small segments may stay beside the large ones: a search asks each by itself, but to
/// put a few publications together after every one of them would be work for nothing.
const FEW: usize = 2;

/// Returns the segments to put into one, of all with their numbers of documents.
///
/// A segment that is as large as all smaller ones together stays, so that a document is written
/// anew a few times in its life, however the publications came.
pub(super) fn scattered(mut segments: Vec<(SegmentId, u32)>) -> Vec<SegmentId> {
    segments.sort_by_key(|(_, size)| Reverse(*size));
    let mut rest: u64 = segments.iter().map(|(_, size)| u64::from(*size)).sum();
    let is_large = |(_, size): &&(SegmentId, u32)| {
        rest -= u64::from(*size);
        u64::from(*size) >= rest
    };
    let n_large = segments.iter().take_while(is_large).count();
    let small: Vec<SegmentId> = segments.drain(n_large..).map(|(id, _)| id).collect();
    if small.len() > FEW { small } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use tantivy::index::SegmentId;

    use super::scattered;

    #[test]
    fn small_segments_are_put_together_and_large_ones_stay() {
        let check = |sizes: &[u32], expected: &[u32]| {
            let all: Vec<(SegmentId, u32)> =
                sizes.iter().map(|size| (SegmentId::generate_random(), *size)).collect();
            let size = |id: &SegmentId| all.iter().find(|it| it.0 == *id).map(|it| it.1);
            let put: Vec<u32> = scattered(all.clone()).iter().filter_map(size).collect();
            assert_eq!(put, expected, "{sizes:?}");
        };
        check(&[], &[]);
        check(&[1_000], &[]);
        check(&[1, 900, 1], &[]);
        check(&[1, 900, 2, 3, 1], &[3, 2, 1, 1]);
        check(&[100, 100, 100, 100], &[100, 100, 100, 100]);
        check(&[900, 300, 40, 40, 30], &[40, 40, 30]);
        check(&[64, 32, 16, 8, 4, 2, 1], &[]);
    }
}
