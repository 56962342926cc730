//! The validation dossiers that fit a case, in its exhibit: what was validated, by whom, and every trial as it came out.

use super::parts::Source;
use super::words::score_name;
use crate::casework::CaseworkError;
use crate::casework::validation::{Validations, name_of, outcomes};
use crate::exhibit::{Validation, ValidationRow};
use crate::validation::{SignedDossier, Situation, Trial, TrialOutcome};
use palimpsest_base::sentence_case::sentence_of;

impl Source<'_> {
    /// Each fitting dossier; none where there is none, which [`Self::not_validated`] tells.
    pub(super) fn validations(&self) -> Result<Vec<Validation>, CaseworkError> {
        let found = Validations::of(self.view, &self.assessment.verdict)?;
        Ok(found
            .fitting
            .iter()
            .map(|signed| self.validation(signed))
            .collect())
    }

    fn validation(&self, signed: &SignedDossier) -> Validation {
        let dossier = &signed.dossier;
        let conditions = &dossier.conditions;
        let fact = |name: &str, value: String| (name.to_owned(), value);
        let facts = vec![
            fact("Models", sentence_of(&name_of(dossier))),
            fact("Way of fine-tuning", sentence_of(&dossier.recipe.words())),
            fact("Works", sentence_of(&dossier.works)),
            fact(
                "Examined with",
                format!(
                    "{}, {} pixels, read {}, {} controls a case.",
                    score_name(conditions.score),
                    conditions.resolution,
                    conditions.reading,
                    conditions.controls
                ),
            ),
            fact(
                "Dossier",
                format!(
                    "Made on {} by {} with Palimpsest {} ({}) on {}, seed {}. SHA-256 {}; signed by the key with the \
                     fingerprint {}.",
                    dossier.time.words(),
                    dossier.who,
                    dossier.program.version,
                    dossier.program.build,
                    dossier
                        .machine
                        .processor
                        .as_deref()
                        .unwrap_or("a processor that is not named"),
                    dossier.seed,
                    signed.sha256(),
                    dossier.key.fingerprint()
                ),
            ),
        ];
        let rows = Situation::ALL.into_iter().map(|situation| {
            let trial = dossier.trials.iter().find(|it| it.situation == situation);
            trial.map_or_else(|| not_run(situation), row)
        });
        Validation {
            outcome: outcomes(dossier),
            condition: dossier.condition(&self.view.plan).map(str::to_owned),
            facts,
            rows: rows.collect(),
        }
    }

    /// The sentence that nothing was validated for such cases, and why; none where a dossier fits.
    pub(super) fn not_validated(&self) -> Result<Option<String>, CaseworkError> {
        let found = Validations::of(self.view, &self.assessment.verdict)?;
        let none = found.fitting.is_empty();
        Ok(none.then(|| found.sentences(self.view).join(" ")))
    }
}

fn row(trial: &Trial) -> ValidationRow {
    let refused = match trial.refused {
        0 => String::new(),
        refused => format!("; in {refused} the controls were refused"),
    };
    let at_1 = trial
        .at_1_percent
        .map(|share| format!("; at 1 %: {}", share.words()));
    ValidationRow {
        situation: sentence_of(trial.situation.words()),
        expected: trial.expected.words(),
        found: format!(
            "{}{}{refused}",
            trial.at_5_percent.words(),
            at_1.unwrap_or_default()
        ),
        outcome: trial.outcome.words().into(),
        failed: trial.outcome == TrialOutcome::Failed,
    }
}

fn not_run(situation: Situation) -> ValidationRow {
    ValidationRow {
        situation: sentence_of(situation.words()),
        expected: situation.expectation().words(),
        found: "not run".into(),
        outcome: "–".into(),
        failed: false,
    }
}
