//! The parts of an exhibit, each from what the case's record says of it.

use image::RgbImage;

use super::words::{event, number, score_name};
use super::{Cover, figures};
use crate::artwork::{Artwork, prepare};
use crate::case::journal;
use crate::case::{ArtworkView, CaseError, CaseView, Role};
use crate::casework::{AssessedWork, Assessment, CaseworkError};
use crate::examination::{Findings, ModelRecord, PromptSource};
use crate::exhibit::{
    Alternative, Content, Control, ControlRole, Entry, Evaluation, Finding, Header, Item, Model,
    NotEvaluated, OtherScore, PrimaryScore, Reproduction, Setting, Step,
};
use crate::inversion::Settings;
use crate::verdict::{Bound, LikelihoodRatio, Outcome, PValue, SCALE, WorkVerdict};

/// Side of the small pictures of controls, in pixels.
const THUMBNAIL: u32 = 96;

/// Digits of an entry's hash that the custody table shows.
const SHORT: usize = 16;

/// All that an exhibit is made from.
pub(super) struct Source<'a> {
    pub view: &'a CaseView,
    pub assessment: &'a Assessment,
    pub entries: &'a [journal::Entry],
    pub cover: Cover,
}

impl Source<'_> {
    /// What the exhibit says; `last` is the entry of the journal that it prints.
    pub fn content(&self, last: &journal::Entry) -> Result<Content, CaseworkError> {
        let record = self.view.folder.join(crate::case::RECORD);
        let record = std::fs::read(&record).map_err(|source| CaseError::Unreadable {
            path: record,
            source,
        })?;
        let overview = figures::overview(self.assessment)?;
        let others = figures::discrimination(self.assessment)?;
        Ok(Content {
            header: self.header(last),
            items: self.items()?,
            controls: self.controls(),
            evaluation: self.evaluation(),
            overview,
            figures: others.into_iter().collect(),
            models: self.models(),
            settings: self.settings(),
            alternatives: self.alternatives(),
            limitations: self.limitations(),
            reproduction: self.reproduction(),
            custody: self.entries.iter().map(custody).collect(),
            record,
        })
    }

    fn header(&self, last: &journal::Entry) -> Header {
        let cover = &self.cover;
        let usual = || match self.questioned().next() {
            Some(artwork) => format!("Use of {} in the training of a model", name_of(artwork)),
            None => "Use in the training of a model".into(),
        };
        Header {
            exhibit: cover.number.clone(),
            title: Some(cover.title.clone())
                .filter(|title| !title.is_empty())
                .unwrap_or_else(usual),
            parties: cover.parties.clone(),
            examiner: cover.examiner.clone(),
            date: last.time.to_string(),
            program: format!(
                "Palimpsest {} ({})",
                last.program.version, last.program.build
            ),
            key: last.key.fingerprint().to_string(),
            journal_head: last.hash.to_string(),
        }
    }

    /// The questioned works, without repetitions.
    fn questioned(&self) -> impl Iterator<Item = &ArtworkView> {
        let first = |artwork: &&ArtworkView| {
            artwork.entry.role == Role::Questioned && artwork.entry.repeat == 0
        };
        self.view.artworks.iter().filter(first)
    }

    fn items(&self) -> Result<Vec<Item>, CaseworkError> {
        let mut items = Vec::new();
        let works = self.assessment.questioned();
        for (index, (artwork, work)) in self.questioned().zip(works).enumerate() {
            // What could not be examined has no pictures to show; the custody table tells of it.
            let Some(findings) = &artwork.findings else {
                continue;
            };
            items.push(self.item(index, work, findings)?);
        }
        if items.is_empty() {
            return Err(CaseworkError::NothingExamined(self.view.folder.clone()));
        }
        Ok(items)
    }

    fn item(
        &self,
        index: usize,
        work: &AssessedWork,
        findings: &Findings,
    ) -> Result<Item, CaseworkError> {
        let picture = |name: &str| self.picture(name);
        let primary = &self.assessment.question.primary_score;
        let artwork = &findings.artwork;
        let notes = format!(
            "{} × {} pixels, of which a square was examined at {} × {}.",
            artwork.width,
            artwork.height,
            findings.settings.resolution,
            findings.settings.resolution
        );
        let spread = work.spread.map(|spread| {
            format!(
                " ± {} over {} repetitions",
                number(spread),
                work.repetitions.len()
            )
        });
        Ok(Item {
            name: work.name.clone(),
            role: format!("Questioned work {}", figures::letter(index)),
            sha256: artwork.sha256.clone(),
            notes,
            original: picture(&findings.files.original)?,
            partial: picture(&findings.files.partial)?,
            recovered: picture(&findings.files.recovered)?,
            score: work.score.map(|score| PrimaryScore {
                name: score_name(primary).into(),
                value: format!("{}{}", number(score), spread.unwrap_or_default()),
                direction: "higher speaks for use in training".into(),
            }),
            other_scores: other_scores(findings, primary),
            not_evaluated: not_evaluated(findings),
            warnings: findings.warnings.clone(),
        })
    }

    fn picture(&self, name: &str) -> Result<RgbImage, CaseworkError> {
        let path = self.view.folder.join(name);
        match Artwork::open(&path) {
            Ok(artwork) => Ok(artwork.pixels().clone()),
            Err(error) => Err(CaseError::Damaged {
                path,
                why: error.to_string(),
            }
            .into()),
        }
    }

    fn controls(&self) -> Vec<Control> {
        let works = self.assessment.works.iter();
        let controls = works.filter_map(|work| {
            let role = control_role(work.role)?;
            let original = work
                .folders
                .first()
                .map(|folder| format!("{folder}/original.png"));
            let thumbnail = original.and_then(|name| self.picture(&name).ok());
            Some(Control {
                role,
                name: work.name.clone(),
                declared: work.declared.clone(),
                thumbnail: thumbnail.and_then(|picture| prepare(&picture, THUMBNAIL).ok()),
                score: match (work.score, &work.no_score) {
                    (Some(score), _) => number(score),
                    (None, Some(reason)) => format!("not evaluated: {reason}"),
                    (None, None) => "not evaluated".into(),
                },
                kept_out: work.near_duplicate.as_ref().map(|twin| twin.sentence()),
            })
        });
        controls.collect()
    }

    fn evaluation(&self) -> Evaluation {
        let verdict = &self.assessment.verdict;
        let steps: Vec<_> = (verdict.works.iter())
            .filter_map(|work| Some(work.verbal.evaluated()?.step))
            .collect();
        let only = match steps.as_slice() {
            [step] => Some(*step),
            _ => None,
        };
        Evaluation {
            propositions: self.assessment.question.propositions.clone(),
            finding: self.finding(),
            not_said: vec![
                self.assessment.limits.clone(),
                "It holds for this model file, these settings and these controls, and for no others."
                    .into(),
            ],
            p_value: self.joined(|work| match &work.p_value {
                Outcome::Evaluated(p_value) => p_value_text(p_value),
                Outcome::NotEvaluated { reason } => format!("not evaluated: {reason}."),
            }),
            likelihood_ratio: self.joined(ratio_text),
            scale: SCALE
                .iter()
                .map(|row| Step {
                    range: match row.to {
                        Some(to) => format!("{} to {to}", row.from),
                        None => format!("above {}", row.from),
                    },
                    words: row.phrase.into(),
                    marked: only.is_some_and(|step| step.support == row.support),
                })
                .collect(),
        }
    }

    /// What is said of each questioned work, one after another.
    fn joined(&self, text: impl Fn(&WorkVerdict) -> String) -> String {
        match self.assessment.verdict.works.as_slice() {
            [work] => text(work),
            works => {
                let texts = works
                    .iter()
                    .enumerate()
                    .map(|(index, work)| format!("{}: {}", figures::letter(index), text(work)));
                texts.collect::<Vec<_>>().join(" ")
            }
        }
    }

    fn finding(&self) -> Finding {
        let verdict = &self.assessment.verdict;
        let sentences = &self.assessment.sentences;
        match (verdict.works.as_slice(), sentences.as_slice()) {
            ([work], [sentence]) => match &work.p_value {
                Outcome::Evaluated(_) => Finding::Evaluated(sentence.clone()),
                Outcome::NotEvaluated { reason } => Finding::NotEvaluated(capital(reason)),
            },
            (works, _) => match verdict.portfolio.evaluated() {
                Some(portfolio) => Finding::Evaluated(format!(
                    "Together the {} questioned works score {} than the {} works of the same hand known not \
                     to have been used (permutation test, p = {}); work by work see the evaluation.",
                    works.len(),
                    if portfolio.mean_questioned >= portfolio.mean_negatives {
                        "higher"
                    } else {
                        "lower"
                    },
                    verdict.negatives,
                    number(portfolio.permutation.p),
                )),
                None => Finding::NotEvaluated(capital(
                    verdict
                        .portfolio
                        .reason()
                        .unwrap_or("there is no conclusion"),
                )),
            },
        }
    }

    fn models(&self) -> Vec<Model> {
        let plan = &self.view.plan;
        let model = |role: &str, record: &ModelRecord| Model {
            role: role.into(),
            name: record.identity.path.as_path().display().to_string(),
            family: format!("predicts {}", record.prediction.replace('_', " ")),
            sha256: record.identity.sha256.clone(),
            metadata: stated(record),
        };
        let mut models = vec![
            model("Pretrained", &plan.pretrained),
            model("Fine-tuned", &plan.finetuned),
        ];
        if let Some(null) = &self.view.null_run {
            models.push(model("Null run (saw none of the works)", &null.finetuned));
        }
        models
    }

    fn settings(&self) -> Vec<Setting> {
        let plan = &self.view.plan;
        let usual = plan.usual();
        let setting = |name: &str, value: String, usual: Option<String>| Setting {
            name: name.into(),
            deviates_from: usual.filter(|usual| *usual != value),
            value,
        };
        let known = |text: fn(&Settings) -> String| usual.as_ref().map(text);
        let prompt = match plan.prompt_source {
            PromptSource::Given => "as given",
            PromptSource::File => "from the model's prompt.txt",
            PromptSource::Default => "assumed: nothing says which it was",
        };
        let question = &self.assessment.question;
        let text = |value: Option<String>| value.unwrap_or_else(|| "replayed draws".into());
        vec![
            setting(
                "Primary score, fixed beforehand",
                question.primary_score.clone(),
                None,
            ),
            setting("Repetitions", question.repeats.to_string(), None),
            setting("Preset", plan.preset.to_string(), None),
            setting("Mask", plan.mask.to_string(), None),
            setting("Resolution", format!("{} pixels", plan.resolution), None),
            setting(
                "Steps",
                plan.steps.to_string(),
                known(|usual| usual.steps.to_string()),
            ),
            setting(
                "Step length",
                number(plan.step_size),
                known(|usual| number(usual.step_size)),
            ),
            setting(
                "Budget",
                number(plan.budget),
                known(|usual| number(usual.budget)),
            ),
            setting(
                "Momentum",
                number(plan.momentum),
                known(|usual| number(usual.momentum)),
            ),
            setting(
                "Timesteps",
                text(plan.timesteps.map(|range| range.to_string())),
                known(|usual| usual.timesteps.to_string()),
            ),
            setting(
                "Weight of the pretrained model",
                number(plan.contrast_weight),
                known(|usual| number(usual.contrast_weight)),
            ),
            setting(
                "Noise",
                plan.noise.to_string(),
                known(|usual| usual.noise.to_string()),
            ),
            setting(
                "Seed of the questioned works",
                text(plan.seed.map(|s| s.to_string())),
                None,
            ),
            setting("Prompt", format!("{} ({prompt})", plan.prompt), None),
            setting("Arithmetic", plan.arithmetic.clone(), None),
            setting("Program", format!("Palimpsest {}", plan.version), None),
        ]
    }

    fn alternatives(&self) -> Vec<Alternative> {
        let count = |role| self.assessment.with_role(role).count();
        let (negatives, nulls) = (count(Role::Negative), count(Role::NullRun));
        let considered = |explanation: &str, considered: String| Alternative {
            explanation: explanation.into(),
            considered,
        };
        let kept_out = self.assessment.works.iter();
        let kept_out = kept_out
            .filter(|work| work.near_duplicate.is_some())
            .count();
        vec![
            considered(
                "The model knows the hand's style and not the work.",
                match negatives {
                    0 => "Not considered: there are no negative controls.".into(),
                    n => format!(
                        "{n} works of the same hand that are declared not to have been used were examined \
                         in the same way; the finding is relative to them."
                    ),
                },
            ),
            considered(
                "The method finds something where there is nothing.",
                match nulls {
                    0 => "Not considered: there is no run against a model that saw none of the works.".into(),
                    n => format!(
                        "{n} questioned works were also examined with another model fine-tuned from the same \
                         pretrained one; their scores stand among the controls."
                    ),
                },
            ),
            considered(
                "The pretrained model had seen the work already.",
                "The score rests on the difference between the two models; what the pretrained model brings back \
                 by itself does not enter it."
                    .into(),
            ),
            considered(
                "A near-duplicate of the work was used, and not the work.",
                format!(
                    "The works of this case were compared with each other, and {kept_out} were kept out; the \
                     training pictures are not known, and a copy of the work among them counts as its use."
                ),
            ),
        ]
    }

    fn limitations(&self) -> Vec<String> {
        let plan = &self.view.plan;
        let mut limits = self.view.warnings.clone();
        if plan.prompt_source == PromptSource::Default {
            limits.push("The prompt of the fine-tuning is not known.".into());
        }
        if plan.finetuned.lora.is_some() {
            limits.push(
                "The fine-tuned model is a LoRA, which gives back less than full fine-tuning."
                    .into(),
            );
        }
        let questioned = self.assessment.questioned();
        limits.extend(questioned.filter_map(|work| {
            let refusal = work.kinship?.refusal()?;
            Some(format!("{}: {refusal}.", work.name))
        }));
        limits
    }

    fn reproduction(&self) -> Reproduction {
        Reproduction {
            commands: vec![
                "palimpsest verify CASE_DIR".into(),
                "palimpsest verify CASE_DIR --replay".into(),
            ],
            tolerance: format!(
                "On a processor with the same arithmetic ({}) and with this version of the program the numbers \
                 are the same to the last bit; on others scores may differ in the third decimal.",
                self.view.plan.arithmetic
            ),
        }
    }
}

