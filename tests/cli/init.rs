//! `stopline init`.

use stopline::session::Pack;

use crate::door::Cli;

const AT: &str = "2026-11-27T09:00Z";

fn init(more: &[&str]) -> Cli {
    Cli::new(&[&["init", "--service", "shop", "--zone", "Europe/Berlin", "--at", AT], more].concat())
}

#[test]
fn what_is_written_may_go_and_its_tests_pass() {
    for sign in [
        "README.md",
        "apps.txt",
        "fly.toml",
        "netlify.toml",
        "Dockerfile",
        "compose.yaml",
        "k8s/a.txt",
        "ecosystem.config.js",
    ] {
        let cli = init(&["--lead", "ada", "--on-call", "@grace"]).file(sign, "");
        let came = cli.run();
        assert_eq!(came.status, 0, "{sign}: {came:?}");
        assert!(cli.read("release.plan").contains("start    = 2026-12-01T10:00"), "{sign}");
        let judged = cli.again(&["check", "--at", AT, "--format", "concise", "release.plan", "policies"]).run();
        assert_eq!((judged.status, judged.output.as_str()), (0, "GO    0 errors  (2 files)\n"), "{sign}: {judged:?}");
        let tested = cli.again(&["test", "--coverage"]).run();
        assert_eq!(tested.status, 0, "{sign}: {tested:?}");
        assert_eq!(cli.again(&["fmt", "--check"]).run().status, 0);
    }
}

#[test]
fn the_packs_of_the_settings_are_those_that_judge_and_that_of_the_platform() {
    let recommended = Pack::all().iter().filter(|pack| pack.recommended);
    let recommended: Vec<String> = recommended.map(|pack| format!("\"{}\"", pack.name)).collect();
    for (sign, pack) in
        [("Dockerfile", ""), ("compose.yaml", "compose"), ("k8s/a.txt", "kubernetes"), ("ecosystem.config.json", "pm2")]
    {
        let cli = init(&[]).file(sign, "");
        assert_eq!(cli.run().status, 0);
        let own = if pack.is_empty() { String::new() } else { format!(", \"{pack}\"") };
        let line = format!("# packs = [{}{own}]\n", recommended.join(", "));
        let settings = cli.read("stopline.toml");
        assert!(settings.contains(&line), "{sign}: {settings}");
        assert_eq!(settings.contains("take away the `#`"), !pack.is_empty(), "{sign}: {settings}");
    }
}

#[test]
fn the_pack_of_the_platform_judges_what_is_there_once_it_is_taken() {
    let bare = "services:\n  shop:\n    image: shop\n";
    let cli = init(&[]).file("compose.yaml", bare);
    assert_eq!(cli.run().status, 0);
    let judged = |cli: &Cli| cli.again(&["check", "--at", AT, "--format", "concise"]).run();
    assert_eq!(judged(&cli).status, 0);
    let settings = cli.read("stopline.toml").replace("# packs =", "packs =");
    let came = judged(&cli.file("stopline.toml", settings));
    assert!(came.status == 1 && came.output.contains("error[compose/"), "{came:?}");
}

#[test]
fn what_is_there_is_left_alone() {
    let cli = init(&[]).file("release.plan", "mine").file(".pre-commit-config.yaml", "repos: []\n");
    let came = cli.run();
    assert_eq!(came.status, 0, "{came:?}");
    assert_eq!(
        (cli.read("release.plan").as_str(), cli.read(".pre-commit-config.yaml").as_str()),
        ("mine", "repos: []\n")
    );
    assert!(came.output.contains("left release.plan alone\n"), "{came:?}");
    assert!(came.output.contains("this belongs under its `repos`:\n\n  - repo: local\n"), "{came:?}");
    assert!(cli.holds("stopline.toml") && cli.holds("policies/team.policy"));
}

#[test]
fn a_zone_that_is_none_writes_nothing() {
    let cli = Cli::new(&["init", "--zone", "Europe/Berlim"]);
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (2, ""));
    assert!(came.error.contains("did you mean `Europe/Berlin`?"), "{came:?}");
    assert!(!cli.holds("release.plan"));
}

#[test]
fn what_is_in_the_way_is_said_before_anything_is_written() {
    let cli = init(&[]).file("release.plan/notes.txt", "");
    let came = cli.run();
    assert_eq!((came.status, came.output.as_str()), (2, ""));
    let said = "error: `release.plan` is there and is no file\n  help: move it away and say `stopline init` again; nothing was written\n";
    assert_eq!(came.error, said);
    assert!(!cli.holds("stopline.toml"));
}

#[test]
fn what_was_written_before_it_failed_is_said() {
    let cli = init(&[]).file("policies", "");
    let came = cli.run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.error.starts_with("error: `./policies` cannot be made: "), "{came:?}");
    for line in came.output.lines().filter_map(|line| line.strip_prefix("wrote ")) {
        assert!(cli.holds(line), "{line}");
    }
    assert!(came.output.contains("wrote release.plan\n"), "{came:?}");
}
