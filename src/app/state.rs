//! Everything the window shows, and nothing of how it shows it. It is changed by commands and by the news
//! of work under way, both in one place each.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::case_opening::CaseOpening;
use super::forms_job::FormsJob;
use super::inspection::Inspection;
use super::left_runs::LeftRun;
use super::library::{LibraryView, Wanted};
use super::light_table::ResultsView;
use super::nearest_job::NearestJob;
use super::prediction_job::PredictionJob;
use super::preferences::{Preferences, PreferencesFile};
use super::queue::{Queue, WorkId};
use super::room::Room;
use super::run::Run;
use super::set_up::SetUp;
use super::undo::History;
use super::unfinished_run::{RunFile, RunRecord};
use crate::app::words::{self, say};
use palimpsest_method::artwork::Crop;
use palimpsest_method::examination::Findings;
use palimpsest_method::mask::Mask;
use palimpsest_record::case::Role;
use palimpsest_record::case::archive::Unpacked;
use palimpsest_record::casework::exhibit::Cover;
use palimpsest_record::language::Language;

/// A screen: it fills the middle of the window.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Screen {
    /// The artwork as it will be examined, and all settings.
    #[default]
    Prepare,
    /// The run as it goes on.
    Recover,
    /// Original, partial and recovered picture of a finished artwork, and what was found.
    Compare,
    /// All that was found, as a table and as a matrix.
    Results,
    /// The items and the journal of the case that the shown result belongs to.
    Case,
}

impl Screen {
    pub const ALL: [Self; 5] = [
        Self::Prepare,
        Self::Recover,
        Self::Compare,
        Self::Results,
        Self::Case,
    ];

    pub fn title(self) -> &'static str {
        match self {
            Self::Prepare => say!("prepare"),
            Self::Recover => say!("recover"),
            Self::Compare => say!("compare"),
            Self::Results => say!("results"),
            Self::Case => say!("case"),
        }
    }
}

/// A finished examination of one artwork.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The folder of the case.
    pub case: PathBuf,
    /// The picture that was examined.
    pub path: PathBuf,
    /// Its role in the case.
    pub role: Role,
    pub mask: Mask,
    /// The set-up of the desk; none if it comes from a case that was opened.
    pub set_up: Option<SetUp>,
    pub findings: Arc<Findings>,
}

/// Gravity of a notice.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Grade {
    Note,
    Warning,
    Error,
}

/// Something said to the user that stays until it is dismissed.
#[derive(Clone, Debug, PartialEq)]
pub struct Notice {
    pub grade: Grade,
    pub text: String,
    /// Work that can be gone on with.
    pub resume: Option<Resumption>,
    /// A file or folder that was made.
    pub show: Option<PathBuf>,
}

/// Work that is left to be done.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Resumption {
    /// Of a case, by its folder.
    Case(PathBuf),
    /// Of a run with all its cases, by the file of its record.
    Run(PathBuf),
}

/// A layer over the window that takes the keyboard.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Overlay {
    #[default]
    None,
    /// Every command, found by typing.
    Palette {
        query: String,
        chosen: usize,
    },
    /// A path typed in, where no dialog of the system answers.
    Path {
        purpose: Purpose,
        text: String,
    },
    /// Asks whether to end a run together with the program.
    ConfirmQuit,
    Shortcuts,
    About,
    /// An exhibit before it is written, with its pages.
    Exhibit,
    /// The model library, to choose from.
    Library(LibraryChoice),
    /// Variants of the selected work that are to be sealed.
    Sealing {
        variants: u16,
    },
    /// Controls that a finished case is to be given.
    AddControls(AddedControls),
    /// What was found of an exhibit whose case is not at hand.
    ExhibitAlone(Box<ExhibitAlone>),
}

/// What was found of an exhibit whose case is not at hand.
#[derive(Clone, Debug, PartialEq)]
pub struct ExhibitAlone {
    /// The name of its file.
    pub name: String,
    pub cover: Cover,
    /// Faults, what holds, and what nobody can tell, one sentence each.
    pub problems: Vec<String>,
    pub holds: Vec<String>,
    pub cannot_tell: Vec<String>,
}

/// Controls for a case that is there.
#[derive(Clone, Debug, PartialEq)]
pub struct AddedControls {
    /// The folder of the case.
    pub case: PathBuf,
    pub pictures: Vec<PathBuf>,
    /// How they are known not to have been used, in the user's words.
    pub declared: String,
}

