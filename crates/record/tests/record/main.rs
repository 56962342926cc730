//! The tests of the crate, one file a subject, as one program.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod archive;
mod assessment;
mod chart;
mod exhibit;
mod journal;
mod languages;
mod registry;
mod sealed_case;
mod signing_key;
mod tampered_journal;
mod tampering;
mod timestamps;
mod validation;
