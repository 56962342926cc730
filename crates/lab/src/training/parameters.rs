//! The values that training changes, by name; and networks as views of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::{Parameter, Part, Weights};

/// Trained tensors of one or several parts, in the order of their names. A tensor's place in that
/// order is its slot on a training tape.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    part: Part,
    name: String,
    shape: Vec<usize>,
    values: Arc<Vec<f32>>,
}

/// One tensor: its dimensions and its values in row-major order.
pub type Tensor = (Vec<usize>, Arc<Vec<f32>>);

impl Parameters {
    /// Adds the tensors of a part.
    #[must_use]
    pub fn with(mut self, part: Part, tensors: BTreeMap<String, Tensor>) -> Self {
        let new = tensors.into_iter().map(|(name, (shape, values))| Entry {
            part,
            name,
            shape,
            values,
        });
        self.entries.extend(new);
        self.entries
            .sort_by(|a, b| (a.part, &a.name).cmp(&(b.part, &b.name)));
        self
    }

    /// How many tensors there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nothing is trained.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many numbers there are in all.
    pub fn numbers(&self) -> usize {
        self.entries.iter().map(|entry| entry.values.len()).sum()
    }

    /// `part/name`, as in checkpoints.
    pub fn name(&self, slot: usize) -> String {
        let Entry { part, name, .. } = &self.entries[slot];
        format!("{}/{name}", part.folder())
    }

    /// A tensor's dimensions.
    pub fn shape(&self, slot: usize) -> &[usize] {
        &self.entries[slot].shape
    }

    /// A tensor's values.
    pub fn values(&self, slot: usize) -> &[f32] {
        &self.entries[slot].values
    }

    /// A tensor's values, shared.
    pub fn shared(&self, slot: usize) -> Arc<Vec<f32>> {
        Arc::clone(&self.entries[slot].values)
    }

    /// A tensor's values, to be changed. Networks built before keep the old ones.
    pub fn values_mut(&mut self, slot: usize) -> &mut Vec<f32> {
        Arc::make_mut(&mut self.entries[slot].values)
    }

    /// All values, to be changed, with their slots.
    pub fn all_mut(&mut self) -> impl Iterator<Item = (usize, &mut Vec<f32>)> {
        let entries = self.entries.iter_mut().enumerate();
        entries.map(|(slot, entry)| (slot, Arc::make_mut(&mut entry.values)))
    }

    /// The tensors of a part as they are now.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if a tensor has not as many values as its dimensions say.
    pub fn tensors(&self, part: Part) -> Result<BTreeMap<String, Parameter>, ModelError> {
        let here = self.entries.iter().filter(|e| e.part == part);
        here.map(|e| {
            let values = Arc::clone(&e.values);
            let parameter = Parameter::from_values(e.shape.clone(), values)?;
            Ok((e.name.clone(), parameter))
        })
        .collect()
    }

    /// The tensors of a part, to be trained, in place of (or besides) those of `base`.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if a tensor has not as many values as its dimensions say.
    pub fn over(&self, part: Part, base: &Weights) -> Result<Weights, ModelError> {
        let here = (self.entries.iter().enumerate()).filter(|(_, e)| e.part == part);
        let parameters = here.map(|(slot, entry)| {
            let values = Arc::clone(&entry.values);
            let parameter = Parameter::from_values(entry.shape.clone(), values)?;
            Ok((entry.name.clone(), parameter.trained(slot)))
        });
        Ok(base.with(parameters.collect::<Result<Vec<_>, ModelError>>()?))
    }

    /// The tensors of a part that is trained as a whole.
    ///
    /// # Errors
    /// As [`Self::over`].
    pub fn weights(&self, part: Part) -> Result<Weights, ModelError> {
        self.over(part, &Weights::held([]))
    }
}
