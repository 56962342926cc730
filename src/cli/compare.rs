//! `palimpsest compare`: the scores of two pictures, without models or a case.

use std::fmt::Write;

use serde::Serialize;

use super::Status;
use super::arguments::CompareArguments;
use super::output::{fail, plain, print, print_json};
use super::report::scores;
use palimpsest_diffusion::{Device, Engine, Memory};
use palimpsest_method::artwork::Artwork;
use palimpsest_method::examination::{ExaminationError, NotEvaluated, Scores, compare_pictures};

/// The result as it is printed as JSON.
#[derive(Serialize)]
struct Comparison {
    similarity: Scores,
    not_evaluated: NotEvaluated,
}

pub(super) fn run(arguments: &CompareArguments) -> Status {
    match compare(arguments) {
        Ok(comparison) if arguments.json => print_json(&comparison),
        Ok(comparison) => print(&summary(&comparison)),
        Err(error) => fail(&error),
    }
}

fn compare(arguments: &CompareArguments) -> Result<Comparison, ExaminationError> {
    let first = Artwork::open(&arguments.first)?;
    let second = Artwork::open(&arguments.second)?;
    let encoders = &arguments.encoders;
    let engine = Engine::new(Device::best(), 0, Memory::Full)?;
    let (similarity, not_evaluated) = compare_pictures(
        [&first, &second],
        encoders.clip.clone(),
        encoders.dino.clone(),
        &engine,
    )?;
    Ok(Comparison {
        similarity,
        not_evaluated,
    })
}

fn summary(comparison: &Comparison) -> String {
    let mut text = scores(&comparison.similarity);
    for (name, reason) in &comparison.not_evaluated {
        // A string takes everything.
        let _ = write!(text, "\nnot evaluated: {name} ({})", plain(reason));
    }
    text
}
