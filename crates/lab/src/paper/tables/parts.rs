//! The rows of the table of the method's parts.

use super::Section;
use super::planner::Planner;
use super::rows::plain;
use crate::paper::cell::Examining;
use palimpsest_method::inversion::{NoisePairing, Overrides, Preset, Start};

impl Planner<'_> {
    /// Start, contrast and noise, one exchanged at a time.
    pub(super) fn parts(&mut self) -> Section {
        let with = |overrides| Examining {
            overrides: Overrides {
                steps: self.plan.scale.steps,
                ..overrides
            },
            ..self.usual()
        };
        let none = Overrides::default();
        let variants = [
            ("as it is", with(none.clone())),
            (
                "preset paper",
                Examining {
                    preset: Preset::Paper,
                    ..with(none.clone())
                },
            ),
            (
                "start re-encoded",
                with(Overrides {
                    start: Some(Start::Reencoded),
                    ..none.clone()
                }),
            ),
            (
                "start filled",
                with(Overrides {
                    start: Some(Start::Filled),
                    ..none.clone()
                }),
            ),
            (
                "contrast 1",
                with(Overrides {
                    contrast_weight: Some(1.0),
                    ..none.clone()
                }),
            ),
            (
                "no contrast (App. C)",
                with(Overrides {
                    contrast_weight: Some(0.0),
                    ..none.clone()
                }),
            ),
            (
                "independent noise",
                with(Overrides {
                    noise: Some(NoisePairing::Independent),
                    ..none
                }),
            ),
        ];
        let rows = variants
            .iter()
            .map(|(label, options)| self.row(label, None, &self.prior(), options));
        plain(rows.collect())
    }
}