/// A choice from the model library that is being made.
#[derive(Clone, Debug, PartialEq)]
pub struct LibraryChoice {
    pub wanted: Wanted,
    /// Words that stand in what is listed.
    pub query: String,
    /// True if only adapters are listed.
    pub adapters: bool,
    /// True if what cannot be examined is listed as well.
    pub refused: bool,
    /// True if the folders of the library are listed in place of what is in them.
    pub folders: bool,
    /// The row that the keys have reached.
    pub reached: usize,
}

impl LibraryChoice {
    pub fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            query: String::new(),
            adapters: false,
            refused: false,
            folders: false,
            reached: 0,
        }
    }
}

/// Purpose for which a file or folder is asked for.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Purpose {
    Artworks,
    ArtworkFolder,
    Controls(Role),
    Model(super::set_up::ModelRole),
    ModelFile(super::set_up::ModelRole),
    Encoder(super::set_up::Encoder),
    /// An adapter that is applied after those that are chosen.
    FurtherAdapter,
    /// A folder with configurations of models in one file.
    Configurations,
    /// A folder for the model library, while something is chosen from it.
    LibraryFolder(Wanted),
    NullRun,
    Case,
    CaseFile,
    CasesFolder,
    Table,
    Picture,
    Exhibit,
    Archive,
    Timestamp,
    TimestampQuery,
    /// The folder for so many variants of the selected work.
    Variants(u16),
    /// The seal of the variants that a case examined.
    Seal,
    /// The same, for an exhibit of their rank.
    SealForExhibit,
    /// Works that a finished case is to be given as controls.
    AddedControls,
    /// A folder of them.
    AddedControlsFolder,
}

/// The state.
pub struct State {
    pub preferences: Preferences,
    /// The preferences as they were read or written last.
    kept: Preferences,
    pub store: PreferencesFile,
    pub queue: Queue,
    pub finished: Vec<Finished>,
    /// The finished examination that is shown, by its place.
    pub chosen: Option<usize>,
    /// The one that is shown beside it, by its place.
    pub beside: Option<usize>,
    pub run: Option<Run>,
    pub inspection: Inspection,
    /// The disk that new cases are kept on.
    pub room: Room,
    pub library: LibraryView,
    pub notices: Vec<Notice>,
    /// Cases on their way into the window.
    pub openings: Vec<CaseOpening>,
    /// Runs that were left, as far as they are gone on with or offered.
    pub left_runs: Vec<LeftRun>,
    /// The record of the run under way; none where it could not be written.
    pub run_record: Option<(RunFile, RunRecord)>,
    /// True while the controls of a run are drawn, which starts when they are.
    pub drawing_controls: bool,
    /// The row of the queue that is to be scrolled to.
    pub row_to_show: Option<WorkId>,
    pub screen: Screen,
    pub overlay: Overlay,
    /// Cases that were taken out of archives; their folders go with them.
    pub only_looked_at: Vec<Unpacked>,
    /// Controls that a case is to be given, while a path is asked for.
    pub adding: Option<AddedControls>,
    pub results: ResultsView,
    pub history: History,
    /// Hashes of models as they become known, by their files.
    pub hashes: BTreeMap<Vec<PathBuf>, super::inspection::Hash>,
    /// Both readings of a model that does not say what it predicts, as they are measured.
    pub prediction: PredictionJob,
    /// Which works are other pictures as they are stored.
    pub forms: FormsJob,
    /// The library's models nearest to the fine-tuned one, as somebody asked for them.
    pub nearest: NearestJob,
    /// True if a run shows its last true decoding in place of the preview.
    pub shows_decoded: bool,
    /// True if the program is to end although a run is under way.
    pub quitting: bool,
}

impl State {
    /// The language that the window speaks.
    pub fn language(&self) -> Language {
        self.store.language(self.preferences.language)
    }

    pub fn new(store: PreferencesFile) -> Self {
        let (preferences, damaged) = store.load();
        let mut state = Self {
            kept: preferences.clone(),
            preferences,
            store,
            queue: Queue::default(),
            finished: Vec::new(),
            chosen: None,
            beside: None,
            run: None,
            inspection: Inspection::default(),
            room: Room::default(),
            library: LibraryView::default(),
            notices: Vec::new(),
            openings: Vec::new(),
            left_runs: Vec::new(),
            run_record: None,
            drawing_controls: false,
            row_to_show: None,
            screen: Screen::default(),
            overlay: Overlay::default(),
            only_looked_at: Vec::new(),
            adding: None,
            results: ResultsView::default(),
            history: History::default(),
            hashes: BTreeMap::new(),
            prediction: PredictionJob::default(),
            forms: FormsJob::default(),
            nearest: NearestJob::default(),
            shows_decoded: false,
            quitting: false,
        };
        if let Some(text) = damaged {
            state.say(Grade::Warning, text);
        }
        state.find_left_runs();
        state
    }

