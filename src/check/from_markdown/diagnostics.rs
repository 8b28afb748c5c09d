//! What can be wrong with a plan because it is Markdown; everything else is said as in the language.

use crate::descriptors;

descriptors! {
    /// Every diagnostic of plans written in Markdown.
    FROM_MARKDOWN_DESCRIPTORS;
    NOT_UNDERSTOOD = {
        id: "plan/not-understood", severity: Error, undecided: true,
        summary: "a place in a Markdown plan that means something, and it is not clear what",
        doc: "
A plan in Markdown says something where plans say something: a field that is nearly one that is known, a date that can be
read in two ways, a step with two commands.

## Why is this bad?
What was not understood was not judged.

## What to do
Write it as [the shape of such plans](markdown.md#a-plan-in-markdown) has it, or put it into a block of code with the word `stopline` behind its
fence, in the language itself.

```markdown
**Date**: 2026-11-24
**Time**: 10:00 Europe/Berlin
```
",
    }
    NOT_READ = {
        id: "plan/not-read", severity: Note, undecided: false,
        summary: "a part of a Markdown plan that nothing judges",
        doc: "
A plan in Markdown holds a field, a list, a table or a block of code that a plan has no place for. Prose is a comment, and is
passed over without a word.

## Why is this bad?
Somebody may rely on it: what stands there is neither judged nor run.

## What to do
Nothing, if it is there for people. Otherwise write it as [the shape of such plans](markdown.md#a-plan-in-markdown) has
it.
",
    }
}
