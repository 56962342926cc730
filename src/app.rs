//! The window: drop in an artwork, watch it come back.
//!
//! `state` is what there is to show, `command` what the user can do, `dispatch` the one place where it is
//! done. `runner` does the long work on threads of its own and tells news; the frame takes what has come
//! and never waits. `screens` and `widgets` draw, and give back commands.

mod background_jobs;
mod case_cache;
mod case_opening;
mod cases;
mod command;
mod dialogs;
mod dispatch;
mod drawing_controls;
mod dropped_models;
mod exhibit_preview;
mod export;
pub mod fonts;
mod forms_job;
pub mod gpu;
mod image_cache;
mod input;
mod inspection;
mod left_runs;
mod library;
pub mod light_table;
mod menu;
mod missing_glyphs;
mod model_choice;
mod nearest_job;
mod open_cases;
pub mod open_window;
pub mod panic;
mod prediction_job;
pub mod preferences;
mod queue;
mod refusal;
mod repaint;
mod room;
mod run;
mod runner;
mod screens;
pub mod set_up;
mod start_run;
pub mod state;
mod tasks;
mod time_left;
mod tokens;
mod trace;
mod undo;
mod unfinished_run;
mod update;
mod verification_job;
pub mod widgets;
mod words;

use std::collections::BTreeMap;
use std::path::PathBuf;

use eframe::egui;

use background_jobs::BackgroundJob;
use case_cache::CaseCache;
pub use command::Command;
use dialogs::SystemDialogs;
pub use dialogs::{Answer, Dialogs};
use drawing_controls::ControlDrawing;
use exhibit_preview::{ExhibitPreview, Form};
use gpu::Gpu;
use image_cache::ImageCache;
use inspection::Hash;
use missing_glyphs::MissingGlyphs;
use preferences::{PreferencesFile, Theme, WindowPlace};
use repaint::RepaintInterval;
pub use run::Run;
pub use runner::{Newest, Seen};
use state::{Grade, Notice, Overlay, Purpose, Resumption, State};
pub use tasks::{Task, under_way};
use trace::Trace;
use verification_job::VerificationJob;
use widgets::comparison::ComparisonState;
use widgets::focus::{self, FocusBefore};
use words::say;

/// Content that the window opens with.
#[derive(Clone, Debug, PartialEq)]
pub enum Opening {
    /// The desk, with these artworks.
    Desk(Vec<PathBuf>),
    /// A case.
    Case(PathBuf),
    /// The demonstration, which starts at once.
    Demonstration,
}

/// The program behind the window.
pub struct App {
    pub state: State,
    /// Layout and zoom of the comparison.
    pub comparison: ComparisonState,
    image_cache: ImageCache,
    case_cache: CaseCache,
    /// The exhibit that is prepared.
    exhibit_preview: Option<ExhibitPreview>,
    /// What was filled in for exhibits and not written yet, by the folders of their cases.
    exhibit_drafts: BTreeMap<PathBuf, Form>,
    /// The case that was checked last.
    check: Option<VerificationJob>,
    /// Notes on items of the case that is shown, as they are typed.
    notes: screens::Notes,
    jobs: Vec<BackgroundJob>,
    dialogs: Box<dyn Dialogs>,
    question: Option<(Purpose, Task<Answer>)>,
    /// The draw of controls that a start waits for.
    drawing: Option<ControlDrawing>,
    charts: screens::Charts,
    /// Carried out in the first frame, when there is a window.
    opening: Option<Opening>,
    gpu: Option<Gpu>,
    repaint: RepaintInterval,
    focus_before: FocusBefore,
    missing_glyphs: MissingGlyphs,
    /// True if files can be dropped on this window.
    takes_drops: bool,
    trace: Option<Trace>,
}

impl App {
    /// The program of a user, in a window that is about to open.
    pub fn new(cc: &eframe::CreationContext, opening: Opening) -> Self {
        Self::with(
            cc,
            opening,
            PreferencesFile::of_user(),
            Box::new(SystemDialogs),
        )
    }

