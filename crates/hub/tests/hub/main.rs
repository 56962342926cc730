//! The tests of fetching, as one program: a server on this machine stands for the hub.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod fetching;
mod refusals;
mod server;
