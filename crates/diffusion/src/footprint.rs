//! What networks take, known from their shapes alone: the values that a sweep remembers, those that the autoencoder
//! holds at once, and the multiplications of a prediction. So a run can be refused, or said what it costs, before
//! anything large is read.

use crate::files::config::{AutoencoderGeometry, UnetGeometry};

/// Tokens of a prompt.
const PROMPT: u64 = 77;
/// Taps of a convolution.
const TAPS: u64 = 9;

/// A residual block and the transformer that may follow it, with how many positions of the latent they see.
struct BlockShape {
    positions: u64,
    inputs: u64,
    outputs: u64,
    /// Layers of the transformer; 0 without one.
    layers: u64,
}

/// What is asked of a noise predictor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sweep {
    /// The gradient to the latent, every operation remembered.
    Latent,
    /// The same, with blocks computed again on the way back.
    LatentByBlocks,
    /// The gradients of the parameters.
    Parameters,
}

/// The noise predictor's stages in their order, of a latent of this height and width.
fn stages(g: &UnetGeometry, [height, width]: [usize; 2]) -> Vec<BlockShape> {
    let widths: Vec<u64> = g.block_out_channels.iter().map(|&c| c as u64).collect();
    let Some((&first, &last)) = widths.first().zip(widths.last()) else {
        return Vec::new();
    };
    let positions = |level: usize| (height >> level).max(1) as u64 * (width >> level).max(1) as u64;
    let per_level = |list: &[usize], level: usize| list.get(level).copied().unwrap_or_default();
    let layers = |attends: bool, level: usize| match attends {
        true => per_level(&g.transformer_layers, level) as u64,
        false => 0,
    };
    let mut stages = Vec::new();
    let mut skips = vec![first];
    let mut channels = first;
    for (level, &outputs) in widths.iter().enumerate() {
        let attends = g.down_attention.get(level) == Some(&true);
        for _ in 0..per_level(&g.layers_per_block, level) {
            stages.push(BlockShape {
                positions: positions(level),
                inputs: channels,
                outputs,
                layers: layers(attends, level),
            });
            channels = outputs;
            skips.push(outputs);
        }
        if level + 1 < widths.len() {
            skips.push(outputs);
        }
    }
    let deepest = widths.len().saturating_sub(1);
    for layers in [layers(true, deepest), 0] {
        stages.push(BlockShape {
            positions: positions(deepest),
            inputs: last,
            outputs: last,
            layers,
        });
    }
    for (index, (level, &outputs)) in widths.iter().enumerate().rev().enumerate() {
        let attends = g.up_attention.get(index) == Some(&true);
        for _ in 0..=per_level(&g.layers_per_block, level) {
            stages.push(BlockShape {
                positions: positions(level),
                inputs: channels + skips.pop().unwrap_or_default(),
                outputs,
                layers: layers(attends, level),
            });
            channels = outputs;
        }
    }
    stages
}

impl BlockShape {
    /// Values that are remembered of it.
    fn remembered(&self, sweep: Sweep) -> u64 {
        let (inputs, width) = (self.inputs, self.outputs);
        // What norms, attentions and gates are given; in training also what linear layers and convolutions are given.
        let (residual, around, layer) = match sweep {
            Sweep::Latent | Sweep::LatentByBlocks => (inputs + width, width, 17 * width),
            Sweep::Parameters => (2 * (inputs + width), 3 * width, 24 * width),
        };
        let transformer = match self.layers {
            0 => 0,
            layers => around + layers * layer,
        };
        self.positions * (residual + transformer)
    }

    fn multiplications(&self) -> u64 {
        let (inputs, width) = (self.inputs, self.outputs);
        let shortcut = if inputs == width { 0 } else { inputs * width };
        let residual = TAPS * width * (inputs + width) + shortcut;
        // Projections, both attentions, the two layers behind them.
        let layer = 6 * width * width + 2 * width * (self.positions + PROMPT) + 12 * width * width;
        let transformer = match self.layers {
            0 => 0,
            layers => 2 * width * width + layers * layer,
        };
        self.positions * (residual + transformer)
    }
}

/// Values that a sweep through a noise predictor remembers, of a latent of this height and width.
pub fn remembered(g: &UnetGeometry, latent: [usize; 2], sweep: Sweep) -> u64 {
    let stages = stages(g, latent);
    match sweep {
        Sweep::Latent | Sweep::Parameters => {
            stages.iter().map(|stage| stage.remembered(sweep)).sum()
        }
        // What goes into the blocks, and one block on the way back.
        Sweep::LatentByBlocks => {
            let inputs = stages.iter().map(|stage| stage.positions * stage.inputs);
            let one = stages.iter().map(|stage| stage.remembered(sweep));
            inputs.sum::<u64>() + one.max().unwrap_or_default()
        }
    }
}

/// Multiplications of one prediction. A gradient to the latent takes about as many again.
pub fn multiplications(g: &UnetGeometry, latent: [usize; 2]) -> u64 {
    stages(g, latent)
        .iter()
        .map(BlockShape::multiplications)
        .sum()
}

/// Values that a sweep through the encoder remembers, of a picture whose latent has this height and width: what its norms
/// and its attention are given.
pub fn encoding(g: &AutoencoderGeometry, [height, width]: [usize; 2]) -> u64 {
    let finest = g.block_out_channels.len().saturating_sub(1);
    let (first, last) = match (g.block_out_channels.first(), g.block_out_channels.last()) {
        (Some(&first), Some(&last)) => (first as u64, last as u64),
        _ => return 0,
    };
    let mut inputs = first;
    let levels = g.block_out_channels.iter().enumerate();
    let levels = levels.map(|(level, &outputs)| {
        let up = finest - level;
        let positions = ((height << up) as u64) * ((width << up) as u64);
        let outputs = outputs as u64;
        let more = (g.layers_per_block as u64).saturating_sub(1) * 2 * outputs;
        let level = positions * (inputs + outputs + more);
        inputs = outputs;
        level
    });
    // Two blocks around an attention, and the last norm.
    let middle = (height * width) as u64 * last * (4 + 6 + 1);
    levels.sum::<u64>() + middle
}

/// Values that an autoencoder holds at once, at most, of a picture whose latent has this height and width: those of its
/// finest residual blocks.
pub fn autoencoding(g: &AutoencoderGeometry, [height, width]: [usize; 2]) -> u64 {
    let finest = g.block_out_channels.len().saturating_sub(1);
    let levels = g.block_out_channels.iter().enumerate();
    let block = |(level, &outputs): (usize, &usize)| {
        // The decoder's first block of a level takes the channels of the level below.
        let below = g.block_out_channels.get(level + 1).unwrap_or(&outputs);
        let up = finest - level;
        let positions = ((height << up) as u64) * ((width << up) as u64);
        // The block's input, what lies between its convolutions, and its result.
        positions * (*below as u64 + 2 * outputs as u64)
    };
    levels.map(block).max().unwrap_or_default()
}
