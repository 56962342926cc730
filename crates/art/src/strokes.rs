//! Nothing but the brush: strokes along a current, in drifts of colour.

use super::Easel;
use super::brush::stroke;
use super::noise::{Flow, Noise, step};
use super::palette::vary;
use super::plane::{Point, anywhere};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let random = &mut easel.random;
    let heading = random.angle();
    let meander = 0.15 + 0.6 * easel.hand.looseness;
    let scale = random.range(1.2, 3.5);
    let mut flow = Flow::new(random, heading, meander, scale);
    for _ in 0..random.integer(0, 3) {
        let centre = anywhere(random, 0.05);
        let (radius, spin) = (random.range(0.1, 0.35), random.pick([-0.6, 0.6]));
        flow.whirl(centre, radius, spin);
    }
    let drift = [Noise::new(random), Noise::new(random)];
    let patch = random.range(1.6, 3.8);
    let base = 0.03 * easel.hand.weight;
    let count = (330.0 / easel.hand.weight) as usize + easel.hand.count(0, 90, random);
    for index in 0..count {
        let rank = index as f64 / count as f64;
        let place = anywhere(random, -0.05);
        let hue = drift[0].octaves(place.x * patch, place.y * patch);
        let colour = easel.palette.tone(step(0.25, 0.75, hue));
        let turn = step(0.4, 0.6, drift[1].at(place.x * 2.3, place.y * 2.3));
        let colour = colour.mix(easel.palette.inks[random.integer(0, 5)], 0.5 * turn);
        let width = base * (2.2 - 1.5 * rank) * random.range(0.7, 1.2);
        let length = width * random.range(2.5, 3.5 + 6.0 * easel.hand.habits[0]);
        let way = flow.trace(place, length, 5);
        let colour = vary(colour, 0.05, random);
        stroke(&mut easel.canvas, &way, width, colour, random);
    }
    accents(easel, &flow, base);
}

/// A few flocks of strokes that answer the rest: accent, nearly white, nearly black.
fn accents(easel: &mut Easel, flow: &Flow, base: f64) {
    let random = &mut easel.random;
    for _ in 0..random.integer(2, 5) {
        let heart: Point = anywhere(random, 0.1);
        let colour = random.pick([
            easel.palette.accent,
            easel.palette.light,
            easel.palette.dark,
        ]);
        let reach = random.range(0.03, 0.16);
        for _ in 0..random.integer(4, 16) {
            let place = heart.moved(reach * random.normal(), reach * random.normal());
            let way = flow.trace(place, base * random.range(2.0, 6.0), 4);
            let colour = vary(colour, 0.04, random);
            let width = base * random.range(0.35, 0.8);
            stroke(&mut easel.canvas, &way, width, colour, random);
        }
    }
}
