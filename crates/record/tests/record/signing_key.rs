//! The signing key: made once, kept from others, never replaced.

use crate::sealed_case;

use std::fs;
use std::process::Command;
use std::thread;

use palimpsest_record::case::key::{KeyError, SigningKey};
use sealed_case::KEY;
use tempfile::tempdir;

#[test]
fn a_key_is_made_once_and_found_again() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("a/b/signing-key.pem");
    let made = SigningKey::open_or_make(&path).unwrap();
    let found = SigningKey::open_or_make(&path).unwrap();
    assert_eq!(made.public(), found.public());
    let other = SigningKey::open_or_make(&folder.path().join("other.pem")).unwrap();
    assert_ne!(made.public(), other.public());
    let left = fs::read_dir(path.parent().unwrap()).unwrap().count();
    assert_eq!(left, 1, "only the key");
    let shown = format!("SigningKey({})", made.public().fingerprint());
    assert_eq!(format!("{made:?}"), shown, "and no secret");
}

#[test]
fn of_two_that_make_a_key_at_once_both_have_the_same() {
    for _ in 0..100 {
        let folder = tempdir().unwrap();
        let path = folder.path().join("key.pem");
        let both = [0, 1].map(|_| {
            let path = path.clone();
            thread::spawn(move || SigningKey::open_or_make(&path).unwrap().public())
        });
        let [a, b] = both.map(|thread| thread.join().unwrap());
        assert_eq!(a, b);
    }
}

#[cfg(unix)]
#[test]
fn a_key_is_for_its_owner_alone() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempdir().unwrap();
    let path = folder.path().join("key.pem");
    SigningKey::open_or_make(&path).unwrap();
    let mode = |mode| fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
    let made = fs::metadata(&path).unwrap().permissions().mode();
    assert_eq!(made & 0o777, 0o600);
    for exposed in [0o640, 0o604, 0o660, 0o602] {
        mode(exposed);
        let error = SigningKey::open_or_make(&path).unwrap_err();
        assert!(matches!(error, KeyError::Exposed { .. }), "{exposed:o}");
        assert!(error.to_string().contains("chmod 600"));
    }
    mode(0o600);
    SigningKey::open_or_make(&path).unwrap();
}

#[test]
fn a_damaged_key_is_refused_and_stays() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("key.pem");
    SigningKey::open_or_make(&path).unwrap();
    let whole = fs::read(&path).unwrap();
    let mut digit = whole.clone();
    // In the middle of the secret half.
    let index = 27 + 40;
    digit[index] = if digit[index] == b'A' { b'B' } else { b'A' };
    let half = whole[..whole.len() / 2].to_vec();
    for bytes in [
        Vec::new(),
        half,
        digit,
        b"\xff\xfe".to_vec(),
        vec![b'a'; 1 << 20],
    ] {
        // Written over, so that the file's access rights stay.
        fs::write(&path, &bytes).unwrap();
        let error = SigningKey::open_or_make(&path).unwrap_err();
        assert!(matches!(error, KeyError::Damaged { .. }), "{error}");
        assert_eq!(fs::read(&path).unwrap(), bytes);
    }
}

#[test]
fn the_public_key_is_the_one_that_openssl_derives() {
    let folder = tempdir().unwrap();
    let path = folder.path().join("key.pem");
    fs::write(&path, KEY).unwrap();
    let mut openssl = Command::new("openssl");
    openssl.args(["pkey", "-pubout", "-outform", "DER", "-in"]);
    let Ok(output) = openssl.arg(&path).output() else {
        eprintln!("skipped: openssl is not installed");
        return;
    };
    let public = sealed_case::signer(KEY).key.public().to_string();
    let hex = palimpsest_base::hex::encode(&output.stdout);
    assert!(hex.ends_with(&public), "{hex}");
}
