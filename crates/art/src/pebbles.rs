//! Pebbles and cells: rounded shapes packed side by side, each with a core and rings of its own.

use std::f64::consts::FRAC_PI_2;

use super::Easel;
use super::canvas::Ink;
use super::colour::Colour;
use super::noise::Noise;
use super::palette::vary;
use super::plane::{Point, anywhere, at, cells, extent, middle, scattered, shrunk};

/// Paints a work.
pub fn paint(easel: &mut Easel) {
    let random = &mut easel.random;
    let bed = if easel.palette.night {
        easel.palette.dark
    } else {
        easel.palette.any(random).lit(-0.15)
    };
    let other = easel.palette.any(random).mix(bed, 0.6);
    let ends = [anywhere(random, 0.0), anywhere(random, 0.0)];
    easel
        .canvas
        .flood(Ink::Linear(ends, vec![(bed, 1.0), (other, 1.0)]));
    let count = easel.hand.count(22, 70, random) + random.integer(0, 36);
    let mut sites = scattered(random, count, 3);
    // Drawn towards a few places, so that some pebbles are small and some large.
    let hearts = [(); 3].map(|()| anywhere(random, 0.1));
    let pull = random.range(0.1, 0.85);
    for site in &mut sites {
        for heart in hearts {
            let far = site.distance(heart);
            *site = site.mix(heart, pull * libm::exp(-far * far * 18.0));
        }
    }
    let tide = Noise::new(random);
    let scale = random.range(1.5, 3.5);
    let gap = random.range(0.78, 0.97);
    for cell in cells(&sites) {
        let centre = middle(&cell);
        let tone = tide.octaves(centre.x * scale, centre.y * scale) * 2.2 - 0.6;
        if easel.random.chance(0.94) {
            pebble(easel, &shrunk(&cell, gap), tone);
        }
    }
    sand(easel);
}

fn pebble(easel: &mut Easel, shape: &[Point], tone: f64) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let (centre, size) = extent(shape);
    let mut colour = easel.palette.tone(tone + random.spread(0.25));
    if random.chance(0.25) {
        colour = easel.palette.any(random);
    }
    let colour = vary(colour, 0.05, random);
    canvas.smooth(
        &shape
            .iter()
            .map(|p| p.moved(0.006, 0.01))
            .collect::<Vec<_>>(),
        easel.palette.dark.veil(0.5),
    );
    let light = vec![
        (colour.lit(0.13), 1.0),
        (colour, 1.0),
        (colour.lit(-0.2), 1.0),
    ];
    canvas.smooth(
        shape,
        Ink::Radial(centre.moved(-0.3 * size, -0.3 * size), size * 1.5, light),
    );
    markings(easel, shape, colour);
    if easel.hand.habits[1] > 0.6 {
        easel
            .canvas
            .contour(shape, 0.008 * easel.hand.weight, easel.palette.dark);
    }
}

fn rings(easel: &mut Easel, shape: &[Point], count: usize) {
    for ring in 1..=count {
        let colour = easel.palette.any(&mut easel.random);
        let inner = shrunk(shape, 1.0 - ring as f64 / (count as f64 + 0.7));
        easel.canvas.smooth(&inner, colour);
    }
}

/// Grains between the pebbles and a drift of small ones over them.
fn sand(easel: &mut Easel) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let mut place = anywhere(random, 0.0);
    let heading = random.angle();
    for _ in 0..easel.hand.count(10, 60, random) {
        place = place.toward(heading + random.spread(1.2), 0.035);
        place = at(place.x.rem_euclid(1.0), place.y.rem_euclid(1.0));
        let grain = place.moved(0.03 * random.normal(), 0.03 * random.normal());
        canvas.disc(grain, random.range(0.004, 0.014), easel.palette.any(random));
    }
}

/// Marks that tell one pebble from another: rings, a core, veins or spots.
fn markings(easel: &mut Easel, shape: &[Point], colour: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let (centre, size) = extent(shape);
    let style = if random.chance(0.5) {
        (easel.hand.habits[0] * 5.0) as usize
    } else {
        random.integer(0, 4)
    };
    let mark = easel.palette.against(colour, random);
    match style {
        0 => rings(easel, shape, 2 + (easel.hand.detail * 3.0) as usize),
        1 => canvas.smooth(&shrunk(shape, random.range(0.25, 0.6)), mark),
        2 => {
            veins(easel, shape, mark);
        }
        3 => {
            for _ in 0..random.integer(2, 7) {
                let spot = centre.toward(random.angle(), size * 0.5 * random.unit());
                canvas.disc(spot, size * random.range(0.05, 0.14), mark);
            }
        }
        _ => {}
    }
}

fn veins(easel: &mut Easel, shape: &[Point], mark: Colour) {
    let (canvas, random) = (&mut easel.canvas, &mut easel.random);
    let (centre, size) = extent(shape);
    canvas.clip_smooth(shape);
    let turn = random.angle();
    for vein in 0..random.integer(1, 4) {
        let start = centre.toward(turn + FRAC_PI_2, (vein as f64 - 1.5) * size * 0.4);
        let way = [
            start.toward(turn, -size),
            start.moved(random.spread(0.02), random.spread(0.02)),
            start.toward(turn, size),
        ];
        canvas.curve(&way, random.range(0.005, 0.016), mark.veil(0.8));
    }
    canvas.unclip();
}
