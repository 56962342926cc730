//! The program's own random numbers: Philox4x32-10, a counter-based generator (Salmon, Moraes, Dror
//! and Shaw, “Parallel random numbers: as easy as 1, 2, 3”, SC 2011).
//!
//! A counter-based generator has no state to carry along: the n-th draw is a function of the seed
//! and of n. So a run resumes, is repeated by another laboratory or is spread over threads, and the
//! numbers are the same. Logarithm, sine and cosine come from the `libm` crate, because those of the
//! platforms differ in the last bit.

use std::f64::consts::TAU;
use std::ops::RangeInclusive;

/// Multipliers and key increments of the published generator.
const MULTIPLIERS: [u32; 2] = [0xD251_1F53, 0xCD9E_8D57];
const KEY_INCREMENTS: [u32; 2] = [0x9E37_79B9, 0xBB67_AE85];
const ROUNDS: usize = 10;

/// 2⁻⁵³: the spacing of the uniform numbers.
const UNIFORM_SPACING: f64 = 1.0 / (1_u64 << 53) as f64;

/// Purpose of a draw. Each use has numbers of its own, so that adding one never shifts another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stream {
    /// The timestep of a step.
    Timestep = 0,
    /// The noise of a step: of both models, or of the pretrained one where they are independent.
    Noise = 1,
    /// The fine-tuned model's noise where they are independent.
    NoiseOfFinetuned = 2,
    /// The fixed noises of the loss gap.
    LossGap = 3,
    /// The noise that a new picture is made of.
    Picture = 6,
    /// The controls that a bootstrap sample takes.
    Bootstrap = 4,
    /// The works that a random relabelling calls questioned.
    Permutation = 5,
}

/// The generator for one seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Philox {
    key: [u32; 2],
}

impl Philox {
    /// The generator for `seed`.
    pub const fn new(seed: u64) -> Self {
        Self {
            key: [seed as u32, (seed >> 32) as u32],
        }
    }

    /// The four words at `counter`: the published bijection, ten rounds.
    pub fn block(&self, counter: [u32; 4]) -> [u32; 4] {
        let mut key = self.key;
        let mut words = counter;
        for _ in 0..ROUNDS {
            let first = u64::from(MULTIPLIERS[0]) * u64::from(words[0]);
            let second = u64::from(MULTIPLIERS[1]) * u64::from(words[2]);
            words = [
                (second >> 32) as u32 ^ words[1] ^ key[0],
                second as u32,
                (first >> 32) as u32 ^ words[3] ^ key[1],
                first as u32,
            ];
            key[0] = key[0].wrapping_add(KEY_INCREMENTS[0]);
            key[1] = key[1].wrapping_add(KEY_INCREMENTS[1]);
        }
        words
    }

    /// A whole number uniform in `range`, which must not be empty: the `index`-th of `stream`.
    ///
    /// 64 random bits are scaled to the range, so no value is favoured by more than range/2⁶⁴.
    pub fn integer(&self, stream: Stream, index: u64, range: RangeInclusive<usize>) -> usize {
        let [bits, _] = self.pair(stream, index, 0);
        let span = range.end().saturating_sub(*range.start()) as u128 + 1;
        range.start() + ((u128::from(bits) * span) >> 64) as usize
    }

    /// Fills `out` with the `index`-th normal array (mean 0, variance 1) of `stream`.
    ///
    /// Box and Muller's transform in f64, one block of the generator for two values. An array is
    /// the beginning of any longer one of the same index.
    pub fn fill_normal(&self, stream: Stream, index: u64, out: &mut [f32]) {
        for (block, values) in (0_u32..).zip(out.chunks_mut(2)) {
            let [radius_bits, angle_bits] = self.pair(stream, index, block);
            // In (0, 1], so that the logarithm is finite.
            let uniform = ((radius_bits >> 11) + 1) as f64 * UNIFORM_SPACING;
            let angle = TAU * ((angle_bits >> 11) as f64 * UNIFORM_SPACING);
            let radius = (-2.0 * libm::log(uniform)).sqrt();
            let normals = [radius * libm::cos(angle), radius * libm::sin(angle)];
            for (value, normal) in values.iter_mut().zip(normals) {
                *value = normal as f32;
            }
        }
    }

    /// Two 64-bit words: `block` of the `index`-th draw of `stream`.
    fn pair(&self, stream: Stream, index: u64, block: u32) -> [u64; 2] {
        let [a, b, c, d] = self.block([block, index as u32, (index >> 32) as u32, stream as u32]);
        [
            u64::from(a) << 32 | u64::from(b),
            u64::from(c) << 32 | u64::from(d),
        ]
    }
}
