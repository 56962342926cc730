//! The parts of an exhibit, each from what the case's record says of it.

use std::collections::BTreeMap;

use image::RgbImage;

use super::words::{SHORT, event, printed_score, score_name, who};
use super::{Cover, figures};
use crate::case::journal;
use crate::case::{ArtworkView, CaseError, CaseView, Role};
use crate::casework::{AssessedWork, Assessment, CaseworkError, DecoyResult};
use crate::exhibit::{
    Attachment, Content, Control, ControlRole, CustodyEntry, Header, NotEvaluated, OtherScore,
    PrimaryScore, QuestionedWork,
};
use crate::language::{Texts, args};
use palimpsest_base::number_format::count;
use palimpsest_method::artwork::{Artwork, prepare};
use palimpsest_method::examination::PrimaryScore as Score;
use palimpsest_method::examination::{Findings, Frame};

/// Side of the small pictures of controls, in pixels.
const THUMBNAIL: u32 = 96;

/// All that an exhibit is made from.
pub(super) struct Source<'a> {
    /// The words of the exhibit.
    pub texts: &'static Texts,
    pub view: &'a CaseView,
    pub assessment: &'a Assessment,
    pub entries: &'a [journal::JournalEntry],
    pub cover: Cover,
    /// The examiner's remarks by the folders of the items.
    pub notes: BTreeMap<String, String>,
}

/// What a reader without the case checks the exhibit by.
fn attachments(view: &CaseView, texts: &'static Texts) -> Result<Vec<Attachment>, CaseworkError> {
    let journal = Attachment {
        name: journal::NAME.to_owned(),
        media_type: "application/x-ndjson",
        description: texts.text("journal-file"),
        bytes: view.journal_lines()?,
    };
    let timestamps = view.timestamps()?.into_iter();
    let timestamps = timestamps.map(|(name, bytes)| Attachment {
        name,
        media_type: "application/timestamp-reply",
        description: texts.text("timestamp-file"),
        bytes,
    });
    Ok(std::iter::once(journal).chain(timestamps).collect())
}

