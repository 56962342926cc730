//! Cases as the window tells of them: what is in them, what was done, what they conclude. Read off the frame
//! when one is first shown; after something was done to it, what was added is read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use eframe::egui;

use super::tasks::Task;
use crate::app::words::{self, say};
use palimpsest_base::digest::Digest;
use palimpsest_method::artwork::Reading;
use palimpsest_method::examination::{Plan, SelfTest};
use palimpsest_method::verdict::MIN_NEGATIVES;
use palimpsest_record::case::{ArtworkView, CaseView, Question, Role, WorkState};
use palimpsest_record::casework::exhibit::entry_in_words;
use palimpsest_record::casework::validation::Validations;
use palimpsest_record::casework::{AssessedWork, Assessment, notes};
use palimpsest_record::exhibit::CustodyEntry;

/// A case.
#[derive(Debug)]
pub struct CachedCase {
    view: Arc<CaseView>,
    pub question: Question,
    /// None if the scores have not been weighed.
    pub assessment: Option<Assessment>,
    /// The validation dossiers that fit the case and those that do not, once the scores have been weighed; else the reason
    /// that they cannot be read.
    pub validations: Option<Result<Validations, String>>,
    /// The outcome of the self-test, once there is one.
    pub self_test: Option<SelfTest>,
    /// True if the case has any work for comparison.
    pub controlled: bool,
    pub items: Vec<CachedItem>,
    /// Its entries; none in a case of before there was one; else the reason that it cannot be read.
    pub journal: Result<Vec<CustodyEntry>, String>,
    /// Fingerprint of the key that signs the journal, and the hash of its last entry; none in cases of before
    /// there was one.
    pub seal: Option<[String; 2]>,
}

/// Something that is examined.
#[derive(Clone, Debug)]
pub struct CachedItem {
    /// Its folder in the case.
    pub folder: String,
    pub name: String,
    pub role: Role,
    /// Number of the repetition of its examination, the first being 0.
    pub repeat: u32,
    /// The reading of its file, where it is a further one.
    pub reading: Option<Reading>,
    /// The user's declaration about it.
    pub declared: String,
    /// Of its file.
    pub sha256: Option<Digest>,
    /// The primary score; else why there is none.
    pub score: Result<f64, String>,
    /// The reason that it is kept out of the statistics.
    pub kept_out: Option<String>,
    /// Its picture in the case, if it was examined.
    pub picture: Option<PathBuf>,
    /// The examiner's note.
    pub note: String,
}

type Read = Result<Arc<CachedCase>, String>;

/// One that has been asked for.
#[derive(Default)]
struct Asked {
    /// The content that was read last. It is shown until what is read anew is there: nothing may jump under the pointer.
    known: Option<Read>,
    /// The case as far as it was read: only what was added since is read again.
    view: Option<Arc<CaseView>>,
    /// None while nothing is read, and nothing has to be.
    reading: Option<Task<Arc<CachedCase>>>,
    stale: bool,
}

/// Those that have been asked for, by their folders.
#[derive(Default)]
pub struct CaseCache {
    asked: BTreeMap<PathBuf, Asked>,
    /// Grows whenever one has been read.
    pub version: u64,
}

impl CaseCache {
    /// The case in `folder`; none while it is read for the first time, or why it cannot be.
    pub fn of(&mut self, ctx: &egui::Context, folder: &Path) -> Option<Read> {
        let asked = self.asked.entry(folder.to_owned()).or_insert(Asked {
            stale: true,
            ..Asked::default()
        });
        match asked.reading.take().map(Task::take) {
            Some(Ok(read)) => {
                if let Ok(cached) = &read {
                    asked.view = Some(cached.view.clone());
                }
                asked.known = Some(read);
                self.version += 1;
            }
            Some(Err(task)) => asked.reading = Some(task),
            None if asked.stale => {
                asked.stale = false;
                let (folder, known) = (folder.to_owned(), asked.view.clone());
                let task = Task::start(ctx, "reading a case", move || {
                    read(&folder, known.as_deref()).map(Arc::new)
                });
                asked.reading = Some(task);
            }
            None => {}
        }
        asked.known.clone()
    }

