//! What is a secret and what only looks like one; the text a place cuts out is the secret itself.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::provider::{Alphabet, PROVIDERS, Provider};
use super::{Veil, find};

/// Each secret: its kind, and in backticks what its place cuts out.
fn outline(text: &str) -> String {
    let mut out = String::new();
    for secret in find(text) {
        writeln!(out, "{} `{}`", secret.kind, secret.span.text(text)).unwrap();
    }
    out
}

#[track_caller]
fn finds(text: &str, expected: &str) {
    assert_eq!(outline(text).trim_end(), expected, "{text}");
}

#[track_caller]
fn finds_nothing(text: &str) {
    assert_eq!(outline(text), "", "{text}");
}

/// A token as its service would make it, from characters that repeat late.
fn sample(provider: &Provider) -> String {
    let characters: Vec<char> = "7aQ9bZ3cX5dW8eV2fU4gT6hS1iR0jPkOlNmMnLoKpJqIrHsGtFuEvDwCxByAz"
        .chars()
        .filter(|character| provider.alphabet.holds(*character as u8))
        .collect();
    let length = provider.least.max(20).min(provider.most);
    let body: String = (0..length).map(|at| characters[(at * 7 + at / characters.len()) % characters.len()]).collect();
    format!("{}{body}", provider.prefix)
}

#[test]
fn every_known_token_is_found_wherever_it_stands() {
    assert!(PROVIDERS.len() >= 40);
    for provider in PROVIDERS {
        let token = sample(provider);
        for text in [
            token.clone(),
            format!("API_KEY={token}\n"),
            format!("{{\"k\": \"{token}\"}}"),
            format!("see {token}, or not"),
        ] {
            finds(&text, &format!("{} `{token}`", provider.name));
        }
        if provider.alphabet != Alphabet::Base64 {
            finds_nothing(&format!("x{token}"));
        }
    }
}

#[test]
fn a_token_of_the_wrong_length_or_an_example_is_none() {
    finds_nothing("AKIAIOSFODNN7EXAMPLE");
    finds_nothing("AKIA1234");
    finds_nothing("ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx");
    finds_nothing("npm_config_registry_is_a_setting_not_a_token");
    finds_nothing("sk_live_your_key_goes_here_please");
}

#[test]
fn private_keys_are_found_whole() {
    let line = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
    let block = format!("-----BEGIN RSA PRIVATE KEY-----\n{line}\n{line}\n-----END RSA PRIVATE KEY-----");
    finds(&format!("key: |\n{block}\nx: 1\n"), &format!("a private key `{block}`"));
    let escaped = format!("-----BEGIN PRIVATE KEY-----\\n{line}\\n{line}\\n-----END PRIVATE KEY-----");
    finds(&format!("{{\"private_key\": \"{escaped}\\n\"}}"), &format!("a private key `{escaped}`"));
    finds_nothing(&block.replace("PRIVATE", "PUBLIC"));
    finds_nothing("-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----");
}

#[test]
fn web_tokens_and_passwords_in_addresses_are_found() {
    let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P";
    finds(&format!("Authorization: Bearer {token}"), &format!("a JSON Web Token `{token}`"));
    finds("postgres://app:kX9plum42@db:5432/shop", "a password in an address `kX9plum42`");
    finds("redis://:kX9plum42@cache/0", "a password in an address `kX9plum42`");
    finds("DATABASE_URL=\"mysql://root:Sommer-2024@db/shop\"", "a password in an address `Sommer-2024`");
    for text in [
        "postgres://app:${PASSWORD}@db/shop",
        "postgres://postgres:postgres@localhost/test",
        "https://user:password@example.com",
        "https://example.com/a:b@c",
        "https://github.com/a/b",
        "postgres://app:<password>@db",
        "eyJhbGciOiJIUzI1NiJ9",
    ] {
        finds_nothing(text);
    }
}

#[test]
fn a_value_whose_key_says_so_is_found_in_every_notation() {
    for text in [
        "password: kX9-plum-42",
        "  \"db_password\": \"kX9-plum-42\",",
        "DB_PASSWORD=kX9-plum-42\n",
        "export DB_PASSWORD='kX9-plum-42'",
        "password = \"kX9-plum-42\"",
        "spring.datasource.password=kX9-plum-42",
        "- POSTGRES_PASSWORD=kX9-plum-42",
        "'password' => 'kX9-plum-42',",
        "ALTER ROLE app PASSWORD 'kX9-plum-42';",
        "CREATE USER app IDENTIFIED BY 'kX9-plum-42';",
        "mysql --password=kX9-plum-42 shop",
        "- name: DB_PASSWORD\n  value: kX9-plum-42\n",
        "- name: \"DB_PASSWORD\"\n  value: \"kX9-plum-42\"\n",
        "{\"name\": \"DB_PASSWORD\", \"value\": \"kX9-plum-42\"}",
        "  {\n    \"name\": \"DB_PASSWORD\",\n    \"value\": \"kX9-plum-42\"\n  }",
        "name  = \"DB_PASSWORD\"\nvalue = \"kX9-plum-42\"\n",
        "machine db.example.com login app password kX9-plum-42\n",
        "machine db.example.com\n  login app\n  password kX9-plum-42\n",
        "db.example.com:5432:shop:app:kX9-plum-42\n",
        "password: |\n  kX9-plum-42\n",
        "password: >-\n  kX9-plum-42\n",
        "dbPassword: 'kX9-plum-42' # the old one",
    ] {
        finds(text, "a password, token or key `kX9-plum-42`");
    }
    finds("encryption_key: 9f8e7d6c5b4a39281706f5e4", "a password, token or key `9f8e7d6c5b4a39281706f5e4`");
    finds(
        "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCY9z8y7x6w5v",
        "a password, token or key `wJalrXUtnFEMI/K7MDENG/bPxRfiCY9z8y7x6w5v`",
    );
    finds("client_secret = \"Zk3Q7x9Lm2Pv8Rt5Wy1B\"", "a password, token or key `Zk3Q7x9Lm2Pv8Rt5Wy1B`");
}

