//! How the screens look, in both themes: pictures that were judged by eye when they were made. A change is
//! shown beside them; `UPDATE_SNAPSHOTS=1 cargo test --test window window_snapshots` takes it over.

mod models;
mod results;

pub use results::{examined_with_another_model, shows, turn_to};

use crate::window_nearest::copy;
use crate::{desk, graphics};

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{self, Theme, Vec2, vec2};
use egui_kittest::kittest::Queryable;
use egui_kittest::wgpu::WgpuTestRenderer;
use egui_kittest::{Harness, SnapshotOptions, SnapshotResults};
use palimpsest::app::gpu::{MaskGrid, PictureHandle};
use palimpsest::app::light_table::{Column, Selection};
use palimpsest::app::preferences::PreferencesFile;
use palimpsest::app::set_up::{ModelRole, SetUp};
use palimpsest::app::state::{AddedControls, Overlay, Screen};
use palimpsest::app::{App, Command, Newest, Opening, Run, Seen, under_way};
use palimpsest_art::Family;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::latent_colours::LatentColours;
use palimpsest_diffusion::{Choices, Latent};
use palimpsest_lab::works::Works;
use palimpsest_method::examination::{RecordedPath, Stage};
use palimpsest_method::inversion::StepReport;
use palimpsest_testing::reference::{tensor, without_record};

use desk::{Answers, Window, can_start, has_text, until};

/// The least size of the window, and the one that it has at first.
const LEAST: Vec2 = vec2(880.0, 560.0);
const USUAL: Vec2 = vec2(1280.0, 800.0);
/// The case that is opened, as its folder is called; the works in it were examined under other paths.
const CASE: &str = "Portraits, block 4";
const RECORDED: [[&str; 2]; 2] = [
    ["/tmp/portfolio/w/", "Portfolio"],
    ["/tmp/portfolio/n/", "Studio"],
];

/// The window in a folder of its own, in both themes, after `arrange` and once what it reads is read.
fn looks(
    name: &str,
    size: Vec2,
    opening: impl Fn(&Path) -> Opening,
    arrange: impl Fn(&mut Window),
) {
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
        let opening = opening(folder.path());
        let kept = serde_json::json!({
            "theme": suffix,
            "cases": folder.path().join("cases"),
            "set_up": {"pretrained": "demo", "finetuned": "demo-finetuned"},
        });
        fs::write(folder.path().join("settings.json"), kept.to_string()).unwrap();
        let store = PreferencesFile::within(folder.path());
        let mut window: Window = Harness::builder()
            .with_size(size)
            .with_theme(theme)
            .with_render_cursor(false)
            .renderer(WgpuTestRenderer::from_render_state(device))
            .build_eframe(|cc| App::with(cc, opening, store, Box::new(Answers::default())));
        arrange(&mut window);
        // What was read may have something else read in the frame after.
        let mut quiet = 0;
        until(&mut window, "all that is read", |window| {
            quiet = match under_way(&window.ctx) {
                0 => quiet + 1,
                _ => 0,
            };
            quiet == 5
        });
        window.snapshot_options(format!("{name}_{suffix}"), &options);
        results.extend_harness(&mut window);
    }
}

/// One drawn work in a folder of its own.
pub fn work(folder: &Path) -> PathBuf {
    let works = Works {
        families: vec![Family::Portrait],
        artists: vec![2000],
        works: 0..=0,
        side: 128,
    };
    let place = folder.join("works");
    works.write(&place).unwrap();
    let mut files = fs::read_dir(place).unwrap();
    files.next().unwrap().unwrap().path()
}

/// A copy of the reference case, as if its works lay in `folder`.
pub fn case(folder: &Path) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/case");
    let to = folder.join(CASE);
    let moved = |file: &Path| {
        let mut text = fs::read_to_string(from.join(file)).unwrap();
        for [recorded, name] in RECORDED {
            let works = format!("{}/", folder.join(name).display());
            text = text.replace(recorded, &works);
        }
        fs::write(to.join(file), text).unwrap();
    };
    fs::create_dir(&to).unwrap();
    for entry in fs::read_dir(&from).unwrap() {
        let item = PathBuf::from(entry.unwrap().file_name());
        // The journal is signed as it is.
        if item.ends_with("journal.jsonl") {
            fs::copy(from.join(&item), to.join(&item)).unwrap();
            continue;
        }
        if from.join(&item).is_file() {
            moved(&item);
            continue;
        }
        fs::create_dir(to.join(&item)).unwrap();
        for file in [
            "original.png",
            "partial.png",
            "recovered.png",
            "tensors.safetensors",
        ] {
            fs::copy(from.join(&item).join(file), to.join(&item).join(file)).unwrap();
        }
        moved(&item.join("findings.json"));
    }
    let record: serde_json::Value =
        serde_json::from_slice(&fs::read(to.join("case.json")).unwrap()).unwrap();
    for entry in record["artworks"].as_array().unwrap() {
        let path = Path::new(entry["path"].as_str().unwrap());
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        let prepared = to
            .join(entry["folder"].as_str().unwrap())
            .join("original.png");
        fs::copy(prepared, path).unwrap();
    }
    to
}