impl Source<'_> {
    /// Content of the exhibit; `last` is the entry of the journal that it prints.
    pub fn content(&self, last: &journal::JournalEntry) -> Result<Content, CaseworkError> {
        let overview = figures::overview(self.texts, self.assessment)?;
        let others = figures::discrimination(self.texts, self.assessment)?;
        let mut limitations = self.limitations();
        limitations.extend(self.not_validated()?);
        Ok(Content {
            header: self.header(last),
            items: self.items()?,
            controls: self.controls()?,
            evaluation: self.evaluation()?,
            overview,
            figures: others.into_iter().collect(),
            models: self.models(),
            settings: self.settings(),
            alternatives: self.alternatives(),
            limitations,
            reproduction: self.reproduction(),
            custody: (self.entries.iter())
                .map(|entry| entry_in_words(self.texts, entry))
                .collect(),
            record: self.view.record.to_vec(),
            attachments: attachments(self.view, self.texts)?,
        })
    }

    fn header(&self, last: &journal::JournalEntry) -> Header {
        let cover = &self.cover;
        let usual = || {
            let works = self.questioned().count();
            let args = args!["works" => works, "name" => self.view.plan.finetuned.name()];
            self.texts.with("usual-title", &args)
        };
        Header {
            exhibit: cover.number.clone(),
            title: Some(cover.title.clone())
                .filter(|title| !title.is_empty())
                .unwrap_or_else(usual),
            parties: cover.parties.clone(),
            examiner: cover.examiner.clone(),
            date: last.time.to_string(),
            program: format!(
                "Palimpsest {} ({})",
                last.program.version, last.program.build
            ),
            key: last.key.fingerprint().to_string(),
            journal_head: last.hash,
        }
    }

    /// The questioned works, without repetitions.
    fn questioned(&self) -> impl Iterator<Item = &ArtworkView> {
        let first = |artwork: &&ArtworkView| {
            artwork.entry.role == Role::Questioned && artwork.entry.is_first()
        };
        self.view.artworks.iter().filter(first)
    }

    fn items(&self) -> Result<Vec<QuestionedWork>, CaseworkError> {
        let mut items = Vec::new();
        let works = self.assessment.questioned();
        for (index, (artwork, work)) in self.questioned().zip(works).enumerate() {
            // What could not be examined has no pictures to show; the custody table tells of it.
            let Some(findings) = &artwork.findings else {
                continue;
            };
            let mut item = self.item(index, work, findings)?;
            item.further = self.in_further_readings(index, artwork)?;
            items.push(item);
        }
        if items.is_empty() {
            return Err(CaseworkError::NothingExamined(self.view.folder.clone()));
        }
        Ok(items)
    }

    /// The same work in the further readings that it was examined in.
    fn in_further_readings(
        &self,
        index: usize,
        first: &ArtworkView,
    ) -> Result<Vec<QuestionedWork>, CaseworkError> {
        let mut further = Vec::new();
        for other in &self.view.artworks {
            let (Some(reading), Some(findings)) = (other.entry.reading, &other.findings) else {
                continue;
            };
            let is_same = other.entry.role == Role::Questioned
                && other.entry.repeat == 0
                && other.entry.path == first.entry.path;
            let assessed = self.assessment.in_reading(reading, index);
            let (true, Some(work)) = (is_same, assessed) else {
                continue;
            };
            let item = self.item(index, work, findings)?;
            further.push(QuestionedWork {
                role: {
                    let reading = self.texts.recorded(reading.words());
                    let args = args!["role" => item.role.as_str(), "reading" => reading];
                    self.texts.with("role-in-reading", &args)
                },
                ..item
            });
        }
        Ok(further)
    }

    fn item(
        &self,
        index: usize,
        work: &AssessedWork,
        findings: &Findings,
    ) -> Result<QuestionedWork, CaseworkError> {
        let picture = |name: &str| self.picture(name);
        let primary = self.assessment.question.primary_score;
        let artwork = &findings.artwork;
        let [across, down] = findings.extent();
        let texts = self.texts;
        let part = match findings.plan.frame {
            Frame::Square => "extent-square",
            Frame::Bucket => "extent-bucket",
        };
        let args = args![
            "width" => count(artwork.width.into()),
            "height" => count(artwork.height.into()),
            "across" => across.to_string(),
            "down" => down.to_string(),
        ];
        let extent = texts.with(part, &args);
        // It stands in the column of the recovered picture, and is none of its scores.
        let of_the_work = match primary.is_of_recovery() {
            true => "",
            false => texts.text("direction-whole-work"),
        };
        let repeated = match work.repetitions.len() {
            0 | 1 => String::new(),
            several => texts.with("direction-repeated", &args!["repetitions" => several]),
        };
        let judged = self.assessment.verdict.works.get(index);
        let readings = match judged.and_then(|judged| judged.readings.as_ref()) {
            None => String::new(),
            Some(readings) => {
                let args = args!["readings" => readings.tested.len()];
                texts.with("direction-readings", &args)
            }
        };
        Ok(QuestionedWork {
            name: work.name.clone(),
            role: texts.with(
                "questioned-work",
                &args!["letter" => figures::letter(index)],
            ),
            sha256: artwork.sha256,
            extent,
            note: self.note(work),
            original: picture(&findings.files.original)?,
            partial: picture(&findings.files.partial)?,
            recovered: picture(&findings.files.recovered)?,
            by_difference_alone: findings.plan.impurity().is_none(),
            score: printed_score(texts, work).map(|score| PrimaryScore {
                name: score_name(texts, primary).into(),
                value: score,
                direction: format!(
                    "{}{of_the_work}{repeated}{readings}",
                    texts.text("direction")
                ),
            }),
            other_scores: other_scores(texts, findings, primary),
            not_evaluated: not_evaluated(texts, findings),
            warnings: (findings.notes().iter())
                .map(|warning| texts.recorded(warning))
                .collect(),
            further: Vec::new(),
        })
    }

    fn picture(&self, name: &str) -> Result<RgbImage, CaseworkError> {
        let path = self.view.folder.join(name);
        match Artwork::open(&path) {
            Ok(artwork) => Ok(artwork.pixels().clone()),
            Err(error) => Err(CaseError::Damaged {
                path,
                why: error.to_string(),
            }
            .into()),
        }
    }

    /// Remarks on any of a work's examinations.
    fn note(&self, work: &AssessedWork) -> String {
        let notes = work.folders.iter();
        let notes: Vec<_> = notes
            .filter_map(|folder| self.notes.get(folder))
            .map(String::as_str)
            .collect();
        notes.join(" ")
    }

    /// A small picture of a work; none of one that was not examined, as its picture is not in the case.
    fn thumbnail(&self, work: &AssessedWork) -> Result<Option<RgbImage>, CaseworkError> {
        let Some(folder) = work.folders.first() else {
            return Ok(None);
        };
        let name = format!("{folder}/original.png");
        let path = self.view.folder.join(&name);
        if !path.is_file() {
            return Ok(None);
        }
        let thumbnail = prepare(&self.picture(&name)?, THUMBNAIL);
        let thumbnail = thumbnail.map_err(|error| CaseError::Damaged {
            path,
            why: error.to_string(),
        })?;
        Ok(Some(thumbnail))
    }

    /// The result of a work that is a decoy.
    fn decoy(&self, work: &AssessedWork) -> Option<&DecoyResult> {
        let folder = work.folders.first().filter(|_| work.role == Role::Decoy)?;
        let mut decoys = self.assessment.decoys.iter();
        decoys.find(|decoy| decoy.folder == *folder)
    }

    fn controls(&self) -> Result<Vec<Control>, CaseworkError> {
        let texts = self.texts;
        let works = self.assessment.works.iter();
        let works = works.filter_map(|work| Some((control_role(work.role)?, work)));
        let self_test = self.view.self_test();
        let controls = works.map(|(role, work)| {
            Ok(Control {
                role,
                name: work.name.clone(),
                declared: match (role, &self_test, self.decoy(work)) {
                    (ControlRole::SelfTest, Some(test), _) => texts.recorded(&test.sentence()),
                    (_, _, Some(decoy)) => texts.recorded(&decoy.declaration()),
                    _ => work.declared.clone(),
                },
                note: self.note(work),
                thumbnail: self.thumbnail(work)?,
                score: match (work.score, &work.no_score) {
                    (Some(score), _) => match self.decoy(work) {
                        Some(decoy) => {
                            let p_value = texts.recorded(&decoy.p_text());
                            format!("{}, {p_value}", texts.number(score))
                        }
                        None => texts.number(score),
                    },
                    (None, Some(reason)) => {
                        let args = args!["reason" => texts.recorded(reason)];
                        texts.with("no-figure-because", &args)
                    }
                    (None, None) => texts.text("no-figure").into(),
                },
                kept_out: (work.near_duplicate.as_ref())
                    .map(|twin| texts.recorded(&twin.sentence())),
            })
        });
        controls.collect()
    }
}

