//! Discs of rings and arcs, each arc in another colour, that cut into one another.

use std::f64::consts::TAU;

use super::Easel;
use super::brush::go_over;
use super::canvas::Ink;
use super::plane::{Point, anywhere, at, block, ellipse, sector};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    quarters(easel);
    let discs = easel.hand.count(3, 8, &mut easel.random);
    for disc in 0..discs {
        let centre = anywhere(&mut easel.random, -0.02);
        let early = 1.0 - disc as f64 / discs as f64;
        let radius = 0.1 + 0.32 * early * easel.random.range(0.5, 1.1);
        wheel(easel, centre, radius);
    }
    for _ in 0..easel.random.integer(2, 5) {
        arc(easel);
    }
    go_over(easel, 0.016);
}

/// The ground: planes about a point that is not the middle.
fn quarters(easel: &mut Easel) {
    let random = &mut easel.random;
    let (pivot, start) = (anywhere(random, 0.25), random.angle());
    let pieces = random.integer(3, 7);
    let mut turn = start;
    for piece in 0..pieces {
        let next = if piece + 1 == pieces {
            start + TAU
        } else {
            turn + (start + TAU - turn) / (pieces - piece) as f64 * random.range(0.6, 1.3)
        };
        let colour = easel.palette.any(random);
        let other = colour.mix(easel.palette.ground, 0.5);
        let light = vec![(colour, 1.0), (other, 1.0)];
        let wedge = sector(pivot, [0.0, 1.6], [turn, next]);
        easel.canvas.polygon(&wedge, Ink::Radial(pivot, 1.0, light));
        turn = next;
    }
    for _ in 0..random.integer(0, 4) {
        let place = anywhere(random, 0.0);
        let (width, height) = (random.range(0.05, 0.3), random.range(0.2, 0.9));
        let bar = block(place, width, height, random.angle());
        let colour = easel.palette.any(random);
        easel.canvas.polygon(&bar, colour.veil(0.8));
    }
}

fn wheel(easel: &mut Easel, centre: Point, radius: f64) {
    let random = &mut easel.random;
    let rings = random.integer(2, 3 + (easel.hand.detail * 3.0) as usize);
    let mut outer = radius;
    let spokes = random.angle();
    let cut = random.integer(2, 6);
    for ring in 0..rings {
        let random = &mut easel.random;
        let inner = if ring + 1 == rings {
            0.0
        } else {
            outer - radius / rings as f64 * random.range(0.6, 1.25)
        };
        // Most rings are cut along the same spokes, some along their own.
        let own = random.chance(0.3 + 0.4 * easel.hand.looseness);
        let start = if own { random.angle() } else { spokes };
        let pieces = if own { random.integer(1, 7) } else { cut };
        ring_of(easel, centre, [inner.max(0.0), outer], start, pieces);
        outer = inner;
        if outer <= 0.01 {
            break;
        }
    }
    if easel.hand.habits[0] > 0.55 {
        let colour = easel.palette.line();
        let rim = ellipse(centre, radius, radius, 0.0);
        easel
            .canvas
            .contour(&rim, 0.009 * easel.hand.weight, colour);
    }
}

/// A single sweeping band with a band of its own inside.
fn arc(easel: &mut Easel) {
    let random = &mut easel.random;
    let centre = at(random.range(-0.2, 1.2), random.range(-0.2, 1.2));
    let inner = random.range(0.2, 0.7);
    let width = random.range(0.02, 0.09) * easel.hand.weight;
    let from = random.angle();
    let to = from + random.range(0.5, 2.4);
    let colour = easel.palette.any(random);
    let shape = sector(centre, [inner, inner + width], [from, to]);
    easel.canvas.polygon(&shape, colour.veil(0.9));
    let core = sector(
        centre,
        [inner + 0.3 * width, inner + 0.6 * width],
        [from, to],
    );
    let other = easel.palette.against(colour, random);
    easel.canvas.polygon(&core, other.veil(0.9));
}

/// One ring cut into uneven pieces.
fn ring_of(easel: &mut Easel, centre: Point, radii: [f64; 2], start: f64, pieces: usize) {
    let random = &mut easel.random;
    let mut turn = start;
    for piece in 0..pieces {
        let even = start + TAU * (piece + 1) as f64 / pieces as f64;
        let last = piece + 1 == pieces;
        let next = if last {
            even
        } else {
            even + random.spread(1.2 / pieces as f64)
        };
        let colour = easel.palette.any(random);
        easel
            .canvas
            .polygon(&sector(centre, radii, [turn, next]), colour);
        turn = next;
    }
}
