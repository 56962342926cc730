//! Tells a release build which commit it is of: journals and exhibits name the program by it. Builds for
//! development do not ask, since every commit would have them compile everything anew.

use std::env;
use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-env-changed=PALIMPSEST_COMMIT");
    if env::var("PROFILE").as_deref() != Ok("release") || env::var("PALIMPSEST_COMMIT").is_ok() {
        return;
    }
    // What moves when something is committed, checked out or edited; what is not there is not watched.
    let watched = [
        "../../.git/HEAD",
        "../../.git/logs/HEAD",
        "../../src",
        "../../crates",
        "../../assets",
        "../../Cargo.toml",
        "../../Cargo.lock",
    ];
    for path in watched.into_iter().filter(|path| Path::new(path).exists()) {
        println!("cargo::rerun-if-changed={path}");
    }
    let Some(commit) = git(&["rev-parse", "--short=12", "HEAD"]) else {
        return;
    };
    // What is compiled is then not what was committed.
    let changed = git(&[
        "--no-optional-locks",
        "status",
        "--porcelain",
        "--untracked-files=no",
    ]);
    let mark = match changed.as_deref() {
        Some("") => "",
        _ => " with changes",
    };
    println!("cargo::rustc-env=PALIMPSEST_COMMIT=commit {commit}{mark}");
}

/// What git says, if this is a checkout and git is there.
fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| said.trim().to_owned())
}
