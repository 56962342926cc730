//! A whole case in the window: roles, the verdict, the exhibit, the archive, the verification.

use crate::desk;

use std::fs;
use std::path::Path;

use eframe::egui::{Key, Modifiers, Role};
use egui_kittest::kittest::{NodeT, Queryable};
use serde_json::{Value, json};

use palimpsest::app::state::{Overlay, Screen};
use palimpsest::app::{Answer, Command, Opening};
use palimpsest_record::case::Role as CaseRole;
use palimpsest_record::language::Language;

use desk::{Desk, Window, can_start, drop_file, has_text, settle, type_into, until};

#[test]
fn roles_are_set_and_undone_and_a_case_needs_a_questioned_work() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let works = desk.works(4);
    let (own, others) = works.split_at(2);
    let mut window = desk.open(Opening::Desk(own.to_vec()));
    until(&mut window, "the models to be looked at", can_start);
    let roles = |window: &Window| -> Vec<CaseRole> {
        let works = &window.state().state.queue.works;
        works.iter().map(|work| work.role).collect()
    };
    assert_eq!(roles(&window), [CaseRole::Questioned; 2]);
    assert!(!has_text(&window, "How they are known"));

    // By the palette, for the selected one.
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut window);
    let field = window.get_by_label("Find a command");
    field.type_text("set as negative");
    settle(&mut window);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(roles(&window), [CaseRole::Negative, CaseRole::Questioned]);
    assert!(has_text(&window, "negative control, waiting"));
    let field = "How they are known not to have been used";
    type_into(&mut window, field, "painted last week");
    assert_eq!(
        window.state().state.preferences.set_up.known_unused,
        "painted last week"
    );

    // By the menu of a row.
    let second = window.state().state.queue.works[1].name();
    window
        .get_by_label_contains(&format!("{second}, questioned"))
        .click_secondary();
    settle(&mut window);
    window.get_by_label("Set as positive control").click();
    settle(&mut window);
    assert_eq!(roles(&window), [CaseRole::Negative, CaseRole::Positive]);
    let refused = window.state().state.refuses_start().unwrap();
    assert!(refused.contains("No work is questioned"), "{refused}");
    for _ in 0..3 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
    }
    assert_eq!(roles(&window), [CaseRole::Questioned; 2]);

    // A folder opened as controls.
    let folder = desk.path("controls");
    fs::create_dir(&folder).unwrap();
    for work in others {
        fs::copy(work, folder.join(work.file_name().unwrap())).unwrap();
    }
    let answer = Answer::Chosen(vec![folder]);
    desk.answers.0.borrow_mut().push(answer);
    let ctx = window.ctx.clone();
    let open = Command::OpenControls(CaseRole::Negative);
    window.state_mut().dispatch(&ctx, open);
    until(&mut window, "the controls", |window| {
        roles(window).len() == 4
    });
    assert_eq!(roles(&window)[2..], [CaseRole::Negative; 2]);
}

