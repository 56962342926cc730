//! The fonts that the program carries; characters that they lack come from the system's own at run time.

use std::sync::Arc;

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};

use super::tokens::STRONG;
use palimpsest_record::font_files::{FALLBACK, MONO, REGULAR, SEMIBOLD};

/// Sets the fonts: Inter for all text, Hack for hashes and paths, DejaVu Sans for what they lack.
pub fn apply(ctx: &Context) {
    let mut fonts = FontDefinitions::empty();
    for (name, bytes) in [
        ("Inter", REGULAR),
        ("Inter SemiBold", SEMIBOLD),
        ("Hack", MONO),
        ("DejaVu Sans", FALLBACK),
    ] {
        let data = Arc::new(FontData::from_static(bytes));
        fonts.font_data.insert(name.to_owned(), data);
    }
    let chains: [(FontFamily, &[&str]); 3] = [
        (FontFamily::Proportional, &["Inter", "DejaVu Sans"]),
        (FontFamily::Monospace, &["Hack", "DejaVu Sans"]),
        (
            FontFamily::Name(STRONG.into()),
            &["Inter SemiBold", "Inter", "DejaVu Sans"],
        ),
    ];
    for (family, names) in chains {
        let names = names.iter().map(|name| (*name).to_owned());
        fonts.families.insert(family, names.collect());
    }
    ctx.set_fonts(fonts);
}
