//! The values that training changes, by name and slot; and networks as views of them.

use std::collections::BTreeMap;
use std::sync::Arc;

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::files::{Parameter, Part, TrainedValues, Weights};

/// Trained tensors of one or several parts, in the order of their names. A tensor's place in that
/// order is its slot on a training tape.
///
/// A clone has values of its own; the networks of [`Self::weights`] and [`Self::over`] share these.
#[derive(Clone, Debug, Default)]
pub struct Parameters {
    tensors: Vec<Trained>,
}

#[derive(Debug)]
struct Trained {
    part: Part,
    name: String,
    shape: Vec<usize>,
    values: TrainedValues,
}

impl Clone for Trained {
    fn clone(&self) -> Self {
        Self {
            part: self.part,
            name: self.name.clone(),
            shape: self.shape.clone(),
            values: TrainedValues::new(self.values.get()),
        }
    }
}

/// One tensor: its dimensions and its values in row-major order.
pub type Tensor = (Vec<usize>, Arc<Vec<f32>>);

impl Parameters {
    /// Adds the tensors of a part.
    #[must_use]
    pub fn with(mut self, part: Part, tensors: BTreeMap<String, Tensor>) -> Self {
        let new = tensors.into_iter().map(|(name, (shape, values))| Trained {
            part,
            name,
            shape,
            values: TrainedValues::new(values),
        });
        self.tensors.extend(new);
        self.tensors
            .sort_by(|a, b| (a.part, &a.name).cmp(&(b.part, &b.name)));
        self
    }

    /// Adds all weights of a part, held in memory.
    ///
    /// # Errors
    /// [`ModelError`] if they cannot be read.
    pub fn with_weights(self, part: Part, weights: &Weights) -> Result<Self, ModelError> {
        let mut tensors: BTreeMap<String, Tensor> = BTreeMap::new();
        // Positions are stored as whole numbers by some versions, and are not trained.
        for name in weights
            .names()
            .filter(|name| !name.ends_with("position_ids"))
        {
            let stored = weights.stored(name)?;
            let shape = stored.shape().to_vec();
            tensors.insert(name.to_owned(), (shape, stored.into_values().into()));
        }
        Ok(self.with(part, tensors))
    }

    /// The number of tensors.
    pub fn len(&self) -> usize {
        self.tensors.len()
    }

    /// True if nothing is trained.
    pub fn is_empty(&self) -> bool {
        self.tensors.is_empty()
    }

    /// The number of values in all.
    pub fn numbers(&self) -> usize {
        let sizes = self.tensors.iter().map(|tensor| tensor.values.get().len());
        sizes.sum()
    }

    /// The slot of a tensor.
    ///
    /// # Errors
    /// [`ModelError::MissingTensor`] if it is not among them.
    pub fn slot(&self, part: Part, name: &str) -> Result<usize, ModelError> {
        let place = |tensor: &Trained| (tensor.part, tensor.name.as_str()).cmp(&(part, name));
        self.tensors
            .binary_search_by(place)
            .map_err(|_| ModelError::MissingTensor {
                name: name.into(),
                file: "the trained parameters".into(),
            })
    }

    /// `part/name`, as in checkpoints.
    pub fn name(&self, slot: usize) -> String {
        let Trained { part, name, .. } = &self.tensors[slot];
        format!("{}/{name}", part.folder())
    }

    /// A tensor's dimensions.
    pub fn shape(&self, slot: usize) -> &[usize] {
        &self.tensors[slot].shape
    }

    /// A tensor's values as they are now.
    pub fn values(&self, slot: usize) -> Arc<Vec<f32>> {
        self.tensors[slot].values.get()
    }

    /// Changes a tensor's values. Networks of these parameters follow.
    pub fn change(&self, slot: usize, change: impl FnOnce(&mut [f32])) {
        self.tensors[slot].values.change(change);
    }

    /// The tensors of a part as they are now.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if a tensor has not as many values as its dimensions say.
    pub fn tensors(&self, part: Part) -> Result<BTreeMap<String, Parameter>, ModelError> {
        let here = self.tensors.iter().filter(|tensor| tensor.part == part);
        here.map(|tensor| {
            let parameter = Parameter::from_values(tensor.shape.clone(), tensor.values.get())?;
            Ok((tensor.name.clone(), parameter))
        })
        .collect()
    }

    /// The tensors of a part, in training, in place of (or besides) those of `base`: a network that is built
    /// of them follows every change.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if a tensor has not as many values as its dimensions say.
    pub fn over(&self, part: Part, base: &Weights) -> Result<Weights, ModelError> {
        let here = (self.tensors.iter().enumerate()).filter(|(_, tensor)| tensor.part == part);
        let parameters = here.map(|(slot, tensor)| {
            let parameter = Parameter::in_training(tensor.shape.clone(), &tensor.values, slot)?;
            Ok((tensor.name.clone(), parameter))
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
