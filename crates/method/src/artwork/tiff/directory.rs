//! Directories of TIFF 6.0 and BigTIFF, which EXIF blocks are too: tags and their values, every one of them
//! inside the file.

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use std::collections::BTreeMap;

/// The most directories that are followed: a chain may be a circle.
const MOST_DIRECTORIES: usize = 1024;
/// The most tags of a directory. The largest known has some two hundred.
const MOST_TAGS: u64 = 4096;

/// The most numbers of one tag: tiles of 16 pixels in the largest picture.
const MOST_NUMBERS: usize = 1 << 22;

/// A file of directories.
#[derive(Clone, Copy)]
pub(in super::super) struct Directories<'a> {
    bytes: &'a [u8],
    order: ByteOrder,
    big: bool,
    first: u64,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(in super::super) enum ByteOrder {
    Little,
    Big,
}

impl ByteOrder {
    /// The unsigned number that up to eight bytes are.
    pub(in super::super) fn unsigned(self, bytes: &[u8]) -> u64 {
        let append = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        match self {
            Self::Little => bytes.iter().rev().fold(0, append),
            Self::Big => bytes.iter().fold(0, append),
        }
    }
}

impl<'a> Directories<'a> {
    /// `None` unless `bytes` begin as a TIFF file does.
    pub(in super::super) fn new(bytes: &'a [u8]) -> Option<Self> {
        let order = match bytes.get(..2)? {
            b"II" => ByteOrder::Little,
            b"MM" => ByteOrder::Big,
            _ => return None,
        };
        let number = |range| bytes.get(range).map(|bytes| order.unsigned(bytes));
        let (big, first) = match number(2..4)? {
            42 => (false, number(4..8)?),
            43 if number(4..8)? == order.unsigned(&if_big(order)) => (true, number(8..16)?),
            _ => return None,
        };
        Some(Self {
            bytes,
            order,
            big,
            first,
        })
    }

    /// The place of the first directory.
    pub(in super::super) fn first(&self) -> u64 {
        self.first
    }

    pub(in super::super) fn order(&self) -> ByteOrder {
        self.order
    }

    /// The directories of the chain. One that cannot be read ends it.
    pub(in super::super) fn chain(&self) -> Vec<Directory<'a>> {
        let mut seen = Vec::new();
        let mut directories = Vec::new();
        let mut offset = self.first;
        while offset != 0 && !seen.contains(&offset) && seen.len() < MOST_DIRECTORIES {
            seen.push(offset);
            let Some((directory, next)) = self.at(offset) else {
                break;
            };
            directories.push(directory);
            offset = next;
        }
        directories
    }

    /// The directory at an offset, and the offset of the next one or 0.
    pub(in super::super) fn at(&self, offset: u64) -> Option<(Directory<'a>, u64)> {
        let (count_bytes, entry_bytes, offset_bytes) =
            if self.big { (8, 20, 8) } else { (2, 12, 4) };
        let mut rest = self.bytes.get(usize::try_from(offset).ok()?..)?;
        let count = self.order.unsigned(take(&mut rest, count_bytes)?);
        if count > MOST_TAGS {
            return None;
        }
        let mut tags = BTreeMap::new();
        for _ in 0..count {
            let entry = take(&mut rest, entry_bytes)?;
            if let Some((tag, value)) = self.value(entry) {
                // Of a tag that stands twice the first one counts.
                tags.entry(tag).or_insert(value);
            }
        }
        // A file may end with its last directory.
        let next = take(&mut rest, offset_bytes).map_or(0, |next| self.order.unsigned(next));
        let order = self.order;
        Some((Directory { order, tags }, next))
    }

    /// What an entry says; `None` if its value lies outside the file.
    fn value(&self, entry: &'a [u8]) -> Option<(u16, Value<'a>)> {
        let number = |range| entry.get(range).map(|bytes| self.order.unsigned(bytes));
        let tag = u16::try_from(number(0..2)?).ok()?;
        let kind = FieldType::of(number(2..4)?)?;
        let (count, inline) = if self.big {
            (number(4..12)?, entry.get(12..20)?)
        } else {
            (number(4..8)?, entry.get(8..12)?)
        };
        let length = usize::try_from(count.checked_mul(kind.size() as u64)?).ok()?;
        let bytes = if length <= inline.len() {
            inline.get(..length)?
        } else {
            let start = usize::try_from(self.order.unsigned(inline)).ok()?;
            self.bytes.get(start..start.checked_add(length)?)?
        };
        Some((tag, Value { kind, bytes }))
    }
}