    pub fn say(&mut self, grade: Grade, text: impl Into<String>) {
        let notice = Notice {
            grade,
            text: words::recorded(&text.into()),
            resume: None,
            show: None,
        };
        if !self.notices.contains(&notice) {
            self.notices.push(notice);
        }
    }

    /// Writes the settings that this window has changed; a disk that is full is said once.
    pub fn keep(&mut self) {
        match self.store.save(&self.kept, &self.preferences) {
            Ok(()) => self.kept.clone_from(&self.preferences),
            Err(error) => self.say(
                Grade::Warning,
                say!("the-settings-could-not-be-kept", "error" => error),
            ),
        }
    }

    pub fn set_up(&self) -> &SetUp {
        &self.preferences.set_up
    }

    /// The finished examination that is shown.
    pub fn shown_result(&self) -> Option<&Finished> {
        self.finished.get(self.chosen?)
    }

    /// The two finished examinations that are shown beside each other.
    pub fn shown_pair(&self) -> Option<[&Finished; 2]> {
        let beside = self.beside.filter(|beside| Some(*beside) != self.chosen)?;
        Some([self.shown_result()?, self.finished.get(beside)?])
    }

    /// The finished examinations of a picture, the newest last.
    pub fn results_of<'a>(&'a self, path: &'a Path) -> impl Iterator<Item = (usize, &'a Finished)> {
        let numbered = self.finished.iter().enumerate();
        numbered.filter(move |(_, finished)| finished.path == path)
    }

    /// True if the artwork was examined with this mask and the desk as it is set now.
    pub fn is_examined(&self, (path, crop): (&Path, Crop), mask: Mask) -> bool {
        self.results_of(path).any(|(_, finished)| {
            finished.mask == mask
                && finished.findings.artwork.crop == crop
                && finished.set_up.as_ref() == Some(&self.preferences.set_up)
        })
    }

    /// State of an artwork in its examination.
    pub fn status(&self, id: WorkId) -> Status {
        let Some(work) = self.queue.get(id) else {
            return Status::Waiting;
        };
        if self.run.as_ref().is_some_and(|run| run.is_on(&work.path)) {
            return Status::Running;
        }
        match (&work.failed, self.results_of(&work.path).count()) {
            (Some(_), _) => Status::Failed,
            (None, 0) => Status::Waiting,
            (None, results) => Status::Finished(results),
        }
    }

    /// Reason for which nothing can be made of the case that is shown; `None` if something can.
    pub fn refuses_case(&self) -> Option<String> {
        let Some(shown) = self.shown_result() else {
            return Some(say!("no-result-is-shown").into());
        };
        if self.is_only_looked_at(&shown.case) {
            return Some(say!("the-case-was-opened").into());
        }
        self.refuses_check()
    }

    /// Reason for which the case that is shown cannot be verified; `None` if it can.
    pub fn refuses_check(&self) -> Option<String> {
        let Some(shown) = self.shown_result() else {
            return Some(say!("no-result-is-shown").into());
        };
        let run = self.run.as_ref();
        let busy = run.is_some_and(|run| run.cases.iter().any(|case| case.folder == shown.case));
        busy.then(|| say!("the-case-is-being-worked").into())
    }

    /// Reason for which no run can be started; `None` if one can.
    pub fn refuses_start(&self) -> Option<String> {
        let refuse = |reason: &str| Some(reason.to_owned());
        if self.run.is_some() {
            return refuse(say!("a-run-is-under-way"));
        }
        if self.drawing_controls {
            return refuse(say!("the-controls-are-being-drawn"));
        }
        if self.queue.works.iter().all(|work| work.failed.is_some()) {
            return refuse(say!("add-an-artwork-first"));
        }
        let mut usable = self.queue.works.iter().filter(|work| work.failed.is_none());
        if !usable.any(|work| work.role.is_questioned()) {
            return refuse(say!("no-work-is-questioned-all"));
        }
        if self.preferences.set_up.pretrained.is_none() {
            return refuse(say!("first-choose-pretrained"));
        }
        if self.preferences.set_up.finetuned.is_none() {
            return refuse(say!("first-choose-finetuned"));
        }
        if self.preferences.set_up.masks.is_empty() {
            return refuse(say!("choose-a-mask"));
        }
        self.inspection.refuses().or_else(|| self.refuses_room())
    }
}

/// State of an artwork.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Status {
    Waiting,
    Running,
    /// With so many results.
    Finished(usize),
    Failed,
}
