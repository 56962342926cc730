//! Calibrations: scores of mock fine-tunes of the same pretrained model, made by `palimpsest calibrate`, that
//! stand in for positive controls which nobody has. What rests on one holds only if the questioned model
//! was made by that recipe.

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::error::CaseworkError;
use crate::case::{CaseError, CaseView, UnreadFile};
use palimpsest_base::atomic;
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_base::digest::Digest;
use palimpsest_method::artwork::Reading;
use palimpsest_method::examination::{Frame, PictureSizes, Plan};
use palimpsest_method::inversion::CommonSettings;
use palimpsest_method::verdict::Calibration;

/// The folder of a case that holds its calibrations.
pub const FOLDER: &str = "calibrations";

/// Says that the file is ours, and of which form.
const SCHEMA: &str = "palimpsest calibration";
/// Raised when the scores mean something else; in 1 all works had the same draws.
const VERSION: u32 = 2;

/// The largest calibration read, in bytes: a thousand works by ten recipes have a hundredth of it.
const MAX_BYTES: u64 = 1 << 24;

/// The conditions that scores depend on beside the picture and the models that were fine-tuned: calibration and case must
/// agree in it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Conditions {
    /// Hash over the pretrained model's files.
    pub pretrained: Digest,
    pub mask: String,
    pub resolution: usize,
    #[serde(flatten)]
    pub settings: CommonSettings,
    /// True if the loss gap has noises of each work's own; see [`Plan::compared`].
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub compared: bool,
    /// How the files are read; left out where it is as people see them.
    #[serde(default, skip_serializing_if = "Reading::is_usual")]
    pub reading: Reading,
    /// What of the artworks is examined; left out where it is a square.
    #[serde(default, skip_serializing_if = "Frame::is_square")]
    pub frame: Frame,
    /// The sizes of the picture that the networks are told; left out where they are those of generation or none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sizes: Option<PictureSizes>,
    pub repeats: u32,
}

/// The scores of one recipe.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct RecipeScores {
    /// The recipe of the mock fine-tune: method, draws a picture, rate, number of pictures.
    pub recipe: String,
    /// By score: of works that were used in it, and of works that were not.
    pub scores: BTreeMap<String, [Vec<f64>; 2]>,
}

/// A calibration on disk.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct CalibrationFile {
    schema: String,
    version: u32,
    #[serde(skip)]
    pub name: String,
    pub conditions: Conditions,
    pub recipes: Vec<RecipeScores>,
}

impl Conditions {
    /// Those of a plan.
    pub fn of(plan: &Plan, repeats: u32) -> Self {
        Self {
            pretrained: plan.pretrained.identity.sha256,
            mask: plan.mask.to_string(),
            resolution: plan.resolution,
            settings: CommonSettings::from(&plan.settings),
            compared: plan.compared,
            reading: plan.reading,
            frame: plan.frame,
            sizes: plan.sizes.filter(|sizes| *sizes == PictureSizes::Artwork),
            repeats,
        }
    }

    /// The first thing in which two conditions differ.
    fn difference(&self, other: &Self) -> Option<String> {
        if self == other {
            return None;
        }
        // Without its members a condition is only known to differ.
        let named = |conditions: &Self| match serde_json::to_value(conditions) {
            Ok(serde_json::Value::Object(members)) => members,
            _ => serde_json::Map::new(),
        };
        let (mine, theirs) = (named(self), named(other));
        let differing = mine
            .into_iter()
            .find(|(key, value)| theirs.get(key) != Some(value));
        Some(match differing {
            Some((key, value)) => {
                let theirs = theirs.get(&key).unwrap_or(&serde_json::Value::Null);
                format!("{} ({value} against {theirs})", key.replace('_', " "))
            }
            None => "a setting that has no name".to_owned(),
        })
    }
}