/// The length of offsets (8) and a zero, which follow BigTIFF's 43.
fn if_big(order: ByteOrder) -> [u8; 4] {
    match order {
        ByteOrder::Little => [8, 0, 0, 0],
        ByteOrder::Big => [0, 8, 0, 0],
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(count)?;
    *rest = left;
    Some(taken)
}

/// The tags of a picture, or of some part of what a camera noted.
pub(in super::super) struct Directory<'a> {
    order: ByteOrder,
    tags: BTreeMap<u16, Value<'a>>,
}

struct Value<'a> {
    kind: FieldType,
    bytes: &'a [u8],
}

impl<'a> Value<'a> {
    fn items(&self) -> impl Iterator<Item = &'a [u8]> {
        self.bytes.chunks_exact(self.kind.size()).take(MOST_NUMBERS)
    }
}

#[derive(Clone, Copy, Eq, PartialEq)]
enum FieldType {
    /// Bytes, characters, words and offsets.
    Unsigned(usize),
    Signed(usize),
    /// Two numbers of four bytes.
    Ratio {
        signed: bool,
    },
    Float(usize),
}

impl FieldType {
    fn of(number: u64) -> Option<Self> {
        Some(match number {
            1 | 2 | 7 => Self::Unsigned(1),
            3 => Self::Unsigned(2),
            4 | 13 => Self::Unsigned(4),
            16 | 18 => Self::Unsigned(8),
            5 => Self::Ratio { signed: false },
            6 => Self::Signed(1),
            8 => Self::Signed(2),
            9 => Self::Signed(4),
            17 => Self::Signed(8),
            10 => Self::Ratio { signed: true },
            11 => Self::Float(4),
            12 => Self::Float(8),
            _ => return None,
        })
    }

    fn size(self) -> usize {
        match self {
            Self::Unsigned(size) | Self::Signed(size) | Self::Float(size) => size,
            Self::Ratio { .. } => 8,
        }
    }
}

/// Bits of a `u64` above those of a number of so many bytes; none for more than eight.
fn unused_bits(bytes: usize) -> Option<u32> {
    let bits = u32::try_from(bytes).ok()?.checked_mul(8)?;
    u64::BITS.checked_sub(bits)
}

impl<'a> Directory<'a> {
    pub(in super::super) fn has(&self, tag: u16) -> bool {
        self.tags.contains_key(&tag)
    }

    /// The bytes of a value, as they stand in the file.
    pub(in super::super) fn bytes(&self, tag: u16) -> Option<&'a [u8]> {
        self.tags.get(&tag).map(|value| value.bytes)
    }

    /// The first whole number of a tag, none of them negative.
    pub(in super::super) fn unsigned(&self, tag: u16) -> Option<u64> {
        self.unsigned_list(tag)?.first().copied()
    }

    /// The whole numbers of a tag; `None` if it has none, or others.
    pub(in super::super) fn unsigned_list(&self, tag: u16) -> Option<Vec<u64>> {
        let value = self.tags.get(&tag)?;
        let items = value.items();
        let numbers = items.map(|bytes| self.order.unsigned(bytes));
        match value.kind {
            FieldType::Unsigned(_) => Some(numbers.collect()),
            FieldType::Signed(size) => {
                let sign = unused_bits(size)?;
                numbers
                    .map(|number| (number.checked_shl(sign)? as i64 >= 0).then_some(number))
                    .collect()
            }
            FieldType::Ratio { .. } | FieldType::Float(_) => None,
        }
    }

    /// The numbers of a tag, of whatever kind.
    pub(in super::super) fn numbers(&self, tag: u16) -> Option<Vec<f64>> {
        let value = self.tags.get(&tag)?;
        let items = value.items();
        let signed = |number: u64, size: usize| {
            let shift = unused_bits(size).unwrap_or_default();
            (number.wrapping_shl(shift) as i64).wrapping_shr(shift) as f64
        };
        let number = |bytes: &[u8]| {
            let whole = self.order.unsigned(bytes);
            match value.kind {
                FieldType::Unsigned(_) => whole as f64,
                FieldType::Signed(size) => signed(whole, size),
                FieldType::Float(4) => f64::from(f32::from_bits(whole as u32)),
                FieldType::Float(_) => f64::from_bits(whole),
                FieldType::Ratio { signed: as_signed } => {
                    let (above, below) = bytes.split_at(4);
                    let part = |bytes| match (self.order.unsigned(bytes), as_signed) {
                        (part, true) => signed(part, 4),
                        (part, false) => part as f64,
                    };
                    part(above) / part(below)
                }
            }
        };
        Some(items.map(number).collect())
    }
}
