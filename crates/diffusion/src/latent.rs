//! A latent: the small picture-like array that the autoencoder makes of an artwork and that the
//! inversion moves. Plain numbers in C×h×w order, so that everything above the networks (the
//! descent, the draws, the record on disk) needs no tensor library.

use super::ModelError;

/// Values of shape `[channels, height, width]`, row-major, scaled as the noise predictor sees them.
#[derive(Clone, Debug, PartialEq)]
pub struct Latent {
    shape: [usize; 3],
    values: Vec<f32>,
}

impl Latent {
    /// Takes `values` in C×h×w order.
    ///
    /// # Errors
    /// [`ModelError::Shape`] if their number is not the product of `shape`.
    pub fn new(shape: [usize; 3], values: Vec<f32>) -> Result<Self, ModelError> {
        let expected = shape.iter().product::<usize>();
        if values.len() != expected {
            return Err(ModelError::Shape {
                what: "a latent".into(),
                expected: shape.to_vec(),
                found: vec![values.len()],
            });
        }
        Ok(Self { shape, values })
    }

    /// All zeros.
    pub fn zeros(shape: [usize; 3]) -> Self {
        Self {
            shape,
            values: vec![0.0; shape.iter().product()],
        }
    }

    /// `[channels, height, width]`.
    pub fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// The values position by position, `[h·w, C]`: as the networks take them.
    pub fn by_position(&self) -> Vec<f32> {
        let [channels, height, width] = self.shape();
        let positions = height * width;
        let values = self.values();
        (0..positions)
            .flat_map(|p| (0..channels).map(move |c| values[c * positions + p]))
            .collect()
    }

    /// The values in C×h×w order.
    pub fn values(&self) -> &[f32] {
        &self.values
    }

    /// The values in C×h×w order, to be changed in place.
    pub fn values_mut(&mut self) -> &mut [f32] {
        &mut self.values
    }

    /// The values themselves.
    pub fn into_values(self) -> Vec<f32> {
        self.values
    }

    /// Euclidean norm over the whole latent, summed in order in f64 (the same on every machine).
    pub fn norm(&self) -> f64 {
        self.values
            .iter()
            .map(|&v| f64::from(v) * f64::from(v))
            .sum::<f64>()
            .sqrt()
    }
}
