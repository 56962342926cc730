//! `palimpsest seal` and `palimpsest siblings`.

use super::Status;
use super::arguments::{SealArguments, SiblingsArguments};
use super::output::{ask_for_operator, fail, plain, print, print_json};
use palimpsest_base::number_format::counted;
use palimpsest_record::case::users_signer;
use palimpsest_record::casework::siblings::rank_siblings;
use palimpsest_record::sealed_siblings::{FILE, seal};

pub(super) fn run(arguments: &SealArguments) -> Status {
    ask_for_operator();
    let signer = match users_signer() {
        Ok(signer) => signer,
        Err(error) => return fail(&error),
    };
    let out = &arguments.out;
    match seal(&arguments.artwork, arguments.variants, out, &signer) {
        Ok(sealed) => print(&format!(
            "publish    {}\nkeep back  the other {}, and the work itself\nseal       {}, SHA-256 {}",
            out.join(&sealed.seal.published).display(),
            counted(arguments.variants - 1, "variant", "variants"),
            out.join(FILE).display(),
            sealed.sha256
        )),
        Err(error) => fail(&error),
    }
}

pub(super) fn rank(arguments: &SiblingsArguments) -> Status {
    match rank_siblings(&arguments.case, &arguments.seal) {
        Ok(ranked) if arguments.json => print_json(&ranked),
        Ok(ranked) => print(&plain(&format!("{}: {}", ranked.score, ranked.sentence))),
        Err(error) => fail(&error),
    }
}
