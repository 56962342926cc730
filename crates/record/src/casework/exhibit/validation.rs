//! The validation dossiers that fit a case, in its exhibit: what was validated, by whom, and every trial as it came out.

use super::parts::Source;
use super::words::score_name;
use crate::casework::CaseworkError;
use crate::casework::validation::{Validations, name_of, outcomes};
use crate::exhibit::{Validation, ValidationRow};
use crate::language::{Texts, args};
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
        let texts = self.texts;
        let fact = |name: &'static str, value: String| (texts.text(name).to_owned(), value);
        let said = |text: &str| sentence_of(&texts.recorded(text));
        let facts = vec![
            fact("validated-models", said(&name_of(dossier))),
            fact("validated-recipe", said(&dossier.recipe.words())),
            fact("validated-works", said(&dossier.works)),
            fact(
                "validated-with",
                texts.with(
                    "validated-with-is",
                    &args![
                        "score" => score_name(texts, conditions.score),
                        "resolution" => conditions.resolution,
                        "reading" => texts.recorded(&conditions.reading.to_string()),
                        "controls" => conditions.controls,
                    ],
                ),
            ),
            fact(
                "dossier",
                texts.with(
                    "dossier-is",
                    &args![
                        "time" => dossier.time.words(),
                        "who" => dossier.who.as_str(),
                        "version" => dossier.program.version.as_str(),
                        "build" => dossier.program.build.as_str(),
                        "processor" => (dossier.machine.processor.as_deref())
                            .unwrap_or_else(|| texts.text("processor-not-named")),
                        "seed" => dossier.seed.to_string(),
                        "hash" => signed.sha256().to_string(),
                        "key" => dossier.key.fingerprint().to_string(),
                    ],
                ),
            ),
        ];
        let rows = Situation::ALL.into_iter().map(|situation| {
            let trial = dossier.trials.iter().find(|it| it.situation == situation);
            trial.map_or_else(|| not_run(texts, situation), |trial| row(texts, trial))
        });
        Validation {
            outcome: texts.recorded(&outcomes(dossier)),
            condition: (dossier.condition(&self.view.plan))
                .map(|condition| texts.recorded(condition)),
            facts,
            rows: rows.collect(),
        }
    }

    /// The sentence that nothing was validated for such cases, and why; none where a dossier fits.
    pub(super) fn not_validated(&self) -> Result<Option<String>, CaseworkError> {
        let found = Validations::of(self.view, &self.assessment.verdict)?;
        let none = found.fitting.is_empty();
        Ok(none.then(|| self.texts.recorded(&found.sentences(self.view).join(" "))))
    }
}

fn row(texts: &Texts, trial: &Trial) -> ValidationRow {
    let refused = match trial.refused {
        0 => String::new(),
        refused => texts.with("refused", &args!["cases" => refused]),
    };
    let at_1 = trial.at_1_percent.map(|share| {
        let args = args!["share" => texts.recorded(&share.words())];
        texts.with("at-1", &args)
    });
    ValidationRow {
        situation: sentence_of(&texts.recorded(trial.situation.words())),
        expected: texts.recorded(&trial.expected.words()),
        found: format!(
            "{}{}{refused}",
            texts.recorded(&trial.at_5_percent.words()),
            at_1.unwrap_or_default()
        ),
        outcome: texts.recorded(trial.outcome.words()),
        failed: trial.outcome == TrialOutcome::Failed,
    }
}

fn not_run(texts: &'static Texts, situation: Situation) -> ValidationRow {
    ValidationRow {
        situation: sentence_of(&texts.recorded(situation.words())),
        expected: texts.recorded(&situation.expectation().words()),
        found: texts.text("not-run").into(),
        outcome: "–".into(),
        failed: false,
    }
}
