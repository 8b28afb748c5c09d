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
        [
            "sites-enabled/a:3:3: note[document/include-unseen] `include /etc/letsencrypt/options-ssl-nginx.conf` is \
             outside this run: a rule that depends on it is not decided",
            "sites-enabled/a:3:3: error[web-tls/tls-floor] `include /etc/letsencrypt/options-ssl-nginx.conf` is outside \
             this run, so `web-tls/tls-floor` cannot be decided",
        ]
    );
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
