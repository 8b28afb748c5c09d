//! What a procedure was made from.

use super::diagnostics::UNSUPPORTED_NAME;
use super::names::refusal;
use super::{AppliedPolicy, LowerRequest, Lowering};
use crate::runbook::{Id, PolicyDigest, ProcedureDigest, Provenance};

/// The version of a policy that says none.
const UNVERSIONED: &str = "unversioned";

impl Lowering<'_> {
    /// Every policy that had its say, those whose rules need no guard too.
    pub(super) fn provenance(
        &mut self,
        policies: &[AppliedPolicy<'_>],
        request: &LowerRequest<'_>,
    ) -> Option<Provenance> {
        let digests: Vec<Option<PolicyDigest>> = policies.iter().map(|policy| self.policy(policy)).collect();
        Some(Provenance {
            plan: request.digest.to_owned(),
            procedures: request.procedures.iter().map(|(name, digest)| named(name, digest)).collect(),
            policies: digests.into_iter().collect::<Option<_>>()?,
            stopline: request.stopline.to_owned(),
        })
    }

    fn policy(&mut self, applied: &AppliedPolicy<'_>) -> Option<PolicyDigest> {
        let head = &applied.policy.head;
        let id = match Id::new(applied.policy.id()) {
            Ok(id) => id,
            Err(unfit) => {
                let help = format!("call the policy `{}`", Id::nearest(applied.policy.id()));
                self.diagnostics.push(refusal(&unfit, head.id.place).help(help));
                return None;
            }
        };
        let version = applied.policy.version.as_ref().map_or(UNVERSIONED, |version| &version.value);
        if let (false, Some(written)) = (fits(version), &applied.policy.version) {
            let message = format!("`{}` cannot stand in a runbook as a version", version.escape_debug());
            let help = "write letters, digits, `.`, `+` and `-`, 64 at most, such as `\"1.0.0\"`";
            self.refuse(&UNSUPPORTED_NAME, written.place, message, help);
            return None;
        }
        Some(PolicyDigest { id, version: version.to_owned(), digest: applied.digest.to_owned() })
    }
}

fn named(name: &str, digest: &str) -> ProcedureDigest {
    ProcedureDigest { id: Id::nearest(name), digest: digest.to_owned() }
}

/// It stands in a comment of what is compiled.
fn fits(version: &str) -> bool {
    (1..=64).contains(&version.len())
        && version.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+-".contains(&byte))
}
