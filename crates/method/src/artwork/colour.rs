//! Every picture in one colour space: embedded ICC profiles are followed to sRGB, transparent
//! places lie over white, grey is widened to three channels.

use std::fmt::Display;
use std::sync::Arc;

use image::{DynamicImage, RgbImage};
use moxcms::{
    CmsError, ColorProfile, DataColorSpace, Layout, Transform8BitExecutor, TransformOptions,
};

/// The treatment of the pixels of one profile.
enum Conversion {
    /// A grey profile: the colour of each of the 256 levels.
    Grey(Vec<[u8; 3]>),
    /// A profile of three channels.
    Colour(Arc<Transform8BitExecutor>),
}

/// `picture` as opaque sRGB with 8 bits a channel. A profile that cannot be used is a warning, and
/// the colours are then taken as sRGB, as software without colour management does.
pub(super) fn to_srgb(
    picture: DynamicImage,
    profile: Option<&[u8]>,
    warnings: &mut Vec<String>,
) -> RgbImage {
    let grey = !picture.color().has_color();
    let conversion = match profile.map(|profile| conversion(profile, grey)) {
        None => None,
        Some(Ok(conversion)) => conversion,
        Some(Err(why)) => {
            warnings.push(unusable(&why));
            None
        }
    };
    let (mut pixels, alpha) = split_alpha(picture);
    if let Some(conversion) = conversion {
        conversion.apply(&mut pixels, warnings);
    }
    if let Some(alpha) = alpha {
        lay_over_white(&mut pixels, &alpha);
    }
    pixels
}

/// The warning for a profile that cannot be used.
pub(super) fn unusable(why: &dyn Display) -> String {
    format!(
        "The embedded colour profile could not be used ({why}): the colours were taken as sRGB."
    )
}

/// The conversion that `profile` asks for; `None` if it is sRGB by any name.
fn conversion(profile: &[u8], grey: bool) -> Result<Option<Conversion>, String> {
    let describe = |error: CmsError| error.to_string();
    let source = ColorProfile::new_from_slice(profile).map_err(describe)?;
    let transform = |layout| {
        source
            .create_transform_8bit(
                layout,
                &ColorProfile::new_srgb(),
                Layout::Rgb,
                TransformOptions::default(),
            )
            .map_err(describe)
    };
    match source.color_space {
        DataColorSpace::Rgb => {
            let transform = transform(Layout::Rgb)?;
            Ok((!is_identity(transform.as_ref()).map_err(describe)?)
                .then_some(Conversion::Colour(transform)))
        }
        DataColorSpace::Gray if grey => {
            let levels: Vec<u8> = (0..=255).collect();
            let mut colours = vec![0; 3 * levels.len()];
            transform(Layout::Gray)?
                .transform(&levels, &mut colours)
                .map_err(describe)?;
            Ok(Some(Conversion::Grey(colours.as_chunks().0.to_vec())))
        }
        DataColorSpace::Gray => Err("it is for grey pictures and this one is in colour".to_owned()),
        other => Err(format!("it is for {other:?} pictures")),
    }
}

/// Tells whether a transform moves no colour of a grid by more than one level. Many files carry some
/// edition of sRGB itself; their pixels must stay as every other program reads them.
fn is_identity(transform: &Transform8BitExecutor) -> Result<bool, CmsError> {
    const STEP: usize = 15;
    let levels = || (0..=255u8).step_by(STEP);
    let grid: Vec<u8> = levels()
        .flat_map(|r| levels().flat_map(move |g| levels().flat_map(move |b| [r, g, b])))
        .collect();
    let mut moved = vec![0; grid.len()];
    transform.transform(&grid, &mut moved)?;
    Ok(grid.iter().zip(&moved).all(|(a, b)| a.abs_diff(*b) <= 1))
}

impl Conversion {
    /// Converts `pixels` in place, row by row so that no second picture is needed.
    fn apply(&self, pixels: &mut RgbImage, warnings: &mut Vec<String>) {
        let row_bytes = 3 * pixels.width() as usize;
        let mut source = vec![0; row_bytes];
        for row in pixels.chunks_exact_mut(row_bytes.max(1)) {
            match self {
                Self::Grey(colours) => {
                    for pixel in row.as_chunks_mut::<3>().0 {
                        if let Some(colour) = colours.get(usize::from(pixel[0])) {
                            *pixel = *colour;
                        }
                    }
                }
                Self::Colour(transform) => {
                    source.copy_from_slice(row);
                    if let Err(error) = transform.transform(&source, row) {
                        // Refused for the lengths, before a pixel is touched: so for the first row.
                        warnings.push(unusable(&error));
                        return;
                    }
                }
            }
        }
    }
}

/// The colours, grey widened and reduced to 8 bits, and the opacity if the picture has any.
fn split_alpha(picture: DynamicImage) -> (RgbImage, Option<Vec<u8>>) {
    if !picture.color().has_alpha() {
        return (picture.into_rgb8(), None);
    }
    let rgba = picture.into_rgba8();
    let mut colours = RgbImage::new(rgba.width(), rgba.height());
    let mut alpha = Vec::with_capacity(rgba.len() / 4);
    let targets = colours.as_chunks_mut::<3>().0;
    for (&[r, g, b, a], target) in rgba.as_chunks::<4>().0.iter().zip(targets) {
        *target = [r, g, b];
        alpha.push(a);
    }
    (colours, Some(alpha))
}

/// Mixes each pixel with white by its opacity (255 = opaque), rounded to nearest.
fn lay_over_white(pixels: &mut RgbImage, alpha: &[u8]) {
    for (pixel, &alpha) in pixels.as_chunks_mut::<3>().0.iter_mut().zip(alpha) {
        let alpha = u32::from(alpha);
        for value in pixel {
            let mixed = u32::from(*value) * alpha + 255 * (255 - alpha);
            *value = ((mixed + 127) / 255) as u8;
        }
    }
}
