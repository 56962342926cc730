//! Verification that `case.json` still says what was begun: the same plan, the same artworks. How far each artwork
//! is changes there all the time and is compared only with what the journal tells of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Findings as Found, Problem};
use crate::case::artwork_folder::{FINDINGS, MAX_BYTES as MAX_FINDINGS};
use crate::case::inside;
use crate::case::journal::chain::Chain;
use crate::case::journal::{BegunWork, Event};
use crate::case::reading::read_at_most;
use crate::case::{Digest, RECORD, Role, canonical_sha256};

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

/// The question, and the other models that it is asked of.
#[derive(Deserialize, Serialize)]
struct Asked {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    question: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    null_run: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    self_test: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    warnings: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    base_fit: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registration: Option<Value>,
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
    crop: Option<Value>,
    seed: Option<u64>,
    #[serde(default)]
    repeat: u32,
    reading: Option<String>,
    state: String,
}

/// Of the findings, the hash of the file that was examined.
#[derive(Deserialize)]
struct Findings {
    artwork: Examined,
}

#[derive(Deserialize)]
struct Examined {
    sha256: String,
}

/// True for roles that works are added in when a case has been begun.
fn is_for_comparison(role: &str) -> bool {
    let roles = [Role::Negative, Role::Positive, Role::Context];
    roles.iter().any(|known| known.name() == role)
}

fn questioned() -> String {
    "questioned".into()
}

pub(super) fn check(folder: &Path, chain: &Chain, found: &mut Found) {
    match read(folder) {
        Ok(bytes) => check_record(&bytes, Some(folder), chain, found),
        Err(why) => found.problems.push(Problem::NoRecord { why }),
    }
}

/// The same of the bytes of a record, with the case's folder where it is at hand.
pub(super) fn check_record(bytes: &[u8], folder: Option<&Path>, chain: &Chain, found: &mut Found) {
    let record: Record = match serde_json::from_slice(bytes) {
        Ok(record) => record,
        Err(error) => {
            let why = error.to_string();
            return found.problems.push(Problem::NoRecord { why });
        }
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
        let plan_changed = |found, sealed| Problem::PlanChanged { found, sealed };
        check_sealed(&record.plan, sealed, plan_changed, found);
        if let Some(asked) = asked {
            let asked_changed = |found, sealed| Problem::QuestionChanged { found, sealed };
            check_sealed(&record.asked, asked, asked_changed, found);
        }
        let added = chain.entries.iter().filter_map(|entry| match &entry.event {
            Event::Extended { items } => Some(items),
            _ => None,
        });
        // What is asked about is fixed at the beginning: only works for comparison come later.
        let added = added.flatten().filter(|item| is_for_comparison(&item.role));
        let items = items.iter().chain(added);
        check_items(folder, &record.artworks, items, found);
    }
    if let Some(folder) = folder {
        super::blinding::check(folder, record.asked.question.as_ref(), chain, found);
    }
    check_states(&record.artworks, chain, found);
}

fn read(folder: &Path) -> Result<Vec<u8>, String> {
    let path = inside::resolve(folder, RECORD).map_err(|fault| fault.to_string())?;
    read_at_most(&path, MAX_BYTES).map_err(|error| error.to_string())
}

fn check_sealed(
    part: &impl Serialize,
    sealed: Digest,
    changed: fn(Digest, Digest) -> Problem,
    found: &mut Found,
) {
    match canonical_sha256(part) {
        Ok(hash) if hash == sealed => {}
        Ok(hash) => found.problems.push(changed(hash, sealed)),
        Err(error) => found.problems.push(Problem::NoRecord {
            why: error.to_string(),
        }),
    }
}

fn check_items<'a>(
    case: Option<&Path>,
    artworks: &[Artwork],
    items: impl Iterator<Item = &'a BegunWork>,
    found: &mut Found,
) {
    let mut begun: BTreeMap<&String, &BegunWork> = BTreeMap::new();
    // The first naming counts: nothing that was sealed can be named anew as something else.
    for item in items {
        begun.entry(&item.folder).or_insert(item);
    }
    let present: BTreeSet<_> = artworks.iter().map(|artwork| &artwork.folder).collect();
    for artwork in artworks {
        let folder = artwork.folder.clone();
        let Some(item) = begun.get(&folder) else {
            found.problems.push(Problem::ItemAdded { folder });
            continue;
        };
        found.checked.items = found.checked.items.saturating_add(1);
        let names = differences(case, artwork, item);
        found.problems.extend(names.map(|name| {
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

/// In what an artwork is not as it was begun.
fn differences(
    case: Option<&Path>,
    artwork: &Artwork,
    item: &BegunWork,
) -> impl Iterator<Item = &'static str> + use<> {
    let sealed = item.sha256.map(|hash| hash.to_string());
    // A picture that could not be read at first, or was yet to be made, has its hash only later.
    let sealed = sealed.or_else(|| examined(case, artwork));
    let differs = [
        ("path", artwork.path != item.path),
        ("role", artwork.role != item.role),
        (
            "declaration",
            // The journal leaves an empty declaration out.
            artwork.declared != item.declared.clone().unwrap_or_default(),
        ),
        ("hash", sealed.is_some() && artwork.sha256 != sealed),
        (
            "square",
            artwork.crop.as_ref().map(Value::to_string) != item.crop,
        ),
        ("seed", artwork.seed != item.seed),
        ("repetition", artwork.repeat != item.repeat),
        ("reading", artwork.reading != item.reading),
    ];
    let differs = differs.into_iter().filter(|(_, differs)| *differs);
    differs.map(|(name, _)| name)
}

/// The hash that the findings have; they are sealed themselves. None if they cannot be read: then the check of
/// the sealed files tells of it.
fn examined(case: Option<&Path>, artwork: &Artwork) -> Option<String> {
    let case = case?;
    let path = format!("{}/{FINDINGS}", artwork.folder);
    let path = inside::resolve(case, &path).ok()?;
    let bytes = read_at_most(&path, MAX_FINDINGS).ok()?;
    let findings: Findings = serde_json::from_slice(&bytes).ok()?;
    Some(findings.artwork.sha256)
}

fn check_states(artworks: &[Artwork], chain: &Chain, found: &mut Found) {
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
