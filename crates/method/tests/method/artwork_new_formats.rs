//! JPEG XL and JPEG 2000, in both readings. The right colours are those of libjxl and OpenJPEG with Little CMS;
//! `tests/pictures/README.md` says what each file is.

use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_method::artwork::{Artwork, ArtworkError, Difference, Reading, prepare};

fn file(name: &str) -> PathBuf {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    PathBuf::from(format!("{root}/tests/pictures/{name}"))
}

fn open_as(name: &str, reading: Reading) -> Artwork {
    Artwork::open_as(&file(name), reading).unwrap_or_else(|error| panic!("{error}"))
}

fn refusal(name: &str, bytes: &[u8]) -> ArtworkError {
    Artwork::from_bytes(Path::new(name), bytes).unwrap_err()
}

/// Four colours of the square of 64 pixels, from left above row by row.
fn four(artwork: &Artwork) -> [[u8; 3]; 4] {
    let square = prepare(artwork.pixels(), 64).unwrap();
    [(16, 16), (48, 16), (16, 48), (48, 48)].map(|(x, y)| square.get_pixel(x, y).0)
}

/// True if no level is further away than lossy coding has it.
fn near(found: [[u8; 3]; 4], right: [[u8; 3]; 4]) -> bool {
    let levels = found.as_flattened().iter().zip(right.as_flattened());
    levels.clone().count() == 12 && levels.fold(true, |near, (a, b)| near && a.abs_diff(*b) <= 5)
}

const PLAIN: [[u8; 3]; 4] = [[200, 40, 40], [40, 160, 60], [50, 70, 190], [220, 190, 60]];
const TURNED: [[u8; 3]; 4] = [[50, 70, 190], [200, 40, 40], [220, 190, 60], [40, 160, 60]];
const WIDE: [[u8; 3]; 4] = [[229, 25, 42], [0, 179, 61], [59, 89, 209], [232, 201, 39]];
const DISPLAY_P3: [[u8; 3]; 4] = [[218, 0, 26], [0, 163, 40], [44, 71, 197], [226, 189, 0]];
const OVER_WHITE: [[u8; 3]; 4] = [
    [227, 147, 147],
    [40, 160, 60],
    [152, 162, 222],
    [220, 190, 60],
];
const GREY: [[u8; 3]; 4] = [[88; 3], [113; 3], [78; 3], [184; 3]];
const GREY_OVER_WHITE: [[u8; 3]; 4] = [[171; 3], [113; 3], [166; 3], [184; 3]];

