//! The blocks of the noise predictor: residual blocks, transformers, and the levels they form on the
//! way down, in the middle and on the way up.

use super::Prompt;
use crate::ModelError;
use crate::files::config::UnetGeometry;
use crate::network::backend::{
    Backend, Convolution, Grid, GroupNorm, LayerNorm, Linear, Outcome, Window,
};
use crate::network::loader::Loader;
use crate::network::tape::{Tape, Var};

/// The ε of the norms inside transformers; those of residual blocks are the configuration's.
const TRANSFORMER_NORM_EPS: f32 = 1e-6;
const LAYER_NORM_EPS: f32 = 1e-5;

/// Numbers the cross-attentions in the order in which they are loaded: their places in a [`Prompt`].
pub(super) fn slots() -> std::ops::RangeFrom<usize> {
    0..
}

type Slots = std::ops::RangeFrom<usize>;

/// `ResnetBlock2D`.
pub(super) struct ResidualBlock<B: Backend> {
    norm1: GroupNorm<B>,
    conv1: Convolution<B>,
    time_emb_proj: Linear<B>,
    norm2: GroupNorm<B>,
    conv2: Convolution<B>,
    conv_shortcut: Option<Linear<B>>,
}

impl<B: Backend> ResidualBlock<B> {
    fn load(at: &Loader<B>, g: &UnetGeometry, inputs: usize, outputs: usize) -> Outcome<Self> {
        let time = 4 * g.block_out_channels[0];
        let norm = |name: &str, c| at.at(name).group_norm(c, g.groups, g.norm_eps, true);
        let conv = |name: &str, c| at.at(name).convolution(c, outputs, Window::Same);
        Ok(Self {
            norm1: norm("norm1", inputs)?,
            conv1: conv("conv1", inputs)?,
            time_emb_proj: at.at("time_emb_proj").linear(time, outputs)?,
            norm2: norm("norm2", outputs)?,
            conv2: conv("conv2", outputs)?,
            conv_shortcut: (inputs != outputs)
                .then(|| at.at("conv_shortcut").linear(inputs, outputs))
                .transpose()?,
        })
    }

    fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        x: &Var<B>,
        grid: Grid,
        time: &Var<B>,
    ) -> Outcome<Var<B>> {
        let shift = tape.linear(time, &self.time_emb_proj)?;
        let mut h = tape.normed_convolution(x, &self.norm1, &self.conv1, grid, Some(&shift))?;
        h = tape.normed_convolution(&h, &self.norm2, &self.conv2, grid, None)?;
        match &self.conv_shortcut {
            Some(shortcut) => {
                let x = tape.linear(x, shortcut)?;
                tape.add(h, &x)
            }
            None => tape.add(h, x),
        }
    }
}

/// `Transformer2DModel`.
pub(super) struct Transformer<B: Backend> {
    norm: GroupNorm<B>,
    proj_in: Linear<B>,
    transformer_blocks: Vec<TransformerBlock<B>>,
    proj_out: Linear<B>,
}

impl<B: Backend> Transformer<B> {
    fn load(at: &Loader<B>, g: &UnetGeometry, level: usize, slots: &mut Slots) -> Outcome<Self> {
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
    pub(super) fn cross_attentions(&self) -> impl Iterator<Item = (&Linear<B>, &Linear<B>)> {
        let blocks = self.transformer_blocks.iter();
        blocks.map(|block| (&block.attn2.to_k, &block.attn2.to_v))
    }

    fn forward<'m>(
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

/// A residual block and the transformer that may follow it.
struct Stage<B: Backend> {
    resnet: ResidualBlock<B>,
    attention: Option<Transformer<B>>,
}

impl<B: Backend> Stage<B> {
    fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        x: &Var<B>,
        grid: Grid,
        time: &Var<B>,
        prompt: &Prompt<B>,
    ) -> Outcome<Var<B>> {
        let x = self.resnet.forward(tape, x, grid, time)?;
        match &self.attention {
            Some(attention) => attention.forward(tape, &x, prompt),
            None => Ok(x),
        }
    }
}

/// `DownBlock2D` or `CrossAttnDownBlock2D`.
pub(super) struct DownBlock<B: Backend> {
    stages: Vec<Stage<B>>,
    downsampler: Option<Convolution<B>>,
}

impl<B: Backend> DownBlock<B> {
    pub(super) fn load(
        at: &Loader<B>,
        g: &UnetGeometry,
        level: usize,
        inputs: usize,
        slots: &mut Slots,
    ) -> Outcome<Self> {
        let width = g.block_out_channels[level];
        let stages = (0..g.layers_per_block[level])
            .map(|layer| {
                let inputs = if layer == 0 { inputs } else { width };
                Ok(Stage {
                    resnet: ResidualBlock::load(&at.at("resnets").at(layer), g, inputs, width)?,
                    attention: g.down_attention[level]
                        .then(|| Transformer::load(&at.at("attentions").at(layer), g, level, slots))
                        .transpose()?,
                })
            })
            .collect::<Outcome<_>>()?;
        let window = if g.downsample_padding == 0 {
            Window::HalvingOneSided
        } else {
            Window::Halving
        };
        let last = level + 1 == g.block_out_channels.len();
        let downsampler = (!last)
            .then(|| {
                at.at("downsamplers.0.conv")
                    .convolution(width, width, window)
            })
            .transpose()?;
        Ok(Self {
            stages,
            downsampler,
        })
    }

