//! What can be wrong with a document before any rule looks at it.

use crate::descriptors;

descriptors! {
    /// Every diagnostic of documents.
    DOCUMENT_DIAGNOSTICS;
    UNREADABLE = {
        id: "document/unreadable", severity: Error, undecided: true,
        summary: "a file cannot be read",
        doc: "
The file is there, but its text is not: it may not be opened, it is not UTF-8, or it is too large.

## Why is this bad?
A file that was not read was not judged. A run that leaves it out must not say GO.

## What to do
Make the file readable for whoever runs the check, store it as UTF-8, or leave it out of the paths on purpose.
",
    }
    TOO_LARGE = {
        id: "document/too-large", severity: Error, undecided: true,
        summary: "a document is too large",
        doc: "
The file is larger than 32 MiB, or holds more than two million values.

## Why is this bad?
Configuration that people keep is a thousand times smaller: this is a dump, a log or an attack. Reading it would take
more memory than it is worth, so it was not read, and nothing in it was judged.

## What to do
Leave the file out of the paths on purpose, or split it.
",
    }
    EMPTY = {
        id: "document/empty", severity: Error, undecided: true,
        summary: "a document says nothing",
        doc: "
The file is empty, or holds only blanks and comments.

## Why is this bad?
An empty file is mostly a failed download or a template that rendered to nothing. No rule can be judged by it.

## What to do
Fill it or remove it. In JSON and YAML a mapping that is empty on purpose is written `{}`.
",
    }
    SYNTAX = {
        id: "document/syntax", severity: Error, undecided: true,
        summary: "a document is not written in its format",
        doc: "
The text breaks the grammar of its format at the marked place.

## Why is this bad?
What stands after the place may mean something else than it seems to, so nothing in the file is judged.

## What to do
Repair the marked place. `.json` is read to the letter: no comments, no trailing commas, double quotes only; `.jsonc`
allows comments and trailing commas, and so do `tsconfig.json` and its like. YAML is read as YAML 1.2, TOML as TOML 1.1.
Where programs differ in what a line of a `.env` or `.ini` file means, it is not guessed at but said here.

```json
{ \"session_expiry\": \"04:00:00\", }
```
The comma before `}` is one too many.
",
    }
    TEMPLATE = {
        id: "document/template", severity: Error, undecided: true,
        summary: "a file is a template of what will be read",
        doc: "
The text holds marks of a template language, such as `{{ … }}`, `{% … %}`, `<% … %>` or `${…}`. What will be read is
made of it later.

## Why is this bad?
A value that is filled in later, or lines that a condition leaves out, cannot be judged by what stands here.

## What to do
Check what the template is rendered to, or leave it out of the paths on purpose.

```nginx
server_name {{ domain }};
```
",
    }
    DUPLICATE_KEY = {
        id: "document/duplicate-key", severity: Error, undecided: true,
        summary: "a mapping holds a key twice",
        doc: "
The same key stands twice in one mapping.

## Why is this bad?
Some programs take the first value, some the last, some refuse the file. What is judged must be what is deployed.

## What to do
Remove one of them. Both places are shown.

```yaml
session_expiry: \"04:00:00\"
session_expiry: \"24:00:00\"
```
",
    }
    TOO_DEEP = {
        id: "document/too-deep", severity: Error, undecided: true,
        summary: "a document nests too deeply",
        doc: "
Lists and mappings nest more than 128 levels deep, aliases included.

## Why is this bad?
Nobody writes such files by hand; many programs crash on them. Nothing below the place was read.

## What to do
Flatten the document, or leave it out of the paths on purpose.
",
    }
    TOO_MANY_ALIASES = {
        id: "document/too-many-aliases", severity: Error, undecided: true,
        summary: "the aliases of a document stand for too much",
        doc: "
The YAML aliases (`*name`) and merges (`<<`) of the file stand for more than a million values.

## Why is this bad?
A few lines of aliases that name each other can stand for more values than any machine holds: a known attack.

## What to do
Write out what is meant, or leave the file out of the paths on purpose.
",
    }
    UNCLOSED = {
        id: "document/unclosed", severity: Error, undecided: true,
        summary: "a string, name or comment is never closed",
        doc: "
What opens at the marked place runs to the end of the file.

## Why is this bad?
All that follows is part of it, so nothing of it was read.

## What to do
Close it. In MySQL a backslash before a quote keeps a string open; in Postgres and SQLite it does not.
",
    }
    TOO_MANY_STATEMENTS = {
        id: "document/too-many-statements", severity: Error, undecided: true,
        summary: "a file holds more statements than are read",
        doc: "
The file holds more than 100,000 statements of SQL.

## Why is this bad?
Such a file is a dump, not a migration. What stands behind the place was not read.

## What to do
Keep dumps out of the paths, or load them in a format that is made for it.
",
    }
    UNKNOWN_ALIAS = {
        id: "document/unknown-alias", severity: Error, undecided: true,
        summary: "an alias names nothing",
        doc: "
A YAML alias (`*name`) names an anchor (`&name`) that does not stand before it in the same document, or that it is
itself a part of.

## Why is this bad?
The value it should stand for is not known, so nothing can be judged by it.

## What to do
Put the anchor before the alias, or quote the text if no alias was meant: `\"*.example.com\"`.
",
    }
    INVALID_MERGE = {
        id: "document/invalid-merge", severity: Error, undecided: true,
        summary: "`<<` merges something that is no mapping",
        doc: "
The merge key `<<` takes a mapping or a list of mappings.

## Why is this bad?
Programs differ in what they make of anything else, so it is not known what the mapping holds.

## What to do
Give it an alias of a mapping, or quote the key if no merge was meant.

```yaml
base: &base { timeout: 10 }
job:
  <<: *base
```
",
    }
    INVALID_CERTIFICATE = {
        id: "document/invalid-certificate", severity: Error, undecided: true,
        summary: "a certificate cannot be read",
        doc: "
A block between `-----BEGIN CERTIFICATE-----` and `-----END CERTIFICATE-----` is not closed, is no base64, or holds no
certificate.

## Why is this bad?
Nobody knows until when it is valid or whom it is for. A server that is given this file does not start, or serves
something else.

## What to do
Export the certificate again as PEM: `openssl x509 -in FILE -text` shows what OpenSSL makes of it.
",
    }
    INVALID_TAG = {
        id: "document/invalid-tag", severity: Error, undecided: true,
        summary: "a value is not what its tag says",
        doc: "
A YAML tag such as `!!int` says what the value is, and the value is something else.

## Why is this bad?
Programs differ in whether they believe the tag or the value.

## What to do
Remove the tag or correct the value. A tag that is not YAML's own (`!Ref`, `!vault`) leaves a scalar a string.
",
    }
}

#[cfg(test)]
mod tests {
    use super::DOCUMENT_DIAGNOSTICS;

    #[test]
    fn every_diagnostic_says_what_it_is_and_what_to_do() {
        for descriptor in DOCUMENT_DIAGNOSTICS {
            assert!(descriptor.id.starts_with("document/"), "{}", descriptor.id);
            assert!(descriptor.undecided, "{}: a document that was not understood was not judged", descriptor.id);
            for heading in ["## Why is this bad?", "## What to do"] {
                assert!(descriptor.doc.contains(heading), "{}: {heading}", descriptor.id);
            }
        }
    }
}
