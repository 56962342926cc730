//! What is done to an artwork's pixels, against Pillow and PyTorch;
//! `tests/reference/make_reference.py` and `tests/reference/make_resample.py` made the numbers.

use std::fs;

use image::{Rgb, RgbImage};
use palimpsest_base::digest::Digest;
use palimpsest_method::artwork::{
    FillError, Filter, PlanarError, ResampleError, center_crop, fill_removed, from_unit_range,
    gaussian_blur, prepare, resize_short_side, to_unit_range,
};
use palimpsest_method::mask::Mask;
use proptest::prelude::*;
use safetensors::SafeTensors;

const FAMILIES: [&str; 2] = ["sd1", "sd2"];

fn reference(family: &str, file: &str) -> String {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    format!("{root}/tests/reference/{family}/{file}")
}

fn open(family: &str, name: &str) -> RgbImage {
    image::open(reference(family, &format!("{name}.png")))
        .unwrap()
        .into_rgb8()
}

fn tensor(family: &str, name: &str) -> Vec<f32> {
    let bytes = fs::read(reference(family, "expected.safetensors")).unwrap();
    let tensors = SafeTensors::deserialize(&bytes).unwrap();
    let values = tensors.tensor(name).unwrap();
    let values = values.data().as_chunks().0.iter();
    values.map(|&bytes| f32::from_le_bytes(bytes)).collect()
}

/// Noise from a linear congruential generator, as in the script.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1u32;
    let bytes = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    });
    let bytes = bytes.take((3 * width * height) as usize).collect();
    RgbImage::from_raw(width, height, bytes).unwrap()
}

fn digest(picture: &RgbImage) -> String {
    Digest::of(picture.as_raw()).to_string()
}

#[test]
fn preparing_is_torchvisions() {
    for family in FAMILIES {
        let prepared = prepare(&open(family, "artwork"), 128).unwrap();
        assert!(prepared == open(family, "artwork_prepared_128"), "{family}");
        assert_eq!(to_unit_range(&prepared), tensor(family, "pixels"));
    }
}

#[test]
fn blurring_is_pillows() {
    for family in FAMILIES {
        let blurred = gaussian_blur(&open(family, "artwork_prepared_128"), 7.0 * 128.0 / 512.0);
        assert!(blurred == open(family, "artwork_blurred_128"), "{family}");
    }
}

#[test]
fn inputs_of_the_image_encoders_are_torchvisions() {
    const CLIP: ([f32; 3], [f32; 3]) = (
        [0.48145466, 0.4578275, 0.40821073],
        [0.26862954, 0.261_302_6, 0.275_777_1],
    );
    const DINO: ([f32; 3], [f32; 3]) = ([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]);
    for family in FAMILIES {
        for picture in ["artwork", "recovered"] {
            for (encoder, short, (mean, deviation)) in [("clip", 224, CLIP), ("dino", 256, DINO)] {
                let resized =
                    resize_short_side(&open(family, picture), short, Filter::Bicubic).unwrap();
                let cropped = center_crop(&resized, 224).unwrap();
                let expected = tensor(family, &format!("{encoder}_input_{picture}"));
                assert_eq!(expected.len(), 3 * 224 * 224);
                for (i, expected) in expected.into_iter().enumerate() {
                    let (channel, pixel) = (i / (224 * 224), i % (224 * 224));
                    let level = 255.0 * (expected * deviation[channel] + mean[channel]);
                    let found = f32::from(cropped.as_raw()[3 * pixel + channel]);
                    assert!(
                        (found - level).abs() < 1e-3,
                        "{family} {encoder} {picture} {i}: {found} not {level}"
                    );
                }
            }
        }
    }
}

