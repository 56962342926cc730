//! The map is found where there is one, and nothing a latent can be makes it fall over.

use super::*;
use proptest::prelude::*;

/// Cells of four channels that do not depend on each other, within 0..1.
fn latent(channels: usize, height: usize, width: usize) -> Latent {
    let values = (0..channels * height * width)
        .map(|k| ((k * 7919 + 13) % 257) as f32 / 256.0)
        .collect();
    Latent::new([channels, height, width], values).unwrap()
}

/// Each cell of `latent` painted in the colour that `map` gives its channels.
fn painted(latent: &Latent, factor: u32, map: impl Fn(&[f32]) -> [f32; 3]) -> RgbImage {
    let [channels, height, width] = latent.shape();
    RgbImage::from_fn(width as u32 * factor, height as u32 * factor, |x, y| {
        let cell = (y / factor) as usize * width + (x / factor) as usize;
        let texel: Vec<f32> = (0..channels)
            .map(|c| latent.values()[c * height * width + cell])
            .collect();
        Rgb(map(&texel).map(|v| (v * 255.0).round() as u8))
    })
}

fn affine(t: &[f32]) -> [f32; 3] {
    [
        0.1 + 0.3 * t[0] + 0.2 * t[1],
        0.8 - 0.4 * t[2] - 0.3 * t[3],
        0.2 + 0.1 * t[0] + 0.5 * t[3],
    ]
}

#[test]
fn an_affine_picture_is_found_exactly() {
    let latent = latent(4, 32, 24);
    let colours = LatentColours::fit(&latent, &painted(&latent, 8, affine)).unwrap();
    let expected = [
        [0.3, 0.2, 0.0, 0.0, 0.1],
        [0.0, 0.0, -0.4, -0.3, 0.8],
        [0.1, 0.0, 0.0, 0.5, 0.2],
    ];
    for (row, expected) in colours.rows().iter().zip(expected) {
        for (found, expected) in row.iter().zip(expected) {
            // The picture is rounded to 8 bits; over 768 cells that averages out.
            assert!((found - expected).abs() < 1e-3, "{found} {expected}");
        }
    }
    let view = colours.view(latent.values(), latent.shape(), 8).unwrap();
    let picture = painted(&latent, 1, affine);
    for (x, y, pixel) in picture.enumerate_pixels() {
        let found = view.cell(x as usize, y as usize);
        assert!(found.iter().zip(pixel.0).all(|(a, b)| a.abs_diff(b) <= 1));
    }
}

#[test]
fn the_centre_of_a_cell_has_its_colour_and_edges_are_repeated() {
    let latent = latent(3, 5, 4);
    let picture = painted(&latent, 3, |t| [t[0], t[1], t[2]]);
    let colours = LatentColours::fit(&latent, &picture).unwrap();
    let shown = colours.picture(&latent, 3).unwrap();
    let view = colours.view(latent.values(), latent.shape(), 3).unwrap();
    assert_eq!(shown.dimensions(), (12, 15));
    for y in 0..5 {
        for x in 0..4 {
            assert_eq!(
                shown.get_pixel(3 * x + 1, 3 * y + 1).0,
                view.cell(x as usize, y as usize)
            );
        }
    }
    assert_eq!(view.pixel(999, 999), view.cell(3, 4));
}

#[test]
fn a_latent_of_one_value_is_shown_in_the_mean_colour() {
    let latent = Latent::new([4, 2, 2], vec![0.5; 16]).unwrap();
    let picture = RgbImage::from_fn(4, 4, |x, _| Rgb([if x < 2 { 0 } else { 200 }, 100, 50]));
    let colours = LatentColours::fit(&latent, &picture).unwrap();
    let shown = colours.picture(&latent, 2).unwrap();
    assert!(shown.pixels().all(|pixel| pixel.0 == [100, 100, 50]));
}

