//! What a rule says of the documents its schema describes: fields that there are not, comparisons that never fit, values
//! that never stand there. It runs over typed expressions and changes none.

#![expect(clippy::wildcard_enum_match_arm, reason = "what is not named here is refused, whatever kinds there will be")]

use super::known::{Known, One};
use super::schema::{Field, Schema};
use crate::check::expression::{Typer, accepts, comparable, is_text_like, joined, refusal};
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::document::NodeId;
use crate::model::data::Data;
use crate::model::expression::{Expr, ExprKind, Template, TemplatePart, Variable};
use crate::model::function::{Function, Gives};
use crate::model::policy::{Condition, Subject, Words};
use crate::model::read::list_names;
use crate::model::types::Type;
use crate::source::Place;
use crate::syntax::ast::{BinaryOperator, Quantifier};

/// What a rule says, apart from its subject.
#[derive(Debug)]
pub(in crate::check) struct Clauses<'a> {
    pub(in crate::check) condition: Option<&'a Condition>,
    pub(in crate::check) unless: Option<&'a Expr>,
    pub(in crate::check) words: Option<&'a Words>,
}

/// Says what a rule cannot mean of a document that `schema` describes.
pub(in crate::check) fn check_claims(schema: &Schema, subject: &Subject, clauses: &Clauses<'_>, typer: &mut Typer<'_>) {
    let mut claims = Claims { schema, typer, variables: vec![(subject.variable.clone(), schema.root())] };
    for condition in subject.when.iter().chain(clauses.unless) {
        claims.condition(condition);
    }
    let witness = clauses.condition.and_then(|condition| claims.decision(condition));
    claims.variables.extend(witness);
    let Some(words) = clauses.words else { return };
    if let Some(path) = &words.at {
        claims.known(path);
    }
    for template in std::iter::once(&words.message).chain(&words.help) {
        claims.template(template);
    }
    if let Some(fix) = &words.fix {
        claims.fix(&fix.path, &fix.value);
    }
}

struct Claims<'a, 't> {
    schema: &'a Schema,
    typer: &'a mut Typer<'t>,
    variables: Vec<(Variable, Known)>,
}

impl Claims<'_, '_> {
    /// Its leading `every` names something that `at` and `message` may speak of.
    fn decision(&mut self, condition: &Condition) -> Option<(Variable, Known)> {
        let (expr, wanted) = match condition {
            Condition::Require(expr) => (expr, Quantifier::Every),
            Condition::Forbid(expr) => (expr, Quantifier::Some),
        };
        self.condition(expr);
        let ExprKind::Quantified { quantifier, variable, over, .. } = &expr.kind else { return None };
        if *quantifier != wanted {
            return None;
        }
        Some((variable.clone(), self.element_of(over)))
    }

    fn condition(&mut self, expr: &Expr) {
        let known = self.known(expr);
        if known.may_be(|found| matches!(found, Type::Bool | Type::Any)) {
            return;
        }
        let message = format!("a condition is true or false, but `{expr}` is {}", known.describe());
        let help = "compare it with something, or ask whether it `exists`";
        self.wrong_type(expr.place, message, &known, Some(help.to_owned()));
    }

    fn template(&mut self, template: &Template) {
        for part in &template.parts {
            if let TemplatePart::Expr(expr) = part {
                self.known(expr);
            }
        }
    }

    /// A fix writes into the document what may stand there.
    fn fix(&mut self, path: &Expr, value: &Expr) {
        let (wanted, found) = (self.known(path), self.known(value));
        let fits = wanted.types().any(|wanted| found.types().any(|found| comparable(wanted, found)));
        if !fits {
            let message = format!("`{path}` is {}, and cannot be set to {}", wanted.describe(), found.describe());
            return self.wrong_type(value.place, message, &wanted, Some(format!("write {}", wanted.describe())));
        }
        self.is_among(&wanted, value);
    }

