//! `stopline check` over files that are neither plan nor policy.

use crate::door::Cli;

const SESSIONS: &str = r#"
policy health "Systems that hold health records" {
  rule session-expiry "Sessions live too long" {
    on json in "**/site_config.json" as site
    require duration(site.session_expiry) <= 4h
    at site.session_expiry
    message "sessions live {site.session_expiry}"
  }
}
"#;

fn check(arguments: &[&str]) -> Cli {
    let arguments = [&["check", "--policy", "health.policy", "--format", "concise"], arguments].concat();
    Cli::new(&arguments).file("health.policy", SESSIONS)
}

#[test]
fn the_very_value_is_underlined_in_every_file_the_rule_speaks_of() {
    let came = check(&["."])
        .file("sites/a/site_config.json", "{\n  \"session_expiry\": \"06:00:00\"\n}\n")
        .file("sites/b/site_config.json", "{\"session_expiry\": \"02:00:00\"}")
        .file("sites/c/site_config.json", "{\"db_name\": \"c\"}")
        .file("other.json", "{\"session_expiry\": \"99:00:00\"}")
        .run();
    assert_eq!(came.status, 1, "{came:?}");
    assert_eq!(
        came.output,
        "sites/a/site_config.json:2:21: error[health/session-expiry] sessions live 06:00:00\n\
         sites/c/site_config.json:1:1: error[health/session-expiry] `session_expiry` is missing\n\
         STOP  2 errors  (4 files)\n"
    );
}

#[test]
fn a_file_that_cannot_be_read_is_one_finding_and_the_run_goes_on() {
    for broken in ["{\"session_expiry\": \"06:00:00\"", "", "{\"session_expiry\": \"01:00:00\",}"] {
        let came = check(&["sites"])
            .file("sites/a/site_config.json", broken)
            .file("sites/b/site_config.json", "{\"session_expiry\": \"06:00:00\"}")
            .run();
        assert_eq!(came.status, 2, "{came:?}");
        assert_eq!(came.output.matches("document/").count(), 1, "{came:?}");
        assert!(came.output.contains("sites/b/site_config.json:1:20: error[health/session-expiry]"), "{came:?}");
    }
    let binary = check(&["sites"]).file("sites/a/site_config.json", [0xff, 0xfe]).run();
    assert_eq!(binary.status, 2, "{binary:?}");
    assert!(binary.output.contains("document/unreadable"), "{binary:?}");
}

#[test]
fn a_pattern_that_finds_no_file_is_said_where_folders_were_searched() {
    let came = check(&["sites"]).file("sites/a/sites_config.json", "{}").run();
    assert!(came.output.contains("note[policy/no-such-file] `health/session-expiry` looks for"), "{came:?}");
    assert_eq!(came.status, 2, "nothing was judged: {came:?}");
}

#[test]
fn a_named_file_that_no_rule_speaks_of_is_said() {
    let came = check(&["other.json", "sites/b/site_config.json"])
        .file("other.json", "{}")
        .file("sites/b/site_config.json", "{\"session_expiry\": \"02:00:00\"}")
        .run();
    assert_eq!(came.status, 0, "{came:?}");
    assert!(came.output.contains("note[document/not-judged] no rule of this run speaks of `other.json`"), "{came:?}");
    let alone = check(&["other.json"]).file("other.json", "{}").run();
    assert_eq!(alone.status, 2, "{alone:?}");
}

#[test]
fn hidden_folders_are_searched_and_those_of_version_control_are_not() {
    let came = check(&["."])
        .file(".sites/site_config.json", "{\"session_expiry\": \"06:00:00\"}")
        .file(".git/site_config.json", "{\"session_expiry\": \"06:00:00\"}")
        .run();
    assert!(came.output.starts_with(".sites/site_config.json:1:20:"), "{came:?}");
    assert_eq!(came.output.matches("health/session-expiry").count(), 1, "{came:?}");
}

#[test]
fn a_pipe_among_the_files_is_said_and_nobody_waits_for_it() {
    for (pipe, selects) in [("release.plan", true), ("sites/b/site_config.json", true), ("other.json", false)] {
        let cli = check(&["."])
            .file("sites/b/other.json", "{}")
            .file("sites/a/site_config.json", "{\"session_expiry\": \"02:00:00\"}");
        assert!(std::process::Command::new("mkfifo").arg(cli.path(pipe)).status().unwrap().success());
        let came = cli.run();
        let said = format!("{pipe}:1:1: error[document/unreadable] `{pipe}` cannot be read: it is no file\n");
        assert_eq!(came.output.contains(&said), selects, "{came:?}");
        assert_eq!(came.status, if selects { 2 } else { 0 }, "{came:?}");
    }
}

