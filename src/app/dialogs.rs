//! The system's dialogs for files, on a thread of their own. Where no dialog service answers, the window
//! asks for the path itself.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use eframe::egui;

use super::dropped_models::MODEL_FILES;
use super::state::Purpose;
use super::tasks::Task;
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
                    .add_filter("Pictures", &PICTURE_EXTENSIONS)
                    .pick_files(),
                Purpose::ModelFile(_) | Purpose::FurtherAdapter => one(dialog
                    .add_filter("Models and LoRAs", &MODEL_FILES)
                    .pick_file()),
                Purpose::CaseFile => one(dialog
                    .add_filter("Archives and exhibits", &["zip", "pdf"])
                    .pick_file()),
                Purpose::Table => one(dialog.set_file_name("results.csv").save_file()),
                Purpose::Picture => one(dialog.set_file_name("recovered.png").save_file()),
                Purpose::Exhibit => one(dialog.set_file_name("exhibit.pdf").save_file()),
                Purpose::Archive => one(dialog.set_file_name("case.zip").save_file()),
                Purpose::Timestamp => one(dialog
                    .add_filter("Timestamps", &["tsr", "tst", "der"])
                    .pick_file()),
                Purpose::TimestampQuery => one(dialog.set_file_name("case.tsq").save_file()),
                Purpose::Seal | Purpose::SealForExhibit => {
                    one(dialog.add_filter("Seals", &["json"]).pick_file())
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
        Purpose::Artworks => "Open artworks",
        Purpose::ArtworkFolder => "Open a folder of artworks",
        Purpose::Controls(Role::Negative) => "Open a folder of negative controls",
        Purpose::Controls(Role::Positive) => "Open a folder of positive controls",
        Purpose::Controls(_) => "Open a folder of works for comparison",
        Purpose::Model(super::set_up::ModelRole::Pretrained) => {
            "Choose the pretrained model's folder"
        }
        Purpose::Model(super::set_up::ModelRole::Finetuned) => {
            "Choose the fine-tuned model's folder"
        }
        Purpose::ModelFile(super::set_up::ModelRole::Pretrained) => {
            "Choose the pretrained model's file"
        }
        Purpose::ModelFile(super::set_up::ModelRole::Finetuned) => {
            "Choose the fine-tuned model's file or LoRA"
        }
        Purpose::FurtherAdapter => "Choose another adapter (LoRA)",
        Purpose::Configurations => "Choose the folder with the model's configurations",
        Purpose::Encoder(super::set_up::Encoder::Clip) => "Choose the folder of CLIP ViT-B/32",
        Purpose::Encoder(super::set_up::Encoder::Dino) => "Choose the folder of DINO ViT-S/16",
        Purpose::LibraryFolder(_) => "Choose a folder with models for the library",
        Purpose::NullRun => "Choose the other fine-tuned model's folder",
        Purpose::Case => "Open the folder of a case",
        Purpose::CaseFile => "Open the archive of a case, or an exhibit",
        Purpose::CasesFolder => "Choose the folder for new cases",
        Purpose::Table => "Export the table as CSV",
        Purpose::Picture => "Export the recovered picture as PNG",
        Purpose::Exhibit => "Save the exhibit as PDF",
        Purpose::Archive => "Export the case as a zip file",
        Purpose::Timestamp => "Attach a timestamp to the case",
        Purpose::TimestampQuery => "Write the query for a timestamp",
        Purpose::Variants(_) => "Choose an empty folder for the variants",
        Purpose::AddedControls => "Choose works that were not used",
        Purpose::AddedControlsFolder => "Choose a folder of works that were not used",
        Purpose::Seal | Purpose::SealForExhibit => "Choose the seal of the variants, sealed.json",
    }
}
