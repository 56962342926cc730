//! Whether `case.json` still says what was begun: the same plan, the same artworks. How far each artwork
//! is changes there all the time and is compared only with what the journal tells of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Findings, Problem};
use crate::case::inside;
use crate::case::journal::chain::Chain;
use crate::case::journal::{Event, Item};
use crate::case::record::read_at_most;
use crate::case::{Digest, RECORD, plan_sha256};

/// The largest record read, in bytes, as where the case is opened.
const MAX_BYTES: u64 = 1 << 26;

/// Of the record, what the journal seals.
#[derive(Deserialize)]
struct Record {
    plan: Value,
    #[serde(flatten)]
    asked: Asked,
    artworks: Vec<Artwork>,
}

/// What is asked, and of which other models.
#[derive(Deserialize, Serialize)]
struct Asked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    null_run: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    self_test: Option<Value>,
}

#[derive(Deserialize)]
struct Artwork {
    folder: String,
    path: String,
    sha256: Option<String>,
    #[serde(default = "questioned")]
    role: String,
    #[serde(default)]
    declared: String,
    state: String,
}

fn questioned() -> String {
    "questioned".into()
}

pub(super) fn check(folder: &Path, chain: &Chain, found: &mut Findings) {
    let record = match read(folder) {
        Ok(record) => record,
        Err(why) => return found.problems.push(Problem::NoRecord { why }),
    };
    let begun = chain.entries.iter().find_map(|entry| match &entry.event {
        Event::Begun {
            plan_sha256,
            asked_sha256,
            items,
            ..
        } => Some((*plan_sha256, *asked_sha256, items)),
        _ => None,
    });
    // Without a beginning there is a fault of the chain already.
    if let Some((sealed, asked, items)) = begun {
        check_sealed(&record.plan, sealed, found);
        if let Some(asked) = asked {
            check_sealed(&record.asked, asked, found);
        }
        check_items(&record.artworks, items, found);
    }
    check_states(&record.artworks, chain, found);
}

fn read(folder: &Path) -> Result<Record, String> {
    let path = inside::resolve(folder, RECORD).map_err(|fault| fault.to_string())?;
    let bytes = read_at_most(&path, MAX_BYTES).map_err(|error| error.to_string())?;
    serde_json::from_slice(&bytes).map_err(|error| error.to_string())
}

fn check_sealed(part: &impl Serialize, sealed: Digest, found: &mut Findings) {
    match plan_sha256(part) {
        Ok(hash) if hash == sealed => {}
        Ok(hash) => found.problems.push(Problem::PlanChanged {
            found: hash,
            sealed,
        }),
        Err(error) => found.problems.push(Problem::NoRecord {
            why: error.to_string(),
        }),
    }
}

fn check_items(artworks: &[Artwork], items: &[Item], found: &mut Findings) {
    let begun: BTreeMap<_, _> = items.iter().map(|item| (&item.folder, item)).collect();
    let present: BTreeSet<_> = artworks.iter().map(|artwork| &artwork.folder).collect();
    for artwork in artworks {
        let folder = artwork.folder.clone();
        let Some(item) = begun.get(&folder) else {
            found.problems.push(Problem::ItemAdded { folder });
            continue;
        };
        found.checked.items += 1;
        // A picture that could not be read at first has its hash only later.
        let sealed = item.sha256.map(|hash| hash.to_string());
        let differs = [
            ("path", artwork.path != item.path),
            ("role", artwork.role != item.role),
            (
                "declaration",
                artwork.declared != item.declared.clone().unwrap_or_default(),
            ),
            ("hash", false && artwork.sha256 != sealed),
        ];
        let names = differs.into_iter().filter(|(_, differs)| *differs);
        found.problems.extend(names.map(|(name, _)| {
            let (folder, what) = (folder.clone(), name.to_owned());
            Problem::ItemChanged { folder, what }
        }));
    }
    let removed = begun.keys().filter(|folder| !present.contains(**folder));
    found.problems.extend(removed.map(|folder| {
        let folder = (*folder).clone();
        Problem::ItemRemoved { folder }
    }));
}

fn check_states(artworks: &[Artwork], chain: &Chain, found: &mut Findings) {
    let examined = chain.entries.iter().filter_map(|entry| match &entry.event {
        Event::Examined { folder, .. } => Some(folder),
        _ => None,
    });
    let examined: BTreeSet<_> = examined.collect();
    let finished = artworks
        .iter()
        .filter(|artwork| artwork.state == "finished");
    let unknown = finished.filter(|artwork| !examined.contains(&artwork.folder));
    found.problems.extend(unknown.map(|artwork| {
        let folder = artwork.folder.clone();
        Problem::NotExamined { folder }
    }));
}
