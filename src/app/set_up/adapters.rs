//! The fine-tuned model as adapters: the first, those that are applied after it, and how strong each is.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::SetUp;
use palimpsest_diffusion::files::{FurtherLora, ModelSource};

/// The strength at which an adapter's whole change is made.
pub(super) const WHOLE: f32 = 1.0;

/// An adapter, and how much of its change is made.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Adapter {
    pub path: PathBuf,
    /// 1 for the whole change.
    pub strength: f32,
}

impl From<FurtherLora> for Adapter {
    fn from(lora: FurtherLora) -> Self {
        Self {
            path: lora.path,
            strength: lora.strength.unwrap_or(WHOLE),
        }
    }
}

impl SetUp {
    /// The fine-tuned model and the adapters that are applied after it, in their order.
    pub fn adapters(&self) -> Vec<Adapter> {
        let first = self.finetuned.iter().map(|path| Adapter {
            path: path.clone(),
            strength: self.strength,
        });
        first.chain(self.further.iter().cloned()).collect()
    }

    /// Sets what [`Self::adapters`] gives.
    pub fn set_adapters(&mut self, adapters: impl IntoIterator<Item = Adapter>) {
        let mut adapters = adapters.into_iter();
        let first = adapters.next();
        self.strength = first.as_ref().map_or(WHOLE, |first| first.strength);
        self.finetuned = first.map(|first| first.path);
        self.further = adapters.collect();
    }

    /// Applies an adapter after the others; it is another model by that.
    pub fn add_adapter(&mut self, path: &Path) {
        let (adapter, further) = parts(ModelSource::named(path));
        self.further.push(adapter);
        self.further.extend(further);
        self.choices.accept_unused = false;
    }

    /// Takes an adapter out.
    pub fn remove_adapter(&mut self, place: usize) {
        let mut adapters = self.adapters();
        if place < adapters.len() {
            adapters.remove(place);
            self.set_adapters(adapters);
            self.choices.accept_unused = false;
        }
    }

    /// The fine-tuned model with all adapters; `None` while none is chosen.
    pub fn finetuned_source(&self) -> Option<ModelSource> {
        // Settings of before have strengths and further adapters in the path.
        let mut source = ModelSource::named(self.finetuned.as_deref()?);
        if self.strength != WHOLE {
            source.strength = Some(self.strength);
        }
        source
            .further
            .extend(self.further.iter().map(|adapter| FurtherLora {
                path: adapter.path.clone(),
                strength: (adapter.strength != WHOLE).then_some(adapter.strength),
            }));
        Some(source)
    }

    /// The same set-up with strengths and further adapters out of the path, where settings of before have them.
    pub fn with_adapters_apart(mut self) -> Self {
        let named = self.finetuned.as_deref().map(ModelSource::named);
        if let Some(source) = named.filter(|of| of.strength.is_some() || !of.further.is_empty()) {
            let (adapter, further) = parts(source);
            let later = std::mem::take(&mut self.further);
            self.set_adapters(std::iter::once(adapter).chain(further).chain(later));
        }
        self
    }
}

/// The first adapter of a source, and those that follow.
pub(super) fn parts(source: ModelSource) -> (Adapter, Vec<Adapter>) {
    let first = FurtherLora {
        path: source.path,
        strength: source.strength,
    };
    let further = source.further.into_iter().map(Adapter::from);
    (first.into(), further.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::set_up::ModelRole;
    use palimpsest_diffusion::Choices;

    #[test]
    fn adapters_are_spelt_as_the_command_line_has_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = folder.path().join(name);
            std::fs::write(&path, b"").unwrap();
            path
        };
        let (first, second, third) = (file("a.st"), file("b.st"), file("c.st"));
        let mut set_up = SetUp::default();
        let typed = format!("{}@0.8+{}@0.5", first.display(), second.display());
        set_up.set_model(ModelRole::Finetuned, Some(typed.clone().into()));
        assert_eq!(set_up.finetuned, Some(first.clone()));
        assert_eq!((set_up.strength, set_up.further.len()), (0.8, 1));
        set_up.add_adapter(&third);
        let source = set_up.finetuned_source().unwrap();
        assert_eq!(source.to_string(), format!("{typed}+{}", third.display()));
        set_up.remove_adapter(0);
        let source = set_up.finetuned_source().unwrap();
        let left = format!("{}@0.5+{}", second.display(), third.display());
        assert_eq!(source.to_string(), left);
        // Settings of before had all of it in the path.
        let before = SetUp {
            finetuned: Some(typed.clone().into()),
            ..SetUp::default()
        };
        assert_eq!(before.finetuned_source().unwrap().to_string(), typed);
        let apart = before.with_adapters_apart();
        assert_eq!(apart.finetuned, Some(first));
        assert_eq!(apart.finetuned_source().unwrap().to_string(), typed);
    }

    #[test]
    fn what_was_said_of_one_model_does_not_hold_of_another() {
        let mut set_up = SetUp::default();
        set_up.set_model(ModelRole::Pretrained, Some("base.ckpt".into()));
        set_up.choices.configurations = Some("configurations".into());
        set_up.set_model(ModelRole::Finetuned, Some("a.ckpt".into()));
        assert!(set_up.choices.configurations.is_some());
        set_up.choices.accept_unused = true;
        set_up.add_adapter(Path::new("b.safetensors"));
        assert!(!set_up.choices.accept_unused);
        set_up.set_model(ModelRole::Pretrained, Some("other.ckpt".into()));
        assert_eq!(set_up.choices, Choices::default());
    }
}
