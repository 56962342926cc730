//! The pictures of the window, drawn by a real device: the live preview is the affine map of its
//! latent, every way of comparing shows what the arithmetic says, and the widget does what it is told.

mod graphics;

use std::sync::Arc;

use eframe::egui::{
    self, Event, MouseWheelUnit, PointerButton, Pos2, Rect, Role, Vec2, pos2, vec2,
};
use eframe::egui_wgpu::{RenderState, wgpu};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable;
use egui_kittest::wgpu::WgpuTestRenderer;
use image::{Rgb, RgbImage, RgbaImage};

use graphics::device;
use palimpsest::app::gpu::{self, Gpu, LivePreview, MaskGrid, PictureHandle, Source, heat};
use palimpsest::app::widgets::comparison::{
    Comparison, ComparisonAction, ComparisonPictures, ComparisonState, Layout, Look, View, Which,
};
use palimpsest::diffusion::Latent;
use palimpsest::diffusion::latent_colours::LatentColours;

const SIZE: Vec2 = vec2(720.0, 560.0);

struct Screen {
    state: ComparisonState,
    pictures: ComparisonPictures,
    gpu: Option<Gpu>,
}

type Stage = Harness<'static, Screen>;

fn stage(
    device: Option<&RenderState>,
    state: ComparisonState,
    pictures: ComparisonPictures,
) -> Stage {
    let mut builder = Harness::builder()
        .with_size(SIZE)
        .with_render_cursor(false)
        .with_step_dt(0.05);
    if let Some(device) = device {
        builder = builder.renderer(WgpuTestRenderer::from_render_state(device.clone()));
    }
    let screen = Screen {
        state,
        pictures,
        gpu: device.map(gpu::install),
    };
    builder.build_ui_state(
        |ui, screen: &mut Screen| {
            let look = Look::of(ui);
            Comparison::new(&mut screen.state, &screen.pictures, look, screen.gpu).show(ui);
        },
        screen,
    )
}

fn picture(seed: u32, side: u32) -> RgbImage {
    RgbImage::from_fn(side, side, |x, y| {
        let noise = (x * 73 + y * 151 + seed * 977).wrapping_mul(2_654_435_761) >> 24;
        Rgb([(x * 255 / side) as u8, (y * 255 / side) as u8, noise as u8])
    })
}

fn pictures(images: [&RgbImage; 3]) -> ComparisonPictures {
    let [original, partial, recovered] =
        images.map(|image| Some(Source::from(PictureHandle::new(image.clone()))));
    ComparisonPictures {
        original,
        partial,
        recovered,
        ..Default::default()
    }
}

fn with_layout(layout: Layout) -> ComparisonState {
    let mut state = ComparisonState::default();
    state.act(ComparisonAction::Layout(layout));
    state
}

fn pane(stage: &Stage, label: &str) -> Rect {
    stage.get_by_role_and_label(Role::Image, label).rect()
}

/// Where a picture lies in a pane: fitted, in whole pixels.
fn fitted(pane: Rect, side: u32) -> Rect {
    let shown = Vec2::splat(pane.width().min(pane.height()));
    assert!(side > 0);
    Rect::from_min_size((pane.center() - shown / 2.0).round(), shown)
}

/// What is under one pixel of the screen, averaged by area; values 0..255.
fn average(place: Rect, side: u32, at: [u32; 2], value: impl Fn(u32, u32) -> [f32; 3]) -> [f32; 3] {
    let span = side as f32 / place.width();
    let low = |at: u32, corner: f32| ((at as f32 - corner) * span).clamp(0.0, side as f32);
    let (x0, y0) = (low(at[0], place.left()), low(at[1], place.top()));
    let (x1, y1) = (low(at[0] + 1, place.left()), low(at[1] + 1, place.top()));
    let mut sum = [0.0; 3];
    for y in y0 as u32..(y1.ceil() as u32).min(side) {
        for x in x0 as u32..(x1.ceil() as u32).min(side) {
            let part = |from: f32, to: f32, at: u32| to.min(at as f32 + 1.0) - from.max(at as f32);
            let area = part(x0, x1, x) * part(y0, y1, y);
            for (total, value) in sum.iter_mut().zip(value(x, y)) {
                *total += area * value;
            }
        }
    }
    sum.map(|total| total / ((x1 - x0) * (y1 - y0)))
}