#[test]
fn a_case_with_controls_concludes_is_printed_archived_and_verified() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {
        "overrides": {"steps": 2},
        "known_unused": "kept in a drawer",
        "inquiry": {"self_test": true, "own_outputs": 1},
    }}));
    let works = desk.works(8);
    let mut window = desk.open(Opening::Desk(works));
    until(&mut window, "the models to be looked at", can_start);
    // The controls come first in the queue, and the questioned works last.
    let ids: Vec<_> = (window.state().state.queue.works.iter())
        .map(|work| work.id)
        .collect();
    let ctx = window.ctx.clone();
    for id in &ids[..6] {
        let set = Command::SetRole(*id, CaseRole::Negative);
        window.state_mut().dispatch(&ctx, set);
    }
    window.get_by_label("Start").click();
    until(&mut window, "the run to end", |window| {
        let state = &window.state().state;
        state.run.is_none() && state.finished.len() == 8
    });
    let state = &window.state().state;
    let case = state.finished[0].case.clone();
    assert!(state.finished.iter().all(|finished| finished.case == case));
    // What was found of a work is kept with that work.
    for finished in &state.finished {
        let recorded = finished.findings.artwork.path.as_path();
        assert_eq!(recorded, finished.path);
    }
    let record: Value = serde_json::from_slice(&fs::read(case.join("case.json")).unwrap()).unwrap();
    let entries = record["artworks"].as_array().unwrap();
    assert!(entries[0].get("role").is_none(), "{}", entries[0]);
    assert_eq!(entries[2]["role"], "negative");
    assert_eq!(entries[2]["declared"], "kept in a drawer");

    let assessment: Value =
        serde_json::from_slice(&fs::read(case.join("assessment.json")).unwrap()).unwrap();
    let sentence = assessment["sentences"][0].as_str().unwrap().to_owned();
    let questioned = (state.finished.iter())
        .position(|finished| state.queue.by_path(&finished.path).unwrap().id == ids[6])
        .unwrap();
    let show = Command::ShowResult(questioned);
    window.state_mut().dispatch(&ctx, show);
    until(&mut window, "the sentence", |window| {
        has_text(window, &sentence)
    });
    assert!(has_text(&window, "Likelihood ratio"));

    let exhibit = desk.path("exhibit.pdf");
    let answer = Answer::Chosen(vec![exhibit.clone()]);
    desk.answers.0.borrow_mut().push(answer);
    window.get_by_label("Export exhibit…").click();
    until(&mut window, "the first page", |window| {
        has_text(window, "Page 1 of the exhibit")
    });
    // In the court's language, which is kept for the next one.
    window.get_by_label("Deutsch").click();
    until(&mut window, "what binds", |window| {
        has_text(
            window,
            "The record stays English and binds; page 1 says so.",
        )
    });
    type_into(&mut window, "Exhibit number", "P-7");
    window.get_by_label("Next page").click();
    until(&mut window, "the second page", |window| {
        has_text(window, "Page 2 of the exhibit")
    });
    // What is empty is asked for, and may stay so.
    window.get_by_label("Save as…").click();
    settle(&mut window);
    assert!(has_text(&window, "The exhibit has no parties"));
    window.get_by_label("Fill them in").click();
    settle(&mut window);
    let parties = window.get_by_role_and_label(Role::TextInput, "Parties");
    assert!(parties.accesskit_node().is_focused());
    // Closed and opened again, it has what was typed.
    window.key_press(Key::Escape);
    settle(&mut window);
    window.get_by_label("Export exhibit…").click();
    until(&mut window, "the first page", |window| {
        has_text(window, "Page 1 of the exhibit")
    });
    let number = window.get_by_role_and_label(Role::TextInput, "Exhibit number");
    assert_eq!(number.accesskit_node().value().as_deref(), Some("P-7"));
    window.get_by_label("Letter").click();
    settle(&mut window);
    window.get_by_label("Save as…").click();
    settle(&mut window);
    window.get_by_label("Leave them empty…").click();
    until(&mut window, "the exhibit", |window| {
        let notices = &window.state().state.notices;
        notices.iter().any(|notice| notice.show.is_some())
    });
    let written = fs::read(&exhibit).unwrap();
    assert!(written.starts_with(b"%PDF"));
    let german = b"(de-DE)";
    assert!(written.windows(german.len()).any(|bytes| bytes == german));
    let preferences = &window.state().state.preferences;
    assert_eq!(preferences.exhibit.language(), Language::German);
    window.get_by_label("Show");
    let kept: Value =
        serde_json::from_slice(&fs::read(desk.path("settings.json")).unwrap()).unwrap();
    assert_eq!(kept["exhibit"]["letter"], true);
    an_exhibit_is_looked_at_alone(&desk, &exhibit);
    assert!(
        fs::read_to_string(case.join("journal.jsonl"))
            .unwrap()
            .contains("P-7")
    );

    let archive = desk.path("case.zip");
    let answer = Answer::Chosen(vec![archive.clone()]);
    desk.answers.0.borrow_mut().push(answer);
    window.state_mut().dispatch(&ctx, Command::ExportCase);
    until(&mut window, "the archive", |window| {
        let notices = &window.state().state.notices;
        notices
            .iter()
            .any(|notice| notice.text.contains("case.zip"))
    });
    assert!(fs::read(&archive).unwrap().starts_with(b"PK"));
    an_archive_is_looked_at(&desk, &archive);

    window.get_by_label("Show the case").click();
    until(&mut window, "the journal", |window| {
        has_text(
            window,
            "Case begun: 10 items, settings, question and primary score fixed",
        )
    });
    let remark = "signed at the lower right";
    let field = "Note on portrait-a2000-w00006.png, questioned";
    type_into(&mut window, field, remark);
    window.key_press(Key::Tab);
    until(&mut window, "the note", |_| {
        let journal = fs::read_to_string(case.join("journal.jsonl")).unwrap();
        journal.contains(remark)
    });

    window.get_by_label("Verify").click();
    until(&mut window, "the check", |window| {
        has_text(window, "The case holds")
    });
    assert!(has_text(&window, "Exhibit written: "));
    window.get_by_label("Verify and do over").click();
    until(&mut window, "the same results", |window| {
        has_text(window, "10 of 10")
    });

    let recovered = {
        let finished = &window.state().state.finished[questioned];
        finished.findings.files.recovered.clone()
    };
    let path = case.join(&recovered);
    let mut bytes = fs::read(&path).unwrap();
    *bytes.last_mut().unwrap() ^= 1;
    fs::write(&path, bytes).unwrap();
    window.get_by_label("Verify").click();
    until(&mut window, "the check", |window| {
        has_text(window, "The case does not hold")
    });
    assert!(has_text(&window, &recovered));
}

