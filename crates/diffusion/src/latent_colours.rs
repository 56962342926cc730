//! The colours of a latent without decoding it: an affine map from the channels of a cell to RGB,
//! fitted by least squares on one artwork's own latent and pixels. Cheap enough to follow a running
//! descent, and closer than a map fitted on pictures in general, since it knows this palette.

mod fit;
#[cfg(test)]
mod tests;

use image::{Rgb, RgbImage};
use thiserror::Error;

use super::Latent;
use fit::{Moments, cell_means, tiling};

/// The most channels a latent can have to be shown this way: one texel's worth.
pub const MAX_CHANNELS: usize = 4;
/// The longest side, in pixels, of a picture made from a latent.
pub const MAX_PICTURE_SIDE: usize = 16_384;

/// The reason for which a latent has no colours.
#[derive(Clone, Debug, Error, Eq, PartialEq)]
pub enum LatentColoursError {
    /// More than [`MAX_CHANNELS`], or none.
    #[error(
        "a latent of {0} channels cannot be shown while it changes (at most {MAX_CHANNELS} can): wait for the decoded picture"
    )]
    Channels(usize),
    /// The picture has another shape than the latent, or there are no cells.
    #[error(
        "a latent of {cells_wide}×{cells_high} cells does not tile a picture of {width}×{height} pixels: prepare the picture at the latent's resolution"
    )]
    Tiling {
        cells_wide: usize,
        cells_high: usize,
        width: usize,
        height: usize,
    },
    /// Not finite.
    #[error("the latent has values that are not finite: it cannot be shown")]
    NotFinite,
    /// The map was fitted on a latent with another number of channels.
    #[error("the colours of a latent of {expected} channels do not fit one of {found}")]
    OtherChannels { expected: usize, found: usize },
}

/// The affine map from a latent's channels to sRGB values in 0..1 (gamma encoded, as in files).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatentColours {
    channels: usize,
    rows: [[f32; MAX_CHANNELS + 1]; 3],
}

impl LatentColours {
    /// Fits the map: per latent cell the mean colour of the pixels it stands for.
    ///
    /// # Errors
    /// [`LatentColoursError::Channels`], [`LatentColoursError::NotFinite`], and
    /// [`LatentColoursError::Tiling`] unless the sides of `picture` are one and the same whole
    /// multiple of the latent's.
    pub fn fit(latent: &Latent, picture: &RgbImage) -> Result<Self, LatentColoursError> {
        let [channels, height, width] = latent.shape();
        if channels == 0 || channels > MAX_CHANNELS {
            return Err(LatentColoursError::Channels(channels));
        }
        if latent.values().iter().any(|value| !value.is_finite()) {
            return Err(LatentColoursError::NotFinite);
        }
        let factor = tiling(height, width, picture)?;
        let means = cell_means(picture, height, width, factor);
        let moments = Moments::of(latent.values(), channels, &means);
        Ok(Self {
            channels,
            rows: moments.solve(),
        })
    }

    /// Number of the latent's channels.
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// Red, green and blue: four weights (zero for channels that are not there), then the offset.
    pub fn rows(&self) -> &[[f32; MAX_CHANNELS + 1]; 3] {
        &self.rows
    }

    /// The picture of a latent, `factor` pixels a cell: cubic (Catmull-Rom) between the centres of
    /// cells, edges repeated, rounded to 8 bits. What the window's shader draws, number by number.
    ///
    /// # Errors
    /// [`LatentColoursError::OtherChannels`]; [`LatentColoursError::Tiling`] for no cells, a factor
    /// of 0 or a side beyond [`MAX_PICTURE_SIDE`].
    pub fn picture(&self, latent: &Latent, factor: usize) -> Result<RgbImage, LatentColoursError> {
        let view = self.view(latent.values(), latent.shape(), factor)?;
        let [height, width] = view.picture_size();
        Ok(RgbImage::from_fn(width as u32, height as u32, |x, y| {
            Rgb(view.pixel(x as usize, y as usize))
        }))
    }

