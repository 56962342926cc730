//! Transformers: attention among the positions of the latent, and of these to the prompt.

use super::Slots;
use crate::files::config::UnetGeometry;
use crate::network::backend::{Backend, GroupNorm, LayerNorm, Linear, Outcome};
use crate::network::loader::Loader;
use crate::network::tape::{Tape, Var};
use crate::noise_predictor::Prompt;

/// The ε of the norms inside transformers; those of residual blocks are the configuration's.
const TRANSFORMER_NORM_EPS: f32 = 1e-6;
const LAYER_NORM_EPS: f32 = 1e-5;

/// `Transformer2DModel`.
pub(in crate::noise_predictor) struct Transformer<B: Backend> {
    norm: GroupNorm<B>,
    proj_in: Linear<B>,
    transformer_blocks: Vec<TransformerBlock<B>>,
    proj_out: Linear<B>,
}

impl<B: Backend> Transformer<B> {
    pub(super) fn load(
        at: &Loader<B>,
        g: &UnetGeometry,
        level: usize,
        slots: &mut Slots,
    ) -> Outcome<Self> {
        let width = g.block_out_channels[level];
        let blocks = at.at("transformer_blocks");
        Ok(Self {
            norm: at
                .at("norm")
                .group_norm(width, g.groups, TRANSFORMER_NORM_EPS, false)?,
            proj_in: at.at("proj_in").linear(width, width)?,
            transformer_blocks: slots
                .take(g.transformer_layers[level])
                .enumerate()
                .map(|(i, slot)| TransformerBlock::load(&blocks.at(i), g, level, slot))
                .collect::<Outcome<_>>()?,
            proj_out: at.at("proj_out").linear(width, width)?,
        })
    }

    /// The key and value projections of every cross-attention.
    pub(in crate::noise_predictor) fn cross_attentions(
        &self,
    ) -> impl Iterator<Item = (&Linear<B>, &Linear<B>)> {
        let blocks = self.transformer_blocks.iter();
        blocks.map(|block| (&block.attn2.to_k, &block.attn2.to_v))
    }

    pub(super) fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        x: &Var<B>,
        prompt: &Prompt<B>,
    ) -> Outcome<Var<B>> {
        let h = tape.group_norm(x, &self.norm)?;
        let mut h = tape.linear(&h, &self.proj_in)?;
        for block in &self.transformer_blocks {
            h = block.forward(tape, h, prompt)?;
        }
        let h = tape.linear(&h, &self.proj_out)?;
        tape.add(h, x)
    }
}

/// `BasicTransformerBlock`.
struct TransformerBlock<B: Backend> {
    norm1: LayerNorm<B>,
    attn1: Attention<B>,
    norm2: LayerNorm<B>,
    attn2: Attention<B>,
    norm3: LayerNorm<B>,
    ff_in: Linear<B>,
    ff_out: Linear<B>,
    heads: usize,
    /// This block's cross-attention in a [`Prompt`].
    slot: usize,
}

impl<B: Backend> TransformerBlock<B> {
    fn load(at: &Loader<B>, g: &UnetGeometry, level: usize, slot: usize) -> Outcome<Self> {
        let width = g.block_out_channels[level];
        let norm = |name: &str| at.at(name).layer_norm(width, LAYER_NORM_EPS);
        Ok(Self {
            norm1: norm("norm1")?,
            attn1: Attention::load(&at.at("attn1"), width, width)?,
            norm2: norm("norm2")?,
            attn2: Attention::load(&at.at("attn2"), width, g.cross_attention_dim)?,
            norm3: norm("norm3")?,
            ff_in: at.at("ff.net.0.proj").linear(width, 8 * width)?,
            ff_out: at.at("ff.net.2").linear(4 * width, width)?,
            heads: g.heads[level],
            slot,
        })
    }

    fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        x: Var<B>,
        prompt: &Prompt<B>,
    ) -> Outcome<Var<B>> {
        let h = tape.layer_norm(&x, &self.norm1)?;
        let (k, v) = (
            tape.linear(&h, &self.attn1.to_k)?,
            tape.linear(&h, &self.attn1.to_v)?,
        );
        let h = self.attn1.forward(tape, &h, &k, &v, self.heads)?;
        let x = tape.add(h, &x)?;
        let h = tape.layer_norm(&x, &self.norm2)?;
        let (k, v) = prompt.pair(self.slot);
        let h = self.attn2.forward(tape, &h, k, v, self.heads)?;
        let x = tape.add(h, &x)?;
        let h = tape.layer_norm(&x, &self.norm3)?;
        let h = tape.linear(&h, &self.ff_in)?;
        let h = tape.geglu(&h)?;
        let h = tape.linear(&h, &self.ff_out)?;
        tape.add(h, &x)
    }
}

/// The four projections of an attention.
struct Attention<B: Backend> {
    to_q: Linear<B>,
    to_k: Linear<B>,
    to_v: Linear<B>,
    to_out: Linear<B>,
}

impl<B: Backend> Attention<B> {
    fn load(at: &Loader<B>, width: usize, context: usize) -> Outcome<Self> {
        Ok(Self {
            to_q: at.at("to_q").linear_without_bias(width, width)?,
            to_k: at.at("to_k").linear_without_bias(context, width)?,
            to_v: at.at("to_v").linear_without_bias(context, width)?,
            to_out: at.at("to_out.0").linear(width, width)?,
        })
    }

    fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        x: &Var<B>,
        key: &Var<B>,
        value: &Var<B>,
        heads: usize,
    ) -> Outcome<Var<B>> {
        let query = tape.linear(x, &self.to_q)?;
        let h = tape.attention(&query, key, value, heads, false)?;
        tape.linear(&h, &self.to_out)
    }
}
