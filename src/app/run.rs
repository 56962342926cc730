//! A run under way as the window knows it: which case and artwork, how far, and what there is to see.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use super::gpu::PictureHandle;
use super::queue::has_row;
use super::runner::{Job, Newest, News, Runner, Seen, Task};
use super::set_up::SetUp;
use super::time_left::WorkTimes;
use palimpsest_method::examination::{Findings, Stage};
use palimpsest_method::inversion::StepReport;
use palimpsest_method::mask::Mask;
use palimpsest_record::casework::Examination;

/// A case of the run.
#[derive(Clone, Debug)]
pub struct CaseRun {
    pub mask: Mask,
    pub folder: PathBuf,
    pub examinations: Vec<Examination>,
    /// The set-up of the desk if the case is new.
    pub set_up: Option<SetUp>,
    /// How many of them were finished before this run.
    pub finished_before: usize,
}

/// Pictures and numbers of the artwork whose turn it is.
#[derive(Default)]
pub struct Live {
    pub stage: Option<Stage>,
    pub seen: Option<Box<Seen>>,
    pub steps: Vec<StepReport>,
    /// Step, direction and gain in decibels where the latent was looked at.
    pub recovery: Vec<(usize, Option<f64>, Option<f64>)>,
    /// Structural similarity of the true decodings.
    pub structural: Vec<(f64, f64)>,
    pub newest: Option<Newest>,
    pub decoded: Option<(usize, PictureHandle)>,
}

impl Live {
    pub fn step(&self) -> Option<&StepReport> {
        self.steps.last()
    }
}

/// Something for the whole window in the news of a run.
pub enum RunEvent {
    /// An artwork is done with.
    Done {
        case: CaseRun,
        examination: Examination,
        outcome: Result<Arc<Findings>, String>,
    },
    /// The latent cannot be decoded beside the run, which goes on without.
    Undecoded(String),
    /// A case could not be worked on to its end.
    Failed { case: CaseRun, error: String },
    /// The run is over.
    Ended { interrupted: bool },
}

/// A run.
pub struct Run {
    runner: Runner,
    pub cases: Vec<CaseRun>,
    case: usize,
    /// The picture whose turn it is.
    artwork: Option<PathBuf>,
    /// Number of examinations in each case that were looked into so far: those in further readings are known only
    /// when the files of the works were looked at.
    known: Vec<usize>,
    pub live: Live,
    /// True if it is to stand still.
    pub paused: bool,
    /// True if it stands still: the step that was under way is done.
    pub halted: bool,
    pub stopping: bool,
    /// Grows with everything that is told.
    pub version: u64,
    /// Artworks of this case that are done with.
    done: BTreeSet<usize>,
    times: WorkTimes,
}

impl Run {
    /// Starts work on `cases`; the tasks belong to them in order.
    pub fn start(
        cases: Vec<CaseRun>,
        tasks: Vec<Task>,
        decode_every: usize,
        wake: super::runner::Wake,
    ) -> Self {
        let jobs = cases.iter().zip(tasks).map(|(case, task)| Job {
            folder: case.folder.clone(),
            task,
        });
        let known = cases.iter().map(|case| case.examinations.len());
        let known = known.collect();
        let runner = Runner::start(jobs.collect(), decode_every, wake);
        Self {
            runner,
            cases,
            case: 0,
            artwork: None,
            known,
            live: Live::default(),
            paused: false,
            halted: false,
            stopping: false,
            version: 0,
            done: BTreeSet::new(),
            times: WorkTimes::default(),
        }
    }

    /// How many artworks the run has, over all its cases.
    pub fn of(&self) -> usize {
        self.known.iter().sum()
    }

    /// How many of them are done with.
    pub fn done(&self) -> usize {
        let before: usize = self.known.iter().take(self.case).sum();
        let here = self.case().map_or(0, |case| case.finished_before) + self.done.len();
        (before + here).min(self.of())
    }

    /// The number of the case that is worked on, from 1.
    pub fn case_number(&self) -> usize {
        self.case + 1
    }

