//! By which algorithm and digest a certificate is signed.

use x509_cert::der::Encode as _;
use x509_cert::spki::AlgorithmIdentifierOwned;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Signature {
    /// `rsa`, `rsa-pss`, `ecdsa`, … or the number of the algorithm where that has no name here.
    pub(super) algorithm: String,
    /// `sha256`, …; None where the algorithm brings its own or none is known.
    pub(super) digest: Option<&'static str>,
}

const ALGORITHMS: &[(&str, &str, Option<&str>)] = &[
    ("1.2.840.113549.1.1.2", "rsa", Some("md2")),
    ("1.2.840.113549.1.1.3", "rsa", Some("md4")),
    ("1.2.840.113549.1.1.4", "rsa", Some("md5")),
    ("1.2.840.113549.1.1.5", "rsa", Some("sha1")),
    ("1.3.14.3.2.29", "rsa", Some("sha1")),
    ("1.2.840.113549.1.1.14", "rsa", Some("sha224")),
    ("1.2.840.113549.1.1.11", "rsa", Some("sha256")),
    ("1.2.840.113549.1.1.12", "rsa", Some("sha384")),
    ("1.2.840.113549.1.1.13", "rsa", Some("sha512")),
    ("1.2.840.10045.4.1", "ecdsa", Some("sha1")),
    ("1.2.840.10045.4.3.1", "ecdsa", Some("sha224")),
    ("1.2.840.10045.4.3.2", "ecdsa", Some("sha256")),
    ("1.2.840.10045.4.3.3", "ecdsa", Some("sha384")),
    ("1.2.840.10045.4.3.4", "ecdsa", Some("sha512")),
    ("1.2.840.10040.4.3", "dsa", Some("sha1")),
    ("2.16.840.1.101.3.4.3.2", "dsa", Some("sha256")),
    ("1.3.101.112", "ed25519", None),
    ("1.3.101.113", "ed448", None),
];

const RSA_PSS: &str = "1.2.840.113549.1.1.10";

/// The digests that may stand among the parameters of RSA-PSS, as their identifiers are encoded.
const DIGESTS: &[(&[u8], &str)] = &[
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01], "sha256"),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02], "sha384"),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03], "sha512"),
    (&[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04], "sha224"),
];

pub(super) fn signature(algorithm: &AlgorithmIdentifierOwned) -> Signature {
    let number = algorithm.oid.to_string();
    if number == RSA_PSS {
        return Signature { algorithm: "rsa-pss".to_owned(), digest: Some(digest_of_pss(algorithm)) };
    }
    match ALGORITHMS.iter().find(|(known, ..)| *known == number) {
        Some((_, name, digest)) => Signature { algorithm: (*name).to_owned(), digest: *digest },
        None => Signature { algorithm: number, digest: None },
    }
}

/// RSA-PSS names its digest in its parameters; unnamed it is SHA-1.
fn digest_of_pss(algorithm: &AlgorithmIdentifierOwned) -> &'static str {
    let parameters = algorithm.parameters.as_ref().and_then(|parameters| parameters.to_der().ok()).unwrap_or_default();
    let named = |identifier: &[u8]| parameters.windows(identifier.len()).position(|window| window == identifier);
    DIGESTS
        .iter()
        .filter_map(|(identifier, name)| Some((named(identifier)?, *name)))
        .min()
        .map_or("sha1", |found| found.1)
}
