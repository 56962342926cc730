//! The samples of a TIFF picture's rows, of any number of bits, as levels of 8 bits.

use half::f16;

use super::directory::ByteOrder;
use super::layout::{Layout, Numbers, Predictor};

/// What the samples are reduced to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Scale {
    /// The largest number is 255, rounded to nearest. Of floats 1 is, and what is beyond is cut.
    Levels,
    /// Small numbers as they are: places in a palette.
    Index,
    /// The highest byte, for numbers that may have a sign.
    HighByte,
}

/// Floats of a picture that lie outside 0 to 1.
#[derive(Default)]
pub(super) struct FloatRange {
    /// The largest of all.
    pub(super) most: f64,
    /// One is not a number.
    pub(super) undefined: bool,
}

/// Undoes the predictor in rows of `row_bytes`.
pub(super) fn undo_prediction(
    layout: &Layout,
    order: ByteOrder,
    rows: &mut [u8],
    row_bytes: usize,
) {
    let bytes = layout.bits as usize / 8;
    let stride = layout.samples_together();
    match layout.predictor {
        Predictor::None => {}
        Predictor::Horizontal => {
            for row in rows.chunks_exact_mut(row_bytes.max(1)) {
                match bytes {
                    1 => {
                        for at in stride..row.len() {
                            row[at] = row[at].wrapping_add(row[at - stride]);
                        }
                    }
                    2 => add_left::<2>(row, stride, order),
                    4 => add_left::<4>(row, stride, order),
                    8 => add_left::<8>(row, stride, order),
                    _ => {}
                }
            }
        }
        Predictor::Float => {
            for row in rows.chunks_exact_mut(row_bytes.max(1)) {
                for at in stride..row.len() {
                    row[at] = row[at].wrapping_add(row[at - stride]);
                }
                // The highest bytes of all samples come first, whatever the file's order of bytes.
                let planes = row.to_vec();
                let count = row.len() / bytes.max(1);
                for (at, sample) in row.chunks_exact_mut(bytes.max(1)).enumerate() {
                    for (place, byte) in sample.iter_mut().enumerate() {
                        let plane = match order {
                            ByteOrder::Big => place,
                            ByteOrder::Little => bytes - 1 - place,
                        };
                        *byte = planes[plane * count + at];
                    }
                }
            }
        }
    }
}

/// Adds to each sample of `N` bytes the one `stride` samples before it.
fn add_left<const N: usize>(row: &mut [u8], stride: usize, order: ByteOrder) {
    let samples = row.as_chunks_mut::<N>().0;
    for at in stride..samples.len() {
        let sum = order
            .unsigned(&samples[at])
            .wrapping_add(order.unsigned(&samples[at - stride]));
        let little = sum.to_le_bytes();
        for (place, byte) in samples[at].iter_mut().enumerate() {
            *byte = match order {
                ByteOrder::Little => little[place],
                ByteOrder::Big => little[N - 1 - place],
            };
        }
    }
}

/// The levels of `count` samples of one row, appended to `levels`.
pub(super) fn append_levels(
    layout: &Layout,
    order: ByteOrder,
    scale: Scale,
    row: &[u8],
    count: usize,
    range: &mut FloatRange,
    levels: &mut Vec<u8>,
) {
    let bits = layout.bits;
    if layout.numbers == Numbers::Float {
        let bytes = bits as usize / 8;
        levels.extend(row.chunks_exact(bytes).take(count).map(|sample| {
            let whole = order.unsigned(sample);
            let value = match bits {
                16 => f64::from(f16::from_bits(whole as u16)),
                32 => f64::from(f32::from_bits(whole as u32)),
                _ => f64::from_bits(whole),
            };
            range.undefined |= value.is_nan();
            range.most = range.most.max(value);
            // NaN, which is refused afterwards, becomes 0.
            (value.clamp(0.0, 1.0) * 255.0).round() as u8
        }));
        return;
    }
    let most = (1u64 << bits) - 1;
    let level = |value: u64| match scale {
        Scale::Levels => ((2 * 255 * value + most) / (2 * most)) as u8,
        Scale::Index => value as u8,
        Scale::HighByte if bits >= 8 => (value >> (bits - 8)) as u8,
        Scale::HighByte => (value << (8 - bits)) as u8,
    };
    match bits {
        8 => levels.extend(row.iter().take(count)),
        16 | 24 | 32 => {
            let samples = row.chunks_exact(bits as usize / 8).take(count);
            levels.extend(samples.map(|sample| level(order.unsigned(sample))));
        }
        _ => {
            let mut place = 0;
            for _ in 0..count {
                levels.push(level(bits_at(row, place, bits)));
                place += bits as usize;
            }
        }
    }
}

/// The number in `count` bits from bit `place` on, the highest first.
fn bits_at(row: &[u8], place: usize, count: u32) -> u64 {
    (place..place + count as usize).fold(0, |number, place| {
        let byte = row.get(place / 8).copied().unwrap_or(0);
        number << 1 | u64::from(byte >> (7 - place % 8) & 1)
    })
}
