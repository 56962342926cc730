//! The change of one layer: which tensors of the file make it, checked against the dimensions of the weight that they
//! change. Formulas as in LyCORIS 4.1 `modules/`, PEFT `tuners/lora` and kohya `networks/`.

mod dimensions;
mod kronecker;
mod products;
mod scaling;

use std::collections::BTreeMap;
use std::path::Path;

use self::dimensions::{product, trivial_or_empty};
use super::names::TensorRole;
use crate::files::Weights;
use crate::{LoraError, ModelError};

/// The tensors that a file holds of one layer, by their role.
pub type Found = BTreeMap<TensorRole, String>;

/// How a weight `[outputs, inputs, window…]` is changed. Fields are names of tensors in the file.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// `up · down`.
    Pair { up: String, down: String },
    /// `Σ mid[m, n, …] · up[i, m] · down[n, j]`.
    PairWithWindow {
        up: String,
        mid: String,
        down: String,
    },
    /// The products of two pairs, multiplied element by element; with windows between each.
    Hadamard {
        first: [String; 2],
        second: [String; 2],
        windows: Option<[String; 2]>,
    },
    /// `first ⊗ second`.
    Kronecker { first: Factor, second: Factor },
    /// The change itself.
    Whole { difference: String },
    /// `W · a1 · a2 + b1 · b2`.
    General { a: [String; 2], b: [String; 2] },
    /// Each input or output times one and its factor.
    Factors { factors: String, on_input: bool },
    /// Rows mixed by rotations; in stages of ever wider groups if `in_stages`.
    Rotation {
        generators: String,
        in_stages: bool,
        bound: f64,
        rescale: Option<String>,
    },
}

/// A factor of a Kronecker product.
#[derive(Clone, Debug, PartialEq)]
pub enum Factor {
    Whole(String),
    Product([String; 2]),
    /// With a window between the two.
    Window([String; 2], String),
}

/// The direction in which lengths are kept (DoRA).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Axis {
    Output,
    Input,
}

/// A change that was found, with its rank, if it has one, and whether its stored alpha scales it.
pub struct Resolved {
    pub change: Change,
    pub rank: Option<usize>,
    pub scales: bool,
}

/// Makes a change of what was found.
pub struct Resolver<'a> {
    pub file: &'a Path,
    pub lora: &'a Weights,
    pub layer: &'a str,
    /// The weight's dimensions.
    pub target: &'a [usize],
}

impl Resolver<'_> {
    /// The change of the weight by the tensors of `found`, which are taken out of it; nothing if there is none.
    ///
    /// # Errors
    /// [`LoraError::Incomplete`] or [`LoraError::Shape`].
    pub fn change(&self, found: &mut Found, alpha: f64) -> Result<Option<Resolved>, ModelError> {
        let kind =
            |found: &Found, roles: &[TensorRole]| roles.iter().any(|role| found.contains_key(role));
        if kind(found, &[TensorRole::Down, TensorRole::Up, TensorRole::Mid]) {
            return self.pair(found).map(Some);
        }
        use TensorRole::{HadamardA1, HadamardA2, HadamardB1, HadamardB2, HadamardT1, HadamardT2};
        if kind(
            found,
            &[
                HadamardA1, HadamardA2, HadamardB1, HadamardB2, HadamardT1, HadamardT2,
            ],
        ) {
            return self.hadamard(found).map(Some);
        }
        use TensorRole::{
            Kronecker1, Kronecker2, KroneckerA1, KroneckerA2, KroneckerB1, KroneckerB2, KroneckerT2,
        };
        if kind(
            found,
            &[
                Kronecker1,
                Kronecker2,
                KroneckerA1,
                KroneckerA2,
                KroneckerB1,
                KroneckerB2,
                KroneckerT2,
            ],
        ) {
            return self.kronecker(found).map(Some);
        }
        if kind(
            found,
            &[
                TensorRole::GeneralA1,
                TensorRole::GeneralA2,
                TensorRole::GeneralB1,
                TensorRole::GeneralB2,
            ],
        ) {
            return self.general(found).map(Some);
        }
        if found.contains_key(&TensorRole::Rotation) {
            return self.rotation(found, alpha).map(Some);
        }
        if found.contains_key(&TensorRole::OnInput) {
            return self.factors(found).map(Some);
        }
        let whole = found
            .remove(&TensorRole::Difference)
            .or_else(|| found.remove(&TensorRole::NormDifference));
        let Some(difference) = whole else {
            return Ok(None);
        };
        let shape = self.lora.dimensions(&difference)?;
        if product(shape) != product(self.target) || shape.first() != self.target.first() {
            return Err(self.shape(&[&difference]));
        }
        Ok(Some(Resolved {
            change: Change::Whole { difference },
            rank: None,
            scales: false,
        }))
    }

    /// The lengths of a DoRA and their direction, if there are any.
    ///
    /// # Errors
    /// [`LoraError::Shape`].
    pub fn lengths(&self, found: &mut Found) -> Result<Option<(String, Axis)>, ModelError> {
        let side = |axis: usize| self.target.get(axis).copied();
        if let Some(name) = found.remove(&TensorRole::Magnitude) {
            return match product(self.lora.dimensions(&name)?) == side(0) {
                true => Ok(Some((name, Axis::Output))),
                false => Err(self.shape(&[&name])),
            };
        }
        let Some(name) = found.remove(&TensorRole::DoraScale) else {
            return Ok(None);
        };
        let shape = self.lora.dimensions(&name)?;
        let axis = match shape {
            [1, inputs, window @ ..] if trivial_or_empty(window) && Some(*inputs) == side(1) => {
                Axis::Input
            }
            [outputs, rest @ ..] if rest.iter().all(|&n| n == 1) && Some(*outputs) == side(0) => {
                Axis::Output
            }
            _ => return Err(self.shape(&[&name])),
        };
        Ok(Some((name, axis)))
    }

    /// The change of the bias, if there is one.
    ///
    /// # Errors
    /// [`LoraError::Shape`].
    pub fn bias(&self, found: &mut Found) -> Result<Option<String>, ModelError> {
        let bias = found
            .remove(&TensorRole::BiasDifference)
            .or_else(|| found.remove(&TensorRole::NormBiasDifference));
        match bias {
            Some(bias) if product(self.lora.dimensions(&bias)?) != self.target.first().copied() => {
                Err(self.shape(&[&bias]))
            }
            bias => Ok(bias),
        }
    }

    fn take(
        &self,
        found: &mut Found,
        role: TensorRole,
        missing: &'static str,
    ) -> Result<String, ModelError> {
        found.remove(&role).ok_or_else(|| self.incomplete(missing))
    }

    fn incomplete(&self, missing: &'static str) -> ModelError {
        LoraError::Incomplete {
            file: self.file.into(),
            layer: self.layer.into(),
            missing,
        }
        .into()
    }

    fn shape(&self, tensors: &[&str]) -> ModelError {
        let shape = |name: &&str| self.lora.shape(name).unwrap_or_default().to_vec();
        LoraError::Shape {
            file: self.file.into(),
            layer: self.layer.into(),
            found: tensors.iter().map(shape).collect(),
            target: self.target.to_vec(),
        }
        .into()
    }

    fn rows(&self, tensor: Option<&String>) -> Result<Option<usize>, ModelError> {
        let Some(tensor) = tensor else {
            return Ok(None);
        };
        Ok(self.lora.dimensions(tensor)?.first().copied())
    }
}
