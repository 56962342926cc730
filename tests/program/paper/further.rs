//! Cells beyond the paper's own: precautions on the training pictures, and further base models.

use std::fs;

use serde_json::Value;
use tempfile::tempdir;

use super::{TINY, cells, fails, json, lab, planned, succeeds, works};
use crate::commands::reference;

#[test]
fn precautions_are_cells_whose_pictures_a_fine_tuning_learns() {
    let (_folder, plan) = planned("--table p --precaution-steps 1");
    // Pictures of a class, three precautions, four models, four examinations.
    assert_eq!(cells(&plan).len(), 1 + 3 + 4 + 4);
    let file = json(&plan.join("plan.json"));
    let all = file["cells"].as_array().unwrap();
    let name = |cell: &Value| cell["name"].as_str().unwrap().to_owned();
    let needing = |need: &str| {
        let needs = |cell: &&Value| cell["needs"].as_array().unwrap().contains(&need.into());
        name(all.iter().find(needs).unwrap())
    };
    let is_mist = |cell: &&Value| cell["task"]["protecting"]["precaution"] == "mist";
    let protecting = name(all.iter().find(is_mist).unwrap());
    let finetuning = needing(&protecting);
    let examining = needing(&finetuning);
    succeeds(&mut lab("cell", &plan, &examining));
    let record = json(&plan.join("cells").join(&protecting).join("protect.json"));
    assert_eq!(record["settings"]["method"], "mist");
    let members = file["classes"][0]["members"].as_array().unwrap();
    let changed = record["pictures"].as_array().unwrap();
    assert_eq!(changed.len(), members.len());
    for (picture, member) in changed.iter().zip(members) {
        assert_eq!(picture["input_sha256"], member["sha256"]);
    }
    let record = json(&plan.join("cells").join(&finetuning).join("finetuning.json"));
    let learnt = record["recipe"]["pictures"].as_array().unwrap();
    assert_eq!(learnt.len(), members.len());
    for picture in learnt {
        assert!(picture.as_str().unwrap().contains(&protecting), "{picture}");
    }
    // The works that are examined are those of before.
    assert_eq!(works(&plan, &examining).as_array().unwrap().len(), 4);
    // A changed picture that was exchanged is not learnt.
    let output = plan
        .join("cells")
        .join(&protecting)
        .join(changed[0]["output"].as_str().unwrap());
    fs::write(output, "other").unwrap();
    fs::remove_file(plan.join("results").join(format!("{finetuning}.json"))).unwrap();
    let (_, said) = fails(&mut lab("cell", &plan, &finetuning));
    assert!(said.contains("is another file than when"), "{said}");
}

#[test]
fn every_base_that_is_named_has_a_row_in_the_table_of_models() {
    let folder = tempdir().unwrap();
    let alt = reference("alt", "pretrained");
    let plan = folder.path().join("plan");
    let mut command = lab("plan", &plan, &format!("{TINY} --table 2"));
    succeeds(command.arg("--further-base").arg(&alt));
    // Pictures of a class, a model and an examination, of each base.
    let all = cells(&plan);
    assert_eq!(all.len(), 6);
    assert!(
        all.contains(&"class-art-style-base-1".to_owned()),
        "{all:?}"
    );
    let file = json(&plan.join("plan.json"));
    let rows = file["tables"][0]["sections"][0]["rows"].as_array().unwrap();
    assert_eq!(rows.len(), 2 + 4);
    let label = rows[1]["label"].as_str().unwrap();
    assert!(
        label.starts_with("further base: ") && label.ends_with("pretrained"),
        "{label}"
    );
    let of_alt = rows[1]["entries"][0]["cells"][0].as_str().unwrap();
    assert_ne!(of_alt, rows[0]["entries"][0]["cells"][0].as_str().unwrap());
    succeeds(&mut lab("cell", &plan, of_alt));
    assert_eq!(works(&plan, of_alt).as_array().unwrap().len(), 4);
    let case = json(&plan.join("cells").join(of_alt).join("case/case.json"));
    assert!(case.to_string().contains("AltDiffusion"), "{case}");
    let cells = file["cells"].as_array().unwrap().iter();
    let mut finetunings = cells.filter(|cell| cell["task"]["training"]["base"] == 0);
    let name = finetunings.next().unwrap()["name"].as_str().unwrap();
    let record = json(&plan.join("cells").join(name).join("finetuning.json"));
    assert_eq!(record["recipe"]["base"], alt.to_str().unwrap());
    // The same one twice is refused, by whatever name.
    let other = folder.path().join("other");
    let mut command = lab(
        "plan",
        &other,
        &format!("{TINY} --table 2 --further-base demo"),
    );
    let (_, said) = fails(&mut command);
    assert!(said.contains("named twice"), "{said}");
}
