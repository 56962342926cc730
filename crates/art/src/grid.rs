//! Black bars and coloured fields: the picture divided again and again, never evenly.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

use super::Easel;
use super::brush::hatch;
use super::canvas::Ink;
use super::colour::Colour;
use super::plane::{Point, at, ellipse, extent, rectangle};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let depth = 4 + (2.0 * easel.hand.detail + easel.random.unit()) as usize;
    let mut fields = Vec::new();
    divide(easel, at(0.0, 0.0), at(1.0, 1.0), depth, &mut fields);
    let pale = easel.palette.night || easel.hand.habits[0] < 0.2;
    let bar = if !pale {
        easel.palette.dark
    } else {
        easel.palette.light
    };
    let base = (0.012 + 0.014 * easel.hand.habits[1]) * easel.hand.weight;
    let empty = easel.random.range(0.1, 0.55);
    for (from, to) in &fields {
        field(easel, *from, *to, empty);
    }
    for (from, to) in &fields {
        let width = base * easel.random.pick([0.6, 1.0, 1.0, 1.6]);
        let thin = easel.random.chance(0.12);
        if !thin {
            easel.canvas.outline(&rectangle(*from, *to), width, bar);
        }
    }
    for _ in 0..easel.random.integer(1, 4) {
        crossing(easel, base);
    }
}

/// Divides a field in two, and those again.
fn divide(easel: &mut Easel, from: Point, to: Point, depth: usize, out: &mut Vec<(Point, Point)>) {
    let random = &mut easel.random;
    let (width, height) = (to.x - from.x, to.y - from.y);
    if depth == 0 || width.max(height) < 0.11 || (width * height < 0.14 && random.chance(0.25)) {
        out.push((from, to));
        return;
    }
    let cut = random.range(0.22, 0.78);
    if width * random.range(0.6, 1.6) > height {
        let x = from.x + width * cut;
        divide(easel, from, at(x, to.y), depth - 1, out);
        divide(easel, at(x, from.y), to, depth - 1, out);
    } else {
        let y = from.y + height * cut;
        divide(easel, from, at(to.x, y), depth - 1, out);
        divide(easel, at(from.x, y), to, depth - 1, out);
    }
}

/// Fills a field: empty, flat, shaded, hatched or with a figure in it.
fn field(easel: &mut Easel, from: Point, to: Point, empty: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let shape = rectangle(from, to);
    if random.chance(empty) {
        canvas.polygon(&shape, easel.palette.ground.lit(random.spread(0.05)));
        return;
    }
    let colour = easel.palette.any(random);
    let other = easel.palette.against(colour, random);
    canvas.polygon(&shape, colour);
    canvas.clip(&shape);
    content(easel, from, to, colour, other);
    easel.canvas.unclip();
}

/// A bar that runs through everything, or a small square where bars meet.
fn crossing(easel: &mut Easel, base: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let (place, reach) = (random.unit(), random.range(0.2, 1.0));
    let start = random.range(0.0, 1.0 - 0.6 * reach);
    let colour = random.pick([
        easel.palette.dark,
        easel.palette.accent,
        easel.palette.light,
    ]);
    let ends = if random.chance(0.5) {
        [at(place, start), at(place, start + reach)]
    } else {
        [at(start, place), at(start + reach, place)]
    };
    canvas.line(&ends, base * random.range(0.5, 2.2), colour);
    let size = random.range(0.02, 0.06);
    let corner = ends[0].mix(ends[1], random.unit());
    canvas.polygon(
        &rectangle(corner.moved(-size, -size), corner.moved(size, size)),
        easel.palette.any(random),
    );
}

/// The content of a field.
fn content(easel: &mut Easel, from: Point, to: Point, colour: Colour, other: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let shape = rectangle(from, to);
    let middle = from.mix(to, 0.5);
    let half = 0.5 * (to.x - from.x).min(to.y - from.y);
    match random.integer(0, 8) {
        0 => {
            let ends = random.pick([[from, to], [to, from]]);
            canvas.polygon(
                &shape,
                Ink::Linear(ends, vec![(colour.lit(0.1), 1.0), (other, 1.0)]),
            );
        }
        1 => {
            let gap = random.range(0.025, 0.06);
            hatch(
                canvas,
                extent(&shape),
                random.pick([0.0, FRAC_PI_4, FRAC_PI_2, (3.0 * FRAC_PI_4)]),
                gap,
                gap * 0.4,
                other,
                0.0,
            );
        }
        2 => canvas.disc(middle, half * random.range(0.4, 0.9), other),
        3 => canvas.polygon(&[from, at(to.x, from.y), at(from.x, to.y)], other),
        4 => {
            let place = random.pick([from, to, at(from.x, to.y), at(to.x, from.y)]);
            canvas.disc(place, half * random.range(1.0, 1.9), other);
        }
        5 => {
            let ring = ellipse(middle, half * 0.65, half * 0.65, 0.0);
            canvas.contour(&ring, half * random.range(0.15, 0.4), other);
        }
        _ => {}
    }
}
