//! The types of the language, and the shapes of records: what fields a plan has, what they hold, what they mean.
//!
//! One table serves everybody: reading plans, "did you mean", typing rules, the JSON Schema, the reference.

/// The type of an attribute or an expression.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Type {
    /// Known only when a document is read.
    Any,
    Bool,
    Number,
    Text,
    Duration,
    Percent,
    Version,
    /// A day, or a moment in civil time or with a zone.
    Moment,
    /// Relative to the window's start, such as `T-1d`.
    Offset,
    /// An offset or a moment.
    Due,
    /// A bare word that names a part of the plan.
    Name,
    Person,
    Pattern,
    Zone,
    Calendar,
    Enum(&'static EnumShape),
    List(&'static Type),
    /// Names to values of one type.
    Map(&'static Type),
    Record(&'static Shape),
    /// A number, percentage or duration, as the plan's metric says.
    Measure,
}

/// A closed set of words.
#[derive(Debug, PartialEq, Eq)]
pub struct EnumShape {
    /// "an environment"
    pub noun: &'static str,
    pub values: &'static [EnumValue],
    /// True where the values stand from least to most and may be compared with `<`.
    pub ordered: bool,
}

#[derive(Debug, PartialEq, Eq)]
pub struct EnumValue {
    pub name: &'static str,
    pub doc: &'static str,
}

impl EnumShape {
    /// The word that an id is, or that stands at its end after a hyphen.
    pub fn at_end_of(&self, id: &str) -> Option<&'static EnumValue> {
        let ends = |word: &str| id.strip_suffix(word).is_some_and(|before| before.is_empty() || before.ends_with('-'));
        self.values.iter().find(|value| ends(value.name))
    }
}

/// A kind of block: its attributes and the blocks it may hold.
#[derive(Debug)]
pub struct Shape {
    /// The word that opens the block.
    pub kind: &'static str,
    pub doc: &'static str,
    pub naming: Naming,
    pub attributes: &'static [AttributeShape],
    pub blocks: &'static [BlockShape],
    /// Fields that rules may read and nobody writes.
    pub derived: &'static [AttributeShape],
}

/// Whether a block carries an id and title.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Naming {
    /// An id, a title, or both.
    Named,
    /// Neither: `window { … }`.
    Anonymous,
    /// An id that is a word out of a closed set, or ends with one: `strategy canary { … }`, `strategy web-canary { … }`.
    Of(&'static EnumShape),
}

#[derive(Debug)]
pub struct AttributeShape {
    pub name: &'static str,
    pub kind: Type,
    pub required: bool,
    /// Whether it stands for text that somebody wrote as one value, so that another can be set there.
    pub settable: bool,
    pub doc: &'static str,
}

#[derive(Debug)]
pub struct BlockShape {
    pub shape: &'static Shape,
    /// The type of one of them.
    pub element: &'static Type,
    /// How rules, YAML and JSON name all of them: `changes`; the kind itself where there is one at most.
    pub field: &'static str,
    pub many: bool,
}

impl PartialEq for Shape {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self, other) || self.kind == other.kind
    }
}

impl BlockShape {
    pub const fn field_type(&self) -> Type {
        if self.many { Type::List(self.element) } else { *self.element }
    }
}

impl Shape {
    /// The type of a field that rules may read.
    pub fn field_type(&self, name: &str) -> Option<Type> {
        if matches!(name, "id" | "title") && self.naming != Naming::Anonymous {
            return Some(Type::Text);
        }
        let named =
            |fields: &'static [AttributeShape]| fields.iter().find(|field| field.name == name).map(|field| field.kind);
        named(self.attributes)
            .or_else(|| self.blocks.iter().find(|block| block.field == name).map(BlockShape::field_type))
            .or_else(|| named(self.derived))
    }

    /// Whether the value of a field stands as it is in the text, and another can be set there.
    pub fn is_settable(&self, name: &str) -> bool {
        self.attributes.iter().chain(self.derived).any(|field| field.name == name && field.settable)
    }

    /// The type that all fields have, where they have one: such a record may be asked for a field by its name.
    pub fn fields_type(&self) -> Option<Type> {
        let first = self.attributes.first().filter(|_| self.naming == Naming::Anonymous)?;
        let uniform = self.blocks.is_empty() && self.derived.is_empty();
        (uniform && self.attributes.iter().all(|field| field.kind == first.kind)).then_some(first.kind)
    }

