//! What the tokens of well-known services look like: how they begin, of what and how much the rest is.

/// The characters a token may be made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Alphabet {
    Hex,
    Upper,
    Alnum,
    /// `A-Z a-z 0-9 _ -`
    Url,
    /// The same with points.
    Dotted,
    /// `A-Z a-z 0-9 + / =`
    Base64,
}

/// One kind of token.
#[derive(Debug)]
pub(super) struct Provider {
    /// What it is called in reports.
    pub(super) name: &'static str,
    pub(super) prefix: &'static str,
    pub(super) alphabet: Alphabet,
    /// How many characters follow the prefix.
    pub(super) least: usize,
    pub(super) most: usize,
}

const fn token(name: &'static str, prefix: &'static str, alphabet: Alphabet, least: usize, most: usize) -> Provider {
    Provider { name, prefix, alphabet, least, most }
}

use Alphabet::{Alnum, Base64, Dotted, Hex, Upper, Url};

pub(super) static PROVIDERS: &[Provider] = &[
    token("an AWS access key", "AKIA", Upper, 16, 16),
    token("a temporary AWS access key", "ASIA", Upper, 16, 16),
    token("a GitHub token", "ghp_", Alnum, 36, 255),
    token("a GitHub OAuth token", "gho_", Alnum, 36, 255),
    token("a GitHub user token", "ghu_", Alnum, 36, 255),
    token("a GitHub app token", "ghs_", Alnum, 36, 255),
    token("a GitHub refresh token", "ghr_", Alnum, 36, 255),
    token("a fine-grained GitHub token", "github_pat_", Url, 60, 255),
    token("a GitLab token", "glpat-", Dotted, 20, 300),
    token("a GitLab deploy token", "gldt-", Url, 20, 64),
    token("a GitLab runner token", "glrt-", Dotted, 20, 300),
    token("a GitLab trigger token", "glptt-", Hex, 40, 40),
    token("a Slack bot token", "xoxb-", Url, 24, 200),
    token("a Slack user token", "xoxp-", Url, 24, 200),
    token("a Slack app token", "xapp-", Url, 24, 200),
    token("a Slack webhook", "https://hooks.slack.com/services/T", Base64, 30, 80),
    token("a Discord webhook", "https://discord.com/api/webhooks/", Base64, 60, 140),
    token("a Stripe key", "sk_live_", Alnum, 16, 255),
    token("a Stripe test key", "sk_test_", Alnum, 16, 255),
    token("a restricted Stripe key", "rk_live_", Alnum, 16, 255),
    token("a Stripe webhook secret", "whsec_", Base64, 24, 255),
    token("an npm token", "npm_", Alnum, 36, 36),
    token("a PyPI token", "pypi-AgEIcHlwaS5vcmc", Url, 50, 1_000),
    token("a RubyGems token", "rubygems_", Hex, 48, 48),
    token("a crates.io token", "cio", Alnum, 32, 32),
    token("a Docker Hub token", "dckr_pat_", Url, 24, 64),
    token("a SendGrid key", "SG.", Dotted, 60, 70),
    token("a Mailgun key", "key-", Hex, 32, 32),
    token("a Google API key", "AIza", Url, 35, 35),
    token("a Google OAuth secret", "GOCSPX-", Url, 28, 28),
    token("a Google access token", "ya29.", Url, 20, 2_000),
    token("an Azure storage key", "AccountKey=", Base64, 60, 100),
    token("a DigitalOcean token", "dop_v1_", Hex, 64, 64),
    token("a DigitalOcean OAuth token", "doo_v1_", Hex, 64, 64),
    token("a Shopify token", "shpat_", Hex, 32, 32),
    token("a Shopify app secret", "shpss_", Hex, 32, 32),
    token("a Databricks token", "dapi", Hex, 32, 32),
    token("a Vault token", "hvs.", Url, 24, 300),
    token("a Vault batch token", "hvb.", Url, 24, 400),
    token("a Doppler token", "dp.pt.", Alnum, 40, 44),
    token("a Linear key", "lin_api_", Alnum, 40, 40),
    token("a Hugging Face token", "hf_", Alnum, 34, 40),
    token("an OpenAI key", "sk-proj-", Url, 40, 300),
    token("an OpenAI service key", "sk-svcacct-", Url, 40, 300),
    token("an Anthropic key", "sk-ant-", Url, 60, 200),
    token("a Sentry token", "sntrys_", Base64, 60, 400),
    token("a New Relic key", "NRAK-", Upper, 27, 27),
    token("a Grafana token", "glsa_", Url, 40, 60),
    token("a Netlify token", "nfp_", Alnum, 36, 60),
    token("a Heroku key", "HRKU-", Url, 36, 80),
    token("an Atlassian token", "ATATT3", Base64, 60, 300),
    token("a PlanetScale password", "pscale_pw_", Dotted, 32, 64),
    token("a PlanetScale token", "pscale_tkn_", Dotted, 32, 64),
    token("a Supabase token", "sbp_", Hex, 40, 40),
    token("a Tailscale key", "tskey-", Url, 20, 100),
    token("a Square token", "sq0atp-", Url, 22, 22),
    token("a Pulumi token", "pul-", Hex, 40, 40),
    token("a Postman key", "PMAK-", Url, 50, 70),
    token("a Figma token", "figd_", Url, 40, 60),
    token("an age key", "AGE-SECRET-KEY-1", Upper, 58, 58),
];

impl Alphabet {
    pub(super) const fn holds(self, byte: u8) -> bool {
        match self {
            Self::Hex => byte.is_ascii_digit() || matches!(byte, b'a'..=b'f'),
            Self::Upper => byte.is_ascii_digit() || byte.is_ascii_uppercase(),
            Self::Alnum => byte.is_ascii_alphanumeric(),
            Self::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Self::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
            Self::Base64 => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'+' | b'/' | b'='),
        }
    }
}
