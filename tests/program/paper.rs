//! The paper's tables on works that the program draws: cells are made once, whoever makes them, go on after a kill, and
//! what another version made is told from them.

mod further;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::{TempDir, tempdir};

use crate::commands::palimpsest;

/// One hand of two members and two hold-outs, and hardly any steps.
const TINY: &str = "--built-in --hands 1 --objects 1 --works 2 --draws 1 --steps 2 --sampling-steps 2 \
    --class-pictures 1 --baseline-pictures 1 --lora 1";

fn lab(command: &str, folder: &Path, options: &str) -> Command {
    let mut lab = palimpsest(["lab", command]);
    lab.arg(folder).args(options.split_whitespace());
    lab
}

fn planned(tables: &str) -> (TempDir, PathBuf) {
    let folder = tempdir().unwrap();
    let plan = folder.path().join("plan");
    succeeds(&mut lab("plan", &plan, &format!("{TINY} {tables}")));
    (folder, plan)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn succeeds(command: &mut Command) -> String {
    let Output {
        status,
        stdout,
        stderr,
    } = command.output().unwrap();
    assert!(status.success(), "{}", text(&stderr));
    text(&stdout)
}

/// What it printed and said, of a command that fails.
fn fails(command: &mut Command) -> (String, String) {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stdout));
    (text(&output.stdout), text(&output.stderr))
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&fs::read(file).unwrap()).unwrap()
}

/// The names of all cells, in the plan's order.
fn cells(plan: &Path) -> Vec<String> {
    let plan = json(&plan.join("plan.json"));
    let cells = plan["cells"].as_array().unwrap().iter();
    cells
        .map(|cell| cell["name"].as_str().unwrap().to_owned())
        .collect()
}

/// The scores of a cell's works.
fn works(plan: &Path, cell: &str) -> Value {
    json(&plan.join("results").join(format!("{cell}.json")))["works"].clone()
}

#[test]
#[ignore = "takes minutes"]
fn every_row_of_the_first_table_is_made_once_and_printed_beside_the_papers() {
    let (_folder, plan) = planned("--table 1");
    // Two hands' worth of three models, four methods each, and pictures of two classes.
    assert_eq!(cells(&plan).len(), 2 + 6 + 24);
    let options = format!("{TINY} --table 1");
    let printed = succeeds(&mut lab("paper", &plan, &options));
    assert!(printed.contains("32 of 32 cells"), "{printed}");
    for expected in [
        "Text2img",
        "Inpainting",
        "Img2img",
        "(0.90 / 0.96)",
        "LoRA",
        "By recovery direction",
    ] {
        assert!(printed.contains(expected), "{expected}: {printed}");
    }
    let results = || -> Vec<_> {
        let names = cells(&plan);
        let of = |name: &String| fs::metadata(plan.join(format!("results/{name}.json"))).unwrap();
        names
            .iter()
            .map(|name| of(name).modified().unwrap())
            .collect()
    };
    let before = results();
    assert_eq!(succeeds(&mut lab("paper", &plan, &options)), printed);
    assert!(before == results(), "a result was made twice");
    let csv = succeeds(&mut lab("gather", &plan, "--form csv"));
    let line = csv
        .lines()
        .find(|line| line.starts_with("1,Styles (WikiArt),CGI-DM,LoRA,recovery"));
    let fields: Vec<&str> = line.unwrap().split(',').collect();
    assert_eq!(&fields[5..10], ["1", "1", "2", "2", "4"]);
    let latex = succeeds(&mut lab("gather", &plan, "--form latex"));
    assert!(latex.contains("\\toprule") && latex.matches("CGI-DM &").count() >= 6);
    // Nothing of the membership scores was asked for.
    assert!(!csv.contains("membership."));
    // Other settings are another plan.
    let (_, said) = fails(&mut lab(
        "plan",
        &plan,
        &options.replace("--draws 1", "--draws 2"),
    ));
    assert!(said.contains("a plan with other settings"), "{said}");
}

