//! Which pictures are accepted by their size. The header's word is judged before memory is taken for it.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use super::fault::Fault;
use super::{MAX_ASPECT, MAX_DECODED_BYTES, MAX_SIDE, MIN_SIDE};

/// Bytes of a pixel as it is examined.
const EXAMINED_BYTES: u64 = 3;

/// Judges a picture whose pixels are stored in `stored_bits` each.
pub(super) fn check(width: u32, height: u32, stored_bits: u64) -> Result<(), Fault> {
    let (short, long) = (width.min(height), width.max(height));
    let pixels = u64::from(width).saturating_mul(height.into());
    let bytes = pixels
        .saturating_mul(stored_bits)
        .div_ceil(8)
        .saturating_add(pixels.saturating_mul(EXAMINED_BYTES));
    if long > MAX_SIDE || bytes > MAX_DECODED_BYTES {
        return Err(Fault::TooLarge { width, height });
    }
    if short < MIN_SIDE {
        return Err(Fault::TooSmall { width, height });
    }
    if u64::from(long) > u64::from(short).saturating_mul(MAX_ASPECT.into()) {
        return Err(Fault::TooNarrow { width, height });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_counts_is_the_memory_of_the_pixels() {
        // A repro camera's frame, with 16 bits a channel.
        assert!(check(14_204, 10_652, 48).is_ok());
        assert!(check(18_000, 18_000, 24).is_ok());
        for (side, bits) in [(20_000, 24), (16_000, 64), (12_000, 128)] {
            let fault = check(side, side, bits);
            assert!(matches!(fault, Err(Fault::TooLarge { .. })), "{side}");
        }
        assert!(check(u32::MAX, u32::MAX, u64::MAX).is_err());
    }
}
