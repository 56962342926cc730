//! The face of a portrait: its planes of light and shade, its features, the hair over the brow.

use std::f64::consts::PI;

use super::Head;
use crate::Easel;
use crate::colour::Colour;
use crate::palette::vary;
use crate::plane::{Point, bend, ellipse, leaf, ribbon};

/// The face with its shadow side, cheeks and light.
pub fn face(easel: &mut Easel, head: &Head) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let jaw = random.range(0.55, 0.85);
    let outline: Vec<Point> = [
        (0.0, -1.08),
        (0.72, -0.98),
        (1.06, -0.35),
        (1.0, 0.25),
        (jaw, 0.8),
        (0.12, 1.12),
        (-0.12, 1.12),
        (-jaw, 0.8),
        (-1.0, 0.25),
        (-1.06, -0.35),
        (-0.72, -0.98),
    ]
    .iter()
    .map(|(u, v)| head.place(*u, *v))
    .collect();
    for side in [-1.0, 1.0] {
        canvas.smooth(
            &ellipse(
                head.place(side * 1.0, 0.1),
                head.width * 0.16,
                head.height * 0.2,
                0.0,
            ),
            head.skin.lit(-0.1),
        );
    }
    canvas.smooth(&outline, head.skin);
    canvas.clip_smooth(&outline);
    modelling(easel, head);
    easel.canvas.unclip();
}

/// Brows, eyes, nose and mouth.
pub fn features(easel: &mut Easel, head: &Head) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let line = head.skin.lit(-0.42);
    let (shift, weight) = (0.24 * head.turn, 0.009 * easel.hand.weight);
    let (eye, open) = (head.width * random.range(0.2, 0.3), random.range(0.35, 0.7));
    let iris = easel.palette.any(random).lit(-0.12);
    let (gaze, brow) = (random.spread(0.35) * eye, random.spread(0.12));
    for side in [-1.0, 1.0] {
        let place = head.place(side * 0.42 + shift, -0.12);
        let lid = ellipse(place, eye, eye * open, head.tilt);
        canvas.smooth(&lid, easel.palette.light);
        canvas.disc(place.moved(gaze, 0.0), eye * 0.52, iris);
        canvas.disc(
            place.moved(gaze, 0.0),
            eye * 0.26,
            easel.palette.dark.lit(-0.08),
        );
        canvas.contour(&lid, weight * 0.8, line);
        let arch = [
            head.place(side * 0.16 + shift, -0.36 + brow * side),
            head.place(side * 0.45 + shift, -0.5),
            head.place(side * 0.7 + shift, -0.38 - brow * side),
        ];
        canvas.curve(&arch, weight * 1.8, head.hair.lit(-0.1));
    }
    nose(easel, head);
    mouth(easel, head);
}

/// Hair over the brow.
pub fn fringe(easel: &mut Easel, head: &Head) {
    let random = &mut easel.random;
    let parting = random.range(-0.8, 0.8);
    let locks = random.integer(4, 12);
    for lock in 0..locks {
        let u = -1.1 + 2.2 * lock as f64 / (locks - 1) as f64;
        let root = head.place(parting * 0.4 + u * 0.35, -1.18);
        let drop = -0.75 + 0.6 * (u - parting).abs() + random.spread(0.15);
        let lock = leaf(
            root,
            head.place(u, drop.min(-0.42)),
            random.range(0.3, 0.65),
            0.25 * (u - parting),
        );
        let colour = vary(head.hair.lit(random.range(-0.05, 0.08)), 0.02, random);
        easel.canvas.smooth(&lock, colour);
    }
}

/// The shadow side, the cheeks and the light on the brow.
fn modelling(easel: &mut Easel, head: &Head) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let dark = if head.turn > 0.0 { -1.0 } else { 1.0 };
    let shadow = head.skin.lit(-0.17).mix(easel.palette.any(random), 0.25);
    let side = [
        head.place(dark * 0.25 * random.unit(), -1.3),
        head.place(dark * random.range(0.1, 0.5), -0.2),
        head.place(dark * random.range(0.3, 0.7), 0.3),
        head.place(dark * 0.2, 1.3),
        head.place(dark * 1.6, 1.3),
        head.place(dark * 1.6, -1.3),
    ];
    canvas.smooth(&side, shadow.veil(random.range(0.45, 0.95)));
    let warm = Colour::lch(0.58, 0.14, 0.07);
    let blush = warm.mix(easel.palette.accent, 0.25).mix(head.skin, 0.35);
    for cheek in [-0.55, 0.55] {
        canvas.disc(
            head.place(cheek + 0.2 * head.turn, 0.35),
            head.width * 0.26,
            blush.veil(0.35),
        );
    }
    canvas.disc(
        head.place(-dark * 0.3, -0.6),
        head.width * 0.35,
        head.skin.lit(0.1).veil(0.6),
    );
}

fn nose(easel: &mut Easel, head: &Head) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let line = head.skin.lit(-0.42);
    let (shift, weight) = (0.24 * head.turn, 0.009 * easel.hand.weight);
    let tip = head.place(shift * 1.9, 0.3);
    let length = random.range(0.25, 0.34);
    canvas.curve(
        &[
            head.place(shift + 0.1, -0.1),
            head.place(shift * 1.8, 0.05),
            tip,
        ],
        weight,
        line,
    );
    canvas.curve(
        &[
            tip,
            tip.moved(-0.02 * head.turn.signum(), 0.015),
            head.place(shift * 1.2, length + 0.06),
        ],
        weight,
        line,
    );
}

fn mouth(easel: &mut Easel, head: &Head) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let (shift, weight) = (0.24 * head.turn, 0.009 * easel.hand.weight);
    let (smile, half) = (random.range(-0.03, 0.14), random.range(0.2, 0.42));
    let red = Colour::lch(0.5, 0.15, 0.05);
    let lips = red.mix(easel.palette.accent, 0.4).mix(head.skin, 0.2);
    let mouth = bend(
        head.place(shift - half, 0.62 - smile),
        head.place(shift, 0.64 + smile),
        head.place(shift + half, 0.62 - smile),
        6,
    );
    let full = random.range(0.03, 0.1) * head.height;
    canvas.smooth(&ribbon(&mouth, |t| full * libm::sin(PI * t)), lips);
    canvas.curve(&mouth, weight * 0.8, lips.lit(-0.25));
}