#[test]
fn resizing_is_pillows_at_odd_sizes() {
    #[rustfmt::skip]
    let cases = [
        (37, 53, 64, Filter::Bilinear, (64, 91), "5d1ca3ed18fa571d5905b2657c4ab4702b7a892b417a24900c24c9530f463260"),
        (37, 53, 64, Filter::Bicubic, (64, 91), "5a849381efecc7ba7298adb3bfc11cc5ad79d2887bddeffdfeced78ab18086b6"),
        (53, 37, 16, Filter::Bilinear, (22, 16), "a355c8fd4d389eafc57f6ea257a13d83578e54411c808b6c2c7dc5e9e37c5c1e"),
        (53, 37, 16, Filter::Bicubic, (22, 16), "6a9eba747599255f05b67fba86a10dcb9df98c4e7813eef66999df0d784bc8c3"),
        (200, 90, 31, Filter::Bilinear, (68, 31), "b81e261934719cc2e2c3deb1f66f1c7dcbbfb80574a5468c1d535ca510585673"),
        (200, 90, 31, Filter::Bicubic, (68, 31), "cf56f88cb44e6d3613e697cd9ab18e443129ba341d32e911409954d7d0804be3"),
        (90, 200, 128, Filter::Bilinear, (128, 284), "b6e1c7e4cf6002ad9670c9b4c585d1a5033a8da1cf7d626d61a2b643cfedcca0"),
        (90, 200, 128, Filter::Bicubic, (128, 284), "08e18fad747aee288d84bf2d0d05ea271d64fb7291e6821dccff36c4dedd978f"),
        (61, 61, 61, Filter::Bilinear, (61, 61), "d0af9b237f2fb2c4653f1e0f010e1259159cfb8ce0a5a0d01d0f6d96c73d150b"),
        (61, 61, 61, Filter::Bicubic, (61, 61), "d0af9b237f2fb2c4653f1e0f010e1259159cfb8ce0a5a0d01d0f6d96c73d150b"),
        (8, 256, 9, Filter::Bilinear, (9, 288), "d051bd1238af17e389fd657b8ec43a4e394d5307eb987056136737e5a9e5c198"),
        (8, 256, 9, Filter::Bicubic, (9, 288), "33c123314e2afb702bd8da1ea8313a38ec42a1c60e604039acc447fa71cacdb9"),
        (301, 299, 300, Filter::Bilinear, (302, 300), "23c0161d1b39f0a3c62eb00830e17ff421fde6a297a8ccb37de4d4c2dafb25af"),
        (301, 299, 300, Filter::Bicubic, (302, 300), "7652dbe07e6b96c7a1989294bf6557ca9bb9ae627694ef2ee076e9cc0cee566b"),
        (17, 400, 5, Filter::Bilinear, (5, 117), "dc92cc2292900f68374f727b6a39dcb3ff86ed077a136e136ad7263fe8dbf0e2"),
        (17, 400, 5, Filter::Bicubic, (5, 117), "76e3ebd33b21157bf47f1351ec4f5495a7b86cf778fa3e80509a5cb3e9dca899"),
        (64, 64, 640, Filter::Bilinear, (640, 640), "54d2a7c14f6877e526b0681d3070e86d8e3a1e24ee0a4a3f539af8ef7ecee881"),
        (64, 64, 640, Filter::Bicubic, (640, 640), "168a2f4f5ecd024aac08799b736185fc70dbbb3e55d5b8d3e1161c4cfc32c386"),
    ];
    for (width, height, short, filter, size, expected) in cases {
        let resized = resize_short_side(&noise(width, height), short, filter).unwrap();
        assert_eq!(resized.dimensions(), size);
        assert_eq!(
            digest(&resized),
            expected,
            "{width}×{height} to {short}, {filter:?}"
        );
    }
}

#[test]
fn blurring_is_pillows_at_odd_sizes() {
    #[rustfmt::skip]
    let cases = [
        (37, 53, 0.3, "a48ea4a39165a6af07b613a4bceb01994a31c1ef82aafa52ba73bfb6835ae65e"),
        (37, 53, 1.0, "53ff9ccc069bb2f01f00781de511a8115abcde4d781d03bc8db60adcdb4557f8"),
        (200, 90, 7.0, "4b4569dd77ae3cbeef2f42783836df1aeaac6dd00db9e2651a29dc17518a43a6"),
        (5, 40, 12.5, "497985e91aa21ad6ec76466abc092cf55404d5e850e3871b56fe75a1c8b945fa"),
        (9, 9, 300.0, "1dcbeae02cf57e699585fd59bb2e7295ddd3eec74b3180a82f4f864775a5619b"),
        (64, 48, 0.05, "ea577bbcadb0376af2707ba54f6f2504089fa8894023fe6c6fd60689be50fcbd"),
        (8, 8, 1.5, "65464a4b8c3b25b65b2c2d23fff71d2f03f449a4df1d1887844b0c393f02b5d8"),
    ];
    for (width, height, radius, expected) in cases {
        let blurred = gaussian_blur(&noise(width, height), radius);
        assert_eq!(digest(&blurred), expected, "{width}×{height} by {radius}");
    }
}

