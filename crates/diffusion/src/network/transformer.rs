//! The encoder layer that CLIP's text and picture towers and DINO's vision transformer share: layer
//! norm, attention, layer norm, two linear layers, each pair around a residual sum.

use super::backend::{Activation, Backend, LayerNorm, Linear, Outcome};
use super::loader::Loader;
use super::tape::{Tape, Var};

/// The shape of one layer.
#[derive(Clone, Copy, Debug)]
pub struct LayerShape {
    pub width: usize,
    pub heads: usize,
    pub intermediate: usize,
    pub activation: Activation,
    pub epsilon: f32,
    /// A token sees only itself and those before it.
    pub causal: bool,
}

/// The names of a layer's tensors in a family of models.
#[derive(Clone, Copy, Debug)]
pub struct LayerNames {
    pub norms: [&'static str; 2],
    /// Query, key, value, output.
    pub attention: [&'static str; 4],
    pub feed_forward: [&'static str; 2],
    /// True if query, key and value have a bias.
    pub biased: bool,
}

/// CLIP, as transformers spells it.
pub const CLIP_NAMES: LayerNames = LayerNames {
    norms: ["layer_norm1", "layer_norm2"],
    attention: [
        "self_attn.q_proj",
        "self_attn.k_proj",
        "self_attn.v_proj",
        "self_attn.out_proj",
    ],
    feed_forward: ["mlp.fc1", "mlp.fc2"],
    biased: true,
};

/// One encoder layer.
pub struct EncoderLayer<B: Backend> {
    norms: [LayerNorm<B>; 2],
    query: Linear<B>,
    key: Linear<B>,
    value: Linear<B>,
    output: Linear<B>,
    feed_forward: [Linear<B>; 2],
    shape: LayerShape,
}

impl<B: Backend> EncoderLayer<B> {
    /// Finds the layer's tensors under `names`.
    ///
    /// # Errors
    /// [`ModelError`](crate::ModelError) naming what is missing.
    pub fn load(at: &Loader<B>, names: &LayerNames, shape: LayerShape) -> Outcome<Self> {
        let LayerShape { width, .. } = shape;
        let norm = |i: usize| at.at(names.norms[i]).layer_norm(width, shape.epsilon);
        let project = |i: usize| {
            let at = at.at(names.attention[i]);
            if names.biased {
                at.linear(width, width)
            } else {
                at.linear_without_bias(width, width)
            }
        };
        let [first, second] = names.feed_forward;
        Ok(Self {
            norms: [norm(0)?, norm(1)?],
            query: project(0)?,
            key: project(1)?,
            value: project(2)?,
            output: at.at(names.attention[3]).linear(width, width)?,
            feed_forward: [
                at.at(first).linear(width, shape.intermediate)?,
                at.at(second).linear(shape.intermediate, width)?,
            ],
            shape,
        })
    }

    /// `[tokens, width]` → `[tokens, width]`.
    pub fn forward<'m>(&'m self, tape: &mut Tape<'m, B>, x: Var<B>) -> Outcome<Var<B>> {
        let h = tape.layer_norm(&x, &self.norms[0])?;
        let query = tape.linear(&h, &self.query)?;
        let key = tape.linear(&h, &self.key)?;
        let value = tape.linear(&h, &self.value)?;
        let LayerShape { heads, causal, .. } = self.shape;
        let h = tape.attention(&query, &key, &value, heads, causal)?;
        let h = tape.linear(&h, &self.output)?;
        let x = tape.add(h, &x)?;
        let h = tape.layer_norm(&x, &self.norms[1])?;
        let h = tape.linear(&h, &self.feed_forward[0])?;
        let h = tape.activation(&h, self.shape.activation)?;
        let h = tape.linear(&h, &self.feed_forward[1])?;
        tape.add(h, &x)
    }
}
