//! From a plan as written to one whose names and types are known.

use crate::check::names::IN_PLANS;
use crate::check::policy::plan_red_flags;
use crate::diagnostic::Diagnostic;
use crate::model::plan::Plan;
use crate::model::policy::RedFlag;
use crate::model::read::{BlockType, Reader};
use crate::source::FileId;
use crate::syntax::ast::Block;

/// A plan and the red flags it declares, both resolved.
#[derive(Debug, Clone)]
pub struct CheckedPlan {
    pub file: FileId,
    pub plan: Plan,
    pub red_flags: Vec<RedFlag>,
}

/// Reads and types one plan; whatever is wrong is said, and the sound rest is kept.
pub fn check_plan(file: FileId, block: &Block, diagnostics: &mut Vec<Diagnostic>) -> CheckedPlan {
    let plan = Plan::read(block, &mut Reader::new(file, &IN_PLANS, diagnostics));
    let red_flags = plan_red_flags(file, &plan, diagnostics);
    CheckedPlan { file, plan, red_flags }
}
