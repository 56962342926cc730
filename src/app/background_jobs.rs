//! Work on a finished case that takes its time and ends in a notice: an exhibit that is written, a case that
//! is put into one file, a note or a timestamp that goes into its journal; variants that are sealed or ranked.

use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use eframe::egui;

use super::state::{AddedControls, Grade, Notice, Resumption};
use super::tasks::Task;
use crate::app::words::{self, say};
use palimpsest_method::artwork::Crop;
use palimpsest_record::case::{Role, users_signer};
use palimpsest_record::casework::exhibit::{Order, write_exhibit};
use palimpsest_record::casework::inputs::archive;
use palimpsest_record::casework::notes::note;
use palimpsest_record::casework::siblings::rank_siblings;
use palimpsest_record::casework::stamping::{attach_file, query_of};
use palimpsest_record::casework::{Control, add_controls};
use palimpsest_record::operator;
use palimpsest_record::sealed_siblings::{FILE, seal};

/// Something under way.
pub struct BackgroundJob {
    /// Name for the status bar.
    pub what: &'static str,
    task: Task<Option<Made>>,
}

/// The thing that was made, where it has to be told.
struct Made {
    text: String,
    show: Option<PathBuf>,
    /// The case of which something is left to be done.
    resume: Option<PathBuf>,
}

impl Made {
    fn new(text: String, show: Option<PathBuf>) -> Self {
        let resume = None;
        Self { text, show, resume }
    }
}

impl BackgroundJob {
    /// Writes the exhibit of the case in `folder`.
    pub fn exhibit(ctx: &egui::Context, folder: PathBuf, order: Order) -> Self {
        let what = say!("writing-the-exhibit");
        let task = Task::start(ctx, "writing an exhibit", move || {
            let written = write_exhibit(&folder, &order).map_err(|error| error.to_string())?;
            let pages = written.pages;
            let mut text =
                say!("exhibit-written", "file" => written.path.display(), "pages" => pages);
            let examiner = order.cover.examiner.trim();
            if !examiner.is_empty()
                && operator::name().is_none()
                && let Err(error) = operator::remember(examiner)
            {
                text = format!("{text} {}", say!("name-not-kept", "error" => error));
            }
            if !written.missing.is_empty() {
                let missing: String = written.missing.iter().collect();
                text = format!("{text} {}", say!("no-font-has", "missing" => missing));
            }
            let show = Some(written.path);
            Ok(Some(Made::new(text, show)))
        });
        Self { what, task }
    }

    /// Puts the case in `folder` into one file.
    pub fn archive(ctx: &egui::Context, folder: PathBuf, to: PathBuf) -> Self {
        let what = say!("exporting-the-case");
        let task = Task::start(ctx, "exporting a case", move || {
            let go_on = |_| ControlFlow::Continue(());
            let (sha256, inputs) =
                archive(&folder, &to, go_on).map_err(|error| error.to_string())?;
            let mut text = say!(
                "the-case-was-written-to-sha",
                "file" => to.display(),
                "hash" => sha256.to_string(),
            );
            for missing in &inputs.missing {
                text = format!(
                    "{text} {}",
                    say!("no-longer-there", "file" => missing.path.display())
                );
            }
            let show = Some(to.parent().map_or(to.clone(), Path::to_owned));
            Ok(Some(Made::new(text, show)))
        });
        Self { what, task }
    }

    /// Notes something about an item of the case in `folder`; the journal shows it, and nothing else is said.
    pub fn note(ctx: &egui::Context, folder: PathBuf, item: String, text: String) -> Self {
        let what = say!("noting");
        let task = Task::start(ctx, "noting", move || {
            let notes = BTreeMap::from([(item, text)]);
            note(&folder, &notes).map_err(|error| error.to_string())?;
            Ok(None)
        });
        Self { what, task }
    }

