//! A picture from disk, as it is examined: decoded once, in sRGB, upright and opaque, with the
//! hash of exactly the bytes that were decoded.
//!
//! Pictures come from strangers, so every size is checked before anything is allocated for it.
//! Resizing and blurring follow the software that the method was published with to the last bit.

mod blur;
mod bmp;
mod boxes;
mod colour;
mod crop;
mod decode;
mod exif;
mod fault;
mod fill;
mod folder;
mod gif;
mod inks;
mod jpeg;
mod jpeg_2000;
mod jpeg_xl;
mod lab;
mod layered;
mod orientation;
mod planar;
mod png;
mod psd;
mod reading;
mod recognise;
mod resample;
mod size;
mod stored;
mod tiff;
mod webp;

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use image::RgbImage;
use image::metadata::Orientation;
use thiserror::Error;

use palimpsest_base::bounded_read::{ReadError, read_at_most};
use palimpsest_base::digest::Digest;

pub use blur::{MAX_BLUR_RADIUS, gaussian_blur};
pub use crop::Crop;
pub use fill::{FillError, fill_removed};
pub use folder::{PICTURE_EXTENSIONS, PictureFolder};
pub use planar::{PlanarError, from_unit_range, to_unit_range};
pub use reading::{Difference, Form, Reading, Readings};
pub use resample::{
    Filter, ResampleError, center_crop, covering, cut_off, prepare, prepare_at, resize_short_side,
    resize_to_cover,
};

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 2 << 30;
/// The longest side of a picture, in pixels.
pub const MAX_SIDE: u32 = 65_536;
/// The most memory of a picture's pixels, in bytes: as the file stores them, and three bytes each as they are
/// examined. That is 357 million pixels of RGB with 8 bits a channel, 238 million with 16.
pub const MAX_DECODED_BYTES: u64 = 2 << 30;
/// The shortest side of a picture, in pixels.
pub const MIN_SIDE: u32 = 8;
/// The largest ratio of the long side to the short one: resizing fixes the short side, so the
/// size of the result grows with this ratio.
pub const MAX_ASPECT: u32 = 32;

/// The reason why a picture cannot be examined.
#[derive(Debug, Error)]
pub enum ArtworkError {
    /// There is nothing at that path.
    #[error("{} does not exist: check the name and the folder", path.display())]
    Missing { path: PathBuf },
    /// The path is a folder.
    #[error("{} is a folder: choose a picture inside it", path.display())]
    Folder { path: PathBuf },
    /// The path is a device, a pipe or a socket.
    #[error("{} is not an ordinary file: copy the picture to a disk and choose the copy", path.display())]
    NotAFile { path: PathBuf },
    /// The operating system refuses to read it.
    #[error("{} cannot be read ({source}): check that you may open it", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    /// A file of no bytes.
    #[error("{} is empty (0 bytes): get the picture again from its source", path.display())]
    Empty { path: PathBuf },
    /// More than [`MAX_FILE_BYTES`].
    #[error("{} has {bytes} bytes, more than the {MAX_FILE_BYTES} that are read: save a smaller copy of the picture", path.display())]
    FileTooLarge { path: PathBuf, bytes: u64 },
    /// The bytes begin like no picture format.
    #[error("{} is not a picture of any kind that is known: choose a PNG, JPEG, WebP, TIFF, BMP, GIF, JPEG XL, JPEG 2000, Photoshop, Krita or OpenRaster file", path.display())]
    NotAPicture { path: PathBuf },
    /// A format that is known by name and not read.
    #[error("{} is a file of a format that is not read ({format}): {advice}", path.display())]
    Format {
        path: PathBuf,
        format: String,
        /// What to do.
        advice: &'static str,
    },
    /// A variety of a known format that is not read.
    #[error("{} is a {format} picture of a variety that is not read ({detail}): save it as PNG and choose that copy", path.display())]
    Variety {
        path: PathBuf,
        format: &'static str,
        detail: String,
    },
    /// The file ends before its picture does.
    #[error("{} is cut short: its {format} data end before the picture is complete; get the whole file from its source", path.display())]
    Truncated { path: PathBuf, format: &'static str },
    /// The file contradicts its format.
    #[error("{} is damaged and cannot be decoded as {format} ({detail}): get the picture again from its source", path.display())]
    Damaged {
        path: PathBuf,
        format: &'static str,
        detail: String,
    },
    /// More than [`MAX_SIDE`] or [`MAX_DECODED_BYTES`].
    #[error("{} is {width}×{height} pixels, more than the {MAX_SIDE} a side and the 2 GiB of memory for all that are accepted: reduce the picture", path.display())]
    TooLarge {
        path: PathBuf,
        width: u32,
        height: u32,
    },
    /// Its parts other than the pixels would fill the memory.
    #[error("{} would take more memory to decode than its size explains: save it as PNG and choose that copy", path.display())]
    Memory { path: PathBuf },
    /// Less than [`MIN_SIDE`].
    #[error("{} is {width}×{height} pixels, less than the {MIN_SIDE} a side that are needed: choose a larger picture", path.display())]
    TooSmall {
        path: PathBuf,
        width: u32,
        height: u32,
    },
    /// More than [`MAX_ASPECT`].
    #[error("{} is {width}×{height} pixels, one side more than {MAX_ASPECT} times the other: cut out the part to be examined", path.display())]
    TooNarrow {
        path: PathBuf,
        width: u32,
        height: u32,
    },
}

/// A decoded picture with what identifies it.
#[derive(Clone)]
pub struct Artwork {
    path: PathBuf,
    sha256: Digest,
    format: &'static str,
    pixels: RgbImage,
    warnings: Vec<String>,
    reading: Reading,
    differences: Vec<Difference>,
    /// The turn that makes the stored picture the seen one.
    orientation: Orientation,
}

impl fmt::Debug for Artwork {
    /// Everything but the pixels, of which there may be millions.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Artwork")
            .field("path", &self.path)
            .field("sha256", &self.sha256)
            .field("format", &self.format)
            .field("size", &self.pixels.dimensions())
            .field("warnings", &self.warnings)
            .field("reading", &self.reading)
            .field("differences", &self.differences)
            .finish_non_exhaustive()
    }
}