impl CalibrationFile {
    /// A new calibration.
    pub fn new(conditions: Conditions, recipes: Vec<RecipeScores>) -> Self {
        Self {
            schema: SCHEMA.into(),
            version: VERSION,
            name: String::new(),
            conditions,
            recipes,
        }
    }

    /// Reads a calibration.
    ///
    /// # Errors
    /// [`CaseworkError`] if it cannot be read or is none.
    pub fn read(path: &Path) -> Result<Self, CaseworkError> {
        let damaged = |why: String| CaseError::Damaged {
            path: path.into(),
            why,
        };
        let bytes = read_at_most(path, MAX_BYTES)
            .map_err(|error| CaseError::from(UnreadFile::new(path, error)))?;
        let mut file: Self =
            serde_json::from_slice(&bytes).map_err(|error| damaged(error.to_string()))?;
        if file.schema != SCHEMA {
            return Err(damaged("it is no calibration".into()).into());
        }
        if file.version != VERSION {
            let why = "another version of this program made it, in another way: make it anew with palimpsest \
                       calibrate";
            return Err(damaged(why.into()).into());
        }
        let scores = file
            .recipes
            .iter()
            .flat_map(|recipe| recipe.scores.values());
        if !scores.flatten().flatten().all(|score| score.is_finite()) {
            return Err(damaged("a score is no number".into()).into());
        }
        // What was read is a file, and has a name.
        file.name = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into();
        Ok(file)
    }

    /// Writes it to `path`.
    ///
    /// # Errors
    /// [`CaseworkError`] if that fails.
    pub fn write(&self, path: &Path) -> Result<(), CaseworkError> {
        let written = serde_json::to_vec_pretty(self).map_err(std::io::Error::from);
        written
            .and_then(|bytes| atomic::replace(path, &bytes))
            .map_err(|source| {
                let path = path.into();
                CaseError::Unwritable { path, source }.into()
            })
    }

    /// The calibrations of a case, in the order of their names.
    pub(super) fn all_of(view: &CaseView) -> Result<Vec<Self>, CaseworkError> {
        let place = view.folder.join(FOLDER);
        let unreadable = |source| CaseError::Unreadable {
            path: place.clone(),
            source,
        };
        let mut paths: Vec<PathBuf> = match std::fs::read_dir(&place) {
            Ok(entries) => entries
                .map(|entry| Ok(entry?.path()))
                .collect::<Result<_, _>>()
                .map_err(unreadable)?,
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(unreadable(error).into()),
        };
        paths.retain(|path| path.extension().is_some_and(|kind| kind == "json"));
        paths.sort();
        let files = paths.iter().map(|path| {
            let file = Self::read(path)?;
            // Whoever can write into the folder must not decide what the case says.
            if !view.is_sealed(&format!("{FOLDER}/{}", file.name))? {
                let why = "it was put into the case from outside: take it away, and in with palimpsest assess --calibration";
                let path = path.clone();
                let why = why.into();
                return Err(CaseError::Damaged { path, why }.into());
            }
            file.checked(view)
        });
        files.collect()
    }

    /// The same, if it was made as the case was.
    ///
    /// # Errors
    /// [`CaseworkError::OtherConditions`] naming what differs.
    pub fn checked(self, view: &CaseView) -> Result<Self, CaseworkError> {
        let case = Conditions::of(&view.plan, view.question.repeats);
        match self.conditions.difference(&case) {
            None => Ok(self),
            Some(difference) => Err(CaseworkError::OtherConditions {
                calibration: self.name,
                difference,
            }),
        }
    }

    /// Its scores of one kind, by recipe.
    pub(super) fn calibrations(&self, score: &str) -> Vec<Calibration> {
        let recipes = self.recipes.iter().filter_map(|recipe| {
            let [members, hold_outs] = recipe.scores.get(score)?.clone();
            Some(Calibration {
                recipe: recipe.recipe.clone(),
                members,
                hold_outs,
            })
        });
        recipes.collect()
    }
}
