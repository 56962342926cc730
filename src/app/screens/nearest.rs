//! The models of the library that lie nearest to the fine-tuned one, below what is known of it, each to be taken as the
//! pretrained model.

use std::path::Path;

use eframe::egui::{Align, Label, Layout, Link, RichText, Ui};

use super::Commands;
use super::stated::one_line;
use crate::app::set_up::ModelRole;
use crate::app::tokens::{size, space};
use crate::app::widgets::controls::{muted, name_for_readers, wrong};
use crate::app::{App, Command};
use palimpsest_base::number_format::{counted, two_figures};
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
                if ui.add(Link::new(RichText::new("Stop").small())).clicked() {
                    commands.push(Command::StopFindingNearest);
                }
            });
            return;
        }
        match job.known() {
            None => {
                let text = RichText::new("Find the nearest models of the library").small();
                let link = ui.add(Link::new(text)).on_hover_text(
                    "Compares its weights with every whole model of the library: the one that it was made from is the nearest. Takes as long as reading them",
                );
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
        0 => "Looking through the library…".to_owned(),
        of => format!("Comparing with model {} of {of}…", done.clamp(1, of)),
    }
}

fn listed(ui: &mut Ui, found: &Nearest, pretrained: Option<&Path>, commands: &mut Commands) {
    if found.neighbours.is_empty() {
        muted(ui, "The library has no other model of this structure.");
    } else {
        muted(ui, "Nearest in the library:");
    }
    ui.spacing_mut().item_spacing.y = space::HAIR;
    for neighbour in found.neighbours.iter().take(LISTED) {
        let is_chosen = pretrained == Some(&*neighbour.path);
        row(ui, neighbour, is_chosen, commands);
    }
    let more = found.neighbours.len().saturating_sub(LISTED);
    if more > 0 {
        let models = counted(more as u64, "model lies", "models lie");
        muted(ui, format!("{models} further away."));
    }
    if !found.not_compared.is_empty() {
        let models = counted(found.not_compared.len() as u64, "model was", "models were");
        let reasons: Vec<String> = found.not_compared.iter().map(reason).collect();
        muted(
            ui,
            format!("{models} not compared (point here for the reasons)."),
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
                muted(ui, "chosen");
            } else {
                let button = ui.button("Use");
                name_for_readers(&button, &format!("Use {name} as the pretrained model"));
                let button = button.on_hover_text("Take it as the pretrained model");
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
    muted(ui, distance(neighbour)).on_hover_text(
        "How far the weights of the noise predictors lie apart, as a share of that model's, and how many of its tensors the training left as they were",
    );
    ui.add_space(space::HAIR);
}

fn distance(neighbour: &Neighbour) -> String {
    let of = neighbour.distance;
    if of.equal == of.tensors {
        return format!("The same weights, all {} tensors", of.tensors);
    }
    format!(
        "{} % away, {} of {} tensors equal",
        two_figures(100.0 * of.relative),
        of.equal,
        of.tensors
    )
}

fn reason(other: &NotCompared) -> String {
    one_line(&format!("{}: {}", other.name, other.why))
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
