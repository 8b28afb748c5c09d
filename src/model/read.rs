//! Reading attributes out of blocks: every unknown, repeated, missing or ill-typed one is said, with its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Descriptor, Diagnostic, did_you_mean, join_with_or};
use crate::source::{FileId, Place, Span};
use crate::syntax::ast::{self, Block, Entry, ValueKind};

use super::answer::is_yes_or_no;
use super::data::{Data, Record, Text, Value};
use super::located::Located;
use super::types::{EnumShape, Naming, Shape, Type};
use super::units::{Moment, UnitError};

/// What an attribute can hold: how it is typed, read and shown to rules.
pub trait AttributeType: Sized {
    const TYPE: Type;

    /// `None` after saying what is wrong.
    fn read(value: &ast::Value, reader: &mut Reader<'_>) -> Option<Self>;

    fn data(&self, place: Place) -> Data;
}

/// A word out of a closed set.
pub trait Word: Copy + 'static {
    fn shape() -> &'static EnumShape;
    fn all() -> &'static [Self];
    fn word(self) -> &'static str;
}

/// A kind of block: its shape, how it is read and how rules see it.
pub trait BlockType: Sized {
    /// What it is written as.
    type Syntax;

    const SHAPE: &'static Shape;

    fn select(entry: &Entry) -> Option<&Self::Syntax>;

    fn read(syntax: &Self::Syntax, reader: &mut Reader<'_>) -> Self;

    fn head(&self) -> &Head;

    /// Everything but id and title.
    fn fields(&self) -> Vec<(&'static str, Value)>;

    /// As rules see it; findings about the whole underline its id.
    fn value(&self) -> Value {
        let head = self.head();
        let mut fields: Vec<(Text, Value)> =
            vec![(Text::fixed("id"), Value::new(Data::text(head.id.value.as_str()), head.id.place))];
        if let Some(title) = &head.title {
            fields.push((Text::fixed("title"), Value::new(Data::text(title.value.as_str()), title.place)));
        }
        fields.extend(self.fields().into_iter().map(|(name, value)| (Text::fixed(name), value)));
        let record = Record { shape: Some(Self::SHAPE), fields, head: head.id.place };
        Value::new(Data::Record(Arc::new(record)), head.id.place)
    }
}

/// The entries of `block` that are of one kind.
pub fn blocks_of<T: BlockType<Syntax: 'static>>(block: &Block) -> impl Iterator<Item = &T::Syntax> {
    block.body.iter().filter_map(T::select)
}

pub fn block_of_kind<'b>(entry: &'b Entry, kind: &str) -> Option<&'b Block> {
    match entry {
        Entry::Block(block) if block.kind.value == kind => Some(block),
        Entry::Block(_) | Entry::Attribute(_) | Entry::RedFlag(_) => None,
    }
}

/// All of `items` as rules see them; an empty list stands at `place`.
pub fn list_of<'i, T: BlockType + 'i>(items: impl IntoIterator<Item = &'i T>, place: Place) -> Value {
    let items: Arc<[Value]> = items.into_iter().map(BlockType::value).collect();
    let place = items.first().map_or(place, |first| first.place);
    Value::new(Data::List(items), place)
}

/// Which diagnostics a reader raises: those of plans or those of policies.
#[derive(Debug)]
pub struct NameDiagnostics {
    pub unknown: &'static Descriptor,
    pub repeated: &'static Descriptor,
    pub missing: &'static Descriptor,
    pub wrong_type: &'static Descriptor,
    pub impossible: &'static Descriptor,
    pub naming: &'static Descriptor,
    pub arguments: &'static Descriptor,
    pub same: &'static Descriptor,
}

/// Reads the blocks of one file and gathers what is wrong with them.
#[derive(Debug)]
pub struct Reader<'a> {
    file: FileId,
    ids: &'static NameDiagnostics,
    diagnostics: &'a mut Vec<Diagnostic>,
}

/// The id, title and places that every block has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    pub kind: &'static str,
    /// As written, or the title in kebab-case, or the kind.
    pub id: Located<String>,
    pub title: Option<Located<String>>,
    /// The whole block.
    pub place: Place,
}

impl Head {
    /// The title where there is one, else the id.
    pub fn label(&self) -> &str {
        self.title.as_ref().map_or(&self.id.value, |title| &title.value)
    }
}