    /// Seconds that are left for all of it; none as long as nothing is known.
    pub fn seconds_left(&self) -> Option<f64> {
        let this = self.live.step().and_then(|step| step.seconds_left);
        // Of the cases to come, what was finished before costs nothing.
        let later = self.cases.iter().skip(self.case + 1);
        let finished: usize = later.map(|case| case.finished_before).sum();
        let others = (self.of() - self.done()).saturating_sub(1 + finished);
        self.times.left(Instant::now(), this, others)
    }

    /// The picture whose turn it is.
    pub fn artwork(&self) -> Option<&Path> {
        self.artwork.as_deref()
    }

    /// True if it is this picture's turn.
    pub fn is_on(&self, path: &Path) -> bool {
        self.artwork() == Some(path)
    }

    /// The case that is worked on.
    pub fn case(&self) -> Option<&CaseRun> {
        self.cases.get(self.case)
    }

    pub fn pause(&mut self) {
        self.runner.control().pause();
        self.paused = true;
    }

    pub fn resume(&mut self) {
        self.runner.control().resume();
        (self.paused, self.halted) = (false, false);
    }

    /// Ends after the current step; the checkpoint stays.
    pub fn stop(&mut self) {
        self.runner.control().cancel();
        self.stopping = true;
    }

    /// Lets the artwork whose turn it is be the last one, or takes that back.
    pub fn end_after_this(&mut self, end: bool) {
        self.runner.control().end_after_this(end);
    }

    pub fn ends_after_this(&self) -> bool {
        self.runner.control().ends_after_this()
    }

    /// Takes the newest latent and asks for the next one: call it when a frame is painted that shows it.
    pub fn look(&mut self) {
        if let Some(newest) = self.runner.slot().take() {
            self.live.newest = Some(newest);
        }
        self.runner.control().request_latent();
    }

    /// Takes in what was told; returns what concerns more than this run.
    pub fn follow(&mut self) -> Vec<RunEvent> {
        let news: Vec<_> = self.runner.news().collect();
        news.into_iter()
            .filter_map(|news| self.take(news))
            .collect()
    }

    fn take(&mut self, news: News) -> Option<RunEvent> {
        self.version += 1;
        match news {
            News::Job(job) => {
                self.case = job;
                self.artwork = None;
                self.done.clear();
            }
            News::Artwork { of, path } => {
                self.artwork = Some(path);
                if let Some(known) = self.known.get_mut(self.case) {
                    *known = of;
                }
                self.times.begin(Instant::now());
                self.live = Live::default();
            }
            News::Stage(stage) => self.live.stage = Some(stage),
            News::Prepared(seen) => self.live.seen = Some(seen),
            News::Step(report) => self.live.steps.push(report),
            News::Paused => {
                (self.paused, self.halted) = (true, true);
                self.times.pause(Instant::now());
            }
            News::Resumed => {
                (self.paused, self.halted) = (false, false);
                self.times.resume(Instant::now());
            }
            News::Recovery {
                step,
                direction,
                gain_db,
            } => self.live.recovery.push((step, direction, gain_db)),
            News::Decoded {
                step,
                picture,
                structural,
            } => {
                self.live.decoded = Some((step, picture));
                let value = structural.map(|value| (step as f64, value));
                self.live.structural.extend(value);
            }
            News::Undecoded(error) => return Some(RunEvent::Undecoded(error)),
            News::Done { artwork, outcome } => {
                // What failed is told once more at the end.
                if self.done.insert(artwork) {
                    self.times.end(Instant::now());
                }
                let case = self.case()?.clone();
                // Of those in further readings nothing is shown on the desk.
                let examination = case.examinations.get(artwork)?.clone();
                if !has_row(examination.role, examination.repeat, examination.reading) {
                    return None;
                }
                return Some(RunEvent::Done {
                    case,
                    examination,
                    outcome,
                });
            }
            News::Failed { job, error } => {
                let case = self.cases.get(job)?.clone();
                return Some(RunEvent::Failed { case, error });
            }
            News::Ended { interrupted } => return Some(RunEvent::Ended { interrupted }),
        }
        None
    }
}
