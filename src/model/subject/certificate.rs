//! `certificate`: X.509 certificates in PEM files.

use super::{Shape, Type, field, subject};

/// A certificate.
pub static CERTIFICATE: Shape = subject(
    "certificate",
    "A certificate in a PEM file, as it speaks of itself: no signature is verified. A file may hold several.",
    &[
        field("path", Type::Text, "The path of its file."),
        field("position", Type::Number, "Which of the certificates in its file it is: 1 is a server's own."),
        field("subject", Type::Text, "Whose it is: `C=DE,O=Example,CN=www.example.com`."),
        field("issuer", Type::Text, "Who signed it."),
        field("serial", Type::Text, "Its serial number, in hexadecimal digits."),
        field("not_before", Type::Moment, "When it becomes valid."),
        field("not_after", Type::Moment, "When it ends."),
        field("names", Type::List(&Type::Text), "The host names and addresses it is for."),
        field("self_signed", Type::Bool, "Whether its issuer is its subject."),
        field("authority", Type::Bool, "Whether it is there to sign others, by its constraints and its key usage."),
        field("key", Type::Text, "The kind of its key: `rsa`, `ec`, `ed25519`, …"),
        field("key_bits", Type::Number, "How long its key is; missing where that is not known."),
        field("signature", Type::Text, "How it is signed: `rsa`, `rsa-pss`, `ecdsa`, `ed25519`, …"),
        field(
            "digest",
            Type::Text,
            "The digest that is signed: `sha256`, …; missing where the signature brings its own.",
        ),
        field("private_key", Type::Bool, "Whether its file holds a private key too."),
    ],
);
