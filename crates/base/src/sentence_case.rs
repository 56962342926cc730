//! Reasons as they stand alone: with a capital and a full stop. Within a sentence they have neither.

/// The reason as a sentence.
pub fn sentence_of(reason: &str) -> String {
    let mut letters = reason.trim_end_matches('.').chars();
    match letters.next() {
        Some(first) => format!("{}{}.", first.to_uppercase(), letters.as_str()),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::sentence_of;

    #[test]
    fn sentences_begin_with_a_capital_and_end_once() {
        assert_eq!(sentence_of("too few"), "Too few.");
        assert_eq!(sentence_of("Too few."), "Too few.");
        assert_eq!(sentence_of(""), "");
    }
}
