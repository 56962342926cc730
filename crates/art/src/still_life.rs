//! Vases, bottles, bowls and fruit on a table before a wall.

use std::f64::consts::{FRAC_PI_2, FRAC_PI_4};

use super::Easel;
use super::brush::{go_over, hatch};
use super::canvas::Ink;
use super::colour::Colour;
use super::palette::vary;
use super::plane::{Point, WHOLE, anywhere, at, block, ellipse, leaf, lump, rectangle};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let table = easel.random.range(0.5, 0.72);
    wall(easel, table);
    cloth(easel, table);
    let count = easel.hand.count(4, 9, &mut easel.random);
    let mut feet: Vec<Point> = (0..count)
        .map(|index| {
            let x = (index as f64 + easel.random.range(0.1, 0.9)) / count as f64;
            at(0.06 + 0.88 * x, easel.random.range(table + 0.05, 0.93))
        })
        .collect();
    // From the back to the front, so that near things cover far ones.
    feet.sort_by(|one, other| one.y.total_cmp(&other.y));
    for foot in feet {
        let tall = easel
            .random
            .chance(0.8 - 0.9 * (foot.y - table) / (1.0 - table));
        if tall {
            vessel(easel, foot);
        } else {
            fruit(easel, foot);
        }
    }
    go_over(easel, 0.014);
}

/// The wall with a window, a picture or stripes.
fn wall(easel: &mut Easel, table: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let colour = easel.palette.any(random);
    let other = colour.lit(random.spread(0.22));
    let fall = [at(0.0, random.unit()), at(1.0, random.unit())];
    canvas.flood(Ink::Linear(fall, vec![(colour, 1.0), (other, 1.0)]));
    if random.chance(0.5) {
        canvas.clip(&rectangle(at(-0.1, -0.1), at(1.1, table)));
        let gap = random.range(0.05, 0.14);
        let stripe = vary(colour.lit(random.pick([-0.09, 0.09])), 0.05, random);
        hatch(
            canvas,
            WHOLE,
            random.pick([FRAC_PI_2, FRAC_PI_2, FRAC_PI_4, 0.0]),
            gap,
            gap * random.range(0.15, 0.5),
            stripe,
            0.0,
        );
        canvas.unclip();
    }
    for _ in 0..random.integer(0, 3) {
        let from = at(random.range(-0.1, 0.8), random.range(-0.15, 0.25));
        let to = from.moved(random.range(0.15, 0.45), random.range(0.15, 0.4));
        let frame = rectangle(from, to);
        canvas.polygon(&frame, easel.palette.any(random));
        canvas.clip(&frame);
        for _ in 0..random.integer(2, 5) {
            let place = from
                .mix(to, random.unit())
                .moved(random.spread(0.1), random.spread(0.1));
            let size = random.range(0.03, 0.14);
            let spot = lump(random, place, size, 0.4);
            canvas.smooth(&spot, easel.palette.any(random));
        }
        canvas.unclip();
        canvas.outline(&frame, 0.014 * easel.hand.weight, easel.palette.dark);
    }
}

/// The table with its cloth.
fn cloth(easel: &mut Easel, table: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let slant = random.spread(0.07);
    let top = [
        at(-0.1, table + slant),
        at(1.1, table - slant),
        at(1.1, 1.1),
        at(-0.1, 1.1),
    ];
    let colour = easel.palette.any(random).lit(0.04);
    let fall = [at(0.5, table), at(0.5 + random.spread(0.5), 1.0)];
    let near = colour.lit(random.spread(0.2));
    canvas.polygon(&top, Ink::Linear(fall, vec![(colour, 1.0), (near, 1.0)]));
    canvas.clip(&top);
    if random.chance(0.6) {
        let print = easel.palette.against(colour, random).mix(colour, 0.4);
        let gap = random.range(0.05, 0.12);
        for turn in [0.2, 1.2] {
            hatch(
                canvas,
                WHOLE,
                turn + random.spread(0.15),
                gap,
                gap * 0.25,
                print,
                0.0,
            );
            if random.chance(0.5) {
                break;
            }
        }
    }
    sheets(easel, table);
    easel.canvas.unclip();
}

/// A vase or a bottle: half a profile, turned about its axis.
fn vessel(easel: &mut Easel, foot: Point) {
    let random = &mut easel.random;
    let height = random.range(0.2, 0.5) * (0.7 + 0.5 * easel.hand.habits[0]);
    let belly = random.range(0.05, 0.13);
    let (neck, base) = (
        belly * random.range(0.2, 0.7),
        belly * random.range(0.4, 0.9),
    );
    let low = random.range(0.2, 0.6);
    let profile = [
        (0.0, base),
        (0.08, base),
        (low, belly),
        (low + 0.12, belly),
        (0.75, neck),
        (0.9, neck),
        (1.0, neck * random.range(1.0, 1.7)),
    ];
    let body = turned(foot, height, &profile);
    let colour = easel.palette.any(random);
    shadow(easel, foot, belly);
    let glaze = sheen(colour, foot.x, belly);
    easel.canvas.smooth(&body, glaze);
    easel.canvas.clip_smooth(&body);
    glaze_bands(easel, foot, height, belly);
    easel.canvas.unclip();
    let gleam = [
        foot.moved(-belly * 0.5, -height * low),
        foot.moved(-belly * 0.42, -height * (low + 0.2)),
    ];
    easel.canvas.line(&gleam, 0.012, colour.lit(0.35).veil(0.8));
    let mouth = foot.moved(0.0, -height * 0.97);
    if easel.random.chance(0.55) {
        bouquet(easel, mouth, neck);
    } else {
        let rim = ellipse(mouth, neck * 1.1, neck * 0.3, 0.0);
        easel.canvas.smooth(&rim, colour.lit(-0.3));
    }
}

