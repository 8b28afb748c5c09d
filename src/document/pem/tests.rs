//! PEM as specification: what certificates say, where they stand, and that keys keep their secrets.

use super::super::testing::{complaints, read, walk};
use crate::document::Format::Pem;
use crate::document::{Document, NodeId, Value};
use crate::source::Span;

const WWW: &str = include_str!("../../../tests/fixtures/certificates/www.pem");
const FULL_CHAIN: &str = include_str!("../../../tests/fixtures/certificates/fullchain.pem");
const SELF_SIGNED: &str = include_str!("../../../tests/fixtures/certificates/self.pem");
const WEAK: &str = include_str!("../../../tests/fixtures/certificates/weak.pem");
const ED25519: &str = include_str!("../../../tests/fixtures/certificates/ed.pem");
const PSS: &str = include_str!("../../../tests/fixtures/certificates/pss.pem");
const KEY: &str = "-----BEGIN PRIVATE KEY-----\nbm8ga2V5IGF0IGFsbA==\n-----END PRIVATE KEY-----\n";

/// Every block with its fields, one a line.
#[track_caller]
fn blocks(text: &str) -> String {
    assert_eq!(complaints(Pem, text), "");
    let document = read(Pem, text).document;
    let blocks: Vec<String> = document.items(document.root()).iter().map(|block| fields(&document, *block)).collect();
    blocks.join("\n")
}

