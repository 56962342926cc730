//! What stops a fetch for good, in one sentence each, and leaves nothing behind that could be taken for a model.

use std::fs;
use std::net::TcpListener;

use palimpsest_hub::{Hub, HubError, SystemDisk, named};

use crate::fetching::{fetch, hub, names, simply};
use crate::server::{Reply, Repository, Server};

/// The SHA-256 that the weights of this encoder have always had.
const KNOWN: &str = "a63082132ba4f97a80bea76823f544493bffa8082296d62d71581a4feff1576f";

#[test]
fn a_wrong_hash_stops_hard_and_leaves_nothing() {
    for (name, file) in [
        ("dino-vit-s-16", "pytorch_model.bin"),
        ("dino-vit-s-16", "config.json"),
        ("clip-vit-b-32", "pytorch_model.bin"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut repository = Repository::dino();
        let stated = match file {
            "config.json" => "ab".repeat(20),
            _ => KNOWN.into(),
        };
        repository.stated.insert(file, stated.clone());
        let server = Server::new(move |request, _| repository.answer(request));
        let error = simply(&server, name, folder.path()).unwrap_err();
        let said = error.to_string();
        assert!(matches!(error, HubError::WrongHash { .. }), "{said}");
        assert!(said.contains(&stated) && said.contains(file), "{said}");
        let left = names(&folder.path().join(name));
        assert!(
            left.iter()
                .all(|left| left == "config.json" && file != left),
            "{left:?}"
        );
        // Not again by itself: whoever wants it asks anew.
        let times = server
            .files()
            .iter()
            .filter(|(asked, _)| asked == file)
            .count();
        assert_eq!(times, 1);
    }
}

#[test]
fn a_hub_with_another_file_than_the_known_one_is_refused_before_anything_is_fetched() {
    let folder = tempfile::tempdir().unwrap();
    let repository = Repository::dino();
    let server = Server::new(move |request, _| repository.answer(request));
    let error = simply(&server, "clip-vit-b-32", folder.path()).unwrap_err();
    assert!(matches!(error, HubError::AnotherFile { .. }), "{error}");
    assert!(error.to_string().contains(KNOWN));
    assert_eq!(server.files(), []);
    assert_eq!(names(folder.path()), [""; 0]);
}

#[test]
fn what_never_ends_what_is_busy_and_what_is_closed_say_so() {
    let weights = "pytorch_model.bin";
    let cases: [(&'static str, &'static str, usize, &str); 5] = [
        ("503 Busy", "", 5, "it answers 503"),
        ("401 Unauthorized", "", 1, "with a browser"),
        ("404 Not Found", "", 1, "it answers 404"),
        ("200 OK", "longer", 1, "is longer than"),
        ("200 OK", "short", 5, "it ended too early"),
    ];
    for (status, body, times, expected) in cases {
        let folder = tempfile::tempdir().unwrap();
        let repository = Repository::dino();
        let server = Server::new(move |request, _| {
            if !request.path.ends_with("pytorch_model.bin") {
                return repository.answer(request);
            }
            match body {
                "longer" => Reply::new(status, vec![7; 800_000]),
                // What comes again and again in the same length is no progress.
                "short" => Reply::new(status, vec![7; 10]),
                body => Reply::new(status, body),
            }
        });
        let error = simply(&server, "dino-vit-s-16", folder.path())
            .unwrap_err()
            .to_string();
        assert!(error.contains(expected), "{status}: {error}");
        let asked = server.files();
        let found = asked.iter().filter(|(asked, _)| asked == weights).count();
        assert!(found <= times + 1 && found >= times, "{status}: {found}");
        assert!(!folder.path().join("dino-vit-s-16").join(weights).exists());
    }
}

#[test]
fn an_answer_that_is_none_of_a_hub_is_refused() {
    let with = |answer: &'static str| {
        let server = Server::new(move |_, _| Reply::new("200 OK", answer));
        let error = hub(&server).offer(named("sd-1.5").unwrap()).unwrap_err();
        error.to_string()
    };
    assert!(with("<html>a page for signing in</html>").contains("does not answer as a hub does"));
    assert!(with(r#"{"sha": "../../x", "siblings": []}"#).contains("names no commit"));
    let commit = "0".repeat(40);
    let empty = format!(r#"{{"sha": "{commit}", "siblings": []}}"#);
    let gone = with(Box::leak(empty.into_boxed_str()));
    assert!(
        gone.contains("has no file v1-5-pruned-emaonly.safetensors any more"),
        "{gone}"
    );
    let bare = format!(
        r#"{{"sha": "{commit}", "siblings": [{{"rfilename": "v1-5-pruned-emaonly.safetensors"}}]}}"#
    );
    assert!(with(Box::leak(bare.into_boxed_str())).contains("states no hash"));
    let flood = "x".repeat(5 << 20);
    assert!(with(Box::leak(flood.into_boxed_str())).contains("could not be fetched"));
}

#[test]
fn an_address_is_one_and_nobody_is_asked_before_an_offer() {
    for address in [
        "",
        "ftp://x",
        "https://",
        "huggingface.co",
        "https://a b",
        "https://me:pw@x",
    ] {
        let error = Hub::new(Some(address)).unwrap_err();
        assert!(matches!(error, HubError::Address { .. }), "{address}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let hub = Hub::new(Some(&url)).unwrap();
    assert_eq!(format!("{}/", hub.address()), url);
    assert!(listener.accept().is_err());
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    // A file where the folder should be: no rights stop whoever may do everything.
    fs::write(folder.path().join("dino-vit-s-16"), "x").unwrap();
    let repository = Repository::dino();
    let server = Server::new(move |request, _| repository.answer(request));
    let error = fetch(
        &server,
        "dino-vit-s-16",
        folder.path(),
        &SystemDisk,
        &|| true,
    )
    .unwrap_err();
    assert!(matches!(error, HubError::Unwritable { .. }), "{error}");
    assert!(error.to_string().contains("--out"), "{error}");
}
