//! Content of the report on a test among sealed siblings: what the seal says, how the variants rank by the case, and what
//! that cannot tell.

use std::path::Path;

use super::words::who;
use super::{Cover, content_of, score_name};
use crate::case::{ArtworkView, CaseError, CaseView, Digest};
use crate::casework::siblings::{RankedSiblings, ranked};
use crate::casework::{Assessment, CaseworkError};
use crate::chart::{Chart, ControlChart, ControlKind, ControlRow, Questioned};
use crate::exhibit::{FIGURES, Figure, RankedVariant, SiblingContent};
use crate::language::{Language, Texts, args};
use crate::sealed_siblings::{MEASURES, Seal};
use palimpsest_method::artwork::Artwork;

/// The content in a language, by the seal in `file`; and the entry of the journal that it prints.
///
/// # Errors
/// [`CaseworkError`] if the seal does not hold, the case has no rank for it, or something of the case cannot be read.
pub(super) fn siblings_of(
    view: &CaseView,
    assessment: &Assessment,
    (file, language): (&Path, Language),
) -> Result<(SiblingContent, Digest), CaseworkError> {
    let texts = language.texts();
    let seal = Seal::read(file).map_err(|error| CaseworkError::Siblings(error.into()))?;
    let (found, scores) = ranked(view, &seal)?;
    let (mut case, head) = content_of(view, assessment, language)?;
    case.reproduction.commands.push(format!(
        "palimpsest siblings CASE_DIR --seal {}",
        file.file_name().unwrap_or_default().to_string_lossy()
    ));
    if Cover::of(view.entries()?).title.is_empty() {
        let args = args![
            "variants" => seal.variants.len(),
            "name" => view.plan.finetuned.name(),
        ];
        case.header.title = texts.with("siblings-title", &args);
    }
    let (sha256, _) = Digest::of_file(file).map_err(|source| CaseError::Unreadable {
        path: file.to_owned(),
        source,
    })?;
    let published = seal.variants.iter().find(|it| it.file == seal.published);
    // A seal without it is not accepted when it is read.
    let published_sha256 = published.map_or(seal.work, |variant| variant.sha256);
    let told = Told {
        texts,
        found: &found,
        score: score_name(texts, view.question.primary_score),
    };
    Ok((
        SiblingContent {
            published: found.published.clone(),
            sha256: published_sha256,
            picture: picture_of(view, published_sha256)?,
            finding: told.finding(),
            numbers: told.numbers(),
            figure: told.figure(&seal, &scores)?,
            not_said: told.not_said(assessment),
            sealed: told.sealed(&seal, sha256),
            drawn: vec![made(texts), texts.text("siblings-draw").into()],
            variants: variants(texts, &seal, &scores),
            case,
        },
        head,
    ))
}

/// Decimals of a variant's score: siblings lie close to one another.
const DIGITS: usize = 6;

/// How variants are made.
fn made(texts: &Texts) -> String {
    let [left_out, strength, level, grain] = MEASURES.map(|it| texts.fixed(it, 0));
    let args = args![
        "left-out" => left_out,
        "strength" => strength,
        "level" => level,
        "grain" => grain,
    ];
    texts.with("siblings-made", &args)
}

/// The picture of the examination of the variant with this hash.
fn picture_of(view: &CaseView, sha256: Digest) -> Result<image::RgbImage, CaseworkError> {
    let has = |artwork: &&ArtworkView| artwork.entry.sha256 == Some(sha256);
    let artwork = view.artworks.iter().find(has);
    let Some(findings) = artwork.and_then(|artwork| artwork.findings.as_ref()) else {
        return Err(CaseworkError::NothingExamined(view.folder.clone()));
    };
    let path = view.folder.join(&findings.files.original);
    match Artwork::open(&path) {
        Ok(picture) => Ok(picture.pixels().clone()),
        Err(error) => Err(CaseError::Damaged {
            path,
            why: error.to_string(),
        }
        .into()),
    }
}

/// The result in the words of a language.
struct Told<'a> {
    texts: &'static Texts,
    found: &'a RankedSiblings,
    /// Name of the score that ranks.
    score: &'static str,
}

