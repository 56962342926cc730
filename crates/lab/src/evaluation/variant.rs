//! Other settings under which the same works are examined with the same models once more.

use palimpsest_method::examination::{Frame, Request};
use palimpsest_method::inversion::{Overrides, Preset};
use palimpsest_method::mask::Mask;

/// Settings that differ from the evaluation's own.
#[derive(Clone, Debug, PartialEq)]
pub struct Variant {
    /// As it was written, for readers.
    pub label: String,
    pub mask: Option<Mask>,
    pub preset: Option<Preset>,
    pub frame: Option<Frame>,
    pub overrides: Overrides,
}

impl Variant {
    /// A part of file names: the same for the same settings, however they were written, and for no others.
    /// Empty if nothing is different.
    pub fn slug(&self) -> String {
        let own = [
            ("preset", self.preset.map(|preset| preset.to_string())),
            ("mask", self.mask.map(|mask| mask.to_string())),
            ("frame", self.frame.map(|frame| frame.to_string())),
        ];
        let own = own
            .into_iter()
            .filter_map(|(name, value)| Some((name, value?)));
        // No value holds a `_` or anything else that a file system minds, but for the colon of a mask.
        let part = |(name, value): (&str, String)| format!("{name}-{}", value.replace(':', "-"));
        let parts: Vec<String> = own.chain(self.overrides.named()).map(part).collect();
        parts.join("_")
    }

    /// The request with what is different put in its place.
    pub fn applied_to(&self, request: &Request) -> Request {
        Request {
            mask: self.mask.unwrap_or(request.mask),
            preset: self.preset.unwrap_or(request.preset),
            frame: self.frame.unwrap_or(request.frame),
            overrides: self.overrides.or(&request.overrides),
            ..request.clone()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn variant(preset: Option<Preset>, mask: Option<Mask>, overrides: Overrides) -> Variant {
        Variant {
            label: String::new(),
            mask,
            preset,
            frame: None,
            overrides,
        }
    }

    #[test]
    fn a_slug_names_every_difference_and_no_other() {
        let all = Overrides {
            steps: Some(100),
            step_size: Some(0.5),
            budget: Some(1e-7),
            momentum: Some(0.25),
            timesteps: "200..700".parse().ok(),
            start: "filled".parse().ok(),
            contrast_weight: Some(1.0),
            noise: "shared".parse().ok(),
            seed: Some(3),
        };
        let slug = variant(Some(Preset::Paper), Some(Mask::Block(8)), all).slug();
        assert_eq!(
            slug,
            "preset-paper_mask-block-8_steps-100_step-size-0.5_budget-1e-7_momentum-0.25_timesteps-200..700_\
             start-filled_contrast-1.0_noise-shared_seed-3"
        );
        let nothing = variant(None, None, Overrides::default());
        assert_eq!(nothing.slug(), "");
        let whole = Variant {
            frame: Some(Frame::Bucket),
            ..nothing
        };
        assert_eq!(whole.slug(), "frame-bucket");
    }

    #[test]
    fn what_a_variant_does_not_name_stays() {
        let own = Request {
            mask: Mask::RightHalf,
            preset: Preset::Quick,
            overrides: Overrides {
                steps: Some(7),
                seed: Some(1),
                ..Overrides::default()
            },
            ..Request::new(Path::new("a"), Path::new("b"))
        };
        let paper = variant(
            Some(Preset::Paper),
            None,
            Overrides {
                seed: Some(2),
                ..Overrides::default()
            },
        );
        let applied = paper.applied_to(&own);
        assert_eq!(
            (applied.preset, applied.mask),
            (Preset::Paper, Mask::RightHalf)
        );
        assert_eq!(
            (applied.overrides.steps, applied.overrides.seed),
            (Some(7), Some(2))
        );
        assert_eq!(applied.finetuned, own.finetuned);
        assert_eq!(applied.frame, Frame::Square);
        let whole = Variant {
            frame: Some(Frame::Bucket),
            ..paper
        };
        let whole = whole.applied_to(&own);
        assert_eq!(whole.frame, Frame::Bucket);
        // What is not said stays as it is of the evaluation too.
        let bare = variant(None, None, Overrides::default());
        assert_eq!(bare.applied_to(&whole).frame, Frame::Bucket);
    }
}
