//! Draw of the negative controls before a run: of the works on the desk that could be controls the program takes some, by
//! the hashes of all, so that nobody picks them one by one. It reads every file and is done off the frame.

use std::path::{Path, PathBuf};

use eframe::egui;

use super::App;
use super::state::{Grade, State};
use super::tasks::Task;
use crate::app::words::say;
use palimpsest_record::case::{ControlDraw, Role, draw_controls};

/// A draw under way.
pub struct ControlDrawing {
    /// The works as they were when it began.
    from: Works,
    task: Task<(Vec<PathBuf>, ControlDraw)>,
}

/// The works that a draw follows from.
#[derive(Clone, Debug, PartialEq)]
struct Works {
    eligible: Vec<PathBuf>,
    questioned: Vec<PathBuf>,
    asked: usize,
}

impl Works {
    /// Those on the desk; none where nothing is to be drawn.
    fn of(state: &State) -> Option<Self> {
        let asked = state.set_up().inquiry.drawn_controls;
        let of = |role: Role| -> Vec<PathBuf> {
            let usable = state.queue.usable().into_iter();
            let works = usable.filter(|work| work.role == role);
            works.map(|work| work.path.clone()).collect()
        };
        let eligible = of(Role::Negative);
        (asked > 0 && !eligible.is_empty()).then(|| Self {
            eligible,
            questioned: of(Role::Questioned),
            asked,
        })
    }
}

impl App {
    /// Starts with the works on the desk; where controls are to be drawn, once they are.
    pub(super) fn start(&mut self, ctx: &egui::Context) {
        let Some(from) = Works::of(&self.state) else {
            return self.start_in(ctx, (true, None), |_| true);
        };
        let works = from.clone();
        let task = Task::start(ctx, "drawing the controls", move || {
            draw_controls(&works.eligible, &works.questioned, works.asked)
                .map_err(|error| error.to_string())
        });
        self.state.drawing_controls = true;
        self.drawing = Some(ControlDrawing { from, task });
    }

    /// Starts as soon as the controls are drawn.
    pub(super) fn follow_drawing(&mut self, ctx: &egui::Context) {
        let Some(ControlDrawing { from, task }) = self.drawing.take() else {
            return;
        };
        let done = match task.take() {
            Ok(done) => done,
            Err(task) => {
                self.drawing = Some(ControlDrawing { from, task });
                return;
            }
        };
        self.state.drawing_controls = false;
        if self.state.refuses_start().is_some() {
            return;
        }
        // What was changed meanwhile draws anew: the draw follows from all works.
        if Works::of(&self.state).as_ref() != Some(&from) {
            return self.start(ctx);
        }
        match done {
            Ok((drawn, draw)) => {
                let is_eligible = |path: &Path| from.eligible.iter().any(|it| it == path);
                let is_drawn = |path: &Path| drawn.iter().any(|it| it == path);
                self.state.say(
                    Grade::Note,
                    say!("controls-were-drawn", "works" => draw.eligible, "drawn" => draw.drawn),
                );
                self.start_in(ctx, (true, Some(draw)), |path| {
                    is_drawn(path) || !is_eligible(path)
                });
            }
            Err(error) => self.state.say(Grade::Error, error),
        }
    }
}
