//! Pictures as cameras, scanners and paint programs write them: the right colours, or a refusal by name. The right
//! ones are Pillow's with Little CMS, upright and over white, to two levels; `tests/pictures/README.md` says
//! what each file is.

use std::path::{Path, PathBuf};

use palimpsest_method::artwork::{Artwork, ArtworkError, Difference, Form, Reading, prepare};

fn file(name: &str) -> PathBuf {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    PathBuf::from(format!("{root}/tests/pictures/{name}"))
}

fn open(name: &str) -> Artwork {
    Artwork::open(&file(name)).unwrap_or_else(|error| panic!("{error}"))
}

/// Four colours of the square of 64 pixels, from left above row by row.
fn four(artwork: &Artwork) -> [[u8; 3]; 4] {
    let square = prepare(artwork.pixels(), 64).unwrap();
    [(16, 16), (48, 16), (16, 48), (48, 48)].map(|(x, y)| square.get_pixel(x, y).0)
}

fn near(found: [[u8; 3]; 4], right: [[u8; 3]; 4], levels: u8) -> bool {
    let (found, right) = (found.as_flattened(), right.as_flattened());
    found
        .iter()
        .zip(right)
        .all(|(a, b)| a.abs_diff(*b) <= levels)
}

const PLAIN: [[u8; 3]; 4] = [[200, 40, 40], [40, 160, 60], [50, 70, 190], [220, 190, 60]];
const TURNED: [[u8; 3]; 4] = [[50, 70, 190], [200, 40, 40], [220, 190, 60], [40, 160, 60]];
const WIDE: [[u8; 3]; 4] = [[229, 25, 42], [0, 179, 61], [59, 89, 209], [232, 201, 39]];

