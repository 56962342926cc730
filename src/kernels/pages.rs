//! Memory for large arrays. The system's usual pages are so small that a step would miss them in the
//! processor's table all the time; large pages are asked for where the system has them.

use memmap2::MmapMut;
use std::ops::{Deref, DerefMut};

/// From this number of values on (4 MiB) an array has pages of its own.
const LARGE: usize = 1 << 20;

/// A fixed number of values.
pub(super) enum Pages {
    Small(Vec<f32>),
    Large(MmapMut),
}

impl Default for Pages {
    fn default() -> Self {
        Self::Small(Vec::new())
    }
}

impl Pages {
    /// `len` zeros.
    pub fn zeroed(len: usize) -> Self {
        let mapped = (len >= LARGE)
            .then(|| MmapMut::map_anon(len * size_of::<f32>()).ok())
            .flatten();
        let Some(pages) = mapped else {
            return Self::Small(vec![0.0; len]);
        };
        // A matter of speed alone: refusal is no error.
        #[cfg(target_os = "linux")]
        let _ = pages.advise(memmap2::Advice::HugePage);
        Self::Large(pages)
    }
}

impl Deref for Pages {
    type Target = [f32];
    fn deref(&self) -> &[f32] {
        match self {
            Self::Small(values) => values,
            Self::Large(pages) => bytemuck::cast_slice(pages),
        }
    }
}

impl DerefMut for Pages {
    fn deref_mut(&mut self) -> &mut [f32] {
        match self {
            Self::Small(values) => values,
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
            let mut pages = Pages::zeroed(len);
            assert_eq!(pages.len(), len);
            assert!(pages.iter().all(|&value| value == 0.0));
            pages.fill(2.0);
            assert_eq!(pages.iter().sum::<f32>(), 2.0 * len as f32);
        }
    }
}
