//! Fax groups 3 and 4 (ITU-T T.4 and T.6) as TIFF holds them: rows of white and black runs, coded for
//! themselves or against the row above. The code tables are those of the crate `fax`.

use fax::maps::{Mode, black, mode, white};
use fax::{BitReader, Bits};

use super::super::fault::Fault;

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    /// Each row begins at a byte and has no end-of-line code (TIFF's compression 2).
    Rows,
    Group3,
    Group4,
}

/// Rows may be coded against the one above (`T4Options`).
const TWO_DIMENSIONAL: u64 = 1;

/// The rows as bits, 1 for black, each row from a new byte.
///
/// # Errors
/// [`Fault::Damaged`] at a code that there is not, [`Fault::Truncated`] if rows are missing.
pub(super) fn unpack(
    packed: &[u8],
    kind: Kind,
    options: u64,
    width: u32,
    rows: u32,
) -> Result<Vec<u8>, Fault> {
    let mut bits = BitStream { packed, place: 0 };
    let mut unpacked = vec![0; width.div_ceil(8) as usize * rows as usize];
    let mut above = Vec::new();
    let packed_rows = unpacked.chunks_exact_mut(width.div_ceil(8) as usize);
    for row in packed_rows {
        let alone = match kind {
            Kind::Rows => {
                bits.place = bits.place.next_multiple_of(8);
                true
            }
            Kind::Group3 => {
                bits.skip_end_of_line();
                options & TWO_DIMENSIONAL == 0 || bits.next_bit()
            }
            Kind::Group4 => false,
        };
        let edges = if alone {
            row_alone(&mut bits, width)?
        } else {
            row_against(&mut bits, &above, width)?
        };
        blacken(row, &edges, width);
        above = edges;
    }
    Ok(unpacked)
}

/// Places where the colour changes, beginning with white.
fn row_alone(bits: &mut BitStream, width: u32) -> Result<Vec<u32>, Fault> {
    let mut edges = Vec::new();
    let mut place = 0;
    let mut is_black = false;
    while place < width {
        place += run(bits, is_black)?;
        edges.push(place.min(width));
        is_black = !is_black;
    }
    Ok(edges)
}

/// The same with the row above, and `edges` of it.
fn row_against(bits: &mut BitStream, above: &[u32], width: u32) -> Result<Vec<u32>, Fault> {
    let mut edges: Vec<u32> = Vec::new();
    let mut place = 0;
    let mut is_black = false;
    // The search for the edge above goes on from where it was, or the work would be quadratic.
    let mut first = 0;
    while place < width {
        // b1: the next edge above to the colour that we do not have; b2 the one after it.
        while first > 0 && above.get(first - 1).is_some_and(|&edge| edge > place) {
            first -= 1;
        }
        let beyond = |edge: u32| edge > place || (place == 0 && edges.is_empty() && edge == 0);
        while above.get(first).is_some_and(|&edge| !beyond(edge)) {
            first += 1;
        }
        let at_b1 = first + usize::from((first % 2 == 1) != is_black);
        let edge = |at: usize| above.get(at).copied().unwrap_or(width);
        let b1 = edge(at_b1);
        let next = mode::decode(bits).ok_or_else(|| bits.fault())?;
        match next {
            Mode::Pass => place = edge(at_b1 + 1),
            Mode::Horizontal => {
                for colour in [is_black, !is_black] {
                    place = (place + run(bits, colour)?).min(width);
                    edges.push(place);
                }
            }
            Mode::Vertical(delta) => {
                let moved = b1.saturating_add_signed(i32::from(delta));
                if moved < place {
                    return Err(Fault::damaged("a fax row runs backwards"));
                }
                place = moved.min(width);
                edges.push(place);
                is_black = !is_black;
            }
            // The end of the block; rows are missing.
            Mode::EOF => return Err(Fault::Truncated),
            Mode::Extension => return Err(Fault::variety("fax with uncompressed parts")),
        }
    }
    Ok(edges)
}

