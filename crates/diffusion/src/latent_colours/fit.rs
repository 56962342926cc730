//! The least squares of the map: per cell the mean colour of its pixels, sums of products about the
//! means in f64, a Cholesky factor of at most four by four.

use std::ops::Range;

use image::RgbImage;

use super::{LatentColoursError, MAX_CHANNELS};

/// The share of the channels' spread that is added to each of them before solving: keeps the equations
/// solvable where channels depend on each other, and is far below what 8 bits can tell.
const RIDGE: f64 = 1e-9;

/// The side of a cell, in pixels.
pub(super) fn tiling(
    height: usize,
    width: usize,
    picture: &RgbImage,
) -> Result<usize, LatentColoursError> {
    let (pixels_wide, pixels_high) = (picture.width() as usize, picture.height() as usize);
    // No columns: refused below, as a factor of 0 is.
    let factor = pixels_wide.checked_div(width).unwrap_or(0);
    let fits = |cells: usize, pixels: usize| cells.checked_mul(factor) == Some(pixels);
    if factor == 0 || height == 0 || !fits(width, pixels_wide) || !fits(height, pixels_high) {
        return Err(LatentColoursError::Tiling {
            cells_wide: width,
            cells_high: height,
            width: pixels_wide,
            height: pixels_high,
        });
    }
    Ok(factor)
}

/// The mean colour of each cell's pixels, in 0..1.
pub(super) fn cell_means(
    picture: &RgbImage,
    height: usize,
    width: usize,
    factor: usize,
) -> Vec<[f64; 3]> {
    let scale = 1.0 / (255.0 * (factor * factor) as f64);
    let span = |cell: usize| -> Range<u32> { (cell * factor) as u32..((cell + 1) * factor) as u32 };
    let mean = |row: usize, column: usize| {
        let mut sum = [0u64; 3];
        for y in span(row) {
            for x in span(column) {
                for (total, &value) in sum.iter_mut().zip(&picture.get_pixel(x, y).0) {
                    *total += u64::from(value);
                }
            }
        }
        sum.map(|total| total as f64 * scale)
    };
    (0..height)
        .flat_map(|row| (0..width).map(move |column| (row, column)))
        .map(|(row, column)| mean(row, column))
        .collect()
}

/// Sums over the cells that the fit needs: means, and sums of products about them.
pub(super) struct Moments {
    channels: usize,
    channel_means: [f64; MAX_CHANNELS],
    colour_means: [f64; 3],
    /// Channel by channel.
    spread: [[f64; MAX_CHANNELS]; MAX_CHANNELS],
    /// Colour by channel.
    joint: [[f64; MAX_CHANNELS]; 3],
}

impl Moments {
    pub(super) fn of(values: &[f32], channels: usize, colours: &[[f64; 3]]) -> Self {
        let cells = colours.len();
        let texel = |cell: usize| {
            let mut texel = [0.0; MAX_CHANNELS];
            for (channel, value) in texel.iter_mut().take(channels).enumerate() {
                *value = f64::from(values[channel * cells + cell]);
            }
            texel
        };
        let mut moments = Self {
            channels,
            channel_means: [0.0; MAX_CHANNELS],
            colour_means: [0.0; 3],
            spread: [[0.0; MAX_CHANNELS]; MAX_CHANNELS],
            joint: [[0.0; MAX_CHANNELS]; 3],
        };
        for (cell, colour) in colours.iter().enumerate() {
            let share = 1.0 / cells as f64;
            add_scaled(&mut moments.channel_means, &texel(cell), share);
            add_scaled(&mut moments.colour_means, colour, share);
        }
        for (cell, colour) in colours.iter().enumerate() {
            let mut apart = texel(cell);
            add_scaled(&mut apart, &moments.channel_means, -1.0);
            for (row, &value) in moments.spread.iter_mut().zip(&apart) {
                add_scaled(row, &apart, value);
            }
            let offsets = colour.iter().zip(&moments.colour_means);
            for (row, (value, mean)) in moments.joint.iter_mut().zip(offsets) {
                add_scaled(row, &apart, value - mean);
            }
        }
        moments
    }

    /// The weights and offsets of least squared error.
    pub(super) fn solve(mut self) -> [[f32; MAX_CHANNELS + 1]; 3] {
        let trace: f64 = (0..self.channels).map(|c| self.spread[c][c]).sum();
        let ridge = RIDGE * trace;
        for channel in 0..self.channels {
            self.spread[channel][channel] += ridge;
        }
        let factor = cholesky(&self.spread, self.channels);
        let mut rows = [[0.0; MAX_CHANNELS + 1]; 3];
        for ((row, joint), mean) in rows.iter_mut().zip(self.joint).zip(self.colour_means) {
            // A latent without any spread explains no colour: the mean is the best that can be said.
            let weights = factor.map_or([0.0; MAX_CHANNELS], |l| {
                substitute(&l, self.channels, joint)
            });
            let shift: f64 = weights
                .iter()
                .zip(self.channel_means)
                .map(|(w, m)| w * m)
                .sum();
            for (place, weight) in row.iter_mut().zip(weights) {
                *place = weight as f32;
            }
            row[MAX_CHANNELS] = (mean - shift) as f32;
        }
        rows
    }
}

fn add_scaled<const N: usize>(sum: &mut [f64; N], values: &[f64; N], scale: f64) {
    for (total, value) in sum.iter_mut().zip(values) {
        *total += value * scale;
    }
}

type Square = [[f64; MAX_CHANNELS]; MAX_CHANNELS];

/// The lower triangular factor of the leading `size`×`size` part; `None` where nothing varies.
fn cholesky(matrix: &Square, size: usize) -> Option<Square> {
    let mut lower = [[0.0; MAX_CHANNELS]; MAX_CHANNELS];
    for row in 0..size {
        for column in 0..=row {
            let known: f64 = (0..column).map(|k| lower[row][k] * lower[column][k]).sum();
            let rest = matrix[row][column] - known;
            lower[row][column] = if row == column {
                if !(rest.is_finite() && rest > 0.0) {
                    return None;
                }
                rest.sqrt()
            } else {
                rest / lower[column][column]
            };
        }
    }
    Some(lower)
}

/// Solves `L·Lᵀ·x = b`, in place of `b`.
fn substitute(lower: &Square, size: usize, mut b: [f64; MAX_CHANNELS]) -> [f64; MAX_CHANNELS] {
    for row in 0..size {
        let known: f64 = (0..row).map(|k| lower[row][k] * b[k]).sum();
        b[row] = (b[row] - known) / lower[row][row];
    }
    for row in (0..size).rev() {
        let known: f64 = (row + 1..size).map(|k| lower[k][row] * b[k]).sum();
        b[row] = (b[row] - known) / lower[row][row];
    }
    b
}
