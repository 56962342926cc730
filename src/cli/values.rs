//! Options as numbers and words: each parser takes what its setting allows and nothing else, so that a
//! slip of the finger is wrong usage and not a strange result.

use std::ops::RangeInclusive;
use std::str::FromStr;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use palimpsest_art::Family;
use palimpsest_diffusion::files::config::Prediction;
use palimpsest_lab::calibration::Method;
use palimpsest_lab::finetuning::Augmentation;
use palimpsest_lab::protection::Precaution;
use palimpsest_lab::small_model::Structure;
use palimpsest_lab::training::corpus::RESERVED;
use palimpsest_method::inversion::settings::MAX_STEPS;
use palimpsest_record::exhibit::Section;
use palimpsest_record::language::Language;

/// The number of steps.
pub(super) fn steps(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(steps) if (1..=MAX_STEPS).contains(&steps) => Ok(steps),
        _ => Err(format!("it must be a whole number from 1 to {MAX_STEPS}")),
    }
}

/// A side in pixels.
pub(super) fn pixels(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(pixels) if pixels > 0 => Ok(pixels),
        _ => Err("it must be a whole number above 0".into()),
    }
}

/// What a model predicts, in the words of the interfaces that people know.
pub(super) fn prediction(text: &str) -> Result<Prediction, String> {
    match text {
        "epsilon" | "eps" => Ok(Prediction::Epsilon),
        "v" | "v_prediction" => Ok(Prediction::Velocity),
        _ => Err("it must be epsilon or v".into()),
    }
}

/// Method of a mock fine-tune.
pub(super) fn method(text: &str) -> Result<Method, String> {
    let number = |text: &str| {
        text.parse::<u64>()
            .ok()
            .filter(|n| (1..=100_000).contains(n))
    };
    let method = match text.split(':').collect::<Vec<_>>().as_slice() {
        ["full", draws] => number(draws).map(|draws| Method { lora: None, draws }),
        ["lora", rank, draws] => number(draws)
            .zip(number(rank).filter(|rank| *rank <= 512))
            .map(|(draws, rank)| Method {
                lora: Some(rank as usize),
                draws,
            }),
        _ => None,
    };
    method.ok_or_else(|| "it must be full:DRAWS or lora:RANK:DRAWS, such as lora:8:100".into())
}

/// A length.
pub(super) fn positive(text: &str) -> Result<f64, String> {
    number(text, |value| value > 0.0, "a number above 0")
}

/// A weight.
pub(super) fn not_negative(text: &str) -> Result<f64, String> {
    number(text, |value| value >= 0.0, "a number of 0 or more")
}

/// A share that is not the whole.
pub(super) fn share(text: &str) -> Result<f64, String> {
    let allowed = |value| (0.0..1.0).contains(&value);
    number(text, allowed, "a number from 0 to less than 1")
}

/// Whole numbers, both ends included: `LO..HI`.
pub(super) fn range(text: &str) -> Result<RangeInclusive<u64>, String> {
    let ends = text.split_once("..");
    let parsed = ends.and_then(|(low, high)| low.parse().ok().zip(high.parse().ok()));
    match parsed {
        Some((low, high)) if low <= high => Ok(low..=high),
        _ => Err("it must be two whole numbers such as 0..9, the smaller first".into()),
    }
}

/// A hand that is in no corpus: `FAMILY:NUMBER`.
pub(super) fn hand(text: &str) -> Result<(Family, u64), String> {
    let (family, number) = text
        .split_once(':')
        .ok_or("it must be a family and a number such as portrait:1000")?;
    let family = family
        .parse::<Family>()
        .map_err(|error| error.to_string())?;
    match number.parse() {
        Ok(number) if number >= RESERVED => Ok((family, number)),
        _ => Err(format!(
            "the number must be {RESERVED} or more: works of smaller ones may have been trained on"
        )),
    }
}

/// A remark on an item of a case: `FOLDER=TEXT`.
pub(super) fn note(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((item, note)) if !item.is_empty() => Ok((item.to_owned(), note.to_owned())),
        _ => {
            Err("it must be the folder of an item and a text, such as 001-harbour=varnished".into())
        }
    }
}

/// A family of procedural artworks; help lists their names.
pub(super) fn family() -> impl TypedValueParser<Value = Family> {
    PossibleValuesParser::new(Family::ALL.map(Family::name)).try_map(|name| name.parse::<Family>())
}

/// A change of drawn pictures, by its name.
pub(super) fn augmentation() -> impl TypedValueParser<Value = Augmentation> {
    let names = PossibleValuesParser::new(Augmentation::ALL.map(Augmentation::name));
    names.map(|name| {
        let mut all = Augmentation::ALL.into_iter();
        // The parser before lets through names alone.
        all.find(|one| one.name() == name).unwrap_or_default()
    })
}

/// A precaution on pictures, by its name.
pub(super) fn precaution() -> impl TypedValueParser<Value = Precaution> {
    let names = PossibleValuesParser::new(Precaution::ALL.map(Precaution::name));
    names.try_map(|name| {
        let mut all = Precaution::ALL.into_iter();
        let found = all.find(|one| one.name() == name);
        found.ok_or_else(|| format!("there is no precaution {name}"))
    })
}

/// Levels of a channel: `8/255` or `8`.
pub(super) fn levels(text: &str) -> Result<u8, String> {
    match text.strip_suffix("/255").unwrap_or(text).parse() {
        Ok(levels) if levels > 0 => Ok(levels),
        _ => Err("it must be a whole number of levels from 1 to 255, such as 8/255 or 8".into()),
    }
}

/// A structure of small models, by its name.
pub(super) fn structure() -> impl TypedValueParser<Value = Structure> {
    let names = PossibleValuesParser::new(Structure::ALL.map(Structure::name));
    names.try_map(|name| name.parse::<Structure>())
}

fn number(text: &str, allowed: impl Fn(f64) -> bool, what: &str) -> Result<f64, String> {
    match f64::from_str(text) {
        Ok(value) if value.is_finite() && allowed(value) => Ok(value),
        _ => Err(format!("it must be {what}")),
    }
}

/// A language of an exhibit, by its code.
pub(super) fn language() -> impl TypedValueParser<Value = Language> {
    let named =
        Language::ALL.map(|language| PossibleValue::new(language.code()).help(language.name()));
    PossibleValuesParser::new(named).try_map(|code| {
        Language::of_code(&code).ok_or_else(|| format!("there is no exhibit in {code}"))
    })
}

/// A section of an exhibit, by its name.
pub(super) fn section() -> impl TypedValueParser<Value = Section> {
    let texts = Language::English.texts();
    let named =
        Section::ALL.map(|section| PossibleValue::new(section.name()).help(section.title(texts)));
    PossibleValuesParser::new(named).try_map(|name| {
        let named = |section: &Section| section.name() == name;
        let section = Section::ALL.into_iter().find(named);
        section.ok_or_else(|| format!("there is no section {name}"))
    })
}
