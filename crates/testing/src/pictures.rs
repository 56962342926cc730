//! Pictures whose file is another picture as it is stored than as it is seen.

use std::fs;
use std::path::Path;

use image::codecs::png::PngEncoder;
use image::metadata::Orientation;
use image::{ExtendedColorType, ImageEncoder, ImageReader};

/// Stores a picture lying on its side, with the note that turns it upright.
pub fn lay_on_its_side(picture: &Path) {
    let mut pixels = ImageReader::open(picture).unwrap().decode().unwrap();
    pixels.apply_orientation(Orientation::Rotate270);
    let pixels = pixels.into_rgb8();
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new(&mut bytes);
    // A TIFF header and one entry: the orientation is 6.
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    encoder.set_exif_metadata(exif.to_vec()).unwrap();
    let (width, height) = pixels.dimensions();
    encoder
        .write_image(&pixels, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    fs::write(picture, bytes).unwrap();
}
