//! What is said about slips, and where: each finding is its place, the text it cuts out, and the cure.

use super::complaints;
use crate::document::Format::{self, Json, Yaml};

/// A plan in YAML that has what every plan must have, and `rest`, which starts on line 4.
fn with(rest: &str) -> String {
    complaints(Yaml, &format!("plan: p\nservice: s\nenvironment: local\n{rest}"))
}

/// What is said of a text, without the cures.
fn findings(format: Format, text: &str) -> Vec<String> {
    complaints(format, text).lines().filter(|line| !line.starts_with("  ")).map(str::to_owned).collect()
}

#[test]
fn an_unknown_key_is_said_with_the_key_that_was_meant() {
    assert_eq!(
        with("sevrice: x\nphasses: []\nrollback: {withn: 5m}\n"),
        "\
4:1 `sevrice` plan/unknown-name: a plan has no `sevrice`
  did you mean `service`?
5:1 `phasses` plan/unknown-name: a plan has no `phasses`
  did you mean `phases`?
6:12 `withn` plan/unknown-name: a rollback has no `withn`
  did you mean `within`?
"
    );
}

#[test]
fn a_part_under_the_wrong_key_is_sent_where_it_belongs() {
    assert_eq!(
        with("phase: {}\nphases: [{phase: deploy, holds: []}]\nrollback: {steps: [{hold: h, by: [lead]}]}\n"),
        "\
4:1 `phase` plan/unknown-name: a plan has no `phase`
  put it into the list `phases`: `- phase: …`
5:26 `holds` plan/unknown-name: a phase has no `holds`
  put it into `steps`, whose order counts: `- hold: …`
6:21 `hold` plan/unknown-name: a rollback holds no `hold`
  a rollback may hold `step`
"
    );
}

