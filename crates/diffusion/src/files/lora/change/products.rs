//! Changes that are sums of matrix products: pairs (LoRA, with a window LoCon), Hadamard products of two pairs (LoHa) and
//! the general form of GLoRA.

use super::dimensions::{rank, trivial};
use super::{Change, Found, Resolved, Resolver};
use crate::ModelError;
use crate::files::lora::names::TensorRole;

impl Resolver<'_> {
    pub(super) fn pair(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let down = self.take(found, TensorRole::Down, "the matrix that leads down")?;
        let up = self.take(found, TensorRole::Up, "the matrix that leads up")?;
        let (up_shape, down_shape) = (self.lora.dimensions(&up)?, self.lora.dimensions(&down)?);
        let Some(mid) = found.remove(&TensorRole::Mid) else {
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

    pub(super) fn hadamard(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let mut take = |role, missing| self.take(found, role, missing);
        let first = [
            take(TensorRole::HadamardA1, "hada_w1_a")?,
            take(TensorRole::HadamardB1, "hada_w1_b")?,
        ];
        let second = [
            take(TensorRole::HadamardA2, "hada_w2_a")?,
            take(TensorRole::HadamardB2, "hada_w2_b")?,
        ];
        let windows = match (
            found.remove(&TensorRole::HadamardT1),
            found.remove(&TensorRole::HadamardT2),
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

    pub(super) fn general(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let mut take = |role, missing| self.take(found, role, missing);
        let a = [
            take(TensorRole::GeneralA1, "a1.weight")?,
            take(TensorRole::GeneralA2, "a2.weight")?,
        ];
        let b = [
            take(TensorRole::GeneralB1, "b1.weight")?,
            take(TensorRole::GeneralB2, "b2.weight")?,
        ];
        let ([a1, a2], [b1, b2]) = (&a, &b);
        // Of a convolution the inputs are mixed, each place of the window by itself.
        let inputs = self.target.get(1).copied().unwrap_or_default();
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
}
