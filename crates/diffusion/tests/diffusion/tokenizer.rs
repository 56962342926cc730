//! The tokenizer against transformers' `CLIPTokenizer`: the reference models' prompts, and the awkward
//! ones of `make_tokens.py`; then files of other ages and damaged ones.

use std::fs;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::ModelError;
use palimpsest_diffusion::tokenizer::Tokenizer;
use serde_json::{Value, json};
use tempfile::TempDir;

fn reference(path: &str) -> PathBuf {
    Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .join("tests/reference")
        .join(path)
}

fn folder(family: &str) -> PathBuf {
    reference(&format!("{family}/pretrained/tokenizer"))
}

fn json_of(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

/// A copy of a reference tokenizer, to be changed.
fn copy(family: &str) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for entry in fs::read_dir(folder(family)).unwrap() {
        let entry = entry.unwrap();
        fs::copy(entry.path(), copy.path().join(entry.file_name())).unwrap();
    }
    copy
}

fn write(folder: &TempDir, name: &str, content: &Value) {
    fs::write(folder.path().join(name), content.to_string()).unwrap();
}

/// `special_tokens_map.json` as published: objects that are looked for in the normalised text.
fn write_objects(folder: &TempDir, padding: &str) {
    let object = |content: &str| json!({"content": content, "lstrip": false, "normalized": true, "rstrip": false, "single_word": false});
    let map = json!({"bos_token": object("<|startoftext|>"), "eos_token": object("<|endoftext|>"),
        "unk_token": object("<|endoftext|>"), "pad_token": padding});
    write(folder, "special_tokens_map.json", &map);
}

fn assert_ids(tokenizer: &Tokenizer, prompts: &Value, expected: &Value) {
    let (prompts, expected) = (prompts.as_array().unwrap(), expected.as_array().unwrap());
    assert_eq!(prompts.len(), expected.len());
    for (prompt, expected) in prompts.iter().zip(expected) {
        let expected: Vec<u32> = serde_json::from_value(expected.clone()).unwrap();
        let found = tokenizer.encode(prompt.as_str().unwrap()).unwrap();
        assert_eq!(found.ids, expected, "{prompt}");
    }
}

#[test]
fn the_reference_prompts_have_the_ids_of_transformers() {
    for family in ["sd1", "sd2"] {
        let bytes = fs::read(reference(&format!("{family}/expected.safetensors"))).unwrap();
        let tensors = safetensors::SafeTensors::deserialize(&bytes).unwrap();
        let expected = tensors.tensor("token_ids").unwrap();
        assert_eq!(expected.shape(), [6, 77]);
        let expected: Vec<u32> = expected
            .data()
            .as_chunks()
            .0
            .iter()
            .map(|&id| u32::try_from(i64::from_le_bytes(id)).unwrap())
            .collect();
        let prompts = &json_of(&reference(&format!("{family}/expected.json")))["prompts"];
        let expected: Vec<_> = expected.chunks(77).collect();
        assert_ids(
            &Tokenizer::open(&folder(family)).unwrap(),
            prompts,
            &json!(expected),
        );
    }
}

#[test]
fn awkward_prompts_have_the_ids_of_transformers() {
    let tokens = json_of(&reference("tokens.json"));
    for (family, padding) in [("sd1", "<|endoftext|>"), ("sd2", "!")] {
        let tokenizer = Tokenizer::open(&folder(family)).unwrap();
        assert_ids(&tokenizer, &tokens["prompts"], &tokens[family]);
        let published = copy(family);
        write_objects(&published, padding);
        let tokenizer = Tokenizer::open(published.path()).unwrap();
        let expected = &tokens[format!("{family}_objects")];
        assert_ids(&tokenizer, &tokens["prompts"], expected);
    }
}

#[test]
fn one_file_does_for_vocabulary_and_merges() {
    let tokens = json_of(&reference("tokens.json"));
    for as_pairs in [false, true] {
        let joint = copy("sd2");
        let merges = fs::read_to_string(joint.path().join("merges.txt")).unwrap();
        let merges = merges.lines().skip(1).map(|line| {
            let (first, second) = line.split_once(' ').unwrap();
            if as_pairs {
                json!([first, second])
            } else {
                json!(line)
            }
        });
        let model = json!({"type": "BPE", "end_of_word_suffix": "</w>",
            "vocab": json_of(&joint.path().join("vocab.json")), "merges": merges.collect::<Vec<_>>()});
        write(
            &joint,
            "tokenizer.json",
            &json!({"model": model, "added_tokens": []}),
        );
        fs::remove_file(joint.path().join("vocab.json")).unwrap();
        fs::remove_file(joint.path().join("merges.txt")).unwrap();
        let tokenizer = Tokenizer::open(joint.path()).unwrap();
        assert_ids(&tokenizer, &tokens["prompts"], &tokens["sd2"]);
    }
}

