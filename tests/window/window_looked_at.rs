//! Pictures of every screen at every size and scale, and of what is seldom seen, to be looked at by a person. Run by hand:
//! `PALIMPSEST_PICTURES=FOLDER cargo test --test window looked_at -- --ignored`.

use std::fs;
use std::path::{Path, PathBuf};

use eframe::egui::{Key, Modifiers, Theme, Vec2, vec2};
use egui_kittest::Harness;
use egui_kittest::wgpu::WgpuTestRenderer;
use palimpsest::app::preferences::PreferencesFile;
use palimpsest::app::state::Screen;
use palimpsest::app::{App, Command, Opening, under_way};
use serde_json::json;

use crate::desk::{Answers, Window, can_start, has_text, until};
use crate::graphics;
use crate::window_snapshots::{case, live, shows, turn_to, work};

/// Sizes in points, with the scale of the screen.
const SIZES: [(Vec2, f32, &str); 6] = [
    (vec2(900.0, 600.0), 1.0, "900x600"),
    (vec2(1280.0, 800.0), 1.0, "1280x800"),
    (vec2(1920.0, 1080.0), 1.0, "1920x1080"),
    (vec2(1280.0, 720.0), 1.5, "1920x1080-150"),
    (vec2(960.0, 540.0), 2.0, "1920x1080-200"),
    (vec2(640.0, 400.0), 2.0, "1280x800-200"),
];

