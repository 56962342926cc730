//! Running the program as a user does, on the reference models.
#![allow(dead_code)] // every test binary uses its own part

use std::ffi::{OsStr, OsString};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use palimpsest_record::case::key::SigningKey;
pub use palimpsest_testing::reference::tensor;
use safetensors::SafeTensors;
use serde_json::Value;
use tempfile::{TempDir, tempdir};

/// A file or folder of a family of the reference data.
pub fn reference(family: &str, name: &str) -> PathBuf {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference");
    tests.join(family).join(name)
}

/// The user's data of the test that runs on this thread, gone when it ends: the signing key of all tests, and a registry
/// of its own, so that no test counts what another examined.
pub fn data_home() -> PathBuf {
    thread_local!(static HOME: TempDir = new_data_home());
    HOME.with(|home| home.path().to_owned())
}

fn new_data_home() -> TempDir {
    const KEY: &str = "palimpsest/signing-key.pem";
    let shared = Path::new(env!("CARGO_TARGET_TMPDIR"))
        .join("data")
        .join(KEY);
    SigningKey::open_or_make(&shared).unwrap();
    let home = tempdir().unwrap();
    fs::create_dir(home.path().join("palimpsest")).unwrap();
    fs::copy(shared, home.path().join(KEY)).unwrap();
    home
}

/// Where the tests' logs are.
pub fn state_home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join("state")
}

/// The program with `arguments`.
pub fn palimpsest<I: AsRef<OsStr>>(arguments: impl IntoIterator<Item = I>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_palimpsest"));
    command.args(arguments).stdin(Stdio::null());
    // The user's own signing key is not for tests.
    command.env("XDG_DATA_HOME", data_home());
    command.env("XDG_STATE_HOME", state_home());
    command
}

/// `palimpsest examine` in the making.
#[derive(Clone)]
pub struct Examine {
    pub artworks: Vec<PathBuf>,
    pub pretrained: PathBuf,
    pub finetuned: PathBuf,
    pub out: PathBuf,
    pub options: Vec<OsString>,
}

impl Examine {
    /// The family's artwork with the family's models, one step, into `out`.
    pub fn new(family: &str, out: impl Into<PathBuf>) -> Self {
        Self {
            artworks: vec![reference(family, "artwork.png")],
            pretrained: reference(family, "pretrained"),
            finetuned: reference(family, "finetuned"),
            out: out.into(),
            options: Vec::new(),
        }
    }

    /// With these options, separated by spaces.
    pub fn with(mut self, options: &str) -> Self {
        self.options.extend(options.split(' ').map(OsString::from));
        self
    }

    /// With an option that may hold anything.
    pub fn option(mut self, name: &str, value: impl Into<OsString>) -> Self {
        self.options.extend([name.into(), value.into()]);
        self
    }

    /// With the family's picture encoders.
    pub fn with_encoders(self, family: &str) -> Self {
        self.option("--clip", reference(family, "clip"))
            .option("--dino", reference(family, "dino"))
    }

    pub fn command(&self) -> Command {
        let mut command = palimpsest(["examine"]);
        // The reference data were made with the published settings.
        if !self.options.iter().any(|option| option == "--preset") {
            command.args(["--preset", "paper"]);
        }
        command
            .args(&self.artworks)
            .arg("--pretrained")
            .arg(&self.pretrained)
            .arg("--finetuned")
            .arg(&self.finetuned)
            .arg("--out")
            .arg(&self.out)
            .args(&self.options);
        command
    }

    pub fn output(&self) -> Output {
        self.command().output().unwrap()
    }

    /// What `--json` prints when all goes well.
    pub fn json(&self) -> Value {
        json(&self.clone().with("--json").output())
    }

    /// The one sentence of a failure that leaves nothing behind.
    pub fn complaint(&self) -> String {
        let output = self.output();
        assert_eq!(output.status.code(), Some(1), "{}", stderr(&output));
        assert!(output.stdout.is_empty());
        assert!(!self.out.exists(), "{} was left", self.out.display());
        complaint(&output)
    }
}

/// The JSON on standard output of a command that ended well.
pub fn json(output: &Output) -> Value {
    assert_eq!(output.status.code(), Some(0), "{}", stderr(output));
    serde_json::from_slice(&output.stdout).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The last line of standard error, which is the only complaint.
pub fn complaint(output: &Output) -> String {
    let text = stderr(output);
    let complaints = text.lines().filter(|line| line.starts_with("palimpsest: "));
    assert_eq!(complaints.count(), 1, "{text}");
    let last = text.lines().last().unwrap().to_owned();
    assert!(
        last.starts_with("palimpsest: ") && last.ends_with('.'),
        "{text}"
    );
    assert!(!text.contains("panicked"), "{text}");
    last
}

/// Starts `command` and returns when it has made its first step of this session.
pub fn started(mut command: Command) -> (Child, BufReader<std::process::ChildStderr>) {
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    while !line.starts_with("step ") {
        line.clear();
        assert!(lines.read_line(&mut line).unwrap() > 0, "no step was made");
    }
    (child, lines)
}

/// Draws for `--draws` from the reference data, with or without the latent to start from.
pub fn draws(family: &str, folder: &Path, with_start: bool) -> PathBuf {
    let expected = fs::read(reference(family, "expected.safetensors")).unwrap();
    let tensors = SafeTensors::deserialize(&expected).unwrap();
    let names = ["timesteps", "noise", "start_latent"];
    let parts = names[..2 + usize::from(with_start)]
        .iter()
        .map(|name| (*name, tensors.tensor(name).unwrap()));
    let path = folder.join("draws.safetensors");
    fs::write(&path, safetensors::serialize(parts, None).unwrap()).unwrap();
    path
}

/// The largest difference of two lists.
pub fn largest_difference(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    let differences = a.iter().zip(b).map(|(a, b)| (a - b).abs());
    differences.fold(0.0, f32::max)
}

/// The largest difference of two pictures in any channel.
pub fn largest_step(a: &Path, b: &Path) -> u8 {
    let [a, b] = [a, b].map(|path| image::open(path).unwrap().to_rgb8());
    assert_eq!(a.dimensions(), b.dimensions());
    let pairs = a.as_raw().iter().zip(b.as_raw());
    pairs.map(|(a, b)| a.abs_diff(*b)).max().unwrap()
}

/// The names of everything in a folder and its folders, sorted.
pub fn contents(folder: &Path) -> Vec<String> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        if path.is_dir() {
            let inside = contents(&path);
            names.extend(inside.iter().map(|inner| format!("{name}/{inner}")));
        } else {
            names.push(name);
        }
    }
    names.sort();
    names
}

/// Copies a folder with all that is in it.
pub fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let copy = to.join(path.file_name().unwrap());
        if path.is_dir() {
            copy_folder(&path, &copy);
        } else {
            fs::copy(&path, &copy).unwrap();
        }
    }
}