fn floats(image: &RgbImage) -> impl Fn(u32, u32) -> [f32; 3] {
    |x, y| image.get_pixel(x, y).0.map(f32::from)
}

/// Pixels of the screen all over a pane, away from what is written on it.
fn sampled(pane: Rect) -> Vec<[u32; 2]> {
    let shares = [
        [0.41, 0.21],
        [0.32, 0.34],
        [0.22, 0.47],
        [0.27, 0.61],
        [0.66, 0.33],
        [0.73, 0.55],
        [0.79, 0.71],
        [0.62, 0.88],
    ];
    let place = |[x, y]: [f32; 2]| pane.min + vec2(x, y) * pane.size();
    shares
        .map(place)
        .map(|at| [at.x as u32, at.y as u32])
        .to_vec()
}

#[track_caller]
fn assert_near(screen: &RgbaImage, at: [u32; 2], expected: [f32; 3]) {
    let found = screen.get_pixel(at[0], at[1]).0;
    let near = found
        .iter()
        .zip(expected)
        .all(|(&f, e)| (f32::from(f) - e).abs() <= 2.0);
    assert!(
        near && found[3] == 255,
        "at {at:?}: {found:?}, not {expected:?}"
    );
}

/// A latent whose cells have colours all over the range, and beyond it.
fn latent(channels: usize, step: u32) -> Latent {
    let values = (0..channels as u32 * 16 * 16)
        .map(|k| ((k + step * 31).wrapping_mul(2_654_435_761) >> 16) as f32 / 16_384.0 - 2.0)
        .collect();
    Latent::new([channels, 16, 16], values).unwrap()
}

fn live(latent: &Latent, colours: LatentColours, version: u64) -> Source {
    let values: Arc<[f32]> = latent.values().into();
    Source::Live(LivePreview::new((7, version), values, latent.shape(), colours, 8).unwrap())
}

/// The bytes of a texture.
fn read_back(device: &RenderState, texture: &wgpu::Texture) -> RgbaImage {
    let (width, height) = (texture.width(), texture.height());
    let row = (width * 4).next_multiple_of(wgpu::COPY_BYTES_PER_ROW_ALIGNMENT);
    let buffer = device.device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(row * height),
        usage: wgpu::BufferUsages::MAP_READ | wgpu::BufferUsages::COPY_DST,
        mapped_at_creation: false,
    });
    let mut encoder = device.device.create_command_encoder(&Default::default());
    encoder.copy_texture_to_buffer(
        texture.as_image_copy(),
        wgpu::TexelCopyBufferInfo {
            buffer: &buffer,
            layout: wgpu::TexelCopyBufferLayout {
                offset: 0,
                bytes_per_row: Some(row),
                rows_per_image: None,
            },
        },
        texture.size(),
    );
    device.queue.submit([encoder.finish()]);
    buffer.map_async(wgpu::MapMode::Read, .., |mapped| mapped.unwrap());
    device
        .device
        .poll(wgpu::PollType::wait_indefinitely())
        .unwrap();
    let bytes = buffer.get_mapped_range(..).unwrap();
    let packed = bytes
        .chunks_exact(row as usize)
        .flat_map(|bytes| &bytes[..width as usize * 4])
        .copied()
        .collect();
    RgbaImage::from_raw(width, height, packed).unwrap()
}

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
fn a_blink_alternates_and_everything_else_is_at_rest() {
    let Some(device) = device("a_blink_alternates_and_everything_else_is_at_rest") else {
        return;
    };
    let flat = |level| RgbImage::from_pixel(32, 32, Rgb([level; 3]));
    let shown = pictures([&flat(10), &flat(20), &flat(200)]);
    let mut stage = stage(Some(&device), ComparisonState::default(), shown);
    for layout in [
        Layout::ThreeUp,
        Layout::Wipe,
        Layout::Onion,
        Layout::Difference,
    ] {
        stage.state_mut().state.layout = layout;
        assert!(
            stage.try_run().is_ok(),
            "{layout:?} repaints without a cause"
        );
    }
    stage.state_mut().state.layout = Layout::Blink;
    let mut seen = Vec::new();
    for _ in 0..30 {
        stage.step();
        let screen = stage.render().unwrap();
        seen.push(screen.get_pixel(SIZE.x as u32 / 2, SIZE.y as u32 / 2).0[0]);
    }
    assert!(seen.contains(&10) && seen.contains(&200), "{seen:?}");
    assert!(
        seen.iter().all(|level| [10, 200].contains(level)),
        "{seen:?}"
    );
}

