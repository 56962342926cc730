//! Arrays on the card. Buffers that nobody holds any more are kept for the next array of their size.

use crate::GpuError;
use crate::device::{Gpu, Shared};
use std::collections::HashMap;
use std::sync::Arc;

/// The form of a matrix's numbers; the numbers are those of the product's constant `STORED`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// Single precision, as every kernel takes it.
    Single = 0,
    /// Half precision, two numbers a word: only the right side of a product may have it.
    Half = 1,
    /// The same with the exponent of single precision.
    BrainHalf = 2,
}

/// A matrix on the card; cloning shares it.
#[derive(Clone)]
pub struct Matrix {
    pub rows: usize,
    pub columns: usize,
    pub(crate) stored: Stored,
    pub(crate) block: Arc<Block>,
}

impl Matrix {
    /// Number of values.
    pub fn len(&self) -> usize {
        self.rows * self.columns
    }

    /// True if there are no values at all.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// A buffer that goes back to where it came from.
pub(crate) struct Block {
    pub buffer: wgpu::Buffer,
    owner: Arc<Shared>,
}

impl Drop for Block {
    fn drop(&mut self) {
        self.owner.keep(self.buffer.clone());
    }
}

/// Buffers without a user, by size.
#[derive(Default)]
pub(crate) struct Pool {
    free: HashMap<u64, Vec<wgpu::Buffer>>,
}

impl Pool {
    fn take(&mut self, size: u64) -> Option<wgpu::Buffer> {
        self.free.get_mut(&size)?.pop()
    }

    pub fn put(&mut self, buffer: wgpu::Buffer) {
        self.free.entry(buffer.size()).or_default().push(buffer);
    }

    pub fn clear(&mut self) {
        self.free.clear();
    }
}

/// Sizes are rounded up to this many bytes, so that arrays of nearly the same size share buffers.
const GRAIN: u64 = 256;
const MEBIBYTE: u64 = 1 << 20;

impl Gpu {
    /// A matrix whose values are whatever lay there.
    pub(crate) fn matrix(&self, rows: usize, columns: usize) -> Result<Matrix, GpuError> {
        let block = Arc::new(self.block(rows * columns)?);
        Ok(Matrix {
            rows,
            columns,
            stored: Stored::Single,
            block,
        })
    }

    /// Room for `count` numbers of four bytes.
    fn block(&self, count: usize) -> Result<Block, GpuError> {
        self.check()?;
        let size = (4 * count as u64).max(1).next_multiple_of(GRAIN);
        let limits = self.0.device.limits();
        let limit = limits
            .max_storage_buffer_binding_size
            .min(limits.max_buffer_size);
        let adapter = || self.adapter().name.clone();
        if size > limit {
            return Err(GpuError::TooLarge {
                adapter: adapter(),
                mebibytes: size.div_ceil(MEBIBYTE),
                limit: limit / MEBIBYTE,
            });
        }
        let owner = Arc::clone(&self.0);
        if let Some(buffer) = self.0.pool().take(size) {
            return Ok(Block { buffer, owner });
        }
        let create = || {
            let scope = self
                .0
                .device
                .push_error_scope(wgpu::ErrorFilter::OutOfMemory);
            let buffer = self.0.device.create_buffer(&wgpu::BufferDescriptor {
                label: None,
                size,
                usage: wgpu::BufferUsages::STORAGE
                    | wgpu::BufferUsages::COPY_SRC
                    | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            });
            pollster::block_on(scope.pop()).is_none().then_some(buffer)
        };
        let buffer = create().or_else(|| {
            // What lies unused is given back before the card is said to be full.
            self.0.pool().clear();
            create()
        });
        self.check()?;
        match buffer {
            Some(buffer) => Ok(Block { buffer, owner }),
            None => Err(GpuError::OutOfMemory {
                adapter: adapter(),
                mebibytes: size.div_ceil(MEBIBYTE),
            }),
        }
    }

    /// A matrix of `values`, `columns` wide.
    ///
    /// # Errors
    /// [`GpuError::Shape`] if they fill no whole rows; whatever ails the card.
    pub fn upload(&self, values: &[f32], columns: usize) -> Result<Matrix, GpuError> {
        if columns == 0 || !values.len().is_multiple_of(columns) {
            return Err(GpuError::Shape {
                what: "an array",
                expected: [values.len(), 1],
                found: [values.len(), columns],
            });
        }
        let matrix = self.matrix(values.len() / columns, columns)?;
        self.fill(&matrix, bytemuck::cast_slice(values))?;
        Ok(matrix)
    }

    /// A matrix of numbers of two bytes, for the right side of products: they are taken for what they are, exactly,
    /// and need half the memory.
    ///
    /// # Errors
    /// As [`Self::upload`].
    pub fn upload_halves(
        &self,
        values: &[u16],
        columns: usize,
        stored: Stored,
    ) -> Result<Matrix, GpuError> {
        if columns == 0 || !values.len().is_multiple_of(columns) || stored == Stored::Single {
            return Err(GpuError::Shape {
                what: "an array",
                expected: [values.len(), 1],
                found: [values.len(), columns],
            });
        }
        let word = |pair: &[u16]| {
            // The last word of an odd number is half empty.
            let high = pair.get(1).copied().unwrap_or_default();
            u32::from(pair[0]) | u32::from(high) << 16
        };
        let words: Vec<u32> = values.chunks(2).map(word).collect();
        let Matrix { block, .. } = self.matrix(words.len(), 1)?;
        let matrix = Matrix {
            rows: values.len() / columns,
            columns,
            stored,
            block,
        };
        self.fill(&matrix, bytemuck::cast_slice(&words))?;
        Ok(matrix)
    }

    /// A list of places, for the kernels that take rows out of tables.
    pub(crate) fn upload_places(&self, places: &[u32]) -> Result<Matrix, GpuError> {
        let matrix = self.matrix(places.len(), 1)?;
        self.fill(&matrix, bytemuck::cast_slice(places))?;
        Ok(matrix)
    }

    fn fill(&self, matrix: &Matrix, bytes: &[u8]) -> Result<(), GpuError> {
        // The buffer may have had another user whose dispatches are not on their way yet.
        self.flush()?;
        self.0.queue.write_buffer(&matrix.block.buffer, 0, bytes);
        Ok(())
    }
}
