//! The colours of a chart: what a theme has to say about it.

/// Red, green and blue, 0 to 255 (sRGB).
pub type Rgb = [u8; 3];

/// The colours of a chart.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Palette {
    /// Behind everything.
    pub ground: Rgb,
    /// Text and axes.
    pub ink: Rgb,
    /// Text of less weight, and lines that are only a reference.
    pub muted: Rgb,
    /// Lines of the mesh.
    pub mesh: Rgb,
    /// Dots of members, filled.
    pub member: Rgb,
    /// Dots of hold-outs, hollow.
    pub hold_out: Rgb,
    /// Lines, in turn; the dashes differ too.
    pub series: [Rgb; 8],
}

impl Palette {
    /// For a light window. The series are told apart by colour-blind readers too (after Okabe and Ito,
    /// "Color universal design", 2008).
    pub const LIGHT: Self = Self {
        ground: [255, 255, 255],
        ink: [28, 30, 34],
        muted: [96, 102, 112],
        mesh: [226, 229, 233],
        member: [0, 104, 168],
        hold_out: [196, 82, 0],
        series: [
            [0, 104, 168],
            [200, 80, 0],
            [0, 138, 102],
            [176, 72, 138],
            [150, 110, 0],
            [40, 150, 205],
            [112, 84, 200],
            [96, 96, 96],
        ],
    };

    /// For a dark window.
    pub const DARK: Self = Self {
        ground: [24, 26, 30],
        ink: [230, 232, 236],
        muted: [160, 166, 176],
        mesh: [54, 58, 65],
        member: [92, 182, 240],
        hold_out: [255, 158, 74],
        series: [
            [92, 182, 240],
            [255, 158, 74],
            [64, 204, 160],
            [230, 142, 194],
            [240, 212, 72],
            [168, 176, 255],
            [255, 128, 120],
            [190, 190, 190],
        ],
    };

    /// For paper, also where it is printed or copied without colour: every dash in
    /// black, then in grey.
    pub const PRINT: Self = Self {
        ground: [255, 255, 255],
        ink: [0, 0, 0],
        muted: [70, 70, 70],
        mesh: [215, 215, 215],
        member: [0, 0, 0],
        hold_out: [90, 90, 90],
        series: [
            [0, 0, 0],
            [0, 0, 0],
            [0, 0, 0],
            [0, 0, 0],
            [120, 120, 120],
            [120, 120, 120],
            [120, 120, 120],
            [120, 120, 120],
        ],
    };
}
