//! The machine: which device computes, what a run needs of memory and time, and how it is spared.

use eframe::egui::{self, Ui};

use super::Change;
use crate::app::App;
use crate::app::inspection::{Inspected, pace_key, speed_key};
use crate::app::set_up::SetUp;
use crate::app::time_left::duration;
use crate::app::widgets::controls::{fact, heading, name_for_readers, row, worded};
use crate::app::words::{bytes, say};
use palimpsest_diffusion::{Device, Memory};
use palimpsest_method::examination::inspection::PairFacts;

impl App {
    pub(super) fn machine(
        &self,
        ui: &mut Ui,
        known: Option<&Inspected>,
        set_up: &mut SetUp,
        change: &mut Change,
    ) {
        heading(ui, say!("this-machine"));
        let best = Device::best();
        let device = if set_up.on_processor {
            Device::Cpu
        } else {
            best
        };
        fact(ui, say!("device"), device_name(device));
        if best != Device::Cpu
            && ui
                .checkbox(&mut set_up.on_processor, say!("compute-on-the-processor"))
                .on_hover_text(say!("slower-for-a-card-whose-memory"))
                .changed()
        {
            *change = Some((say!("device"), false));
        }
        if let Some(facts) = known.and_then(Inspected::facts) {
            self.estimate(ui, facts);
        }
        if ui
            .checkbox(&mut set_up.low_memory, say!("save-memory"))
            .on_hover_text(say!("blocks-are-computed-again"))
            .changed()
        {
            *change = Some((say!("save-memory"), false));
        }
        row(
            ui,
            say!("threads"),
            say!("as-many-as-there-are-cores"),
            |ui| {
                let drag = egui::DragValue::new(&mut set_up.threads).range(0..=1024);
                let drag = ui.add(worded(drag, say!("all-cores"), ""));
                name_for_readers(&drag, say!("threads"));
                if drag.changed() {
                    *change = Some((say!("threads"), true));
                }
            },
        );
        row(
            ui,
            say!("true-decoding-every"),
            say!("while-a-run-is-shown"),
            |ui| {
                let drag = egui::DragValue::new(&mut set_up.decode_every).range(0..=100_000);
                let drag = ui.add(worded(drag, say!("never"), say!("unit-steps")));
                name_for_readers(&drag, say!("true-decoding-every-so-many-steps"));
                if drag.changed() {
                    *change = Some((say!("true-decoding"), true));
                }
            },
        );
    }

    fn estimate(&self, ui: &mut Ui, facts: &PairFacts) {
        let size = bytes(facts.needed_bytes);
        let memory = match (facts.memory, facts.available_bytes.map(bytes)) {
            (Memory::Full, None) => say!("about-size", "size" => size),
            (Memory::Full, Some(free)) => {
                say!("about-size-of-free", "size" => size, "free" => free)
            }
            (_, None) => say!("about-size-on-disk", "size" => size),
            (_, Some(free)) => say!("about-size-on-disk-of-free", "size" => size, "free" => free),
        };
        fact(ui, say!("memory"), memory);
        let paces = &self.state.preferences.pace;
        let pace = paces.get(&pace_key(facts)).copied();
        // Of models that never ran here, by the speed with others.
        let speed = paces.get(speed_key(facts)).copied();
        let pace = pace.or_else(|| Some(speed? * facts.multiplications as f64));
        let runs = self.state.examinations();
        let is_open = self.state.further_examinations().is_open;
        let examinations = match is_open {
            true => say!("at-least-runs", "runs" => runs),
            false => runs.to_string(),
        };
        fact(ui, say!("examinations"), examinations);
        let time = match pace {
            Some(seconds) => {
                let one = seconds * facts.settings.steps as f64;
                let all = one * runs.max(1) as f64;
                match runs {
                    0 | 1 => say!("about-time", "time" => duration(one)),
                    runs if is_open => {
                        say!("about-time-for-at-least", "time" => duration(all), "runs" => runs)
                    }
                    runs => say!("about-time-for-runs", "time" => duration(all), "runs" => runs),
                }
            }
            None => say!("known-after-the-first-steps").to_owned(),
        };
        fact(ui, say!("time"), time);
        self.disk(ui);
    }
}

fn device_name(device: Device) -> &'static str {
    match device {
        Device::Cuda => say!("nvidia-card"),
        Device::Gpu => say!("graphics-card"),
        Device::Metal => say!("apple-gpu"),
        Device::Cpu | Device::Reference => say!("processor"),
    }
}
