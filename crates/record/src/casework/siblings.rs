//! The rank of a published variant among its sealed siblings, by the scores of a case in which all of them were
//! examined alike.

use std::path::Path;

use serde::Serialize;
use thiserror::Error;

use super::earlier::corrected;
use super::exhibit::score_name;
use crate::case::key::Fingerprint;
use crate::case::verification::{Expectations, verify};
use crate::case::{ArtworkView, CaseError, CaseView, Digest, Role, UtcTime};
use crate::language::Language;
use crate::sealed_siblings::{Seal, SealError};
use palimpsest_base::number_format::{count, counted, two_figures};
use palimpsest_method::verdict::{NoRank, SiblingRank, sibling_rank};

/// The reason that there is no rank.
#[derive(Debug, Error)]
pub enum SiblingsError {
    /// The seal is not accepted.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The case cannot be read.
    #[error(transparent)]
    Case(#[from] CaseError),
    /// The record of the case does not hold.
    #[error("the case does not hold ({0}): palimpsest verify names everything that is wrong")]
    DoesNotHold(String),
    /// The case was begun before the seal was made.
    #[error(
        "the variants were sealed at {sealed}, after the case was begun at {begun}: such a seal shows nothing"
    )]
    SealedLater {
        /// The time of the seal.
        sealed: UtcTime,
        /// That of the case.
        begun: UtcTime,
    },
    /// A variant was not examined like the others.
    #[error(
        "{file} was not examined as the others were ({why}): examine all variants in one case, each as a questioned work"
    )]
    Unlike {
        /// The variant.
        file: String,
        /// The difference.
        why: &'static str,
    },
    /// There is no rank.
    #[error(transparent)]
    NoRank(#[from] NoRank),
}

/// The result of the test.
#[derive(Clone, Debug, Serialize)]
pub struct RankedSiblings {
    /// Name of the score by which they were ranked: the one that was fixed before.
    pub score: &'static str,
    pub published: String,
    pub sealed: UtcTime,
    /// Of the key that signed the seal.
    pub key: Fingerprint,
    #[serde(flatten)]
    pub rank: SiblingRank,
    /// Number of tests of the published variant against this model with the case's key.
    pub tests: u64,
    /// The p-value corrected for them.
    pub corrected: f64,
    pub sentence: String,
}

/// Ranks the published variant of the seal in `file` among its siblings, by the case in `folder`.
///
/// # Errors
/// [`SiblingsError`].
pub fn rank_siblings(folder: &Path, file: &Path) -> Result<RankedSiblings, SiblingsError> {
    let view = CaseView::read(folder)?;
    Ok(ranked(&view, &Seal::read(file)?)?.0)
}

/// The same by a case that was read, with the score of every variant in their order.
///
/// # Errors
/// [`SiblingsError`].
pub(super) fn ranked(
    view: &CaseView,
    seal: &Seal,
) -> Result<(RankedSiblings, Vec<f64>), SiblingsError> {
    let folder = &view.folder;
    let verified = verify(folder, &Expectations::default());
    if let Some(problem) = verified.problems.first() {
        return Err(SiblingsError::DoesNotHold(problem.to_string()));
    }
    if let Some(first) = view.entries()?.first()
        && first.time < seal.time
    {
        let (sealed, begun) = (seal.time, first.time);
        return Err(SiblingsError::SealedLater { sealed, begun });
    }
    let (mut published, mut others) = (Err(NoRank::NotFinite), Vec::new());
    let mut scores = Vec::with_capacity(seal.variants.len());
    let mut tests = 1;
    for variant in &seal.variants {
        let score = score(view, variant.sha256).map_err(|why| SiblingsError::Unlike {
            file: variant.file.clone(),
            why,
        })?;
        scores.push(score);
        if variant.file == seal.published {
            published = Ok(score);
            let registration = view.registration.as_ref();
            // A case from before there was a registry counts no test but its own.
            tests = registration.map_or(1, |it| it.tests_of(Some(variant.sha256)));
        } else {
            others.push(score);
        }
    }
    let rank = sibling_rank(published?, &others)?;
    let mut ranked = RankedSiblings {
        score: score_name(Language::English.texts(), view.question.primary_score),
        published: seal.published.clone(),
        sealed: seal.time,
        key: seal.key.fingerprint(),
        corrected: corrected(rank.p_value, tests),
        rank,
        tests,
        sentence: String::new(),
    };
    ranked.sentence = sentence(&ranked);
    Ok((ranked, scores))
}

/// The score of the variant with this hash, if it was examined once, as a questioned work, in its middle square: then
/// all have the same draws, and nothing but the picture tells one from another.
fn score(view: &CaseView, sha256: Digest) -> Result<f64, &'static str> {
    let has = |it: &&ArtworkView| it.entry.sha256 == Some(sha256);
    let mut found = view.artworks.iter().filter(has);
    let (Some(artwork), None) = (found.next(), found.next()) else {
        return Err("it is not in the case once");
    };
    let entry = &artwork.entry;
    if entry.role != Role::Questioned || entry.seed.is_some() || !entry.crop.is_centre() {
        return Err("it has another role, seed or square");
    }
    let findings = artwork.findings.as_ref().ok_or("it is not finished")?;
    findings
        .score(view.question.primary_score)
        .ok_or("it has no score")
}

fn sentence(ranked: &RankedSiblings) -> String {
    let SiblingRank {
        p_value,
        rank,
        variants,
    } = ranked.rank;
    let reached = match rank - 1 {
        0 => "none scores".to_owned(),
        1 => "1 scores".to_owned(),
        several => format!("{} score", count(several as u64)),
    };
    let again = match ranked.tests {
        0 | 1 => String::new(),
        tests => format!(
            "; corrected for {} tests (Bonferroni) p = {}",
            count(tests),
            two_figures(ranked.corrected)
        ),
    };
    format!(
        "Of the other {}, sealed at {}, {reached} as high as {}, which was drawn from all by chance to be \
         published (p = {}; with so many variants it cannot be less than {}{again}). If the model was not trained on \
         what was published, every rank was equally probable, whatever the model and the score: this assumes that the \
         draw was kept and that the other variants never left the house.",
        counted(variants - 1, "variant", "variants"),
        ranked.sealed.words(),
        ranked.published,
        two_figures(p_value),
        two_figures(1.0 / variants as f64)
    )
}
