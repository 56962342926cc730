//! The models of the library by how far a given one lies from them: the one that it was made from is the nearest, and
//! none that has nothing to do with it is near.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{EntryKind, Listing};
use palimpsest_diffusion::{
    Choices, Device, DiffusionModel, Engine, Memory, ModelError, WeightDistance,
};

/// A model of the library that was compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Neighbour {
    /// Its name in the library.
    pub name: String,
    /// The place where it lies.
    pub path: PathBuf,
    /// The distance from its noise predictor to that of the given model.
    #[serde(flatten)]
    pub distance: WeightDistance,
}

/// A model of the library that could not be compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NotCompared {
    /// Its name in the library.
    pub name: String,
    /// The place where it lies.
    pub path: PathBuf,
    /// The reason, as a sentence.
    pub why: String,
}

/// All models of the library as a given one sees them.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Nearest {
    /// Those of its structure, the nearest first.
    pub neighbours: Vec<Neighbour>,
    /// The rest.
    pub not_compared: Vec<NotCompared>,
}

/// Compares a model with every whole model of a listing but itself. `proceed` is asked before each, and ends it early
/// with what there is by then. Takes as long as reading all of them.
///
/// # Errors
/// [`ModelError`] if the given model cannot be opened, or is an adapter, which has no weights of its own to compare.
pub fn nearest(
    model: &Path,
    choices: &Choices,
    listing: &Listing,
    proceed: &dyn Fn() -> bool,
) -> Result<Nearest, ModelError> {
    // Nothing is computed with them, and their weights are looked at one after another.
    let engine = Engine::new(Device::Cpu, 0, Memory::Low)?;
    let own = DiffusionModel::open_as(model, None, &engine, choices)?;
    let mut found = Nearest::default();
    let whole = [EntryKind::Folder, EntryKind::Model];
    // What is no longer there has no other name either.
    let place = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.into());
    let here = place(model);
    let entries = listing.entries.iter();
    for entry in entries.filter(|entry| whole.contains(&entry.kind) && place(&entry.path) != here) {
        if !proceed() {
            break;
        }
        let compared = match &entry.refused {
            Some(why) => Err(why.clone()),
            None => DiffusionModel::open_as(entry.path.as_path(), Some(&own), &engine, choices)
                .and_then(|other| {
                    other.check_same_structure(&own)?;
                    other.distance_to(&own)
                })
                .map_err(|error| error.to_string()),
        };
        let (name, path) = (entry.name.clone(), entry.path.clone());
        match compared {
            Ok(distance) => found.neighbours.push(Neighbour {
                name,
                path,
                distance,
            }),
            Err(why) => found.not_compared.push(NotCompared { name, path, why }),
        }
    }
    let by_distance = |a: &Neighbour, b: &Neighbour| {
        a.distance
            .relative
            .total_cmp(&b.distance.relative)
            .then_with(|| a.path.cmp(&b.path))
    };
    found.neighbours.sort_by(by_distance);
    Ok(found)
}
