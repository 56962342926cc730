//! Weights of half precision as the program carries them, a sixth smaller: their low bytes are noise and their high
//! bytes are not, so the two are parted before they are compressed; of a fine-tuned model the differences from the
//! pretrained one's words are kept. `assets/demo/pack.py` packs them.

use std::io::{self, Read};

use flate2::read::ZlibDecoder;

/// The 16-bit words that `packed` holds.
///
/// # Errors
/// [`io::Error`] if the bytes are damaged.
pub fn unpack(packed: &[u8]) -> io::Result<Vec<u16>> {
    let mut parted = Vec::new();
    ZlibDecoder::new(packed).read_to_end(&mut parted)?;
    let (low, high) = parted.split_at(parted.len() / 2);
    if low.len() != high.len() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let words = low.iter().zip(high);
    Ok(words
        .map(|(low, high)| u16::from_le_bytes([*low, *high]))
        .collect())
}

/// The words of which `differences` are those from `before`.
///
/// # Errors
/// [`io::Error`] if they are not as many.
pub fn add(differences: &[u16], before: &[u16]) -> io::Result<Vec<u16>> {
    if differences.len() != before.len() {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let pairs = differences.iter().zip(before);
    Ok(pairs.map(|(new, old)| new.wrapping_add(*old)).collect())
}
