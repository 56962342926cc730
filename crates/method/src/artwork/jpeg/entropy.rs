//! A walk through the entropy-coded data of a JPEG file, without making pixels of them: what is damaged in its
//! scans is found here, since decoders fill it up in silence (ITU-T T.81, annexes E to G).

use super::super::fault::Fault;
use super::huffman::{Bits, Huffman};
use super::segments::{Component, Frame};

/// The reason why a scan cannot be followed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Break {
    /// There is no such code, or it leads out of its block.
    Code,
    /// A marker stands where data should be.
    Marker,
    /// The file ends.
    End,
    /// A table that was never given is asked for.
    Table,
}

/// What was found in a stream whose picture is whole.
#[derive(Debug, Default, Eq, PartialEq)]
pub(super) struct Walked {
    /// Bytes that belong to nothing.
    pub(super) stray: usize,
    /// Coefficients were never sent to their last bit.
    pub(super) unfinished: bool,
}

/// The scans of one picture.
pub(super) struct Scans<'a> {
    bytes: &'a [u8],
    frame: Frame,
    dc: [Option<Huffman>; 4],
    ac: [Option<Huffman>; 4],
    restart_interval: usize,
    blocks: Vec<Blocks>,
    pub(super) walked: Walked,
}

/// The blocks of a component.
struct Blocks {
    across: usize,
    down: usize,
    /// Blocks of a row, those included that only fill up the last group.
    stride: usize,
    /// Of a progressive picture: for each block, which coefficients are not zero.
    known: Vec<u64>,
    /// The lowest bit that was sent of each coefficient.
    sent: [u8; 64],
}

const NEVER_SENT: u8 = u8::MAX;

/// A component's part in a scan.
struct Part {
    component: usize,
    dc: usize,
    ac: usize,
}

/// The coefficients that a scan sends, and their bits.
struct Band {
    first: usize,
    last: usize,
    /// The lowest bit that was sent before, 0 for the first time.
    high: u8,
    low: u8,
}

impl<'a> Scans<'a> {
    /// Of a picture in `bytes`, whose size has been judged.
    pub(super) fn new(bytes: &'a [u8], frame: Frame) -> Self {
        let blocks = |component: &Component| {
            let side = |length: u32, factor: u32, most: u32| {
                (length * factor).div_ceil(most).div_ceil(8) as usize
            };
            let (groups_across, groups_down) = frame.groups();
            let stride = groups_across * component.across as usize;
            let all = stride * groups_down * component.down as usize;
            Blocks {
                across: side(frame.width, component.across, frame.most_across()),
                down: side(frame.height, component.down, frame.most_down()),
                stride,
                known: vec![0; if frame.progressive { all } else { 0 }],
                sent: [NEVER_SENT; 64],
            }
        };
        Self {
            bytes,
            blocks: frame.components.iter().map(blocks).collect(),
            frame,
            dc: [const { None }; 4],
            ac: [const { None }; 4],
            restart_interval: 0,
            walked: Walked::default(),
        }
    }

    /// Takes over the tables of a `DHT` segment.
    pub(super) fn tables(&mut self, mut segment: &[u8]) -> Result<(), Fault> {
        let wrong = || Fault::damaged("its Huffman tables make no sense");
        while let Some((&kind, rest)) = segment.split_first() {
            let (counts, rest) = rest.split_first_chunk::<16>().ok_or_else(wrong)?;
            let count = counts.iter().map(|&count| usize::from(count)).sum();
            let (symbols, rest) = rest.split_at_checked(count).ok_or_else(wrong)?;
            let table = Huffman::new(counts, symbols).ok_or_else(wrong)?;
            let tables = if kind >> 4 == 0 {
                &mut self.dc
            } else {
                &mut self.ac
            };
            *tables.get_mut(usize::from(kind & 15)).ok_or_else(wrong)? = Some(table);
            segment = rest;
        }
        Ok(())
    }

    /// Takes over the interval of a `DRI` segment.
    pub(super) fn restarts(&mut self, segment: &[u8]) {
        if let Some(&interval) = segment.first_chunk::<2>() {
            self.restart_interval = u16::from_be_bytes(interval).into();
        }
    }

