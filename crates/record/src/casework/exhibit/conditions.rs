//! Under which conditions a case was examined: the settings, what else would explain the finding and was
//! considered, what limits it, and how to do it over.

use super::parts::Source;
use super::words::score_name;
use crate::case::journal::Event;
use crate::case::{Declaration, Role};
use crate::casework::earlier::{BOUND, of_model};
use crate::exhibit::{Alternative, Reproduction, Setting};
use crate::language::{Texts, args};
use palimpsest_method::artwork::Reading;
use palimpsest_method::examination::{Fits, Frame, PictureSizes, Plan, PromptSource};
use palimpsest_method::inversion::{CommonSettings, Filling, Settings, TimestepRange};

impl Source<'_> {
    pub(super) fn settings(&self) -> Vec<Setting> {
        let plan = &self.view.plan;
        let usual = plan.usual();
        let texts = self.texts;
        let setting = |name: &'static str, value: String, usual: Option<String>| Setting {
            name: texts.text(name).into(),
            deviates_from: usual.filter(|usual| *usual != value),
            value,
        };
        let known = |text: &dyn Fn(&Settings) -> String| usual.as_ref().map(text);
        let prompt = match plan.prompt_source {
            PromptSource::Given => "prompt-given",
            PromptSource::File => "prompt-from-file",
            PromptSource::Default => "prompt-assumed",
        };
        let question = &self.assessment.question;
        let text =
            |value: Option<String>| value.unwrap_or_else(|| texts.text("replayed-draws").into());
        let draws = match plan.settings.draws.file() {
            Some(file) => {
                let args = args!["file" => file.path.name(), "hash" => file.sha256.to_string()];
                texts.with("draws-from-file", &args)
            }
            None => texts.text("draws-from-seed").into(),
        };
        let mut settings = vec![
            setting(
                "setting-score",
                score_name(texts, question.primary_score).into(),
                None,
            ),
            setting("setting-repetitions", question.repeats.to_string(), None),
            setting(
                "setting-choice",
                match (question.controls_drawn, self.assessment.verdict.negatives) {
                    (Some(draw), _) => texts.recorded(&draw.to_string()),
                    (None, 0) => texts.text("there-are-none").into(),
                    (None, _) => texts.text("by-the-user").into(),
                },
                None,
            ),
            setting("setting-source", self.declared(|it| &it.source), None),
            setting("setting-dates", self.declared(|it| &it.dates), None),
            setting("setting-rule", self.declared(|it| &it.rule), None),
            setting(
                "setting-preset",
                texts.recorded(&plan.preset.to_string()),
                None,
            ),
            setting(
                "setting-reading",
                readings(texts, plan.reading, &question.further_readings),
                Some(readings(
                    texts,
                    Reading::AS_SEEN,
                    &question.further_readings,
                )),
            ),
            setting("setting-mask", plan.mask.to_string(), None),
            setting("setting-resolution", resolution(texts, plan), None),
            setting(
                "setting-steps",
                plan.settings.steps.to_string(),
                known(&|usual| usual.steps.to_string()),
            ),
            setting(
                "setting-start",
                start(texts, &plan.settings),
                known(&|usual| start(texts, usual)),
            ),
            setting(
                "setting-step-length",
                texts.number(plan.settings.step_size),
                known(&|usual| texts.number(usual.step_size)),
            ),
            setting(
                "setting-budget",
                texts.number(plan.settings.budget),
                known(&|usual| texts.number(usual.budget)),
            ),
            setting(
                "setting-momentum",
                texts.number(plan.settings.momentum),
                known(&|usual| texts.number(usual.momentum)),
            ),
            setting(
                "setting-timesteps",
                text(plan.settings.timesteps().map(|range| span(texts, range))),
                (usual.as_ref().and_then(Settings::timesteps)).map(|range| span(texts, range)),
            ),
            setting(
                "setting-weight",
                weight(texts, &plan.settings),
                known(&|usual| weight(texts, usual)),
            ),
            setting(
                "setting-noise",
                texts.recorded(&plan.settings.noise().to_string()),
                known(&|usual| texts.recorded(&usual.noise().to_string())),
            ),
            setting("setting-draws", draws, None),
            setting(
                "setting-seed",
                text(plan.settings.seed().map(|s| s.to_string())),
                None,
            ),
            setting(
                "setting-prompt",
                format!("{} ({})", plan.prompt, texts.text(prompt)),
                None,
            ),
            setting(
                "setting-pretrained-prompt",
                match plan.pretrained_prompt == plan.prompt {
                    true => texts.text("the-same").into(),
                    false => plan.pretrained_prompt.clone(),
                },
                None,
            ),
            setting("setting-arithmetic", texts.recorded(&plan.arithmetic), None),
            setting(
                "setting-program",
                format!("Palimpsest {}", plan.version),
                None,
            ),
        ];
        settings.extend(plan.sizes.map(|sizes| {
            let words =
                |sizes: PictureSizes| texts.recorded(&sizes.words(plan.resolution, plan.frame));
            setting(
                "setting-sizes",
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
            (0, None) => self.texts.text("there-are-none").into(),
            (_, None) => self.texts.text("not-declared").into(),
        }
    }

    pub(super) fn alternatives(&self) -> Vec<Alternative> {
        let texts = self.texts;
        let count = |role| self.assessment.with_role(role).count();
        let (negatives, nulls) = (count(Role::Negative), count(Role::NullRun));
        let considered = |explanation: &'static str, considered: String| Alternative {
            explanation: texts.text(explanation).into(),
            considered,
        };
        let kept_out = self.assessment.works.iter();
        let kept_out = kept_out
            .filter(|work| work.near_duplicate.is_some())
            .count();
        vec![
            considered(
                "other-style",
                match negatives {
                    0 => texts.text("other-style-not-considered").into(),
                    n => texts.with("other-style-considered", &args!["controls" => n]),
                },
            ),
            considered(
                "other-nothing",
                match nulls {
                    0 => texts.text("other-nothing-not-considered").into(),
                    n => texts.with("other-nothing-considered", &args!["works" => n]),
                },
            ),
            considered("other-pretrained", self.pretrained_alone()),
            considered(
                "other-duplicate",
                match kept_out {
                    0 => texts.text("other-duplicate-none").into(),
                    some => texts.with("other-duplicate-some", &args!["works" => some]),
                },
            ),
        ]
    }

    /// What the pretrained model's own knowledge of a work has to do with the score.
    fn pretrained_alone(&self) -> String {
        let recovery = self.assessment.question.primary_score.is_of_recovery();
        match self.view.plan.impurity().filter(|_| recovery) {
            None => self.texts.text("other-pretrained-excluded").into(),
            Some(impurity) => {
                let args = args!["impurity" => self.texts.recorded(&impurity)];
                self.texts.with("other-pretrained-not-excluded", &args)
            }
        }
    }

    pub(super) fn limitations(&self) -> Vec<String> {
        let (texts, plan) = (self.texts, &self.view.plan);
        let mut limits = self.view.warnings.clone();
        limits.extend(self.assessment.additions.iter().cloned());
        limits.extend(self.assessment.not_counted_together());
        // Cases of earlier versions do not say it.
        let impurity = plan.impurity();
        limits.extend(impurity.filter(|sentence| !self.view.warnings.contains(sentence)));
        let self_test = self.view.self_test().filter(|test| !test.passed());
        limits.extend(self_test.map(|test| test.sentence()));
        limits.extend(self.assessment.controls_declared());
        let mut limits: Vec<String> = limits.iter().map(|limit| texts.recorded(limit)).collect();
        if plan.prompt_source == PromptSource::Default {
            limits.push(texts.text("prompt-not-known").into());
        }
        let base = self.view.base_fit.as_ref();
        let unknown = base.filter(|fit| fit.fits == Fits::Unknown);
        limits.extend(unknown.map(|fit| texts.recorded(&fit.sentence())));
        if plan.finetuned.lora.is_some() {
            limits.push(match plan.finetuned.further.len() {
                0 => texts.text("is-a-lora").into(),
                others => texts.with("is-of-loras", &args!["loras" => others + 1]),
            });
        }
        let common = CommonSettings::from(&plan.settings);
        let mut tests = self.view.artworks.iter();
        let differs = tests.any(|artwork| {
            let findings = artwork.findings.as_ref();
            artwork.entry.role == Role::SelfTest
                && findings.is_some_and(|it| CommonSettings::from(&it.plan.settings) != common)
        });
        if differs {
            limits.push(texts.text("self-test-differs").into());
        }
        let questioned = self.assessment.questioned();
        limits.extend(questioned.filter_map(|work| {
            let why = texts.recorded(&work.unfit_controls()?);
            let args = args!["title" => work.name.as_str(), "text" => format!("{why}.")];
            Some(texts.with("titled", &args))
        }));
        limits.extend(self.missing());
        let examinations = of_model(self.view.registration.as_ref());
        limits.push(texts.recorded(&format!("{examinations} {BOUND}")));
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
            let args = args!["files" => missing.len(), "names" => missing.join(", ")];
            self.texts.with("files-missing", &args)
        })
    }

    pub(super) fn reproduction(&self) -> Reproduction {
        Reproduction {
            commands: vec![
                "palimpsest verify CASE_DIR".into(),
                "palimpsest verify CASE_DIR --replay".into(),
            ],
            tolerance: {
                let arithmetic = self.texts.recorded(&self.view.plan.arithmetic);
                self.texts
                    .with("tolerance", &args!["arithmetic" => arithmetic])
            },
        }
    }
}

