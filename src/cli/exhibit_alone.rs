//! `palimpsest verify EXHIBIT.pdf` where its case is not at hand.

use palimpsest_record::case::verification::{Expectations, Verification};
use palimpsest_record::casework::exhibit_alone::check_alone;
use serde::Serialize;

use super::Status;
use super::arguments::VerifyArguments;
use super::output::{complain, fail, note, print, print_json};

/// Everything that was found.
#[derive(Serialize)]
struct Report<'a> {
    holds: bool,
    /// True, as opposed to a check of the case.
    exhibit_alone: bool,
    sha256: String,
    #[serde(flatten)]
    verification: &'a Verification,
    /// The faults in words, and what holds.
    sentences: Vec<String>,
    established: &'a [String],
    cannot_tell: &'a [String],
}

pub(super) fn run(arguments: &VerifyArguments, expectations: &Expectations) -> Status {
    if arguments.replay {
        complain(
            "an exhibit alone cannot be examined again: name the case that it belongs to, --case CASE_DIR",
        );
        return Status::Failed;
    }
    let checked = match check_alone(&arguments.subject, expectations) {
        Ok(checked) => checked,
        Err(error) => return fail(&error),
    };
    let problems = checked.problems();
    let holds = problems.is_empty();
    let printed = if arguments.json {
        print_json(&Report {
            holds,
            exhibit_alone: true,
            sha256: checked.sha256.to_string(),
            verification: &checked.verification,
            sentences: problems,
            established: &checked.holds,
            cannot_tell: &checked.cannot_tell,
        })
    } else {
        for problem in &problems {
            complain(problem);
        }
        for notice in &checked.verification.notices {
            note(&format!("to be known: {notice}."));
        }
        let outcome = match holds {
            true => "the exhibit's attached files hold; its case is not at hand",
            false => "THE EXHIBIT'S ATTACHED FILES DO NOT HOLD",
        };
        let holding = checked.holds.iter().map(|it| format!("holds: {it}"));
        let open = checked.cannot_tell.iter();
        let open = open.map(|it| format!("cannot be told without the case: {it}"));
        let lines: Vec<String> = std::iter::once(outcome.to_owned())
            .chain(holding)
            .chain(open)
            .collect();
        print(&lines.join("\n"))
    };
    if holds { printed } else { Status::Failed }
}
