//! The autoencoder: pixels to latent and back. Names follow diffusers' `AutoencoderKL`; attention is
//! also read in its old spelling (`query`, `key`, `value`, `proj_attn`).

mod encoding;

pub use encoding::Encoding;

use super::files::config::AutoencoderGeometry;
use super::files::weights::Weights;
use super::network::backend::{Backend, Convolution, Grid, GroupNorm, Linear, Outcome, Window};
use super::network::loader::Loader;
use super::network::tape::{Recording, Tape, Var};

/// The ε of all its group norms.
const EPSILON: f32 = 1e-6;

/// The encoder half: pixels to the mean and log-variance of a latent.
pub struct Encoder<B: Backend> {
    conv_in: Convolution<B>,
    levels: Vec<Level<B>>,
    mid_block: MidBlock<B>,
    conv_norm_out: GroupNorm<B>,
    conv_out: Convolution<B>,
    quant_conv: Option<Linear<B>>,
}

/// The decoder half: an unscaled latent to pixels.
pub struct Decoder<B: Backend> {
    post_quant_conv: Option<Linear<B>>,
    conv_in: Convolution<B>,
    mid_block: MidBlock<B>,
    levels: Vec<Level<B>>,
    conv_norm_out: GroupNorm<B>,
    conv_out: Convolution<B>,
}

impl<B: Backend> Encoder<B> {
    /// Builds the encoder from the tensors of a `vae` component.
    ///
    /// # Errors
    /// [`ModelError`](super::ModelError) naming the tensor that is missing or of the wrong shape.
    pub fn load(g: &AutoencoderGeometry, weights: &Weights, backend: &B) -> Outcome<Self> {
        let root = Loader::new(backend, weights);
        let at = root.at("encoder");
        let widths = &g.block_out_channels;
        let (first, last) = (widths[0], widths[widths.len() - 1]);
        let mut inputs = first;
        let levels = widths.iter().enumerate().map(|(i, &width)| {
            let at = at.at("down_blocks").at(i);
            let level = Level {
                resnets: residual_blocks(&at, g, g.layers_per_block, inputs, width)?,
                resampler: (i + 1 < widths.len())
                    .then(|| {
                        at.at("downsamplers.0.conv").convolution(
                            width,
                            width,
                            Window::HalvingOneSided,
                        )
                    })
                    .transpose()?,
            };
            inputs = width;
            Ok(level)
        });
        let moments = 2 * g.latent_channels;
        Ok(Self {
            levels: levels.collect::<Outcome<_>>()?,
            conv_in: at
                .at("conv_in")
                .convolution(g.in_channels, first, Window::Same)?,
            mid_block: MidBlock::load(&at.at("mid_block"), g, last)?,
            conv_norm_out: at
                .at("conv_norm_out")
                .group_norm(last, g.groups, EPSILON, true)?,
            conv_out: at.at("conv_out").convolution(last, moments, Window::Same)?,
            quant_conv: g
                .use_quant_conv
                .then(|| root.at("quant_conv").linear(moments, moments))
                .transpose()?,
        })
    }

    /// The posterior's moments of pixels in [-1, 1] (`[h·w, 3]`): `[h·w/f², 2·latent_channels]`, first
    /// the means, then the log-variances, and the latent's grid.
    pub fn moments(&self, backend: &B, pixels: &[f32], grid: Grid) -> Outcome<(Vec<f32>, Grid)> {
        let x = Var::constant(backend.upload(pixels, self.conv_in.inputs)?);
        let tape = &mut Tape::new(backend, Recording::Nothing);
        let (moments, grid) = self.forward(tape, &x, grid)?;
        Ok((backend.download(&moments.value)?, grid))
    }

    /// As [`Self::moments`], as part of a computation on `tape`.
    pub fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        pixels: &Var<B>,
        mut grid: Grid,
    ) -> Outcome<(Var<B>, Grid)> {
        let mut x = tape.convolution(pixels, &self.conv_in, grid, None)?;
        for level in &self.levels {
            x = level.residuals(tape, x, grid)?;
            if let Some(downsampler) = &level.resampler {
                x = tape.convolution(&x, downsampler, grid, None)?;
                grid = downsampler.window.output_grid(grid);
            }
        }
        x = self.mid_block.forward(tape, &x, grid)?;
        x = tape.normed_convolution(&x, &self.conv_norm_out, &self.conv_out, grid, None)?;
        if let Some(quant_conv) = &self.quant_conv {
            x = tape.linear(&x, quant_conv)?;
        }
        Ok((x, grid))
    }
}

