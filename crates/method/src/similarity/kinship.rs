//! Kinship, the nearness of controls to a questioned work in kind: colours, contrasts and how fine the structure is, at
//! four scales. A p-value means something only if the questioned work could have been one of the controls
//! (exchangeability); a work that lies further from them than they lie from each other could not.
//!
//! The measure is coarse, and it is a guard against gross mismatch, not a judge of style. The limit of
//! [`Kinship::limit`] was drawn from a prototype of the same features (box-filtered pictures) on 1520 drawn works
//! (19 families, 4 hands each) and twenty paintings of one painter: where two in a hundred works of the
//! controls' own hand were refused, 29, 37, 44 and 52 in a hundred of another family were, with 5, 8, 10 and 15
//! controls, and of another hand of the same family hardly any. Of a varied hand more are refused: two of ten
//! landscapes in one trial. Of this code's own rates one has been measured: with 20 controls of their own hand, 9
//! of 300 drawn works were refused, 6 of them landscapes (`benches/evaluation/at-weight-0.75/innocents.txt`); how many of
//! another family it catches has not. What it lets pass is not thereby right: whoever declares the controls
//! answers for them.

use image::RgbImage;
use image::imageops::{FilterType, resize};

/// Side to which pictures are brought.
const SIDE: usize = 64;
/// Features of a picture.
const FEATURES: usize = 18;
/// Differences smaller than this between works of one hand are nothing, in units of the features.
const FLOOR: f64 = 0.02;
/// Energies are compared as logarithms; this factor brings them to the size of colours.
const LOGARITHMS: f64 = 0.15;
/// An energy that is as good as none.
const NOTHING: f64 = 1e-5;

/// The kind of a picture, as a few numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct PictureKind([f64; FEATURES]);

/// The place of a work among others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kinship {
    /// Its mean distance to them over the median of their mean distances to each other: 1 for one of them.
    pub ratio: f64,
    /// The number of others.
    pub others: usize,
}

impl PictureKind {
    /// Of a picture of any size.
    pub fn of(picture: &RgbImage) -> Self {
        let small = resize(picture, SIDE as u32, SIDE as u32, FilterType::Triangle);
        let channel = |weigh: fn([f64; 3]) -> f64| -> Vec<f64> {
            let pixels = small.pixels();
            pixels
                .map(|pixel| weigh(pixel.0.map(|value| f64::from(value) / 255.0)))
                .collect()
        };
        let luma = |[r, g, b]: [f64; 3]| 0.299 * r + 0.587 * g + 0.114 * b;
        let [y, blue, red] = [
            channel(luma),
            channel(|[r, g, b]| b - (0.299 * r + 0.587 * g + 0.114 * b)),
            channel(|[r, g, b]| r - (0.299 * r + 0.587 * g + 0.114 * b)),
        ];
        let mut features = Vec::with_capacity(FEATURES);
        for values in [&y, &blue, &red] {
            let mean = mean(values);
            let square = values.iter().map(|v| (v - mean).powi(2)).sum::<f64>();
            features.extend([mean, (square / values.len() as f64).sqrt()]);
        }
        for scale in [1, 2, 4, 8] {
            let [across, down] = energies(&averaged(&y, scale), SIDE / scale);
            features.extend([logarithm(across), logarithm(down)]);
        }
        for values in [&blue, &red] {
            for scale in [1, 4] {
                let [across, down] = energies(&averaged(values, scale), SIDE / scale);
                features.push(logarithm(across + down));
            }
        }
        let mut all = [0.0; FEATURES];
        for (place, feature) in all.iter_mut().zip(features) {
            *place = feature;
        }
        Self(all)
    }
}

impl Kinship {
    /// The place of `work` among `others`; `None` if there are fewer than three of them.
    pub fn of(work: &PictureKind, others: &[PictureKind]) -> Option<Self> {
        if others.len() < 3 {
            return None;
        }
        let scales = scales(others);
        let distance = |a: &PictureKind, b: &PictureKind| {
            let parts = a.0.iter().zip(b.0).zip(scales);
            let sum: f64 = parts.map(|((a, b), s)| ((a - b) / s).powi(2)).sum();
            (sum / FEATURES as f64).sqrt()
        };
        let to_all = |kind: &PictureKind| others.iter().map(|o| distance(kind, o)).sum::<f64>();
        let count = others.len() as f64;
        let mut among: Vec<f64> = others.iter().map(|o| to_all(o) / (count - 1.0)).collect();
        among.sort_by(f64::total_cmp);
        let (low, high) = (
            among.get((among.len() - 1) / 2)?,
            among.get(among.len() / 2)?,
        );
        let median = (low + high) / 2.0;
        let ratio = to_all(work) / count / median;
        ratio.is_finite().then_some(Self {
            ratio,
            others: others.len(),
        })
    }