    pub(super) fn shrinks(&self) -> bool {
        self.downsampler.is_some()
    }

    pub(super) fn transformers(&self) -> impl Iterator<Item = &Transformer<B>> {
        self.stages
            .iter()
            .filter_map(|stage| stage.attention.as_ref())
    }

    pub(super) fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        mut x: Var<B>,
        grid: &mut Grid,
        time: &Var<B>,
        prompt: &Prompt<B>,
        skips: &mut Vec<Var<B>>,
    ) -> Outcome<Var<B>> {
        for stage in &self.stages {
            let (time, prompt, here) = (time.clone(), prompt.clone(), *grid);
            x = tape.block(&[&x], move |tape, inputs| {
                stage.forward(tape, &inputs[0], here, &time, &prompt)
            })?;
            skips.push(x.clone());
        }
        if let Some(downsampler) = &self.downsampler {
            x = tape.convolution(&x, downsampler, *grid, None)?;
            *grid = downsampler.window.output_grid(*grid);
            skips.push(x.clone());
        }
        Ok(x)
    }
}

/// `UNetMidBlock2DCrossAttn`.
pub(super) struct MidBlock<B: Backend> {
    before: Stage<B>,
    after: ResidualBlock<B>,
}

impl<B: Backend> MidBlock<B> {
    pub(super) fn load(
        at: &Loader<B>,
        g: &UnetGeometry,
        width: usize,
        slots: &mut Slots,
    ) -> Outcome<Self> {
        let resnet = |i| ResidualBlock::load(&at.at("resnets").at(i), g, width, width);
        let level = g.block_out_channels.len() - 1;
        Ok(Self {
            before: Stage {
                resnet: resnet(0)?,
                attention: Some(Transformer::load(&at.at("attentions.0"), g, level, slots)?),
            },
            after: resnet(1)?,
        })
    }

    pub(super) fn transformers(&self) -> impl Iterator<Item = &Transformer<B>> {
        self.before.attention.iter()
    }

    pub(super) fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        x: &Var<B>,
        grid: Grid,
        time: &Var<B>,
        prompt: &Prompt<B>,
    ) -> Outcome<Var<B>> {
        let (time, prompt) = (time.clone(), prompt.clone());
        tape.block(&[x], move |tape, inputs| {
            let x = self
                .before
                .forward(tape, &inputs[0], grid, &time, &prompt)?;
            self.after.forward(tape, &x, grid, &time)
        })
    }
}

/// A block on the way up for which the way down left nothing.
fn no_skip() -> ModelError {
    ModelError::Shape {
        what: "The list of the noise predictor's skip connections".into(),
        expected: vec![1],
        found: vec![0],
    }
}

/// `UpBlock2D` or `CrossAttnUpBlock2D`.
pub(super) struct UpBlock<B: Backend> {
    stages: Vec<Stage<B>>,
    upsampler: Option<Convolution<B>>,
}

impl<B: Backend> UpBlock<B> {
    /// `channels`: what comes from below, replaced by what goes up; `skips`: the widths still to be
    /// handed over, latest last.
    pub(super) fn load(
        at: &Loader<B>,
        g: &UnetGeometry,
        index: usize,
        channels: &mut usize,
        skips: &mut Vec<usize>,
        slots: &mut Slots,
    ) -> Outcome<Self> {
        let level = g.block_out_channels.len() - 1 - index;
        let width = g.block_out_channels[level];
        let mut stages = Vec::new();
        for layer in 0..=g.layers_per_block[level] {
            let inputs = *channels + skips.pop().ok_or_else(no_skip)?;
            stages.push(Stage {
                resnet: ResidualBlock::load(&at.at("resnets").at(layer), g, inputs, width)?,
                attention: g.up_attention[index]
                    .then(|| Transformer::load(&at.at("attentions").at(layer), g, level, slots))
                    .transpose()?,
            });
            *channels = width;
        }
        let upsampler = (level > 0)
            .then(|| {
                at.at("upsamplers.0.conv")
                    .convolution(width, width, Window::Same)
            })
            .transpose()?;
        Ok(Self { stages, upsampler })
    }

    pub(super) fn transformers(&self) -> impl Iterator<Item = &Transformer<B>> {
        self.stages
            .iter()
            .filter_map(|stage| stage.attention.as_ref())
    }

    pub(super) fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        mut x: Var<B>,
        grid: &mut Grid,
        time: &Var<B>,
        prompt: &Prompt<B>,
        skips: &mut Vec<Var<B>>,
    ) -> Outcome<Var<B>> {
        for stage in &self.stages {
            let (time, prompt, here) = (time.clone(), prompt.clone(), *grid);
            // The widths were matched when the network was built.
            let skip = skips.pop().ok_or_else(no_skip)?;
            x = tape.block(&[&x, &skip], move |tape, inputs| {
                let x = tape.concatenate(&inputs[0], &inputs[1])?;
                stage.forward(tape, &x, here, &time, &prompt)
            })?;
        }
        if let Some(upsampler) = &self.upsampler {
            let here = *grid;
            *grid = here.doubled();
            x = tape.block(&[&x], move |tape, inputs| {
                let x = tape.upsample(&inputs[0], here)?;
                tape.convolution(&x, upsampler, here.doubled(), None)
            })?;
        }
        Ok(x)
    }
}
