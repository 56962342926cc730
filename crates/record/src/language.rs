//! Languages, and the texts of each. All words of an exhibit lie in `assets/languages`, a folder a language, as messages of
//! Project Fluent: what stands in `exhibit.ftl` is asked for by its id, and what stands in `record.ftl` are sentences of the
//! record, which other languages say again ([`Texts::recorded`]). A face of the program that has words of its own reads them
//! in the same way ([`Texts::of`]).
//!
//! ```
//! use palimpsest_record::language::Language;
//!
//! let german = Language::German.texts();
//! assert_eq!(german.text("finding"), "Befund");
//! assert_eq!(german.number(0.25), "0,250");
//! ```

/// What a message is about, by name: `args!["works" => 3]`.
macro_rules! args {
    ($($name:literal => $value:expr),* $(,)?) => {{
        let mut args = fluent_bundle::FluentArgs::new();
        $(args.set($name, $value);)*
        args
    }};
}

pub(crate) use args;

mod catalogue;
mod figures;
mod recorded;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
pub use fluent_bundle::{FluentArgs, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use catalogue::Catalogue;

/// A language of exhibits, and of the window.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
pub enum Language {
    /// British English, that of the record.
    #[default]
    #[serde(rename = "en")]
    English,
    #[serde(rename = "de")]
    German,
    #[serde(rename = "fr")]
    French,
}

impl Language {
    /// Every language, that of the record first.
    pub const ALL: [Self; 3] = [Self::English, Self::German, Self::French];

    /// The code by which it is asked for, and its folder.
    pub fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
            Self::French => "fr",
        }
    }

    /// The language of this code, if there is one.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// Its tag for programs that read a file aloud (BCP 47).
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en-GB",
            Self::German => "de-DE",
            Self::French => "fr-FR",
        }
    }

    /// Its own name.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
            Self::French => "Français",
        }
    }

    /// The decimal mark.
    pub fn decimal_mark(self) -> char {
        match self {
            Self::English => '.',
            Self::German | Self::French => ',',
        }
    }

    /// Its texts.
    pub fn texts(self) -> &'static Texts {
        static TEXTS: [OnceLock<Texts>; 3] = [const { OnceLock::new() }; 3];
        self.one_of(&TEXTS).get_or_init(|| {
            let english = (self != Self::English).then(|| Self::English.texts());
            let [exhibit, record] = self.sources();
            Texts::of(self, &[exhibit], record, english)
        })
    }

    /// What an array has for this language, in the order of [`Language::ALL`].
    pub fn one_of<T>(self, all: &[T; 3]) -> &T {
        let [english, german, french] = all;
        match self {
            Self::English => english,
            Self::German => german,
            Self::French => french,
        }
    }

    /// What stands in its folder: what is asked for, and what the record says.
    fn sources(self) -> [&'static str; 2] {
        macro_rules! folder {
            ($code:literal) => {
                [
                    include_str!(concat!("../../../assets/languages/", $code, "/exhibit.ftl")),
                    include_str!(concat!("../../../assets/languages/", $code, "/record.ftl")),
                ]
            };
        }
        match self {
            Self::English => folder!("en"),
            Self::German => folder!("de"),
            Self::French => folder!("fr"),
        }
    }
}

/// The texts of a language.
pub struct Texts {
    language: Language,
    messages: FluentBundle<FluentResource>,
    /// The messages that are the same whatever they are about. They live as long as the program.
    plain: &'static BTreeMap<String, String>,
    /// The sentences of the record.
    recorded: Catalogue,
    /// What is said where this language lacks a message; none for English itself.
    english: Option<&'static Texts>,
}

impl Texts {
    /// The texts of a face of the program that has files of its own: `asked_for` by their ids, and `sentences` that are said
    /// again ([`Texts::recorded`]). They are kept as long as the program runs: ask once a language. `english` are those of
    /// the same files in English, for what this language lacks; none where it is English.
    pub fn of(
        language: Language,
        asked_for: &[&str],
        sentences: &str,
        english: Option<&'static Texts>,
    ) -> Self {
        let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut messages = FluentBundle::new_concurrent(vec![locale]);
        // Marks of direction about every name would be spelt out in print: see `layout/legible.rs`.
        messages.set_use_isolating(false);
        // Where a line of the file ends is no matter.
        messages.set_transform(Some(unfolded));
        messages.set_formatter(Some(figures::counted));
        let mut asked = Vec::new();
        // Ids that come twice are found by the tests.
        for file in asked_for {
            let file = resource(file);
            asked.extend(catalogue::ids(&file));
            let _ = messages.add_resource(file);
        }
        let sentences = resource(sentences);
        let recorded = Catalogue::of(&sentences);
        let _ = messages.add_resource(sentences);
        let mut texts = Self {
            language,
            messages,
            plain: &NO_TEXTS,
            recorded,
            english,
        };
        let plain = asked.into_iter();
        let plain = plain.filter(|message| message.arguments.is_empty());
        let plain = plain.filter_map(|message| {
            let text = texts.formatted(&message.id, &FluentArgs::new())?;
            Some((message.id, text))
        });
        let plain: BTreeMap<_, _> = plain.collect();
        texts.plain = Box::leak(Box::new(plain));
        texts
    }

    /// The language that they are in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of this id; where the language lacks it the English one, which the tests do not allow.
    pub fn text(&self, id: &'static str) -> &'static str {
        let english = || self.english?.plain.get(id);
        let text = self.plain.get(id).or_else(english);
        text.map_or(id, String::as_str)
    }

    /// The text of this id about what `args` tells; where the language lacks it the English one.
    pub fn with(&self, id: &'static str, args: &FluentArgs) -> String {
        let own = self.formatted(id, args);
        let english = || self.english?.formatted(id, args);
        own.or_else(english).unwrap_or_else(|| id.to_owned())
    }

    /// The message of this id; none if there is none, or if it asks for more than `args` tells.
    fn formatted(&self, id: &str, args: &FluentArgs) -> Option<String> {
        let message = self.messages.get_message(id)?;
        let mut errors = Vec::new();
        let text = self
            .messages
            .format_pattern(message.value()?, Some(args), &mut errors);
        errors.is_empty().then(|| text.into_owned())
    }
}

/// What is there before a file was read.
static NO_TEXTS: BTreeMap<String, String> = BTreeMap::new();

/// A file of messages; what cannot be read of it is left out, which the tests do not allow.
fn resource(source: &str) -> FluentResource {
    FluentResource::try_new(source.to_owned()).unwrap_or_else(|(read, _)| read)
}

fn unfolded(text: &str) -> Cow<'_, str> {
    match text.contains('\n') {
        true => text.replace('\n', " ").into(),
        false => text.into(),
    }
}

#[cfg(test)]
mod tests;
