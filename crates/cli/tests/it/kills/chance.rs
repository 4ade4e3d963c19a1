//! Chance from a seed, so that a failure can be had again.

use std::time::Duration;

/// SplitMix64.
pub(super) struct Chance(u64);

impl Chance {
    pub(super) fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    /// Returns a moment of a run of this length, each as likely.
    pub(super) fn moment(&mut self, length: Duration) -> Duration {
        length.mul_f64((self.next() >> 11) as f64 / (1_u64 << 53) as f64)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }
}
