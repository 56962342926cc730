//! What the file of a model says of itself: a card of facts, and words for the prompt. Anyone can change a file, and
//! the card says so.

use eframe::egui::{self, CollapsingHeader, Label, RichText, Ui};

use super::Change;
use crate::app::set_up::SetUp;
use crate::app::tokens::{self, space};
use crate::app::widgets::controls::muted;
use crate::app::words::{self, say};
use palimpsest_diffusion::files::StatedTraining;

/// The most tags that are shown.
const TAGS: usize = 20;
/// Digits of a hash that are shown.
const DIGITS: usize = 16;
/// The most prompts that are offered for each file, and the longest in characters.
const OFFERED: usize = 3;
const LONGEST: usize = 60;

/// Shows what a file says, if it says anything.
pub(super) fn stated_card(ui: &mut Ui, title: &str, stated: &StatedTraining) {
    let facts = stated.facts(TAGS);
    if facts.is_empty() {
        return;
    }
    let colours = tokens::of(ui);
    CollapsingHeader::new(RichText::new(title).small())
        .id_salt(title)
        .show(ui, |ui| {
            muted(ui, say!("as-stated-in-the-file"));
            ui.spacing_mut().item_spacing.y = space::HAIR;
            for (name, value) in facts {
                ui.horizontal_top(|ui| {
                    let width = (ui.available_width() * 0.36).floor();
                    let name = RichText::new(words::recorded(name))
                        .small()
                        .color(colours.muted);
                    ui.allocate_ui(egui::vec2(width, 0.0), |ui| {
                        ui.set_width(width);
                        ui.add(Label::new(name).wrap());
                    });
                    let value = one_line(&value);
                    let text = RichText::new(shortened(&value)).small();
                    let label = ui.add(Label::new(text).wrap());
                    if shortened(&value) != value {
                        label.on_hover_text(value);
                    }
                });
            }
        });
}

/// A value as the card has it: of a hash its first digits.
fn shortened(value: &str) -> String {
    let is_hash = value.len() > 40 && value.chars().all(|digit| digit.is_ascii_hexdigit());
    match is_hash {
        true => format!("{}…", value.chars().take(DIGITS).collect::<String>()),
        false => value.to_owned(),
    }
}

/// A file by its name, and what it says.
pub(super) type Says<'a> = (String, &'a StatedTraining);

