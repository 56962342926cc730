//! Fonts of this machine for characters that the program's own fonts lack, such as Chinese.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustybuzz::ttf_parser::Face;
use usvg::fontdb::{Database, FaceInfo, Source, Style};

use super::layout::FontFile;
use palimpsest_base::bounded_read::read_at_most;

/// The largest font file that is embedded from, in bytes: collections for East Asia have 100 MB.
const MAX_BYTES: u64 = 1 << 28;

/// Fonts of this machine that together have as many of these characters as any; the plainest first. It
/// reads many files: not for the thread that draws the window. What no font has is left out.
pub fn system_fonts(missing: &[char]) -> Vec<FontFile> {
    let mut database = Database::new();
    if !missing.is_empty() {
        database.load_system_fonts();
    }
    covering(&database, missing)
}

fn covering(database: &Database, missing: &[char]) -> Vec<FontFile> {
    let mut faces: Vec<&FaceInfo> = database.faces().collect();
    // The same fonts give the same choice, in whatever order they were found.
    faces.sort_by_key(|face| (plainness(face), face.post_script_name.clone(), face.index));
    let mut left: BTreeSet<char> = missing.iter().copied().collect();
    let mut files = Vec::new();
    while let Some((face, found)) = best(database, &faces, &left) {
        faces.retain(|other| other.id != face.id);
        if let Some(file) = file(face) {
            left.retain(|character| !found.contains(character));
            files.push(file);
        }
    }
    files
}

/// Distance of a font from a regular upright one.
fn plainness(face: &FaceInfo) -> u16 {
    face.weight.0.abs_diff(400) + if face.style == Style::Normal { 0 } else { 1000 }
}

/// The first font that has more of the characters than any other, and which.
fn best<'a>(
    database: &Database,
    faces: &[&'a FaceInfo],
    left: &BTreeSet<char>,
) -> Option<(&'a FaceInfo, BTreeSet<char>)> {
    let mut best: Option<(&FaceInfo, BTreeSet<char>)> = None;
    for face in faces {
        let found = database.with_face_data(face.id, |bytes, index| {
            // A damaged font has no characters.
            let shapes = Face::parse(bytes, index).ok()?;
            let has = |c: &char| shapes.glyph_index(*c).is_some();
            Some(left.iter().copied().filter(has).collect::<BTreeSet<_>>())
        });
        // So has one that cannot be read.
        let found = found.flatten().unwrap_or_default();
        if found.len() > best.as_ref().map_or(0, |(_, most)| most.len()) {
            best = Some((face, found));
        }
    }
    best
}

/// The font as it is embedded. A file that cannot be read, or is too large, is passed over for the next font;
/// where none is left the exhibit spells the character out and names it as missing.
fn file(face: &FaceInfo) -> Option<FontFile> {
    let path = match &face.source {
        Source::File(path) | Source::SharedFile(path, _) => path,
        Source::Binary(_) => return None,
    };
    let bytes = read_at_most(path, MAX_BYTES).ok()?;
    Some(FontFile {
        bytes: Arc::new(bytes),
        index: face.index,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fonts_that_have_most_are_found_and_no_more_than_needed() {
        let mut database = Database::new();
        database.load_fonts_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../../assets/fonts"));
        // Arabic is in DejaVu Sans alone; the letter A is in every font; nobody has Chinese.
        let files = covering(&database, &['ا', 'ب', 'A', '神']);
        assert_eq!(files.len(), 1);
        let face = Face::parse(&files[0].bytes, files[0].index).unwrap();
        assert!(face.glyph_index('ب').is_some());
        assert!(covering(&database, &['神']).is_empty());
        assert!(covering(&database, &[]).is_empty());
    }
}
