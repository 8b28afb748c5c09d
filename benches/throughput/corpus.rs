//! Ten thousand deployments that nobody made, and twenty rules for them. The same every time: a file is known by its
//! number.

use std::fmt::Write as _;
use std::path::Path;

pub(crate) const FILES: usize = 10_000;
/// One file in so many breaks a rule or two.
const WRONG: usize = 10;
const IN_A_FOLDER: usize = 500;

/// Writes every file, and the policy beside their folder.
pub(crate) fn write(folder: &Path) -> std::io::Result<()> {
    for number in 0..FILES {
        let path = folder.join(format!("deploy/{:02}/service-{number:05}.yaml", number / IN_A_FOLDER));
        if number.is_multiple_of(IN_A_FOLDER) {
            path.parent().map_or(Ok(()), std::fs::create_dir_all)?;
        }
        std::fs::write(path, file(number))?;
    }
    std::fs::write(folder.join("rules.policy"), POLICY)
}

/// About five kilobytes.
pub(crate) fn file(number: usize) -> String {
    let mut dice = Dice(number as u64 + 1);
    let wrong = number.is_multiple_of(WRONG);
    let replicas = if wrong { 1 } else { 2 + dice.below(8) };
    let timeout = if wrong && dice.below(2) == 0 { 90 } else { 5 + dice.below(50) };
    let mut out = format!(
        "# Service {number}, as it is deployed.\nservice:\n  name: service-{number:05}\n  team: {}\n  tier: {}\n  \
         replicas: {replicas}\n  strategy: rolling\n  timeout_minutes: {timeout}\n",
        word(&mut dice),
        ["gold", "silver", "bronze"][dice.below(3)],
    );
    let _ = write!(
        out,
        "window:\n  start: \"2026-11-2{}T10:00\"\n  zone: Europe/Berlin\n  hours: {}\napprovals: [lead, {}]\n",
        dice.below(9),
        1 + dice.below(4),
        word(&mut dice)
    );
    let _ = write!(
        out,
        "image:\n  name: registry.example.com/shop/{}\n  tag: v1.{}.{}\n  pull: always\n",
        word(&mut dice),
        dice.below(40),
        dice.below(9)
    );
    out.push_str("environment:\n");
    for index in 0..24 {
        let (name, value) = (word(&mut dice), word(&mut dice));
        let _ = writeln!(out, "  {}_{index}: \"{value}-{}\"", name.to_ascii_uppercase(), dice.below(10_000));
    }
    out.push_str("steps:\n");
    for index in 0..15 {
        let (verb, what) = (word(&mut dice), word(&mut dice));
        let _ = write!(
            out,
            "  - id: step-{index}\n    title: {verb} the {what} of part {index} # as agreed\n    run: |\n      \
             ./deploy/{verb} --target {what} \\\n        --part {index}\n    undo: ./deploy/undo {verb} --target {what}\n    \
             timeout: {}m\n    retries: {}\n    needs: [{}]\n",
            1 + dice.below(9),
            dice.below(3),
            if index == 0 { String::new() } else { format!("step-{}", index - 1) },
        );
    }
    out.push_str("probes:\n");
    for index in 0..6 {
        let what = word(&mut dice);
        let _ = writeln!(
            out,
            "  - {{name: {what}-{index}, path: /health/{what}, port: {}, every: 10s, threshold: {}}}",
            8_000 + dice.below(1_000),
            1 + dice.below(5),
        );
    }
    out
}

/// A small generator of numbers: xorshift.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC_DEF1);
        let mixed = (self.0 ^ (self.0 >> 31)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        usize::try_from((mixed >> 33) % limit as u64).unwrap_or_default()
    }
}

fn word(dice: &mut Dice) -> &'static str {
    WORDS[dice.below(WORDS.len())]
}

