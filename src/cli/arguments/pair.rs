//! The pair of models that a command works with, and how they are used.

use std::path::PathBuf;

use clap::Args;

use super::examine::ChoiceArguments;
use palimpsest_method::examination::Request;

#[derive(Args, Debug)]
pub(in crate::cli) struct PairArguments {
    /// The model that the fine-tuned one was made from: a folder in the diffusers layout, or one file
    /// (.safetensors or .ckpt)
    #[arg(long, value_name = "MODEL")]
    pub pretrained: PathBuf,
    /// The model under suspicion: a folder, one file, or a LoRA (a file, or a folder that holds only it). What
    /// a folder lacks is taken from the pretrained model; a LoRA changes that model, with the
    /// strength that may follow it: FILE@0.8 [default: 1]. Several change it one after the other: A@0.8+B@0.5
    #[arg(long, value_name = "MODEL")]
    pub finetuned: PathBuf,
    #[command(flatten)]
    pub choices: ChoiceArguments,
    /// The prompt of the fine-tuning [default: prompt.txt in the fine-tuned model's folder or beside the LoRA, else "sks style"]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub prompt: Option<String>,
    /// Worker threads; 0 for as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, allow_negative_numbers = true, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
}

impl PairArguments {
    /// What is asked for; the rest as usual.
    pub fn request(&self) -> Request {
        Request {
            prompt: self.prompt.clone(),
            choices: self.choices.choices(),
            threads: self.threads.into(),
            ..Request::new(&self.pretrained, &self.finetuned)
        }
    }
}
