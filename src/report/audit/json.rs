//! The evidence for machines: `schemas/audit.schema.json` describes it field by field.

use serde::Serialize;

use super::ShownAudit;
use crate::audit::Audit;
use crate::report::{Options, json};

const SCHEMA: &str = "stopline.audit/1";

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    tool: json::Tool,
    verdict: &'static str,
    summary: json::Counts,
    findings: Vec<json::Finding<'a>>,
    #[serde(flatten)]
    audit: &'a Audit,
}

pub(super) fn render(told: &ShownAudit<'_>, options: &Options<'_>) -> String {
    let (report, sources) = (told.shown.report(), told.shown.sources());
    json::text(&Document {
        schema: SCHEMA,
        tool: json::TOOL,
        verdict: json::verdict(report, options),
        summary: json::Counts::of(report),
        findings: json::findings(report, sources),
        audit: &told.audit,
    })
}