#[test]
fn blurring_by_nothing_or_by_nonsense_changes_nothing() {
    let picture = noise(12, 9);
    for radius in [0.0, -1.0, f32::NAN, f32::NEG_INFINITY] {
        assert!(gaussian_blur(&picture, radius) == picture);
    }
    assert!(gaussian_blur(&RgbImage::new(0, 0), 2.0).is_empty());
    let flat = RgbImage::from_pixel(12, 9, Rgb([200, 100, 0]));
    let widest = gaussian_blur(&flat, f32::INFINITY);
    assert!(
        flat.iter()
            .zip(widest.iter())
            .all(|(a, b)| a.abs_diff(*b) <= 1)
    );
}

#[test]
fn an_odd_rest_is_halved_to_the_even_number() {
    let picture = RgbImage::from_fn(13, 11, |x, y| Rgb([x as u8, y as u8, 0]));
    for (size, left, top) in [(10, 2, 0), (8, 2, 2), (6, 4, 2), (11, 1, 0)] {
        let cropped = center_crop(&picture, size).unwrap();
        assert_eq!(cropped.get_pixel(0, 0).0, [left, top, 0], "{size}");
        assert_eq!(cropped.dimensions(), (size, size));
    }
    assert_eq!(
        center_crop(&picture, 12),
        Err(ResampleError::Crop {
            width: 13,
            height: 11,
            size: 12
        })
    );
}

#[test]
fn sizes_without_reason_are_refused_before_they_are_allocated() {
    let narrow = RgbImage::new(2, 20_000);
    for short in [20_000, u32::MAX] {
        assert_eq!(
            prepare(&narrow, short),
            Err(ResampleError::TooLarge {
                width: 2,
                height: 20_000,
                short
            })
        );
    }
    for (picture, short) in [(RgbImage::new(0, 4), 8), (RgbImage::new(4, 4), 0)] {
        assert!(matches!(
            prepare(&picture, short),
            Err(ResampleError::Empty { .. })
        ));
    }
}

#[test]
fn floats_become_the_picture_that_torch_makes_of_them() {
    for family in FAMILIES {
        let recovered = from_unit_range(&tensor(family, "recovered_pixels"), 128, 128).unwrap();
        assert!(recovered == open(family, "recovered"), "{family}");
    }
    // The first two are 100.5 and 200.5 levels exactly: to the even neighbour, downwards.
    let values = [-0.21176472, 0.572549, -2.0, 9.0, 0.0, f32::NAN];
    let picture = from_unit_range(&values, 2, 1).unwrap();
    assert_eq!(picture.as_raw(), &[100, 0, 128, 200, 255, 0]);
}

#[test]
fn every_level_survives_the_way_to_floats_and_back() {
    let picture = RgbImage::from_fn(256, 3, |x, y| {
        Rgb([x as u8, 255 - x as u8, (x as u8).rotate_left(y)])
    });
    let values = to_unit_range(&picture);
    assert_eq!(values[..2], [-1.0, 1.0 / 127.5 - 1.0]);
    assert_eq!(values[256 * 3], 1.0, "the green plane follows the red one");
    assert!(from_unit_range(&values, 256, 3).unwrap() == picture);
}

#[test]
fn floats_of_the_wrong_number_are_refused() {
    let wrong = from_unit_range(&[0.0; 11], 2, 2);
    assert_eq!(
        wrong,
        Err(PlanarError {
            width: 2,
            height: 2,
            found: 11
        })
    );
    assert!(from_unit_range(&[0.0], u32::MAX, u32::MAX).is_err());
    assert!(from_unit_range(&[], 0, 7).unwrap().is_empty());
}

/// The mean of the kept pixels under a Gaussian, the long way.
fn filled_directly(picture: &RgbImage, kept: impl Fn(u32, u32) -> bool, sigma: f64) -> RgbImage {
    let reach = (3.0 * sigma).ceil();
    RgbImage::from_fn(picture.width(), picture.height(), |x, y| {
        if kept(x, y) {
            return *picture.get_pixel(x, y);
        }
        let mut sums = [0.0; 4];
        for (u, v, pixel) in picture.enumerate_pixels() {
            let (dx, dy) = (f64::from(u) - f64::from(x), f64::from(v) - f64::from(y));
            if kept(u, v) && dx.abs() <= reach && dy.abs() <= reach {
                let weight = (-(dx * dx + dy * dy) / (2.0 * sigma * sigma)).exp();
                for (sum, value) in sums.iter_mut().zip(pixel.0) {
                    *sum += weight * f64::from(value);
                }
                sums[3] += weight;
            }
        }
        Rgb([0, 1, 2].map(|channel| (sums[channel] / sums[3]).round() as u8))
    })
}

