//! What can be wrong with a text as such, each with its documentation. The examples in it are tests.

crate::descriptors! {
    /// Every diagnostic of the syntax layer.
    TABLE;

    UNEXPECTED = {
        id: "syntax/unexpected",
        severity: Error,
        undecided: true,
        summary: "something stands where something else must stand",
        doc: include_str!("docs/unexpected.md"),
    }
    TOO_DEEP = {
        id: "syntax/too-deep",
        severity: Error,
        undecided: true,
        summary: "brackets or operators nest too deep",
        doc: include_str!("docs/too-deep.md"),
    }
    TOO_MANY_ERRORS = {
        id: "syntax/too-many-errors",
        severity: Error,
        undecided: true,
        summary: "the file has more syntax errors than are listed",
        doc: include_str!("docs/too-many-errors.md"),
    }
    UNTERMINATED_STRING = {
        id: "syntax/unterminated-string",
        severity: Error,
        undecided: true,
        summary: "a string is not closed",
        doc: include_str!("docs/unterminated-string.md"),
    }
    UNTERMINATED_PATTERN = {
        id: "syntax/unterminated-pattern",
        severity: Error,
        undecided: true,
        summary: "a pattern is not closed",
        doc: include_str!("docs/unterminated-pattern.md"),
    }
    UNCLOSED_BRACKET = {
        id: "syntax/unclosed-bracket",
        severity: Error,
        undecided: true,
        summary: "a bracket is never closed",
        doc: include_str!("docs/unclosed-bracket.md"),
    }
    UNMATCHED_BRACKET = {
        id: "syntax/unmatched-bracket",
        severity: Error,
        undecided: true,
        summary: "a bracket closes nothing",
        doc: include_str!("docs/unmatched-bracket.md"),
    }
    MISSING_BRACE = {
        id: "syntax/missing-brace",
        severity: Error,
        undecided: true,
        summary: "a block has no opening brace",
        doc: include_str!("docs/missing-brace.md"),
    }
    HIDDEN_CHARACTER = {
        id: "syntax/hidden-character",
        severity: Error,
        undecided: true,
        summary: "a character that cannot be seen",
        doc: include_str!("docs/hidden-character.md"),
    }
    FOREIGN_COMMENT = {
        id: "syntax/foreign-comment",
        severity: Error,
        undecided: true,
        summary: "a comment in the style of another language",
        doc: include_str!("docs/foreign-comment.md"),
    }
    SINGLE_QUOTES = {
        id: "syntax/single-quotes",
        severity: Error,
        undecided: true,
        summary: "a text in single quotes",
        doc: include_str!("docs/single-quotes.md"),
    }
    SINGLE_EQUALS = {
        id: "syntax/single-equals",
        severity: Error,
        undecided: true,
        summary: "`=` where two values are compared",
        doc: include_str!("docs/single-equals.md"),
    }
    NOT_AN_ASSIGNMENT = {
        id: "syntax/not-an-assignment",
        severity: Error,
        undecided: true,
        summary: "an attribute set with another sign than `=`",
        doc: include_str!("docs/not-an-assignment.md"),
    }
    STRAY_EQUALS = {
        id: "syntax/stray-equals",
        severity: Error,
        undecided: true,
        summary: "a clause followed by `=`",
        doc: include_str!("docs/stray-equals.md"),
    }
    MISSING_EQUALS = {
        id: "syntax/missing-equals",
        severity: Error,
        undecided: true,
        summary: "an attribute without `=`",
        doc: include_str!("docs/missing-equals.md"),
    }
    MISSING_VALUE = {
        id: "syntax/missing-value",
        severity: Error,
        undecided: true,
        summary: "an attribute without a value",
        doc: include_str!("docs/missing-value.md"),
    }
    MISSING_SEPARATOR = {
        id: "syntax/missing-separator",
        severity: Error,
        undecided: true,
        summary: "two entries with nothing between them",
        doc: include_str!("docs/missing-separator.md"),
    }
    MISSPELT_KEYWORD = {
        id: "syntax/misspelt-keyword",
        severity: Error,
        undecided: true,
        summary: "a word that is nearly a keyword",
        doc: include_str!("docs/misspelt-keyword.md"),
    }
    FOREIGN_OPERATOR = {
        id: "syntax/foreign-operator",
        severity: Error,
        undecided: true,
        summary: "an operator of another language",
        doc: include_str!("docs/foreign-operator.md"),
    }
    CHAINED_COMPARISON = {
        id: "syntax/chained-comparison",
        severity: Error,
        undecided: true,
        summary: "a comparison of a comparison",
        doc: include_str!("docs/chained-comparison.md"),
    }
    UNKNOWN_ESCAPE = {
        id: "syntax/unknown-escape",
        severity: Error,
        undecided: true,
        summary: "a backslash that escapes nothing",
        doc: include_str!("docs/unknown-escape.md"),
    }
    BAD_NUMBER = {
        id: "syntax/bad-number",
        severity: Error,
        undecided: true,
        summary: "a number that cannot be read",
        doc: include_str!("docs/bad-number.md"),
    }
    BAD_DURATION = {
        id: "syntax/bad-duration",
        severity: Error,
        undecided: true,
        summary: "a duration that cannot be read",
        doc: include_str!("docs/bad-duration.md"),
    }
    BAD_OFFSET = {
        id: "syntax/bad-offset",
        severity: Error,
        undecided: true,
        summary: "an offset that cannot be read",
        doc: include_str!("docs/bad-offset.md"),
    }
    BAD_DATE = {
        id: "syntax/bad-date",
        severity: Error,
        undecided: true,
        summary: "a date that cannot be read",
        doc: include_str!("docs/bad-date.md"),
    }
    BAD_VERSION = {
        id: "syntax/bad-version",
        severity: Error,
        undecided: true,
        summary: "a version that cannot be read",
        doc: include_str!("docs/bad-version.md"),
    }
    OUT_OF_RANGE = {
        id: "syntax/out-of-range",
        severity: Error,
        undecided: true,
        summary: "a number too large to hold",
        doc: include_str!("docs/out-of-range.md"),
    }
    REPEATED_CLAUSE = {
        id: "syntax/repeated-clause",
        severity: Error,
        undecided: true,
        summary: "a clause that stands twice",
        doc: include_str!("docs/repeated-clause.md"),
    }
    CLAUSE_ORDER = {
        id: "syntax/clause-order",
        severity: Error,
        undecided: true,
        summary: "a clause before one it must follow",
        doc: include_str!("docs/clause-order.md"),
    }
    MISPLACED_CLAUSE = {
        id: "syntax/misplaced-clause",
        severity: Error,
        undecided: true,
        summary: "a clause in a block that has no such clause",
        doc: include_str!("docs/misplaced-clause.md"),
    }
    UNCLOSED_EXPRESSION = {
        id: "syntax/unclosed-expression",
        severity: Error,
        undecided: true,
        summary: "a `{` in a message without its `}`",
        doc: include_str!("docs/unclosed-expression.md"),
    }
    STRAY_BRACE = {
        id: "syntax/stray-brace",
        severity: Error,
        undecided: true,
        summary: "a `}` in a message without its `{`",
        doc: include_str!("docs/stray-brace.md"),
    }
    TEXT_IN_EXPRESSION = {
        id: "syntax/text-in-expression",
        severity: Error,
        undecided: true,
        summary: "a text within an expression of a quoted message",
        doc: include_str!("docs/text-in-expression.md"),
    }
}
