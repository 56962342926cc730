//! The change of one layer, made to its weight. Its dimensions were checked against the layer's when it was found (see
//! [`super::change`]): the zeros that stand in for what cannot be missing are never reached, and a result of another
//! size is an error.

use super::algebra::{self, Array};
use super::change::{Axis, Change, Factor};
use super::layers::Layer;
use super::rotation::Rotations;
use crate::ModelError;
use crate::files::{Parameter, Weights};
use palimpsest_kernels::matmul::{Product, Strided};

/// The weight and the bias of a layer of `model` with `strength` times the layer's change, under their names; what the change
/// leaves as it is does not appear.
pub fn merged(
    layer: &Layer,
    strength: f64,
    lora: &Weights,
    model: &Weights,
) -> Result<Vec<(String, Parameter)>, ModelError> {
    let merging = Merging {
        layer,
        strength,
        lora,
    };
    let mut changed = Vec::new();
    if layer.change.is_some() || layer.lengths.is_some() {
        let name = format!("{}.weight", layer.target);
        changed.extend(merging.made(&name, model, |weight| merging.weight(weight))?);
    }
    if let Some(bias) = &layer.bias {
        let name = format!("{}.bias", layer.target);
        let difference = Array::read(lora, bias)?.values;
        let add = |bias: Array| merging.add(bias.values, &difference, strength as f32);
        changed.extend(merging.made(&name, model, add)?);
    }
    Ok(changed)
}

struct Merging<'a> {
    layer: &'a Layer,
    strength: f64,
    lora: &'a Weights,
}

