//! Pictures that are refused: what is none, what is damaged, what would fill the memory.

use std::fs;
use std::io::Cursor;
use std::path::Path;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use palimpsest_method::artwork::{Artwork, ArtworkError, MAX_FILE_BYTES};
use proptest::prelude::*;

fn decode(bytes: &[u8]) -> Result<Artwork, ArtworkError> {
    Artwork::from_bytes(Path::new("picture.png"), bytes)
}

#[test]
fn what_is_no_picture_file_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let missing = Artwork::open(&folder.path().join("gone.png")).unwrap_err();
    assert!(matches!(missing, ArtworkError::Missing { .. }));
    assert!(missing.to_string().contains("gone.png does not exist"));
    let error = Artwork::open(folder.path()).unwrap_err();
    assert!(matches!(error, ArtworkError::Folder { .. }));

    let write = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        Artwork::open(&path).unwrap_err()
    };
    let error = write("empty.png", b"");
    assert!(matches!(error, ArtworkError::Empty { .. }));
    let error = write(
        "letter.png",
        b"Dear Sir or Madam, the painting is attached.",
    );
    assert!(matches!(error, ArtworkError::NotAPicture { .. }));
    assert!(error.to_string().contains("letter.png is not a picture"));
    let error = write("map.png", b"\0\0\x01\0\x01\0\x10\x10\0\0\x01\0\x20\0\0\0");
    assert!(matches!(error, ArtworkError::Format { .. }), "{error}");
}

#[test]
fn a_file_that_is_too_large_is_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.tif");
    let file = fs::File::create(&path).unwrap();
    file.set_len(MAX_FILE_BYTES + 1).unwrap();
    let error = Artwork::open(&path).unwrap_err();
    assert!(matches!(error, ArtworkError::FileTooLarge { .. }));
    let message = error.to_string();
    assert!(
        message.contains("2147483649 bytes") && message.contains("2147483648"),
        "{message}"
    );
}

/// A PNG file that declares a size and holds nothing; `crc` is that of the declaration.
fn png_declaring(width: u32, height: u32, crc: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0]);
    bytes.extend(crc.to_be_bytes());
    bytes.extend(b"\0\0\0\0IDAT\x35\xaf\x06\x1e");
    bytes
}

#[test]
fn sizes_are_judged_by_the_declaration_alone() {
    for (width, height, crc) in [
        (60_000, 60_000, 0x0FB0_E215),
        (70_000, 2_200, 0x74A7_E3F0),
        (32_000, 32_000, 0x0CE0_455A),
    ] {
        let error = decode(&png_declaring(width, height, crc)).unwrap_err();
        assert!(matches!(error, ArtworkError::TooLarge { .. }), "{error}");
        let message = error.to_string();
        assert!(
            message.contains(&format!("{width}×{height} pixels")),
            "{message}"
        );
        assert!(
            message.contains("65536 a side and the 2 GiB of memory"),
            "{message}"
        );
    }
    let error = decode(&png_declaring(7, 100, 0xC550_BD70)).unwrap_err();
    assert!(matches!(error, ArtworkError::TooSmall { .. }), "{error}");
    let error = decode(&png_declaring(1000, 31, 0xFBBE_708F)).unwrap_err();
    assert!(matches!(error, ArtworkError::TooNarrow { .. }), "{error}");
    let error = decode(&png_declaring(
        i32::MAX as u32,
        i32::MAX as u32,
        0x9BAB_9C31,
    ))
    .unwrap_err();
    assert!(
        matches!(
            error,
            ArtworkError::TooLarge { .. } | ArtworkError::Memory { .. }
        ),
        "{error}"
    );
}

fn whole_files() -> Vec<(ImageFormat, Vec<u8>)> {
    let picture = RgbImage::from_fn(40, 33, |x, y| Rgb([(x * y) as u8, (7 * x) as u8, y as u8]));
    [
        ImageFormat::Png,
        ImageFormat::Jpeg,
        ImageFormat::WebP,
        ImageFormat::Tiff,
        ImageFormat::Bmp,
        ImageFormat::Gif,
    ]
    .map(|format| {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::from(picture.clone())
            .write_to(&mut bytes, format)
            .unwrap();
        (format, bytes.into_inner())
    })
    .into()
}

#[test]
fn a_file_that_is_cut_short_is_never_taken_for_whole() {
    for (format, bytes) in whole_files() {
        assert!(decode(&bytes).is_ok());
        for tenth in 1..10 {
            let cut = decode(&bytes[..bytes.len() * tenth / 10]);
            assert!(cut.is_err(), "{format:?} cut at {tenth}/10");
        }
        let error = decode(&bytes[..bytes.len() * 6 / 10]).unwrap_err();
        let truncated = matches!(error, ArtworkError::Truncated { .. })
            || error.to_string().contains("Unexpected End of File");
        assert!(truncated, "{format:?}: {error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is in the file, decoding it ends in a picture or an error.
    #[test]
    fn damaged_files_do_no_harm(
        which in 0usize..6,
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        let (_, mut bytes) = whole_files().swap_remove(which);
        for (place, value) in damage {
            let place = place.index(bytes.len());
            bytes[place] = value;
        }
        if let Ok(artwork) = decode(&bytes) {
            prop_assert!(artwork.width() >= 8 && artwork.height() >= 8);
        }
    }
}
