//! Opening pictures: every format, and what may be hidden in it.

use std::io::Cursor;
use std::path::{Path, PathBuf};

use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{
    DynamicImage, ExtendedColorType, Frame, GrayAlphaImage, GrayImage, ImageBuffer, ImageEncoder,
    ImageFormat, Luma, LumaA, Rgb, RgbImage, Rgba, RgbaImage,
};
use moxcms::ColorProfile;
use palimpsest_method::artwork::{Artwork, ArtworkError};

fn decode(bytes: &[u8]) -> Result<Artwork, ArtworkError> {
    Artwork::from_bytes(Path::new("picture.png"), bytes)
}

fn encode(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.into().write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A PNG file with an EXIF block or an ICC profile.
fn png_with(
    pixels: &[u8],
    size: (u32, u32),
    colour: ExtendedColorType,
    exif: Option<Vec<u8>>,
    profile: Option<Vec<u8>>,
) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    if let Some(exif) = exif {
        encoder.set_exif_metadata(exif).unwrap();
    }
    if let Some(profile) = profile {
        encoder.set_icc_profile(profile).unwrap();
    }
    encoder.write_image(pixels, size.0, size.1, colour).unwrap();
    bytes
}

/// EXIF that says nothing but the orientation.
fn exif(orientation: u8) -> Vec<u8> {
    let mut block = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    block.extend([orientation, 0, 0, 0, 0, 0, 0, 0]);
    block
}

/// Every pixel different, 12 wide and 9 high.
fn gradient() -> RgbImage {
    RgbImage::from_fn(12, 9, |x, y| Rgb([20 * x as u8, 25 * y as u8, 40]))
}

fn reference(family: &str) -> PathBuf {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    PathBuf::from(format!("{root}/tests/reference/{family}/artwork.png"))
}

#[test]
fn a_picture_is_opened_with_the_hash_of_its_file() {
    #[rustfmt::skip]
    let cases = [
        ("sd1", (191, 150), "cc28fad33d27745001e63511af576595b66bd1f12794f5a4945aed356f766d5c"),
        ("sd2", (150, 189), "11747430053e9eac21cbe482c6031a7a7f53993e07898d5ae22ec301a06c04c5"),
    ];
    for (family, size, sha256) in cases {
        let artwork = Artwork::open(&reference(family)).unwrap();
        assert_eq!((artwork.width(), artwork.height()), size);
        assert_eq!(artwork.sha256().to_string(), sha256);
        assert_eq!(artwork.format(), "PNG");
        assert_eq!(artwork.path(), reference(family));
        assert!(artwork.warnings().is_empty());
        let expected = image::open(reference(family)).unwrap().into_rgb8();
        assert!(*artwork.pixels() == expected);
    }
}

#[test]
fn formats_are_told_by_content_and_lossless_ones_keep_every_pixel() {
    for (format, name) in [
        (ImageFormat::Png, "PNG"),
        (ImageFormat::WebP, "WebP"),
        (ImageFormat::Tiff, "TIFF"),
        (ImageFormat::Bmp, "BMP"),
    ] {
        let bytes = encode(gradient(), format);
        let artwork = Artwork::from_bytes(Path::new("lie.jpg"), &bytes).unwrap();
        assert_eq!(artwork.format(), name);
        assert!(*artwork.pixels() == gradient(), "{name}");
        assert!(artwork.warnings().is_empty());
    }
    let flat = RgbImage::from_pixel(16, 16, Rgb([200, 90, 40]));
    let artwork = decode(&encode(flat, ImageFormat::Jpeg)).unwrap();
    assert_eq!(artwork.format(), "JPEG");
    let near = |(a, b): (&u8, u8)| a.abs_diff(b) <= 3;
    assert!(
        artwork
            .pixels()
            .pixels()
            .all(|p| p.0.iter().zip([200, 90, 40]).all(near))
    );
}

#[test]
fn the_first_frame_of_a_gif_is_taken() {
    let mut bytes = Vec::new();
    let mut encoder = GifEncoder::new(&mut bytes);
    for colour in [[255, 0, 0, 255], [0, 0, 255, 255]] {
        let frame = Frame::new(RgbaImage::from_pixel(9, 10, Rgba(colour)));
        encoder.encode_frame(frame).unwrap();
    }
    drop(encoder);
    let artwork = decode(&bytes).unwrap();
    assert_eq!(artwork.format(), "GIF");
    assert_eq!((artwork.width(), artwork.height()), (9, 10));
    assert!(artwork.pixels().pixels().all(|p| p.0 == [255, 0, 0]));
}

