//! `FILE@0.8`, and several with a `+` between them.

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
        further: Vec::new(),
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

#[test]
fn several_stand_behind_one_another() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["a.safetensors", "b", "c+d", "e@f", "g+h@1"] {
        fs::write(root.join(name), "").unwrap();
    }
    let full = |name: &str| root.join(name).to_str().unwrap().to_owned();
    let joined = |names: &[&str]| {
        let full: Vec<String> = names.iter().map(|name| full(name)).collect();
        full.join("+")
    };
    let parse = |text: &str| {
        let source = ModelSource::named(Path::new(text));
        source.check()?;
        let parts = source.parts();
        let parts = parts.map(|(path, strength)| {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap();
            (name.to_owned(), strength)
        });
        Ok::<_, LoraError>(parts.collect::<Vec<_>>())
    };
    for (given, parts) in [
        (
            &["a.safetensors@0.8", "b@0.5"][..],
            &[("a.safetensors", Some(0.8)), ("b", Some(0.5))][..],
        ),
        (
            &["b", "a.safetensors"],
            &[("b", None), ("a.safetensors", None)],
        ),
        // A file of this name is there.
        (&["c+d"], &[("c+d", None)]),
        (&["c+d@2", "b"], &[("c+d", Some(2.0)), ("b", None)]),
        (
            &["b", "c+d", "e@f@-1"],
            &[("b", None), ("c+d", None), ("e@f", Some(-1.0))],
        ),
        (&["g+h@1", "b@1"], &[("g+h@1", None), ("b", Some(1.0))]),
        // What is not there is named as it was written.
        (
            &["b@1", "absent@2"],
            &[("b", Some(1.0)), ("absent@2", None)],
        ),
    ] {
        let text = joined(given);
        let parts = parts.iter();
        let wanted: Vec<_> = parts.map(|&(name, at)| (name.to_owned(), at)).collect();
        assert_eq!(parse(&text).unwrap(), wanted, "{text}");
        let again = ModelSource::named(Path::new(&text)).to_string();
        assert_eq!(parse(&again).unwrap(), wanted, "{again}");
    }
    for (given, error) in [
        (
            joined(&["b@x", "a.safetensors"]),
            "\"x\" is no strength for",
        ),
        (
            joined(&["b", "a.safetensors@x"]),
            "\"x\" is no strength for",
        ),
        (
            joined(&["b@.5", "a.safetensors", "b@.25"]),
            "is given twice",
        ),
    ] {
        let found = parse(&given).unwrap_err().to_string();
        assert!(found.contains(error), "{found}");
    }
    // Nothing of the first is there: all of it is one name, which whoever opens it will miss.
    let absent = joined(&["absent", "b"]);
    let absent = ModelSource::named(Path::new(&absent));
    assert!(absent.further.is_empty());
    let many = ModelSource::named(&root.join("b"));
    let many = (0..16).fold(many, |many, number| {
        many.and(ModelSource::named(&root.join(number.to_string())))
    });
    assert!(matches!(many.check(), Err(LoraError::TooMany { .. })));
}
