//! What the tasks of cells take: works and models of cells before, each only if it is what the plan says; and the hashes of
//! what they made.

use std::fs;
use std::path::{Path, PathBuf};

use super::Workshop;
use crate::evaluation::set::Set;
use crate::finetuning::LORA;
use crate::paper::cell::{Cell, Task};
use crate::paper::error::PaperError;
use crate::paper::material::{Class, Input};
use crate::paper::result::{CellResult, Made, State};
use crate::paper::sources::Source;
use crate::protection::RECORD;
use palimpsest_base::digest::Digest;

impl<'a> Workshop<'a> {
    pub(super) fn place(&self, cell: &Cell) -> PathBuf {
        self.folder.join("cells").join(&cell.name)
    }

    /// The base model of a cell: that of the fine-tuning which it needs, or its own.
    pub(super) fn base(&self, cell: &Cell) -> Result<&Path, PaperError> {
        let task = match &cell.task {
            Task::Examine { .. } | Task::Baseline { .. } | Task::Membership { .. } => {
                let name = cell.needs.first().map_or("", String::as_str);
                &self.cell(name)?.task
            }
            own => own,
        };
        let place = task.base().map_or(0, |place| place + 1);
        let base = self.bases.get(place).map(PathBuf::as_path);
        base.ok_or_else(|| PaperError::NoCell(cell.name.clone()))
    }

    pub(super) fn encoders(&self) -> [Option<PathBuf>; 2] {
        let path = |source: &Option<Source>| source.as_ref().map(|s| s.path.clone());
        self.plan.encoders.each_ref().map(path)
    }

    /// The class, once every picture of it is what it was.
    pub(super) fn class(&self, name: &str) -> Result<&'a Class, PaperError> {
        let class = self.plan.class(name);
        let class = class.ok_or_else(|| PaperError::NoCell(name.into()))?;
        for (_, work) in class.works() {
            let file = self.folder.join(&work.path);
            let read = Digest::of_file(&file);
            let (sha256, _) = read.map_err(|source| PaperError::Read {
                file: file.clone(),
                source,
            })?;
            if sha256 != work.sha256 {
                return Err(PaperError::Changed(file));
            }
        }
        Ok(class)
    }

    pub(super) fn set(&self, class: &Class, members: usize) -> Set {
        let files = |works: &[Input]| -> Vec<PathBuf> {
            works
                .iter()
                .map(|work| self.folder.join(&work.path))
                .collect()
        };
        Set {
            name: class.name.clone(),
            members: files(&class.members[..members.min(class.members.len())]),
            hold_outs: files(&class.hold_outs),
            asked: None,
        }
    }

    /// The first result that a cell needs, with its files checked.
    pub(super) fn needed(&self, cell: &Cell) -> Result<(&'a Cell, CellResult), PaperError> {
        self.needed_of(cell.needs.first())
    }

    /// The result of a cell that another needs, with its files checked.
    pub(super) fn needed_of(
        &self,
        name: Option<&String>,
    ) -> Result<(&'a Cell, CellResult), PaperError> {
        let name = name.map_or("", String::as_str);
        let need = self.cell(name)?;
        let State::Done(result) = State::of(need, self.plan, self.folder) else {
            return Err(PaperError::NoCell(name.into()));
        };
        for made in &result.files {
            let file = self.folder.join(&made.path);
            let is_same = Digest::of_file(&file).is_ok_and(|(found, _)| found == made.sha256);
            if !is_same {
                return Err(PaperError::Changed(file));
            }
        }
        Ok((need, *result))
    }

    /// The number of members that the model of a cell was trained on.
    pub(super) fn members_of(&self, cell: &Cell) -> Result<usize, PaperError> {
        let name = cell.needs.first().map_or("", String::as_str);
        match &self.cell(name)?.task {
            Task::Finetune { training, .. } => Ok(training.members),
            _ => Err(PaperError::NoCell(name.into())),
        }
    }

    /// The fine-tuned model that a cell needs: a folder, or the file of a LoRA.
    pub(super) fn model_of(&self, cell: &Cell) -> Result<PathBuf, PaperError> {
        let (need, _) = self.needed(cell)?;
        let place = self.place(need);
        let lora = place.join(LORA);
        Ok(if lora.exists() { lora } else { place })
    }

    /// The pictures that the last of a cell's needs has changed.
    pub(super) fn protected(&self, cell: &Cell) -> Result<Vec<PathBuf>, PaperError> {
        let (_, result) = self.needed_of(cell.needs.last())?;
        let files = result.files.iter();
        let pictures = files.filter(|made| !made.path.ends_with(RECORD));
        Ok(pictures.map(|made| self.folder.join(&made.path)).collect())
    }

    /// The hashes of all files below a folder, by their names.
    pub(super) fn all_made(&self, place: &Path, files: &mut Vec<Made>) -> Result<(), PaperError> {
        let unreadable = |source| PaperError::Read {
            file: place.into(),
            source,
        };
        let mut paths = Vec::new();
        for entry in fs::read_dir(place).map_err(unreadable)? {
            paths.push(entry.map_err(unreadable)?.path());
        }
        paths.sort();
        for path in paths {
            match path.is_dir() {
                true => self.all_made(&path, files)?,
                false => files.push(self.made(&path)?),
            }
        }
        Ok(())
    }

    pub(super) fn made(&self, file: &Path) -> Result<Made, PaperError> {
        let (sha256, _) = Digest::of_file(file).map_err(|source| PaperError::Read {
            file: file.into(),
            source,
        })?;
        let below = file.strip_prefix(self.folder).unwrap_or(file);
        let parts = below.iter().map(|part| part.to_string_lossy());
        Ok(Made {
            path: parts.collect::<Vec<_>>().join("/"),
            sha256,
        })
    }
}