/// Offers the words that may have been the prompt of the training, of all files that are applied together.
pub(super) fn prompts_offered(
    ui: &mut Ui,
    files: &[Says<'_>],
    set_up: &mut SetUp,
    change: &mut Change,
) {
    let offered = prompts(files);
    let mut offered: Vec<_> = offered
        .into_iter()
        .filter(|(words, _)| *words != set_up.prompt.trim())
        .collect();
    offered.truncate(OFFERED * files.len());
    if offered.is_empty() {
        return;
    }
    muted(
        ui,
        match files {
            [_] => say!("the-file-suggests"),
            _ => say!("the-files-suggest"),
        },
    );
    ui.horizontal_wrapped(|ui| {
        for (words, why) in offered {
            let shown: String = words.chars().take(LONGEST).collect();
            let button = ui.button(say!("use-what", "shown" => shown));
            if button.on_hover_text(why).clicked() {
                set_up.prompt = words;
                *change = Some((say!("prompt"), false));
            }
        }
    });
}

/// Words that may have been the prompt, the likeliest first, each with where a file has it: the triggers of all files
/// together, each trigger, then folders, then tags.
fn prompts(files: &[Says<'_>]) -> Vec<(String, String)> {
    let mut prompts: Vec<(String, String)> = Vec::new();
    let mut add = |words: &str, why: String| {
        let words = one_line(words).trim().to_owned();
        let is_new = !words.is_empty() && prompts.iter().all(|(known, _)| *known != words);
        if is_new {
            prompts.push((words, why));
        }
    };
    let several = files.len() > 1;
    let called = |name: &str| match several {
        true => one_line(name),
        false => say!("the-file").to_owned(),
    };
    let with_trigger = files
        .iter()
        .filter_map(|(name, stated)| Some((name, stated.trigger.as_deref()?)));
    let mut triggers: Vec<&str> = with_trigger
        .clone()
        .map(|(_, trigger)| trigger.trim())
        .collect();
    triggers.dedup();
    if triggers.len() > 1 {
        add(
            &triggers.join(", "),
            say!("the-triggers-of-all-files").into(),
        );
    }
    for (name, trigger) in with_trigger {
        add(
            trigger,
            say!("calls-this-its-trigger", "file" => called(name)),
        );
    }
    for (name, stated) in files {
        for folder in &stated.folders {
            // Training folders are called by a number of repeats and the words: `10_sks style`.
            let words = folder.name.split_once('_');
            if let Some((_, words)) = words.filter(|(repeats, _)| repeats.parse::<u32>().is_ok()) {
                let why = match several {
                    true => say!("a-folder-of-the-training", "file" => called(name)),
                    false => say!("a-folder-of-its-training").into(),
                };
                add(words, why);
            }
        }
    }
    for (name, stated) in files {
        if let Some(tag) = stated.tags.first() {
            let why = match several {
                true => say!("the-most-frequent-tag", "file" => called(name)),
                false => say!("its-most-frequent-tag").into(),
            };
            add(&tag.tag, why);
        }
    }
    prompts
}

/// A stranger's text as one line.
pub(super) fn one_line(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    text.chars().map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn triggers_folders_and_tags_are_offered_once_each_and_as_one_line() {
        let stated: StatedTraining = serde_json::from_value(serde_json::json!({
            "trigger": "sks\nstyle",
            "folders": [
                {"name": "10_sks style", "repeats": 10, "pictures": 3},
                {"name": "2_zwx person", "repeats": 2, "pictures": 3},
                {"name": "regularisation", "repeats": 1, "pictures": 3},
            ],
            "tags": [{"tag": "1girl", "count": 9}, {"tag": "solo", "count": 8}],
        }))
        .unwrap();
        let of = |files: &[&StatedTraining]| {
            let named = (1..).map(|number| format!("{number}.safetensors"));
            let files: Vec<_> = named.zip(files.iter().copied()).collect();
            prompts(&files)
        };
        let words = |files: &[&StatedTraining]| -> Vec<_> {
            of(files).into_iter().map(|(words, _)| words).collect()
        };
        assert_eq!(words(&[&stated]), ["sks style", "zwx person", "1girl"]);
        assert!(of(&[&StatedTraining::default()]).is_empty());
        // Of several files those of all, whichever of them says something.
        let second: StatedTraining = serde_json::from_value(serde_json::json!({
            "trigger": "ohwx hills",
            "tags": [{"tag": "hills", "count": 2}],
        }))
        .unwrap();
        let silent = StatedTraining::default();
        let both = [
            "sks style, ohwx hills",
            "sks style",
            "ohwx hills",
            "zwx person",
            "1girl",
            "hills",
        ];
        assert_eq!(words(&[&stated, &silent, &second]), both);
        assert_eq!(words(&[&silent, &second]), ["ohwx hills", "hills"]);
        assert_eq!(words(&[&second, &second]), ["ohwx hills", "hills"]);
        let (_, why) = of(&[&silent, &second]).remove(0);
        assert_eq!(why, "2.safetensors calls this its trigger");
    }

    #[test]
    fn of_a_hash_the_first_digits_are_shown_and_of_nothing_else() {
        let hash = "0123456789abcdef".repeat(4);
        assert_eq!(shortened(&hash), "0123456789abcdef…");
        let words = "not a hash, and longer than the longest of them could ever be in this place";
        assert_eq!(shortened(words), words);
        assert_eq!(shortened("1a2b3c4d"), "1a2b3c4d");
    }
}
