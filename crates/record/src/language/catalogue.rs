//! Messages taken apart: which arguments each has, and every way in which one can read.

use std::collections::BTreeSet;

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{
    Entry, Expression, InlineExpression, Pattern, PatternElement, VariantKey,
};

/// The most ways in which one message can read.
const MAX_WAYS: usize = 64;

/// A message by what must be given for it.
pub struct Asked {
    pub id: String,
    pub arguments: BTreeSet<String>,
}

/// The messages of a file and their arguments.
pub fn ids(resource: &FluentResource) -> Vec<Asked> {
    let message = |(id, pattern): (&str, &Pattern<&str>)| {
        let mut arguments = BTreeSet::new();
        named(pattern, &mut arguments);
        Asked {
            id: id.to_owned(),
            arguments,
        }
    };
    patterns(resource).map(message).collect()
}

fn patterns(resource: &FluentResource) -> impl Iterator<Item = (&str, &Pattern<&str>)> {
    resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some((message.id.name, message.value.as_ref()?)),
        _ => None,
    })
}

fn named(pattern: &Pattern<&str>, arguments: &mut BTreeSet<String>) {
    let name = |inline: &InlineExpression<&str>, arguments: &mut BTreeSet<String>| {
        if let InlineExpression::VariableReference { id } = inline {
            arguments.insert(id.name.to_owned());
        }
    };
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else {
            continue;
        };
        match expression {
            Expression::Inline(inline) => name(inline, arguments),
            Expression::Select { selector, variants } => {
                name(selector, arguments);
                for variant in variants {
                    named(&variant.value, arguments);
                }
            }
        }
    }
}

/// A piece of a sentence.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Piece {
    Words(String),
    /// What an argument of this name stands for.
    Argument(String),
}

/// One way in which a message reads.
#[derive(Clone, Debug, Default)]
pub struct Way {
    pub pieces: Vec<Piece>,
    /// What its choices say of arguments: a name, and the key of the choice.
    pub chosen: Vec<(String, String)>,
}

/// The sentences that a file knows, in every way in which they can read.
#[derive(Debug, Default)]
pub struct Catalogue(pub Vec<(String, Vec<Way>)>);

impl Catalogue {
    /// Of the messages of a file.
    pub fn of(resource: &FluentResource) -> Self {
        let all = patterns(resource).map(|(id, pattern)| (id.to_owned(), ways(pattern)));
        Self(all.collect())
    }
}

/// Every way in which a pattern reads.
fn ways(pattern: &Pattern<&str>) -> Vec<Way> {
    let mut all = vec![Way::default()];
    for element in &pattern.elements {
        let continued: Vec<Way> = match element {
            PatternElement::TextElement { value } => {
                vec![Way::of(Piece::Words(value.replace('\n', " ")))]
            }
            PatternElement::Placeable { expression } => of_expression(expression),
        };
        let pairs = all
            .iter()
            .flat_map(|way| continued.iter().map(|next| way.followed_by(next)));
        all = pairs.take(MAX_WAYS).collect();
    }
    all
}

fn of_expression(expression: &Expression<&str>) -> Vec<Way> {
    match expression {
        Expression::Inline(InlineExpression::VariableReference { id }) => {
            vec![Way::of(Piece::Argument(id.name.to_owned()))]
        }
        Expression::Inline(InlineExpression::StringLiteral { value }) => {
            vec![Way::of(Piece::Words((*value).to_owned()))]
        }
        Expression::Inline(_) => Vec::new(),
        Expression::Select { selector, variants } => {
            let InlineExpression::VariableReference { id } = selector else {
                return Vec::new();
            };
            let of_variant = variants.iter().flat_map(|variant| {
                let key = match variant.key {
                    VariantKey::Identifier { name } => name,
                    VariantKey::NumberLiteral { value } => value,
                };
                ways(&variant.value).into_iter().map(move |mut way| {
                    way.chosen.push((id.name.to_owned(), key.to_owned()));
                    way
                })
            });
            of_variant.collect()
        }
    }
}

impl Way {
    fn of(piece: Piece) -> Self {
        Self {
            pieces: vec![piece],
            chosen: Vec::new(),
        }
    }

    /// Both, one after the other; words that meet become one piece.
    fn followed_by(&self, next: &Self) -> Self {
        let mut joined = self.clone();
        joined.chosen.extend(next.chosen.iter().cloned());
        for piece in &next.pieces {
            match (joined.pieces.last_mut(), piece) {
                (Some(Piece::Words(before)), Piece::Words(after)) => before.push_str(after),
                _ => joined.pieces.push(piece.clone()),
            }
        }
        joined
    }
}
