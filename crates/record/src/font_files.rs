//! The font files that the program carries, once for window, charts and exhibit; their licences lie beside them.
//! Statics, since every crate that names a constant gets a copy of its bytes.

/// Inter, for all text.
pub static REGULAR: &[u8] = include_bytes!("../../../assets/fonts/Inter-Regular.otf");

/// Inter SemiBold, for headings.
pub static SEMIBOLD: &[u8] = include_bytes!("../../../assets/fonts/Inter-SemiBold.otf");

/// Hack, in which every letter is as wide: for hashes, paths and commands.
pub static MONO: &[u8] = include_bytes!("../../../assets/fonts/Hack-Regular.ttf");

/// DejaVu Sans 2.37, for characters that Inter lacks.
pub static FALLBACK: &[u8] = include_bytes!("../../../assets/fonts/DejaVuSans.ttf");
