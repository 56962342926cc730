//! The dice of the laboratory: named draws on top of the program's counter-based generator.
//!
//! A hand and a work have number sequences of their own, so that a change to how hands are drawn up
//! never shifts the works, and work 7 is the same whether or not work 6 was drawn. So has every purpose
//! in training, at every step: what was drawn before a checkpoint does not matter after it.
//!
//! ```
//! use palimpsest_base::random::Random;
//!
//! let mut sequence = Random::for_training(42, 1, 7);
//! let drawn = [sequence.unit(), sequence.unit()];
//! let mut again = Random::for_training(42, 1, 7);
//! assert_eq!([again.unit(), again.unit()], drawn);
//! assert_ne!(Random::for_training(42, 1, 8).unit(), drawn[0]);
//! ```

use std::f64::consts::TAU;

use crate::philox::Philox;

/// Marks the sequence of a hand, so that it meets no work's.
const HAND: u32 = 1 << 16;

/// Marks the sequences of training.
const TRAINING: u32 = 1 << 17;

/// 2⁻³²: the spacing of the uniform numbers.
const SPACING: f64 = 1.0 / (1_u64 << 32) as f64;

/// A sequence of random numbers.
pub struct Random {
    philox: Philox,
    counter: [u32; 4],
    words: [u32; 4],
    used: usize,
}

impl Random {
    /// The sequence that makes an artist's hand in one family.
    pub fn of_hand(family: u32, artist: u64) -> Self {
        Self::new(artist, [0, family | HAND, 0, 0])
    }

    /// The sequence that makes one work of an artist.
    pub fn of_work(family: u32, artist: u64, work: u64) -> Self {
        Self::new(artist, [0, family, work as u32, (work >> 32) as u32])
    }

    /// The sequence number `index` that training with `seed` draws for a purpose.
    pub fn for_training(seed: u64, purpose: u16, index: u64) -> Self {
        let purpose = TRAINING | u32::from(purpose);
        Self::new(seed, [0, purpose, index as u32, (index >> 32) as u32])
    }

    fn new(seed: u64, counter: [u32; 4]) -> Self {
        Self {
            philox: Philox::new(seed),
            counter,
            words: [0; 4],
            used: 4,
        }
    }

    /// 32 random bits.
    pub fn bits(&mut self) -> u32 {
        if self.used >= self.words.len() {
            self.words = self.philox.block(self.counter);
            self.counter[0] = self.counter[0].wrapping_add(1);
            self.used = 0;
        }
        let word = self.words[self.used & 3];
        self.used += 1;
        word
    }

    /// Uniform in [0, 1).
    pub fn unit(&mut self) -> f64 {
        f64::from(self.bits()) * SPACING
    }

    /// Uniform in [low, high).
    pub fn range(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Uniform in (−reach, reach).
    pub fn spread(&mut self, reach: f64) -> f64 {
        self.range(-reach, reach)
    }

    /// A whole number from `low` to `high`, both included.
    pub fn integer(&mut self, low: usize, high: usize) -> usize {
        let span = high.saturating_sub(low) as u64 + 1;
        low + ((u64::from(self.bits()) * span) >> 32) as usize
    }

    /// True with the given probability.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// One of a few things.
    pub fn pick<T: Copy, const N: usize>(&mut self, from: [T; N]) -> T {
        from[self.integer(0, N - 1)]
    }

    /// Normal with mean 0 and variance 1.
    pub fn normal(&mut self) -> f64 {
        // In (0, 1], so that the logarithm is finite.
        let uniform = 1.0 - self.unit();
        (-2.0 * libm::log(uniform)).sqrt() * libm::cos(TAU * self.unit())
    }

    /// An angle in radians, uniform over the circle.
    pub fn angle(&mut self) -> f64 {
        self.range(0.0, TAU)
    }

    /// Puts the items in random order.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, self.integer(0, last));
        }
    }
}
