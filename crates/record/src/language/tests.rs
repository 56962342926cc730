use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::*;
use crate::case::Question;
use crate::casework::earlier::BOUND;
use crate::validation::{Share, Situation, TrialOutcome};
use palimpsest_method::artwork::Reading;
use palimpsest_method::verdict::{
    Evidence, Figure, FurtherReading, LIMITS, NotEvaluated, Proposition, SCALE, ScaleStep, Support,
    conclude, finding, finding_of_all, sentence,
};

/// The ids of a language with their arguments.
fn asked(language: Language) -> [BTreeMap<String, BTreeSet<String>>; 2] {
    language.sources().map(|source| {
        let asked = catalogue::ids(&resource(source));
        asked.into_iter().map(|it| (it.id, it.arguments)).collect()
    })
}

#[test]
fn files_are_read_whole_and_no_id_comes_twice() {
    for language in Language::ALL {
        let mut known = BTreeSet::new();
        for source in language.sources() {
            let read = FluentResource::try_new(source.to_owned());
            let read = read.map_err(|(_, errors)| format!("{}: {errors:?}", language.code()));
            for message in catalogue::ids(&read.unwrap()) {
                let id = message.id;
                assert!(known.insert(id.clone()), "{}: {id} twice", language.code());
            }
        }
    }
}

#[test]
fn every_language_has_the_same_ids_with_the_same_arguments() {
    let english = asked(Language::English);
    for language in Language::ALL {
        for (own, english) in asked(language).iter().zip(&english) {
            for (id, arguments) in english {
                assert_eq!(own.get(id), Some(arguments), "{}: {id}", language.code());
            }
            let more: Vec<_> = own.keys().filter(|id| !english.contains_key(*id)).collect();
            assert!(more.is_empty(), "{}: {more:?}", language.code());
        }
    }
}

/// Everything that stands between quotation marks in the sources of this crate, tests left out.
fn literals(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            literals(&path, found);
        } else if !path.ends_with("tests.rs") {
            let source = fs::read_to_string(&path).unwrap();
            let parts: Vec<&str> = source.split('"').collect();
            for pair in parts.windows(2) {
                found.push((pair[0].to_owned(), pair[1].to_owned()));
            }
        }
    }
}

#[test]
fn every_id_is_asked_for_and_every_id_that_is_asked_for_is_there() {
    let mut found = Vec::new();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    literals(&sources, &mut found);
    let used: BTreeSet<&str> = found.iter().map(|(_, text)| text.as_str()).collect();
    let [exhibit, _] = asked(Language::English);
    for id in exhibit.keys() {
        assert!(used.contains(id.as_str()), "nobody asks for {id}");
    }
    let mut asked_for = 0;
    for (before, id) in &found {
        let before = before.trim_end();
        if [".text(", "texts.with("]
            .iter()
            .any(|call| before.ends_with(call))
        {
            assert!(exhibit.contains_key(id), "there is no {id}");
            asked_for += 1;
        }
    }
    assert!(asked_for > 150, "{asked_for}");
}

#[test]
fn numbers_and_days_are_written_by_the_language() {
    let [english, german, french] = Language::ALL.map(Language::texts);
    assert_eq!(english.number(-0.25), "−0.250");
    assert_eq!(german.number(-0.25), "−0,250");
    assert_eq!(french.fixed(12_345.678, 1), "12345,7");
    assert_eq!(german.two_figures(123_456.0), "120\u{202f}000");
    let day = (2026, 3, 31);
    let words = [english, german, french].map(|texts| texts.day(day));
    assert_eq!(words, ["31 March 2026", "31. März 2026", "31 mars 2026"]);
    let works = |texts: &Texts, works: usize| {
        texts.with("more-works", &args!["works" => works, "by" => ""])
    };
    assert!(works(english, 1).contains("1 work more"));
    assert!(works(german, 1).contains("1 weiteren Werks"));
    assert!(works(french, 12_000).contains("12\u{202f}000 autres œuvres"));
}

#[test]
fn what_a_language_lacks_is_said_in_english() {
    let german = Language::German.texts();
    assert_eq!(german.text("no such id"), "no such id");
    let own = "An examiner's own words, such as these, stay.";
    assert_eq!(german.recorded(own), own);
    assert!(!german.knows(own));
}

/// Sentences of the record, each with a name for what it is.
fn sentences() -> Vec<String> {
    let mut all: Vec<String> = not_evaluated().iter().map(ToString::to_string).collect();
    all.extend(verdicts());
    all.extend([LIMITS, BOUND].map(str::to_owned));
    all.extend(Question::default().propositions);
    all.extend(SCALE.iter().map(|row| row.phrase.to_owned()));
    for row in SCALE {
        for favours in [None, Some(Proposition::Used), Some(Proposition::NotUsed)] {
            // The lowest step favours neither, the others one.
            if favours.is_none() == (row.support == Support::Neither) {
                let support = row.support;
                all.push(ScaleStep { support, favours }.words());
            }
        }
    }
    for situation in Situation::ALL {
        all.push(situation.words().into());
        all.push(situation.expectation().words());
    }
    all.push(Share::of(3, 120).words());
    all.extend(
        [
            TrialOutcome::Held,
            TrialOutcome::Failed,
            TrialOutcome::TooFew,
        ]
        .map(|it| it.words().to_owned()),
    );
    all.extend([Reading::AS_SEEN, Reading::AS_STORED].map(|it| it.words().to_owned()));
    all
}

