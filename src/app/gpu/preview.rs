//! The live preview: the newest latent of a run goes to a float texture as it is, and one pass draws
//! its picture, only when there is a newer latent. Nothing is decoded and nothing waits.

use std::sync::Arc;

use bytemuck::{Pod, Zeroable};
use eframe::egui_wgpu::wgpu;

use super::textures::{self, sampled, texture_2d, uniform_entry};
use palimpsest_diffusion::latent_colours::{LatentColours, LatentColoursError, MAX_CHANNELS};

/// The picture's format: sRGB bytes, taken as they are.
const FORMAT: wgpu::TextureFormat = wgpu::TextureFormat::Rgba8Unorm;

/// A latent of a running descent, to be shown as it is now.
#[derive(Clone, Debug)]
pub struct LivePreview {
    /// Number of the run: its texture is kept from step to step.
    pub run: u64,
    /// Larger for a newer latent of the same run.
    pub version: u64,
    latent: Arc<[f32]>,
    shape: [usize; 3],
    colours: LatentColours,
    factor: usize,
}

impl LivePreview {
    /// Takes a latent in C×h×w order, `shape` its `[C, h, w]`, `factor` the pixels a cell.
    ///
    /// # Errors
    /// As [`LatentColours::view`]: what is shown can be drawn.
    pub fn new(
        (run, version): (u64, u64),
        latent: Arc<[f32]>,
        shape: [usize; 3],
        colours: LatentColours,
        factor: usize,
    ) -> Result<Self, LatentColoursError> {
        colours.view(&latent, shape, factor)?;
        Ok(Self {
            run,
            version,
            latent,
            shape,
            colours,
            factor,
        })
    }

    /// Width and height of the picture.
    pub fn size(&self) -> [u32; 2] {
        let [_, height, width] = self.shape;
        [width * self.factor, height * self.factor].map(|side| side as u32)
    }

    /// One pixel, computed here; `None` outside of the picture.
    pub fn pixel(&self, x: u32, y: u32) -> Option<[u8; 3]> {
        let [width, height] = self.size();
        let view = self.colours.view(&self.latent, self.shape, self.factor);
        // `new` has seen that there is a view.
        let view = view.ok().filter(|_| x < width && y < height)?;
        Some(view.pixel(x as usize, y as usize))
    }

    /// The colour of every cell, row by row.
    pub fn cells(&self) -> Vec<[u8; 3]> {
        let [_, height, width] = self.shape;
        let Ok(view) = self.colours.view(&self.latent, self.shape, self.factor) else {
            // `new` has seen that there is one.
            return Vec::new();
        };
        (0..height)
            .flat_map(|y| (0..width).map(move |x| view.cell(x, y)))
            .collect()
    }

    /// Four values a cell, row by row; channels that are not there are zero.
    fn texels(&self) -> Vec<[f32; MAX_CHANNELS]> {
        let [channels, height, width] = self.shape;
        let cells = height * width;
        let mut texels = vec![[0.0; MAX_CHANNELS]; cells];
        for channel in 0..channels {
            let values = &self.latent[channel * cells..][..cells];
            for (texel, &value) in texels.iter_mut().zip(values) {
                texel[channel] = value;
            }
        }
        texels
    }

    fn uniforms(&self) -> Uniforms {
        let rows = self.colours.rows();
        let weights = rows.map(|row| [row[0], row[1], row[2], row[3]]);
        let [red, green, blue] = rows.map(|row| row[MAX_CHANNELS]);
        Uniforms {
            weights,
            offset: [red, green, blue, self.factor as f32],
        }
    }
}

impl PartialEq for LivePreview {
    fn eq(&self, other: &Self) -> bool {
        (self.run, self.version) == (other.run, other.version)
    }
}

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
struct Uniforms {
    weights: [[f32; 4]; 3],
    offset: [f32; 4],
}

