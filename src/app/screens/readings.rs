//! How the works' files are read: as they are seen, as they are stored, or both; mirrored as well.

use eframe::egui::Ui;

use super::Change;
use crate::app::forms_job::FurtherExaminations;
use crate::app::set_up::SetUp;
use crate::app::widgets::controls::{choices, label, muted};
use palimpsest_base::number_format::counted;
use palimpsest_method::artwork::{Reading, Readings};

/// The forms in which files are read.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Forms {
    Both,
    Seen,
    Stored,
}

impl Forms {
    const ALL: [(Self, &'static str); 3] = [
        (Self::Both, "Seen and stored"),
        (Self::Seen, "As seen"),
        (Self::Stored, "As stored"),
    ];

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
    label(ui, "How files are read").on_hover_text(
        "Many programs that train models take a file as it is stored: neither turned upright nor converted by its profile, opacity left out. The model then saw another picture than people see",
    );
    let (mut forms, mut mirrored) = Forms::of(&set_up.readings);
    let picked = choices(ui, forms, &Forms::ALL);
    forms = picked.unwrap_or(forms);
    let turned = ui.checkbox(&mut mirrored, "Mirrored as well").on_hover_text(
        "Programs that train models exchange left and right at random: each work is examined in both ways",
    );
    if picked.is_some() || turned.changed() {
        set_up.readings = forms.readings(mirrored);
        *change = Some(("How files are read", false));
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
        (0, true) => "Looking at how the files are stored…".to_owned(),
        (0, false) => {
            "Every questioned work is one picture in these readings: it is examined once."
                .to_owned()
        }
        (works, is_open) => {
            let more = if is_open { "at least " } else { "" };
            let examinations = counted(works as u64, "further examination", "further examinations");
            let tests = counted(readings as u64 + 1, "reading", "readings");
            format!(
                "Questioned works are other pictures then: {more}{examinations}. All {tests} are one test, corrected for their number."
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_and_readings_are_the_same_both_ways() {
        for (forms, _) in Forms::ALL {
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
