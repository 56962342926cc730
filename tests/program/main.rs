//! The tests of the program as its users run it, one file a subject, as one program.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod calibrating;
mod case;
mod casework;
mod casework_crashes;
mod casework_exhibit;
mod casework_registry;
mod casework_tampering;
mod command_line;
mod commands;
mod decoys;
mod documents;
mod examine;
#[path = "../../crates/record/tests/record/exhibit/file.rs"]
mod exhibit_file;
mod extending;
mod fetch;
mod frames;
mod home_folder;
mod laboratory;
mod laboratory_sdxl;
mod library;
mod log;
mod lora_examining;
mod one_file;
mod packaging;
mod panic_report;
mod paper;
mod protecting;
mod readings;
mod real_case;
mod siblings;
mod start_errors;
mod validation;
