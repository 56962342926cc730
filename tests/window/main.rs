//! The tests of the window, one file a subject, as one program.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod desk;
mod graphics;
mod stage;
mod window;
mod window_case;
mod window_choices;
mod window_controls;
mod window_keys;
mod window_languages;
mod window_library;
mod window_looked_at;
mod window_narrow;
mod window_nearest;
mod window_pictures;
mod window_pointer;
mod window_readers;
mod window_readings;
mod window_results;
mod window_room;
mod window_runs;
mod window_settings;
mod window_snapshots;
