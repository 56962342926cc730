//! Functions of single values: activations, the gated linear unit of the transformer blocks, sums.

use super::simd::{normal_cdf, sigmoid, vectorised};
use rayon::prelude::*;

/// Values that one task handles.
const CHUNK: usize = 16 * 1024;
/// 1/√(2π).
const DENSITY: f32 = 0.398_942_3;

/// An activation function of the text and picture encoders and of the time embedding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activation {
    /// x·sigmoid(x).
    Silu,
    /// x·Φ(x), by the error function.
    Gelu,
    /// x·sigmoid(1.702·x): CLIP's approximation.
    QuickGelu,
}

impl Activation {
    /// Applies the function in place.
    pub fn apply(self, x: &mut [f32]) {
        x.par_chunks_mut(CHUNK).for_each(|x| {
            vectorised(|| match self {
                Self::Silu => x.iter_mut().for_each(|v| *v *= sigmoid(*v)),
                Self::Gelu => x.iter_mut().for_each(|v| *v *= normal_cdf(*v).0),
                Self::QuickGelu => x.iter_mut().for_each(|v| *v *= sigmoid(1.702 * *v)),
            });
        });
    }

    /// Multiplies `gradient` by the function's slope at the inputs `x`.
    pub fn backward(self, gradient: &mut [f32], x: &[f32]) {
        debug_assert_eq!(gradient.len(), x.len());
        gradient
            .par_chunks_mut(CHUNK)
            .zip(x.par_chunks(CHUNK))
            .for_each(|(gradient, x)| {
                vectorised(|| {
                    for (g, &x) in gradient.iter_mut().zip(x) {
                        *g *= self.slope(x);
                    }
                });
            });
    }

    #[inline(always)]
    fn slope(self, x: f32) -> f32 {
        let logistic = |k: f32| {
            let s = sigmoid(k * x);
            s * (1.0 + k * x * (1.0 - s))
        };
        match self {
            Self::Silu => logistic(1.0),
            Self::QuickGelu => logistic(1.702),
            Self::Gelu => {
                let (cdf, density) = normal_cdf(x);
                cdf + x * DENSITY * density
            }
        }
    }
}

/// GEGLU: the first half of each row times the GELU of the second; `x` is `[rows, 2·width]`, `out`
/// `[rows, width]`.
pub fn geglu(out: &mut [f32], x: &[f32], width: usize) {
    debug_assert!(x.len() == 2 * out.len() && out.len().is_multiple_of(width));
    out.par_chunks_mut(width)
        .zip(x.par_chunks(2 * width))
        .with_min_len(8)
        .for_each(|(out, x)| {
            vectorised(|| {
                let (value, gate) = x.split_at(width);
                for ((out, &value), &gate) in out.iter_mut().zip(value).zip(gate) {
                    *out = value * gate * normal_cdf(gate).0;
                }
            });
        });
}

/// Gradient of [`geglu`] with respect to `x`.
pub fn geglu_backward(out: &mut [f32], x: &[f32], gradient: &[f32], width: usize) {
    debug_assert!(out.len() == x.len() && x.len() == 2 * gradient.len());
    debug_assert!(gradient.len().is_multiple_of(width));
    out.par_chunks_mut(2 * width)
        .zip(x.par_chunks(2 * width).zip(gradient.par_chunks(width)))
        .with_min_len(8)
        .for_each(|(out, (x, gradient))| {
            vectorised(|| {
                let (value, gate) = x.split_at(width);
                let (to_value, to_gate) = out.split_at_mut(width);
                for i in 0..width {
                    let (cdf, density) = normal_cdf(gate[i]);
                    to_value[i] = gradient[i] * gate[i] * cdf;
                    to_gate[i] = gradient[i] * value[i] * (cdf + gate[i] * DENSITY * density);
                }
            });
        });
}

/// `sum += x`.
pub fn add(sum: &mut [f32], x: &[f32]) {
    debug_assert_eq!(sum.len(), x.len());
    sum.par_chunks_mut(CHUNK)
        .zip(x.par_chunks(CHUNK))
        .for_each(|(sum, x)| {
            vectorised(|| sum.iter_mut().zip(x).for_each(|(sum, x)| *sum += x));
        });
}