#[test]
fn a_value_of_another_kind_is_said_as_in_the_language() {
    assert_eq!(
        with(
            "\
risk: very high
ticket: [a]
team: {lead: alice}
rollback:
  within: 10
  steps:
    - {step: a, run: {x: y}, timeout: 2 hours, retries: two, idempotent: yes, changes: \"true\", needs: b}
"
        ),
        "\
4:7 `very high` plan/impossible-value: `very high` is not a risk
  write `low`, `medium`, `high`, or `critical`
5:9 `[a]` plan/type-mismatch: expected a string, found a list
  
6:14 `alice` plan/type-mismatch: expected a person such as `@alice`, found the word `alice`
  write `@alice`
8:11 `10` plan/type-mismatch: expected a duration such as `30m`, found the number `10`
  give the unit: `10s`, `10m` or `10h`
10:22 `{x: y}` plan/type-mismatch: expected a string, found a map
  
10:39 `2 hours` plan/type-mismatch: expected a duration such as `30m`, found the word `2 hours`
  
10:57 `two` plan/type-mismatch: expected a number, found the word `two`
  
10:74 `yes` plan/type-mismatch: expected `true` or `false`, found the word `yes`
  
10:88 `\\\"true\\\"` plan/type-mismatch: expected `true` or `false`, found a string
  write `true` without quotes
10:103 `b` plan/type-mismatch: expected a list of names, found the word `b`
  put it into a list: `[…]`
"
    );
}

#[test]
fn a_person_is_called_as_people_log_in() {
    assert_eq!(with("team: {lead: '@jane.doe', on_call: ['@1abc', '@j.d-x']}\n"), "");
    let json =
        r#"{"plan": "p", "service": "s", "environment": "local", "team": {"lead": "@jane.doe", "on_call": "@1abc"}}"#;
    assert_eq!(complaints(Json, json), "");
    assert_eq!(
        with("team: {lead: '@jane.'}\n"),
        "\
4:15 `@jane.` plan/type-mismatch: expected a person such as `@alice`, found the word `@jane.`
  a name has letters, digits, `_`, and between them `-` and `.`
"
    );
}

#[test]
fn json_has_kinds_of_its_own() {
    let text = r#"{"plan": "p", "service": 5, "environment": true, "version": 1.2, "data": [7], "risk": "5m"}"#;
    assert_eq!(
        findings(Json, text),
        [
            "1:26 `5` plan/type-mismatch: expected a string, found the number `5`",
            "1:44 `true` plan/type-mismatch: expected an environment, found `true`",
            "1:61 `1.2` plan/type-mismatch: expected a version such as `v1.2`, found the number `1.2`",
            "1:75 `7` plan/type-mismatch: expected a class of data, found the number `7`",
            "1:88 `5m` plan/impossible-value: `5m` is not a risk",
        ]
    );
}

#[test]
fn what_is_nearly_a_value_of_the_language_is_said_within_the_string() {
    assert_eq!(
        with("rollback: {within: '1d2w'}\nchecklists:\n  - {title: a, due: T-3 }\n  - {title: b, due: 2026-1-1}\n"),
        "\
4:23 `2w` syntax/bad-duration: `2w` in `1d2w` comes after a smaller unit
  the units are `w`, `d`, `h`, `m`, `s`, and `ms`, the largest first: `1h30m`
6:21 `T-3` syntax/bad-offset: `T-3` is not an offset
  it needs a unit: `T-3m`, `T-3h`, or `T-3d`
7:21 `2026-1-1` syntax/bad-date: `2026-1-1` is not a date
  write month and day with two digits: `2026-01-01`
"
    );
}

#[test]
fn a_date_and_a_time_with_a_blank_between_them_are_joined() {
    assert_eq!(
        with("window: {start: 2026-11-24 10:00, duration: 1h}\n").lines().take(2).collect::<Vec<_>>(),
        [
            "4:17 `2026-11-24 10:00` plan/type-mismatch: expected a date or a date and time such as `2026-11-24T10:00`, \
             found the word `2026-11-24 10:00`",
            "  a date and a time are joined with `T`: `2026-11-24T10:00`",
        ]
    );
}

#[test]
fn a_value_is_its_whole_string() {
    assert_eq!(
        with("rollback: {within: ' 5m'}\nstaged: {at: '2026-11-24 # or later', evidence: e}\n"),
        "\
4:21 ` 5m` plan/type-mismatch: expected a duration such as `30m`, found the word ` 5m`
  
5:15 `2026-11-24 # or later` plan/type-mismatch: \
expected a date or a date and time such as `2026-11-24T10:00`, found the word `2026-11-24 # or later`
  
"
    );
}

#[test]
fn a_key_without_a_value_says_nothing() {
    assert_eq!(
        with("version:\nrisk: ''\nticket: ~\ntitle: \" \"\ndata: [pii, null]\n"),
        "\
4:9 `` plan/no-value: `version` has no value: nothing stands behind it
  give it a value, or leave the key out
5:7 `\\'\\'` plan/no-value: `risk` has no value: found `''`
  give it a value, or leave the key out
6:9 `~` plan/no-value: `ticket` has no value: found `~`
  give it a value, or leave the key out
7:8 `\\\" \\\"` plan/no-value: `title` has no value: found `\" \"`
  give it a value, or leave the key out
8:13 `null` plan/no-value: `data` has no value: found `null`
  give it a value, or leave the key out
"
    );
}

#[test]
fn an_id_is_a_word_that_is_given_once() {
    assert_eq!(
        with(
            "\
id: q
changes:
  - {change: a b, title: c, kind: fix}
  - {id: a b, kind: fix}
  - {change: 5, title: d, kind: fix}
  - {change: {id: e}, title: e, kind: fix}
  - {kind: fix}
"
        ),
        "\
4:1 `id` plan/repeated-name: the id of this plan is given twice: as `plan` and as `id`
  keep one of the two
6:14 `a b` plan/naming: `a b` cannot be an id
  an id starts with a letter, then come letters, digits, `_` and `-`; anything else is a `title`
7:10 `a b` plan/naming: `a b` cannot be an id
  an id starts with a letter, then come letters, digits, `_` and `-`; anything else is a `title`
8:14 `5` plan/naming: `change` gives this change its id, found a number
  write `change: some-id`, and its other keys beside it
9:14 `{id: e}` plan/naming: `change` gives this change its id, found a mapping
  write `change: some-id`, and its other keys beside it
10:6 `kind` plan/naming: this change has no id and no title
  write `change some-id { … }` or `change \"Some title\" { … }`
"
    );
}

#[test]
fn a_title_that_gives_no_id_is_said_to_be_one() {
    let said = "\
4:20 `Перезапуск` plan/naming: the title of this change gives no id: an id has letters from `a` to `z`, and digits
  give it one beside the title: `change some-id \"Перезапуск\" { … }`, in YAML and JSON `id: some-id` and `title: Перезапуск`
";
    assert_eq!(with("changes: [{change: Перезапуск, kind: fix}]\n"), said);
    assert_eq!(with("changes: [{id: restart, title: Перезапуск, kind: fix}]\n"), "");
    let plan = super::in_language(
        "plan p { service = \"s\", environment = local, phase deploy { parallel par { step a { run = \"x\" } } } }",
    );
    let mut said = Vec::new();
    crate::check::plan::check_plan(crate::source::FileId::default(), &plan, &mut said);
    assert_eq!(said[0].message, "a `parallel` takes no id and no title");
}

#[test]
fn parts_stand_in_lists_and_blocks_are_mappings() {
    assert_eq!(
        with("changes: {change: x}\nwindow: 2h\nphases:\n  - deploy\n  -\n"),
        "\
4:10 `{change: x}` plan/not-a-list: `changes` is a list, found a mapping
  write one entry for each: `- change: …`
5:9 `2h` plan/not-a-mapping: `window` is a mapping, found a string
  write its keys below it: it has `start`, `duration`, or `zone`
7:5 `deploy` plan/not-a-mapping: an entry of `phases` is a mapping, found a string
  write `- phase: some-id`, and its other keys below it
8:4 `` plan/not-a-mapping: an entry of `phases` is a mapping, found null
  write `- phase: some-id`, and its other keys below it
"
    );
}

#[test]
fn an_entry_of_a_phase_says_once_what_it_is() {
    assert_eq!(
        with(
            "\
phases:
  - phase: deploy
    steps:
      - {title: a}
      - {stepp: a, run: b}
      - {step: a, hold: b}
      - {parallel: {steps: []}, limit: 2}
      - {strategy: canry}
"
        ),
        "\
7:9 `{title: a}` plan/unclear-kind: this entry of `steps` does not say what it is
  give it a key that names its kind and carries its id: \
`step`, `hold`, `probe`, `watch`, `notify`, `followup`, `parallel`, `strategy`, or `use`
8:9 `{stepp: a, run: b}` plan/unclear-kind: this entry of `steps` does not say what it is
  did you mean `step`?
9:19 `hold` plan/unclear-kind: this entry is a `step` and a `hold` at once
  make two entries of it
10:33 `limit` plan/unknown-name: nothing may stand beside `parallel`
  move `limit` below `parallel`, or into an entry of its own
11:20 `canry` plan/impossible-value: `canry` is not a strategy
  did you mean `canary`?
"
    );
}

#[test]
fn conditions_are_typed_where_they_stand_in_their_string() {
    assert_eq!(
        with(
            "\
metrics: [{metric: errors, run: x, unit: percent}]
redflags:
  - {redflag: a, stop: \"metric.erors > 5%\", then: hold}
  - {redflag: b, stop: metric.errors > 5%, then: holt}
  - {redflag: c, stop: [metric.errors], then: hold}
"
        ),
        "\
6:32 `erors` plan/unknown-name: the plan has no metric `erors`
  did you mean `errors`?
7:50 `holt` plan/impossible-value: `holt` is not what a red flag can lead to
  did you mean `hold`?
8:15 `c` plan/missing-attribute: this red flag has no `stop`
  say when to stop: `stop when metric.error-rate > 5% for 1m`
8:24 `[metric.errors]` plan/type-mismatch: expected a condition, found a list
  write it as a string: `stop: metric.error-rate > 5%`
"
    );
}

#[test]
fn clauses_of_a_red_flag_are_never_dropped() {
    assert_eq!(
        findings(
            Yaml,
            "\
plan: p
service: s
environment: local
redflags:
  - {redflag: a, for: 1m, during: [], them: x}
  - {redflag: b, stop: ' ', then: [hold], during: [1]}
  - {stop: metric.a > 1, then: hold}
"
        ),
        [
            "5:15 `a` plan/missing-attribute: this red flag has no `stop`",
            "5:15 `a` plan/missing-attribute: this red flag has no `then`",
            "5:18 `for` plan/missing-attribute: `for` says how long `stop` must be true, and there is no `stop` that could be read",
            "5:35 `[]` plan/impossible-value: `during` names no phase",
            "5:39 `them` plan/unknown-name: a red flag has no `them`",
            "6:15 `b` plan/missing-attribute: this red flag has no `stop`",
            "6:15 `b` plan/missing-attribute: this red flag has no `then`",
            "6:24 `\\' \\'` plan/no-value: `stop` has no value: found `' '`",
            "6:35 `[hold]` plan/type-mismatch: expected a name, found a list",
            "6:52 `1` plan/type-mismatch: expected a name, found a string",
            "7:5 `{stop: metric.a > 1, then: hold}` plan/naming: this redflag has no id and no title",
            "7:19 `a` plan/unknown-name: the plan has no metric `a`",
        ]
    );
}

#[test]
fn a_plan_is_one_mapping() {
    for (text, expected) in [
        ("- a\n", "1:1 `- a` plan/not-a-mapping: a plan is a mapping, found a list"),
        ("just text\n", "1:1 `just text` plan/not-a-mapping: a plan is a mapping, found a string"),
        ("null\n", "1:1 `null` plan/not-a-mapping: a plan is a mapping, found null"),
        ("", "1:1 `` document/empty: the file holds no value"),
        (
            "plan: p\nservice: s\nenvironment: local\n---\nplan: q\n",
            "5:1 `plan: q` plan/several-plans: a second document stands in this file: a YAML plan is one document",
        ),
    ] {
        assert_eq!(findings(Yaml, text), [expected], "{text}");
    }
    assert_eq!(complaints(Yaml, "---\n---\nplan: p\nservice: s\nenvironment: local\n---\n"), "");
}

#[test]
fn keys_are_words_that_stand_once() {
    assert_eq!(
        with("? [a]\n: b\nservice: t\nchanges: [{change: c, kind: fix, kind: fix}]\n"),
        "\
4:3 `[a]` plan/not-a-mapping: a key is a word, found a list
  write a word before the `:`
6:1 `service` document/duplicate-key: the key `service` stands twice in this mapping
  remove one of them: programs differ in which one they believe
7:34 `kind` document/duplicate-key: the key `kind` stands twice in this mapping
  remove one of them: programs differ in which one they believe
"
    );
}

#[test]
fn a_number_that_cannot_be_held_is_said() {
    let text = r#"{"plan": "p", "service": "s", "environment": "local", "phases": [{"phase": "verify", "steps":
  [{"probe": "p", "failures": 1e400}]}]}"#;
    assert_eq!(findings(Json, text), ["2:31 `1e400` plan/impossible-value: `1e400` is more than a number can hold"]);
}

