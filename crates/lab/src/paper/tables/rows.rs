//! The rows of each table: what is varied in it, and how it is called.

use super::planner::Planner;
use super::{Entry, Row, Section, Table};
use crate::finetuning::Augmentation;
use crate::paper::cell::{Examining, Method, Training};
use crate::paper::material::{Class, Kind};
use crate::paper::published::{self, Published};
use crate::protection::Precaution;
use palimpsest_method::inversion::Overrides;
use palimpsest_method::mask::Mask;

/// Classes of all tables but the first.
const FEW_CLASSES: usize = 5;

impl Planner<'_> {
    pub fn sections(&mut self, table: Table) -> Vec<Section> {
        let only = match table {
            Table::Methods => {
                return vec![
                    self.methods(Kind::Style, "Styles (WikiArt)", &published::TABLE_1[0]),
                    self.methods(Kind::Object, "Objects (DreamBooth)", &published::TABLE_1[1]),
                ];
            }
            Table::Models => self.models(),
            Table::Pictures => self.pictures(),
            Table::Defences => self.defences(),
            Table::Parts => self.parts(),
            Table::Masks => self.masks(),
            Table::Membership => self.memberships(),
            Table::Precautions => self.precautions(),
            Table::TrainingSteps => self.training_steps(),
            Table::ExtractionSteps => self.extraction_steps(),
        };
        vec![only]
    }

    /// The chosen bases beside those that the paper has.
    fn models(&mut self) -> Section {
        let plan = self.plan;
        let further = plan.further_bases.iter().enumerate();
        let further = further.map(|(place, base)| (Some(place), "further base", base));
        let bases = std::iter::once((None, "this base", &plan.base)).chain(further);
        let own: Vec<Row> = bases
            .map(|(base, what, source)| {
                let training = Training {
                    base,
                    ..self.prior()
                };
                let label = format!("{what}: {}", source.path.display());
                self.row(&label, None, &training, &self.usual())
            })
            .collect();
        let others = published::TABLE_2.iter().map(|(label, published)| Row {
            label: format!("{label}, as published"),
            entries: vec![Entry {
                cells: Vec::new(),
                published: Some(*published),
            }],
        });
        plain(own.into_iter().chain(others).collect())
    }

    /// Numbers of training pictures, up to the most that the scale allows.
    fn pictures(&mut self) -> Section {
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
        plain(rows.collect())
    }

    /// What those who train can do to the pictures.
    fn defences(&mut self) -> Section {
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
        plain(rows)
    }

    /// Ways of removing half of a work.
    fn masks(&mut self) -> Section {
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
        plain(rows.into())
    }

    /// Scores that make no picture, for the three fine-tunings.
    fn memberships(&mut self) -> Section {
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
        Section {
            heading: String::new(),
            columns,
            rows: rows.into(),
        }
    }

    /// What owners can do to the pictures before they are learnt. The works are examined as they were before.
    fn precautions(&mut self) -> Section {
        let none = self.row("None", None, &self.prior(), &self.usual());
        let rows = Precaution::ALL.map(|precaution| {
            let protecting = self.precaution(precaution);
            let training = Training {
                precaution: Some(protecting),
                ..self.prior()
            };
            let label = format!("{}, {}/255", precaution.label(), protecting.budget);
            self.row(&label, None, &training, &self.usual())
        });
        plain(std::iter::once(none).chain(rows).collect())
    }

    /// 20, 40, 50, 70 and 100 of the hundred steps that are usual, in proportion.
    fn training_steps(&mut self) -> Section {
        let full = self.plan.scale.draws;
        let rows = [20, 40, 50, 70, 100].map(|percent| {
            let draws = (full * percent).div_ceil(100).max(1);
            let training = Training {
                draws,
                ..self.prior()
            };
            self.row(&draws.to_string(), None, &training, &self.usual())
        });
        plain(rows.into())
    }

    /// A quarter to one and a half of the usual steps.
    fn extraction_steps(&mut self) -> Section {
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
        plain(rows.into())
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
    pub(super) fn row(
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
}

/// A table without sections, of our method alone.
pub(super) fn plain(rows: Vec<Row>) -> Section {
    Section {
        heading: String::new(),
        columns: vec!["CGI-DM".to_owned()],
        rows,
    }
}
