//! The one door of these tests: a policy and a plan in, findings out.

use crate::texts::Texts;

/// A rule of the policy `p` over plans, with what is between its braces.
pub(crate) fn rule(body: &str) -> String {
    format!("policy p {{\n  rule r \"R\" {{\n    {body}\n  }}\n}}\n")
}

/// A rule on `plan` that requires a condition and says `no` where it does not hold.
pub(crate) fn requires(condition: &str) -> String {
    rule(&format!("on plan\n    require {condition}\n    message \"no\""))
}

/// A plan of production with what is between its braces.
pub(crate) fn plan(body: &str) -> String {
    format!("plan x {{\n  service = \"s\"\n  environment = production\n  {body}\n}}\n")
}

/// Every finding of the rules of `p`, and of the names and types of policies: `id "underlined": message`.
pub(crate) fn findings(policy: &str, plan: &str) -> Vec<String> {
    found(policy, plan, "2026-11-23T09:00Z").into_iter().filter(|line| is_of_policies(line)).collect()
}

/// Every finding.
pub(crate) fn found(policy: &str, plan: &str, at: &str) -> Vec<String> {
    let mut texts = Texts::at(at).judged_by(policy).input("x.plan", plan);
    let checked = texts.check();
    let line = |finding: &stopline::diagnostic::Diagnostic| {
        let cut = finding.place.map(|place| texts.sources.slice(place).to_owned()).unwrap_or_default();
        let first = cut.lines().next().unwrap_or_default();
        let waived = if finding.waived.is_some() { " (waived)" } else { "" };
        format!("{}[{}]{waived} `{first}`: {}", finding.severity, finding.rule, finding.message)
    };
    checked.report.findings().iter().map(line).filter(|line| !is_of_analysis(line)).collect()
}

/// The same with the help of each finding, where it has one.
pub(crate) fn helps(policy: &str, plan_text: &str) -> Vec<String> {
    let mut texts = Texts::at("2026-11-23T09:00Z").judged_by(policy).input("x.plan", plan_text);
    let checked = texts.check();
    let helps = checked.report.findings().iter().filter(|finding| is_of_policies(&format!("error[{}]", finding.rule)));
    helps.map(|finding| format!("{} ({})", finding.message, finding.help.as_deref().unwrap_or("no help"))).collect()
}

/// What analysis says of rules that are there to show something else is not what these tests are about.
fn is_of_analysis(line: &str) -> bool {
    ["[policy/unbreakable-rule]", "[policy/unsatisfiable-rule]"].iter().any(|id| line.contains(id))
}

fn is_of_policies(line: &str) -> bool {
    if is_of_analysis(line) {
        return false;
    }
    ["[p/", "[policy/", "[waiver/", "[syntax/"].iter().any(|id| line.contains(id))
}
