//! Normally distributed numbers, the same in every run: sums of twelve from Lehmer's generator.

/// A source of numbers; its seed lies in 1 .. 2³¹ − 1.
pub struct Normal(pub u64);

impl Normal {
    /// The next `n` numbers, of mean 0 and deviation 1.
    pub fn take(&mut self, n: usize) -> Vec<f32> {
        (0..n).map(|_| self.next()).collect()
    }

    fn next(&mut self) -> f32 {
        let mut uniform = || {
            self.0 = self.0 * 48_271 % 0x7fff_ffff;
            self.0 as f64 / f64::from(0x7fff_ffff)
        };
        ((0..12).map(|_| uniform()).sum::<f64>() - 6.0) as f32
    }
}
