//! The plan of tables and figures: the works with their hashes, the cells, and which of them a row is made of. It is one
//! file, `plan.json`, and all that a machine needs to know beside the pictures and the base model.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::cell::{Cell, PROGRAM};
use super::error::PaperError;
use super::material::{self, Amount, Class, Kind};
use super::resemblance::without_resembling;
use super::schedulers;
use super::sources::{Source, base, encoder, further};
use super::tables::{self, PlannedTable, Table};
use palimpsest_base::atomic;
use palimpsest_base::bounded_read::read_at_most;
use palimpsest_method::inversion::Preset;

/// The file of a plan.
pub const FILE: &str = "plan.json";
/// The folder of the locks.
pub(super) const CLAIMS: &str = "claims";
/// The folder of works that are drawn.
pub(super) const WORKS: &str = "works";
/// The largest plan that is read, in bytes.
const MAX_BYTES: u64 = 1 << 28;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// A folder, or a built-in model's name.
    pub base: PathBuf,
    /// Others, for the table of models.
    pub further_bases: Vec<PathBuf>,
    pub tables: Vec<Table>,
    /// Works that the program draws, in place of folders.
    pub built_in: bool,
    pub wikiart: Option<PathBuf>,
    pub dreambooth: Option<PathBuf>,
    pub amount: Amount,
    pub scale: Scale,
    /// Folders of the picture encoders.
    pub clip: Option<PathBuf>,
    pub dino: Option<PathBuf>,
}

/// How much work is made of each cell.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Serialize)]
pub struct Scale {
    /// Draws of a picture in training.
    pub draws: u64,
    pub lora: usize,
    /// Train the text encoder too, where all weights are trained.
    pub text_encoder: bool,
    pub preset: Preset,
    /// Steps of an examination; without it the preset's.
    pub steps: Option<usize>,
    /// Pictures of a baseline for every work; without it as many as cost the network evaluations of an examination.
    pub pictures: Option<usize>,
    /// Steps of a picture that a model makes; in the paper 50.
    pub sampling_steps: usize,
    /// Pictures of a class that the base model makes.
    pub class_pictures: usize,
    /// The most training pictures of table 3.
    pub most_pictures: usize,
    /// Steps of precautions on the pictures.
    #[serde(default = "usual_precaution_steps")]
    pub precaution_steps: usize,
}

/// Plans of before have none.
fn usual_precaution_steps() -> usize {
    100
}

/// The plan.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Plan {
    /// The program that made the plan; another version makes other cells.
    pub program: String,
    pub base: Source,
    /// Others, for the table of models.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub further_bases: Vec<Source>,
    /// CLIP and DINO.
    pub encoders: [Option<Source>; 2],
    pub seed: u64,
    pub scale: Scale,
    pub classes: Vec<Class>,
    pub tables: Vec<PlannedTable>,
    /// In an order in which every cell comes after those that it needs.
    pub cells: Vec<Cell>,
}

impl Plan {
    /// Draws or finds the works and plans the cells of all tables into `folder`, which is new, or has the same plan.
    ///
    /// # Errors
    /// [`PaperError`].
    pub fn make(wanted: &Wanted, folder: &Path) -> Result<Self, PaperError> {
        let file = folder.join(FILE);
        check_usable(folder)?;
        // Two that begin at once would write the same files.
        let _planning = planning(folder)?;
        let before = match file.exists() {
            true => Some(Self::read(folder)?),
            false => None,
        };
        let amount = wanted.amount;
        let needs = |kind| wanted.tables.iter().any(|table| table.needs(kind));
        let members = tables::most_members(wanted);
        let mut classes = Vec::new();
        if needs(Kind::Style) {
            classes.extend(match (&wanted.wikiart, wanted.built_in) {
                (Some(wikiart), _) => material::artists(wikiart, amount, members)?,
                (None, true) => material::drawn_hands(folder, amount, members)?,
                (None, false) => return Err(PaperError::NoMaterial("styles (--wikiart)".into())),
            });
        }
        if needs(Kind::Object) {
            classes.extend(match (&wanted.dreambooth, wanted.built_in) {
                (Some(dreambooth), _) => material::subjects(dreambooth, amount)?,
                (None, true) => material::drawn_objects(folder, amount)?,
                (None, false) => {
                    return Err(PaperError::NoMaterial("objects (--dreambooth)".into()));
                }
            });
        }
        if let Some(clip) = &wanted.clip {
            let kept = classes
                .into_iter()
                .map(|class| without_resembling(class, folder, clip));
            classes = kept.collect::<Result<_, _>>()?;
        }
        let mut names = BTreeSet::new();
        if let Some(twice) = classes.iter().find(|class| !names.insert(&class.name)) {
            return Err(PaperError::SameName(twice.name.clone()));
        }
        let mut plan = Self {
            program: PROGRAM.into(),
            base: base(&wanted.base)?,
            further_bases: further(wanted)?,
            encoders: [
                encoder(wanted.clip.as_deref())?,
                encoder(wanted.dino.as_deref())?,
            ],
            seed: amount.seed,
            scale: wanted.scale,
            classes,
            tables: Vec::new(),
            cells: Vec::new(),
        };
        let (tables, cells) = tables::planned(&plan, &wanted.tables, amount.works);
        (plan.tables, plan.cells) = (tables, cells);
        match before {
            Some(before) if before == plan => {}
            Some(_) => return Err(PaperError::OtherPlan(folder.into())),
            // The plan itself comes last: with it everything is there.
            None => {
                schedulers::write(&plan, folder)?;
                plan.write(&file)?;
            }
        }
        Ok(plan)
    }

