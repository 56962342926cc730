//! The places on this machine of the files that a plan names: records have their names alone, and this is what a user
//! keeps beside them. Every file is found by its hash, and hashed again when it is used.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Identity, ModelRecord, Plan, RecordedPath};
use crate::inversion::DrawSource;
use palimpsest_base::digest::Digest;

/// Places by what lies there.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
pub struct Whereabouts {
    /// Models, picture encoders and files of draws, by the hashes that records have of them.
    #[serde(default)]
    files: BTreeMap<Digest, Place>,
    /// The folder with configurations that was named beside a model.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    configurations: Option<String>,
}

/// The place of a model or a file.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq, Serialize)]
struct Place {
    path: String,
    /// Files of the model that lie elsewhere, by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    elsewhere: BTreeMap<String, String>,
}

impl Whereabouts {
    /// True if it has no place.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty() && self.configurations.is_none()
    }

    /// Takes in the places of a plan's files that its record does not tell.
    pub fn note(&mut self, plan: &Plan) {
        for model in [&plan.pretrained, &plan.finetuned] {
            self.note_identity(&model.identity);
            let choices = model.choices.as_ref();
            let configurations = choices.and_then(|choices| choices.configurations.as_ref());
            if let Some(place) = configurations.and_then(RecordedPath::place) {
                self.configurations = Some(place);
            }
        }
        plan.clip.iter().for_each(|clip| self.note_identity(clip));
        plan.dino.iter().for_each(|dino| self.note_identity(dino));
        if let Some(file) = plan.settings.draws.file() {
            self.note_place(file.sha256, file.path.place(), BTreeMap::new());
        }
    }

    fn note_identity(&mut self, identity: &Identity) {
        let elsewhere = identity.places();
        let elsewhere = elsewhere.map(|(name, place)| (name.clone(), place));
        self.note_place(identity.sha256, identity.path.place(), elsewhere.collect());
    }

    fn note_place(
        &mut self,
        sha256: Digest,
        path: Option<String>,
        elsewhere: BTreeMap<String, String>,
    ) {
        if let Some(path) = path {
            self.files.insert(sha256, Place { path, elsewhere });
        }
    }

    /// Puts the files of a plan in their places, as far as these are known and the record does not tell them.
    pub fn put(&self, plan: &mut Plan) {
        self.put_model(&mut plan.pretrained);
        self.put_model(&mut plan.finetuned);
        let encoders = plan.clip.iter_mut().chain(&mut plan.dino);
        encoders.for_each(|identity| self.put_identity(identity));
        if let DrawSource::Replayed { file, .. } = &mut plan.settings.draws
            && let Some(place) = self.files.get(&file.sha256)
        {
            file.path.put(&place.path);
        }
    }

    fn put_model(&self, model: &mut ModelRecord) {
        self.put_identity(&mut model.identity);
        let choices = model.choices.as_mut();
        let configurations = choices.and_then(|choices| choices.configurations.as_mut());
        if let (Some(path), Some(place)) = (configurations, &self.configurations) {
            path.put(place);
        }
    }

    fn put_identity(&self, identity: &mut Identity) {
        if let Some(place) = self.files.get(&identity.sha256) {
            identity.path.put(&place.path);
            for (name, place) in &place.elsewhere {
                identity.put(name, place);
            }
        }
    }
}

/// Looking for what has no place: files by their names, each told from others by its hash or, of a model, by the sizes
/// of its files, since whoever opens a model hashes it all the same.
impl Whereabouts {
    /// Takes in the places of a plan's files that are not known, as far as one of those that `called` gives for a name
    /// holds what the record says.
    pub fn look_for(&mut self, plan: &Plan, called: &dyn Fn(&str) -> Vec<PathBuf>) {
        for identity in plan.identities() {
            if !identity.path.is_placed() {
                let found = called(&identity.path.name());
                let mut found = found.into_iter();
                let place = found.find_map(|path| place_of(identity, &path, called));
                if let Some(place) = place {
                    self.files.insert(identity.sha256, place);
                }
            }
        }
        if let Some(file) = plan.settings.draws.file().filter(|it| !it.path.is_placed()) {
            let mut found = called(&file.path.name()).into_iter();
            let found = found.find(|path| is_of(path, file.sha256));
            let found = found.and_then(|path| RecordedPath::new(&path).place());
            self.note_place(file.sha256, found, BTreeMap::new());
        }
        let choices = [&plan.pretrained, &plan.finetuned].map(|model| model.choices.as_ref());
        for path in choices
            .into_iter()
            .flatten()
            .flat_map(|it| &it.configurations)
        {
            if !path.is_placed() {
                let mut found = called(&path.name()).into_iter();
                let found = found.find(|path| path.is_dir());
                let found = found.and_then(|path| RecordedPath::new(&path).place());
                self.configurations = found.or(self.configurations.take());
            }
        }
    }
}

