//! The files of a tokenizer: the first byte says which of them; the others are small and sound. A prompt is then read.

#![cfg_attr(fuzzing, no_main)]

use palimpsest_diffusion::tokenizer::Tokenizer;
use palimpsest_fuzz::{file, folder};

const VOCABULARY: &[u8] =
    br#"{"!":0,"a":1,"b":2,"a</w>":3,"b</w>":4,"ab</w>":5,"<|startoftext|>":6,"<|endoftext|>":7}"#;
const MERGES: &[u8] = b"#version: 0.2\na b</w>\n";

fn read(bytes: &[u8]) {
    let Some((&which, content)) = bytes.split_first() else {
        return;
    };
    let name = match which {
        b'0' => "vocab.json",
        b'1' => "merges.txt",
        b'2' => "tokenizer.json",
        b'3' => "tokenizer_config.json",
        b'4' => "special_tokens_map.json",
        b'5' => "added_tokens.json",
        _ => "sentencepiece.bpe.model",
    };
    // A joint file is read in place of the two.
    let separate = name != "tokenizer.json";
    for (file_name, sound) in [("vocab.json", VOCABULARY), ("merges.txt", MERGES)] {
        match separate {
            true => drop(file(file_name, sound)),
            false => drop(std::fs::remove_file(folder().join(file_name))),
        }
    }
    let path = file(name, content);
    let tokenizer = match name {
        "sentencepiece.bpe.model" => Tokenizer::open_pieces(folder()),
        _ => Tokenizer::open(folder()),
    };
    if let Ok(tokenizer) = tokenizer {
        let _ = tokenizer.encode("ab, B a! <|endoftext|>\u{e9}\u{65e5}");
    }
    let _ = std::fs::remove_file(path);
}

palimpsest_fuzz::target!(read);
