//! What holds for every file: its layout is final, says the same, and keeps every comment.

use proptest::collection::vec;
use proptest::prelude::{ProptestConfig, Strategy, any, proptest};

use super::scribble::scribble;
use super::{laid_out, try_lay_out};
use crate::format::format;
use crate::source::FileId;
use crate::syntax::ast::File;
use crate::syntax::{Parse, parse};

fn keeps_its_promises(text: &str) {
    let before = parse(FileId::default(), text);
    assert_eq!(before.diagnostics, [], "the scribbled file is not valid\n{text}");
    let once = format(text, &before).unwrap_or_else(|error| panic!("{error}\n{text}"));
    let after = parse(FileId::default(), &once);
    assert_eq!(after.diagnostics, [], "{text}");
    assert_eq!(after.tree, before.tree, "{text}");
    assert_eq!(comments(&once, &after), comments(text, &before));
    assert_eq!(format(&once, &after).as_ref(), Ok(&once), "the second pass changes what the first one wrote\n{text}");
    assert!(!once.contains("\n\n\n") || text.contains("\"\"\""), "two empty lines\n{once}");
}

fn comments<'a>(text: &'a str, parse: &Parse<File>) -> Vec<&'a str> {
    let mut comments: Vec<_> = parse.comments.iter().map(|comment| comment.span.text(text).trim_end()).collect();
    comments.sort_unstable();
    comments
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_the_layout_was(text in vec(any::<u8>(), 0..1000).prop_map(|tape| scribble(&tape))) {
        keeps_its_promises(&text);
    }

    #[test]
    fn whatever_the_text_is(text in "[a-z{}()=,#\"\\[\\]\\n @.:/-]{0,80}") {
        if let Ok(once) = try_lay_out(&text) {
            assert_eq!(laid_out(&once), once);
        }
    }
}
