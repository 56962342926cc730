//! Pictures to compare: up to three pictures, their captions and the mask.

use super::state::Which;
use crate::app::gpu::{MaskGrid, Source};

/// The pictures of one examination, as far as they are there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ComparisonPictures {
    pub original: Option<Source>,
    pub partial: Option<Source>,
    pub recovered: Option<Source>,
    /// The cells that the mask removed.
    pub mask: Option<MaskGrid>,
    /// Caption of each picture; the plain name where it is empty.
    pub captions: [String; 3],
    /// Badge of the recovered picture while it is not final, as "preview, step 12 of 50".
    pub badge: Option<String>,
}

impl ComparisonPictures {
    /// One of the pictures.
    pub fn get(&self, which: Which) -> Option<&Source> {
        match which {
            Which::Original => self.original.as_ref(),
            Which::Partial => self.partial.as_ref(),
            Which::Recovered => self.recovered.as_ref(),
        }
    }

    /// Caption of one of them.
    pub fn caption(&self, which: Which) -> &str {
        let caption = self.captions[which.index()].as_str();
        if caption.is_empty() {
            which.name()
        } else {
            caption
        }
    }

    /// Width and height by which places are counted: those of the first picture that is there.
    pub fn size(&self) -> [u32; 2] {
        Which::ALL
            .iter()
            .find_map(|&which| self.get(which))
            .map_or([1, 1], |source| source.size().map(|side| side.max(1)))
    }
}
