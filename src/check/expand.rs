//! `use procedure { … }`: the procedure's steps, with its parameters filled in, in the place of the `use`.

mod fill;
mod prefix;
mod text_kind;

use std::collections::{BTreeSet, HashMap};

use fill::{filled, moved, moved_value};
use prefix::{AS, asked, prefixed};
use text_kind::{TEXT_KINDS, TextKind};

use crate::check::names::IN_PLANS;
use crate::check::policy::{parameter_type, parameter_value};
use crate::descriptors;
use crate::diagnostic::{Diagnostic, did_you_mean};
use crate::model::data;
use crate::model::plan::{Phase, USE};
use crate::model::read::{BlockType, Reader, list_names};
use crate::model::types::Type;
use crate::source::{FileId, Place, Span};
use crate::syntax::ast::{
    Attribute, Block, Entry, Literal, Moment, Name, Node, Parameter, Procedure, Text, Value, ValueKind,
};

descriptors! {
    /// What can be wrong with procedures and their use.
    PROCEDURE_DESCRIPTORS;
    UNKNOWN_PROCEDURE = {
        id: "plan/unknown-procedure", severity: Error, undecided: false,
        summary: "`use` of a procedure that does not exist",
        doc: include_str!("docs/plan/unknown-procedure.md"),
    }
    NESTED_PROCEDURE = {
        id: "plan/nested-procedure", severity: Error, undecided: false,
        summary: "a procedure that uses a procedure",
        doc: include_str!("docs/plan/nested-procedure.md"),
    }
}

/// The procedures a plan may use, each checked once for itself.
#[derive(Debug)]
pub struct Procedures<'a> {
    known: Vec<(FileId, &'a Procedure)>,
    library: Library,
}

/// Procedures that stand in no file of the run. Those of a plan's own file hide them.
#[derive(Debug, Clone, Copy)]
pub struct Library {
    pub names: fn() -> Vec<&'static str>,
    pub find: fn(&str) -> Option<Procedure>,
}

/// A plan without a `use`.
#[derive(Debug)]
pub struct Expanded {
    pub plan: Block,
    /// The procedures of the library that it uses, each once, by name.
    pub from_library: BTreeSet<String>,
}

