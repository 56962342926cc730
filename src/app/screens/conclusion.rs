//! The conclusion of the case that is shown: the questioned works among their controls, the sentence, its
//! figures or why there are none, and what it does not say.

use eframe::egui::{self, RichText, Ui};

use super::Commands;
use super::grounds::grounds;
use crate::app::state::{Finished, Screen};
use crate::app::tokens::{self, space};
use crate::app::widgets::controls::{explained, fact, heading, muted, primary, wrong};
use crate::app::words::{self, say, two_figures};
use crate::app::{App, Command};
use palimpsest_method::verdict::{Figure, WorkVerdict, finding};
use palimpsest_record::casework::exhibit::{bound_text, overview_chart, ratio_text, which_decides};
use palimpsest_record::casework::{AssessedWork, Assessment};
use palimpsest_record::chart::{Chart, ControlChart, ControlKind};

/// Questioned works of which a control's panel tells.
const TOLD: usize = 8;
/// The narrowest plot that can be read, in points.
const PLOT: f32 = 120.0;

impl App {
    /// Shows what the case of `finished` concludes.
    pub(super) fn conclusion(&mut self, ui: &mut Ui, finished: &Finished) {
        heading(ui, say!("verdict"));
        self.verdict(ui, finished);
    }

    /// What the verdict rests on; below the buttons, which nothing may push out of sight.
    pub(super) fn conclusion_grounds(&mut self, ui: &mut Ui, finished: &Finished) {
        let cached = self.case_cache.of(ui.ctx(), &finished.case);
        // While it is read, and where it cannot be, the verdict says so.
        let Some(Ok(cached)) = cached else { return };
        if let (Some(assessment), true) = (&cached.assessment, cached.controlled) {
            grounds(ui, &cached, assessment);
        }
    }

    /// Buttons for what can be made of it.
    pub(super) fn conclusion_deeds(&mut self, ui: &mut Ui, commands: &mut Commands) {
        ui.add_space(space::TIGHT);
        let refused = self.state.refuses_case();
        let shown = self.state.shown_result().map(|it| it.case.clone());
        let lacks = shown.is_some_and(|case| {
            let cached = self.case_cache.of(ui.ctx(), &case);
            cached.is_some_and(|cached| cached.is_ok_and(|case| case.lacks_controls()))
        });
        if lacks {
            let label = say!("add-works-you-know");
            let add = primary(ui, label, refused.is_none());
            if add.clicked() {
                commands.push(Command::AddControls);
            }
            if let Some(reason) = &refused {
                add.on_disabled_hover_text(reason);
            }
            ui.add_space(space::TIGHT);
        }
        ui.horizontal_wrapped(|ui| {
            let exhibit =
                ui.add_enabled(refused.is_none(), egui::Button::new(say!("export-exhibit")));
            if exhibit.clicked() {
                commands.push(Command::PrepareExhibit);
            }
            if let Some(reason) = &refused {
                exhibit.on_disabled_hover_text(reason);
            }
            if ui.button(say!("show-the-case")).clicked() {
                commands.push(Command::Show(Screen::Case));
            }
        });
    }

    fn verdict(&mut self, ui: &mut Ui, finished: &Finished) {
        let cached = match self.case_cache.of(ui.ctx(), &finished.case) {
            None => {
                muted(ui, say!("reading-what-the-case-concludes"));
                return;
            }
            Some(Err(error)) => {
                wrong(ui, &error);
                return;
            }
            Some(Ok(cached)) => cached,
        };
        if let Some(test) = &cached.self_test {
            match test.passed() {
                true => muted(ui, words::recorded(&test.sentence())),
                false => wrong(ui, &words::recorded(&test.sentence())),
            };
        }
        match &cached.assessment {
            Some(assessment) if cached.controlled => {
                self.among_controls(ui, assessment);
                sentences(ui, assessment, finished);
                muted(
                    ui,
                    which_decides(words::exhibit(), assessment.question.primary_score),
                );
            }
            None if cached.controlled => {
                muted(ui, say!("its-scores-have-not-been-weighed"));
            }
            _ => {
                muted(ui, say!("there-is-none-yet"));
            }
        }
    }

