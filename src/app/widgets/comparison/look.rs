//! The colours and lengths that a comparison is drawn with.

use eframe::egui::{Color32, Theme, Ui};

use crate::app::gpu::Lines;
use crate::app::tokens::{self, radius, size, space, text};

/// Look of a comparison. What lies over pictures is the same in both themes: its ground is the
/// picture, not the window.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Look {
    /// Behind pictures.
    pub canvas: Color32,
    pub text: Color32,
    pub muted: Color32,
    pub accent: Color32,
    /// The ground of the row of buttons that belong together.
    pub group: Color32,
    /// The chosen one of them, and the text on it.
    pub chosen: Color32,
    pub on_chosen: Color32,
    /// Plates over pictures, and the text on them.
    pub plate: Color32,
    pub on_plate: Color32,
    pub muted_on_plate: Color32,
    /// Lines over pictures.
    pub lines: Lines,
    /// The three pictures in charts on a plate.
    pub series: [Color32; 3],
    pub small_text: f32,
    pub control: f32,
    pub radius: u8,
    pub tight: f32,
    pub small: f32,
    pub medium: f32,
}

impl Look {
    /// The look of a theme.
    pub fn of_theme(theme: Theme) -> Self {
        let colours = tokens::colours(theme);
        let over = tokens::colours(Theme::Dark);
        Self {
            canvas: colours.canvas,
            text: colours.text,
            muted: colours.muted,
            accent: colours.accent,
            group: colours.control,
            chosen: colours.accent_wash,
            on_chosen: colours.text,
            plate: Color32::from_black_alpha(200),
            on_plate: over.text,
            muted_on_plate: Color32::from_gray(190),
            lines: Lines {
                light: Color32::from_white_alpha(235),
                dark: Color32::from_black_alpha(150),
            },
            series: [over.text, over.series[1], over.series[0]],
            small_text: text::SMALL,
            control: size::CONTROL,
            radius: radius::CONTROL,
            tight: space::TIGHT,
            small: space::SMALL,
            medium: space::MEDIUM,
        }
    }

    /// The look of the theme in which `ui` is shown.
    pub fn of(ui: &Ui) -> Self {
        Self::of_theme(if ui.visuals().dark_mode {
            Theme::Dark
        } else {
            Theme::Light
        })
    }
}

impl Default for Look {
    fn default() -> Self {
        Self::of_theme(Theme::Dark)
    }
}