#[test]
fn a_frame_that_reaches_beyond_a_gif_s_own_size_is_said() {
    let mut bytes = Vec::new();
    let frame = Frame::new(RgbaImage::from_pixel(12, 10, Rgba([255, 0, 0, 255])));
    GifEncoder::new(&mut bytes).encode_frame(frame).unwrap();
    assert!(decode(&bytes).unwrap().warnings().is_empty());
    // The size of the whole, width first.
    bytes[6] = 9;
    let artwork = decode(&bytes).unwrap();
    assert_eq!((artwork.width(), artwork.height()), (9, 10));
    assert!(artwork.warnings()[0].contains("reaches beyond"));
}

/// Where each orientation of EXIF 2.32 (tag 0x0112) puts the stored pixel (`x`, `y`).
fn upright(orientation: u8, (x, y): (u32, u32), (width, height): (u32, u32)) -> (u32, u32) {
    let (right, bottom) = (width - 1 - x, height - 1 - y);
    match orientation {
        2 => (right, y),
        3 => (right, bottom),
        4 => (x, bottom),
        5 => (y, x),
        6 => (bottom, x),
        7 => (bottom, right),
        8 => (y, right),
        _ => (x, y),
    }
}

#[test]
fn pictures_are_turned_upright() {
    let stored = gradient();
    let size = stored.dimensions();
    for orientation in 0..=9 {
        let file = png_with(
            &stored,
            size,
            ExtendedColorType::Rgb8,
            Some(exif(orientation)),
            None,
        );
        let artwork = decode(&file).unwrap();
        let lying = (5..=8).contains(&orientation);
        let expected_size = if lying { (size.1, size.0) } else { size };
        assert_eq!((artwork.width(), artwork.height()), expected_size);
        for (x, y, pixel) in stored.enumerate_pixels() {
            let (x, y) = upright(orientation, (x, y), size);
            assert_eq!(artwork.pixels().get_pixel(x, y), pixel, "{orientation}");
        }
    }
}

#[test]
fn photographs_are_turned_upright() {
    let halves = RgbImage::from_fn(32, 16, |x, _| Rgb(if x < 16 { [0; 3] } else { [255; 3] }));
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, 100);
    encoder.set_exif_metadata(exif(6)).unwrap();
    encoder.encode_image(&halves).unwrap();
    let artwork = decode(&bytes).unwrap();
    assert_eq!((artwork.width(), artwork.height()), (16, 32));
    assert!(
        artwork.pixels().get_pixel(8, 2)[0] < 5,
        "left comes to the top"
    );
    assert!(artwork.pixels().get_pixel(8, 29)[0] > 250);
}

/// A minimal uncompressed grey TIFF that is stored lying (orientation 8).
#[test]
fn scans_are_turned_upright() {
    let (width, height) = (12u32, 9u32);
    let mut file = b"II*\0\x08\0\0\0\x09\0".to_vec();
    let strip = 10 + 9 * 12 + 4;
    for (tag, value) in [
        (256u16, width),
        (257, height),
        (258, 8),
        (259, 1),
        (262, 1),
        (273, strip),
        (274, 8),
        (278, height),
        (279, width * height),
    ] {
        file.extend(tag.to_le_bytes());
        file.extend(b"\x04\0\x01\0\0\0");
        file.extend(value.to_le_bytes());
    }
    file.extend([0; 4]);
    file.extend((0..width * height).map(|i| i as u8));
    let artwork = decode(&file).unwrap();
    assert_eq!((artwork.width(), artwork.height()), (height, width));
    assert_eq!(artwork.pixels().get_pixel(0, 0).0, [11; 3]);
    assert_eq!(artwork.pixels().get_pixel(0, 11).0, [0; 3]);
    assert_eq!(artwork.pixels().get_pixel(8, 0).0, [107; 3]);
}

const PROBES: [[u8; 3]; 5] = [
    [200, 100, 50],
    [20, 180, 90],
    [128, 128, 128],
    [250, 240, 10],
    [60, 60, 200],
];

fn probes_with(profile: Vec<u8>) -> Artwork {
    let picture = RgbImage::from_fn(8, 8, |x, _| Rgb(PROBES[x as usize % PROBES.len()]));
    let colour = ExtendedColorType::Rgb8;
    decode(&png_with(&picture, (8, 8), colour, None, Some(profile))).unwrap()
}

