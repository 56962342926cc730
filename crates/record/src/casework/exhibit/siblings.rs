//! Content of the report on a test among sealed siblings: what the seal says, how the variants rank by the case, and what
//! that cannot tell.

use std::path::Path;

use super::{Cover, content_of};
use crate::case::{ArtworkView, CaseError, CaseView, Digest};
use crate::casework::siblings::{RankedSiblings, ranked};
use crate::casework::{Assessment, CaseworkError};
use crate::chart::{Chart, ControlChart, ControlKind, ControlRow, Questioned};
use crate::exhibit::{FIGURES, Figure, RankedVariant, SiblingContent};
use crate::language::Language;
use crate::sealed_siblings::{Seal, variant_words};
use palimpsest_base::number_format::{count, counted, fixed, number, two_figures};
use palimpsest_method::artwork::Artwork;

/// The content, by the seal in `file`; and the entry of the journal that it prints.
///
/// # Errors
/// [`CaseworkError`] if the seal does not hold, the case has no rank for it, or something of the case cannot be read.
pub(super) fn siblings_of(
    view: &CaseView,
    assessment: &Assessment,
    file: &Path,
) -> Result<(SiblingContent, Digest), CaseworkError> {
    let seal = Seal::read(file).map_err(|error| CaseworkError::Siblings(error.into()))?;
    let (found, scores) = ranked(view, &seal)?;
    let (mut case, head) = content_of(view, assessment, Language::English)?;
    case.reproduction.commands.push(format!(
        "palimpsest siblings CASE_DIR --seal {}",
        file.file_name().unwrap_or_default().to_string_lossy()
    ));
    if Cover::of(view.entries()?).title.is_empty() {
        case.header.title = format!(
            "Test among {} against the model “{}”",
            counted(seal.variants.len(), "sealed variant", "sealed variants"),
            view.plan.finetuned.name()
        );
    }
    let (sha256, _) = Digest::of_file(file).map_err(|source| CaseError::Unreadable {
        path: file.to_owned(),
        source,
    })?;
    let published = seal.variants.iter().find(|it| it.file == seal.published);
    // A seal without it is not accepted when it is read.
    let published_sha256 = published.map_or(seal.work, |variant| variant.sha256);
    Ok((
        SiblingContent {
            published: found.published.clone(),
            sha256: published_sha256,
            picture: picture_of(view, published_sha256)?,
            finding: finding(&found),
            numbers: numbers(&found),
            figure: figure(&found, &seal, &scores)?,
            not_said: not_said(&found, assessment),
            sealed: sealed(&seal, sha256),
            drawn: vec![variant_words(), DRAWN.into()],
            variants: variants(&seal, &scores),
            case,
        },
        head,
    ))
}

/// Decimals of a variant's score: siblings lie close to one another.
const DIGITS: usize = 6;

/// How one of the variants is drawn.
const DRAWN: &str = "The seeds of the variants are random numbers of the operating system. When all variants were written, \
    one of them was drawn to be published, with another such number and equal chances for all. The seal holds the hashes \
    of all, the one that was drawn and the time by the machine’s clock, and is signed with the key that is named above.";

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

fn finding(found: &RankedSiblings) -> String {
    let rank = &found.rank;
    let p = match found.tests {
        0 | 1 => two_figures(rank.p_value),
        _ => two_figures(found.corrected),
    };
    let corrected = match found.tests {
        0 | 1 => String::new(),
        tests => format!(
            ", corrected for {} tests of it against this model",
            count(tests)
        ),
    };
    format!(
        "The published variant ranks {} of {} by the score: had the model not been trained on what was published, so high a \
         rank would have had a chance of {p}{corrected}.",
        count(rank.rank as u64),
        count(rank.variants as u64)
    )
}

