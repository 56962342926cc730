//! Patches of cloth sewn together: stripes, checks, dots and zigzags, no two patches alike.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

use super::Easel;
use super::brush::hatch;
use super::canvas::Ink;
use super::colour::Colour;
use super::palette::vary;
use super::plane::{Point, anywhere, at, block, extent, lump, middle, regular, shrunk};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let random = &mut easel.random;
    let (columns, rows) = (random.integer(2, 6), random.integer(2, 6));
    let stray = 0.03 + 0.35 * easel.hand.looseness;
    let mut corner = |column: usize, row: usize| {
        let inner = |index: usize, count: usize| index > 0 && index < count;
        let dx = if inner(column, columns) {
            random.spread(stray)
        } else {
            0.0
        };
        let dy = if inner(row, rows) {
            random.spread(stray)
        } else {
            0.0
        };
        at(
            (column as f64 + dx) / columns as f64,
            (row as f64 + dy) / rows as f64,
        )
    };
    let corners: Vec<Vec<Point>> = (0..=rows)
        .map(|row| (0..=columns).map(|column| corner(column, row)).collect())
        .collect();
    for pair in corners.windows(2) {
        if let [above, below] = pair {
            for (top, bottom) in above.windows(2).zip(below.windows(2)) {
                if let ([a, b], [d, c]) = (top, bottom) {
                    patch(easel, &[*a, *b, *c, *d]);
                }
            }
        }
    }
    for _ in 0..easel.random.integer(1, 5) {
        applied(easel);
    }
}

/// One patch, sometimes of two cloths.
fn patch(easel: &mut Easel, corners: &[Point; 4]) {
    let [a, b, c, d] = *corners;
    match easel.random.integer(0, 3) {
        0 => {
            cloth(easel, &[a, b, c]);
            cloth(easel, &[a, c, d]);
        }
        1 => {
            cloth(easel, &[a, b, d]);
            cloth(easel, &[b, c, d]);
        }
        _ => cloth(easel, corners),
    }
}

fn cloth(easel: &mut Easel, shape: &[Point]) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let colour = easel.palette.any(random);
    let print = if random.chance(0.5) {
        easel.palette.against(colour, random)
    } else {
        easel.palette.any(random)
    };
    canvas.polygon(shape, colour);
    canvas.clip(shape);
    weave(easel, shape, colour, print);
    let canvas = &mut easel.canvas;
    let light = vec![(colour.lit(0.2), 0.25), (colour.lit(-0.3), 0.35)];
    let ends = [
        middle(shape).moved(-0.1, -0.12),
        middle(shape).moved(0.1, 0.12),
    ];
    canvas.polygon(shape, Ink::Linear(ends, light));
    canvas.unclip();
    let seam = easel.palette.dark.veil(0.35 + 0.6 * easel.hand.habits[0]);
    canvas.outline(shape, 0.007 * easel.hand.weight, seam);
}

fn dots(easel: &mut Easel, shape: &[Point], gap: f64, print: Colour) {
    let random = &mut easel.random;
    let (centre, far) = extent(shape);
    let (reach, size) = ((far / gap) as i32 + 1, gap * random.range(0.2, 0.4));
    for row in -reach..=reach {
        for column in -reach..=reach {
            let shift = f64::from(row.rem_euclid(2)) * 0.5;
            let place = centre.moved(
                (f64::from(column) + shift) * gap,
                f64::from(row) * gap * 0.85,
            );
            easel.canvas.disc(place, size, vary(print, 0.03, random));
        }
    }
}

fn zigzag(easel: &mut Easel, shape: &[Point], gap: f64, print: Colour) {
    let (centre, far) = extent(shape);
    let reach = (far / gap) as i32 + 1;
    for row in -reach..=reach {
        let way: Vec<Point> = (-reach..=reach)
            .map(|step: i32| {
                let rise = f64::from(step.rem_euclid(2)) * gap;
                centre.moved(f64::from(step) * gap, f64::from(row) * gap * 1.6 + rise)
            })
            .collect();
        easel.canvas.line(&way, gap * 0.4, print);
    }
}

/// A star, a heart-like lump or a bar sewn on top, with its stitches.
fn applied(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let place = anywhere(random, 0.1);
    let size = random.range(0.05, 0.15);
    let (colour, turn) = (easel.palette.any(random), random.angle());
    let shape = match random.integer(0, 3) {
        0 => {
            let rays = random.integer(4, 8);
            let outer = regular(place, size, rays, turn);
            let inner = regular(
                place,
                size * 0.45,
                rays,
                turn + std::f64::consts::PI / rays as f64,
            );
            outer
                .into_iter()
                .zip(inner)
                .flat_map(|(a, b)| [a, b])
                .collect()
        }
        1 => block(place, size * 2.4, size * 0.6, turn),
        2 => regular(place, size, random.integer(3, 6), turn),
        _ => lump(random, place, size, 0.3),
    };
    canvas.polygon(&shape, colour);
    let stitch = easel.palette.against(colour, random);
    canvas.outline(&shrunk(&shape, 0.85), 0.006 * easel.hand.weight, stitch);
}

/// The pattern of a cloth.
fn weave(easel: &mut Easel, shape: &[Point], colour: Colour, print: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let gap = random.range(0.028, 0.075);
    let turn = random.pick([0.0, FRAC_PI_4, FRAC_PI_2, (3.0 * FRAC_PI_4)]) + random.spread(0.15);
    match random.integer(0, 7) {
        0 | 1 => hatch(
            canvas,
            extent(shape),
            turn,
            gap,
            gap * random.range(0.25, 0.6),
            print,
            0.0,
        ),
        2 => {
            hatch(canvas, extent(shape), turn, gap, gap * 0.4, print, 0.0);
            hatch(
                canvas,
                extent(shape),
                turn + FRAC_PI_2,
                gap,
                gap * 0.3,
                easel.palette.any(random),
                0.0,
            );
        }
        3 => dots(easel, shape, gap, print),
        4 => zigzag(easel, shape, gap, print),
        5 => {
            let centre = middle(shape);
            for ring in (1..5).rev() {
                let ink = if ring % 2 == 0 { print } else { colour };
                canvas.disc(centre, f64::from(ring) * gap * 0.7, ink);
            }
        }
        _ => {}
    }
}
