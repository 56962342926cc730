//! Progress on standard error: on a terminal one line that is rewritten at every step, elsewhere a line
//! every two seconds, so that a log of a run over days stays readable.

use std::io::{self, IsTerminal, Write};
use std::thread;
use std::time::{Duration, Instant};

use super::output::plain;
use palimpsest_method::event_sink::{EventStream, event_channel};
use palimpsest_method::examination::{Progress, Stage, Steering};
use palimpsest_method::inversion::{Control, Event, StepReport};

/// Shortest time between two lines of steps in a log.
const PAUSE: Duration = Duration::from_secs(2);

/// Does `work`, which `control` steers, and shows its progress meanwhile.
pub(super) fn showing<T>(control: &Control, work: impl FnOnce(&Steering) -> T) -> T {
    let (sender, receiver) = event_channel();
    thread::scope(|scope| {
        scope.spawn(move || Display::new().show(receiver));
        // The steering must end with the work: the display listens as long as it lives.
        let steering = Steering::new(control.clone(), sender);
        work(&steering)
    })
}

/// State of the terminal.
struct Display {
    is_terminal: bool,
    /// True if the line that stands there is to be overwritten.
    is_open: bool,
    last_step_shown: Option<Instant>,
}

impl Display {
    fn new() -> Self {
        Self {
            is_terminal: io::stderr().is_terminal(),
            is_open: false,
            last_step_shown: None,
        }
    }

    fn show(mut self, news: EventStream<Progress>) {
        for news in news {
            match news {
                Progress::Artwork { number, of, path } => {
                    self.line(&format!("Artwork {number} of {of}: {}", path.display()));
                }
                Progress::Stage(stage) => self.line(describe(stage)),
                Progress::Inversion(Event::Step(step)) => self.step(&step),
                Progress::Inversion(_) | Progress::Prepared(_) | Progress::Done { .. } => {}
            }
        }
        self.close();
    }

    /// A line that stays.
    fn line(&mut self, text: &str) {
        self.close();
        self.last_step_shown = None;
        self.write(&format!("{}\n", plain(text)));
    }

    fn step(&mut self, step: &StepReport) {
        let text = describe_step(step);
        if self.is_terminal {
            self.write(&format!("\r{text}\x1b[K"));
            self.is_open = true;
            return;
        }
        let is_due = self
            .last_step_shown
            .is_none_or(|shown| shown.elapsed() >= PAUSE);
        if is_due || step.step == step.of {
            self.last_step_shown = Some(Instant::now());
            self.write(&format!("{text}\n"));
        }
    }

    /// Leaves the rewritten line as it is.
    fn close(&mut self) {
        if self.is_open {
            self.is_open = false;
            self.write("\n");
        }
    }

    fn write(&self, text: &str) {
        // A closed standard error only means that nobody looks.
        let _ = io::stderr().write_all(text.as_bytes());
    }
}

fn describe(stage: Stage) -> &'static str {
    match stage {
        Stage::OpeningModels => "Opening the models",
        Stage::Hashing => "Hashing the models' files",
        Stage::ReadingPrompts => "Reading the prompts",
        Stage::Encoding => "Encoding the artwork",
        Stage::Generating => "Making the model's own pictures",
        Stage::LoadingNoisePredictors => "Loading the noise predictors",
        Stage::Descending => "Descending",
        Stage::CheckingBase => "Checking that the pretrained model fits",
        Stage::MeasuringLossGap => "Measuring the loss gap",
        Stage::Decoding => "Decoding the recovered picture",
        Stage::Scoring => "Comparing pictures",
    }
}

fn describe_step(step: &StepReport) -> String {
    let left = match step.seconds_left {
        _ if step.skipped => "  no step was made".into(),
        Some(seconds) if step.step < step.of => format!("  {} left", duration(seconds)),
        _ => String::new(),
    };
    format!(
        "step {}/{}  t {}  loss {:.5} {:.5}  gap {:+.5}  |\u{3b4}| {:.3}{left}",
        step.step,
        step.of,
        step.timestep,
        step.loss_pretrained,
        step.loss_finetuned,
        step.loss_pretrained - step.loss_finetuned,
        step.moved
    )
}

/// Seconds as people say them.
pub(super) fn duration(seconds: f64) -> String {
    let seconds = seconds.round() as u64;
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7200 => format!("{} min", seconds / 60),
        _ => format!("{} h {} min", seconds / 3600, seconds / 60 % 60),
    }
}
