//! How the main screens look, in both themes: pictures that were judged by eye when they were made. A
//! change is shown beside them; `UPDATE_SNAPSHOTS=1 cargo test --test window snapshots` takes it over.

use crate::graphics;

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui::{self, Theme, vec2};
use egui_kittest::wgpu::WgpuTestRenderer;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use palimpsest::app::preferences::Store;
use palimpsest::app::state::Purpose;
use palimpsest::app::{Answer, App, Dialogs, Opening, Task};
use palimpsest_art::Family;
use palimpsest_lab::works::Works;

/// Nobody answers.
struct Silence;

impl Dialogs for Silence {
    fn ask(&self, ctx: &egui::Context, _purpose: Purpose) -> Task<Answer> {
        Task::start(ctx, "answering", || Ok(Answer::Dismissed))
    }
}

/// The window in a folder of its own, in both themes, once what it reads is read.
fn looks(name: &str, works: impl Fn(&std::path::Path) -> Vec<PathBuf>) {
    // Another rasteriser sets an edge a shade lighter or darker, and never moves it.
    let options = SnapshotOptions::new()
        .threshold(2.0)
        .max_failed_pixels(40usize);
    let mut results = SnapshotResults::new();
    for (theme, suffix) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let Some(device) = graphics::device(name) else {
            return;
        };
        let folder = tempfile::tempdir().unwrap();
        let works = works(folder.path());
        let kept = format!(
            r#"{{"theme": "{suffix}", "set_up": {{"pretrained": "demo", "finetuned": "demo-finetuned"}}}}"#
        );
        std::fs::write(folder.path().join("settings.json"), kept).unwrap();
        let store = Store::within(folder.path());
        let mut window: Harness<App> = Harness::builder()
            .with_size(vec2(880.0, 560.0))
            .with_theme(theme)
            .with_render_cursor(false)
            .renderer(WgpuTestRenderer::from_render_state(device))
            .build_eframe(|cc| App::with(cc, Opening::Desk(works), store, Box::new(Silence)));
        let began = Instant::now();
        // Pictures and models are read off the frame.
        while began.elapsed() < Duration::from_millis(1500) {
            window.step();
            std::thread::sleep(Duration::from_millis(10));
        }
        window.snapshot_options(format!("{name}_{suffix}"), &options);
        results.extend_harness(&mut window);
    }
}

#[test]
fn an_empty_desk() {
    looks("empty_desk", |_| Vec::new());
}

#[test]
fn an_artwork_to_be_examined() {
    looks("prepare", |folder| {
        let works = Works {
            families: vec![Family::Portrait],
            artists: vec![2000],
            works: 0..=0,
            side: 128,
        };
        let place = folder.join("works");
        works.write(&place).unwrap();
        let files = std::fs::read_dir(place).unwrap();
        files.map(|file| file.unwrap().path()).collect()
    });
}
