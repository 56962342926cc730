//! The models in an exhibit: their files' hashes, the changes that they are made of, and what the files say of
//! themselves.

use super::parts::Source;
use crate::exhibit::Model;
use crate::language::{Texts, args};
use palimpsest_method::examination::{BaseFit, Depicts, Fits, ModelRecord, StatedTraining};

/// The most tags that are printed of those that a model's file states; the record has all that were kept.
const TAGS: usize = 10;

impl Source<'_> {
    pub(super) fn models(&self) -> Vec<Model> {
        let plan = &self.view.plan;
        let texts = self.texts;
        let model = |role: &'static str, record: &ModelRecord| Model {
            role: texts.text(role).into(),
            name: record.name(),
            family: kind(texts, record),
            sha256: record.identity.sha256,
            metadata: facts(texts, record),
        };
        let mut pretrained = model("pretrained", &plan.pretrained);
        pretrained.metadata.extend(
            self.view
                .base_fit
                .iter()
                .flat_map(|found| fit(texts, found)),
        );
        let mut models = vec![pretrained, model("fine-tuned", &plan.finetuned)];
        if let Some(null) = &self.view.null_run {
            models.push(model("null-run", &null.finetuned));
        }
        models
    }
}

/// The family, where the record names it, and what the model predicts.
fn kind(texts: &'static Texts, record: &ModelRecord) -> String {
    let predicted = match record.prediction.as_str() {
        "epsilon" => texts.text("predicts-noise"),
        "v_prediction" => texts.text("predicts-velocity"),
        other => other,
    };
    let family = record.family.as_ref();
    let family = family.map_or_else(String::new, |family| format!(" ({family})"));
    let args = args!["family" => family, "predicted" => predicted];
    texts.with("model-is", &args)
}

/// The answers to the questions whether the fine-tuned model was made from this one, and whether it can depict the works.
fn fit(texts: &'static Texts, fit: &BaseFit) -> Vec<(String, String)> {
    let answer = match fit.fits {
        Fits::Unknown => texts.text("answer-unknown"),
        Fits::Yes => texts.text("answer-yes"),
        Fits::Doubtful => texts.text("answer-doubtful"),
        Fits::No => texts.text("answer-no"),
    };
    let reasons = fit.reasons.iter().map(|reason| texts.recorded(reason));
    let parts = std::iter::once(answer.to_owned()).chain(reasons);
    let mut facts = vec![(
        texts.text("fits").into(),
        parts.collect::<Vec<_>>().join(" "),
    )];
    facts.extend(fit.depiction.as_ref().map(|depiction| {
        let answer = match depiction.answer() {
            Depicts::Yes => texts.text("answer-yes"),
            Depicts::Doubtful => texts.text("answer-doubtful"),
            Depicts::No => texts.text("answer-no"),
        };
        let told = texts.recorded(&depiction.facts());
        (texts.text("can-depict").into(), format!("{answer} {told}."))
    }));
    facts
}

/// Metadata of a model's files, as far as it is kept.
fn facts(texts: &'static Texts, record: &ModelRecord) -> Vec<(String, String)> {
    let mut facts = vec![(
        texts.text("model-files").to_owned(),
        format!("{}", record.identity.files.len()),
    )];
    if !record.borrowed.is_empty() {
        facts.push((
            texts.text("taken-from-pretrained").into(),
            record.borrowed.join(", "),
        ));
    }
    let several = !record.further.is_empty();
    let stated = |facts: &mut Vec<(String, String)>, file: &StatedTraining, whose: &str| {
        let rows = file.facts(TAGS).into_iter();
        facts.extend(rows.map(|(name, value)| {
            let args = args!["whose" => whose, "what" => texts.recorded(name)];
            (texts.with("states", &args), value)
        }));
    };
    for (number, (name, lora, file)) in record.loras().enumerate() {
        let whose = match several {
            true => texts.with("adapter", &args!["number" => number + 1]),
            false => texts.text("the-file").into(),
        };
        let [least, most] = lora.ranks;
        let strength = texts.marked(lora.strength.to_string());
        let args = args!["least" => least, "most" => most, "strength" => strength];
        let made_of = texts.with("lora-is", &args);
        facts.push(match several {
            true => (whose.clone(), format!("{name}, {made_of}")),
            false => ("LoRA".into(), made_of),
        });
        if !lora.unused.is_empty() {
            let unused = match several {
                true => texts.with("unused-of-adapter", &args!["number" => number + 1]),
                false => texts.text("unused").to_owned(),
            };
            facts.push((unused, lora.unused.join(", ")));
        }
        if let Some(file) = file {
            stated(&mut facts, file, &whose);
        }
    }
    if let (None, Some(file)) = (&record.lora, &record.stated) {
        stated(&mut facts, file, texts.text("the-file"));
    }
    facts
}