const WORDS: [&str; 24] = [
    "checkout",
    "billing",
    "search",
    "ledger",
    "gateway",
    "mailer",
    "inventory",
    "catalogue",
    "migrate",
    "restart",
    "warm",
    "drain",
    "verify",
    "switch",
    "publish",
    "archive",
    "primary",
    "replica",
    "edge",
    "worker",
    "scheduler",
    "report",
    "session",
    "invoice",
];

/// Twenty rules: comparisons, words, patterns, lists, what must be there and what must not.
pub(crate) const POLICY: &str = r#"policy bench "Twenty rules for ten thousand files" {
  rule replicas "Too few replicas" { on yaml in "deploy/**/*.yaml" as d require d.service.replicas >= 2 at d.service.replicas message "{d.service.replicas} replicas of {d.service.name}" }
  rule timeout "Too long" { on yaml in "deploy/**/*.yaml" as d require d.service.timeout_minutes <= 60 at d.service.timeout_minutes message "{d.service.timeout_minutes} minutes" }
  rule team "No team" { on yaml in "deploy/**/*.yaml" as d require d.service.team exists message "nobody is in charge" }
  rule tier "No such tier" { on yaml in "deploy/**/*.yaml" as d require d.service.tier in ["gold", "silver", "bronze"] message "`{d.service.tier}` is no tier" }
  rule strategy "All at once" { on yaml in "deploy/**/*.yaml" as d forbid d.service.strategy == "recreate" message "everything goes down" }
  rule zone "No zone" { on yaml in "deploy/**/*.yaml" as d require d.window.zone matches /^[A-Z][a-z]+\// message "`{d.window.zone}` is no zone" }
  rule hours "Too long a window" { on yaml in "deploy/**/*.yaml" as d require d.window.hours <= 8 message "{d.window.hours} hours" }
  rule approvals "Nobody approves" { on yaml in "deploy/**/*.yaml" as d require count(d.approvals) >= 2 message "{count(d.approvals)} approvals" }
  rule lead "The lead does not approve" { on yaml in "deploy/**/*.yaml" as d require d.approvals contains "lead" message "the lead is not asked" }
  rule tag "Not pinned" { on yaml in "deploy/**/*.yaml" as d forbid d.image.tag == "latest" message "`latest` is no version" }
  rule version "No version" { on yaml in "deploy/**/*.yaml" as d require d.image.tag matches /^v[0-9]+\.[0-9]+\.[0-9]+$/ message "`{d.image.tag}` is no version" }
  rule registry "Another registry" { on yaml in "deploy/**/*.yaml" as d require starts_with(d.image.name, "registry.example.com/") message "`{d.image.name}` comes from elsewhere" }
  rule undo "A step without a way back" { on yaml in "deploy/**/*.yaml" as d require every s in d.steps: (s.undo exists) message "step {s.id} cannot be undone" }
  rule step-timeout "A step without a limit" { on yaml in "deploy/**/*.yaml" as d require every s in d.steps: duration(s.timeout) <= 30m message "step {s.id} may take {s.timeout}" }
  rule retries "Too many retries" { on yaml in "deploy/**/*.yaml" as d require every s in d.steps: s.retries <= 5 message "step {s.id} is tried {s.retries} times" }
  rule force "Forced" { on yaml in "deploy/**/*.yaml" as d forbid some s in d.steps: s.run contains "--force" message "step {s.id} forces" }
  rule steps "No steps" { on yaml in "deploy/**/*.yaml" as d require count(d.steps) >= 1 message "nothing is done" }
  rule probes "Not watched" { on yaml in "deploy/**/*.yaml" as d require count(d.probes) >= 1 message "nothing is watched" }
  rule port "A privileged port" { on yaml in "deploy/**/*.yaml" as d require every p in d.probes: p.port > 1023 message "port {p.port}" }
  rule threshold "Flaky probes" { on yaml in "deploy/**/*.yaml" as d require every p in d.probes: p.threshold >= 1 message "{p.name} flaps" }
}
"#;
