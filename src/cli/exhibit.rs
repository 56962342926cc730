//! `palimpsest exhibit`.

use std::collections::BTreeSet;

use super::Status;
use super::arguments::{ExhibitArguments, PaperArgument};
use super::output::{fail, note, print};
use palimpsest_base::number_format::counted;
use palimpsest_record::casework::add_validation;
use palimpsest_record::casework::exhibit::{Cover, Order, write_exhibit};
use palimpsest_record::casework::notes::note as note_items;
use palimpsest_record::exhibit::{Options, PageSize, Section};

pub(super) fn run(arguments: &ExhibitArguments) -> Status {
    let order = Order {
        cover: Cover {
            number: arguments.number.clone(),
            title: arguments.title.clone(),
            parties: arguments.parties.clone(),
            examiner: arguments.examiner.clone(),
        },
        options: Options {
            language: arguments.language,
            page: match arguments.paper {
                PaperArgument::A4 => PageSize::A4,
                PaperArgument::Letter => PageSize::Letter,
            },
            left_out: if arguments.panel_only {
                BTreeSet::from(Section::ALL)
            } else {
                arguments.leave_out.iter().copied().collect()
            },
            certificate: arguments.certificate,
            fonts: Vec::new(),
        },
        out: arguments.out.clone(),
        siblings: arguments.siblings.clone(),
    };
    let notes = arguments.note.iter().cloned().collect();
    for file in &arguments.validation {
        if let Err(error) = add_validation(&arguments.case, file) {
            return fail(&error);
        }
    }
    let written =
        note_items(&arguments.case, &notes).and_then(|()| write_exhibit(&arguments.case, &order));
    match written {
        Ok(written) => {
            if !written.missing.is_empty() {
                let missing: String = written.missing.iter().collect();
                note(&format!(
                    "no font here has these characters, which are spelt out: {missing}"
                ));
            }
            print(&format!(
                "{} ({})\nSHA-256 {}\njournal head {}",
                written.path.display(),
                counted(written.pages, "page", "pages"),
                written.sha256,
                written.head
            ))
        }
        Err(error) => fail(&error),
    }
}
