//! `palimpsest demo`: the main job on what is built in.

use std::path::Path;

use super::arguments::DemoArguments;
use super::evaluate::ended;
use super::output::{complain_of, note, print, print_json};
use super::{Status, interruption, progress};
use palimpsest_diffusion::Device;
use palimpsest_lab::demonstration::demonstrate;
use palimpsest_method::inversion::Control;
use palimpsest_method::models;

pub(super) fn run(arguments: &DemoArguments) -> Status {
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let pair = ["demo", "demo-finetuned"].map(|name| models::resolve(Path::new(name)));
    let [Ok(pretrained), Ok(finetuned)] = &pair else {
        pair.iter()
            .filter_map(|model| model.as_ref().err())
            .for_each(complain_of);
        return Status::Failed;
    };
    // Its models are small: a card is used only where it is asked for.
    let device = arguments.device.device().unwrap_or(Device::Cpu);
    let machine = (device, arguments.threads.into());
    let result = progress::showing(&control, |steering| {
        demonstrate(&arguments.out, (pretrained, finetuned), machine, steering)
    });
    match result {
        Ok(done) if arguments.json => print_json(&done.table),
        Ok(done) => {
            let printed = print(&format!("{}\n\n{}", done.heading, done.table.text()));
            note(&format!(
                "The pictures side by side: {}. The case: {}. Its exhibit: {}.",
                arguments.out.join("grid-demo.png").display(),
                done.case.display(),
                done.exhibit.display()
            ));
            printed
        }
        Err(error) => ended(&error),
    }
}
