//! Texts without folders, the user's home above all: records go to other people, and folders tell of the user's disk
//! and name.

use std::collections::BTreeSet;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

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
    names.iter().fold(text.to_owned(), |text, home| {
        let ends = |after: &str| !after.starts_with(|c: char| is_of_name(c));
        replaced(&text, (home, TILDE), ends)
    })
}

/// `text` with names alone in place of `paths`, and of what lies in them or beside them: the folder around each goes,
/// as it was named and in full. A home folder that is left is a `~`.
///
/// ```
/// # use std::path::Path;
/// # use palimpsest_base::home::without_folders;
/// let text = "/scans/ann/a.png is no picture";
/// assert_eq!(without_folders(text, [Path::new("/scans/ann/a.png")]), "a.png is no picture");
/// ```
pub fn without_folders<'a>(text: &str, paths: impl IntoIterator<Item = &'a Path>) -> String {
    let mut around = BTreeSet::new();
    for path in paths {
        let full = std::path::absolute(path).ok();
        let real = path.canonicalize().ok();
        for path in [Some(path), full.as_deref(), real.as_deref()] {
            let folder = path.and_then(Path::parent).and_then(Path::to_str);
            let folder = folder.map(|folder| folder.trim_end_matches(MAIN_SEPARATOR));
            around.extend(folder.filter(|it| !it.is_empty()).map(str::to_owned));
        }
    }
    let mut around: Vec<String> = around.into_iter().collect();
    // One may lie in the other.
    around.sort_by_key(|folder| std::cmp::Reverse(folder.len()));
    let without = around.iter().fold(text.to_owned(), |text, folder| {
        replaced(&text, (&format!("{folder}{MAIN_SEPARATOR}"), ""), |_| true)
    });
    without_home(&without)
}

/// `text` with other words in place of a path where that is a whole one or the beginning of one, and what is behind it
/// `ends` it.
fn replaced(text: &str, (path, by): (&str, &str), ends: impl Fn(&str) -> bool) -> String {
    let mut made = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(path) {
        made.push_str(before);
        let begins = !made.ends_with(is_of_path);
        made.push_str(if begins && ends(after) { by } else { path });
        rest = after;
    }
    made.push_str(rest);
    made
}

/// Characters that go on with the name of a folder.
fn is_of_name(letter: char) -> bool {
    letter.is_alphanumeric() || "-_".contains(letter)
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
        let ends = |after: &str| !after.starts_with(is_of_name);
        let text = |text: &str| replaced(text, ("/home/ann", TILDE), ends);
        assert_eq!(text("/home/ann/a.png"), "~/a.png");
        assert_eq!(text("/home/ann"), "~");
        assert_eq!(text("(/home/ann/a) /home/ann/b."), "(~/a) ~/b.");
        assert_eq!(text("file \"/home/ann\"."), "file \"~\".");
        assert_eq!(text("/home/anna/a.png"), "/home/anna/a.png");
        assert_eq!(text("/mnt/home/ann/a.png"), "/mnt/home/ann/a.png");
        assert_eq!(text("nothing"), "nothing");
    }

    #[cfg(unix)]
    #[test]
    fn of_a_path_its_name_is_left_and_of_what_lies_in_it_all_from_there_on() {
        let known = [Path::new("/mnt/b/works/a.png"), Path::new("/mnt/b/base")];
        let text = |text: &str| without_folders(text, known);
        assert_eq!(text("/mnt/b/works/a.png is none"), "a.png is none");
        assert_eq!(text("(/mnt/b/works/c.png)"), "(c.png)");
        assert_eq!(text("/mnt/b/base/unet/x lacks y"), "base/unet/x lacks y");
        assert_eq!(text("/srv/mnt/b/works/a.png"), "/srv/mnt/b/works/a.png");
        assert_eq!(text("/mnt/b/works2/a.png"), "works2/a.png");
        let relative = without_folders("in/a.png is none, within/b", [Path::new("in/a.png")]);
        assert_eq!(relative, "a.png is none, within/b");
    }
}
