//! One set of an evaluation: the members and hold-outs of one fine-tuned model, examined in exactly the same
//! way, with the scores of each and the pictures that a reader wants to see.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use image::RgbImage;

use super::error::EvaluationError;
use super::near_duplicates::{self, NearDuplicate, NearDuplicates};
use super::variant::Variant;
use super::{ScoredWork, SetRole};
use crate::grid::GridRow;
use crate::training::corpus_hashes::CorpusHashes;
use palimpsest_base::number_format::signed;
use palimpsest_diffusion::{DiffusionModel, Engine, Latent, Memory};
use palimpsest_method::artwork::{Artwork, Crop};
use palimpsest_method::examination::{Findings, Request, Steering};
use palimpsest_record::case::Role as Part;
use palimpsest_record::casework::{self, Assignment, Control, Questioned, WorkResult};

/// Places and names of a case's latents in their file.
const START: &str = "start_latent";
const MASK: &str = "mask";

/// Works that are examined under one name.
#[derive(Clone, Debug)]
pub struct Set {
    pub name: String,
    pub members: Vec<PathBuf>,
    pub hold_outs: Vec<PathBuf>,
    /// The number of members that the case asks about; then the other works are its controls. Without it all are
    /// asked about, and the case has no conclusion.
    pub asked: Option<usize>,
}

/// A set after its examinations.
#[derive(Clone, Debug, Default)]
pub struct Examined {
    pub works: Vec<ScoredWork>,
    /// Rows of the picture grid, in the order of the works.
    pub rows: Vec<GridRow>,
    /// Network evaluations of one examination: steps times two models.
    pub evaluations: usize,
    pub seconds: f64,
    pub failures: Vec<String>,
}

/// A set after its examinations under all settings.
#[derive(Clone, Debug)]
pub struct Evaluated {
    pub name: String,
    /// Under the evaluation's own settings.
    pub own: Examined,
    /// Under each variant's, in their order.
    pub variants: Vec<Examined>,
    /// The smallest distance of any work to the base model's corpus.
    pub nearest_in_corpus: Option<u32>,
}

impl Set {
    /// Examines all works with the pair of `request` into the case folder `case` below `place`, and for every
    /// variant into `case-<slug>`; those that were begun before are gone on with. `report` hears of variants.
    ///
    /// # Errors
    /// [`EvaluationError`]; a single work that fails is noted instead.
    pub fn evaluate(
        &self,
        (request, variants): (&Request, &[Variant]),
        place: &Path,
        corpus: Option<&CorpusHashes>,
        steering: &Steering,
        report: &mut dyn FnMut(&Variant),
    ) -> Result<Evaluated, EvaluationError> {
        let near = NearDuplicates::find(&self.members, &self.hold_outs, corpus);
        let own = self.examine(request, &place.join("case"), &near, steering)?;
        let others = variants.iter().map(|variant| {
            report(variant);
            let case = place.join(format!("case-{}", variant.slug()));
            self.examine(&variant.applied_to(request), &case, &near, steering)
        });
        Ok(Evaluated {
            name: self.name.clone(),
            own,
            variants: others.collect::<Result<_, _>>()?,
            nearest_in_corpus: near.nearest_in_corpus,
        })
    }

    fn examine(
        &self,
        request: &Request,
        case: &Path,
        near: &NearDuplicates,
        steering: &Steering,
    ) -> Result<Examined, EvaluationError> {
        let artworks: Vec<PathBuf> = self
            .members
            .iter()
            .chain(&self.hold_outs)
            .cloned()
            .collect();
        let entries = if palimpsest_record::case::is_case(case) {
            casework::resume(case, steering)?
        } else {
            casework::begin(&self.assignment(request, &artworks), case, steering)?
        };
        let engine = Engine::new(
            palimpsest_diffusion::Device::Cpu,
            request.threads,
            Memory::Full,
        )?;
        let model = DiffusionModel::open(&request.pretrained, None, &engine)?;
        let roles = std::iter::repeat_n(SetRole::Member, self.members.len())
            .chain(std::iter::repeat_n(SetRole::HoldOut, self.hold_outs.len()));
        let mut examined = Examined::default();
        for ((entry, role), path) in entries.iter().zip(roles).zip(&artworks) {
            match entry {
                WorkResult::Examined(findings) => {
                    let near_duplicate = near.of(path);
                    let taken =
                        self.take(findings, (role, path, near_duplicate), (case, &model))?;
                    examined.add(taken, findings);
                }
                WorkResult::Failed { error, .. } => examined.failures.push(error.clone()),
            }
        }
        Ok(examined)
    }

    /// The examined works, in their order.
    fn assignment(&self, request: &Request, works: &[PathBuf]) -> Assignment {
        let asked = self.asked.unwrap_or(works.len()).min(works.len());
        let (questioned, others) = works.split_at(asked);
        let controls = (asked..).zip(others).map(|(index, path)| {
            let (role, declared) = if index < self.members.len() {
                (Part::Positive, "the model was fine-tuned on it")
            } else {
                (Part::Negative, "the model was not fine-tuned on it")
            };
            Control {
                path: path.clone(),
                crop: Crop::CENTRE,
                role,
                declared: declared.into(),
            }
        });
        let questioned = questioned.iter().cloned().map(Questioned::from);
        Assignment {
            controls: controls.collect(),
            // Works are scored by themselves, each once.
            further_readings: Vec::new(),
            ..Assignment::new(request.clone(), questioned.collect())
        }
    }

