//! Values that training changes between its steps, shared by the network that reads them and the optimiser
//! that moves them: so a network is built once, and follows.

use std::sync::{Arc, PoisonError, RwLock};

/// The values of one trained parameter, in row-major order. A clone shares them.
#[derive(Clone, Debug)]
pub struct TrainedValues(Arc<RwLock<Arc<Vec<f32>>>>);

impl TrainedValues {
    /// Begins with `values`.
    pub fn new(values: impl Into<Arc<Vec<f32>>>) -> Self {
        Self(Arc::new(RwLock::new(values.into())))
    }

    /// The values as they are now. Who holds them keeps them as they are.
    pub fn get(&self) -> Arc<Vec<f32>> {
        // Numbers are whole at any time: a panic elsewhere leaves none half-written.
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Changes the values: in place, unless somebody holds them as they were.
    pub fn change(&self, change: impl FnOnce(&mut [f32])) {
        let mut values = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let values: &mut Vec<f32> = Arc::make_mut(&mut values);
        change(values);
    }
}
