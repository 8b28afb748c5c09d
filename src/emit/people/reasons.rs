//! Why one goes back, as far as a plan can know.

use super::Teller;
use super::failing::{Failing, What, spares};
use crate::emit::page::{Entry, Words, strong, text};
use crate::runbook::{Action, Consequence};

impl Teller<'_> {
    pub(super) fn reasons(&self) -> Vec<Entry> {
        let flags = self.procedure.red_flags.iter().filter(|flag| flag.then == Consequence::Rollback);
        let mut reasons: Vec<Words> =
            flags.map(|flag| strong(flag.title.as_str()).text(" (").code(flag.id.as_str()).text(")")).collect();
        let failing: Vec<Failing<'_>> = self.failing().into_iter().filter(|failing| failing.undoes).collect();
        reasons.extend(of_steps(&failing));
        reasons.extend(failing.iter().filter(|failing| !failing.caught).filter_map(of_the_rest));
        if self.refusal_undoes() {
            let mut holds = self.procedure.actions();
            let expire = holds.any(|action| matches!(action, Action::Hold(hold) if hold.expires.is_some()));
            reasons.push(text(if expire {
                "somebody refuses a hold, or it expires"
            } else {
                "somebody refuses a hold"
            }));
        }
        reasons.push(text(if self.people_of("lead").is_empty() { "somebody decides so" } else { "the lead says so" }));
        reasons.into_iter().map(Entry::new).collect()
    }
}

/// In one line, with those that a red flag says more of.
fn of_steps(failing: &[Failing<'_>]) -> Option<Words> {
    let steps = failing.iter().filter_map(|failing| match failing.what {
        What::Step(step) => Some((step, failing.caught)),
        What::TooMany(_) | What::Other(_) => None,
    });
    let (caught, back): (Vec<_>, Vec<_>) = steps.partition(|(_, caught)| *caught);
    let verified = back.iter().any(|(step, _)| step.verify.is_some());
    let says = if verified {
        "a step fails, its retries included, or its verification does"
    } else {
        "a step fails, its retries included"
    };
    let but = caught.iter().enumerate().fold(text(says), |words, (index, (step, _))| {
        words.text(if index == 0 { "; but not " } else { ", " }).code(step.id.as_str())
    });
    let but = if caught.is_empty() { but } else { but.text(", of which a red flag says more") };
    (!back.is_empty()).then_some(but)
}

fn of_the_rest(failing: &Failing<'_>) -> Option<Words> {
    let (id, title, fails) = match failing.what {
        What::Step(_) => return None,
        What::TooMany(group) => {
            let fails =
                format!(": more than {} of {} fail, their retries included", spares(group), group.members.len());
            (&group.id, group.title.as_str(), fails)
        }
        What::Other(action) => (
            action.id(),
            action.title(),
            match action {
                Action::Probe(probe) if probe.failures > 1 => format!(" is bad {} times in a row", probe.failures),
                Action::Probe(_) => " is bad".to_owned(),
                Action::Baseline(_) => " cannot be read".to_owned(),
                Action::Canary(_)
                | Action::Step(_)
                | Action::Hold(_)
                | Action::Watch(_)
                | Action::Notify(_)
                | Action::Followup(_)
                | Action::Parallel(_) => ": a share fails, its retries included".to_owned(),
            },
        ),
    };
    Some(strong(title).text(" (").code(id.as_str()).text(format!("){fails}")))
}
