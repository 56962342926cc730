//! Weights under the names that the networks have for them, from files of another layout.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Weights;
use crate::ModelError;

/// A tensor of a network, and where a file of another layout holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renamed {
    /// Its name in the network.
    pub name: String,
    /// Its name in the file.
    pub stored: String,
    /// The piece of the stored tensor that it is.
    pub piece: Piece,
}

/// A piece of a stored tensor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece {
    /// All of it.
    Whole,
    /// A third of its rows.
    Third(usize),
    /// All of it, with rows for columns: the one that is copied.
    Transposed,
}

impl Weights {
    /// The tensors that `names` lists and that are there, under their names in the network. Nothing is
    /// copied but what is transposed.
    ///
    /// # Errors
    /// [`ModelError::TensorShape`] if a tensor that holds three has rows that three does not divide, or one that is
    /// to be transposed is no matrix of numbers.
    pub fn renamed(&self, names: &[Renamed]) -> Result<Self, ModelError> {
        let mut tensors = BTreeMap::new();
        for Renamed {
            name,
            stored,
            piece,
        } in names
        {
            let Some(tensor) = self.tensors.get(stored) else {
                continue;
            };
            let wrong = |expected| ModelError::TensorShape {
                name: stored.clone(),
                file: tensor.file().unwrap_or(&self.source).into(),
                expected,
                found: tensor.shape().to_vec(),
            };
            let tensor = match piece {
                Piece::Whole => tensor.clone(),
                Piece::Third(third) => tensor.third(*third).ok_or_else(|| wrong(vec![3]))?,
                Piece::Transposed => tensor.transposed().ok_or_else(|| wrong(vec![1, 1]))?,
            };
            tensors.insert(name.clone(), tensor);
        }
        Ok(Self {
            tensors: Arc::new(tensors),
            ..self.clone()
        })
    }
}
