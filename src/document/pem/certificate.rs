//! What an X.509 certificate says of itself.

use x509_cert::certificate::{CertificateInner, Raw};
use x509_cert::der::{Decode, Reader as _, SliceReader};
use x509_cert::ext::pkix::name::GeneralName;
use x509_cert::ext::pkix::{
    AuthorityKeyIdentifier, BasicConstraints, KeyUsage, KeyUsages, SubjectAltName, SubjectKeyIdentifier,
};

use super::key;
use super::signature::{Signature, signature};

type Inner = CertificateInner<Raw>;

#[derive(Debug)]
pub(super) struct Certificate {
    pub(super) subject: String,
    pub(super) issuer: String,
    pub(super) serial: String,
    /// RFC 3339, in UTC.
    pub(super) not_before: String,
    pub(super) not_after: String,
    /// Whom it is for: host names, addresses and whatever else it names.
    pub(super) names: Vec<String>,
    pub(super) self_signed: bool,
    /// Whether it may sign others, by its constraints and its key usage.
    pub(super) authority: bool,
    pub(super) key: String,
    pub(super) key_bits: Option<usize>,
    pub(super) signature: Signature,
}

/// What may stand behind the certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Behind {
    Nothing,
    /// OpenSSL's `TRUSTED CERTIFICATE` says behind it what it is trusted for.
    Trust,
}

/// The bytes are none, or one with an extension that is broken or stands there twice.
#[derive(Debug)]
pub(super) struct NoCertificate;

impl<E: Into<x509_cert::der::Error>> From<E> for NoCertificate {
    fn from(_: E) -> Self {
        Self
    }
}

impl Certificate {
    pub(super) fn read(bytes: &[u8], behind: Behind) -> Result<Self, NoCertificate> {
        let mut reader = SliceReader::new(bytes)?;
        let inner: Inner = reader.decode()?;
        if behind == Behind::Nothing && !reader.is_finished() {
            return Err(NoCertificate);
        }
        let said = inner.tbs_certificate();
        let key = key::of(said.subject_public_key_info());
        Ok(Self {
            subject: said.subject().to_string(),
            issuer: said.issuer().to_string(),
            serial: hexadecimal(said.serial_number().as_bytes()),
            not_before: said.validity().not_before.to_string(),
            not_after: said.validity().not_after.to_string(),
            names: names(&inner)?,
            self_signed: self_signed(&inner)?,
            authority: authority(&inner)?,
            key: key.kind,
            key_bits: key.bits,
            signature: signature(inner.signature_algorithm()),
        })
    }
}

fn extension<'a, T>(inner: &'a Inner) -> Result<Option<T>, NoCertificate>
where
    T: Decode<'a> + x509_cert::der::oid::AssociatedOid,
{
    let found = inner.tbs_certificate().get_extension::<T>().map_err(|_| NoCertificate)?;
    Ok(found.map(|(_, extension)| extension))
}

fn names(inner: &Inner) -> Result<Vec<String>, NoCertificate> {
    let names = extension::<SubjectAltName>(inner)?.map(|names| names.0).unwrap_or_default();
    Ok(names.iter().filter_map(name).collect())
}

fn name(name: &GeneralName) -> Option<String> {
    match name {
        GeneralName::DnsName(name) | GeneralName::Rfc822Name(name) | GeneralName::UniformResourceIdentifier(name) => {
            Some(name.to_string())
        }
        GeneralName::IpAddress(bytes) => address(bytes.as_bytes()),
        GeneralName::DirectoryName(name) => Some(name.to_string()),
        GeneralName::OtherName(_) | GeneralName::EdiPartyName(_) | GeneralName::RegisteredId(_) => None,
    }
}

fn address(bytes: &[u8]) -> Option<String> {
    if let Ok(bytes) = <[u8; 4]>::try_from(bytes) {
        return Some(std::net::Ipv4Addr::from(bytes).to_string());
    }
    <[u8; 16]>::try_from(bytes).ok().map(|bytes| std::net::Ipv6Addr::from(bytes).to_string())
}

/// Its issuer is its subject, and the key that signed it, where it is said, its own.
fn self_signed(inner: &Inner) -> Result<bool, NoCertificate> {
    let said = inner.tbs_certificate();
    if said.subject() != said.issuer() {
        return Ok(false);
    }
    let signed_by = extension::<AuthorityKeyIdentifier>(inner)?.and_then(|key| key.key_identifier);
    let own = extension::<SubjectKeyIdentifier>(inner)?.map(|key| key.0);
    Ok(match (signed_by, own) {
        (Some(signed_by), Some(own)) => signed_by == own,
        (Some(_) | None, Some(_) | None) => true,
    })
}

fn authority(inner: &Inner) -> Result<bool, NoCertificate> {
    let constraints = extension::<BasicConstraints>(inner)?;
    let usage = extension::<KeyUsage>(inner)?;
    let signs = usage.is_some_and(|usage| usage.0.contains(KeyUsages::KeyCertSign));
    Ok(constraints.is_some_and(|constraints| constraints.ca) && signs)
}

fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}
