//! Languages, and the texts of each. All words of an exhibit lie in `assets/languages`, a folder a language, as messages of
//! Project Fluent: what stands in `exhibit.ftl` is asked for by its id, and what stands in `record.ftl` are sentences of the
//! record, which other languages say again ([`Texts::recorded`]).
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
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

use catalogue::Catalogue;

/// A language of exhibits.
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
        static TEXTS: LazyLock<[Texts; 3]> = LazyLock::new(|| Language::ALL.map(Texts::read));
        let [english, german, french] = &*TEXTS;
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
    /// The messages that are the same whatever they are about.
    plain: BTreeMap<String, String>,
    /// The sentences of the record.
    recorded: Catalogue,
}

impl Texts {
    fn read(language: Language) -> Self {
        let locale: LanguageIdentifier = language.tag().parse().unwrap_or_default();
        let mut messages = FluentBundle::new_concurrent(vec![locale]);
        // Marks of direction about every name would be spelt out in print: see `layout/legible.rs`.
        messages.set_use_isolating(false);
        // Where a line of the file ends is no matter.
        messages.set_transform(Some(unfolded));
        messages.set_formatter(Some(figures::counted));
        let [exhibit, record] = language.sources().map(resource);
        let asked = catalogue::ids(&exhibit);
        let recorded = Catalogue::of(&record);
        // Ids that come twice are found by the tests.
        let _ = messages.add_resource(exhibit);
        let _ = messages.add_resource(record);
        let mut texts = Self {
            language,
            messages,
            plain: BTreeMap::new(),
            recorded,
        };
        let plain = asked.into_iter();
        let plain = plain.filter(|message| message.arguments.is_empty());
        texts.plain = plain
            .filter_map(|message| {
                let text = texts.formatted(&message.id, &FluentArgs::new())?;
                Some((message.id, text))
            })
            .collect();
        texts
    }

    /// The language that they are in.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The text of this id; where the language lacks it the English one, which the tests do not allow.
    pub fn text(&self, id: &'static str) -> &'static str {
        let own = self.language.texts().plain.get(id);
        let english = || Language::English.texts().plain.get(id);
        own.or_else(english).map_or(id, String::as_str)
    }

    /// The text of this id about what `args` tells; where the language lacks it the English one.
    pub fn with(&self, id: &'static str, args: &FluentArgs) -> String {
        let own = self.formatted(id, args);
        let english = || Language::English.texts().formatted(id, args);
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
