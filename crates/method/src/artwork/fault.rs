//! What is wrong with a picture's bytes, before it is known which file they are of.

use std::error::Error;
use std::io;
use std::path::Path;

use image::ImageError;

use super::ArtworkError;

/// A fault of a picture, as [`ArtworkError`] without the file.
#[derive(Debug)]
pub(super) enum Fault {
    Variety(String),
    Damaged(String),
    Truncated,
    Memory,
    CameraRaw,
    TooLarge { width: u32, height: u32 },
    TooSmall { width: u32, height: u32 },
    TooNarrow { width: u32, height: u32 },
}

impl Fault {
    pub(super) fn variety(detail: impl Into<String>) -> Self {
        Self::Variety(detail.into())
    }

    pub(super) fn damaged(detail: impl Into<String>) -> Self {
        Self::Damaged(detail.into())
    }

    /// The error for the file at `path`, which is of `format`.
    pub(super) fn in_file(self, path: &Path, format: &'static str) -> ArtworkError {
        let path = path.to_owned();
        match self {
            Self::Variety(detail) => ArtworkError::Variety {
                path,
                format,
                detail,
            },
            Self::Damaged(detail) => ArtworkError::Damaged {
                path,
                format,
                detail,
            },
            Self::Truncated => ArtworkError::Truncated { path, format },
            Self::Memory => ArtworkError::Memory { path },
            Self::CameraRaw => ArtworkError::Format {
                path,
                format: "camera raw".to_owned(),
                advice: "develop it and save the result as PNG or TIFF",
            },
            Self::TooLarge { width, height } => ArtworkError::TooLarge {
                path,
                width,
                height,
            },
            Self::TooSmall { width, height } => ArtworkError::TooSmall {
                path,
                width,
                height,
            },
            Self::TooNarrow { width, height } => ArtworkError::TooNarrow {
                path,
                width,
                height,
            },
        }
    }
}

impl From<ImageError> for Fault {
    fn from(error: ImageError) -> Self {
        match error {
            ImageError::Limits(_) => Self::Memory,
            ImageError::Unsupported(error) => Self::Variety(error.to_string()),
            error if ends_early(&error) => Self::Truncated,
            error => Self::Damaged(error.to_string()),
        }
    }
}

/// Tells whether the cause is that the data came to an end.
fn ends_early(error: &ImageError) -> bool {
    if let ImageError::IoError(error) = error {
        return error.kind() == io::ErrorKind::UnexpectedEof;
    }
    std::iter::successors(error.source(), |&cause| cause.source())
        .filter_map(|cause| cause.downcast_ref::<io::Error>())
        .any(|cause| cause.kind() == io::ErrorKind::UnexpectedEof)
}
