//! A batch: the mean loss and gradient of samples that are computed side by side.
//!
//! Samples are dealt into a fixed number of groups; a group's samples add their gradients to the same sums one
//! after the other, and the groups' sums are added in order: the bits do not depend on who computed what when.

use rayon::prelude::*;

use palimpsest_diffusion::network::backend::{Backend, Outcome, Values};
use palimpsest_diffusion::network::tape::Parts;

/// A network of fewer numbers than this is small: its samples are computed side by side, since one alone does
/// not keep many threads at work. A large one's follow each other, so that its gradient is held once.
pub const SMALL: usize = 50_000_000;

/// Into how many groups the batches of a network of so many trained numbers are dealt: that many samples can
/// be under way at once, and that many gradients are held.
pub fn groups(numbers: usize) -> usize {
    if numbers < SMALL { 8 } else { 1 }
}

/// The loss and the gradients of one sample, or of several.
pub struct Sample<B: Backend> {
    pub loss: f64,
    /// By slot; `None` where it is zero.
    pub gradients: Parts<B>,
}

/// The means over a batch.
pub struct Batch {
    pub loss: f64,
    /// By slot; `None` where it is zero.
    pub gradients: Vec<Option<Values>>,
}

impl Batch {
    /// Computes samples `0 .. count` in at most `groups` groups. `sample` adds the gradients of the sample
    /// of that number to the sums that it is given, which have `slots` slots.
    ///
    /// # Errors
    /// The first that a sample fails with.
    pub fn compute<B: Backend>(
        backend: &B,
        count: usize,
        (groups, slots): (usize, usize),
        sample: impl Fn(usize, Parts<B>) -> Outcome<Sample<B>> + Sync,
    ) -> Outcome<Self> {
        let group = count.div_ceil(groups).max(1);
        let sum = |first: usize| {
            let nothing = Sample {
                loss: 0.0,
                gradients: vec![None; slots],
            };
            (first..count.min(first + group)).try_fold(nothing, |sum, i| {
                let Sample { loss, gradients } = sample(i, sum.gradients)?;
                let loss = sum.loss + loss;
                Ok(Sample { loss, gradients })
            })
        };
        let firsts: Vec<usize> = (0..count).step_by(group).collect();
        let sums: Vec<Sample<B>> = backend.run(|| {
            let each = firsts.into_par_iter().with_max_len(1).map(sum);
            each.collect::<Outcome<_>>()
        })?;
        let total = total(backend, sums)?;
        let scale = 1.0 / count as f32;
        let gradients = total.gradients.into_iter().map(|gradient| {
            gradient
                .map(|gradient| {
                    let mut values = backend.values(gradient)?;
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
        let values = self.gradients.iter().flatten();
        let values = values.flat_map(|values| values.iter());
        values.map(|&g| f64::from(g).powi(2)).sum::<f64>().sqrt()
    }

    /// Shortens the gradient to at most `limit`; returns its length before.
    pub fn clip(&mut self, limit: f64) -> f64 {
        let norm = self.norm();
        if norm > limit {
            let scale = (limit / norm) as f32;
            let values = self.gradients.iter_mut().flatten();
            let values = values.flat_map(|values| values.iter_mut());
            values.for_each(|value| *value *= scale);
        }
        norm
    }
}

/// Adds groups up in their order.
fn total<B: Backend>(backend: &B, sums: Vec<Sample<B>>) -> Outcome<Sample<B>> {
    let mut sums = sums.into_iter();
    // Of no groups the sum is nothing.
    let first = sums.next().unwrap_or(Sample {
        loss: 0.0,
        gradients: Vec::new(),
    });
    sums.try_fold(first, |total, sum| {
        let pairs = total.gradients.into_iter().zip(sum.gradients);
        let gradients = pairs.map(|pair| match pair {
            (Some(a), Some(b)) => backend.add(a, &b).map(Some),
            (a, b) => Ok(a.or(b)),
        });
        Ok(Sample {
            loss: total.loss + sum.loss,
            gradients: gradients.collect::<Outcome<_>>()?,
        })
    })
}
