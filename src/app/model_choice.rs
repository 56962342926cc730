//! Choosing models and encoders: by a click, by dropping them, one adapter after another; and what follows from what is
//! found out about them.

use std::path::{Path, PathBuf};

use eframe::egui;

use super::dropped_models;
use super::inspection::Inspected;
use super::library::Wanted;
use super::queue::name_of;
use super::refusal::Question;
use super::set_up::{Encoder, ModelRole};
use super::state::{Grade, State};
use crate::app::words::say;
use palimpsest_base::digest::Digest;

impl State {
    /// Puts a dropped model where it belongs: what is being chosen is what it is dropped for, and an adapter beside
    /// another goes on with it.
    pub(super) fn take_model(&mut self, path: &Path) {
        if self.asks_for_configurations() && dropped_models::is_configuration(path) {
            return self.use_configurations(path.to_owned());
        }
        match self.close_library() {
            Some(Wanted::Model(role)) => self.use_model(role, path.to_owned()),
            Some(Wanted::FurtherAdapter) => self.add_adapter(path.to_owned()),
            Some(Wanted::Encoder(_)) | None => match dropped_models::role_of(path, self.set_up()) {
                ModelRole::Finetuned if self.goes_on_with(path) => {
                    self.add_adapter(path.to_owned());
                }
                role => self.use_model(role, path.to_owned()),
            },
        }
    }

    /// True if the adapter at `path` can be applied after the one that is chosen.
    fn goes_on_with(&self, path: &Path) -> bool {
        let chosen = self.preferences.set_up.finetuned.as_deref();
        chosen.is_some_and(dropped_models::is_adapter) && dropped_models::is_adapter(path)
    }

    /// Chooses a model.
    pub fn use_model(&mut self, role: ModelRole, path: PathBuf) {
        let mut set_up = self.preferences.set_up.clone();
        set_up.set_model(role, Some(path));
        // Strengths and further adapters may stand behind it.
        if let Some(path) = set_up.model(role).filter(|path| path.is_absolute()) {
            self.preferences.remember_model(path);
        }
        self.change(set_up, say!("done-choose-a-model"), false);
    }

    /// Applies an adapter after those that are chosen; the first one is the fine-tuned model itself.
    pub fn add_adapter(&mut self, path: PathBuf) {
        if self.preferences.set_up.finetuned.is_none() {
            return self.use_model(ModelRole::Finetuned, path);
        }
        let known = self.preferences.set_up.adapters();
        if known.iter().any(|adapter| adapter.path == path) {
            let name = name_of(&path);
            return self.say(
                Grade::Note,
                say!("is-applied-already-set-its-strength", "name" => name),
            );
        }
        if path.is_absolute() {
            self.preferences.remember_model(&path);
        }
        let mut set_up = self.preferences.set_up.clone();
        set_up.add_adapter(&path);
        self.change(set_up, say!("add-an-adapter"), false);
    }

    /// Takes in what was found out about the models, and offers none again that cannot be examined. Call it in every
    /// frame.
    pub(super) fn follow_inspection(&mut self, ctx: &egui::Context) {
        let set_up = self.preferences.set_up.clone();
        if !self.inspection.follow(ctx, &set_up, &self.store) {
            return;
        }
        let Some(known) = self.inspection.known_of(&set_up) else {
            return;
        };
        for role in ModelRole::BOTH {
            // Of several adapters it is not known which one fails.
            let is_one = role == ModelRole::Pretrained || set_up.further.is_empty();
            if known.is_useless(role)
                && let Some(path) = set_up.model(role).filter(|_| is_one)
                && self.preferences.forget_model(path)
            {
                self.keep();
            }
        }
    }

    /// The SHA-256 of a file, if the library has taken it.
    pub fn known_hash(&self, path: &Path) -> Option<Digest> {
        let rows = self
            .library
            .found()
            .into_iter()
            .flat_map(|found| &found.rows);
        let mut rows = rows.map(|row| &row.entry);
        rows.find(|entry| entry.path == path)?.sha256
    }

    /// Chooses the folder of configurations of models in one file.
    pub fn use_configurations(&mut self, folder: PathBuf) {
        let mut set_up = self.preferences.set_up.clone();
        set_up.choices.configurations = Some(folder);
        self.change(set_up, say!("choose-configurations"), false);
    }

    fn asks_for_configurations(&self) -> bool {
        let known = self.inspection.known_of(self.set_up());
        let question = known.as_ref().and_then(Inspected::question);
        matches!(question, Some(Question::Configurations(_)))
    }

    /// Chooses a picture encoder.
    pub fn use_encoder(&mut self, encoder: Encoder, path: PathBuf) {
        let mut set_up = self.preferences.set_up.clone();
        set_up.set_encoder(encoder, Some(path));
        self.change(set_up, say!("choose-an-encoder"), false);
    }
}
