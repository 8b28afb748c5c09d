//! Messages with their values filled in.

use super::context::Scope;
use super::evaluate::evaluate;
use crate::model::expression::{Template, TemplatePart};

/// What is not known is shown by its name, so that a message is never lost for one word.
pub(super) fn render(template: &Template, scope: &Scope<'_>) -> String {
    let mut message = String::new();
    for part in &template.parts {
        match part {
            TemplatePart::Text(text) => message.push_str(text),
            TemplatePart::Expr(expr) => {
                let shown = evaluate(expr, scope).map_or_else(|_| format!("‹{expr}›"), |value| value.data.to_string());
                message.push_str(&shown);
            }
        }
    }
    message
}
