//! Models by name from the model hub: which ones there are, where they lie and under which licence, and how they come
//! here whole. Nothing is asked of a network but by [`Hub::offer`] and [`Offer::fetch`].
//!
//! A file is taken only with the hash that it must have: the one that this program knows, else the one that the hub
//! states. What stops half-way goes on from there the next time.

mod catalogue;
mod download;
mod error;
mod listing;
mod offer;

pub use catalogue::{CATALOGUE, Named, named};
pub use download::{Disk, Progress, SystemDisk};
pub use error::HubError;
pub use listing::Hub;
pub use offer::{CheckedAgainst, Fetched, FetchedFile, Offer, RECORD};