fn name_of(artwork: &ArtworkView) -> String {
    let name = artwork.entry.path.as_path().file_name().unwrap_or_default();
    name.to_string_lossy().into_owned()
}

fn control_role(role: Role) -> Option<ControlRole> {
    Some(match role {
        Role::Questioned => return None,
        Role::Negative => ControlRole::Negative,
        Role::Positive => ControlRole::Positive,
        Role::Context => ControlRole::Context,
        Role::OwnOutput => ControlRole::OwnOutput,
        Role::NullRun => ControlRole::NullRun,
        Role::SelfTest => ControlRole::SelfTest,
    })
}

fn other_scores(findings: &Findings, primary: &str) -> Vec<OtherScore> {
    let partial = &findings.partial_similarity;
    let scores = findings.scores();
    let others = scores.iter().filter(|(name, _)| **name != primary);
    let others = others.map(|(name, score)| {
        let before = match *name {
            "similarity.structural" => partial.structural,
            "similarity.clip" => partial.clip,
            "similarity.dino" => partial.dino,
            _ => None,
        };
        OtherScore {
            name: score_name(name).into(),
            recovered: number(*score),
            partial: before.map_or("–".into(), number),
        }
    });
    others.collect()
}

fn not_evaluated(findings: &Findings) -> Vec<NotEvaluated> {
    let own = findings.not_evaluated.iter();
    let own = own.filter(|(name, _)| !name.starts_with("partial."));
    own.map(|(name, reason)| NotEvaluated {
        name: match name.as_str() {
            "clip" | "dino" => name.to_uppercase(),
            other => other.to_owned(),
        },
        reason: reason.clone(),
    })
    .collect()
}

