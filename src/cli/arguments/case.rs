//! The options of the commands that work on a case which is there.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::examine::KnownArguments;
use crate::cli::values;
use palimpsest_lab::calibration::Method;
use palimpsest_record::case::Digest;
use palimpsest_record::case::key::Fingerprint;
use palimpsest_record::exhibit::Section;
use palimpsest_record::language::Language;
use palimpsest_record::sealed_siblings::{USUAL_VARIANTS, VARIANTS};

#[derive(Args, Debug)]
pub(in crate::cli) struct AssessArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// A calibration to be taken into the case; may be given several times
    #[arg(long, value_name = "FILE")]
    pub calibration: Vec<PathBuf>,
    /// A validation dossier, made by lab validate, to be taken into the case; may be given several times
    #[arg(long, value_name = "FILE")]
    pub validation: Vec<PathBuf>,
    /// Print the whole assessment as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct VerifyArguments {
    /// The folder of the case, its archive, or an exhibit inside one
    #[arg(value_name = "CASE_DIR|CASE.zip|EXHIBIT.pdf")]
    pub subject: PathBuf,
    /// The case that an exhibit belongs to, where it does not lie in it
    #[arg(long, value_name = "CASE_DIR")]
    pub case: Option<PathBuf>,
    /// The fingerprint of the key that must have signed the journal, as an exhibit prints it
    #[arg(long, value_name = "FINGERPRINT")]
    pub expect_key: Option<Fingerprint>,
    /// The hash of an entry that must be in the journal, as an exhibit prints it
    #[arg(long, value_name = "HASH")]
    pub expect_head: Option<Digest>,
    /// Examine every work again from the recorded settings and say whether the results agree
    #[arg(long)]
    pub replay: bool,
    /// A folder to look in for works and models, where the case came without its private.json; may be given several
    /// times
    #[arg(long, value_name = "DIR", requires = "replay")]
    pub files: Vec<PathBuf>,
    /// Print what was found as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ExhibitArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// The file [default: in the folder exhibits of the case]
    #[arg(short, long, value_name = "FILE.pdf")]
    pub out: Option<PathBuf>,
    /// The exhibit's number, such as P-7. This and what follows is kept in the case and need be said only once
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub number: String,
    /// Its title
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub title: String,
    /// The parties
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub parties: String,
    /// Who examined
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "",
        hide_default_value = true
    )]
    pub examiner: String,
    /// Language, such as the court's: the record stays English, and the exhibit says that it binds
    #[arg(long, value_name = "CODE", value_parser = values::language(), default_value = "en")]
    pub language: Language,
    /// Paper
    #[arg(long, value_enum, default_value_t)]
    pub paper: PaperArgument,
    /// Only the first page
    #[arg(long)]
    pub panel_only: bool,
    /// A remark on an item of the case, named by its folder there; kept in the case, an empty one takes it back.
    /// May be given several times
    #[arg(long, value_name = "FOLDER=TEXT", value_parser = values::note)]
    pub note: Vec<(String, String)>,
    /// A validation dossier, made by lab validate, to be taken into the case and printed; may be given several times
    #[arg(long, value_name = "FILE")]
    pub validation: Vec<PathBuf>,
    /// A section that this copy shall not have; its first page names what is left out. May be given several times
    #[arg(long, value_name = "SECTION", value_parser = values::section())]
    pub leave_out: Vec<Section>,
    /// The sealed.json of variants of which this is a case: the exhibit is the report on the rank of the published one among
    /// them
    #[arg(long, value_name = "FILE", conflicts_with_all = ["panel_only", "leave_out"])]
    pub siblings: Option<PathBuf>,
    /// Add a blank certificate of authenticity (US Federal Rules of Evidence 902(13) and (14))
    #[arg(long)]
    pub certificate: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(in crate::cli) enum PaperArgument {
    #[default]
    A4,
    Letter,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ArchiveArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// The file
    #[arg(short, long, value_name = "FILE.zip")]
    pub out: PathBuf,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct TimestampArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// The address of a timestamping authority (http://…), which gets the journal's last hash and nothing else
    #[arg(long, value_name = "URL", conflicts_with = "token", required_unless_present_any = ["token", "query"])]
    pub server: Option<String>,
    /// A token that an authority gave for the journal's last hash
    #[arg(long, value_name = "FILE")]
    pub token: Option<PathBuf>,
    /// Write the query for an authority into this file, to be sent by other means
    #[arg(long, value_name = "FILE", conflicts_with_all = ["server", "token"])]
    pub query: Option<PathBuf>,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct CalibrateArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// A folder of works that you own, of the questioned works' kind; twenty or more
    #[arg(long, value_name = "DIR")]
    pub pictures: PathBuf,
    /// The folder for the mock fine-tunes: new, empty, or of the same command
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// How a mock fine-tune is made: full:DRAWS or lora:RANK:DRAWS, DRAWS a picture; may be given several times
    /// [default: full:100, full:40 and lora:8:100]
    #[arg(long, value_name = "RECIPE", value_parser = values::method)]
    pub recipe: Vec<Method>,
    /// Rate of a step [default: by the size of the model and the method]
    #[arg(long, value_name = "R", value_parser = values::positive)]
    pub rate: Option<f64>,
    /// Seed of split and training
    #[arg(long, value_name = "S", default_value_t = 0)]
    pub seed: u64,
    /// Worker threads of the training; 0 for as many as there are cores
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u16).range(..=1024))]
    pub threads: u16,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ResumeArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// A folder to look in for works and models, where the case came without its private.json; may be given several
    /// times
    #[arg(long, value_name = "DIR")]
    pub files: Vec<PathBuf>,
    /// Print the findings of all artworks of the case as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct ExtendArguments {
    /// The folder of the case
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// A folder of works of the same hand and kind that are known NOT to have been used; may be given several times
    #[arg(
        long,
        value_name = "DIR",
        required_unless_present = "positive_controls"
    )]
    pub controls: Vec<PathBuf>,
    #[command(flatten)]
    pub known: KnownArguments,
    /// Print the findings of all artworks of the case as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct SealArguments {
    /// The work, as large as it is to be published
    #[arg(value_name = "ARTWORK")]
    pub artwork: PathBuf,
    /// The folder for the variants and their seal: new or empty
    #[arg(long, value_name = "DIR")]
    pub out: PathBuf,
    /// Number of variants: with N of them no p-value is below 1/N
    #[arg(long, value_name = "N", default_value_t = USUAL_VARIANTS, value_parser = clap::value_parser!(u16).range(i64::from(*VARIANTS.start())..=i64::from(*VARIANTS.end())))]
    pub variants: u16,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct SiblingsArguments {
    /// A case in which all variants were examined, each as a questioned work
    #[arg(value_name = "CASE_DIR")]
    pub case: PathBuf,
    /// The sealed.json of the variants
    #[arg(long, value_name = "FILE")]
    pub seal: PathBuf,
    /// Print the result as JSON
    #[arg(long)]
    pub json: bool,
}
