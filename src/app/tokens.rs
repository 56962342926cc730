//! Tokens of the window's look: every colour, length, radius and text size of both themes, and how they
//! reach the toolkit. Pictures are judged beside these colours, so the greys are neutral and there is one
//! accent.

use eframe::egui::{
    self, Color32, CornerRadius, FontFamily, FontId, Margin, Shadow, Stroke, TextStyle, Theme,
    Visuals,
    style::{ScrollStyle, WidgetVisuals},
};

/// The semibold face of headings and of what is chosen.
pub const STRONG: &str = "strong";
/// Numbers in tables and read-outs.
pub const READOUT: &str = "readout";
/// Text that stands alone on an empty desk.
pub const TITLE: &str = "title";

/// Lengths in points.
pub mod space {
    pub const HAIR: f32 = 2.0;
    pub const TIGHT: f32 = 4.0;
    pub const SMALL: f32 = 8.0;
    pub const MEDIUM: f32 = 12.0;
    pub const LARGE: f32 = 16.0;
    pub const WIDE: f32 = 24.0;
    pub const HUGE: f32 = 40.0;
}

/// Sizes of things, in points.
pub mod size {
    /// Height of a button or a field.
    pub const CONTROL: f32 = 26.0;
    /// The least width of the button of what is to be done next.
    pub const MAIN_BUTTON: f32 = 84.0;
    /// Height of a line with a name and a value.
    pub const ROW: f32 = 20.0;
    /// Side of a thumbnail in the queue.
    pub const THUMBNAIL: f32 = 44.0;
    /// Widths of the panels at the sides: at first, least, most.
    pub const QUEUE: [f32; 3] = [264.0, 200.0, 420.0];
    pub const INSPECTOR: [f32; 3] = [328.0, 280.0, 480.0];
    /// The same where the window is narrower than so many points, as at 900×600: what is looked at has the room.
    pub const NARROW: f32 = 1000.0;
    pub const QUEUE_NARROW: [f32; 3] = [184.0, 160.0, 260.0];
    pub const INSPECTOR_NARROW: [f32; 3] = [280.0, 240.0, 320.0];
    /// The same where it is narrower still, as at twice the scale: pictures without names, and one menu.
    pub const TINY: f32 = 760.0;
    pub const QUEUE_TINY: [f32; 3] = [80.0, 80.0, 80.0];
    pub const INSPECTOR_TINY: [f32; 3] = [240.0, 220.0, 280.0];
    /// The widest a dialog or a notice becomes.
    pub const DIALOG: f32 = 560.0;
    /// Height of a list inside a dialog, in points.
    pub const SHORT_LIST: f32 = 132.0;
    /// Width of a dialog with a list of things and what is known of them.
    pub const LIST_DIALOG: f32 = 720.0;
    /// Width of a dialog with pages in it, and of its form.
    pub const WIDE_DIALOG: f32 = 860.0;
    pub const FORM: f32 = 300.0;
    /// Height of the charts below the live picture.
    pub const CHART: f32 = 168.0;
}

/// Text sizes in points.
pub mod text {
    pub const SMALL: f32 = 11.5;
    pub const BODY: f32 = 13.0;
    pub const HEADING: f32 = 15.0;
    pub const TITLE: f32 = 22.0;
}

/// Radii of corners in points.
pub mod radius {
    pub const CONTROL: u8 = 5;
    pub const CARD: u8 = 8;
}

/// The colours of a theme.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Colours {
    /// Behind pictures.
    pub canvas: Color32,
    /// The panels at the sides and the bars.
    pub panel: Color32,
    /// Cards, menus and dialogs.
    pub raised: Color32,
    /// Fields that take text.
    pub field: Color32,
    /// Buttons at rest, under the pointer and pressed.
    pub control: Color32,
    pub control_hovered: Color32,
    pub control_pressed: Color32,
    /// Lines between things.
    pub line: Color32,
    pub text: Color32,
    /// Text that is said beside the main thing.
    pub muted: Color32,
    /// The one accent: what is chosen, what goes on, the main button.
    pub accent: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// The accent as a ground behind text.
    pub accent_wash: Color32,
    pub good: Color32,
    pub warning: Color32,
    pub error: Color32,
    /// Lines of charts, told apart by lightness too.
    pub series: [Color32; 3],
}

const fn grey(level: u8) -> Color32 {
    Color32::from_gray(level)
}

const DARK: Colours = Colours {
    canvas: grey(18),
    panel: grey(28),
    raised: grey(36),
    field: grey(20),
    control: grey(48),
    control_hovered: grey(60),
    control_pressed: grey(72),
    line: grey(54),
    text: grey(228),
    muted: grey(160),
    accent: Color32::from_rgb(122, 150, 255),
    on_accent: grey(12),
    accent_wash: Color32::from_rgb(42, 50, 82),
    good: Color32::from_rgb(110, 190, 132),
    warning: Color32::from_rgb(222, 172, 74),
    error: Color32::from_rgb(240, 118, 108),
    series: [
        Color32::from_rgb(122, 150, 255),
        Color32::from_rgb(236, 186, 92),
        Color32::from_rgb(118, 204, 178),
    ],
};