/// The length of a run: any number of multiples of 64, then the rest.
fn run(bits: &mut BitStream, is_black: bool) -> Result<u32, Fault> {
    const LONGEST: u32 = 1 << 20;
    let mut length = 0;
    loop {
        let part = if is_black {
            black::decode(bits)
        } else {
            white::decode(bits)
        };
        let part = u32::from(part.ok_or_else(|| bits.fault())?);
        length += part;
        if part < 64 {
            return Ok(length);
        }
        if length > LONGEST {
            return Err(Fault::damaged("a fax run is longer than any row"));
        }
    }
}

fn blacken(row: &mut [u8], edges: &[u32], width: u32) {
    for pair in edges.chunks(2) {
        let start = pair.first().copied().unwrap_or(width);
        let end = pair.get(1).copied().unwrap_or(width);
        for x in start..end {
            if let Some(byte) = row.get_mut(x as usize / 8) {
                *byte |= 0x80 >> (x % 8);
            }
        }
    }
}

/// Bits from the highest of each byte; zeros follow the last one.
struct BitStream<'a> {
    packed: &'a [u8],
    place: usize,
}

impl BitStream<'_> {
    fn bit(&self, place: usize) -> Option<bool> {
        let byte = self.packed.get(place / 8)?;
        Some(byte & (0x80 >> (place % 8)) != 0)
    }

    fn next_bit(&mut self) -> bool {
        let bit = self.bit(self.place).unwrap_or(false);
        self.place += 1;
        bit
    }

    /// Skips eleven zeros or more with a one behind them. Some programs leave these out.
    fn skip_end_of_line(&mut self) {
        let mut place = self.place;
        while self.bit(place) == Some(false) {
            place += 1;
        }
        if place >= self.place + 11 && self.bit(place) == Some(true) {
            self.place = place + 1;
        }
    }

    /// What it means that no code was found here.
    fn fault(&self) -> Fault {
        if self.place + 16 >= 8 * self.packed.len() {
            Fault::Truncated
        } else {
            Fault::damaged("there is no such fax code")
        }
    }
}

impl BitReader for BitStream<'_> {
    type Error = Option<Bits>;

    fn peek(&self, bits: u8) -> Option<u16> {
        // A code may begin before the last byte and be looked for beyond it, but not begin beyond it.
        if bits > 16 || self.place >= 8 * self.packed.len() {
            return None;
        }
        let first = self.place / 8;
        let byte = |at| u32::from(self.packed.get(at).copied().unwrap_or(0));
        let window = byte(first) << 16 | byte(first + 1) << 8 | byte(first + 2);
        let shift = 24 - (self.place % 8) as u32 - u32::from(bits);
        Some((window >> shift & ((1 << bits) - 1)) as u16)
    }

    fn consume(&mut self, bits: u8) -> Result<(), Self::Error> {
        self.place += usize::from(bits);
        Ok(())
    }

    fn bits_to_byte_boundary(&self) -> u8 {
        ((8 - self.place % 8) % 8) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fax::encoder::Encoder;
    use fax::{Color, VecWriter};

    /// Group 4 by the other implementation at hand comes back as it was, for runs of every kind.
    #[test]
    fn group_4_is_read_as_it_was_written() {
        let width = 203u16;
        let is_black = |x: u32, y: u32| {
            ((x * x + 7 * y * y) / 90).is_multiple_of(3) || (x / 70 + y / 9).is_multiple_of(2)
        };
        let mut encoder = Encoder::new(VecWriter::new());
        for y in 0..60 {
            let row = (0..u32::from(width)).map(|x| {
                if is_black(x, y) {
                    Color::Black
                } else {
                    Color::White
                }
            });
            encoder.encode_line(row, width).unwrap();
        }
        let packed = encoder.finish().unwrap().finish();
        let unpacked = unpack(&packed, Kind::Group4, 0, u32::from(width), 60).unwrap();
        for (y, row) in unpacked.chunks_exact(26).enumerate() {
            for x in 0..u32::from(width) {
                let found = row[x as usize / 8] & (0x80 >> (x % 8)) != 0;
                assert_eq!(found, is_black(x, y as u32), "({x}, {y})");
            }
        }
        let cut = unpack(
            &packed[..packed.len() / 2],
            Kind::Group4,
            0,
            u32::from(width),
            60,
        );
        assert!(cut.is_err());
    }
}
