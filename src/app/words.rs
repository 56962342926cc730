//! The window's words in the language that is chosen. They lie in `assets/languages`, a folder a language, as messages of
//! Fluent, and are asked for by their ids with `say!`. The language is that of the thread that asks: the frame sets it as it
//! begins, and hands it to every thread that it starts, so that what these have to say is in the same language.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::env;
use std::io;
use std::path;
use std::sync::OnceLock;

use eframe::egui::{self, style::NumberFormatter};
use palimpsest_base::number_format;
use palimpsest_record::case::Role;
use palimpsest_record::language::{FluentArgs, FluentValue, Language, Texts};

/// The text of an id, or that of an id with what it is about: `say!("start")`, `say!("step-of", "step" => 3, "of" => 50)`.
/// Whole numbers are written with their thousands set apart, and nouns agree with them.
macro_rules! say {
    ($id:literal) => {
        $crate::app::words::text($id)
    };
    ($id:literal, $($name:literal => $value:expr),+ $(,)?) => {{
        let mut args = palimpsest_record::language::FluentArgs::new();
        $(args.set($name, $crate::app::words::Said::said(&$value));)+
        $crate::app::words::with($id, &args)
    }};
}

pub(crate) use say;

thread_local! {
    static SPOKEN: Cell<Language> = const { Cell::new(Language::English) };
    static SAID_AGAIN: RefCell<BTreeMap<(Language, String), String>> = RefCell::default();
}

/// The most sentences of the record that are kept in another language.
const MOST_SAID: usize = 2048;

/// Has this thread speak a language.
pub fn speak(language: Language) {
    SPOKEN.set(language);
}

/// The language of this thread.
pub fn spoken() -> Language {
    SPOKEN.get()
}

/// The files of the window's words in a language, and last the sentences of the library that it shows.
fn files(language: Language) -> [&'static str; 5] {
    macro_rules! file {
        ($code:literal, $name:literal) => {
            include_str!(concat!(
                "../../assets/languages/",
                $code,
                "/window/",
                $name,
                ".ftl"
            ))
        };
    }
    macro_rules! folder {
        ($code:literal) => {
            [
                file!($code, "window"),
                file!($code, "desk"),
                file!($code, "results"),
                file!($code, "case"),
                file!($code, "library"),
            ]
        };
    }
    match language {
        Language::English => folder!("en"),
        Language::German => folder!("de"),
        Language::French => folder!("fr"),
    }
}

/// The window's texts in a language.
fn of(language: Language) -> &'static Texts {
    static TEXTS: [OnceLock<Texts>; 3] = [const { OnceLock::new() }; 3];
    language.one_of(&TEXTS).get_or_init(|| {
        let english = (language != Language::English).then(|| of(Language::English));
        let [asked_for @ .., sentences] = files(language);
        Texts::of(language, &asked_for, sentences, english)
    })
}

/// The text of an id in the language of this thread.
pub fn text(id: &'static str) -> &'static str {
    of(spoken()).text(id)
}

/// The text of an id about what `args` tells.
pub fn with(id: &'static str, args: &FluentArgs) -> String {
    of(spoken()).with(id, args)
}

/// The exhibit's texts in the language of this thread: names of scores and figures, sections, dates.
pub fn exhibit() -> &'static Texts {
    spoken().texts()
}

/// A sentence of the record or of the library in the language of this thread; one that is not known stays as it is.
pub fn recorded(text: &str) -> String {
    let language = spoken();
    if language == Language::English {
        return text.to_owned();
    }
    SAID_AGAIN.with_borrow_mut(|known| {
        if known.len() > MOST_SAID {
            known.clear();
        }
        let said = known.entry((language, text.to_owned()));
        let again = || {
            let known = [language.texts(), of(language)];
            let texts = known.into_iter().find(|texts| texts.knows(text));
            texts.map_or_else(|| text.to_owned(), |texts| texts.recorded(text))
        };
        said.or_insert_with(again).clone()
    })
}

/// The role of a work.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Questioned => say!("role-questioned-work"),
        Role::Negative => say!("role-negative"),
        Role::Positive => say!("role-positive"),
        Role::Context => say!("role-context"),
        Role::Decoy => say!("role-decoy"),
        Role::OwnOutput => say!("role-own-output"),
        Role::NullRun => say!("role-null-run"),
        Role::SelfTest => say!("role-self-test"),
    }
}

