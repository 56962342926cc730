//! The exhibit of a case: what the record holds becomes a document, and the document is noted in the record.
//! Before anything is printed the case is verified, and works and models are hashed again.

mod conditions;
mod error_rates;
mod evaluation;
mod figures;
mod model_facts;
mod parts;
mod siblings;
mod validation;
mod words;

pub use evaluation::{bound_text, ratio_text};
pub use figures::overview_chart;
pub use parts::entry_in_words;
pub use words::{score_name, which_decides};

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::assessing::assess_open;
use super::assessment::Assessment;
use super::error::CaseworkError;
use super::free_name::free_name;
use super::inputs::{self, Inputs};
use super::notes::notes_of;
use super::validation::keep_fitting;
use crate::case::journal::{Event, JournalEntry};
use crate::case::verification::{Expectations, verify};
use crate::case::{Case, CaseError, CaseView, Digest};
use crate::exhibit::{Content, Draft, Exhibit, ExhibitError, Header, Options, system_fonts, write};
use crate::language::Language;
use crate::operator;
use palimpsest_base::atomic;
use palimpsest_base::number_format::counted;
use palimpsest_method::examination::RecordedPath;

/// The folder of a case's exhibits.
pub const EXHIBITS: &str = "exhibits";

/// Cover of an exhibit: what is not in the findings; kept in the journal.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Cover {
    /// As the court counts it.
    pub number: String,
    pub title: String,
    pub parties: String,
    pub examiner: String,
}

impl Cover {
    const NAMES: [&str; 4] = ["exhibit", "title", "parties", "examiner"];

    /// The last note of each.
    pub fn of(entries: &[JournalEntry]) -> Self {
        let mut noted: BTreeMap<&str, &str> = BTreeMap::new();
        for entry in entries {
            if let Event::Noted { what } = &entry.event {
                noted.extend(what.iter().map(|(k, v)| (k.as_str(), v.as_str())));
            }
        }
        // What was never noted is empty.
        let [number, title, parties, examiner] =
            Self::NAMES.map(|name| noted.get(name).copied().unwrap_or_default().to_owned());
        Self {
            number,
            title,
            parties,
            examiner,
        }
    }

    /// The same with the operator as examiner, where none is named here or was `before`.
    pub fn with_examiner(self, before: &Self) -> Self {
        let named = !self.examiner.trim().is_empty() || !before.examiner.is_empty();
        Self {
            examiner: match named {
                true => self.examiner,
                // An exhibit without a name says so.
                false => operator::name().unwrap_or_default(),
            },
            ..self
        }
    }

    /// The parts of this cover that were not noted before.
    fn news(&self, before: &Self) -> BTreeMap<String, String> {
        let all = |cover: &Self| {
            [
                cover.number.clone(),
                cover.title.clone(),
                cover.parties.clone(),
                cover.examiner.clone(),
            ]
        };
        let pairs = all(self).into_iter().zip(all(before)).zip(Self::NAMES);
        pairs
            .filter(|((now, before), _)| !now.is_empty() && now != before)
            .map(|((now, _), name)| (name.to_owned(), now))
            .collect()
    }
}

/// Order for an exhibit.
#[derive(Clone, Debug, Default)]
pub struct Order {
    /// Title page; an empty part is taken from what was noted before.
    pub cover: Cover,
    pub options: Options,
    /// Path of the file; without it into the case, under its number.
    pub out: Option<PathBuf>,
    /// The seal of the variants that the case is of: then the report is on the test among them.
    pub siblings: Option<PathBuf>,
}

/// An exhibit that was written.
#[derive(Clone, Debug)]
pub struct Written {
    pub path: PathBuf,
    pub sha256: Digest,
    pub pages: usize,
    /// The entry of the journal that it prints.
    pub head: Digest,
    /// Characters that no font has.
    pub missing: Vec<char>,
}

/// Writes the exhibit of the case in `folder`.
///
/// # Errors
/// [`CaseworkError`] if the case does not hold, is being worked on, was begun by another key, if the file of
/// a work or a model has changed, or if the document would take the place of something else in the case.
pub fn write_exhibit(folder: &Path, order: &Order) -> Result<Written, CaseworkError> {
    let mut case = Case::open(folder)?;
    if case.journal().is_none() {
        return Err(CaseworkError::NoJournal(folder.to_owned()));
    }
    let verified = verify(folder, &Expectations::default());
    if let Some(problem) = verified.problems.first() {
        return Err(CaseworkError::DoesNotHold {
            folder: folder.to_owned(),
            why: problem.to_string(),
        });
    }
    let inputs = inputs::check(&case.view())?;
    if let Some(path) = &order.out {
        check_place(folder, path)?;
    }
    let assessment = assess_open(&mut case)?;
    keep_fitting(&mut case, &assessment.verdict)?;
    let before = Cover::of(case.entries());
    let news = order.cover.clone().with_examiner(&before).news(&before);
    if !news.is_empty() {
        case.emit(&Event::Noted { what: news })?;
    }
    case.emit(&hashed_again(&inputs))?;
    let (header, exhibit, head) = match &order.siblings {
        None => {
            let made = make(&case.view(), &assessment, &order.options)?;
            (made.content.header, made.exhibit, made.head)
        }
        Some(seal) => {
            let (content, head) =
                siblings::siblings_of(&case.view(), &assessment, (seal, order.options.language))?;
            let exhibit = written(&order.options, |options| {
                Draft::of_siblings(&content, options)?.write()
            })?;
            (content.case.header, exhibit, head)
        }
    };
    let path = match &order.out {
        Some(path) => path.clone(),
        None => {
            let name = name_of(folder, &header, order.options.language);
            folder.join(EXHIBITS).join(name)
        }
    };
    let unwritable = |source| CaseError::Unwritable {
        path: path.clone(),
        source,
    };
    if let Some(parent) = path.parent() {
        std::fs::create_dir_all(parent).map_err(unwritable)?;
    }
    atomic::replace(&path, &exhibit.pdf).map_err(unwritable)?;
    let sha256 = Digest::of(&exhibit.pdf);
    let (file, elsewhere) = recorded(folder, &path);
    case.emit(&Event::Exhibited {
        file,
        elsewhere,
        sha256,
        head,
    })?;
    Ok(Written {
        path,
        sha256,
        pages: exhibit.pages,
        head,
        missing: exhibit.missing,
    })
}

