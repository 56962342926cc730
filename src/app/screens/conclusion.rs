//! The conclusion of the case that is shown: the questioned works among their controls, the sentence, its
//! figures or why there are none, and what it does not say.

use eframe::egui::{self, RichText, Ui};

use super::Commands;
use super::grounds::grounds;
use crate::app::state::{Finished, Screen};
use crate::app::tokens::{self, space};
use crate::app::widgets::controls::{explained, fact, heading, muted, primary, wrong};
use crate::app::{App, Command};
use palimpsest_base::number_format::{counted, two_figures};
use palimpsest_method::verdict::{Figure, WorkVerdict, finding};
use palimpsest_record::casework::exhibit::{bound_text, overview_chart, ratio_text, which_decides};
use palimpsest_record::casework::{AssessedWork, Assessment};
use palimpsest_record::chart::{Chart, ControlChart, ControlKind};
use palimpsest_record::language::Language;

/// Questioned works of which a control's panel tells.
const TOLD: usize = 8;
/// The narrowest plot that can be read, in points.
const PLOT: f32 = 120.0;

impl App {
    /// Shows what the case of `finished` concludes.
    pub(super) fn conclusion(&mut self, ui: &mut Ui, finished: &Finished) {
        heading(ui, "Verdict");
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
            let label = "Add works you know were not used…";
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
            let exhibit = ui.add_enabled(refused.is_none(), egui::Button::new("Export exhibit…"));
            if exhibit.clicked() {
                commands.push(Command::PrepareExhibit);
            }
            if let Some(reason) = &refused {
                exhibit.on_disabled_hover_text(reason);
            }
            if ui.button("Show the case").clicked() {
                commands.push(Command::Show(Screen::Case));
            }
        });
    }

    fn verdict(&mut self, ui: &mut Ui, finished: &Finished) {
        let cached = match self.case_cache.of(ui.ctx(), &finished.case) {
            None => {
                muted(ui, "Reading what the case concludes…");
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
                true => muted(ui, test.sentence()),
                false => wrong(ui, &test.sentence()),
            };
        }
        match &cached.assessment {
            Some(assessment) if cached.controlled => {
                self.among_controls(ui, assessment);
                sentences(ui, assessment, finished);
                muted(
                    ui,
                    which_decides(Language::English.texts(), assessment.question.primary_score),
                );
            }
            None if cached.controlled => {
                muted(
                    ui,
                    "Its scores have not been weighed yet: the case is not finished.",
                );
            }
            _ => {
                muted(
                    ui,
                    "There is none yet. What may be believed now: the two models differ in what they make of this work, as its scores say. Whether works that were not used score as high is not known without controls, so that this says nothing about use.",
                );
            }
        }
    }

    fn among_controls(&mut self, ui: &mut Ui, assessment: &Assessment) {
        let Some((chart, described)) = overview_chart(Language::English.texts(), assessment) else {
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
            ControlKind::Negative => "Not used",
            ControlKind::Positive => "Used",
            ControlKind::OwnOutput => "Model's own",
            ControlKind::Context => "Others",
        };
        row.label = format!("{name} ({})", row.scores.len());
    }
    chart.title = "Among its controls".into();
    // Which way it speaks stands in the sentence below.
    if let Some((name, _)) = chart.axis.split_once(" (higher") {
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
                muted(ui, format!("Here it is a {}.", work.role.title()));
            }
            for ((work, verdict), sentence) in works.iter().take(TOLD) {
                muted(ui, &work.name);
                told(ui, verdict, sentence);
            }
        }
    }
    if let Some(warning) = assessment.warning() {
        wrong(ui, &warning);
    }
    for addition in &assessment.additions {
        muted(ui, addition);
    }
    if let Some(examinations) = &assessment.examinations {
        muted(ui, examinations);
    }
    muted(ui, &assessment.limits);
}

/// Shows what is most to the point, and below it all that can be said.
fn told(ui: &mut Ui, verdict: &WorkVerdict, sentence: &str) {
    if let Figure::Evaluated(finding) = finding(verdict) {
        let strong = egui::FontFamily::Name(tokens::STRONG.into());
        ui.label(RichText::new(finding).family(strong));
    }
    muted(ui, sentence);
}

fn figures(ui: &mut Ui, verdict: &WorkVerdict) {
    match &verdict.p_value {
        Figure::Evaluated(p) => explained(
            ui,
            "p-value",
            "If the work was not used and the controls are like it: the chance to rank as high among the negative controls",
            format!(
                "{} by {}",
                two_figures(p.value),
                counted(p.negatives, "control", "controls")
            ),
        ),
        Figure::NotEvaluated { reason } => not_evaluated(ui, "p-value", reason),
    }
    match &verdict.likelihood_ratio {
        Figure::Evaluated(ratio) => {
            fact(
                ui,
                "Likelihood ratio",
                ratio_text(Language::English.texts(), ratio),
            );
            fact(
                ui,
                "95 % bound of it",
                bound_text(Language::English.texts(), ratio),
            );
        }
        Figure::NotEvaluated { reason } => not_evaluated(ui, "Likelihood ratio", reason),
    }
}

fn not_evaluated(ui: &mut Ui, name: &str, reason: &str) {
    muted(ui, format!("{name} not evaluated: {reason}."));
}
