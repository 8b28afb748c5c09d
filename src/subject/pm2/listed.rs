//! Which applications a configuration lists, as PM2 looks for them: under `apps`, else under `pm2`, else the whole. What
//! it would start nothing from is said, and never taken for a configuration without applications.

use super::app::{own, script_of};
use super::diagnostics::{nothing_starts, worked_out};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::data::{Data, Value};
use crate::source::Place;
use crate::subject::fields::{fields, get, head, items, record};

/// Whether a file is one of PM2's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Claim {
    Certain,
    /// By its name it may be anybody's: `process.json`.
    ByItsFields,
}

/// The applications, and what is wrong with the rest.
#[derive(Debug, Default)]
pub(super) struct Listed<'v> {
    pub(super) apps: Vec<&'v Value>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Where PM2 looks, in its order.
const LISTS: &[&str] = &["apps", "pm2"];

/// What else a configuration may hold: it is there for other commands than `start`.
const BESIDE: &[&str] = &["deploy"];

pub(super) fn listed(root: &Value, claim: Claim) -> Listed<'_> {
    let mut listed = Listed::default();
    if let Some(place) = inherited(root) {
        listed.diagnostics.push(worked_out(place, "`__proto__` says what this inherits"));
        return listed;
    }
    for name in LISTS {
        match get(root, &[name]) {
            None => {}
            Some(list) if is_unresolved(list) => {
                listed.diagnostics.push(worked_out(list.place, "which applications there are is worked out"));
                return listed;
            }
            // PM2 goes on as if it were not there.
            Some(list) if is_nothing(list) => {}
            Some(list) => {
                listed.take(list, &format!("`{name}`"));
                return listed;
            }
        }
    }
    let is_anybodys = claim == Claim::ByItsFields && !fields(root).iter().any(|(name, _)| is_a_list(name));
    if is_unresolved(root) {
        listed.diagnostics.push(worked_out(root.place, "which applications there are is worked out"));
    } else if record(root).is_some() && script_of(root).is_none() {
        let is_for_others = BESIDE.iter().any(|name| own(root, name).is_some());
        if !is_anybodys && !is_for_others {
            listed.diagnostics.push(lists_nothing(root));
        }
    } else if !is_anybodys || script_of(root).or_else(|| items(root).iter().find_map(script_of)).is_some() {
        listed.take(root, "this file");
    }
    listed
}

impl<'v> Listed<'v> {
    /// One application, or a list of them.
    fn take(&mut self, list: &'v Value, called: &str) {
        let one = std::slice::from_ref(list);
        for app in if matches!(list.data, Data::List(_)) { items(list) } else { one } {
            if is_unresolved(app) {
                self.diagnostics.push(worked_out(app.place, "which application this is, is worked out"));
            } else if script_of(app).is_some() {
                self.apps.push(app);
            } else if record(app).is_some() {
                let message = format!("{called} holds an application without a `script`, which PM2 does not start");
                self.diagnostics.push(nothing_starts(head(app), message));
            } else {
                let message = format!("{called} holds {} where an application should be", app.data.noun());
                self.diagnostics.push(nothing_starts(app.place, message));
            }
        }
    }
}

/// Neither a list nor an application: placed on what was meant for one, where that can be told.
fn lists_nothing(root: &Value) -> Diagnostic {
    let empty = LISTS.iter().find_map(|name| own(root, name).map(|value| (*name, value)));
    if let Some((name, value)) = empty {
        let message = format!("`{name}` holds no application, but {}", value.data.noun());
        return nothing_starts(value.place, message);
    }
    let message = "this configuration of PM2 lists no application";
    let slip = fields(root).iter().find_map(|(name, value)| Some((name, value, did_you_mean(name, ["apps"])?)));
    match slip {
        Some((name, value, meant)) => nothing_starts(value.place, format!("{message}: `{name}` means nothing to PM2"))
            .help(format!("did you mean `{meant}`?")),
        None => nothing_starts(head(root), message),
    }
}

fn is_a_list(name: &str) -> bool {
    LISTS.iter().any(|list| list.eq_ignore_ascii_case(name))
}

/// As JavaScript takes it for false.
pub(super) fn is_nothing(value: &Value) -> bool {
    matches!(&value.data, Data::Null | Data::Bool(false))
        || matches!(&value.data, Data::Text(text) if text.is_empty())
        || matches!(&value.data, Data::Number(number) if number.is_zero())
}

fn is_unresolved(value: &Value) -> bool {
    matches!(value.data, Data::Unresolved(_))
}

/// Where a document says what an object inherits. PM2 runs JSON as a script, so this is no field there either.
fn inherited(value: &Value) -> Option<Place> {
    if let Some(found) = own(value, "__proto__") {
        return Some(head(found));
    }
    fields(value).iter().map(|(_, value)| value).chain(items(value)).find_map(inherited)
}
