//! One pane of a comparison, for every way of comparing: which pictures, how they are mixed, and
//! where on the screen the picture lies.

use std::collections::HashMap;

use bytemuck::{Pod, Zeroable};
use eframe::egui::{self, Color32, Rect};
use eframe::egui_wgpu::wgpu;

use super::heat;
use super::picture::{MaskGrid, Source};
use super::textures::{pipeline, texture_2d, uniform_entry};

/// Way in which two pictures are shown together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mode {
    /// The first alone.
    Picture,
    /// The first left of a place, the second right of it; the place as a share of the width.
    Wipe(f32),
    /// Mixed, with this share of the second.
    Onion(f32),
    /// The largest difference of a channel, times this gain, in the colours of [`heat`].
    Difference(f32),
}

/// The two colours of lines over pictures: one is seen on dark, the other on light.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lines {
    pub light: Color32,
    pub dark: Color32,
}

/// A pane as it is to be painted.
#[derive(Clone, Debug)]
pub struct PaintedPane {
    /// Identity of the pane from frame to frame.
    pub pane: egui::Id,
    /// The first picture, and the second; the first again where there is only one.
    pub pictures: [Source; 2],
    pub mode: Mode,
    /// Rectangle of the picture, in physical pixels from the window's corner.
    pub place: Rect,
    /// The cells to be outlined.
    pub outlines: Option<MaskGrid>,
    pub lines: Lines,
    /// The number of the frame.
    pub frame: u64,
}

impl PaintedPane {
    /// What the shader's control flow depends on.
    fn variant(&self) -> Variant {
        let mode = match self.mode {
            Mode::Picture => 0,
            Mode::Wipe(_) => 1,
            Mode::Onion(_) => 2,
            Mode::Difference(_) => 3,
        };
        (mode, self.outlines.is_some())
    }

    fn uniforms(&self) -> Uniforms {
        let amount = match self.mode {
            Mode::Picture => 0.0,
            Mode::Wipe(amount) | Mode::Onion(amount) | Mode::Difference(amount) => amount,
        };
        Uniforms {
            origin: self.place.min.into(),
            size: self.place.size().into(),
            amount,
            padding: [0.0; 3],
            light: straight(self.lines.light),
            dark: straight(self.lines.dark),
            heat: heat::uniform(),
        }
    }
}

/// sRGB values and opacity, 0..1, not multiplied.
fn straight(colour: Color32) -> [f32; 4] {
    colour
        .to_srgba_unmultiplied()
        .map(|value| f32::from(value) / 255.0)
}

#[derive(Clone, Copy, Pod, Zeroable)]
#[repr(C)]
pub(super) struct Uniforms {
    origin: [f32; 2],
    size: [f32; 2],
    amount: f32,
    padding: [f32; 3],
    light: [f32; 4],
    dark: [f32; 4],
    heat: [[f32; 4]; heat::STOPS.len()],
}

/// The mode, and whether cells are outlined: constants of a pipeline.
type Variant = (u8, bool);

/// The shader that draws panes, with a pipeline for each variant that has been shown.
pub(super) struct ComparePipeline {
    layout: wgpu::BindGroupLayout,
    shader: wgpu::ShaderModule,
    target: wgpu::TextureFormat,
    pipelines: HashMap<Variant, wgpu::RenderPipeline>,
}

/// Resources of a pane on the device, from frame to frame.
pub(super) struct PaneResources {
    uniforms: wgpu::Buffer,
    bindings: Option<wgpu::BindGroup>,
    variant: Variant,
    pub(super) frame: u64,
}

impl ComparePipeline {
    pub(super) fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Self {
        let layout = device.create_bind_group_layout(&wgpu::BindGroupLayoutDescriptor {
            label: Some("comparison"),
            entries: &[
                uniform_entry(0),
                texture_2d(1, true),
                texture_2d(2, true),
                texture_2d(3, true),
            ],
        });
        let shader = device.create_shader_module(wgpu::include_wgsl!("compare.wgsl"));
        Self {
            layout,
            shader,
            target,
            pipelines: HashMap::new(),
        }
    }

    /// Makes the pipeline of a pane unless it is there.
    pub(super) fn ready(&mut self, device: &wgpu::Device, pane: &PaintedPane) {
        let entry = match self.target.is_srgb() {
            true => "linear_target",
            false => "gamma_target",
        };
        let target = wgpu::ColorTargetState {
            format: self.target,
            blend: Some(wgpu::BlendState::PREMULTIPLIED_ALPHA_BLENDING),
            write_mask: wgpu::ColorWrites::ALL,
        };
        let (mode, outlined) = pane.variant();
        let constants = [
            ("MODE", f64::from(mode)),
            ("OUTLINED", f64::from(u8::from(outlined))),
        ];
        let (layout, shader) = (&self.layout, &self.shader);
        self.pipelines
            .entry((mode, outlined))
            .or_insert_with(|| pipeline(device, layout, shader, (entry, &constants), target));
    }

    /// A pane that shows nothing yet.
    pub(super) fn pane(&self, device: &wgpu::Device) -> PaneResources {
        PaneResources {
            uniforms: device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("comparison pane"),
                size: size_of::<Uniforms>() as u64,
                usage: wgpu::BufferUsages::UNIFORM | wgpu::BufferUsages::COPY_DST,
                mapped_at_creation: false,
            }),
            bindings: None,
            variant: (0, false),
            frame: 0,
        }
    }
}

impl PaneResources {
    /// Makes the pane show these textures: first, second, mask; nothing where one is missing.
    pub(super) fn bind(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        pipeline: &ComparePipeline,
        pane: &PaintedPane,
        textures: Option<[&wgpu::TextureView; 3]>,
    ) {
        self.frame = pane.frame;
        self.variant = pane.variant();
        queue.write_buffer(&self.uniforms, 0, bytemuck::bytes_of(&pane.uniforms()));
        self.bindings = textures.map(|views| {
            let texture = |binding: u32, view| wgpu::BindGroupEntry {
                binding,
                resource: wgpu::BindingResource::TextureView(view),
            };
            device.create_bind_group(&wgpu::BindGroupDescriptor {
                label: Some("comparison"),
                layout: &pipeline.layout,
                entries: &[
                    wgpu::BindGroupEntry {
                        binding: 0,
                        resource: self.uniforms.as_entire_binding(),
                    },
                    texture(1, views[0]),
                    texture(2, views[1]),
                    texture(3, views[2]),
                ],
            })
        });
    }

    pub(super) fn draw(&self, pipeline: &ComparePipeline, pass: &mut wgpu::RenderPass<'static>) {
        if let Some(bindings) = &self.bindings
            && let Some(pipeline) = pipeline.pipelines.get(&self.variant)
        {
            pass.set_pipeline(pipeline);
            pass.set_bind_group(0, bindings, &[]);
            pass.draw(0..3, 0..1);
        }
    }
}