/// The shader that draws previews.
pub(super) struct PreviewPipeline {
    layout: wgpu::BindGroupLayout,
    pipeline: wgpu::RenderPipeline,
}

/// The textures of one run.
pub(super) struct PreviewTexture {
    version: Option<u64>,
    shape: [usize; 3],
    latent: wgpu::Texture,
    uniforms: wgpu::Buffer,
    bindings: wgpu::BindGroup,
    pub(super) picture: wgpu::Texture,
    pub(super) view: wgpu::TextureView,
}

impl PreviewPipeline {
    pub(super) fn new(device: &wgpu::Device) -> Self {
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("latent"),
            entries: &[uniform_entry(0), texture_2d(1, false)],
        });
        let shader = device.create_shader_module(wgpu::include_wgsl!("preview.wgsl"));
        let pipeline =
            textures::pipeline(device, &layout, &shader, ("picture", &[]), FORMAT.into());
        Self { layout, pipeline }
    }

    /// Textures for previews of this one's size.
    pub(super) fn textures(&self, device: &wgpu::Device, live: &LivePreview) -> PreviewTexture {
        let [_, height, width] = live.shape;
        let latent = sampled(
            device,
            [width as u32, height as u32],
            wgpu::TextureFormat::Rgba32Float,
            wgpu::TextureUsages::COPY_DST,
        );
        // Copied from where the picture on the screen itself is asked for.
        let picture = sampled(
            device,
            live.size(),
            FORMAT,
            wgpu::TextureUsages::RENDER_ATTACHMENT | wgpu::TextureUsages::COPY_SRC,
        );
        let uniforms = device.create_buffer(&wgpu::BufferDescriptor {
            label: Some("latent colours"),
            size: size_of::<Uniforms>() as u64,
            usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
            mapped_at_creation: false,
        });
        let bindings = device.create_bind_group(&wgpu::BindGroupDescriptor {
            label: Some("latent"),
            layout: &self.layout,
            entries: &[
                wgpu::BindGroupEntry {
                    binding: 0,
                    resource: uniforms.as_entire_binding(),
                },
                wgpu::BindGroupEntry {
                    binding: 1,
                    resource: wgpu::BindingResource::TextureView(
                        &latent.create_view(&wgpu::TextureViewDescriptor::default()),
                    ),
                },
            ],
        });
        PreviewTexture {
            version: None,
            shape: live.shape,
            view: picture.create_view(&wgpu::TextureViewDescriptor::default()),
            latent,
            uniforms,
            bindings,
            picture,
        }
    }
}

impl PreviewTexture {
    /// True if it can show this preview.
    pub(super) fn fits(&self, live: &LivePreview) -> bool {
        let [width, height] = live.size();
        self.shape == live.shape && (self.picture.width(), self.picture.height()) == (width, height)
    }

    /// Draws the preview unless it shows that version already.
    pub(super) fn draw(
        &mut self,
        pipeline: &PreviewPipeline,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        live: &LivePreview,
    ) {
        if self.version == Some(live.version) {
            return;
        }
        self.version = Some(live.version);
        textures::write(queue, &self.latent, bytemuck::cast_slice(&live.texels()));
        queue.write_buffer(&self.uniforms, 0, bytemuck::bytes_of(&live.uniforms()));
        let mut pass = encoder.begin_render_pass(&wgpu::RenderPassDescriptor {
            label: Some("live preview"),
            color_attachments: &[Some(wgpu::RenderPassColorAttachment {
                view: &self.view,
                resolve_target: None,
                ops: wgpu::Operations {
                    load: wgpu::LoadOp::Clear(wgpu::Color::BLACK),
                    store: wgpu::StoreOp::Store,
                },
                depth_slice: None,
            })],
            ..Default::default()
        });
        pass.set_pipeline(&pipeline.pipeline);
        pass.set_bind_group(0, &self.bindings, &[]);
        pass.draw(0..3, 0..1);
    }
}