    /// The program with its settings in a given place, and its questions answered by `dialogs`.
    pub fn with(
        cc: &eframe::CreationContext,
        opening: Opening,
        store: PreferencesFile,
        dialogs: Box<dyn Dialogs>,
    ) -> Self {
        let mut state = State::new(store);
        let trace = Trace::asked().unwrap_or_else(|error| {
            let text = say!("the-frames-are-not-traced-check", "error" => error);
            state.say(Grade::Warning, text);
            None
        });
        fonts::apply(&cc.egui_ctx);
        tokens::apply(&cc.egui_ctx);
        words::format_numbers(&cc.egui_ctx);
        apply_theme(&cc.egui_ctx, state.preferences.theme);
        cc.egui_ctx.set_zoom_factor(state.preferences.scale);
        // The toolkit's own keys would change the scale behind our back.
        cc.egui_ctx
            .options_mut(|options| options.zoom_with_keyboard = false);
        Self {
            comparison: state.preferences.comparison.clone(),
            state,
            image_cache: ImageCache::default(),
            case_cache: CaseCache::default(),
            exhibit_preview: None,
            exhibit_drafts: BTreeMap::new(),
            check: None,
            notes: screens::Notes::default(),
            jobs: Vec::new(),
            dialogs,
            question: None,
            drawing: None,
            charts: screens::Charts::default(),
            opening: Some(opening),
            takes_drops: open_window::takes_drops(),
            trace,
            repaint: RepaintInterval::default(),
            focus_before: FocusBefore::default(),
            missing_glyphs: MissingGlyphs::default(),
            gpu: cc.wgpu_render_state.as_ref().map(gpu::install),
        }
    }

    /// Says of names that no installed font can show.
    fn look_at_names(&mut self, ctx: &egui::Context) {
        let works = self.state.queue.works.iter().map(|work| &work.path);
        let results = self.state.finished.iter().map(|result| &result.path);
        let names: Vec<_> = works
            .chain(results)
            .map(|path| queue::name_of(path))
            .collect();
        for sentence in self.missing_glyphs.look_at(ctx, &names) {
            self.state.say(Grade::Warning, sentence);
        }
    }

    fn open(&mut self, ctx: &egui::Context) {
        match self.opening.take() {
            Some(Opening::Desk(artworks)) if artworks.is_empty() => {}
            Some(Opening::Desk(artworks)) => self.state.add(&artworks),
            Some(Opening::Case(folder)) => self.state.open_case(&folder),
            Some(Opening::Demonstration) => self.dispatch(ctx, Command::Demonstration),
            None => {}
        }
    }

    /// The answer to a dialog, if it has come.
    fn follow_question(&mut self, ctx: &egui::Context) {
        let Some((purpose, task)) = self.question.take() else {
            return;
        };
        match task.take() {
            Err(task) => self.question = Some((purpose, task)),
            Ok(Ok(Answer::Chosen(paths))) => self.chosen(ctx, purpose, &paths),
            Ok(Ok(Answer::Dismissed)) => {}
            Ok(Ok(Answer::Unavailable) | Err(_)) => {
                let text = String::new();
                let before =
                    std::mem::replace(&mut self.state.overlay, Overlay::Path { purpose, text });
                // It comes back with the answer.
                if let Overlay::AddControls(asked) = before {
                    self.state.adding = Some(asked);
                }
            }
        }
    }

    /// Takes in work on cases that has ended beside the frame.
    fn follow_jobs(&mut self) {
        for job in std::mem::take(&mut self.jobs) {
            match job.follow() {
                Ok(notice) => {
                    // Writing an exhibit weighs the scores again.
                    self.case_cache.forget();
                    self.take_notice(notice);
                }
                Err(job) => self.jobs.push(job),
            }
        }
        self.check = self.check.take().map(VerificationJob::follow);
    }

    /// Shows in what a job ended, or goes on at once with what it left to be done.
    fn take_notice(&mut self, notice: Option<Notice>) {
        let Some(notice) = notice else { return };
        match notice.resume.clone() {
            Some(Resumption::Case(folder)) if self.state.run.is_none() => self.resume_case(&folder),
            _ => self.state.notices.push(notice),
        }
    }

