//! The files of the built-in models. `assets/demo/README.md` says how they were made.

/// A file's place in its model's folder, and its bytes.
pub(super) type File = (&'static str, &'static [u8]);

macro_rules! files {
    ($folder:literal: $($path:literal),* $(,)?) => {
        &[$(($path, include_bytes!(concat!("../../../../assets/demo/", $folder, "/", $path)))),*]
    };
}

/// The pretrained model.
pub(super) const DEMO: &[File] = files!("demo":
    "corpus.hashes",
    "model_index.json",
    "scheduler/scheduler_config.json",
    "text_encoder/config.json",
    "text_encoder/model.safetensors",
    "tokenizer/merges.txt",
    "tokenizer/special_tokens_map.json",
    "tokenizer/tokenizer_config.json",
    "tokenizer/vocab.json",
    "unet/config.json",
    "unet/diffusion_pytorch_model.safetensors",
    "vae/config.json",
    "vae/diffusion_pytorch_model.safetensors",
);

/// The files that fine-tuning changed, and its prompt; the rest is the pretrained model's.
pub(super) const FINETUNED: &[File] = files!("demo-finetuned":
    "prompt.txt",
    "unet/config.json",
    "unet/diffusion_pytorch_model.safetensors",
);
