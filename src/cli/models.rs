//! `palimpsest models`: what a file of weights is, without examining anything with it.

use std::fmt::Write;

use super::arguments::{InspectArguments, ModelsCommand};
use super::output::{fail, plain, print, print_json};
use super::{Status, fetch, library, model_fit};
use palimpsest_method::model_file::ModelFile;

/// The most tags that are printed; JSON has all.
const TAGS: usize = 20;

pub(super) fn run(command: &ModelsCommand) -> Status {
    match command {
        ModelsCommand::List(arguments) => library::list(arguments),
        ModelsCommand::Add(arguments) => library::add(arguments),
        ModelsCommand::Remove(arguments) => library::remove(arguments),
        ModelsCommand::Fetch(arguments) => fetch::run(arguments),
        ModelsCommand::Inspect(arguments) => inspect(arguments),
        ModelsCommand::Fit(arguments) => model_fit::run(arguments),
        ModelsCommand::Nearest(arguments) => library::nearest(arguments),
    }
}

fn inspect(arguments: &InspectArguments) -> Status {
    match ModelFile::read(&arguments.file) {
        Ok(file) if arguments.json => print_json(&file),
        Ok(file) => print(&summary(&file)),
        Err(error) => fail(&error),
    }
}

fn summary(file: &ModelFile) -> String {
    let mut text = format!(
        "{}: {}\n{} bytes, {} tensors of {} values\n",
        plain(&file.path.display().to_string()),
        plain(&file.kind),
        file.bytes,
        file.tensors,
        file.values
    );
    if let Some(refused) = &file.refused {
        line(&mut text, "cannot be examined", refused);
    }
    line(&mut text, "SHA-256", &file.hashes.sha256.to_string());
    line(&mut text, "AutoV1", &file.hashes.autov1);
    line(&mut text, "AutoV2", &file.hashes.autov2);
    if let Some(hash) = &file.hashes.autov3 {
        line(&mut text, "AutoV3", hash);
    }
    if let Some(has) = file.has_stated_tensors {
        let said = match has {
            true => "they have the hash that the file states of them",
            false => {
                "not those whose hash the file states: they were changed after it was written, or the statement was"
            }
        };
        line(&mut text, "its tensors", said);
    }
    if let Some(stated) = &file.stated {
        text.push_str("\nAs stated in the file; can be changed by anyone:\n");
        for (name, value) in stated.facts(TAGS) {
            line(&mut text, name, &value);
        }
    }
    text.truncate(text.trim_end().len());
    text
}

/// A line of the summary. The value is a stranger's.
fn line(text: &mut String, name: &str, value: &str) {
    // A string takes everything.
    let _ = writeln!(text, "{name}: {}", plain(value));
}