#[test]
fn a_ramp_rises_without_steps() {
    let ramp: Vec<f32> = (0..8).map(|x| x as f32 / 7.0).collect();
    let latent = Latent::new([1, 1, 8], ramp).unwrap();
    let picture = painted(&latent, 16, |t| [t[0], t[0], 1.0 - t[0]]);
    let shown = LatentColours::fit(&latent, &picture)
        .unwrap()
        .picture(&latent, 16)
        .unwrap();
    let reds: Vec<u8> = shown.pixels().map(|pixel| pixel.0[0]).take(128).collect();
    assert!(
        reds.windows(2)
            .all(|pair| pair[0] <= pair[1].saturating_add(3))
    );
    assert!(reds.windows(2).all(|pair| pair[0].abs_diff(pair[1]) <= 6));
}

#[test]
fn what_cannot_be_shown_is_refused() {
    let picture = RgbImage::new(16, 16);
    let fit = |shape: [usize; 3], picture: &RgbImage| {
        LatentColours::fit(&Latent::zeros(shape), picture).map(|_| ())
    };
    assert_eq!(
        fit([16, 2, 2], &picture),
        Err(LatentColoursError::Channels(16))
    );
    assert_eq!(
        fit([0, 2, 2], &picture),
        Err(LatentColoursError::Channels(0))
    );
    for shape in [[4, 0, 0], [4, 3, 3], [4, 2, 4], [4, 32, 32]] {
        assert!(matches!(
            fit(shape, &picture),
            Err(LatentColoursError::Tiling { .. })
        ));
    }
    let broken = Latent::new([4, 2, 2], vec![f32::NAN; 16]).unwrap();
    assert_eq!(
        LatentColours::fit(&broken, &picture),
        Err(LatentColoursError::NotFinite)
    );
    let four = Latent::zeros([4, 2, 2]);
    let colours = LatentColours::fit(&four, &picture).unwrap();
    for factor in [0, usize::MAX, MAX_PICTURE_SIDE] {
        assert!(colours.picture(&four, factor).is_err());
    }
    assert!(colours.picture(&Latent::zeros([3, 2, 2]), 8).is_err());
    assert!(colours.view(&[0.0; 7], [4, 2, 2], 8).is_err());
    // Steps of a run that went wrong are shown, not refused: the window must not fall.
    assert!(colours.picture(&broken, 8).is_ok());
}

/// The squared distance of the cells' mean colours to what `colours` makes of them.
fn residual(colours: &[[f32; 5]; 3], latent: &Latent, means: &[[f64; 3]]) -> f64 {
    let cells = means.len();
    let value = |cell: usize, row: &[f32; 5]| -> f64 {
        let weighted = (0..latent.shape()[0])
            .map(|c| f64::from(row[c]) * f64::from(latent.values()[c * cells + cell]));
        weighted.sum::<f64>() + f64::from(row[4])
    };
    (0..cells)
        .flat_map(|cell| (0..3).map(move |colour| (cell, colour)))
        .map(|(cell, colour)| (value(cell, &colours[colour]) - means[cell][colour]).powi(2))
        .sum()
}

proptest! {
    #[test]
    fn no_constant_colour_is_nearer(
        channels in 1usize..=4,
        values in prop::collection::vec(-4.0f32..4.0, 4 * 24),
        pixels in prop::collection::vec(any::<u8>(), 3 * 24 * 4),
        constant in any::<bool>(),
    ) {
        let values = if constant { vec![1.5; channels * 24] } else { values[..channels * 24].to_vec() };
        let latent = Latent::new([channels, 4, 6], values).unwrap();
        let picture = RgbImage::from_raw(12, 8, pixels).unwrap();
        let colours = LatentColours::fit(&latent, &picture).unwrap();
        let means = cell_means(&picture, 4, 6, 2);
        let mut flat = [[0.0f32; 5]; 3];
        for (colour, row) in flat.iter_mut().enumerate() {
            row[4] = (means.iter().map(|mean| mean[colour]).sum::<f64>() / 24.0) as f32;
        }
        let fitted = residual(colours.rows(), &latent, &means);
        prop_assert!(fitted <= residual(&flat, &latent, &means) + 1e-6);
    }
}
