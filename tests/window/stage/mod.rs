//! The comparison by itself, drawn by a real device, and what is read of the pixels.
#![allow(dead_code)] // every test binary uses its own part

use std::cell::Cell;
use std::sync::Arc;

use eframe::egui::{Rect, Role, Vec2, vec2};
use eframe::egui_wgpu::{RenderState, wgpu};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use egui_kittest::wgpu::WgpuTestRenderer;
use image::{Rgb, RgbImage, RgbaImage};

use palimpsest::app::fonts;
use palimpsest::app::gpu::{self, Gpu, LivePreview, PictureHandle, Source};
use palimpsest::app::widgets::comparison::{
    Comparison, ComparisonAction, ComparisonPictures, ComparisonState, Layout, Look,
};
use palimpsest_diffusion::Latent;
use palimpsest_diffusion::latent_colours::LatentColours;

pub const SIZE: Vec2 = vec2(720.0, 560.0);

pub struct Screen {
    pub state: ComparisonState,
    pub pictures: ComparisonPictures,
    pub gpu: Option<Gpu>,
}

pub type Stage = Harness<'static, Screen>;

pub fn stage(
    device: Option<&RenderState>,
    state: ComparisonState,
    pictures: ComparisonPictures,
) -> Stage {
    let mut builder = Harness::builder()
        .with_size(SIZE)
        .with_render_cursor(false)
        .with_step_dt(0.05);
    if let Some(device) = device {
        builder = builder.renderer(WgpuTestRenderer::from_render_state(device.clone()));
    }
    let screen = Screen {
        state,
        pictures,
        gpu: device.map(gpu::install),
    };
    // Fonts are there from the second frame on.
    let has_fonts = Cell::new(false);
    builder.build_ui_state(
        move |ui, screen: &mut Screen| {
            if !has_fonts.replace(true) {
                fonts::apply(ui.ctx());
                return;
            }
            let look = Look::of(ui);
            Comparison::new(&mut screen.state, &screen.pictures, look, screen.gpu).show(ui);
        },
        screen,
    )
}

pub fn picture(seed: u32, side: u32) -> RgbImage {
    RgbImage::from_fn(side, side, |x, y| {
        let noise = (x * 73 + y * 151 + seed * 977).wrapping_mul(2_654_435_761) >> 24;
        Rgb([(x * 255 / side) as u8, (y * 255 / side) as u8, noise as u8])
    })
}

pub fn pictures(images: [&RgbImage; 3]) -> ComparisonPictures {
    let [original, partial, recovered] =
        images.map(|image| Some(Source::from(PictureHandle::new(image.clone()))));
    ComparisonPictures {
        original,
        partial,
        recovered,
        ..Default::default()
    }
}

pub fn with_layout(layout: Layout) -> ComparisonState {
    let mut state = ComparisonState::default();
    state.act(ComparisonAction::Layout(layout));
    state
}

pub fn pane(stage: &Stage, label: &str) -> Rect {
    stage.get_by_role_and_label(Role::Image, label).rect()
}

/// Where a picture lies in a pane: fitted, in whole pixels.
pub fn fitted(pane: Rect, side: u32) -> Rect {
    let shown = Vec2::splat(pane.width().min(pane.height()));
    assert!(side > 0);
    Rect::from_min_size((pane.center() - shown / 2.0).round(), shown)
}

/// What is under one pixel of the screen, averaged by area; values 0..255.
pub fn average(
    place: Rect,
    side: u32,
    at: [u32; 2],
    value: impl Fn(u32, u32) -> [f32; 3],
) -> [f32; 3] {
    let span = side as f32 / place.width();
    let low = |at: u32, corner: f32| ((at as f32 - corner) * span).clamp(0.0, side as f32);
    let (x0, y0) = (low(at[0], place.left()), low(at[1], place.top()));
    let (x1, y1) = (low(at[0] + 1, place.left()), low(at[1] + 1, place.top()));
    let mut sum = [0.0; 3];
    for y in y0 as u32..(y1.ceil() as u32).min(side) {
        for x in x0 as u32..(x1.ceil() as u32).min(side) {
            let part = |from: f32, to: f32, at: u32| to.min(at as f32 + 1.0) - from.max(at as f32);
            let area = part(x0, x1, x) * part(y0, y1, y);
            for (total, value) in sum.iter_mut().zip(value(x, y)) {
                *total += area * value;
            }
        }
    }
    sum.map(|total| total / ((x1 - x0) * (y1 - y0)))
}

pub fn floats(image: &RgbImage) -> impl Fn(u32, u32) -> [f32; 3] {
    |x, y| image.get_pixel(x, y).0.map(f32::from)
}

/// Pixels of the screen all over a pane, away from what is written on it.
pub fn sampled(pane: Rect) -> Vec<[u32; 2]> {
    let shares = [
        [0.41, 0.21],
        [0.32, 0.34],
        [0.22, 0.47],
        [0.27, 0.61],
        [0.66, 0.33],
        [0.73, 0.55],
        [0.79, 0.71],
        [0.62, 0.88],
    ];
    let place = |[x, y]: [f32; 2]| pane.min + vec2(x, y) * pane.size();
    shares
        .map(place)
        .map(|at| [at.x as u32, at.y as u32])
        .to_vec()
}

#[track_caller]
pub fn assert_near(screen: &RgbaImage, at: [u32; 2], expected: [f32; 3]) {
    let found = screen.get_pixel(at[0], at[1]).0;
    let near = found
        .iter()
        .zip(expected)
        .all(|(&f, e)| (f32::from(f) - e).abs() <= 2.0);
    assert!(
        near && found[3] == 255,
        "at {at:?}: {found:?}, not {expected:?}"
    );
}

/// A latent whose cells have colours all over the range, and beyond it.
pub fn latent(channels: usize, step: u32) -> Latent {
    let values = (0..channels as u32 * 16 * 16)
        .map(|k| ((k + step * 31).wrapping_mul(2_654_435_761) >> 16) as f32 / 16_384.0 - 2.0)
        .collect();
    Latent::new([channels, 16, 16], values).unwrap()
}

pub fn live(latent: &Latent, colours: LatentColours, version: u64) -> Source {
    let values: Arc<[f32]> = latent.values().into();
    Source::Live(LivePreview::new((7, version), values, latent.shape(), colours, 8).unwrap())
}

/// The bytes of a texture.
pub fn read_back(device: &RenderState, texture: &wgpu::Texture) -> RgbaImage {
    let (width, height) = (texture.width(), texture.height());
    let row = (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
    let buffer = device.device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(row * height),
        usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    });
    let mut encoder = device.device.create_command_encoder(&Default::default());
    encoder.copy_texture_to_buffer(
        texture.as_image_copy(),
        wgpu::TexelCopyBufferInfo {
            buffer: &buffer,
            layout: wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(row),
                rows_per_image: None,
            },
        },
        texture.size(),
    );
    device.queue.submit([encoder.finish()]);
    buffer.map_async(wgpu::MapMode::Read, .., |mapped| mapped.unwrap());
    device
        .device
        .poll(wgpu::PollType::wait_indefinitely())
        .unwrap();
    let bytes = buffer.get_mapped_range(..).unwrap();
    let packed = bytes
        .chunks_exact(row as usize)
        .flat_map(|bytes| &bytes[..width as usize * 4])
        .copied()
        .collect();
    RgbaImage::from_raw(width, height, packed).unwrap()
}