#[test]
fn the_magnifier_enlarges_what_is_under_the_pointer() {
    let Some(device) = device("the_magnifier_enlarges_what_is_under_the_pointer") else {
        return;
    };
    let image = picture(8, 256);
    let mut state = with_layout(Layout::Single(Which::Original));
    state.act(ComparisonAction::ToggleMagnifier);
    let mut stage = stage(Some(&device), state, pictures([&image; 3]));
    let place = fitted(pane(&stage, "Original"), 256);
    let plain = stage.render().unwrap();
    let at = place.min + place.size() * 0.25;
    stage.hover_at(at);
    stage.run();
    let screen = stage.render().unwrap();
    let changed: Vec<[u32; 2]> = screen
        .enumerate_pixels()
        .filter(|(x, y, pixel)| plain.get_pixel(*x, *y) != *pixel && *y < place.bottom() as u32)
        .map(|(x, y, _)| [x, y])
        .collect();
    let side = changed.iter().map(|at| at[0]).max().unwrap()
        - changed.iter().map(|at| at[0]).min().unwrap();
    assert!((150..200).contains(&side), "{side}");
    // The middle of the magnifier is the pixel under the pointer, eight times as large.
    let magnifier = at + Vec2::splat(24.0 + 84.0);
    let pixel = ((at - place.min) / place.size() * 256.0).floor();
    let expected = image
        .get_pixel(pixel.x as u32, pixel.y as u32)
        .0
        .map(f32::from);
    assert_near(&screen, [magnifier.x as u32, magnifier.y as u32], expected);
}

#[test]
fn labelled_buttons_switch_the_layout() {
    let image = picture(1, 32);
    let mut stage = stage(None, ComparisonState::default(), pictures([&image; 3]));
    let click = |stage: &mut Stage, label: &str| {
        stage.get_by_role_and_label(Role::Button, label).click();
        stage.run();
    };
    for layout in [
        Layout::Wipe,
        Layout::Onion,
        Layout::Blink,
        Layout::Difference,
        Layout::Single(Which::Partial),
        Layout::ThreeUp,
    ] {
        click(&mut stage, layout.name());
        assert_eq!(stage.state().state.layout, layout);
    }
    click(&mut stage, "Difference");
    click(&mut stage, "Gain 16");
    assert_eq!(stage.state().state.gain, 16.0);
    click(&mut stage, "Swap");
    assert_eq!(
        stage.state().state.pair,
        (Which::Recovered, Which::Original)
    );
    click(&mut stage, "Histogram");
    click(&mut stage, "Magnifier");
    let state = &stage.state().state;
    assert!(state.histogram && state.magnifier && !state.outlines);
    click(&mut stage, "1:1");
    assert_eq!(stage.state().state.scale(), 1.0);
    click(&mut stage, "Fit");
    assert_eq!(stage.state().state.view, View::Fit);
}

#[test]
fn without_a_device_what_is_compared_is_still_said() {
    let image = picture(1, 32);
    let mut shown = pictures([&image; 3]);
    shown.recovered = None;
    shown.captions[0] = "Still life, 1912".into();
    let stage = stage(None, with_layout(Layout::Wipe), shown);
    stage.get_by_role_and_label(Role::Image, "Still life, 1912 beside Recovered");
}

