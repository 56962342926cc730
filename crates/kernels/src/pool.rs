//! Buffers that are used again. A step allocates and drops the same few hundred arrays as the step
//! before; handing them back to the system would have every page cleared anew each time, which
//! costs more than a tenth of a step.

use super::aligned_buffer::AlignedBuffer;
use std::collections::HashMap;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, PoisonError};

/// Sizes are rounded up to a sixteenth of their power of two, so that arrays of nearly equal size
/// share buffers at a waste of at most one sixteenth.
fn size_class(len: usize) -> usize {
    let step = (len.next_power_of_two() / 16).max(64);
    len.div_ceil(step) * step
}

/// Buffers of more values go back to the system at once: only pictures at their full resolution have so many, and those
/// come once.
const LARGEST_KEPT: usize = 32 << 20;

#[derive(Default)]
struct Shelves(Mutex<HashMap<usize, Vec<AlignedBuffer>>>);

/// Hands out [`Buffer`]s and takes them back when they are dropped. Clones share one stock.
#[derive(Clone, Default)]
pub struct Pool(Arc<Shelves>);

impl Pool {
    /// A pool with nothing in stock.
    pub fn new() -> Self {
        Self::default()
    }

    /// A buffer of `len` values whose contents are left over from an earlier use.
    pub fn take(&self, len: usize) -> Buffer {
        let class = size_class(len);
        let stocked = self.lock().get_mut(&class).and_then(Vec::pop);
        Buffer {
            values: stocked.unwrap_or_else(|| AlignedBuffer::zeroed(class)),
            len,
            home: self.clone(),
        }
    }

    /// A buffer of `len` zeros.
    pub fn take_zeroed(&self, len: usize) -> Buffer {
        let mut buffer = self.take(len);
        buffer.fill(0.0);
        buffer
    }

    /// A buffer that holds a copy of `values`.
    pub fn copy_of(&self, values: &[f32]) -> Buffer {
        let mut buffer = self.take(values.len());
        buffer.copy_from_slice(values);
        buffer
    }

    /// Returns everything in stock to the system: between stages of different sizes.
    pub fn clear(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<usize, Vec<AlignedBuffer>>> {
        // A panic elsewhere cannot leave the stock half-changed: it is only pushed to and popped from.
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A slice of `f32` that goes back to its pool when dropped.
pub struct Buffer {
    values: AlignedBuffer,
    len: usize,
    home: Pool,
}

impl Clone for Buffer {
    fn clone(&self) -> Self {
        self.home.copy_of(self)
    }
}

impl Deref for Buffer {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        &self.values[..self.len]
    }
}

impl DerefMut for Buffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        &mut self.values[..self.len]
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        let values = std::mem::take(&mut self.values);
        if values.len() > LARGEST_KEPT {
            return;
        }
        self.home
            .lock()
            .entry(values.len())
            .or_default()
            .push(values);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_dropped_buffer_is_handed_out_again() {
        let pool = Pool::new();
        let mut first = pool.take(1000);
        first.fill(7.0);
        let place = first.as_ptr();
        drop(first);
        let second = pool.take(990);
        assert_eq!(second.as_ptr(), place);
        assert_eq!(second.len(), 990);
        assert!(pool.take_zeroed(990).iter().all(|&v| v == 0.0));
    }

    #[test]
    fn rounding_wastes_little() {
        for len in [1, 63, 1000, 12_345, 1 << 20, (1 << 20) + 1] {
            let class = size_class(len);
            assert!(class >= len && (len < 2000 || class <= len + len / 7));
        }
    }
}
