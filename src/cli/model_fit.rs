//! `palimpsest models fit`: whether a fine-tuned model was made from a pretrained one, before hours are spent.

use super::arguments::FitArguments;
use super::examine::resolved;
use super::output::{fail, plain, print, print_json};
use super::{Status, interruption, progress};
use palimpsest_method::artwork::Crop;
use palimpsest_method::examination::{BaseFit, Depicts, Examiner, Fits};
use palimpsest_method::inversion::Control;

pub(super) fn run(arguments: &FitArguments) -> Status {
    let control = Control::new();
    interruption::cancel_on_ctrl_c(&control);
    let request = match resolved(arguments.pair.request()) {
        Ok(request) => request,
        Err(error) => return fail(&error),
    };
    let artworks = &arguments.artworks;
    let fit = progress::showing(&control, |steering| {
        let works: Vec<_> = artworks
            .iter()
            .map(|path| (&**path, Crop::default()))
            .collect();
        Examiner::open_for(&request, works.clone(), steering)?.base_fit(works)
    });
    match fit {
        Ok(fit) if arguments.json => print_json(&fit),
        Ok(fit) => print(&summary(&fit)),
        Err(error) => fail(&error),
    }
}

fn summary(fit: &BaseFit) -> String {
    let answer = match fit.fits {
        Fits::Unknown => "not known",
        Fits::Yes => "yes",
        Fits::Doubtful => "doubtful",
        Fits::No => "no",
    };
    let reasons = fit.reasons.iter();
    let reasons: String = reasons
        .map(|reason| format!("\n- {}", plain(reason)))
        .collect();
    let depicts = fit.depiction.as_ref().map(|depiction| {
        let answer = match depiction.answer() {
            Depicts::Yes => "yes",
            Depicts::Doubtful => "doubtful",
            Depicts::No => "no",
        };
        let facts = plain(&depiction.facts());
        format!("\nIt can depict the artworks: {answer}\n- {facts}.")
    });
    let depicts = depicts.unwrap_or_default();
    format!("The pretrained model fits the fine-tuned one: {answer}{reasons}{depicts}")
}
