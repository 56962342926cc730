//! A hub, and what it says of a repository: the commit, the files with their sizes and hashes, the licence.

use std::time::Duration;

use palimpsest_base::environment;
use serde::Deserialize;
use ureq::Agent;

use crate::HubError;
use crate::catalogue::Named;
use crate::offer::Offer;

/// The hub that is asked unless another is named.
const USUAL: &str = "https://huggingface.co";

/// Variables that name another: ours, and that of the hub's own library.
const VARIABLES: [&str; 2] = ["PALIMPSEST_MIRROR", "HF_ENDPOINT"];

/// The longest description of a repository, in bytes.
const MAX_BYTES: u64 = 1 << 22;

/// Time for a connection, for an answer to begin, and between two pieces of it.
const CONNECTING: Duration = Duration::from_secs(20);
const ANSWERING: Duration = Duration::from_secs(60);

/// Servers that one request may be passed on to.
const REDIRECTS: u32 = 5;

/// A model hub.
#[derive(Debug)]
pub struct Hub {
    pub(crate) agent: Agent,
    pub(crate) address: String,
    /// True if it is another than the usual one.
    pub(crate) is_mirror: bool,
    /// The time before the first of several attempts; each further one waits twice as long.
    pub(crate) pause: Duration,
}

/// What a hub says of a repository.
#[derive(Debug, Deserialize)]
pub(crate) struct Repository {
    /// The commit that the revision stands for.
    pub sha: String,
    #[serde(default)]
    pub siblings: Vec<Sibling>,
    #[serde(default, rename = "cardData")]
    pub card: Option<Card>,
}

/// A file of a repository.
#[derive(Debug, Deserialize)]
pub(crate) struct Sibling {
    #[serde(rename = "rfilename")]
    pub path: String,
    #[serde(default)]
    pub size: Option<u64>,
    /// The hash that git has of it: of a large file only that of what points to it.
    #[serde(default, rename = "blobId")]
    pub blob: Option<String>,
    #[serde(default)]
    pub lfs: Option<Large>,
}

/// Facts about a large file.
#[derive(Debug, Deserialize)]
pub(crate) struct Large {
    pub sha256: String,
    pub size: u64,
}

/// The facts at the head of a repository's page.
#[derive(Debug, Deserialize)]
pub(crate) struct Card {
    /// One licence or several.
    #[serde(default)]
    pub license: serde_json::Value,
}

impl Hub {
    /// The hub at `mirror`, else the one that the environment names, else the usual one. Asks nothing of it yet.
    ///
    /// # Errors
    /// [`HubError::Address`] if that is no address.
    pub fn new(mirror: Option<&str>) -> Result<Self, HubError> {
        let set = VARIABLES
            .into_iter()
            .find(|name| std::env::var_os(name).is_some());
        let named = set.and_then(environment::text);
        let given = mirror.map(str::to_owned).or(named);
        let address = given.clone().unwrap_or_else(|| USUAL.to_owned());
        let address = address.trim().trim_end_matches('/').to_owned();
        let after = ["https://", "http://"]
            .iter()
            .find_map(|scheme| address.strip_prefix(scheme));
        let is_address = after.is_some_and(|rest| {
            !rest.is_empty()
                && !rest.contains(['@', '?', '#', ' ', char::REPLACEMENT_CHARACTER])
                && !rest.starts_with('/')
        });
        if !is_address {
            return Err(HubError::Address {
                url: given.unwrap_or_default(),
            });
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            // Whoever is asked safely is not passed on to where others listen.
            .https_only(address.starts_with("https://"))
            .max_redirects(REDIRECTS)
            .timeout_connect(Some(CONNECTING))
            .timeout_recv_response(Some(ANSWERING))
            .timeout_per_read(Some(ANSWERING))
            .user_agent(concat!("palimpsest/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self {
            agent: Agent::from(config),
            is_mirror: address != USUAL,
            address,
            pause: Duration::from_secs(1),
        })
    }

    /// The same with another time before the first of several attempts.
    pub fn with_pause(self, pause: Duration) -> Self {
        Self { pause, ..self }
    }

    /// The address of the hub.
    pub fn address(&self) -> &str {
        &self.address
    }

    /// Asks which files `named` has there now, and what they must be. Nothing is fetched yet.
    ///
    /// # Errors
    /// [`HubError`].
    pub fn offer(&self, named: &'static Named) -> Result<Offer<'_>, HubError> {
        let url = format!(
            "{}/api/models/{}/revision/{}?blobs=true",
            self.address, named.repository, named.revision
        );
        let unreachable = |why: String| HubError::Unreachable {
            url: url.clone(),
            why,
        };
        let mut answer =
            (self.agent.get(&url).call()).map_err(|error| unreachable(error.to_string()))?;
        match answer.status().as_u16() {
            200 => {}
            401 | 403 => {
                return Err(HubError::Closed {
                    url,
                    what: named.repository.into(),
                });
            }
            404 => {
                return Err(HubError::Gone {
                    repository: named.repository.into(),
                    path: "at all".into(),
                });
            }
            status => return Err(unreachable(format!("it answers {status}"))),
        }
        let body = answer
            .body_mut()
            .with_config()
            .limit(MAX_BYTES)
            .read_to_vec();
        let body = body.map_err(|error| unreachable(error.to_string()))?;
        let repository: Repository =
            serde_json::from_slice(&body).map_err(|error| HubError::NoHub {
                url: url.clone(),
                why: error.to_string(),
            })?;
        let is_commit = repository.sha.len() == 40
            && repository
                .sha
                .chars()
                .all(|digit| digit.is_ascii_hexdigit());
        if !is_commit {
            return Err(HubError::NoHub {
                url,
                why: "it names no commit".into(),
            });
        }
        Offer::of(self, named, repository)
    }
}

impl Card {
    /// The licence in one line.
    pub fn licence(&self) -> Option<String> {
        let texts = match &self.license {
            serde_json::Value::String(text) => vec![text.as_str()],
            serde_json::Value::Array(several) => several
                .iter()
                .filter_map(serde_json::Value::as_str)
                .collect(),
            _ => Vec::new(),
        };
        let line = texts.join(", ");
        let plain = |c: char| if c.is_control() { ' ' } else { c };
        (!line.is_empty()).then(|| line.chars().take(80).map(plain).collect())
    }
}