/// The attributes of one block that were read so far.
#[derive(Debug)]
pub struct Attributes<'b> {
    /// Each by its name; of several, the first.
    first: BTreeMap<&'b str, &'b ast::Attribute>,
}

impl<'a> Reader<'a> {
    pub const fn new(file: FileId, ids: &'static NameDiagnostics, diagnostics: &'a mut Vec<Diagnostic>) -> Self {
        Self { file, ids, diagnostics }
    }

    pub const fn place(&self, span: Span) -> Place {
        Place::new(self.file, span)
    }

    pub fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// "`timeout` must be a duration": the value is of another kind.
    pub fn wrong_type(&mut self, value: &ast::Value, expected: Type) {
        self.report(
            Diagnostic::new(
                self.ids.wrong_type,
                self.place(value.span),
                format!("expected {}, found {}", expected.describe(), describe_value(value)),
            )
            .maybe_help(cure_for_type(value, expected)),
        );
    }

    /// The value is of the right kind but cannot be.
    pub fn impossible(&mut self, span: Span, message: impl Into<String>, help: Option<String>) {
        self.report(Diagnostic::new(self.ids.impossible, self.place(span), message).maybe_help(help));
    }

    /// The value, or a diagnostic about why there is none.
    pub fn sound<T>(&mut self, parsed: Result<T, UnitError>, span: Span) -> Option<T> {
        parsed.map_err(|problem| self.impossible(span, problem.message, problem.help)).ok()
    }

    pub fn head(&mut self, block: &Block, shape: &'static Shape) -> Head {
        self.check_naming(block, shape);
        let title = block.title.as_ref().map(|title| Located::new(title.value.value.clone(), self.place(title.span)));
        let id = match (&block.id, &title) {
            (Some(id), _) => Located::new(id.value.clone(), self.place(id.span)),
            (None, Some(title)) => Located::new(kebab_case(&title.value), title.place),
            (None, None) => Located::new(shape.kind.to_owned(), self.place(block.kind.span)),
        };
        Head { kind: shape.kind, id, title, place: self.place(block.span) }
    }

    /// Gathers a block's attributes; unknown, repeated and missing ones are reported.
    pub fn attributes<'b>(&mut self, block: &'b Block, shape: &'static Shape) -> Attributes<'b> {
        let mut first: BTreeMap<&str, &ast::Attribute> = BTreeMap::new();
        for attribute in block.attributes() {
            let name = attribute.name.value.as_str();
            if let Some(first) = first.get(name) {
                self.repeated(name, attribute.name.span, first.name.span);
                continue;
            }
            first.insert(name, attribute);
            if !shape.attributes.iter().any(|known| known.name == name) {
                self.unknown_attribute(&attribute.name, shape);
            }
        }
        for wanted in shape.attributes.iter().filter(|wanted| wanted.required && !first.contains_key(wanted.name)) {
            self.report(
                Diagnostic::new(
                    self.ids.missing,
                    self.place(block.head()),
                    format!("`{}` is missing from this {}", wanted.name, shape.kind),
                )
                .help(format!("add `{} = …`: {}", wanted.name, wanted.doc)),
            );
        }
        Attributes { first }
    }