    /// Keeps a case that was read for something else.
    pub fn learn(&mut self, view: CaseView) {
        let asked = self.asked.entry(view.folder.clone()).or_default();
        asked.stale = true;
        asked.view = Some(Arc::new(view));
    }

    /// Has what is known read anew, since something has been examined or written.
    pub fn forget(&mut self) {
        for asked in self.asked.values_mut() {
            asked.stale = true;
        }
    }
}

fn read(folder: &Path, known: Option<&CaseView>) -> Result<CachedCase, String> {
    let view = match known {
        Some(view) => view.read_again(),
        None => CaseView::read(folder),
    };
    let view = view.map_err(|error| error.to_string())?;
    let assessment = Assessment::read(folder).map_err(|error| error.to_string())?;
    let journal = view.entries().map_err(|error| error.to_string());
    // One that cannot be read has no notes; the screen shows why.
    let entries = journal.as_deref().unwrap_or_default();
    let notes = notes::notes_of(entries);
    let works = assessment.iter().flat_map(|assessment| &assessment.works);
    let folders = works.flat_map(|work| work.folders.iter().map(move |folder| (folder, work)));
    let assessed: BTreeMap<&String, &AssessedWork> = folders.collect();
    let items = view.artworks.iter().map(|artwork| {
        let folder = &artwork.entry.folder;
        // Most works have no note.
        let note = notes.get(folder).cloned().unwrap_or_default();
        CachedItem::of(artwork, &view, assessed.get(folder).copied(), note)
    });
    let items = items.collect();
    let weighed = assessment.as_ref().map(|assessment| &assessment.verdict);
    let validations = weighed.map(|verdict| {
        let found = Validations::of(&view, verdict);
        found.map_err(|error| error.to_string())
    });
    let mut artworks = view.artworks.iter();
    let seal = entries
        .last()
        .map(|entry| [entry.key.fingerprint().to_string(), entry.hash.to_string()]);
    Ok(CachedCase {
        controlled: artworks.any(|artwork| !artwork.entry.role.is_questioned()),
        items,
        question: view.question.clone(),
        assessment,
        validations,
        self_test: view.self_test(),
        seal,
        journal: journal.map(|entries| {
            let texts = words::exhibit();
            let entries = entries.iter();
            entries.map(|entry| entry_in_words(texts, entry)).collect()
        }),
        view: Arc::new(view),
    })
}

impl CachedCase {
    /// The plan of its examinations.
    pub fn plan(&self) -> &Plan {
        &self.view.plan
    }

    /// True if it has too few negative controls for any statement.
    pub fn lacks_controls(&self) -> bool {
        let controls = self.items.iter();
        let controls = controls.filter(|item| {
            item.role == Role::Negative && item.repeat == 0 && item.reading.is_none()
        });
        controls.count() < MIN_NEGATIVES
    }
}

impl CachedItem {
    fn of(
        artwork: &ArtworkView,
        view: &CaseView,
        assessed: Option<&AssessedWork>,
        note: String,
    ) -> Self {
        let entry = &artwork.entry;
        let twin = assessed.and_then(|work| work.near_duplicate.as_ref());
        let files = artwork.findings.as_ref().map(|findings| &findings.files);
        Self {
            folder: entry.folder.clone(),
            name: super::queue::name_of(entry.path.as_path()),
            role: entry.role,
            repeat: entry.repeat,
            reading: entry.reading,
            declared: entry.declared.clone(),
            sha256: entry.sha256,
            score: score_of(artwork, &view.question),
            kept_out: twin.map(|twin| twin.sentence()),
            picture: files.map(|files| view.folder.join(&files.original)),
            note,
        }
    }
}

fn score_of(artwork: &ArtworkView, question: &Question) -> Result<f64, String> {
    match (&artwork.findings, &artwork.entry.state) {
        (Some(findings), _) => {
            let score = findings.score(question.primary_score);
            score.ok_or_else(|| say!("not-evaluated").to_owned())
        }
        (None, WorkState::Failed { error }) => Err(error.clone()),
        (None, _) => Err(say!("not-examined-yet").into()),
    }
}
