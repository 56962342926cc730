//! `FILE@0.8`.

use std::fs;
use std::path::Path;

use palimpsest_diffusion::LoraError;
use palimpsest_diffusion::files::ModelSource;

#[test]
fn the_strength_follows_the_last_at() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["a.safetensors", "me@home.safetensors", "b@2"] {
        fs::write(root.join(name), "").unwrap();
    }
    fs::create_dir(root.join("folder")).unwrap();
    let parse = |name: &str| {
        let parsed = ModelSource::named(&root.join(name));
        parsed.check()?;
        let path = parsed
            .path
            .strip_prefix(root)
            .unwrap()
            .to_str()
            .unwrap()
            .to_owned();
        Ok::<_, LoraError>((path, parsed.strength))
    };
    for (given, path, strength) in [
        ("a.safetensors", "a.safetensors", None),
        ("a.safetensors@0.8", "a.safetensors", Some(0.8)),
        ("a.safetensors@-1", "a.safetensors", Some(-1.0)),
        ("a.safetensors@0", "a.safetensors", Some(0.0)),
        ("me@home.safetensors", "me@home.safetensors", None),
        ("me@home.safetensors@.5", "me@home.safetensors", Some(0.5)),
        ("folder@2", "folder", Some(2.0)),
        // A file of exactly this name comes first.
        ("b@2", "b@2", None),
        ("b@2@2", "b@2", Some(2.0)),
        // Nothing of the kind is there: whoever opens it will say so.
        ("absent@0.8", "absent@0.8", None),
        ("@0.8", "@0.8", None),
    ] {
        assert_eq!(
            parse(given).unwrap(),
            (path.to_owned(), strength),
            "{given}"
        );
    }
    for text in ["", "x", "0,8", "NaN", "inf", "101", "-1e9", "0.8@"] {
        let error = parse(&format!("a.safetensors@{text}")).err();
        let is_refused = matches!(error, Some(LoraError::Strength { .. }));
        // With a second @, what precedes the last is no file.
        assert_eq!(is_refused, text != "0.8@", "{text}");
    }
    let strong = ModelSource {
        path: root.join("a.safetensors"),
        strength: Some(f32::NAN),
    };
    assert!(strong.check().is_err());
    let half = ModelSource::named(&root.join("a.safetensors@.5"));
    assert!(half.to_string().ends_with("a.safetensors@0.5"));
    let file = ModelSource::named(&root.join("a.safetensors@1"));
    assert_eq!(file.folder(), root);
    assert_eq!(
        ModelSource::named(Path::new("x/y")).folder(),
        Path::new("x/y")
    );
}