    /// A latent seen through these colours, to be asked for single pixels.
    ///
    /// # Errors
    /// As [`LatentColours::picture`]; [`LatentColoursError::Channels`] if `values` are not as many
    /// as `shape`, `[channels, height, width]`, says.
    pub fn view<'a>(
        &'a self,
        values: &'a [f32],
        shape: [usize; 3],
        factor: usize,
    ) -> Result<LatentView<'a>, LatentColoursError> {
        let [channels, height, width] = shape;
        if channels != self.channels {
            return Err(LatentColoursError::OtherChannels {
                expected: self.channels,
                found: channels,
            });
        }
        let side = |cells: usize| {
            cells
                .checked_mul(factor)
                .filter(|pixels| (1..=MAX_PICTURE_SIDE).contains(pixels))
        };
        if side(height).is_none() || side(width).is_none() {
            return Err(LatentColoursError::Tiling {
                cells_wide: width,
                cells_high: height,
                width: width.saturating_mul(factor),
                height: height.saturating_mul(factor),
            });
        }
        if values.len() != channels * height * width {
            return Err(LatentColoursError::Channels(
                values.len() / (height * width),
            ));
        }
        Ok(LatentView {
            colours: self,
            values,
            size: [height, width],
            factor,
        })
    }
}

/// A latent seen through its colours.
#[derive(Clone, Copy, Debug)]
pub struct LatentView<'a> {
    colours: &'a LatentColours,
    values: &'a [f32],
    size: [usize; 2],
    factor: usize,
}

impl LatentView<'_> {
    /// Height and width of the picture in pixels.
    pub fn picture_size(&self) -> [usize; 2] {
        self.size.map(|cells| cells * self.factor)
    }

    /// Height and width in cells.
    pub fn cells(&self) -> [usize; 2] {
        self.size
    }

    /// The colour of one cell; outside of the latent that of the nearest one.
    pub fn cell(&self, x: usize, y: usize) -> [u8; 3] {
        self.bytes(self.texel(x as isize, y as isize))
    }

    /// The colour of one pixel of the picture; outside of it that of the nearest one.
    pub fn pixel(&self, x: usize, y: usize) -> [u8; 3] {
        let (left, across) = taps(x, self.factor);
        let (top, down) = taps(y, self.factor);
        let mut sum = [0.0f32; MAX_CHANNELS];
        for (row, &wy) in (top..).zip(&down) {
            for (column, &wx) in (left..).zip(&across) {
                let texel = self.texel(column, row);
                for (total, value) in sum.iter_mut().zip(texel) {
                    *total += wx * wy * value;
                }
            }
        }
        self.bytes(sum)
    }

    /// The channels of the cell at these places, or of the nearest one.
    fn texel(&self, x: isize, y: isize) -> [f32; MAX_CHANNELS] {
        let [height, width] = self.size;
        let inside = |place: isize, cells: usize| place.clamp(0, cells as isize - 1) as usize;
        let position = inside(y, height) * width + inside(x, width);
        let mut texel = [0.0; MAX_CHANNELS];
        for (channel, value) in texel.iter_mut().take(self.colours.channels).enumerate() {
            *value = self.values[channel * height * width + position];
        }
        texel
    }

    fn bytes(&self, texel: [f32; MAX_CHANNELS]) -> [u8; 3] {
        self.colours.rows.map(|row| {
            let (weights, offset) = row.split_at(MAX_CHANNELS);
            let dot: f32 = weights.iter().zip(texel).map(|(w, v)| w * v).sum();
            ((dot + offset[0]).clamp(0.0, 1.0) * 255.0).round() as u8
        })
    }
}

/// The first of the four cells around a pixel, and their Catmull-Rom weights.
fn taps(pixel: usize, factor: usize) -> (isize, [f32; 4]) {
    let place = (pixel as f32 + 0.5) / factor as f32 - 0.5;
    let t = place - place.floor();
    let weights = [
        t * (-0.5 + t * (1.0 - 0.5 * t)),
        1.0 + t * t * (1.5 * t - 2.5),
        t * (0.5 + t * (2.0 - 1.5 * t)),
        t * t * (0.5 * t - 0.5),
    ];
    (place.floor() as isize - 1, weights)
}
