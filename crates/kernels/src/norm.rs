//! Group normalisation (with or without SiLU after it) and layer normalisation, each with its
//! gradient. The variance is that of the centred values: one more pass, no cancellation.

use super::simd::{sigmoid, sum_of, vectorised};
use rayon::prelude::*;

/// Rows whose sums one task takes; partial sums are added in order of the tasks.
const ROWS: usize = 32;

/// A group norm's parameters over `[rows, channels]`: `scale` and `shift` are `[channels]`.
#[derive(Clone, Copy)]
pub struct GroupNorm<'a> {
    pub scale: &'a [f32],
    pub shift: &'a [f32],
    pub groups: usize,
    pub epsilon: f32,
    /// Follow with x·sigmoid(x).
    pub silu: bool,
}

/// Mean and reciprocal standard deviation, spread over the channels of each group.
#[derive(Clone, Debug)]
pub struct Moments {
    mean: Vec<f32>,
    inverse_deviation: Vec<f32>,
}

impl GroupNorm<'_> {
    /// Normalises `x` into `out`; the moments are what [`Self::backward`] needs besides `x`.
    pub fn forward(&self, out: &mut [f32], x: &[f32]) -> Moments {
        let moments = self.moments(x);
        self.apply(out, x, &moments);
        moments
    }

    /// Normalises rows of an array with the moments of the whole.
    pub fn apply(&self, out: &mut [f32], x: &[f32], moments: &Moments) {
        self.debug_assert_fits(x);
        debug_assert_eq!(out.len(), x.len());
        let channels = self.scale.len();
        let (gain, offset): (Vec<f32>, Vec<f32>) = (0..channels)
            .map(|c| {
                let gain = self.scale[c] * moments.inverse_deviation[c];
                (gain, self.shift[c] - moments.mean[c] * gain)
            })
            .unzip();
        out.par_chunks_mut(ROWS * channels)
            .zip(x.par_chunks(ROWS * channels))
            .for_each(|(out, x)| {
                vectorised(|| {
                    for (out, x) in out.chunks_exact_mut(channels).zip(x.chunks_exact(channels)) {
                        for (((out, &x), &gain), &offset) in
                            out.iter_mut().zip(x).zip(&gain).zip(&offset)
                        {
                            *out = x * gain + offset;
                        }
                        if self.silu {
                            out.iter_mut().for_each(|v| *v *= sigmoid(*v));
                        }
                    }
                });
            });
    }

    /// Gradient with respect to `x`, given the input, its moments and the result's gradient.
    pub fn backward(&self, out: &mut [f32], x: &[f32], moments: &Moments, gradient: &[f32]) {
        self.debug_assert_fits(x);
        debug_assert_eq!(out.len(), x.len());
        debug_assert_eq!(gradient.len(), x.len());
        debug_assert_eq!(moments.mean.len(), self.scale.len());
        let channels = self.scale.len();
        let width = ROWS * channels;
        // First the gradient at the normalised values, with its sums over each channel …
        let sums: Vec<[Vec<f32>; 2]> = out
            .par_chunks_mut(width)
            .zip(x.par_chunks(width).zip(gradient.par_chunks(width)))
            .map(|(out, (x, gradient))| {
                vectorised(|| self.pull_back_activation(out, x, moments, gradient))
            })
            .collect();
        let [mean, slope] = totals(&sums, channels).map(|mut total| {
            let scaled = total.iter_mut().zip(self.scale);
            scaled.for_each(|(total, &scale)| *total *= f64::from(scale));
            self.group_means(&total, x.len() / channels)
        });
        // … then what the mean and the deviation pass on.
        out.par_chunks_mut(width)
            .zip(x.par_chunks(width))
            .for_each(|(out, x)| {
                vectorised(|| {
                    for (out, x) in out.chunks_exact_mut(channels).zip(x.chunks_exact(channels)) {
                        for c in 0..channels {
                            let inverse = moments.inverse_deviation[c];
                            let normalised = (x[c] - moments.mean[c]) * inverse;
                            out[c] = inverse * (out[c] - mean[c] - normalised * slope[c]);
                        }
                    }
                });
            });
    }

    /// For each channel, the sum of the gradient before the SiLU, and of that times the normalised value:
    /// the gradients of shift and scale.
    pub(super) fn parameter_sums(
        &self,
        x: &[f32],
        moments: &Moments,
        gradient: &[f32],
    ) -> [Vec<f64>; 2] {
        self.debug_assert_fits(x);
        debug_assert_eq!(gradient.len(), x.len());
        let width = ROWS * self.scale.len();
        let sums: Vec<[Vec<f32>; 2]> = x
            .par_chunks(width)
            .zip(gradient.par_chunks(width))
            .map(|(x, gradient)| {
                vectorised(|| self.pull_back_activation(&mut [], x, moments, gradient))
            })
            .collect();
        totals(&sums, self.scale.len())
    }

    /// Writes γ·(gradient through the SiLU) where `out` has room for it, and returns, for each channel, the
    /// sum of that without γ and the sum of it times the normalised value.
    #[inline(always)]
    fn pull_back_activation(
        &self,
        out: &mut [f32],
        x: &[f32],
        moments: &Moments,
        gradient: &[f32],
    ) -> [Vec<f32>; 2] {
        let channels = self.scale.len();
        let (mut sum, mut product) = (vec![0.0; channels], vec![0.0; channels]);
        let (scale, shift) = (self.scale, &self.shift[..channels]);
        let mean = &moments.mean[..channels];
        let inverse = &moments.inverse_deviation[..channels];
        let mut unwanted = vec![0.0; if out.is_empty() { channels } else { 0 }];
        let mut out = out.chunks_exact_mut(channels);
        for (x, gradient) in x
            .chunks_exact(channels)
            .zip(gradient.chunks_exact(channels))
        {
            // Where only the sums are wanted there is no room for the gradients.
            let out = out.next().unwrap_or(&mut unwanted);
            for c in 0..channels {
                let normalised = (x[c] - mean[c]) * inverse[c];
                let slope = if self.silu {
                    let z = normalised * scale[c] + shift[c];
                    let s = sigmoid(z);
                    s * (1.0 + z * (1.0 - s))
                } else {
                    1.0
                };
                let value = gradient[c] * slope;
                sum[c] += value;
                product[c] += value * normalised;
                out[c] = value * scale[c];
            }
        }
        [sum, product]
    }

    fn debug_assert_fits(&self, x: &[f32]) {
        debug_assert_eq!(self.shift.len(), self.scale.len());
        debug_assert!(self.scale.len().is_multiple_of(self.groups));
        debug_assert!(x.len().is_multiple_of(self.scale.len()));
    }

    /// Mean and deviation of `x`, `[rows, channels]`, over the rows and the channels of each group.
    pub fn moments(&self, x: &[f32]) -> Moments {
        self.debug_assert_fits(x);
        let channels = self.scale.len();
        let rows = x.len() / channels;
        let mean = self.group_means(&channel_sums(x, channels, |v, _| v), rows);
        let squares = channel_sums(x, channels, |v, c| (v - mean[c]) * (v - mean[c]));
        let inverse_deviation = self
            .group_means(&squares, rows)
            .into_iter()
            .map(|variance| 1.0 / (variance + self.epsilon).sqrt())
            .collect();
        Moments {
            mean,
            inverse_deviation,
        }
    }

    /// Sums over channels become means over groups, repeated for each channel of the group.
    fn group_means(&self, sums: &[f64], rows: usize) -> Vec<f32> {
        let size = sums.len() / self.groups;
        sums.chunks_exact(size)
            .flat_map(|group| {
                let mean = group.iter().sum::<f64>() / (size * rows) as f64;
                std::iter::repeat_n(mean as f32, size)
            })
            .collect()
    }
}

