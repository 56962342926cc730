//! Structural similarity (Wang, Bovik, Sheikh and Simoncelli, "Image quality assessment: from error
//! visibility to structural similarity", 2004), with the paper's Gaussian window and the numbers of
//! scikit-image: `structural_similarity(a, b, gaussian_weights=True, sigma=1.5,
//! use_sample_covariance=False, data_range=255, channel_axis=-1)`.

use image::RgbImage;
use rayon::prelude::*;
use thiserror::Error;

/// Pixels a side of the Gaussian window: 3.5 standard deviations of 1.5 to either side.
const WINDOW: usize = 11;
const SIGMA: f64 = 1.5;
const C1: f64 = (0.01 * 255.0) * (0.01 * 255.0);
const C2: f64 = (0.03 * 255.0) * (0.03 * 255.0);

/// The reason why two pictures cannot be compared.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
pub enum StructuralError {
    /// Different sizes.
    #[error(
        "pictures of {}×{} and {}×{} pixels cannot be compared for structure: bring them to one size",
        a.0, a.1, b.0, b.1
    )]
    UnequalSizes { a: (u32, u32), b: (u32, u32) },
    /// Smaller than the window.
    #[error(
        "pictures of {width}×{height} pixels are too small to be compared for structure: at least {WINDOW} a side are needed"
    )]
    TooSmall { width: u32, height: u32 },
}

/// Weighted means over a window: of a, b, a², b² and a·b.
type Moments = [f64; 5];

/// Mean structural similarity of two pictures of one size, from −1 to 1 (the same picture). The
/// result does not depend on the number of threads.
///
/// # Errors
/// [`StructuralError`] if the sizes differ or are less than the window's 11×11 pixels.
pub fn structural_similarity(a: &RgbImage, b: &RgbImage) -> Result<f64, StructuralError> {
    if a.dimensions() != b.dimensions() {
        return Err(StructuralError::UnequalSizes {
            a: a.dimensions(),
            b: b.dimensions(),
        });
    }
    let (width, height) = a.dimensions();
    if (width.min(height) as usize) < WINDOW {
        return Err(StructuralError::TooSmall { width, height });
    }
    let weights = gaussian_window();
    let row_bytes = 3 * width as usize;
    let (rows_a, rows_b): (Vec<&[u8]>, Vec<&[u8]>) = (
        a.chunks_exact(row_bytes).collect(),
        b.chunks_exact(row_bytes).collect(),
    );
    // Only windows that lie wholly inside count, as in scikit-image. A sum a row, added in order.
    let sums: Vec<f64> = rows_a
        .par_windows(WINDOW)
        .zip(rows_b.par_windows(WINDOW))
        .map(|(a, b)| row_sum(&column_moments(a, b, &weights), &weights))
        .collect();
    let windows = sums.len() * (row_bytes - 3 * (WINDOW - 1));
    Ok(sums.iter().sum::<f64>() / windows as f64)
}

/// The normalised one-dimensional Gaussian.
fn gaussian_window() -> [f64; WINDOW] {
    let weights: [f64; WINDOW] = std::array::from_fn(|i| {
        let distance = i as f64 - (WINDOW / 2) as f64;
        libm::exp(-0.5 / (SIGMA * SIGMA) * distance * distance)
    });
    let sum = weights.iter().sum::<f64>();
    weights.map(|weight| weight / sum)
}

/// The moments down each column of [`WINDOW`] rows, interleaved by channel like the rows.
fn column_moments(a: &[&[u8]], b: &[&[u8]], weights: &[f64; WINDOW]) -> Vec<Moments> {
    let mut moments = vec![[0.0; 5]; a.first().map_or(0, |row| row.len())];
    for ((row_a, row_b), weight) in a.iter().zip(b).zip(weights) {
        for ((moments, &a), &b) in moments.iter_mut().zip(*row_a).zip(*row_b) {
            let (a, b) = (f64::from(a), f64::from(b));
            for (moment, value) in moments.iter_mut().zip([a, b, a * a, b * b, a * b]) {
                *moment += weight * value;
            }
        }
    }
    moments
}

/// The sum of the similarity over the windows of one row and the three channels.
fn row_sum(columns: &[Moments], weights: &[f64; WINDOW]) -> f64 {
    columns
        .windows(3 * (WINDOW - 1) + 1)
        .map(|window| {
            let mut moments = [0.0; 5];
            for (column, weight) in window.iter().step_by(3).zip(weights) {
                for (moment, value) in moments.iter_mut().zip(column) {
                    *moment += weight * value;
                }
            }
            similarity(moments)
        })
        .sum()
}

/// Equation 13 of the paper at one window.
fn similarity([a, b, aa, bb, ab]: Moments) -> f64 {
    let (variance_a, variance_b, covariance) = (aa - a * a, bb - b * b, ab - a * b);
    ((2.0 * a * b + C1) * (2.0 * covariance + C2))
        / ((a * a + b * b + C1) * (variance_a + variance_b + C2))
}
