//! Huffman tables of a JPEG stream, and the bits that they are looked up with (ITU-T T.81, annex C and F).

use super::entropy::Break;

/// Bits that are looked up at once.
const FAST_BITS: u32 = 9;

/// Codes of up to 16 bits.
pub(super) struct Huffman {
    /// For the next bits: length of the code and symbol; 0 where it is longer.
    fast: Vec<u16>,
    /// For each length: the first code that is longer, written in 16 bits.
    limits: [u32; 17],
    /// For each length: what is added to a code for its place among the symbols.
    shifts: [i32; 17],
    symbols: Vec<u8>,
}

impl Huffman {
    /// The table with these numbers of codes of 1 to 16 bits; `None` if there are not so many codes.
    pub(super) fn new(counts: &[u8; 16], symbols: &[u8]) -> Option<Self> {
        let mut fast = vec![0; 1 << FAST_BITS];
        let mut limits = [0; 17];
        let mut shifts = [0; 17];
        let (mut code, mut place) = (0u32, 0usize);
        for (length, &count) in (1u32..).zip(counts) {
            shifts[length as usize] = place as i32 - code as i32;
            for _ in 0..count {
                let symbol = *symbols.get(place)?;
                if code >> length != 0 {
                    return None;
                }
                if length <= FAST_BITS {
                    let spare = FAST_BITS - length;
                    let first = (code << spare) as usize;
                    let entry = (length as u16) << 8 | u16::from(symbol);
                    fast.get_mut(first..first + (1 << spare))?.fill(entry);
                }
                code += 1;
                place += 1;
            }
            limits[length as usize] = code << (16 - length);
            code <<= 1;
        }
        Some(Self {
            fast,
            limits,
            shifts,
            symbols: symbols.get(..place)?.to_vec(),
        })
    }

    /// The next symbol.
    pub(super) fn next(&self, bits: &mut Bits) -> Result<u8, Break> {
        let window = bits.peek_16();
        let entry = self.fast.get((window >> (16 - FAST_BITS)) as usize);
        if let Some(&entry) = entry.filter(|&&entry| entry != 0) {
            bits.skip(u32::from(entry >> 8))?;
            return Ok(entry as u8);
        }
        for length in FAST_BITS as usize + 1..=16 {
            if window < self.limits[length] {
                bits.skip(length as u32)?;
                let place = (window >> (16 - length)) as i32 + self.shifts[length];
                let symbol = usize::try_from(place)
                    .ok()
                    .and_then(|place| self.symbols.get(place));
                return symbol.copied().ok_or(Break::Code);
            }
        }
        // Where the data have come to an end, there is no code either.
        Err(bits.ended().unwrap_or(Break::Code))
    }
}

/// The bits of entropy-coded data up to the next marker.
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
    buffer: u64,
    count: u32,
}

impl<'a> Bits<'a> {
    /// From the byte `at` on.
    pub(super) fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            buffer: 0,
            count: 0,
        }
    }

    /// The next 16 bits, with zeros behind the last one.
    fn peek_16(&mut self) -> u32 {
        if self.count < 16 {
            self.fill();
        }
        if self.count >= 16 {
            (self.buffer >> (self.count - 16)) as u32 & 0xFFFF
        } else {
            (self.buffer << (16 - self.count)) as u32 & 0xFFFF
        }
    }

    fn fill(&mut self) {
        while self.count <= 48 {
            let Some((byte, at)) = self.data_byte() else {
                return;
            };
            self.buffer = self.buffer << 8 | u64::from(byte);
            self.count += 8;
            self.at = at;
        }
    }

    /// The next byte of data and the place behind it; `None` at a marker and at the end.
    fn data_byte(&self) -> Option<(u8, usize)> {
        let byte = *self.bytes.get(self.at)?;
        if byte != 0xFF {
            return Some((byte, self.at + 1));
        }
        let mut next = self.at + 1;
        while self.bytes.get(next) == Some(&0xFF) {
            next += 1;
        }
        // A zero stands behind each FF that is data.
        (self.bytes.get(next) == Some(&0)).then_some((0xFF, next + 1))
    }

    /// The number in the next bits, at most 16.
    pub(super) fn number(&mut self, count: u32) -> Result<u32, Break> {
        if count == 0 {
            return Ok(0);
        }
        let window = self.peek_16();
        self.skip(count)?;
        Ok(window >> (16 - count))
    }

    pub(super) fn skip(&mut self, count: u32) -> Result<(), Break> {
        if self.count < count {
            self.fill();
        }
        match self.count.checked_sub(count) {
            Some(left) => {
                self.count = left;
                Ok(())
            }
            None => Err(self.ended().unwrap_or(Break::Code)),
        }
    }

    /// How the data ended, if they have.
    fn ended(&self) -> Option<Break> {
        if self.data_byte().is_some() {
            return None;
        }
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let at_marker = rest.iter().any(|&byte| byte != 0xFF);
        Some(if at_marker { Break::Marker } else { Break::End })
    }

    /// The place behind what was read, and the number of whole bytes that were read too far.
    pub(super) fn finish(self) -> (usize, usize) {
        (self.at, self.count as usize / 8)
    }
}
