//! Declares a kind of block once: its struct, its shape, how it is read and how rules see it.

/// `record! { /// doc  pub struct Window = "window", Naming::Anonymous { attributes { … } blocks { … } derived { … } } }`
///
/// Attributes are `/// doc` + `required|optional name "written": Type`; every one becomes an `Option<Located<Type>>`,
/// since a plan that lacks a required attribute is still worth linting. Blocks are `one|many name "plural": Type`.
macro_rules! record {
    (
        $(#[doc = $doc:literal])+
        pub struct $name:ident = $kind:literal, $naming:expr;
        attributes { $($(#[doc = $adoc:literal])+ $need:ident $field:ident $written:literal: $type:ty;)* }
        blocks { $($count:ident $child:ident $plural:literal: $block:ty;)* }
        derived { $($(#[doc = $ddoc:literal])+ $dname:literal: $dtype:expr;)* }
    ) => {
        $(#[doc = $doc])+
        #[derive(Debug, Clone)]
        pub struct $name {
            pub head: $crate::model::read::Head,
            $($(#[doc = $adoc])+ pub $field: Option<$crate::model::located::Located<$type>>,)*
            $(pub $child: record!(@field $count $block),)*
        }

        impl $crate::model::read::BlockType for $name {
            type Syntax = $crate::syntax::ast::Block;

            const SHAPE: &'static $crate::model::types::Shape = &$crate::model::types::Shape {
                kind: $kind,
                doc: record!(@doc $($doc)+),
                naming: $naming,
                attributes: &[$($crate::model::types::AttributeShape {
                    name: $written,
                    kind: <$type as $crate::model::read::AttributeType>::TYPE,
                    required: record!(@required $need),
                    settable: true,
                    doc: record!(@doc $($adoc)+),
                }),*],
                blocks: &[$($crate::model::types::BlockShape {
                    shape: <$block as $crate::model::read::BlockType>::SHAPE,
                    element: &$crate::model::types::Type::Record(<$block as $crate::model::read::BlockType>::SHAPE),
                    field: $plural,
                    many: record!(@many $count),
                }),*],
                derived: &[$($crate::model::types::AttributeShape {
                    name: $dname,
                    kind: $dtype,
                    required: false,
                    settable: false,
                    doc: record!(@doc $($ddoc)+),
                }),*],
            };

            fn select(entry: &$crate::syntax::ast::Entry) -> Option<&Self::Syntax> {
                $crate::model::read::block_of_kind(entry, $kind)
            }

            fn read(block: &$crate::syntax::ast::Block, reader: &mut $crate::model::read::Reader<'_>) -> Self {
                let head = reader.head(block, Self::SHAPE);
                reader.check_blocks(block, Self::SHAPE);
                let attributes = reader.attributes(block, Self::SHAPE);
                let _ = &attributes;
                Self {
                    head,
                    $($field: reader.take(&attributes, $written),)*
                    $($child: record!(@read $count block, reader, $block),)*
                }
            }

            fn head(&self) -> &$crate::model::read::Head {
                &self.head
            }

            fn fields(&self) -> Vec<(&'static str, $crate::model::data::Value)> {
                let mut fields: Vec<(&'static str, $crate::model::data::Value)> = Vec::new();
                $(if let Some(found) = &self.$field {
                    use $crate::model::read::AttributeType as _;
                    fields.push(($written, $crate::model::data::Value::new(found.value.data(found.place), found.place)));
                })*
                $(record!(@push $count fields, $plural, &self.$child, self);)*
                fields
            }
        }
    };
    (@doc $($line:literal)+) => { concat!($($line, "\n"),+).trim_ascii() };
    (@required required) => { true };
    (@required optional) => { false };
    (@many one) => { false };
    (@many many) => { true };
    (@field one $block:ty) => { Option<$block> };
    (@field many $block:ty) => { Vec<$block> };
    (@read one $source:ident, $reader:ident, $block:ty) => {
        $crate::model::read::blocks_of::<$block>($source).next().map(|block| <$block as $crate::model::read::BlockType>::read(block, $reader))
    };
    (@read many $source:ident, $reader:ident, $block:ty) => {
        $crate::model::read::blocks_of::<$block>($source).map(|block| <$block as $crate::model::read::BlockType>::read(block, $reader)).collect()
    };
    (@push one $fields:ident, $plural:literal, $child:expr, $owner:ident) => {
        if let Some(found) = $child { $fields.push(($plural, $crate::model::read::BlockType::value(found))); }
    };
    (@push many $fields:ident, $plural:literal, $child:expr, $owner:ident) => {
        $fields.push(($plural, $crate::model::read::list_of($child, $owner.head.id.place)));
    };
}

pub(super) use record;