fn not_evaluated() -> Vec<NotEvaluated> {
    use NotEvaluated::*;
    vec![
        NoMembers,
        NoHoldOuts,
        NotFinite {
            members: 1,
            hold_outs: 2,
        },
        Rate(1.5),
        TooFewHoldOuts { found: 2 },
        HoldOutsAlike,
        TooFewSets {
            found: 1,
            needed: 2,
        },
        Unpaired,
        TooFewNegatives { found: 3 },
        TooFewPositives { found: 0 },
        TooFewQuestioned { found: 1 },
        TooFewCalibrations { found: 1 },
        RecipesDisagree,
        ScoreNotFinite,
        NegativesNotFinite(2),
        SeveralReadings,
        Alike,
        OutOfRange,
        NotSettled,
        NotARatio(-1.5),
        NoRatio,
    ]
}

/// Verdicts on works that score high, in between and low, with controls of both kinds, of one and of too few.
fn verdicts() -> Vec<String> {
    let negatives: Vec<f64> = (0..20)
        .map(|i| 0.1 + 0.01 * f64::from(i * 7 % 20))
        .collect();
    let positives: Vec<f64> = (0..12)
        .map(|i| 0.35 + 0.02 * f64::from(i * 5 % 12))
        .collect();
    let mut all = Vec::new();
    for (negatives, positives) in [
        (&negatives[..], &positives[..]),
        (&negatives[..], &[]),
        (&negatives[..3], &[]),
    ] {
        for questioned in [
            vec![0.5],
            vec![0.22],
            vec![0.05],
            vec![0.5, 0.29, 0.28, 0.05],
        ] {
            let verdict = conclude(&Evidence {
                questioned: questioned.iter().map(|score| Ok(*score)).collect(),
                together: questioned.clone(),
                negatives: negatives.to_vec(),
                positives: positives.to_vec(),
                reading: Reading::AS_SEEN,
                further: Vec::new(),
                calibrations: Vec::new(),
                seed: 7,
            });
            for work in &verdict.works {
                all.push(sentence(work, &verdict));
                all.push(match finding(work) {
                    Figure::Evaluated(text) | Figure::NotEvaluated { reason: text } => text,
                });
            }
            let in_readings = conclude(&Evidence {
                questioned: questioned.iter().map(|score| Ok(*score)).collect(),
                negatives: negatives.to_vec(),
                positives: positives.to_vec(),
                reading: Reading::AS_SEEN,
                further: vec![FurtherReading {
                    reading: Reading::AS_STORED,
                    questioned: questioned.iter().map(|score| Some(Ok(*score))).collect(),
                    together: questioned.clone(),
                    negatives: negatives.to_vec(),
                    positives: Some(positives.to_vec()),
                }],
                seed: 7,
                ..Evidence::default()
            });
            for work in &in_readings.works {
                let told = sentence(work, &in_readings);
                // What follows lists the readings, and is told of by itself.
                let weighed = told.split(" Its file gives").next();
                all.extend(weighed.map(str::to_owned));
                if let Figure::Evaluated(text) = finding(work) {
                    all.push(text);
                }
            }
            if let Figure::Evaluated(portfolio) = &verdict.portfolio {
                all.push(finding_of_all(portfolio, questioned.len()));
                all.push(finding_of_all(portfolio, questioned.len() + 1));
            }
        }
    }
    all
}

#[test]
fn the_records_sentences_are_known_in_every_language() {
    let all = sentences();
    for expected in [
        "none scores",
        "1 scores",
        " score as high",
        "weak support",
        "limited to",
        "its scores in 2 readings are",
        "Its scores in 2 readings are",
    ] {
        assert!(all.iter().any(|it| it.contains(expected)), "{expected}");
    }
    for language in Language::ALL {
        let texts = language.texts();
        for text in &all {
            assert!(texts.knows(text), "{}: {text}", language.code());
            let said = texts.recorded(text);
            match language {
                Language::English => assert_eq!(said, *text),
                _ => {
                    assert!(!format!(" {said} ").contains(" the "), "{text}: {said}");
                    assert_eq!(figures(&said), figures(text), "{text}: {said}");
                }
            }
        }
    }
}

/// The numbers in a text, in order of size: another language may turn a sentence round, and no figure may be lost.
fn figures(text: &str) -> Vec<String> {
    let parts = text.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    let parts = parts.map(|part| part.trim_matches(['.', ',']).replace(',', "."));
    let mut figures: Vec<String> = parts.filter(|part| !part.is_empty()).collect();
    figures.sort();
    figures
}

#[test]
fn a_sentence_of_the_record_is_said_with_its_own_figures_and_names() {
    let german = Language::German.texts();
    let said = german
        .recorded("The fine-tuned model lacks vae, text_encoder: taken from the pretrained model.");
    assert_eq!(
        said,
        "Dem feinabgestimmten Modell fehlen vae, text_encoder: vom vortrainierten Modell übernommen."
    );
    let said = german.recorded(
        "In a folder that was given 3 of 5 files are read; not read: notes.txt, phone.jpg (HEIC).",
    );
    assert_eq!(
        said,
        "In einem angegebenen Ordner sind 3 von 5 Dateien gelesen; nicht gelesen: notes.txt, phone.jpg (HEIC)."
    );
    let said = german.recorded("p = 0.048");
    assert_eq!(said, "p = 0,048");
    let several = "The prompt of the fine-tuning is not known: “a b. c” was used, and with another prompt the result \
        would differ. The file itself names “the”, which may be it: give it as the prompt.";
    let said = german.recorded(several);
    assert!(said.contains("Verwendet wurde „a b. c“"), "{said}");
    assert!(said.contains("nennt „the“"), "{said}");
}