    /// The same for attributes that stand outside a block with a shape: a clause list, a policy, a waiver.
    pub fn loose_attributes<'b>(
        &mut self,
        kind: &str,
        attributes: &[&'b ast::Attribute],
        known: &[&str],
    ) -> Attributes<'b> {
        let mut first: BTreeMap<&str, &ast::Attribute> = BTreeMap::new();
        for attribute in attributes {
            let name = attribute.name.value.as_str();
            if let Some(first) = first.get(name) {
                self.repeated(name, attribute.name.span, first.name.span);
                continue;
            }
            first.insert(name, attribute);
            if !known.contains(&name) {
                let help = did_you_mean(name, known.iter().copied()).map_or_else(
                    || format!("it has {}", list_names(known.iter().copied())),
                    |meant| format!("did you mean `{meant}`?"),
                );
                let message = format!("a {kind} has no `{name}`");
                self.report(Diagnostic::new(self.ids.unknown, self.place(attribute.name.span), message).help(help));
            }
        }
        Attributes { first }
    }

    /// Reads one attribute; `None` where it is absent or wrong (which is then said).
    pub fn take<T: AttributeType>(&mut self, attributes: &Attributes<'_>, name: &str) -> Option<Located<T>> {
        let value = &attributes.first.get(name)?.value;
        T::read(value, self).map(|read| Located::new(read, self.place(value.span)))
    }

    /// Reports nested blocks and red flags that do not belong into this one.
    pub fn check_blocks(&mut self, block: &Block, shape: &'static Shape) {
        let mut singles: BTreeMap<&str, Span> = BTreeMap::new();
        for entry in &block.body {
            let (kind, place) = match entry {
                Entry::Attribute(_) => continue,
                Entry::Block(inner) => (inner.kind.value.as_str(), inner.kind.span),
                Entry::RedFlag(flag) => ("redflag", Span::new(flag.span.start, flag.span.start + 7)),
            };
            let Some(known) = shape.blocks.iter().find(|known| known.shape.kind == kind) else {
                self.unknown_block(kind, place, shape);
                continue;
            };
            if known.many {
                continue;
            }
            if let Some(first) = singles.insert(known.shape.kind, place) {
                self.repeated(kind, place, first);
            }
        }
    }

    fn repeated(&mut self, name: &str, span: Span, first: Span) {
        self.report(
            Diagnostic::new(self.ids.repeated, self.place(span), format!("`{name}` is given twice"))
                .related(self.place(first), "it was given here first")
                .help("keep one of the two"),
        );
    }

    fn unknown_attribute(&mut self, name: &ast::Name, shape: &'static Shape) {
        let attributes = || shape.attributes.iter().map(|known| known.name);
        let help = if shape.blocks.iter().any(|known| known.shape.kind == name.value) {
            Some(format!("`{0}` is a block: write `{0} {{ … }}`", name.value))
        } else {
            did_you_mean(&name.value, attributes())
                .map(|meant| format!("did you mean `{meant}`?"))
                .or_else(|| Some(format!("a {} has {}", shape.kind, list_names(attributes()))))
        };
        self.report(
            Diagnostic::new(
                self.ids.unknown,
                self.place(name.span),
                format!("a {} has no `{}`", shape.kind, name.value),
            )
            .maybe_help(help),
        );
    }

    fn unknown_block(&mut self, kind: &str, span: Span, shape: &'static Shape) {
        let blocks = || shape.blocks.iter().map(|known| known.shape.kind);
        let help = if shape.attributes.iter().any(|known| known.name == kind) {
            Some(format!("`{kind}` is an attribute: write `{kind} = …`"))
        } else {
            did_you_mean(kind, blocks()).map(|meant| format!("did you mean `{meant}`?")).or_else(|| {
                (!shape.blocks.is_empty()).then(|| format!("a {} may hold {}", shape.kind, list_names(blocks())))
            })
        };
        self.report(
            Diagnostic::new(self.ids.unknown, self.place(span), format!("a {} holds no `{kind}`", shape.kind))
                .maybe_help(help),
        );
    }

    fn check_naming(&mut self, block: &Block, shape: &'static Shape) {
        let head = self.place(block.head());
        match shape.naming {
            Naming::Named => {
                let title = block.title.as_ref().map(|title| title.value.value.trim()).unwrap_or_default();
                if block.id.is_none() && !title.is_empty() && kebab_case(title).is_empty() {
                    let kind = shape.kind;
                    let message =
                        format!("the title of this {kind} gives no id: an id has letters from `a` to `z`, and digits");
                    let help = format!(
                        "give it one beside the title: `{kind} some-id \"{title}\" {{ … }}`, in YAML and JSON `id: some-id` and `title: {title}`"
                    );
                    self.report(Diagnostic::new(self.ids.naming, head, message).help(help));
                } else if block.id.is_none() && title.is_empty() {
                    self.report(
                        Diagnostic::new(self.ids.naming, head, format!("this {} has no id and no title", shape.kind))
                            .help(format!(
                                "write `{} some-id {{ … }}` or `{} \"Some title\" {{ … }}`",
                                shape.kind, shape.kind
                            )),
                    );
                }
            }
            Naming::Anonymous => {
                if block.id.is_some() || block.title.is_some() {
                    self.report(
                        Diagnostic::new(self.ids.naming, head, format!("a `{}` takes no id and no title", shape.kind))
                            .help(format!("write `{} {{ … }}`", shape.kind)),
                    );
                }
            }
            Naming::Of(words) => match &block.id {
                None => {
                    self.report(
                        Diagnostic::new(self.ids.naming, head, format!("say which {} it is", shape.kind)).help(
                            format!(
                                "write `{} {} {{ … }}`",
                                shape.kind,
                                words.values.first().map_or("", |word| word.name)
                            ),
                        ),
                    );
                }
                Some(id) => {
                    if words.at_end_of(&id.value).is_none() {
                        self.unknown_word(&id.value, id.span, words);
                    }
                }
            },
        }
    }

    pub fn unknown_word(&mut self, found: &str, span: Span, words: &'static EnumShape) {
        let known = || words.values.iter().map(|value| value.name);
        let help = did_you_mean(found, known())
            .map_or_else(|| format!("write {}", list_names(known())), |meant| format!("did you mean `{meant}`?"));
        self.report(
            Diagnostic::new(self.ids.impossible, self.place(span), format!("`{found}` is not {}", words.noun))
                .help(help),
        );
    }
}

