//! The conclusion that a case keeps, read back.

use std::fs;

use palimpsest_record::casework::Assessment;
use palimpsest_record::casework::assessment::FILE;

#[test]
fn a_damaged_conclusion_is_an_error_and_a_missing_one_is_none() {
    let case = tempfile::tempdir().unwrap();
    assert_eq!(Assessment::read(case.path()).unwrap(), None);
    for damaged in [
        "",
        "{\"schema\": \"palimpsest assessment\", \"version\"",
        "[]",
    ] {
        fs::write(case.path().join(FILE), damaged).unwrap();
        let error = Assessment::read(case.path()).unwrap_err().to_string();
        assert!(error.contains("assessment.json is damaged"), "{error}");
    }
}
