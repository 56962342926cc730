//! Smooth random fields: value noise, its sums over octaves and the currents that strokes follow.

use std::f64::consts::TAU;

use super::plane::Point;
use palimpsest_base::random::Random;

/// A smooth random field over the plane, values in 0 to 1, one lattice cell a unit.
#[derive(Clone, Copy)]
pub struct Noise {
    seed: u32,
}

impl Noise {
    /// A field of its own.
    pub fn new(random: &mut Random) -> Self {
        Self {
            seed: random.bits(),
        }
    }

    /// The field at a place.
    pub fn at(&self, x: f64, y: f64) -> f64 {
        let (column, row) = (x.floor(), y.floor());
        let (u, v) = (eased(x - column), eased(y - row));
        let (column, row) = (column as i32, row as i32);
        let corner = |dx: i32, dy: i32| self.lattice(column.wrapping_add(dx), row.wrapping_add(dy));
        let top = corner(0, 0) + (corner(1, 0) - corner(0, 0)) * u;
        let bottom = corner(0, 1) + (corner(1, 1) - corner(0, 1)) * u;
        top + (bottom - top) * v
    }

    /// Four octaves, each twice as fine and half as strong, values in 0 to 1.
    pub fn octaves(&self, x: f64, y: f64) -> f64 {
        let (mut sum, mut weight, mut scale) = (0.0, 0.5, 1.0);
        for octave in 0..4 {
            // Shifted so that the lattices of the octaves do not fall on each other.
            let shift = f64::from(octave) * 17.37;
            sum += weight * self.at(x * scale + shift, y * scale - shift);
            weight *= 0.5;
            scale *= 2.03;
        }
        sum / 0.9375
    }

    fn lattice(&self, column: i32, row: i32) -> f64 {
        let mut hash = self.seed
            ^ (column as u32).wrapping_mul(0x85EB_CA6B)
            ^ (row as u32).wrapping_mul(0xC2B2_AE35);
        hash = (hash ^ (hash >> 16)).wrapping_mul(0x7FEB_352D);
        hash = (hash ^ (hash >> 15)).wrapping_mul(0x846C_A68B);
        f64::from((hash ^ (hash >> 16)) >> 8) / f64::from(1_u32 << 24)
    }
}

fn eased(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}

/// From 0 below `low` to 1 above `high`, smoothly.
pub fn step(low: f64, high: f64, value: f64) -> f64 {
    eased(((value - low) / (high - low)).clamp(0.0, 1.0))
}

/// A current over the unit square: a main direction, meanders and whirls.
pub struct Flow {
    noise: Noise,
    heading: f64,
    meander: f64,
    scale: f64,
    whirls: Vec<(Point, f64, f64)>,
}

impl Flow {
    /// A current of `heading` radians that strays by up to `meander` turns, with no whirl.
    pub fn new(random: &mut Random, heading: f64, meander: f64, scale: f64) -> Self {
        Self {
            noise: Noise::new(random),
            heading,
            meander,
            scale,
            whirls: Vec::new(),
        }
    }

    /// Adds a whirl of the given radius; a negative spin turns it the other way.
    pub fn whirl(&mut self, centre: Point, radius: f64, spin: f64) {
        self.whirls.push((centre, radius, spin));
    }

    /// The direction at a place, in radians.
    pub fn angle(&self, at: Point) -> f64 {
        let stray = self.noise.at(at.x * self.scale, at.y * self.scale) - 0.5;
        let angle = self.heading + stray * self.meander * TAU * 2.0;
        let (mut x, mut y) = (libm::cos(angle), libm::sin(angle));
        for (centre, radius, spin) in &self.whirls {
            let (dx, dy) = (at.x - centre.x, at.y - centre.y);
            let squared = (dx * dx + dy * dy) / (radius * radius);
            let pull = 3.0 * spin * libm::exp(-squared) / (radius + 1e-9);
            x -= dy * pull;
            y += dx * pull;
        }
        libm::atan2(y, x)
    }

    /// The way that a stroke takes from a place: `steps` stretches of `length` in all.
    pub fn trace(&self, from: Point, length: f64, steps: usize) -> Vec<Point> {
        let mut at = from;
        let mut way = vec![at];
        for _ in 0..steps {
            at = at.toward(self.angle(at), length / steps.max(1) as f64);
            way.push(at);
        }
        way
    }
}
