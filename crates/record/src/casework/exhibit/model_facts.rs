//! The models in an exhibit: their files' hashes, the changes that they are made of, and what the files say of
//! themselves.

use super::parts::Source;
use crate::exhibit::Model;
use palimpsest_method::examination::{BaseFit, Depicts, Fits, ModelRecord, StatedTraining};

/// The most tags that are printed of those that a model's file states; the record has all that were kept.
const TAGS: usize = 10;

impl Source<'_> {
    pub(super) fn models(&self) -> Vec<Model> {
        let plan = &self.view.plan;
        let model = |role: &str, record: &ModelRecord| Model {
            role: role.into(),
            name: record.name(),
            family: kind(record),
            sha256: record.identity.sha256,
            metadata: facts(record),
        };
        let mut pretrained = model("Pretrained", &plan.pretrained);
        pretrained
            .metadata
            .extend(self.view.base_fit.iter().flat_map(fit));
        let mut models = vec![pretrained, model("Fine-tuned", &plan.finetuned)];
        if let Some(null) = &self.view.null_run {
            models.push(model(
                "Null run (declared to have seen none of the works)",
                &null.finetuned,
            ));
        }
        models
    }
}

/// The family, where the record names it, and what the model predicts.
fn kind(record: &ModelRecord) -> String {
    let predicted = match record.prediction.as_str() {
        "epsilon" => "the noise (epsilon)",
        "v_prediction" => "the velocity (v)",
        other => other,
    };
    let family = record.family.as_ref();
    let family = family.map_or_else(String::new, |family| format!(" ({family})"));
    format!("Latent diffusion model{family}; predicts {predicted}")
}

/// The answers to the questions whether the fine-tuned model was made from this one, and whether it can depict the works.
fn fit(fit: &BaseFit) -> Vec<(String, String)> {
    let answer = match fit.fits {
        Fits::Unknown => "Not known.",
        Fits::Yes => "Yes.",
        Fits::Doubtful => "Doubtful.",
        Fits::No => "No.",
    };
    let parts = std::iter::once(answer).chain(fit.reasons.iter().map(String::as_str));
    let mut facts = vec![(
        "Fits the fine-tuned model".into(),
        parts.collect::<Vec<_>>().join(" "),
    )];
    facts.extend(fit.depiction.as_ref().map(|depiction| {
        let answer = match depiction.answer() {
            Depicts::Yes => "Yes.",
            Depicts::Doubtful => "Doubtful.",
            Depicts::No => "No.",
        };
        (
            "Can depict the works".into(),
            format!("{answer} {}.", depiction.facts()),
        )
    }));
    facts
}

/// Metadata of a model's files, as far as it is kept.
fn facts(record: &ModelRecord) -> Vec<(String, String)> {
    let mut facts = vec![(
        "Files".to_owned(),
        format!("{}", record.identity.files.len()),
    )];
    if !record.borrowed.is_empty() {
        facts.push((
            "Taken from the pretrained model".into(),
            record.borrowed.join(", "),
        ));
    }
    let several = !record.further.is_empty();
    let stated = |facts: &mut Vec<(String, String)>, file: &StatedTraining, whose: &str| {
        let rows = file.facts(TAGS).into_iter();
        facts.extend(rows.map(|(name, value)| (format!("{whose} states: {name}"), value)));
    };
    for (number, (name, lora, file)) in record.loras().enumerate() {
        let whose = match several {
            true => format!("Adapter {}", number + 1),
            false => "The file".into(),
        };
        let [least, most] = lora.ranks;
        let made_of = format!("ranks {least} to {most}, strength {}", lora.strength);
        facts.push(match several {
            true => (whose.clone(), format!("{name}, {made_of}")),
            false => ("LoRA".into(), made_of),
        });
        if !lora.unused.is_empty() {
            let of = if several {
                format!(" of adapter {}", number + 1)
            } else {
                String::new()
            };
            facts.push((
                format!("Tensors{of} that were not used"),
                lora.unused.join(", "),
            ));
        }
        if let Some(file) = file {
            stated(&mut facts, file, &whose);
        }
    }
    if let (None, Some(file)) = (&record.lora, &record.stated) {
        stated(&mut facts, file, "The file");
    }
    facts
}
