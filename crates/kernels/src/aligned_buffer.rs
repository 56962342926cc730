//! Memory for arrays. It begins with a cache line, so that no vector lies across two. The system's usual
//! pages are so small that a step would miss them in the processor's table all the time; for large arrays
//! large pages are asked for where the system has them.

use bytemuck::{Pod, Zeroable};
use memmap2::MmapMut;
use std::ops::{Deref, DerefMut};

/// From this number of values on (4 MiB) an array has pages of its own.
const LARGE: usize = 1 << 20;

/// Values of one cache line, which is also the longest vector.
const LINE: usize = 16;

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C, align(64))]
pub(super) struct Line([f32; LINE]);

/// A fixed number of values.
pub(super) enum AlignedBuffer {
    Small(Vec<Line>, usize),
    Large(MmapMut),
}

impl Default for AlignedBuffer {
    fn default() -> Self {
        Self::Small(Vec::new(), 0)
    }
}

impl AlignedBuffer {
    /// `len` zeros.
    pub fn zeroed(len: usize) -> Self {
        // Where the system grants no pages of their own the allocator is asked, as for small arrays.
        let mapped = (len >= LARGE)
            .then(|| MmapMut::map_anon(len * size_of::<f32>()).ok())
            .flatten();
        let Some(pages) = mapped else {
            return Self::Small(vec![Line::zeroed(); len.div_ceil(LINE)], len);
        };
        // A matter of speed alone: refusal is no error.
        #[cfg(target_os = "linux")]
        let _ = pages.advise(memmap2::Advice::HugePage);
        Self::Large(pages)
    }
}

impl Deref for AlignedBuffer {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        match self {
            Self::Small(lines, len) => &bytemuck::cast_slice(lines)[..*len],
            Self::Large(pages) => bytemuck::cast_slice(pages),
        }
    }
}

impl DerefMut for AlignedBuffer {
    fn deref_mut(&mut self) -> &mut [f32] {
        match self {
            Self::Small(lines, len) => &mut bytemuck::cast_slice_mut(lines)[..*len],
            Self::Large(pages) => bytemuck::cast_slice_mut(pages),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_and_large_arrays_are_zeros_to_write_on() {
        for len in [0, 1000, LARGE, LARGE + 3] {
            let mut pages = AlignedBuffer::zeroed(len);
            assert_eq!(pages.len(), len);
            assert!(pages.as_ptr().addr().is_multiple_of(64));
            assert!(pages.iter().all(|&value| value == 0.0));
            pages.fill(2.0);
            assert_eq!(pages.iter().sum::<f32>(), 2.0 * len as f32);
        }
    }
}
