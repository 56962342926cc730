//! The settings of an examination, each with its default and its unit, one disclosure away from the preset.

use eframe::egui::{self, CollapsingHeader, Ui};

use super::Change;
use crate::app::inspection::Inspected;
use crate::app::set_up::SetUp;
use crate::app::widgets::controls::{
    choices, heading, label, muted, name_for_readers, number, row,
};
use crate::app::words::say;
use palimpsest_method::examination::Frame;
use palimpsest_method::examination::inspection::PairFacts;
use palimpsest_method::inversion::{
    NoisePairing, Overrides, Preset, Settings, Start, TimestepRange,
};

pub(super) fn settings(
    ui: &mut Ui,
    set_up: &mut SetUp,
    known: Option<&Inspected>,
    change: &mut Change,
) {
    heading(ui, say!("settings"));
    let presets = [
        (Preset::Quick, say!("quick")),
        (Preset::Paper, say!("as-in-the-paper")),
    ];
    if let Some(preset) = choices(ui, set_up.preset, &presets) {
        set_up.preset = preset;
        *change = Some((say!("preset"), false));
    }
    let facts = known.and_then(Inspected::facts);
    CollapsingHeader::new(say!("all-settings"))
        .id_salt("all settings")
        .show(ui, |ui| {
            numbers(ui, set_up, facts, change);
            words(ui, set_up, facts, change);
        });
    if let Some(impurity) = facts.and_then(|facts| facts.settings.impurity()) {
        muted(ui, impurity);
    }
}

fn numbers(ui: &mut Ui, set_up: &mut SetUp, facts: Option<&PairFacts>, change: &mut Change) {
    // What the preset says where nothing else is given.
    let preset = facts.map(|facts| set_up.preset.settings(facts.latent_shape));
    let preset = preset.as_ref();
    let granularity = facts.map_or(64, |facts| facts.granularity.max(1));
    let own = facts.filter(|_| set_up.resolution.is_none());
    let given = &mut set_up.overrides;
    let mut steps = given.steps.map(|steps| steps as f64);
    let mut seed = given.seed.map(|seed| seed as f64);
    let mut side = set_up.resolution.map(|side| side as f64);
    // Name, unit and explanation; the value; its default; range, speed and decimals.
    let rows = [
        (
            (
                say!("steps"),
                "",
                say!("gradient-steps-each-asks-both-models"),
            ),
            &mut steps,
            preset.map(|p| p.steps as f64),
            (1.0..=1e6, 1.0, 0),
        ),
        (
            (
                say!("step-size"),
                say!("unit-latent"),
                say!("length-of-a-step"),
            ),
            &mut given.step_size,
            preset.map(|p| p.step_size),
            (1e-3..=1e3, 0.02, 3),
        ),
        (
            (
                say!("budget"),
                say!("unit-latent"),
                say!("largest-distance-from-the-start"),
            ),
            &mut given.budget,
            preset.map(|p| p.budget),
            (1e-2..=1e4, 0.2, 2),
        ),
        (
            (say!("momentum"), "", say!("share-of-its-direction")),
            &mut given.momentum,
            preset.map(|p| p.momentum),
            (0.0..=0.99, 0.01, 2),
        ),
        (
            (
                say!("contrast-weight-w"),
                "",
                say!("weight-of-the-pretrained-models-loss"),
            ),
            &mut given.contrast_weight,
            preset.map(|p| p.contrast_weight),
            (0.0..=10.0, 0.01, 2),
        ),
        (
            (say!("seed"), "", say!("of-the-random-draws-the-same")),
            &mut seed,
            preset.and_then(Settings::seed).map(|seed| seed as f64),
            (0.0..=9e15, 1.0, 0),
        ),
        (
            (say!("resolution"), " px", say!("side-of-the-square")),
            &mut side,
            own.map(|facts| facts.resolution as f64),
            (granularity as f64..=2048.0, granularity as f64, 0),
        ),
    ];
    for (what, value, default, form) in rows {
        if let Some(new) = number(ui, what, *value, default, form) {
            *value = new;
            *change = Some((say!("settings"), true));
        }
    }
    given.steps = steps.map(|steps| steps as usize);
    given.seed = seed.map(|seed| seed as u64);
    let whole = |side: f64| (side as usize / granularity).max(1) * granularity;
    set_up.resolution = side.map(whole);
}

fn words(ui: &mut Ui, set_up: &mut SetUp, facts: Option<&PairFacts>, change: &mut Change) {
    let Some(facts) = facts else { return };
    let settings = &facts.settings;
    let given = &mut set_up.overrides;
    label(ui, say!("part-that-is-examined"));
    let frames = [
        (Frame::Square, say!("square")),
        (Frame::Bucket, say!("whole-picture")),
    ];
    if let Some(frame) = choices(ui, set_up.frame, &frames) {
        set_up.frame = frame;
        *change = Some((say!("settings"), false));
    }
    label(ui, say!("start-of-the-removed-part"));
    let starts = [
        (Some(Start::Filled), say!("filled-in")),
        (Some(Start::Reencoded), say!("re-encoded")),
    ];
    let shown = Overrides::from(settings);
    if let Some(start) = choices(ui, shown.start, &starts) {
        given.start = start;
        *change = Some((say!("settings"), false));
    }
    label(ui, say!("noise-of-the-two-models"));
    let pairings = [
        (NoisePairing::Shared, say!("shared")),
        (NoisePairing::Independent, say!("independent")),
    ];
    if let Some(noise) = choices(ui, settings.noise(), &pairings) {
        given.noise = Some(noise);
        *change = Some((say!("settings"), false));
    }
    let timesteps = settings.timesteps().unwrap_or(TimestepRange::ALL);
    let (mut low, mut high) = (timesteps.first(), timesteps.last());
    row(
        ui,
        say!("timesteps-t"),
        say!("drawn-from-both-ends-included"),
        |ui| {
            let last = ui.add(egui::DragValue::new(&mut high).range(low..=999));
            name_for_readers(&last, say!("last-timestep"));
            ui.label(say!("range-to"));
            let first = ui.add(egui::DragValue::new(&mut low).range(1..=high));
            name_for_readers(&first, say!("first-timestep"));
            // The fields keep each other in range.
            if (last.changed() || first.changed())
                && let Ok(range) = TimestepRange::new(low, high)
            {
                given.timesteps = Some(range);
                *change = Some((say!("settings"), true));
            }
        },
    );
    let other = given != &Default::default()
        || set_up.resolution.is_some()
        || set_up.frame != Frame::Square;
    if other && ui.button(say!("back-to-the-preset")).clicked() {
        set_up.overrides = Default::default();
        set_up.resolution = None;
        set_up.frame = Frame::Square;
        *change = Some((say!("back-to-the-preset"), false));
    }
}
