//! Whether a statement is a sentence in some dialect. The parser of statements is sealed in here, with its limits.

use sqlparser::dialect::{
    ClickHouseDialect, Dialect as Grammar, GenericDialect, MsSqlDialect, MySqlDialect, PostgreSqlDialect, SQLiteDialect,
};
use sqlparser::parser::{Parser, ParserError, ParserOptions};
use sqlparser::tokenizer::Token as SqlToken;

use super::Dialect;
use super::scan::{Lexeme, Token};

/// How deep the parser may descend. Its stack is the caller's.
const DEPTH: usize = 16;
/// How deep brackets may stand in each other, and how long a chain of operators may be: its tree is as deep.
const BRACKETS: u32 = 16;
const CHAIN: u32 = 1_500;

/// Why a statement was not understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// At this byte of the statement, none of the dialects goes on.
    Unexpected(usize),
    /// It breaks off.
    Unfinished,
    TooDeep,
    TooLong,
}

/// Tries the dialect that is known, then the others that are near to it.
pub(super) fn check(statement: &str, tokens: &[Token], text: &str, dialect: Dialect) -> Result<(), Fault> {
    if is_too_deep(tokens, text) {
        return Err(Fault::TooDeep);
    }
    let known: &dyn Grammar = match dialect {
        Dialect::Generic => &GenericDialect {},
        Dialect::Postgres => &PostgreSqlDialect {},
        Dialect::Mysql => &MySqlDialect {},
        Dialect::Sqlite => &SQLiteDialect {},
    };
    let others: [&dyn Grammar; 6] = [
        &GenericDialect {},
        &PostgreSqlDialect {},
        &MySqlDialect {},
        &SQLiteDialect {},
        &MsSqlDialect {},
        &ClickHouseDialect {},
    ];
    let mut furthest = None;
    for grammar in std::iter::once(known).chain(others) {
        match parse(statement, grammar) {
            Ok(()) => return Ok(()),
            Err(fault) => furthest = Some(further(furthest, fault)),
        }
    }
    furthest.map_or(Ok(()), Err)
}

fn further(known: Option<Fault>, new: Fault) -> Fault {
    match (known, new) {
        (Some(Fault::Unexpected(before)), Fault::Unexpected(at)) => Fault::Unexpected(before.max(at)),
        (Some(deep @ (Fault::TooDeep | Fault::TooLong)), _) => deep,
        (Some(Fault::Unfinished), Fault::Unexpected(_)) => Fault::Unfinished,
        (_, new) => new,
    }
}

fn parse(statement: &str, grammar: &dyn Grammar) -> Result<(), Fault> {
    let options = ParserOptions::new().with_unescape(false).with_trailing_commas(grammar.supports_trailing_commas());
    let parser = Parser::new(grammar).with_recursion_limit(DEPTH).with_options(options);
    let mut parser = match parser.try_with_sql(statement) {
        Ok(parser) => parser,
        Err(problem) => return Err(fault(statement, &problem)),
    };
    if let Err(problem) = parser.parse_statement() {
        return Err(fault(statement, &problem));
    }
    let next = parser.peek_token();
    if next.token == SqlToken::EOF {
        return Ok(());
    }
    Err(Fault::Unexpected(byte_at(statement, next.span.start.line, next.span.start.column)))
}

fn fault(statement: &str, problem: &ParserError) -> Fault {
    let message = match problem {
        ParserError::RecursionLimitExceeded => return Fault::TooDeep,
        ParserError::TokenizerError(message) | ParserError::ParserError(message) => message,
    };
    let said = message.rsplit_once("Line: ").and_then(|(_, place)| place.split_once(", Column: "));
    let place = said.and_then(|(line, column)| Some((line.trim().parse().ok()?, column.trim().parse().ok()?)));
    match place {
        Some((line, column)) => Fault::Unexpected(byte_at(statement, line, column)),
        None if message.ends_with("EOF") => Fault::Unfinished,
        None => Fault::Unexpected(0),
    }
}

/// Lines and columns count from 1, columns in characters.
fn byte_at(text: &str, line: u64, column: u64) -> usize {
    let (line, column) = (usize::try_from(line).unwrap_or(1), usize::try_from(column).unwrap_or(1));
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = text.get(before..).unwrap_or_default();
    before + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// A chain of operators becomes a tree as deep as the chain is long, and whatever walks it descends as deep.
fn is_too_deep(tokens: &[Token], text: &str) -> bool {
    // Of each bracket that is open: the chain so far, and the longest before the last comma.
    let mut open = vec![(0_u32, 0_u32)];
    for token in tokens {
        let symbol = if token.lexeme == Lexeme::Symbol { token.span.text(text) } else { "" };
        match symbol {
            "(" | "[" | "{" => open.push((0, 0)),
            ")" | "]" | "}" if open.len() > 1 => {
                let inner = open.pop().map_or(0, |(chain, longest)| chain.max(longest));
                if let Some((chain, _)) = open.last_mut() {
                    *chain += inner + 1;
                }
            }
            _ => {
                if let Some((chain, longest)) = open.last_mut() {
                    *chain += 1;
                    if symbol == "," {
                        *longest = (*longest).max(*chain);
                        *chain = 0;
                    }
                }
            }
        }
        let too_long = open.last().is_some_and(|(chain, _)| *chain > CHAIN);
        if too_long || open.len() > BRACKETS as usize {
            return true;
        }
    }
    false
}
