//! The names of container images.

use super::fields::{Fields, text};
use super::part::part;
use crate::model::data::Value;

/// Sets `image-tag` and `image-digest` from an image such as `registry:5000/team/app:v1@sha256:…`.
pub(super) fn set_parts(fields: &mut Fields, image: Option<&Value>, source: &str) {
    let Some((image, written)) = image.and_then(|image| Some((image, text(image)?))) else { return };
    let name = written.split('@').next().unwrap_or_default();
    // A colon before the last slash is the port of a registry.
    let last = name.rfind('/').map_or(0, |slash| slash + 1);
    let tag = name.get(last..).and_then(|last| last.find(':')).map(|colon| last + colon + 1..name.len());
    let digest = (name.len() < written.len()).then(|| name.len() + 1..written.len());
    fields.set_if("image-tag", tag.and_then(|range| part(image, range, source)));
    fields.set_if("image-digest", digest.and_then(|range| part(image, range, source)));
}

#[cfg(test)]
mod tests {
    use crate::model::policy::DocumentKind;
    use crate::subject::testing::{Lab, cut, field};

    #[test]
    fn tag_and_digest_stand_where_they_are_written() {
        for (image, tag, digest) in [
            ("nginx", None, None),
            ("nginx:1.27", Some("1.27"), None),
            ("localhost:5000/team/app", None, None),
            ("'localhost:5000/team/app:v1@sha256:abc'", Some("v1"), Some("sha256:abc")),
            ("\"app@sha256:abc\"", None, Some("sha256:abc")),
            ("\"app:v\\u0031\"", Some("\"app:v\\u0031\""), None),
        ] {
            let text = format!("services:\n  web:\n    image: {image}\n");
            let lab = Lab::new(&[("compose.yaml", &text)]);
            let found = lab.find(DocumentKind::ComposeService);
            let at = |name: &str| field(&found.subjects[0], name).map(|value| cut(&lab, value));
            assert_eq!((at("image-tag").as_deref(), at("image-digest").as_deref()), (tag, digest), "{image}");
        }
    }
}
