//! Names in plans, procedures and calendars.

use super::{FILE, Gathered, Kind, Mention, Scope, Use};
use crate::syntax::ast::{Attribute, Block, ClauseKind, Entry, Literal, Procedure, RedFlag, Value, ValueKind};

impl Gathered<'_> {
    pub(super) fn plan(&mut self, plan: &Block) {
        self.define(Kind::Plan, plan.id.as_ref(), plan.title.as_ref(), Scope::Everywhere);
        self.body(plan, Scope::Within(plan.span), &[]);
    }

    pub(super) fn procedure(&mut self, procedure: &Procedure) {
        let block = &procedure.block;
        self.define(Kind::Procedure, block.id.as_ref(), block.title.as_ref(), FILE);
        let scope = Scope::Within(block.span);
        let mut parameters = Vec::new();
        for parameter in &procedure.parameters {
            self.define(Kind::Parameter, Some(&parameter.name), None, scope);
            parameters.push(parameter.name.value.as_str());
        }
        self.body(block, scope, &parameters);
    }

    pub(super) fn calendar(&mut self, calendar: &Block) {
        self.define(Kind::Calendar, calendar.id.as_ref(), calendar.title.as_ref(), FILE);
    }

    fn body(&mut self, block: &Block, scope: Scope, parameters: &[&str]) {
        let of_kind = match block.kind.value.as_str() {
            "phase" => Some(Kind::Phase),
            "step" => Some(Kind::Step),
            "hold" => Some(Kind::Hold),
            "probe" => Some(Kind::Probe),
            "metric" => Some(Kind::Metric),
            _ => None,
        };
        if let Some(kind) = of_kind {
            self.define(kind, block.id.as_ref(), block.title.as_ref(), scope);
        }
        if block.kind.value == "use" {
            self.used(block);
        }
        for entry in &block.body {
            match entry {
                Entry::Block(inner) => self.body(inner, scope, parameters),
                Entry::RedFlag(flag) => self.declared_flag(flag, scope),
                Entry::Attribute(attribute) => self.attribute(&block.kind.value, attribute, scope, parameters),
            }
        }
    }

    /// `use procedure { parameter = … }`.
    fn used(&mut self, block: &Block) {
        let Some(id) = &block.id else { return };
        self.refer(Kind::Procedure, &id.value, id.span, FILE);
        let named = |procedure: &&&Procedure| {
            super::name_of(procedure.block.id.as_ref(), procedure.block.title.as_ref()) == id.value
        };
        let Some(scope) = self.procedures.iter().find(named).map(|found| Scope::Within(found.block.span)) else {
            return;
        };
        for attribute in block.attributes() {
            self.refer(Kind::Parameter, &attribute.name.value, attribute.name.span, scope);
        }
    }

    fn attribute(&mut self, kind: &str, attribute: &Attribute, scope: Scope, parameters: &[&str]) {
        let named = match (kind, attribute.name.value.as_str()) {
            ("team", role) => {
                let (name, span) = (role_name(role), attribute.name.span);
                let is_written = true;
                self.mentions.push(Mention { kind: Kind::Role, name, span, part: Use::Definition, scope, is_written });
                None
            }
            ("step", "needs") => Some(Kind::Step),
            ("hold", "by") => Some(Kind::Role),
            _ => None,
        };
        self.value(&attribute.value, named, scope, parameters);
    }

    fn value(&mut self, value: &Value, named: Option<Kind>, scope: Scope, parameters: &[&str]) {
        match &value.value {
            ValueKind::Symbol(name) if parameters.contains(&name.as_str()) => {
                self.refer(Kind::Parameter, name, value.span, scope);
            }
            ValueKind::Symbol(name) => match named {
                Some(Kind::Role) => self.refer(Kind::Role, &role_name(name), value.span, scope),
                Some(kind) => self.refer(kind, name, value.span, scope),
                None => {}
            },
            // In YAML and JSON a name is a string; only where nothing was escaped does it stand there as it is.
            ValueKind::Literal(Literal::Text(text)) => {
                let inner = crate::source::Span::new(value.span.start + 1, value.span.end.saturating_sub(1));
                let is_quoted = inner.len() as usize == text.value.len();
                let span = if is_quoted { inner } else { value.span };
                if let (Some(kind), true) = (named, span.len() as usize == text.value.len()) {
                    self.refer(kind, &text.value, span, scope);
                }
            }
            ValueKind::Literal(_) => {}
            ValueKind::List(values) => values.iter().for_each(|value| self.value(value, named, scope, parameters)),
            ValueKind::Map(entries) => {
                for entry in entries {
                    self.value(&entry.value, None, scope, parameters);
                }
            }
        }
    }

    fn declared_flag(&mut self, flag: &RedFlag, scope: Scope) {
        for clause in &flag.clauses {
            match &clause.kind {
                ClauseKind::During(phases) => {
                    for phase in phases {
                        self.refer(Kind::Phase, &phase.value, phase.span, scope);
                    }
                }
                ClauseKind::Stop { when, .. } => self.observed(when, scope),
                ClauseKind::Attribute(_)
                | ClauseKind::On(_)
                | ClauseKind::Require(_)
                | ClauseKind::Forbid(_)
                | ClauseKind::Unless(_)
                | ClauseKind::At(_)
                | ClauseKind::Message(_)
                | ClauseKind::Help(_)
                | ClauseKind::Fix { .. }
                | ClauseKind::Enforce(_)
                | ClauseKind::Then(_) => {}
            }
        }
    }
}

/// `on-call` and `on_call` are one role.
fn role_name(written: &str) -> String {
    written.replace('-', "_")
}
