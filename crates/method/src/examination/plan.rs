//! A request with nothing left open: every value that the result depends on, with the hashes of every
//! file. It is the `settings` of the findings, and what a case is resumed from.

use serde::{Deserialize, Serialize};

use super::machine::{DeviceName, MemoryName, MemoryRule};
use super::model_record::ModelRecord;
use super::models::have_equal_networks;
use super::{Frame, Identity, PictureSizes, PromptSource, Request};
use crate::artwork::Reading;
use crate::inversion::{Overrides, Preset, Settings};
use crate::mask::Mask;
use palimpsest_diffusion::{Choices, Device, Memory};

/// The subject, the models and the settings of an examination.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Plan {
    /// The part of the artwork that is removed.
    pub mask: Mask,
    /// Side of the prepared picture in pixels; of one that is not square, of the square that has about its area.
    pub resolution: usize,
    /// What of the artworks is examined; left out where it is a square.
    #[serde(default, skip_serializing_if = "Frame::is_square")]
    pub frame: Frame,
    /// The shape of the square's latent, channels, height, width.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub latent: Option<[usize; 3]>,
    /// The source of the settings that were not chosen explicitly.
    pub preset: Preset,
    /// The settings of the inversion.
    #[serde(flatten)]
    pub settings: Settings,
    /// True if works are ranked among others (absent in records of before): then the loss gap of each is measured with noises of its own, and once
    /// more with the picture turned upside down.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub compared: bool,
    /// How the files of all works are read, the first time where some are examined in several readings; left out where
    /// it is as people see them.
    #[serde(default, skip_serializing_if = "Reading::is_usual")]
    pub reading: Reading,
    /// The sizes of the picture that the networks are told; left out where they take none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sizes: Option<PictureSizes>,
    /// The fine-tuned model's prompt.
    pub prompt: String,
    /// The pretrained model's prompt.
    pub pretrained_prompt: String,
    /// The source of the prompt.
    pub prompt_source: PromptSource,
    /// The model that the fine-tuned one was made from.
    pub pretrained: ModelRecord,
    /// The model under suspicion.
    pub finetuned: ModelRecord,
    /// The CLIP picture encoder.
    pub clip: Option<Identity>,
    /// The DINO picture encoder.
    pub dino: Option<Identity>,
    /// The device that the networks run on.
    #[serde(with = "DeviceName")]
    pub device: Device,
    /// The name of the arithmetic: results agree to the bit only under the same one.
    pub arithmetic: String,
    /// Worker threads.
    pub threads: usize,
    /// Memory spent on speed, or saved.
    #[serde(with = "MemoryName")]
    pub memory: Memory,
    /// The version of this program.
    pub version: String,
}

impl Plan {
    /// The preset's settings for these models; its lengths are not known of plans of earlier versions.
    pub fn usual(&self) -> Option<Settings> {
        Some(self.preset.settings(self.latent?))
    }

    /// A sentence or more on what else than the models' difference the recovered picture holds, by the settings or by
    /// different prompts; none where it holds nothing else.
    pub fn impurity(&self) -> Option<String> {
        let differ = self.prompt != self.pretrained_prompt;
        let prompts = differ.then(|| {
            "The two models were given different prompts, and the recovered picture holds part of what these differ \
             by: equal models would move it too."
                .to_owned()
        });
        let parts = self.settings.impurity().into_iter().chain(prompts);
        parts.reduce(|first, second| format!("{first} {second}"))
    }

    /// Tells whether the networks of both places are the same, so that this is a self-test.
    pub fn has_equal_networks(&self) -> bool {
        have_equal_networks(&self.pretrained.identity, &self.finetuned.identity)
    }

    /// What was said of both models beside their paths.
    pub fn choices(&self) -> Choices {
        let records = [&self.pretrained, &self.finetuned].into_iter();
        let said = records
            .map(|record| record.choices())
            .find(|choices| *choices != Choices::default());
        said.unwrap_or_default()
    }

    /// A request that asks for the same, with every setting named. Replayed draws are not asked for again.
    pub fn request(&self) -> Request {
        let root = |identity: &Identity| identity.root();
        let named = Overrides::from(&self.settings);
        Request {
            prompt: Some(self.prompt.clone()),
            pretrained_prompt: Some(self.pretrained_prompt.clone()),
            compared: self.compared,
            reading: self.reading,
            sizes: self.sizes.unwrap_or_default(),
            mask: self.mask,
            resolution: Some(self.resolution),
            frame: self.frame,
            preset: self.preset,
            overrides: Overrides {
                start: named.start.filter(|_| self.mask != Mask::Blur),
                ..named
            },
            clip: self.clip.as_ref().map(root),
            dino: self.dino.as_ref().map(root),
            device: Some(self.device),
            threads: self.threads,
            memory: MemoryRule::Fixed(self.memory),
            choices: self.choices(),
            ..Request::new(self.pretrained.identity.root(), self.finetuned.source())
        }
    }
}
