//! Timestamps of an authority: what of them is believed, and what becomes of them in a case. The tokens are
//! made by `openssl ts` (tests/timestamp/make.sh).

use crate::sealed_case;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::PathBuf;
use std::thread::{self, JoinHandle};

use palimpsest_record::case::Digest;
use palimpsest_record::case::journal::Event;
use palimpsest_record::case::timestamp::{
    Query, SignatureCheck, Stamp, TimestampError, ask, attach,
};
use palimpsest_record::case::verification::{Notice, Problem, Verification};
use proptest::prelude::*;
use sealed_case::SealedCase;

fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."))
        .join("tests/timestamp")
        .join(name)
}

fn bytes(name: &str) -> Vec<u8> {
    fs::read(path(name)).unwrap()
}

/// What the committed request asks, read from its known places.
fn query() -> Query {
    let request = bytes("query.tsq");
    let (hash, nonce) = (
        &request[24..56],
        &request[request.len() - 11..request.len() - 3],
    );
    Query {
        of: Digest::from(<[u8; 32]>::try_from(hash).unwrap()),
        nonce: u64::from_be_bytes(nonce.try_into().unwrap()),
    }
}

#[test]
fn a_request_is_what_openssl_writes() {
    assert_eq!(query().to_der().unwrap(), bytes("query.tsq"));
    assert_ne!(
        Query::new(query().of).unwrap(),
        Query::new(query().of).unwrap()
    );
}

