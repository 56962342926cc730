//! Files from strangers, made at random: whatever bytes come, they are a model or an error in one sentence,
//! and never the end of the process.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use palimpsest_diffusion::files::config::{SchedulerConfig, UnetGeometry};
use palimpsest_diffusion::files::{Lora, Parameter, Weights};
use palimpsest_diffusion::tokenizer::Tokenizer;
use proptest::collection::vec;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const REFERENCE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/reference");

/// Writes `bytes` under `name` into a folder of their own.
fn file(name: &str, bytes: &[u8]) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    (folder, path)
}

/// Every tensor that the file promises can be read whole, or the refusal is one sentence.
fn read_all(path: &Path) -> Result<Weights, String> {
    let weights = Weights::open(&[path.to_owned()]).map_err(|error| one_sentence(&error))?;
    for name in weights.names() {
        match weights.stored(name) {
            Ok(parameter) => {
                let product: usize = parameter.shape().iter().product();
                assert_eq!(parameter.len(), product);
                assert_eq!(parameter.values().len(), product);
            }
            Err(error) => drop(one_sentence(&error)),
        }
    }
    Ok(weights)
}

fn one_sentence(error: &dyn std::fmt::Display) -> String {
    let message = error.to_string();
    assert!(message.ends_with('.'), "{message}");
    assert!(!message.chars().any(char::is_control), "{message:?}");
    message
}

/// A file of a stranger that began as a good one: some bytes exchanged, some taken out, some put in.
#[derive(Clone, Debug)]
enum Damage {
    Exchange(prop::sample::Index, u8),
    Remove(prop::sample::Index, usize),
    Insert(prop::sample::Index, Vec<u8>),
}

fn damage() -> impl Strategy<Value = Vec<Damage>> {
    let one = prop_oneof![
        4 => (any::<prop::sample::Index>(), any::<u8>()).prop_map(|(at, byte)| Damage::Exchange(at, byte)),
        1 => (any::<prop::sample::Index>(), 1..64usize).prop_map(|(at, length)| Damage::Remove(at, length)),
        1 => (any::<prop::sample::Index>(), vec(any::<u8>(), 1..16))
            .prop_map(|(at, bytes)| Damage::Insert(at, bytes)),
    ];
    vec(one, 1..6)
}

