//! What a hub offers under a name, and fetching it: every file with the hash that it must have, and a record beside
//! them of what was checked against what.

use std::io;
use std::path::{Path, PathBuf};

use palimpsest_base::atomic;
use palimpsest_base::digest::Digest;
use serde::Serialize;

use crate::HubError;
use crate::catalogue::{Named, Wanted};
use crate::download::{Disk, Expected, Progress, download};
use crate::listing::{Hub, Repository};

/// The file beside what was fetched that says where it comes from.
pub const RECORD: &str = "palimpsest-fetched.json";

/// What a hub offers.
#[derive(Debug)]
pub struct Offer<'hub> {
    hub: &'hub Hub,
    pub named: &'static Named,
    /// The commit that is fetched, whatever the branch becomes meanwhile.
    pub commit: String,
    /// The licence that the repository states, if it states one.
    pub stated_licence: Option<String>,
    files: Vec<OfferedFile>,
}

#[derive(Debug)]
struct OfferedFile {
    path: &'static str,
    bytes: u64,
    expected: Expected,
    checked: CheckedAgainst,
}

/// The source of the hash that a file was held against.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CheckedAgainst {
    /// The program knows it.
    KnownHash,
    /// The hub stated it.
    StatedByTheHub,
    /// Another server in the hub's place stated it: that the hub has the same is not known.
    StatedByTheMirror,
}

/// What was fetched.
#[derive(Debug, Serialize)]
pub struct Fetched {
    pub name: &'static str,
    pub repository: &'static str,
    pub commit: String,
    /// The address of the hub that it came from.
    pub hub: String,
    pub licence: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stated_licence: Option<String>,
    pub files: Vec<FetchedFile>,
    /// The file, or the folder, to be given where a model is asked for.
    pub path: PathBuf,
}

/// A file that was fetched.
#[derive(Debug, Serialize)]
pub struct FetchedFile {
    pub path: &'static str,
    pub bytes: u64,
    pub sha256: Digest,
    pub checked_against: CheckedAgainst,
}

impl<'hub> Offer<'hub> {
    pub(crate) fn of(
        hub: &'hub Hub,
        named: &'static Named,
        repository: Repository,
    ) -> Result<Self, HubError> {
        let files = named.files.iter();
        let files = files.map(|wanted| offered(hub, named, wanted, &repository));
        Ok(Self {
            hub,
            named,
            files: files.collect::<Result<_, _>>()?,
            stated_licence: repository.card.as_ref().and_then(|card| card.licence()),
            commit: repository.sha,
        })
    }

    /// The size of all its files.
    pub fn bytes(&self) -> u64 {
        self.files.iter().map(|file| file.bytes).sum()
    }

    /// Fetches every file into a folder of the model's name in `out`. `progress` is told how far it is, `proceed` asked
    /// whether to go on. Files that are there already are not fetched again.
    ///
    /// # Errors
    /// [`HubError`]; what came whole stays, and what came in part goes on from there the next time.
    pub fn fetch(
        &self,
        out: &Path,
        disk: &dyn Disk,
        progress: &mut dyn FnMut(Progress<'_>),
        proceed: &dyn Fn() -> bool,
    ) -> Result<Fetched, HubError> {
        let folder = out.join(self.named.name);
        let (mut before, all) = (0, self.bytes());
        let mut files = Vec::new();
        for file in &self.files {
            let to = folder.join(file.path);
            let url = format!(
                "{}/{}/resolve/{}/{}",
                self.hub.address, self.named.repository, self.commit, file.path
            );
            let mut told = |bytes| {
                progress(Progress {
                    file: file.path,
                    bytes: before + bytes,
                    all,
                });
            };
            let sha256 = download(
                self.hub,
                &url,
                &to,
                &file.expected,
                disk,
                &mut told,
                proceed,
            )?;
            before += file.bytes;
            files.push(FetchedFile {
                path: file.path,
                bytes: file.bytes,
                sha256,
                checked_against: file.checked,
            });
        }
        let path = match (self.named.is_one_file(), self.files.first()) {
            (true, Some(file)) => folder.join(file.path),
            _ => folder.clone(),
        };
        let fetched = Fetched {
            name: self.named.name,
            repository: self.named.repository,
            commit: self.commit.clone(),
            hub: self.hub.address.clone(),
            licence: self.named.licence,
            stated_licence: self.stated_licence.clone(),
            files,
            path,
        };
        record(&fetched, &folder.join(RECORD))?;
        Ok(fetched)
    }
}

fn record(fetched: &Fetched, to: &Path) -> Result<(), HubError> {
    let unwritable = |source| HubError::Unwritable {
        path: to.to_owned(),
        source,
    };
    let bytes = serde_json::to_vec_pretty(fetched);
    let bytes = bytes.map_err(|error| unwritable(io::Error::from(error)))?;
    atomic::replace(to, &bytes).map_err(unwritable)
}

/// The file that serves, with what it must be.
fn offered(
    hub: &Hub,
    named: &Named,
    wanted: &Wanted,
    repository: &Repository,
) -> Result<OfferedFile, HubError> {
    let found = wanted.paths.iter().find_map(|path| {
        let sibling = repository
            .siblings
            .iter()
            .find(|sibling| sibling.path == *path);
        sibling.map(|sibling| (*path, sibling))
    });
    let (path, sibling) = found.ok_or_else(|| HubError::Gone {
        repository: named.repository.into(),
        path: wanted.paths.join(" or "),
    })?;
    let no_hash = || HubError::NoHash { path: path.into() };
    let stated = match &sibling.lfs {
        Some(large) => Some(large.sha256.parse::<Digest>().map_err(|_| no_hash())?),
        None => None,
    };
    let size = sibling
        .lfs
        .as_ref()
        .map(|large| large.size)
        .or(sibling.size);
    let bytes = size.ok_or_else(no_hash)?;
    let known = wanted.sha256.map(str::parse::<Digest>);
    let by_hub = match hub.is_mirror {
        true => CheckedAgainst::StatedByTheMirror,
        false => CheckedAgainst::StatedByTheHub,
    };
    let (expected, checked) = match (known, stated, &sibling.blob) {
        (Some(Ok(known)), Some(stated), _) if known != stated => {
            return Err(HubError::AnotherFile {
                path: path.into(),
                stated: stated.to_string(),
                known: known.to_string(),
            });
        }
        (Some(Ok(known)), ..) => (Expected::sha256(bytes, known), CheckedAgainst::KnownHash),
        (_, Some(stated), _) => (Expected::sha256(bytes, stated), by_hub),
        (_, None, Some(blob)) => (Expected::git_blob(bytes, blob).ok_or_else(no_hash)?, by_hub),
        (_, None, None) => return Err(no_hash()),
    };
    Ok(OfferedFile {
        path,
        bytes,
        expected,
        checked,
    })
}
