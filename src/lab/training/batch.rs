//! A batch: the mean loss and gradient of samples that are computed side by side.
//!
//! Samples are dealt into a fixed number of groups; a group adds its samples one after the other, and the
//! groups' sums are added in order: the bits do not depend on who computed what when.

use rayon::prelude::*;

use crate::diffusion::network::backend::{Backend, Outcome};

/// Groups of a batch: how many samples can be under way at once.
const GROUPS: usize = 8;

/// What one sample gives.
pub struct Sample<B: Backend> {
    pub loss: f64,
    /// By slot; `None` where it is zero.
    pub gradients: Vec<Option<B::Array>>,
}

/// The means over a batch.
pub struct Batch {
    pub loss: f64,
    /// By slot; `None` where it is zero.
    pub gradients: Vec<Option<Vec<f32>>>,
}

impl Batch {
    /// Computes samples `0 .. count`.
    ///
    /// # Errors
    /// The first that a sample fails with.
    pub fn compute<B: Backend>(
        backend: &B,
        count: usize,
        sample: impl Fn(usize) -> Outcome<Sample<B>> + Sync,
    ) -> Outcome<Self> {
        let group = count.div_ceil(GROUPS).max(1);
        let groups: Vec<usize> = (0..count).step_by(group).collect();
        let sums: Vec<Sample<B>> = backend.run(|| {
            groups
                .into_par_iter()
                .with_max_len(1)
                .map(|first| sum(backend, (first..count.min(first + group)).map(&sample)))
                .collect::<Outcome<_>>()
        })?;
        let total = sum(backend, sums.into_iter().map(Ok))?;
        let scale = 1.0 / count as f32;
        let gradients = total.gradients.into_iter().map(|gradient| {
            gradient
                .map(|gradient| {
                    let mut values = backend.download(&gradient)?;
                    values.iter_mut().for_each(|value| *value *= scale);
                    Ok(values)
                })
                .transpose()
        });
        Ok(Self {
            loss: total.loss / count as f64,
            gradients: gradients.collect::<Outcome<_>>()?,
        })
    }

    /// The length of the whole gradient.
    pub fn norm(&self) -> f64 {
        let values = self.gradients.iter().flatten().flatten();
        values.map(|&g| f64::from(g).powi(2)).sum::<f64>().sqrt()
    }

    /// Shortens the gradient to at most `limit`; returns its length before.
    pub fn clip(&mut self, limit: f64) -> f64 {
        let norm = self.norm();
        if norm > limit {
            let scale = (limit / norm) as f32;
            let values = self.gradients.iter_mut().flatten().flatten();
            values.for_each(|value| *value *= scale);
        }
        norm
    }
}

/// Adds samples up in their order.
fn sum<B: Backend>(
    backend: &B,
    mut samples: impl Iterator<Item = Outcome<Sample<B>>>,
) -> Outcome<Sample<B>> {
    let nothing = || {
        Ok(Sample {
            loss: 0.0,
            gradients: Vec::new(),
        })
    };
    let first = samples.next().unwrap_or_else(nothing)?;
    samples.try_fold(first, |sum, sample| {
        let sample = sample?;
        let pairs = sum.gradients.into_iter().zip(sample.gradients);
        let gradients = pairs.map(|pair| match pair {
            (Some(a), Some(b)) => backend.add(a, &b).map(Some),
            (a, b) => Ok(a.or(b)),
        });
        Ok(Sample {
            loss: sum.loss + sample.loss,
            gradients: gradients.collect::<Outcome<_>>()?,
        })
    })
}