    /// The names of all fields that rules may read.
    pub fn field_names(&self) -> impl Iterator<Item = &'static str> {
        let named = if self.naming == Naming::Anonymous { [].as_slice() } else { ["id", "title"].as_slice() };
        named
            .iter()
            .copied()
            .chain(self.attributes.iter().map(|field| field.name))
            .chain(self.blocks.iter().map(|block| block.field))
            .chain(self.derived.iter().map(|field| field.name))
    }
}

impl Type {
    /// "a duration such as `30m`": what a user must write.
    pub fn describe(self) -> String {
        match self {
            Self::Any => "a value".to_owned(),
            Self::Bool => "`true` or `false`".to_owned(),
            Self::Number => "a number".to_owned(),
            Self::Text => "a string".to_owned(),
            Self::Duration => "a duration such as `30m`".to_owned(),
            Self::Percent => "a percentage such as `5%`".to_owned(),
            Self::Version => "a version such as `v1.2`".to_owned(),
            Self::Moment => "a date or a date and time such as `2026-11-24T10:00`".to_owned(),
            Self::Offset => "an offset from the window's start such as `T-1d`".to_owned(),
            Self::Due => "an offset such as `T-1d`, or a date".to_owned(),
            Self::Name => "a name".to_owned(),
            Self::Person => "a person such as `@alice`".to_owned(),
            Self::Pattern => "a pattern such as `/^v\\d+/`".to_owned(),
            Self::Zone => "a time zone such as `\"Europe/Berlin\"`".to_owned(),
            Self::Calendar => "a calendar".to_owned(),
            Self::Enum(shape) => shape.noun.to_owned(),
            Self::List(element) => format!("a list of {}", element.plural()),
            Self::Map(_) => "a map such as `{ NAME = \"value\" }`".to_owned(),
            Self::Record(shape) => format!("a {}", shape.kind),
            Self::Measure => "what a metric measures".to_owned(),
        }
    }

    fn plural(self) -> String {
        match self {
            Self::Any => "values".to_owned(),
            Self::Bool => "booleans".to_owned(),
            Self::Number => "numbers".to_owned(),
            Self::Text => "strings".to_owned(),
            Self::Duration => "durations".to_owned(),
            Self::Percent => "percentages".to_owned(),
            Self::Version => "versions".to_owned(),
            Self::Moment => "dates".to_owned(),
            Self::Offset => "offsets".to_owned(),
            Self::Due => "offsets or dates".to_owned(),
            Self::Name => "names".to_owned(),
            Self::Person => "persons".to_owned(),
            Self::Pattern => "patterns".to_owned(),
            Self::Zone => "time zones".to_owned(),
            Self::Calendar => "calendars".to_owned(),
            Self::Enum(shape) => shape.noun.split_once(' ').map_or(shape.noun, |(_, noun)| noun).to_owned() + " values",
            Self::List(_) => "lists".to_owned(),
            Self::Map(_) => "maps".to_owned(),
            Self::Record(shape) => format!("{}s", shape.kind),
            Self::Measure => "measures".to_owned(),
        }
    }

    /// The list of this type; of enums and records only "a list", whose elements are typed where they are written.
    #[must_use]
    pub const fn list(self) -> Self {
        match self {
            Self::Bool => Self::List(&Self::Bool),
            Self::Number => Self::List(&Self::Number),
            Self::Text => Self::List(&Self::Text),
            Self::Duration => Self::List(&Self::Duration),
            Self::Percent => Self::List(&Self::Percent),
            Self::Version => Self::List(&Self::Version),
            Self::Moment => Self::List(&Self::Moment),
            Self::Offset => Self::List(&Self::Offset),
            Self::Due => Self::List(&Self::Due),
            Self::Name => Self::List(&Self::Name),
            Self::Person => Self::List(&Self::Person),
            Self::Pattern => Self::List(&Self::Pattern),
            Self::Zone => Self::List(&Self::Zone),
            Self::Calendar => Self::List(&Self::Calendar),
            Self::Enum(_) | Self::Record(_) | Self::Any | Self::List(_) | Self::Map(_) | Self::Measure => {
                Self::List(&Self::Any)
            }
        }
    }
}
