//! `secret`: what stands in any text and nobody may see. No field ever holds it.

use rust_decimal::Decimal;

use super::fields::{Fields, path};
use super::{Found, SourceText};
use crate::document::secret::{Secret, find as secrets_of};
use crate::model::data::{Data, Value};
use crate::model::subject::SECRET;
use crate::source::Place;

pub(super) fn find(files: &[SourceText<'_>]) -> Found {
    let secrets = |source: &SourceText<'_>| {
        secrets_of(&source.text).into_iter().map(|secret| subject(source, &secret)).collect::<Vec<_>>()
    };
    Found { subjects: files.iter().flat_map(secrets).collect(), ..Found::default() }
}

fn subject(source: &SourceText<'_>, secret: &Secret) -> Value {
    let place = Place::new(source.file, secret.span);
    let written = secret.span.text(&source.text);
    let mut fields = Fields::default();
    fields.set("path", path(source.path, place));
    fields.set("kind", Value::new(Data::text(secret.kind), place));
    fields.set("masked", Value::new(Data::text(secret.shown(written)), place));
    fields.set("length", Value::new(Data::Number(Decimal::from(written.chars().count())), place));
    let entropy = Decimal::from_f64_retain(secret.entropy).unwrap_or_default().round_dp(1);
    fields.set("entropy", Value::new(Data::Number(entropy), place));
    fields.into_value(&SECRET, place)
}

#[cfg(test)]
mod tests {
    use crate::model::policy::DocumentKind;
    use crate::subject::testing::{Lab, cut, said};

    #[test]
    fn a_secret_is_found_in_any_file_and_never_told() {
        let lab = Lab::new(&[
            ("app/.env", "PORT=80\nDB_PASSWORD=kX9-plum-42\n"),
            ("deploy.sh", "curl https://a:Sommer-2024@host/\n"),
            ("clean.yaml", "password: ${DB_PASSWORD}\n"),
        ]);
        let found = lab.find(DocumentKind::Secret).subjects;
        let masked: Vec<String> = found.iter().map(|secret| said(secret, "masked")).collect();
        assert_eq!(masked, ["…(11 characters)", "…(11 characters)"]);
        assert_eq!(said(&found[0], "path"), "app/.env");
        assert_eq!(said(&found[0], "entropy"), "3.3");
        assert_eq!([cut(&lab, &found[0]), cut(&lab, &found[1])], ["kX9-plum-42", "Sommer-2024"]);
        assert!(!format!("{found:?}").contains("plum"), "not even in what a debugger sees");
    }
}
