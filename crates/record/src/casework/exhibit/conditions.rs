//! Under which conditions a case was examined: the settings, what else would explain the finding and was
//! considered, what limits it, and how to do it over.

use super::parts::Source;
use super::words::score_name;
use crate::case::journal::Event;
use crate::case::{Declaration, Role};
use crate::casework::earlier::{BOUND, of_model};
use crate::exhibit::{Alternative, Reproduction, Setting};
use palimpsest_base::number_format::{counted, number};
use palimpsest_method::artwork::Reading;
use palimpsest_method::examination::{BaseFit, Fits, Frame, PictureSizes, Plan, PromptSource};
use palimpsest_method::inversion::{CommonSettings, Filling, Settings, TimestepRange};

impl Source<'_> {
    pub(super) fn settings(&self) -> Vec<Setting> {
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
        let draws = match plan.settings.draws.file() {
            Some(file) => format!(
                "replayed from {}, SHA-256 {}",
                file.path.name(),
                file.sha256
            ),
            None => "from the seed".into(),
        };
        let mut settings = vec![
            setting(
                "Primary score, fixed beforehand",
                score_name(question.primary_score).into(),
                None,
            ),
            setting("Repetitions", question.repeats.to_string(), None),
            setting(
                "Choice of negative controls",
                match (question.controls_drawn, self.assessment.verdict.negatives) {
                    (Some(draw), _) => draw.to_string(),
                    (None, 0) => "there are none".into(),
                    (None, _) => "by the user".into(),
                },
                None,
            ),
            setting(
                "Source of the negative controls",
                self.declared(|it| &it.source),
                None,
            ),
            setting(
                "Dates of the negative controls",
                self.declared(|it| &it.dates),
                None,
            ),
            setting(
                "Rule of their selection",
                self.declared(|it| &it.rule),
                None,
            ),
            setting("Preset", plan.preset.to_string(), None),
            setting(
                "Reading of the files",
                readings(plan.reading, &question.further_readings),
                Some(readings(Reading::AS_SEEN, &question.further_readings)),
            ),
            setting("Mask", plan.mask.to_string(), None),
            setting("Resolution", resolution(plan), None),
            setting(
                "Steps",
                plan.settings.steps.to_string(),
                known(|usual| usual.steps.to_string()),
            ),
            setting(
                "Start of the removed part",
                start(&plan.settings),
                known(start),
            ),
            setting(
                "Step length",
                number(plan.settings.step_size),
                known(|usual| number(usual.step_size)),
            ),
            setting(
                "Budget",
                number(plan.settings.budget),
                known(|usual| number(usual.budget)),
            ),
            setting(
                "Momentum",
                number(plan.settings.momentum),
                known(|usual| number(usual.momentum)),
            ),
            setting(
                "Timesteps",
                text(plan.settings.timesteps().map(span)),
                usual.as_ref().and_then(Settings::timesteps).map(span),
            ),
            setting(
                "Weight of the pretrained model",
                weight(&plan.settings),
                known(weight),
            ),
            setting(
                "Noise",
                plan.settings.noise().to_string(),
                known(|usual| usual.noise().to_string()),
            ),
            setting("Random draws", draws, None),
            setting(
                "Seed of the questioned works",
                text(plan.settings.seed().map(|s| s.to_string())),
                None,
            ),
            setting("Prompt", format!("{} ({prompt})", plan.prompt), None),
            setting(
                "Prompt of the pretrained model",
                match plan.pretrained_prompt == plan.prompt {
                    true => "the same".into(),
                    false => plan.pretrained_prompt.clone(),
                },
                None,
            ),
            setting("Arithmetic", plan.arithmetic.clone(), None),
            setting("Program", format!("Palimpsest {}", plan.version), None),
        ];
        settings.extend(plan.sizes.map(|sizes| {
            let words = |sizes: PictureSizes| sizes.words(plan.resolution, plan.frame);
            setting(
                "Sizes of the picture that the models were told",
                words(sizes),
                Some(words(PictureSizes::Generation)),
            )
        }));
        settings
    }

    /// A part of what is declared of the negative controls.
    fn declared(&self, part: fn(&Declaration) -> &String) -> String {
        let declaration = self.assessment.question.declaration.as_ref();
        let text = declaration.map(part).filter(|text| !text.is_empty());
        match (self.assessment.verdict.negatives, text) {
            (_, Some(text)) => text.clone(),
            (0, None) => "there are none".into(),
            (_, None) => "not declared".into(),
        }
    }

    pub(super) fn alternatives(&self) -> Vec<Alternative> {
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
                        "{} declared not to have been used {} examined in the same way; the finding is relative \
                         to them, and excludes this only as far as they share the style.",
                        counted(n, "control", "controls"),
                        if n == 1 { "was" } else { "were" },
                    ),
                },
            ),
            considered(
                "The method finds something where there is nothing.",
                match nulls {
                    0 => "Not considered: there is no run against a model that saw none of the works.".into(),
                    n => format!(
                        "{} also examined with another model fine-tuned from the same pretrained one; the \
                         scores stand among the controls.",
                        counted(n, "questioned work was", "questioned works were"),
                    ),
                },
            ),
            considered(
                "The pretrained model had seen the work already.",
                self.pretrained_alone(),
            ),
            considered(
                "A near-duplicate of the work was used, and not the work.",
                format!(
                    "Not excluded: the works of this case were compared with each other, and {} kept out; the \
                     training pictures are not known, and a copy of the work among them can score as its use.",
                    match kept_out {
                        0 => "none was".into(),
                        some => counted(some, "was", "were"),
                    }
                ),
            ),
        ]
    }

    /// What the pretrained model's own knowledge of a work has to do with the score.
    fn pretrained_alone(&self) -> String {
        let recovery = self.assessment.question.primary_score.is_of_recovery();
        match self.view.plan.impurity().filter(|_| recovery) {
            None => "The score rests on the difference between the two models; what the pretrained model brings back \
                     by itself does not enter it."
                .into(),
            Some(impurity) => format!("Not ruled out by the settings. {impurity}"),
        }
    }

    pub(super) fn limitations(&self) -> Vec<String> {
        let plan = &self.view.plan;
        let mut limits = self.view.warnings.clone();
        limits.extend(self.assessment.additions.iter().cloned());
        limits.extend(self.assessment.not_counted_together());
        // Cases of earlier versions do not say it.
        let impurity = plan.impurity();
        limits.extend(impurity.filter(|sentence| !self.view.warnings.contains(sentence)));
        let self_test = self.view.self_test().filter(|test| !test.passed());
        limits.extend(self_test.map(|test| test.sentence()));
        limits.extend(self.assessment.controls_declared());
        if plan.prompt_source == PromptSource::Default {
            limits.push("The prompt of the fine-tuning is not known.".into());
        }
        let base = self.view.base_fit.as_ref();
        let unknown = base.filter(|fit| fit.fits == Fits::Unknown);
        limits.extend(unknown.map(BaseFit::sentence));
        if plan.finetuned.lora.is_some() {
            limits.push(
                match plan.finetuned.further.len() {
                    0 => "The fine-tuned model is a LoRA, which gives back less than full fine-tuning.".into(),
                    others => format!(
                        "The fine-tuned model is made of {} LoRAs, which give back less than full fine-tuning. Which of them knows a work is not told apart.",
                        others + 1
                    ),
                },
            );
        }
        let common = CommonSettings::from(&plan.settings);
        let mut tests = self.view.artworks.iter();
        let differs = tests.any(|artwork| {
            let findings = artwork.findings.as_ref();
            artwork.entry.role == Role::SelfTest
                && findings.is_some_and(|it| CommonSettings::from(&it.plan.settings) != common)
        });
        if differs {
            limits.push(
                "The self-test was run with other settings than the works: it does not speak for theirs."
                    .into(),
            );
        }
        let questioned = self.assessment.questioned();
        limits.extend(
            questioned
                .filter_map(|work| Some(format!("{}: {}.", work.name, work.unfit_controls()?))),
        );
        limits.extend(self.missing());
        let examinations = of_model(self.view.registration.as_ref());
        limits.push(format!("{examinations} {BOUND}"));
        limits
    }

    /// Works and models that nobody could hash again when that was last tried.
    fn missing(&self) -> Option<String> {
        let mut entries = self.entries.iter().rev();
        let missing = entries.find_map(|entry| match &entry.event {
            Event::Verified { missing, .. } => Some(missing),
            _ => None,
        })?;
        (!missing.is_empty()).then(|| {
            format!(
                "When the works and models were hashed again, {} not where it belongs and could not be \
                 checked: {}.",
                counted(missing.len(), "file was", "files were"),
                missing.join(", ")
            )
        })
    }

    pub(super) fn reproduction(&self) -> Reproduction {
        Reproduction {
            commands: vec![
                "palimpsest verify CASE_DIR".into(),
                "palimpsest verify CASE_DIR --replay".into(),
            ],
            tolerance: format!(
                "On a machine with the same arithmetic ({}) and with this version of the program the numbers \
                 are the same to the last bit; on others scores may differ in the third decimal.",
                self.view.plan.arithmetic
            ),
        }
    }
}

