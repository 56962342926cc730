//! The system's dialogs for files, on a thread of their own. Where no dialog service answers, the window
//! asks for the path itself.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui;

use super::dropped_models::MODEL_FILES;
use super::state::Purpose;
use super::tasks::Task;
use crate::app::words::say;
use palimpsest_method::artwork::PICTURE_EXTENSIONS;
use palimpsest_record::case::Role;

/// Nobody dismisses a dialog this fast: it was never shown.
const NEVER_SHOWN: Duration = Duration::from_millis(400);

/// Answer to a dialog.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    Chosen(Vec<PathBuf>),
    Dismissed,
    /// There is no dialog service.
    Unavailable,
}

/// Asks for paths; tests put their own in its place.
pub trait Dialogs {
    fn ask(&self, ctx: &egui::Context, purpose: Purpose) -> Task<Answer>;
}

/// Those of the system.
pub struct SystemDialogs;

impl Dialogs for SystemDialogs {
    fn ask(&self, ctx: &egui::Context, purpose: Purpose) -> Task<Answer> {
        Task::start(ctx, "asking for a file", move || {
            let began = Instant::now();
            let dialog = rfd::FileDialog::new().set_title(title(purpose));
            let one = |path: Option<PathBuf>| path.map(|path| vec![path]);
            let chosen = match purpose {
                Purpose::Artworks | Purpose::AddedControls => dialog
                    .add_filter(say!("pictures"), &PICTURE_EXTENSIONS)
                    .pick_files(),
                Purpose::ModelFile(_) | Purpose::FurtherAdapter => one(dialog
                    .add_filter(say!("models-and-loras"), &MODEL_FILES)
                    .pick_file()),
                Purpose::CaseFile => one(dialog
                    .add_filter(say!("archives-and-exhibits"), &["zip", "pdf"])
                    .pick_file()),
                Purpose::Table => one(dialog.set_file_name("results.csv").save_file()),
                Purpose::Picture => one(dialog.set_file_name("recovered.png").save_file()),
                Purpose::Exhibit => one(dialog.set_file_name("exhibit.pdf").save_file()),
                Purpose::Archive => one(dialog.set_file_name("case.zip").save_file()),
                Purpose::Timestamp => one(dialog
                    .add_filter(say!("timestamps"), &["tsr", "tst", "der"])
                    .pick_file()),
                Purpose::TimestampQuery => one(dialog.set_file_name("case.tsq").save_file()),
                Purpose::Seal | Purpose::SealForExhibit => {
                    one(dialog.add_filter(say!("seals"), &["json"]).pick_file())
                }
                _ => one(dialog.pick_folder()),
            };
            Ok(match chosen {
                Some(paths) => Answer::Chosen(paths),
                None if began.elapsed() < NEVER_SHOWN => Answer::Unavailable,
                None => Answer::Dismissed,
            })
        })
    }
}

/// The question, as a dialog's title.
pub fn title(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Artworks => say!("title-open-artworks"),
        Purpose::ArtworkFolder => say!("title-open-a-folder-of-artworks"),
        Purpose::Controls(Role::Negative) => say!("open-a-folder-of-negative-controls"),
        Purpose::Controls(Role::Positive) => say!("open-a-folder-of-positive-controls"),
        Purpose::Controls(_) => say!("open-a-folder-of-works"),
        Purpose::Model(super::set_up::ModelRole::Pretrained) => {
            say!("title-pretrained-folder")
        }
        Purpose::Model(super::set_up::ModelRole::Finetuned) => {
            say!("title-finetuned-folder")
        }
        Purpose::ModelFile(super::set_up::ModelRole::Pretrained) => {
            say!("title-pretrained-file")
        }
        Purpose::ModelFile(super::set_up::ModelRole::Finetuned) => {
            say!("title-finetuned-file")
        }
        Purpose::FurtherAdapter => say!("choose-another-adapter-lora"),
        Purpose::Configurations => say!("choose-the-folder-with-the-models"),
        Purpose::Encoder(super::set_up::Encoder::Clip) => say!("choose-the-folder-of-clip-vit"),
        Purpose::Encoder(super::set_up::Encoder::Dino) => say!("choose-the-folder-of-dino-vit"),
        Purpose::LibraryFolder(_) => say!("choose-a-folder-with-models"),
        Purpose::NullRun => say!("choose-the-other-fine-tuned-models"),
        Purpose::Case => say!("open-the-folder-of-a-case"),
        Purpose::CaseFile => say!("open-the-archive-of-a-case"),
        Purpose::CasesFolder => say!("choose-the-folder-for-new-cases"),
        Purpose::Table => say!("export-the-table-as-csv"),
        Purpose::Picture => say!("export-the-recovered-picture-as-png"),
        Purpose::Exhibit => say!("save-the-exhibit-as-pdf"),
        Purpose::Archive => say!("export-the-case-as-a-zip"),
        Purpose::Timestamp => say!("attach-a-timestamp-to-the-case"),
        Purpose::TimestampQuery => say!("write-the-query-for-a-timestamp"),
        Purpose::Variants(_) => say!("choose-an-empty-folder"),
        Purpose::AddedControls => say!("choose-works-that-were-not-used"),
        Purpose::AddedControlsFolder => say!("choose-a-folder-of-works"),
        Purpose::Seal | Purpose::SealForExhibit => say!("choose-the-seal-of-the-variants"),
    }
}
