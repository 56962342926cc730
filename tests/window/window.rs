//! The window as a user works with it: the real program, driven by its labels.

use crate::desk;

use std::fs;
use std::path::Path;

use eframe::egui::{Key, Modifiers, Role};
use eframe::egui_wgpu::{RenderState, wgpu};
use egui_kittest::kittest::{NodeT, Queryable};
use serde_json::json;

use palimpsest::app::state::Screen;
use palimpsest::app::{Answer, Command, Opening, gpu};
use palimpsest_diffusion::Latent;

use desk::{Desk, Window, can_start, drop_file, has_text, settle, until};

/// The pixels of a texture of 8-bit values.
fn read(device: &RenderState, texture: &wgpu::Texture) -> Vec<[u8; 4]> {
    let (width, height) = (texture.width(), texture.height());
    let row = (width * 4).div_ceil(256) * 256;
    let buffer = device.device.create_buffer(&wgpu::BufferDescriptor {
        label: None,
        size: u64::from(row * height),
        usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
        mapped_at_creation: false,
    });
    let mut encoder = device.device.create_command_encoder(&Default::default());
    let layout = wgpu::TexelCopyBufferLayout {
        offset: 0,
        bytes_per_row: Some(row),
        rows_per_image: None,
    };
    let to = wgpu::TexelCopyBufferInfo {
        buffer: &buffer,
        layout,
    };
    encoder.copy_texture_to_buffer(texture.as_image_copy(), to, texture.size());
    device.queue.submit([encoder.finish()]);
    buffer.slice(..).map_async(wgpu::MapMode::Read, |_| {});
    device
        .device
        .poll(wgpu::PollType::wait_indefinitely())
        .unwrap();
    let bytes = buffer.slice(..).get_mapped_range().unwrap();
    let rows = bytes.chunks_exact(row as usize);
    rows.flat_map(|row| row[..width as usize * 4].chunks_exact(4))
        .map(|pixel| [pixel[0], pixel[1], pixel[2], pixel[3]])
        .collect()
}

#[test]
fn an_empty_desk_says_what_to_do() {
    let desk = Desk::new();
    let mut window = desk.open(Opening::Desk(Vec::new()));
    window.run();
    window.get_by_label("Open artworks…");
    window.get_by_label("Run the demonstration");
    assert!(window.query_by_label("Start").is_none());
    // Nothing was ever chosen here.
    window
        .get_by_label("What is needed for your own works")
        .click();
    window.run();
    assert!(has_text(&window, "The model under suspicion"));
}

#[test]
fn the_demonstration_examines_its_own_works_and_no_others() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let other = desk.works(1);
    let mut window = desk.open(Opening::Desk(other.clone()));
    until(&mut window, "the models to be looked at", can_start);
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, Command::Demonstration);
    let run = window.state().state.run.as_ref().unwrap();
    let examined: Vec<_> = (run.cases.iter())
        .flat_map(|case| &case.examinations)
        .collect();
    assert_eq!(examined.len(), 21);
    assert!(examined.iter().all(|work| work.path != other[0]));
    assert_eq!(window.state().state.queue.works.len(), 22);
    window.state_mut().dispatch(&ctx, Command::Stop);
    until(&mut window, "the run to end", |window| {
        window.state().state.run.is_none()
    });
}

