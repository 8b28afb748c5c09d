//! Where the book says what a rule means, for reports that can link to it. Knows how the book is laid out, and that only
//! whoever publishes Stopline knows where it stands.

use crate::session::{Pack, builtin};

/// Where the book stands: whoever publishes a build with a book says so.
pub const BOOK: Option<&str> = option_env!("STOPLINE_BOOK");

/// The page of a rule that comes with Stopline; none where nobody has said where the book is, or the rule is one's own.
pub fn page(rule: &str, book: Option<&str>) -> Option<String> {
    let book = book?.trim_end_matches('/');
    let (group, _) = rule.split_once('/')?;
    let path = if builtin().any(|known| known.id == rule) {
        "diagnostics.html".to_owned()
    } else {
        format!("packs/{}.html", Pack::named(group)?.name)
    };
    // As mdBook makes it of the heading.
    Some(format!("{book}/{path}#{}", rule.replace('/', "")))
}

#[cfg(test)]
mod tests {
    use super::page;

    #[test]
    fn what_comes_with_stopline_has_a_page_where_there_is_a_book() {
        let book = Some("https://docs.example.com/stopline/");
        let at = |rule| page(rule, book);
        assert_eq!(
            at("plan/missing-undo").unwrap(),
            "https://docs.example.com/stopline/diagnostics.html#planmissing-undo"
        );
        assert_eq!(
            at("web-tls/old-protocol").unwrap(),
            "https://docs.example.com/stopline/packs/web-tls.html#web-tlsold-protocol"
        );
        assert_eq!(at("team/ticket"), None);
        assert_eq!(page("plan/missing-undo", None), None);
    }
}
