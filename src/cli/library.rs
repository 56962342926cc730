//! `palimpsest models list`, `add`, `remove` and `nearest`: the library.

use std::fmt::Write;
use std::path::Path;

use super::arguments::{FolderArguments, ListArguments, NearestArguments};
use super::output::{complain, fail, plain, print, print_json};
use super::{Status, interruption};
use palimpsest_base::number_format::{bytes, two_figures};
use palimpsest_method::inversion::Control;
use palimpsest_method::model_library::{
    self, EntryKind, LibraryEntry, LibraryError, Listing, ModelLibrary, Nearest,
};
use palimpsest_method::models;
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

pub(super) fn nearest(arguments: &NearestArguments) -> Status {
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let proceed = || control.may_proceed();
    let model = match models::resolve(&arguments.model) {
        Ok(model) => model,
        Err(error) => return fail(&error),
    };
    let listing = match ModelLibrary::open().list(&proceed) {
        Ok(listing) => listing,
        Err(error) => return fail(&error),
    };
    let choices = arguments.choices.choices();
    match model_library::nearest(&model, &choices, &listing, &proceed) {
        Ok(found) if arguments.json => print_json(&found),
        Ok(found) => print(&neighbours(&found)),
        Err(error) => fail(&error),
    }
}

fn neighbours(found: &Nearest) -> String {
    let mut text = String::new();
    for neighbour in &found.neighbours {
        let distance = neighbour.distance;
        // A string takes everything.
        let _ = writeln!(
            text,
            "{}\n    {} % of its length away, {} of {} tensors equal\n    {}",
            plain(&neighbour.name),
            two_figures(100.0 * distance.relative),
            distance.equal,
            distance.tensors,
            shown(&neighbour.path)
        );
    }
    if found.neighbours.is_empty() {
        text.push_str("The library has no other model of this structure: add a folder with palimpsest models add FOLDER\n");
    }
    for other in &found.not_compared {
        let _ = writeln!(
            text,
            "{}: not compared. {}",
            plain(&other.name),
            plain(&other.why)
        );
    }
    text.truncate(text.trim_end().len());
    text
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

fn describe(text: &mut String, entry: &LibraryEntry) {
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