#[test]
fn the_first_start() {
    looks(
        "first_start",
        LEAST,
        |_| Opening::Desk(Vec::new()),
        |window| {
            let ctx = window.ctx.clone();
            let set_up = Command::SetUp(Box::default(), "Models", false);
            window.state_mut().dispatch(&ctx, set_up);
            window.run();
            window
                .get_by_label("What is needed for your own works")
                .click();
            window.run();
        },
    );
}

#[test]
fn an_empty_desk() {
    looks("empty_desk", LEAST, |_| Opening::Desk(Vec::new()), |_| ());
}

#[test]
fn an_artwork_to_be_examined() {
    looks(
        "prepare",
        LEAST,
        |folder| Opening::Desk(vec![work(folder)]),
        |_| (),
    );
}

#[test]
fn what_is_declared_of_controls_and_how_they_are_drawn() {
    looks(
        "controls_form",
        vec2(1000.0, 1180.0),
        |folder| {
            let works = Works {
                families: vec![Family::Portrait],
                artists: vec![2000],
                works: 0..=3,
                side: 128,
            };
            works.write(&folder.join("works")).unwrap();
            let files = fs::read_dir(folder.join("works")).unwrap();
            let mut files: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
            files.sort();
            Opening::Desk(files)
        },
        |window| {
            until(window, "the models to be looked at", can_start);
            let ctx = window.ctx.clone();
            let works = window.state().state.queue.works.iter().skip(1);
            let works: Vec<_> = works.map(|work| work.id).collect();
            for work in works {
                let role = Command::SetRole(work, palimpsest_record::case::Role::Negative);
                window.state_mut().dispatch(&ctx, role);
            }
            let mut set_up = window.state().state.set_up().clone();
            set_up.inquiry.declaration.source = "the studio".into();
            set_up.inquiry.drawn_controls = 2;
            let set_up = Command::SetUp(Box::new(set_up), "Declaration", false);
            window.state_mut().dispatch(&ctx, set_up);
        },
    );
}

#[test]
fn a_run_in_its_middle() {
    looks(
        "recover",
        USUAL,
        |folder| Opening::Desk(vec![work(folder)]),
        |window| {
            until(window, "the models to be looked at", can_start);
            let ctx = window.ctx.clone();
            // At rest before anything is read, so that nothing comes between the news that are put in.
            window.state_mut().dispatch(&ctx, Command::Start);
            window.state_mut().dispatch(&ctx, Command::PauseOrResume);
            live(window.state_mut().state.run.as_mut().unwrap());
        },
    );
}

/// Puts what was recorded of a work of the reference case into a run, as far as its fortieth step.
pub fn live(run: &mut Run) {
    let item =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/case/001-Girl-with-a-scarf");
    let picture = |name: &str| image::open(item.join(name)).unwrap().to_rgb8();
    let latent = |name: &str| {
        let (shape, values) = tensor(&item.join("tensors.safetensors"), name);
        Latent::new(shape.try_into().unwrap(), values).unwrap()
    };
    let (original, started) = (latent("latent"), latent("start_latent"));
    let recovered = latent("recovered_latent");
    let (shape, kept) = tensor(&item.join("tensors.safetensors"), "mask");
    let removed = kept.iter().map(|&kept| kept < 0.5).collect();
    let pixels = picture("original.png");
    run.live.stage = Some(Stage::Descending);
    run.live.seen = Some(Box::new(Seen {
        number: 1 << 60,
        colours: Some(LatentColours::fit(&original, &pixels).unwrap()),
        factor: pixels.width() as usize / shape[1],
        original: PictureHandle::new(pixels),
        partial: PictureHandle::new(picture("partial.png")),
        mask: MaskGrid::new(removed, shape[1]),
    }));
    let text = fs::read_to_string(item.join("findings.json")).unwrap();
    let findings: serde_json::Value = serde_json::from_str(&text).unwrap();
    let traced = |name: &str, step: usize| findings["trace"][name][step].as_f64().unwrap();
    let done = 40;
    for step in 0..done {
        run.live.steps.push(StepReport {
            step: step + 1,
            of: 60,
            timestep: traced("timestep", step) as usize,
            loss_pretrained: traced("loss_pretrained", step),
            loss_finetuned: traced("loss_finetuned", step),
            gradient_norm: traced("gradient_norm", step),
            moved: 0.5 * (step + 1) as f64,
            skipped: false,
            seconds_left: Some(3.0),
        });
        let share = (step + 1) as f32 / 60.0;
        let mixed = started.values().iter().zip(recovered.values());
        let values: Vec<f32> = mixed.map(|(a, b)| a + share * (b - a)).collect();
        run.live.recovery.push((
            step + 1,
            Some(0.8 * f64::from(share).sqrt()),
            Some(3.5 * f64::from(share)),
        ));
        run.live.newest = Some(Newest {
            step: step + 1,
            values: values.into(),
            shape: recovered.shape(),
        });
    }
    run.halted = true;
    run.version += 1;
}
