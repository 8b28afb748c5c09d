//! Certificates of PEM files, their dates as moments.

use rust_decimal::Decimal;

use super::fields::{Fields, get, items, path, text};
use super::generic::each;
use super::{Found, SourceText};
use crate::document::Format;
use crate::model::data::{Data, Value};
use crate::model::subject::CERTIFICATE;
use crate::model::units::Moment;
use crate::source::{Place, Span};

pub(super) fn find(files: &[SourceText<'_>]) -> Found {
    each(files, Format::Pem, |source, root| {
        let blocks = |kind: &str| items(root).iter().filter(move |block| is(block, kind)).collect::<Vec<_>>();
        let with_key = !blocks("private-key").is_empty();
        let numbered = blocks("certificate").into_iter().zip(1_u32..);
        numbered.map(|(block, position)| certificate(source, block, position, with_key)).collect()
    })
}

fn certificate(source: &SourceText<'_>, block: &Value, position: u32, with_key: bool) -> Value {
    let whole = block.place;
    let mut known = Fields::known(block, &CERTIFICATE);
    known.set("path", path(source.path, whole));
    known.set("position", Value::new(Data::Number(Decimal::from(position)), whole));
    known.set("private_key", Value::new(Data::Bool(with_key), whole));
    for name in ["not_before", "not_after"] {
        known.change(name, |value| Some(moment(value)));
    }
    let first_line = whole.span.text(&source.text).lines().next().unwrap_or_default().len();
    let start = whole.span.start;
    known.into_value(&CERTIFICATE, Place::new(whole.file, Span::new(start, start + Span::of(0..first_line).end)))
}

/// What no calendar has stays the text it is: whoever compares it is told so.
fn moment(value: Value) -> Value {
    match text(&value).map(Moment::parse) {
        Some(Ok(moment)) => Value::new(Data::Moment(moment), value.place),
        Some(Err(_)) | None => value,
    }
}

fn is(block: &Value, kind: &str) -> bool {
    get(block, &["kind"]).and_then(text) == Some(kind)
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Lab, cut, field, said};
    use super::*;
    use crate::model::policy::DocumentKind;

    const CHAIN: &str = include_str!("../../tests/fixtures/certificates/fullchain.pem");
    const KEY: &str = "-----BEGIN PRIVATE KEY-----\nbm8ga2V5\n-----END PRIVATE KEY-----\n";

    #[test]
    fn each_certificate_of_a_file_is_one_whose_dates_are_moments() {
        let lab = Lab::new(&[("tls/fullchain.pem", CHAIN)]);
        let found = lab.find(DocumentKind::Certificate);
        let [own, root] = found.subjects.as_slice() else { panic!("two certificates") };
        assert!(matches!(field(own, "not_after").unwrap().data, Data::Moment(_)));
        assert_eq!(said(own, "not_after"), "2026-12-30T00:00Z");
        assert_eq!(said(own, "names"), "www.example.com, example.com, 192.0.2.7, 2001:db8::7, ops@example.com");
        assert_eq!((said(own, "position"), said(root, "position")), ("1".to_owned(), "2".to_owned()));
        assert_eq!((said(own, "authority"), said(root, "authority")), ("false".to_owned(), "true".to_owned()));
        assert_eq!(said(root, "path"), "tls/fullchain.pem");
        assert_eq!(said(own, "private_key"), "false");
        assert_eq!(cut(&lab, own), "-----BEGIN CERTIFICATE-----");
        let after = cut(&lab, field(own, "not_after").unwrap());
        assert!(after.starts_with("-----BEGIN") && after.ends_with("-----END CERTIFICATE-----"), "{after}");
    }

    #[test]
    fn a_private_key_is_no_certificate_and_is_noticed_beside_one() {
        let lab = Lab::new(&[("a.pem", &format!("{KEY}{CHAIN}")), ("b.pem", KEY)]);
        let found = lab.find(DocumentKind::Certificate);
        assert_eq!(found.subjects.len(), 2);
        assert_eq!(said(&found.subjects[0], "private_key"), "true");
        assert!(found.diagnostics.is_empty());
    }

    #[test]
    fn a_broken_file_is_said_and_hides_no_other() {
        let lab =
            Lab::new(&[("a.pem", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"), ("b.pem", CHAIN)]);
        let found = lab.find(DocumentKind::Certificate);
        assert_eq!(found.subjects.len(), 2);
        assert_eq!(found.diagnostics.len(), 1);
    }
}