#[test]
fn colours_are_those_of_other_programs() {
    let grey = |levels: [u8; 4]| levels.map(|level| [level; 3]);
    let cases = [
        ("03_webp_exif_prefix_o6.webp", TURNED),
        (
            "04_tiff_associated_alpha.tif",
            [
                [227, 147, 147],
                [40, 160, 60],
                [152, 162, 222],
                [220, 190, 60],
            ],
        ),
        ("05_tiff_icc_dropped.tif", WIDE),
        ("05_same_pixels_and_profile.png", WIDE),
        (
            "06_cmyk_jpeg_with_profile.jpg",
            [[188, 59, 37], [59, 116, 67], [66, 60, 125], [222, 184, 72]],
        ),
        ("06_cmyk_jpeg_no_profile_no_warning.jpg", PLAIN),
        (
            "07_tiff_tiled_planar_panic.tif",
            [[250; 3], PLAIN[1], PLAIN[2], PLAIN[3]],
        ),
        ("08_raw_like_thumbnail_first.dng", PLAIN),
        ("10_bigtiff.tif", PLAIN),
        ("13_tiff_palette.tif", PLAIN),
        ("13_tiff_jpeg_ycbcr.tif", PLAIN),
        ("13_tiff_grey_alpha.tif", grey([147, 160, 162, 190])),
        ("13_tiff_grey_float.tif", grey([40, 160, 70, 190])),
        ("13_tiff_fax3.tif", grey([0, 255, 0, 255])),
        ("14_jpeg_orientation_as_long_o6.jpg", TURNED),
        ("14_png_raw_profile_exif_o6.png", TURNED),
        ("15_animated.gif", PLAIN),
        ("15_two_pages.tif", PLAIN),
        (
            "17_png_gama_linear.png",
            [
                [229, 110, 110],
                [110, 208, 133],
                [122, 143, 224],
                [239, 224, 133],
            ],
        ),
        ("18_jpeg_icc_second_chunk_missing.jpg", PLAIN),
        ("18_png_iccp_damaged.png", PLAIN),
        ("20_tiff_rgb_32bit_unsigned.tif", PLAIN),
        ("20_tiff_grey_fillorder2.tif", grey([40, 160, 70, 190])),
    ];
    let mut wrong = Vec::new();
    for (name, right) in cases {
        match Artwork::open(&file(name)) {
            Err(error) => wrong.push(error.to_string()),
            Ok(artwork) => {
                let found = four(&artwork);
                println!("{name}: {found:?} {:?}", artwork.warnings());
                if !near(found, right, 3) {
                    wrong.push(format!("{name}: {found:?}, not {right:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn refusal(name: &str, bytes: &[u8]) -> ArtworkError {
    Artwork::from_bytes(Path::new(name), bytes).unwrap_err()
}

#[test]
fn photographs_whose_scan_is_damaged_are_refused() {
    for (name, part) in [
        ("01_jpeg_ff_run_59pct_grey.jpg", "its scan"),
        ("01_jpeg_half_then_eoi.jpg", "its scan breaks off at"),
        ("01_jpeg_hole_zeros.jpg", "its scan"),
    ] {
        let error = Artwork::open(&file(name)).unwrap_err();
        assert!(matches!(error, ArtworkError::Damaged { .. }), "{error}");
        assert!(error.to_string().contains(part), "{error}");
    }
    for name in [
        "01_jpeg_whole_reference.jpg",
        "01_jpeg_whole_reference_for_ff_run.jpg",
    ] {
        assert!(open(name).warnings().is_empty());
    }
}

#[test]
fn what_was_done_or_left_out_is_said() {
    for (name, part) in [
        (
            "06_cmyk_jpeg_no_profile_no_warning.jpg",
            "in CMYK and was converted by a simple formula",
        ),
        (
            "08_raw_like_thumbnail_first.dng",
            "a thumbnail: the one of 96×64 pixels was taken",
        ),
        ("15_animated.gif", "with 2 frames"),
        ("15_two_pages.tif", "holds 2 pages"),
        ("17_png_gama_linear.png", "gamma"),
        (
            "18_jpeg_icc_second_chunk_missing.jpg",
            "profile could not be used (part 2 of its 2 is missing)",
        ),
        ("18_png_iccp_damaged.png", "profile could not be used ("),
    ] {
        let artwork = open(name);
        let [warning] = artwork.warnings() else {
            panic!("{name}: {:?}", artwork.warnings());
        };
        assert!(warning.contains(part), "{name}: {warning}");
    }
}

#[test]
fn a_picture_of_a_format_that_is_not_read_is_named() {
    let ftyp = |brand: &str| [b"\0\0\0\x18ftyp", brand.as_bytes(), b"\0\0\0\0mif1avif"].concat();
    let cases = [
        (ftyp("heic"), "HEIC"),
        (ftyp("avif"), "AVIF"),
        (ftyp("mif1"), "AVIF"),
        (ftyp("crx "), "Canon camera raw"),
        (b"CSFCHUNK\0\0".to_vec(), "Clip Studio Paint"),
        (b"%PDF-1.4\n".to_vec(), "PDF"),
        (b"<?xml version='1.0'?>\n<svg xmlns='x'/>".to_vec(), "SVG"),
        (b"P6\n8 8\n255\n".to_vec(), "PNM"),
        (b"II*\0\x10\0\0\0CR\x02\0".to_vec(), "Canon camera raw"),
    ];
    for (bytes, format) in cases {
        let message = refusal("photo.jpg", &bytes).to_string();
        let said = format!("photo.jpg is a file of a format that is not read ({format}): ");
        assert!(message.starts_with(&said), "{message}");
    }
    // Heads of documents that are read when they are whole.
    let krita = b"PK\x03\x04\n\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/x-krita";
    for (bytes, format) in [
        (krita.as_slice(), "Krita"),
        (b"8BPS\0\x01\0\0", "Photoshop"),
        (b"\0\0\0\x0CJXL \r\n\x87\n\0\0\0\x14ftypjxl ", "JPEG XL"),
        (b"\xFF\x0A\x10", "JPEG XL"),
        (b"\0\0\0\x0CjP  \r\n\x87\n", "JPEG 2000"),
        (b"\xFF\x4F\xFF\x51", "JPEG 2000"),
    ] {
        let error = refusal("work", bytes);
        assert!(matches!(error, ArtworkError::Truncated { .. }), "{error}");
        assert!(error.to_string().contains(format), "{error}");
    }
}

/// As Pillow's `convert("RGB")` has it: nothing turned, converted or laid over white.
#[test]
fn as_stored_is_what_a_training_program_loads() {
    let cases = [
        (
            "03_webp_exif_prefix_o6.webp",
            PLAIN,
            Some(Difference::Orientation),
        ),
        ("05_tiff_icc_dropped.tif", PLAIN, Some(Difference::Profile)),
        (
            "06_cmyk_jpeg_with_profile.jpg",
            PLAIN,
            Some(Difference::Inks),
        ),
        (
            "04_tiff_associated_alpha.tif",
            PLAIN,
            Some(Difference::Opacity),
        ),
        ("17_png_gama_linear.png", PLAIN, Some(Difference::Profile)),
        ("18_png_iccp_damaged.png", PLAIN, None),
    ];
    for (name, right, difference) in cases {
        let stored = Artwork::open_as(&file(name), Reading::AS_STORED).unwrap();
        assert_eq!(stored.reading().form, Form::AsStored);
        let found = four(&stored);
        assert!(near(found, right, 3), "{name}: {found:?}");
        let seen = open(name);
        assert_eq!(seen.differences(), difference.as_slice(), "{name}");
        assert_eq!(seen.differences(), stored.differences());
        assert_eq!(
            difference.is_some(),
            seen.pixels() != stored.pixels(),
            "{name}"
        );
    }
}

#[test]
fn a_mirrored_reading_exchanges_left_and_right() {
    let plain = open("01_jpeg_whole_reference.jpg");
    let mirrored = Artwork::open_as(plain.path(), Reading::AS_SEEN.mirrored()).unwrap();
    let width = plain.width();
    for (x, y, pixel) in plain.pixels().enumerate_pixels() {
        assert_eq!(mirrored.pixels().get_pixel(width - 1 - x, y), pixel);
    }
}

#[test]
fn where_the_two_readings_differ_it_is_said() {
    let name = "14_jpeg_orientation_as_long_o6.jpg";
    let sentence = open(name).difference_sentence().unwrap();
    assert!(
        sentence.starts_with("As it is stored the file is another picture (orientation)"),
        "{sentence}"
    );
    let stored = Artwork::open_as(&file(name), Reading::AS_STORED).unwrap();
    let sentence = stored.difference_sentence().unwrap();
    assert!(
        sentence.ends_with("it was examined as it is stored."),
        "{sentence}"
    );
    assert_eq!(open("10_bigtiff.tif").difference_sentence(), None);
}