    /// The largest ratio of a work that could be one of them.
    pub fn limit(self) -> f64 {
        1.4 + 4.0 / self.others as f64
    }

    /// Tells whether the others serve as its controls.
    pub fn serves(self) -> bool {
        self.ratio <= self.limit()
    }
}

/// The spread of each feature among works of one hand.
fn scales(kinds: &[PictureKind]) -> [f64; FEATURES] {
    std::array::from_fn(|feature| {
        let values: Vec<f64> = kinds.iter().map(|kind| kind.0[feature]).collect();
        let mean = mean(&values);
        let square: f64 = values.iter().map(|v| (v - mean).powi(2)).sum();
        (square / (values.len() as f64 - 1.0) + FLOOR * FLOOR).sqrt()
    })
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

fn logarithm(energy: f64) -> f64 {
    LOGARITHMS * libm::log(NOTHING + energy)
}

/// A square of [`SIDE`] averaged over cells of `scale`.
fn averaged(values: &[f64], scale: usize) -> Vec<f64> {
    let side = SIDE / scale;
    let mut cells = vec![0.0; side * side];
    for (y, row) in values.chunks_exact(SIDE).enumerate() {
        for (x, value) in row.iter().enumerate() {
            cells[(y / scale) * side + x / scale] += value / (scale * scale) as f64;
        }
    }
    cells
}

/// Mean squared difference of neighbours, beside and below each other.
fn energies(values: &[f64], side: usize) -> [f64; 2] {
    let rows: Vec<&[f64]> = values.chunks_exact(side).collect();
    let across = rows
        .iter()
        .flat_map(|row| row.windows(2).map(|pair| (pair[0] - pair[1]).powi(2)))
        .sum::<f64>();
    let down = rows
        .windows(2)
        .flat_map(|pair| pair[0].iter().zip(pair[1]).map(|(a, b)| (a - b).powi(2)))
        .sum::<f64>();
    let pairs = (side * (side - 1)) as f64;
    [across / pairs, down / pairs]
}

#[cfg(test)]
mod tests {
    use super::*;
    use palimpsest_art::{Family, draw};

    fn kinds(family: Family, artist: u64, works: std::ops::Range<u64>) -> Vec<PictureKind> {
        works
            .map(|work| PictureKind::of(&draw(family, artist, work, 128)))
            .collect()
    }

    #[test]
    fn works_of_the_same_hand_serve_and_gross_mismatches_do_not() {
        let controls = kinds(Family::Portrait, 1500, 0..10);
        let own = kinds(Family::Portrait, 1500, 10..20);
        let serve = |work: &PictureKind| Kinship::of(work, &controls).unwrap().serves();
        assert!(own.iter().filter(|work| serve(work)).count() >= 9);
        let white = PictureKind::of(&RgbImage::from_pixel(80, 90, image::Rgb([255; 3])));
        let noise = RgbImage::from_fn(128, 128, |x, y| {
            let v = (x.wrapping_mul(2_654_435_761) ^ y.wrapping_mul(40_503)) as u8;
            image::Rgb([v, v.wrapping_mul(7), v.wrapping_mul(13)])
        });
        assert!(!serve(&white));
        assert!(!serve(&PictureKind::of(&noise)));
    }

    #[test]
    fn size_hardly_counts_and_few_controls_say_nothing() {
        let picture = draw(Family::Portrait, 1500, 1, 128);
        let large = resize(&picture, 300, 300, FilterType::Triangle);
        let others = kinds(Family::Portrait, 1500, 2..8);
        let ratio = |picture| {
            Kinship::of(&PictureKind::of(picture), &others)
                .unwrap()
                .ratio
        };
        assert!((ratio(&picture) - ratio(&large)).abs() < 0.25);
        assert_eq!(Kinship::of(&others[0], &others[1..3]), None);
    }

    #[test]
    fn copies_of_one_picture_are_no_division_by_nothing() {
        let one = PictureKind::of(&RgbImage::new(10, 10));
        assert_eq!(Kinship::of(&one, &vec![one.clone(); 5]), None);
    }
}
