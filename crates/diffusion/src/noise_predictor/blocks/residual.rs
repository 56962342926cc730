//! Residual blocks, told the timestep by a shift of every channel.

use crate::files::config::UnetGeometry;
use crate::network::backend::{Backend, Convolution, Grid, GroupNorm, Linear, Outcome, Window};
use crate::network::loader::Loader;
use crate::network::tape::{Tape, Var};

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
    pub(super) fn load(
        at: &Loader<B>,
        g: &UnetGeometry,
        inputs: usize,
        outputs: usize,
    ) -> Outcome<Self> {
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

    pub(super) fn forward<'m>(
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
