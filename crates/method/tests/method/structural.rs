//! Structural similarity against scikit-image; `tests/reference/make_structural.py` made the numbers.

use image::{Rgb, RgbImage};
use palimpsest_method::similarity::structural::{StructuralError, structural_similarity};

fn open(family: &str, name: &str) -> RgbImage {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    image::open(format!("{root}/tests/reference/{family}/{name}.png"))
        .unwrap()
        .into_rgb8()
}

/// Noise from a linear congruential generator, as in the script.
fn noise(width: u32, height: u32, mut state: u32) -> RgbImage {
    let bytes = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    RgbImage::from_raw(
        width,
        height,
        bytes.take((3 * width * height) as usize).collect(),
    )
    .unwrap()
}

fn assert_close(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-12, "{found} not {expected}");
}

#[test]
fn pictures_compare_as_in_scikit_image() {
    for (family, name, expected) in [
        ("sd1", "artwork_blurred_128", 0.797101644373028),
        ("sd1", "partial", 0.03166169928874132),
        ("sd1", "recovered", 0.04616325400224336),
        ("sd2", "artwork_blurred_128", 0.8103532383092761),
        ("sd2", "partial", 0.10792478622895414),
        ("sd2", "recovered", 0.12756672268652006),
    ] {
        let original = open(family, "artwork_prepared_128");
        let found = structural_similarity(&original, &open(family, name)).unwrap();
        assert_close(found, expected);
    }
}

#[test]
fn small_and_oblong_pictures_compare_as_in_scikit_image() {
    for (width, height, expected) in [(11, 11, -0.0822160712677993), (40, 23, 0.01748088267219151)]
    {
        let (a, b) = (noise(width, height, 1), noise(width, height, 2));
        assert_close(structural_similarity(&a, &b).unwrap(), expected);
        assert_close(structural_similarity(&b, &a).unwrap(), expected);
    }
}

#[test]
fn the_same_picture_is_exactly_one() {
    let picture = open("sd1", "artwork");
    assert_eq!(structural_similarity(&picture, &picture).unwrap(), 1.0);
    let flat = RgbImage::from_pixel(20, 20, Rgb([255, 0, 7]));
    assert_eq!(structural_similarity(&flat, &flat).unwrap(), 1.0);
}

#[test]
fn pictures_that_cannot_be_compared_are_refused() {
    let unequal = structural_similarity(&noise(20, 30, 1), &noise(30, 20, 1));
    assert_eq!(
        unequal,
        Err(StructuralError::UnequalSizes {
            a: (20, 30),
            b: (30, 20)
        })
    );
    for (width, height) in [(10, 11), (11, 10), (0, 0)] {
        let picture = RgbImage::new(width, height);
        assert_eq!(
            structural_similarity(&picture, &picture),
            Err(StructuralError::TooSmall { width, height })
        );
    }
}
