//! The user's home folder, and texts without it: records go to other people, and the folder tells the user's name.
//! In a record `~` stands for it, as in a shell.

use std::path::{Path, PathBuf};

/// What stands for the home folder.
const TILDE: &str = "~";

/// The home folder by the customs of the operating system; none if it has no name of its own, as `/` has none.
pub fn home() -> Option<PathBuf> {
    let named = |name| std::env::var_os(name).map(PathBuf::from);
    let home = named("HOME").or_else(|| named("USERPROFILE"))?;
    (home.is_absolute() && home.file_name().is_some()).then_some(home)
}

/// The home folder as it is called, and as it is called where links are followed.
fn names() -> Vec<PathBuf> {
    let Some(home) = home() else {
        return Vec::new();
    };
    let real = home.canonicalize().ok().filter(|real| *real != home);
    let real = real.filter(|real| real.file_name().is_some());
    std::iter::once(home).chain(real).collect()
}

/// The part of `path` below the home folder; none of a path elsewhere.
pub fn below_home(path: &Path) -> Option<PathBuf> {
    let mut names = names().into_iter();
    names.find_map(|home| path.strip_prefix(home).ok().map(Path::to_owned))
}

/// `text` with `~` wherever the home folder stands in it.
///
/// ```
/// # use palimpsest_base::home::{home, without_home};
/// if let Some(home) = home() {
///     let text = format!("{}/works/a.png cannot be read", home.display());
///     assert_eq!(without_home(&text), "~/works/a.png cannot be read");
/// }
/// ```
pub fn without_home(text: &str) -> String {
    let mut names: Vec<String> = (names().iter())
        .filter_map(|home| Some(home.to_str()?.to_owned()))
        .collect();
    // One may lie in the other.
    names.sort_by_key(|home| std::cmp::Reverse(home.len()));
    names
        .iter()
        .fold(text.to_owned(), |text, home| replaced(&text, home))
}

/// `text` with `~` in place of `home` where that is a whole path or the beginning of one.
fn replaced(text: &str, home: &str) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(home) {
        let ahead = if before.is_empty() { &made } else { before };
        let begins = !ahead.ends_with(is_of_path);
        let ends = !after.starts_with(|c: char| c.is_alphanumeric() || "-_".contains(c));
        made.push_str(before);
        made.push_str(if begins && ends { TILDE } else { home });
        rest = after;
    }
    made.push_str(rest);
    made
}

/// Characters that a path may have before the name of a folder in it.
fn is_of_path(letter: char) -> bool {
    letter.is_alphanumeric() || "/\\._-~".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_home_folder_goes_and_what_only_begins_like_it_stays() {
        let text = |text: &str| replaced(text, "/home/ann");
        assert_eq!(text("/home/ann/a.png"), "~/a.png");
        assert_eq!(text("/home/ann"), "~");
        assert_eq!(text("(/home/ann/a) /home/ann/b."), "(~/a) ~/b.");
        assert_eq!(text("file \"/home/ann\"."), "file \"~\".");
        assert_eq!(text("/home/anna/a.png"), "/home/anna/a.png");
        assert_eq!(text("/mnt/home/ann/a.png"), "/mnt/home/ann/a.png");
        assert_eq!(text("nothing"), "nothing");
    }
}
