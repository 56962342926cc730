//! Asking a timestamping server (RFC 3161, 3.4), only ever the one whose address the user gave.

use std::time::Duration;

use ureq::Agent;

use super::{MAX_BYTES, Query, Stamp, TimestampError};

/// Time that an answer may take altogether.
const PATIENCE: Duration = Duration::from_secs(30);

/// Sends `query` to `url` and returns the answer as it came, to be kept as a file, with the stamp in it.
/// It takes up to 30 seconds. The server sees the hash, the nonce and the address of this computer.
///
/// # Errors
/// [`TimestampError`] if there is no answer, or if it is none to this request.
pub fn ask(url: &str, query: &Query) -> Result<(Vec<u8>, Stamp), TimestampError> {
    if !url.starts_with("http://") {
        let url = url.to_owned();
        return Err(TimestampError::Address { url });
    }
    let answer = post(url, &query.to_der()?).map_err(|error| TimestampError::Unreachable {
        url: url.to_owned(),
        why: error.to_string(),
    })?;
    let stamp = Stamp::read(&answer)?;
    stamp.answers(query)?;
    Ok((answer, stamp))
}

fn post(url: &str, body: &[u8]) -> Result<Vec<u8>, ureq::Error> {
    // Somewhere else the user did not want to go.
    let config = Agent::config_builder()
        .timeout_global(Some(PATIENCE))
        .max_redirects(0)
        .build();
    let mut answer = Agent::from(config)
        .post(url)
        .header("content-type", "application/timestamp-query")
        .header("accept", "application/timestamp-reply")
        .send(body)?;
    answer
        .body_mut()
        .with_config()
        .limit(MAX_BYTES)
        .read_to_vec()
}
