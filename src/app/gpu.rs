//! Pictures on the graphics device: the live preview of a latent and the comparison of two pictures.
//! What is shown is uploaded once and drawn by two small shaders, so that zooming, wiping and a new
//! latent cost the frame next to nothing.

mod callback;
pub mod compare;
pub mod heat;
pub mod picture;
pub mod preview;
mod store;
mod textures;
#[cfg(test)]
mod uniform_flow;

use eframe::egui_wgpu::{RenderState, wgpu};

pub use compare::{Lines, Mode, PaintedPane};
pub use picture::{MaskGrid, PictureHandle, Source};
pub use preview::LivePreview;
use store::TextureStore;

/// Says that pictures can be drawn, and how large.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gpu {
    max_side: u32,
    software: bool,
}

impl Gpu {
    /// True if the processor does what a graphics card would do.
    pub fn is_software(self) -> bool {
        self.software
    }

    /// True if the device holds a picture of this size.
    pub fn holds(&self, [width, height]: [u32; 2]) -> bool {
        (1..=self.max_side).contains(&width) && (1..=self.max_side).contains(&height)
    }
}

/// Makes the device of a window ready to draw pictures. Once per window, before its first frame;
/// the window is to be opened without multisampling and without a depth buffer.
pub fn install(state: &RenderState) -> Gpu {
    let store = TextureStore::new(&state.device, state.target_format);
    state
        .renderer
        .write()
        .callback_resources
        .insert::<TextureStore>(store);
    Gpu {
        max_side: state.device.limits().max_texture_dimension_2d,
        software: state.adapter.get_info().device_type == wgpu::DeviceType::Cpu,
    }
}

/// The texture that shows the live preview of a run: sRGB bytes, at most as new as the last frame.
pub fn preview_texture(state: &RenderState, run: u64) -> Option<wgpu::Texture> {
    let renderer = state.renderer.read();
    let store = renderer.callback_resources.get::<TextureStore>()?;
    store.preview(run)
}

/// How many textures of pictures, previews and masks are kept on the device.
pub fn kept_textures(state: &RenderState) -> usize {
    let renderer = state.renderer.read();
    let store = renderer.callback_resources.get::<TextureStore>();
    store.map_or(0, TextureStore::kept)
}
