//! What can be wrong with a plan because it is YAML or JSON; everything else is said as in the language.

use crate::descriptors;

descriptors! {
    /// Every diagnostic of plans written as documents.
    FROM_DOCUMENT_DESCRIPTORS;
    NOT_A_MAPPING = {
        id: "plan/not-a-mapping", severity: Error, undecided: true,
        summary: "something else stands where keys and values must stand",
        doc: "
A plan, and every part of it that has an id or attributes, is a mapping: keys and their values.

## Why is this bad?
What stands there instead says nothing about the plan, so the part is not judged at all.

## What to do
Write keys and values.

```yaml
window: {start: 2026-11-24T10:00, duration: 2h, zone: Europe/Berlin}
```
",
    }
    NOT_A_LIST = {
        id: "plan/not-a-list", severity: Error, undecided: true,
        summary: "something else stands where a list of parts must stand",
        doc: "
Parts of which a plan may have several stand in a list, also where there is only one.

## Why is this bad?
What is not in the list is not judged.

## What to do
Write one entry for each part.

```yaml
changes:
  - {change: new-user-dashboard, kind: feature}
```
",
    }
    NO_VALUE = {
        id: "plan/no-value", severity: Error, undecided: true,
        summary: "a key without a value",
        doc: "
The key is there, and nothing, `null` or an empty string stands behind it.

## Why is this bad?
Whoever wrote the key meant to say something, and it cannot be known what.

## What to do
Give it a value, or leave the key out.
",
    }
    UNCLEAR_KIND = {
        id: "plan/unclear-kind", severity: Error, undecided: true,
        summary: "an entry of a list that says not, or twice, what it is",
        doc: "
In a phase the key that names the kind says what an entry is, and carries its id: `step`, `hold`, `probe`, `watch`,
`notify`, `followup`, `parallel`, `strategy` or `use`.

## Why is this bad?
An entry that is nothing, or two things at once, cannot be judged or run.

## What to do
Give each entry one such key.

```yaml
phases:
  - phase: deploy
    steps:
      - {hold: go-live, by: [approvers]}
      - {step: migrate, run: 'npm run migrate:up', undo: 'npm run migrate:down'}
```
",
    }
    SEVERAL_PLANS = {
        id: "plan/several-plans", severity: Error, undecided: true,
        summary: "a YAML file with more than one document",
        doc: "
A YAML plan is one document: what follows a second `---` is not read.

## Why is this bad?
A plan that was not read was not judged.

## What to do
Give each plan a file of its own.
",
    }
}
