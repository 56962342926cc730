//! The arguments of `models fit`.

use std::path::PathBuf;

use clap::Args;

use super::pair::PairArguments;

#[derive(Args, Debug)]
pub(in crate::cli) struct FitArguments {
    /// Pictures on which the losses of an adapter and of the pretrained model are compared; the first two are used. A
    /// whole model needs none
    #[arg(value_name = "ARTWORK")]
    pub artworks: Vec<PathBuf>,
    #[command(flatten)]
    pub pair: PairArguments,
    /// Print it as JSON
    #[arg(long)]
    pub json: bool,
}