#[test]
fn a_dropped_artwork_is_recovered_compared_and_reopened() {
    let Some(mut desk) = Desk::drawn("a_dropped_artwork_is_recovered_compared_and_reopened") else {
        return;
    };
    desk.keep(json!({}));
    let works = desk.works(1);
    let mut window = desk.open(Opening::Desk(Vec::new()));
    drop_file(&mut window, &works[0]);
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();

    let mut seen = Vec::new();
    until(&mut window, "the end of the run", |window| {
        // Painted, so that the device has drawn the newest latent.
        if let Some(run) = &window.state().state.run
            && let (Some(newest), Some(seen_now)) = (&run.live.newest, &run.live.seen)
            && seen.iter().all(|(step, _)| *step != newest.step)
        {
            let latent = Latent::new(newest.shape, newest.values.to_vec()).unwrap();
            let colours = seen_now
                .colours
                .as_ref()
                .expect("four channels have colours");
            let expected = colours.picture(&latent, seen_now.factor).unwrap();
            let (step, number) = (newest.step, seen_now.number);
            window.render().unwrap();
            let device = desk.device.as_ref().unwrap();
            let texture = gpu::preview_texture(device, number).expect("the preview is drawn");
            let drawn = read(device, &texture);
            for (drawn, expected) in drawn.iter().zip(expected.pixels()) {
                for (a, b) in drawn.iter().zip(expected.0) {
                    assert!(
                        a.abs_diff(b) <= 1,
                        "step {step}: {drawn:?} for {expected:?}"
                    );
                }
            }
            seen.push((step, drawn));
        }
        window.state().state.run.is_none()
    });
    assert!(seen.len() >= 2, "only {} latents were shown", seen.len());
    assert_ne!(
        seen[0].1, seen[1].1,
        "the preview did not change between steps"
    );

    // The comparison opened by itself, and says what was found.
    let state = &window.state().state;
    assert_eq!(state.screen, Screen::Compare);
    let finished = state.shown_result().unwrap();
    let direction = finished.findings.recovery.direction.unwrap();
    let case = finished.case.clone();
    until(&mut window, "the pictures to be read", |window| {
        window.query_by_label("Wipe").is_some()
    });
    assert!(has_text(&window, &format!("{direction:+.3}")));
    assert!(has_text(&window, "CLIP was not evaluated"));
    window.get_by_label("Wipe").click();
    window.step();
    window.key_press(Key::Num5);
    settle(&mut window);
    assert!(has_text(&window, "Difference: Original and Recovered"));

    drop(window);
    desk.device = None;
    let mut again = desk.open(Opening::Case(case));
    until(&mut again, "the case to be read", |window| {
        !window.state().state.finished.is_empty()
    });
    assert_eq!(again.state().state.finished.len(), 1);
    settle(&mut again);
    assert!(has_text(&again, &format!("{direction:+.3}")));
}

#[test]
fn a_run_is_paused_gone_on_with_stopped_and_resumed_from_its_case() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 400}}}));
    let works = desk.works(1);
    let mut window = desk.open(Opening::Desk(works));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    let step = |window: &Window| {
        let run = window.state().state.run.as_ref();
        run.and_then(|run| run.live.step().map(|step| step.step))
            .unwrap_or(0)
    };
    until(&mut window, "a first step", |window| step(window) > 0);
    window.get_by_label("Pause").click();
    settle(&mut window);
    window.get_by_label("Resume");
    // The step under way is done first, which takes its time on a busy machine.
    until(&mut window, "the run to stand still", |window| {
        let run = window.state().state.run.as_ref();
        run.is_some_and(|run| run.halted)
    });
    let paused_at = step(&window);
    assert!(paused_at < 400, "it went on although it was paused");
    // It answers while it stands, and does nothing else.
    for _ in 0..3 {
        if let Some(run) = &mut window.state_mut().state.run {
            run.live.newest = None;
        }
        until(&mut window, "its latent", |window| {
            let run = window.state().state.run.as_ref();
            run.is_some_and(|run| run.live.newest.is_some())
        });
        let run = window.state().state.run.as_ref().unwrap();
        let newest = run.live.newest.as_ref().unwrap();
        assert_eq!((newest.step, step(&window)), (paused_at, paused_at));
    }
    window.get_by_label("Resume").click();
    until(&mut window, "another step", |window| {
        step(window) > paused_at
    });
    window.get_by_label("Stop").click();
    until(&mut window, "the run to end", |window| {
        window.state().state.run.is_none()
    });
    until(&mut window, "the offer to go on", |window| {
        window.query_by_label("Resume").is_some()
    });
    let notice = window.state().state.notices.last().unwrap().clone();
    assert!(notice.text.contains("stopped"), "{}", notice.text);

    window.get_by_label("Resume").click();
    until(&mut window, "the case to go on", |window| {
        step(window) >= paused_at
    });
    window.get_by_label("Stop").click();
    until(&mut window, "the run to end", |window| {
        window.state().state.run.is_none()
    });
}

