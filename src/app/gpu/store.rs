//! Textures on the device, each under its own key: pictures by identity, previews by run, masks,
//! panes. Whatever no frame has asked for in a while is dropped when something new comes.

use std::collections::HashMap;
use std::hash::Hash;

use eframe::egui;
use eframe::egui_wgpu::wgpu;

use super::LivePreview;
use super::compare::{ComparePipeline, PaintedPane, PaneResources};
use super::picture::{MaskGrid, PictureHandle, Source};
use super::preview::{PreviewPipeline, PreviewTexture};
use super::textures::{sampled, write};

/// For how many frames a thing that is not shown is kept.
const KEPT_FRAMES: u64 = 30;

/// A thing and the frame that asked for it last.
struct Shown<T> {
    thing: T,
    frame: u64,
}

pub(super) struct TextureStore {
    comparing: ComparePipeline,
    previewing: PreviewPipeline,
    pictures: HashMap<u64, Shown<wgpu::TextureView>>,
    previews: HashMap<u64, Shown<PreviewTexture>>,
    masks: HashMap<u64, Shown<wgpu::TextureView>>,
    panes: HashMap<egui::Id, PaneResources>,
    /// Stands where no cells are outlined.
    no_mask: wgpu::TextureView,
}

impl TextureStore {
    pub(super) fn new(device: &wgpu::Device, target: wgpu::TextureFormat) -> Self {
        let no_mask = sampled(
            device,
            [1, 1],
            wgpu::TextureFormat::R8Unorm,
            wgpu::TextureUsages::COPY_DST,
        );
        Self {
            comparing: ComparePipeline::new(device, target),
            previewing: PreviewPipeline::new(device),
            pictures: HashMap::new(),
            previews: HashMap::new(),
            masks: HashMap::new(),
            panes: HashMap::new(),
            no_mask: no_mask.create_view(&wgpu::TextureViewDescriptor::default()),
        }
    }

    /// The texture of a run's preview.
    pub(super) fn preview(&self, run: u64) -> Option<wgpu::Texture> {
        self.previews
            .get(&run)
            .map(|kept| kept.thing.picture.clone())
    }

    /// How many pictures, previews and masks are kept.
    pub(super) fn kept(&self) -> usize {
        self.pictures.len() + self.previews.len() + self.masks.len()
    }

    /// Uploads what a pane needs and is not there, and draws its previews.
    pub(super) fn prepare(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        pane: &PaintedPane,
    ) {
        for source in &pane.pictures {
            match source {
                Source::Picture(picture) => self.upload(device, queue, picture, pane.frame),
                Source::Live(live) => self.follow(device, queue, encoder, live, pane.frame),
            }
        }
        if let Some(mask) = &pane.outlines {
            self.upload_mask(device, queue, mask, pane.frame);
        }
        if !self.panes.contains_key(&pane.pane) {
            self.panes
                .retain(|_, resources| resources.frame + KEPT_FRAMES >= pane.frame);
        }
        let mut resources = self
            .panes
            .remove(&pane.pane)
            .unwrap_or_else(|| self.comparing.pane(device));
        self.comparing.ready(device, pane);
        let textures = self.textures(pane);
        resources.bind(device, queue, &self.comparing, pane, textures);
        self.panes.insert(pane.pane, resources);
    }

    pub(super) fn draw(&self, pane: egui::Id, pass: &mut wgpu::RenderPass<'static>) {
        if let Some(resources) = self.panes.get(&pane) {
            resources.draw(&self.comparing, pass);
        }
    }

    fn textures(&self, pane: &PaintedPane) -> Option<[&wgpu::TextureView; 3]> {
        let [first, second] = &pane.pictures;
        let mask = match &pane.outlines {
            Some(mask) => &self.masks.get(&mask.id())?.thing,
            None => &self.no_mask,
        };
        Some([self.texture(first)?, self.texture(second)?, mask])
    }

    fn texture(&self, source: &Source) -> Option<&wgpu::TextureView> {
        match source {
            Source::Picture(picture) => Some(&self.pictures.get(&picture.id())?.thing),
            Source::Live(live) => Some(&self.previews.get(&live.run)?.thing.view),
        }
    }

    fn upload(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        picture: &PictureHandle,
        frame: u64,
    ) {
        let pixels = picture.pixels();
        keep(&mut self.pictures, picture.id(), frame, || {
            let size = held(device, pixels.dimensions().into())?;
            let format = wgpu::TextureFormat::Rgba8Unorm;
            let texture = sampled(device, size, format, wgpu::TextureUsages::COPY_DST);
            write(queue, &texture, pixels);
            Some(texture.create_view(&wgpu::TextureViewDescriptor::default()))
        });
    }

    fn upload_mask(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        mask: &MaskGrid,
        frame: u64,
    ) {
        keep(&mut self.masks, mask.id(), frame, || {
            let size = held(device, mask.size())?;
            let format = wgpu::TextureFormat::R8Unorm;
            let texture = sampled(device, size, format, wgpu::TextureUsages::COPY_DST);
            write(queue, &texture, &mask.bytes());
            Some(texture.create_view(&wgpu::TextureViewDescriptor::default()))
        });
    }

    fn follow(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        encoder: &mut wgpu::CommandEncoder,
        live: &LivePreview,
        frame: u64,
    ) {
        if let Some(kept) = self.previews.get(&live.run)
            && !kept.thing.fits(live)
        {
            self.previews.remove(&live.run);
        }
        keep(&mut self.previews, live.run, frame, || {
            held(device, live.size())?;
            Some(self.previewing.textures(device, live))
        });
        if let Some(kept) = self.previews.get_mut(&live.run) {
            kept.thing.draw(&self.previewing, queue, encoder, live);
        }
    }
}

/// Marks a thing as shown in this frame, or makes it and drops those that are not shown any more.
fn keep<K: Eq + Hash, T>(
    map: &mut HashMap<K, Shown<T>>,
    key: K,
    frame: u64,
    make: impl FnOnce() -> Option<T>,
) {
    if let Some(kept) = map.get_mut(&key) {
        kept.frame = frame;
        return;
    }
    map.retain(|_, kept| kept.frame + KEPT_FRAMES >= frame);
    if let Some(thing) = make() {
        map.insert(key, Shown { thing, frame });
    }
}

/// The size, where the device holds a texture of it.
fn held(device: &wgpu::Device, size: [u32; 2]) -> Option<[u32; 2]> {
    let most = device.limits().max_texture_dimension_2d;
    size.iter()
        .all(|side| (1..=most).contains(side))
        .then_some(size)
}