#[test]
fn what_points_to_a_secret_or_hides_it_is_let_pass() {
    for text in [
        "password: ${DB_PASSWORD}",
        "password: \"{{ vault_password }}\"",
        "password: <your password>",
        "password: changeme",
        "password: example-123",
        "password: xxxxxxxxxxxx",
        "password: ENC[AES256_GCM,data:9f8e7d6c5b4a,type:str]",
        "password: vault:kv/data/app#password9",
        "password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  6638643965323633",
        "token: op://vault/item/field9",
        "token: arn:aws:secretsmanager:eu-west-1:123456789012:secret:x",
        "secretName: web-tls-2024-production",
        "secretKeyRef: {name: db-credentials-v2, key: password}",
        "password_file: /run/secrets/db_password_9",
        "token_url: login/oauth2/token9876543",
        "token: ${{ secrets.GITHUB_TOKEN }}",
        "password = os.environ[\"DB_PASSWORD\"]",
        "password = getPassword(user42, store)",
        "password: string",
        "passphrase_helper: _PassphraseHelper | None = None",
        "passphrase:r.passphrase||this.passphrase,cert:r.cert",
        "Forgot your password: click here for a new one",
        "passwordHash: $2b$12$KIXQ9z8y7x6w5v4u3t2s1r",
        "token: refresh-token-v2",
        "password_min_length: 12",
        "secret: my-application-secret",
        "max_tokens: 4096",
        "\"password\": \"Contraseña\"",
        "https://example.com?page_token=eyJvZmZzZXQiOiI5OSIsInYiOjJ9",
        "CredentialsTypePassword: {Config: []byte(`x9`)}",
        "PasswordAuthentication no",
        "[\"password\", \"kX9-plum-42\"]",
        "parameters: [user, password, valueX9-plum-42: x]",
        "ports: [\"127.0.0.1:5432:5432\"]",
        "db.example.com:5432:shop:app:${PASSWORD}",
        "then login with password kX9-plum-42?",
        "\"name\": \"DB_PASSWORD\",\n\"valueFrom\": \"db-credentials-9\"",
        "tokenizer: cl100k_base_v2_final",
    ] {
        finds_nothing(text);
    }
}

#[test]
fn a_version_and_a_digest_are_no_secret_and_what_only_resembles_them_is() {
    let digest = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let list = format!("sl_policies='release=1.0.0={digest} secrets=1.0.0={digest} token=unversioned={digest}'\n");
    finds_nothing(&list);
    finds_nothing(&format!("secret=2.1.0-rc.1={digest}"));
    for value in [
        digest.to_owned(),
        format!("sha={digest}"),
        format!("1={digest}"),
        format!("1.0.0={}", digest.to_uppercase()),
        format!("1.0.0={}", digest.chars().take(40).collect::<String>()),
        format!("1.0.0={digest}0"),
        format!("1.0.0:{digest}"),
        format!("{digest}=1.0.0"),
    ] {
        finds(&format!("secret={value}"), &format!("a password, token or key `{value}`"));
    }
}

#[test]
fn a_secret_is_shown_by_how_it_begins_and_how_long_it_is() {
    let text = format!("AKIA{}", "7QXBZ3CW5D8EV2F4");
    let secret = find(&text)[0];
    assert_eq!(secret.shown(&text), "AKIA…(20 characters)");
    let text = "password: kX9-plum-42";
    let secret = find(text)[0];
    assert_eq!(secret.shown(secret.span.text(text)), "…(11 characters)");
    assert_eq!(Veil::source("password: kX9-plum-42\n", &find("password: kX9-plum-42\n")), "password: ***********\n");
}

#[expect(clippy::disallowed_methods, reason = "this test measures")]
#[test]
fn hostile_texts_take_time_in_proportion() {
    for unit in [
        "password",
        "password=",
        "password: \"",
        "://",
        "://a:",
        "eyJ",
        "eyJa.",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----BEGIN ",
        "SG.",
        "token=a1",
        "\"",
        "AKIA",
        "secret: \n value:",
        "ghp_a",
    ] {
        let text = unit.repeat(100_000 / unit.len());
        let began = Instant::now();
        find(&text);
        assert!(began.elapsed() < Duration::from_secs(5), "{unit}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn places_are_whole_and_apart_and_a_veil_keeps_every_other_byte(
        parts in prop::collection::vec(prop::sample::select(vec![
            "password", ": ", "=", "\"", "kX9-plum-42", "é", "\n", "://", "a:", "@b", "token", "9f8e7d6c5b4a39281706", "AKIA", "7QXBZ3CW5D8EV2F4", "\\", "'",
            "-----BEGIN PRIVATE KEY-----", "value:", " ", "🚀", ",",
        ]), 0..40)
    ) {
        let text = parts.concat();
        let mut end = 0;
        for secret in find(&text) {
            prop_assert!(end <= secret.span.start && text.get(secret.span.range()).is_some());
            prop_assert!(!secret.span.is_empty());
            end = secret.span.end;
        }
        let shown = Veil::source(&text, &find(&text));
        prop_assert_eq!(shown.len(), text.len());
        prop_assert_eq!(shown.matches('\n').count(), text.matches('\n').count());
    }
}
