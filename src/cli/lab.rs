//! `palimpsest lab`: commands of the laboratory.

use super::Status;
use super::arguments::{DrawArguments, LabCommand};
use super::output::{fail, print};
use super::{evaluate, finetune, generate, paper, pretrain, protect, validate, wrong_controls};
use palimpsest_art::Family;
use palimpsest_lab::works::Works;

pub(super) fn run(command: &LabCommand) -> Status {
    match command {
        LabCommand::Draw(arguments) => draw(arguments),
        LabCommand::Pretrain(arguments) => pretrain::run(arguments),
        LabCommand::Finetune(arguments) => finetune::run(arguments),
        LabCommand::Generate(arguments) => generate::run(arguments),
        LabCommand::Protect(arguments) => protect::run(arguments),
        LabCommand::Evaluate(arguments) => evaluate::run(arguments),
        LabCommand::WrongControls(arguments) => wrong_controls::run(arguments),
        LabCommand::Validate(arguments) => validate::run(arguments),
        LabCommand::Paper(arguments) => paper::paper(arguments),
        LabCommand::Plan(arguments) => paper::plan(arguments),
        LabCommand::Cell(arguments) => paper::cell(arguments),
        LabCommand::Gather(arguments) => paper::gather(arguments),
    }
}

fn draw(arguments: &DrawArguments) -> Status {
    let works = Works {
        families: match arguments.family.as_slice() {
            [] => Family::ALL.to_vec(),
            some => some.to_vec(),
        },
        artists: arguments.artist.clone(),
        works: arguments.works.clone(),
        side: arguments.side,
    };
    match works.write(&arguments.out) {
        Ok(count) => print(&format!(
            "drew {count} works into {}",
            arguments.out.display()
        )),
        Err(error) => fail(&error),
    }
}
