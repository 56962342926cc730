//! Any folder of pictures, read by the program, for `tests/pictures/check_corpus.py` to hold against Pillow.

use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};

use palimpsest_method::artwork::Artwork;
use serde_json::json;

/// Reads every file below the folder `PALIMPSEST_CORPUS` and writes into `PALIMPSEST_CORPUS_OUT` one line of JSON
/// a file, and the pixels of those that are read, three bytes each.
#[test]
#[ignore = "for a folder of the user's: tests/pictures/check_corpus.py runs it"]
fn a_folder_is_read_for_another_program_to_judge() {
    let folder = PathBuf::from(std::env::var_os("PALIMPSEST_CORPUS").unwrap());
    let out = PathBuf::from(std::env::var_os("PALIMPSEST_CORPUS_OUT").unwrap());
    fs::create_dir_all(&out).unwrap();
    let mut lines = File::create(out.join("read.jsonl")).unwrap();
    let mut files = Vec::new();
    collect(&folder, &mut files);
    files.sort();
    for (number, path) in files.iter().enumerate() {
        let line = match Artwork::open(path) {
            Ok(artwork) => {
                fs::write(out.join(format!("{number}.rgb")), artwork.pixels().as_raw()).unwrap();
                json!({
                    "file": path, "number": number, "format": artwork.format(),
                    "width": artwork.width(), "height": artwork.height(),
                    "warnings": artwork.warnings(),
                })
            }
            Err(error) => json!({ "file": path, "refused": error.to_string() }),
        };
        writeln!(lines, "{line}").unwrap();
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, files);
        } else {
            files.push(path);
        }
    }
}
