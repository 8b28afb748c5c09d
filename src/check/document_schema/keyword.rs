//! The keywords of JSON Schema, and slips of them. A word that is nothing like one may be anybody's own, as JSON Schema
//! has it.

use crate::diagnostic::did_you_mean;

/// Those of every draft from 4 to 2020-12.
const KEYWORDS: &[&str] = &[
    "$anchor",
    "$comment",
    "$defs",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$recursiveAnchor",
    "$recursiveRef",
    "$ref",
    "$schema",
    "$vocabulary",
    "additionalItems",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contains",
    "contentEncoding",
    "contentMediaType",
    "contentSchema",
    "default",
    "definitions",
    "dependencies",
    "dependentRequired",
    "dependentSchemas",
    "deprecated",
    "description",
    "else",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "id",
    "if",
    "items",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "not",
    "oneOf",
    "pattern",
    "patternProperties",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "then",
    "title",
    "type",
    "unevaluatedItems",
    "unevaluatedProperties",
    "uniqueItems",
    "writeOnly",
];

/// Keywords that decide what a rule may say of a document: a slip of another changes nothing here.
const DECISIVE: &[&str] = &[
    "$defs",
    "$ref",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "definitions",
    "enum",
    "items",
    "oneOf",
    "patternProperties",
    "prefixItems",
    "properties",
    "type",
    "unevaluatedProperties",
];

/// Words of other tools that look like slips and are none: of descriptions of interfaces, of editors, of generators of code.
const OF_OTHERS: &[&str] = &[
    "enumDescriptions",
    "enumNames",
    "example",
    "item",
    "markdownDescription",
    "markdownEnumDescriptions",
    "nullable",
    "options",
    "order",
    "propertyOrder",
    "tsType",
    "types",
];

/// What a word was meant for, where it is nearly a keyword that decides something.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    let is_known = KEYWORDS.contains(&word) || OF_OTHERS.contains(&word);
    // `x-type` and `x_type` say themselves that they are somebody's own.
    if is_known || word.starts_with("x-") || word.starts_with("x_") || word.len() < 4 {
        return None;
    }
    did_you_mean(word, KEYWORDS.iter().copied()).filter(|near| DECISIVE.contains(near))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_known_and_words_of_others_are_let_be() {
        for (slip, keyword) in [
            ("propertes", "properties"),
            ("Properties", "properties"),
            ("additionalPropertes", "additionalProperties"),
            ("additional_properties", "additionalProperties"),
            ("Type", "type"),
            ("itmes", "items"),
            ("enums", "enum"),
            ("anyof", "anyOf"),
            ("$def", "$defs"),
        ] {
            assert_eq!(meant(slip), Some(keyword), "{slip}");
        }
        for word in ["x-type", "markdownDescription", "example", "nullable", "taplo", "tsType", "xml", "titel"] {
            assert_eq!(meant(word), None, "{word}");
        }
    }
}
