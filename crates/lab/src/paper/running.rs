//! Making a cell: claimed, so that no two processes make it at once; its inputs checked; its result written last. A claim
//! is a lock on a file, which ends with the process, however that ends.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use super::cell::{Cell, PROGRAM};
use super::error::PaperError;
use super::plan::{CLAIMS, Plan};
use super::result::{State, note_failure};
use super::sources;
use crate::finetuning::Progress;
use palimpsest_diffusion::Memory;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_method::examination::Steering;
use palimpsest_method::models;

mod inputs;
mod tasks;

/// Time between two looks at a cell that another process makes.
const LOOK: Duration = Duration::from_millis(200);

/// News of the work.
pub enum News<'a> {
    /// A cell's turn has come.
    Cell(&'a str),
    /// Another process makes it, and this one waits.
    Waiting(&'a str),
    Finetuning(Progress),
}

/// What became of a call.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// It was made now.
    Made,
    /// It was there.
    There,
    /// Another process makes it.
    Busy,
}

/// What is done where another process makes the cell.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum WhenBusy {
    Wait,
    Leave,
}

/// A plan's folder, and what works on it.
pub struct Workshop<'a> {
    plan: &'a Plan,
    folder: &'a Path,
    threads: usize,
    cpu: Arc<Cpu>,
    /// The plan's own base, and its further ones.
    bases: Vec<PathBuf>,
}

impl<'a> Workshop<'a> {
    /// Opens the plan's folder for work: the base model and the encoders must be those of the plan.
    ///
    /// # Errors
    /// [`PaperError::OtherVersion`], [`PaperError::OtherBase`].
    pub fn open(plan: &'a Plan, folder: &'a Path, threads: usize) -> Result<Self, PaperError> {
        if plan.program != PROGRAM {
            return Err(PaperError::OtherVersion {
                plan: plan.program.clone(),
                here: PROGRAM.into(),
            });
        }
        let mut bases = Vec::new();
        for source in std::iter::once(&plan.base).chain(&plan.further_bases) {
            if sources::base(&source.path)?.sha256 != source.sha256 {
                return Err(PaperError::OtherBase(source.path.clone()));
            }
            bases.push(models::resolve(&source.path)?);
        }
        for source in plan.encoders.iter().flatten() {
            if sources::encoder(Some(&source.path))?.as_ref() != Some(source) {
                return Err(PaperError::Changed(source.path.clone()));
            }
        }
        Ok(Self {
            plan,
            folder,
            threads,
            cpu: Arc::new(Cpu::new(threads, Memory::Full)?),
            bases,
        })
    }

    /// Makes all cells, those first that no other process makes. A cell that fails is noted, and named in the table.
    ///
    /// # Errors
    /// [`PaperError`] if it was interrupted, or nothing can be written.
    pub fn all(&self, steering: &Steering, report: &mut dyn FnMut(News)) -> Result<(), PaperError> {
        let mut failed: BTreeSet<&str> = BTreeSet::new();
        for busy in [WhenBusy::Leave, WhenBusy::Wait] {
            for cell in &self.plan.cells {
                let lacks = |need: &String| failed.contains(need.as_str());
                // Nothing is tried twice, nor what cannot be made.
                if lacks(&cell.name) || cell.needs.iter().any(lacks) {
                    failed.insert(&cell.name);
                    continue;
                }
                match self.make(cell, busy, steering, report) {
                    Err(error) if error.is_interruption() => return Err(error),
                    // The reason stands in the folder, and the table names it.
                    Err(_) => {
                        failed.insert(&cell.name);
                    }
                    Ok(_) => {}
                }
            }
        }
        Ok(())
    }

    /// Makes `cell` and what it needs, as far as it is not there.
    ///
    /// # Errors
    /// [`PaperError`]; what was finished stays.
    pub fn make(
        &self,
        cell: &Cell,
        busy: WhenBusy,
        steering: &Steering,
        report: &mut dyn FnMut(News),
    ) -> Result<Outcome, PaperError> {
        if self.is_done(cell) {
            return Ok(Outcome::There);
        }
        for need in &cell.needs {
            let need = self.cell(need)?;
            if self.make(need, busy, steering, report)? == Outcome::Busy {
                return Ok(Outcome::Busy);
            }
        }
        let Some(_claim) = self.claim(cell, busy, steering, report)? else {
            return Ok(Outcome::Busy);
        };
        // Another process may have finished it meanwhile.
        if self.is_done(cell) {
            return Ok(Outcome::There);
        }
        report(News::Cell(&cell.name));
        match self.result(cell, steering, report) {
            Ok(result) => {
                result.write(self.folder)?;
                Ok(Outcome::Made)
            }
            Err(error) => {
                if !error.is_interruption() {
                    note_failure(cell, self.plan, self.folder, &error)?;
                }
                Err(error)
            }
        }
    }

    fn cell(&self, name: &str) -> Result<&'a Cell, PaperError> {
        let cell = self.plan.cell(name);
        cell.ok_or_else(|| PaperError::NoCell(name.into()))
    }

    fn is_done(&self, cell: &Cell) -> bool {
        matches!(State::of(cell, self.plan, self.folder), State::Done(_))
    }

    /// The lock on the cell's file; `None` where another process has it and nobody waits.
    fn claim(
        &self,
        cell: &Cell,
        busy: WhenBusy,
        steering: &Steering,
        report: &mut dyn FnMut(News),
    ) -> Result<Option<File>, PaperError> {
        let path = self.folder.join(CLAIMS).join(&cell.name);
        let unusable = |source| PaperError::Write {
            file: path.clone(),
            source,
        };
        let parent = path.parent().map_or(Ok(()), fs::create_dir_all);
        let file = parent
            .and_then(|()| File::create(&path))
            .map_err(unusable)?;
        let mut told = false;
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::WouldBlock) if busy == WhenBusy::Leave => return Ok(None),
                Err(TryLockError::WouldBlock) => {
                    if !told {
                        report(News::Waiting(&cell.name));
                        told = true;
                    }
                    steering.check()?;
                    thread::sleep(LOOK);
                }
                Err(TryLockError::Error(source)) => return Err(unusable(source)),
            }
        }
    }
}
