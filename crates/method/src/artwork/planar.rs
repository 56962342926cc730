//! Between pictures and the planar floats that the networks read and write.

use image::RgbImage;
use thiserror::Error;

/// The numbers do not fill a picture of the wanted size.
#[derive(Clone, Copy, Debug, Eq, Error, PartialEq)]
#[error("a picture of {width}×{height} pixels needs three values a pixel, not {found} in all")]
pub struct PlanarError {
    /// Wanted width in pixels.
    pub width: u32,
    /// Wanted height in pixels.
    pub height: u32,
    /// The number of values given.
    pub found: usize,
}

/// The picture as `[3, height, width]` floats in [-1, 1]: `x / 127.5 − 1`.
pub fn to_unit_range(picture: &RgbImage) -> Vec<f32> {
    let pixels = picture.as_chunks::<3>().0;
    (0..3)
        .flat_map(|channel| {
            pixels
                .iter()
                .map(move |pixel| f32::from(pixel[channel]) / 127.5 - 1.0)
        })
        .collect()
}

/// The picture of `[3, height, width]` floats: `v / 2 + 0.5` clamped to [0, 1], times 255, halves
/// rounded to even as `torch.round` does. NaN becomes black.
///
/// # Errors
/// [`PlanarError`] if `values` has another length than `3 · height · width`.
pub fn from_unit_range(values: &[f32], width: u32, height: u32) -> Result<RgbImage, PlanarError> {
    let area = u64::from(width) * u64::from(height);
    if area.checked_mul(3) != Some(values.len() as u64) {
        return Err(PlanarError {
            width,
            height,
            found: values.len(),
        });
    }
    let mut picture = RgbImage::new(width, height);
    if values.is_empty() {
        return Ok(picture);
    }
    for (channel, plane) in values.chunks_exact(values.len() / 3).enumerate() {
        for (pixel, &value) in picture.as_chunks_mut::<3>().0.iter_mut().zip(plane) {
            let level = (value / 2.0 + 0.5).clamp(0.0, 1.0) * 255.0;
            pixel[channel] = level.round_ties_even() as u8;
        }
    }
    Ok(picture)
}
