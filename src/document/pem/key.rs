//! Which kind of public key a certificate holds, and how long it is.

use x509_cert::der::asn1::UintRef;
use x509_cert::der::oid::ObjectIdentifier;
use x509_cert::der::{Reader as _, SliceReader};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

pub(super) struct Key {
    /// `rsa`, `ec`, `ed25519`, … or the number of its algorithm where that has no name here.
    pub(super) kind: String,
    pub(super) bits: Option<usize>,
}

const RSA: &str = "1.2.840.113549.1.1.1";
const RSA_PSS: &str = "1.2.840.113549.1.1.10";
const EC: &str = "1.2.840.10045.2.1";
const DSA: &str = "1.2.840.10040.4.1";
const ED25519: &str = "1.3.101.112";
const ED448: &str = "1.3.101.113";

/// The curves that certificates name.
const CURVES: &[(&str, usize)] = &[
    ("1.2.840.10045.3.1.1", 192),
    ("1.3.132.0.33", 224),
    ("1.2.840.10045.3.1.7", 256),
    ("1.3.132.0.10", 256),
    ("1.3.36.3.3.2.8.1.1.7", 256),
    ("1.3.132.0.34", 384),
    ("1.3.36.3.3.2.8.1.1.11", 384),
    ("1.3.36.3.3.2.8.1.1.13", 512),
    ("1.3.132.0.35", 521),
];

pub(super) fn of(info: &SubjectPublicKeyInfoOwned) -> Key {
    let algorithm = info.algorithm.oid.to_string();
    let (kind, bits) = match algorithm.as_str() {
        RSA | RSA_PSS => ("rsa", modulus(info)),
        EC => ("ec", curve(info)),
        DSA => ("dsa", None),
        ED25519 => ("ed25519", Some(256)),
        ED448 => ("ed448", Some(456)),
        other => (other, None),
    };
    Key { kind: kind.to_owned(), bits }
}

fn modulus(info: &SubjectPublicKeyInfoOwned) -> Option<usize> {
    let mut reader = SliceReader::new(info.subject_public_key.as_bytes()?).ok()?;
    let modulus = reader
        .sequence(|inside| {
            let modulus: UintRef<'_> = inside.decode()?;
            let _exponent: UintRef<'_> = inside.decode()?;
            Ok::<_, x509_cert::der::Error>(bits(modulus.as_bytes()))
        })
        .ok()?;
    Some(modulus)
}

fn bits(bytes: &[u8]) -> usize {
    let digits = bytes.iter().position(|byte| *byte != 0).and_then(|from| bytes.get(from..)).unwrap_or_default();
    digits.first().map_or(0, |first| digits.len() * 8 - first.leading_zeros() as usize)
}

fn curve(info: &SubjectPublicKeyInfoOwned) -> Option<usize> {
    let curve: ObjectIdentifier = info.algorithm.parameters.as_ref()?.decode_as().ok()?;
    let curve = curve.to_string();
    CURVES.iter().find(|(known, _)| *known == curve).map(|(_, bits)| *bits)
}
