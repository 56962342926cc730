//! The values that training changes, by name; and networks as views of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diffusion::ModelError;
use crate::diffusion::files::{Parameter, Weights};

/// Trained tensors of one or several components, in the order of their names. A tensor's place in that
/// order is its slot on a training tape.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    entries: Vec<Entry>,
}

#[derive(Clone, Debug)]
struct Entry {
    component: String,
    name: String,
    shape: Vec<usize>,
    values: Arc<Vec<f32>>,
}

/// One tensor: its dimensions and its values in row-major order.
pub type Tensor = (Vec<usize>, Arc<Vec<f32>>);

impl Parameters {
    /// Adds the tensors of a component.
    #[must_use]
    pub fn with(mut self, component: &str, tensors: BTreeMap<String, Tensor>) -> Self {
        let new = tensors.into_iter().map(|(name, (shape, values))| Entry {
            component: component.into(),
            name,
            shape,
            values,
        });
        self.entries.extend(new);
        self.entries
            .sort_by(|a, b| (&a.component, &a.name).cmp(&(&b.component, &b.name)));
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

    /// `component/name`, as in checkpoints.
    pub fn name(&self, slot: usize) -> String {
        let Entry {
            component, name, ..
        } = &self.entries[slot];
        format!("{component}/{name}")
    }

    /// A tensor's dimensions.
    pub fn shape(&self, slot: usize) -> &[usize] {
        &self.entries[slot].shape
    }

    /// A tensor's values.
    pub fn values(&self, slot: usize) -> &[f32] {
        &self.entries[slot].values
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

    /// The tensors of a component as they are now.
    pub fn tensors(&self, component: &str) -> BTreeMap<String, Tensor> {
        let here = self.entries.iter().filter(|e| e.component == component);
        here.map(|e| (e.name.clone(), (e.shape.clone(), Arc::clone(&e.values))))
            .collect()
    }

    /// The tensors of a component, to be trained, in place of (or besides) those of `base`.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if a tensor has not as many values as its dimensions say.
    pub fn over(&self, component: &str, base: &Weights) -> Result<Weights, ModelError> {
        let here = (self.entries.iter().enumerate()).filter(|(_, e)| e.component == component);
        let parameters = here.map(|(slot, entry)| {
            let values = Arc::clone(&entry.values);
            let parameter = Parameter::from_values(entry.shape.clone(), values)?;
            Ok((entry.name.clone(), parameter.trained(slot)))
        });
        Ok(base.with(parameters.collect::<Result<Vec<_>, ModelError>>()?))
    }

    /// The tensors of a component that is trained as a whole.
    ///
    /// # Errors
    /// As [`Self::over`].
    pub fn weights(&self, component: &str) -> Result<Weights, ModelError> {
        self.over(component, &Weights::held([]))
    }
}