fn numbers(found: &RankedSiblings) -> Vec<(String, String)> {
    let rank = &found.rank;
    let mut numbers = vec![
        ("Score that ranks", found.score.to_owned()),
        (
            "Rank",
            format!(
                "{} of {}; ties count against it",
                count(rank.rank as u64),
                count(rank.variants as u64)
            ),
        ),
        ("p-value, exact", two_figures(rank.p_value)),
        (
            "Least p-value possible",
            two_figures(1.0 / rank.variants as f64),
        ),
    ];
    if found.tests > 1 {
        numbers.push((
            "Corrected",
            format!(
                "{}, for {} tests of the published variant against this model with this key (Bonferroni)",
                two_figures(found.corrected),
                count(found.tests)
            ),
        ));
    }
    let named = numbers.into_iter();
    named
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn not_said(found: &RankedSiblings, assessment: &Assessment) -> Vec<String> {
    let least = two_figures(1.0 / found.rank.variants as f64);
    let mut not_said = vec![
        "The seal shows that the variants were there when it was signed, and which was to be published. It does not show \
         that the draw was by chance and was kept, that nothing else was published, or that nobody else had the others: \
         that is for those who sealed to show."
            .to_owned(),
        "The time of the seal is that of a machine’s clock. An authority’s timestamp of the seal’s hash, or a copy of it \
         that was filed elsewhere, shows that it was not made later."
            .to_owned(),
        format!(
            "With {} no p-value can be below {least}. A low rank is no sign that the work was not used: the training may \
             have kept too little of what tells the variants apart.",
            counted(found.rank.variants, "variant", "variants")
        ),
        "It does not say by whom the model was trained, from where the variant was taken, or whether that was allowed."
            .to_owned(),
    ];
    not_said.extend(assessment.examinations.clone());
    not_said
}

fn sealed(seal: &Seal, sha256: Digest) -> Vec<(String, String)> {
    let facts = [
        (
            "Variants",
            counted(seal.variants.len(), "variant", "variants"),
        ),
        ("Drawn and to be published", seal.published.clone()),
        (
            "Sealed",
            format!("{}, by the machine’s clock", seal.time.words()),
        ),
        (
            "By",
            match seal.who.trim() {
                "" => "not named".to_owned(),
                who => who.to_owned(),
            },
        ),
        ("Key", seal.key.fingerprint().to_string()),
        ("SHA-256 of the seal", sha256.to_string()),
        ("SHA-256 of the work itself", seal.work.to_string()),
    ];
    let facts = facts.into_iter();
    facts
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

fn variants(seal: &Seal, scores: &[f64]) -> Vec<RankedVariant> {
    let each = seal.variants.iter().zip(scores);
    let each = each.map(|(variant, score)| RankedVariant {
        name: variant.file.clone(),
        seed: variant.seed,
        sha256: variant.sha256,
        score: fixed(*score, DIGITS),
        rank: scores.iter().filter(|other| *other >= score).count(),
        is_published: variant.file == seal.published,
    });
    each.collect()
}

fn figure(found: &RankedSiblings, seal: &Seal, scores: &[f64]) -> Result<Figure, CaseworkError> {
    let split = |published: bool| -> Vec<f64> {
        let each = seal.variants.iter().zip(scores);
        let each = each.filter(|(variant, _)| (variant.file == seal.published) == published);
        each.map(|(_, score)| *score).collect()
    };
    let (published, others) = (split(true), split(false));
    let told = |scores: &[f64]| {
        scores
            .iter()
            .copied()
            .map(number)
            .collect::<Vec<_>>()
            .join(", ")
    };
    let alternative = format!(
        "{}: published {}; kept back {}",
        found.score,
        told(&published),
        told(&others)
    );
    let chart = ControlChart {
        language: Language::English,
        title: "The published variant among its sealed siblings".into(),
        axis: format!("{} (higher speaks for use in training)", found.score),
        questioned: published
            .into_iter()
            .map(|score| Questioned {
                label: "published".into(),
                score,
            })
            .collect(),
        rows: vec![ControlRow {
            kind: ControlKind::Negative,
            label: format!("Kept back ({})", others.len()),
            scores: others,
        }],
        width: ControlChart::WIDTH,
    };
    Ok(Figure {
        title: chart.title.clone(),
        svg: chart.svg(&FIGURES)?,
        caption: "Every mark is one variant, examined in the same way.".into(),
        alternative,
    })
}
