//! `palimpsest lab evaluate`.

use std::path::Path;
use std::sync::Arc;

use super::arguments::{EvaluateArguments, VariantArguments};
use super::examine::resolved;
use super::finetune::Display;
use super::output::{complain, complain_of, note, print, print_json};
use super::{Status, interruption, progress};
use palimpsest_base::experiment_manifest::begin_or_continue;
use palimpsest_diffusion::Memory;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_lab::evaluation::error::EvaluationError;
use palimpsest_lab::evaluation::experiment::{Experiment, News, Source};
use palimpsest_lab::evaluation::report::{self, About};
use palimpsest_lab::evaluation::set::{Evaluated, Set};
use palimpsest_lab::evaluation::table::Table;
use palimpsest_lab::evaluation::variant::Variant;
use palimpsest_lab::finetuning::Pictures;
use palimpsest_method::examination::Steering;
use palimpsest_method::inversion::Control;

use palimpsest_lab::training::corpus::pictures_in;
use palimpsest_lab::training::corpus_hashes::CorpusHashes;
use palimpsest_method::models;

pub(super) fn run(arguments: &EvaluateArguments) -> Status {
    let variants = match arguments.variants() {
        Ok(variants) => variants,
        Err(sentence) => {
            complain(&sentence);
            return Status::WrongUsage;
        }
    };
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let evaluated = progress::showing(&control, |steering| {
        evaluate(arguments, &variants, steering)
    });
    match evaluated {
        Ok((table, heading)) if !arguments.json => print(&format!("{heading}\n\n{}", table.text())),
        Ok((table, _)) => print_json(&table),
        Err(error) => ended(&error),
    }
}

/// Says why there is no table.
pub(super) fn ended(error: &EvaluationError) -> Status {
    complain_of(error);
    if error.is_interruption() {
        Status::Interrupted
    } else {
        Status::Failed
    }
}

fn evaluate(
    arguments: &EvaluateArguments,
    variants: &[Variant],
    steering: &Steering,
) -> Result<(Table, String), EvaluationError> {
    if arguments.finetuned.is_none() && arguments.hand.is_empty() && arguments.pictures.is_empty() {
        return Err(EvaluationError::NoSource);
    }
    begin_or_continue(&arguments.out, &arguments.settings())?;
    let base = models::resolve(&arguments.base)?;
    let corpus = CorpusHashes::beside(&base)?;
    let sets = match (
        &arguments.finetuned,
        &arguments.members,
        &arguments.hold_outs,
    ) {
        (Some(finetuned), Some(members), Some(hold_outs)) => {
            let set = Set {
                name: "works".into(),
                members: pictures_in(members)?,
                hold_outs: pictures_in(hold_outs)?,
                asked: None,
            };
            let request = resolved(arguments.request(finetuned))?;
            let (out, settings) = (&arguments.out, (&request, variants));
            let evaluated = set.evaluate(settings, out, corpus.as_ref(), steering, &mut say)?;
            vec![evaluated]
        }
        _ => experiment(arguments, &base, variants, corpus.clone(), steering)?,
    };
    for set in &sets {
        let all = std::iter::once(&set.own).chain(&set.variants);
        all.flat_map(|set| &set.failures).for_each(|f| note(f));
    }
    let heading = heading(arguments, &sets);
    let about = About {
        heading: &heading,
        own: &arguments.own_settings(),
        variants,
        corpus: corpus.as_ref(),
    };
    let table = report::write(&arguments.out, &sets, &about)?;
    table
        .left_out
        .iter()
        .for_each(|work| note(&work.sentence()));
    Ok((table, heading))
}

fn say(variant: &Variant) {
    note(&format!("Once more with {}", variant.label));
}

fn experiment(
    arguments: &EvaluateArguments,
    base: &Path,
    variants: &[Variant],
    corpus: Option<CorpusHashes>,
    steering: &Steering,
) -> Result<Vec<Evaluated>, EvaluationError> {
    let hands = arguments.hand.iter();
    let hands = hands.map(|&(family, artist)| Source::Hand { family, artist });
    let folders = arguments.pictures.iter().cloned().map(Source::Folder);
    let none = Pictures::Files(Vec::new());
    let experiment = Experiment {
        asked: None,
        sources: hands.chain(folders).collect(),
        seeds: 0..arguments.seeds,
        works: arguments.works.into(),
        recipe: arguments.training.recipe(base, none),
        request: arguments.request(Path::new("")),
        variants: variants.to_vec(),
        corpus,
    };
    let cpu = Arc::new(Cpu::new(arguments.threads.into(), Memory::Full)?);
    let mut display = Display::default();
    experiment.run(&arguments.out, &cpu, steering, &mut |news| match news {
        News::Set(name) => note(&format!("Set {name}")),
        News::Variant(variant) => say(variant),
        News::Finetuning(progress) => display.show(&progress),
    })
}

/// The subject of an evaluation, in one line.
fn heading(arguments: &EvaluateArguments, sets: &[Evaluated]) -> String {
    let training = &arguments.training;
    let tuning = match (&arguments.finetuned, training.lora) {
        (Some(model), _) => model.display().to_string(),
        (None, Some(rank)) => format!("LoRA of rank {rank}, {} draws a picture", training.draws),
        (None, None) => format!("all weights, {} draws a picture", training.draws),
    };
    // Without a set there is no table, and nothing to head.
    let evaluations = sets.iter().map(|set| set.own.evaluations).max();
    let evaluations = evaluations.unwrap_or(0);
    format!(
        "Fine-tuned: {tuning}. Examined: preset {}, mask {}, {evaluations} network evaluations a work.",
        arguments.preset, arguments.mask
    )
}

impl EvaluateArguments {
    /// The variants, or which of them are the same settings.
    pub fn variants(&self) -> Result<Vec<Variant>, String> {
        let variants: Vec<Variant> = self.variant.iter().map(VariantArguments::variant).collect();
        for (i, variant) in variants.iter().enumerate() {
            let same = |earlier: &&Variant| earlier.slug() == variant.slug();
            if let Some(earlier) = variants[..i].iter().find(same) {
                let (one, other) = (&earlier.label, &variant.label);
                return Err(format!(
                    "--variant \"{one}\" and --variant \"{other}\" are the same settings: give one of them"
                ));
            }
        }
        Ok(variants)
    }

    /// The settings of the command itself, as they would be written.
    pub fn own_settings(&self) -> String {
        let own = [
            ("preset", self.preset.to_string()),
            ("mask", self.mask.to_string()),
        ];
        let given = own.into_iter().chain(self.settings.overrides().named());
        let options: Vec<String> = given
            .map(|(name, value)| format!("--{name} {value}"))
            .collect();
        options.join(" ")
    }
}
