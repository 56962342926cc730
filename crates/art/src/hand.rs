//! The constants of an artist's works: schemes of colour, width of stroke, ways of working.

use super::canvas::Canvas;
use super::noise::Noise;
use super::palette::{Palette, Scheme};
use palimpsest_base::random::Random;

/// An artist's hand in one family.
#[derive(Clone, Debug)]
pub struct Hand {
    schemes: [Scheme; 3],
    /// Widths of lines and brushes, times this: 0.6 to 1.6.
    pub weight: f64,
    /// The fullness of a picture: 0 (little) to 1 (much).
    pub detail: f64,
    /// The distance of shapes from the ruler: 0 (exact) to 1 (wild).
    pub looseness: f64,
    /// The visibility of the brush: 0 (flat) to 1 (nothing but strokes).
    pub brush: f64,
    /// Grain of the paper, as a part of the range of brightness.
    grain: f64,
    /// Threads of the canvas, likewise.
    weave: f64,
    /// Blotches of an uneven wash, likewise.
    blotches: f64,
    /// Ways of composing that a family reads as it likes: each 0 to 1.
    pub habits: [f64; 6],
}

impl Hand {
    /// The hand made by a sequence of numbers.
    pub fn new(random: &mut Random) -> Self {
        let schemes = [(); 3].map(|()| Scheme::new(random));
        let surface = random.integer(0, 3);
        let strong = |kind: usize, strength: f64| if surface == kind { strength } else { 0.0 };
        Self {
            schemes,
            weight: random.range(0.6, 1.6),
            detail: random.unit(),
            looseness: random.unit(),
            brush: random.unit(),
            grain: 0.012 + strong(0, 0.03),
            weave: strong(1, random.range(0.03, 0.06)),
            blotches: 0.03 + strong(2, random.range(0.06, 0.12)),
            habits: [(); 6].map(|()| random.unit()),
        }
    }

    /// The colours of one of its works; now and then the artist tries a scheme of no other work.
    pub fn palette(&self, random: &mut Random) -> Palette {
        let fresh = Scheme::new(random);
        let scheme = if random.chance(0.15) {
            fresh
        } else {
            random.pick(self.schemes)
        };
        Palette::new(&scheme, random)
    }

    /// A count between two, by how much this artist puts into pictures.
    pub fn count(&self, few: usize, many: usize, random: &mut Random) -> usize {
        let share = (0.65 * self.detail + 0.35 * random.unit()).clamp(0.0, 1.0);
        few + (share * many.saturating_sub(few) as f64 + 0.5) as usize
    }

    /// The last touch on a work: the light across it and the surface that it is on.
    pub fn finish(&self, canvas: &mut Canvas, random: &mut Random) {
        let [fine, across, down, wash] = [(); 4].map(|()| Noise::new(random));
        let (slope, tilt) = (random.spread(0.07), random.spread(0.07));
        canvas.rework(|p, rgb| {
            let mut light = (p.x - 0.5) * slope + (p.y - 0.5) * tilt;
            light += (fine.at(p.x * 113.0, p.y * 113.0) - 0.5) * self.grain * 2.0;
            if self.weave > 0.0 {
                let threads = across.at(p.x * 9.0, p.y * 60.0) - down.at(p.x * 60.0, p.y * 9.0);
                light += threads * self.weave;
            }
            let pool = 0.65 * wash.at(p.x * 3.5, p.y * 3.5) + 0.35 * wash.at(p.y * 9.0, p.x * 9.0);
            light += (pool - 0.5) * self.blotches * 2.0;
            rgb.map(|value| value + light * (0.35 + value * 0.65))
        });
    }
}
