//! The paper's tables and figures as rows of cells.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::cell::{Baseline, Cell, Examining, Method, Task, Training};
use super::material::{Class, Kind};
use super::plan::{Plan, Wanted};
use super::published::{self, Published};
use crate::finetuning::Augmentation;
use palimpsest_method::inversion::{NoisePairing, Overrides, Preset, Start};
use palimpsest_method::mask::Mask;

/// Classes of all tables but the first.
const FEW_CLASSES: usize = 5;

/// A table or figure.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Table {
    /// Methods and fine-tunings.
    #[serde(rename = "1")]
    Methods,
    /// Base models.
    #[serde(rename = "2")]
    Models,
    /// Numbers of training pictures.
    #[serde(rename = "3")]
    Pictures,
    /// Defences.
    #[serde(rename = "4")]
    Defences,
    /// What the method is made of: start, contrast, noise. The paper's fifth table is in its appendix, which is not at
    /// hand: this one stands in its place.
    #[serde(rename = "5")]
    Parts,
    /// Masks.
    #[serde(rename = "6")]
    Masks,
    /// Membership scores that make no picture (appendix G).
    #[serde(rename = "g")]
    Membership,
    /// Training steps.
    #[serde(rename = "3a")]
    TrainingSteps,
    /// Extraction steps.
    #[serde(rename = "3b")]
    ExtractionSteps,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Methods,
        Self::Models,
        Self::Pictures,
        Self::Defences,
        Self::Parts,
        Self::Masks,
        Self::Membership,
        Self::TrainingSteps,
        Self::ExtractionSteps,
    ];

    /// Its number in the paper.
    pub const fn number(self) -> &'static str {
        match self {
            Self::Methods => "1",
            Self::Models => "2",
            Self::Pictures => "3",
            Self::Defences => "4",
            Self::Parts => "5",
            Self::Masks => "6",
            Self::Membership => "g",
            Self::TrainingSteps => "3a",
            Self::ExtractionSteps => "3b",
        }
    }

    /// Its heading.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Methods => {
                "Table 1. CGI-DM and other pipelines under different fine-tuning methods"
            }
            Self::Models => "Table 2. Other models",
            Self::Pictures => "Table 3. Number of training pictures",
            Self::Defences => "Table 4. Defences",
            Self::Parts => {
                "Table 5. Parts of the method (not the paper's table of this number, which is in its appendix)"
            }
            Self::Masks => "Table 6. Ways of removing partial information (figure 4)",
            Self::Membership => {
                "Appendix G. Membership scores without pictures, and those that came after"
            }
            Self::TrainingSteps => "Figure 3a. Training steps a picture",
            Self::ExtractionSteps => "Figure 3b. Extraction steps",
        }
    }

    /// True if it is made of works of that kind.
    pub fn needs(self, kind: Kind) -> bool {
        kind == Kind::Style || self == Self::Methods
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.number())
    }
}

impl FromStr for Table {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let found = Self::ALL.into_iter().find(|table| table.number() == text);
        found.ok_or_else(|| "it must be a table, 1 to 6 or g, or a figure, 3a or 3b".into())
    }
}

/// A table with the cells of its rows.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct PlannedTable {
    pub table: Table,
    pub sections: Vec<Section>,
}

/// Rows of one kind of works.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Section {
    pub heading: String,
    pub columns: Vec<String>,
    pub rows: Vec<Row>,
}

/// A row: an entry a column.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Row {
    pub label: String,
    pub entries: Vec<Entry>,
}

/// The cells whose works an entry is computed of, and what the paper has there.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
pub struct Entry {
    /// Of every class one; none where nothing is planned.
    pub cells: Vec<String>,
    pub published: Option<Published>,
}

/// Members that must be at hand for every hand: table 3 takes more.
pub(super) fn most_members(wanted: &Wanted) -> usize {
    let many = wanted.tables.contains(&Table::Pictures);
    let counts = published::TABLE_3.iter().map(|(count, _)| *count);
    let counts = counts.filter(|count| many && *count <= wanted.scale.most_pictures);
    counts.chain([wanted.amount.works]).max().unwrap_or(0)
}

/// The tables, and all their cells, each once, after those that it needs.
pub(super) fn planned(
    plan: &Plan,
    tables: &[Table],
    works: usize,
) -> (Vec<PlannedTable>, Vec<Cell>) {
    let mut planner = Planner {
        plan,
        works,
        cells: Vec::new(),
    };
    let mut wanted = tables.to_vec();
    wanted.sort();
    wanted.dedup();
    let tables = wanted.iter().map(|&table| PlannedTable {
        table,
        sections: planner.sections(table),
    });
    (tables.collect(), planner.cells)
}

