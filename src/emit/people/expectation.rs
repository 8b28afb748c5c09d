//! What a run does by itself when something goes wrong, for those who only wait for its end.

use super::Teller;
use super::clock::at_most;
use super::failing::What;
use crate::emit::page::{Words, text};
use crate::runbook::{Action, Consequence, Seconds, Undo};

impl Teller<'_> {
    pub(super) fn expected(&self) -> Words {
        let words = text(format!("At worst it takes {}. ", self.at_worst()));
        let causes = self.stopped_by();
        let back = at_most(self.procedure.worst_rollback());
        let words = match (causes.is_empty(), self.irreversible()) {
            (_, _) if self.way_back().is_empty() => match causes.as_str() {
                "" => words.text("It changes nothing that would be taken back."),
                causes => words.text(format!("It stops by itself when {causes}; there is nothing to be taken back then.")),
            },
            (false, kept) if kept.is_empty() => words.text(format!(
                "It stops by itself when {causes}, and everything that was begun is taken back, which takes at most {back}."
            )),
            (true, kept) if kept.is_empty() => {
                words.text(format!("People can have what was begun taken back, which takes at most {back}."))
            }
            (stops_never, kept) => {
                let words = if stops_never { words } else { words.text(format!("It stops by itself when {causes}. ")) };
                let kept = kept.into_iter().enumerate().fold(text(""), |words, (index, title)| {
                    words.text(if index == 0 { "" } else { " or " }).strong(title)
                });
                let words = match (self.procedure.worst_rollback(), stops_never) {
                    (Seconds::ZERO, _) => words.text("Nothing is taken back once "),
                    (_, true) => words.text(format!("People can have what was begun taken back in at most {back}, unless ")),
                    (_, false) => words.text(format!("What was begun is taken back in at most {back}, unless ")),
                };
                words.and(kept).text(" was begun: that cannot be taken back, and people take over.")
            }
        };
        self.at_other_flags().into_iter().fold(words, Words::text)
    }

    /// `something fails, or a red flag is raised`
    fn stopped_by(&self) -> String {
        let failing = self.failing();
        let fails = failing.iter().any(|failing| !failing.caught);
        let allowed = failing.iter().any(|failing| failing.caught || matches!(failing.what, What::TooMany(_)));
        let fails = fails.then_some(if allowed {
            "something fails that the plan does not allow for"
        } else {
            "something fails"
        });
        let flags = &self.procedure.red_flags;
        let raised = flags.iter().any(|flag| flag.then == Consequence::Rollback);
        let raised = raised.then_some(if flags.iter().all(|flag| flag.then == Consequence::Rollback) {
            "a red flag is raised"
        } else {
            "a red flag asks for it"
        });
        fails.into_iter().chain(raised).collect::<Vec<_>>().join(", or ")
    }

    fn at_other_flags(&self) -> Vec<&'static str> {
        let has = |then| self.procedure.red_flags.iter().any(|flag| flag.then == then);
        let says = [
            (Consequence::Hold, " At some red flags it stops and waits for people."),
            (Consequence::FixForward, " At some red flags it goes on, and what they are about is repaired afterwards."),
        ];
        says.into_iter().filter(|(then, _)| has(*then)).map(|(_, says)| says).collect()
    }

    /// What cannot be taken back, by title.
    pub(super) fn irreversible(&self) -> Vec<&str> {
        let steps = self.procedure.steps().map(|step| (step.title.as_str(), &step.undo));
        let canaries = self.procedure.actions().filter_map(|action| {
            if let Action::Canary(canary) = action { Some((canary.title.as_str(), &canary.undo)) } else { None }
        });
        let kept = steps.chain(canaries).filter(|(_, undo)| matches!(undo, Undo::Irreversible(_)));
        kept.map(|(title, _)| title).collect()
    }
}
