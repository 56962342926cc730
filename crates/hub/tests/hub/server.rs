//! A server that behaves as the hub does: a description of a repository, files under their commit, large ones passed on
//! to another address, and pieces from any byte on.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use palimpsest_base::digest::Digest;
use palimpsest_base::hex;
use sha1::{Digest as _, Sha1};

pub const COMMIT: &str = "0123456789abcdef0123456789abcdef01234567";

/// A request.
#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    pub path: String,
    /// The first byte that is asked for.
    pub from: Option<usize>,
}

/// An answer.
pub struct Reply {
    pub status: &'static str,
    pub headers: String,
    pub body: Vec<u8>,
    /// The bytes of it that are sent before the connection breaks off.
    pub sent: usize,
}

impl Reply {
    pub fn new(status: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let body = body.into();
        Self {
            status,
            headers: String::new(),
            sent: body.len(),
            body,
        }
    }
}

/// The server, for as long as the tests run.
pub struct Server {
    pub url: String,
    requests: Arc<Mutex<Vec<Request>>>,
}

impl Server {
    /// Answers each request with what `answer` says; it is told how many came before.
    pub fn new(answer: impl Fn(&Request, usize) -> Reply + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = requests.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                serve(stream.unwrap(), &answer, &seen);
            }
        });
        Self { url, requests }
    }

    /// What was asked for so far.
    pub fn requests(&self) -> Vec<Request> {
        self.requests.lock().unwrap().clone()
    }

    /// What was asked for so far of files, without where they were passed on to.
    pub fn files(&self) -> Vec<(String, Option<usize>)> {
        let requests = self.requests().into_iter();
        let files = requests.filter(|request| request.path.contains("/resolve/"));
        files
            .map(|request| {
                let name = request.path.rsplit('/').next().unwrap().to_owned();
                (name, request.from)
            })
            .collect()
    }
}

fn serve(
    stream: TcpStream,
    answer: &impl Fn(&Request, usize) -> Reply,
    seen: &Mutex<Vec<Request>>,
) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).unwrap_or(0) == 0 {
            return;
        }
    }
    let from = head.lines().find_map(|line| {
        let line = line.to_ascii_lowercase();
        let range = line.strip_prefix("range: bytes=")?;
        range.strip_suffix('-')?.parse().ok()
    });
    let request = Request {
        path: head.split(' ').nth(1).unwrap().to_owned(),
        from,
    };
    let before = {
        let mut seen = seen.lock().unwrap();
        seen.push(request.clone());
        seen.len() - 1
    };
    let reply = answer(&request, before);
    let head = format!(
        "HTTP/1.1 {}\r\ncontent-length: {}\r\nconnection: close\r\n{}\r\n",
        reply.status,
        reply.body.len(),
        reply.headers
    );
    // Whoever asked may have hung up.
    let _ = (&stream).write_all(head.as_bytes());
    let _ = (&stream).write_all(&reply.body[..reply.sent]);
}

/// A repository on the hub.
#[derive(Clone, Default)]
pub struct Repository {
    /// Small files and large ones, by path.
    pub small: BTreeMap<&'static str, Vec<u8>>,
    pub large: BTreeMap<&'static str, Vec<u8>>,
    /// Hashes that are stated in place of the true ones.
    pub stated: BTreeMap<&'static str, String>,
}

impl Repository {
    /// That of the encoder whose files no hash is known of beforehand.
    pub fn dino() -> Self {
        Self {
            small: [("config.json", b"{\"model_type\": \"vit\"}".to_vec())].into(),
            large: [("pytorch_model.bin", bytes(700_001))].into(),
            ..Self::default()
        }
    }

    /// The answer of a hub that works.
    pub fn answer(&self, request: &Request) -> Reply {
        if request.path.starts_with("/api/models/") {
            return Reply::new("200 OK", self.description());
        }
        let name = request.path.rsplit('/').next().unwrap();
        let is_resolved = request.path.contains(&format!("/resolve/{COMMIT}/"));
        if is_resolved && let Some(bytes) = self.small.get(name) {
            return piece(bytes, request.from);
        }
        match (self.large.get(name), is_resolved) {
            // Large files lie elsewhere.
            (Some(_), true) => Reply {
                headers: format!("location: /elsewhere/{name}?signature=x%2Fy\r\n"),
                ..Reply::new("302 Found", "")
            },
            _ => {
                let name = name.split('?').next().unwrap();
                match self.large.get(name) {
                    Some(bytes) => piece(bytes, request.from),
                    None => Reply::new("404 Not Found", ""),
                }
            }
        }
    }

    fn description(&self) -> String {
        let mut files = Vec::new();
        for (path, bytes) in &self.small {
            let size = bytes.len();
            let blob = Sha1::new_with_prefix(format!("blob {size}\0")).chain_update(bytes);
            let blob = hex::encode(&<[u8; 20]>::from(blob.finalize()));
            let blob = self.stated.get(path).unwrap_or(&blob);
            files.push(format!(
                r#"{{"rfilename": "{path}", "size": {size}, "blobId": "{blob}"}}"#
            ));
        }
        for (path, bytes) in &self.large {
            let size = bytes.len();
            let hash = Digest::of(bytes).to_string();
            let hash = self.stated.get(path).unwrap_or(&hash);
            files.push(format!(
                r#"{{"rfilename": "{path}", "size": {size}, "blobId": "00", "lfs": {{"sha256": "{hash}", "size": {size}, "pointerSize": 134}}}}"#
            ));
        }
        let mut text = String::new();
        write!(
            text,
            r#"{{"id": "x/y", "sha": "{COMMIT}", "gated": false, "cardData": {{"license": "apache-2.0"}}, "siblings": [{}]}}"#,
            files.join(", ")
        )
        .unwrap();
        text
    }
}

/// Bytes from `from` on, as servers send them that can.
pub fn piece(bytes: &[u8], from: Option<usize>) -> Reply {
    match from {
        None => Reply::new("200 OK", bytes),
        Some(from) => Reply {
            headers: format!(
                "content-range: bytes {from}-{}/{}\r\n",
                bytes.len() - 1,
                bytes.len()
            ),
            ..Reply::new("206 Partial Content", &bytes[from..])
        },
    }
}

/// So many bytes, of which no piece is like another.
pub fn bytes(count: usize) -> Vec<u8> {
    (0..count as u32)
        .map(|k| (k.wrapping_mul(2_654_435_761) >> 24) as u8)
        .collect()
}
