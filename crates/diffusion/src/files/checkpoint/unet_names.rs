//! The noise predictor's layers in diffusers' names and in the original ones (`openaimodel.py`), both made from
//! the structure of its blocks, which either kind of names shows.

use super::layout::{Layout, Module};
use crate::files::weights::Weights;

/// The most levels, and the most layers of a level or of a transformer: what [`UnetGeometry`] allows.
///
/// [`UnetGeometry`]: crate::files::config::UnetGeometry
const LEVELS: usize = 8;
const LAYERS: usize = 33;

/// The blocks of a noise predictor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Structure {
    /// Finest first.
    pub down: Vec<Level>,
    /// Layers of the transformer in the middle.
    pub middle: usize,
    /// Coarsest first.
    pub up: Vec<Level>,
    /// True if there is a second condition, as in Stable Diffusion XL.
    pub addition: bool,
}

/// The layers of one resolution.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Level {
    /// Residual layers.
    pub layers: usize,
    /// Layers of each transformer; 0 without attention.
    pub transformer: usize,
    /// True if a change of resolution follows.
    pub resamples: bool,
}

/// Parts of a residual layer.
const RESIDUAL: [(&str, &str); 6] = [
    ("norm1", "in_layers.0"),
    ("conv1", "in_layers.2"),
    ("time_emb_proj", "emb_layers.1"),
    ("norm2", "out_layers.0"),
    ("conv2", "out_layers.3"),
    ("conv_shortcut", "skip_connection"),
];

/// Parts of a transformer, which both layouts call alike, around its layers and in each of them.
const AROUND: [&str; 3] = ["norm", "proj_in", "proj_out"];
const WITHIN: [&str; 13] = [
    "norm1",
    "attn1.to_q",
    "attn1.to_k",
    "attn1.to_v",
    "attn1.to_out.0",
    "norm2",
    "attn2.to_q",
    "attn2.to_k",
    "attn2.to_v",
    "attn2.to_out.0",
    "norm3",
    "ff.net.0.proj",
    "ff.net.2",
];

/// Layers outside the blocks.
const OUTSIDE: [(&str, &str); 5] = [
    ("time_embedding.linear_1", "time_embed.0"),
    ("time_embedding.linear_2", "time_embed.2"),
    ("conv_in", "input_blocks.0.0"),
    ("conv_norm_out", "out.0"),
    ("conv_out", "out.2"),
];

/// The layers of a second condition.
const ADDITION: [(&str, &str); 2] = [
    ("add_embedding.linear_1", "label_emb.0.0"),
    ("add_embedding.linear_2", "label_emb.0.2"),
];

/// All layers of a noise predictor of this structure.
pub fn modules(structure: &Structure) -> Vec<Module> {
    let addition = ADDITION.iter().filter(|_| structure.addition);
    let mut modules: Vec<Module> = OUTSIDE
        .iter()
        .chain(addition)
        .map(|&(name, stored)| Module::new(name, stored))
        .collect();
    let mut n = 0_usize;
    for (i, level) in structure.down.iter().enumerate() {
        for j in 0..level.layers {
            n = n.saturating_add(1);
            layer(
                &mut modules,
                (&format!("down_blocks.{i}"), j),
                &format!("input_blocks.{n}"),
                level.transformer,
            );
        }
        if level.resamples {
            n = n.saturating_add(1);
            modules.push(Module::new(
                format!("down_blocks.{i}.downsamplers.0.conv"),
                format!("input_blocks.{n}.0.op"),
            ));
        }
    }
    residual(&mut modules, "mid_block.resnets.0", "middle_block.0");
    transformer(
        &mut modules,
        "mid_block.attentions.0",
        "middle_block.1",
        structure.middle,
    );
    residual(&mut modules, "mid_block.resnets.1", "middle_block.2");
    let mut n = 0_usize;
    for (i, level) in structure.up.iter().enumerate() {
        for j in 0..level.layers {
            let stored = format!("output_blocks.{n}");
            layer(
                &mut modules,
                (&format!("up_blocks.{i}"), j),
                &stored,
                level.transformer,
            );
            let is_last = j.saturating_add(1) == level.layers;
            if level.resamples && is_last {
                // Behind the attention, where there is one.
                let place = if level.transformer > 0 { 2 } else { 1 };
                modules.push(Module::new(
                    format!("up_blocks.{i}.upsamplers.0.conv"),
                    format!("{stored}.{place}.conv"),
                ));
            }
            n = n.saturating_add(1);
        }
    }
    modules
}

