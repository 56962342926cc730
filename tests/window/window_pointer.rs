//! What the comparison does when it is pointed at, dragged, clicked and left alone.

use crate::graphics;
use crate::stage;

use eframe::egui::{self, Event, MouseWheelUnit, PointerButton, Pos2, Role, Vec2, pos2, vec2};
use egui_kittest::kittest::Queryable;
use image::{Rgb, RgbImage};

use graphics::device;
use palimpsest::app::widgets::comparison::{
    ComparisonAction, ComparisonState, Layout, View, Which,
};
use stage::{SIZE, Stage, assert_near, fitted, pane, picture, pictures, stage, with_layout};

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