#[test]
fn a_damaged_picture_and_a_misfitting_model_say_what_is_wrong() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let mut works = desk.works(1);
    let damaged = desk.path("damaged.png");
    let bytes = fs::read(&works[0]).unwrap();
    fs::write(&damaged, &bytes[..bytes.len() / 2]).unwrap();
    works.push(damaged.clone());
    let mut window = desk.open(Opening::Desk(works));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    until(&mut window, "the run to end", |window| {
        let state = &window.state().state;
        state.run.is_none() && !state.finished.is_empty()
    });
    let queue = &window.state().state.queue;
    let failed = queue.by_path(&damaged).unwrap().failed.clone().unwrap();
    assert!(failed.contains("damaged.png is cut short"), "{failed}");
    assert_eq!(window.state().state.finished.len(), 1);

    // A model of another structure cannot be started with, and the reason stands there.
    let sd1 = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/sd1/finetuned");
    drop_file(&mut window, &sd1);
    until(&mut window, "the misfit to be found", |window| {
        let refused = window.state().state.refuses_start();
        refused.is_some_and(|refused| !refused.contains("Looking"))
    });
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num1);
    settle(&mut window);
    let refused = window.state().state.refuses_start().unwrap();
    assert!(has_text(&window, &refused), "{refused}");
    let start = window.get_by_role_and_label(Role::Button, "Start");
    assert!(start.accesskit_node().is_disabled());
}

#[test]
fn the_queue_and_the_settings_are_undone_and_kept() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let works = desk.works(3);
    let mut window = desk.open(Opening::Desk(works));
    window.step();
    let names = |window: &Window| -> Vec<String> {
        let works = &window.state().state.queue.works;
        works.iter().map(|work| work.name()).collect()
    };
    let before = names(&window);
    window.key_press_modifiers(Modifiers::ALT, Key::ArrowDown);
    settle(&mut window);
    assert_eq!(
        names(&window),
        [&before[1], &before[0], &before[2]].map(String::clone)
    );
    window.key_press(Key::Delete);
    settle(&mut window);
    assert_eq!(names(&window).len(), 2);
    for _ in 0..2 {
        window.key_press_modifiers(Modifiers::COMMAND, Key::Z);
        settle(&mut window);
    }
    assert_eq!(names(&window), before);

    // What is known of the models moves what stands below it.
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("right half").click();
    settle(&mut window);
    window.get_by_label("All settings").click_accesskit();
    settle(&mut window);
    window.get_by_label("Whole picture").click_accesskit();
    settle(&mut window);
    until(&mut window, "the models to be looked at", can_start);
    drop(window);
    let again = desk.open(Opening::Desk(Vec::new()));
    let set_up = &again.state().state.preferences.set_up;
    assert_eq!(set_up.frame.to_string(), "bucket");
    let masks = &set_up.masks;
    assert_eq!(
        masks.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["half"]
    );
}

#[test]
fn every_command_is_found_by_typing() {
    let desk = Desk::new();
    let mut window = desk.open(Opening::Desk(Vec::new()));
    window.step();
    window.key_press_modifiers(Modifiers::COMMAND, Key::K);
    settle(&mut window);
    window
        .get_by_label("Find a command")
        .type_text("dark theme");
    settle(&mut window);
    window.key_press(Key::Enter);
    settle(&mut window);
    assert_eq!(
        window.state().state.preferences.theme,
        palimpsest::app::preferences::Theme::Dark
    );
}

#[test]
fn where_no_dialog_answers_the_path_is_typed() {
    let desk = Desk::new();
    desk.keep(json!({}));
    let works = desk.works(1);
    desk.answers.0.borrow_mut().push(Answer::Unavailable);
    let mut window = desk.open(Opening::Desk(Vec::new()));
    window.step();
    window.get_by_label("Open artworks…").click();
    until(&mut window, "the field", |window| {
        window.query_by_label("Cancel").is_some()
    });
    let field = window.get_by_role_and_label(Role::TextInput, "Open artworks");
    field.type_text(&works[0].display().to_string());
    settle(&mut window);
    window.get_by_label("Open").click();
    until(&mut window, "the artwork", |window| {
        !window.state().state.queue.works.is_empty()
    });
}

#[test]
fn closing_during_a_run_asks_and_a_case_left_by_a_crash_is_offered() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 400}}}));
    let works = desk.works(1);
    let mut window = desk.open(Opening::Desk(works));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    until(&mut window, "a step", |window| {
        let run = window.state().state.run.as_ref();
        run.is_some_and(|run| run.live.step().is_some())
    });
    window.key_press_modifiers(Modifiers::COMMAND, Key::Q);
    settle(&mut window);
    window.get_by_label("Stop the run and quit?");
    window.get_by_label("Go on with the run").click();
    settle(&mut window);
    assert!(window.state().state.run.is_some());
    // As after a crash: the program is gone, its settings as they were during the run.
    drop(window);
    let mut again = desk.open(Opening::Desk(Vec::new()));
    // It is read beside the frame.
    until(&mut again, "the offer to go on", |again| {
        has_text(again, "was under way when the program ended")
    });
    again.get_by_label("Resume");
}

