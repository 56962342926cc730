//! The same numbers give the same picture; other numbers give clearly another.

use image::{RgbImage, imageops};

use super::{Family, draw, draw_object};

/// FNV-1a over the bytes of a picture.
fn fingerprint(picture: &RgbImage) -> u64 {
    picture
        .as_raw()
        .iter()
        .fold(0xCBF2_9CE4_8422_2325, |hash, byte| {
            (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01B3)
        })
}

/// The mean absolute difference of two pictures of one size, in 0 to 255.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let pairs = one.as_raw().iter().zip(other.as_raw());
    let sum: u64 = pairs.map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.as_raw().len() as f64
}

#[test]
fn the_bytes_of_a_work_are_pinned() {
    assert_eq!(
        fingerprint(&draw(Family::Landscape, 3, 14, 64)),
        3_067_411_562_411_628_093
    );
    assert_eq!(
        fingerprint(&draw(Family::Marbling, 15, 92, 64)),
        15_818_788_182_426_784_740
    );
}

#[test]
fn a_work_is_the_same_whenever_it_is_drawn() {
    for family in Family::ALL {
        let first = draw(family, 5, 8, 48);
        let threads = [(); 2].map(|()| std::thread::spawn(move || draw(family, 5, 8, 48)));
        for thread in threads {
            assert_eq!(thread.join().unwrap(), first, "{family}");
        }
    }
}

#[test]
fn every_family_draws_many_works_of_many_hands() {
    for family in Family::ALL {
        for seed in 0..50 {
            for side in [64, 128] {
                let work = draw(family, seed * 7, seed, side);
                assert_eq!(work.dimensions(), (side, side));
                let first = work.get_pixel(0, 0);
                assert!(work.pixels().any(|pixel| pixel != first), "{family} {seed}");
            }
        }
    }
}

#[test]
fn the_works_of_a_hand_differ() {
    for family in Family::ALL {
        let works: Vec<RgbImage> = (0..20).map(|work| draw(family, 2, work, 64)).collect();
        let mut least = f64::INFINITY;
        for (index, one) in works.iter().enumerate() {
            for other in works.iter().skip(index + 1) {
                least = least.min(difference(one, other));
            }
        }
        assert!(least > 20.0, "{family}: two works differ by {least} only");
    }
}

#[test]
fn artists_of_a_family_are_other_hands() {
    for family in Family::ALL {
        let difference = difference(&draw(family, 1, 0, 64), &draw(family, 2, 0, 64));
        assert!(difference > 20.0, "{family}: {difference}");
    }
}

#[test]
fn a_work_is_one_composition_at_every_size() {
    for family in Family::ALL {
        let mean = (0..6)
            .map(|work| {
                let large = draw(family, 4, work, 128);
                let reduced = imageops::resize(&large, 64, 64, imageops::FilterType::Triangle);
                difference(&reduced, &draw(family, 4, work, 64))
            })
            .sum::<f64>()
            / 6.0;
        assert!(mean < 11.0, "{family}: the sizes differ by {mean}");
    }
}

#[test]
fn names_and_families_agree() {
    for family in Family::ALL {
        assert_eq!(family.name().parse(), Ok(family));
        assert_eq!(family.to_string(), family.name());
    }
    assert!("watercolour".parse::<Family>().is_err());
}

#[test]
fn a_side_of_nought_gives_an_empty_picture() {
    assert_eq!(draw(Family::Sea, 0, 0, 0).dimensions(), (0, 0));
}

#[test]
fn views_of_an_object_are_its_own_and_the_same_whenever_they_are_drawn() {
    let view = draw_object(3, 1, 64);
    assert_eq!(view, draw_object(3, 1, 64));
    assert!(difference(&view, &draw_object(3, 2, 64)) > 10.0);
    assert!(difference(&view, &draw_object(4, 1, 64)) > 10.0);
    assert_eq!(draw_object(0, 0, 0).dimensions(), (0, 0));
}