    /// Attaches the timestamp in `token` to the case in `folder`.
    pub fn timestamp(ctx: &egui::Context, folder: PathBuf, token: PathBuf) -> Self {
        let what = say!("attaching-the-timestamp");
        let task = Task::start(ctx, "attaching a timestamp", move || {
            let text = attach_file(&folder, &token).map_err(|error| error.to_string())?;
            Ok(Some(Made::new(text, None)))
        });
        Self { what, task }
    }

    /// Writes the query for a timestamp of the case in `folder` into `file`.
    pub fn timestamp_query(ctx: &egui::Context, folder: PathBuf, file: PathBuf) -> Self {
        let what = say!("writing-the-query");
        let task = Task::start(ctx, "writing a query", move || {
            query_of(&folder, &file).map_err(|error| error.to_string())?;
            let text = say!("query-written", "file" => file.display());
            let show = Some(file);
            Ok(Some(Made::new(text, show)))
        });
        Self { what, task }
    }

    /// Seals `count` variants of the picture `work` in the folder `out`.
    pub fn seal(ctx: &egui::Context, work: PathBuf, count: u16, out: PathBuf) -> Self {
        let what = say!("sealing-variants");
        let task = Task::start(ctx, "sealing variants", move || {
            let signer = users_signer().map_err(|error| error.to_string())?;
            let sealed = seal(&work, count, &out, &signer).map_err(|error| error.to_string())?;
            let published = out.join(&sealed.seal.published);
            let text = say!(
            "publish-this",
            "published" => published.display(),
            "variants" => count.saturating_sub(1),
            "seal" => out.join(FILE).display(),
            "hash" => sealed.sha256.to_string(),
            );
            let show = Some(published);
            Ok(Some(Made::new(text, show)))
        });
        Self { what, task }
    }

    /// Ranks the published variant of the seal in `file` among its siblings, by the case in `folder`.
    pub fn rank(ctx: &egui::Context, folder: PathBuf, file: PathBuf) -> Self {
        let what = say!("ranking-the-variants");
        let task = Task::start(ctx, "ranking variants", move || {
            let ranked = rank_siblings(&folder, &file).map_err(|error| error.to_string())?;
            let text = say!(
                "titled",
                "title" => words::recorded(ranked.score),
                "text" => words::recorded(&ranked.sentence),
            );
            Ok(Some(Made::new(text, None)))
        });
        Self { what, task }
    }

    /// Writes the exhibit on the variants of the seal in `file` into the case in `folder`.
    pub fn sibling_exhibit(ctx: &egui::Context, folder: PathBuf, file: PathBuf) -> Self {
        let order = Order {
            siblings: Some(file),
            ..Order::default()
        };
        Self::exhibit(ctx, folder, order)
    }

    /// Adds controls to a case; what is left to be done of it then can be gone on with.
    pub fn extend(ctx: &egui::Context, added: AddedControls) -> Self {
        let what = say!("adding-controls");
        let task = Task::start(ctx, "adding controls", move || {
            let controls = added.pictures.into_iter().map(|path| Control {
                path,
                crop: Crop::CENTRE,
                role: Role::Negative,
                declared: added.declared.clone(),
            });
            let controls: Vec<Control> = controls.collect();
            add_controls(&added.case, &controls).map_err(|error| error.to_string())?;
            let text = say!("controls-added", "controls" => controls.len());
            Ok(Some(Made {
                text,
                show: None,
                resume: Some(added.case),
            }))
        });
        Self { what, task }
    }

    /// The notice in which it ended, if there is something to tell, or the errand if it goes on.
    pub fn follow(self) -> Result<Option<Notice>, Self> {
        let what = self.what;
        let done = self.task.take().map_err(|task| Self { what, task })?;
        let (grade, text, show, resume) = match done {
            Ok(None) => return Ok(None),
            Ok(Some(made)) => (Grade::Note, made.text, made.show, made.resume),
            Err(error) => (
                Grade::Error,
                say!("what-failed", "what" => what, "error" => words::recorded(&error)),
                None,
                None,
            ),
        };
        Ok(Some(Notice {
            grade,
            text,
            resume: resume.map(Resumption::Case),
            show,
        }))
    }
}
