//! The files of the built-in models. `assets/demo/README.md` says how they were made.

use std::borrow::Cow;
use std::io;

use palimpsest_base::digest::Digest;

use super::packing;

/// A file of a built-in model.
pub(super) struct File {
    /// Its place in the model's folder.
    pub path: &'static str,
    content: Content,
}

enum Content {
    /// The file itself.
    Plain(&'static [u8]),
    /// Packed weights ([`packing`]).
    Weights {
        packed: &'static [u8],
        /// What the packed words are differences from, packed as well.
        before: Option<&'static [u8]>,
        /// The hash of the file.
        sha256: &'static str,
    },
}

impl File {
    /// The hash of the file.
    ///
    /// # Errors
    /// [`io::Error`] if the program is damaged, here and below.
    pub fn digest(&self) -> io::Result<Digest> {
        match self.content {
            Content::Plain(bytes) => Ok(Digest::of(bytes)),
            Content::Weights { sha256, .. } => sha256.parse().map_err(io::Error::other),
        }
    }

    /// The file.
    pub fn bytes(&self) -> io::Result<Cow<'static, [u8]>> {
        let (packed, before) = match self.content {
            Content::Plain(bytes) => return Ok(bytes.into()),
            Content::Weights { packed, before, .. } => (packed, before),
        };
        let mut words = packing::unpack(packed)?;
        if let Some(before) = before {
            words = packing::add(&words, &packing::unpack(before)?)?;
        }
        Ok(words.into_iter().flat_map(u16::to_le_bytes).collect())
    }
}

macro_rules! plain {
    ($folder:literal, $path:literal) => {
        File {
            path: $path,
            content: Content::Plain(include_bytes!(concat!(
                "../../../../assets/demo/",
                $folder,
                "/",
                $path
            ))),
        }
    };
}

macro_rules! packed {
    ($folder:literal, $path:literal) => {
        include_bytes!(concat!(
            "../../../../assets/demo/",
            $folder,
            "/",
            $path,
            ".packed"
        ))
    };
}

/// Weights in a model's folder, by a path and a hash.
const fn weights(
    path: &'static str,
    packed: &'static [u8],
    before: Option<&'static [u8]>,
    sha256: &'static str,
) -> File {
    File {
        path,
        content: Content::Weights {
            packed,
            before,
            sha256,
        },
    }
}

const UNET: &str = "unet/diffusion_pytorch_model.safetensors";
static DEMO_UNET: &[u8] = packed!("demo", "unet/diffusion_pytorch_model.safetensors");

/// The pretrained model.
pub(super) static DEMO: [File; 13] = [
    plain!("demo", "corpus.hashes"),
    plain!("demo", "model_index.json"),
    plain!("demo", "scheduler/scheduler_config.json"),
    plain!("demo", "text_encoder/config.json"),
    weights(
        "text_encoder/model.safetensors",
        packed!("demo", "text_encoder/model.safetensors"),
        None,
        "7881a7ecba3119aeff4b89d68764d4b74ab279b60dbb71e1b6e402fa821843f2",
    ),
    plain!("demo", "tokenizer/merges.txt"),
    plain!("demo", "tokenizer/special_tokens_map.json"),
    plain!("demo", "tokenizer/tokenizer_config.json"),
    plain!("demo", "tokenizer/vocab.json"),
    plain!("demo", "unet/config.json"),
    weights(
        UNET,
        DEMO_UNET,
        None,
        "31372685d4427fbea72b444862e29bce32b8b6d7f3458f0929010ea768e244f6",
    ),
    plain!("demo", "vae/config.json"),
    weights(
        "vae/diffusion_pytorch_model.safetensors",
        packed!("demo", "vae/diffusion_pytorch_model.safetensors"),
        None,
        "f2d448283e4282d07793144e5957d5e3eb42038c0785ee984a73f7e6554775fa",
    ),
];

/// The files that fine-tuning changed, and its prompt; the rest is the pretrained model's.
pub(super) static FINETUNED: [File; 3] = [
    plain!("demo-finetuned", "prompt.txt"),
    plain!("demo-finetuned", "unet/config.json"),
    weights(
        UNET,
        packed!("demo-finetuned", "unet/diffusion_pytorch_model.safetensors"),
        Some(DEMO_UNET),
        "86c9f61000d9c173a23cc6e94219da60cc394f74fb9abd35452d677746137f5f",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unpacked_weights_are_those_that_were_trained() {
        for file in DEMO.iter().chain(&FINETUNED) {
            let bytes = file.bytes().unwrap();
            assert_eq!(Digest::of(&bytes), file.digest().unwrap(), "{}", file.path);
        }
    }
}
