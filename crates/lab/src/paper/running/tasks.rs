//! What the tasks of cells do: pictures of a class, a fine-tuning, an examination, a baseline, scores without pictures. Each
//! takes its inputs only if they are those of the plan.

use std::fs;
use std::path::Path;
use std::time::Instant;

use super::{News, Workshop};
use crate::evaluation::set::Set;
use crate::finetuning::{self, Pictures, Recipe, finetune};
use crate::paper::baseline;
use crate::paper::cell::{Cell, Examining, Method, Protecting, Task, Training};
use crate::paper::error::PaperError;
use crate::paper::material::Class;
use crate::paper::result::{CellResult, Made};
use crate::paper::scoring;
use crate::protection::{self, protect};
use crate::training::corpus_hashes::CorpusHashes;
use crate::training::trainer::Ending;
use palimpsest_diffusion::Device;
use palimpsest_method::examination::{Request, Steering};
use palimpsest_method::generation::{self, generate};

impl Workshop<'_> {
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
                ..
            } => {
                let size = (*count, *steps);
                result.files = self.class_pictures(cell, prompt, size, &place, steering)?;
                result.seconds = began.elapsed().as_secs_f64();
            }
            Task::Protect { class, protecting } => {
                let class = self.class(class)?;
                result.files = self.protect(cell, class, protecting, &place, steering)?;
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
                let corpus = CorpusHashes::beside(self.base(cell)?)
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
                    base: self.base(cell)?,
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
                    base: self.base(cell)?,
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
            ..Request::new(self.base(cell)?, self.model_of(cell)?)
        };
        Ok((request, self.set(class, members)))
    }

    fn class_pictures(
        &self,
        cell: &Cell,
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
            ..generation::Recipe::new(self.base(cell)?)
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
            base: self.base(cell)?.into(),
            pictures: Pictures::Files(match training.precaution {
                None => self.set(class, training.members).members,
                Some(_) => self.protected(cell)?,
            }),
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

    fn protect(
        &self,
        cell: &Cell,
        class: &Class,
        protecting: &Protecting,
        place: &Path,
        steering: &Steering,
    ) -> Result<Vec<Made>, PaperError> {
        let recipe = protection::Recipe {
            budget: protecting.budget,
            steps: protecting.steps,
            prompt: class.prompt.clone(),
            seed: protecting.seed,
            ..protection::Recipe::new(self.base(cell)?, protecting.precaution)
        };
        let members = self.set(class, protecting.members).members;
        let control = steering.control();
        let run = || protect(&recipe, &members, place, &self.cpu, control, &mut |_| {});
        let ending = match run() {
            // Left by another version, or before a picture was exchanged.
            Err(error) if error.is_of_another_run() => {
                fs::remove_dir_all(place).map_err(|source| PaperError::Write {
                    file: place.into(),
                    source,
                })?;
                run()
            }
            first => first,
        };
        if ending? == Ending::Cancelled {
            return Err(PaperError::Interrupted);
        }
        let mut files = Vec::new();
        self.all_made(place, &mut files)?;
        Ok(files)
    }
}