struct Planner<'a> {
    plan: &'a Plan,
    works: usize,
    cells: Vec<Cell>,
}

impl Planner<'_> {
    fn sections(&mut self, table: Table) -> Vec<Section> {
        let plain = || vec!["CGI-DM".to_owned()];
        let few = |rows| {
            vec![Section {
                heading: String::new(),
                columns: plain(),
                rows,
            }]
        };
        match table {
            Table::Methods => vec![
                self.methods(Kind::Style, "Styles (WikiArt)", &published::TABLE_1[0]),
                self.methods(Kind::Object, "Objects (DreamBooth)", &published::TABLE_1[1]),
            ],
            Table::Models => {
                let own = self.row(
                    &format!("this base: {}", self.plan.base.path.display()),
                    None,
                    &self.prior(),
                    &self.usual(),
                );
                let others = published::TABLE_2.iter().map(|(label, published)| Row {
                    label: format!("{label}, as published"),
                    entries: vec![Entry {
                        cells: Vec::new(),
                        published: Some(*published),
                    }],
                });
                few(std::iter::once(own).chain(others).collect())
            }
            Table::Pictures => {
                let most = self.plan.scale.most_pictures;
                let counts = published::TABLE_3
                    .iter()
                    .filter(|(count, _)| *count <= most);
                let rows = counts.map(|(count, published)| {
                    let training = Training {
                        members: *count,
                        ..self.prior()
                    };
                    self.row(
                        &count.to_string(),
                        Some(*published),
                        &training,
                        &self.usual(),
                    )
                });
                few(rows.collect())
            }
            Table::Defences => {
                let defences = [
                    ("No Defense", Augmentation::None),
                    ("HorizontalFlip", Augmentation::HorizontalFlip),
                    ("Cutout", Augmentation::Cutout),
                    ("RandAugment", Augmentation::RandAugment),
                ];
                let rows = defences.into_iter().zip(published::TABLE_4);
                let rows = rows.map(|((label, augmentation), published)| {
                    let training = Training {
                        augmentation,
                        ..self.prior()
                    };
                    self.row(label, Some(published), &training, &self.usual())
                });
                let mut rows: Vec<Row> = rows.collect();
                let training = Training {
                    caption_dropout: 0.1,
                    ..self.prior()
                };
                rows.push(self.row("Caption dropout 0.1", None, &training, &self.usual()));
                few(rows)
            }
            Table::Parts => {
                let with = |overrides| Examining {
                    overrides: Overrides {
                        steps: self.plan.scale.steps,
                        ..overrides
                    },
                    ..self.usual()
                };
                let none = Overrides::default();
                let variants = [
                    ("as it is", with(none.clone())),
                    (
                        "preset paper",
                        Examining {
                            preset: Preset::Paper,
                            ..with(none.clone())
                        },
                    ),
                    (
                        "start re-encoded",
                        with(Overrides {
                            start: Some(Start::Reencoded),
                            ..none.clone()
                        }),
                    ),
                    (
                        "start filled",
                        with(Overrides {
                            start: Some(Start::Filled),
                            ..none.clone()
                        }),
                    ),
                    (
                        "contrast 1",
                        with(Overrides {
                            contrast_weight: Some(1.0),
                            ..none.clone()
                        }),
                    ),
                    (
                        "no contrast (App. C)",
                        with(Overrides {
                            contrast_weight: Some(0.0),
                            ..none.clone()
                        }),
                    ),
                    (
                        "independent noise",
                        with(Overrides {
                            noise: Some(NoisePairing::Independent),
                            ..none
                        }),
                    ),
                ];
                let rows = variants
                    .iter()
                    .map(|(label, options)| self.row(label, None, &self.prior(), options));
                few(rows.collect())
            }
            Table::Masks => {
                let masks = [
                    ("Block-wise 2", Mask::Block(2)),
                    ("Block-wise 4", Mask::Block(4)),
                    ("Block-wise 8", Mask::Block(8)),
                    ("Masking (right half)", Mask::RightHalf),
                    ("Blurring", Mask::Blur),
                ];
                let rows = masks.map(|(label, mask)| {
                    let options = Examining {
                        mask,
                        ..self.usual()
                    };
                    self.row(label, None, &self.prior(), &options)
                });
                few(rows.into())
            }
            Table::Membership => {
                let rows = self.trainings().map(|(label, training)| {
                    let plan = self.plan;
                    let styles = plan.classes.iter().filter(|c| c.kind == Kind::Style);
                    let cells = styles.take(FEW_CLASSES);
                    Row {
                        label: label.into(),
                        entries: vec![Entry {
                            cells: cells.map(|c| self.membership(c, &training)).collect(),
                            published: None,
                        }],
                    }
                });
                let columns = vec!["one model, no picture".to_owned()];
                vec![Section {
                    heading: String::new(),
                    columns,
                    rows: rows.into(),
                }]
            }
            Table::TrainingSteps => {
                let full = self.plan.scale.draws;
                // 20, 40, 50, 70 and 100 of the hundred steps that are usual, in proportion.
                let rows = [20, 40, 50, 70, 100].map(|percent| {
                    let draws = (full * percent).div_ceil(100).max(1);
                    let training = Training {
                        draws,
                        ..self.prior()
                    };
                    self.row(&draws.to_string(), None, &training, &self.usual())
                });
                few(rows.into())
            }
            Table::ExtractionSteps => {
                let full = self.usual_steps();
                let rows = [25, 50, 75, 100, 125, 150].map(|percent| {
                    let steps = (full * percent).div_ceil(100).max(1);
                    let options = Examining {
                        overrides: Overrides {
                            steps: Some(steps),
                            ..Overrides::default()
                        },
                        ..self.usual()
                    };
                    self.row(&steps.to_string(), None, &self.prior(), &options)
                });
                few(rows.into())
            }
        }
    }

    /// A section of table 1.
    fn methods(&mut self, kind: Kind, heading: &str, published: &[[Published; 3]; 4]) -> Section {
        let trainings = self.trainings();
        let classes: Vec<&Class> = self.plan.classes.iter().collect();
        let classes: Vec<&Class> = classes.into_iter().filter(|c| c.kind == kind).collect();
        let mut rows = Vec::new();
        for (place, published) in published.iter().enumerate() {
            let method = Method::ALL.get(place).copied();
            let entries = trainings
                .iter()
                .zip(published)
                .map(|(training, published)| Entry {
                    cells: classes
                        .iter()
                        .map(|class| match method {
                            Some(method) => self.baseline(class, &training.1, method),
                            None => self.examine(class, &training.1, &self.usual()),
                        })
                        .collect(),
                    published: Some(*published),
                });
            rows.push(Row {
                label: method.map_or("CGI-DM", Method::label).into(),
                entries: entries.collect(),
            });
        }
        Section {
            heading: heading.into(),
            columns: trainings.map(|(label, _)| label.to_owned()).into(),
            rows,
        }
    }

    /// A row of one entry, over the first few hands.
    fn row(
        &mut self,
        label: &str,
        published: Option<Published>,
        training: &Training,
        options: &Examining,
    ) -> Row {
        let plan = self.plan;
        let styles = plan.classes.iter().filter(|c| c.kind == Kind::Style);
        let cells = styles
            .take(FEW_CLASSES)
            .map(|class| self.examine(class, training, options))
            .collect();
        Row {
            label: label.into(),
            entries: vec![Entry { cells, published }],
        }
    }

    /// The three fine-tunings of table 1.
    fn trainings(&self) -> [(&'static str, Training); 3] {
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

    fn membership(&mut self, class: &Class, training: &Training) -> String {
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
    fn prior(&self) -> Training {
        Training {
            lora: None,
            prior: true,
            text_encoder: self.plan.scale.text_encoder,
            draws: self.plan.scale.draws,
            members: self.works,
            seed: self.plan.seed,
            augmentation: Augmentation::None,
            caption_dropout: 0.0,
        }
    }

    fn usual(&self) -> Examining {
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
    fn usual_steps(&self) -> usize {
        let preset = match self.plan.scale.preset {
            Preset::Paper => 1000,
            Preset::Quick => 50,
        };
        self.plan.scale.steps.unwrap_or(preset)
    }

    fn examine(&mut self, class: &Class, training: &Training, options: &Examining) -> String {
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

    fn baseline(&mut self, class: &Class, training: &Training, method: Method) -> String {
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
        let training = Training {
            members: training.members.min(class.members.len()),
            ..training.clone()
        };
        let needs = match training.prior {
            true => vec![self.class_pictures(&class.class_prompt)],
            false => Vec::new(),
        };
        self.add(Cell {
            name: format!("{}-{}", class.name, short(&training)),
            needs,
            task: Task::Finetune {
                class: class.name.clone(),
                training,
            },
        })
    }

    fn class_pictures(&mut self, prompt: &str) -> String {
        let name: String = prompt
            .chars()
            .map(|c| match c.to_ascii_lowercase() {
                c if c.is_ascii_alphanumeric() => c,
                _ => '-',
            })
            .collect();
        self.add(Cell {
            name: format!("class-{name}"),
            needs: Vec::new(),
            task: Task::ClassPictures {
                prompt: prompt.into(),
                count: self.plan.scale.class_pictures,
                steps: self.plan.scale.sampling_steps,
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