#[test]
fn both_readings_are_those_of_other_decoders() {
    let cases = [
        ("21_jxl_lossless.jxl", PLAIN, PLAIN, None),
        ("21_jxl_modular_lossy.jxl", PLAIN, PLAIN, None),
        ("21_jxl_progressive.jxl", PLAIN, PLAIN, None),
        ("21_jxl_grey.jxl", GREY, GREY, None),
        ("21_jxl_animated.jxl", PLAIN, PLAIN, None),
        // The header's orientation is every decoder's business, unless a JPEG file is taken out again.
        ("21_jxl_turned.jxl", TURNED, TURNED, None),
        (
            "21_jxl_from_jpeg_o6.jxl",
            TURNED,
            PLAIN,
            Some(Difference::Orientation),
        ),
        (
            "21_jxl_alpha.jxl",
            OVER_WHITE,
            PLAIN,
            Some(Difference::Opacity),
        ),
        (
            "21_jxl_lossless_profile.jxl",
            WIDE,
            PLAIN,
            Some(Difference::Profile),
        ),
        (
            "21_jxl_p3.jxl",
            DISPLAY_P3,
            PLAIN,
            Some(Difference::Profile),
        ),
        // Coded in the eye's own colours: the decoder gives sRGB.
        ("21_jxl_lossy_profile.jxl", WIDE, WIDE, None),
        ("22_jp2.jp2", PLAIN, PLAIN, None),
        ("22_layers.j2k", PLAIN, PLAIN, None),
        ("22_jp2_tiles.jp2", PLAIN, PLAIN, None),
        ("22_jp2_precincts.jp2", PLAIN, PLAIN, None),
        ("22_jp2_grey_16.jp2", GREY, GREY, None),
        ("22_jp2_cmyk.jp2", PLAIN, PLAIN, None),
        (
            "22_jp2_alpha.jp2",
            OVER_WHITE,
            PLAIN,
            Some(Difference::Opacity),
        ),
        (
            "22_jp2_grey_alpha.jp2",
            GREY_OVER_WHITE,
            GREY,
            Some(Difference::Opacity),
        ),
    ];
    let mut wrong = Vec::new();
    for (name, as_seen, as_stored, difference) in cases {
        let seen = open_as(name, Reading::AS_SEEN);
        let stored = open_as(name, Reading::AS_STORED);
        for (artwork, right) in [(&seen, as_seen), (&stored, as_stored)] {
            let found = four(artwork);
            if !near(found, right) {
                wrong.push(format!("{name}: {found:?}, not {right:?}"));
            }
        }
        if seen.differences() != difference.as_slice() {
            wrong.push(format!("{name}: {:?}", seen.differences()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_not_read_of_them_is_said_or_refused() {
    for (name, part) in [
        ("21_jxl_animated.jxl", "animated: the first frame"),
        ("21_jxl_lossy_profile.jxl", "coded apart from its profile"),
        ("22_jp2_cmyk.jp2", "in CMYK"),
    ] {
        let artwork = open_as(name, Reading::AS_SEEN);
        let [warning] = artwork.warnings() else {
            panic!("{name}: {:?}", artwork.warnings());
        };
        assert!(warning.contains(part), "{name}: {warning}");
    }
    let error = Artwork::open(&file("21_jxl_pq.jxl")).unwrap_err();
    assert!(matches!(error, ArtworkError::Variety { .. }), "{error}");
    assert!(error.to_string().contains("HDR"), "{error}");
}

/// Four channels are inks only where the file says so.
#[test]
fn a_fourth_channel_without_a_name_is_the_opacity_of_a_coloured_picture() {
    let named = fs::read(file("22_jp2_alpha.jp2")).unwrap();
    let at = named.windows(4).position(|part| part == b"cdef").unwrap();
    let mut unnamed = named.clone();
    unnamed[at..at + 4].copy_from_slice(b"free");
    let artwork = Artwork::from_bytes(Path::new("x"), &unnamed).unwrap();
    assert!(near(four(&artwork), OVER_WHITE), "{:?}", four(&artwork));
    assert_eq!(artwork.differences(), [Difference::Opacity]);
    let [warning, ..] = artwork.warnings() else {
        panic!("nothing is said");
    };
    assert!(warning.contains("fourth channel"), "{warning}");
    // The codestream alone, which says nothing: what is made of it is said too.
    let at = named.windows(4).position(|part| part == b"jp2c").unwrap();
    let bare = Artwork::from_bytes(Path::new("x"), &named[at + 4..]).unwrap();
    assert!(bare.warnings()[0].contains("in CMYK"));
}

/// No cut file becomes half a picture: whatever is read of one is the whole picture.
#[test]
fn files_that_are_cut_short_are_refused() {
    for name in [
        "21_jxl_lossless.jxl",
        "21_jxl_progressive.jxl",
        "21_jxl_from_jpeg_o6.jxl",
        "22_jp2.jp2",
        "22_layers.j2k",
        "22_jp2_tiles.jp2",
    ] {
        let bytes = fs::read(file(name)).unwrap();
        let whole = Artwork::from_bytes(Path::new(name), &bytes).unwrap();
        for length in (12..bytes.len()).step_by(7) {
            if let Ok(artwork) = Artwork::from_bytes(Path::new(name), &bytes[..length]) {
                assert!(artwork.pixels() == whole.pixels(), "{name}: {length}");
            }
        }
        let half = refusal(name, &bytes[..bytes.len() / 2]);
        let cut = matches!(
            half,
            ArtworkError::Truncated { .. } | ArtworkError::Damaged { .. }
        );
        assert!(cut, "{half}");
    }
}

/// The bytes of `22_layers.j2k` with its size in place of the fields from `place` on.
fn codestream(place: usize, fields: &[u32]) -> Vec<u8> {
    let mut bytes = fs::read(file("22_layers.j2k")).unwrap();
    for (field, place) in fields.iter().zip((place..).step_by(4)) {
        bytes[place..place + 4].copy_from_slice(&field.to_be_bytes());
    }
    bytes
}

#[test]
fn memory_is_judged_before_anything_is_decoded() {
    // Behind the two markers, a length and capabilities: the sides of the picture, its place, those of a tile.
    let large = codestream(8, &[60_000, 60_000, 0, 0, 60_000, 60_000]);
    let error = refusal("large.j2k", &large);
    assert!(matches!(error, ArtworkError::TooLarge { .. }), "{error}");
    let tiles = codestream(8, &[8_000, 8_000, 0, 0, 8, 8]);
    let error = refusal("tiles.j2k", &tiles);
    let refused = matches!(
        error,
        ArtworkError::Memory { .. } | ArtworkError::Damaged { .. }
    );
    assert!(refused, "{error}");
}

/// Found by fuzzing: a declaration of 318 megapixels, within the rule for three bytes a pixel, of which the decoder of
/// WebP takes seven.
#[test]
fn the_memory_of_a_decoder_counts_too() {
    let mut bytes = fs::read(file("03_webp_exif_prefix_o6.webp")).unwrap();
    // The canvas of its VP8X chunk, in three bytes each, less one.
    for place in [24, 27] {
        bytes[place..place + 3].copy_from_slice(&17_800_u32.to_le_bytes()[..3]);
    }
    let error = refusal("canvas.webp", &bytes);
    assert!(matches!(error, ArtworkError::TooLarge { .. }), "{error}");
}
