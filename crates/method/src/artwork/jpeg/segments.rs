//! The segments of a JPEG file: the frame, and what stands beside the picture (ITU-T T.81, annex B).

// Pictures come from strangers: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

use super::super::exif::Turned;
use super::super::fault::Fault;
use super::super::stored::Profile;
use super::super::tiff;
use super::entropy::{Scans, Walked};

/// The most scans of a picture. Four components at most need some sixty for every bit apart.
const MOST_SCANS: usize = 256;

/// What the header of a frame says.
#[derive(Clone, Debug)]
pub(in super::super) struct Frame {
    pub(super) progressive: bool,
    pub(super) width: u32,
    pub(super) height: u32,
    pub(super) components: Vec<Component>,
}

#[derive(Clone, Debug)]
pub(super) struct Component {
    pub(super) id: u8,
    pub(super) across: u32,
    pub(super) down: u32,
}

impl Frame {
    /// Of `SOF0` to `SOF15`.
    fn new(marker: u8, segment: &[u8]) -> Result<Self, Fault> {
        let wrong = || Fault::damaged("the header of its frame makes no sense");
        match marker {
            0xC0..=0xC2 => {}
            0xC3 => return Err(Fault::variety("lossless JPEG")),
            0xC9..=0xCB => return Err(Fault::variety("arithmetic coding")),
            0xF7 => return Err(Fault::variety("JPEG-LS")),
            _ => return Err(Fault::variety("hierarchical JPEG")),
        }
        let &[precision, h1, h0, w1, w0, count] = segment.first_chunk::<6>().ok_or_else(wrong)?;
        if precision != 8 {
            return Err(Fault::variety(format!("{precision} bits a sample")));
        }
        let (width, height) = (u16::from_be_bytes([w1, w0]), u16::from_be_bytes([h1, h0]));
        if height == 0 {
            return Err(Fault::variety("its height stands behind the picture"));
        }
        let components = segment.get(6..).unwrap_or_default().as_chunks::<3>().0;
        let components = components
            .iter()
            .take(count.into())
            .map(|&[id, factors, _]| Component {
                id,
                across: u32::from(factors >> 4),
                down: u32::from(factors & 15),
            });
        let frame = Self {
            progressive: marker == 0xC2,
            width: width.into(),
            height: height.into(),
            components: components.collect(),
        };
        let possible = |factor: u32| (1..=4).contains(&factor);
        let sound = frame
            .components
            .iter()
            .all(|c| possible(c.across) && possible(c.down));
        if width == 0
            || !(1..=4).contains(&count)
            || frame.components.len() != usize::from(count)
            || !sound
        {
            return Err(wrong());
        }
        Ok(frame)
    }

    pub(super) fn most_across(&self) -> u32 {
        self.components
            .iter()
            .map(|component| component.across)
            .max()
            .unwrap_or(1)
    }

    pub(super) fn most_down(&self) -> u32 {
        self.components
            .iter()
            .map(|component| component.down)
            .max()
            .unwrap_or(1)
    }

    /// Groups of interleaved blocks, across and down.
    pub(super) fn groups(&self) -> (usize, usize) {
        let across = self.width.div_ceil(self.most_across().saturating_mul(8));
        let down = self.height.div_ceil(self.most_down().saturating_mul(8));
        (across as usize, down as usize)
    }
}

/// A JPEG file whose scans have been followed to their end.
pub(super) struct Walk<'a> {
    pub(super) frame: Frame,
    pub(super) walked: Walked,
    /// `APPn` segments before the first scan, with their numbers.
    applications: Vec<(u8, &'a [u8])>,
}