impl Merging<'_> {
    /// The tensor `name` of `model` as `change` makes it.
    fn made(
        &self,
        name: &str,
        model: &Weights,
        change: impl FnOnce(Array) -> Result<Vec<f32>, ModelError>,
    ) -> Result<Option<(String, Parameter)>, ModelError> {
        let stored = model.stored(name)?;
        let shape = stored.shape().to_vec();
        let values = change(Array {
            shape: shape.clone(),
            values: stored.values().into_owned(),
        })?;
        let is_equal = *stored.values() == *values;
        stored.release();
        if is_equal {
            return Ok(None);
        }
        if values.iter().any(|v| !v.is_finite()) {
            return Err(ModelError::NonFinite {
                what: format!("The layer \"{name}\" with the LoRA"),
            });
        }
        let merged = Parameter::from_values(shape, values)?;
        Ok(Some((name.to_owned(), merged)))
    }

    fn weight(&self, weight: Array) -> Result<Vec<f32>, ModelError> {
        if let Some((lengths, axis)) = &self.layer.lengths {
            return self.with_lengths(weight, lengths, *axis);
        }
        self.changed(weight, self.strength)
    }

    /// The weight with `strength` times the change, lengths left aside.
    fn changed(&self, weight: Array, strength: f64) -> Result<Vec<f32>, ModelError> {
        let at = |name: &String| Array::read(self.lora, name);
        let (outputs, inputs) = weight.rows();
        match &self.layer.change {
            None => Ok(weight.values),
            Some(Change::Pair { up, down }) => {
                Ok(self.with_pair(weight.values, at(up)?, &at(down)?, strength))
            }
            Some(Change::PairWithWindow { up, mid, down }) => {
                let change = algebra::with_window(&at(mid)?, &flat(at(up)?), &flat(at(down)?));
                self.scaled(weight.values, &change.values, strength)
            }
            Some(Change::Hadamard {
                first,
                second,
                windows,
            }) => {
                let half = |[a, b]: &[String; 2], window: Option<&String>| {
                    let (a, b) = (at(a)?, at(b)?);
                    Ok::<_, ModelError>(match window {
                        Some(window) => algebra::with_window_of_columns(&at(window)?, &a, &b),
                        None => algebra::product(&flat(a), &flat(b)),
                    })
                };
                let (one, other) = match windows {
                    Some([one, other]) => (Some(one), Some(other)),
                    None => (None, None),
                };
                let (mut change, other) = (half(first, one)?, half(second, other)?);
                change
                    .values
                    .iter_mut()
                    .zip(&other.values)
                    .for_each(|(v, w)| *v *= w);
                self.scaled(weight.values, &change.values, strength)
            }
            Some(Change::Kronecker { first, second }) => {
                let factor = |factor: &Factor| {
                    Ok::<_, ModelError>(match factor {
                        Factor::Whole(whole) => at(whole)?,
                        Factor::Product([a, b]) => algebra::product(&flat(at(a)?), &flat(at(b)?)),
                        Factor::Window([a, b], window) => {
                            algebra::with_window_of_columns(&at(window)?, &at(a)?, &at(b)?)
                        }
                    })
                };
                let change = algebra::kronecker(&factor(first)?, &factor(second)?);
                self.scaled(weight.values, &change.values, strength)
            }
            Some(Change::Whole { difference }) => {
                let difference = at(difference)?.values;
                self.add(weight.values, &difference, strength as f32)
            }
            Some(Change::General {
                a: [a1, a2],
                b: [b1, b2],
            }) => {
                let through = algebra::mixed(&weight, &flat(at(a1)?), &flat(at(a2)?));
                let beside = algebra::product(&flat(at(b1)?), &flat(at(b2)?));
                let change: Vec<f32> = through
                    .iter()
                    .zip(&beside.values)
                    .map(|(a, b)| a + b)
                    .collect();
                self.scaled(weight.values, &change, strength)
            }
            Some(Change::Factors { factors, on_input }) => {
                let factors = at(factors)?.values;
                // The values inside one output, and those inside one input.
                let window = inputs.checked_div(factors.len()).filter(|_| *on_input);
                let mut values = weight.values;
                for (output, row) in values.chunks_mut(inputs.max(1)).enumerate() {
                    for (place, value) in row.iter_mut().enumerate() {
                        let index = match window {
                            Some(window) => place.checked_div(window).unwrap_or_default(),
                            None => output,
                        };
                        let factor = factors.get(index).copied().unwrap_or_default();
                        *value *= 1.0 + strength as f32 * factor;
                    }
                }
                Ok(values)
            }
            Some(Change::Rotation {
                generators,
                in_stages,
                bound,
                rescale,
            }) => {
                let generators = at(generators)?;
                let bound = bound * outputs as f64;
                let rotations = Rotations::new(&generators, bound, strength).ok_or_else(|| {
                    ModelError::NonFinite {
                        what: format!("The rotation of the layer \"{}\"", self.layer.target),
                    }
                })?;
                let stages = generators.shape.first().copied().unwrap_or_default();
                let mut values = match in_stages {
                    true => rotations.mix_in_stages(stages, &weight.values, inputs),
                    false => rotations.mix(0, &weight.values, inputs, true),
                };
                if let Some(rescale) = rescale {
                    let factors = at(rescale)?.values;
                    for (row, factor) in values.chunks_mut(inputs.max(1)).zip(factors) {
                        row.iter_mut().for_each(|v| *v *= factor);
                    }
                }
                Ok(values)
            }
        }
    }

    /// A convolution's window is part of its inputs here: both weights are dense.
    fn with_pair(&self, mut values: Vec<f32>, up: Array, down: &Array, strength: f64) -> Vec<f32> {
        let rank = self.layer.rank.unwrap_or_default();
        let factor = strength as f32 * self.layer.scale;
        let up: Vec<f32> = up.values.iter().map(|v| v * factor).collect();
        let by_rank = |count: usize| count.checked_div(rank).unwrap_or_default();
        let (outputs, inputs) = (by_rank(up.len()), by_rank(down.values.len()));
        Product {
            accumulate: true,
            ..Product::new(outputs, inputs, rank)
        }
        .run_parallel(
            &mut values,
            None,
            Strided::rows(&up, rank),
            Strided::rows(&down.values, inputs),
        );
        values
    }

    fn scaled(
        &self,
        values: Vec<f32>,
        change: &[f32],
        strength: f64,
    ) -> Result<Vec<f32>, ModelError> {
        let factor = (strength * f64::from(self.layer.scale)) as f32;
        self.add(values, change, factor)
    }

    fn add(
        &self,
        mut values: Vec<f32>,
        change: &[f32],
        factor: f32,
    ) -> Result<Vec<f32>, ModelError> {
        if values.len() != change.len() {
            return Err(ModelError::Shape {
                what: format!("the change of the layer \"{}\"", self.layer.target),
                expected: vec![values.len()],
                found: vec![change.len()],
            });
        }
        let pairs = values.iter_mut().zip(change);
        pairs.for_each(|(value, change)| *value += factor * change);
        Ok(values)
    }

    /// The changed weight with its rows or columns stretched to their lengths; of that the share `strength`, as the
    /// common interfaces take it.
    fn with_lengths(
        &self,
        weight: Array,
        lengths: &str,
        axis: Axis,
    ) -> Result<Vec<f32>, ModelError> {
        let lengths = Array::read(self.lora, lengths)?.values;
        let (outputs, inside) = weight.rows();
        let base = weight.values.clone();
        let changed = self.changed(weight, 1.0)?;
        let per = match axis {
            Axis::Output => outputs,
            Axis::Input => lengths.len(),
        };
        // The values inside one input are those of its window.
        let window = inside.checked_div(lengths.len()).unwrap_or_default().max(1);
        let index = |place: usize| match axis {
            Axis::Output => place.checked_div(inside.max(1)),
            Axis::Input => place
                .checked_rem(inside.max(1))
                .and_then(|place| place.checked_div(window)),
        };
        let index = |place: usize| index(place).unwrap_or_default();
        let mut squares = vec![0.0_f64; per];
        for (place, &value) in changed.iter().enumerate() {
            if let Some(sum) = squares.get_mut(index(place)) {
                *sum += f64::from(value) * f64::from(value);
            }
        }
        // A row of zeros has no direction, and stays.
        let factors: Vec<f64> = squares
            .iter()
            .zip(&lengths)
            .map(|(square, &length)| match square.sqrt() {
                0.0 => 0.0,
                norm => f64::from(length) / norm,
            })
            .collect();
        let values = changed
            .iter()
            .zip(&base)
            .enumerate()
            .map(|(place, (&value, &base))| {
                let factor = factors.get(index(place)).copied().unwrap_or_default();
                let (value, base) = (f64::from(value) * factor, f64::from(base));
                (base + self.strength * (value - base)) as f32
            });
        Ok(values.collect())
    }
}

/// As a matrix of its first dimension.
fn flat(array: Array) -> Array {
    let (rows, columns) = array.rows();
    Array {
        shape: vec![rows, columns],
        ..array
    }
}
