//! The procedure as shell variables and cases: the only part of a script that differs from another.

use std::collections::BTreeSet;

use super::action::load_action;
use super::condition::postfix;
use super::writer::Writer;
use crate::emit::EmitError;
use crate::runbook::{
    Action, Check, Condition, Consequence, Metric, Phase, Procedure, Provenance, RedFlag, Unit, Variable,
};

pub(super) type Written = Result<(), EmitError>;

/// What a probe over HTTP runs, whatever `~/.curlrc` says: status on standard output, complaints on standard error.
const ASK: &str = r#"curl -q -sS -g --proto '=http,https' -o /dev/null -w '%{http_code}' --max-time "$STOPLINE_LIMIT" --url "$STOPLINE_URL""#;

pub(super) fn write(out: &mut Writer, procedure: &Procedure) -> Written {
    out.line("# ---------------------------------------------------------------- what is to be done");
    out.line("");
    constants(out, procedure)?;
    out.function("give_all", |out| variables(out, &procedure.env, "the plan"))?;
    out.function("give", |out| give(out, procedure))?;
    out.function("load_phase", |out| {
        let write = |out: &mut Writer, phase: &&Phase| {
            load_phase(out, procedure, phase);
            Ok(())
        };
        out.cases(&procedure.phases, |phase| phase.id.to_string(), write)
    })?;
    out.function("load_action", |out| load_action(out, procedure))?;
    out.function("load_capture", |out| {
        out.line("sl_capture_text=''");
        out.cases(
            procedure.captures(),
            |(id, capture)| format!("{id}:{}", capture.name),
            |out, (id, capture)| out.assign("sl_capture_text", &capture.run, &format!("`{}` of `{id}`", capture.name)),
        )
    })?;
    out.function("load_metric", |out| {
        out.line("sl_m_unit='' sl_m_negative='' sl_m_every='' sl_m_timeout='' sl_m_secrets='' sl_m_run=''");
        out.cases(&procedure.metrics, |metric| metric.id.to_string(), |out, metric| load_metric(out, metric))
    })?;
    out.function("load_flag", |out| {
        out.line("sl_f_lasting='' sl_f_then='' sl_f_on_failure='' sl_f_condition='' sl_f_title='' sl_f_policy=''");
        out.cases(&procedure.red_flags, |flag| flag.id.to_string(), |out, flag| load_flag(out, procedure, flag))
    })?;
    out.function("forbidden", |out| forbidden(out, procedure))
}

/// What it was made from, and the digest of what is done, which is not part of that.
pub(super) fn provenance(out: &mut Writer, provenance: &Provenance, rules: &str) {
    let policies =
        provenance.policies.iter().map(|policy| format!("{}={}={}", policy.id, policy.version, policy.digest));
    out.plain("sl_digest", &provenance.plan);
    out.plain("sl_key", provenance.key());
    out.plain("sl_policies", policies.collect::<Vec<_>>().join(" "));
    out.plain("sl_rules", rules);
    out.plain("sl_stopline", &provenance.stopline);
}

fn constants(out: &mut Writer, procedure: &Procedure) -> Written {
    out.plain("sl_plan", &procedure.id);
    out.plain("sl_service", &procedure.service);
    out.plain("sl_environment", &procedure.environment);
    out.label("sl_title_of_all", &procedure.title, "the plan's title")?;
    let window = procedure.guards.window;
    out.plain("sl_window_start", window.map(|window| window.start.get().to_string()).unwrap_or_default());
    out.plain("sl_window_end", window.map(|window| window.end.get().to_string()).unwrap_or_default());
    out.plain("sl_worst", procedure.worst_case().get());
    out.plain("sl_secrets", joined(procedure.secrets()));
    let of_metrics: BTreeSet<_> = procedure.metrics.iter().flat_map(|metric| &metric.command.secrets).collect();
    out.plain("sl_metric_secrets", joined(of_metrics));
    out.plain("sl_tools", tools(procedure));
    out.plain("sl_actions", joined(procedure.actions().map(Action::id)));
    let holds = procedure.actions().filter(|action| matches!(action, Action::Hold(_)));
    let everything =
        procedure.actions().flat_map(|action| [action.id()].into_iter().chain(action.members().map(|step| &step.id)));
    out.plain("sl_everything", joined(everything));
    out.plain("sl_holds", joined(holds.map(Action::id)));
    out.plain("sl_rollback_steps", joined(procedure.rollback.steps.iter().map(|step| &step.id)));
    out.plain("sl_guard_metrics", joined(procedure.read_by_guards()));
    out.assign("sl_http_script", ASK, "")
}

fn tools(procedure: &Procedure) -> String {
    let mut tools: Vec<&str> = procedure.guards.tools.iter().map(crate::runbook::ToolName::as_str).collect();
    let asks = |action: &Action| matches!(action, Action::Probe(probe) if matches!(probe.check, Check::Http { .. }));
    if procedure.actions().any(asks) {
        tools.push("curl");
    }
    if procedure.steps().any(|step| step.host.is_some()) {
        tools.push("ssh");
    }
    tools.sort_unstable();
    tools.dedup();
    tools.join(" ")
}

