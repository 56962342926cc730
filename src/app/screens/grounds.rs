//! Grounds of a verdict beside its figures: what was declared of the controls and how they were drawn, what came of the
//! blind decoys, and what the program did on works whose use is known: the validation dossiers.

use eframe::egui::{CollapsingHeader, RichText, Ui};

use crate::app::case_cache::CachedCase;
use crate::app::tokens;
use crate::app::widgets::controls::{heading, label, muted, wrong};
use crate::app::words::{self, say};
use palimpsest_base::sentence_case::sentence_of;
use palimpsest_record::casework::validation::{Validations, name_of, outcomes};
use palimpsest_record::casework::{Assessment, DecoyResult};
use palimpsest_record::validation::{Dossier, Trial, TrialOutcome};

pub(super) fn grounds(ui: &mut Ui, cached: &CachedCase, assessment: &Assessment) {
    if let Some(draw) = &cached.question.controls_drawn {
        muted(
            ui,
            say!(
                "negative-controls-drawn-by-the-program",
                "drawn" => draw.drawn,
                "of" => draw.eligible,
            ),
        );
    }
    if let Some(declared) = assessment.controls_declared() {
        muted(ui, words::recorded(&declared));
    }
    decoys(ui, assessment);
    match &cached.validations {
        Some(Ok(found)) => validation(ui, cached, found),
        Some(Err(error)) => {
            heading(ui, say!("validation"));
            wrong(ui, error);
        }
        None => {}
    }
}

fn decoys(ui: &mut Ui, assessment: &Assessment) {
    let Some(sentence) = assessment.decoys_sentence() else {
        return;
    };
    heading(ui, say!("blind-decoys"));
    muted(ui, words::recorded(&sentence));
    CollapsingHeader::new(say!("count-of-decoys", "decoys" => assessment.decoys.len()))
        .id_salt("decoys")
        .show(ui, |ui| {
            for decoy in &assessment.decoys {
                let line = say!(
                    "decoy-in-a-line",
                    "name" => decoy.name,
                    "declaration" => words::recorded(&decoy.declaration()),
                    "p" => words::recorded(&decoy.p_text()),
                );
                match is_missed(decoy) {
                    true => wrong(ui, &line),
                    false => muted(ui, line),
                };
            }
        });
}

/// True if it would be called and was not used, or was used and is not called.
fn is_missed(decoy: &DecoyResult) -> bool {
    decoy.p_value.evaluated().is_some() && decoy.is_called() != decoy.used
}

fn validation(ui: &mut Ui, cached: &CachedCase, found: &Validations) {
    heading(ui, say!("validation"));
    if found.fitting.is_empty() {
        wrong(ui, &words::recorded(&found.none()));
    }
    for signed in &found.fitting {
        let dossier = &signed.dossier;
        label(ui, &say!("validated-for", "name" => name_of(dossier)));
        // The outcome names what failed.
        match dossier.failed().next() {
            Some(_) => wrong(ui, &words::recorded(&outcomes(dossier))),
            None => muted(ui, words::recorded(&outcomes(dossier))),
        };
        if let Some(condition) = dossier.condition(cached.plan()) {
            muted(ui, words::recorded(condition));
        }
        CollapsingHeader::new(say!("every-trial"))
            .id_salt(("trials", signed.sha256().to_string()))
            .show(ui, |ui| trials(ui, dossier));
    }
}

fn trials(ui: &mut Ui, dossier: &Dossier) {
    let strong = eframe::egui::FontFamily::Name(tokens::STRONG.into());
    for trial in &dossier.trials {
        let title = sentence_of(&words::recorded(trial.situation.words()));
        ui.label(RichText::new(title).small().family(strong.clone()));
        let line = outcome(trial);
        match trial.outcome {
            TrialOutcome::Failed => wrong(ui, &line),
            _ => muted(ui, line),
        };
    }
    muted(
        ui,
        say!(
            "dossier-made",
            "time" => words::moment(&dossier.time.words()),
            "who" => dossier.who,
            "models" => dossier.models.len(),
        ),
    );
}

/// A trial as it came out: `0 of 30 (0.0 to 11.6 %), expected at most 5 %: held; in 3 the controls were refused`.
fn outcome(trial: &Trial) -> String {
    let share = words::recorded(&trial.at_5_percent.words());
    let expected = words::recorded(&trial.expected.words());
    let outcome = words::recorded(trial.outcome.words());
    match trial.refused {
        0 => say!("trial", "share" => share, "expected" => expected, "outcome" => outcome),
        refused => say!(
            "trial-with-refusals",
            "share" => share,
            "expected" => expected,
            "outcome" => outcome,
            "refused" => refused,
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use palimpsest_record::validation::{Share, Situation};

    #[test]
    fn a_trial_that_failed_says_so_and_what_was_expected() {
        let trial = |situation, called| {
            let share = Share::of(called, 30);
            outcome(&Trial::of(situation, (3, 2), share, None))
        };
        assert_eq!(
            trial(Situation::ContaminationNoticed, 3),
            "3 of 30 (2.1 to 26.5 %), expected at least 50 %: FAILED; in 2 the controls were refused"
        );
        assert!(trial(Situation::Used, 29).contains("expected at least 80 %: held"));
    }
}
