//! The whole window in a folder of its own, as tests open and drive it.
#![allow(dead_code)] // every test binary uses its own part

use std::cell::RefCell;
use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;
use std::time::{Duration, Instant};

use eframe::egui::{self, Role, vec2};
use eframe::egui_wgpu::RenderState;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use egui_kittest::wgpu::WgpuTestRenderer;
use serde_json::{Value, json};

use palimpsest::app::preferences::PreferencesFile;
use palimpsest::app::state::Purpose;
use palimpsest::app::{Answer, App, Dialogs, Opening, Task};
use palimpsest_art::Family;
use palimpsest_lab::works::Works;

use crate::graphics;

/// Nobody waits longer than this for anything here.
pub const PATIENCE: Duration = Duration::from_secs(240);

/// Dialogs that answer with what a test has put there.
#[derive(Clone, Default)]
pub struct Answers(pub Rc<RefCell<Vec<Answer>>>);

impl Dialogs for Answers {
    fn ask(&self, ctx: &egui::Context, _purpose: Purpose) -> Task<Answer> {
        let answer = self.0.borrow_mut().pop().unwrap_or(Answer::Dismissed);
        Task::start(ctx, "answering", move || Ok(answer))
    }
}

/// A desk in a folder of its own.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub answers: Answers,
    pub device: Option<RenderState>,
}

pub type Window = Harness<'static, App>;

impl Desk {
    pub fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
            answers: Answers::default(),
            device: None,
        }
    }

    pub fn drawn(test: &str) -> Option<Self> {
        let device = graphics::device(test)?;
        Some(Self {
            device: Some(device),
            ..Self::new()
        })
    }

    /// Settings with which an examination by the built-in models takes a few steps.
    pub fn keep(&self, changes: Value) {
        let mut kept = json!({
            "cases": self.path("cases"),
            "set_up": {
                "pretrained": "demo",
                "finetuned": "demo-finetuned",
                "overrides": { "steps": 6 },
            },
        });
        merge(&mut kept, changes);
        fs::write(self.path("settings.json"), kept.to_string()).unwrap();
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Works of one hand, as files.
    pub fn works(&self, count: u64) -> Vec<PathBuf> {
        let folder = self.path("works");
        let works = Works {
            families: vec![Family::Portrait],
            artists: vec![2000],
            works: 0..=count - 1,
            side: 128,
        };
        works.write(&folder).unwrap();
        let mut files: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().path())
            .collect();
        files.sort();
        files
    }

    pub fn open(&self, opening: Opening) -> Window {
        let mut builder = Harness::builder()
            .with_size(vec2(1280.0, 800.0))
            .with_max_steps(64)
            .with_render_cursor(false);
        if let Some(device) = &self.device {
            builder = builder.renderer(WgpuTestRenderer::from_render_state(device.clone()));
        }
        let store = PreferencesFile::within(self.folder.path());
        let answers = Box::new(self.answers.clone());
        builder.build_eframe(|cc| App::with(cc, opening, store, answers))
    }
}

pub fn merge(into: &mut Value, changes: Value) {
    match (into, changes) {
        (Value::Object(into), Value::Object(changes)) => {
            for (key, value) in changes {
                merge(into.entry(key).or_insert(Value::Null), value);
            }
        }
        (into, changes) => *into = changes,
    }
}

/// Draws frames until something is so.
pub fn until(window: &mut Window, what: &str, mut is_so: impl FnMut(&mut Window) -> bool) {
    let began = Instant::now();
    loop {
        window.step();
        if is_so(window) {
            return;
        }
        let said: Vec<_> = window
            .state()
            .state
            .notices
            .iter()
            .map(|n| n.text.clone())
            .collect();
        assert!(
            began.elapsed() < PATIENCE,
            "waited in vain for: {what}; notices {said:?}"
        );
        std::thread::sleep(Duration::from_millis(10));
    }
}

/// Draws the frames that a click or a key takes to have its effect.
pub fn settle(window: &mut Window) {
    for _ in 0..4 {
        window.step();
    }
}

pub fn can_start(window: &mut Window) -> bool {
    window.state().state.refuses_start().is_none()
}

pub fn drop_file(window: &mut Window, path: &Path) {
    #[derive(Debug)]
    struct File(PathBuf);
    impl egui::DroppedFile for File {
        fn path(&self) -> &Path {
            &self.0
        }
        fn bytes(&self) -> Result<Vec<u8>, String> {
            fs::read(&self.0).map_err(|error| error.to_string())
        }
    }
    let file = Arc::new(File(path.to_owned()));
    window.input_mut().dropped_files.push(file);
    window.step();
}

pub fn type_into(window: &mut Window, field: &str, text: &str) {
    window.get_by_role_and_label(Role::TextInput, field).focus();
    settle(window);
    window
        .get_by_role_and_label(Role::TextInput, field)
        .type_text(text);
    settle(window);
}

pub fn has_text(window: &Window, text: &str) -> bool {
    window.query_all_by_label_contains(text).next().is_some()
}