const LIGHT: Colours = Colours {
    canvas: grey(222),
    panel: grey(244),
    raised: grey(252),
    field: grey(255),
    control: grey(230),
    control_hovered: grey(218),
    control_pressed: grey(204),
    line: grey(206),
    text: grey(28),
    muted: grey(92),
    accent: Color32::from_rgb(42, 74, 200),
    on_accent: grey(255),
    accent_wash: Color32::from_rgb(222, 229, 252),
    good: Color32::from_rgb(30, 112, 62),
    warning: Color32::from_rgb(134, 86, 0),
    error: Color32::from_rgb(176, 34, 28),
    series: [
        Color32::from_rgb(42, 74, 200),
        Color32::from_rgb(176, 98, 0),
        Color32::from_rgb(0, 118, 96),
    ],
};

/// The colours of a theme.
pub const fn colours(theme: Theme) -> &'static Colours {
    match theme {
        Theme::Dark => &DARK,
        Theme::Light => &LIGHT,
    }
}

/// The colours of the theme in which `ui` is shown.
pub fn of(ui: &egui::Ui) -> &'static Colours {
    colours(if ui.visuals().dark_mode {
        Theme::Dark
    } else {
        Theme::Light
    })
}

/// The font of numbers that stand below each other.
pub fn readout() -> TextStyle {
    TextStyle::Name(READOUT.into())
}

/// The font of what stands alone on an empty desk.
pub fn title() -> TextStyle {
    TextStyle::Name(TITLE.into())
}

/// Makes both themes of the toolkit look as this file says.
pub fn apply(ctx: &egui::Context) {
    for theme in [Theme::Dark, Theme::Light] {
        ctx.style_mut_of(theme, |style| {
            style.text_styles = text_styles();
            style.spacing.item_spacing = egui::vec2(space::SMALL, space::SMALL);
            style.spacing.button_padding = egui::vec2(space::MEDIUM - 2.0, space::TIGHT);
            style.spacing.interact_size.y = size::CONTROL;
            style.spacing.menu_margin = Margin::same(space::SMALL as i8);
            style.spacing.window_margin = Margin::same(space::LARGE as i8);
            style.spacing.indent = space::LARGE;
            style.spacing.combo_width = 0.0;
            style.spacing.tooltip_width = 360.0;
            // The bar has room of its own and lies on no control.
            style.spacing.scroll = ScrollStyle {
                floating_allocated_width: space::MEDIUM,
                ..ScrollStyle::thin()
            };
            style.visuals = visuals(theme);
        });
    }
}

fn text_styles() -> std::collections::BTreeMap<TextStyle, FontId> {
    let regular = |size| FontId::new(size, FontFamily::Proportional);
    let strong = |size| FontId::new(size, FontFamily::Name(STRONG.into()));
    [
        (TextStyle::Small, regular(text::SMALL)),
        (TextStyle::Body, regular(text::BODY)),
        (TextStyle::Button, regular(text::BODY)),
        (TextStyle::Heading, strong(text::HEADING)),
        (title(), strong(text::TITLE)),
        (readout(), regular(text::BODY)),
        (
            TextStyle::Monospace,
            FontId::new(text::SMALL, FontFamily::Monospace),
        ),
    ]
    .into()
}

fn visuals(theme: Theme) -> Visuals {
    let c = colours(theme);
    let mut visuals = match theme {
        Theme::Dark => Visuals::dark(),
        Theme::Light => Visuals::light(),
    };
    let widget = |fill, ink, line| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(1.0, line),
        corner_radius: CornerRadius::same(radius::CONTROL),
        fg_stroke: Stroke::new(1.0, ink),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = widget(c.panel, c.text, c.line);
    visuals.widgets.inactive = widget(c.control, c.text, Color32::TRANSPARENT);
    visuals.widgets.hovered = widget(c.control_hovered, c.text, c.line);
    visuals.widgets.active = widget(c.control_pressed, c.text, c.accent);
    visuals.widgets.open = widget(c.control_hovered, c.text, c.line);
    visuals.selection.bg_fill = c.accent_wash;
    visuals.selection.stroke = Stroke::new(1.0, c.accent);
    visuals.hyperlink_color = c.accent;
    visuals.weak_text_color = Some(c.muted);
    visuals.warn_fg_color = c.warning;
    visuals.error_fg_color = c.error;
    visuals.panel_fill = c.panel;
    visuals.window_fill = c.raised;
    visuals.window_stroke = Stroke::new(1.0, c.line);
    visuals.window_corner_radius = CornerRadius::same(radius::CARD);
    visuals.menu_corner_radius = CornerRadius::same(radius::CARD);
    visuals.extreme_bg_color = c.field;
    visuals.text_edit_bg_color = Some(c.field);
    visuals.faint_bg_color = c.raised;
    visuals.code_bg_color = c.raised;
    visuals.window_shadow = shadow();
    visuals.popup_shadow = shadow();
    visuals.slider_trailing_fill = true;
    visuals
}

const fn shadow() -> Shadow {
    Shadow {
        offset: [0, 4],
        blur: 16,
        spread: 0,
        color: Color32::from_black_alpha(64),
    }
}