/// The folder for the pictures, where one is named.
fn pictures() -> PathBuf {
    let folder = std::env::var_os("PALIMPSEST_PICTURES");
    let folder = PathBuf::from(folder.expect("PALIMPSEST_PICTURES names a folder"));
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// Draws what `arrange` leads to, in both themes and at these sizes.
fn look(
    name: &str,
    sizes: &[(Vec2, f32, &str)],
    opening: impl Fn(&Path) -> Opening,
    arrange: impl Fn(&mut Window),
) {
    look_in("en", name, sizes, opening, arrange);
}

/// The same in a language, by its code.
fn look_in(
    language: &str,
    name: &str,
    sizes: &[(Vec2, f32, &str)],
    opening: impl Fn(&Path) -> Opening,
    arrange: impl Fn(&mut Window),
) {
    for (theme, called) in [(Theme::Dark, "dark"), (Theme::Light, "light")] {
        let device = graphics::device(name).expect("a driver that draws");
        let folder = tempfile::tempdir().unwrap();
        let opening = opening(folder.path());
        let kept = json!({
            "theme": called,
            "language": language,
            "cases": folder.path().join("cases"),
            "set_up": {"pretrained": "demo", "finetuned": "demo-finetuned"},
        });
        fs::write(folder.path().join("settings.json"), kept.to_string()).unwrap();
        let store = PreferencesFile::within(folder.path());
        let mut window: Window = Harness::builder()
            .with_size(sizes[0].0)
            .with_pixels_per_point(sizes[0].1)
            .with_theme(theme)
            .with_render_cursor(false)
            .renderer(WgpuTestRenderer::from_render_state(device))
            .build_eframe(|cc| App::with(cc, opening, store, Box::new(Answers::default())));
        arrange(&mut window);
        for (size, scale, size_name) in sizes {
            window.set_size(*size);
            window.set_pixels_per_point(*scale);
            let mut quiet = 0;
            until(&mut window, "all that is read", |window| {
                quiet = match under_way(&window.ctx) {
                    0 => quiet + 1,
                    _ => 0,
                };
                quiet == 8
            });
            let picture = window.render().unwrap();
            let file = pictures().join(format!("{name}-{size_name}-{called}.png"));
            picture.save(file).unwrap();
        }
    }
}

fn command(window: &mut Window, command: Command) {
    let ctx = window.ctx.clone();
    window.state_mut().dispatch(&ctx, command);
}

#[test]
#[ignore = "writes pictures to be looked at"]
fn prepare_looked_at() {
    look(
        "prepare",
        &SIZES,
        |folder| Opening::Desk(vec![work(folder)]),
        |window| until(window, "the models to be looked at", can_start),
    );
}

#[test]
#[ignore = "writes pictures to be looked at"]
fn recover_looked_at() {
    look(
        "recover",
        &SIZES,
        |folder| Opening::Desk(vec![work(folder)]),
        |window| {
            until(window, "the models to be looked at", can_start);
            command(window, Command::Start);
            command(window, Command::PauseOrResume);
            live(window.state_mut().state.run.as_mut().unwrap());
        },
    );
}

#[test]
#[ignore = "writes pictures to be looked at"]
fn a_case_looked_at() {
    for screen in [Screen::Compare, Screen::Results, Screen::Case] {
        look(
            &format!("{screen:?}").to_lowercase(),
            &SIZES,
            |folder| Opening::Case(case(folder)),
            |window| turn_to(window, screen),
        );
    }
}

#[test]
#[ignore = "writes pictures to be looked at"]
fn a_verified_case_and_the_way_to_an_exhibit_looked_at() {
    look(
        "verified",
        &SIZES[..2],
        |folder| Opening::Case(case(folder)),
        |window| {
            turn_to(window, Screen::Case);
            command(window, Command::CheckCase { replay: false });
            until(window, "the check", |window| has_text(window, "As of 20"));
        },
    );
    look(
        "exhibit",
        &SIZES[..2],
        |folder| Opening::Case(case(folder)),
        |window| {
            turn_to(window, Screen::Case);
            command(window, Command::PrepareExhibit);
            until(window, "the page", |window| {
                has_text(window, "Page 1 of the exhibit")
            });
        },
    );
}

#[test]
#[ignore = "writes pictures to be looked at"]
fn the_demonstrations_verdict_looked_at() {
    look(
        "demonstration",
        &SIZES[..3],
        |_| Opening::Demonstration,
        |window| {
            until(window, "the run to end", |window| {
                let state = &window.state().state;
                state.run.is_none() && state.finished.len() == 21
            });
            until(window, "the result", |window| {
                shows(window, Screen::Compare)
            });
        },
    );
}

/// A case of one work with nothing to compare it with; the picture is wide, and all of it is examined.
#[test]
#[ignore = "writes pictures to be looked at"]
fn a_wide_work_without_controls_looked_at() {
    let wide = |folder: &Path| {
        let file = folder.join("a harbour in the evening.png");
        let picture = image::RgbImage::from_fn(512, 224, |x, y| {
            let wave = (f64::from(x) / 19.0).sin() * 40.0 + f64::from(y);
            image::Rgb([x as u8 / 2, (wave.clamp(0.0, 255.0)) as u8, y as u8])
        });
        picture.save(&file).unwrap();
        file
    };
    let run = |window: &mut Window| {
        let mut set_up = window.state().state.set_up().clone();
        set_up.frame = palimpsest_method::examination::Frame::Bucket;
        command(
            window,
            Command::SetUp(Box::new(set_up), "Whole picture", false),
        );
        until(window, "the models to be looked at", can_start);
    };
    look(
        "wide-prepare",
        &SIZES[..2],
        |folder| Opening::Desk(vec![wide(folder)]),
        run,
    );
    look(
        "wide-compare",
        &SIZES[..2],
        |folder| Opening::Desk(vec![wide(folder)]),
        |window| {
            run(window);
            command(window, Command::Start);
            until(window, "the run to end", |window| {
                let state = &window.state().state;
                state.run.is_none() && state.finished.len() == 1
            });
        },
    );
}

#[test]
#[ignore = "writes pictures to be looked at"]
fn the_focus_looked_at() {
    for (name, tabs) in [("focus-start", 6), ("focus-queue", 15), ("focus-field", 24)] {
        look(
            name,
            &SIZES[1..2],
            |folder| Opening::Desk(vec![work(folder)]),
            |window| {
                until(window, "the models to be looked at", can_start);
                for _ in 0..tabs {
                    window.key_press_modifiers(Modifiers::NONE, Key::Tab);
                    for _ in 0..3 {
                        window.step();
                    }
                }
            },
        );
    }
}

/// Every screen in German and French, and the dialogs with most words.
#[test]
#[ignore = "writes pictures to be looked at"]
fn every_language_looked_at() {
    let sizes = &SIZES[..2];
    for language in ["de", "fr"] {
        let named = |name: &str| format!("{language}-{name}");
        let desk = |folder: &Path| Opening::Desk(vec![work(folder)]);
        look_in(
            language,
            &named("empty"),
            sizes,
            |_| Opening::Desk(Vec::new()),
            |_| {},
        );
        look_in(language, &named("prepare"), sizes, desk, |window| {
            until(window, "the models to be looked at", can_start);
        });
        look_in(language, &named("recover"), sizes, desk, |window| {
            until(window, "the models to be looked at", can_start);
            command(window, Command::Start);
            command(window, Command::PauseOrResume);
            live(window.state_mut().state.run.as_mut().unwrap());
        });
        for screen in [Screen::Compare, Screen::Results, Screen::Case] {
            let name = format!("{screen:?}").to_lowercase();
            let opening = |folder: &Path| Opening::Case(case(folder));
            look_in(language, &named(&name), sizes, opening, |window| {
                turn_to(window, screen);
            });
        }
        for (name, asked) in [
            ("shortcuts", Command::Shortcuts),
            ("about", Command::About),
            ("palette", Command::Palette),
            ("sealing", Command::SealVariants),
        ] {
            look_in(language, &named(name), &SIZES[..1], desk, |window| {
                until(window, "the models to be looked at", can_start);
                command(window, asked.clone());
            });
        }
        look_in(language, &named("library"), &SIZES[..1], desk, |window| {
            until(window, "the models to be looked at", can_start);
            window.key_press_modifiers(Modifiers::COMMAND, Key::B);
        });
        for (name, asked) in [
            ("exhibit", Command::PrepareExhibit),
            ("controls", Command::AddControls),
            ("verified", Command::CheckCase { replay: false }),
        ] {
            let opening = |folder: &Path| Opening::Case(case(folder));
            look_in(language, &named(name), sizes, opening, |window| {
                turn_to(window, Screen::Case);
                command(window, asked.clone());
            });
        }
    }
}
