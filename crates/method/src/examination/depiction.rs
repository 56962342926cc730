//! The pretrained model's grasp of the artworks: whether it can depict them at all. A base of noise, or a broken
//! autoencoder, lets an examination run for hours and say nothing; so it is asked before the first step.

use serde::{Deserialize, Serialize};

use super::nullable;
use palimpsest_base::number_format::{fixed, two_figures};

/// Round trips through the autoencoder, in dB, below which a picture is hardly, and not at all, given back. The built-in
/// model gave paintings back with 24 and photographs with 33 dB, models of random weights with 9 to 11 (docs/figures.md).
const POOR_ROUND_TRIP: f64 = 18.0;
const NO_ROUND_TRIP: f64 = 12.0;

/// Shares of the loss that a prediction of zeros has, above which the noise is hardly, and not at all, predicted. The
/// built-in model had 14 and 20 % on the same pictures, models of random weights 110 to 140.
const POOR_SHARE: f64 = 0.8;
const NO_SHARE: f64 = 0.95;

/// The answer to the question whether a pretrained model can depict artworks.
#[derive(Clone, Copy, Debug, Deserialize, Eq, Ord, PartialEq, PartialOrd, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Depicts {
    Yes,
    Doubtful,
    No,
}

/// What was measured of the pretrained model on the first artworks.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Depiction {
    /// The worst of the pictures after encoding and decoding, against itself: peak signal to noise in dB.
    pub round_trip_db: f64,
    /// The mean loss in shares of that of a prediction of zeros: 1 is what a model that knows nothing reaches.
    #[serde(deserialize_with = "nullable::number")]
    pub loss_share: f64,
    /// The timesteps averaged over.
    pub timesteps: Vec<usize>,
    /// The number of artworks.
    pub works: usize,
}

impl Depiction {
    /// The answer. What is no number is no.
    pub fn answer(&self) -> Depicts {
        let (round_trip, share) = (self.round_trip_db, self.loss_share);
        if round_trip >= POOR_ROUND_TRIP && share <= POOR_SHARE {
            Depicts::Yes
        } else if round_trip >= NO_ROUND_TRIP && share <= NO_SHARE {
            Depicts::Doubtful
        } else {
            Depicts::No
        }
    }

    /// What was measured, in words.
    pub fn facts(&self) -> String {
        format!(
            "The autoencoder gives {} back with {} dB; the noise predictor's loss is {} % of that of predicting nothing",
            match self.works {
                1 => "the artwork".to_owned(),
                works => format!("the worst of {works} artworks"),
            },
            fixed(self.round_trip_db, 1),
            two_figures(100.0 * self.loss_share)
        )
    }

    /// A sentence of warning; none where the model can depict them.
    pub fn warning(&self) -> Option<String> {
        let facts = self.facts();
        match self.answer() {
            Depicts::Yes => None,
            Depicts::Doubtful => Some(format!(
                "It is doubtful whether the pretrained model can depict the artworks. {facts}: it may be of another kind, or hardly trained, and then little of what comes back means anything."
            )),
            Depicts::No => Some(format!(
                "The pretrained model cannot depict the artworks. {facts}: its weights are noise or damaged, or not of the kind that they are taken for, and what is found with it means nothing. Choose another pretrained model."
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(round_trip_db: f64, loss_share: f64) -> Depiction {
        Depiction {
            round_trip_db,
            loss_share,
            timesteps: vec![150, 450, 750],
            works: 2,
        }
    }

    #[test]
    fn the_worse_of_the_two_decides() {
        for (round_trip, share, answer) in [
            (28.0, 0.4, Depicts::Yes),
            (28.0, 0.9, Depicts::Doubtful),
            (28.0, 1.4, Depicts::No),
            (15.0, 0.4, Depicts::Doubtful),
            (7.0, 0.4, Depicts::No),
            (f64::NAN, 0.4, Depicts::No),
            (28.0, f64::NAN, Depicts::No),
            (f64::INFINITY, 0.1, Depicts::Yes),
        ] {
            let it = measured(round_trip, share);
            assert_eq!(it.answer(), answer, "{round_trip} {share}");
            assert_eq!(it.warning().is_none(), answer == Depicts::Yes);
        }
        let said = measured(7.0, 1.41).warning().unwrap();
        assert!(said.contains("141") || said.contains("140"), "{said}");
    }
}