#[test]
fn the_inspector_reads_the_pixel_under_the_pointer() {
    let images = [4, 5, 6].map(|seed| picture(seed, 64));
    let mut stage = stage(
        None,
        ComparisonState::default(),
        pictures(images.each_ref()),
    );
    stage.get_by_label("Point at a picture to read its pixels");
    let place = fitted(pane(&stage, "Partial"), 64);
    let at = place.min + place.size() * (vec2(20.5, 40.5) / 64.0);
    stage.hover_at(at);
    stage.run();
    let [o, p, r] = images.each_ref().map(|image| image.get_pixel(20, 40).0);
    let signed = |a: u8, b: u8| match i16::from(a) - i16::from(b) {
        0 => "0".to_owned(),
        apart if apart > 0 => format!("+{apart}"),
        apart => format!("−{}", -apart),
    };
    let said = |v: [u8; 3]| {
        let [x, y, z] = [0, 1, 2].map(|k| signed(v[k], o[k]));
        format!("{} {} {} ({x} {y} {z})", v[0], v[1], v[2])
    };
    let line = format!(
        "x 20  y 40   Original {} {} {}   Partial {}   Recovered {}",
        o[0],
        o[1],
        o[2],
        said(p),
        said(r)
    );
    stage.get_by_label(&line);
}

fn button(stage: &Stage, at: Pos2, pressed: bool) {
    stage.event(Event::PointerButton {
        pos: at,
        button: PointerButton::Primary,
        pressed,
        modifiers: egui::Modifiers::NONE,
    });
}

fn drag(stage: &mut Stage, from: Pos2, to: Pos2) {
    stage.hover_at(from);
    stage.step();
    button(stage, from, true);
    stage.step();
    for share in [0.25, 0.5, 0.75, 1.0] {
        stage.hover_at(from + (to - from) * share);
        stage.step();
    }
    button(stage, to, false);
    stage.step();
}

#[test]
fn the_wheel_zooms_a_drag_moves_and_a_double_click_fits() {
    let image = picture(1, 512);
    let state = with_layout(Layout::Single(Which::Original));
    let mut stage = stage(None, state, pictures([&image; 3]));
    let pane = pane(&stage, "Original");
    stage.hover_at(pane.center());
    stage.step();
    stage.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        source: egui::MouseWheelSource::Wheel,
        delta: vec2(0.0, 300.0),
        phase: egui::TouchPhase::Move,
        modifiers: egui::Modifiers::NONE,
    });
    for _ in 0..30 {
        stage.step();
    }
    let View::Free { scale, centre } = stage.state().state.view else {
        panic!("the wheel did not zoom");
    };
    assert!(scale > 1.5 * pane.height() / 512.0, "{scale}");
    drag(&mut stage, pane.center(), pane.center() + vec2(-60.0, 30.0));
    let View::Free {
        scale: same,
        centre: moved,
    } = stage.state().state.view
    else {
        panic!("the drag fitted the picture");
    };
    assert_eq!(scale, same);
    let by = vec2(moved[0] - centre[0], moved[1] - centre[1]) * 512.0 * scale;
    assert!((by - vec2(60.0, -30.0)).length() < 8.0, "{by}");
    for pressed in [true, false, true, false] {
        button(&stage, pane.center(), pressed);
    }
    stage.step();
    stage.step();
    assert_eq!(stage.state().state.view, View::Fit);
}

#[test]
fn the_wipe_follows_the_pointer_and_the_arrows() {
    let image = picture(1, 512);
    let mut stage = stage(None, with_layout(Layout::Wipe), pictures([&image; 3]));
    let pane = pane(&stage, "Original beside Recovered");
    let place = fitted(pane, 512);
    let to = pos2(place.left() + 0.25 * place.width(), pane.center().y);
    drag(&mut stage, pane.center(), to);
    let wipe = stage.state().state.wipe;
    assert!((wipe - 0.25).abs() < 0.01, "{wipe}");
    stage.key_press(egui::Key::ArrowRight);
    stage.run();
    stage.key_press(egui::Key::ArrowRight);
    stage.run();
    let moved = stage.state().state.wipe - wipe;
    assert!((moved - 0.04).abs() < 1e-3, "{moved}");
    stage
        .get_by_role_and_label(Role::Slider, "Place of the wipe in percent")
        .increment_accesskit();
    stage.run();
    let moved = stage.state().state.wipe - wipe;
    assert!((moved - 0.06).abs() < 1e-3, "{moved}");
}
