//! What the linker does to make the program smaller: one of several functions that have the same machine code is kept (in
//! the report of a fault such a function may go by another one's name), and the list of places that are adjusted when the
//! program is loaded is packed. Older systems cannot read that list, so it stays as it is where the program is built on one
//! of them.

use std::env;
use std::process::Command;

/// The first version of the GNU C library that reads packed relocations.
const READS_PACKED: (u32, u32) = (2, 36);

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let is = |key: &str, value: &str| env::var(key).is_ok_and(|found| found == value);
    // Here Rust links with LLVM's linker by itself; others do not know the options.
    if is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ARCH", "x86_64")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
    {
        println!("cargo:rustc-link-arg-bins=-Wl,--icf=all");
        if c_library().is_some_and(|version| version >= READS_PACKED) {
            println!("cargo:rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
        }
    }
}

/// The version of this machine's GNU C library, where it has one.
fn c_library() -> Option<(u32, u32)> {
    let told = Command::new("getconf")
        .arg("GNU_LIBC_VERSION")
        .output()
        .ok()?;
    let told = String::from_utf8(told.stdout).ok()?;
    let (first, second) = told.trim().strip_prefix("glibc ")?.split_once('.')?;
    Some((first.parse().ok()?, second.parse().ok()?))
}