#[test]
fn the_removed_part_is_filled_from_what_is_around_it() {
    let picture = noise(48, 32);
    let grid = Mask::Block(4).grid(8, 12).unwrap();
    let kept = |x: u32, y: u32| (x % 16 < 8) == (y % 16 < 8);
    let filled = fill_removed(&picture, &grid, 4, 8.0).unwrap();
    let expected = filled_directly(&picture, kept, 8.0);
    for ((x, y, found), expected) in filled.enumerate_pixels().zip(expected.pixels()) {
        let tolerance = if kept(x, y) { 0 } else { 1 };
        for (a, b) in found.0.iter().zip(expected.0) {
            assert!(
                a.abs_diff(b) <= tolerance,
                "({x}, {y}): {found:?} {expected:?}"
            );
        }
    }
}

#[test]
fn a_removed_half_is_filled_by_ever_wider_blurs() {
    let picture = RgbImage::from_fn(64, 8, |_, y| {
        Rgb(if y < 4 { [10, 20, 30] } else { [90; 3] })
    });
    let grid = Mask::RightHalf.grid(2, 16).unwrap();
    let filled = fill_removed(&picture, &grid, 4, 1.0).unwrap();
    for (x, y, pixel) in filled.enumerate_pixels() {
        let (low, high) = ([10, 20, 30], [90; 3]);
        assert!(
            (0..3).all(|c| (low[c]..=high[c]).contains(&pixel[c])),
            "({x}, {y})"
        );
    }
    assert_eq!(filled.get_pixel(32, 0).0, [10, 20, 30], "near: from near");
    assert!(filled.get_pixel(63, 0)[0] > 30, "far: from everything");
    let flat = RgbImage::from_pixel(64, 8, Rgb([200, 3, 77]));
    assert!(fill_removed(&flat, &grid, 4, 1.0).unwrap() == flat);
}

#[test]
fn the_fill_has_the_same_bits_for_any_number_of_threads() {
    let picture = noise(96, 64);
    let grid = Mask::Block(4).grid(8, 12).unwrap();
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads);
        let pool = pool.build().unwrap();
        pool.install(|| fill_removed(&picture, &grid, 8, 16.0).unwrap())
    };
    assert!(with(1) == with(5));
}

#[test]
fn fills_that_make_no_sense_are_refused() {
    let picture = noise(16, 16);
    let fill = |grid: &[f32], cell, sigma| fill_removed(&picture, grid, cell, sigma).unwrap_err();
    for (cells, cell) in [(15, 4), (16, 0), (0, 4), (9, 5), (1, usize::MAX)] {
        let error = fill(&vec![1.0; cells], cell, 1.0);
        assert!(matches!(error, FillError::Grid { .. }), "{error:?}");
    }
    assert_eq!(fill(&[0.0; 16], 4, 1.0), FillError::NothingKept);
    for sigma in [0.0, -1.0, f32::INFINITY] {
        assert_eq!(fill(&[1.0; 16], 4, sigma), FillError::Sigma(sigma));
    }
    let mut one = [0.0; 16];
    one[5] = 1.0;
    assert!(fill_removed(&picture, &one, 4, f32::MAX).is_ok());
    assert!(fill_removed(&picture, &one, 4, f32::MIN_POSITIVE).is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn resizing_keeps_flat_colours_and_the_sizing_rule(
        width in 1u32..70, height in 1u32..70, short in 1u32..70, colour: [u8; 3], cubic: bool,
    ) {
        let filter = if cubic { Filter::Bicubic } else { Filter::Bilinear };
        let resized =
            resize_short_side(&RgbImage::from_pixel(width, height, Rgb(colour)), short, filter)
                .unwrap();
        let long = short * width.max(height) / width.min(height);
        let size = if width <= height { (short, long) } else { (long, short) };
        prop_assert_eq!(resized.dimensions(), size);
        prop_assert!(resized.pixels().all(|pixel| pixel.0 == colour));
    }
}
