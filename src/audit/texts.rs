//! The texts of the evidence that somebody else wrote, each handed out once. Every field of every part is named here, so
//! that none is forgotten.

use super::{
    Account, Audit, Control, Document, Group, JournalEvidence, Measure, PlanOfRun, PolicyEvidence, RuleEvidence, Run,
    Said, Scope, Waiver,
};

/// What has texts in it.
pub(super) trait Texts {
    fn each(&mut self, change: &mut dyn FnMut(&mut String));
}

impl Texts for String {
    fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
        change(self);
    }
}

impl<T: Texts> Texts for Option<T> {
    fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
        if let Some(one) = self {
            one.each(change);
        }
    }
}

impl<T: Texts> Texts for Vec<T> {
    fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
        for one in self {
            one.each(change);
        }
    }
}

/// `Part { with texts; without }`.
macro_rules! texts {
    ($($part:ident { $($text:ident),* ; $($other:ident),* })+) => {$(
        impl Texts for $part {
            fn each(&mut self, change: &mut dyn FnMut(&mut String)) {
                let Self { $($text,)* $($other: _,)* } = self;
                $($text.each(change);)*
            }
        }
    )+};
}

texts! {
    Audit { scope, waivers, controls, journals, runs, measures; at }
    Scope { paths, plans, policies; left_out }
    Document { path, id, digest; }
    PolicyEvidence { id, version, digest, path; is_shipped }
    Waiver { rule, plan, path, reason, by, until, ticket, file; line, state, needed_by }
    Control { framework, id, rules; status }
    RuleEvidence { id, title, policy; severity, passed, failed, skipped, undecided, waived, enforced_at_run }
    JournalEvidence { path, head; lines, runs, is_sound, logs_named, logs_proven }
    Run {
        journal, service, environment, plan, policies, stopline, by, why, approvals, refusals, glass, overruled, stops, flags;
        attempt, line, began, ended, seconds, end, changed, is_sound
    }
    PlanOfRun { id, digest, path; }
    Account { user, host, from; }
    Said { of, who, how, why, by; line, at }
    Group { service, environment, measures; runs, from, until }
    Measure { why; id, title, figure, target, met, counted, of }
}
