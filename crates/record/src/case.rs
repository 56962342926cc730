//! A case on disk: a folder that can be handed over. `case.json` says what was asked and how far each
//! artwork is; every artwork has a folder with its pictures, latents and findings. Each file is put in
//! place at one blow, so that whatever happens no half-written one has its final name; an artwork is
//! finished when its findings are there, which are written last and never again.

// Cases come from opponents: nothing is indexed or added up unchecked.
#![cfg_attr(
    not(test),
    deny(clippy::indexing_slicing, clippy::arithmetic_side_effects)
)]

pub mod archive;
mod artwork_folder;
pub mod blinding;
mod canonical;
mod case_dir;
mod control_draw;
mod copies;
mod error;
#[cfg(test)]
mod growth;
mod inside;
pub mod journal;
pub mod key;
mod lock;
mod open_case;
pub(crate) mod places;
pub mod question;
mod reading;
mod record;
pub mod registry;
mod role;
pub(crate) mod signed_line;
pub mod timestamp;
mod utc_time;
pub mod verification;
mod view;

pub use artwork_folder::ArtworkFolder;
pub(crate) use canonical::canonical_line;
pub use canonical::canonical_sha256;
pub use case_dir::CaseDir;
pub use control_draw::{ControlDraw, DrawError, draw_controls};
pub use error::CaseError;
pub use lock::is_in_use;
pub use open_case::{Case, users_signer};
pub use palimpsest_base::digest::Digest;
pub use places::PRIVATE;
pub use question::{Declaration, Question};
pub use reading::UnreadFile;
pub use record::{ArtworkEntry, CaseRecord, WorkState};
pub use role::Role;
pub use utc_time::UtcTime;
pub use view::{ArtworkView, CaseView};

use std::path::Path;

/// The file that makes a folder a case.
pub const RECORD: &str = "case.json";

/// True if the folder holds a case.
pub fn is_case(folder: &Path) -> bool {
    folder.join(RECORD).is_file()
}
