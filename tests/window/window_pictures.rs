//! The pictures of the window, drawn by a real device: the live preview is the affine map of its latent, and
//! every way of comparing shows what the arithmetic says.

use crate::graphics;
use crate::stage;

use std::sync::Arc;

use eframe::egui::{Role, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable;
use image::{Rgb, RgbImage};

use graphics::device;
use palimpsest::app::gpu::{self, MaskGrid, heat};
use palimpsest::app::widgets::comparison::{ComparisonState, Layout, View, Which};
use palimpsest_diffusion::latent_colours::LatentColours;
use stage::{
    assert_near, average, fitted, floats, latent, live, pane, picture, pictures, read_back,
    sampled, stage, with_layout,
};

#[test]
fn the_live_preview_is_the_affine_map_of_its_latent() {
    let Some(device) = device("the_live_preview_is_the_affine_map_of_its_latent") else {
        return;
    };
    for channels in [4, 3] {
        let artwork = picture(3, 128);
        let first = latent(channels, 0);
        let colours = LatentColours::fit(&first, &artwork).unwrap();
        let mut shown = pictures([&artwork; 3]);
        shown.recovered = Some(live(&first, colours, 0));
        let fresh = if channels == 4 {
            device.clone()
        } else {
            self::device("a second device").unwrap()
        };
        let mut stage = stage(Some(&fresh), ComparisonState::default(), shown);
        let mut before = None;
        for step in 0..3 {
            let latent = latent(channels, step);
            stage.state_mut().pictures.recovered = Some(live(&latent, colours, u64::from(step)));
            stage.run();
            stage.render().unwrap();
            let texture = gpu::preview_texture(&fresh, 7).unwrap();
            let found = read_back(&fresh, &texture);
            let expected = colours.picture(&latent, 8).unwrap();
            assert_eq!(found.dimensions(), expected.dimensions());
            for (found, expected) in found.pixels().zip(expected.pixels()) {
                let apart = found
                    .0
                    .iter()
                    .zip(expected.0)
                    .map(|(a, b)| a.abs_diff(b))
                    .max();
                assert!(apart <= Some(1), "{found:?} {expected:?}");
            }
            assert!(
                before != Some(found.clone()),
                "step {step} shows the step before"
            );
            before = Some(found);
        }
        // The same version again: what is there is kept, whatever comes with it.
        stage.state_mut().pictures.recovered = Some(live(&latent(channels, 9), colours, 2));
        stage.run();
        stage.render().unwrap();
        let texture = gpu::preview_texture(&fresh, 7).unwrap();
        assert_eq!(Some(read_back(&fresh, &texture)), before);
        assert!(gpu::preview_texture(&fresh, 8).is_none());
    }
}

#[test]
fn a_live_preview_stands_where_the_picture_will() {
    let Some(device) = device("a_live_preview_stands_where_the_picture_will") else {
        return;
    };
    let artwork = picture(1, 128);
    let latent = latent(4, 5);
    let colours = LatentColours::fit(&latent, &artwork).unwrap();
    let mut shown = pictures([&artwork; 3]);
    shown.recovered = Some(live(&latent, colours, 1));
    let expected = colours.picture(&latent, 8).unwrap();
    let state = with_layout(Layout::Single(Which::Recovered));
    let mut stage = stage(Some(&device), state, shown);
    let pane = pane(&stage, "Recovered");
    let screen = stage.render().unwrap();
    let place = fitted(pane, 128);
    for at in sampled(pane) {
        if place.contains(pos2(at[0] as f32, at[1] as f32)) {
            assert_near(&screen, at, average(place, 128, at, floats(&expected)));
        }
    }
}

#[test]
fn every_way_of_comparing_shows_what_the_arithmetic_says() {
    let Some(device) = device("every_way_of_comparing_shows_what_the_arithmetic_says") else {
        return;
    };
    // Larger and smaller than the pane: averaged, and enlarged crisply.
    for (side, device) in [
        (1024, device),
        (96, self::device("a second device").unwrap()),
    ] {
        let [a, b, c] = [1, 2, 3].map(|seed| picture(seed, side));
        let mut state = with_layout(Layout::Wipe);
        state.onion = 0.3;
        state.wipe = 0.6;
        state.gain = 2.0;
        let mut stage = stage(Some(&device), state, pictures([&a, &b, &c]));
        let (a, c) = (floats(&a), floats(&c));
        let labels = [
            (Layout::Wipe, "Original beside Recovered"),
            (Layout::Onion, "Original (70 %) over Recovered (30 %)"),
            (Layout::Difference, "Difference: Original and Recovered"),
            (Layout::Single(Which::Recovered), "Recovered"),
        ];
        for (layout, label) in labels {
            stage.state_mut().state.layout = layout;
            stage.run();
            let pane = pane(&stage, label);
            let place = fitted(pane, side);
            let screen = stage.render().unwrap();
            for at in sampled(place) {
                let left = (at[0] as f32 + 0.5) < place.left() + 0.6 * place.width();
                let expected = average(place, side, at, |x, y| {
                    let (a, c) = (a(x, y), c(x, y));
                    match layout {
                        Layout::Wipe if left => a,
                        Layout::Onion => [0, 1, 2].map(|k| 0.7 * a[k] + 0.3 * c[k]),
                        Layout::Difference => {
                            let apart = [0, 1, 2].map(|k| (a[k] - c[k]).abs());
                            [apart.into_iter().fold(0.0, f32::max); 3]
                        }
                        _ => c,
                    }
                });
                let expected = if layout == Layout::Difference {
                    heat::colour(2.0 * expected[0] / 255.0).map(f32::from)
                } else {
                    expected
                };
                assert_near(&screen, at, expected);
            }
        }
    }
}

#[test]
fn pictures_of_two_sizes_are_compared_place_by_place() {
    let Some(device) = device("pictures_of_two_sizes_are_compared_place_by_place") else {
        return;
    };
    let large = picture(1, 768);
    let small = image::imageops::thumbnail(&large, 384, 384);
    let mut state = with_layout(Layout::Difference);
    state.gain = 1.0;
    let mut stage = stage(Some(&device), state, pictures([&large, &small, &small]));
    let place = fitted(pane(&stage, "Difference: Original and Recovered"), 768);
    let screen = stage.render().unwrap();
    let (large, small) = (floats(&large), floats(&small));
    for at in sampled(place) {
        let apart = average(place, 768, at, |x, y| {
            let (a, b) = (large(x, y), small(x / 2, y / 2));
            [(0..3).map(|k| (a[k] - b[k]).abs()).fold(0.0, f32::max); 3]
        });
        assert_near(&screen, at, heat::colour(apart[0] / 255.0).map(f32::from));
    }
}

#[test]
fn three_panes_show_three_pictures_at_the_same_place() {
    let Some(device) = device("three_panes_show_three_pictures_at_the_same_place") else {
        return;
    };
    let images = [4, 5, 6].map(|seed| picture(seed, 64));
    let mut state = ComparisonState::default();
    state.view = View::Free {
        scale: 6.0,
        centre: [0.3, 0.6],
    };
    let mut stage = stage(Some(&device), state, pictures(images.each_ref()));
    let screen = stage.render().unwrap();
    for (which, image) in Which::ALL.into_iter().zip(&images) {
        let pane = pane(&stage, which.name());
        let shown = Vec2::splat(64.0 * 6.0);
        let held = |centre: f32, pane: f32| {
            let margin = (pane / (2.0 * shown.x)).min(0.5);
            centre.clamp(margin, 1.0 - margin)
        };
        let centre = vec2(held(0.3, pane.width()), held(0.6, pane.height()));
        let corner = (pane.center() - shown * centre).round();
        for at in sampled(pane) {
            let pixel = |at: u32, corner: f32| ((at as f32 + 0.5 - corner) / 6.0) as u32;
            let (x, y) = (pixel(at[0], corner.x), pixel(at[1], corner.y));
            assert_near(&screen, at, image.get_pixel(x, y).0.map(f32::from));
        }
    }
}

#[test]
fn removed_cells_are_outlined_on_demand() {
    let Some(device) = device("removed_cells_are_outlined_on_demand") else {
        return;
    };
    let grey = RgbImage::from_pixel(64, 64, Rgb([128, 128, 128]));
    let mut shown = pictures([&grey; 3]);
    let removed: Arc<[bool]> = (0..64).map(|cell| cell % 8 >= 4).collect();
    shown.mask = MaskGrid::new(removed, 8);
    let state = with_layout(Layout::Single(Which::Partial));
    let mut stage = stage(Some(&device), state, shown);
    let place = fitted(pane(&stage, "Partial"), 64);
    let edge = place.center().x.round() as u32;
    let y = place.center().y as u32 + 9;
    let plain = stage.render().unwrap();
    assert_eq!(plain.get_pixel(edge, y).0, [128, 128, 128, 255]);
    stage
        .get_by_role_and_label(Role::Button, "Outlines")
        .click();
    stage.run();
    let outlined = stage.render().unwrap();
    let row: Vec<u8> = (edge - 3..edge + 3)
        .map(|x| outlined.get_pixel(x, y).0[0])
        .collect();
    assert!(
        row.contains(&128) && row.iter().any(|&v| v > 190) && row.iter().any(|&v| v < 90),
        "{row:?}"
    );
    let inside = outlined.get_pixel(edge + 40, y).0;
    assert_eq!(inside, [128, 128, 128, 255]);
}

#[test]
fn what_is_not_shown_any_more_leaves_the_device() {
    let Some(device) = device("what_is_not_shown_any_more_leaves_the_device") else {
        return;
    };
    let shown = |seed: u32| {
        let images = [0, 1, 2].map(|which| picture(3 * seed + which, 32));
        let mut shown = pictures(images.each_ref());
        let removed: Arc<[bool]> = (0..16).map(|cell| cell % 2 == 0).collect();
        shown.mask = MaskGrid::new(removed, 4);
        shown
    };
    let mut state = ComparisonState::default();
    state.outlines = true;
    let mut stage = stage(Some(&device), state, shown(0));
    let mut most = 0;
    for seed in 1..=60 {
        stage.state_mut().pictures = shown(seed);
        stage.run();
        stage.render().unwrap();
        most = most.max(gpu::kept_textures(&device));
    }
    // Three pictures and a mask of the frames of half a second, not of all sixty works.
    assert!((4..=4 * 32).contains(&most), "{most} textures");
    for _ in 0..40 {
        stage.step();
    }
    stage.state_mut().pictures = shown(99);
    stage.run();
    stage.render().unwrap();
    assert_eq!(gpu::kept_textures(&device), 4);
}