impl<'a> Walk<'a> {
    /// Follows the stream up to the end of its picture.
    ///
    /// # Errors
    /// [`Fault`] if it is cut, damaged, of another kind, or of a frame that `judge` does not accept.
    pub(super) fn new(
        bytes: &'a [u8],
        judge: impl Fn(&Frame) -> Result<(), Fault>,
    ) -> Result<Self, Fault> {
        let mut applications = Vec::new();
        // Tables may come before the frame.
        let mut early: Vec<(u8, &[u8])> = Vec::new();
        let mut scans: Option<(Scans, Frame)> = None;
        let mut at = 2;
        let (mut stray, mut count) = (0, 0);
        loop {
            let rest = bytes.get(at..).unwrap_or_default();
            let &[first, marker, ..] = rest else {
                return Err(Fault::Truncated);
            };
            match (first, marker) {
                (0xFF, 0xD9) => break,
                // Fill bytes, and markers without a segment.
                (0xFF, 0xFF) => at = at.saturating_add(1),
                (0xFF, 0x01 | 0xD0..=0xD8) => at = at.saturating_add(2),
                (0xFF, 0x02..) => {
                    let segment = segment(rest)?;
                    at = at.saturating_add(4).saturating_add(segment.len());
                    match (marker, &mut scans) {
                        (0xC4 | 0xDD, None) => early.push((marker, segment)),
                        (0xC4, Some((scans, _))) => scans.tables(segment)?,
                        (0xDD, Some((scans, _))) => scans.restarts(segment),
                        (0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xF7, None) => {
                            let frame = Frame::new(marker, segment)?;
                            judge(&frame)?;
                            let mut begun = Scans::new(bytes, frame.clone());
                            for (marker, segment) in early.drain(..) {
                                match marker {
                                    0xC4 => begun.tables(segment)?,
                                    _ => begun.restarts(segment),
                                }
                            }
                            scans = Some((begun, frame));
                        }
                        (0xDA, Some((scans, _))) => {
                            count = usize::saturating_add(count, 1);
                            if count > MOST_SCANS {
                                return Err(Fault::Memory);
                            }
                            at = scans.scan(segment, at)?;
                        }
                        (0xDA, None) => return Err(Fault::damaged("a scan without a frame")),
                        (0xE0..=0xEF, _) => applications.push((marker & 15, segment)),
                        _ => {}
                    }
                }
                _ => {
                    stray = usize::saturating_add(stray, 1);
                    at = at.saturating_add(1);
                }
            }
        }
        // An end before anything has begun.
        let (scans, frame) = scans.ok_or(Fault::Truncated)?;
        let mut walked = scans.conclude()?;
        walked.stray = walked.stray.saturating_add(stray);
        Ok(Self {
            frame,
            walked,
            applications,
        })
    }

    /// What follows `name` in the first `APPn` segment that begins with it.
    fn application(&self, number: u8, name: &[u8]) -> Option<&'a [u8]> {
        let mut segments = self.applications.iter();
        segments
            .find_map(|&(other, segment)| segment.strip_prefix(name).filter(|_| other == number))
    }

    pub(super) fn turned(&self) -> Turned {
        let mut turned = Turned::default();
        // A zero, or by some programs another byte, fills up the name.
        if let Some(block) = self.application(1, b"Exif\0").and_then(|it| it.get(1..)) {
            turned.exif(block);
        }
        if let Some(packet) = self.application(1, b"http://ns.adobe.com/xap/1.0/\0") {
            turned.xmp(packet);
        }
        turned
    }

    /// The profile, put together from the segments that it had to be cut into.
    pub(super) fn profile(&self) -> Profile {
        let parts = self.applications.iter().filter_map(|&(number, segment)| {
            let rest = segment
                .strip_prefix(b"ICC_PROFILE\0")
                .filter(|_| number == 2)?;
            let (&[part, count], data) = rest.split_first_chunk::<2>()?;
            Some((part, count, data))
        });
        let mut parts: Vec<_> = parts.collect();
        parts.sort_by_key(|&(part, ..)| part);
        let Some(&(_, count, _)) = parts.first() else {
            return Profile::None;
        };
        if let Some(missing) =
            (1..=count).find(|wanted| !parts.iter().any(|(part, ..)| part == wanted))
        {
            return Profile::Damaged(format!("part {missing} of its {count} is missing"));
        }
        if parts.len() != usize::from(count) {
            return Profile::Damaged(format!("it has {} parts and says {count}", parts.len()));
        }
        Profile::Icc(
            parts
                .iter()
                .flat_map(|(.., data)| data.iter().copied())
                .collect(),
        )
    }

    /// Other pictures of the same size in the file (CIPA DC-007): views of a panorama or from several sides.
    pub(super) fn other_pictures(&self) -> usize {
        const ENTRIES: u16 = 0xB002;
        let entries = self.application(2, b"MPF\0").and_then(|block| {
            let directories = tiff::Directories::new(block)?;
            let (directory, _) = directories.at(directories.first())?;
            let entries = directory.bytes(ENTRIES)?.as_chunks::<16>().0;
            let kind = |entry: &[u8; 16]| directories.order().unsigned(&entry[..4]) & 0xFF_FFFF;
            let is_view = |entry: &&[u8; 16]| (0x02_0001..=0x02_0003).contains(&kind(entry));
            Some(entries.iter().skip(1).filter(is_view).count())
        });
        entries.unwrap_or(0)
    }
}

/// The content of the segment that `rest` begins with.
fn segment(rest: &[u8]) -> Result<&[u8], Fault> {
    let length = rest.get(2..4).ok_or(Fault::Truncated)?;
    let length = length
        .iter()
        .fold(0, |sum, &byte| (sum << 8) | usize::from(byte));
    if length < 2 {
        return Err(Fault::damaged("a segment is shorter than its length"));
    }
    rest.get(4..length.saturating_add(2))
        .ok_or(Fault::Truncated)
}
