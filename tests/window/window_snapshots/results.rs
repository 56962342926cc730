//! Looks of results: a work compared, a case, the light table, two models.

use super::*;

#[test]
fn a_work_of_a_case_compared() {
    looks(
        "compare",
        USUAL,
        |folder| Opening::Case(case(folder)),
        |window| until(window, "the case", |window| shows(window, Screen::Compare)),
    );
}

#[test]
fn controls_to_be_added_to_a_case() {
    looks(
        "adding_controls",
        LEAST,
        |folder| Opening::Case(case(folder)),
        |window| {
            until(window, "the case", |window| shows(window, Screen::Compare));
            let state = &mut window.state_mut().state;
            let case = state.finished[0].case.clone();
            let name = |number: u32| format!("drawer {number}/untitled {number} (1998).tif").into();
            state.overlay = Overlay::AddControls(AddedControls {
                case,
                pictures: (1..=12).map(name).collect(),
                declared: String::new(),
            });
        },
    );
}

#[test]
fn the_results_of_a_case() {
    looks(
        "results",
        USUAL,
        |folder| Opening::Case(case(folder)),
        |window| turn_to(window, Screen::Results),
    );
}

#[test]
fn a_case_as_a_whole() {
    looks(
        "case",
        USUAL,
        |folder| Opening::Case(case(folder)),
        |window| turn_to(window, Screen::Case),
    );
}

#[test]
fn the_results_of_a_case_in_a_small_window() {
    looks(
        "results_small",
        LEAST,
        |folder| Opening::Case(case(folder)),
        |window| {
            turn_to(window, Screen::Results);
            let ctx = window.ctx.clone();
            for command in [Command::SortBy(Column::Direction), Command::Star(3, true)] {
                window.state_mut().dispatch(&ctx, command);
            }
            let selection = Selection::only(1).reaching(&[0, 1], 0, true, false);
            let select = Command::SelectResults(Box::new(selection));
            window.state_mut().dispatch(&ctx, select);
        },
    );
}

#[test]
fn the_results_against_two_models() {
    looks(
        "matrix",
        USUAL,
        |folder| Opening::Case(case(folder)),
        |window| {
            turn_to(window, Screen::Results);
            examined_with_another_model(window);
            let ctx = window.ctx.clone();
            window
                .state_mut()
                .dispatch(&ctx, Command::ShowAsMatrix(true));
        },
    );
}

#[test]
fn two_results_side_by_side() {
    looks(
        "side_by_side",
        USUAL,
        |folder| Opening::Case(case(folder)),
        |window| {
            turn_to(window, Screen::Results);
            let ctx = window.ctx.clone();
            let selection = Selection::only(0).reaching(&[0, 1], 1, true, false);
            let select = Command::SelectResults(Box::new(selection));
            for command in [select, Command::CompareSelected] {
                window.state_mut().dispatch(&ctx, command);
            }
        },
    );
}

/// Adds the first five results once more, as if they had been found with another fine-tuned model.
pub fn examined_with_another_model(window: &mut Window) {
    let finished = &mut window.state_mut().state.finished;
    let mut others: Vec<_> = finished.iter().take(5).cloned().collect();
    for other in &mut others {
        let mut findings = (*other.findings).clone();
        let model = &mut findings.plan.finetuned.identity;
        model.sha256 = Digest::of(b"another model");
        model.path = RecordedPath::new(Path::new("/models/another-model"));
        findings.recovery.direction = findings.recovery.direction.map(|it| it / 2.0);
        other.findings = findings.into();
    }
    finished.extend(others);
}

pub fn turn_to(window: &mut Window, screen: Screen) {
    until(window, "the case", |window| shows(window, Screen::Compare));
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, Command::Show(screen));
    assert!(shows(window, screen));
}

pub fn shows(window: &Window, screen: Screen) -> bool {
    window.state().state.screen == screen
}
