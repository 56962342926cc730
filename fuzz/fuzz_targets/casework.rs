//! What stands beside cases and models: the first byte says whether a conclusion, a calibration, a seal, the list of model folders, a validation dossier, what blind works stand for, or the index of models.

#![cfg_attr(fuzzing, no_main)]

use palimpsest_fuzz::{file, folder};
use palimpsest_method::model_library::ModelLibrary;
use palimpsest_record::case::blinding::Mapping;
use palimpsest_record::casework::Assessment;
use palimpsest_record::casework::calibration::CalibrationFile;
use palimpsest_record::sealed_siblings::Seal;
use palimpsest_record::validation::SignedDossier;

fn read(bytes: &[u8]) {
    let Some((&kind, content)) = bytes.split_first() else {
        return;
    };
    match kind {
        b'0' => {
            file("assessment.json", content);
            let _ = Assessment::read(folder());
        }
        b'1' => drop(CalibrationFile::read(&file("calibration.json", content))),
        b'2' => drop(Seal::read(&file("sealed.json", content))),
        b'3' => {
            file("model-folders.json", content);
            let _ = ModelLibrary::open_in(folder(), folder());
        }
        b'5' => drop(SignedDossier::read(&file("dossier.json", content))),
        b'6' => drop(Mapping::read(&file("mapping.json", content))),
        _ => {
            file("model-index.json", content);
            let _ = ModelLibrary::open_in(folder(), folder());
        }
    }
}

palimpsest_fuzz::target!(read);