#[test]
fn what_cannot_be_seen_is_said_and_what_is_escaped_can_be_seen() {
    let text = "plan: p\nservice: \"a\u{200b}b\"\nenvironment: local\nticket: \"a\\u202E\"\n";
    assert_eq!(
        complaints(Yaml, text),
        "2:12 `\\u{200b}` syntax/hidden-character: the hidden character U+200B (zero-width space) stands here
  delete it; a string that needs it stands in double quotes and writes it as an escape
"
    );
}

#[test]
fn hostile_documents_are_answered() {
    let nested = format!("plan: p\nticket: {}{}\n", "[".repeat(100_000), "]".repeat(100_000));
    assert!(findings(Yaml, &nested).iter().any(|said| said.contains("document/too-deep")));
    let stop = format!("{}x{}", "(".repeat(100_000), ")".repeat(100_000));
    assert!(with(&format!("redflags: [{{redflag: f, then: hold, stop: '{stop}'}}]\n")).contains("syntax/too-deep"));
    let aliases = "plan: &a p\ndata: &b [*a, *a]\nticket: &c [*b, *b]\nx: [*c, *c]\nphases: *c\n";
    assert!(!findings(Yaml, aliases).is_empty());
    let keys: Vec<String> = (0..2_000).map(|key| format!("k{key}: [~]\n")).collect();
    assert_eq!(findings(Yaml, &format!("plan: p\nservice: s\nenvironment: local\n{}", keys.concat())).len(), 2_000);
}
