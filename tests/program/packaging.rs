//! What installers are made from fits together: names that one file says are found in the others, and
//! every file that a package is to contain is there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use image::ImageFormat;

const ID: &str = "org.palimpsest.Palimpsest";
const SIZES: [u32; 8] = [16, 24, 32, 48, 64, 128, 256, 512];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn icon(name: &str) -> PathBuf {
    root().join("packaging/icons").join(name)
}

fn desktop_entry() -> String {
    read(&format!("packaging/{ID}.desktop"))
}

/// The value of a key of the desktop entry.
fn entry(key: &str) -> String {
    let text = desktop_entry();
    let start = format!("{key}=");
    let value = text.lines().find_map(|line| line.strip_prefix(&start));
    value.unwrap_or_else(|| panic!("no {key}")).to_owned()
}

/// The quoted strings of a part of Cargo.toml, which ends where the next part begins.
fn quoted(part: &str) -> Vec<String> {
    let text = read("Cargo.toml");
    let (_, after) = text.split_once(part).unwrap_or_else(|| panic!("no {part}"));
    let part = after.split_once("\n[").map_or(after, |(part, _)| part);
    let comment = |line: &&str| !line.trim_start().starts_with('#');
    let lines: Vec<&str> = part.lines().filter(comment).collect();
    let strings = lines.join("\n");
    strings
        .split('"')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

/// The asset lists of the Debian package: source, destination, mode.
fn assets() -> Vec<[String; 3]> {
    let strings = quoted("\n[package.metadata.deb]");
    let begin = strings
        .iter()
        .position(|text| text.starts_with("target/"))
        .unwrap();
    let (triples, rest) = strings[begin..].as_chunks::<3>();
    assert!(rest.is_empty(), "{rest:?}");
    triples.to_vec()
}

/// What the program's crates ask for, but for one another and for what only their tests need.
fn dependencies() -> BTreeSet<String> {
    let crates = fs::read_dir(root().join("crates")).unwrap();
    let crates = crates.map(|entry| entry.unwrap().path());
    // It is built into tests alone.
    let crates = crates.filter(|path| !path.ends_with("testing"));
    let mut names = BTreeSet::new();
    for folder in crates.chain([root().to_owned()]) {
        let manifest = fs::read_to_string(folder.join("Cargo.toml")).unwrap();
        let Some((_, part)) = manifest.split_once("\n[dependencies]\n") else {
            continue;
        };
        let lines = part.lines().take_while(|line| !line.starts_with('['));
        for line in lines.filter(|line| !line.is_empty()) {
            let end = line.find(['.', ' ']).unwrap_or_else(|| panic!("{line}"));
            names.insert(line[..end].to_owned());
        }
    }
    names.retain(|name| !name.starts_with("palimpsest-"));
    assert!(names.len() > 40, "{names:?}");
    names
}

#[test]
fn the_desktop_entry_starts_the_program_under_the_name_that_its_window_has() {
    let program = Path::new(env!("CARGO_BIN_EXE_palimpsest"))
        .file_stem()
        .unwrap();
    let exec = entry("Exec");
    assert_eq!(
        exec.split_once(' '),
        Some((program.to_str().unwrap(), "%F"))
    );
    assert_eq!(entry("StartupWMClass"), ID);
    assert!(read("src/app/open_window.rs").contains(&format!("APP_ID: &str = \"{ID}\";")));
    assert!(icon(&format!("{}.svg", entry("Icon"))).is_file());
}

#[test]
fn the_desktop_entry_offers_what_the_program_reads() {
    let types = entry("MimeType");
    let types: Vec<_> = types.split_terminator(';').collect();
    for kind in &types {
        let format = ImageFormat::from_mime_type(kind).unwrap_or_else(|| panic!("{kind}"));
        assert!(format.reading_enabled(), "{kind}");
    }
    let readable = ImageFormat::all()
        .filter(ImageFormat::reading_enabled)
        .count();
    assert_eq!(types.len(), readable, "{types:?}");
}

#[test]
fn the_metainfo_is_that_of_the_desktop_entry_and_of_this_version() {
    let text = read(&format!("packaging/{ID}.metainfo.xml"));
    for part in [
        format!("<id>{ID}</id>"),
        format!("<launchable type=\"desktop-id\">{ID}.desktop</launchable>"),
        format!("<icon type=\"stock\">{}</icon>", entry("Icon")),
        format!("<binary>{}</binary>", env!("CARGO_PKG_NAME")),
        format!(
            "<project_license>{}</project_license>",
            env!("CARGO_PKG_LICENSE")
        ),
        format!("<release version=\"{}\"", env!("CARGO_PKG_VERSION")),
    ] {
        assert!(text.contains(&part), "{part}");
    }
}

#[test]
fn icons_have_the_sizes_that_their_names_say() {
    for side in SIZES {
        let name = format!("palimpsest-{side}.png");
        let picture = image::open(icon(&name)).unwrap().into_rgba8();
        assert_eq!(picture.dimensions(), (side, side), "{name}");
        // A frame with a transparent margin around it, and colours inside.
        assert!(picture.get_pixel(0, 0).0[3] < 128, "{name}");
        let colours: BTreeSet<_> = picture.pixels().map(|pixel| pixel.0).collect();
        assert!(colours.len() > 40, "{name}: {} colours", colours.len());
    }
}

#[test]
fn the_debian_package_finds_its_files() {
    let assets = assets();
    for [source, destination, mode] in &assets {
        let built = source.starts_with("target/release/");
        assert!(built || root().join(source).is_file(), "{source}");
        assert_eq!(mode, if built { "755" } else { "644" }, "{source}");
        assert!(destination.starts_with("usr/"), "{destination}");
    }
    let destinations: BTreeSet<_> = assets.iter().map(|[_, place, _]| place.as_str()).collect();
    let name = entry("Icon");
    for side in SIZES {
        let place = format!("usr/share/icons/hicolor/{side}x{side}/apps/{name}.png");
        let source = format!("packaging/icons/palimpsest-{side}.png");
        let asset = [source, place, "644".to_owned()];
        assert!(assets.contains(&asset), "{asset:?}");
    }
    for place in ["usr/bin/", "usr/share/applications/", "usr/share/metainfo/"] {
        assert!(destinations.contains(place), "{place}");
    }
}

#[test]
fn the_other_packages_find_their_files() {
    let mut found = 0;
    for part in ["", ".deb"] {
        for text in quoted(&format!("\n[package.metadata.packager{part}]")) {
            if text.starts_with("packaging/") || text.starts_with("LICENSE") {
                assert!(root().join(&text).is_file(), "{text}");
                found += 1;
            }
        }
    }
    assert!(found >= 8, "{found}");
}

#[test]
fn the_notices_name_every_crate_that_is_asked_for_and_no_place_on_a_machine() {
    let notices = read("packaging/THIRD-PARTY-NOTICES.txt");
    let words: Vec<&str> = notices.split_whitespace().collect();
    let notices = words.join(" ");
    let lock = read("Cargo.lock");
    // One is ours, in the place of another (`[patch.crates-io]`).
    let others = dependencies().into_iter().filter(|name| {
        let ours = root().join("crates").join(name);
        !ours.is_dir()
    });
    for name in others {
        let locked = format!("name = \"{name}\"\nversion = \"");
        let mut versions = lock
            .split(&locked)
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let named = versions.any(|version| notices.contains(&format!("{name} {version}")));
        assert!(named, "{name}: run packaging/notices.py");
    }
    for font in ["DejaVu Sans", "SIL OPEN FONT LICENSE", "Bitstream"] {
        assert!(notices.contains(font), "{font}");
    }
    // Nothing tells of the machine that they were made on: no absolute path stands in them.
    let is_path = |word: &&str| {
        let inner = word.trim_start_matches(['(', '"', '<', '`']);
        inner.starts_with('/') && !inner.starts_with("//") && inner[1..].contains('/')
    };
    let path = notices.split_whitespace().find(is_path);
    assert_eq!(path, None);
    for place in ["Users/", "registry/src", env!("CARGO_MANIFEST_DIR")] {
        assert!(!notices.contains(place), "{place}");
    }
}
