//! The line that says what is under the pointer: its place, the values of every picture there and how
//! far they are from the original.

use super::pictures::ComparisonPictures;
use super::state::Which;
use crate::app::words::say;

/// Text while the pointer is elsewhere.
pub(super) fn nothing() -> &'static str {
    say!("point-at-a-picture-to-read")
}

/// The values at a pixel, counted from the top left corner.
pub(super) fn line(pictures: &ComparisonPictures, [x, y]: [u32; 2]) -> String {
    let [width, height] = pictures.size();
    let value = |which: Which| {
        let source = pictures.get(which)?;
        let [own_width, own_height] = source.size();
        let scaled = |at: u32, side: u32, own: u32| {
            (u64::from(at) * u64::from(own) / u64::from(side)) as u32
        };
        source.pixel(scaled(x, width, own_width), scaled(y, height, own_height))
    };
    let original = value(Which::Original);
    let mut line = format!("x {x}  y {y}");
    for which in Which::ALL {
        let Some(rgb) = value(which) else { continue };
        let [r, g, b] = rgb;
        line += &format!("   {} {r} {g} {b}", which.name());
        if let Some(original) = original.filter(|_| which != Which::Original) {
            line += &format!(" ({})", differences(rgb, original));
        }
    }
    line
}

/// Channel by channel, with signs.
fn differences(rgb: [u8; 3], original: [u8; 3]) -> String {
    let signed = |(value, original): (u8, u8)| {
        let apart = i16::from(value) - i16::from(original);
        match apart {
            0 => "0".to_owned(),
            1.. => format!("+{apart}"),
            _ => format!("−{}", -apart),
        }
    };
    let parts: Vec<String> = rgb.into_iter().zip(original).map(signed).collect();
    parts.join(" ")
}

#[cfg(test)]
mod tests {
    use image::{Rgb, RgbImage};

    use super::*;
    use crate::app::gpu::PictureHandle;

    #[test]
    fn the_values_of_every_picture_and_their_distance_are_said() {
        let picture = |rgb: [u8; 3], side: u32| {
            let image = RgbImage::from_fn(side, side, |x, _| {
                if x >= side / 2 {
                    Rgb(rgb)
                } else {
                    Rgb([9, 9, 9])
                }
            });
            Some(PictureHandle::new(image).into())
        };
        let mut pictures = ComparisonPictures {
            original: picture([10, 20, 30], 8),
            recovered: picture([13, 20, 5], 16),
            ..Default::default()
        };
        assert_eq!(
            line(&pictures, [4, 7]),
            "x 4  y 7   Original 10 20 30   Recovered 13 20 5 (+3 0 −25)"
        );
        assert!(line(&pictures, [3, 7]).ends_with("Recovered 9 9 9 (0 0 0)"));
        pictures.original = None;
        assert_eq!(line(&pictures, [8, 0]), "x 8  y 0   Recovered 13 20 5");
        assert_eq!(line(&pictures, [99, 99]), "x 99  y 99");
    }
}