    /// What an expression may be; what is wrong in it is said once, and it may then be anything.
    fn known(&mut self, expr: &Expr) -> Known {
        match &expr.kind {
            ExprKind::Variable(variable) => {
                let known = self.variables.iter().rev().find(|(known, _)| known == variable);
                known.map_or_else(|| Known::of(expr.of_type), |(_, known)| known.clone())
            }
            ExprKind::Field { of, name } => {
                let of_known = self.known(of);
                self.field(&of_known, of, name, expr, Asked::ByField)
            }
            ExprKind::Index { of, index } => {
                let (of_known, index_known) = (self.known(of), self.known(index));
                match &index.kind {
                    ExprKind::Constant(Data::Text(name)) => self.field(&of_known, of, name, expr, Asked::ByName),
                    _ if index_known.may_be(|found| found == Type::Number) => self.element(&of_known, expr),
                    _ => Known::of(expr.of_type),
                }
            }
            ExprKind::Call { function, arguments } => self.call(*function, arguments, expr),
            ExprKind::List(items) => {
                for item in items {
                    self.known(item);
                }
                Known::of(expr.of_type)
            }
            ExprKind::Not(inner) => {
                self.condition(inner);
                Known::of(Type::Bool)
            }
            ExprKind::Exists(inner) => {
                self.known(inner);
                Known::of(Type::Bool)
            }
            ExprKind::Negate(inner) => self.known(inner),
            ExprKind::Binary { operator, left, right } => self.binary(*operator, left, right, expr),
            ExprKind::Quantified { variable, over, body, .. } => {
                let element = self.element_of(over);
                self.variables.push((variable.clone(), element));
                self.condition(body);
                self.variables.pop();
                Known::of(Type::Bool)
            }
            ExprKind::If { condition, yes, no } => {
                self.condition(condition);
                let yes = self.known(yes);
                yes.or(&self.known(no))
            }
            ExprKind::Constant(_)
            | ExprKind::Parameter(_)
            | ExprKind::Metric(_)
            | ExprKind::Baseline(_)
            | ExprKind::Failed { .. } => Known::of(expr.of_type),
        }
    }

    fn field(&mut self, of_known: &Known, of: &Expr, name: &str, expr: &Expr, asked: Asked) -> Known {
        let mut found: Vec<One> = Vec::new();
        let mut objects: Vec<&One> = Vec::new();
        for one in of_known.kinds() {
            match one.of_type {
                Type::Map(_) if !one.nodes.is_empty() => {
                    objects.push(one);
                    match self.schema.field(&one.nodes, name) {
                        Field::Declared(nodes) => found.extend_from_slice(self.schema.known(&nodes).kinds()),
                        Field::Patterned => return Known::anything(),
                        Field::Open if asked == Asked::ByName || self.nearest(one, name).is_none() => {
                            return Known::anything();
                        }
                        Field::Open | Field::Refused => {}
                    }
                }
                Type::Bool | Type::Number | Type::Text | Type::List(_) => {}
                _ => return Known::of(expr.of_type),
            }
        }
        if !found.is_empty() {
            return Known::either(found);
        }
        let Some(first) = objects.first() else {
            let message = format!("`{of}` is {}: it has no `{name}`", of_known.describe());
            self.wrong_type(name_place(of, name, expr, asked), message, of_known, None);
            return Known::anything();
        };
        self.no_such_field(first, of, name, expr, asked);
        Known::anything()
    }

    fn nearest(&self, object: &One, name: &str) -> Option<&str> {
        did_you_mean(name, self.schema.field_names(&object.nodes))
    }

