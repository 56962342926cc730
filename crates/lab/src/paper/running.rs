//! Making a cell: claimed, so that no two processes make it at once; its inputs checked; its result written last. A claim
//! is a lock on a file, which ends with the process, however that ends.

use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::baseline;
use super::cell::{Cell, Examining, Method, PROGRAM, Task, Training};
use super::error::PaperError;
use super::material::Class;
use super::plan::{self, Plan};
use super::result::{CellResult, Made, State, note_failure};
use super::scoring;
use crate::evaluation::set::Set;
use crate::finetuning::{self, LORA, Pictures, Progress, Recipe, finetune};
use crate::training::corpus_hashes::CorpusHashes;
use crate::training::trainer::Ending;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_diffusion::{Device, Memory};
use palimpsest_method::examination::{Request, Steering};
use palimpsest_method::generation::{self, generate};
use palimpsest_method::models;

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
    base: PathBuf,
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
        if plan::base(&plan.base.path)?.sha256 != plan.base.sha256 {
            return Err(PaperError::OtherBase(plan.base.path.clone()));
        }
        for source in plan.encoders.iter().flatten() {
            if plan::encoder(Some(&source.path))?.as_ref() != Some(source) {
                return Err(PaperError::Changed(source.path.clone()));
            }
        }
        Ok(Self {
            plan,
            folder,
            threads,
            cpu: Arc::new(Cpu::new(threads, Memory::Full)?),
            base: models::resolve(&plan.base.path)?,
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
        let path = self.folder.join(plan::CLAIMS).join(&cell.name);
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

    fn result(
        &self,
        cell: &Cell,
        steering: &Steering,
        report: &mut dyn FnMut(News),
    ) -> Result<CellResult, PaperError> {
        let began = Instant::now();
        let mut result = CellResult::new(cell, self.plan);
        let place = self.place(cell);
        match &cell.task {
            Task::ClassPictures {
                prompt,
                count,
                steps,
            } => {
                let size = (*count, *steps);
                result.files = self.class_pictures(prompt, size, &place, steering)?;
                result.seconds = began.elapsed().as_secs_f64();
            }
            Task::Finetune { class, training } => {
                let class = self.class(class)?;
                result.files = self.finetune(cell, class, training, &place, steering, report)?;
                result.seconds = began.elapsed().as_secs_f64();
            }
            Task::Examine { class, options } => {
                let class = self.class(class)?;
                let members = self.members_of(cell)?;
                let (request, set) = self.examination(cell, class, members, options)?;
                let corpus = CorpusHashes::beside(&self.base)
                    .map_err(crate::evaluation::error::EvaluationError::from)?;
                let settings = (&request, [].as_slice());
                let examined =
                    set.evaluate(settings, &place, corpus.as_ref(), steering, &mut |_| {})?;
                if let Some(first) = examined.own.failures.first() {
                    return Err(PaperError::Works {
                        failed: examined.own.failures.len(),
                        works: set.members.len() + set.hold_outs.len(),
                        first: first.clone(),
                    });
                }
                result.evaluations = examined.own.evaluations;
                result.seconds = examined.own.seconds;
                result.works = examined.own.works;
            }
            Task::Baseline { class, baseline } => {
                let class = self.class(class)?;
                let making = baseline::Making {
                    set: self.set(class, self.members_of(cell)?),
                    base: &self.base,
                    model: self.model_of(cell)?,
                    prompt: &class.prompt,
                    baseline: *baseline,
                    seed: self.plan.seed,
                    encoders: self.encoders(),
                    threads: self.threads,
                };
                result.works = making.works(steering)?;
                result.evaluations = baseline.evaluations();
                result.seconds = began.elapsed().as_secs_f64();
            }
            Task::Membership { class } => {
                let class = self.class(class)?;
                let measuring = scoring::Scoring {
                    set: self.set(class, self.members_of(cell)?),
                    base: &self.base,
                    model: self.model_of(cell)?,
                    prompt: &class.prompt,
                    threads: self.threads,
                };
                result.works = measuring.works(steering)?;
                result.evaluations = scoring::EVALUATIONS;
                result.seconds = began.elapsed().as_secs_f64();
            }
        }
        Ok(result)
    }

    fn place(&self, cell: &Cell) -> PathBuf {
        self.folder.join("cells").join(&cell.name)
    }

    fn encoders(&self) -> [Option<PathBuf>; 2] {
        let path = |source: &Option<plan::Source>| source.as_ref().map(|s| s.path.clone());
        self.plan.encoders.each_ref().map(path)
    }

    /// The class, once every picture of it is what it was.
    fn class(&self, name: &str) -> Result<&'a Class, PaperError> {
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

    fn set(&self, class: &Class, members: usize) -> Set {
        let files = |works: &[super::material::Input]| -> Vec<PathBuf> {
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

    /// The result that a cell needs, with its files checked.
    fn needed(&self, cell: &Cell) -> Result<(&'a Cell, CellResult), PaperError> {
        let name = cell.needs.first().map_or("", String::as_str);
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
    fn members_of(&self, cell: &Cell) -> Result<usize, PaperError> {
        let name = cell.needs.first().map_or("", String::as_str);
        match &self.cell(name)?.task {
            Task::Finetune { training, .. } => Ok(training.members),
            _ => Err(PaperError::NoCell(name.into())),
        }
    }

    /// The fine-tuned model that a cell needs: a folder, or the file of a LoRA.
    fn model_of(&self, cell: &Cell) -> Result<PathBuf, PaperError> {
        let (need, _) = self.needed(cell)?;
        let place = self.place(need);
        let lora = place.join(LORA);
        Ok(if lora.exists() { lora } else { place })
    }

    fn examination(
        &self,
        cell: &Cell,
        class: &Class,
        members: usize,
        options: &Examining,
    ) -> Result<(Request, Set), PaperError> {
        let [clip, dino] = self.encoders();
        let request = Request {
            mask: options.mask,
            preset: options.preset,
            overrides: options.overrides.clone(),
            prompt: Some(class.prompt.clone()),
            clip,
            dino,
            device: Some(Device::Cpu),
            threads: self.threads,
            ..Request::new(&self.base, self.model_of(cell)?)
        };
        Ok((request, self.set(class, members)))
    }

    fn class_pictures(
        &self,
        prompt: &str,
        (count, steps): (usize, usize),
        place: &Path,
        steering: &Steering,
    ) -> Result<Vec<Made>, PaperError> {
        let recipe = generation::Recipe {
            prompt: Some(prompt.into()),
            count,
            steps,
            guidance: Method::GUIDANCE,
            seed: self.plan.seed,
            device: Some(Device::Cpu),
            threads: self.threads,
            ..generation::Recipe::new(self.base.as_path())
        };
        let pictures = generate(&recipe, place, steering, &mut |_| {})?;
        let mut files = Vec::new();
        for picture in pictures {
            let caption = picture.with_extension("txt");
            fs::write(&caption, prompt).map_err(|source| PaperError::Write {
                file: caption.clone(),
                source,
            })?;
            files.extend([self.made(&picture)?, self.made(&caption)?]);
        }
        Ok(files)
    }

    fn finetune(
        &self,
        cell: &Cell,
        class: &Class,
        training: &Training,
        place: &Path,
        steering: &Steering,
        report: &mut dyn FnMut(News),
    ) -> Result<Vec<Made>, PaperError> {
        let prior = match training.prior {
            true => Some(self.place(self.needed(cell)?.0)),
            false => None,
        };
        let recipe = Recipe {
            base: self.base.clone(),
            pictures: Pictures::Files(self.set(class, training.members).members),
            prompt: class.prompt.clone(),
            steps: None,
            draws: training.draws,
            rate: None,
            lora: training.lora,
            prior,
            text_encoder: training.text_encoder,
            batch: 4,
            half: false,
            resolution: None,
            seed: training.seed,
            augmentation: training.augmentation,
            caption_dropout: training.caption_dropout,
        };
        // What a process left that was killed: a run that can go on, or pieces of a result.
        if place.exists() && !finetuning::is_interrupted(place) {
            fs::remove_dir_all(place).map_err(|source| PaperError::Write {
                file: place.into(),
                source,
            })?;
        }
        let ending = finetune(&recipe, place, &self.cpu, steering.control(), &mut |news| {
            report(News::Finetuning(news));
        })?;
        if ending == Ending::Cancelled {
            return Err(PaperError::Interrupted);
        }
        let mut files = Vec::new();
        self.all_made(place, &mut files)?;
        Ok(files)
    }

    /// The hashes of all files below a folder, by their names.
    fn all_made(&self, place: &Path, files: &mut Vec<Made>) -> Result<(), PaperError> {
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

    fn made(&self, file: &Path) -> Result<Made, PaperError> {
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
