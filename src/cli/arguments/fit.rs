//! The arguments of `models fit`.

use std::path::PathBuf;

use clap::Args;

use super::examine::ChoiceArguments;
use palimpsest_method::examination::Request;

#[derive(Args, Debug)]
pub(in crate::cli) struct FitArguments {
    /// Pictures on which the losses of an adapter and of the pretrained model are compared; the first two are used. A
    /// whole model needs none
    #[arg(value_name = "ARTWORK")]
    pub artworks: Vec<PathBuf>,
    /// The model that the fine-tuned one may have been made from
    #[arg(long, value_name = "MODEL")]
    pub pretrained: PathBuf,
    /// The model under suspicion, as for examine
    #[arg(long, value_name = "MODEL")]
    pub finetuned: PathBuf,
    #[command(flatten)]
    pub choices: ChoiceArguments,
    /// The prompt of the fine-tuning, as for examine
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    pub prompt: Option<String>,
    /// Worker threads; 0 for as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}

impl FitArguments {
    /// What is asked for.
    pub fn request(&self) -> Request {
        Request {
            prompt: self.prompt.clone(),
            choices: self.choices.choices(),
            threads: self.threads.into(),
            ..Request::new(&self.pretrained, &self.finetuned)
        }
    }
}
