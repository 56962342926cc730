//! Numbers of some layers, by patterns of their names: regular expressions of a whole name, or of what it ends with after a
//! point (PEFT `utils/other.py`, `get_pattern_key`). Files come from strangers, so the patterns are compiled once and have
//! limits; the names that diffusers writes, one a layer, are compared as they stand.

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use serde_json::{Map, Value};

/// The most patterns; a model has a thousand layers at most.
const MOST: usize = 1 << 16;
/// The most of them that are more than a name.
const MOST_EXPRESSIONS: usize = 256;
/// The most bytes that one of these may take when it is compiled.
const COMPILED: usize = 1 << 16;

/// Patterns with a number each.
#[derive(Debug)]
pub struct Patterns(Vec<(Pattern, Value)>);

#[derive(Debug)]
enum Pattern {
    /// A name, or the end of one.
    Name {
        name: String,
        whole: bool,
    },
    Expression(Box<Regex>),
}

impl Patterns {
    /// Reads those of a setting.
    ///
    /// # Errors
    /// The contradiction, to be put behind the file's name.
    pub fn read(patterns: &Map<String, Value>) -> Result<Self, String> {
        if patterns.len() > MOST {
            return Err(format!("it has {} patterns of layers", patterns.len()));
        }
        let mut expressions = 0_usize;
        let read = patterns.iter().map(|(text, value)| {
            let pattern = Pattern::read(text)?;
            expressions =
                expressions.saturating_add(usize::from(matches!(pattern, Pattern::Expression(_))));
            match expressions {
                0..=MOST_EXPRESSIONS => Ok((pattern, value.clone())),
                _ => Err(format!(
                    "more than {MOST_EXPRESSIONS} of its patterns of layers are regular expressions"
                )),
            }
        });
        read.collect::<Result<_, _>>().map(Self)
    }

    /// The number of this layer, if a pattern names it.
    ///
    /// # Errors
    /// Two patterns with different numbers: PEFT takes the first, and an object of JSON has no order that could be relied
    /// on.
    pub fn of(&self, layer: &str) -> Result<Option<&Value>, String> {
        let mut named = self.0.iter().filter(|(pattern, _)| pattern.is_of(layer));
        let Some((_, first)) = named.next() else {
            return Ok(None);
        };
        match named.all(|(_, other)| other == first) {
            true => Ok(Some(first)),
            false => Err(format!(
                "several patterns give the layer {layer} each another number"
            )),
        }
    }
}

impl Pattern {
    fn read(text: &str) -> Result<Self, String> {
        let name = text.trim_start_matches('^').replace("\\.", ".");
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-');
        if name.chars().all(is_plain) {
            let whole = text.starts_with('^');
            return Ok(Self::Name { name, whole });
        }
        // Names of layers are ASCII. What grows with use is left out: there may be many of them.
        let limits = Regex::config()
            .nfa_size_limit(Some(COMPILED))
            .hybrid(false)
            .dfa(false)
            .onepass(false)
            .backtrack(false)
            .utf8_empty(false);
        let ascii = syntax::Config::new().unicode(false).utf8(false);
        let regex = Regex::builder()
            .configure(limits)
            .syntax(ascii)
            .build(&format!(r"^(?:.*\.)?(?:{text})$"));
        let wrong = |error| format!("the pattern \"{text}\": {error}");
        regex
            .map(|regex| Self::Expression(Box::new(regex)))
            .map_err(wrong)
    }

    fn is_of(&self, layer: &str) -> bool {
        match self {
            Self::Name { name, whole } => layer
                .strip_suffix(name.as_str())
                .is_some_and(|rest| rest.is_empty() || (rest.ends_with('.') && !whole)),
            Self::Expression(regex) => regex.is_match(layer),
        }
    }
}