    /// Walks through the data of a scan that begin at `at`, behind its header `segment`; gives the place behind
    /// them.
    pub(super) fn scan(&mut self, segment: &[u8], at: usize) -> Result<usize, Fault> {
        let (parts, band) = self.header(segment)?;
        let groups = match parts.as_slice() {
            [part] => {
                let blocks = &self.blocks[part.component];
                blocks.across * blocks.down
            }
            _ => {
                let (across, down) = self.frame.groups();
                across * down
            }
        };
        let mut bits = Bits::new(self.bytes, at);
        let mut end_run = 0;
        for group in 0..groups {
            if self.restart_interval > 0 && group > 0 && group % self.restart_interval == 0 {
                let number = (group / self.restart_interval - 1) % 8;
                bits = self
                    .restart(bits, number as u8)
                    .map_err(|why| broken(why, group, groups))?;
                end_run = 0;
            }
            self.group(&mut bits, &parts, &band, group, &mut end_run)
                .map_err(|why| broken(why, group, groups))?;
        }
        let (at, unread) = bits.finish();
        self.walked.stray += unread;
        for part in &parts {
            self.blocks[part.component].sent[band.first..=band.last].fill(band.low);
        }
        Ok(at)
    }

    /// Tells whether every component has come, and notes whether all of it has.
    pub(super) fn conclude(mut self) -> Result<Walked, Fault> {
        if self
            .blocks
            .iter()
            .any(|blocks| blocks.sent[0] == NEVER_SENT)
        {
            return Err(Fault::damaged("one of its colour components is missing"));
        }
        let whole = |blocks: &Blocks| blocks.sent.iter().all(|&low| low == 0);
        self.walked.unfinished = !self.blocks.iter().all(whole);
        Ok(self.walked)
    }

    fn header(&self, segment: &[u8]) -> Result<(Vec<Part>, Band), Fault> {
        let wrong = || Fault::damaged("the header of a scan makes no sense");
        let (&count, rest) = segment.split_first().ok_or_else(wrong)?;
        let (parts, rest) = rest
            .split_at_checked(2 * usize::from(count))
            .ok_or_else(wrong)?;
        let part = |pair: &[u8; 2]| {
            let mut components = self.frame.components.iter();
            Some(Part {
                component: components.position(|component| component.id == pair[0])?,
                dc: usize::from(pair[1] >> 4),
                ac: usize::from(pair[1] & 15),
            })
        };
        let parts: Option<Vec<Part>> = parts.as_chunks::<2>().0.iter().map(part).collect();
        let parts = parts.filter(|parts| !parts.is_empty()).ok_or_else(wrong)?;
        let &[first, last, precision] = rest.first_chunk::<3>().ok_or_else(wrong)?;
        let band = if self.frame.progressive {
            Band {
                first: first.into(),
                last: last.into(),
                high: precision >> 4,
                low: precision & 15,
            }
        } else {
            // What a sequential scan says of this means nothing.
            Band {
                first: 0,
                last: 63,
                high: 0,
                low: 0,
            }
        };
        let of_ac = band.first > 0;
        let possible = band.first <= band.last && band.last < 64 && band.low < 14;
        // The steady level is sent apart from the rest, the rest for each component apart.
        let fits =
            !self.frame.progressive || (of_ac && parts.len() == 1) || (!of_ac && band.last == 0);
        if possible && fits {
            Ok((parts, band))
        } else {
            Err(wrong())
        }
    }

    /// Goes on behind the restart marker with this number.
    fn restart(&mut self, bits: Bits<'a>, number: u8) -> Result<Bits<'a>, Break> {
        let (mut at, unread) = bits.finish();
        self.walked.stray += unread;
        loop {
            let rest = self.bytes.get(at..).unwrap_or_default();
            match rest {
                [0xFF, marker, ..] if *marker == 0xD0 + number => {
                    return Ok(Bits::new(self.bytes, at + 2));
                }
                [0xFF, 0x00 | 0xFF, ..] => at += 1,
                [0xFF, _, ..] => return Err(Break::Marker),
                [_, _, ..] => {
                    self.walked.stray += 1;
                    at += 1;
                }
                _ => return Err(Break::End),
            }
        }
    }

    /// The blocks that are sent together.
    fn group(
        &mut self,
        bits: &mut Bits,
        parts: &[Part],
        band: &Band,
        group: usize,
        end_run: &mut u32,
    ) -> Result<(), Break> {
        if let [part] = parts {
            let blocks = &self.blocks[part.component];
            let place = group / blocks.across * blocks.stride + group % blocks.across;
            return self.block(bits, part, band, place, end_run);
        }
        let (groups_across, _) = self.frame.groups();
        let (left, top) = (group % groups_across, group / groups_across);
        for part in parts {
            let component = &self.frame.components[part.component];
            let (across, down) = (component.across as usize, component.down as usize);
            for y in 0..down {
                for x in 0..across {
                    let stride = self.blocks[part.component].stride;
                    let place = (top * down + y) * stride + left * across + x;
                    self.block(bits, part, band, place, end_run)?;
                }
            }
        }
        Ok(())
    }

    fn block(
        &mut self,
        bits: &mut Bits,
        part: &Part,
        band: &Band,
        place: usize,
        end_run: &mut u32,
    ) -> Result<(), Break> {
        let table = |tables: &'_ [Option<Huffman>; 4], at: usize| -> bool {
            tables.get(at).is_some_and(Option::is_some)
        };
        let needs_dc = band.first == 0 && band.high == 0;
        let needs_ac = band.last > 0;
        if (needs_dc && !table(&self.dc, part.dc)) || (needs_ac && !table(&self.ac, part.ac)) {
            return Err(Break::Table);
        }
        if needs_dc && let Some(Some(table)) = self.dc.get(part.dc) {
            let size = table.next(bits)?;
            if size > 15 {
                return Err(Break::Code);
            }
            bits.skip(size.into())?;
        } else if band.first == 0 {
            bits.skip(1)?;
        }
        let Some(Some(table)) = self.ac.get(part.ac).filter(|_| needs_ac) else {
            return Ok(());
        };
        if !self.frame.progressive {
            return sequential(bits, table);
        }
        let Some(known) = self.blocks[part.component].known.get_mut(place) else {
            return Err(Break::Code);
        };
        if band.high == 0 {
            first_time(bits, table, band, known, end_run)
        } else {
            refinement(bits, table, band, known, end_run)
        }
    }
}

