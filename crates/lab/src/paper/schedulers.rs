//! A plan in the forms that schedulers take: a list of commands for GNU parallel, a Makefile, an array of Slurm, an indexed
//! Job of Kubernetes. Every cell is one command, and makes what it needs if nobody else did; so any order gives the same
//! results, and the stages only spare waiting.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::path::Path;

use super::error::PaperError;
use super::plan::Plan;
use palimpsest_base::atomic;

/// The names of the files, and what is in each.
pub const FILES: [(&str, &str); 4] = [
    ("cells.txt", "commands for GNU parallel"),
    ("Makefile", "targets for make -j"),
    ("slurm.sh", "arrays of Slurm"),
    ("job.yaml", "an indexed Job of Kubernetes"),
];

/// Writes all of them into the plan's folder.
///
/// # Errors
/// [`PaperError::Write`].
pub fn write(plan: &Plan, folder: &Path) -> Result<(), PaperError> {
    let texts = [
        parallel(plan),
        makefile(plan),
        slurm(plan),
        kubernetes(plan),
    ];
    for ((name, _), text) in FILES.iter().zip(texts) {
        let file = folder.join(name);
        let written: io::Result<()> = atomic::replace(&file, text.as_bytes());
        written.map_err(|source| PaperError::Write { file, source })?;
    }
    Ok(())
}

/// The numbers of the cells by stage: no cell needs one of its own stage or of a later one.
fn stages(plan: &Plan) -> BTreeMap<usize, Vec<usize>> {
    let mut stages: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (index, cell) in plan.cells.iter().enumerate() {
        stages.entry(cell.stage(plan)).or_default().push(index);
    }
    stages
}

fn parallel(plan: &Plan) -> String {
    let stages = stages(plan);
    let lines = stages.values().flatten().filter_map(|&index| {
        let cell = plan.cells.get(index)?;
        Some(format!("palimpsest lab cell . {}\n", cell.name))
    });
    lines.collect()
}

fn makefile(plan: &Plan) -> String {
    let mut text = String::from(
        "# make -k -j JOBS, in this folder. PALIMPSEST names the program.\nPALIMPSEST ?= palimpsest\nall:",
    );
    for cell in &plan.cells {
        let _ = write!(text, " results/{}.json", cell.name);
    }
    text.push('\n');
    for cell in &plan.cells {
        let _ = write!(text, "results/{}.json:", cell.name);
        for need in &cell.needs {
            let _ = write!(text, " results/{need}.json");
        }
        let _ = write!(text, "\n\t$(PALIMPSEST) lab cell . {}\n", cell.name);
    }
    text
}

fn slurm(plan: &Plan) -> String {
    let mut text = String::from(
        "#!/bin/sh\n\
         # sh slurm.sh, in this folder, which all nodes must see. Further options of sbatch: SBATCH_OPTIONS.\n\
         # A stage begins when the one before has ended, in whatever way: a cell makes what is missing.\n\
         set -e\nafter=\n",
    );
    for indices in stages(plan).values() {
        let _ = writeln!(
            text,
            "after=$(sbatch --parsable $SBATCH_OPTIONS ${{after:+--dependency=afterany:$after}} --array={} \
             --wrap 'palimpsest lab cell . --index $SLURM_ARRAY_TASK_ID')",
            ranges(indices)
        );
    }
    text
}

/// Numbers as Slurm takes them: `0-3,7`.
fn ranges(indices: &[usize]) -> String {
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for &index in indices {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == index => *last = index,
            _ => ranges.push((index, index)),
        }
    }
    let written = ranges.iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    written.collect::<Vec<_>>().join(",")
}

fn kubernetes(plan: &Plan) -> String {
    format!(
        "# Name the image and the claim of a volume that holds this folder. Cells wait for those that they need.\n\
         apiVersion: batch/v1\n\
         kind: Job\n\
         metadata:\n\
         \x20 name: palimpsest-paper\n\
         spec:\n\
         \x20 completionMode: Indexed\n\
         \x20 completions: {cells}\n\
         \x20 parallelism: 4\n\
         \x20 backoffLimitPerIndex: 3\n\
         \x20 template:\n\
         \x20   spec:\n\
         \x20     restartPolicy: Never\n\
         \x20     containers:\n\
         \x20     - name: cell\n\
         \x20       image: palimpsest\n\
         \x20       command: [sh, -c, 'palimpsest lab cell /plan --index $JOB_COMPLETION_INDEX']\n\
         \x20       volumeMounts:\n\
         \x20       - {{name: plan, mountPath: /plan}}\n\
         \x20     volumes:\n\
         \x20     - name: plan\n\
         \x20       persistentVolumeClaim: {{claimName: palimpsest-paper}}\n",
        cells = plan.cells.len()
    )
}

#[cfg(test)]
mod tests {
    use super::ranges;

    #[test]
    fn numbers_in_a_row_are_written_as_a_range() {
        assert_eq!(ranges(&[0, 1, 2, 5, 7, 8]), "0-2,5,7-8");
        assert_eq!(ranges(&[]), "");
    }
}
