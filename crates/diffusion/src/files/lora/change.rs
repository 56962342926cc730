//! The change of one layer: which tensors of the file make it, checked against the dimensions of the weight that they
//! change. Formulas as in LyCORIS 4.1 `modules/`, PEFT `tuners/lora` and kohya `networks/`.

use std::collections::BTreeMap;
use std::path::Path;

use super::names::Role;
use crate::files::Weights;
use crate::{LoraError, ModelError};

/// The tensors that a file holds of one layer, by their role.
pub type Found = BTreeMap<Role, String>;

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
            |found: &Found, roles: &[Role]| roles.iter().any(|role| found.contains_key(role));
        if kind(found, &[Role::Down, Role::Up, Role::Mid]) {
            return self.pair(found).map(Some);
        }
        use Role::{HadamardA1, HadamardA2, HadamardB1, HadamardB2, HadamardT1, HadamardT2};
        if kind(
            found,
            &[
                HadamardA1, HadamardA2, HadamardB1, HadamardB2, HadamardT1, HadamardT2,
            ],
        ) {
            return self.hadamard(found).map(Some);
        }
        use Role::{
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
                Role::GeneralA1,
                Role::GeneralA2,
                Role::GeneralB1,
                Role::GeneralB2,
            ],
        ) {
            return self.general(found).map(Some);
        }
        if found.contains_key(&Role::Rotation) {
            return self.rotation(found, alpha).map(Some);
        }
        if found.contains_key(&Role::OnInput) {
            return self.factors(found).map(Some);
        }
        let whole = found
            .remove(&Role::Difference)
            .or_else(|| found.remove(&Role::NormDifference));
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

    fn pair(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let down = self.take(found, Role::Down, "the matrix that leads down")?;
        let up = self.take(found, Role::Up, "the matrix that leads up")?;
        let (up_shape, down_shape) = (self.lora.dimensions(&up)?, self.lora.dimensions(&down)?);
        let Some(mid) = found.remove(&Role::Mid) else {
            let rank = rank(up_shape, down_shape, self.target);
            let rank = rank.ok_or_else(|| self.shape(&[&up, &down]))?;
            return Ok(Resolved {
                change: Change::Pair { up, down },
                rank: Some(rank),
                scales: true,
            });
        };
        let mid_shape = self.lora.dimensions(&mid)?;
        let fits = match (up_shape, down_shape, mid_shape) {
            (
                &[outputs, above, ref up_window @ ..],
                &[below, inputs, ref down_window @ ..],
                &[first, second, ref window @ ..],
            ) => {
                trivial(up_window)
                    && trivial(down_window)
                    && (above, below) == (first, second)
                    && self.is_target(outputs, inputs, window)
                    && below > 0
            }
            _ => false,
        };
        if !fits {
            return Err(self.shape(&[&up, &mid, &down]));
        }
        Ok(Resolved {
            change: Change::PairWithWindow { up, mid, down },
            rank: down_shape.first().copied(),
            scales: true,
        })
    }

    fn hadamard(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let mut take = |role, missing| self.take(found, role, missing);
        let first = [
            take(Role::HadamardA1, "hada_w1_a")?,
            take(Role::HadamardB1, "hada_w1_b")?,
        ];
        let second = [
            take(Role::HadamardA2, "hada_w2_a")?,
            take(Role::HadamardB2, "hada_w2_b")?,
        ];
        let windows = match (
            found.remove(&Role::HadamardT1),
            found.remove(&Role::HadamardT2),
        ) {
            (None, None) => None,
            (Some(first), Some(second)) => Some([first, second]),
            (None, _) => return Err(self.incomplete("hada_t1")),
            (_, None) => return Err(self.incomplete("hada_t2")),
        };
        let fits = |[a, b]: &[String; 2], window: Option<&String>| {
            let (a, b) = (self.lora.dimensions(a)?, self.lora.dimensions(b)?);
            Ok::<_, ModelError>(match window {
                None => self.is_product(a, b, self.target),
                Some(window) => self.is_window(self.lora.dimensions(window)?, a, b, self.target),
            })
        };
        let [first_window, second_window] = match &windows {
            Some([first, second]) => [Some(first), Some(second)],
            None => [None, None],
        };
        if !(fits(&first, first_window)? && fits(&second, second_window)?) {
            let [first_a, first_b] = &first;
            return Err(self.shape(&[first_a, first_b]));
        }
        let rank = self.rows(first.last())?;
        Ok(Resolved {
            change: Change::Hadamard {
                first,
                second,
                windows,
            },
            rank,
            scales: true,
        })
    }

    fn kronecker(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let first = match found.remove(&Role::Kronecker1) {
            Some(whole) => Factor::Whole(whole),
            None => Factor::Product([
                self.take(found, Role::KroneckerA1, "lokr_w1")?,
                self.take(found, Role::KroneckerB1, "lokr_w1_b")?,
            ]),
        };
        let second = match found.remove(&Role::Kronecker2) {
            Some(whole) => Factor::Whole(whole),
            None => {
                let pair = [
                    self.take(found, Role::KroneckerA2, "lokr_w2")?,
                    self.take(found, Role::KroneckerB2, "lokr_w2_b")?,
                ];
                match found.remove(&Role::KroneckerT2) {
                    Some(window) => Factor::Window(pair, window),
                    None => Factor::Product(pair),
                }
            }
        };
        let names = |factor: &Factor| match factor {
            Factor::Whole(whole) => vec![whole.clone()],
            Factor::Product(pair) | Factor::Window(pair, _) => pair.to_vec(),
        };
        let refused = || {
            let (first, second) = (names(&first), names(&second));
            self.shape(
                &first
                    .iter()
                    .chain(&second)
                    .map(String::as_str)
                    .collect::<Vec<_>>(),
            )
        };
        // The first factor has no window; of the second its outputs and all that is inside them.
        let (outputs, inputs) = self.factor_size(&first)?.ok_or_else(refused)?;
        let (inner_outputs, inner) = self.factor_size(&second)?.ok_or_else(refused)?;
        let (Some(&target_outputs), Some(size)) = (self.target.first(), product(self.target))
        else {
            return Err(refused());
        };
        let window = product(self.target.get(2..).unwrap_or_default()).unwrap_or_default();
        let whole = |a: usize, b: usize| a.checked_mul(b);
        let fits = whole(outputs, inner_outputs) == Some(target_outputs)
            && whole(inputs, inner).and_then(|inner| whole(inner, target_outputs)) == Some(size)
            && window > 0
            && inner.is_multiple_of(window)
            && inner > 0;
        if !fits {
            return Err(refused());
        }
        let rank = match (&first, &second) {
            (_, Factor::Product([_, b]) | Factor::Window([_, b], _)) => self.rows(Some(b))?,
            (Factor::Product([_, b]), Factor::Whole(_)) => self.rows(Some(b))?,
            _ => None,
        };
        Ok(Resolved {
            // Where both are whole, nothing has a rank, and the stored alpha means nothing.
            scales: rank.is_some(),
            change: Change::Kronecker { first, second },
            rank,
        })
    }

    /// The outputs of a factor, and the number of values of each.
    fn factor_size(&self, factor: &Factor) -> Result<Option<(usize, usize)>, ModelError> {
        Ok(match factor {
            Factor::Whole(whole) => match self.lora.dimensions(whole)? {
                [outputs, inner @ ..] if !inner.is_empty() => {
                    product(inner).map(|inner| (*outputs, inner))
                }
                _ => None,
            },
            Factor::Product([a, b]) => match (self.lora.dimensions(a)?, self.lora.dimensions(b)?) {
                (&[outputs, rank], [rows, inner @ ..]) if rank == *rows => {
                    product(inner).map(|inner| (outputs, inner))
                }
                _ => None,
            },
            Factor::Window([a, b], window) => {
                let shapes = (
                    self.lora.dimensions(a)?,
                    self.lora.dimensions(b)?,
                    self.lora.dimensions(window)?,
                );
                match shapes {
                    (&[above, outputs], &[below, inputs], [first, second, window @ ..])
                        if (above, below) == (*first, *second) =>
                    {
                        let inner = product(window).and_then(|window| window.checked_mul(inputs));
                        inner.map(|inner| (outputs, inner))
                    }
                    _ => None,
                }
            }
        })
    }

    fn general(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let mut take = |role, missing| self.take(found, role, missing);
        let a = [
            take(Role::GeneralA1, "a1.weight")?,
            take(Role::GeneralA2, "a2.weight")?,
        ];
        let b = [
            take(Role::GeneralB1, "b1.weight")?,
            take(Role::GeneralB2, "b2.weight")?,
        ];
        let ([a1, a2], [b1, b2]) = (&a, &b);
        let inputs = product(self.target.get(1..).unwrap_or_default()).unwrap_or_default();
        let square = [inputs, inputs];
        let fits = self.is_product(
            self.lora.dimensions(a1)?,
            self.lora.dimensions(a2)?,
            &square,
        ) && self.is_product(
            self.lora.dimensions(b1)?,
            self.lora.dimensions(b2)?,
            self.target,
        );
        if !fits {
            return Err(self.shape(&[a1, a2, b1, b2]));
        }
        let rank = self.rows(Some(a2))?;
        Ok(Resolved {
            change: Change::General { a, b },
            rank,
            scales: true,
        })
    }

    fn rotation(&self, found: &mut Found, bound: f64) -> Result<Resolved, ModelError> {
        let generators = self.take(found, Role::Rotation, "oft_blocks")?;
        let rescale = found.remove(&Role::Rescale);
        let outputs = self.target.first().copied().unwrap_or_default();
        let shape = self.lora.dimensions(&generators)?;
        let in_stages = shape.len() == 4;
        let (blocks, size) = match *shape {
            [blocks, rows, columns] if rows == columns => (blocks, rows),
            [stages, blocks, rows, columns] if rows == columns => {
                // In the last stage a group has so many rows, which must divide all of them.
                let widest = u32::try_from(stages.saturating_sub(1)).ok();
                let widest =
                    widest.and_then(|stages| rows.checked_mul(1_usize.checked_shl(stages)?));
                match widest {
                    Some(widest)
                        if rows.is_multiple_of(2)
                            && widest > 0
                            && outputs.is_multiple_of(widest) =>
                    {
                        (blocks, rows)
                    }
                    _ => (0, 0),
                }
            }
            _ => (0, 0),
        };
        if size == 0 || blocks.checked_mul(size) != Some(outputs) {
            return Err(self.shape(&[&generators]));
        }
        if let Some(rescale) = &rescale
            && product(self.lora.dimensions(rescale)?) != Some(outputs)
        {
            return Err(self.shape(&[rescale]));
        }
        Ok(Resolved {
            change: Change::Rotation {
                generators,
                in_stages,
                bound,
                rescale,
            },
            rank: None,
            scales: false,
        })
    }

    fn factors(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let on_input = self.take(found, Role::OnInput, "on_input")?;
        let factors = self.take(found, Role::Factors, "weight")?;
        let on_input = self.lora.number(&on_input)? != 0.0;
        let side = self.target.get(usize::from(on_input)).copied();
        if product(self.lora.dimensions(&factors)?) != side {
            return Err(self.shape(&[&factors]));
        }
        Ok(Resolved {
            change: Change::Factors { factors, on_input },
            rank: None,
            scales: false,
        })
    }

    /// The lengths of a DoRA and their direction, if there are any.
    ///
    /// # Errors
    /// [`LoraError::Shape`].
    pub fn lengths(&self, found: &mut Found) -> Result<Option<(String, Axis)>, ModelError> {
        let side = |axis: usize| self.target.get(axis).copied();
        if let Some(name) = found.remove(&Role::Magnitude) {
            return match product(self.lora.dimensions(&name)?) == side(0) {
                true => Ok(Some((name, Axis::Output))),
                false => Err(self.shape(&[&name])),
            };
        }
        let Some(name) = found.remove(&Role::DoraScale) else {
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
            .remove(&Role::BiasDifference)
            .or_else(|| found.remove(&Role::NormBiasDifference));
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
        role: Role,
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

    fn is_target(&self, outputs: usize, inputs: usize, window: &[usize]) -> bool {
        match self.target {
            [target_outputs, target_inputs, target_window @ ..] => {
                (outputs, inputs) == (*target_outputs, *target_inputs)
                    && (window == target_window || (trivial(window) && trivial(target_window)))
            }
            _ => false,
        }
    }

    /// `a · b` has as many outputs as `target`, and as many values in each.
    fn is_product(&self, a: &[usize], b: &[usize], target: &[usize]) -> bool {
        match (a, b) {
            (&[outputs, rank, ref up @ ..], [rows, inner @ ..]) => {
                let inputs = target.get(1..).and_then(product);
                rank == *rows
                    && rank > 0
                    && trivial(up)
                    && Some(&outputs) == target.first()
                    && product(inner) == inputs
                    && inputs.is_some_and(|inputs| inputs > 0)
            }
            _ => false,
        }
    }

    /// `Σ window[i, j, …] · a[i, p] · b[j, r]` has the dimensions of `target`.
    fn is_window(&self, window: &[usize], a: &[usize], b: &[usize], target: &[usize]) -> bool {
        match (window, a, b, target) {
            (
                [first, second, window @ ..],
                [above, outputs],
                [below, inputs],
                [wanted, other, rest @ ..],
            ) => {
                (first, second) == (above, below)
                    && (outputs, inputs) == (wanted, other)
                    && (window == rest || (trivial(window) && trivial(rest)))
                    && *first > 0
                    && *second > 0
            }
            _ => false,
        }
    }
}

fn product(shape: &[usize]) -> Option<usize> {
    shape
        .iter()
        .try_fold(1_usize, |product, &side| product.checked_mul(side))
}

/// A linear layer may be written as a 1×1 convolution.
fn trivial(window: &[usize]) -> bool {
    window.is_empty() || window == [1, 1]
}

fn trivial_or_empty(window: &[usize]) -> bool {
    window.iter().all(|&side| side == 1)
}

/// The rank of a pair of matrices whose product has the dimensions of `target`. A linear layer may be
/// written as a 1×1 convolution on either side; a convolution's window belongs to the lower matrix.
fn rank(up: &[usize], down: &[usize], target: &[usize]) -> Option<usize> {
    let [outputs, inputs, target_window @ ..] = target else {
        return None;
    };
    let (&[up_outputs, rank, ref up_window @ ..], &[down_rank, down_inputs, ref window @ ..]) =
        (up, down)
    else {
        return None;
    };
    let windows_fit = window == target_window || (trivial(window) && trivial(target_window));
    let fits = (up_outputs, down_inputs, down_rank) == (*outputs, *inputs, rank)
        && trivial(up_window)
        && windows_fit
        && rank > 0;
    fits.then_some(rank)
}
