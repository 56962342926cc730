//! What the noise predictor of a file predicts, and with which noise it was trained: as the user says, as the file's record says
//! (`modelspec`), as tensors without values say, or the `.yaml` of the original training code beside it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::configurations::Configurations;
use super::{Told, usual_scheduler};
use crate::ModelError;
use crate::files::config::{Prediction, SchedulerConfig};
use crate::files::text::read_text;
use crate::files::weights::Weights;

/// Empty tensors by which some interfaces tell velocity, and a schedule without signal at its end.
pub const VELOCITY: &str = "v_pred";
pub const ZERO_SNR: &str = "ztsnr";

/// The key of the record.
const RECORD: &str = "modelspec.prediction_type";

/// The settings of the first and the last variance in the original training code.
const START: &str = "linear_start";
const END: &str = "linear_end";

/// The largest description that is read, in bytes.
const YAML: u64 = 1 << 20;

/// What is known of a model's prediction.
pub struct Stated {
    prediction: Prediction,
    /// True if it is a guess for lack of a statement, which the configurations may better.
    is_usual: bool,
    zero_snr: bool,
    /// A sentence about where it comes from, where that is worth one.
    note: Option<String>,
    betas: Option<(f64, f64)>,
    /// The description beside the file, if it was used.
    pub beside: Option<PathBuf>,
}

impl Stated {
    /// Finds it out; `is_second` says that the model is of a family in which both kinds are usual.
    ///
    /// # Errors
    /// [`ModelError::NeedsPrediction`] if nothing says it, [`ModelError::UnknownPrediction`] if something says
    /// something else, [`ModelError::Setting`] if the description's noise is none.
    pub fn read(
        file: &Path,
        weights: &Weights,
        record: &BTreeMap<String, String>,
        told: Told<'_>,
        is_second: bool,
    ) -> Result<Self, ModelError> {
        let description = Description::beside(file)?;
        let mut stated = Self {
            prediction: Prediction::Epsilon,
            is_usual: false,
            zero_snr: weights.contains(ZERO_SNR),
            note: None,
            betas: match &description {
                Some(description) => description.betas()?,
                None => None,
            },
            beside: description
                .as_ref()
                .map(|description| description.file.clone()),
        };
        if let Some(prediction) = told.prediction {
            stated.prediction = prediction;
            stated.note = Some(format!(
                "The model predicts {}, as was said by hand.",
                word(prediction)
            ));
        } else if let Some(text) = record.get(RECORD) {
            stated.prediction = parsed(file, text)?;
            stated.note = Some(format!(
                "The model predicts {}, as the file says.",
                word(stated.prediction)
            ));
        } else if weights.contains(VELOCITY) {
            stated.prediction = Prediction::Velocity;
            stated.note = Some("The model predicts velocity (v), as the file says.".into());
        } else if let Some(description) = &description {
            // The original code takes epsilon where its description says nothing.
            let text = description.value("parameterization").unwrap_or("eps");
            stated.prediction = parsed(&description.file, text)?;
            stated.note = Some(format!(
                "The model predicts {}, as {} says.",
                word(stated.prediction),
                description.file.file_name().unwrap_or_default().display()
            ));
        } else if !is_second {
            stated.is_usual = true;
        } else if let Some(base) = told.base {
            stated.prediction = base.prediction;
            stated.note = Some(format!(
                "The file does not say what the model predicts: {}, as the other model of the pair.",
                word(base.prediction)
            ));
        } else {
            return Err(ModelError::NeedsPrediction { file: file.into() });
        }
        Ok(stated)
    }

    /// The noise of the training; `notes` gets a sentence about it where it was not simply usual.
    pub fn scheduler(
        &self,
        configurations: &Configurations,
        notes: &mut Vec<String>,
    ) -> SchedulerConfig {
        notes.extend(self.note.clone());
        let configured = configurations.scheduler.clone();
        let mut scheduler = configured.unwrap_or_else(|| {
            let mut usual = usual_scheduler(self.prediction);
            if let Some((start, end)) = self.betas {
                usual.beta_start = start;
                usual.beta_end = end;
            }
            usual
        });
        if !self.is_usual {
            scheduler.prediction_type = self.prediction;
        }
        scheduler.rescale_betas_zero_snr |= self.zero_snr;
        scheduler
    }
}

fn word(prediction: Prediction) -> &'static str {
    match prediction {
        Prediction::Epsilon => "noise (epsilon)",
        Prediction::Velocity => "velocity (v)",
    }
}

fn parsed(file: &Path, text: &str) -> Result<Prediction, ModelError> {
    match text.trim().to_ascii_lowercase().as_str() {
        "epsilon" | "eps" => Ok(Prediction::Epsilon),
        "v" | "v_prediction" | "v-prediction" | "velocity" => Ok(Prediction::Velocity),
        _ => Err(ModelError::UnknownPrediction {
            file: file.into(),
            text: text.into(),
        }),
    }
}

/// The description of a model in the original training code, as it lies beside the file: of its settings a few are looked
/// for by name, in block or flow style.
struct Description {
    file: PathBuf,
    text: String,
}

impl Description {
    fn beside(file: &Path) -> Result<Option<Self>, ModelError> {
        let candidates = ["yaml", "yml"].map(|extension| file.with_extension(extension));
        let Some(file) = candidates.into_iter().find(|file| file.is_file()) else {
            return Ok(None);
        };
        let text = read_text(&file, "the model's description", YAML)?;
        let description = Self { file, text };
        // Any other file of this ending says nothing.
        let is_ours = ["LatentDiffusion", "parameterization", "unet_config"];
        let is_ours = is_ours.iter().any(|word| description.text.contains(word));
        Ok(is_ours.then_some(description))
    }

    /// The value of the setting `key`, of one line.
    fn value(&self, key: &str) -> Option<&str> {
        self.text.lines().find_map(|line| {
            let line = line.split('#').next()?;
            let (before, rest) = line.split_once(key)?;
            let is_whole = !before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '_');
            let rest = rest
                .trim_start_matches(['"', '\'', ' '])
                .strip_prefix(':')?;
            let value = rest.split([',', '}']).next()?;
            is_whole.then(|| value.trim().trim_matches(['"', '\'']))
        })
    }

    /// The first and the last variance; none where the description names neither.
    ///
    /// # Errors
    /// [`ModelError::Setting`] for what is no variance, or for one without the other: with the usual noise in its place
    /// the model would be examined otherwise than it was trained.
    fn betas(&self) -> Result<Option<(f64, f64)>, ModelError> {
        let (first, last) = (self.value(START), self.value(END));
        if first.is_none() && last.is_none() {
            return Ok(None);
        }
        let wrong = |key: &str, value: Option<&str>, expected: &str| ModelError::Setting {
            file: self.file.clone(),
            key: key.into(),
            value: value.unwrap_or("not given").into(),
            expected: expected.into(),
        };
        let number = |key, value: Option<&str>| {
            let number = value.and_then(|value| value.parse::<f64>().ok());
            let number = number.filter(|number| (1e-9..=0.999).contains(number));
            number.ok_or_else(|| wrong(key, value, "a number from 0.000000001 to 0.999"))
        };
        let (start, end) = (number(START, first)?, number(END, last)?);
        match start <= end {
            true => Ok(Some((start, end))),
            false => Err(wrong(END, last, &format!("no less than {START}"))),
        }
    }
}