fn damaged(good: &[u8], damage: &[Damage]) -> Vec<u8> {
    let mut bytes = good.to_vec();
    for one in damage {
        if bytes.is_empty() {
            break;
        }
        match one {
            Damage::Exchange(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Remove(at, length) => {
                let at = at.index(bytes.len());
                bytes.drain(at..(at + length).min(bytes.len()));
            }
            Damage::Insert(at, more) => {
                let at = at.index(bytes.len());
                bytes.splice(at..at, more.iter().copied());
            }
        }
    }
    bytes
}

/// A zip archive as PyTorch writes it, around this pickle.
fn archive(pickle: &[u8]) -> Vec<u8> {
    let mut zip = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in [("m/data.pkl", pickle), ("m/data/0", &[0; 64])] {
        zip.start_file(name, stored).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// Opcodes in any order, so that a machine gets further into them than into mere bytes.
fn opcodes() -> impl Strategy<Value = Vec<u8>> {
    let words: &[&[u8]] = &[
        b"(",
        b"}",
        b"]",
        b")",
        b"t",
        b"\x85",
        b"\x86",
        b"\x87",
        b"u",
        b"s",
        b"a",
        b"e",
        b"R",
        b"Q",
        b"0",
        b"b",
        b"\x88",
        b"N",
        b"\x94",
        b"q\x00",
        b"h\x00",
        b"j\x01\x00\x00\x00",
        b"K\x02",
        b"J\xff\xff\xff\xff",
        b"\x8a\x08\xff\xff\xff\xff\xff\xff\xff\x7f",
        b"\x8c\x01w",
        b"X\x01\x00\x00\x000",
        b"ctorch._utils\n_rebuild_tensor_v2\n",
        b"ctorch\nFloatStorage\n",
        b"ccollections\nOrderedDict\n",
        b"\x93",
        b"\x81",
        b"state_dict",
    ];
    let word = prop::sample::select(words.to_vec());
    vec(word, 0..60).prop_map(|words| [b"\x80\x02", &words.concat()[..], b"."].concat())
}

/// Names in the manner of LoRA files, and their mixtures.
fn lora_name() -> impl Strategy<Value = String> {
    let parts = [
        "lora_unet_",
        "lora_te_",
        "unet.",
        "text_encoder.",
        "text_model.",
        "down_blocks.0.",
        "attentions.0.",
        "transformer_blocks.0.",
        "attn1.",
        "to_q",
        "to_out",
        ".0",
        "_lora",
        ".processor.",
        ".lora_A.weight",
        ".lora_B.weight",
        ".lora.down.weight",
        ".alpha",
        "_lora.up.weight",
        ".lora_down.weight",
        "proj_in",
        "ä\u{202e}\u{1b}",
        "hada_",
        ".",
        "",
    ];
    vec(prop::sample::select(parts.to_vec()), 0..8).prop_map(|parts| parts.concat())
}

fn model() -> (Weights, Weights) {
    let held = |layer: &str| {
        let weight = Parameter::from_values(vec![2, 2], vec![0.5; 4]).unwrap();
        Weights::held([(format!("{layer}.weight"), weight)])
    };
    (
        held("down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_q"),
        held("text_model.encoder.layers.0.mlp.fc1"),
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn any_bytes_are_weights_or_an_error(bytes in vec(any::<u8>(), 0..400)) {
        for name in ["m.safetensors", "m.bin", "m.ckpt"] {
            let (_folder, path) = file(name, &bytes);
            drop(read_all(&path));
        }
    }

    #[test]
    fn any_pickle_is_weights_or_an_error(pickle in opcodes()) {
        let (_folder, path) = file("m.bin", &archive(&pickle));
        drop(read_all(&path));
    }

    #[test]
    fn a_damaged_pickle_is_weights_or_an_error(damage in damage(), nested in any::<bool>()) {
        let name = if nested { "pickles/nested.ckpt" } else { "pickles/flat.bin" };
        let good = fs::read(Path::new(REFERENCE).join(name)).unwrap();
        let (_folder, path) = file("m.bin", &damaged(&good, &damage));
        drop(read_all(&path));
    }

    #[test]
    fn a_damaged_header_is_weights_or_an_error(
        damage in damage(),
        sides in vec(any::<u64>(), 0..4),
        ends in (any::<u64>(), any::<u64>()),
    ) {
        let header = format!(
            r#"{{"v":{{"dtype":"F16","shape":[2],"data_offsets":[0,4]}},"w":{{"dtype":"F32","shape":{sides:?},"data_offsets":[{},{}]}}}}"#,
            ends.0, ends.1,
        );
        let plain = r#"{"w":{"dtype":"F32","shape":[1,2],"data_offsets":[0,8]}}"#;
        for header in [header.as_str(), plain] {
            let mut good = (header.len() as u64).to_le_bytes().to_vec();
            good.extend(header.as_bytes());
            good.extend([0; 8]);
            for bytes in [damaged(&good, &damage), good] {
                let (_folder, path) = file("m.safetensors", &bytes);
                drop(read_all(&path));
            }
        }
    }

    #[test]
    fn any_names_are_a_lora_or_an_error(
        names in prop::collection::btree_set(lora_name(), 1..6),
        sides in vec(0..4usize, 0..5),
    ) {
        let size = sides.iter().product();
        let tensors = names.iter().map(|name| {
            let tensor = Parameter::from_values(sides.clone(), vec![1.0; size]).unwrap();
            (name.clone(), tensor)
        });
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("lora.safetensors");
        palimpsest_diffusion::files::write_tensors(
            &path,
            &tensors.collect(),
            palimpsest_diffusion::files::Precision::Single,
            &Default::default(),
        )
        .unwrap();
        let (unet, text) = model();
        let encoders = [(palimpsest_diffusion::files::Part::TextEncoder, text.clone())];
        match Lora::open(&path, 1.0, &unet, &encoders) {
            Ok(lora) => {
                let [least, most] = lora.description().ranks;
                prop_assert!(least >= 1 && most >= least);
                for (part, weights) in [
                    (palimpsest_diffusion::files::Part::Unet, &unet),
                    (palimpsest_diffusion::files::Part::TextEncoder, &text),
                ] {
                    let merged = lora.merged(part, weights).unwrap();
                    prop_assert!(merged.names().eq(weights.names()));
                }
            }
            Err(error) => drop(one_sentence(&error)),
        }
    }

    #[test]
    fn a_damaged_configuration_is_one_or_an_error(damage in damage()) {
        let root = Path::new(REFERENCE).join("sd1/pretrained");
        let read = |name: &str| damaged(&fs::read(root.join(name)).unwrap(), &damage);
        let (_folder, path) = file("config.json", &read("unet/config.json"));
        if let Err(error) = UnetGeometry::read(&path) {
            one_sentence(&error);
        }
        let (_folder, path) = file("c.json", &read("scheduler/scheduler_config.json"));
        if let Err(error) = SchedulerConfig::read(&path) {
            one_sentence(&error);
        }
    }

    #[test]
    fn a_damaged_tokenizer_is_one_or_an_error(damage in damage(), which in 0..3usize) {
        let folder = tempfile::tempdir().unwrap();
        let names = ["vocab.json", "merges.txt", "tokenizer_config.json"];
        for (i, name) in names.iter().enumerate() {
            let from = Path::new(REFERENCE).join("sd1/pretrained/tokenizer").join(name);
            let good = fs::read(from).unwrap();
            let bytes = if i == which { damaged(&good, &damage) } else { good };
            fs::write(folder.path().join(name), bytes).unwrap();
        }
        match Tokenizer::open(folder.path()) {
            Ok(tokenizer) => {
                let tokens = tokenizer.encode("sks style, ä 画").unwrap();
                prop_assert!(!tokens.ids.is_empty());
            }
            Err(error) => drop(one_sentence(&error)),
        }
    }
}
