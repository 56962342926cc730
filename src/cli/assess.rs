//! `palimpsest assess`.

use super::Status;
use super::arguments::AssessArguments;
use super::output::{fail, plain, print, print_json};
use palimpsest_record::casework::exhibit::which_decides;
use palimpsest_record::casework::{self, Assessment};
use palimpsest_record::language::Language;

pub(super) fn run(arguments: &AssessArguments) -> Status {
    for file in &arguments.calibration {
        if let Err(error) = casework::add_calibration(&arguments.case, file) {
            return fail(&error);
        }
    }
    for file in &arguments.validation {
        if let Err(error) = casework::add_validation(&arguments.case, file) {
            return fail(&error);
        }
    }
    match casework::assess(&arguments.case) {
        Ok(assessment) if arguments.json => print_json(&assessment),
        Ok(assessment) => print(&text(&assessment)),
        Err(error) => fail(&error),
    }
}

/// The conclusion in a few lines.
pub(super) fn text(assessment: &Assessment) -> String {
    let mut lines = Vec::new();
    for (work, sentence) in assessment.questioned().zip(&assessment.sentences) {
        lines.push(format!("{}\n  {}", plain(&work.name), plain(sentence)));
    }
    lines.extend(assessment.controls_declared().as_deref().map(plain));
    lines.extend(assessment.decoys_sentence().as_deref().map(plain));
    lines.extend(assessment.warning().as_deref().map(plain));
    lines.extend(assessment.additions.iter().map(|text| plain(text)));
    lines.extend(assessment.examinations.as_deref().map(plain));
    lines.extend(assessment.validation.iter().map(|text| plain(text)));
    lines.push(which_decides(
        Language::English.texts(),
        assessment.question.primary_score,
    ));
    lines.push(assessment.limits.clone());
    lines.join("\n")
}
