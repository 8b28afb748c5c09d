//! The formats that can be read, and which one a path asks for.

/// How a text is to be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Format {
    /// RFC 8259, to the letter.
    Json,
    /// JSON with comments and trailing commas.
    Jsonc,
    /// YAML 1.2 with the core schema: `on` and `yes` are strings.
    Yaml,
    /// TOML 1.1. Dates and times are strings, as written.
    Toml,
    /// `.env` files: every value a string, nothing interpolated.
    Env,
    /// Sections of `key = value`, as Python's `configparser` reads them. Every value is a string.
    Ini,
    /// Certificates and keys between `-----BEGIN …-----` and `-----END …-----`.
    Pem,
}

impl Format {
    /// The format that a path asks for by its name.
    pub fn from_path(path: &str) -> Option<Self> {
        let mut parts = path.rsplit(['/', '\\']);
        let name = parts.next()?.to_ascii_lowercase();
        let folder = parts.next().unwrap_or_default();
        let (stem, extension) = name.rsplit_once('.')?;
        match extension {
            "json" if folder == ".vscode" || has_comments_by_custom(stem) => Some(Self::Jsonc),
            "json" => Some(Self::Json),
            "jsonc" | "code-workspace" => Some(Self::Jsonc),
            "yaml" | "yml" => Some(Self::Yaml),
            "toml" => Some(Self::Toml),
            "ini" | "cfg" => Some(Self::Ini),
            "pem" | "crt" | "cer" => Some(Self::Pem),
            "env" | "flaskenv" => Some(Self::Env),
            _ => (stem == ".env" || stem.starts_with(".env.")).then_some(Self::Env),
        }
    }

    /// The name people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Jsonc => "JSON with comments",
            Self::Yaml => "YAML",
            Self::Toml => "TOML",
            Self::Env => "dotenv",
            Self::Ini => "INI",
            Self::Pem => "PEM",
        }
    }
}

/// Files that end in `.json` and whose programs allow comments in them.
fn has_comments_by_custom(stem: &str) -> bool {
    let config = stem.strip_prefix("tsconfig").or_else(|| stem.strip_prefix("jsconfig"));
    config.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        || matches!(stem, "devcontainer" | ".devcontainer" | ".eslintrc" | "api-extractor")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_extension_names_the_format_in_any_case() {
        assert_eq!(Format::from_path("sites/a/site_config.json"), Some(Format::Json));
        assert_eq!(Format::from_path(".devcontainer/x.JSONC"), Some(Format::Jsonc));
        assert_eq!(Format::from_path("release.plan.yaml"), Some(Format::Yaml));
        assert_eq!(Format::from_path("C:\\ci\\build.yml"), Some(Format::Yaml));
        assert_eq!(Format::from_path("pyproject.toml"), Some(Format::Toml));
        assert_eq!(Format::from_path("etc/odoo.INI"), Some(Format::Ini));
        assert_eq!(Format::from_path("setup.cfg"), Some(Format::Ini));
        assert_eq!(Format::from_path("tls/fullchain.pem"), Some(Format::Pem));
        assert_eq!(Format::from_path("tls/www.example.com.crt"), Some(Format::Pem));
        assert_eq!(Format::from_path("folder.json/README"), None);
        assert_eq!(Format::from_path(""), None);
    }

    #[test]
    fn environments_go_by_many_names() {
        for path in [".env", ".env.production", "deploy/.ENV.example", "prod.env", ".flaskenv", ".env.prod.local"] {
            assert_eq!(Format::from_path(path), Some(Format::Env), "{path}");
        }
        assert_eq!(Format::from_path(".env.json"), Some(Format::Json));
        assert_eq!(Format::from_path(".env.d/README"), None);
        for path in ["env", ".envrc", "environment", ".environment"] {
            assert_eq!(Format::from_path(path), None, "{path}");
        }
    }

    #[test]
    fn some_json_has_comments_by_custom() {
        for path in
            ["tsconfig.json", "web/tsconfig.build.json", ".devcontainer/devcontainer.json", ".vscode/tasks.json"]
        {
            assert_eq!(Format::from_path(path), Some(Format::Jsonc), "{path}");
        }
        for path in ["package.json", "tsconfigs.json", "vscode/tasks.json"] {
            assert_eq!(Format::from_path(path), Some(Format::Json), "{path}");
        }
    }
}
