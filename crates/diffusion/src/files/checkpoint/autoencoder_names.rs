//! The autoencoder's layers in diffusers' names and in the original ones (`diffusionmodules/model.py`).

use super::layout::{Module, TENSORS};
use crate::files::weights::{Piece, Renamed, Weights};

/// What precedes the names in the file of a whole model.
const PREFIX: &str = "first_stage_model.";

/// The most levels and layers, which is more than any autoencoder has.
const LEVELS: usize = 8;
const LAYERS: usize = 17;

/// Parts of a residual layer.
const RESIDUAL: [(&str, &str); 5] = [
    ("norm1", "norm1"),
    ("conv1", "conv1"),
    ("norm2", "norm2"),
    ("conv2", "conv2"),
    ("conv_shortcut", "nin_shortcut"),
];

/// The middle of either half.
const MIDDLE: [(&str, &str); 5] = [
    ("attentions.0.group_norm", "attn_1.norm"),
    ("attentions.0.to_q", "attn_1.q"),
    ("attentions.0.to_k", "attn_1.k"),
    ("attentions.0.to_v", "attn_1.v"),
    ("attentions.0.to_out.0", "attn_1.proj_out"),
];

/// Layers outside the halves' blocks.
const OUTSIDE: [(&str, &str); 3] = [
    ("conv_in", "conv_in"),
    ("conv_norm_out", "norm_out"),
    ("conv_out", "conv_out"),
];

/// The table of the autoencoder in `weights`, if there is one.
pub fn of(weights: &Weights) -> Option<Vec<Renamed>> {
    let has = |name: &str| weights.shape(&format!("{PREFIX}{name}")).is_some();
    has("decoder.conv_in.weight").then(|| {
        let named = modules(has).into_iter().flat_map(|module| {
            TENSORS.map(|tensor| Renamed {
                name: format!("{}.{tensor}", module.name),
                stored: format!("{PREFIX}{}.{tensor}", module.stored),
                piece: Piece::Whole,
            })
        });
        named.collect()
    })
}

fn modules(has: impl Fn(&str) -> bool) -> Vec<Module> {
    let mut modules = vec![
        Module::new("quant_conv", "quant_conv"),
        Module::new("post_quant_conv", "post_quant_conv"),
    ];
    let levels = (0..LEVELS).take_while(|i| has(&format!("decoder.up.{i}.block.0.conv1.weight")));
    let levels = levels.count();
    for half in ["encoder", "decoder"] {
        modules.extend(pairs(half, half, &OUTSIDE));
        let (name, stored) = (format!("{half}.mid_block"), format!("{half}.mid"));
        modules.extend(pairs(&name, &stored, &MIDDLE));
        for (own, original) in [("resnets.0", "block_1"), ("resnets.1", "block_2")] {
            let (name, stored) = (format!("{name}.{own}"), format!("{stored}.{original}"));
            modules.extend(pairs(&name, &stored, &RESIDUAL));
        }
    }
    for i in 0..levels {
        // The decoder's blocks are counted from the other end in the original.
        let other = levels.saturating_sub(i).saturating_sub(1);
        let sides = [
            (
                format!("encoder.down_blocks.{i}"),
                format!("encoder.down.{i}"),
                "downsampl",
            ),
            (
                format!("decoder.up_blocks.{i}"),
                format!("decoder.up.{other}"),
                "upsampl",
            ),
        ];
        for (name, stored, resampler) in sides {
            for j in 0..LAYERS {
                let (name, stored) = (format!("{name}.resnets.{j}"), format!("{stored}.block.{j}"));
                modules.extend(pairs(&name, &stored, &RESIDUAL));
            }
            modules.push(Module::new(
                format!("{name}.{resampler}ers.0.conv"),
                format!("{stored}.{resampler}e.conv"),
            ));
        }
    }
    modules
}

fn pairs<'a>(
    name: &'a str,
    stored: &'a str,
    parts: &'a [(&str, &str)],
) -> impl Iterator<Item = Module> + 'a {
    parts.iter().map(move |(own, original)| {
        Module::new(format!("{name}.{own}"), format!("{stored}.{original}"))
    })
}