#[test]
fn a_true_decoding_is_shown_beside_the_preview() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 2000}, "decode_every": 1}}));
    let works = desk.works(1);
    let mut window = desk.open(Opening::Desk(works));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    until(&mut window, "a decoding", |window| {
        let run = window.state().state.run.as_ref();
        run.is_some_and(|run| run.live.decoded.is_some() && !run.live.structural.is_empty())
    });
    settle(&mut window);
    window.get_by_label_contains("Decoded at step").click();
    settle(&mut window);
    assert!(window.state().state.shows_decoded);
    window.get_by_label("Stop").click();
    until(&mut window, "the run to end", |window| {
        window.state().state.run.is_none()
    });
}

#[test]
fn artworks_times_masks_become_a_table_a_matrix_and_a_file() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 2}, "masks": ["block:4", "half"]}}));
    let works = desk.works(2);
    let mut window = desk.open(Opening::Desk(works));
    until(&mut window, "the models to be looked at", can_start);
    window.get_by_label("Start").click();
    until(&mut window, "the run to end", |window| {
        let state = &window.state().state;
        state.run.is_none() && state.finished.len() == 4
    });
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num4);
    settle(&mut window);
    window
        .get_by_role_and_label(Role::ColumnHeader, "Sort by Direction")
        .click();
    settle(&mut window);
    let rows: Vec<_> = window.query_all_by_role(Role::Row).collect();
    let directions = rows.iter().map(|row| {
        let label = row.accesskit_node().label().unwrap();
        label.rsplit(' ').next().unwrap().parse::<f64>().unwrap()
    });
    let directions: Vec<_> = directions.collect();
    assert_eq!(directions.len(), 4);
    assert!(directions.is_sorted_by(|a, b| a >= b), "{directions:?}");
    drop(rows);

    let table = desk.path("table.csv");
    let answer = Answer::Chosen(vec![table.clone()]);
    desk.answers.0.borrow_mut().push(answer);
    window.get_by_label("Export the table…").click();
    until(&mut window, "the file", |_| table.exists());
    let text = fs::read_to_string(&table).unwrap();
    assert_eq!(text.lines().count(), 5);
    let fields = |line: &str| {
        let outside = line.split('"').step_by(2).collect::<String>();
        outside.split(',').count()
    };
    assert!(text.lines().all(|line| fields(line) == 15), "{text}");

    window.get_by_label("Matrix").click();
    settle(&mut window);
    let right_half = |node: &egui_kittest::Node<'_>| {
        let label = node.accesskit_node().label().unwrap_or_default();
        label.contains("mask right half")
    };
    let cell = window.query_all_by_role(Role::GridCell).find(right_half);
    cell.unwrap().click();
    settle(&mut window);
    assert_eq!(window.state().state.screen, Screen::Results);
    window.key_press(Key::Enter);
    settle(&mut window);
    let state = &window.state().state;
    assert_eq!(state.screen, Screen::Compare);
    assert_eq!(state.shown_result().unwrap().mask.to_string(), "half");
}

#[test]
fn the_square_that_is_examined_is_moved_and_recorded() {
    let desk = Desk::new();
    desk.keep(json!({"set_up": {"overrides": {"steps": 1}}}));
    let wide = desk.path("wide.png");
    let picture = image::RgbImage::from_fn(256, 128, |x, y| image::Rgb([x as u8, y as u8, 90]));
    picture.save(&wide).unwrap();
    let mut window = desk.open(Opening::Desk(vec![wide]));
    until(&mut window, "the models to be looked at", can_start);
    let square = "The square that is examined: drag it, or move it with the arrow keys";
    until(&mut window, "the picture", |window| {
        window.query_by_label(square).is_some()
    });
    window.get_by_label(square).focus();
    settle(&mut window);
    for _ in 0..20 {
        window.key_press(Key::ArrowRight);
        settle(&mut window);
    }
    window.get_by_label("Start").click();
    until(&mut window, "the run to end", |window| {
        let state = &window.state().state;
        state.run.is_none() && state.finished.len() == 1
    });
    let finished = &window.state().state.finished[0];
    assert_eq!(finished.findings.artwork.crop.place(), 1.0);
    let original = finished.case.join(&finished.findings.files.original);
    let examined = image::open(original).unwrap().into_rgb8();
    assert_eq!(examined.dimensions(), (128, 128));
    assert_eq!(examined.get_pixel(0, 5).0, [128, 5, 90]);
}