/// Σ over the rows of f(value, channel), for each channel.
pub(super) fn channel_sums(
    x: &[f32],
    channels: usize,
    f: impl Fn(f32, usize) -> f32 + Sync,
) -> Vec<f64> {
    row_sums(x, x, channels, |sums, row, _| {
        for c in 0..channels {
            sums[c] += f(row[c], c);
        }
    })
}

/// Sums of what `add` adds for each row of `x` and `y`, both `[rows, channels]`.
pub(super) fn row_sums(
    x: &[f32],
    y: &[f32],
    channels: usize,
    add: impl Fn(&mut [f32], &[f32], &[f32]) + Sync,
) -> Vec<f64> {
    let parts: Vec<[Vec<f32>; 1]> = x
        .par_chunks(ROWS * channels)
        .zip(y.par_chunks(ROWS * channels))
        .map(|(x, y)| {
            vectorised(|| {
                let mut sums = vec![0.0_f32; channels];
                for (x, y) in x.chunks_exact(channels).zip(y.chunks_exact(channels)) {
                    add(&mut sums, x, y);
                }
                [sums]
            })
        })
        .collect();
    let [total] = totals(&parts, channels);
    total
}

/// The sums of the tasks' sums, in the tasks' order.
fn totals<const N: usize>(parts: &[[Vec<f32>; N]], channels: usize) -> [Vec<f64>; N] {
    let mut totals = std::array::from_fn(|_| vec![0.0_f64; channels]);
    for part in parts {
        for (total, part) in totals.iter_mut().zip(part) {
            for (total, &value) in total.iter_mut().zip(part) {
                *total += f64::from(value);
            }
        }
    }
    totals
}