/// That nothing was exchanged is part of the record: so the exhibit tells of it and still depends on the case
/// alone.
fn hashed_again(inputs: &Inputs) -> Event {
    let same = counted(inputs.same, "file", "files");
    Event::Verified {
        outcome: format!("it holds, and the works and models are as they were ({same})"),
        missing: inputs.missing.iter().map(|it| it.name.clone()).collect(),
    }
}

/// An exhibit that is not on disk yet.
pub struct Made {
    pub content: Content,
    pub exhibit: Exhibit,
    /// The entry of the journal that it prints.
    pub head: Digest,
}

/// Makes the exhibit of a case as it stands, and writes nothing: for a preview.
///
/// # Errors
/// [`CaseworkError`] if the case cannot be read or the document cannot be made.
pub fn make(
    view: &CaseView,
    assessment: &Assessment,
    options: &Options,
) -> Result<Made, CaseworkError> {
    let (content, head) = content_of(view, assessment, options.language)?;
    let exhibit = written(options, |options| write(&content, options))?;
    Ok(Made {
        content,
        exhibit,
        head,
    })
}

/// What `write` makes, with fonts of the system for characters that the program's lack.
fn written(
    options: &Options,
    write: impl Fn(&Options) -> Result<Exhibit, ExhibitError>,
) -> Result<Exhibit, ExhibitError> {
    let exhibit = write(options)?;
    if exhibit.missing.is_empty() {
        return Ok(exhibit);
    }
    write(&Options {
        fonts: system_fonts(&exhibit.missing),
        ..options.clone()
    })
}

/// Content of the exhibit of a case in a language, and the entry of the journal that it prints.
///
/// # Errors
/// [`CaseworkError`] if something of the case cannot be read.
pub fn content_of(
    view: &CaseView,
    assessment: &Assessment,
    language: Language,
) -> Result<(Content, Digest), CaseworkError> {
    let entries = view.entries()?;
    let Some(last) = entries.last() else {
        return Err(CaseworkError::NoJournal(view.folder.clone()));
    };
    let source = parts::Source {
        texts: language.texts(),
        view,
        assessment,
        entries,
        cover: Cover::of(entries),
        notes: notes_of(entries),
    };
    let content = source.content(last)?;
    Ok((content, last.hash))
}

/// In the case a file that is written takes the place of nothing: the record would be gone, or no longer hold.
pub(super) fn check_place(folder: &Path, path: &Path) -> Result<(), CaseworkError> {
    if settled(path).starts_with(settled(folder)) && path.symlink_metadata().is_ok() {
        return Err(CaseworkError::Taken(path.to_owned()));
    }
    Ok(())
}

/// A name that is free.
fn name_of(folder: &Path, header: &Header, language: Language) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let number: String = header.exhibit.chars().take(40).map(plain).collect();
    let stem = match number.trim_matches('-') {
        "" => "exhibit".to_owned(),
        number => format!("exhibit-{number}"),
    };
    let stem = match language {
        Language::English => stem,
        translated => format!("{stem}-{}", translated.code()),
    };
    free_name(&folder.join(EXHIBITS), |number| match number {
        1 => format!("{stem}.pdf"),
        number => format!("{stem}-{number}.pdf"),
    })
}

/// The path of a file in the case, or its name and true if it lies elsewhere.
fn recorded(folder: &Path, path: &Path) -> (String, bool) {
    let (folder, path) = (settled(folder), settled(path));
    match path.strip_prefix(&folder) {
        Ok(inside) => {
            let parts = inside.iter().map(|part| part.to_string_lossy());
            (parts.collect::<Vec<_>>().join("/"), false)
        }
        Err(_) => (RecordedPath::new(&path).to_string(), true),
    }
}

/// The path without links and detours, as far as it exists.
fn settled(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    for around in path.ancestors() {
        if let (Ok(real), Ok(rest)) = (around.canonicalize(), path.strip_prefix(around)) {
            return match rest.as_os_str().is_empty() {
                true => real,
                false => real.join(rest),
            };
        }
    }
    path
}
