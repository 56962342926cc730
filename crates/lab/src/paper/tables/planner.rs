//! The cells that rows need: fine-tunings, examinations, baselines, each once, after those that it needs itself.

use serde::Serialize;

use crate::finetuning::Augmentation;
use crate::paper::cell::{Baseline, Cell, Examining, Method, Protecting, Task, Training};
use crate::paper::material::Class;
use crate::paper::plan::Plan;
use crate::protection::Precaution;
use palimpsest_method::inversion::{Overrides, Preset};
use palimpsest_method::mask::Mask;

/// The most that precautions change a channel by, in levels of 255.
const BUDGET: u8 = 8;

/// The cells of the tables as they are asked for.
pub struct Planner<'a> {
    pub plan: &'a Plan,
    /// Works that a fine-tuning is usually made with.
    pub works: usize,
    pub cells: Vec<Cell>,
}

impl Planner<'_> {
    /// The three fine-tunings of table 1.
    pub fn trainings(&self) -> [(&'static str, Training); 3] {
        let free = Training {
            prior: false,
            ..self.prior()
        };
        let lora = Training {
            lora: Some(self.plan.scale.lora),
            text_encoder: false,
            ..free.clone()
        };
        [
            ("DreamBooth (with prior loss)", self.prior()),
            ("DreamBooth (without prior loss)", free),
            ("LoRA", lora),
        ]
    }

    pub fn membership(&mut self, class: &Class, training: &Training) -> String {
        let model = self.finetune(class, training);
        self.add(Cell {
            name: format!("{model}-membership"),
            needs: vec![model],
            task: Task::Membership {
                class: class.name.clone(),
            },
        })
    }

    /// The fine-tuning of all tables but where they say otherwise.
    pub fn prior(&self) -> Training {
        Training {
            lora: None,
            prior: true,
            text_encoder: self.plan.scale.text_encoder,
            draws: self.plan.scale.draws,
            members: self.works,
            seed: self.plan.seed,
            augmentation: Augmentation::None,
            caption_dropout: 0.0,
            precaution: None,
            base: None,
        }
    }

    /// A precaution as all rows take it.
    pub fn precaution(&self, precaution: Precaution) -> Protecting {
        Protecting {
            precaution,
            budget: BUDGET,
            steps: self.plan.scale.precaution_steps,
            members: self.works,
            seed: self.plan.seed,
        }
    }

    pub fn usual(&self) -> Examining {
        Examining {
            preset: self.plan.scale.preset,
            mask: Mask::default(),
            overrides: Overrides {
                steps: self.plan.scale.steps,
                ..Overrides::default()
            },
        }
    }

    /// Steps of the usual examination.
    pub fn usual_steps(&self) -> usize {
        let preset = match self.plan.scale.preset {
            Preset::Paper => 1000,
            Preset::Quick => 50,
        };
        self.plan.scale.steps.unwrap_or(preset)
    }

    pub fn examine(&mut self, class: &Class, training: &Training, options: &Examining) -> String {
        let model = self.finetune(class, training);
        let mut name = format!("{model}-cgi-dm");
        if *options != self.usual() {
            name += &format!("-{}", short(options));
        }
        self.add(Cell {
            needs: vec![model],
            task: Task::Examine {
                class: class.name.clone(),
                options: options.clone(),
            },
            name,
        })
    }

    pub fn baseline(&mut self, class: &Class, training: &Training, method: Method) -> String {
        let model = self.finetune(class, training);
        let steps = self.plan.scale.sampling_steps;
        let equal = 2 * self.usual_steps() / method.evaluations(steps).max(1);
        let baseline = Baseline {
            method,
            pictures: self.plan.scale.pictures.unwrap_or(equal.max(1)),
            steps,
        };
        self.add(Cell {
            name: format!("{model}-{}", method.slug()),
            needs: vec![model],
            task: Task::Baseline {
                class: class.name.clone(),
                baseline,
            },
        })
    }

    fn finetune(&mut self, class: &Class, training: &Training) -> String {
        let members = training.members.min(class.members.len());
        let training = Training {
            members,
            precaution: training.precaution.map(|protecting| Protecting {
                members,
                ..protecting
            }),
            ..training.clone()
        };
        let mut needs = Vec::new();
        if training.prior {
            needs.push(self.class_pictures(&class.class_prompt, training.base));
        }
        // Behind the pictures of the class, where it is looked for.
        if let Some(protecting) = training.precaution {
            needs.push(self.protect(class, protecting));
        }
        self.add(Cell {
            name: format!("{}-{}", class.name, short(&training)),
            needs,
            task: Task::Finetune {
                class: class.name.clone(),
                training,
            },
        })
    }

    fn protect(&mut self, class: &Class, protecting: Protecting) -> String {
        let name = protecting.precaution.name();
        self.add(Cell {
            name: format!("{}-{name}-{}", class.name, short(&protecting)),
            needs: Vec::new(),
            task: Task::Protect {
                class: class.name.clone(),
                protecting,
            },
        })
    }

    fn class_pictures(&mut self, prompt: &str, base: Option<usize>) -> String {
        let name: String = prompt
            .chars()
            .map(|c| match c.to_ascii_lowercase() {
                c if c.is_ascii_alphanumeric() => c,
                _ => '-',
            })
            .collect();
        let of = base.map_or_else(String::new, |base| format!("-base-{}", base + 1));
        self.add(Cell {
            name: format!("class-{name}{of}"),
            needs: Vec::new(),
            task: Task::ClassPictures {
                prompt: prompt.into(),
                count: self.plan.scale.class_pictures,
                steps: self.plan.scale.sampling_steps,
                base,
            },
        })
    }

    /// Adds the cell, if it is not there, and returns its name.
    fn add(&mut self, cell: Cell) -> String {
        let name = cell.name.clone();
        if !self.cells.iter().any(|other| other.name == name) {
            self.cells.push(cell);
        }
        name
    }
}

/// A few digits of the settings' hash: their full text stands in the plan.
fn short(settings: &impl Serialize) -> String {
    // What cannot be written as JSON would have no plan.
    let text = serde_json::to_string(settings).unwrap_or_default();
    palimpsest_base::digest::Digest::of(text.as_bytes()).prefix(8)
}