/// What a model's files say of themselves, as far as it is kept.
fn stated(record: &ModelRecord) -> Vec<(String, String)> {
    let mut stated = vec![(
        "Files".to_owned(),
        format!("{}", record.identity.files.len()),
    )];
    if !record.borrowed.is_empty() {
        stated.push((
            "Taken from the pretrained model".into(),
            record.borrowed.join(", "),
        ));
    }
    if let Some(lora) = &record.lora {
        let [least, most] = lora.ranks;
        stated.push((
            "LoRA".into(),
            format!("ranks {least} to {most}, strength {}", lora.strength),
        ));
    }
    stated
}

fn p_value_text(p_value: &PValue) -> String {
    format!(
        "p = {}: {} of {} negative controls score as high; with so few it cannot be less than {}.",
        number(p_value.value),
        p_value.reached_by,
        p_value.negatives,
        number(p_value.smallest)
    )
}

fn ratio_text(work: &WorkVerdict) -> String {
    match (&work.likelihood_ratio, work.least_favourable.evaluated()) {
        (Outcome::Evaluated(ratio), _) => own_ratio(ratio),
        (Outcome::NotEvaluated { .. }, Some(least)) => format!(
            "If the fine-tuning was done as in the calibration “{}”: {} The least favourable of {} calibrations.",
            least.recipe,
            own_ratio(&least.ratio),
            least.calibrations
        ),
        (Outcome::NotEvaluated { reason }, None) => format!("not evaluated: {reason}."),
    }
}

fn own_ratio(ratio: &LikelihoodRatio) -> String {
    let bound = match ratio.cut_by {
        Some(Bound::Upper) => " It was cut to the most that so few controls can carry.",
        Some(Bound::Lower) => " It was cut to the least that so few controls can carry.",
        None => "",
    };
    format!(
        "{} (95 % interval {} to {}).{bound}",
        number(ratio.value),
        number(ratio.interval.low),
        number(ratio.interval.high)
    )
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

fn custody(entry: &journal::Entry) -> Entry {
    let hash = entry.hash.to_string();
    Entry {
        number: entry.number,
        time: entry.time.to_string(),
        who: entry.who.clone(),
        event: event(&entry.event),
        hash: hash.get(..SHORT).unwrap_or(&hash).to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::journal::Event;

    #[test]
    fn sentences_begin_with_a_capital_and_end() {
        assert_eq!(capital("too few"), "Too few.");
        assert_eq!(capital(""), "");
    }

    #[test]
    fn every_event_has_words() {
        for event_now in [Event::Cancelled {}, Event::Resumed {}, Event::Unknown] {
            assert!(!event(&event_now).is_empty());
        }
    }
}