#[test]
fn special_tokens_default_to_those_of_clip() {
    let bare = copy("sd1");
    fs::remove_file(bare.path().join("special_tokens_map.json")).unwrap();
    fs::remove_file(bare.path().join("tokenizer_config.json")).unwrap();
    let tokens = json_of(&reference("tokens.json"));
    let tokenizer = Tokenizer::open(bare.path()).unwrap();
    assert_ids(&tokenizer, &tokens["prompts"], &tokens["sd1"]);
    // And come from tokenizer_config.json where that alone names them.
    write(
        &bare,
        "tokenizer_config.json",
        &json!({"pad_token": "!", "model_max_length": 1e30}),
    );
    let tokenizer = Tokenizer::open(bare.path()).unwrap();
    assert_ids(&tokenizer, &tokens["prompts"], &tokens["sd2"]);
}

#[test]
fn an_added_token_keeps_its_id() {
    let inversion = copy("sd1");
    write(&inversion, "added_tokens.json", &json!({"<sks-cat>": 1514}));
    let tokens = Tokenizer::open(inversion.path()).unwrap();
    let ids = tokens.encode("a <sks-cat> toy").unwrap().ids;
    assert_eq!(ids[..3], [1512, 320, 1514]);
    write(&inversion, "added_tokens.json", &json!({"a</w>": 7}));
    assert!(matches!(
        Tokenizer::open(inversion.path()),
        Err(ModelError::Tokenizer { .. })
    ));
}

#[test]
fn what_does_not_fit_is_reported() {
    let tokenizer = Tokenizer::open(&folder("sd1")).unwrap();
    // "a" is one token; 75 of them fit between begin and end.
    for (count, truncated) in [(75, false), (76, true)] {
        let tokens = tokenizer.encode(&"a ".repeat(count)).unwrap();
        assert_eq!(tokens.truncated, truncated, "{count}");
        assert_eq!((tokens.ids.len(), tokens.ids[76]), (77, 1513));
    }
}

#[test]
fn a_text_without_end_has_the_ids_of_its_beginning() {
    let tokenizer = Tokenizer::open(&folder("sd2")).unwrap();
    for text in ["x", "é", "!", "sunflower ", "'s", "\u{301}", "🎨"] {
        let text = text.repeat(8 << 20);
        let tokens = tokenizer.encode(&text).unwrap();
        assert!(tokens.truncated && tokens.ids.len() == 77);
        let short: String = text.chars().take(4000).collect();
        assert_eq!(tokens.ids, tokenizer.encode(&short).unwrap().ids);
    }
    // Spaces are no tokens, so what follows them is still read.
    let spaced = format!("{}sunflower", " \n".repeat(1 << 20));
    assert_eq!(
        tokenizer.encode(&spaced).unwrap(),
        tokenizer.encode("sunflower").unwrap()
    );
}

#[test]
fn damaged_files_are_refused_by_name() {
    let refused = |name: &str, content: &str| {
        let damaged = copy("sd1");
        fs::write(damaged.path().join(name), content).unwrap();
        let error = Tokenizer::open(damaged.path()).err().unwrap();
        assert!(!error.to_string().contains('\n'), "{error}");
        (
            error.to_string().contains(damaged.path().to_str().unwrap()),
            error,
        )
    };
    for (name, content) in [
        ("vocab.json", "{"),
        ("vocab.json", r#"{"a": -1}"#),
        ("vocab.json", "version https://git-lfs.github.com/spec/v1\n"),
        ("vocab.json", "{}"),
        ("vocab.json", r#"{"a": 1, "b": 1}"#),
        (
            "vocab.json",
            r#"{"<|startoftext|>": 0, "<|endoftext|>": 4000000000}"#,
        ),
        ("merges.txt", "i n\nzzzz qqqq\n"),
        ("merges.txt", "one\n"),
        ("special_tokens_map.json", r#"{"pad_token": "<absent>"}"#),
        ("special_tokens_map.json", r#"{"pad_token": 3}"#),
        ("tokenizer_config.json", r#"{"model_max_length": 2}"#),
        ("tokenizer_config.json", r#"{"model_max_length": 5000}"#),
    ] {
        let (names_it, error) = refused(name, content);
        assert!(names_it, "{error}");
    }
    // A merge whose parts are known but whose result is not would end the process in the encoder.
    let (_, error) = refused("merges.txt", "<|startoftext|> <|startoftext|>\n");
    assert!(matches!(error, ModelError::Tokenizer { .. }), "{error}");

    let missing = copy("sd1");
    fs::remove_file(missing.path().join("merges.txt")).unwrap();
    let error = Tokenizer::open(missing.path()).err().unwrap();
    assert!(matches!(error, ModelError::Missing { .. }), "{error}");
}

/// Ids as every program that uses CLIP has them.
#[test]
fn the_built_in_vocabulary_is_clips() {
    use palimpsest_diffusion::tokenizer::Padding;
    let prompt = "a photo of a cat";
    for (padding, fill) in [(Padding::End, 49407), (Padding::Zero, 0)] {
        let tokens = Tokenizer::built_in(padding)
            .unwrap()
            .encode(prompt)
            .unwrap();
        assert_eq!(tokens.ids[..7], [49406, 320, 1125, 539, 320, 2368, 49407]);
        assert_eq!(tokens.ids.len(), 77);
        assert!(tokens.ids[7..].iter().all(|&id| id == fill));
    }
}