impl<B: Backend> Decoder<B> {
    /// Builds the decoder from the tensors of a `vae` component.
    ///
    /// # Errors
    /// [`ModelError`](super::ModelError) naming the tensor that is missing or of the wrong shape.
    pub fn load(g: &AutoencoderGeometry, weights: &Weights, backend: &B) -> Outcome<Self> {
        let root = Loader::new(backend, weights);
        let at = root.at("decoder");
        let widths = &g.block_out_channels;
        let (first, last) = (widths[0], widths[widths.len() - 1]);
        let mut inputs = last;
        let levels = widths.iter().rev().enumerate().map(|(i, &width)| {
            let at = at.at("up_blocks").at(i);
            let level = Level {
                resnets: residual_blocks(&at, g, g.layers_per_block + 1, inputs, width)?,
                resampler: (i + 1 < widths.len())
                    .then(|| {
                        at.at("upsamplers.0.conv")
                            .convolution(width, width, Window::Same)
                    })
                    .transpose()?,
            };
            inputs = width;
            Ok(level)
        });
        let channels = g.latent_channels;
        Ok(Self {
            levels: levels.collect::<Outcome<_>>()?,
            post_quant_conv: g
                .use_post_quant_conv
                .then(|| root.at("post_quant_conv").linear(channels, channels))
                .transpose()?,
            conv_in: at.at("conv_in").convolution(channels, last, Window::Same)?,
            mid_block: MidBlock::load(&at.at("mid_block"), g, last)?,
            conv_norm_out: at
                .at("conv_norm_out")
                .group_norm(first, g.groups, EPSILON, true)?,
            conv_out: at
                .at("conv_out")
                .convolution(first, g.out_channels, Window::Same)?,
        })
    }

    /// Pixels, nominally in [-1, 1] (`[h·f·w·f, 3]`), of an unscaled latent (`[h·w, channels]`), and
    /// their grid.
    pub fn pixels(&self, backend: &B, latent: &[f32], grid: Grid) -> Outcome<(Vec<f32>, Grid)> {
        let x = Var::constant(backend.upload(latent, self.conv_in.inputs)?);
        let tape = &mut Tape::new(backend, Recording::Nothing);
        let (pixels, grid) = self.forward(tape, &x, grid)?;
        Ok((backend.download(&pixels.value)?, grid))
    }

    /// As [`Self::pixels`], as part of a computation on `tape`.
    pub fn forward<'m>(
        &'m self,
        tape: &mut Tape<'m, B>,
        latent: &Var<B>,
        mut grid: Grid,
    ) -> Outcome<(Var<B>, Grid)> {
        let mut x = latent.clone();
        if let Some(post_quant_conv) = &self.post_quant_conv {
            x = tape.linear(&x, post_quant_conv)?;
        }
        x = tape.convolution(&x, &self.conv_in, grid, None)?;
        x = self.mid_block.forward(tape, &x, grid)?;
        for level in &self.levels {
            x = level.residuals(tape, x, grid)?;
            if let Some(upsampler) = &level.resampler {
                x = tape.upsampled_convolution(&x, upsampler, grid)?;
                grid = grid.doubled();
            }
        }
        x = tape.normed_convolution(&x, &self.conv_norm_out, &self.conv_out, grid, None)?;
        Ok((x, grid))
    }
}

/// Residual blocks at one resolution, and what leads to the next.
struct Level<B: Backend> {
    resnets: Vec<ResidualBlock<B>>,
    resampler: Option<Convolution<B>>,
}

impl<B: Backend> Level<B> {
    fn residuals<'m>(&'m self, tape: &mut Tape<'m, B>, x: Var<B>, grid: Grid) -> Outcome<Var<B>> {
        let mut blocks = self.resnets.iter();
        blocks.try_fold(x, |x, block| block.forward(tape, x, grid))
    }
}

fn residual_blocks<B: Backend>(
    at: &Loader<B>,
    g: &AutoencoderGeometry,
    count: usize,
    inputs: usize,
    width: usize,
) -> Outcome<Vec<ResidualBlock<B>>> {
    let inputs = |layer| if layer == 0 { inputs } else { width };
    (0..count)
        .map(|i| ResidualBlock::load(&at.at("resnets").at(i), g, inputs(i), width))
        .collect()
}

