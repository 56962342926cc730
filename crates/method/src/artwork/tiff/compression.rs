//! A piece of a TIFF picture, unpacked into the bytes of its rows.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::borrow::Cow;

use flate2::{Decompress, FlushDecompress, Status};
use weezl::BitOrder;

use super::super::fault::Fault;
use super::fax;
use super::layout::{Compression, Layout};

/// The bytes of `rows` rows of `width` pixels, unpacked from `packed`.
///
/// # Errors
/// [`Fault::Truncated`] if they are fewer, [`Fault::Damaged`] if they make no sense.
pub(super) fn unpack<'a>(
    layout: &Layout,
    packed: &'a [u8],
    width: u32,
    rows: u32,
) -> Result<Cow<'a, [u8]>, Fault> {
    let row_bytes = layout.row_bytes(width);
    unpack_bytes(
        layout,
        packed,
        width,
        rows,
        row_bytes.saturating_mul(rows as usize),
    )
}

/// The same for rows that are not laid out one after the other, of `length` bytes in all.
pub(super) fn unpack_bytes<'a>(
    layout: &Layout,
    packed: &'a [u8],
    width: u32,
    rows: u32,
    length: usize,
) -> Result<Cow<'a, [u8]>, Fault> {
    let packed = if layout.reversed_bits {
        Cow::Owned(packed.iter().map(|byte| byte.reverse_bits()).collect())
    } else {
        Cow::Borrowed(packed)
    };
    let is_fax = |kind| fax::unpack(&packed, kind, layout.fax_options, width, rows);
    match layout.compression {
        Compression::None => match packed {
            Cow::Borrowed(bytes) => bytes.get(..length).map(Cow::Borrowed),
            Cow::Owned(mut bytes) => {
                let enough = bytes.len() >= length;
                bytes.truncate(length);
                enough.then_some(Cow::Owned(bytes))
            }
        }
        .ok_or(Fault::Truncated),
        Compression::FaxRows => is_fax(fax::Kind::Rows).map(Cow::Owned),
        Compression::FaxGroup3 => is_fax(fax::Kind::Group3).map(Cow::Owned),
        Compression::FaxGroup4 => is_fax(fax::Kind::Group4).map(Cow::Owned),
        Compression::Lzw => lzw(&packed, length).map(Cow::Owned),
        Compression::Deflate => deflate(&packed, length).map(Cow::Owned),
        Compression::PackBits => pack_bits(&packed, length).map(Cow::Owned),
        // Decoded as a picture of its own.
        Compression::Jpeg => Err(Fault::damaged("JPEG data where there are none")),
    }
}

fn lzw(packed: &[u8], length: usize) -> Result<Vec<u8>, Fault> {
    // Before 1989 the bits were in the other order; a clear code then begins with these.
    let old = matches!(packed, [0, second, ..] if second & 1 == 1);
    let mut decoder = if old {
        weezl::decode::Configuration::new(BitOrder::Lsb, 8).build()
    } else {
        weezl::decode::Configuration::with_tiff_size_switch(BitOrder::Msb, 8).build()
    };
    let mut unpacked = vec![0; length];
    let (mut read, mut written) = (0, 0);
    while written < length {
        let input = packed.get(read..).unwrap_or_default();
        let output = unpacked.get_mut(written..).unwrap_or_default();
        let progress = decoder.decode_bytes(input, output);
        read = progress.consumed_in.saturating_add(read);
        written = progress.consumed_out.saturating_add(written);
        match progress.status {
            Err(error) => return Err(Fault::damaged(error.to_string())),
            Ok(weezl::LzwStatus::Ok) if progress.consumed_out > 0 || progress.consumed_in > 0 => {}
            Ok(_) if written < length => return Err(Fault::Truncated),
            Ok(_) => {}
        }
    }
    Ok(unpacked)
}

fn deflate(packed: &[u8], length: usize) -> Result<Vec<u8>, Fault> {
    let mut decoder = Decompress::new(true);
    let mut unpacked = vec![0; length];
    let (mut read, mut written) = (0, 0);
    while written < length {
        let input = packed.get(read..).unwrap_or_default();
        let output = unpacked.get_mut(written..).unwrap_or_default();
        let status = decoder
            .decompress(input, output, FlushDecompress::None)
            .map_err(|error| Fault::damaged(error.to_string()))?;
        let (before_in, before_out) = (read, written);
        (read, written) = (decoder.total_in() as usize, decoder.total_out() as usize);
        let stuck = (read, written) == (before_in, before_out);
        if written < length && (stuck || status == Status::StreamEnd) {
            return Err(Fault::Truncated);
        }
    }
    Ok(unpacked)
}

/// Runs of a byte, and bytes as they are (TIFF 6.0, section 9).
fn pack_bits(packed: &[u8], length: usize) -> Result<Vec<u8>, Fault> {
    let mut unpacked = Vec::with_capacity(length);
    let mut rest = packed;
    while unpacked.len() < length {
        let (&head, tail) = rest.split_first().ok_or(Fault::Truncated)?;
        rest = match head as i8 {
            -128 => tail,
            count @ 0.. => {
                let (plain, tail) = tail
                    .split_at_checked((count as usize).saturating_add(1))
                    .ok_or(Fault::Truncated)?;
                unpacked.extend_from_slice(plain);
                tail
            }
            count => {
                let (&byte, tail) = tail.split_first().ok_or(Fault::Truncated)?;
                let run = usize::from(count.unsigned_abs()).saturating_add(1);
                unpacked.extend(std::iter::repeat_n(byte, run));
                tail
            }
        };
    }
    unpacked.truncate(length);
    Ok(unpacked)
}

/// Shared with Photoshop's files, whose rows are packed alike.
pub(in super::super) fn pack_bits_row(packed: &[u8], length: usize) -> Result<Vec<u8>, Fault> {
    pack_bits(packed, length)
}
