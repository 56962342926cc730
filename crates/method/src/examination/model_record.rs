//! A model as records keep it.

use serde::{Deserialize, Serialize};

use super::Identity;
use palimpsest_diffusion::files::LoraDescription;

/// A model as the record keeps it.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct ModelRecord {
    /// Its folder and files, without those that it borrows; of a LoRA its file, in the path with the
    /// strength where one was given.
    #[serde(flatten)]
    pub identity: Identity,
    /// `epsilon` or `v_prediction`.
    pub prediction: String,
    /// Components that it lacks and that were taken from the pretrained model.
    pub borrowed: Vec<String>,
    /// The change that it makes to the pretrained model, if it is a LoRA.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lora: Option<LoraDescription>,
}