fn give(out: &mut Writer, procedure: &Procedure) -> Written {
    let metrics = procedure.metrics.iter().map(|metric| (format!("metric:{}", metric.id), &metric.command.env));
    let members = procedure.actions().flat_map(Action::members);
    let steps = members.chain(&procedure.rollback.steps).map(|step| (step.id.to_string(), &step.command.env));
    let actions = procedure.actions().filter_map(|action| Some((action.id().to_string(), env_of(action)?)));
    let given = actions.chain(steps).chain(metrics).filter(|(_, env)| !env.is_empty());
    out.cases(given, |(label, _)| label.clone(), |out, (label, env)| variables(out, env, label))
}

fn env_of(action: &Action) -> Option<&Vec<Variable>> {
    match action {
        Action::Step(step) => Some(&step.command.env),
        Action::Probe(probe) => Some(&probe.env),
        Action::Notify(notify) => Some(&notify.command.env),
        Action::Canary(canary) => Some(&canary.command.env),
        Action::Hold(_) | Action::Watch(_) | Action::Followup(_) | Action::Baseline(_) | Action::Parallel(_) => None,
    }
}

fn variables(out: &mut Writer, env: &[Variable], of: &str) -> Written {
    for variable in env {
        let name = variable.name.as_str();
        out.assign(&format!("export {name}"), &variable.value, &format!("`{name}` of `{of}`"))?;
    }
    out.line(":");
    Ok(())
}

fn load_phase(out: &mut Writer, procedure: &Procedure, phase: &Phase) {
    let armed: Vec<&RedFlag> = procedure.red_flags.iter().filter(|flag| flag.during.contains(&phase.id)).collect();
    let metrics = procedure.read_during(&phase.id);
    let every = metrics.iter().filter_map(|id| procedure.metric(id)).map(|metric| metric.every.get()).min();
    out.plain("sl_next_armed", joined(armed.iter().map(|flag| &flag.id)));
    out.plain("sl_next_metrics", joined(metrics));
    out.plain("sl_next_every", every.unwrap_or(60));
}

fn load_metric(out: &mut Writer, metric: &Metric) -> Written {
    let unit = match metric.unit {
        Unit::Number => "number",
        Unit::Percent => "percent",
        Unit::Duration => "duration",
    };
    out.plain("sl_m_unit", unit);
    out.plain("sl_m_negative", yes(metric.may_be_negative));
    out.plain("sl_m_every", metric.every.get());
    out.plain("sl_m_timeout", metric.command.timeout.get());
    out.plain("sl_m_secrets", joined(&metric.command.secrets));
    out.assign("sl_m_run", &metric.command.run, &format!("`run` of metric `{}`", metric.id))
}

fn load_flag(out: &mut Writer, procedure: &Procedure, flag: &RedFlag) -> Written {
    let on_failure = flag.condition.leaves().into_iter().any(|leaf| !matches!(leaf, Condition::Compare { .. }));
    let then = match flag.then {
        Consequence::Rollback => "rollback",
        Consequence::Hold => "hold",
        Consequence::FixForward => "fix-forward",
    };
    out.plain("sl_f_lasting", flag.lasting.get());
    out.plain("sl_f_then", then);
    out.plain("sl_f_on_failure", yes(on_failure));
    out.plain("sl_f_condition", postfix(procedure, &flag.condition));
    out.plain("sl_f_policy", flag.policy.as_ref().map(|policy| called(procedure, policy.as_str())).unwrap_or_default());
    out.label("sl_f_title", &flag.title, &format!("the title of red flag `{}`", flag.id))
}

fn forbidden(out: &mut Writer, procedure: &Procedure) -> Written {
    for time in &procedure.guards.forbidden {
        let help = time.help.as_deref().unwrap_or_default();
        let words = [time.from.get().to_string(), time.until.get().to_string()];
        let rule = format!("{}{}", time.rule, called(procedure, time.rule.split('/').next().unwrap_or_default()));
        let (command, last) = time.waived.as_ref().map_or(("forbid", help), |waived| ("excuse", waived));
        let texts = [rule.as_str(), time.reason.as_str(), last];
        out.call(command, &words, &texts, &format!("rule `{}`", time.rule))?;
    }
    out.line(":");
    Ok(())
}

/// ` of release 1.0.0, sha256 0123…`: which text of a policy stops a run.
fn called(procedure: &Procedure, policy: &str) -> String {
    let mut policies = procedure.provenance.policies.iter();
    let Some(found) = policies.find(|known| known.id.as_str() == policy) else { return String::new() };
    format!(" of {} {}, sha256 {}", found.id, found.version, found.digest)
}

pub(super) fn joined<T: ToString>(all: impl IntoIterator<Item = T>) -> String {
    all.into_iter().map(|one| one.to_string()).collect::<Vec<_>>().join(" ")
}

pub(super) const fn yes(is: bool) -> &'static str {
    if is { "yes" } else { "no" }
}