/// The weight of the pretrained model's loss as it is read.
/// The reading of the files, and those in which works were examined besides.
fn readings(first: Reading, further: &[Reading]) -> String {
    let further = further
        .iter()
        .map(|reading| format!("; where it is another picture also {reading}"));
    format!("{first}{}", further.collect::<String>())
}

fn weight(settings: &Settings) -> String {
    match settings.projected {
        true => {
            "at every step what takes its own gradient out of the fine-tuned model’s (projected)"
                .into()
        }
        false => number(settings.contrast_weight),
    }
}

/// Content of the removed part before the first step.
fn start(settings: &Settings) -> String {
    match settings.start {
        Filling::Reencoded => "the partial picture, encoded again",
        Filling::Filled => "filled in from what was left around it",
        Filling::Blurred => "the blurred picture",
        Filling::Recorded => "as the file of draws has it",
    }
    .into()
}

/// Timesteps as they are read.
fn span(range: TimestepRange) -> String {
    range.to_string().replace("..", " to ")
}

/// The size of prepared pictures.
fn resolution(plan: &Plan) -> String {
    match plan.frame {
        Frame::Square => format!("{} pixels", plan.resolution),
        Frame::Bucket => format!(
            "the whole picture at the nearest size to its own of those with about the area of {0} by {0} pixels",
            plan.resolution
        ),
    }
}
