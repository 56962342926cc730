//! Torn and cut paper: sheets with white edges and shadows, printed matter, cut-out figures.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

use super::Easel;
use super::brush::hatch;
use super::colour::Colour;
use super::palette::vary;
use super::plane::{
    Point, anywhere, at, block, ellipse, extent, leaf, lump, middle, regular, sector, shrunk, torn,
};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let ground = easel
        .palette
        .ground
        .mix(easel.palette.any(&mut easel.random), 0.3);
    easel.canvas.flood(ground);
    let sheets = easel.hand.count(8, 20, &mut easel.random);
    for sheet in 0..sheets {
        let early = 1.0 - sheet as f64 / sheets as f64;
        let random = &mut easel.random;
        let place = anywhere(random, 0.02);
        let size = 0.1 + 0.38 * early * random.range(0.5, 1.1);
        let turn =
            random.pick([0.0, 0.0, FRAC_PI_4]) + random.spread(0.1 + 0.7 * easel.hand.looseness);
        let shape = cut(easel, place, size, turn);
        piece(easel, &shape, turn);
    }
    for _ in 0..easel.random.integer(2, 6) {
        cutout(easel);
    }
    scraps(easel);
}

/// The outline of a sheet: mostly four corners, sometimes fewer or round.
fn cut(easel: &mut Easel, place: Point, size: f64, turn: f64) -> Vec<Point> {
    let random = &mut easel.random;
    let shape = match random.integer(0, 7) {
        0 => regular(place, size * 0.7, 3, turn),
        1 => ellipse(place, size * 0.5, size * random.range(0.35, 0.5), turn),
        2 => sector(
            place,
            [0.0, size * 0.8],
            [turn, turn + random.range(1.2, 3.3)],
        ),
        _ => block(
            place,
            size * random.range(0.6, 1.5),
            size * random.range(0.4, 1.0),
            turn,
        ),
    };
    let rough = if random.chance(0.3 + 0.6 * easel.hand.habits[0]) {
        0.009
    } else {
        0.0
    };
    if rough > 0.0 {
        torn(random, &shape, rough)
    } else {
        shape
    }
}

fn piece(easel: &mut Easel, shape: &[Point], turn: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let shadow: Vec<Point> = shape.iter().map(|p| p.moved(0.009, 0.012)).collect();
    canvas.polygon(&shadow, easel.palette.dark.veil(0.4));
    let colour = match random.integer(0, 5) {
        0 => easel.palette.light,
        1 => easel.palette.dark,
        _ => easel.palette.any(random),
    };
    if random.chance(easel.hand.habits[0]) {
        canvas.polygon(shape, easel.palette.light);
        let inner = torn(random, &shrunk(shape, 0.93), 0.004);
        canvas.polygon(&inner, colour);
        canvas.clip(&inner);
    } else {
        canvas.polygon(shape, colour);
        canvas.clip(shape);
    }
    print(easel, shape, colour, turn);
    easel.canvas.unclip();
}

/// The print on a sheet: nothing, lines of text, stripes, dots or a stain.
fn print(easel: &mut Easel, shape: &[Point], colour: Colour, turn: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let ink = easel.palette.against(colour, random);
    let centre = middle(shape);
    match random.integer(0, 8) {
        0 => {
            let gap = random.range(0.02, 0.07);
            hatch(
                canvas,
                extent(shape),
                turn,
                gap,
                gap * random.range(0.2, 0.6),
                ink,
                0.0,
            );
        }
        1 | 2 => text(easel, centre, turn, ink),
        3 => {
            for _ in 0..random.integer(8, 30) {
                let place = centre.moved(random.spread(0.25), random.spread(0.25));
                canvas.disc(place, random.range(0.007, 0.025), ink);
            }
        }
        4 => {
            stains(easel, centre, ink);
        }
        5 => {
            target(easel, centre, ink);
        }
        _ => {}
    }
}

/// Lines of dashes, as newsprint looks from afar.
fn text(easel: &mut Easel, centre: Point, turn: f64, ink: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let gap = random.range(0.018, 0.032);
    for line in -8..=8 {
        let start = centre.toward(turn + FRAC_PI_2, f64::from(line) * gap);
        let mut along = -0.25;
        while along < 0.25 {
            let word = random.range(0.01, 0.05);
            let ends = [start.toward(turn, along), start.toward(turn, along + word)];
            canvas.line(&ends, gap * 0.35, ink.veil(0.85));
            along += word + gap * 0.8;
        }
    }
}

/// A figure cut with scissors: a plant, a star, a bird-like lump.
fn cutout(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let place = anywhere(random, 0.12);
    let (size, turn) = (random.range(0.09, 0.25), random.angle());
    let colour = random.pick([
        easel.palette.accent,
        easel.palette.line(),
        easel.palette.inks[1],
        easel.palette.inks[4],
    ]);
    if random.chance(0.35 + 0.4 * easel.hand.habits[1]) {
        let lobes = random.integer(3, 8);
        let tip = place.toward(turn, size);
        for lobe in 0..lobes {
            let root = place.mix(tip, lobe as f64 / lobes as f64);
            for side in [-1.0, 1.0] {
                let reach = size * random.range(0.3, 0.6);
                let end = root.toward(turn + side * random.range(0.5, 1.2), reach);
                canvas.smooth(&leaf(root, end, 0.5, 0.1 * side), colour);
            }
        }
        canvas.curve(&[place, place.mix(tip, 0.5), tip], size * 0.12, colour);
    } else {
        let shape = lump(random, place, size * 0.5, 0.6);
        canvas.smooth(&shape, colour);
        canvas.disc(place, size * 0.1, easel.palette.against(colour, random));
    }
}

/// Confetti, tape and pencil lines.
fn scraps(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(4, 22) {
        let place = anywhere(random, 0.0);
        let (width, height) = (random.range(0.012, 0.05), random.range(0.012, 0.03));
        let scrap = block(place, width, height, random.angle());
        canvas.polygon(&scrap, easel.palette.any(random));
    }
    for _ in 0..random.integer(1, 4) {
        let from = anywhere(random, 0.0);
        let bow = at(random.unit(), random.unit());
        let to = anywhere(random, 0.0);
        canvas.curve(
            &[from, bow, to],
            0.006 * easel.hand.weight,
            easel.palette.line().veil(0.8),
        );
    }
}

fn stains(easel: &mut Easel, centre: Point, ink: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(1, 3) {
        let place = centre.moved(random.spread(0.15), random.spread(0.15));
        let size = random.range(0.03, 0.13);
        canvas.smooth(
            &lump(random, place, size, 0.4),
            vary(ink, 0.05, random).veil(0.8),
        );
    }
}

/// Rings about a point.
fn target(easel: &mut Easel, centre: Point, ink: Colour) {
    for ring in 1..5 {
        let outline = ellipse(centre, 0.04 * f64::from(ring), 0.04 * f64::from(ring), 0.0);
        easel
            .canvas
            .contour(&outline, 0.01 * easel.hand.weight, ink);
    }
}
