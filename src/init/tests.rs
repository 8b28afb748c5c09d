//! What is written is read, laid out and judged as it stands.

use super::{Answers, Beginning, beginnings, found};
use crate::format::format;
use crate::model::enums::Platform;
use crate::model::units::{Date, Zone};
use crate::source::FileId;
use crate::syntax::parse;

fn of(sign: &str, service: &str) -> Vec<Beginning> {
    let answers = Answers {
        service: service.to_owned(),
        zone: Zone::parse("Europe/Berlin").unwrap(),
        lead: "@ada".to_owned(),
        on_call: "@grace".to_owned(),
        day: Date::parse("2026-12-01").unwrap(),
    };
    beginnings(found(|name| name == sign), &answers)
}

#[test]
fn what_names_a_platform_is_found_before_what_any_may_have() {
    assert_eq!(found(|name| ["Dockerfile", "fly.toml"].contains(&name)).platform, Platform::Fly);
    assert_eq!(found(|_| false).by, None);
}

#[test]
fn every_text_is_laid_out_already() {
    for sign in
        ["", "apps.txt", "fly.toml", "netlify.toml", "Dockerfile", "compose.yaml", "k8s/", "ecosystem.config.js"]
    {
        for beginning in of(sign, "Shop \"1\" \\ ü\u{202e}") {
            if ["release.plan", "policies/team.policy"].contains(&beginning.path) {
                let laid_out = format(&beginning.text, &parse(FileId::default(), &beginning.text)).unwrap();
                assert_eq!(laid_out, beginning.text, "{sign} {}", beginning.path);
            }
        }
    }
}

#[test]
fn a_name_of_any_kind_becomes_what_a_procedure_takes() {
    for (service, word) in
        [("Shop API", "Shop-API"), ("care.example.com", "care.example.com"), ("世界", "app"), ("-x", "x")]
    {
        let text = &of("compose.yaml", service).remove(0).text;
        assert!(text.contains(&format!("\n      service = \"{word}\"\n")), "{text}");
    }
}

#[test]
fn a_name_of_any_kind_becomes_an_id() {
    for (service, id) in [("Shop API", "shop-api"), ("2fa", "release-2fa"), ("世界", "release-"), ("a_b", "a-b")] {
        let text = &of("", service).remove(0).text;
        assert!(text.contains(&format!("\nplan {} {{\n", id.trim_end_matches('-'))), "{text}");
    }
}