#[test]
fn variants_are_sealed_examined_and_ranked() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 1}}}));
    let work = desk.works(1);
    let mut window = desk.open(Opening::Desk(work));
    until(&mut window, "the models to be looked at", can_start);
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, Command::SealVariants);
    settle(&mut window);
    assert!(has_text(&window, "Seal variants before publishing"));
    assert!(has_text(
        &window,
        "With 20 of them no p-value is below 0.050."
    ));
    window.state_mut().state.overlay = Overlay::Sealing { variants: 3 };
    settle(&mut window);
    assert!(has_text(
        &window,
        "With 3 of them no p-value is below 0.33."
    ));
    let sealed = desk.path("sealed");
    fs::create_dir(&sealed).unwrap();
    let answer = |path| Answer::Chosen(vec![path]);
    desk.answers.0.borrow_mut().push(answer(sealed.clone()));
    window.get_by_label("Choose a folder for them…").click();
    let said = |window: &Window, text: &str| {
        let notices = &window.state().state.notices;
        notices.iter().any(|notice| notice.text.contains(text))
    };
    until(&mut window, "the seal", |window| said(window, "Publish "));
    let seal: Value =
        serde_json::from_slice(&fs::read(sealed.join("sealed.json")).unwrap()).unwrap();
    assert_eq!(seal["variants"].as_array().unwrap().len(), 3);
    let published = seal["published"].as_str().unwrap();
    assert!(said(&window, published) && said(&window, "the other 2 variants"));

    // A model has turned up.
    window.state_mut().dispatch(&ctx, Command::ClearQueue);
    let variants = (1..=3).map(|number| sealed.join(format!("variant-{number:04}.png")));
    window
        .state_mut()
        .dispatch(&ctx, Command::Add(variants.collect()));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    until(&mut window, "the run to end", |window| {
        let state = &window.state().state;
        state.run.is_none() && state.finished.len() == 3
    });
    desk.answers
        .0
        .borrow_mut()
        .push(answer(sealed.join("sealed.json")));
    window.state_mut().state.chosen = Some(0);
    window.state_mut().dispatch(&ctx, Command::RankVariants);
    until(&mut window, "the rank", |window| {
        said(window, "Of the other 2 variants, sealed at")
    });
    assert!(said(&window, published) && said(&window, "it cannot be less than 0.33"));
}

