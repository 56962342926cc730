//! The hook by which the toolkit has a pane painted: what it shows is uploaded first, and drawn then.

use eframe::egui::{PaintCallback, PaintCallbackInfo, Rect};
use eframe::egui_wgpu::{Callback, CallbackResources, CallbackTrait, ScreenDescriptor, wgpu};

use super::compare::PaintedPane;
use super::store::TextureStore;

impl PaintedPane {
    /// The shape that paints it within `rect`, in points.
    pub fn shape(self, rect: Rect) -> PaintCallback {
        Callback::new_paint_callback(rect, self)
    }
}

impl CallbackTrait for PaintedPane {
    fn prepare(
        &self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        _screen: &ScreenDescriptor,
        encoder: &mut wgpu::CommandEncoder,
        resources: &mut CallbackResources,
    ) -> Vec<wgpu::CommandBuffer> {
        if let Some(store) = resources.get_mut::<TextureStore>() {
            store.prepare(device, queue, encoder, self);
        }
        Vec::new()
    }

    fn paint(
        &self,
        _info: PaintCallbackInfo,
        pass: &mut wgpu::RenderPass<'static>,
        resources: &CallbackResources,
    ) {
        if let Some(store) = resources.get::<TextureStore>() {
            store.draw(self.pane, pass);
        }
    }
}
