//! Actions on a comparison, and settings files that hold one.

use super::*;

#[test]
fn a_picture_is_never_compared_with_itself() {
    let mut state = ComparisonState::default();
    state.act(ComparisonAction::First(Which::Recovered));
    assert_eq!(state.pair, (Which::Recovered, Which::Original));
    state.act(ComparisonAction::Second(Which::Partial));
    assert_eq!(state.pair, (Which::Recovered, Which::Partial));
    state.act(ComparisonAction::Second(Which::Recovered));
    assert_eq!(state.pair, (Which::Partial, Which::Recovered));
    state.act(ComparisonAction::Swap);
    assert_eq!(state.pair, (Which::Recovered, Which::Partial));
}

#[test]
fn zooming_all_the_way_out_fits() {
    let mut state = ComparisonState {
        fit_scale: 0.5,
        ..Default::default()
    };
    state.act(ComparisonAction::ZoomIn);
    assert_eq!(state.scale(), 0.625);
    state.act(ComparisonAction::Pan([0.1, -0.9]));
    assert_eq!(state.centre(), [0.6, 0.0]);
    state.act(ComparisonAction::ZoomOut);
    assert_eq!(state.view, View::Fit);
    state.act(ComparisonAction::Pan([0.1, 0.1]));
    assert_eq!(state.view, View::Fit);
    for _ in 0..100 {
        state.act(ComparisonAction::ZoomIn);
    }
    assert_eq!(state.scale(), MAX_SCALE);
    state.act(ComparisonAction::OneToOne);
    assert_eq!(state.scale(), 1.0);
}

#[test]
fn a_nudge_moves_what_the_layout_has() {
    let mut state = ComparisonState::default();
    for (layout, wipe, onion) in [
        (Layout::ThreeUp, 0.5, 0.5),
        (Layout::Wipe, 0.75, 0.5),
        (Layout::Onion, 0.75, 0.75),
        (Layout::Blink, 0.75, 0.75),
    ] {
        state.act(ComparisonAction::Layout(layout));
        state.act(ComparisonAction::Nudge(0.25));
        assert_eq!((state.wipe, state.onion), (wipe, onion));
    }
    state.act(ComparisonAction::Wipe(f32::NAN));
    state.act(ComparisonAction::Onion(7.0));
    state.act(ComparisonAction::Gain(f32::INFINITY));
    assert_eq!((state.wipe, state.onion, state.gain), (0.75, 1.0, 4.0));
}

#[test]
fn settings_survive_and_strange_ones_are_mended() {
    let mut state = ComparisonState::default();
    state.act(ComparisonAction::Layout(Layout::Single(Which::Partial)));
    state.act(ComparisonAction::ToggleOutlines);
    state.act(ComparisonAction::OneToOne);
    let text = serde_json::to_string(&state).unwrap();
    let read: ComparisonState = serde_json::from_str(&text).unwrap();
    assert_eq!(read.view, View::Fit);
    assert_eq!((read.layout, read.outlines), (state.layout, true));
    let strange = r#"{"wipe": -3, "gain": 1e30, "pair": ["partial", "partial"]}"#;
    let mut read: ComparisonState = serde_json::from_str(strange).unwrap();
    read.sane();
    assert_eq!((read.wipe, read.gain), (0.0, 16.0));
    assert_ne!(read.pair.0, read.pair.1);
}
