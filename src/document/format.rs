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
}

impl Format {
    /// The format that a path's extension names.
    pub fn from_path(path: &str) -> Option<Self> {
        let name = path.rsplit(['/', '\\']).next()?;
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "jsonc" => Some(Self::Jsonc),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    /// The name people know it by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Jsonc => "JSON with comments",
            Self::Yaml => "YAML",
        }
    }
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
        assert_eq!(Format::from_path("folder.json/README"), None);
        assert_eq!(Format::from_path(""), None);
    }
}
