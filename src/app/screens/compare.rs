//! The pictures of a finished artwork, side by side or in each other's place.

use eframe::egui::{Sense, Ui, UiBuilder};

use super::empty::instead;
use crate::app::App;
use crate::app::gpu::Source;
use crate::app::tokens::space;
use crate::app::widgets::comparison::{Comparison, ComparisonPictures, Look};
use crate::app::widgets::controls::muted;

impl App {
    pub(super) fn compare_screen(&mut self, ui: &mut Ui) {
        let area = ui.available_rect_before_wrap();
        let Some(finished) = self.state.shown_result() else {
            ui.allocate_rect(area, Sense::hover());
            return instead(ui, area, "Choose an artwork that has been examined.");
        };
        let pictures = match self.image_cache.result(ui.ctx(), finished) {
            None => {
                ui.allocate_rect(area, Sense::hover());
                return instead(ui, area, "Reading the pictures…");
            }
            Some(Err(error)) => {
                ui.allocate_rect(area, Sense::hover());
                return instead(ui, area, error);
            }
            Some(Ok(pictures)) => pictures,
        };
        let compared = ComparisonPictures {
            original: Some(Source::Picture(pictures.original.clone())),
            partial: Some(Source::Picture(pictures.partial.clone())),
            recovered: Some(Source::Picture(pictures.recovered.clone())),
            mask: pictures.mask.as_ref().ok().cloned(),
            captions: Default::default(),
            badge: None,
        };
        let look = Look::of(ui);
        ui.scope_builder(UiBuilder::new().max_rect(area.shrink(space::SMALL)), |ui| {
            if let Err(error) = &pictures.mask {
                muted(ui, format!("What was removed is not outlined: {error}."));
            }
            Comparison::new(&mut self.comparison, &compared, look, self.gpu).show(ui);
        });
        ui.advance_cursor_after_rect(area);
    }
}
