//! Changes that turn a weight's rows or scale them: rotations (OFT, BOFT) and factors (IA³).

use super::dimensions::product;
use super::{Change, Found, Resolved, Resolver};
use crate::ModelError;
use crate::files::lora::names::TensorRole;

impl Resolver<'_> {
    pub(super) fn rotation(&self, found: &mut Found, bound: f64) -> Result<Resolved, ModelError> {
        let generators = self.take(found, TensorRole::Rotation, "oft_blocks")?;
        let rescale = found.remove(&TensorRole::Rescale);
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

    pub(super) fn factors(&self, found: &mut Found) -> Result<Resolved, ModelError> {
        let on_input = self.take(found, TensorRole::OnInput, "on_input")?;
        let factors = self.take(found, TensorRole::Factors, "weight")?;
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
}
