//! Blocks to mappings: what may be known of each, and nothing more.

use super::base64;
use super::block::{Block, blocks};
use super::certificate::{Behind, Certificate};
use crate::document::builder::{Builder, Collection, Scalar, TooDeep};
use crate::document::{INVALID_CERTIFICATE, Parsed};
use crate::source::Span;

const AGAIN: &str = "export the certificate again as PEM; `openssl x509 -in FILE -text` shows what OpenSSL makes of it";

struct Reader<'text> {
    builder: Builder,
    text: &'text str,
}

pub(in crate::document) fn read(builder: Builder, text: &str) -> Parsed {
    let mut reader = Reader { builder, text };
    let _ = reader.all(&blocks(text));
    reader.builder.finish()
}

impl Reader<'_> {
    fn all(&mut self, blocks: &[Block]) -> Result<(), TooDeep> {
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else {
            self.none();
            return Ok(());
        };
        self.builder.open(Collection::Sequence, Span::at(first.begin.start))?;
        for block in blocks {
            self.block(block)?;
        }
        self.builder.close(Some(last.span().end));
        Ok(())
    }

    fn none(&mut self) {
        let written = self.text.trim_matches(|found: char| found.is_whitespace() || found == '\u{feff}');
        if !written.is_empty() {
            let help = "a certificate starts with the line `-----BEGIN CERTIFICATE-----`";
            self.broken(Span::at(0), "the file holds no certificate and no key", help);
        }
    }

    fn block(&mut self, block: &Block) -> Result<(), TooDeep> {
        let label = block.label.text(self.text);
        let place = block.span();
        if label.ends_with("PRIVATE KEY") {
            // Its text is nobody's business, and a place is text: only the opening line is spoken of. Nor is it said
            // when it is not closed, since reports show the lines around what they speak of.
            self.open("private-key", block.begin)?;
            let encrypted =
                label.starts_with("ENCRYPTED") || block.body.text(self.text).contains("Proc-Type: 4,ENCRYPTED");
            self.flag("encrypted", encrypted, block.begin);
            self.builder.close(Some(block.begin.end));
            return Ok(());
        }
        if block.end.is_none() {
            let message = format!("this block is not closed by `-----END {label}-----`");
            self.broken(block.begin, &message, "was the file cut off? every block ends with the label it begins with");
        }
        let behind = match label {
            "CERTIFICATE" | "X509 CERTIFICATE" => Behind::Nothing,
            "TRUSTED CERTIFICATE" => Behind::Trust,
            _ => {
                self.open("other", place)?;
                self.text("label", label, place);
                self.builder.close(Some(place.end));
                return Ok(());
            }
        };
        self.open("certificate", place)?;
        if block.end.is_some() {
            self.certificate(block, behind)?;
        }
        self.builder.close(Some(place.end));
        Ok(())
    }

    fn certificate(&mut self, block: &Block, behind: Behind) -> Result<(), TooDeep> {
        let place = block.span();
        let bytes = match base64::decode(block.body.text(self.text)) {
            Ok(bytes) => bytes,
            Err(at) => {
                let at = block.body.start as usize + at;
                let width = self.text.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
                self.broken(Span::of(at..at + width), "the certificate is no base64 from here on", AGAIN);
                return Ok(());
            }
        };
        let Ok(said) = Certificate::read(&bytes, behind) else {
            self.broken(place, "the block holds no X.509 certificate", AGAIN);
            return Ok(());
        };
        for (name, value) in [
            ("subject", &said.subject),
            ("issuer", &said.issuer),
            ("serial", &said.serial),
            ("not_before", &said.not_before),
            ("not_after", &said.not_after),
        ] {
            self.text(name, value, place);
        }
        self.key("names", place);
        self.builder.open(Collection::Sequence, Span::at(place.start))?;
        for name in &said.names {
            self.builder.scalar(Scalar::String, place, name, &[]);
        }
        self.builder.close(Some(place.end));
        self.flag("self_signed", said.self_signed, place);
        self.flag("authority", said.authority, place);
        self.text("key", &said.key, place);
        if let Some(bits) = said.key_bits {
            self.key("key_bits", place);
            self.builder.scalar(Scalar::Number, place, &bits.to_string(), &[]);
        }
        self.text("signature", &said.signature.algorithm, place);
        if let Some(digest) = said.signature.digest {
            self.text("digest", digest, place);
        }
        Ok(())
    }

    fn open(&mut self, kind: &str, place: Span) -> Result<(), TooDeep> {
        self.builder.open(Collection::Mapping, Span::at(place.start))?;
        self.text("kind", kind, place);
        Ok(())
    }

    /// Nobody wrote the key: it stands where its value begins.
    fn key(&mut self, name: &str, place: Span) {
        self.builder.scalar(Scalar::String, Span::at(place.start), name, &[]);
    }

    fn text(&mut self, name: &str, value: &str, place: Span) {
        self.key(name, place);
        self.builder.scalar(Scalar::String, place, value, &[]);
    }

    fn flag(&mut self, name: &str, value: bool, place: Span) {
        self.key(name, place);
        self.builder.scalar(Scalar::Bool(value), place, "", &[]);
    }

    fn broken(&mut self, span: Span, message: &str, help: &str) {
        let report = self.builder.diagnostic(&INVALID_CERTIFICATE, span, message).help(help);
        self.builder.report(report);
    }
}