/// The expected colours are those of Little CMS, to a level.
#[test]
fn embedded_profiles_are_followed_to_srgb() {
    let cases = [
        (
            ColorProfile::new_display_p3(),
            [
                [215, 93, 31],
                [0, 183, 78],
                [128; 3],
                [252, 240, 0],
                [60, 60, 208],
            ],
        ),
        (
            ColorProfile::new_adobe_rgb(),
            [
                [227, 100, 42],
                [0, 181, 83],
                [129; 3],
                [254, 240, 0],
                [57, 57, 205],
            ],
        ),
    ];
    for (profile, expected) in cases {
        let artwork = probes_with(profile.encode().unwrap());
        assert!(artwork.warnings().is_empty());
        for (x, expected) in expected.iter().enumerate() {
            let found = artwork.pixels().get_pixel(x as u32, 3).0;
            let near = found.iter().zip(expected).all(|(a, b)| a.abs_diff(*b) <= 1);
            assert!(near, "{found:?} not {expected:?}");
        }
    }
}

#[test]
fn an_srgb_profile_changes_nothing() {
    let artwork = probes_with(ColorProfile::new_srgb().encode().unwrap());
    assert!(artwork.warnings().is_empty());
    for (x, expected) in PROBES.iter().enumerate() {
        assert_eq!(artwork.pixels().get_pixel(x as u32, 0).0, *expected);
    }
}

#[test]
fn grey_profiles_are_followed_to_srgb() {
    let levels = [0, 10, 50, 100, 128, 200, 255, 255];
    let picture = GrayImage::from_fn(8, 8, |x, _| Luma([levels[x as usize]]));
    let profile = ColorProfile::new_gray_with_gamma(1.8).encode().unwrap();
    let colour = ExtendedColorType::L8;
    let artwork = decode(&png_with(&picture, (8, 8), colour, None, Some(profile))).unwrap();
    assert!(artwork.warnings().is_empty());
    for (x, expected) in [0, 10, 65, 119, 146, 210, 255].into_iter().enumerate() {
        assert_eq!(artwork.pixels().get_pixel(x as u32, 5).0, [expected; 3]);
    }
}

#[test]
fn a_profile_that_cannot_be_used_is_a_warning() {
    let grey = ColorProfile::new_gray_with_gamma(1.8).encode().unwrap();
    let mut cut = ColorProfile::new_display_p3().encode().unwrap();
    cut.truncate(200);
    for profile in [grey, cut, b"no profile at all".to_vec()] {
        let artwork = probes_with(profile);
        assert_eq!(artwork.pixels().get_pixel(0, 0).0, PROBES[0]);
        let [warning] = artwork.warnings() else {
            panic!("{:?}", artwork.warnings());
        };
        assert!(warning.starts_with("The embedded colour profile could not be used ("));
    }
}

#[test]
fn transparent_places_lie_over_white() {
    let colours = [
        [10, 20, 30, 255],
        [10, 20, 30, 0],
        [10, 20, 30, 128],
        [255, 0, 0, 1],
    ];
    let picture = RgbaImage::from_fn(8, 8, |x, _| Rgba(colours[x as usize % 4]));
    let artwork = decode(&encode(picture, ImageFormat::Png)).unwrap();
    for (x, expected) in [[10, 20, 30], [255; 3], [132, 137, 142], [255, 254, 254]]
        .into_iter()
        .enumerate()
    {
        assert_eq!(artwork.pixels().get_pixel(x as u32, 0).0, expected);
    }
    let picture = GrayAlphaImage::from_pixel(8, 8, LumaA([0, 51]));
    let artwork = decode(&encode(picture, ImageFormat::Png)).unwrap();
    assert_eq!(artwork.pixels().get_pixel(4, 4).0, [204; 3]);
}

#[test]
fn sixteen_bits_are_rounded_to_eight_and_grey_is_widened() {
    let levels = [0u16, 128, 129, 257, 32_768, 65_406, 65_407, 65_535];
    let expected = [0u8, 0, 1, 1, 128, 254, 255, 255];
    let colour = ImageBuffer::<Rgb<u16>, _>::from_fn(8, 8, |x, _| {
        Rgb([levels[x as usize], 0, levels[7 - x as usize]])
    });
    let grey = ImageBuffer::<Luma<u16>, _>::from_fn(8, 8, |x, _| Luma([levels[x as usize]]));
    for format in [ImageFormat::Png, ImageFormat::Tiff] {
        let colour = decode(&encode(colour.clone(), format)).unwrap();
        let grey = decode(&encode(grey.clone(), format)).unwrap();
        for x in 0..8 {
            let (first, last) = (expected[x], expected[7 - x]);
            assert_eq!(colour.pixels().get_pixel(x as u32, 2).0, [first, 0, last]);
            assert_eq!(grey.pixels().get_pixel(x as u32, 2).0, [first; 3]);
        }
    }
}