/// The coefficients of a sequential block but the first.
fn sequential(bits: &mut Bits, table: &Huffman) -> Result<(), Break> {
    let mut place = 1;
    while place < 64 {
        let symbol = table.next(bits)?;
        let (zeros, size) = (usize::from(symbol >> 4), u32::from(symbol & 15));
        match (zeros, size) {
            (15, 0) => place += 16,
            (_, 0) => return Ok(()),
            _ => {
                place += zeros;
                if place > 63 {
                    return Err(Break::Code);
                }
                bits.skip(size)?;
                place += 1;
            }
        }
    }
    Ok(())
}

/// The high bits of a band of coefficients.
fn first_time(
    bits: &mut Bits,
    table: &Huffman,
    band: &Band,
    known: &mut u64,
    end_run: &mut u32,
) -> Result<(), Break> {
    if *end_run > 0 {
        *end_run -= 1;
        return Ok(());
    }
    let mut place = band.first;
    while place <= band.last {
        let symbol = table.next(bits)?;
        let (zeros, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        match (zeros, size) {
            (15, 0) => place += 16,
            (_, 0) => {
                *end_run = (1 << zeros) - 1 + bits.number(zeros)?;
                return Ok(());
            }
            _ => {
                place += zeros as usize;
                if place > band.last {
                    return Err(Break::Code);
                }
                bits.skip(size)?;
                *known |= 1 << place;
                place += 1;
            }
        }
    }
    Ok(())
}

/// One more bit of a band: of each coefficient that is known, and those that are new.
fn refinement(
    bits: &mut Bits,
    table: &Huffman,
    band: &Band,
    known: &mut u64,
    end_run: &mut u32,
) -> Result<(), Break> {
    let mut place = band.first;
    while *end_run == 0 && place <= band.last {
        let symbol = table.next(bits)?;
        let (mut zeros, size) = (u32::from(symbol >> 4), u32::from(symbol & 15));
        match (zeros, size) {
            (15, 0) => {}
            (_, 0) => {
                *end_run = (1 << zeros) + bits.number(zeros)?;
                break;
            }
            (_, 1) => bits.skip(1)?,
            _ => return Err(Break::Code),
        }
        while place <= band.last {
            if *known >> place & 1 == 1 {
                bits.skip(1)?;
            } else if zeros == 0 {
                break;
            } else {
                zeros -= 1;
            }
            place += 1;
        }
        if size == 1 {
            if place > band.last {
                return Err(Break::Code);
            }
            *known |= 1 << place;
        }
        place += 1;
    }
    if *end_run > 0 {
        while place <= band.last {
            bits.skip((*known >> place & 1) as u32)?;
            place += 1;
        }
        *end_run -= 1;
    }
    Ok(())
}

fn broken(why: Break, group: usize, groups: usize) -> Fault {
    let percent = 100 * group / groups.max(1);
    let detail = match why {
        Break::End => return Fault::Truncated,
        Break::Code => format!("its scan makes no sense from {percent} % on"),
        Break::Marker => format!("its scan breaks off at {percent} %"),
        Break::Table => "a Huffman table is missing".to_owned(),
    };
    Fault::damaged(detail)
}
