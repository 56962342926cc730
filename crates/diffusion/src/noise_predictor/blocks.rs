//! The blocks of the noise predictor: the levels that residual blocks and transformers form on the way down, in the middle
//! and on the way up.

mod residual;
mod transformer;

use self::residual::ResidualBlock;
pub(super) use self::transformer::Transformer;
use super::Prompt;
use crate::ModelError;
use crate::files::config::UnetGeometry;
use crate::network::backend::{Backend, Convolution, Grid, Outcome, Window};
use crate::network::loader::Loader;
use crate::network::tape::{Tape, Var};

/// Numbers the cross-attentions in the order in which they are loaded: their places in a [`Prompt`].
pub(super) fn slots() -> std::ops::RangeFrom<usize> {
    0..
}

type Slots = std::ops::RangeFrom<usize>;

/// A residual block and the transformer that may follow it.
struct BlockLayer<B: Backend> {
    resnet: ResidualBlock<B>,
    attention: Option<Transformer<B>>,
}

impl<B: Backend> BlockLayer<B> {
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
    stages: Vec<BlockLayer<B>>,
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
                Ok(BlockLayer {
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
    before: BlockLayer<B>,
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
            before: BlockLayer {
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
    stages: Vec<BlockLayer<B>>,
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
            stages.push(BlockLayer {
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