    fn write(&self, file: &Path) -> Result<(), PaperError> {
        let written = serde_json::to_vec_pretty(self).map_err(std::io::Error::from);
        let parent = file.parent().map_or(Ok(()), fs::create_dir_all);
        parent
            .and(written)
            .and_then(|bytes| atomic::replace(file, &bytes))
            .map_err(|source| PaperError::Write {
                file: file.into(),
                source,
            })
    }

    /// The plan in `folder`.
    ///
    /// # Errors
    /// [`PaperError::Plan`].
    pub fn read(folder: &Path) -> Result<Self, PaperError> {
        let file = folder.join(FILE);
        let why = |why: String| PaperError::Plan {
            file: file.clone(),
            why,
        };
        let bytes = read_at_most(&file, MAX_BYTES).map_err(|error| why(error.to_string()))?;
        let plan: Self = serde_json::from_slice(&bytes).map_err(|error| why(error.to_string()))?;
        plan.check().map_err(why)?;
        Ok(plan)
    }

    /// A plan that somebody changed could name files elsewhere, or go in circles.
    fn check(&self) -> Result<(), String> {
        let mut earlier = BTreeSet::new();
        for cell in &self.cells {
            let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            if cell.name.is_empty() || cell.name.len() > 200 || !cell.name.chars().all(plain) {
                return Err(format!(
                    "\u{201c}{}\u{201d} is no name of a cell",
                    cell.name
                ));
            }
            if let Some(need) = cell.needs.iter().find(|need| !earlier.contains(*need)) {
                return Err(format!(
                    "{} needs {need}, which does not come before it",
                    cell.name
                ));
            }
            if self.base_at(cell.task.base()).is_none() {
                return Err(format!("{} has a base that is not named", cell.name));
            }
            if !earlier.insert(cell.name.clone()) {
                return Err(format!("{} is there twice", cell.name));
            }
        }
        Ok(())
    }

    /// The base at this place among the further ones, or the plan's own.
    pub fn base_at(&self, place: Option<usize>) -> Option<&Source> {
        match place {
            None => Some(&self.base),
            Some(place) => self.further_bases.get(place),
        }
    }

    /// The class of this name.
    pub fn class(&self, name: &str) -> Option<&Class> {
        self.classes.iter().find(|class| class.name == name)
    }

    /// The cell of this name.
    pub fn cell(&self, name: &str) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.name == name)
    }
}

/// Sees that the folder is new, empty, or a plan's: one that was broken off has left works and its lock.
fn check_usable(folder: &Path) -> Result<(), PaperError> {
    let unreadable = |source| PaperError::Read {
        file: folder.into(),
        source,
    };
    if !folder.exists() || folder.join(FILE).exists() {
        return Ok(());
    }
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let name = entry.map_err(unreadable)?.file_name();
        let of_a_plan = name.to_string_lossy().ends_with(atomic::SUFFIX)
            || [CLAIMS, WORKS].iter().any(|own| name == *own)
            || schedulers::FILES.iter().any(|(own, _)| name == *own);
        if !of_a_plan {
            return Err(PaperError::OtherPlan(folder.into()));
        }
    }
    Ok(())
}

/// The lock on the making of a plan, waited for.
fn planning(folder: &Path) -> Result<File, PaperError> {
    // No cell is called so.
    let path = folder.join(CLAIMS).join("the.plan");
    let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
    let locked = parent.and_then(|()| File::create(&path)).and_then(|file| {
        file.lock()?;
        Ok(file)
    });
    locked.map_err(|source| PaperError::Write { file: path, source })
}
