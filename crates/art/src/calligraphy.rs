//! The broad pen: a few great gestures over washes, lines of an unknown script, blots and a seal.

use std::f64::consts::PI;

use super::Easel;
use super::colour::Colour;
use super::palette::vary;
use super::plane::{Point, anywhere, at, lump, rectangle};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    for _ in 0..easel.random.integer(2, 6) {
        wash(easel);
    }
    let script = easel.random.integer(1, 3);
    for _ in 0..script {
        column(easel);
    }
    for _ in 0..easel.random.integer(3, 7) {
        gesture(easel);
    }
    blots(easel);
    seal(easel);
}

/// A pale stain with a darker rim.
fn wash(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let place = anywhere(random, 0.0);
    let size = random.range(0.12, 0.45);
    let stain = lump(random, place, size, 0.45);
    let colour = easel.palette.any(random);
    canvas.smooth(&stain, colour.veil(random.range(0.3, 0.75)));
    canvas.contour(&stain, 0.01, colour.lit(-0.1).veil(0.4));
}

/// One sweep of the pen, whose width follows its direction as a broad nib's does.
fn gesture(easel: &mut Easel) {
    let random = &mut easel.random;
    let mut place = anywhere(random, 0.15);
    let mut heading = random.angle();
    let mut turn = random.spread(0.6);
    let mut way = vec![place];
    for _ in 0..random.integer(12, 38) {
        turn = 0.75 * turn + 0.22 * random.normal() * (0.5 + easel.hand.looseness);
        heading += turn;
        place = place.toward(heading, 0.045);
        // Turned back before it leaves the sheet.
        if !(0.06..0.94).contains(&place.x) || !(0.06..0.94).contains(&place.y) {
            heading = place.bearing(at(0.5, 0.5)) + random.spread(0.5);
        }
        way.push(place);
    }
    let nib = 0.35 + PI * easel.hand.habits[0];
    let width = random.range(0.035, 0.12) * easel.hand.weight;
    let colour = if random.chance(0.45) {
        easel.palette.line()
    } else {
        easel.palette.any(random)
    };
    sweep(easel, &way, nib, width, colour);
}

fn sweep(easel: &mut Easel, way: &[Point], nib: f64, width: f64, colour: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let count = way.len() as f64;
    let dry = random.range(0.0, 0.6);
    for (index, pair) in way.windows(2).enumerate() {
        let [from, to] = pair else { continue };
        let t = index as f64 / count;
        let reach = 0.5 * width * (0.5 + 0.5 * libm::sin(PI * (0.12 + 0.85 * t)));
        let piece = [
            from.toward(nib, reach),
            to.toward(nib, reach),
            to.toward(nib, -reach),
            from.toward(nib, -reach),
        ];
        canvas.polygon(&piece, colour.veil(1.0 - dry * t * 0.7));
        canvas.outline(&piece, 0.006, colour.veil(1.0 - dry * t));
    }
    for _ in 0..(dry * 12.0) as usize {
        let shift = random.spread(0.4) * width;
        let tail = way.len() / 2;
        let streak: Vec<Point> = way
            .iter()
            .skip(tail)
            .map(|p| p.toward(nib, shift))
            .collect();
        canvas.curve(&streak, 0.005, easel.palette.ground.veil(0.7));
    }
}

/// A block of small signs in lines or columns.
fn column(easel: &mut Easel) {
    let random = &mut easel.random;
    let size = random.range(0.03, 0.065);
    let start = at(random.range(0.04, 0.75), random.range(0.04, 0.65));
    let (lines, signs) = (random.integer(1, 5), random.integer(4, 12));
    let upright = easel.hand.habits[1] > 0.5;
    let colour = if random.chance(0.7) {
        easel.palette.line()
    } else {
        easel.palette.any(random)
    };
    for line in 0..lines {
        for sign in 0..signs {
            let (along, across) = (sign as f64 * size * 1.15, line as f64 * size * 1.5);
            let place = if upright {
                start.moved(across, along)
            } else {
                start.moved(along, across)
            };
            if easel.random.chance(0.88) {
                glyph(easel, place, size, colour);
            }
        }
    }
}

fn glyph(easel: &mut Easel, place: Point, size: f64, colour: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let width = size * 0.13 * easel.hand.weight;
    for _ in 0..random.integer(1, 4) {
        let mut points =
            [(); 3].map(|()| place.moved(random.unit() * size * 0.8, random.unit() * size));
        if random.chance(0.5) {
            // A straight bar, level or upright.
            points[2] = random.pick([at(points[0].x, points[2].y), at(points[2].x, points[0].y)]);
            points[1] = points[0].mix(points[2], 0.5);
        }
        canvas.curve(&points, width, colour);
    }
}

fn blots(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..easel.hand.count(1, 5, random) {
        let heart = anywhere(random, 0.05);
        let colour = vary(easel.palette.line(), 0.05, random);
        let (heading, size) = (random.angle(), random.range(0.008, 0.028));
        canvas.smooth(&lump(random, heart, size, 0.3), colour);
        for _ in 0..random.integer(3, 14) {
            let fly = heading + 0.5 * random.normal();
            let drop = heart.toward(fly, random.range(0.02, 0.2));
            canvas.disc(drop, size * random.range(0.1, 0.5), colour);
        }
    }
}

/// The artist's stamp, cut anew for every work.
fn seal(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(1, 2) {
        let corner = at(random.range(0.04, 0.84), random.range(0.04, 0.84));
        let size = random.range(0.06, 0.13);
        let red = easel.palette.accent;
        canvas.polygon(&rectangle(corner, corner.moved(size, size)), red);
        for _ in 0..random.integer(3, 6) {
            let from = corner.moved(
                random.range(0.15, 0.85) * size,
                random.range(0.15, 0.85) * size,
            );
            let to = random.pick([
                at(from.x, corner.y + 0.5 * size),
                at(corner.x + 0.5 * size, from.y),
            ]);
            canvas.line(&[from, to], size * 0.1, easel.palette.light);
        }
    }
}
