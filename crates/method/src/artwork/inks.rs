//! Inks to light by the table of a profile, interpolated as Little CMS does it: linearly in the first ink, by
//! tetrahedra in the other three. The crate `moxcms` takes all four linearly, which in the coarse tables of inks is
//! ten levels away from what other programs show.

use moxcms::{ColorProfile, DataColorSpace, LutStore, LutWarehouse};
use rayon::prelude::*;

use super::lab;

/// Nodes along each ink of the table to sRGB that pixels are looked up in, as in Little CMS.
const NODES: usize = 17;
const INKS: usize = 4;

/// The table from four inks, 255 being all of one, to sRGB.
pub(super) struct InkTable(Grid);

impl InkTable {
    /// Of a profile whose table leads from four inks to L*a*b*; `None` for every other.
    pub(super) fn new(profile: &ColorProfile) -> Option<Self> {
        let Some(LutWarehouse::Lut(table)) = &profile.lut_a_to_b_perceptual else {
            return None;
        };
        let from_inks =
            profile.color_space == DataColorSpace::Cmyk && profile.pcs == DataColorSpace::Lab;
        let sizes = (
            usize::from(table.num_input_channels),
            usize::from(table.num_output_channels),
        );
        if !from_inks || sizes != (INKS, 3) {
            return None;
        }
        let inputs = Curves::new(&table.input_table, INKS)?;
        let outputs = Curves::new(&table.output_table, 3)?;
        let grid = Grid::new(
            numbers(&table.clut_table),
            table.num_clut_grid_points.into(),
        )?;
        // L* to 100 at 255 of 8 bits and at 0xFF00 of 16; a* and b* from 128 of 255, or 0x8000.
        let (full, differences) = match &table.output_table {
            LutStore::Store8(_) => (100.0, 255.0),
            LutStore::Store16(_) => (100.0 * 65_535.0 / 65_280.0, 65_535.0 / 256.0),
        };
        let node = |at: usize| {
            let place = |power: u32| (at / NODES.pow(power) % NODES) as f32 / (NODES - 1) as f32;
            let amounts = [place(3), place(2), place(1), place(0)];
            let [l, a, b] = outputs.three(grid.at(inputs.four(amounts)));
            lab::to_unit_srgb(l * full, a * differences - 128.0, b * differences - 128.0)
        };
        let nodes: Vec<[f32; 3]> = (0..NODES.pow(4)).into_par_iter().map(node).collect();
        Some(Self(Grid {
            points: NODES,
            nodes,
        }))
    }

    /// The colours of a row of inks.
    pub(super) fn convert(&self, inks: &[u8], colours: &mut [u8]) {
        let pixels = inks.as_chunks::<4>().0;
        for (inks, colour) in pixels.iter().zip(colours.as_chunks_mut::<3>().0) {
            let found = self.0.at(inks.map(|ink| f32::from(ink) / 255.0));
            *colour = found.map(|level| (255.0 * level).round() as u8);
        }
    }
}

fn numbers(store: &LutStore) -> Vec<f32> {
    match store {
        LutStore::Store8(levels) => levels.iter().map(|&v| f32::from(v) / 255.0).collect(),
        LutStore::Store16(levels) => levels.iter().map(|&v| f32::from(v) / 65_535.0).collect(),
    }
}

/// One table of numbers for each channel, from 0 to 1 and between them linear.
struct Curves {
    values: Vec<f32>,
    entries: usize,
}

impl Curves {
    fn new(store: &LutStore, channels: usize) -> Option<Self> {
        let values = numbers(store);
        let entries = values.len() / channels;
        (entries >= 2).then_some(Self { values, entries })
    }

    fn one(&self, channel: usize, value: f32) -> f32 {
        let place = value.clamp(0.0, 1.0) * (self.entries - 1) as f32;
        let low = (place as usize).min(self.entries - 2);
        let at = channel * self.entries + low;
        let (a, b) = (self.values[at], self.values[at + 1]);
        a + (b - a) * (place - low as f32)
    }

    fn four(&self, values: [f32; INKS]) -> [f32; INKS] {
        std::array::from_fn(|channel| self.one(channel, values[channel]))
    }

    fn three(&self, values: [f32; 3]) -> [f32; 3] {
        std::array::from_fn(|channel| self.one(channel, values[channel]))
    }
}

/// Three numbers at each node of a grid of four dimensions, the last of them the fastest.
struct Grid {
    points: usize,
    nodes: Vec<[f32; 3]>,
}

impl Grid {
    fn new(numbers: Vec<f32>, points: usize) -> Option<Self> {
        let nodes = numbers.as_chunks::<3>().0.to_vec();
        let whole = points >= 2 && nodes.len() == points.checked_pow(4)?;
        whole.then_some(Self { points, nodes })
    }

    /// The numbers between the nodes, for places from 0 to 1.
    fn at(&self, places: [f32; INKS]) -> [f32; 3] {
        let last = self.points - 1;
        let mut node = 0;
        let mut rests = [0.0; INKS];
        for (place, rest) in places.into_iter().zip(&mut rests) {
            let scaled = place.clamp(0.0, 1.0) * last as f32;
            let low = (scaled as usize).min(last - 1);
            *rest = scaled - low as f32;
            node = node * self.points + low;
        }
        let [first, others @ ..] = rests;
        let low = self.tetrahedron(node, others);
        let high = self.tetrahedron(node + self.points.pow(3), others);
        std::array::from_fn(|channel| low[channel] + (high[channel] - low[channel]) * first)
    }

    /// Between the eight nodes from `node` on: along the edges in the order of the rests, the largest first.
    fn tetrahedron(&self, node: usize, rests: [f32; 3]) -> [f32; 3] {
        let steps = [self.points * self.points, self.points, 1];
        let mut order = [0, 1, 2];
        order.sort_by(|&a: &usize, &b| rests[b].total_cmp(&rests[a]));
        let mut at = node;
        let mut sum = self.nodes[node];
        for axis in order {
            let next = at + steps[axis];
            for (channel, sum) in sum.iter_mut().enumerate() {
                *sum += (self.nodes[next][channel] - self.nodes[at][channel]) * rests[axis];
            }
            at = next;
        }
        sum
    }
}
