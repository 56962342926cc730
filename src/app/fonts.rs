//! The fonts that the program carries; characters that they lack come from the system's own at run time.

use std::sync::Arc;

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};

use super::tokens::STRONG;
use palimpsest_record::font_files::{FALLBACK, REGULAR, SEMIBOLD};

/// Sets the fonts: Inter for all text, DejaVu Sans for what it lacks.
pub fn apply(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    let mut add = |name: &str, bytes: &'static [u8]| {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    };
    add("Inter", REGULAR);
    add("Inter SemiBold", SEMIBOLD);
    add("DejaVu Sans", FALLBACK);
    let proportional = fonts.families.entry(FontFamily::Proportional).or_default();
    proportional.insert(0, "Inter".to_owned());
    proportional.push("DejaVu Sans".to_owned());
    let mut strong = proportional.clone();
    strong.insert(0, "Inter SemiBold".to_owned());
    fonts
        .families
        .insert(FontFamily::Name(STRONG.into()), strong);
    ctx.set_fonts(fonts);
}
