//! What the tasks of cells do: pictures of a class, a fine-tuning, an examination, a baseline, scores without pictures. Each
//! takes its inputs only if they are those of the plan.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::{News, Workshop};
use crate::evaluation::set::Set;
use crate::finetuning::{self, LORA, Pictures, Recipe, finetune};
use crate::paper::baseline;
use crate::paper::cell::{Cell, Examining, Method, Task, Training};
use crate::paper::error::PaperError;
use crate::paper::material::{Class, Input};
use crate::paper::plan;
use crate::paper::result::{CellResult, Made, State};
use crate::paper::scoring;
use crate::training::corpus_hashes::CorpusHashes;
use crate::training::trainer::Ending;
use palimpsest_base::digest::Digest;
use palimpsest_diffusion::Device;
use palimpsest_method::examination::{Request, Steering};
use palimpsest_method::generation::{self, generate};

impl<'a> Workshop<'a> {
    /// The result of a cell whose needs are there.
    pub(super) fn result(
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
