//! A graphics device for tests that draw: the same kind on every machine, or a line that says what to
//! install.
#![allow(dead_code)] // every test binary uses its own part

use std::io::Write;
use std::panic::catch_unwind;

use eframe::egui_wgpu::{RenderState, RendererOptions, WgpuSetup, wgpu};
use egui_kittest::wgpu::{create_render_state, default_wgpu_setup};

/// A device, or none and a line that names the test and the package that is missing. Where the
/// environment says PALIMPSEST_REQUIRE_GRAPHICS, as continuous integration does, a device must be there.
pub fn device(test: &str) -> Option<RenderState> {
    let made = catch_unwind(|| {
        let mut setup = default_wgpu_setup();
        if let WgpuSetup::CreateNew(new) = &mut setup {
            new.instance_descriptor.backends = wgpu::Backends::VULKAN;
        }
        create_render_state(setup, RendererOptions::PREDICTABLE)
    });
    if made.is_err() {
        // Past the test runner, which keeps to itself what passing tests print.
        let mut out = std::io::stderr();
        writeln!(
            out,
            "skipped {test}: no graphics driver; install mesa-vulkan-drivers"
        )
        .unwrap();
        let required = std::env::var_os("PALIMPSEST_REQUIRE_GRAPHICS").is_some();
        assert!(!required, "a graphics driver is required here");
    }
    made.ok()
}
