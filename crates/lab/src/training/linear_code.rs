//! An autoencoder that is a good linear code before it has learnt anything: the whitened principal
//! components of the corpus's 4×4 patches. Training then only has to improve on that; from random
//! values it spends most of its time to find the colours at all.
//!
//! Residual branches begin at zero ([`initial`](super::initial)), so that what stands in a channel stays
//! there. The two halving convolutions gather a patch; a component travels as a pair of channels of both
//! signs, because silu(y) − silu(−y) = y; and a pair of constants in every group of channels keeps the
//! group norm from erasing level and colour. The decoder carries a patch's mean colour the same way back,
//! beside the components, smoothed at each doubling.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::components::PrincipalComponents;
use super::parameters::Tensor;

/// Channels at the latent's resolution, and groups of their norms.
const WIDE: usize = 32;
/// Channels at the picture's resolution.
const NARROW: usize = 16;
const GROUPS: usize = 4;
/// The latent's channels: one a group.
const CODE: usize = 4;
/// The constants in every group.
const LEVEL: f32 = 3.0;
/// The posterior's log-variance at first.
const LOG_VARIANCE: f32 = -6.0;
/// The share of the random values that stays beside the code.
const REST: f32 = 0.3;
/// The mean square of a colour in [−1, 1], roughly, for the decoder's last norm.
const COLOUR: f32 = 0.3;

/// Writes the code into the random values of the demonstration's autoencoder.
pub fn write(tensors: &mut BTreeMap<String, Tensor>, components: &PrincipalComponents) {
    let mut layers = Layers(tensors);
    encoder(&mut layers, components);
    decoder(&mut layers, components);
}

fn encoder(layers: &mut Layers, components: &PrincipalComponents) {
    // Colours as they are, then a patch of 2×2 of them, then one of 2×2 of those.
    layers.edit("encoder.conv_in", |layer| {
        (0..3).for_each(|c| layer.only(c, &[(c, 4, 1.0)], 0.0));
    });
    layers.edit("encoder.down_blocks.0.downsamplers.0.conv", |layer| {
        for cell in 0..4 {
            for c in 0..3 {
                layer.only(3 * cell + c, &[(c, tap(cell), 1.0)], 0.0);
            }
        }
    });
    layers.edit("encoder.down_blocks.1.resnets.0.conv_shortcut", |layer| {
        layer.damp();
        (0..NARROW).for_each(|c| layer.add(c, c, 0, 1.0));
    });
    let size = WIDE / GROUPS;
    layers.edit("encoder.down_blocks.1.downsamplers.0.conv", |layer| {
        layer.damp();
        for (k, component) in components.rows().enumerate() {
            // Value (cell, colour) of the fine patch in cell `coarse` of the coarse one.
            let taps: Vec<(usize, usize, f32)> = (0..4)
                .flat_map(|coarse| (0..12).map(move |value| (coarse, value)))
                .map(|(coarse, value)| {
                    let (fine, colour) = (value / 3, value % 3);
                    let weight = component.weights[patch_index(coarse, fine, colour)];
                    (value, tap(coarse), weight)
                })
                .collect();
            let negative: Vec<_> = taps.iter().map(|&(i, t, w)| (i, t, -w)).collect();
            layer.only(k * size, &taps, component.offset);
            layer.only(k * size + 1, &negative, -component.offset);
            layer.only(k * size + 2, &[], LEVEL);
            layer.only(k * size + 3, &[], -LEVEL);
        }
    });
    // The pair has variance 1 each, the constants LEVEL²; the rest of the group is small.
    let deviation = ((2.0 + 2.0 * LEVEL * LEVEL) / size as f32).sqrt();
    layers.edit("encoder.conv_out", |layer| {
        for k in 0..CODE {
            let pair = [(k * size, 4, deviation), (k * size + 1, 4, -deviation)];
            layer.only(k, &pair, 0.0);
            layer.only(CODE + k, &[], LOG_VARIANCE);
        }
    });
}

