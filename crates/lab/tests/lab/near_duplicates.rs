//! The perceptual hash on works that the program draws: copies are near, other works of one hand are not.
//! The experiment behind the threshold is
//! `cargo test --test lab near_duplicates -- --ignored --nocapture`.

use std::io::Cursor;
use std::path::Path;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::{FilterType, crop_imm, resize};
use image::{ImageFormat, RgbImage};
use palimpsest_art::{Family, draw};
use palimpsest_lab::training::corpus_hashes::CorpusHashes;
use palimpsest_method::models;
use palimpsest_method::similarity::perceptual_hash::PerceptualHash;

fn jpeg(picture: &RgbImage, quality: u8) -> RgbImage {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    picture.write_with_encoder(encoder).unwrap();
    let decoded = image::load(Cursor::new(bytes), ImageFormat::Jpeg);
    decoded.unwrap().into_rgb8()
}

fn resized(picture: &RgbImage, factor: f32) -> RgbImage {
    let side = |side: u32| (side as f32 * factor).round() as u32;
    let (width, height) = (side(picture.width()), side(picture.height()));
    resize(picture, width, height, FilterType::CatmullRom)
}

/// Without these shares of the width and height at the left and top, and at the right and bottom.
fn cut(picture: &RgbImage, before: f32, after: f32) -> RgbImage {
    let (width, height) = picture.dimensions();
    let pixels = |side: u32, share: f32| (side as f32 * share).round() as u32;
    let [left, top] = [width, height].map(|side| pixels(side, before));
    let [right, bottom] = [width, height].map(|side| pixels(side, after));
    let (width, height) = (width - left - right, height - top - bottom);
    crop_imm(picture, left, top, width, height).to_image()
}

fn brighter(picture: &RgbImage, factor: f32) -> RgbImage {
    let mut picture = picture.clone();
    for value in picture.iter_mut() {
        *value = (f32::from(*value) * factor).round().min(255.0) as u8;
    }
    picture
}

type Change = fn(&RgbImage) -> RgbImage;

const COPIES: [(&str, Change); 11] = [
    ("JPEG, quality 75", |p| jpeg(p, 75)),
    ("JPEG, quality 20", |p| jpeg(p, 20)),
    ("half the size", |p| resized(p, 0.5)),
    ("1.37 times the size", |p| resized(p, 1.37)),
    ("twice the size", |p| resized(p, 2.0)),
    ("brightness 0.7", |p| brighter(p, 0.7)),
    ("brightness 1.2, clipped", |p| brighter(p, 1.2)),
    ("1 % cut off every side", |p| cut(p, 0.01, 0.01)),
    ("2 % cut off two sides", |p| cut(p, 0.02, 0.0)),
    ("2 % cut off every side", |p| cut(p, 0.02, 0.02)),
    (
        "2 % cut off two sides, brightness 0.85, 3/4 the size, JPEG 60",
        |p| jpeg(&resized(&brighter(&cut(p, 0.02, 0.0), 0.85), 0.75), 60),
    ),
];

/// Works of one hand, 128 pixels a side.
fn works(family: Family, artist: u64, count: u64) -> Vec<RgbImage> {
    (0..count)
        .map(|work| draw(family, artist, work, 128))
        .collect()
}

/// The distances between all works of one hand.
fn between(hashes: &[PerceptualHash]) -> Vec<u32> {
    let pairs = (1..hashes.len()).flat_map(|i| (0..i).map(move |j| (i, j)));
    pairs.map(|(i, j)| hashes[i].distance(hashes[j])).collect()
}

#[test]
fn copies_are_near_and_other_works_of_the_hand_are_not() {
    for family in Family::ALL {
        let works = works(family, 1600, 6);
        let hashes: Vec<_> = works.iter().map(PerceptualHash::of).collect();
        for (work, hash) in works.iter().zip(&hashes) {
            for (name, change) in COPIES {
                let copy = PerceptualHash::of(&change(work));
                assert!(
                    hash.is_near(copy),
                    "{family}, {name}: {}",
                    hash.distance(copy)
                );
            }
        }
        let nearest = between(&hashes).into_iter().min().unwrap();
        assert!(nearest > PerceptualHash::NEAR, "{family}: {nearest}");
    }
}

#[test]
#[ignore = "the experiment that the threshold was chosen by: a minute"]
fn distances_of_copies_and_of_other_works() {
    let mut of_copies = vec![Vec::new(); COPIES.len()];
    let (mut of_hands, mut all) = (Vec::new(), Vec::new());
    for family in Family::ALL {
        for artist in [1500, 1501, 1502, 2000] {
            let works = works(family, artist, 20);
            let hashes: Vec<_> = works.iter().map(PerceptualHash::of).collect();
            for (work, hash) in works.iter().zip(&hashes) {
                for ((_, change), distances) in COPIES.iter().zip(&mut of_copies) {
                    distances.push(hash.distance(PerceptualHash::of(&change(work))));
                }
            }
            of_hands.extend(between(&hashes));
            all.extend(hashes);
        }
    }
    let report = |name: &str, mut distances: Vec<u32>| {
        distances.sort_unstable();
        let at = |share: f64| distances[((distances.len() - 1) as f64 * share) as usize];
        let near = distances.partition_point(|&distance| distance <= PerceptualHash::NEAR);
        println!(
            "{name}: {} pairs, least {}, median {}, 99 % {}, most {}; near: {near}",
            distances.len(),
            at(0.0),
            at(0.5),
            at(0.99),
            at(1.0)
        );
        (near, distances.len())
    };
    for ((name, _), distances) in COPIES.iter().zip(of_copies) {
        let (near, copies) = report(name, distances);
        assert!(1000 * near >= 995 * copies, "{name}");
    }
    assert_eq!(report("other works of one hand", of_hands).0, 0);
    assert_eq!(report("all works", between(&all)).0, 0);
}

/// The hands on which figures are reported, against what the built-in model was trained on.
#[test]
fn works_that_are_reported_on_are_not_in_the_built_in_models_corpus() {
    let folder = models::resolve(Path::new("demo")).unwrap();
    let corpus = CorpusHashes::beside(&folder).unwrap().unwrap();
    // Equal hashes are kept once.
    assert!(
        (13_000..=13_680).contains(&corpus.len()),
        "{}",
        corpus.len()
    );
    for (family, artist) in [
        (Family::Portrait, 2000),
        (Family::StillLife, 3000),
        (Family::Landscape, 3000),
        (Family::Collage, 3000),
        (Family::StainedGlass, 3000),
    ] {
        let works = works(family, artist, 60);
        let distances = works
            .iter()
            .map(|work| corpus.nearest(PerceptualHash::of(work)).unwrap());
        let nearest = distances.min().unwrap();
        println!("{family} {artist}: {nearest}");
        assert!(nearest > PerceptualHash::NEAR, "{family}: {nearest}");
    }
    // That it would be found if it were.
    let known = jpeg(&draw(Family::Portrait, 59, 11, 128), 60);
    assert!(corpus.nearest(PerceptualHash::of(&known)).unwrap() < 10);
}
