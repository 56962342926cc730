//! A smooth guess at the removed part of a picture, to start the descent from: each removed pixel
//! becomes the mean of the kept ones around it, weighted by a Gaussian (normalised convolution,
//! Knutsson and Westin 1993). Decoding a masked latent leaves grey squares instead, which the
//! descent then turns into false shapes.

use image::RgbImage;
use rayon::prelude::*;
use thiserror::Error;

/// The distance at which the Gaussian is cut off, in standard deviations.
const REACH: f32 = 3.0;

/// The reason why the removed part cannot be filled.
#[derive(Clone, Copy, Debug, Error, PartialEq)]
pub enum FillError {
    /// The grid does not cover the picture exactly.
    #[error(
        "a mask of {cells} cells of {cell}×{cell} pixels does not cover a picture of {width}×{height} pixels"
    )]
    Grid {
        width: u32,
        height: u32,
        cells: usize,
        cell: usize,
    },
    /// Nothing to fill from.
    #[error("the mask removes the whole picture: nothing is left to fill it from")]
    NothingKept,
    /// The width of the Gaussian is not a positive number.
    #[error("the removed part cannot be filled with a Gaussian of {0} pixels: it must be above 0")]
    Sigma(f32),
}

/// Weighted colour and weight of one pixel: `[r·k, g·k, b·k, k]`.
type Weighted = [f32; 4];

/// Fills the removed pixels of `picture` from the kept ones with a Gaussian of `sigma` pixels, and
/// of twice, four times, … that where no kept pixel is within its reach. Kept pixels stay as they
/// are. `kept` is the mask's grid, row by row, above 0.5 where kept; each of its cells is
/// `cell`×`cell` pixels. The result does not depend on the number of threads.
///
/// # Errors
/// Every [`FillError`].
pub fn fill_removed(
    picture: &RgbImage,
    kept: &[f32],
    cell: usize,
    sigma: f32,
) -> Result<RgbImage, FillError> {
    let kept = kept_pixels(picture, kept, cell)?;
    if !(sigma.is_finite() && sigma > 0.0) {
        return Err(FillError::Sigma(sigma));
    }
    if !kept.contains(&true) {
        return Err(FillError::NothingKept);
    }
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let source: Vec<Weighted> = picture
        .as_chunks::<3>()
        .0
        .iter()
        .zip(&kept)
        .map(|(pixel, &kept)| weighted(*pixel, kept))
        .collect();

    let mut filled = picture.clone();
    let mut missing: Vec<bool> = kept.iter().map(|kept| !kept).collect();
    // Once the reach spans the picture, every pixel sees every kept one.
    let widest = width.max(height) as f32;
    let mut sigma = sigma.min(widest);
    while missing.contains(&true) {
        let blurred = blur(&source, width, &half_gaussian(sigma));
        let pixels = filled.as_chunks_mut::<3>().0;
        for ((pixel, missing), mean) in pixels.iter_mut().zip(&mut missing).zip(&blurred) {
            let [r, g, b, weight] = *mean;
            if *missing && weight > 0.0 {
                *pixel = [r, g, b].map(|v| (v / weight).round_ties_even().clamp(0.0, 255.0) as u8);
                *missing = false;
            }
        }
        sigma = (2.0 * sigma).min(widest);
    }
    Ok(filled)
}

/// The grid spread over the pixels, row by row.
fn kept_pixels(picture: &RgbImage, grid: &[f32], cell: usize) -> Result<Vec<bool>, FillError> {
    let (width, height) = (picture.width() as usize, picture.height() as usize);
    let covers = cell > 0
        && width.is_multiple_of(cell)
        && height.is_multiple_of(cell)
        && (width / cell) * (height / cell) == grid.len();
    if !covers || grid.is_empty() {
        return Err(FillError::Grid {
            width: picture.width(),
            height: picture.height(),
            cells: grid.len(),
            cell,
        });
    }
    Ok(grid
        .chunks_exact(width / cell)
        .flat_map(|cells| {
            let row = cells
                .iter()
                .flat_map(move |&kept| std::iter::repeat_n(kept > 0.5, cell));
            std::iter::repeat_n(row, cell).flatten()
        })
        .collect())
}

fn weighted(pixel: [u8; 3], kept: bool) -> Weighted {
    if !kept {
        return [0.0; 4];
    }
    let [r, g, b] = pixel.map(f32::from);
    [r, g, b, 1.0]
}

/// The Gaussian at distances 0, 1, … up to its reach. `libm` gives the same bits everywhere.
fn half_gaussian(sigma: f32) -> Vec<f32> {
    let sigma = f64::from(sigma);
    let reach = (f64::from(REACH) * sigma).ceil() as usize;
    (0..=reach)
        .map(|distance| libm::exp(-0.5 * (distance as f64 / sigma).powi(2)) as f32)
        .collect()
}

/// Convolves with a symmetric kernel in both directions. Outside the picture nothing is kept: a row or a
/// part of one that is not there adds nothing.
fn blur(source: &[Weighted], width: usize, half_kernel: &[f32]) -> Vec<Weighted> {
    let mut across = vec![[0.0; 4]; source.len()];
    across
        .par_chunks_exact_mut(width)
        .zip(source.par_chunks_exact(width))
        .for_each(|(out, row)| {
            for (distance, &weight) in half_kernel.iter().enumerate().take(width) {
                // Beyond the edge there is nothing to add.
                accumulate(out, row.get(distance..).unwrap_or_default(), weight);
                if distance > 0 {
                    accumulate(out.get_mut(distance..).unwrap_or_default(), row, weight);
                }
            }
        });
    let rows: Vec<&[Weighted]> = across.chunks_exact(width).collect();
    let mut both = vec![[0.0; 4]; source.len()];
    both.par_chunks_exact_mut(width)
        .enumerate()
        .for_each(|(y, out)| {
            for (distance, &weight) in half_kernel.iter().enumerate().take(rows.len()) {
                let above = y.checked_sub(distance).filter(|_| distance > 0);
                for row in [above, y.checked_add(distance)].into_iter().flatten() {
                    // Below the last row there is nothing to add.
                    accumulate(out, rows.get(row).copied().unwrap_or_default(), weight);
                }
            }
        });
    both
}

/// `out += weight · row`, as far as both reach.
fn accumulate(out: &mut [Weighted], row: &[Weighted], weight: f32) {
    for (out, value) in out.iter_mut().zip(row) {
        for (out, value) in out.iter_mut().zip(value) {
            *out += weight * value;
        }
    }
}
