//! The kind of an error without anything of the user's in it, for a log that others may read.

use std::fmt::Debug;

/// Names of the variants of an error, from the outermost to the innermost, such as `Model.Unreadable`. The
/// text of the error, paths and file names are left out.
pub fn error_kind(error: &impl Debug) -> String {
    let text = format!("{error:?}");
    let mut names = Vec::new();
    let mut rest = text.as_str();
    loop {
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_');
        let (name, after) = rest.split_at(end.unwrap_or(rest.len()));
        // What is no variant is a value.
        if !name.starts_with(char::is_uppercase) {
            break;
        }
        names.push(name);
        // Only what is wrapped in the variant is part of the kind; fields have names.
        match after.strip_prefix('(') {
            Some(inner) => rest = inner,
            None => break,
        }
    }
    names.join(".")
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::path::PathBuf;

    use super::*;

    #[derive(Debug)]
    #[expect(dead_code, reason = "read by Debug alone")]
    enum Inner {
        Unreadable { path: PathBuf, source: io::Error },
        Text(String),
        Plain,
    }

    #[derive(Debug)]
    #[expect(dead_code, reason = "read by Debug alone")]
    enum Outer {
        Model(Inner),
        Boxed(Box<Inner>),
    }

    #[test]
    fn a_kind_names_the_variants_and_nothing_of_the_user() {
        let unreadable = Inner::Unreadable {
            path: "/home/Ada/Secret.png".into(),
            source: io::ErrorKind::NotFound.into(),
        };
        assert_eq!(error_kind(&Outer::Model(unreadable)), "Model.Unreadable");
        assert_eq!(
            error_kind(&Outer::Boxed(Box::new(Inner::Plain))),
            "Boxed.Plain"
        );
        assert_eq!(error_kind(&Inner::Text("Ada".into())), "Text");
        assert_eq!(error_kind(&"Ada"), "");
    }
}
