//! `palimpsest verify`.

use serde::Serialize;

use super::arguments::VerifyArguments;
use super::output::{complain, fail, note, plain, print, print_json};
use super::{Status, exhibit_alone, interruption, progress};
use palimpsest_base::number_format::counted;
use palimpsest_base::user_folders;
use palimpsest_method::inversion::Control;
use palimpsest_record::case::archive::{OPENED, Unpacked, is_called_archive, unpack};
use palimpsest_record::case::verification::{Expectations, Verification};
use palimpsest_record::casework::checking::{Checked, Subject, check, is_called_exhibit};
use palimpsest_record::casework::replay::{Replayed, replay_with};

/// Everything that was found.
#[derive(Serialize)]
struct Report<'a> {
    holds: bool,
    #[serde(flatten)]
    verification: &'a Verification,
    /// In words.
    sentences: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    exhibit: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    replay: Option<&'a [Replayed]>,
}

pub(super) fn run(arguments: &VerifyArguments) -> Status {
    let unpacked = match is_called_archive(&arguments.subject) {
        true => match unpack(&arguments.subject, &user_folders::cache().join(OPENED)) {
            Ok(unpacked) => Some(unpacked),
            Err(error) => return fail(&error),
        },
        false => None,
    };
    let subject = unpacked
        .as_ref()
        .map_or(arguments.subject.as_path(), Unpacked::folder);
    let expectations = Expectations {
        key: arguments.expect_key,
        head: arguments.expect_head,
    };
    let subject = match Subject::of(subject, arguments.case.as_deref()) {
        Ok(subject) => subject,
        // An exhibit that has left its case behind is checked by what is attached to it.
        Err(_) if is_called_exhibit(subject) && subject.is_file() => {
            return exhibit_alone::run(arguments, &expectations);
        }
        Err(error) => return fail(&error),
    };
    let checked = match check(&subject, &expectations) {
        Ok(checked) => checked,
        Err(error) => return fail(&error),
    };
    let replayed = if arguments.replay {
        let control = Control::new();
        interruption::cancel_on_ctrl_c(&control);
        match progress::showing(&control, |steering| {
            replay_with(&subject.case, &arguments.files, steering)
        }) {
            Ok(replayed) => Some(replayed),
            Err(error) if error.is_interruption() => {
                complain("interrupted");
                return Status::Interrupted;
            }
            Err(error) => return fail(&error),
        }
    } else {
        None
    };
    emit(arguments.json, &checked, replayed.as_deref())
}

fn emit(json: bool, checked: &Checked, replayed: Option<&[Replayed]>) -> Status {
    let agrees = replayed.is_none_or(|works| works.iter().all(Replayed::agrees));
    let holds = checked.holds() && agrees;
    let printed = if json {
        print_json(&Report {
            holds,
            verification: &checked.verification,
            sentences: checked.sentences(),
            exhibit: checked.exhibit.as_deref(),
            replay: replayed,
        })
    } else {
        text(checked, replayed)
    };
    if holds { printed } else { Status::Failed }
}

fn text(checked: &Checked, replayed: Option<&[Replayed]>) -> Status {
    for sentence in checked.sentences() {
        complain(&sentence);
    }
    for notice in &checked.verification.notices {
        note(&format!("to be known: {notice}."));
    }
    let counts = checked.verification.checked;
    let mut lines = vec![format!(
        "{}: {}, {}, {}, {} checked",
        if checked.holds() {
            "holds"
        } else {
            "DOES NOT HOLD"
        },
        counted(counts.entries, "journal entry", "journal entries"),
        counted(counts.files, "file", "files"),
        counted(counts.items, "work", "works"),
        counted(counts.exhibits, "exhibit", "exhibits")
    )];
    if let Some(head) = checked.verification.head {
        lines.push(format!("journal head  {head}"));
    }
    if let Some(key) = checked.verification.key {
        lines.push(format!("signed by     {key}"));
    }
    lines.extend(checked.exhibit.clone());
    let replayed = replayed.into_iter().flatten();
    lines.extend(replayed.map(|work| plain(&work.sentence())));
    let open = checked.verification.cannot_exclude.iter();
    lines.extend(open.map(|sentence| format!("cannot be excluded: {sentence}")));
    print(&lines.join("\n"))
}
