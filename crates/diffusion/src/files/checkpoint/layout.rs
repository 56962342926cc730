//! The place of the noise predictor in a file of the original layout: what precedes its names, and whether
//! they have lost their points, as those of averaged weights (EMA) have.

use crate::files::weights::{Piece, Renamed, Weights};

/// A tensor that every noise predictor of the original layout has: of the first convolution.
const FIRST: &str = "input_blocks.0.0.weight";

/// What precedes the noise predictor's names: in whole models, in files of the noise predictor alone.
const PREFIXES: [&str; 3] = ["model.diffusion_model.", "diffusion_model.", ""];

/// What precedes the names of averaged weights, after which there are no points.
const AVERAGE: &str = "model_ema.diffusion_model";

/// The noise predictor's names in a file.
pub struct Layout<'a> {
    weights: &'a Weights,
    prefix: &'static str,
    dotless: bool,
}

impl<'a> Layout<'a> {
    /// The noise predictor of `weights`, if there is one. Plain weights come before their averages.
    pub fn of_unet(weights: &'a Weights) -> Option<Self> {
        let plain = PREFIXES.map(|prefix| (prefix, false));
        plain
            .into_iter()
            .chain([(AVERAGE, true)])
            .map(|(prefix, dotless)| Self {
                weights,
                prefix,
                dotless,
            })
            .find(|layout| layout.has(FIRST))
    }

    /// True if the weights are averages over training.
    pub fn is_average(&self) -> bool {
        self.dotless
    }

    /// True if a tensor of the file belongs to the noise predictor.
    pub fn is_within(&self, stored: &str) -> bool {
        // A noise predictor alone has no prefix: what else lies beside it cannot be told from it.
        stored.starts_with(self.prefix)
    }

    /// The name in the file.
    fn stored(&self, name: &str) -> String {
        let name = match self.dotless {
            true => name.replace('.', ""),
            false => name.to_owned(),
        };
        format!("{}{name}", self.prefix)
    }

    /// The dimensions of a tensor, by its name in the original layout.
    pub fn shape(&self, name: &str) -> Option<&'a [usize]> {
        self.weights.shape(&self.stored(name))
    }

    /// True if there is a tensor of this name.
    pub fn has(&self, name: &str) -> bool {
        self.shape(name).is_some()
    }

    /// The table of the tensors of these modules.
    pub fn named(&self, modules: Vec<Module>) -> Vec<Renamed> {
        let named = modules.into_iter().flat_map(|module| {
            TENSORS.map(|tensor| Renamed {
                name: format!("{}.{tensor}", module.name),
                stored: self.stored(&format!("{}.{tensor}", module.stored)),
                piece: Piece::Whole,
            })
        });
        named.collect()
    }
}

/// The tensors of a module. Those that are not there are no part of the table's result.
pub const TENSORS: [&str; 2] = ["weight", "bias"];

/// A layer or norm, by its name in the networks (that of diffusers) and in the original layout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    pub name: String,
    pub stored: String,
}

impl Module {
    pub fn new(name: impl Into<String>, stored: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            stored: stored.into(),
        }
    }
}
