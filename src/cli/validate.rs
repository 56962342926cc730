//! `palimpsest lab validate`.

use std::sync::Arc;

use super::arguments::ValidateArguments;
use super::evaluate::ended;
use super::finetune::Display;
use super::output::{ask_for_operator, note, plain, print, print_json};
use super::{Status, interruption, progress};
use palimpsest_art::Family;
use palimpsest_base::experiment_manifest::begin_or_continue;
use palimpsest_base::number_format::counted;
use palimpsest_diffusion::Memory;
use palimpsest_diffusion::network::cpu::Cpu;
use palimpsest_lab::evaluation::error::EvaluationError;
use palimpsest_lab::finetuning::{Pictures, Recipe};
use palimpsest_lab::validation::{DOSSIER, News, Validation};
use palimpsest_method::examination::Steering;
use palimpsest_method::inversion::Control;
use palimpsest_method::models;
use palimpsest_record::case::users_signer;
use palimpsest_record::casework::CaseworkError;
use palimpsest_record::validation::{SignedDossier, Situation, Trial};

pub(super) fn run(arguments: &ValidateArguments) -> Status {
    ask_for_operator();
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let made = progress::showing(&control, |steering| validated(arguments, steering));
    match made {
        Ok(signed) if arguments.json => print_json(&signed.dossier),
        Ok(signed) => print(&text(&signed, arguments)),
        Err(error) => ended(&error),
    }
}

fn validated(
    arguments: &ValidateArguments,
    steering: &Steering,
) -> Result<SignedDossier, EvaluationError> {
    // A key that cannot be used is found out before anything is made.
    let signer = users_signer().map_err(CaseworkError::from)?;
    begin_or_continue(&arguments.out, &arguments.settings())?;
    let base = models::resolve(&arguments.base)?;
    let threads = usize::from(arguments.threads);
    let cpu = Arc::new(Cpu::new(threads, Memory::Full)?);
    let validation = Validation {
        families: match arguments.family.as_slice() {
            [] => Family::ALL.to_vec(),
            some => some.to_vec(),
        },
        hands: arguments.hands.clone(),
        members: arguments.works.into(),
        questioned: arguments.questioned.into(),
        controls: arguments.controls.into(),
        outputs: arguments.outputs.into(),
        other_prompt: arguments.other_prompt.clone(),
        recipe: Recipe {
            resolution: arguments.resolution,
            seed: arguments.seed,
            ..arguments
                .training
                .recipe(&base, Pictures::Files(Vec::new()))
        },
        threads,
    };
    let mut display = Display::default();
    validation.run(
        &arguments.out,
        (&cpu, steering),
        &signer,
        &mut |news| match news {
            News::Model(name) => note(name),
            News::Part(hand, part) => note(&format!("{hand}: {part}")),
            News::Finetuning(news) => display.show(&news),
        },
    )
}

fn text(signed: &SignedDossier, arguments: &ValidateArguments) -> String {
    let dossier = &signed.dossier;
    let models = counted(dossier.models.len(), "model", "models");
    let mut lines = vec![
        format!(
            "{models} fine-tuned from {}: {}",
            plain(&dossier.base.name),
            dossier.recipe.words()
        ),
        format!(
            "{:52} {:>16}  {:28} at 1 %",
            "cases", "expected", "called at 5 %"
        ),
    ];
    lines.extend(dossier.trials.iter().map(line));
    let run = |situation: &Situation| dossier.trials.iter().any(|it| it.situation == *situation);
    let missing = Situation::ALL.iter().filter(|situation| !run(situation));
    lines.extend(missing.map(|situation| format!("{:52} not run", situation.words())));
    lines.push(format!(
        "{}\nSHA-256 {}",
        arguments.out.join(DOSSIER).display(),
        signed.sha256()
    ));
    lines.join("\n")
}

fn line(trial: &Trial) -> String {
    let refused = match trial.refused {
        0 => String::new(),
        refused => format!(", {refused} refused"),
    };
    let at_1 = trial.at_1_percent.map_or("-".into(), |share| share.words());
    format!(
        "{:52} {:>16}  {:28} {at_1}  {}{refused}",
        trial.situation.words(),
        trial.expected.words(),
        trial.at_5_percent.words(),
        trial.outcome.words()
    )
}