fn fields(document: &Document, block: NodeId) -> String {
    let field = |name: NodeId, value: NodeId| {
        let said = match document.value(value) {
            Value::Sequence(items) => {
                items.iter().filter_map(|item| document.text(*item)).collect::<Vec<_>>().join(", ")
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Mapping(_) => {
                document.text(value).unwrap().to_owned()
            }
        };
        format!("{}: {said}\n", document.text(name).unwrap())
    };
    document.entries(block).iter().map(|entry| field(entry.key, entry.value)).collect()
}

#[test]
fn a_certificate_says_who_when_and_how() {
    let expected = "\
kind: certificate
subject: C=DE,O=Example,CN=www.example.com
issuer: C=DE,O=Example Trust,CN=Example Root
serial: 3A123D9B95E658F695108940BE34FA596352BD76
not_before: 2026-10-01T00:00:00Z
not_after: 2026-12-30T00:00:00Z
names: www.example.com, example.com, 192.0.2.7, 2001:db8::7, ops@example.com
self_signed: false
authority: false
key: ec
key_bits: 256
signature: ecdsa
digest: sha256
";
    assert_eq!(blocks(WWW), expected);
    let with_words = format!("Bag Attributes\n  friendlyName: x\n\n{}\n", WWW.replace('\n', "\r\n"));
    assert_eq!(blocks(&with_words), expected, "what stands between blocks says nothing");
}

#[test]
fn keys_and_signatures_are_told_by_name_and_length() {
    let told = |text: &str| {
        let wanted = ["key", "key_bits", "signature", "digest", "self_signed"];
        let said = blocks(text);
        let told: Vec<&str> = said
            .lines()
            .filter_map(|line| line.split_once(": ").filter(|(name, _)| wanted.contains(name)).map(|(_, value)| value))
            .collect();
        told.join(" ")
    };
    assert_eq!(told(SELF_SIGNED), "true rsa 2048 rsa sha256");
    assert_eq!(told(WEAK), "false rsa 1024 ecdsa sha1");
    assert_eq!(told(ED25519), "true ed25519 256 ed25519");
    assert_eq!(told(PSS), "true rsa 2048 rsa-pss sha256");
}

#[test]
fn a_chain_is_a_list_and_each_certificate_stands_from_its_first_to_its_last_line() {
    let document = read(Pem, FULL_CHAIN).document;
    let [leaf, root] = document.items(document.root()) else { panic!("two certificates") };
    assert_eq!(document.span(*leaf).text(FULL_CHAIN), WWW.trim_end());
    let after = document.get(*root, "not_after").unwrap();
    assert_eq!(document.span(after), document.span(*root));
    assert_eq!(document.text(after), Some("2035-01-01T00:00:00Z"));
    assert_eq!(document.text(document.get(*root, "authority").unwrap()), Some("true"));
}

#[test]
fn of_a_private_key_nothing_is_kept_but_that_it_is_there() {
    let old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: x,y\n\nQUJD\n-----END RSA PRIVATE KEY-----\n";
    let text = format!("{WWW}{KEY}{old}");
    let document = read(Pem, &text).document;
    let keys: Vec<NodeId> = document.items(document.root()).iter().copied().skip(1).collect();
    let said: String = keys.iter().map(|key| fields(&document, *key)).collect();
    assert_eq!(said, "kind: private-key\nencrypted: false\nkind: private-key\nencrypted: true\n");
    for key in keys {
        assert!(document.span(key).text(&text).ends_with("PRIVATE KEY-----"));
    }
    walk(&document, &mut |node| {
        let shown = document.span(node).text(&text);
        let spoken_of = node == document.root() || !shown.contains("bm8ga2V5");
        assert!(spoken_of, "{shown}");
    });
}

#[test]
fn a_private_key_that_is_cut_off_is_not_shown_to_anybody() {
    let text = format!("{}\n{WWW}", KEY.lines().take(2).collect::<Vec<_>>().join("\n"));
    assert_eq!(complaints(Pem, &text), "");
    let document = read(Pem, &text).document;
    assert_eq!(document.items(document.root()).len(), 2);
}

#[test]
fn other_blocks_are_named() {
    let text = "-----BEGIN DH PARAMETERS-----\nQUJD\n-----END DH PARAMETERS-----\n";
    assert_eq!(blocks(text), "kind: other\nlabel: DH PARAMETERS\n");
}

#[test]
fn what_is_broken_is_said_once_with_its_place() {
    let stray = WWW.replacen("\nMII", "\nM*I", 1);
    assert_eq!(
        complaints(Pem, &format!("{SELF_SIGNED}{stray}")),
        format!(
            "{}:2 `*` document/invalid-certificate: the certificate is no base64 from here on
  help: export the certificate again as PEM; `openssl x509 -in FILE -text` shows what OpenSSL makes of it
",
            SELF_SIGNED.lines().count() + 2
        )
    );
    let lines: Vec<&str> = WWW.lines().collect();
    let shortened = [&lines[..3], &lines[4..]].concat().join("\n");
    let said = complaints(Pem, &shortened);
    assert!(said.starts_with("1:1 `-----BEGIN") && said.contains("the block holds no X.509 certificate"), "{said}");
    assert_eq!(said.matches("document/").count(), 1);
    for cut in [lines[..4].join("\n"), format!("{}\n-----END PRIVATE KEY-----\n", lines[..4].join("\n"))] {
        assert_eq!(
            complaints(Pem, &cut),
            "\
1:1 `-----BEGIN CERTIFICATE-----` document/invalid-certificate: this block is not closed by `-----END CERTIFICATE-----`
  help: was the file cut off? every block ends with the label it begins with
"
        );
    }
    assert_eq!(
        complaints(Pem, "hello\n"),
        "\
1:1 `` document/invalid-certificate: the file holds no certificate and no key
  help: a certificate starts with the line `-----BEGIN CERTIFICATE-----`
"
    );
    assert!(
        complaints(Pem, "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n").contains("no X.509 certificate")
    );
}

#[test]
fn every_damage_is_noticed() {
    let body: Vec<usize> =
        WWW.char_indices().filter(|(_, found)| found.is_ascii_alphanumeric()).map(|(at, _)| at).collect();
    for at in (0..WWW.trim_end().len()).step_by(7) {
        assert!(!read(Pem, Span::of(0..at).text(WWW)).diagnostics.is_empty(), "cut at {at}");
    }
    for at in body.into_iter().step_by(5) {
        let damaged = format!("{}{}", Span::of(0..at).text(WWW), Span::of(at + 1..WWW.len()).text(WWW));
        let before = read(Pem, WWW).document;
        let parsed = read(Pem, &damaged);
        let same = fields(&parsed.document, parsed.document.root()) == fields(&before, before.root());
        assert!(!parsed.diagnostics.is_empty() || !same, "a character less at {at}");
    }
}

#[test]
fn a_text_without_a_block_is_empty() {
    assert!(complaints(Pem, "\n \n").contains("document/empty: the file holds no value"));
}
