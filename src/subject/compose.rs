//! Services of Compose files.

use std::sync::Arc;

use super::fields::{Fields, fields, get, head, items, keys_or_list, listed, path, record, text};
use super::generic::each;
use super::part::part;
use super::{Found, SourceText, image};
use crate::document::Format;
use crate::model::data::{Data, Record, Text, Value};
use crate::model::subject::{MOUNT, SERVICE};

pub(super) fn find(files: &[SourceText<'_>]) -> Found {
    each(files, Format::Yaml, |source, root| {
        let services = get(root, &["services"]).map(fields).unwrap_or_default();
        services.iter().map(|(name, service)| self::service(source, name, service)).collect()
    })
}

fn service(source: &SourceText<'_>, name: &Text, service: &Value) -> Value {
    let place = head(service);
    let mut known = Fields::known(service, &SERVICE);
    known.set("path", path(source.path, place));
    known.set("name", Value::new(Data::Text(name.clone()), place));
    known.change("depends_on", |value| Some(keys_or_list(value)));
    known.change("env_file", |value| Some(listed(value)));
    known.change("environment", |value| Some(environment(value, source)));
    if let Some(volumes) = get(service, &["volumes"]) {
        let mounts = items(volumes).iter().map(|volume| mount(volume, source));
        known.set("mounts", Value::new(Data::List(mounts.collect()), volumes.place));
    }
    image::set_parts(&mut known, get(service, &["image"]), &source.text);
    known.into_value(&SERVICE, place)
}

/// `source:target:mode`, `source:target`, or the target alone; or the long form.
fn mount(volume: &Value, source: &SourceText<'_>) -> Value {
    let mut mount = Fields::known(volume, &MOUNT);
    if let Some(written) = text(volume) {
        let ends: Vec<usize> = written.match_indices(':').map(|(at, _)| at).chain([written.len()]).collect();
        let starts = std::iter::once(0).chain(ends.iter().map(|end| end + 1));
        let names: &[&str] = if ends.len() == 1 { &["target"] } else { &["source", "target", "mode"] };
        for ((start, end), name) in starts.zip(&ends).zip(names) {
            mount.set_if(name, part(volume, start..*end, &source.text));
        }
    }
    mount.into_value(&MOUNT, head(volume))
}

/// `- NAME=value` for each, or a mapping: always the mapping. A name alone takes its value from outside: `null`.
fn environment(value: Value, source: &SourceText<'_>) -> Value {
    if record(&value).is_some() {
        return value;
    }
    let fields = items(&value).iter().filter_map(|item| {
        let written = text(item)?;
        let Some(equals) = written.find('=') else {
            return Some((Text::from(written), Value::new(Data::Null, item.place)));
        };
        Some((Text::from(written.get(..equals)?), part(item, equals + 1..written.len(), &source.text)?))
    });
    let record = Record { shape: None, fields: fields.collect(), head: value.place };
    Value::new(Data::Record(Arc::new(record)), value.place)
}

#[cfg(test)]
mod tests {
    use crate::model::policy::DocumentKind;
    use crate::subject::testing::{Lab, cut, field, said};

    #[test]
    fn volumes_say_the_same_in_both_forms() {
        for volume in ["\"/run/docker.sock:/sock:ro\"", "{type: bind, source: /run/docker.sock, target: /sock}"] {
            let lab = Lab::new(&[("compose.yaml", &format!("services: {{web: {{volumes: [{volume}]}}}}\n"))]);
            let services = lab.find(DocumentKind::ComposeService).subjects;
            let mounts = super::items(field(&services[0], "mounts").unwrap());
            assert_eq!(cut(&lab, field(&mounts[0], "source").unwrap()), "/run/docker.sock");
            assert_eq!(said(&mounts[0], "target"), "/sock");
        }
    }

    #[test]
    fn lists_and_mappings_say_the_same() {
        for (environment, depends) in
            [("[A=1, B]", "[db]"), ("{A: \"1\", B: null}", "{db: {condition: service_healthy}}")]
        {
            let text = format!(
                "services:\n  web:\n    environment: {environment}\n    depends_on: {depends}\n    restart: \"no\"\n"
            );
            let lab = Lab::new(&[("compose.yaml", &text)]);
            let services = lab.find(DocumentKind::ComposeService).subjects;
            let web = &services[0];
            assert_eq!(said(web, "name"), "web");
            assert_eq!(said(web, "depends_on"), "db");
            assert_eq!(said(field(web, "environment").unwrap(), "A"), "1");
            assert_eq!(said(field(web, "environment").unwrap(), "B"), "null");
            assert_eq!(cut(&lab, web), "web");
        }
    }
}
