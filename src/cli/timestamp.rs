//! `palimpsest timestamp`.

use super::Status;
use super::arguments::TimestampArguments;
use super::output::{fail, print};
use palimpsest_record::casework::stamping::{attach_file, query_of, stamp_by};

pub(super) fn run(arguments: &TimestampArguments) -> Status {
    let case = &arguments.case;
    if let Some(file) = &arguments.query {
        return match query_of(case, file) {
            Ok(()) => print(&format!(
                "the query is {}; attach the answer with --token before anything else is done in the case",
                file.display()
            )),
            Err(error) => fail(&error),
        };
    }
    let attached = match (&arguments.server, &arguments.token) {
        (Some(url), _) => stamp_by(case, url),
        (None, Some(token)) => attach_file(case, token),
        (None, None) => return Status::WrongUsage,
    };
    match attached {
        Ok(sentence) => print(&sentence),
        Err(error) => fail(&error),
    }
}
