//! A weight's layout in memory for products with few rows. In a file a weight's rows follow one
//! another, and a task that wants a band of its columns jumps from page to page. In blocks, bands of
//! columns follow one another, so that both passes read the weight from end to end.

use super::aligned_buffer::AlignedBuffer;
use rayon::prelude::*;
use std::sync::OnceLock;

/// Columns (inputs) of one band.
pub const BAND: usize = 128;

/// A weight `[outputs, inputs]` as it lies in the file, and room for its blocks where the caller keeps
/// them.
#[derive(Clone, Copy)]
pub struct Weight<'a> {
    pub values: &'a [f32],
    /// Filled on the first product with few rows.
    pub packed: Option<&'a OnceLock<PackedWeight>>,
}

impl<'a> From<&'a [f32]> for Weight<'a> {
    fn from(values: &'a [f32]) -> Self {
        Self {
            values,
            packed: None,
        }
    }
}

impl<'a> Weight<'a> {
    /// As products with few rows read it.
    pub(super) fn layout(self, inputs: usize) -> Layout<'a> {
        let outputs = self.values.len() / inputs;
        let in_place = Layout {
            values: self.values,
            inputs,
            outputs,
            blocked: false,
        };
        let Some(packed) = self.packed else {
            return in_place;
        };
        // Made outside the lock: while it is made in parallel this thread may take up other work.
        if packed.get().is_none() {
            // Whoever comes second throws an equal copy away.
            let _ = packed.set(PackedWeight::of(self.values, inputs));
        }
        packed.get().map_or(in_place, |made| Layout {
            values: &made.0,
            blocked: true,
            ..in_place
        })
    }
}

/// A weight in blocks: for each band of [`BAND`] columns (the last may be narrower), that part of every
/// row.
pub struct PackedWeight(AlignedBuffer);

impl PackedWeight {
    fn of(values: &[f32], inputs: usize) -> Self {
        debug_assert!(values.len().is_multiple_of(inputs));
        /// Rows copied before the next: their pages stay at hand for all bands.
        const ROWS: usize = 64;
        let outputs = values.len() / inputs;
        let mut blocked = AlignedBuffer::zeroed(values.len());
        for (chunk, rows) in values.chunks(ROWS * inputs).enumerate() {
            blocked
                .par_chunks_mut(outputs * BAND)
                .enumerate()
                .for_each(|(band, block)| {
                    let (from, width) = (band * BAND, block.len() / outputs);
                    let parts = block[chunk * ROWS * width..].chunks_exact_mut(width);
                    for (part, row) in parts.zip(rows.chunks_exact(inputs)) {
                        part.copy_from_slice(&row[from..from + width]);
                    }
                });
        }
        Self(blocked)
    }
}

/// Either arrangement of a weight.
#[derive(Clone, Copy)]
pub(super) struct Layout<'a> {
    values: &'a [f32],
    pub(super) inputs: usize,
    pub(super) outputs: usize,
    blocked: bool,
}

impl<'a> Layout<'a> {
    /// The band of columns from `from`, a multiple of [`BAND`]: its values, and how far apart the rows'
    /// parts are.
    pub(super) fn band(&self, from: usize) -> (&'a [f32], usize) {
        if self.blocked {
            (
                &self.values[self.outputs * from..],
                BAND.min(self.inputs - from),
            )
        } else {
            (&self.values[from..], self.inputs)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_layouts_give_the_same_parts_of_rows() {
        let (inputs, outputs) = (300, 5);
        let values: Vec<f32> = (0..inputs * outputs).map(|i| i as f32).collect();
        let room = OnceLock::new();
        let plain = Weight::from(&values[..]).layout(inputs);
        let blocked = Weight {
            values: &values,
            packed: Some(&room),
        }
        .layout(inputs);
        for from in [0, 128, 256] {
            let ((a, wide), (b, narrow)) = (plain.band(from), blocked.band(from));
            for row in 0..outputs {
                let width = BAND.min(inputs - from);
                assert_eq!(a[row * wide..][..width], b[row * narrow..][..width]);
            }
        }
    }
}
