//! Uncompressed YCbCr with fewer differences than luminances: blocks of pixels, each with one pair of
//! differences behind its luminances (TIFF 6.0, section 21).

use super::super::fault::Fault;
use super::layout::Layout;
use super::meaning::Meaning;

/// The size of a block in pixels.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Blocks {
    across: u32,
    down: u32,
}

/// The blocks of a picture whose differences are fewer; `None` for every other.
///
/// # Errors
/// [`Fault::Variety`] if they have other than 8 bits or lie in planes, [`Fault::Damaged`] for impossible blocks.
pub(super) fn blocks(layout: &Layout, meaning: &Meaning) -> Result<Option<Blocks>, Fault> {
    let Meaning::YCbCr(coding) = meaning else {
        return Ok(None);
    };
    let [across, down] = coding.block();
    if (across, down) == (1, 1) {
        return Ok(None);
    }
    if ![1, 2, 4].contains(&across) || ![1, 2, 4].contains(&down) {
        return Err(Fault::damaged(
            "its colour differences have impossible sizes",
        ));
    }
    if layout.bits != 8 || layout.planar || layout.samples != 3 {
        return Err(Fault::variety("colour differences of this kind"));
    }
    Ok(Some(Blocks {
        across: across as u32,
        down: down as u32,
    }))
}

impl Blocks {
    fn count(self, width: u32, rows: u32) -> (usize, usize) {
        (
            width.div_ceil(self.across) as usize,
            rows.div_ceil(self.down) as usize,
        )
    }

    fn luminances(self) -> usize {
        (self.across * self.down) as usize
    }

    /// Bytes of `rows` rows of `width` pixels.
    pub(super) fn bytes(self, width: u32, rows: u32) -> usize {
        let (across, down) = self.count(width, rows);
        across * down * (self.luminances() + 2)
    }

    /// Three levels for each pixel, every one with the differences of its block.
    pub(super) fn spread(self, packed: &[u8], width: u32, rows: u32) -> Vec<u8> {
        let (across, _) = self.count(width, rows);
        let mut levels = vec![0; 3 * width as usize * rows as usize];
        for (number, block) in packed.chunks_exact(self.luminances() + 2).enumerate() {
            let (luminances, differences) = block.split_at(self.luminances());
            let left = (number % across) * self.across as usize;
            let top = (number / across) * self.down as usize;
            for (place, &luminance) in luminances.iter().enumerate() {
                let x = left + place % self.across as usize;
                let y = top + place / self.across as usize;
                if x < width as usize && y < rows as usize {
                    let at = 3 * (y * width as usize + x);
                    levels[at] = luminance;
                    levels[at + 1..at + 3].copy_from_slice(differences);
                }
            }
        }
        levels
    }
}
