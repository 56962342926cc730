//! The window where it is narrow, as at 900×600 and 140 %: notices keep their width and fold, charts can be read.

use crate::desk;

use eframe::egui::{Key, Modifiers, Role, vec2};
use egui_kittest::kittest::Queryable;
use serde_json::json;

use palimpsest::app::Opening;
use palimpsest::app::state::Grade;

use desk::{Desk, can_start, has_text, settle, until};

#[test]
fn a_long_notice_has_the_whole_width_and_unfolds_and_earlier_ones_wait_behind_it() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let mut window = desk.open(Opening::Desk(desk.works(1)));
    window.set_size(vec2(900.0, 600.0));
    settle(&mut window);
    let long = "The exhibit cannot be written since the disk is full. ".repeat(8);
    let state = &mut window.state_mut().state;
    state.say(Grade::Warning, "The first of two");
    state.say(Grade::Error, long.trim());
    settle(&mut window);
    let text = window.get_by_label_contains("The exhibit cannot").rect();
    let dismiss = window.get_by_label("Dismiss").rect();
    assert!(text.width() > 250.0, "{text}");
    assert!(dismiss.top() >= text.bottom(), "{text} {dismiss}");
    let folded = text.height();

    // The newest is seen, the other is one click away.
    assert!(!has_text(&window, "The first of two"));
    window.get_by_label("1 earlier notice").click();
    settle(&mut window);
    assert!(has_text(&window, "The first of two"));
    window.get_by_label("Only the newest").click();
    settle(&mut window);
    assert!(!has_text(&window, "The first of two"));

    window.get_by_label("More").click();
    settle(&mut window);
    let text = window.get_by_label_contains("The exhibit cannot").rect();
    assert!(text.height() > 2.0 * folded, "{text}");
    window.get_by_label("Less").click();
    settle(&mut window);
    let text = window.get_by_label_contains("The exhibit cannot").rect();
    assert_eq!(text.height(), folded);

    // Where there is room the buttons stand beside a short text.
    window.state_mut().state.notices.truncate(1);
    window.set_size(vec2(1280.0, 800.0));
    settle(&mut window);
    let text = window.get_by_label("The first of two").rect();
    let dismiss = window.get_by_label("Dismiss").rect();
    assert!(dismiss.left() > text.right() && (dismiss.center().y - text.center().y).abs() < 2.0);
}

#[test]
fn at_twice_the_scale_nothing_lies_over_another_and_every_screen_is_drawn() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 2}}}));
    let mut window = desk.open(Opening::Desk(desk.works(1)));
    until(&mut window, "the models to be looked at", can_start);
    // A screen of 1280×800 pixels.
    window.set_size(vec2(640.0, 400.0));
    settle(&mut window);
    let right_of = |window: &desk::Window, label: &str| window.get_by_label(label).rect().right();
    let start = window.get_by_label("Start").rect().left();
    assert!(right_of(&window, "Case") <= start);
    window.get_by_label("Menu");
    window.get_by_label("Start").click();
    until(&mut window, "the run to end", |window| {
        let state = &window.state().state;
        state.run.is_none() && state.finished.len() == 1
    });
    for (size, least) in [(vec2(640.0, 400.0), 60.0), (vec2(900.0, 600.0), 90.0)] {
        window.set_size(size);
        for key in [Key::Num1, Key::Num3, Key::Num4, Key::Num5] {
            window.key_press_modifiers(Modifiers::COMMAND, key);
            settle(&mut window);
        }
        window.key_press_modifiers(Modifiers::COMMAND, Key::Num3);
        settle(&mut window);
        let edge = size.x;
        for label in [
            "Original",
            "Partial",
            "Recovered",
            "Difference",
            "Histogram",
        ] {
            let all: Vec<_> = window.query_all_by_label(label).collect();
            assert!(!all.is_empty(), "{label}");
            for node in all {
                let rect = node.rect();
                assert!(rect.right() <= edge && rect.left() >= 0.0, "{label} {rect}");
            }
        }
        let inspector = window.get_by_label("Verdict").rect().left();
        let toolbar = right_of(&window, "Difference");
        assert!(toolbar <= inspector, "{toolbar} {inspector}");
        let picture = window.get_by_role_and_label(Role::Image, "Original").rect();
        assert!(picture.width() >= least, "{picture}");
    }
}

#[test]
fn one_chart_is_chosen_where_three_would_be_too_narrow() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 400}}}));
    let mut window = desk.open(Opening::Desk(desk.works(1)));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    let gap = "Chart of the gap between the losses over the steps";
    let losses = "Chart of both models' losses over the steps";
    until(&mut window, "the charts", |window| {
        window.query_by_label(gap).is_some() && window.query_by_label(losses).is_some()
    });
    window.set_size(vec2(900.0, 600.0));
    settle(&mut window);
    assert!(window.query_by_label(gap).is_none());
    window.get_by_label("Gap").click();
    until(&mut window, "the chart", |window| {
        window.query_by_label(gap).is_some()
    });
    assert!(window.query_by_label(losses).is_none());
    assert!(window.get_by_label(gap).rect().width() > 250.0);
    window.get_by_label("Stop").click();
    until(&mut window, "the run to end", |window| {
        window.state().state.run.is_none()
    });
}
