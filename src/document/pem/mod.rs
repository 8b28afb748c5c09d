//! PEM text into the arena: a list of its blocks. A certificate is a mapping of what it says, from its first to its last
//! line; of a private key only its opening line is kept, and whether it is encrypted: never any of its text.
//!
//! Signatures are not verified: this reads what a certificate says of itself.

mod base64;
mod block;
mod certificate;
mod key;
mod reader;
mod signature;

pub(super) use reader::read;

#[cfg(test)]
mod tests;
