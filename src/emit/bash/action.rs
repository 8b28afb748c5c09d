//! Actions and the steps of the way back, as what `load_action` sets.

use super::data::{Written, joined, yes};
use super::writer::Writer;
use crate::model::units::Instant;
use crate::runbook::{
    Action, Capture, Check, Command, EnvironmentName, Epoch, Id, Member, Missing, Procedure, Seconds, Step, Undo,
};

/// Every variable an action may have is set for each, so that none is left from the action before.
pub(super) fn load_action(out: &mut Writer, procedure: &Procedure) -> Written {
    const EMPTY: [&str; 43] = [
        "phase",
        "kind",
        "title",
        "run_text",
        "verify",
        "undo_text",
        "for_action",
        "signers",
        "needs",
        "expires",
        "every",
        "lasting",
        "failures",
        "check",
        "url",
        "expect",
        "shares",
        "analyze",
        "due",
        "due_text",
        "by",
        "of_metrics",
        "looks",
        "may_fail",
        "may_be_unknown",
        "missing",
        "members",
        "after",
        "limit",
        "tolerated",
        "machine",
        "told",
        "variables",
        "left_here",
        "left_after",
        "idempotent",
        "timeout",
        "retries",
        "retry_delay",
        "captures",
        "capture_timeout",
        "noted_by",
        "prepares",
    ];
    for names in EMPTY.chunks(7) {
        out.line(&names.iter().map(|name| format!("sl_{name}=''")).collect::<Vec<_>>().join(" "));
    }
    out.line("sl_undo_kind=none sl_changes=no");
    let actions = procedure.phases.iter().flat_map(|phase| phase.actions.iter().map(move |action| (&phase.id, action)));
    let actions = actions.enumerate().flat_map(|(index, (phase, action))| {
        let members = if let Action::Parallel(group) = action { group.members.as_slice() } else { &[] };
        let members = members.iter().map(move |member| Loaded::Member { index, phase, member });
        std::iter::once(Loaded::Action { index, phase, action }).chain(members)
    });
    let steps = procedure.rollback.steps.iter().map(Loaded::Return);
    out.cases(actions.chain(steps), Loaded::label, |out, loaded| match loaded {
        Loaded::Action { index, phase, action } => {
            out.plain("sl_phase", phase);
            out.plain("sl_left_here", procedure.worst_case_of_resuming(*index).get());
            out.plain("sl_left_after", procedure.worst_case_from(index + 1).get());
            out.label("sl_title", action.title(), &format!("the title of `{}`", action.id()))?;
            write_action(out, procedure, action)
        }
        Loaded::Member { index, phase, member } => {
            out.plain("sl_phase", phase);
            out.plain("sl_left_here", procedure.worst_case_of_resuming(*index).get());
            out.plain("sl_after", joined(&member.needs));
            out.label("sl_title", &member.step.title, &format!("the title of `{}`", member.step.id))?;
            write_step(out, procedure, &member.step)
        }
        Loaded::Return(step) => {
            out.label("sl_title", &step.title, &format!("the title of `{}`", step.id))?;
            write_step(out, procedure, step)
        }
    })
}

enum Loaded<'a> {
    Action { index: usize, phase: &'a Id, action: &'a Action },
    Member { index: usize, phase: &'a Id, member: &'a Member },
    Return(&'a Step),
}

impl Loaded<'_> {
    fn label(&self) -> String {
        match self {
            Self::Action { action, .. } => action.id().to_string(),
            Self::Member { member, .. } => member.step.id.to_string(),
            Self::Return(step) => step.id.to_string(),
        }
    }
}

