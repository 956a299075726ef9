//! The lab's key pairs. They have the form of real ones, and what belongs together fits together: the public half follows
//! from the private one, the fingerprint from the key, and what was sealed for a public half opens with its private one.
//! They are no cryptography and open nothing outside the lab.

use crate::rng;
use base64ct::{Base64, Encoding};

/// The bytes of a sealed text: as many as RSA with 2,048 bits makes.
const SEALED: usize = 256;
/// What a sealed text begins with, to tell a wrong key.
const MARK: u8 = 0xa5;

/// FNV-1a of a text, as the seed of what follows from it.
fn seed(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

fn bytes(seed: u64, purpose: &str, count: usize) -> Vec<u8> {
    let mut all: Vec<u8> = (0..)
        .flat_map(|counter| rng::draw(seed, purpose, counter).to_le_bytes())
        .take(count)
        .collect();
    all.truncate(count);
    all
}

fn lines(body: &str, width: usize) -> String {
    let parts: Vec<&str> = body
        .as_bytes()
        .chunks(width)
        .filter_map(|chunk| std::str::from_utf8(chunk).ok())
        .collect();
    parts.join("\n")
}

/// A private key in PEM form from its random bytes. `kind` is `rsa` or `ed25519`.
#[must_use]
pub fn pem(kind: &str, random: &[u8]) -> String {
    let (label, width) = if kind == "rsa" {
        ("RSA PRIVATE KEY", 76)
    } else {
        ("OPENSSH PRIVATE KEY", 70)
    };
    let body = lines(&Base64::encode_string(random), width);
    format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----")
}

/// The same key in PuTTY's form (<https://the.earth.li/~sgtatham/putty/0.83/htmldoc/AppendixC.html>).
#[must_use]
pub fn ppk(kind: &str, random: &[u8], comment: &str) -> String {
    let private = Base64::encode_string(random);
    let algorithm = algorithm(kind);
    let public = public_body(kind, seed(&private));
    let (public, private) = (lines(&public, 64), lines(&private, 64));
    let count = |text: &str| text.lines().count();
    let mac: String = bytes(seed(&private), "mac", 32)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    format!(
        "PuTTY-User-Key-File-3: {algorithm}\nEncryption: none\nComment: {comment}\nPublic-Lines: {}\n{public}\nPrivate-Lines: {}\n{private}\nPrivate-MAC: {mac}",
        count(&public),
        count(&private)
    )
}

fn algorithm(kind: &str) -> &'static str {
    if kind == "rsa" {
        "ssh-rsa"
    } else {
        "ssh-ed25519"
    }
}

/// The body of a public key in OpenSSH's wire form: the algorithm's name, then its numbers, each with its length.
fn public_body(kind: &str, seed: u64) -> String {
    let mut wire = Vec::new();
    let mut field = |bytes: &[u8]| {
        let length = u32::try_from(bytes.len()).unwrap_or(u32::MAX);
        wire.extend(length.to_be_bytes());
        wire.extend(bytes);
    };
    field(algorithm(kind).as_bytes());
    if kind == "rsa" {
        field(&[1, 0, 1]);
        // A modulus of 2,048 bits: the highest bit is set, so a zero byte stands before it; and it is odd.
        let mut modulus = vec![0];
        modulus.extend(bytes(seed, "modulus", 256));
        if let Some(first) = modulus.get_mut(1) {
            *first |= 0x80;
        }
        if let Some(last) = modulus.last_mut() {
            *last |= 1;
        }
        field(&modulus);
    } else {
        field(&bytes(seed, "point", 32));
    }
    Base64::encode_string(&wire)
}

/// The public half of a private key, in PEM or PuTTY's form: `ssh-rsa AAAA…`. `None` when it is no private key.
#[must_use]
pub fn public_of(private: &str) -> Option<String> {
    let body = |inner: &str| -> String { inner.split_ascii_whitespace().collect() };
    if let Some((_, rest)) = private.split_once("Private-Lines: ") {
        let kind = if private.contains("ssh-rsa") {
            "rsa"
        } else {
            "ed25519"
        };
        let (count, rest) = rest.split_once('\n')?;
        let count: usize = count.trim().parse().ok()?;
        let inner: Vec<&str> = rest.lines().take(count).collect();
        let public = public_body(kind, seed(&body(&inner.join(" "))));
        return Some(format!("{} {public}", algorithm(kind)));
    }
    let (_, rest) = private.split_once("-----BEGIN ")?;
    let (label, rest) = rest.split_once("-----")?;
    let kind = match label {
        "RSA PRIVATE KEY" => "rsa",
        "OPENSSH PRIVATE KEY" => "ed25519",
        _ => return None,
    };
    let (inner, _) = rest.split_once("-----END ")?;
    let public = public_body(kind, seed(&body(inner)));
    Some(format!("{} {public}", algorithm(kind)))
}

/// The fingerprint that AWS shows: 20 pairs of digits for an RSA key that it made, 16 for one that was imported, base64
/// for an Ed25519 key (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/verify-keys.html>).
#[must_use]
pub fn fingerprint(kind: &str, imported: bool, body: &str) -> String {
    let seed = seed(body);
    if kind != "rsa" {
        return Base64::encode_string(&bytes(seed, "sha256", 32));
    }
    let (purpose, count) = if imported { ("md5", 16) } else { ("sha1", 20) };
    bytes(seed, purpose, count)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect::<Vec<_>>()
        .join(":")
}

/// Seals a short text for the owner of a public key, in base64.
#[must_use]
pub fn seal(text: &str, public: &str) -> String {
    let mut plain = vec![MARK, u8::try_from(text.len()).unwrap_or(u8::MAX)];
    plain.extend(text.bytes());
    plain.resize(SEALED, 0);
    Base64::encode_string(&veil(&plain, public))
}

/// Opens what was sealed for the public half of this private key; `None` with another key.
#[must_use]
pub fn open(sealed: &str, private: &str) -> Option<String> {
    let compact: String = sealed.split_ascii_whitespace().collect();
    let veiled = Base64::decode_vec(&compact).ok()?;
    let plain = veil(&veiled, &public_of(private)?);
    let (mark, rest) = plain.split_first()?;
    let (length, rest) = rest.split_first()?;
    if *mark != MARK {
        return None;
    }
    String::from_utf8(rest.get(..usize::from(*length))?.to_vec()).ok()
}

/// The same twice is what there was: each byte with one that follows from the public key.
fn veil(text: &[u8], public: &str) -> Vec<u8> {
    let body = public.split_ascii_whitespace().nth(1).unwrap_or(public);
    text.iter()
        .zip(bytes(seed(body), "veil", text.len()))
        .map(|(byte, key)| byte ^ key)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_halves_belong_together() {
        for kind in ["rsa", "ed25519"] {
            for random in [vec![7; 1_190], (0..=255).collect(), vec![1, 2, 3]] {
                let key = pem(kind, &random);
                let public = public_of(&key);
                assert!(public.is_some());
                // The same bytes in PuTTY's form are the same key.
                assert_eq!(public_of(&ppk(kind, &random, "me")), public);
                let sealed = seal("geheim&1", &public.clone().unwrap_or_default());
                assert_eq!(open(&sealed, &key).as_deref(), Some("geheim&1"));
                assert_eq!(open(&sealed, &pem(kind, &[9; 40])), None);
            }
        }
        assert_eq!(public_of("ssh-rsa AAAA"), None);
    }
}