impl Told<'_> {
    fn finding(&self) -> String {
        let (texts, rank) = (self.texts, &self.found.rank);
        let is_one = self.found.tests < 2;
        let chance = match is_one {
            true => rank.p_value,
            false => self.found.corrected,
        };
        let id = match is_one {
            true => "siblings-finding",
            false => "siblings-finding-corrected",
        };
        let args = args![
            "rank" => rank.rank,
            "variants" => rank.variants,
            "chance" => texts.two_figures(chance),
            "tests" => self.found.tests,
        ];
        texts.with(id, &args)
    }

    fn numbers(&self) -> Vec<(String, String)> {
        let (texts, rank) = (self.texts, &self.found.rank);
        let args = args!["rank" => rank.rank, "variants" => rank.variants];
        let mut numbers = vec![
            ("siblings-score", self.score.to_owned()),
            ("siblings-rank", texts.with("siblings-rank-is", &args)),
            ("siblings-p-value", texts.two_figures(rank.p_value)),
            ("siblings-least", self.least()),
        ];
        if self.found.tests > 1 {
            let chance = texts.two_figures(self.found.corrected);
            let args = args!["chance" => chance, "tests" => self.found.tests];
            let corrected = texts.with("siblings-corrected-is", &args);
            numbers.push(("siblings-corrected", corrected));
        }
        self.named(numbers)
    }

    /// The least p-value that so many variants allow.
    fn least(&self) -> String {
        self.texts
            .two_figures(1.0 / self.found.rank.variants as f64)
    }

    fn not_said(&self, assessment: &Assessment) -> Vec<String> {
        let texts = self.texts;
        let args = args!["variants" => self.found.rank.variants, "least" => self.least()];
        let mut not_said = vec![
            texts.text("siblings-not-said-1").to_owned(),
            texts.text("siblings-not-said-2").to_owned(),
            texts.with("siblings-not-said-3", &args),
            texts.text("siblings-not-said-4").to_owned(),
        ];
        let examinations = assessment.examinations.iter();
        not_said.extend(examinations.map(|sentence| texts.recorded(sentence)));
        not_said
    }

    fn sealed(&self, seal: &Seal, sha256: Digest) -> Vec<(String, String)> {
        let texts = self.texts;
        let number = args!["variants" => seal.variants.len()];
        let time = args!["time" => seal.time.words()];
        self.named(vec![
            ("siblings-number", texts.with("siblings-number-is", &number)),
            ("siblings-drawn", seal.published.clone()),
            ("siblings-time", texts.with("siblings-time-is", &time)),
            ("siblings-by", who(texts, &seal.who)),
            ("key", seal.key.fingerprint().to_string()),
            ("siblings-seal-hash", sha256.to_string()),
            ("siblings-work-hash", seal.work.to_string()),
        ])
    }

    fn named(&self, facts: Vec<(&'static str, String)>) -> Vec<(String, String)> {
        let facts = facts.into_iter();
        let named = facts.map(|(id, value)| (self.texts.text(id).to_owned(), value));
        named.collect()
    }

    fn figure(&self, seal: &Seal, scores: &[f64]) -> Result<Figure, CaseworkError> {
        let texts = self.texts;
        let split = |published: bool| -> Vec<f64> {
            let each = seal.variants.iter().zip(scores);
            let each = each.filter(|(variant, _)| (variant.file == seal.published) == published);
            each.map(|(_, score)| *score).collect()
        };
        let (published, others) = (split(true), split(false));
        let told = |scores: &[f64]| {
            let scores: Vec<String> = scores.iter().map(|score| texts.number(*score)).collect();
            scores.join(", ")
        };
        let args = args![
            "score" => self.score,
            "published" => told(&published),
            "others" => told(&others),
        ];
        let alternative = texts.with("siblings-chart-told", &args);
        let kept_back = args!["variants" => others.len()];
        let chart = ControlChart {
            language: texts.language(),
            title: texts.text("siblings-chart").into(),
            axis: texts.with("overview-axis", &args!["score" => self.score]),
            questioned: published
                .into_iter()
                .map(|score| Questioned {
                    label: texts.text("siblings-mark").into(),
                    score,
                })
                .collect(),
            rows: vec![ControlRow {
                kind: ControlKind::Negative,
                label: texts.with("siblings-kept-back", &kept_back),
                scores: others,
            }],
            width: ControlChart::WIDTH,
        };
        Ok(Figure {
            title: chart.title.clone(),
            svg: chart.svg(&FIGURES)?,
            caption: texts.text("siblings-caption").into(),
            alternative,
        })
    }
}

fn variants(texts: &Texts, seal: &Seal, scores: &[f64]) -> Vec<RankedVariant> {
    let each = seal.variants.iter().zip(scores);
    let each = each.map(|(variant, score)| RankedVariant {
        name: variant.file.clone(),
        seed: variant.seed,
        sha256: variant.sha256,
        score: texts.fixed(*score, DIGITS),
        rank: scores.iter().filter(|other| *other >= score).count(),
        is_published: variant.file == seal.published,
    });
    each.collect()
}