/// The place of a model if it is the folder or file at `path`.
fn place_of(
    identity: &Identity,
    path: &Path,
    called: &dyn Fn(&str) -> Vec<PathBuf>,
) -> Option<Place> {
    let mut elsewhere = BTreeMap::new();
    for file in &identity.files {
        let here = match path.is_dir() {
            true => path.join(&file.name),
            false => path.with_file_name(&file.name),
        };
        if here.metadata().is_ok_and(|it| it.len() == file.bytes) {
            continue;
        }
        let name = RecordedPath::read(&file.name)?.name();
        let found = called(&name)
            .into_iter()
            .find(|path| is_of(path, file.sha256))?;
        elsewhere.insert(file.name.clone(), RecordedPath::new(&found).place()?);
    }
    let path = RecordedPath::new(path).place()?;
    Some(Place { path, elsewhere })
}

/// True if a file has this hash.
fn is_of(path: &Path, sha256: Digest) -> bool {
    path.is_file() && Digest::of_file(path).is_ok_and(|(found, _)| found == sha256)
}

impl Plan {
    /// The names of the files whose places are not known, without which nothing is examined by it.
    pub fn unplaced(&self) -> Vec<String> {
        let models = [&self.pretrained, &self.finetuned].into_iter();
        let choices = models.clone().filter_map(|model| model.choices.as_ref());
        let configurations = choices.filter_map(|choices| choices.configurations.as_ref());
        let identities = models.map(|model| &model.identity);
        let identities = identities.chain(&self.clip).chain(&self.dino);
        let paths = identities.clone().map(|identity| &identity.path);
        let draws = self.settings.draws.file().map(|file| &file.path);
        let paths = paths.chain(configurations).chain(draws);
        let unplaced = paths.filter(|path| !path.is_placed());
        let mut names: Vec<String> = unplaced.map(RecordedPath::name).collect();
        names.dedup();
        names
    }

    /// The models and picture encoders, each with its files.
    pub fn identities(&self) -> impl Iterator<Item = &Identity> {
        let models = [&self.pretrained.identity, &self.finetuned.identity];
        models.into_iter().chain(&self.clip).chain(&self.dino)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn identity(path: &str, digit: &str) -> Identity {
        let mut identity: Identity = serde_json::from_value(json!({
            "path": "",
            "sha256": digit.repeat(64),
            "files": [{ "name": "config.json", "bytes": 1, "sha256": digit.repeat(64) }],
        }))
        .unwrap();
        identity.path = RecordedPath::new(Path::new(path));
        identity
    }

    #[cfg(unix)]
    #[test]
    fn two_models_of_one_name_find_their_places_by_their_hashes() {
        let (one, other) = (identity("/a/model", "1"), identity("/b/model", "2"));
        let mut known = Whereabouts::default();
        assert!(known.is_empty());
        known.note_identity(&one);
        known.note_identity(&other);
        let text = serde_json::to_string(&known).unwrap();
        let known: Whereabouts = serde_json::from_str(&text).unwrap();
        for identity in [one, other] {
            let text = serde_json::to_string(&identity).unwrap();
            assert!(text.starts_with("{\"path\":\"model\""), "{text}");
            let mut read: Identity = serde_json::from_str(&text).unwrap();
            known.put_identity(&mut read);
            assert_eq!(read.path.as_path(), identity.path.as_path());
        }
    }
}
