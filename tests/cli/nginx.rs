//! `stopline check` over configurations of nginx, as they lie in repositories.

use crate::door::Cli;

fn check(arguments: &[&str]) -> Cli {
    Cli::new(&[&["check", "--pack", "web-tls", "--format", "concise", "--fail-on", "error"], arguments].concat())
}

/// What was said of TLS versions and of files, one line each.
fn told(output: &str) -> Vec<&str> {
    output.lines().filter(|line| line.contains("tls-floor") || line.contains("document/")).collect()
}

#[test]
fn a_configuration_is_judged_as_a_whole_and_each_value_where_it_is_written() {
    let came = check(&["deploy/nginx.conf"])
        .file("deploy/nginx.conf", "http {\n  include mime.types;\n  include /etc/nginx/conf.d/*.conf;\n}\n")
        .file("deploy/conf.d/a.conf", "server {\n  listen 443 ssl;\n  server_name a;\n  include snippets/tls;\n}\n")
        .file("deploy/snippets/tls", "ssl_protocols TLSv1.1 TLSv1.2;\n")
        .run();
    assert_eq!(came.status, 1, "{came:?}");
    assert_eq!(
        told(&came.output),
        ["deploy/snippets/tls:1:15: error[web-tls/tls-floor] `a` offers TLSv1.1, which is older than TLS v1.2"]
    );
}

#[test]
fn what_an_include_hides_leaves_the_run_undecided() {
    let server = "server {\n  listen 443 ssl;\n  include /etc/letsencrypt/options-ssl-nginx.conf;\n}\n";
    let came = check(&["."]).file("sites-enabled/a", server).run();
    assert_eq!(came.status, 2, "{came:?}");
    assert_eq!(
        told(&came.output),
        ["sites-enabled/a:3:3: error[web-tls/no-certificate] `include /etc/letsencrypt/options-ssl-nginx.conf` is \
             outside this run, so 4 rules cannot be decided: `web-tls/no-certificate`, `web-tls/tls-floor`, \
             `web-tls/weak-ciphers`, `web-tls/tls-1-3`",]
    );
    let human = Cli::new(&["check", "--pack", "web-tls", "--color", "never"]).file("sites-enabled/a", server).run();
    assert!(human.output.contains("help: let the run see it; `root` of `[nginx]`"), "{human:?}");
}

#[test]
fn what_would_not_have_stopped_is_said_undecided_and_leaves_nothing_open() {
    let server = "http {\n  server_tokens off;\n  server {\n    listen 443 ssl default_server;\n    ssl_certificate c;\n    \
                  ssl_certificate_key k;\n    ssl_protocols TLSv1.2 TLSv1.3;\n    ssl_ciphers HIGH;\n    \
                  add_header Strict-Transport-Security \"max-age=${HSTS_AGE}\" always;\n  }\n}\n";
    let came = |level| {
        Cli::new(&["check", "--pack", "web-tls", "--format", "concise", "--fail-on", level])
            .file("nginx.conf", server)
            .run()
    };
    let error = came("error");
    assert_eq!(error.status, 0, "{error:?}");
    assert!(error.output.contains("warning[web-tls/hsts") && error.output.contains("1 undecided"), "{error:?}");
    assert_eq!(came("warning").status, 2);
    assert_eq!(came("never").status, 0);
}

#[test]
fn broken_files_and_templates_are_never_good() {
    for (text, expected) in [
        ("server {\n  listen 443 ssl\n  ssl_protocols TLSv1.2;\n}\n", "2:14: error[document/syntax]"),
        ("server {\n  listen 443 ssl;\n  ssl_protocols TLSv1.2;\n", "1:8: error[document/syntax]"),
        ("server {\n  listen 443 ssl;\n  ssl_protocols {{ tls }};\n}\n", "3:17: error[document/template]"),
        ("server {\n  listen 443 ssl;\n  ssl_protocols ${TLS};\n}\n", "3:17: error[web-tls/tls-floor]"),
        ("", "1:1: error[document/empty]"),
    ] {
        let came = check(&["."]).file("nginx.conf", text).run();
        assert_eq!(came.status, 2, "{text}: {came:?}");
        let told = told(&came.output);
        assert_eq!(told.len(), 1, "{text}: {came:?}");
        assert!(told.iter().all(|line| line.starts_with(&format!("nginx.conf:{expected}"))), "{told:?}");
    }
}

#[test]
fn a_misspelt_field_of_a_server_is_an_error_without_any_file() {
    let policy = "policy p \"P\" {\n  rule r \"R\" {\n    on nginx.server\n    require server.ssl_protocol exists\n    message \"m\"\n  }\n}\n";
    let came = Cli::new(&["check", "p.policy", "--format", "concise"]).file("p.policy", policy).run();
    assert!(came.output.contains("a server has no `ssl_protocol`"), "{came:?}");
}

#[test]
fn what_an_include_hides_cannot_be_let_pass() {
    let server = |more: &str| {
        format!("http {{\n  server {{\n    listen 443 ssl;\n{more}    include /etc/secret/tls.conf;\n  }}\n}}\n")
    };
    let arguments = ["check", "nginx.conf", "--pack", "web-tls"];
    let plain = Cli::new(&arguments).file("nginx.conf", server("")).run();
    let rules = plain.output.lines().find_map(|line| line.split_once(" rules cannot be decided: ")).unwrap().1;
    let ignore = format!("    # stopline: ignore[{}] the server has it\n", rules.replace('`', ""));
    let ignored = Cli::new(&arguments).file("nginx.conf", server(&ignore)).run();
    assert_eq!(ignored.status, 2, "{ignored:?}");
    assert!(ignored.output.contains(&format!(" rules cannot be decided: {rules}")), "{ignored:?}");
    assert_eq!(ignored.output.matches("this lets pass what is found, never what could not be decided").count(), 1);
}
