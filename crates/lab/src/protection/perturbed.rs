//! A picture under change: its levels, never further from the original's than the budget, and never below 0 or above
//! 255. Both ends are whole numbers, so that rounding leaves the picture within them.

use image::RgbImage;

use palimpsest_base::random::Random;

/// The highest level of a channel.
const WHITE: f32 = 255.0;

pub(super) struct Perturbed {
    original: RgbImage,
    /// The most that a level may change by.
    budget: u8,
    levels: Vec<f32>,
}

impl Perturbed {
    pub fn new(original: RgbImage, budget: u8) -> Self {
        Self {
            levels: original.as_raw().iter().map(|&v| f32::from(v)).collect(),
            original,
            budget,
        }
    }

    /// The levels as they are, which a checkpoint keeps.
    pub fn levels(&self) -> &[f32] {
        &self.levels
    }

    /// Takes levels of a checkpoint, as far as they are allowed; false if there are not as many.
    pub fn restore(&mut self, levels: &[f32]) -> bool {
        let fits = levels.len() == self.levels.len();
        if fits {
            self.levels.copy_from_slice(levels);
            self.project();
        }
        fits
    }

    /// Begins anywhere within the budget.
    pub fn scatter(&mut self, random: &mut Random) {
        let reach = f64::from(self.budget);
        let levels = self.levels.iter_mut();
        levels.for_each(|level| *level += random.spread(reach) as f32);
        self.project();
    }

    /// Every level goes `length` up or down, as the sign of its gradient says, and back into the budget. What has no
    /// gradient stays.
    pub fn climb(&mut self, gradient: &[f32], length: f32) {
        debug_assert_eq!(gradient.len(), self.levels.len());
        for (level, g) in self.levels.iter_mut().zip(gradient) {
            if *g > 0.0 {
                *level += length;
            } else if *g < 0.0 {
                *level -= length;
            }
        }
        self.project();
    }

    fn project(&mut self) {
        let budget = f32::from(self.budget);
        for (level, &original) in self.levels.iter_mut().zip(self.original.as_raw()) {
            let original = f32::from(original);
            let (low, high) = ((original - budget).max(0.0), (original + budget).min(WHITE));
            // What is no number cannot have come of the steps; the original stands in its place.
            *level = match level.is_nan() {
                true => original,
                false => level.clamp(low, high),
            };
        }
    }

    /// The pixels as networks take them, in [-1, 1].
    pub fn pixels(&self) -> Vec<f32> {
        let levels = self.levels.iter();
        levels.map(|level| level / 127.5 - 1.0).collect()
    }

    /// The picture, rounded to 8 bits.
    pub fn picture(&self) -> RgbImage {
        let mut picture = self.original.clone();
        for (byte, level) in picture.as_mut().iter_mut().zip(&self.levels) {
            *byte = level.round_ties_even() as u8;
        }
        picture
    }
}

/// The largest difference of two pictures of one size, in levels.
pub(super) fn largest_change(a: &RgbImage, b: &RgbImage) -> u8 {
    let pairs = a.as_raw().iter().zip(b.as_raw());
    pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::Rgb;

    #[test]
    fn the_budget_holds_to_the_level_whatever_the_steps() {
        for case in 0..400 {
            let mut random = Random::for_training(case, 0, 0);
            let bytes = (0..48).map(|_| random.integer(0, 255) as u8).collect();
            let original = RgbImage::from_raw(4, 4, bytes).unwrap();
            let budget = random.integer(1, 255) as u8;
            let mut perturbed = Perturbed::new(original.clone(), budget);
            if random.chance(0.5) {
                perturbed.scatter(&mut random);
            }
            for _ in 0..random.integer(0, 12) {
                let length = random.range(0.01, 300.0) as f32;
                let gradient: Vec<f32> = (0..48).map(|_| random.spread(1.0) as f32).collect();
                perturbed.climb(&gradient, length);
            }
            let change = largest_change(&original, &perturbed.picture());
            assert!(change <= budget, "case {case}: {change} of {budget}");
            let within = |level: &f32| (0.0..=255.0).contains(level);
            assert!(perturbed.levels().iter().all(within), "case {case}");
        }
    }

    #[test]
    fn levels_follow_the_sign_of_the_gradient_to_the_edge_of_the_budget() {
        let original = RgbImage::from_pixel(1, 1, Rgb([100, 100, 254]));
        let mut perturbed = Perturbed::new(original.clone(), 8);
        perturbed.climb(&[0.3, -1e-9, 0.0], 1.5);
        assert_eq!(perturbed.levels(), [101.5, 98.5, 254.0]);
        (0..20).for_each(|_| perturbed.climb(&[1.0, -1.0, 1.0], 1.5));
        assert_eq!(perturbed.picture().as_raw(), &[108, 92, 255]);
        // What a checkpoint holds is brought into the budget too.
        assert!(perturbed.restore(&[300.0, f32::NAN, 255.0]));
        assert_eq!(perturbed.picture().as_raw(), &[108, 100, 255]);
        assert!(!perturbed.restore(&[1.0]));
    }
}