const TICKED: &str = r#"
policy ticked "Checklists" {
  rule open-tasks "A task before the release is open" {
    on markdown.task in "DEPLOY.md" when task.heading contains "Pre-deployment"
    require task.ticked
    at task.ticked
    message "`{task.text}` in line {task.line} is open"
  }
}
"#;

#[test]
fn tasks_of_markdown_are_judged_where_they_stand_and_look_alikes_are_not() {
    let came = Cli::new(&["check", "--policy", "ticked.policy", "--format", "concise", "DEPLOY.md"])
        .file("ticked.policy", TICKED)
        .file(
            "DEPLOY.md",
            "## Pre-deployment\n- [x] reviewed\n- [ ] **backed** up\n- [ ] told <!-- stopline: ignore[ticked/open-tasks] nobody to tell -->\n```\n- [ ] a template\n```\n## Later\n- [ ] open\n",
        )
        .run();
    assert_eq!(came.status, 1, "{came:?}");
    assert_eq!(
        came.output,
        "DEPLOY.md:3:3: error[ticked/open-tasks] `backed up` in line 3 is open\n\
         DEPLOY.md:4:3: waived[ticked/open-tasks] `told` in line 4 is open\n\
         STOP  1 error, 1 waived  (1 file)\n"
    );
}

#[test]
fn nothing_of_a_file_outside_the_repository_is_shown() {
    let schema = |path: &str| {
        format!(
            "policy p \"P\" {{\n  rule a \"A\" {{\n    schema = \"{path}\"\n    on json in \"a.json\" as site\n    require site.b == 1\n    message \"no\"\n  }}\n}}\n"
        )
    };
    let base = || {
        Cli::new(&["check", "--policy", "policies/p.policy", "--pack", "secrets", "--pack", "web-tls"])
            .file("repository/a.json", "{\"b\": 1}\n")
            .file("repository/.git/HEAD", "")
            .file("outside.conf", "server { root:x:0:SESAME; }\n")
            .from("repository")
    };
    let named = base().path("outside.conf").display().to_string();
    for (path, why) in [
        (named.as_str(), "its path leads from the root of the machine"),
        ("~/outside.conf", "its path leads from the root of the machine"),
        ("../../outside.conf", "it stands outside of the repository"),
    ] {
        let came = base().file("repository/policies/p.policy", schema(path)).run();
        assert_eq!(came.status, 2, "{came:?}");
        assert!(came.output.contains(&format!("this schema cannot be read: {why}")), "{}", came.output);
        assert!(came.output.contains(&format!("schema = \"{path}\"")), "{}", came.output);
        assert!(!came.output.contains("SESAME"), "{}", came.output);
    }
    // A calendar.
    let calendar = "policy p \"P\" {\n  calendar c { ics = \"../../outside.conf\" }\n  rule a \"A\" {\n    on plan\n    forbid plan.window overlaps c\n    message \"no\"\n  }\n}\n";
    let came = base().file("repository/policies/p.policy", calendar).run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.output.contains("this calendar cannot be read: it stands outside"), "{}", came.output);
    // What nginx includes.
    let include = base()
        .file("repository/policies/p.policy", schema("../s.json"))
        .file("repository/s.json", "{}")
        .file("repository/nginx.conf", "http { include ../outside.conf; }\n");
    let came = include.run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(came.output.contains("`include ../outside.conf` cannot be read: it stands outside"), "{}", came.output);
    assert!(!came.output.contains("SESAME"), "{}", came.output);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_repository_is_not_followed() {
    let policy =
        "policy p \"P\" {\n  rule a \"A\" {\n    on env\n    require env.x == \"1\"\n    message \"no\"\n  }\n}\n";
    let cli = Cli::new(&["check", "--policy", "p.policy", "--format", "concise"])
        .file("repository/p.policy", policy)
        .file("repository/.git/HEAD", "")
        .file("repository/inside", "x=1\n")
        .file("outside", "root:x:0:SESAME\n")
        .link("repository/a.env", "../outside")
        .link("repository/x.plan", "../outside")
        .link("repository/b.env", "inside")
        .from("repository");
    let came = cli.run();
    assert_eq!(came.status, 2, "{came:?}");
    assert!(!came.output.contains("SESAME"), "{}", came.output);
    for file in ["a.env", "x.plan"] {
        let said = format!("`{file}` cannot be read: it is a link that leads out of the repository");
        assert!(came.output.contains(&said), "{}", came.output);
    }
    assert!(!came.output.contains("b.env"), "{}", came.output);
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_out_of_the_repository_is_neither_read_nor_written_whoever_names_it() {
    let outside = "plan x{service=\"SESAME\"}\n";
    for arguments in [
        &["check", "x.plan"][..],
        &["check", "x.plan", "--fix", "--unsafe-fixes"],
        &["check", "--policy", "x.policy", "in.plan"],
        &["check", "--config", "x.toml", "in.plan"],
        &["fmt", "x.plan"],
        &["fmt", "--check", "x.plan"],
        &["compile", "x.plan", "--to", "bash"],
        &["import", "x.md"],
    ] {
        let mut cli = Cli::new(arguments)
            .file("repository/.git/HEAD", "")
            .file("repository/in.plan", outside.replace("SESAME", "in"));
        for name in ["x.plan", "x.policy", "x.toml", "x.md"] {
            cli = cli.link(&format!("repository/{name}"), "../outside");
        }
        let cli = cli.file("outside", outside).from("repository");
        let came = cli.run();
        assert_eq!(came.status, 2, "{arguments:?}: {came:?}");
        let said = came.output.clone() + &came.error;
        assert!(
            said.contains("cannot be read: it is a link that leads out of the repository"),
            "{arguments:?}: {said}"
        );
        assert!(!said.contains("SESAME"), "{arguments:?}: {said}");
        assert_eq!(cli.read("outside"), outside, "{arguments:?}");
    }
}

#[test]
fn a_misspelt_field_of_a_subject_is_an_error_without_any_file() {
    for (subject, misspelt, meant) in [
        ("workflow.job", "job.timeout_minutes", "timeout-minutes"),
        ("workflow.step", "step.actoin", "action"),
        ("compose.service", "service.privilegd", "privileged"),
        ("kubernetes.container", "container.readynessProbe", "readinessProbe"),
        ("doctype", "doctype.track_change", "track_changes"),
        ("file", "file.txt", "text"),
    ] {
        let policy = format!(
            "policy p {{\n  rule r {{\n    on {subject}\n    require {misspelt} exists\n    message \"no\"\n  }}\n}}\n"
        );
        let came = Cli::new(&["check", "p.policy", "--format", "concise"]).file("p.policy", policy).run();
        assert_eq!(came.status, 2, "{came:?}");
        assert!(came.output.starts_with("p.policy:4:"), "{came:?}");
        assert!(came.output.contains("policy/unknown-name"), "{came:?}");
        let human = Cli::new(&["check", "p.policy", "--color", "never"])
            .file(
                "p.policy",
                format!("policy p {{ rule r {{ on {subject} require {misspelt} exists message \"no\" }} }}"),
            )
            .run();
        assert!(human.output.contains(&format!("did you mean `{meant}`?")), "{human:?}");
    }
}

#[test]
fn settings_in_toml_environments_and_ini_files_are_judged_at_their_place() {
    let policy = r#"
policy settings "Settings" {
  rule toml { on toml in "pyproject.toml"  forbid toml.tool.app.debug  at toml.tool.app.debug  message "debug is on" }
  rule env { on env in "**/.env.production"  require env.LOG_LEVEL != "debug"  at env.LOG_LEVEL  message "logs {env.LOG_LEVEL}" }
  rule ini { on ini in "*.cfg" as odoo  require odoo.options.list_db == "False"  at odoo.options.list_db  message "lists databases" }
}
"#;
    let settings = |env: &str| {
        Cli::new(&["check", "--policy", "settings.policy", "--format", "concise", "."])
            .file("settings.policy", policy)
            .file("pyproject.toml", "[tool.app]\ndebug = true # for now\n")
            .file("deploy/.env.production", env)
            .file("odoo.cfg", "[options]\nlist_db = True ; yes\n")
            .run()
    };
    let came = settings("export LOG_LEVEL=debug # loud\n");
    assert_eq!(came.status, 1, "{came:?}");
    assert_eq!(
        came.output,
        "deploy/.env.production:1:18: error[settings/env] logs debug\n\
         odoo.cfg:2:11: error[settings/ini] lists databases\n\
         pyproject.toml:2:9: error[settings/toml] debug is on\n\
         STOP  3 errors  (4 files)\n"
    );
    let broken = settings("LOG_LEVEL=info\nLOG_LEVEL=debug\n");
    assert_eq!(broken.status, 2, "{broken:?}");
    assert!(broken.output.contains("deploy/.env.production:2:1: error[document/duplicate-key]"), "{broken:?}");
    assert!(broken.output.contains("settings/toml") && broken.output.contains("settings/ini"), "{broken:?}");
}

#[test]
fn a_certificate_is_judged_by_the_time_of_the_run_and_a_broken_one_is_never_good() {
    let certificate = include_str!("../fixtures/certificates/www.pem");
    let judged = |text: &str, at: &str| {
        Cli::new(&["check", "--pack", "certificates", "--format", "concise", "--at", at, "tls"])
            .file("tls/www.pem", text)
            .run()
    };
    assert_eq!(judged(certificate, "2026-11-01T00:00Z").output, "GO    0 errors  (1 file)\n");
    let late = judged(certificate, "2026-12-24T00:00Z");
    assert_eq!(late.status, 1);
    assert!(late.output.contains("tls/www.pem:1:1: error[certificates/ends-soon]"), "{late:?}");
    let cut = judged(&certificate.replacen("\nMII", "\nMI", 1), "2026-11-01T00:00Z");
    assert_eq!(cut.status, 2, "{cut:?}");
    assert_eq!(cut.output.matches("error[document/invalid-certificate]").count(), 1, "{cut:?}");
}

#[test]
fn a_secret_of_a_file_about_which_nothing_is_said_is_masked_in_what_is_said_about_others() {
    let policy = r#"
policy p "P" {
  rule named "Named" { on yaml in "**/*.yaml" as doc require doc.password exists message "no password" }
  rule calls "Calls" { on file in "**/*.txt" as file forbid file.text contains "run" message "it says {file.text}" }
}
"#;
    for format in ["concise", "json"] {
        let came = Cli::new(&["check", "--policy", "p.policy", "--format", format, "."])
            .file("p.policy", policy)
            .file("settings.yaml", "password: kX9-plum-42\n")
            .file("notes.txt", "run this with kX9-plum-42 please\n")
            .run();
        assert_eq!(came.status, 1, "{came:?}");
        assert!(came.output.contains("it says run this") && !came.output.contains("plum"), "{came:?}");
    }
}

#[test]
fn a_plan_holds_no_secret_in_whatever_notation() {
    let token = format!("ghp_{}", "16C7e42F292c6912E7710c838347Ae178B4a");
    let plan = format!(
        "plan a {{
  service = \"x\"
  environment = staging
  phase deploy {{
    step up {{
      run = \"curl -H 'Authorization: token {token}' https://example.com\"
      undo = \"true\"
      timeout = 1m
      env = {{ DB_PASSWORD = \"hQ7vK2pXw9ZtR4mB\", OTHER_PASSWORD = \"$DB_PASSWORD\" }}
    }}
  }}
}}
"
    );
    let came = Cli::new(&["check", "--pack", "secrets", "--format", "concise", "a.plan"]).file("a.plan", &plan).run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(came.output.contains("a.plan:6:44: error[secrets/token]"), "{came:?}");
    assert!(came.output.contains("a.plan:9:30: error[secrets/password]"), "{came:?}");
    assert!(came.output.contains("STOP  2 errors  (1 file)"), "{came:?}");
    assert!(!came.output.contains("16C7e42F") && !came.output.contains("hQ7vK2"), "{came:?}");
    let yaml = format!("plan: a\nservice: x\nenvironment: staging\nticket: https://example.com/?t={token}\n");
    let came = Cli::new(&["check", "--pack", "secrets", "--format", "concise", "."]).file("a.plan.yaml", &yaml).run();
    assert!(came.output.contains("a.plan.yaml:4:32: error[secrets/token]"), "{came:?}");
    let came = Cli::new(&["compile", "a.plan", "--pack", "secrets", "--to", "markdown"]).file("a.plan", &plan).run();
    assert_eq!(came.status, 1, "{came:?}");
    assert!(!came.output.contains("16C7e42F"), "{came:?}");
}

#[cfg(unix)]
#[test]
fn links_that_lead_round_are_one_finding_each_and_folders_of_them_are_not_followed() {
    let came = check(&["."])
        .file("sites/b/site_config.json", "{\"session_expiry\": \"06:00:00\"}")
        .link("sites/round", "../sites")
        .link("site_config.json", "site_config.json")
        .run();
    assert_eq!(came.status, 2, "{came:?}");
    assert_eq!(came.output.matches("document/unreadable").count(), 1, "{came:?}");
    assert_eq!(came.output.matches("health/session-expiry").count(), 1, "{came:?}");
}
