//! The functions of the language: names, types and meaning. The evaluator holds their logic.

use super::enums::WEEKDAY;
use super::types::Type;

/// What a function takes at one place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Takes {
    /// Exactly this type.
    One(Type),
    /// Text, or what reads like text: names, zones, persons, versions.
    TextLike,
    /// Any list.
    AnyList,
    /// A list or a text.
    ListOrText,
    Anything,
}

/// What a function gives.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gives {
    This(Type),
    /// The type of its first argument.
    First,
    /// The type of the elements of its first argument.
    Element,
}

/// How a function is called and what it means.
#[derive(Debug)]
pub struct Signature {
    pub name: &'static str,
    pub takes: &'static [Takes],
    pub gives: Gives,
    pub doc: &'static str,
}

macro_rules! functions {
    ($($variant:ident = $name:literal ($($takes:expr),*) -> $gives:expr, $doc:literal;)+) => {
        /// A function of the language.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Function { $(#[doc = $doc] $variant),+ }

        impl Function {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn signature(self) -> &'static Signature {
                match self {
                    $(Self::$variant => const { &Signature { name: $name, takes: &[$($takes),*], gives: $gives, doc: $doc } }),+
                }
            }
        }
    };
}

use Gives::{Element, First, This};
use Takes::{AnyList, Anything, ListOrText, One, TextLike};

functions! {
    Count = "count" (AnyList) -> This(Type::Number), "how many elements a list has";
    Len = "len" (ListOrText) -> This(Type::Number), "how many elements a list or characters a text has";
    Duration = "duration" (TextLike) -> This(Type::Duration), "the duration a text says: `\"04:00:00\"`, `\"4h\"`, `\"PT4H\"`";
    Version = "version" (TextLike) -> This(Type::Version), "the version a text says: `\"v1.2.3\"`, `\"TLSv1.2\"`";
    Number = "number" (TextLike) -> This(Type::Number), "the number a text says";
    Lower = "lower" (TextLike) -> This(Type::Text), "the text in lower case";
    Upper = "upper" (TextLike) -> This(Type::Text), "the text in upper case";
    Trim = "trim" (TextLike) -> This(Type::Text), "the text without blanks around it";
    StartsWith = "starts_with" (TextLike, TextLike) -> This(Type::Bool), "whether a text starts with another";
    EndsWith = "ends_with" (TextLike, TextLike) -> This(Type::Bool), "whether a text ends with another";
    Split = "split" (TextLike, TextLike) -> This(Type::List(&Type::Text)), "the parts of a text between separators";
    Join = "join" (AnyList, TextLike) -> This(Type::Text), "the elements of a list as one text, with a separator";
    Weekday = "weekday" (One(Type::Moment)) -> This(Type::Enum(&WEEKDAY)), "the day of the week a moment falls on, in its zone";
    Now = "now" () -> This(Type::Moment), "the instant the run is judged at: `--at`, or the clock when it started";
    Sum = "sum" (AnyList) -> Element, "all elements added up";
    Min = "min" (AnyList) -> Element, "the least element";
    Max = "max" (AnyList) -> Element, "the greatest element";
    First = "first" (AnyList) -> Element, "the first element";
    Last = "last" (AnyList) -> Element, "the last element";
    AsList = "as_list" (Anything) -> This(Type::List(&Type::Any)), "the value itself where it is a list, else a list of it alone";
    Abs = "abs" (Anything) -> First, "without its sign";
    Text = "text" (Anything) -> This(Type::Text), "as messages print it";
    FileExists = "file_exists" (TextLike) -> This(Type::Bool), "whether a file exists, seen from the plan's folder";
}

impl Function {
    pub const fn name(self) -> &'static str {
        self.signature().name
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|function| function.name() == name)
    }
}
