//! The conditions of a prediction besides its timestep: a prompt, and the sizes of the picture where the
//! network takes them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::ModelError;
use crate::network::backend::{Backend, Outcome};
use crate::network::tape::Var;

/// What a network is told of the picture's making: its size before it was scaled, the corner at which it was
/// cut, the size that it was cut to; in pixels, vertical before horizontal.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Sizes {
    /// Height and width before scaling.
    pub original: [u32; 2],
    /// Rows and columns that were cut off above and to the left, after scaling.
    pub crop: [u32; 2],
    /// Height and width of the picture that is made.
    pub target: [u32; 2],
}

impl Sizes {
    /// Those of generation: a picture of that height and width which nothing was done to.
    pub fn untouched(height: usize, width: usize) -> Self {
        // A side beyond 32 bits is beyond any picture.
        let size = [height, width].map(|side| u32::try_from(side).unwrap_or(u32::MAX));
        Self {
            original: size,
            crop: [0, 0],
            target: size,
        }
    }

    /// In the order in which networks are trained to read them.
    pub fn numbers(&self) -> [f32; 6] {
        let [[a, b], [c, d], [e, f]] = [self.original, self.crop, self.target];
        [a, b, c, d, e, f].map(|side| side as f32)
    }
}

/// A prompt as text encoders give it.
#[derive(Clone, Copy, Debug)]
pub struct Condition<'a> {
    /// `[tokens, cross_attention_dim]`.
    pub tokens: &'a [f32],
    /// The vector of the whole prompt, where there is one. A network that takes none does not read it.
    pub pooled: Option<&'a [f32]>,
}

impl<'a> From<&'a [f32]> for Condition<'a> {
    fn from(tokens: &'a [f32]) -> Self {
        Self {
            tokens,
            pooled: None,
        }
    }
}

impl<'a> From<&'a Vec<f32>> for Condition<'a> {
    fn from(tokens: &'a Vec<f32>) -> Self {
        tokens.as_slice().into()
    }
}

/// A prompt's keys and values for every cross-attention, and its vector: constant over a run, so made once.
/// A clone shares them.
pub struct Prompt<B: Backend> {
    pairs: Arc<Vec<(Var<B>, Var<B>)>>,
    pooled: Option<Var<B>>,
    sizes: Option<Sizes>,
}

impl<B: Backend> Clone for Prompt<B> {
    fn clone(&self) -> Self {
        Self {
            pairs: Arc::clone(&self.pairs),
            pooled: self.pooled.clone(),
            sizes: self.sizes,
        }
    }
}

impl<B: Backend> Prompt<B> {
    pub(super) fn new(pairs: Vec<(Var<B>, Var<B>)>, pooled: Option<Var<B>>) -> Self {
        Self {
            pairs: Arc::new(pairs),
            pooled,
            sizes: None,
        }
    }

    /// The same prompt for a picture of these sizes. A network that takes none does not read them.
    #[must_use]
    pub fn sized(&self, sizes: Sizes) -> Self {
        Self {
            sizes: Some(sizes),
            ..self.clone()
        }
    }

    /// The keys and values of a cross-attention.
    pub(super) fn pair(&self, slot: usize) -> &(Var<B>, Var<B>) {
        &self.pairs[slot]
    }

    /// The second condition.
    pub(super) fn addition(&self) -> Outcome<(&Var<B>, Sizes)> {
        match (&self.pooled, self.sizes) {
            (Some(pooled), Some(sizes)) => Ok((pooled, sizes)),
            (pooled, sizes) => Err(ModelError::Shape {
                what: "The condition of the noise predictor (a prompt's vector and sizes)".into(),
                expected: vec![1, 1],
                found: vec![pooled.is_some().into(), sizes.is_some().into()],
            }),
        }
    }
}
