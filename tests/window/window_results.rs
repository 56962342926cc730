//! The results as a light table: thousands of them, searched and selected, by pointer and by keys.

use std::path::PathBuf;

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT, Queryable};
use palimpsest::app::light_table::{Column, ResultsFilter};
use palimpsest::app::state::Screen;
use palimpsest::app::{Command, Opening};

use crate::desk::{Desk, Window, has_text, settle, type_into, until};
use crate::window_snapshots::{case, examined_with_another_model, turn_to};

/// The reference case on the desk, with its results shown.
fn results(desk: &Desk) -> Window {
    desk.keep(serde_json::json!({}));
    let folder = desk.path("reference");
    std::fs::create_dir_all(&folder).unwrap();
    let mut window = desk.open(Opening::Case(case(&folder)));
    turn_to(&mut window, Screen::Results);
    settle(&mut window);
    window
}

fn dispatch(window: &mut Window, command: Command) {
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, command);
    settle(window);
}

fn rows(window: &Window) -> Vec<String> {
    let rows = window.query_all_by_role(Role::Row);
    rows.filter_map(|row| row.accesskit_node().label())
        .collect()
}

fn click_row(window: &mut Window, name: &str, modifiers: Modifiers, times: usize) {
    let row = window.query_all_by_role(Role::Row).find(|row| {
        let label = row.accesskit_node().label().unwrap_or_default();
        label.starts_with(name)
    });
    let row = row.unwrap();
    for _ in 0..times {
        row.click_modifiers(modifiers);
    }
    settle(window);
}

fn press(window: &mut Window, modifiers: Modifiers, key: Key) {
    window.key_press_modifiers(modifiers, key);
    settle(window);
}

/// Names of the results that are selected.
fn selected(window: &Window) -> Vec<String> {
    let state = &window.state().state;
    let chosen = state.results.selection.chosen.iter();
    let name = |&index: &usize| {
        let path = &state.finished[index].path;
        path.file_name().unwrap().to_string_lossy().into_owned()
    };
    chosen.map(name).collect()
}

fn shows(window: &Window, screen: Screen) -> bool {
    window.state().state.screen == screen
}

#[test]
fn of_a_thousand_results_only_those_that_are_seen_are_drawn() {
    let desk = Desk::new();
    let mut window = results(&desk);
    let finished = &mut window.state_mut().state.finished;
    let first = finished.clone();
    finished.clear();
    for (number, result) in (0..1000).zip(first.iter().cycle()) {
        let mut result = result.clone();
        result.path = PathBuf::from(format!("/works/work {number:04}.png"));
        finished.push(result);
    }
    settle(&mut window);
    let drawn = rows(&window).len();
    assert!((5..40).contains(&drawn), "{drawn} rows are drawn");

    window.get_by_role_and_label(Role::Grid, "Results").focus();
    settle(&mut window);
    press(&mut window, Modifiers::NONE, Key::End);
    assert_eq!(selected(&window), ["work 0999.png"]);
    let seen = rows(&window);
    assert!(
        seen.iter().any(|row| row.starts_with("work 0999")),
        "{seen:?}"
    );
    press(&mut window, Modifiers::NONE, Key::ArrowUp);
    assert_eq!(selected(&window), ["work 0998.png"]);
    press(&mut window, Modifiers::NONE, Key::Home);
    press(&mut window, Modifiers::SHIFT, Key::ArrowDown);
    assert_eq!(selected(&window), ["work 0000.png", "work 0001.png"]);
    let seen = rows(&window);
    assert!(
        seen.iter().any(|row| row.starts_with("work 0000")),
        "{seen:?}"
    );
    press(&mut window, Modifiers::NONE, Key::PageDown);
    let before = window.state().state.results.selection.reached;
    assert!(
        before.is_some_and(|reached| (4..40).contains(&reached)),
        "{before:?}"
    );
    press(&mut window, Modifiers::COMMAND, Key::A);
    assert_eq!(selected(&window).len(), 1000);
}

#[test]
fn arrows_go_through_the_table_as_it_is_sorted() {
    let desk = Desk::new();
    let mut window = results(&desk);
    let header = "Sort by Direction";
    window
        .get_by_role_and_label(Role::ColumnHeader, header)
        .click();
    settle(&mut window);
    let state = &window.state().state;
    let order = state.listed();
    let number = |index: usize| Column::Direction.number(&state.finished[index]);
    assert!(
        order.is_sorted_by(|&a, &b| number(a) >= number(b)),
        "{order:?}"
    );
    let names: Vec<String> = order
        .iter()
        .map(|&index| Column::Artwork.text(&state.finished[index]))
        .collect();
    click_row(&mut window, &names[2], Modifiers::NONE, 1);
    press(&mut window, Modifiers::NONE, Key::ArrowDown);
    assert_eq!(selected(&window), [names[3].clone()]);
    // The list keeps the arrows; Tab leaves it at once.
    window.key_press(Key::Tab);
    settle(&mut window);
    let list = window.get_by_role_and_label(Role::Grid, "Results");
    assert!(!list.is_focused());
}

#[test]
fn a_click_selects_and_a_double_click_opens() {
    let desk = Desk::new();
    let mut window = results(&desk);
    let delay = |window: &Window, seconds: f64| {
        let ctx = window.ctx.clone();
        ctx.options_mut(|options| options.input_options.max_double_click_delay = seconds);
    };
    // A frame here lasts as long as a double click may.
    delay(&window, 5.0);
    click_row(&mut window, "Study 4", Modifiers::NONE, 2);
    assert!(shows(&window, Screen::Compare));
    let shown = window.state().state.shown_result().unwrap();
    assert!(shown.path.ends_with("Study 4.png"));

    delay(&window, 0.0);
    turn_to(&mut window, Screen::Results);
    settle(&mut window);
    click_row(&mut window, "Study 1", Modifiers::NONE, 1);
    assert!(shows(&window, Screen::Results));
    assert_eq!(selected(&window), ["Study 1.png"]);
    click_row(&mut window, "Study 3", Modifiers::COMMAND, 1);
    assert_eq!(selected(&window), ["Study 1.png", "Study 3.png"]);
}

