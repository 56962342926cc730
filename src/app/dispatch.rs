//! The one place where commands are carried out.

use std::path::{Path, PathBuf};

use eframe::egui;

use super::background_jobs::BackgroundJob;
use super::command::Command;
use super::exhibit_preview::ExhibitPreview;
use super::inspection::Hash;
use super::preferences::ExhibitLook;
use super::screens::Charts;
use super::set_up::ModelRole;
use super::state::{Overlay, Purpose, Resumption, Screen};
use super::verification_job::VerificationJob;
use super::{App, export};
use crate::app::words::{self, say};
use palimpsest_record::language::Language;

/// Factor of one step of scale, and its bounds.
const SCALE_STEP: f32 = 0.1;
const SCALES: std::ops::RangeInclusive<f32> = 0.6..=2.5;

impl App {
    /// Carries out a command, unless it is refused at this moment.
    pub fn dispatch(&mut self, ctx: &egui::Context, command: Command) {
        if command.refused(&self.state).is_some() {
            return;
        }
        match command {
            Command::OpenArtworks => self.ask(ctx, Purpose::Artworks),
            Command::OpenArtworkFolder => self.ask(ctx, Purpose::ArtworkFolder),
            Command::OpenControls(role) => self.ask(ctx, Purpose::Controls(role)),
            Command::ChooseModel(role) => self.ask(ctx, Purpose::Model(role)),
            Command::ChooseModelFile(role) => self.ask(ctx, Purpose::ModelFile(role)),
            Command::ChooseFurtherAdapter => self.ask(ctx, Purpose::FurtherAdapter),
            Command::ChooseConfigurations => self.ask(ctx, Purpose::Configurations),
            Command::ChooseEncoder(encoder) => self.ask(ctx, Purpose::Encoder(encoder)),
            Command::AddToLibrary(wanted) => self.ask(ctx, Purpose::LibraryFolder(wanted)),
            Command::ChooseNullRun => self.ask(ctx, Purpose::NullRun),
            Command::OpenCase => self.ask(ctx, Purpose::Case),
            Command::OpenCaseFile => self.ask(ctx, Purpose::CaseFile),
            Command::ChooseCasesFolder => self.ask(ctx, Purpose::CasesFolder),
            Command::ExportTable => self.ask(ctx, Purpose::Table),
            Command::ExportPicture => self.ask(ctx, Purpose::Picture),
            Command::Chosen(purpose, path) => self.chosen(ctx, purpose, &[path]),
            Command::Paste => ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
            Command::CopyText(text) => ctx.copy_text(text),
            Command::Theme(theme) => self.set_theme(ctx, theme),
            Command::Language(language) => self.set_language(language),
            Command::Scale(by) => self.set_scale(ctx, by),
            Command::Compare(action) => self.comparison.act(action),
            Command::PrepareExhibit => self.prepare_exhibit(ctx),
            Command::SaveExhibit => self.ask(ctx, Purpose::Exhibit),
            Command::ExportCase => self.ask(ctx, Purpose::Archive),
            Command::CheckCase { replay } => self.check_case(ctx, replay),
            Command::CancelCheck => {
                if let Some(check) = &self.check {
                    check.cancel();
                }
            }
            Command::Note { item, text } => self.note(ctx, item, text),
            Command::AttachTimestamp => self.ask(ctx, Purpose::Timestamp),
            Command::TimestampQuery => self.ask(ctx, Purpose::TimestampQuery),
            Command::SealInFolder(variants) => {
                self.state.overlay = Overlay::None;
                self.ask(ctx, Purpose::Variants(variants));
            }
            Command::RankVariants => self.ask(ctx, Purpose::Seal),
            Command::ExhibitVariants => self.ask(ctx, Purpose::SealForExhibit),
            Command::ChooseControls { folder } => {
                self.ask(
                    ctx,
                    match folder {
                        true => Purpose::AddedControlsFolder,
                        false => Purpose::AddedControls,
                    },
                );
            }
            Command::ExamineControls(added) => {
                self.state.overlay = Overlay::None;
                self.state.adding = None;
                self.jobs.push(BackgroundJob::extend(ctx, *added));
            }
            Command::HashModels => self.hash_models(ctx),
            Command::FindNearest => self.state.find_nearest(ctx),
            Command::Start => self.start(ctx),
            Command::Demonstration => self.demonstrate(ctx),
            Command::Resume(Resumption::Case(folder)) => self.resume_case(&folder),
            Command::Resume(Resumption::Run(record)) => self.state.resume_run(&record),
            Command::Quit => self.quit(ctx),
            Command::QuitAnyway => {
                self.state.quitting = true;
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
            Command::OpenCaseAt(folder) => self.open_case(&folder),
            other => self.state.update(other),
        }
    }

    fn ask(&mut self, ctx: &egui::Context, purpose: Purpose) {
        if self.question.is_none() {
            self.question = Some((purpose, self.dialogs.ask(ctx, purpose)));
        }
    }

    /// Paths were chosen for some purpose.
    pub fn chosen(&mut self, ctx: &egui::Context, purpose: Purpose, paths: &[PathBuf]) {
        let Some(first) = paths.first().cloned() else {
            return;
        };
        let state = &mut self.state;
        match purpose {
            Purpose::Artworks | Purpose::ArtworkFolder => state.add(paths),
            Purpose::Controls(role) => state.add_controls(paths, role),
            Purpose::Model(role) | Purpose::ModelFile(role) => {
                state.close_library();
                state.use_model(role, first);
            }
            Purpose::FurtherAdapter => {
                state.close_library();
                state.add_adapter(first);
            }
            Purpose::Configurations => state.use_configurations(first),
            Purpose::Encoder(encoder) => {
                state.close_library();
                // Chosen once, it is found for ever.
                state.library.add(first.clone());
                state.use_encoder(encoder, first);
            }
            Purpose::LibraryFolder(wanted) => {
                state.library.add(first);
                if state.overlay == Overlay::None {
                    state.update(Command::Library(wanted));
                }
            }
            Purpose::NullRun => {
                let mut set_up = state.preferences.set_up.clone();
                set_up.inquiry.null_run = Some(first);
                state.change(set_up, say!("choose-the-model-of-the-null"), false);
            }
            Purpose::Case | Purpose::CaseFile => self.open_case(&first),
            Purpose::CasesFolder => {
                state.preferences.cases = Some(first);
                state.room.look_again();
                state.keep();
            }
            Purpose::Table => {
                let listed = state.listed();
                let listed: Vec<_> = listed.iter().map(|&index| &state.finished[index]).collect();
                let written = export::table(&first, &listed, state.finished.len());
                state.told(written);
            }
            Purpose::Picture => {
                if let Some(finished) = state.shown_result() {
                    let exported = export::picture(&first, finished);
                    state.told(exported);
                }
            }
            Purpose::AddedControls | Purpose::AddedControlsFolder => state.take_added(paths),
            Purpose::Exhibit => self.write_exhibit(ctx, first),
            Purpose::Variants(count) => {
                let selected = state.queue.selected.and_then(|id| state.queue.get(id));
                let work = selected.map(|work| work.path.clone());
                let job = |work| BackgroundJob::seal(ctx, work, count, first);
                self.jobs.extend(work.map(job));
            }
            Purpose::Archive
            | Purpose::Timestamp
            | Purpose::TimestampQuery
            | Purpose::Seal
            | Purpose::SealForExhibit => {
                let shown = state.shown_result().map(|finished| finished.case.clone());
                let job = match purpose {
                    Purpose::Timestamp => BackgroundJob::timestamp,
                    Purpose::TimestampQuery => BackgroundJob::timestamp_query,
                    Purpose::Seal => BackgroundJob::rank,
                    Purpose::SealForExhibit => BackgroundJob::sibling_exhibit,
                    _ => BackgroundJob::archive,
                };
                self.jobs.extend(shown.map(|case| job(ctx, case, first)));
            }
        }
        ctx.request_repaint();
    }

    fn open_case(&mut self, folder: &Path) {
        self.case_cache.forget();
        self.state.open_case(folder);
    }

    fn prepare_exhibit(&mut self, ctx: &egui::Context) {
        if let Some(finished) = self.state.shown_result() {
            let case = finished.case.clone();
            let look = self.state.preferences.exhibit.clone();
            let draft = self.exhibit_drafts.get(&case).cloned();
            self.exhibit_preview = Some(ExhibitPreview::begin(ctx, case, look, draft));
            self.state.overlay = Overlay::Exhibit;
        }
    }

    fn write_exhibit(&mut self, ctx: &egui::Context, out: PathBuf) {
        let Some(exhibit_preview) = self.exhibit_preview.take() else {
            return;
        };
        self.state.overlay = Overlay::None;
        if let Some(form) = &exhibit_preview.form {
            self.state.preferences.exhibit = ExhibitLook::of(form);
            self.state.keep();
            let job = BackgroundJob::exhibit(ctx, exhibit_preview.folder, form.order(out));
            self.jobs.push(job);
        }
    }

    fn check_case(&mut self, ctx: &egui::Context, replay: bool) {
        if let Some(finished) = self.state.shown_result() {
            // What is done over for nobody any more would only hold up what is asked for now.
            if let Some(check) = &self.check {
                check.cancel();
            }
            self.check = Some(VerificationJob::begin(ctx, finished.case.clone(), replay));
            self.state.screen = Screen::Case;
        }
    }

    fn note(&mut self, ctx: &egui::Context, item: String, text: String) {
        if let Some(finished) = self.state.shown_result() {
            let folder = finished.case.clone();
            self.jobs.push(BackgroundJob::note(ctx, folder, item, text));
        }
    }

    fn set_language(&mut self, language: Option<Language>) {
        let state = &mut self.state;
        state.preferences.language = language;
        words::speak(state.language());
        // What was read or drawn in the language before is read and drawn again.
        self.case_cache.forget();
        self.charts = Charts::default();
        state.inspection.forget();
        state.keep();
    }

    fn set_theme(&mut self, ctx: &egui::Context, theme: super::preferences::Theme) {
        self.state.preferences.theme = theme;
        super::apply_theme(ctx, theme);
        self.state.keep();
    }

    fn set_scale(&mut self, ctx: &egui::Context, by: i8) {
        let scale = match by {
            0 => 1.0,
            by => self.state.preferences.scale + SCALE_STEP * f32::from(by),
        };
        self.state.preferences.scale = scale.clamp(*SCALES.start(), *SCALES.end());
        ctx.set_zoom_factor(self.state.preferences.scale);
        self.state.keep();
    }

    fn hash_models(&mut self, ctx: &egui::Context) {
        let Some(known) = self.state.inspection.known() else {
            return;
        };
        for role in ModelRole::BOTH {
            if let Some(Ok(facts)) = known.model(role) {
                let hashes = &mut self.state.hashes;
                hashes
                    .entry(facts.files.clone())
                    .or_insert_with(|| Hash::begin(ctx, facts));
            }
        }
    }

    fn quit(&mut self, ctx: &egui::Context) {
        if self.state.run.is_some() {
            self.state.overlay = Overlay::ConfirmQuit;
        } else {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        }
    }

    /// Takes in what the run under way has told.
    pub fn follow_run(&mut self) {
        let Some(run) = &mut self.state.run else {
            return;
        };
        let before = run.artwork().map(Path::to_owned);
        let outcomes = run.follow();
        let now = run.artwork().map(Path::to_owned);
        // Whoever watches the run sees in the queue where it is.
        if self.state.screen == Screen::Recover && now != before {
            let work = now.and_then(|path| self.state.queue.by_path(&path).map(|work| work.id));
            self.state.queue.selected = work.or(self.state.queue.selected);
            self.state.row_to_show = work;
        }
        if !outcomes.is_empty() {
            self.case_cache.forget();
        }
        for outcome in outcomes {
            self.state.take(outcome);
        }
    }
}
