//! What the samples of a TIFF picture mean, and the colours that they are.

use super::super::fault::Fault;
use super::super::lab;
use super::directory::Directory;
use super::layout::{Layout, Numbers};
use super::samples::Scale;

const COLOUR_MAP: u16 = 320;
const INK_SET: u16 = 332;
const YCBCR_COEFFICIENTS: u16 = 529;
const YCBCR_SUBSAMPLING: u16 = 530;
const REFERENCE_BLACK_WHITE: u16 = 532;

/// The meaning of a pixel's samples (`PhotometricInterpretation`).
pub(super) enum Meaning {
    WhiteIsZero,
    BlackIsZero,
    Rgb,
    Palette(Vec<[u8; 3]>),
    Cmyk,
    YCbCr(YCbCr),
    /// L* to 255, a* and b* with a sign.
    Lab,
    /// L* to 255, a* and b* from 128.
    IccLab,
}

impl Meaning {
    /// # Errors
    /// [`Fault`] if the file gives no such meaning, or one that is not read.
    pub(super) fn new(directory: &Directory, layout: &Layout) -> Result<Self, Fault> {
        let meaning = match layout.photometric {
            0 => Self::WhiteIsZero,
            1 => Self::BlackIsZero,
            2 => Self::Rgb,
            3 => palette(directory, layout)?,
            5 if directory.unsigned(INK_SET).unwrap_or(1) == 1 => Self::Cmyk,
            5 => {
                return Err(Fault::variety(
                    "inks other than cyan, magenta, yellow and black",
                ));
            }
            6 => Self::YCbCr(YCbCr::new(directory)),
            8 => Self::Lab,
            9 => Self::IccLab,
            32803 | 34892 => return Err(Fault::CameraRaw),
            other => {
                let name = match other {
                    4 => "a transparency mask",
                    10 => "ITU L*a*b*",
                    32844 | 32845 => "LogLuv",
                    _ => return Err(Fault::variety(format!("samples of meaning {other}"))),
                };
                return Err(Fault::variety(name));
            }
        };
        if layout.samples < meaning.samples() {
            return Err(Fault::damaged(
                "it has fewer samples a pixel than its colours need",
            ));
        }
        let whole = matches!(
            meaning,
            Self::Lab | Self::IccLab | Self::YCbCr(_) | Self::Palette(_)
        );
        if whole && layout.numbers == Numbers::Float {
            return Err(Fault::variety("colours of this kind as floats"));
        }
        Ok(meaning)
    }

    /// Samples of a pixel that its colour is made of.
    pub(super) fn samples(&self) -> usize {
        match self {
            Self::WhiteIsZero | Self::BlackIsZero | Self::Palette(_) => 1,
            Self::Rgb | Self::YCbCr(_) | Self::Lab | Self::IccLab => 3,
            Self::Cmyk => 4,
        }
    }

    pub(super) fn is_grey(&self) -> bool {
        matches!(self, Self::WhiteIsZero | Self::BlackIsZero)
    }

    /// True for colours that are the same on every device.
    pub(super) fn is_absolute(&self) -> bool {
        matches!(self, Self::Lab | Self::IccLab)
    }

    /// What samples are reduced to for [`Self::colour`].
    pub(super) fn scale(&self) -> Scale {
        match self {
            Self::Palette(_) => Scale::Index,
            Self::Lab | Self::IccLab => Scale::HighByte,
            _ => Scale::Levels,
        }
    }

    /// The colour of a pixel of this many samples or more; [`Self::Cmyk`] has none of its own.
    pub(super) fn colour(&self, samples: &[u8]) -> [u8; 3] {
        let first = samples.first().copied().unwrap_or(0);
        let three = samples.first_chunk::<3>().copied().unwrap_or_default();
        match self {
            Self::WhiteIsZero => [255 - first; 3],
            Self::BlackIsZero => [first; 3],
            Self::Rgb | Self::Cmyk => three,
            // It has a colour for every level of so many bits.
            Self::Palette(colours) => colours.get(usize::from(first)).copied().unwrap_or_default(),
            Self::YCbCr(coding) => coding.colour(three),
            Self::Lab => lab::to_srgb(three[0], three[1] as i8, three[2] as i8),
            Self::IccLab => {
                let signed = |level: u8| (level ^ 0x80) as i8;
                lab::to_srgb(three[0], signed(three[1]), signed(three[2]))
            }
        }
    }
}

/// Three tables of 16-bit levels, one after the other.
fn palette(directory: &Directory, layout: &Layout) -> Result<Meaning, Fault> {
    if layout.bits > 8 {
        return Err(Fault::variety(format!("a palette of {} bits", layout.bits)));
    }
    let table = directory.unsigned_list(COLOUR_MAP).unwrap_or_default();
    let count = 1 << layout.bits;
    if table.len() < 3 * count {
        return Err(Fault::damaged("its palette is missing or incomplete"));
    }
    // Some programs wrote 8 bits; no palette of 16 has all its colours so dark.
    let small = table.iter().all(|&level| level < 256);
    let level = |place: usize| {
        let level = table.get(place).copied().unwrap_or(0);
        if small {
            level as u8
        } else {
            (level >> 8) as u8
        }
    };
    let colour = |index| [level(index), level(index + count), level(index + 2 * count)];
    Ok(Meaning::Palette((0..count).map(colour).collect()))
}

/// Luminance and two differences (TIFF 6.0, section 21).
pub(super) struct YCbCr {
    /// Shares of red, green and blue in the luminance.
    shares: [f32; 3],
    /// Black and white of each sample.
    reference: [[f32; 2]; 3],
    /// Pixels across and down that share their differences.
    block: [u64; 2],
}

impl YCbCr {
    fn new(directory: &Directory) -> Self {
        let numbers = |tag| {
            directory
                .numbers(tag)
                .filter(|numbers| numbers.iter().all(|n| n.is_finite()))
        };
        let shares = match numbers(YCBCR_COEFFICIENTS).as_deref() {
            Some(&[r, g, b]) if r > 0.0 && g > 0.0 && b > 0.0 => [r as f32, g as f32, b as f32],
            _ => [0.299, 0.587, 0.114],
        };
        let reference = match numbers(REFERENCE_BLACK_WHITE).as_deref() {
            Some(&[a, b, c, d, e, f]) if a < b && c < d && e < f => [
                [a as f32, b as f32],
                [c as f32, d as f32],
                [e as f32, f as f32],
            ],
            _ => [[0.0, 255.0], [128.0, 255.0], [128.0, 255.0]],
        };
        let block = match directory.unsigned_list(YCBCR_SUBSAMPLING).as_deref() {
            Some(&[across, down]) => [across, down],
            _ => [2, 2],
        };
        Self {
            shares,
            reference,
            block,
        }
    }

    pub(super) fn block(&self) -> [u64; 2] {
        self.block
    }

    fn colour(&self, samples: [u8; 3]) -> [u8; 3] {
        let [red, green, blue] = self.shares;
        let scaled = |at: usize, full: f32| {
            let [black, white] = self.reference[at];
            (f32::from(samples[at]) - black) * full / (white - black)
        };
        let (y, cb, cr) = (scaled(0, 255.0), scaled(1, 127.0), scaled(2, 127.0));
        let r = y + cr * (2.0 - 2.0 * red);
        let b = y + cb * (2.0 - 2.0 * blue);
        let g = (y - red * r - blue * b) / green;
        [r, g, b].map(|level| level.round().clamp(0.0, 255.0) as u8)
    }
}
