//! Heads and shoulders: a face turned a little, hair, a look, clothes and what is behind.

use std::f64::consts::FRAC_PI_2;

mod dress;
mod face;

use super::Easel;
use super::brush::{go_over, hatch};
use super::canvas::Ink;
use super::colour::Colour;
use super::palette::vary;
use super::plane::{Point, anywhere, at, extent, lump, rectangle};

/// The measures of a head.
struct Head {
    centre: Point,
    width: f64,
    height: f64,
    tilt: f64,
    /// The direction of the nose: −1 (left) to 1 (right).
    turn: f64,
    skin: Colour,
    hair: Colour,
}

impl Head {
    /// A place on the head: u from −1 (left) to 1 (right), v from −1 (crown) to 1 (chin).
    fn place(&self, u: f64, v: f64) -> Point {
        let across = self.centre.toward(self.tilt, u * self.width);
        across.toward(self.tilt + std::f64::consts::FRAC_PI_2, v * self.height)
    }
}

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    background(easel);
    let head = head(easel);
    let long = easel.random.chance(0.5);
    hair_behind(easel, &head, long);
    dress::body(easel, &head);
    face::face(easel, &head);
    go_over(easel, 0.02);
    face::features(easel, &head);
    face::fringe(easel, &head);
    dress::extras(easel, &head);
}

fn head(easel: &mut Easel) -> Head {
    let random = &mut easel.random;
    let size = random.range(0.15, 0.28);
    let free = easel.hand.looseness > 0.6 && random.chance(0.5);
    let natural = Colour::lch(
        random.range(0.42, 0.86),
        random.range(0.05, 0.1),
        random.range(0.11, 0.19),
    );
    let skin = if free {
        easel.palette.tone(random.range(0.4, 1.0))
    } else {
        natural.mix(easel.palette.tone(0.7), 0.2)
    };
    let hair = easel.palette.tone(random.pick([0.0, 0.05, 0.3, 0.9]));
    Head {
        centre: at(random.range(0.34, 0.66), random.range(0.34, 0.5)),
        width: size,
        height: size * random.range(1.2, 1.55),
        tilt: random.spread(0.22),
        turn: random.range(-0.9, 0.9),
        skin: vary(skin, 0.03, random),
        hair: if (hair.lightness - skin.lightness).abs() < 0.15 {
            hair.lit(-0.3)
        } else {
            hair
        },
    }
}

/// A wall in two or three colours, with hangings, a window or a pattern.
fn background(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let wall = easel.palette.any(random);
    let fall = [anywhere(random, 0.0), anywhere(random, 0.0)];
    let shade = wall.lit(random.spread(0.25));
    canvas.flood(Ink::Linear(fall, vec![(wall, 1.0), (shade, 1.0)]));
    for _ in 0..random.integer(1, 5) {
        let from = anywhere(random, -0.1);
        let to = from.moved(random.range(0.1, 0.6), random.range(0.15, 0.8));
        let panel = rectangle(from, to);
        let colour = easel.palette.any(random);
        canvas.polygon(&panel, colour.veil(random.range(0.5, 1.0)));
        if random.chance(0.45) {
            canvas.clip(&panel);
            let gap = random.range(0.03, 0.08);
            let line = easel.palette.against(colour, random);
            hatch(
                canvas,
                extent(&panel),
                random.pick([0.0, FRAC_PI_2, 0.8]),
                gap,
                gap * 0.35,
                line,
                random.spread(0.2),
            );
            canvas.unclip();
        }
    }
    for _ in 0..easel.hand.count(0, 26, random) {
        let colour = easel.palette.any(random);
        let place = anywhere(random, -0.02);
        let size = random.range(0.01, 0.045);
        let spot = lump(random, place, size, 0.3);
        canvas.smooth(&spot, colour.veil(0.8));
    }
}

fn hair_behind(easel: &mut Easel, head: &Head, long: bool) {
    let random = &mut easel.random;
    let fall = if long {
        random.range(0.9, 2.0)
    } else {
        random.range(0.1, 0.5)
    };
    let wide = random.range(1.1, 1.45);
    let outline: Vec<Point> = [
        (-wide, fall),
        (-wide * 1.1, 0.0),
        (-0.9, -1.05),
        (0.0, -random.range(1.2, 1.6)),
        (0.95, -1.05),
        (wide * 1.1, 0.0),
        (wide, fall * random.range(0.7, 1.1)),
        (0.0, fall * 0.8),
    ]
    .iter()
    .map(|(u, v)| head.place(u + random.spread(0.12), v + random.spread(0.1)))
    .collect();
    easel.canvas.smooth(&outline, head.hair);
    easel.canvas.clip_smooth(&outline);
    for _ in 0..random.integer(8, 22) {
        let u = random.range(-1.3, 1.3);
        let strand = [
            head.place(u * 0.3, -1.5),
            head.place(u, -0.3),
            head.place(u * random.range(0.8, 1.2), fall),
        ];
        let colour = vary(head.hair.lit(random.range(-0.08, 0.14)), 0.03, random);
        let width = random.range(0.006, 0.02) * easel.hand.weight;
        easel.canvas.curve(&strand, width, colour.veil(0.8));
    }
    easel.canvas.unclip();
}