/// `ResnetBlock2D` without a timestep.
struct ResidualBlock<B: Backend> {
    norm1: GroupNorm<B>,
    conv1: Convolution<B>,
    norm2: GroupNorm<B>,
    conv2: Convolution<B>,
    conv_shortcut: Option<Linear<B>>,
}

impl<B: Backend> ResidualBlock<B> {
    fn load(
        at: &Loader<B>,
        g: &AutoencoderGeometry,
        inputs: usize,
        outputs: usize,
    ) -> Outcome<Self> {
        let norm = |name: &str, c| at.at(name).group_norm(c, g.groups, EPSILON, true);
        let conv = |name: &str, c| at.at(name).convolution(c, outputs, Window::Same);
        Ok(Self {
            norm1: norm("norm1", inputs)?,
            conv1: conv("conv1", inputs)?,
            norm2: norm("norm2", outputs)?,
            conv2: conv("conv2", outputs)?,
            conv_shortcut: (inputs != outputs)
                .then(|| at.at("conv_shortcut").linear(inputs, outputs))
                .transpose()?,
        })
    }

    fn forward<'m>(&'m self, tape: &mut Tape<'m, B>, x: Var<B>, grid: Grid) -> Outcome<Var<B>> {
        // Pictures at full resolution are large: none is held longer than it is needed.
        let mut h = tape.normed_convolution(&x, &self.norm1, &self.conv1, grid, None)?;
        h = tape.normed_convolution(&h, &self.norm2, &self.conv2, grid, None)?;
        let x = match &self.conv_shortcut {
            Some(shortcut) => tape.linear(&x, shortcut)?,
            None => x,
        };
        tape.add(h, &x)
    }
}

/// `UNetMidBlock2D`: two residual blocks around a single-headed attention.
struct MidBlock<B: Backend> {
    before: ResidualBlock<B>,
    attention: Option<Attention<B>>,
    after: ResidualBlock<B>,
}

impl<B: Backend> MidBlock<B> {
    fn load(at: &Loader<B>, g: &AutoencoderGeometry, width: usize) -> Outcome<Self> {
        let resnet = |i| ResidualBlock::load(&at.at("resnets").at(i), g, width, width);
        Ok(Self {
            before: resnet(0)?,
            attention: g
                .mid_attention
                .then(|| Attention::load(&at.at("attentions.0"), g.groups, width))
                .transpose()?,
            after: resnet(1)?,
        })
    }

    fn forward<'m>(&'m self, tape: &mut Tape<'m, B>, x: &Var<B>, grid: Grid) -> Outcome<Var<B>> {
        let mut x = self.before.forward(tape, x.clone(), grid)?;
        if let Some(attention) = &self.attention {
            x = attention.forward(tape, &x)?;
        }
        self.after.forward(tape, x, grid)
    }
}

struct Attention<B: Backend> {
    group_norm: GroupNorm<B>,
    to_q: Linear<B>,
    to_k: Linear<B>,
    to_v: Linear<B>,
    to_out: Linear<B>,
}

impl<B: Backend> Attention<B> {
    fn load(at: &Loader<B>, groups: usize, width: usize) -> Outcome<Self> {
        let linear = |usual, former| at.at_either(usual, former).linear(width, width);
        Ok(Self {
            group_norm: at
                .at("group_norm")
                .group_norm(width, groups, EPSILON, false)?,
            to_q: linear("to_q", "query")?,
            to_k: linear("to_k", "key")?,
            to_v: linear("to_v", "value")?,
            to_out: linear("to_out.0", "proj_attn")?,
        })
    }

    fn forward<'m>(&'m self, tape: &mut Tape<'m, B>, x: &Var<B>) -> Outcome<Var<B>> {
        let h = tape.group_norm(x, &self.group_norm)?;
        let query = tape.linear(&h, &self.to_q)?;
        let key = tape.linear(&h, &self.to_k)?;
        let value = tape.linear(&h, &self.to_v)?;
        let h = tape.attention(&query, &key, &value, 1, false)?;
        let h = tape.linear(&h, &self.to_out)?;
        tape.add(h, x)
    }
}