/// The reading of the files, and those in which works were examined besides.
fn readings(texts: &Texts, first: Reading, further: &[Reading]) -> String {
    let said = |reading: &Reading| texts.recorded(&reading.to_string());
    let further = further
        .iter()
        .map(|reading| texts.with("also-read", &args!["reading" => said(reading)]));
    format!("{}{}", said(&first), further.collect::<String>())
}

/// The weight of the pretrained model's loss as it is read.
fn weight(texts: &'static Texts, settings: &Settings) -> String {
    match settings.projected {
        true => texts.text("weight-projected").into(),
        false => texts.number(settings.contrast_weight),
    }
}

/// Content of the removed part before the first step.
fn start(texts: &'static Texts, settings: &Settings) -> String {
    texts
        .text(match settings.start {
            Filling::Reencoded => "start-reencoded",
            Filling::Filled => "start-filled",
            Filling::Blurred => "start-blurred",
            Filling::Recorded => "start-recorded",
        })
        .into()
}

/// Timesteps as they are read.
fn span(texts: &Texts, range: TimestepRange) -> String {
    let (first, last) = (range.first().to_string(), range.last().to_string());
    texts.with("timesteps", &args!["first" => first, "last" => last])
}

/// The size of prepared pictures.
fn resolution(texts: &Texts, plan: &Plan) -> String {
    let id = match plan.frame {
        Frame::Square => "resolution-square",
        Frame::Bucket => "resolution-bucket",
    };
    texts.with(id, &args!["pixels" => plan.resolution.to_string()])
}
