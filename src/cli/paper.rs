//! `palimpsest lab plan`, `cell`, `gather` and `paper`: the paper's tables, made of cells.

use std::path::Path;

use super::arguments::{
    CellArguments, FormArgument, GatherArguments, PaperArguments, PlanArguments,
};
use super::finetune::Display;
use super::output::{complain, complain_of, note, print, print_json};
use super::{Status, interruption, progress};
use palimpsest_lab::paper::error::PaperError;
use palimpsest_lab::paper::gathering::Gathered;
use palimpsest_lab::paper::plan::Plan;
use palimpsest_lab::paper::running::{News, Outcome, WhenBusy, Workshop};
use palimpsest_lab::paper::schedulers;
use palimpsest_method::inversion::Control;

pub(super) fn plan(arguments: &PlanArguments) -> Status {
    match Plan::make(&arguments.wanted.wanted(), &arguments.folder) {
        Ok(plan) => {
            for (file, what) in schedulers::FILES {
                note(&format!(
                    "{}: {what}",
                    arguments.folder.join(file).display()
                ));
            }
            print(&format!(
                "planned {} cells of {} tables into {}",
                plan.cells.len(),
                plan.tables.len(),
                arguments.folder.display()
            ))
        }
        Err(error) => ended(&error),
    }
}

pub(super) fn cell(arguments: &CellArguments) -> Status {
    let made = steered(|steering, report| {
        let plan = Plan::read(&arguments.folder)?;
        let cell = match (&arguments.cell, arguments.index) {
            (Some(name), _) => {
                let cell = plan.cell(name);
                cell.ok_or_else(|| PaperError::NoCell(name.clone()))?
            }
            (None, index) => {
                let (index, cells) = (index.unwrap_or(0), plan.cells.len());
                let cell = plan.cells.get(index);
                cell.ok_or(PaperError::NoIndex { index, cells })?
            }
        };
        let workshop = Workshop::open(&plan, &arguments.folder, arguments.threads.into())?;
        let outcome = workshop.make(cell, WhenBusy::Wait, steering, report)?;
        Ok((cell.name.clone(), outcome))
    });
    match made {
        Ok((name, Outcome::Made)) => print(&format!("{name} is made")),
        Ok((name, Outcome::There | Outcome::Busy)) => print(&format!("{name} was there")),
        Err(error) => ended(&error),
    }
}

pub(super) fn gather(arguments: &GatherArguments) -> Status {
    match Plan::read(&arguments.folder) {
        Ok(plan) => shown(&plan, &arguments.folder, arguments.form),
        Err(error) => ended(&error),
    }
}

pub(super) fn paper(arguments: &PaperArguments) -> Status {
    let (folder, wanted) = (&arguments.plan.folder, arguments.plan.wanted.wanted());
    let made = steered(|steering, report| {
        let plan = Plan::make(&wanted, folder)?;
        let workshop = Workshop::open(&plan, folder, arguments.threads.into())?;
        workshop.all(steering, report)?;
        Ok(plan)
    });
    match made {
        Ok(plan) => shown(&plan, folder, arguments.form),
        Err(error) => ended(&error),
    }
}

/// Does `work`, which Ctrl-C interrupts, and shows what goes on.
fn steered<T>(
    work: impl FnOnce(
        &palimpsest_method::examination::Steering,
        &mut dyn FnMut(News),
    ) -> Result<T, PaperError>,
) -> Result<T, PaperError> {
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let mut display = Display::default();
    progress::showing(&control, |steering| {
        work(steering, &mut |news| match news {
            News::Cell(name) => note(&format!("Cell {name}")),
            News::Waiting(name) => note(&format!("Another process makes {name}: waiting")),
            News::Finetuning(news) => display.show(&news),
        })
    })
}

/// Prints the tables; what is missing makes the command fail, so that scripts see it.
fn shown(plan: &Plan, folder: &Path, form: FormArgument) -> Status {
    let gathered = Gathered::of(plan, folder);
    let printed = match form {
        FormArgument::Text => print(gathered.text().trim_end()),
        FormArgument::Json => print_json(&gathered),
        FormArgument::Csv => print(gathered.csv().trim_end()),
        FormArgument::Latex => print(gathered.latex().trim_end()),
    };
    if printed != Status::Done || gathered.is_complete() {
        return printed;
    }
    let lacking = gathered.cells - gathered.done;
    complain(&format!(
        "{lacking} of {} cells have no result: run them, and gather again",
        gathered.cells
    ));
    Status::Failed
}

fn ended(error: &PaperError) -> Status {
    complain_of(error);
    if error.is_interruption() {
        Status::Interrupted
    } else {
        Status::Failed
    }
}