    fn follow_hashes(&mut self) {
        let hashes = std::mem::take(&mut self.state.hashes);
        let followed = hashes
            .into_iter()
            .map(|(path, hash)| (path, Hash::follow(hash)));
        self.state.hashes = followed.collect();
    }

    fn follow_library(&mut self, ctx: &egui::Context) {
        let state = &mut self.state;
        // A run needs the disk and the memory more.
        let may_hash = state.run.is_none();
        let recent = &state.preferences.recent_models;
        state.library.follow(ctx, &state.store, recent, may_hash);
    }

    /// Notes place and size of the window for the next time.
    fn remember_place(&mut self, ctx: &egui::Context) {
        let viewport = ctx.input(|input| input.viewport().clone());
        let Some(inner) = viewport.inner_rect else {
            return;
        };
        let scale = self.state.preferences.scale;
        // Some systems do not say: their windows are kept at the size that they have.
        let maximised = viewport.maximized.unwrap_or(false);
        if maximised && let Some(place) = &mut self.state.preferences.window {
            place.maximised = true;
            return;
        }
        self.state.preferences.window = Some(WindowPlace {
            position: viewport
                .outer_rect
                .map(|outer| [outer.min.x * scale, outer.min.y * scale]),
            size: [inner.width() * scale, inner.height() * scale],
            maximised,
        });
    }

    /// Asks before a run is ended together with the window.
    fn guard_closing(&mut self, ctx: &egui::Context) {
        let closing = ctx.input(|input| input.viewport().close_requested());
        if closing && self.state.run.is_some() && !self.state.quitting {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.state.overlay = Overlay::ConfirmQuit;
        }
    }
}

impl eframe::App for App {
    fn logic(&mut self, ctx: &egui::Context, frame: &mut eframe::Frame) {
        words::speak(self.state.language());
        if let Some(trace) = &mut self.trace {
            trace.frame(frame, self.state.run.is_some());
        }
        for told in panic::news() {
            self.state.say(Grade::Error, told.notice());
        }
        self.open(ctx);
        self.follow_question(ctx);
        self.follow_openings(ctx);
        self.follow_left_runs(ctx);
        self.follow_drawing(ctx);
        self.follow_run();
        self.follow_jobs();
        self.follow_hashes();
        self.state.follow_inspection(ctx);
        self.state.follow_prediction(ctx);
        self.state.follow_room(ctx);
        self.state.follow_nearest();
        self.state.follow_forms(ctx);
        self.follow_library(ctx);
        self.guard_closing(ctx);
        let software = self.gpu.is_some_and(Gpu::is_software);
        self.repaint.suit(self.state.screen, software);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        words::speak(self.state.language());
        self.look_at_names(&ctx);
        self.focus_before
            .follow(&ctx, self.state.overlay != Overlay::None);
        let mut commands = self.take_input(&ctx);
        commands.extend(self.take_shortcuts(&ctx));
        commands.extend(self.show(ui));
        focus::ring(&ctx);
        if !commands.is_empty() {
            // What they change was drawn before they were carried out.
            ctx.request_repaint();
        }
        for command in commands {
            self.dispatch(&ctx, command);
        }
        self.remember_place(&ctx);
    }

    /// The colour that shows in the hair's breadth between panels at odd scales.
    fn clear_color(&self, visuals: &egui::Visuals) -> [f32; 4] {
        visuals.panel_fill.to_normalized_gamma_f32()
    }

    fn on_exit(&mut self) {
        tracing::info!("ended");
        self.state.preferences.comparison = self.comparison.clone();
        // What it has done is on disk before the program ends; its record stays, and is offered at the next start.
        self.state.run = None;
        self.state.keep();
    }
}

/// Applies the theme that was chosen.
fn apply_theme(ctx: &egui::Context, theme: Theme) {
    ctx.set_theme(match theme {
        Theme::System => egui::ThemePreference::System,
        Theme::Light => egui::ThemePreference::Light,
        Theme::Dark => egui::ThemePreference::Dark,
    });
}