/// A moment of the record, such as `2026-03-14T09:26:53Z`; what is no moment stays as it is.
pub fn moment(text: &str) -> String {
    let texts = exhibit();
    if spoken() == Language::English {
        return text.to_owned();
    }
    let part = |from: usize, to: usize| text.get(from..to)?.parse::<u16>().ok();
    let (Some(year), Some(month), Some(day)) = (part(0, 4), part(5, 7), part(8, 10)) else {
        return text.to_owned();
    };
    let (month, day) = (month.min(12) as u8, day.min(31) as u8);
    let mut args = FluentArgs::new();
    args.set("day", texts.day((year, month, day)));
    match text.get(11..16) {
        Some(time) => {
            args.set("time", time);
            texts.with("day-and-time", &args)
        }
        None => texts.day((year, month, day)),
    }
}

/// A number that was written with a decimal point, as this language writes it.
pub fn marked(number: String) -> String {
    exhibit().marked(number)
}

/// A number with so many decimals.
pub fn fixed(value: f64, decimals: usize) -> String {
    marked(number_format::fixed(value, decimals))
}

/// A difference or gain: with its sign, also above 0.
pub fn signed(value: f64, decimals: usize) -> String {
    marked(number_format::signed(value, decimals))
}

/// A score: three decimals, or five where it is so small that three would hide it.
pub fn number(value: f64) -> String {
    marked(number_format::number(value))
}

/// A number with two figures.
pub fn two_figures(value: f64) -> String {
    marked(number_format::two_figures(value))
}

/// A size as people say it.
pub fn bytes(bytes: u64) -> String {
    marked(number_format::bytes(bytes))
}

/// Has fields write their numbers as the language of the frame does.
pub fn format_numbers(ctx: &egui::Context) {
    ctx.all_styles_mut(|style| {
        style.number_formatter = NumberFormatter::new(|value, decimals| {
            marked(egui::emath::format_with_decimals_in_range(value, decimals))
        });
    });
}

/// A shortcut as the keys of the language's keyboards are called.
pub fn keys(ctx: &egui::Context, shortcut: &egui::KeyboardShortcut) -> String {
    let keys = ctx.format_shortcut(shortcut);
    keys.replace("Ctrl", say!("key-ctrl"))
        .replace("Shift", say!("key-shift"))
}

/// A number as it is typed, with a decimal point or a decimal comma, with a true minus sign or a hyphen.
pub fn typed(text: &str) -> Option<f64> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let text = text.replace('−', "-").replace(',', ".");
    text.parse().ok()
}

/// The language of the system, by the variables of its locale; English where it is none of ours.
pub fn of_system() -> Language {
    let named = ["LC_ALL", "LC_MESSAGES", "LANG"];
    let value = |name: &&str| env::var(name).ok().filter(|value| !value.is_empty());
    let locale = named.iter().find_map(value).unwrap_or_default();
    let preferred = env::var("LANGUAGE").unwrap_or_default();
    of_locale(&locale, &preferred)
}

/// The language of a locale such as `de_CH.UTF-8`, or the first of ours among the codes that are preferred to it.
fn of_locale(locale: &str, preferred: &str) -> Language {
    let of = |name: &str| {
        let code = name.split(['_', '.', '@', '-']).next().unwrap_or_default();
        Language::of_code(&code.to_lowercase())
    };
    // Without a locale there are no messages in another language, whatever is preferred.
    if matches!(locale.split('.').next(), None | Some("" | "C" | "POSIX")) {
        return Language::English;
    }
    let preferred = preferred.split(':').find_map(of);
    preferred.or_else(|| of(locale)).unwrap_or_default()
}

/// What can be put into a message: counts as numbers, everything else as text.
pub trait Said {
    fn said(&self) -> FluentValue<'static>;
}

macro_rules! counts {
    ($($number:ty),*) => {
        $(impl Said for $number {
            fn said(&self) -> FluentValue<'static> {
                FluentValue::from(*self)
            }
        })*
    };
}

macro_rules! texts {
    ($($text:ty),*) => {
        $(impl Said for $text {
            fn said(&self) -> FluentValue<'static> {
                FluentValue::from(self.to_string())
            }
        })*
    };
}

counts!(u8, u16, u32, u64, usize);
texts!(str, String, path::Display<'_>, io::Error);

impl<T: Said + ?Sized> Said for &T {
    fn said(&self) -> FluentValue<'static> {
        (*self).said()
    }
}

#[cfg(test)]
mod tests;
