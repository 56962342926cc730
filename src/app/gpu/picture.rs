//! Sources of a pane: a picture, a latent that still changes, and the cells that a mask removed.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use image::{DynamicImage, RgbImage, RgbaImage};

use super::preview::LivePreview;

/// A number that nothing else shown by this process has.
fn fresh() -> u64 {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    NEXT.fetch_add(1, Ordering::Relaxed)
}

/// Number of pixels of each luminance, 0 to 255.
pub type Histogram = [u32; 256];

/// Counts luminances: the weights of Rec. 709 on sRGB values as they are in files.
fn histogram(colours: impl Iterator<Item = [u8; 3]>) -> Histogram {
    let mut counts = [0; 256];
    for [red, green, blue] in colours {
        let [red, green, blue] = [red, green, blue].map(u32::from);
        let luminance = (2126 * red + 7152 * green + 722 * blue + 5000) / 10_000;
        counts[luminance as usize] += 1;
    }
    counts
}

/// A picture that does not change, with the identity by which it is uploaded once. Clones are the
/// same picture.
#[derive(Clone, Debug)]
pub struct PictureHandle {
    id: u64,
    pixels: Arc<RgbaImage>,
    luminance: Arc<Histogram>,
}

impl PictureHandle {
    /// Takes a picture in sRGB. Converts and counts every pixel: make it where the picture is made,
    /// not in the frame that first shows it.
    pub fn new(pixels: RgbImage) -> Self {
        Self {
            id: fresh(),
            luminance: Arc::new(histogram(pixels.pixels().map(|pixel| pixel.0))),
            pixels: Arc::new(DynamicImage::ImageRgb8(pixels).into_rgba8()),
        }
    }

    /// Number that tells it from every other picture.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The pixels, opaque.
    pub fn pixels(&self) -> &Arc<RgbaImage> {
        &self.pixels
    }
}

impl PartialEq for PictureHandle {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// A source: what stands in one place of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A picture.
    Picture(PictureHandle),
    /// The newest latent of a run.
    Live(LivePreview),
}

impl Source {
    /// Width and height in pixels.
    pub fn size(&self) -> [u32; 2] {
        match self {
            Self::Picture(picture) => picture.pixels.dimensions().into(),
            Self::Live(live) => live.size(),
        }
    }

    /// Histogram of its luminances; of a changing latent that of its cells.
    pub fn luminance(&self) -> Histogram {
        match self {
            Self::Picture(picture) => *picture.luminance,
            Self::Live(live) => histogram(live.cells().into_iter()),
        }
    }

    /// The sRGB values of one pixel; `None` outside of the picture.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        match self {
            Self::Picture(picture) => {
                let pixel = picture.pixels.get_pixel_checked(x, y)?;
                Some([pixel[0], pixel[1], pixel[2]])
            }
            Self::Live(live) => live.pixel(x, y),
        }
    }
}

impl From<PictureHandle> for Source {
    fn from(picture: PictureHandle) -> Self {
        Self::Picture(picture)
    }
}

impl From<LivePreview> for Source {
    fn from(live: LivePreview) -> Self {
        Self::Live(live)
    }
}

/// Cells of the latent that a mask removed, row by row.
#[derive(Clone, Debug)]
pub struct MaskGrid {
    id: u64,
    removed: Arc<[bool]>,
    width: usize,
}

impl MaskGrid {
    /// `None` unless `removed` is whole rows of `width` cells, at least one.
    pub fn new(removed: Arc<[bool]>, width: usize) -> Option<Self> {
        (width > 0 && !removed.is_empty() && removed.len().is_multiple_of(width)).then(|| Self {
            id: fresh(),
            removed,
            width,
        })
    }

    /// Number that tells it from every other grid.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// Columns and rows.
    pub fn size(&self) -> [u32; 2] {
        [self.width, self.removed.len() / self.width].map(|cells| cells as u32)
    }

    /// One byte a cell: 255 where removed.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let byte = |&removed: &bool| if removed { u8::MAX } else { 0 };
        self.removed.iter().map(byte).collect()
    }
}

impl PartialEq for MaskGrid {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}