#[test]
fn answers_of_every_kind_of_key_are_checked() {
    for name in ["rsa.tsr", "p256.tsr", "p384.tsr", "bare.token", "older.tsr"] {
        let stamp = Stamp::in_file(&path(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(stamp.signature, SignatureCheck::Right, "{name}");
        assert_eq!(stamp.policy, "1.2.3.4");
        stamp.answers(&query()).unwrap();
        let authority = stamp.authority.unwrap();
        assert!(
            authority.subject.contains("CN=Stamps by "),
            "{}",
            authority.subject
        );
    }
}

#[test]
fn the_authority_is_named_with_the_fingerprint_that_openssl_prints() {
    let stamp = Stamp::in_file(&path("rsa.tsr")).unwrap();
    let printed = String::from_utf8(bytes("rsa.fingerprint")).unwrap();
    assert_eq!(stamp.authority.unwrap().sha256.to_string(), printed.trim());
    let name = stamp.name.unwrap();
    assert!(name.contains("Stamps by rsa"), "{name}");
}

#[test]
fn without_its_certificate_a_stamp_is_not_called_checked() {
    let stamp = Stamp::in_file(&path("without_certificate.tsr")).unwrap();
    assert!(matches!(stamp.signature, SignatureCheck::Unchecked(_)));
    assert_eq!(stamp.authority, None);
}

#[test]
fn a_refusal_is_told_in_the_authority_s_words() {
    let error = Stamp::read(&bytes("refused.tsr")).unwrap_err();
    let text = error.to_string();
    assert!(
        text.contains("Message digest algorithm is not supported"),
        "{text}"
    );
}

#[test]
fn a_stamp_of_something_else_or_of_another_request_is_refused() {
    let another = Stamp::in_file(&path("another_hash.tsr")).unwrap();
    let error = another.fits(query().of).unwrap_err();
    assert!(matches!(error, TimestampError::OtherHash { .. }));
    let stamp = Stamp::in_file(&path("rsa.tsr")).unwrap();
    let Query { of, nonce } = query();
    let other = Query {
        of,
        nonce: nonce ^ 1,
    };
    assert!(matches!(
        stamp.answers(&other),
        Err(TimestampError::OtherRequest)
    ));
}

#[test]
fn what_is_no_token_is_refused() {
    let long = vec![0x30; 1 << 21];
    let nested = [0x30, 0x80].repeat(10_000);
    for bytes in [&b""[..], b"hello", &long, &nested, &bytes("query.tsq")] {
        let error = Stamp::read(bytes).unwrap_err();
        assert!(matches!(error, TimestampError::Malformed { .. }), "{error}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    /// What a checked stamp says is what was signed, whatever byte of its file is changed.
    #[test]
    fn a_changed_stamp_is_refused_or_says_the_same(
        name in prop::sample::select(vec!["rsa.tsr", "p256.tsr", "p384.tsr", "older.tsr"]),
        place in any::<prop::sample::Index>(),
        flip in 1u8..,
    ) {
        let mut bytes = bytes(name);
        let whole = Stamp::read(&bytes).unwrap();
        let index = place.index(bytes.len());
        bytes[index] ^= flip;
        if let Ok(stamp) = Stamp::read(&bytes) && stamp.is_signed() {
            prop_assert_eq!(stamp, whole, "byte {}", index);
        }
    }

    #[test]
    fn a_stamp_cut_short_is_refused(length in 0usize..900) {
        prop_assert!(Stamp::read(&bytes("p256.tsr")[..length]).is_err());
    }
}

/// A server that answers one request with these bytes, and returns what it was asked.
fn serve(answer: Vec<u8>) -> (String, JoinHandle<(String, Vec<u8>)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/tsa", listener.local_addr().unwrap());
    let served = thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream.try_clone().unwrap());
        let mut header = String::new();
        while !header.ends_with("\r\n\r\n") {
            reader.read_line(&mut header).unwrap();
        }
        let length = header.lines().find_map(|line| {
            let line = line.to_ascii_lowercase();
            line.strip_prefix("content-length: ").map(str::to_owned)
        });
        let mut body = vec![0; length.unwrap().parse().unwrap()];
        reader.read_exact(&mut body).unwrap();
        // The client may hang up on an answer that is too long.
        let _ = (&stream).write_all(&answer);
        (header, body)
    });
    (url, served)
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "HTTP/1.1 {head}\r\ncontent-type: application/timestamp-reply\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

#[test]
fn a_server_is_asked_and_its_answer_kept_as_it_came() {
    let (url, served) = serve(answer("200 OK", &bytes("rsa.tsr")));
    let (kept, stamp) = ask(&url, &query()).unwrap();
    assert_eq!(kept, bytes("rsa.tsr"));
    assert_eq!(stamp.of, query().of);
    let (header, body) = served.join().unwrap();
    assert!(header.starts_with("POST /tsa HTTP/1.1\r\n"), "{header}");
    let kind = "content-type: application/timestamp-query";
    assert!(header.to_ascii_lowercase().contains(kind), "{header}");
    assert_eq!(body, bytes("query.tsq"));
}

#[test]
fn an_old_answer_a_failure_and_a_flood_are_refused() {
    let (url, _served) = serve(answer("200 OK", &bytes("another_hash.tsr")));
    assert!(matches!(
        ask(&url, &query()),
        Err(TimestampError::OtherHash { .. })
    ));
    let (url, _served) = serve(answer("500 Broken", b""));
    let error = ask(&url, &query()).unwrap_err();
    assert!(error.to_string().contains("500"), "{error}");
    let (url, _served) = serve(answer("200 OK", &vec![0; 1 << 22]));
    let error = ask(&url, &query()).unwrap_err();
    assert!(
        matches!(error, TimestampError::Unreachable { .. }),
        "{error}"
    );
}

#[test]
fn nobody_else_than_the_server_named_is_asked() {
    let elsewhere = TcpListener::bind("127.0.0.1:0").unwrap();
    elsewhere.set_nonblocking(true).unwrap();
    let to = format!(
        "302 Found\r\nlocation: http://{}/",
        elsewhere.local_addr().unwrap()
    );
    let (url, _served) = serve(answer(&to, b""));
    ask(&url, &query()).unwrap_err();
    assert!(elsewhere.accept().is_err());
    let error = ask("https://localhost/", &query()).unwrap_err();
    assert!(matches!(error, TimestampError::Address { .. }));
}

/// The case with a token attached, of which the journal tells.
fn attached(token: &str) -> (SealedCase, Verification) {
    let case = SealedCase::new();
    fs::copy(path(token), case.path("timestamp.tsr")).unwrap();
    let event = Event::Timestamped {
        file: "timestamp.tsr".into(),
        sha256: Digest::of(&bytes(token)),
        of: case.stamped,
    };
    case.reopen().append(&event).unwrap();
    let found = case.verify();
    (case, found)
}

#[test]
fn a_stamp_of_an_entry_bounds_what_the_owner_of_the_key_can_do() {
    let (_case, found) = attached("rsa.tsr");
    assert_eq!(found.problems, []);
    assert_eq!(found.timestamps[0].entry, 5);
    let text = found.cannot_exclude.join(" ");
    let time = found.timestamps[0].stamp.time.to_string();
    assert!(
        text.contains("after number 5") && text.contains(&time),
        "{text}"
    );
}

#[test]
fn a_stamp_of_something_else_does_not_fit_the_case() {
    for token in ["another_hash.tsr", "refused.tsr"] {
        let (_case, found) = attached(token);
        let [Problem::Timestamp { file, .. }] = &found.problems[..] else {
            panic!("{:?}", found.problems);
        };
        assert_eq!(file, "timestamp.tsr");
        assert!(found.timestamps.is_empty());
    }
}

/// An unchecked stamp is told as such and bounds nothing.
#[test]
fn an_unchecked_stamp_bounds_nothing() {
    let (_case, found) = attached("without_certificate.tsr");
    assert!(found.holds());
    assert!(matches!(found.notices[..], [Notice::StampUnchecked { .. }]));
    assert!(!found.cannot_exclude.join(" ").contains("after number 5"));
}

#[test]
fn a_stamp_of_no_entry_does_not_fit_even_if_it_holds() {
    let case = SealedCase::new();
    fs::copy(path("another_hash.tsr"), case.path("timestamp.tsr")).unwrap();
    let stamp = Stamp::in_file(&case.path("timestamp.tsr")).unwrap();
    let event = Event::Timestamped {
        file: "timestamp.tsr".into(),
        sha256: Digest::of(&bytes("another_hash.tsr")),
        of: stamp.of,
    };
    case.reopen().append(&event).unwrap();
    assert!(matches!(case.problems()[..], [Problem::Timestamp { .. }]));
}

#[test]
fn an_exchanged_stamp_is_found() {
    let (case, _) = attached("rsa.tsr");
    fs::copy(path("p256.tsr"), case.path("timestamp.tsr")).unwrap();
    let changed = Problem::FileChanged {
        path: "timestamp.tsr".into(),
        entry: 8,
    };
    assert_eq!(case.problems(), [changed]);
}

#[test]
fn an_answer_is_attached_to_the_case_it_is_of_and_to_no_other() {
    let case = SealedCase::new();
    let mut journal = case.reopen();
    for number in 1..=2 {
        let (file, stamp) = attach(case.folder(), &mut journal, &bytes("rsa.tsr")).unwrap();
        assert_eq!(file, format!("timestamp-{number}.tsr"));
        assert_eq!(stamp.of, case.stamped);
    }
    let error = attach(case.folder(), &mut journal, &bytes("another_hash.tsr")).unwrap_err();
    assert!(matches!(error, TimestampError::OfNoEntry { .. }));
    assert_eq!(journal.entries().len(), 9);
    let found = case.verify();
    assert_eq!((found.problems.len(), found.notices.len()), (0, 0));
    assert_eq!(found.timestamps.len(), 2);
}