impl<'a> Procedures<'a> {
    /// Checks each procedure with sample values for its parameters.
    pub fn new(
        procedures: impl IntoIterator<Item = (FileId, &'a Procedure)>,
        library: Library,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Self {
        let mut known: Vec<(FileId, &'a Procedure)> = Vec::new();
        let mut names: HashMap<(FileId, &str), Span> = HashMap::new();
        for (file, procedure) in procedures {
            check_procedure(file, procedure, diagnostics);
            known.push((file, procedure));
            if let Some(id) = &procedure.block.id
                && let Some(first) = names.insert((file, &id.value), id.span)
            {
                diagnostics.push(defined_twice(file, "procedure", id, first));
            }
        }
        Self { known, library }
    }

    /// The plan with every `use` in its phases replaced by the steps it stands for.
    pub fn expand(&self, file: FileId, plan: &Block, diagnostics: &mut Vec<Diagnostic>) -> Expanded {
        let mut plan = plan.clone();
        let mut from_library = BTreeSet::new();
        let mut used = HashMap::new();
        for entry in &mut plan.body {
            let Entry::Block(phase) = entry else { continue };
            if phase.kind.value != "phase" {
                continue;
            }
            let written = std::mem::take(&mut phase.body);
            for entry in written {
                match entry {
                    Entry::Block(block) if block.kind.value == "use" => {
                        let prefix = match asked(file, &block) {
                            Ok(prefix) => prefix,
                            Err(unfit) => {
                                diagnostics.push(*unfit);
                                continue;
                            }
                        };
                        if let Some(again) = used_again(file, &block, prefix.as_deref(), &mut used) {
                            diagnostics.push(again);
                            continue;
                        }
                        let steps = self.steps_of(file, &block, &mut from_library, diagnostics);
                        phase.body.extend(match prefix {
                            Some(prefix) => prefixed(steps, &prefix),
                            None => steps,
                        });
                    }
                    other @ (Entry::Block(_) | Entry::Attribute(_) | Entry::RedFlag(_)) => phase.body.push(other),
                }
            }
        }
        Expanded { plan, from_library }
    }

    fn steps_of(
        &self,
        file: FileId,
        block: &Block,
        from_library: &mut BTreeSet<String>,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Vec<Entry> {
        let place = Place::new(file, block.head());
        let Some(wanted) = &block.id else {
            let message = "say which procedure to use";
            diagnostics.push(Diagnostic::new(IN_PLANS.naming, place, message).help("write `use procedure-id { … }`"));
            return Vec::new();
        };
        let own = self.known.iter().filter(|(home, _)| *home == file).map(|(_, procedure)| *procedure);
        if let Some(procedure) = own.clone().find(|procedure| name_of(procedure) == Some(wanted.value.as_str())) {
            let Some(values) = arguments(file, block, procedure, diagnostics) else { return Vec::new() };
            return procedure.block.body.iter().map(|entry| filled(entry, &values)).collect();
        }
        if let Some(mut procedure) = (self.library.find)(&wanted.value) {
            from_library.insert(wanted.value.clone());
            // Places of a plan are places in its own file: what another text says is said by the `use`.
            let at = block.head();
            for parameter in &mut procedure.parameters {
                parameter.default = parameter.default.as_ref().map(|default| moved_value(default, at));
            }
            let Some(values) = arguments(file, block, &procedure, diagnostics) else { return Vec::new() };
            return procedure.block.body.iter().map(|entry| filled(&moved(entry, at), &values)).collect();
        }
        if self.known.iter().any(|(_, procedure)| name_of(procedure) == Some(wanted.value.as_str())) {
            let message = format!("the procedure `{}` stands in another file", wanted.value);
            diagnostics
                .push(Diagnostic::new(&UNKNOWN_PROCEDURE, place, message).help("copy it into the file of the plan"));
            return Vec::new();
        }
        let written: Vec<&str> = own.filter_map(name_of).collect();
        let shipped = (self.library.names)();
        let help = did_you_mean(&wanted.value, written.iter().copied().chain(shipped.iter().copied())).map_or_else(
            || {
                let written = list_names(written.iter().copied());
                let shipped = "`stopline explain --list` shows those that come with Stopline";
                if written.is_empty() { shipped.to_owned() } else { format!("this file has {written}; {shipped}") }
            },
            |meant| format!("did you mean `{meant}`?"),
        );
        let message = format!("there is no procedure `{}`", wanted.value);
        diagnostics.push(Diagnostic::new(&UNKNOWN_PROCEDURE, place, message).help(help));
        Vec::new()
    }
}

/// Two uses with the same ids: nobody would know afterwards which of them failed.
fn used_again(
    file: FileId,
    block: &Block,
    prefix: Option<&str>,
    used: &mut HashMap<(String, Option<String>), Span>,
) -> Option<Diagnostic> {
    let name = &block.id.as_ref()?.value;
    let first = used.insert((name.clone(), prefix.map(str::to_owned)), block.head())?;
    let message = match prefix {
        None => format!("`{name}` is used twice, and the ids of its steps would be the same"),
        Some(prefix) => format!("`{name}` is used twice as `{prefix}`, and the ids of its steps would be the same"),
    };
    let said = Diagnostic::new(IN_PLANS.repeated, Place::new(file, block.head()), message);
    let help = format!("put a word before the ids of this one: `use {name} {{ as = second … }}`");
    Some(said.related(Place::new(file, first), "it is used here first").help(help))
}

fn defined_twice(file: FileId, what: &str, name: &Name, first: Span) -> Diagnostic {
    let message = format!("the {what} `{}` is defined twice", name.value);
    Diagnostic::new(IN_PLANS.repeated, Place::new(file, name.span), message)
        .related(Place::new(file, first), "it was defined here first")
        .help("give one of the two another name")
}

fn name_of(procedure: &Procedure) -> Option<&str> {
    procedure.block.id.as_ref().map(|id| id.value.as_str())
}

/// Reads the procedure as a phase would be read, its parameters standing for values of their types.
fn check_procedure(file: FileId, procedure: &Procedure, diagnostics: &mut Vec<Diagnostic>) {
    let mut values = HashMap::new();
    let mut names: HashMap<&str, Span> = HashMap::new();
    for parameter in &procedure.parameters {
        if parameter.name.value == AS {
            let message = "no parameter can be called `as`: a `use` gives its prefix under that name";
            let place = Place::new(file, parameter.name.span);
            diagnostics.push(Diagnostic::new(IN_PLANS.impossible, place, message).help("give it another name"));
        }
        if let Some(first) = names.insert(&parameter.name.value, parameter.name.span) {
            diagnostics.push(defined_twice(file, "parameter", &parameter.name, first));
        }
        let Some(of_type) = type_of(file, parameter, diagnostics) else { continue };
        if let Some(default) = &parameter.default {
            parameter_value(file, default, of_type, &IN_PLANS, diagnostics);
        }
        let sample = sample(of_type, parameter);
        values.insert(parameter.name.value.as_str(), parameter.default.clone().unwrap_or(sample));
    }
    for entry in &procedure.block.body {
        if let Entry::Block(block) = entry
            && block.kind.value == "use"
        {
            let place = Place::new(file, block.head());
            diagnostics.push(
                Diagnostic::new(&NESTED_PROCEDURE, place, "a procedure cannot use another")
                    .help("write its steps here, or use both procedures in the plan"),
            );
        }
    }
    let body = procedure.block.body.iter().map(|entry| filled(entry, &values)).collect();
    let block = Block { body, ..procedure.block.clone() };
    Phase::read(&block, &mut Reader::new(file, &IN_PLANS, diagnostics));
}

/// The value of every parameter; `None` after saying what is missing or wrong.
fn arguments<'p>(
    file: FileId,
    block: &Block,
    procedure: &'p Procedure,
    diagnostics: &mut Vec<Diagnostic>,
) -> Option<HashMap<&'p str, Value>> {
    let before = diagnostics.len();
    let names = procedure.parameters.iter().map(|parameter| parameter.name.value.as_str());
    let names: Vec<&str> = names.chain([AS]).collect();
    let attributes: Vec<&Attribute> = block.attributes().collect();
    let mut reader = Reader::new(file, &IN_PLANS, diagnostics);
    reader.loose_attributes("use of this procedure", &attributes, &names);
    reader.check_blocks(block, &USE);
    let mut values = HashMap::new();
    for parameter in &procedure.parameters {
        let of_type = type_of(file, parameter, &mut Vec::new())?;
        let name = parameter.name.value.as_str();
        match (block.attribute(name), &parameter.default) {
            (Some(given), _) => {
                if let Some(value) = parameter_value(file, &given.value, of_type, &IN_PLANS, diagnostics) {
                    diagnostics.extend(misfit(parameter, &value, &given.value));
                }
                values.insert(name, given.value.clone());
            }
            (None, Some(default)) => {
                values.insert(name, default.clone());
            }
            (None, None) => {
                let message = format!("`{name}` is missing from this use");
                let doc = parameter.doc.as_ref().map(|doc| format!(": {}", doc.value.value)).unwrap_or_default();
                diagnostics.push(
                    Diagnostic::new(IN_PLANS.missing, Place::new(file, block.head()), message)
                        .help(format!("add `{name} = …`{doc}")),
                );
            }
        }
    }
    (diagnostics.len() == before).then_some(values)
}

/// The names of the kinds of text that a parameter of a procedure may ask for.
pub fn text_kinds() -> impl Iterator<Item = &'static str> {
    TEXT_KINDS.iter().map(|kind| kind.name)
}

/// A kind of text is a string.
fn type_of(file: FileId, parameter: &Parameter, diagnostics: &mut Vec<Diagnostic>) -> Option<Type> {
    if TextKind::named(&parameter.kind.value).is_some() {
        return Some(Type::Text);
    }
    parameter_type(file, &parameter.kind, &IN_PLANS, diagnostics)
}

/// What is wrong with a text that is not of the kind its parameter asks for. What stands there anyway may be said, too.
fn misfit(parameter: &Parameter, value: &data::Value, given: &Value) -> Option<Diagnostic> {
    let kind = TextKind::named(&parameter.kind.value)?;
    let text = value.data.as_text()?;
    if kind.holds(text) || parameter.default.as_ref().is_some_and(|default| default.value == given.value) {
        return None;
    }
    let name = &parameter.name.value;
    let message = format!("`{name}` must be {}, and not `{}`", kind.noun, text.escape_debug());
    let doc = parameter.doc.as_ref().map(|doc| format!("it is {}", doc.value.value));
    Some(Diagnostic::new(IN_PLANS.impossible, value.place, message).maybe_help(doc))
}

/// Some value of a type, to read a procedure with.
fn sample(of_type: Type, parameter: &Parameter) -> Value {
    let literal = match of_type {
        Type::Bool => Literal::Bool(true),
        Type::Number | Type::Measure => Literal::Number(1.into()),
        Type::Duration => Literal::Duration(1000),
        Type::Percent => Literal::Percent(1.into()),
        Type::Version => Literal::Version(vec![1, 0]),
        Type::Moment | Type::Due => Literal::Moment(Moment::Date("2026-01-01".to_owned())),
        Type::Offset => Literal::Offset(0),
        Type::Person => Literal::Person("somebody".to_owned()),
        Type::Pattern => Literal::Pattern("a".to_owned()),
        Type::Zone => Literal::Text(Text::quoted("UTC")),
        Type::Enum(words) => {
            let word = words.values.first().map_or("", |word| word.name);
            return Node::new(ValueKind::Symbol(word.to_owned()), parameter.name.span);
        }
        Type::List(_) => return Node::new(ValueKind::List(Vec::new()), parameter.name.span),
        Type::Any | Type::Text | Type::Name | Type::Calendar | Type::Map(_) | Type::Record(_) => {
            Literal::Text(Text::quoted(parameter.name.value.clone()))
        }
    };
    Node::new(ValueKind::Literal(literal), parameter.name.span)
}
