//! How the works' files are read: as they are seen, as they are stored, or both; mirrored as well.

use eframe::egui::Ui;

use super::Change;
use crate::app::forms_job::FurtherExaminations;
use crate::app::set_up::SetUp;
use crate::app::widgets::controls::{choices, label, muted};
use crate::app::words::say;
use palimpsest_method::artwork::{Reading, Readings};

/// The forms in which files are read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Forms {
    Both,
    Seen,
    Stored,
}

impl Forms {
    const ALL: [Self; 3] = [Self::Both, Self::Seen, Self::Stored];

    fn title(self) -> &'static str {
        match self {
            Self::Both => say!("seen-and-stored"),
            Self::Seen => say!("as-seen"),
            Self::Stored => say!("as-stored"),
        }
    }

    /// The readings of these forms.
    fn readings(self, mirrored: bool) -> Readings {
        let forms: &[Reading] = match self {
            Self::Both => &[Reading::AS_SEEN, Reading::AS_STORED],
            Self::Seen => &[Reading::AS_SEEN],
            Self::Stored => &[Reading::AS_STORED],
        };
        let (first, rest) = match forms {
            [first, rest @ ..] => (*first, rest),
            [] => (Reading::AS_SEEN, forms),
        };
        let turned = forms.iter().filter(|_| mirrored);
        let turned = turned.map(|reading| reading.mirrored());
        Readings {
            first,
            further: rest.iter().copied().chain(turned).collect(),
        }
    }

    /// The forms of these readings, and whether they are also mirrored.
    fn of(readings: &Readings) -> (Self, bool) {
        let all = || std::iter::once(&readings.first).chain(&readings.further);
        let has = |form: Reading| all().any(|reading| reading.form == form.form);
        let forms = match (has(Reading::AS_SEEN), has(Reading::AS_STORED)) {
            (true, true) => Self::Both,
            (false, true) => Self::Stored,
            (_, false) => Self::Seen,
        };
        (forms, all().any(|reading| reading.mirrored))
    }
}

/// Asks for them, and says what they come to.
pub(super) fn readings(
    ui: &mut Ui,
    further: FurtherExaminations,
    set_up: &mut SetUp,
    change: &mut Change,
) {
    label(ui, say!("how-files-are-read"))
        .on_hover_text(say!("many-programs-that-train-models-take"));
    let (mut forms, mut mirrored) = Forms::of(&set_up.readings);
    let all = Forms::ALL.map(|forms| (forms, forms.title()));
    let picked = choices(ui, forms, &all);
    forms = picked.unwrap_or(forms);
    let turned = ui
        .checkbox(&mut mirrored, say!("mirrored-as-well"))
        .on_hover_text(say!("programs-that-train-models-exchange-left"));
    if picked.is_some() || turned.changed() {
        set_up.readings = forms.readings(mirrored);
        *change = Some((say!("how-files-are-read"), false));
    }
    muted(ui, told(further));
}

/// What further readings come to.
fn told(further: FurtherExaminations) -> String {
    let FurtherExaminations {
        readings,
        works,
        is_open,
    } = further;
    match (works, is_open) {
        (0, true) => say!("looking-at-how-the-files").to_owned(),
        (0, false) => say!("every-questioned-work-is-one-picture").to_owned(),
        (works, is_open) => {
            let tests = readings + 1;
            match is_open {
                true => {
                    say!(
                        "at-least-further-examinations",
                        "examinations" => works,
                        "readings" => tests,
                    )
                }
                false => say!("further-examinations", "examinations" => works, "readings" => tests),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_and_readings_are_the_same_both_ways() {
        for forms in Forms::ALL {
            for mirrored in [false, true] {
                let readings = forms.readings(mirrored);
                assert_eq!(Forms::of(&readings), (forms, mirrored), "{readings}");
            }
        }
        assert_eq!(Forms::Both.readings(false), Readings::default());
        let all = "as-seen,as-stored,as-seen-mirrored,as-stored-mirrored";
        assert_eq!(Forms::Both.readings(true).to_string(), all);
    }

    #[test]
    fn the_number_of_examinations_is_told_as_far_as_it_is_known() {
        let of = |readings, works, is_open| {
            told(FurtherExaminations {
                readings,
                works,
                is_open,
            })
        };
        assert!(of(0, 0, false).contains("examined once"));
        assert!(of(0, 0, true).starts_with("Looking"));
        assert!(of(1, 1, false).contains(": 1 further examination. All 2 readings"));
        assert!(of(3, 12, true).contains("at least 12 further examinations. All 4 readings"));
    }
}