/// A residual layer and the transformer behind it, if there is one.
fn layer(modules: &mut Vec<Module>, (block, j): (&str, usize), stored: &str, layers: usize) {
    residual(
        modules,
        &format!("{block}.resnets.{j}"),
        &format!("{stored}.0"),
    );
    if layers > 0 {
        let (name, stored) = (format!("{block}.attentions.{j}"), format!("{stored}.1"));
        transformer(modules, &name, &stored, layers);
    }
}

fn residual(modules: &mut Vec<Module>, name: &str, stored: &str) {
    let parts = RESIDUAL.iter().map(|(own, original)| {
        Module::new(format!("{name}.{own}"), format!("{stored}.{original}"))
    });
    modules.extend(parts);
}

fn transformer(modules: &mut Vec<Module>, name: &str, stored: &str, layers: usize) {
    let both = |part: &str| Module::new(format!("{name}.{part}"), format!("{stored}.{part}"));
    modules.extend(AROUND.map(both));
    for k in 0..layers {
        modules.extend(WITHIN.map(|part| both(&format!("transformer_blocks.{k}.{part}"))));
    }
}

/// The number of `name(0)`, `name(1)` … that `has` finds.
fn counted(most: usize, has: impl Fn(&str) -> bool, name: impl Fn(usize) -> String) -> usize {
    (0..most).take_while(|&i| has(&name(i))).count()
}

impl Structure {
    /// The structure that the original names in a file show. Where they make no sense, the network that is built
    /// from it lacks tensors, or the file has more than it.
    pub fn of_checkpoint(layout: &Layout<'_>) -> Self {
        let has = |name: &str| layout.has(name);
        let transformer = |block: &str| {
            counted(LAYERS, has, |k| {
                format!("{block}.1.transformer_blocks.{k}.attn1.to_q.weight")
            })
        };
        let mut down = vec![Level::default()];
        for n in 1..LEVELS.saturating_mul(LAYERS) {
            let block = format!("input_blocks.{n}");
            let levels = down.len();
            let Some(level) = down.last_mut() else {
                break;
            };
            if has(&format!("{block}.0.in_layers.2.weight")) {
                level.layers = level.layers.saturating_add(1);
                level.transformer = level.transformer.max(transformer(&block));
            } else if has(&format!("{block}.0.op.weight")) && levels < LEVELS {
                level.resamples = true;
                down.push(Level::default());
            } else {
                break;
            }
        }
        let mut n = 0_usize;
        let up = down.iter().rev().map(|level| {
            let layers = level.layers.saturating_add(1);
            let blocks = (n..n.saturating_add(layers)).map(|n| format!("output_blocks.{n}"));
            n = n.saturating_add(layers);
            let blocks: Vec<String> = blocks.collect();
            let resamples = |block: &String| {
                has(&format!("{block}.1.conv.weight")) || has(&format!("{block}.2.conv.weight"))
            };
            Level {
                layers,
                transformer: blocks
                    .iter()
                    .map(|block| transformer(block))
                    .max()
                    .unwrap_or_default(),
                resamples: blocks.last().is_some_and(resamples),
            }
        });
        Self {
            up: up.collect(),
            middle: transformer("middle_block"),
            addition: has("label_emb.0.0.weight"),
            down,
        }
    }

    /// The structure that diffusers' names show.
    pub fn of_folder(weights: &Weights) -> Self {
        let has = |name: &str| weights.shape(name).is_some();
        let level = |block: &str, resampler: &str| Level {
            layers: counted(LAYERS, has, |j| format!("{block}.resnets.{j}.conv1.weight")),
            transformer: counted(LAYERS, has, |k| {
                format!("{block}.attentions.0.transformer_blocks.{k}.attn1.to_q.weight")
            }),
            resamples: has(&format!("{block}.{resampler}.0.conv.weight")),
        };
        let levels = |side: &str, resampler: &str| {
            let levels = (0..LEVELS).map(|i| level(&format!("{side}.{i}"), resampler));
            levels.take_while(|level| level.layers > 0).collect()
        };
        Self {
            down: levels("down_blocks", "downsamplers"),
            middle: level("mid_block", "").transformer,
            up: levels("up_blocks", "upsamplers"),
            addition: has("add_embedding.linear_1.weight"),
        }
    }
}
