//! Models by name: nothing is asked of a network before the licence was accepted, and then only of the hub that was named.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread;

use crate::commands::{complaint, palimpsest, stderr};

#[test]
fn licence_and_source_are_shown_first_and_nobody_is_asked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let mirror = format!("http://{}", listener.local_addr().unwrap());
    let list = palimpsest(["models", "fetch"])
        .env("HF_ENDPOINT", &mirror)
        .output()
        .unwrap();
    let text = String::from_utf8(list.stdout).unwrap();
    for part in [
        "sd-1.5\n",
        "clip-vit-b-32\n",
        "4.0 GiB, licence CreativeML Open RAIL-M",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    for name in ["sd-1.5", "sd-2.1", "dino-vit-s-16"] {
        let shown = palimpsest(["models", "fetch", name, "--mirror", &mirror])
            .output()
            .unwrap();
        assert_eq!(shown.status.code(), Some(2));
        let said = stderr(&shown);
        for part in [
            "Its licence is ",
            "--accept-licence",
            "Nothing was asked of the network yet",
        ] {
            assert!(said.contains(part), "{said}");
        }
    }
    let unknown = palimpsest(["models", "fetch", "sd-9", "--accept-licence"])
        .output()
        .unwrap();
    assert_eq!(unknown.status.code(), Some(2));
    assert!(complaint(&unknown).contains("no model is called sd-9"));
    assert!(listener.accept().is_err());
}

#[test]
fn the_hub_that_the_environment_or_an_option_names_is_the_one_that_is_asked() {
    let home = tempfile::tempdir().unwrap();
    for by_option in [true, false] {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let mirror = format!("http://{}", listener.local_addr().unwrap());
        let asked = thread::spawn(move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut head = [0; 4096];
            let read = stream.read(&mut head).unwrap();
            let answer = "HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\nconnection: close\r\n\r\n";
            stream.write_all(answer.as_bytes()).unwrap();
            String::from_utf8_lossy(&head[..read]).into_owned()
        });
        let mut command = palimpsest(["models", "fetch", "sd-1.5", "--accept-licence"]);
        command.env("HOME", home.path()).env_remove("XDG_DATA_HOME");
        match by_option {
            true => command
                .args(["--mirror", &mirror])
                .env("HF_ENDPOINT", "http://127.0.0.1:9"),
            false => command.env("HF_ENDPOINT", &mirror),
        };
        let refused = command.output().unwrap();
        assert_eq!(refused.status.code(), Some(1));
        assert!(
            stderr(&refused).contains("with a browser"),
            "{}",
            stderr(&refused)
        );
        let head = asked.join().unwrap();
        let path =
            "GET /api/models/stable-diffusion-v1-5/stable-diffusion-v1-5/revision/main?blobs=true ";
        assert!(head.starts_with(path), "{head}");
    }
    let wrong = palimpsest([
        "models",
        "fetch",
        "sd-1.5",
        "--accept-licence",
        "--mirror",
        "here",
    ]);
    let wrong = { wrong }.output().unwrap();
    assert!(complaint(&wrong).contains("is no address of a hub"));
    #[cfg(unix)]
    {
        use std::os::unix::ffi::OsStrExt;
        // A mirror whose name cannot be read must not let the usual hub be asked instead.
        let mirror = std::ffi::OsStr::from_bytes(b"http://127.0.0.1:9/\xff");
        let wrong = palimpsest(["models", "fetch", "sd-1.5", "--accept-licence"])
            .env("PALIMPSEST_MIRROR", mirror)
            .output()
            .unwrap();
        assert!(complaint(&wrong).contains("is no address of a hub"));
    }
}