fn write_action(out: &mut Writer, procedure: &Procedure, action: &Action) -> Written {
    match action {
        Action::Step(step) => write_step(out, procedure, step),
        Action::Hold(hold) => {
            out.plain("sl_kind", "hold");
            out.plain("sl_signers", joined(&hold.by));
            out.plain("sl_needs", hold.needs);
            out.plain("sl_expires", hold.expires.map(|expires| expires.get().to_string()).unwrap_or_default());
            Ok(())
        }
        Action::Probe(probe) => {
            out.plain("sl_kind", "probe");
            write_secrets(out, &probe.secrets);
            out.plain("sl_every", probe.every.get());
            out.plain("sl_lasting", probe.lasting.get());
            out.plain("sl_failures", probe.failures);
            out.plain("sl_timeout", probe.timeout.get());
            write_check(out, &probe.id, &probe.check)
        }
        Action::Watch(watch) => {
            out.plain("sl_kind", "watch");
            out.plain("sl_every", watch.every.get());
            out.plain("sl_lasting", watch.lasting.get());
            Ok(())
        }
        Action::Notify(notify) => {
            out.plain("sl_kind", "notify");
            out.plain("sl_retries", 0);
            write_command(out, &notify.id, &notify.command)
        }
        Action::Followup(followup) => {
            out.plain("sl_kind", "followup");
            out.plain("sl_due", followup.due.get());
            out.plain("sl_due_text", day(followup.due));
            out.plain("sl_by", followup.by.as_ref().map(ToString::to_string).unwrap_or_default());
            Ok(())
        }
        Action::Canary(canary) => {
            out.plain("sl_kind", "canary");
            out.plain("sl_changes", "yes");
            out.plain("sl_shares", joined(canary.shares.iter().map(rust_decimal::Decimal::normalize)));
            out.plain("sl_analyze", canary.analyze.get());
            out.plain("sl_every", canary.every.get());
            if let Some(analysis) = canary.analysis {
                out.plain("sl_looks", analysis.looks);
                out.plain("sl_may_fail", analysis.failures);
                out.plain("sl_may_be_unknown", analysis.inconclusive);
                out.plain(
                    "sl_missing",
                    match analysis.missing {
                        Missing::Failed => "failed",
                        Missing::Inconclusive => "inconclusive",
                    },
                );
            }
            write_tries(out, canary.retries, canary.retry_delay);
            out.plain("sl_idempotent", yes(canary.idempotent));
            write_command(out, &canary.id, &canary.command)?;
            write_captures(out, &canary.captures, &canary.command);
            write_undo(out, &canary.id, &canary.undo)
        }
        Action::Baseline(baseline) => {
            out.plain("sl_kind", "baseline");
            out.plain("sl_of_metrics", joined(&baseline.metrics));
            Ok(())
        }
        Action::Parallel(group) => {
            out.plain("sl_kind", "parallel");
            out.plain("sl_members", joined(group.members.iter().map(|member| &member.step.id)));
            out.plain("sl_limit", group.limit);
            out.plain("sl_tolerated", group.tolerated);
            Ok(())
        }
    }
}

fn write_step(out: &mut Writer, procedure: &Procedure, step: &Step) -> Written {
    out.plain("sl_kind", "step");
    out.plain("sl_changes", yes(step.changes));
    write_tries(out, step.retries, step.retry_delay);
    out.plain("sl_idempotent", yes(step.idempotent));
    write_command(out, &step.id, &step.command)?;
    write_captures(out, &step.captures, &step.command);
    if let Some(owner) = &step.noted_by {
        out.plain("sl_noted_by", owner);
    }
    if let Some(shift) = procedure.steps().find(|other| matches!(&other.undo, Undo::With(first) if *first == step.id)) {
        out.plain("sl_prepares", &shift.id);
    }
    if let Some(verify) = &step.verify {
        out.assign("sl_verify", verify, &format!("`verify` of step `{}`", step.id))?;
    }
    if let Some(host) = &step.host {
        let variables = procedure.env.iter().chain(&step.command.env).map(|variable| &variable.name);
        out.plain("sl_machine", host);
        out.plain("sl_told", joined(variables));
    }
    write_undo(out, &step.id, &step.undo)
}

fn write_captures(out: &mut Writer, captures: &[Capture], command: &Command) {
    if !captures.is_empty() {
        out.plain("sl_captures", joined(captures.iter().map(|capture| &capture.name)));
        out.plain("sl_capture_timeout", command.capture_timeout().get());
    }
}

fn write_tries(out: &mut Writer, retries: u32, delay: Seconds) {
    out.plain("sl_retries", retries);
    out.plain("sl_retry_delay", delay.get());
}

fn write_command(out: &mut Writer, id: &Id, command: &Command) -> Written {
    out.plain("sl_timeout", command.timeout.get());
    write_secrets(out, &command.secrets);
    if !command.env.is_empty() {
        out.plain("sl_variables", joined(command.env.iter().map(|variable| &variable.name)));
    }
    out.assign("sl_run_text", &command.run, &format!("`run` of `{id}`"))
}

fn write_secrets(out: &mut Writer, secrets: &[EnvironmentName]) {
    out.plain("sl_for_action", joined(secrets));
}

fn write_undo(out: &mut Writer, id: &Id, undo: &Undo) -> Written {
    match undo {
        Undo::Command(text) => {
            out.plain("sl_undo_kind", "command");
            out.assign("sl_undo_text", text, &format!("`undo` of `{id}`"))
        }
        Undo::Irreversible(why) => {
            out.plain("sl_undo_kind", "irreversible");
            out.label("sl_undo_text", why, &format!("`irreversible` of `{id}`"))
        }
        Undo::With(_) | Undo::None => Ok(()),
    }
}

fn write_check(out: &mut Writer, id: &Id, check: &Check) -> Written {
    match check {
        Check::Http { url, expect } => {
            out.plain("sl_check", "http");
            out.plain("sl_expect", expect);
            out.assign("sl_url", url, &format!("`http` of probe `{id}`"))
        }
        Check::Script { run, expect } => {
            out.plain("sl_check", "script");
            out.plain("sl_expect", expect);
            out.assign("sl_run_text", run, &format!("`run` of probe `{id}`"))
        }
    }
}

/// In UTC, which a reader anywhere can place.
fn day(due: Epoch) -> String {
    Instant::from_epoch_seconds(due.get()).map_or_else(|| due.get().to_string(), |due| due.to_string())
}
