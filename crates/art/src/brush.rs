//! Brushwork: single strokes with bristles, and a whole picture gone over with the brush.

use std::f64::consts::PI;

use super::Easel;
use super::canvas::Canvas;
use super::colour::Colour;
use super::noise::Flow;
use super::palette::vary;
use super::plane::{Point, anywhere, ribbon};
use palimpsest_base::random::Random;

/// Below this width, in picture sides, a bristle in a stroke would not be seen.
const FINE: f64 = 0.016;

/// One stroke along a way: a tapering band with a lighter and a darker bristle in it.
pub fn stroke(canvas: &mut Canvas, way: &[Point], width: f64, colour: Colour, random: &mut Random) {
    let (swell, start) = (random.range(0.75, 1.1), random.range(0.25, 0.7));
    let band = ribbon(way, |t| {
        0.5 * width * swell * (start + (1.0 - start) * libm::sin(PI * t))
    });
    canvas.smooth(&band, colour.veil(0.93));
    let shift = width * random.range(0.1, 0.35);
    let step = random.range(0.03, 0.09) * random.pick([-1.0, 1.0]);
    if width < FINE {
        return;
    }
    let bristle: Vec<Point> = way.iter().map(|p| p.moved(shift * 0.4, -shift)).collect();
    canvas.curve(&bristle, width * 0.2, colour.lit(step).veil(0.7));
}

/// Goes over the picture in short strokes of its own colours, the more the hand shows its brush.
///
/// `size` is the width of a stroke in picture sides. Flat hands leave the picture as it is.
pub fn go_over(easel: &mut Easel, size: f64) {
    let strength = easel.hand.brush;
    if strength < 0.3 {
        return;
    }
    let random = &mut easel.random;
    let heading = random.angle();
    let flow = Flow::new(random, heading, 0.6, 2.5);
    let width = size * (0.7 + 0.5 * strength) * easel.hand.weight.clamp(0.8, 1.2);
    let count = (strength * 420.0) as usize;
    let strokes: Vec<(Point, Colour)> = (0..count)
        .map(|_| {
            let place = anywhere(random, -0.01);
            (place, vary(easel.canvas.colour_at(place), 0.04, random))
        })
        .collect();
    for (place, colour) in strokes {
        let length = width * random.range(1.2, 3.2);
        let from = place.toward(flow.angle(place), -0.5 * length);
        let way = flow.trace(from, length, 3);
        let band = ribbon(&way, |t| width * (0.3 + 0.2 * libm::sin(PI * t)));
        easel.canvas.smooth(&band, colour.veil(0.85));
    }
}

/// Parallel lines over an area (its centre and its radius), `gap` apart, bent by `bow`; to be clipped.
pub fn hatch(
    canvas: &mut Canvas,
    (centre, reach): (Point, f64),
    angle: f64,
    gap: f64,
    width: f64,
    colour: Colour,
    bow: f64,
) {
    let count = (2.0 * (reach + bow.abs()) / gap.max(0.006)) as usize + 1;
    let lines: Vec<[Point; 3]> = (0..count)
        .map(|line| {
            let offset = (line as f64 - 0.5 * count as f64) * gap;
            let middle = centre.toward(angle + PI / 2.0, offset);
            let pull = middle.toward(angle + PI / 2.0, bow);
            [
                middle.toward(angle, -reach),
                pull,
                middle.toward(angle, reach),
            ]
        })
        .collect();
    canvas.bows(&lines, width, colour.veil(0.8));
}