fn control_role(role: Role) -> Option<ControlRole> {
    Some(match role {
        Role::Questioned => return None,
        Role::Negative => ControlRole::Negative,
        Role::Positive => ControlRole::Positive,
        Role::Context => ControlRole::Context,
        Role::Decoy => ControlRole::Decoy,
        Role::OwnOutput => ControlRole::OwnOutput,
        Role::NullRun => ControlRole::NullRun,
        Role::SelfTest => ControlRole::SelfTest,
    })
}

fn other_scores(texts: &'static Texts, findings: &Findings, primary: Score) -> Vec<OtherScore> {
    let partial = &findings.partial_similarity;
    let mut others = Score::ALL.to_vec();
    others.retain(|score| *score != primary);
    others.sort_by_key(|score| score.name());
    let other = |score: Score| {
        let before = match score {
            Score::Structural => partial.structural,
            Score::Clip => partial.clip,
            Score::Dino => partial.dino,
            _ => None,
        };
        Some(OtherScore {
            name: score_name(texts, score).into(),
            recovered: texts.number(findings.score(score)?),
            partial: before.map_or("–".into(), |before| texts.number(before)),
        })
    };
    others.into_iter().filter_map(other).collect()
}

fn not_evaluated(texts: &Texts, findings: &Findings) -> Vec<NotEvaluated> {
    let own = findings.not_evaluated.iter();
    let own = own.filter(|(name, _)| !name.starts_with("partial."));
    own.map(|(name, reason)| NotEvaluated {
        name: match name.as_str() {
            "clip" | "dino" => name.to_uppercase(),
            other => other.to_owned(),
        },
        reason: texts.recorded(reason),
    })
    .collect()
}

/// An entry of the journal as readers see it.
pub fn entry_in_words(texts: &'static Texts, entry: &journal::JournalEntry) -> CustodyEntry {
    CustodyEntry {
        number: entry.number,
        time: entry.time.words(),
        who: who(texts, &entry.who),
        event: event(texts, &entry.event),
        hash: entry.hash.prefix(SHORT),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::journal::Event;
    use crate::language::Language;

    #[test]
    fn every_event_has_words() {
        for event_now in [Event::Cancelled {}, Event::Resumed {}, Event::Unknown] {
            assert!(!event(Language::English.texts(), &event_now).is_empty());
        }
    }
}
