//! Verification of a case: every hash of it, and if asked for every examination done over. Both run off the
//! frame; doing over can be cancelled.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use eframe::egui;

use super::image_cache::Loading;
use super::tasks::Task;
use crate::app::words::{self, say};
use palimpsest_base::sentence_case::sentence_of;
use palimpsest_method::event_sink::event_channel;
use palimpsest_method::examination::{Progress, Steering};
use palimpsest_method::inversion::Control;
use palimpsest_record::case::UtcTime;
use palimpsest_record::case::verification::Expectations;
use palimpsest_record::casework::checking::{Subject, check};
use palimpsest_record::casework::replay::{Replayed, replay};

/// Findings of a verification, in words.
#[derive(Debug)]
pub struct VerificationReport {
    pub holds: bool,
    /// The time at which it was begun, in UTC.
    pub time: String,
    /// The hash of the journal's last entry.
    pub head: Option<String>,
    /// Amount that was checked.
    pub checked: String,
    pub problems: Vec<String>,
    pub notices: Vec<String>,
    pub cannot_exclude: Vec<String>,
    /// Result of each examination that was done over; none if that was not asked for.
    pub replayed: Option<Vec<Replayed>>,
}

/// A check under way or done.
pub struct VerificationJob {
    pub folder: PathBuf,
    /// True if the examinations are done over.
    pub replays: bool,
    report: Loading<VerificationReport>,
    control: Control,
    done: Arc<Done>,
}

/// Progress of the examinations that are done over.
#[derive(Default)]
struct Done {
    number: AtomicUsize,
    of: AtomicUsize,
}

impl VerificationJob {
    /// Begins to check the case in `folder`.
    pub fn begin(ctx: &egui::Context, folder: PathBuf, replays: bool) -> Self {
        let control = Control::new();
        let done = Arc::new(Done::default());
        let (case, steered, told, wake) =
            (folder.clone(), control.clone(), done.clone(), ctx.clone());
        let task = Task::start(ctx, "checking a case", move || {
            let mut report = report(&case)?;
            if replays {
                let replayed = do_over(&case, steered, &told, &wake)?;
                report.holds &= replayed.iter().all(Replayed::agrees);
                report.replayed = Some(replayed);
            }
            Ok(report)
        });
        Self {
            folder,
            replays,
            report: Loading::Under(task),
            control,
            done,
        }
    }

    /// The findings; none while it goes on, or the reason for which there are none.
    pub fn report(&self) -> Option<Result<&VerificationReport, &str>> {
        self.report.get()
    }

    /// The number of the examination that is done over, of how many; none before the first.
    pub fn progress(&self) -> Option<(usize, usize)> {
        let number = self.done.number.load(Ordering::Relaxed);
        (number > 0).then(|| (number, self.done.of.load(Ordering::Relaxed)))
    }

    /// Ends it after the step that is being done.
    pub fn cancel(&self) {
        self.control.cancel();
    }

    /// Takes in what was found.
    pub fn follow(self) -> Self {
        let report = self.report.follow();
        Self { report, ..self }
    }
}

fn report(case: &Path) -> Result<VerificationReport, String> {
    let time = UtcTime::now().to_string();
    let subject = Subject {
        case: case.to_owned(),
        exhibit: None,
    };
    let checked = check(&subject, &Expectations::default()).map_err(|error| error.to_string())?;
    let found = &checked.verification;
    let counts = found.checked;
    Ok(VerificationReport {
        holds: checked.holds(),
        time,
        head: found.head.map(|head| head.to_string()),
        checked: say!(
        "counts-checked",
        "entries" => counts.entries,
        "files" => counts.files,
        "works" => counts.items,
        "exhibits" => counts.exhibits,
        ),
        problems: checked
            .sentences()
            .iter()
            .map(|text| sentence_of(&words::recorded(text)))
            .collect(),
        notices: (found.notices.iter())
            .map(|notice| sentence_of(&words::recorded(&notice.to_string())))
            .collect(),
        cannot_exclude: found.cannot_exclude.clone(),
        replayed: None,
    })
}

fn do_over(
    case: &Path,
    control: Control,
    done: &Done,
    wake: &egui::Context,
) -> Result<Vec<Replayed>, String> {
    let (sender, receiver) = event_channel();
    thread::scope(|scope| {
        scope.spawn(move || {
            for news in receiver {
                if let Progress::Artwork { number, of, .. } = news {
                    done.of.store(of, Ordering::Relaxed);
                    done.number.store(number, Ordering::Relaxed);
                    wake.request_repaint();
                }
            }
        });
        // The steering must end with the work: the listener lives as long as it.
        let steering = Steering::new(control, sender);
        replay(case, &steering)
    })
    .map_err(|error| match error.is_interruption() {
        true => say!("doing-the-examinations-over-was-cancelled").into(),
        false => error.to_string(),
    })
}