    fn among_controls(&mut self, ui: &mut Ui, assessment: &Assessment) {
        let Some((chart, described)) = overview_chart(words::exhibit(), assessment) else {
            return;
        };
        let chart = narrowed(chart, ui.available_width());
        self.charts
            .show_controls(ui, chart, described, self.case_cache.version);
    }
}

/// The chart with shorter words, as wide as there is room.
fn narrowed(mut chart: ControlChart, room: f32) -> ControlChart {
    for row in &mut chart.rows {
        let name = match row.kind {
            ControlKind::Negative => say!("not-used"),
            ControlKind::Positive => say!("used"),
            ControlKind::OwnOutput => say!("models-own"),
            ControlKind::Context => say!("others"),
        };
        row.label = say!("name-and-count", "name" => name, "count" => row.scores.len());
    }
    chart.title = say!("among-its-controls").into();
    // Which way it speaks stands in the sentence below.
    if let Some((name, _)) = chart.axis.rsplit_once(" (") {
        chart.axis = name.to_owned();
    }
    let beside = chart.size().map_or(0.0, |(width, _)| width as f32) - chart.width;
    chart.width = (room - beside).floor().max(PLOT);
    chart
}

/// The sentence on the work that is shown; on all questioned works if it is a control.
fn sentences(ui: &mut Ui, assessment: &Assessment, finished: &Finished) {
    let shown = |work: &AssessedWork| {
        let original = std::path::Path::new(&finished.findings.files.original);
        work.folders
            .iter()
            .any(|folder| original.starts_with(folder))
    };
    let works = assessment.questioned().zip(&assessment.verdict.works);
    let works: Vec<_> = works.zip(&assessment.sentences).collect();
    match works.iter().find(|((work, _), _)| shown(work)) {
        Some(((_, verdict), sentence)) => {
            told(ui, verdict, sentence);
            figures(ui, verdict);
        }
        None => {
            if let Some(work) = assessment.works.iter().find(|work| shown(work)) {
                muted(ui, say!("role-here", "role" => words::role(work.role)));
            }
            for ((work, verdict), sentence) in works.iter().take(TOLD) {
                muted(ui, &work.name);
                told(ui, verdict, sentence);
            }
        }
    }
    if let Some(warning) = assessment.warning() {
        wrong(ui, &words::recorded(&warning));
    }
    for addition in &assessment.additions {
        muted(ui, words::recorded(addition));
    }
    if let Some(examinations) = &assessment.examinations {
        muted(ui, words::recorded(examinations));
    }
    muted(ui, words::recorded(&assessment.limits));
}

/// Shows what is most to the point, and below it all that can be said.
fn told(ui: &mut Ui, verdict: &WorkVerdict, sentence: &str) {
    if let Figure::Evaluated(finding) = finding(verdict) {
        let strong = egui::FontFamily::Name(tokens::STRONG.into());
        ui.label(RichText::new(words::recorded(&finding)).family(strong));
    }
    muted(ui, words::recorded(sentence));
}

fn figures(ui: &mut Ui, verdict: &WorkVerdict) {
    match &verdict.p_value {
        Figure::Evaluated(p) => explained(
            ui,
            say!("p-value"),
            say!("if-the-work-was-not-used"),
            say!("p-by-controls", "p" => two_figures(p.value), "controls" => p.negatives),
        ),
        Figure::NotEvaluated { reason } => not_evaluated(ui, say!("p-value"), reason),
    }
    match &verdict.likelihood_ratio {
        Figure::Evaluated(ratio) => {
            fact(
                ui,
                say!("likelihood-ratio"),
                ratio_text(words::exhibit(), ratio),
            );
            fact(
                ui,
                say!("bound-of-ratio"),
                bound_text(words::exhibit(), ratio),
            );
        }
        Figure::NotEvaluated { reason } => not_evaluated(ui, say!("likelihood-ratio"), reason),
    }
}

fn not_evaluated(ui: &mut Ui, name: &str, reason: &str) {
    muted(
        ui,
        say!("name-not-evaluated", "name" => name, "reason" => words::recorded(reason)),
    );
}
