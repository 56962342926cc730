//! A sitter's dress: clothes over the shoulders, and a hat, glasses or jewels.

use super::Head;
use crate::Easel;
use crate::brush::hatch;
use crate::colour::Colour;
use crate::palette::vary;
use crate::plane::{WHOLE, at, ellipse, ribbon};

/// Neck, shoulders and what covers them.
pub fn body(easel: &mut Easel, head: &Head) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let chin = head.place(0.0, 0.9);
    let base = at(chin.x + random.spread(0.05), head.place(0.0, 1.35).y);
    let cloth = easel.palette.any(random);
    let slope = random.range(0.05, 0.2);
    let wide = random.range(1.5, 2.4) * head.width;
    let shoulders = [
        at(base.x - 0.3 * head.width, base.y - 0.02),
        at(base.x - wide * 0.7, base.y + slope * 0.6),
        at(base.x - wide, base.y + slope + 0.1),
        at(base.x - wide * 1.1, 1.3),
        at(base.x + wide * 1.1, 1.3),
        at(base.x + wide, base.y + slope * random.range(0.8, 1.3) + 0.1),
        at(base.x + wide * 0.7, base.y + slope * 0.6),
        at(base.x + 0.3 * head.width, base.y - 0.02),
    ];
    canvas.smooth(&shoulders, cloth);
    canvas.clip_smooth(&shoulders);
    let print = easel.palette.against(cloth, random);
    pattern(easel, base.y, print);
    let shade = cloth.lit(-0.25).veil(0.5);
    let side = base.x - wide * 0.7 * head.turn.signum();
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    canvas.smooth(&ellipse(at(side, 1.0), wide * 0.5, 0.4, 0.0), shade);
    canvas.unclip();
    let neck = ribbon(&[head.place(0.0, 0.5), base.moved(0.0, 0.03)], |_| {
        head.width * 0.42
    });
    canvas.polygon(&neck, head.skin.lit(-0.12));
    let throat = base.moved(0.0, 0.02);
    canvas.disc(throat, head.width * 0.42, head.skin.lit(-0.08));
    let collar = [
        base.moved(-0.45 * head.width, -0.01),
        base.moved(0.0, random.range(0.04, 0.14)),
        base.moved(0.45 * head.width, -0.01),
    ];
    canvas.curve(&collar, 0.02 * easel.hand.weight, print);
}

/// Glasses, a beard, earrings, a hat, a flower: a few of them.
pub fn extras(easel: &mut Easel, head: &Head) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let (shift, colour) = (0.24 * head.turn, easel.palette.any(random));
    match random.integer(0, 6) {
        0 => {
            for side in [-0.42, 0.42] {
                let rim = ellipse(
                    head.place(side + shift, -0.1),
                    head.width * 0.34,
                    head.width * 0.3,
                    head.tilt,
                );
                canvas.contour(&rim, 0.011 * easel.hand.weight, easel.palette.dark);
            }
        }
        1 => {
            beard(easel, head);
        }
        2 => {
            for side in [-1.05, 1.05] {
                let size = random.range(0.015, 0.035);
                canvas.disc(head.place(side, 0.45), size, easel.palette.accent);
            }
        }
        3 | 4 => {
            hat(easel, head, colour);
        }
        5 => {
            for petal in 0..6 {
                let place = head.place(-0.9, -0.75).toward(f64::from(petal), 0.03);
                let colour = easel.palette.accent.lit(0.03 * f64::from(petal));
                canvas.disc(place, 0.026, colour);
            }
        }
        _ => {}
    }
}

/// Stripes or dots on the cloth below a height.
fn pattern(easel: &mut Easel, top: f64, print: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    if random.chance(0.5) {
        let gap = random.range(0.025, 0.07);
        let turn = random.spread(1.6);
        let width = gap * random.range(0.2, 0.5);
        let bow = random.spread(0.2);
        hatch(canvas, WHOLE, turn, gap, width, print, bow);
    } else {
        for _ in 0..random.integer(3, 30) {
            let spot = at(random.unit(), random.range(top, 1.0));
            canvas.disc(spot, random.range(0.006, 0.025), print.veil(0.9));
        }
    }
}

fn hat(easel: &mut Easel, head: &Head, colour: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let brim = ellipse(
        head.place(0.0, -0.72),
        head.width * random.range(1.3, 1.9),
        head.height * 0.16,
        head.tilt,
    );
    let crown = [
        head.place(-0.95, -0.7),
        head.place(-1.0, -1.5),
        head.place(0.0, -random.range(1.6, 2.1)),
        head.place(1.0, -1.5),
        head.place(0.95, -0.7),
    ];
    canvas.smooth(&crown, colour);
    canvas.smooth(&brim, colour.lit(-0.08));
    canvas.line(
        &[head.place(-0.85, -0.85), head.place(0.85, -0.85)],
        0.025,
        easel.palette.accent,
    );
}

fn beard(easel: &mut Easel, head: &Head) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..30 {
        let u = random.range(-0.75, 0.75);
        let root = head.place(u, 0.82 - 0.3 * u * u * random.unit());
        let tip = root.moved(random.spread(0.03), random.range(0.03, 0.1));
        canvas.line(&[root, tip], 0.012, vary(head.hair, 0.05, random));
    }
}
