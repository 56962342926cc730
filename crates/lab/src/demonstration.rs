//! The main job on what is built in: the works of one procedural artist, half of which the built-in
//! fine-tuned model saw, are drawn, examined and told apart.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use super::evaluation::error::EvaluationError;
use super::evaluation::report::{self, About};
use super::evaluation::set::Set;
use super::evaluation::table::Table;
use palimpsest_art::Family;

use super::training::corpus::pictures_in;
use super::training::corpus_hashes::CorpusHashes;
use super::works::Works;
use palimpsest_base::experiment_manifest::begin_or_continue;
use palimpsest_diffusion::Device;
use palimpsest_method::examination::{Request, Steering};
use palimpsest_method::inversion::Preset;
use palimpsest_record::case::Role;
use palimpsest_record::casework::exhibit::{Cover, Order, write_exhibit};

/// The artist: a hand that is in no corpus.
const HAND: (Family, u64) = (Family::Portrait, 2000);
/// The exhibit's file.
const EXHIBIT: &str = "exhibit.pdf";
/// Works that `demo-finetuned` was trained on, and as many that it was not.
const MEMBERS: u64 = 10;

/// The sample that the window shows: a member is asked about, and as many works that were not used are its controls as
/// an answer at 5 % needs.
const SAMPLE_MEMBERS: RangeInclusive<u64> = 0..=0;
const SAMPLE_HOLD_OUTS: RangeInclusive<u64> = MEMBERS..=MEMBERS + 19;
/// Works of the sample.
pub const SAMPLE: usize = 21;

/// Draws a questioned work of the demonstration and its controls into `folder`, as far as they are not
/// there; returns the files in the order of their roles. The questioned one is a member.
///
/// # Errors
/// [`EvaluationError`] if they cannot be written.
pub fn sample(folder: &Path) -> Result<Vec<(PathBuf, Role)>, EvaluationError> {
    let of = |name: &str, numbers: RangeInclusive<u64>| {
        let place = folder.join(name);
        if !place.exists() {
            works(numbers).write(&place)?;
        }
        Ok::<_, EvaluationError>(pictures_in(&place)?)
    };
    // Other folders than those of earlier versions, which had fewer works.
    let questioned = of("questioned", SAMPLE_MEMBERS)?;
    let controls = of("controls, never used", SAMPLE_HOLD_OUTS)?;
    let in_role = |paths: Vec<PathBuf>, role| paths.into_iter().map(move |path| (path, role));
    Ok(in_role(questioned, Role::Questioned)
        .chain(in_role(controls, Role::Negative))
        .collect())
}

/// Works of the artist, by their numbers.
fn works(numbers: RangeInclusive<u64>) -> Works {
    Works {
        families: vec![HAND.0],
        artists: vec![HAND.1],
        works: numbers,
        side: super::pretraining::SIDE,
    }
}

/// The results of a demonstration.
#[derive(Clone, Debug)]
pub struct Demonstrated {
    pub table: Table,
    /// The subject of the examination, in a line.
    pub heading: String,
    pub case: PathBuf,
    pub exhibit: PathBuf,
}

/// Examines the demonstration's works into `folder`, which may be that of an interrupted demonstration. One
/// work is asked about, the others are its controls, and the case ends in an exhibit.
///
/// # Errors
/// [`EvaluationError`]; what was finished stays.
pub fn demonstrate(
    folder: &Path,
    (pretrained, finetuned): (&Path, &Path),
    (device, threads): (Device, usize),
    steering: &Steering,
) -> Result<Demonstrated, EvaluationError> {
    let settings = format!(
        "demonstration of {} and {}\n",
        pretrained.display(),
        finetuned.display()
    );
    begin_or_continue(folder, &settings)?;
    let drawn = |name: &str, numbers: RangeInclusive<u64>| {
        let place = folder.join(name);
        if !place.exists() {
            works(numbers).write(&place)?;
        }
        Ok::<_, EvaluationError>(pictures_in(&place)?)
    };
    let set = Set {
        name: "demo".into(),
        members: drawn("members", 0..=MEMBERS - 1)?,
        hold_outs: drawn("hold-outs", MEMBERS..=2 * MEMBERS - 1)?,
        asked: Some(1),
    };
    let request = Request {
        preset: Preset::Quick,
        device: Some(device),
        threads,
        ..Request::new(pretrained, finetuned)
    };
    let corpus = CorpusHashes::beside(pretrained)?;
    let settings = (&request, [].as_slice());
    let evaluated = set.evaluate(settings, folder, corpus.as_ref(), steering, &mut |_| {})?;
    let heading = format!(
        "Built-in models and works of one procedural artist. Preset quick: {} network evaluations a work.",
        evaluated.own.evaluations
    );
    let about = About {
        heading: &heading,
        own: "--preset quick",
        variants: &[],
        corpus: corpus.as_ref(),
    };
    let table = report::write(folder, &[evaluated], &about)?;
    let case = folder.join("case");
    let exhibit = folder.join(EXHIBIT);
    let order = Order {
        cover: Cover {
            title: "Demonstration on the works of a procedural artist".into(),
            ..Cover::default()
        },
        out: Some(exhibit.clone()),
        ..Order::default()
    };
    if !exhibit.exists() {
        write_exhibit(&case, &order)?;
    }
    Ok(Demonstrated {
        table,
        heading,
        case,
        exhibit,
    })
}