/// A layer norm's parameters over the last axis of `[rows, channels]`.
#[derive(Clone, Copy)]
pub struct LayerNorm<'a> {
    pub scale: &'a [f32],
    pub shift: &'a [f32],
    pub epsilon: f32,
}

impl LayerNorm<'_> {
    /// Normalises each row of `x` into `out`.
    pub fn forward(&self, out: &mut [f32], x: &[f32]) {
        let channels = self.scale.len();
        debug_assert_eq!(self.shift.len(), channels);
        debug_assert!(out.len() == x.len() && x.len().is_multiple_of(channels));
        out.par_chunks_mut(channels)
            .zip(x.par_chunks(channels))
            .with_min_len(ROWS)
            .for_each(|(out, x)| {
                vectorised(|| {
                    let (mean, inverse) = self.row_moments(x);
                    for c in 0..channels {
                        out[c] = (x[c] - mean) * inverse * self.scale[c] + self.shift[c];
                    }
                });
            });
    }

    /// Gradient with respect to `x`.
    pub fn backward(&self, out: &mut [f32], x: &[f32], gradient: &[f32]) {
        let channels = self.scale.len();
        debug_assert!(out.len() == x.len() && gradient.len() == x.len());
        debug_assert!(x.len().is_multiple_of(channels));
        out.par_chunks_mut(channels)
            .zip(x.par_chunks(channels).zip(gradient.par_chunks(channels)))
            .with_min_len(ROWS)
            .for_each(|(out, (x, gradient))| {
                vectorised(|| {
                    let (mean, inverse) = self.row_moments(x);
                    for c in 0..channels {
                        out[c] = gradient[c] * self.scale[c];
                    }
                    let n = channels as f32;
                    let sum = sum_of(out, |v| v) / n;
                    let slope = (super::simd::dot(out, x) / n - mean * sum) * inverse;
                    for c in 0..channels {
                        out[c] = inverse * (out[c] - sum - (x[c] - mean) * inverse * slope);
                    }
                });
            });
    }

    #[inline(always)]
    pub(super) fn row_moments(&self, x: &[f32]) -> (f32, f32) {
        let n = x.len() as f32;
        let mean = sum_of(x, |v| v) / n;
        let variance = sum_of(x, |v| (v - mean) * (v - mean)) / n;
        (mean, 1.0 / (variance + self.epsilon).sqrt())
    }
}