/// `a`, `b`, or `c`, each in backticks.
pub fn list_names<'n>(names: impl Iterator<Item = &'n str>) -> String {
    join_with_or(&names.map(|name| format!("`{name}`")).collect::<Vec<_>>())
}

/// "Back up the database" is `back-up-the-database`.
pub fn kebab_case(title: &str) -> String {
    let mut id = String::new();
    for letter in title.chars() {
        if letter.is_ascii_alphanumeric() {
            id.push(letter.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.trim_end_matches('-').to_owned()
}

/// "the string `"x"`", as a message names what it found.
pub fn describe_value(value: &ast::Value) -> String {
    match &value.value {
        ValueKind::Literal(literal) => describe_literal(literal),
        ValueKind::Symbol(word) => format!("the word `{word}`"),
        ValueKind::List(_) => "a list".to_owned(),
        ValueKind::Map(_) => "a map".to_owned(),
    }
}

pub fn describe_literal(literal: &ast::Literal) -> String {
    match literal {
        ast::Literal::Bool(value) => format!("`{value}`"),
        ast::Literal::Number(value) => format!("the number `{value}`"),
        ast::Literal::Text(_) => "a string".to_owned(),
        ast::Literal::Duration(_) => "a duration".to_owned(),
        ast::Literal::Percent(_) => "a percentage".to_owned(),
        ast::Literal::Version(_) => "a version".to_owned(),
        ast::Literal::Moment(_) => "a date".to_owned(),
        ast::Literal::Offset(_) => "an offset".to_owned(),
        ast::Literal::Person(_) => "a person".to_owned(),
        ast::Literal::Pattern(_) => "a pattern".to_owned(),
    }
}

/// YAML has always let a blank stand between a date and a time.
fn joined_with_t(text: &str) -> Option<String> {
    let (date, time) = text.split_once(' ')?;
    let joined = format!("{date}T{}", time.trim_start());
    Moment::parse(&joined).is_ok().then(|| format!("a date and a time are joined with `T`: `{joined}`"))
}

const NO_TRUTH: &str = "quote it if it is meant as a text, or leave it out";

fn cure_for_type(value: &ast::Value, expected: Type) -> Option<String> {
    match (&value.value, expected) {
        (ValueKind::Literal(ast::Literal::Bool(_)), Type::Text) => Some(NO_TRUTH.to_owned()),
        (ValueKind::Symbol(word), Type::Text) if is_yes_or_no(word) => Some(NO_TRUTH.to_owned()),
        (ValueKind::Symbol(word), Type::Text) => Some(format!("write `\"{word}\"`")),
        (ValueKind::Symbol(word), Type::Person) if word.starts_with('@') => {
            Some("a name has letters, digits, `_`, and between them `-` and `.`".to_owned())
        }
        (ValueKind::Symbol(word), Type::Person) => Some(format!("write `@{word}`")),
        (ValueKind::Literal(ast::Literal::Number(number)), Type::Duration) => {
            Some(format!("give the unit: `{number}s`, `{number}m` or `{number}h`"))
        }
        (ValueKind::Literal(ast::Literal::Number(number)), Type::Percent) => Some(format!("write `{number}%`")),
        (ValueKind::Literal(ast::Literal::Text(text)), Type::Duration | Type::Number | Type::Bool | Type::Enum(_)) => {
            Some(format!("write `{}` without quotes", text.value))
        }
        (ValueKind::Symbol(text), Type::Moment) => joined_with_t(text),
        (ValueKind::Literal(ast::Literal::Text(text)), Type::Moment) => joined_with_t(&text.value),
        (ValueKind::Literal(_) | ValueKind::Symbol(_), Type::List(_)) => Some("put it into a list: `[…]`".to_owned()),
        _ => None,
    }
}
