//! The schemas of documents that Stopline ships, by the names under which rules ask for them.

pub const COMMON_SITE_CONFIG: &str = include_str!("../../../schemas/common_site_config.schema.json");
pub const SITE_CONFIG: &str = include_str!("../../../schemas/site_config.schema.json");
pub const SYSTEM_SETTINGS: &str = include_str!("../../../schemas/system_settings.schema.json");

/// Each name with its text.
pub const SHIPPED_SCHEMAS: &[(&str, &str)] =
    &[("common_site_config", COMMON_SITE_CONFIG), ("site_config", SITE_CONFIG), ("system_settings", SYSTEM_SETTINGS)];

/// Whether a rule asks for one of them: a file has an ending or stands in a folder.
pub fn names_shipped_schema(name: &str) -> bool {
    !name.contains(['.', '/', '\\'])
}