    fn take(
        &self,
        findings: &Findings,
        (role, path, near_duplicate): (SetRole, &Path, Option<NearDuplicate>),
        (case, model): (&Path, &DiffusionModel),
    ) -> Result<(GridRow, ScoredWork), EvaluationError> {
        let pictures = Pictures::read(findings, case, model)?;
        let work = ScoredWork {
            set: self.name.clone(),
            name: near_duplicates::name(path),
            role,
            scores: scores(findings, &pictures),
            near_duplicate,
        };
        let row = GridRow {
            name: work.name.clone(),
            notes: notes(&work),
            pictures: vec![
                Some(pictures.original),
                Some(pictures.partial),
                Some(pictures.start),
                Some(pictures.recovered),
            ],
        };
        Ok((row, work))
    }
}

/// The text beside a work's pictures.
fn notes(work: &ScoredWork) -> Vec<String> {
    let note = |key: &str, label: &str, unit: &str| {
        let value = work.scores.get(key);
        value.map(|value| format!("{label} {}{unit}", signed(*value, 2)))
    };
    let notes = [
        Some(match work.role {
            SetRole::Member => "member".to_owned(),
            SetRole::HoldOut => "hold-out".to_owned(),
        }),
        (work.near_duplicate.is_some()).then(|| "near-duplicate: not counted".to_owned()),
        note("recovery.direction", "direction", ""),
        note("picture.gain_db", "gain in pixels", " dB"),
        note("loss_gap", "loss gap", ""),
    ];
    notes.into_iter().flatten().collect()
}

impl Examined {
    fn add(&mut self, (row, work): (GridRow, ScoredWork), findings: &Findings) {
        self.rows.push(row);
        self.works.push(work);
        self.evaluations = 2 * findings.plan.settings.steps;
        self.seconds += findings.seconds;
    }
}

/// The columns of the rows' pictures.
pub const COLUMNS: [&str; 4] = ["original", "partial", "start", "recovered"];

/// All scores of one work, higher for a member.
fn scores(findings: &Findings, pictures: &Pictures) -> BTreeMap<String, f64> {
    let own = findings.scores().into_iter();
    let seen = pictures.gain_db().map(|gain| ("picture.gain_db", gain));
    own.chain(seen.filter(|(_, gain)| gain.is_finite()))
        .map(|(name, score)| (name.to_owned(), score))
        .collect()
}

/// The pictures of one examination.
struct Pictures {
    original: RgbImage,
    partial: RgbImage,
    /// The start of the descent, decoded.
    start: RgbImage,
    recovered: RgbImage,
    /// True for a pixel of what was removed, row by row.
    removed: Vec<bool>,
}

impl Pictures {
    fn read(
        findings: &Findings,
        case: &Path,
        model: &DiffusionModel,
    ) -> Result<Self, EvaluationError> {
        let picture = |name: &str| {
            let artwork = Artwork::open(&case.join(name))?;
            Ok::<_, EvaluationError>(artwork.pixels().clone())
        };
        let files = &findings.files;
        let original = picture(&files.original)?;
        let tensors = palimpsest_diffusion::files::Weights::open(&[case.join(&files.tensors)])?;
        let factor = model.factor();
        // A picture that was examined whole need not be a square.
        let [across, down] = [original.width(), original.height()].map(|side| side as usize);
        let [channels, ..] = model.latent_shape(model.resolution())?;
        let shape @ [_, height, width] = [channels, down / factor, across / factor];
        let start = tensors.parameter(START, &shape)?.values().into_owned();
        let mask = tensors.parameter(MASK, &[height, width])?;
        let mask = mask.values();
        let removed = (0..across * down).map(|i| {
            let (y, x) = (i / across / factor, i % across / factor);
            mask[y * width + x] < 0.5
        });
        Ok(Self {
            removed: removed.collect(),
            start: model.decode(&Latent::new(shape, start)?)?,
            partial: picture(&files.partial)?,
            recovered: picture(&files.recovered)?,
            original,
        })
    }

    /// The recovered picture's gain on the start in likeness to the original, over the removed pixels, in
    /// decibels.
    fn gain_db(&self) -> Option<f64> {
        let error = |picture: &RgbImage| -> f64 {
            let pairs = picture.pixels().zip(self.original.pixels());
            let removed = pairs.zip(&self.removed).filter(|(_, removed)| **removed);
            let squares = removed.flat_map(|((a, b), _)| {
                let pairs = a.0.into_iter().zip(b.0);
                pairs.map(|(a, b)| (f64::from(a) - f64::from(b)).powi(2))
            });
            squares.sum()
        };
        let (before, after) = (error(&self.start), error(&self.recovered));
        (before > 0.0 && after > 0.0).then(|| 10.0 * (before / after).log10())
    }
}
