//! The pictures of a finished artwork, side by side or in each other's place; of two results beside each other, with
//! one zoom.

use eframe::egui::{Rect, Role, Sense, TextStyle, Ui, UiBuilder, WidgetInfo, pos2};

use super::Commands;
use super::empty::instead;
use super::prepare::mask_name;
use crate::app::gpu::Source;
use crate::app::image_cache::ResultPictures;
use crate::app::light_table::{Column, model_name};
use crate::app::queue::name_of;
use crate::app::state::Finished;
use crate::app::tokens::{self, space};
use crate::app::widgets::comparison::{Comparison, ComparisonPictures, Layout, Look};
use crate::app::widgets::controls::muted;
use crate::app::widgets::shortened::shortened;
use crate::app::words::{self, say};
use crate::app::{App, Command};

impl App {
    pub(super) fn compare_screen(&mut self, ui: &mut Ui, commands: &mut Commands) {
        let area = ui.available_rect_before_wrap();
        if let Some(pair) = self.state.shown_pair() {
            let pair = pair.map(Clone::clone);
            self.pair_of_results(ui, area.shrink(space::SMALL), &pair, commands);
            ui.advance_cursor_after_rect(area);
            return;
        }
        let Some(finished) = self.state.shown_result().cloned() else {
            ui.allocate_rect(area, Sense::hover());
            return instead(ui, area, say!("choose-an-artwork-that-has-been"));
        };
        self.result_in(ui, area.shrink(space::SMALL), &finished, None);
        ui.advance_cursor_after_rect(area);
    }

    /// The pictures of a result in `area`, with the tools unless it is a half of a pair.
    fn result_in(&mut self, ui: &mut Ui, area: Rect, finished: &Finished, half: Option<usize>) {
        let pictures = match self.image_cache.result(ui.ctx(), finished) {
            None => return instead(ui, area, say!("reading-the-pictures")),
            Some(Err(error)) => return instead(ui, area, error),
            Some(Ok(pictures)) => pictures,
        };
        let compared = compared(pictures);
        let look = Look::of(ui);
        let place = UiBuilder::new().max_rect(area);
        let place = place.id_salt(("result", half));
        ui.scope_builder(place, |ui| {
            if let Err(error) = &pictures.mask {
                muted(
                    ui,
                    say!("what-was-removed-is-not-outlined", "error" => words::recorded(error)),
                );
            }
            let comparison = Comparison::new(&mut self.comparison, &compared, look, self.gpu);
            match half {
                None => comparison.show(ui),
                Some(_) => comparison.without_tools().show(ui),
            };
        });
    }

    /// Two results: one below the other where each shows three pictures in a row, else one beside the other.
    fn pair_of_results(
        &mut self,
        ui: &mut Ui,
        area: Rect,
        pair: &[Finished; 2],
        commands: &mut Commands,
    ) {
        let mut top = area.top();
        ui.scope_builder(UiBuilder::new().max_rect(area), |ui| {
            ui.horizontal_wrapped(|ui| {
                muted(ui, say!("two-results-with-one-zoom"));
                if ui.button(say!("show-only-the-first")).clicked()
                    && let Some(index) = self.state.chosen
                {
                    commands.push(Command::ShowResult(index));
                }
                if ui.button(say!("back-to-the-results")).clicked() {
                    commands.push(Command::Show(crate::app::state::Screen::Results));
                }
            });
            Comparison::tools(ui, &mut self.comparison, &Look::of(ui));
            top = ui.min_rect().bottom() + space::TIGHT;
        });
        let rest = Rect::from_min_max(pos2(area.left(), top), area.max);
        let gap = space::SMALL / 2.0;
        let is_stacked = self.comparison.layout == Layout::ThreeUp;
        let (one, other) = match is_stacked {
            true => rest.split_top_bottom_at_fraction(0.5),
            false => rest.split_left_right_at_fraction(0.5),
        };
        let (one, other) = match is_stacked {
            true => (
                one.with_max_y(one.bottom() - gap),
                other.with_min_y(other.top() + gap),
            ),
            false => (
                one.with_max_x(one.right() - gap),
                other.with_min_x(other.left() + gap),
            ),
        };
        for (k, (finished, half)) in pair.iter().zip([one, other]).enumerate() {
            let below = title(ui, half, (finished, k));
            self.result_in(ui, half.with_min_y(below), finished, Some(k));
        }
    }
}

fn compared(pictures: &ResultPictures) -> ComparisonPictures {
    ComparisonPictures {
        original: Some(Source::Picture(pictures.original.clone())),
        partial: Some(Source::Picture(pictures.partial.clone())),
        recovered: Some(Source::Picture(pictures.recovered.clone())),
        // Why there is none stands above the pictures.
        mask: pictures.mask.as_ref().ok().cloned(),
        captions: Default::default(),
        badge: None,
    }
}

/// Writes above a half which result it shows; returns where the line ends.
fn title(ui: &mut Ui, half: Rect, (finished, k): (&Finished, usize)) -> f32 {
    let colours = tokens::of(ui);
    let text = say!(
        "result-in-a-line",
        "name" => name_of(&finished.path),
        "model" => model_name(&finished.findings),
        "mask" => mask_name(finished.mask),
        "direction" => Column::Direction.text(finished),
    );
    let font = TextStyle::Body.resolve(ui.style());
    let shown = shortened(ui, &text, &font, colours.text, half.width());
    let line = half.with_max_y(half.top() + shown.size().y + space::TIGHT);
    let id = ui.make_persistent_id(("title of a result", k));
    let response = ui.interact(line, id, Sense::HOVER);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &text));
    ui.painter().galley(line.min, shown, colours.text);
    response.on_hover_text(text);
    line.bottom()
}
