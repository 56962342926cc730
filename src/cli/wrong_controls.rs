//! `palimpsest lab wrong-controls`.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Serialize;

use super::arguments::WrongControlsArguments;
use super::evaluate::ended;
use super::finetune::Display;
use super::output::{note, print, print_json};
use super::{Status, interruption};
use palimpsest_art::Family;
use palimpsest_base::experiment_manifest::begin_or_continue;
use palimpsest_base::number_format::fixed;
use palimpsest_diffusion::Memory;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_lab::evaluation::error::EvaluationError;
use palimpsest_lab::finetuning::{Pictures, Recipe};
use palimpsest_lab::wrong_controls::judging::{Rate, Rates, rates};
use palimpsest_lab::wrong_controls::warning::{Warnings, warnings};
use palimpsest_lab::wrong_controls::{Group, News, WrongControls};
use palimpsest_method::inversion::Control;
use palimpsest_method::models;

pub(super) fn run(arguments: &WrongControlsArguments) -> Status {
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let sets = match sets(arguments, &control) {
        Ok(sets) => sets,
        Err(error) => return ended(&error),
    };
    let found = Found {
        groups: rates(&sets),
        warnings: warnings(&sets),
    };
    if arguments.json {
        return print_json(&found);
    }
    let parts = found.groups.iter();
    let parts = parts.map(|(group, rates)| text(*group, rates));
    let parts = parts.chain(found.warnings.as_ref().map(text_of_warnings));
    print(&parts.collect::<Vec<_>>().join("\n"))
}

/// All rates.
#[derive(Serialize)]
struct Found {
    #[serde(flatten)]
    groups: BTreeMap<Group, Rates>,
    #[serde(skip_serializing_if = "Option::is_none")]
    warnings: Option<Warnings>,
}

fn sets(
    arguments: &WrongControlsArguments,
    control: &Control,
) -> Result<Vec<palimpsest_lab::wrong_controls::Set>, EvaluationError> {
    begin_or_continue(&arguments.out, &arguments.settings())?;
    let base = models::resolve(&arguments.base)?;
    let threads = usize::from(arguments.threads);
    let cpu = Arc::new(Cpu::new(threads, Memory::Full)?);
    let experiment = WrongControls {
        families: match arguments.family.as_slice() {
            [] => Family::ALL.to_vec(),
            some => some.to_vec(),
        },
        hands: arguments.hands.clone(),
        members: arguments.works.into(),
        questioned: arguments.questioned.into(),
        controls: arguments.controls.into(),
        own_only: arguments.own_only,
        recipe: Recipe {
            resolution: arguments.resolution,
            ..arguments
                .training
                .recipe(&base, Pictures::Files(Vec::new()))
        },
        threads,
    };
    let mut display = Display::default();
    experiment.run(&arguments.out, &cpu, control, &mut |news| match news {
        News::Set(name) => note(name),
        News::Finetuning(news) => display.show(&news),
    })
}

/// The rates of a group in a few lines.
fn text(group: Group, rates: &Rates) -> String {
    let name = match group {
        Group::Own => "works of the questioned works' own hand",
        Group::OtherHand => "works of another hand of the same family",
        Group::OtherFamily => "works of another family",
    };
    [
        format!(
            "Controls: {name}; {} questioned works, none of them used, of {} models",
            rates.works, rates.sets
        ),
        line(
            "p at most 0.05, if nothing were refused",
            &rates.accused_unchecked,
        ),
        line(
            "controls refused, by colours and structure",
            &rates.refused_by_kind,
        ),
        line(
            "controls refused, by what the model learnt",
            &rates.refused_by_style,
        ),
        line("controls refused, by either", &rates.refused),
        line("p at most 0.05, and controls not refused", &rates.accused),
    ]
    .join("\n")
}

fn line(what: &str, rate: &Rate) -> String {
    let percent = |share: f64| fixed(100.0 * share, 1);
    format!(
        "  {what:56} {:>5} % ({} to {} %)",
        percent(rate.value),
        percent(rate.low),
        percent(rate.high)
    )
}

fn text_of_warnings(found: &Warnings) -> String {
    [
        format!(
            "Warning of a control that may have been used: {} sets of controls none of which was, {} sets of own controls \
             with a used work among them",
            found.unused, found.contaminated
        ),
        line("one is named though none was used", &found.named_wrongly),
        line("the used one is named", &found.named),
    ]
    .join("\n")
}
