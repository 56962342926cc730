//! Settings of several windows and of other versions: nothing is lost, and what is left out is said.

use std::fs;

use palimpsest::app::preferences::Theme;
use palimpsest::app::{Command, Opening};
use palimpsest_method::mask::Mask;
use serde_json::{Value, json};

use crate::desk::{Desk, has_text, settle};

fn kept(desk: &Desk) -> Value {
    serde_json::from_slice(&fs::read(desk.path("settings.json")).unwrap()).unwrap()
}

#[test]
fn an_unknown_mask_is_left_out_alone_and_said() {
    let desk = Desk::new();
    desk.keep(json!({"theme": "dark", "set_up": {"masks": ["spiral:7", "half"]}}));
    let works = desk.works(1);
    let mut window = desk.open(Opening::Desk(works.clone()));
    settle(&mut window);
    assert!(has_text(&window, "set_up.masks[0]"));
    let state = &window.state().state;
    assert_eq!(state.set_up().masks, [Mask::RightHalf]);
    assert_eq!(state.preferences.theme, Theme::Dark);
    assert_eq!(state.set_up().overrides.steps, Some(6));
    // The next window has nothing to say.
    drop(window);
    let mut window = desk.open(Opening::Desk(works));
    settle(&mut window);
    assert!(!has_text(&window, "are not understood"));
    assert_eq!(window.state().state.set_up().masks, [Mask::RightHalf]);
}

#[test]
fn two_windows_at_once_keep_what_both_changed() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let mut windows = [0, 1].map(|_| desk.open(Opening::Desk(Vec::new())));
    let [one, two] = &mut windows;
    let ctx = one.ctx.clone();
    one.state_mut().dispatch(&ctx, Command::Theme(Theme::Light));
    let ctx = two.ctx.clone();
    let mut set_up = two.state().state.set_up().clone();
    set_up.prompt = "sks style".into();
    let command = Command::SetUp(Box::new(set_up), "Prompt", true);
    two.state_mut().dispatch(&ctx, command);
    two.state_mut().dispatch(&ctx, Command::Scale(1));
    // The first one writes once more what it has in hand.
    one.state_mut().state.keep();
    let kept = kept(&desk);
    assert_eq!(kept["theme"], "light");
    assert_eq!(kept["set_up"]["prompt"], "sks style");
    assert!(kept["scale"].as_f64().unwrap() > 1.05, "{kept}");
}