    fn no_such_field(&mut self, object: &One, of: &Expr, name: &str, expr: &Expr, asked: Asked) {
        let schema = self.schema.name();
        let message = format!("`{of}` has no `{name}`, says the schema `{schema}`");
        let help = match (self.nearest(object, name), self.schema.field(&object.nodes, name)) {
            (Some(meant), Field::Open) => {
                format!(
                    "did you mean `{meant}`? a field that the schema does not name is asked for with `{of}[\"{name}\"]`"
                )
            }
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, _) => {
                let names = self.schema.field_names(&object.nodes);
                if names.is_empty() {
                    "it has no fields".to_owned()
                } else {
                    format!("it has {}", list_names(names.into_iter()))
                }
            }
        };
        let place = name_place(of, name, expr, asked);
        let said = Diagnostic::new(self.typer.ids.unknown, place, message).help(help);
        self.say(said, object.nodes.first().copied());
    }

    fn element(&mut self, of: &Known, expr: &Expr) -> Known {
        if !of.may_be(|found| matches!(found, Type::List(_) | Type::Any)) {
            let message = format!("{} has no elements", of.describe());
            self.wrong_type(expr.place, message, of, None);
            return Known::anything();
        }
        self.elements(of)
    }

    fn element_of(&mut self, over: &Expr) -> Known {
        if let ExprKind::Call { function: Function::AsList, arguments } = &over.kind
            && let [one_or_many] = arguments.as_slice()
        {
            let known = self.known(one_or_many);
            let alone = known.kinds().iter().filter(|one| !matches!(one.of_type, Type::List(_))).cloned();
            let elements = self.elements_of_lists(&known);
            return Known::either(alone.chain(elements.iter().flat_map(Known::kinds).cloned()));
        }
        let known = self.known(over);
        if !known.may_be(|found| matches!(found, Type::List(_) | Type::Any)) {
            let message = format!("this goes through a list, but `{over}` is {}", known.describe());
            self.wrong_type(over.place, message, &known, None);
            return Known::anything();
        }
        self.elements(&known)
    }

    fn elements(&self, of: &Known) -> Known {
        self.elements_of_lists(of).unwrap_or_else(Known::anything)
    }

    /// `None` where it is no list.
    fn elements_of_lists(&self, of: &Known) -> Option<Known> {
        let each = of.kinds().iter().filter_map(|one| match one.of_type {
            Type::List(_) if !one.nodes.is_empty() => Some(self.schema.element(&one.nodes)),
            Type::List(element) => Some(Known::of(*element)),
            Type::Any => Some(Known::anything()),
            _ => None,
        });
        each.reduce(|all, more| all.or(&more))
    }

    fn call(&mut self, function: Function, arguments: &[Expr], expr: &Expr) -> Known {
        let signature = function.signature();
        let known: Vec<Known> = arguments.iter().map(|argument| self.known(argument)).collect();
        for ((argument, known), takes) in arguments.iter().zip(&known).zip(signature.takes) {
            // What is already what the function makes stays what it is.
            let is_made = |found: Type| signature.gives == Gives::This(found);
            if !known.may_be(|found| accepts(*takes, found) || is_made(found)) {
                let message = format!("`{}` does not take {}", function.name(), known.describe());
                self.wrong_type(argument.place, message, known, Some(format!("it gives {}", signature.doc)));
            }
        }
        match (signature.gives, known.first()) {
            (Gives::First, Some(first)) => first.clone(),
            (Gives::Element, Some(first)) => self.elements(first),
            _ => Known::of(expr.of_type),
        }
    }

    fn binary(&mut self, operator: BinaryOperator, left: &Expr, right: &Expr, expr: &Expr) -> Known {
        match operator {
            BinaryOperator::And | BinaryOperator::Or => {
                self.condition(left);
                self.condition(right);
                return Known::of(Type::Bool);
            }
            _ => {}
        }
        let (left_known, right_known) = (self.known(left), self.known(right));
        let results = self.results(operator, &left_known, &right_known);
        if results.is_empty() {
            let message = refusal(operator, &left_known.describe(), &right_known.describe());
            let shown = if left_known.said_at().is_some() { &left_known } else { &right_known };
            self.wrong_type(expr.place, message, shown, None);
            return Known::anything();
        }
        match operator {
            BinaryOperator::Equal | BinaryOperator::NotEqual => {
                self.is_among(&left_known, right);
                self.is_among(&right_known, left);
            }
            BinaryOperator::In => {
                self.each_is_among(&left_known, right);
                self.is_among(&self.elements(&right_known), left);
            }
            BinaryOperator::Contains => {
                self.each_is_among(&right_known, left);
                self.is_among(&self.elements(&left_known), right);
            }
            BinaryOperator::Else => return left_known.or(&right_known),
            _ => {}
        }
        Known::either(results)
    }

    /// What may come of it, for each pair of kinds that the operator joins.
    fn results(&self, operator: BinaryOperator, left: &Known, right: &Known) -> Vec<One> {
        let pairs = left.kinds().iter().flat_map(|left| right.kinds().iter().map(move |right| (left, right)));
        let results = pairs.filter_map(|(left, right)| match operator {
            BinaryOperator::In => self.holds(right, left),
            BinaryOperator::Contains if matches!(left.of_type, Type::List(_)) => self.holds(left, right),
            _ => joined_or_alike(operator, left.of_type, right.of_type),
        });
        results.map(One::of).collect()
    }

    fn holds(&self, list: &One, element: &One) -> Option<Type> {
        let elements = match list.of_type {
            Type::List(_) => self.elements(&Known::either([list.clone()])),
            Type::Any => Known::anything(),
            _ => return None,
        };
        elements.types().find_map(|held| joined_or_alike(BinaryOperator::Equal, held, element.of_type))
    }

    fn each_is_among(&mut self, known: &Known, list: &Expr) {
        if let ExprKind::List(items) = &list.kind {
            for item in items {
                self.is_among(known, item);
            }
        }
    }

    /// Says where a constant is none of the values that the schema leaves.
    fn is_among(&mut self, known: &Known, constant: &Expr) {
        let (written, of_type) = match &constant.kind {
            ExprKind::Constant(data @ Data::Text(_)) => (data.to_string(), Type::Text),
            ExprKind::Constant(data @ Data::Number(_)) => (data.to_string(), Type::Number),
            _ => return,
        };
        let mut allowed: Vec<String> = Vec::new();
        for one in known.kinds().iter().filter(|one| one.of_type == of_type || one.of_type == Type::Any) {
            let Some(values) = self.schema.values(&one.nodes) else { return };
            allowed.extend(values);
        }
        if allowed.is_empty() || allowed.contains(&written) {
            return;
        }
        let names = || allowed.iter().map(String::as_str);
        let nearest = if of_type == Type::Text { did_you_mean(&written, names()) } else { None };
        let help = nearest
            .map_or_else(|| format!("it may be {}", list_names(names())), |meant| format!("did you mean `{meant}`?"));
        let message = format!("`{written}` never stands there, says the schema `{}`", self.schema.name());
        let said = Diagnostic::new(self.typer.ids.impossible, constant.place, message).help(help);
        self.say(said, known.said_at());
    }

    fn wrong_type(&mut self, place: Place, message: String, known: &Known, help: Option<String>) {
        self.say(Diagnostic::new(self.typer.ids.wrong_type, place, message).maybe_help(help), known.said_at());
    }

    fn say(&mut self, said: Diagnostic, node: Option<NodeId>) {
        let said = match node {
            Some(node) => said.related(self.schema.place(node), "the schema says what it is here"),
            None => said,
        };
        // A clause that speaks of one path twice makes one mistake.
        if !self.typer.diagnostics.contains(&said) {
            self.typer.diagnostics.push(said);
        }
    }
}

/// How a field is asked for: what is named in brackets may be a name that nobody foresaw.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    ByField,
    ByName,
}

/// The name alone, at the end of its path.
fn name_place(of: &Expr, name: &str, expr: &Expr, asked: Asked) -> Place {
    let mut place = expr.place;
    match asked {
        Asked::ByField => {
            let length = u32::try_from(name.len()).unwrap_or_default();
            place.span.start = place.span.end.saturating_sub(length).max(of.place.span.end);
        }
        Asked::ByName => place.span.start = of.place.span.end.min(place.span.end),
    }
    place
}

/// What an operator makes of two kinds. Texts may be equal to whatever reads like them.
fn joined_or_alike(operator: BinaryOperator, left: Type, right: Type) -> Option<Type> {
    let alike = is_text_like(left) && is_text_like(right);
    match operator {
        BinaryOperator::Equal | BinaryOperator::NotEqual if alike => Some(Type::Bool),
        _ => joined(operator, left, right),
    }
}