fn decoder(layers: &mut Layers, components: &PrincipalComponents) {
    let size = WIDE / GROUPS;
    let mean_colour = components.mean_colour();
    layers.edit("decoder.conv_in", |layer| {
        layer.damp();
        for (c, (weights, offset)) in mean_colour.iter().enumerate() {
            let taps: Vec<_> = (0..CODE).map(|k| (k, 4, weights[k])).collect();
            let negative: Vec<_> = taps.iter().map(|&(i, t, w)| (i, t, -w)).collect();
            layer.only(c * size, &taps, *offset);
            layer.only(c * size + 1, &negative, -offset);
            layer.only(c * size + 2, &[], LEVEL);
            layer.only(c * size + 3, &[], -LEVEL);
        }
        (0..CODE).for_each(|k| layer.only(3 * size + k, &[(k, 4, 1.0)], 0.0));
    });
    for block in 0..2 {
        let name = format!("decoder.up_blocks.{block}.upsamplers.0.conv");
        layers.edit(&name, |layer| {
            layer.damp();
            for c in 0..WIDE {
                let smooth: Vec<_> = (0..9).map(|t| (c, t, binomial(t))).collect();
                layer.only(c, &smooth, 0.0);
            }
        });
    }
    // Eight channels a group become four: the pair of a colour and the constants; then the code.
    layers.edit("decoder.up_blocks.2.resnets.0.conv_shortcut", |layer| {
        layer.damp();
        for c in 0..NARROW {
            layer.only(c, &[(c / 4 * size + c % 4, 0, 1.0)], 0.0);
        }
    });
    let deviation = ((2.0 * COLOUR + 2.0 * LEVEL * LEVEL) / 4.0).sqrt();
    layers.edit("decoder.conv_out", |layer| {
        for c in 0..3 {
            let pair = [(4 * c, 4, deviation), (4 * c + 1, 4, -deviation)];
            layer.only(c, &pair, 0.0);
        }
    });
}

/// The tap of a 3×3 window that begins at a 2×2 patch, for its cell.
fn tap(cell: usize) -> usize {
    cell / 2 * 3 + cell % 2
}

/// The place of a colour in a 4×4 patch, rows first, colours last, by 2×2 cells of 2×2 cells.
fn patch_index(coarse: usize, fine: usize, colour: usize) -> usize {
    let (y, x) = (coarse / 2 * 2 + fine / 2, coarse % 2 * 2 + fine % 2);
    (y * 4 + x) * 3 + colour
}

/// [1 2 1]/4 in both directions.
fn binomial(tap: usize) -> f32 {
    let weight = |i| if i == 1 { 0.5 } else { 0.25 };
    weight(tap / 3) * weight(tap % 3)
}

/// The layers of the network, to be edited by name.
struct Layers<'a>(&'a mut BTreeMap<String, Tensor>);

impl Layers<'_> {
    fn edit(&mut self, name: &str, edit: impl FnOnce(&mut Layer)) {
        let mut values = |kind: &str| {
            let tensor = self.0.get_mut(&format!("{name}.{kind}"));
            tensor.map(|(shape, values)| (shape.clone(), std::mem::take(Arc::make_mut(values))))
        };
        let (Some((shape, weight)), Some((_, bias))) = (values("weight"), values("bias")) else {
            return;
        };
        let mut layer = Layer {
            taps: shape[2..].iter().product(),
            inputs: shape[1],
            weight,
            bias,
        };
        edit(&mut layer);
        for (kind, values) in [("weight", layer.weight), ("bias", layer.bias)] {
            if let Some((_, place)) = self.0.get_mut(&format!("{name}.{kind}")) {
                *place = Arc::new(values);
            }
        }
    }
}

/// A convolution of one or nine taps.
struct Layer {
    taps: usize,
    inputs: usize,
    weight: Vec<f32>,
    bias: Vec<f32>,
}

impl Layer {
    /// Shrinks the random values.
    fn damp(&mut self) {
        self.weight.iter_mut().for_each(|w| *w *= REST);
        self.bias.fill(0.0);
    }

    fn add(&mut self, output: usize, input: usize, tap: usize, weight: f32) {
        self.weight[(output * self.inputs + input) * self.taps + tap] += weight;
    }

    /// The output is these (input, tap, weight) and a constant, and nothing else.
    fn only(&mut self, output: usize, parts: &[(usize, usize, f32)], constant: f32) {
        let row = self.inputs * self.taps;
        self.weight[output * row..][..row].fill(0.0);
        self.bias[output] = constant;
        for &(input, tap, weight) in parts {
            self.add(output, input, tap, weight);
        }
    }
}
