//! The machine: which device computes, what a run needs of memory and time, and how it is spared.

use eframe::egui::{self, Ui};

use super::Change;
use super::frame::duration;
use crate::app::App;
use crate::app::inspection::{Inspected, pace_key, speed_key};
use crate::app::set_up::SetUp;
use crate::app::widgets::controls::{fact, heading, name_for_readers, row, worded};
use palimpsest_base::number_format::bytes;
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
        heading(ui, "This machine");
        let best = Device::best();
        let device = if set_up.on_processor {
            Device::Cpu
        } else {
            best
        };
        fact(ui, "Device", device_name(device));
        if best != Device::Cpu
            && ui
                .checkbox(&mut set_up.on_processor, "Compute on the processor")
                .on_hover_text(
                    "Slower; for a card whose memory does not suffice, or that is needed otherwise",
                )
                .changed()
        {
            *change = Some(("Device", false));
        }
        if let Some(facts) = known.and_then(Inspected::facts) {
            self.estimate(ui, facts);
        }
        if ui
            .checkbox(&mut set_up.low_memory, "Save memory")
            .on_hover_text("Blocks are computed again on the way back and weights leave memory after use: slower, the same result")
            .changed()
        {
            *change = Some(("Save memory", false));
        }
        row(
            ui,
            "Threads",
            "As many as there are cores unless a number is given; the result does not depend on it",
            |ui| {
                let drag = egui::DragValue::new(&mut set_up.threads).range(0..=1024);
                let drag = ui.add(worded(drag, "all cores", ""));
                name_for_readers(&drag, "Threads");
                if drag.changed() {
                    *change = Some(("Threads", true));
                }
            },
        );
        row(
            ui,
            "True decoding every",
            "While a run is shown the latent is decoded beside it after so many steps",
            |ui| {
                let drag = egui::DragValue::new(&mut set_up.decode_every).range(0..=100_000);
                let drag = ui.add(worded(drag, "never", " steps"));
                name_for_readers(&drag, "True decoding every so many steps");
                if drag.changed() {
                    *change = Some(("True decoding", true));
                }
            },
        );
    }

    fn estimate(&self, ui: &mut Ui, facts: &PairFacts) {
        let available = facts
            .available_bytes
            .map_or_else(String::new, |free| format!(" of {} free", bytes(free)));
        let memory = match facts.memory {
            Memory::Full => format!("about {}{available}", bytes(facts.needed_bytes)),
            Memory::Medium | Memory::Low => format!(
                "about {}: weights stay on disk{available}",
                bytes(facts.needed_bytes)
            ),
        };
        fact(ui, "Memory", memory);
        let paces = &self.state.preferences.pace;
        let pace = paces.get(&pace_key(facts)).copied();
        // Of models that never ran here, by the speed with others.
        let speed = paces.get(speed_key(facts)).copied();
        let pace = pace.or_else(|| Some(speed? * facts.multiplications as f64));
        let runs = self.state.examinations();
        let least = match self.state.further_examinations().is_open {
            true => "at least ",
            false => "",
        };
        fact(ui, "Examinations", format!("{least}{runs}"));
        let time = match pace {
            Some(seconds) => {
                let one = seconds * facts.settings.steps as f64;
                let all = one * runs.max(1) as f64;
                match runs {
                    0 | 1 => format!("about {}", duration(one)),
                    runs => format!("about {} for {least}{runs} runs", duration(all)),
                }
            }
            None => "known after the first steps".to_owned(),
        };
        fact(ui, "Time", time);
        self.disk(ui);
    }
}

fn device_name(device: Device) -> &'static str {
    match device {
        Device::Cuda => "NVIDIA card",
        Device::Gpu => "Graphics card",
        Device::Metal => "Apple GPU",
        Device::Cpu | Device::Reference => "Processor",
    }
}