#[test]
fn a_result_without_controls_offers_to_add_them_and_goes_on_with_the_same_case() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 2}}}));
    let works = desk.works(6);
    let mut window = desk.open(Opening::Desk(works[..1].to_vec()));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    until(&mut window, "the run to end", |window| {
        let state = &window.state().state;
        state.run.is_none() && state.finished.len() == 1
    });
    let case = window.state().state.finished[0].case.clone();
    let ctx = window.ctx.clone();
    let show = Command::ShowResult(0);
    window.state_mut().dispatch(&ctx, show);
    let add = "Add works you know were not used…";
    until(&mut window, "the next step", |window| has_text(window, add));
    assert!(has_text(&window, "What may be believed now"));
    window.get_by_label(add).click();
    settle(&mut window);
    let answer = Answer::Chosen(works[1..].to_vec());
    desk.answers.0.borrow_mut().push(answer);
    window.get_by_label("Choose pictures…").click();
    until(&mut window, "the works", |window| {
        has_text(window, "5 works")
    });
    let field = "How they are known not to have been used";
    type_into(&mut window, field, "kept in a drawer");
    window.get_by_label("Examine them").click();
    until(&mut window, "the controls to be examined", |window| {
        let state = &window.state().state;
        state.run.is_none() && state.finished.len() == 6
    });
    let state = &window.state().state;
    assert!(state.finished.iter().all(|finished| finished.case == case));
    let record: Value = serde_json::from_slice(&fs::read(case.join("case.json")).unwrap()).unwrap();
    assert_eq!(record["artworks"][5]["declared"], "kept in a drawer");
    window.state_mut().dispatch(&ctx, Command::ShowResult(0));
    until(&mut window, "the verdict", |window| {
        has_text(window, "p-value")
    });
    assert!(!has_text(&window, add));
}

/// Another window that an exhibit is dropped on, without its case.
fn an_exhibit_is_looked_at_alone(desk: &Desk, exhibit: &Path) {
    let mut window = desk.open(Opening::Desk(Vec::new()));
    drop_file(&mut window, exhibit);
    until(&mut window, "the check", |window| {
        has_text(window, "What is attached to it holds")
    });
    assert!(has_text(&window, "What cannot be told without the case"));
    assert!(has_text(&window, "Whether its pages, pictures and figures"));
    assert!(window.state().state.finished.is_empty());
    window.key_press(Key::Escape);
    settle(&mut window);
    assert_eq!(window.state().state.overlay, Overlay::None);

    // One that somebody cut short is refused with a sentence.
    let bytes = fs::read(exhibit).unwrap();
    let cut = desk.path("cut.pdf");
    fs::write(&cut, &bytes[..bytes.len() / 2]).unwrap();
    drop_file(&mut window, &cut);
    until(&mut window, "the refusal", |window| {
        let notices = &window.state().state.notices;
        notices
            .iter()
            .any(|it| it.text.contains("cut.pdf cannot be checked"))
    });
}

/// Another window that an archive is dropped on: the case is shown and verified, and nothing can be written into it.
fn an_archive_is_looked_at(desk: &Desk, archive: &Path) {
    let mut window = desk.open(Opening::Desk(Vec::new()));
    drop_file(&mut window, archive);
    until(&mut window, "the case", |window| {
        !window.state().state.finished.is_empty()
    });
    let ctx = window.ctx.clone();
    let state = &window.state().state;
    let copy = state.finished[0].case.clone();
    assert!(copy.is_dir());
    assert!(
        state
            .notices
            .iter()
            .any(|notice| notice.text.contains("taken out of its archive"))
    );
    assert!(!state.preferences.recent_cases.contains(&copy));
    for refused in [
        Command::PrepareExhibit,
        Command::AddControls,
        Command::ExportCase,
    ] {
        assert!(
            refused
                .refused(state)
                .unwrap()
                .contains("nothing is written into it")
        );
    }
    assert_eq!(Command::CheckCase { replay: false }.refused(state), None);
    window
        .state_mut()
        .dispatch(&ctx, Command::Show(Screen::Case));
    until(&mut window, "the check", |window| {
        has_text(window, "The case holds")
    });
    assert!(has_text(&window, "As of 20"));
    drop(window);
    assert!(!copy.exists(), "the copy goes with the window");
}