#[test]
fn two_results_lie_side_by_side_with_one_zoom() {
    let desk = Desk::new();
    let mut window = results(&desk);
    let pair = Command::CompareSelected;
    click_row(&mut window, "Study 1", Modifiers::NONE, 1);
    assert!(pair.refused(&window.state().state).is_some());
    click_row(&mut window, "The fisherman", Modifiers::COMMAND, 1);
    window.get_by_label("Side by side").click();
    settle(&mut window);
    assert!(shows(&window, Screen::Compare));
    until(&mut window, "the pictures of both", |window| {
        let panes = window.query_all_by_role_and_label(Role::Image, "Recovered");
        panes.count() == 2
    });
    for name in ["The fisherman.png ·", "Study 1.png ·"] {
        assert!(has_text(&window, name), "{name} is not named");
    }
    assert_eq!(window.query_all_by_label("Wipe").count(), 1);
    window.get_by_label("Show only the first").click();
    settle(&mut window);
    until(&mut window, "one", |window| {
        let panes = window.query_all_by_role_and_label(Role::Image, "Recovered");
        panes.count() == 1
    });
    assert!(window.state().state.shown_pair().is_none());
}

#[test]
fn results_are_searched_and_filtered() {
    let desk = Desk::new();
    let mut window = results(&desk);
    assert_eq!(rows(&window).len(), 7);
    type_into(&mut window, "Search the results", "study");
    assert_eq!(rows(&window).len(), 5);
    assert!(has_text(&window, "5 of 7 results"));
    type_into(&mut window, "Score from", "0.3");
    assert_eq!(rows(&window).len(), 3);
    type_into(&mut window, "Score to", "0.5");
    assert_eq!(rows(&window).len(), 2);
    // What is not seen any more is not selected either.
    click_row(&mut window, "Study 1", Modifiers::NONE, 1);
    click_row(&mut window, "Study 3", Modifiers::COMMAND, 1);
    type_into(&mut window, "Search the results", " 3");
    until(&mut window, "the hidden one to be let go", |window| {
        selected(window) == ["Study 3.png"]
    });
    window.get_by_label("Show all").click();
    settle(&mut window);
    assert_eq!(rows(&window).len(), 7);
    type_into(&mut window, "Search the results", "nothing like it");
    assert!(has_text(&window, "No result is like that"));
}

#[test]
fn stars_are_kept_with_the_settings_and_not_in_the_case() {
    let desk = Desk::new();
    let mut window = results(&desk);
    let folder = window.state().state.finished[0].case.clone();
    let record = std::fs::read(folder.join("case.json")).unwrap();
    let star = "Star Study 2.png";
    window.get_by_role_and_label(Role::CheckBox, star).click();
    settle(&mut window);
    click_row(&mut window, "Study 5", Modifiers::NONE, 1);
    press(&mut window, Modifiers::NONE, Key::S);
    drop(window);
    assert_eq!(std::fs::read(folder.join("case.json")).unwrap(), record);

    // They follow the case to where it is moved.
    let moved = desk.path("moved away");
    std::fs::rename(&folder, &moved).unwrap();
    let mut window = desk.open(Opening::Case(moved));
    turn_to(&mut window, Screen::Results);
    let starred = ResultsFilter {
        state: palimpsest::app::light_table::ResultState::Starred,
        ..ResultsFilter::default()
    };
    dispatch(&mut window, Command::FilterResults(Box::new(starred)));
    let kept = rows(&window);
    assert_eq!(kept.len(), 2, "{kept:?}");
    assert!(
        kept.iter().all(|row| row.ends_with(", starred")),
        "{kept:?}"
    );
}

#[test]
fn the_same_work_against_two_models_stands_in_one_row() {
    let desk = Desk::new();
    let mut window = results(&desk);
    examined_with_another_model(&mut window);
    dispatch(&mut window, Command::ShowAsMatrix(true));
    let cells: Vec<_> = window
        .query_all_by_role(Role::GridCell)
        .filter(|cell| {
            let label = cell.accesskit_node().label().unwrap_or_default();
            label.starts_with("Girl with a scarf")
        })
        .map(|cell| cell.rect())
        .collect();
    assert_eq!(cells.len(), 2);
    assert_eq!(cells[0].top(), cells[1].top());
    assert!(cells[0].right() <= cells[1].left());
    // From the comparison of one, the other is laid beside it.
    dispatch(&mut window, Command::ShowResult(0));
    let other = "Beside it 2: another-model, 2-cell blocks";
    window.get_by_label(other).click();
    settle(&mut window);
    assert_eq!(window.state().state.beside, Some(7));
    dispatch(&mut window, Command::ShowAsMatrix(true));
    // By keys: to the other model, and back to the table of that model alone.
    window.get_by_role_and_label(Role::Grid, "Results").focus();
    settle(&mut window);
    press(&mut window, Modifiers::NONE, Key::Home);
    press(&mut window, Modifiers::NONE, Key::ArrowRight);
    let reached = window.state().state.results.selection.reached;
    assert_eq!(reached, Some(7));
    let other = ResultsFilter {
        model: reached,
        ..ResultsFilter::default()
    };
    dispatch(&mut window, Command::FilterResults(Box::new(other)));
    dispatch(&mut window, Command::ShowAsMatrix(false));
    assert_eq!(rows(&window).len(), 5);
}
