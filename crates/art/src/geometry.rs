//! Planes, bars, discs and arcs that float on an empty ground along a slanting axis.

use std::f64::consts::{PI, TAU};

use super::Easel;
use super::canvas::Ink;
use super::colour::Colour;
use super::plane::{Point, anywhere, at, block, ellipse, regular, sector};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let axis = easel.random.range(-0.9, 0.9);
    if easel.random.chance(0.6) {
        backdrop(easel, axis);
    }
    let shapes = easel.hand.count(14, 40, &mut easel.random);
    let heart = anywhere(&mut easel.random, 0.25);
    for shape in 0..shapes {
        // The large planes come first, so that the small ones lie on them.
        let rank = shape as f64 / shapes as f64;
        let size = 0.34 * (1.0 - rank) * (1.0 - rank) + easel.random.range(0.025, 0.1);
        let pull = 0.5 * easel.hand.habits[0] * easel.random.unit();
        let place = anywhere(&mut easel.random, 0.02).mix(heart, pull);
        figure(easel, place, size, axis);
    }
    for _ in 0..easel.random.integer(2, 6) {
        long_line(easel, axis);
    }
    comb(easel, axis);
}

/// A plane or two that divide the ground.
fn backdrop(easel: &mut Easel, axis: f64) {
    let random = &mut easel.random;
    for _ in 0..random.integer(1, 2) {
        let turn = axis + random.pick([0.0, PI / 2.0]);
        let centre = anywhere(random, -0.2).toward(turn + PI / 2.0, 0.5);
        let colour = easel.palette.any(random).mix(easel.palette.ground, 0.45);
        easel.canvas.polygon(&block(centre, 3.0, 1.0, turn), colour);
    }
}

fn figure(easel: &mut Easel, place: Point, size: f64, axis: f64) {
    let random = &mut easel.random;
    let stray = easel.hand.looseness * 0.5;
    let turn = axis + random.pick([0.0, 0.0, PI / 2.0, PI / 4.0]) + random.spread(stray);
    let colour = match random.integer(0, 6) {
        0 => easel.palette.line(),
        1 => easel.palette.accent,
        _ => easel.palette.any(random),
    };
    let ink = filling(colour, place, size, turn, random.unit());
    let favourite = (easel.hand.habits[1] * 7.0) as usize;
    let kind = if random.chance(0.3) {
        favourite
    } else {
        random.integer(0, 7)
    };
    shape(easel, kind, place, size, turn, ink);
}

fn filling(colour: Colour, place: Point, size: f64, turn: f64, how: f64) -> Ink {
    if how < 0.6 {
        return colour.into();
    }
    if how < 0.75 {
        return colour.veil(0.6);
    }
    let ends = [
        place.toward(turn, -size * 0.6),
        place.toward(turn, size * 0.6),
    ];
    Ink::Linear(
        ends,
        vec![(colour.lit(0.08), 1.0), (colour.lit(-0.12), 0.9)],
    )
}

fn long_line(easel: &mut Easel, axis: f64) {
    let random = &mut easel.random;
    let turn = axis + random.pick([0.0, PI / 2.0]) + random.spread(0.15);
    let place = anywhere(random, 0.1);
    let reach = random.range(0.15, 0.7);
    let ends = [place.toward(turn, -reach), place.toward(turn, reach)];
    let width = random.pick([0.006, 0.01, 0.018]) * easel.hand.weight;
    easel.canvas.line(&ends, width, easel.palette.line());
}

/// A run of short bars or dots, as on a ruler.
fn comb(easel: &mut Easel, axis: f64) {
    let random = &mut easel.random;
    for _ in 0..random.integer(1, 3) {
        let start = at(random.range(0.05, 0.8), random.range(0.05, 0.9));
        let (gap, length) = (random.range(0.02, 0.045), random.range(0.03, 0.16));
        let colour = easel.palette.any(random);
        let dots = random.chance(0.35);
        let turn = axis + random.pick([0.0, PI / 2.0, TAU / 8.0]);
        for tooth in 0..random.integer(3, 9) {
            let place = start.toward(turn, tooth as f64 * gap);
            if dots {
                easel.canvas.disc(place, gap * 0.32, colour);
            } else {
                let tip = place.toward(turn + PI / 2.0, length * random.range(0.6, 1.0));
                easel.canvas.line(&[place, tip], gap * 0.35, colour);
            }
        }
    }
}

/// One of the seven kinds of shape.
fn shape(easel: &mut Easel, kind: usize, place: Point, size: f64, turn: f64, ink: Ink) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    match kind {
        0 | 1 => canvas.polygon(
            &block(place, size * 1.6, size * random.range(0.12, 0.4), turn),
            ink,
        ),
        2 => canvas.polygon(
            &block(place, size, size * random.range(0.6, 1.1), turn),
            ink,
        ),
        3 => canvas.polygon(&regular(place, size * 0.7, 3, turn), ink),
        4 => canvas.disc(place, size * 0.5, ink),
        5 => {
            let inner = size * random.range(0.3, 0.6);
            let from = random.angle();
            let to = from + random.range(1.2, 5.0);
            canvas.polygon(&sector(place, [inner, size * 0.7], [from, to]), ink);
        }
        6 => {
            let ring = ellipse(place, size * 0.5, size * random.range(0.3, 0.5), turn);
            canvas.contour(&ring, 0.014 * easel.hand.weight, ink);
        }
        _ => {
            let wedge = sector(
                place,
                [0.0, size * 0.7],
                [turn, turn + random.range(0.8, PI)],
            );
            canvas.polygon(&wedge, ink);
        }
    }
}