impl Artwork {
    /// Reads and decodes the picture at `path`.
    ///
    /// # Errors
    /// Every [`ArtworkError`].
    pub fn open(path: &Path) -> Result<Self, ArtworkError> {
        Self::open_as(path, Reading::AS_SEEN)
    }

    /// The same in another reading.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_as(path: &Path, reading: Reading) -> Result<Self, ArtworkError> {
        Self::from_bytes_as(path, &read(path)?, reading)
    }

    /// Decodes `bytes`, the content of a picture file that is called `path` in messages.
    ///
    /// # Errors
    /// Those [`ArtworkError`]s that concern the content.
    pub fn from_bytes(path: &Path, bytes: &[u8]) -> Result<Self, ArtworkError> {
        Self::from_bytes_as(path, bytes, Reading::AS_SEEN)
    }

    /// The same in another reading.
    ///
    /// # Errors
    /// As [`Self::from_bytes`].
    pub fn from_bytes_as(
        path: &Path,
        bytes: &[u8],
        reading: Reading,
    ) -> Result<Self, ArtworkError> {
        let decoded = decode::decode(path, bytes, reading)?;
        Ok(Self {
            path: path.to_owned(),
            sha256: Digest::of(bytes),
            format: decoded.format,
            pixels: decoded.pixels,
            warnings: decoded.warnings,
            reading,
            differences: decoded.differences,
            orientation: decoded.orientation,
        })
    }

    /// The file that the picture was read from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// SHA-256 of the file's bytes.
    pub fn sha256(&self) -> Digest {
        self.sha256
    }

    /// The way in which the file was read.
    pub fn reading(&self) -> Reading {
        self.reading
    }

    /// What the picture as it is seen and the picture as it is stored differ in.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// The square `crop` of the picture as it is seen, as a square of the picture in this reading.
    pub fn crop_in_reading(&self, crop: Crop) -> Crop {
        let is_wide = self.width() >= self.height();
        let stored = self.reading.form == Form::AsStored;
        let seen_is_wide = is_wide != (stored && orientation::exchanges_sides(self.orientation));
        let turned = stored && orientation::reverses(self.orientation, seen_is_wide);
        match turned != (self.reading.mirrored && is_wide) {
            true => Crop::at(-crop.place()),
            false => crop,
        }
    }

    /// What is said where the two readings are not the same picture.
    pub fn difference_sentence(&self) -> Option<String> {
        let words: Vec<&str> = self.differences.iter().map(|what| what.word()).collect();
        let (other, done) = match self.reading.form {
            Form::AsSeen => ("stored", "seen"),
            Form::AsStored => ("seen", "stored"),
        };
        (!words.is_empty()).then(|| {
            format!(
                "As it is {other} the file is another picture ({}), and a model may have been trained on that one; \
                 it was examined as it is {done}.",
                words.join(", ")
            )
        })
    }

    /// Width of the picture as it was read, in pixels.
    pub fn width(&self) -> u32 {
        self.pixels.width()
    }

    /// Height of the picture as it was read, in pixels.
    pub fn height(&self) -> u32 {
        self.pixels.height()
    }

    /// The file's format by its content: `PNG`, `JPEG`, `WebP`, `TIFF`, `BMP`, `GIF`, `JPEG XL`, `JPEG 2000`,
    /// `Photoshop`, `Krita` or `OpenRaster`.
    pub fn format(&self) -> &'static str {
        self.format
    }

    /// The pixels, 8 bits a channel; as seen they are sRGB, upright, and over white where the file is transparent.
    pub fn pixels(&self) -> &RgbImage {
        &self.pixels
    }

    /// Faults that did not prevent decoding, one sentence each.
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }
}

/// The bytes of the file at `path`, read once so that what is hashed is what is decoded.
fn read(path: &Path) -> Result<Vec<u8>, ArtworkError> {
    let unreadable = |source: io::Error| match source.kind() {
        io::ErrorKind::NotFound => ArtworkError::Missing { path: path.into() },
        _ => ArtworkError::Unreadable {
            path: path.into(),
            source,
        },
    };
    let metadata = fs::metadata(path).map_err(unreadable)?;
    if metadata.is_dir() {
        return Err(ArtworkError::Folder { path: path.into() });
    }
    if !metadata.is_file() {
        return Err(ArtworkError::NotAFile { path: path.into() });
    }
    let too_large = |bytes| ArtworkError::FileTooLarge {
        path: path.into(),
        bytes,
    };
    if metadata.len() > MAX_FILE_BYTES {
        return Err(too_large(metadata.len()));
    }
    read_at_most(path, MAX_FILE_BYTES).map_err(|error| match error {
        ReadError::Io(source) => unreadable(source),
        // It has grown since the question for its size.
        ReadError::TooLarge { limit } => too_large(limit.saturating_add(1)),
    })
}
