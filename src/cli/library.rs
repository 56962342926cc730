//! `palimpsest models list`, `add` and `remove`: the library.

use std::fmt::Write;
use std::path::Path;

use super::arguments::{FolderArguments, ListArguments};
use super::output::{complain, fail, plain, print, print_json};
use super::{Status, interruption};
use palimpsest_base::number_format::bytes;
use palimpsest_method::inversion::Control;
use palimpsest_method::model_library::{Entry, EntryKind, LibraryError, Listing, ModelLibrary};
use palimpsest_record::case::UtcTime;

pub(super) fn list(arguments: &ListArguments) -> Status {
    match listing(arguments) {
        Ok(listing) if arguments.json => print_json(&listing),
        Ok(listing) => {
            for note in &listing.notes {
                complain(note);
            }
            print(&text(&listing))
        }
        Err(error) => fail(&error),
    }
}

pub(super) fn add(arguments: &FolderArguments) -> Status {
    changed(ModelLibrary::open().add(&arguments.folder))
}

pub(super) fn remove(arguments: &FolderArguments) -> Status {
    changed(ModelLibrary::open().remove(&arguments.folder))
}

fn changed(result: Result<(), LibraryError>) -> Status {
    match result {
        Ok(()) => Status::Done,
        Err(error) => fail(&error),
    }
}

fn listing(arguments: &ListArguments) -> Result<Listing, LibraryError> {
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let proceed = || control.may_proceed();
    let mut library = ModelLibrary::open();
    let mut listing = library.list(&proceed)?;
    listing.entries.retain(|entry| arguments.wants(entry));
    if arguments.hash {
        for entry in &mut listing.entries {
            library.hash(entry, &proceed)?;
        }
    }
    Ok(listing)
}

fn text(listing: &Listing) -> String {
    let mut text = String::new();
    for entry in &listing.entries {
        describe(&mut text, entry);
    }
    if listing.entries.is_empty() {
        text.push_str("Nothing was found.\n");
    }
    text.push_str("\nLooked through:\n");
    for folder in &listing.folders {
        let of = folder.of.as_deref().unwrap_or("added");
        // A string takes everything.
        let _ = writeln!(text, "- {} ({of})", shown(&folder.path));
    }
    if listing.folders.is_empty() {
        text.push_str("- nothing: add a folder with palimpsest models add FOLDER\n");
    }
    text.truncate(text.trim_end().len());
    text
}

fn describe(text: &mut String, entry: &Entry) {
    let mut facts = vec![entry.what.clone(), bytes(entry.bytes)];
    facts.extend(entry.modified.and_then(UtcTime::at).map(UtcTime::day));
    let stated = &entry.stated;
    let says = [
        ("called", &stated.title),
        ("made from", &stated.base),
        ("trigger", &stated.trigger),
    ];
    for (name, value) in says {
        facts.extend(
            value
                .as_ref()
                .map(|value| format!("{name} \u{201c}{value}\u{201d}")),
        );
    }
    facts.extend(entry.sha256.map(|hash| format!("SHA-256 {hash}")));
    let mark = match (entry.kind, &entry.refused) {
        (EntryKind::Other, _) | (_, Some(_)) => " (cannot be examined)",
        _ => "",
    };
    // A string takes everything.
    let _ = writeln!(
        text,
        "{}{mark}\n    {}\n    {}",
        plain(&entry.name),
        plain(&facts.join(", ")),
        shown(&entry.path)
    );
    if let Some(elsewhere) = &entry.elsewhere {
        let _ = writeln!(text, "    a link; it lies at {}", shown(elsewhere));
    }
    if let Some(why) = &entry.refused {
        let _ = writeln!(text, "    {}", plain(why));
    }
}

fn shown(path: &Path) -> String {
    plain(&path.display().to_string())
}
