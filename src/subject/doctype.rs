//! Document types of the Frappe framework, known by what their files say and not by their names alone.

use super::fields::{Fields, get, head, items, path, text};
use super::generic::each;
use super::{Found, SourceText};
use crate::document::Format;
use crate::model::data::{Data, Value};
use crate::model::subject::DOCTYPE;

pub(super) fn find(files: &[SourceText<'_>]) -> Found {
    each(files, Format::Json, |source, root| if is_doctype(root) { vec![doctype(source, root)] } else { Vec::new() })
}

fn is_doctype(root: &Value) -> bool {
    get(root, &["doctype"]).and_then(text) == Some("DocType")
}

fn doctype(source: &SourceText<'_>, root: &Value) -> Value {
    let place = get(root, &["name"]).map_or_else(|| head(root), |name| name.place);
    let mut known = Fields::known(root, &DOCTYPE);
    known.set("path", path(source.path, place));
    let fields = get(root, &["fields"]);
    let names = fields.map(items).unwrap_or_default().iter().filter_map(|field| get(field, &["fieldname"]).cloned());
    known.set("field_names", Value::new(Data::List(names.collect()), fields.map_or(place, |fields| fields.place)));
    known.into_value(&DOCTYPE, place)
}

#[cfg(test)]
mod tests {
    use crate::model::policy::DocumentKind;
    use crate::subject::testing::{Lab, cut, said};

    #[test]
    fn only_a_document_type_is_one() {
        let lab = Lab::new(&[
            (
                "a/doctype/visit/visit.json",
                r#"{"doctype": "DocType", "name": "Visit", "track_changes": 1, "fields": [{"fieldname": "patient"}]}"#,
            ),
            ("a/doctype/visit/other.json", r#"{"doctype": "Report", "name": "Visits"}"#),
        ]);
        let found = lab.find(DocumentKind::DocType).subjects;
        assert_eq!(found.len(), 1);
        assert_eq!(said(&found[0], "track_changes"), "1");
        assert_eq!(said(&found[0], "field_names"), "patient");
        assert_eq!(cut(&lab, &found[0]), "\"Visit\"");
    }
}
