//! Changes that are Kronecker products (LoKr).

use super::dimensions::product;
use super::{Change, Factor, Found, Resolved, Resolver};
use crate::ModelError;
use crate::files::lora::names::TensorRole;

impl Resolver<'_> {
    pub(super) fn kronecker(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let first = match found.remove(&TensorRole::Kronecker1) {
            Some(whole) => Factor::Whole(whole),
            None => Factor::Product([
                self.take(found, TensorRole::KroneckerA1, "lokr_w1")?,
                self.take(found, TensorRole::KroneckerB1, "lokr_w1_b")?,
            ]),
        };
        let second = match found.remove(&TensorRole::Kronecker2) {
            Some(whole) => Factor::Whole(whole),
            None => {
                let pair = [
                    self.take(found, TensorRole::KroneckerA2, "lokr_w2")?,
                    self.take(found, TensorRole::KroneckerB2, "lokr_w2_b")?,
                ];
                match found.remove(&TensorRole::KroneckerT2) {
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
}