#[test]
fn a_cell_that_is_killed_or_made_by_two_at_once_comes_out_the_same() {
    let (_folder, plan) = planned("--table 6");
    let cell = cells(&plan)
        .into_iter()
        .find(|name| name.ends_with("cgi-dm"))
        .unwrap();
    let mut killed = lab("cell", &plan, &cell)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // As soon as its turn has come.
    let mut lines = BufReader::new(killed.stderr.take().unwrap()).lines();
    assert!(lines.any(|line| line.unwrap() == format!("Cell {cell}")));
    killed.kill().unwrap();
    killed.wait().unwrap();
    let (printed, said) = fails(&mut lab("gather", &plan, ""));
    assert!(printed.contains("Cells that are missing"), "{printed}");
    assert!(said.contains("5 of 7 cells"), "{said}");
    let both = [(); 2].map(|()| {
        lab("cell", &plan, &cell)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    });
    let mut printed = both.map(|process| {
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success());
        text(&output.stdout)
    });
    printed.sort();
    assert_eq!(
        printed,
        [format!("{cell} is made\n"), format!("{cell} was there\n")]
    );
    let (_other, again) = planned("--table 6");
    succeeds(&mut lab("cell", &again, &cell));
    assert_eq!(works(&plan, &cell), works(&again, &cell));
    // By its number too.
    let place = cells(&again).iter().position(|name| *name == cell).unwrap();
    let printed = succeeds(&mut lab("cell", &again, &format!("--index {place}")));
    assert_eq!(printed, format!("{cell} was there\n"));
}

#[test]
fn what_is_missing_changed_or_anothers_is_named() {
    let (_folder, plan) = planned("--table 6");
    let all = cells(&plan);
    for list in ["cells.txt", "Makefile"] {
        let text = fs::read_to_string(plan.join(list)).unwrap();
        assert!(all.iter().all(|cell| text.contains(cell)), "{list}");
    }
    let slurm = fs::read_to_string(plan.join("slurm.sh")).unwrap();
    assert!(
        slurm.contains("--array=0 ") && slurm.contains("--array=2-6 "),
        "{slurm}"
    );
    assert!(
        fs::read_to_string(plan.join("job.yaml"))
            .unwrap()
            .contains("completions: 7")
    );
    // The pictures of the class need no work to be wrong.
    succeeds(&mut lab("cell", &plan, &all[0]));
    let file = plan.join("results").join(format!("{}.json", all[0]));
    let mut result = json(&file);
    result["program"] = "palimpsest 0.0.1".into();
    result["identity"] = "0".repeat(64).into();
    fs::write(&file, result.to_string()).unwrap();
    let (printed, _) = fails(&mut lab("gather", &plan, ""));
    assert!(
        printed.contains(&format!("{}: made by palimpsest 0.0.1", all[0])),
        "{printed}"
    );
    // A work that is another file than it was.
    let work = json(&plan.join("plan.json"))["classes"][0]["members"][0]["path"].clone();
    fs::write(plan.join(work.as_str().unwrap()), "other").unwrap();
    let (_, said) = fails(&mut lab("cell", &plan, &all[1]));
    assert!(
        said.contains("is another file than when the plan was made"),
        "{said}"
    );
    let (printed, _) = fails(&mut lab("gather", &plan, "--form json"));
    let gathered: Value = serde_json::from_str(&printed).unwrap();
    assert!(
        gathered["failed"][&all[1]]
            .as_str()
            .unwrap()
            .contains("another file")
    );
    // A folder of something else stays as it is.
    let letter = plan.parent().unwrap().join("letters");
    fs::create_dir(&letter).unwrap();
    fs::write(letter.join("dear.txt"), "dear").unwrap();
    let (_, said) = fails(&mut lab("plan", &letter, &format!("{TINY} --table 6")));
    assert!(said.contains("holds something else"), "{said}");
    assert_eq!(fs::read_dir(&letter).unwrap().count(), 1);
    let (_, said) = fails(&mut lab("cell", &plan, "no-such-cell"));
    assert!(said.contains("no cell"), "{said}");
}

#[test]
fn membership_scores_and_a_defence_are_cells_like_others() {
    let (_folder, plan) = planned("--table g --table 4");
    let all = cells(&plan);
    let scores = all
        .iter()
        .find(|name| name.ends_with("membership"))
        .unwrap();
    succeeds(&mut lab("cell", &plan, scores));
    let works = works(&plan, scores);
    let works = works.as_array().unwrap();
    assert_eq!(works.len(), 4);
    assert!(
        works
            .iter()
            .all(|work| work["scores"].as_object().unwrap().len() == 6),
        "{works:?}"
    );
    // A model of pictures that are changed at every draw is another one.
    let plan_file = json(&plan.join("plan.json"));
    let finetunes = plan_file["cells"].as_array().unwrap().iter();
    let changed =
        finetunes.filter(|cell| cell["task"]["training"]["augmentation"] == "rand-augment");
    let changed: Vec<&str> = changed.map(|cell| cell["name"].as_str().unwrap()).collect();
    assert_eq!(changed.len(), 1);
    succeeds(&mut lab("cell", &plan, changed[0]));
    let record = json(&plan.join("cells").join(changed[0]).join("finetuning.json"));
    assert_eq!(record["recipe"]["augmentation"], "rand-augment");
}
