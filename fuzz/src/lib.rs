//! Two faces of the fuzz targets, and their scratch files: most readers take a path, as the program does.
//!
//! Under `cargo fuzz run TARGET` libFuzzer calls a target with inputs that it makes up. Built without
//! `--cfg fuzzing` a target is a program that reads the files named on its command line, such as one that
//! the fuzzer found: `cargo run -p palimpsest-fuzz --bin TARGET FILE…`.

use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};
use std::sync::{Once, OnceLock};
use std::{env, fs, panic};

use palimpsest_base::caught_panic::caught;
use palimpsest_method::artwork::Artwork;

/// The folder of this process, in memory where the system has such a place.
pub fn folder() -> &'static Path {
    static FOLDER: OnceLock<PathBuf> = OnceLock::new();
    FOLDER.get_or_init(|| {
        let memory = Path::new("/dev/shm");
        let parent = if memory.is_dir() {
            memory.to_owned()
        } else {
            env::temp_dir()
        };
        let folder = parent.join(format!("palimpsest-fuzz-{}", process::id()));
        fs::create_dir_all(&folder).expect("a folder for scratch files");
        folder
    })
}

/// The path of a file `name` of this process that holds `bytes`.
pub fn file(name: &str, bytes: &[u8]) -> PathBuf {
    let path = folder().join(name);
    fs::write(&path, bytes).expect("a scratch file");
    path
}

/// Reads a picture. A panic in a decoder of others is caught, as in the program; one in this workspace's own code
/// is a find.
pub fn picture(bytes: &[u8]) {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        // Its hook has to be there first, to be asked second.
        let _ = caught(|| ());
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if info
                .location()
                .is_some_and(|place| place.file().starts_with("crates/"))
            {
                eprintln!("{info}");
                process::abort();
            }
            before(info);
        }));
    });
    let _ = Artwork::from_bytes(Path::new("picture"), bytes);
}

/// A target that reads pictures of one format, told by how their files begin; everything else is left alone.
#[macro_export]
macro_rules! decoder {
    ($($start:expr),+) => {
        fn read(bytes: &[u8]) {
            let starts: &[&[u8]] = &[$($start),+];
            if starts.iter().any(|start| bytes.starts_with(start)) {
                $crate::picture(bytes);
            }
        }

        $crate::target!(read);
    };
}

/// The entry point of a target: what is done with the bytes of a file.
#[macro_export]
macro_rules! target {
    ($read:path) => {
        #[cfg(fuzzing)]
        libfuzzer_sys::fuzz_target!(|bytes: &[u8]| $read(bytes));

        #[cfg(not(fuzzing))]
        fn main() -> std::process::ExitCode {
            $crate::replay($read)
        }
    };
}

/// Reads the files named on the command line; fails if one is not there, panics if the target does.
pub fn replay(read: fn(&[u8])) -> ExitCode {
    let mut files = env::args_os().skip(1).peekable();
    if files.peek().is_none() {
        eprintln!("name the files to read");
        return ExitCode::FAILURE;
    }
    for file in files {
        let file = PathBuf::from(file);
        match fs::read(&file) {
            Ok(bytes) => read(&bytes),
            Err(error) => {
                eprintln!("{}: {error}", file.display());
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}
