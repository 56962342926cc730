//! The models of the library that lie nearest to the fine-tuned one, below what is known of it, each to be taken as the
//! pretrained model.

use std::path::Path;

use eframe::egui::{Align, Label, Layout, Link, RichText, Ui};

use super::Commands;
use super::stated::one_line;
use crate::app::set_up::ModelRole;
use crate::app::tokens::{size, space};
use crate::app::widgets::controls::{muted, name_for_readers, wrong};
use crate::app::words::{say, two_figures};
use crate::app::{App, Command};
use palimpsest_method::model_library::{Nearest, Neighbour, NotCompared};

/// The most models that are listed.
const LISTED: usize = 4;

impl App {
    /// Offers the comparison with the library, or says how far it is and what was found.
    pub(super) fn nearest_models(&self, ui: &mut Ui, commands: &mut Commands) {
        let job = &self.state.nearest;
        if let Some([done, of]) = job.progress() {
            ui.horizontal(|ui| {
                muted(ui, under_way(done, of));
                if ui
                    .add(Link::new(RichText::new(say!("stop")).small()))
                    .clicked()
                {
                    commands.push(Command::StopFindingNearest);
                }
            });
            return;
        }
        match job.known() {
            None => {
                let text = RichText::new(say!("find-the-nearest-models")).small();
                let link = ui
                    .add(Link::new(text))
                    .on_hover_text(say!("compares-its-weights-with-every-whole"));
                if link.clicked() {
                    commands.push(Command::FindNearest);
                }
            }
            Some(Err(error)) => {
                wrong(ui, error);
            }
            Some(Ok(found)) => {
                listed(
                    ui,
                    found,
                    self.state.set_up().model(ModelRole::Pretrained),
                    commands,
                );
            }
        }
    }
}

fn under_way(done: usize, of: usize) -> String {
    match of {
        0 => say!("looking-through-the-library").to_owned(),
        of => say!("comparing-with-model", "number" => done.clamp(1, of), "of" => of),
    }
}

fn listed(ui: &mut Ui, found: &Nearest, pretrained: Option<&Path>, commands: &mut Commands) {
    if found.neighbours.is_empty() {
        muted(ui, say!("the-library-has-no-other-model"));
    } else {
        muted(ui, say!("nearest-in-the-library"));
    }
    ui.spacing_mut().item_spacing.y = space::HAIR;
    for neighbour in found.neighbours.iter().take(LISTED) {
        let is_chosen = pretrained == Some(&*neighbour.path);
        row(ui, neighbour, is_chosen, commands);
    }
    let more = found.neighbours.len().saturating_sub(LISTED);
    if more > 0 {
        muted(ui, say!("further-away", "models" => more));
    }
    if !found.not_compared.is_empty() {
        let reasons: Vec<String> = found.not_compared.iter().map(reason).collect();
        muted(
            ui,
            say!("not-compared", "models" => found.not_compared.len()),
        )
        .on_hover_text(reasons.join("\n\n"));
    }
}

fn row(ui: &mut Ui, neighbour: &Neighbour, is_chosen: bool, commands: &mut Commands) {
    let name = one_line(&neighbour.name);
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.set_min_height(size::CONTROL);
            if is_chosen {
                muted(ui, say!("chosen"));
            } else {
                let button = ui.button(say!("use"));
                name_for_readers(
                    &button,
                    &say!("use-as-the-pretrained-model", "name" => name),
                );
                let button = button.on_hover_text(say!("take-it-as-the-pretrained-model"));
                if button.clicked() {
                    let path = neighbour.path.clone();
                    commands.push(Command::UseModel(ModelRole::Pretrained, path));
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let path = neighbour.path.display().to_string();
                ui.add(Label::new(name).truncate()).on_hover_text(path);
            });
        });
    });
    muted(ui, distance(neighbour)).on_hover_text(say!("how-far-the-weights"));
    ui.add_space(space::HAIR);
}

fn distance(neighbour: &Neighbour) -> String {
    let of = neighbour.distance;
    if of.equal == of.tensors {
        return say!("the-same-weights-all-tensors", "tensors" => of.tensors);
    }
    say!(
        "distance-away",
        "share" => two_figures(100.0 * of.relative),
        "equal" => of.equal,
        "tensors" => of.tensors,
    )
}

fn reason(other: &NotCompared) -> String {
    one_line(&say!("titled", "title" => other.name, "text" => other.why))
}

#[cfg(test)]
mod tests {
    use super::*;
    use palimpsest_diffusion::WeightDistance;

    #[test]
    fn distances_and_progress_are_told_in_words() {
        let of = |relative, equal| {
            distance(&Neighbour {
                name: "hills".into(),
                path: "hills".into(),
                distance: WeightDistance {
                    tensors: 12,
                    equal,
                    relative,
                },
            })
        };
        assert_eq!(of(0.211, 3), "21 % away, 3 of 12 tensors equal");
        assert_eq!(of(0.0, 12), "The same weights, all 12 tensors");
        assert_eq!(under_way(0, 0), "Looking through the library…");
        assert_eq!(under_way(0, 3), "Comparing with model 1 of 3…");
        assert_eq!(under_way(4, 3), "Comparing with model 3 of 3…");
    }
}
