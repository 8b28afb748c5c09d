//! What the document was made from.

use super::Teller;
use crate::emit::page::{Block, Section, Table, code, text};

impl Teller<'_> {
    pub(super) fn provenance(&self) -> Section {
        let provenance = &self.procedure.provenance;
        let plan = vec![text("plan"), code(self.procedure.id.as_str()), text(""), code(provenance.plan.as_str())];
        let policies = provenance.policies.iter().map(|policy| {
            vec![text("policy"), code(policy.id.as_str()), text(policy.version.as_str()), code(policy.digest.as_str())]
        });
        let rows = std::iter::once(plan).chain(policies).collect();
        let made = format!("Made by Stopline {}. A plan that was changed is another run.", provenance.stopline);
        let table = Table { head: vec!["", "Id", "Version", "SHA-256"], rows };
        Section::new("provenance", "Plan and policies", vec![Block::Words(text(made)), Block::Table(table)])
    }
}