/// The outline of what stands on a foot, from half its profile: heights in parts of the whole, and
/// half widths.
fn turned(foot: Point, height: f64, profile: &[(f64, f64)]) -> Vec<Point> {
    let left = profile
        .iter()
        .map(|(t, half)| foot.moved(-half, -t * height));
    let right = profile.iter().rev();
    left.chain(right.map(|(t, half)| foot.moved(*half, -t * height)))
        .collect()
}

fn sheen(colour: Colour, x: f64, half: f64) -> Ink {
    let tones = [0.0, 0.13, 0.0, -0.18, -0.28].map(|step| (colour.lit(step), 1.0));
    Ink::Linear([at(x - half, 0.5), at(x + half, 0.5)], tones.to_vec())
}

fn shadow(easel: &mut Easel, foot: Point, half: f64) {
    let cast = if easel.hand.habits[1] > 0.5 {
        half
    } else {
        -half
    };
    let shape = ellipse(foot.moved(cast, 0.004), half * 1.7, half * 0.35, 0.0);
    easel.canvas.smooth(&shape, easel.palette.dark.veil(0.45));
}

/// Stalks, leaves and blossoms out of a vase.
fn bouquet(easel: &mut Easel, mouth: Point, neck: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let green = easel.palette.tone(random.range(0.0, 0.5));
    let bloom = easel.palette.any(random);
    for _ in 0..random.integer(3, 9) {
        let root = mouth.moved(random.spread(neck), 0.0);
        let tip = root.toward(-FRAC_PI_2 + random.spread(0.9), random.range(0.07, 0.26));
        let bow = root.mix(tip, 0.5).moved(random.spread(0.03), 0.0);
        canvas.curve(&[root, bow, tip], 0.008 * easel.hand.weight, green);
        let sprig = leaf(
            bow,
            bow.toward(random.angle(), 0.07),
            0.45,
            random.spread(0.2),
        );
        canvas.smooth(&sprig, vary(green.lit(0.08), 0.05, random));
        let size = random.range(0.018, 0.05);
        let colour = vary(bloom.mix(easel.palette.any(random), 0.3), 0.06, random);
        let petals = lump(random, tip, size, 0.35);
        canvas.smooth(&petals, colour);
        canvas.disc(
            tip.moved(random.spread(0.006), 0.0),
            size * 0.35,
            easel.palette.against(colour, random),
        );
    }
}

/// An apple, a pear or a lemon, whole.
fn fruit(easel: &mut Easel, foot: Point) {
    let size = easel.random.range(0.035, 0.085);
    shadow(easel, foot, size);
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let middle = foot.moved(0.0, -size * 0.8);
    let skin = vary(easel.palette.any(random).muted(1.2), 0.05, random);
    let light = vec![(skin.lit(0.17), 1.0), (skin, 1.0), (skin.lit(-0.22), 1.0)];
    let glow = Ink::Radial(middle.moved(-size * 0.35, -size * 0.35), size * 1.6, light);
    let shape = match random.integer(0, 2) {
        0 => ellipse(middle, size * 1.25, size * 0.85, random.spread(0.5)),
        1 => {
            let neck = middle.moved(random.spread(size * 0.3), -size * 1.5);
            let corners = [(0.9, 0.9), (1.1, 0.0), (0.3, -0.8)];
            let right = corners
                .iter()
                .map(|(u, v)| middle.moved(u * size, v * size));
            let left = corners
                .iter()
                .rev()
                .map(|(u, v)| middle.moved(-u * size, v * size));
            right.chain([neck]).chain(left).collect()
        }
        _ => lump(random, middle, size, 0.06),
    };
    canvas.smooth(&shape, glow);
    let stalk = middle.moved(0.0, -size * 0.9);
    canvas.line(
        &[stalk, stalk.moved(random.spread(0.02), -size * 0.5)],
        0.008,
        easel.palette.dark,
    );
    if random.chance(0.4) {
        let place = anywhere(random, 0.0).mix(stalk, 0.93);
        canvas.smooth(&leaf(stalk, place, 0.5, 0.2), easel.palette.tone(0.3));
    }
}

/// Papers and napkins on the table.
fn sheets(easel: &mut Easel, table: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    for _ in 0..random.integer(1, 4) {
        let place = at(random.unit(), random.range(table, 1.0));
        let turn = random.spread(0.8);
        let sheet = block(
            place,
            random.range(0.15, 0.5),
            random.range(0.06, 0.25),
            turn,
        );
        canvas.polygon(&sheet, easel.palette.any(random).veil(0.9));
    }
}

/// Bands painted on a vessel.
fn glaze_bands(easel: &mut Easel, foot: Point, height: f64, belly: f64) {
    let random = &mut easel.random;
    for _ in 0..random.integer(0, 4) {
        let level = foot.y - height * random.range(0.05, 0.7);
        let band: Vec<Point> = (0..=8)
            .map(|step| {
                at(
                    foot.x + (f64::from(step) / 4.0 - 1.0) * belly,
                    level + random.spread(0.012),
                )
            })
            .collect();
        let paint = easel.palette.any(random);
        easel
            .canvas
            .curve(&band, random.range(0.008, 0.035), paint.veil(0.8));
    }
}
