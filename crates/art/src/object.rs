//! Things seen from several sides: a toy of a few parts, always of the same colours and marks, before another
//! background, from another distance and under another light each time. They are no family of the corpus: pictures of
//! one thing, as the pictures that a model learns a subject from.

use image::RgbImage;

use super::canvas::{Canvas, Ink};
use super::colour::Colour;
use super::hand::Hand;
use super::palette::Palette;
use super::plane::{Point, at, block, ellipse, lump, rectangle};
use palimpsest_base::random::Random;

/// Where a family's number stands for its hands; no family has it.
const KIND: u32 = 1000;

/// The fixed parts of a thing.
struct Object {
    /// Of body, trim, limbs and marks.
    colours: [Colour; 4],
    /// Half the width of the body, its height, and how angular it is.
    body: (f64, f64, bool),
    head: f64,
    ears: (f64, f64),
    limbs: usize,
    stripes: usize,
    spots: Vec<Point>,
}

impl Object {
    fn new(random: &mut Random, palette: &Palette) -> Self {
        let mut colour = |t: f64| {
            let light = palette.tone(t);
            light.lit(random.spread(0.08))
        };
        let colours = [palette.accent, colour(0.85), colour(0.2), colour(0.02)];
        let spots = random.integer(0, 5);
        Self {
            colours,
            body: (
                random.range(0.14, 0.24),
                random.range(0.2, 0.34),
                random.chance(0.4),
            ),
            head: random.range(0.1, 0.16),
            ears: (random.range(0.03, 0.07), random.range(0.06, 0.16)),
            limbs: random.integer(2, 4),
            stripes: random.integer(0, 4),
            spots: (0..spots)
                .map(|_| at(random.spread(0.7), random.range(0.1, 0.9)))
                .collect(),
        }
    }
}

/// Where a view stands.
struct View {
    foot: Point,
    scale: f64,
    tilt: f64,
    /// How far the thing is turned away: 1 is from the front.
    turn: f64,
    light: f64,
}

impl View {
    /// A place of the thing in the picture: across in −1 to 1 of a width, up from its foot.
    fn place(&self, across: f64, up: f64) -> Point {
        let (x, y) = (across * self.turn * self.scale, -up * self.scale);
        let (sine, cosine) = (libm::sin(self.tilt), libm::cos(self.tilt));
        self.foot
            .moved(x * cosine - y * sine, x * sine + y * cosine)
    }

    fn length(&self, length: f64) -> f64 {
        length * self.scale
    }
}

/// Draws a view of a thing, `side` pixels square. The same numbers give the same bytes; a side of 0 gives an empty
/// picture.
pub fn draw_object(object: u64, view: u64, side: u32) -> RgbImage {
    let mut fixed = Random::of_hand(KIND, object);
    let hand = Hand::new(&mut fixed);
    let own = hand.palette(&mut fixed);
    let thing = Object::new(&mut fixed, &own);
    let mut random = Random::of_work(KIND, object, view);
    // Other rooms have other colours.
    let room = Hand::new(&mut random).palette(&mut random);
    let Some(mut canvas) = Canvas::new(side, room.ground) else {
        return RgbImage::new(side, side);
    };
    let stand = View {
        foot: at(random.range(0.32, 0.68), random.range(0.74, 0.9)),
        scale: random.range(0.8, 1.25),
        tilt: random.spread(0.22),
        turn: random.range(0.7, 1.0) * random.pick([-1.0, 1.0]),
        light: random.spread(0.08),
    };
    background(&mut canvas, &room, stand.foot.y, &mut random);
    paint(&mut canvas, &thing, &stand, &room);
    hand.finish(&mut canvas, &mut random);
    canvas.picture()
}

/// A wall or a sky, a floor, and a few things that are never the same.
fn background(canvas: &mut Canvas, room: &Palette, foot: f64, random: &mut Random) {
    let (above, below) = (room.any(random), room.any(random));
    let fall = [at(0.0, 0.0), at(random.unit(), 1.0)];
    canvas.flood(Ink::Linear(
        fall,
        vec![(above, 1.0), (above.lit(random.spread(0.2)), 1.0)],
    ));
    let edge = foot - random.range(0.05, 0.25);
    canvas.polygon(&rectangle(at(-0.1, edge), at(1.1, 1.1)), below);
    for _ in 0..random.integer(2, 6) {
        let place = at(random.unit(), random.range(0.05, 0.95));
        let size = random.range(0.05, 0.22);
        let colour = room.any(random);
        if random.chance(0.5) {
            let shape = block(
                place,
                size,
                size * random.range(0.4, 2.0),
                random.spread(0.4),
            );
            canvas.polygon(&shape, colour);
        } else {
            let shape = lump(random, place, size, 0.35);
            canvas.smooth(&shape, colour);
        }
    }
}

fn paint(canvas: &mut Canvas, thing: &Object, view: &View, room: &Palette) {
    let [body, trim, limb, dark] = thing.colours.map(|colour| colour.lit(view.light));
    let (half, height, angular) = thing.body;
    let shade = ellipse(
        view.place(0.05, 0.0),
        view.length(half * 1.5),
        view.length(0.03),
        0.0,
    );
    canvas.smooth(&shade, room.dark.veil(0.4));
    for index in 0..thing.limbs {
        let across = (index as f64 / (thing.limbs - 1).max(1) as f64 * 2.0 - 1.0) * half;
        let leg = [view.place(across * 0.8, 0.08), view.place(across, 0.0)];
        canvas.line(&leg, view.length(0.05), limb);
        let arm = [
            view.place(across * 0.9, 0.08 + height * 0.7),
            view.place(across * 1.7, 0.06 + height * 0.45),
        ];
        canvas.line(&arm, view.length(0.035), limb);
    }
    let low = 0.06;
    let outline: Vec<Point> = if angular {
        [
            (-half, low),
            (half, low),
            (half * 0.85, low + height),
            (-half * 0.85, low + height),
        ]
        .map(|(x, y)| view.place(x, y))
        .to_vec()
    } else {
        let centre = view.place(0.0, low + height / 2.0);
        let across = view.length(half * view.turn.abs());
        ellipse(centre, across, view.length(height / 2.0), view.tilt)
    };
    if angular {
        canvas.polygon(&outline, body);
        canvas.clip(&outline);
    } else {
        canvas.smooth(&outline, body);
        canvas.clip_smooth(&outline);
    }
    for stripe in 0..thing.stripes {
        let up = low + height * (stripe as f64 + 0.7) / (thing.stripes as f64 + 0.4);
        let band = [view.place(-half * 1.2, up), view.place(half * 1.2, up)];
        canvas.line(&band, view.length(0.03), trim);
    }
    for spot in &thing.spots {
        let place = view.place(spot.x * half, low + spot.y * height);
        canvas.disc(place, view.length(0.028), dark);
    }
    canvas.unclip();
    let top = low + height + thing.head * 0.7;
    let (wide, long) = thing.ears;
    for side in [-1.0, 1.0] {
        let ear = ellipse(
            view.place(side * thing.head * 0.6, top + thing.head * 0.7),
            view.length(wide),
            view.length(long),
            view.tilt + side * 0.35,
        );
        canvas.smooth(&ear, limb);
    }
    canvas.disc(view.place(0.0, top), view.length(thing.head), trim);
    for side in [-1.0, 1.0] {
        let eye = view.place(side * thing.head * 0.4, top + thing.head * 0.15);
        canvas.disc(eye, view.length(0.02), dark);
    }
    let mouth = view.place(thing.head * 0.1, top - thing.head * 0.4);
    canvas.disc(mouth, view.length(thing.head * 0.22), body);
}
