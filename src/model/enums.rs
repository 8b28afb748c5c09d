//! The closed sets of words of the language.

use super::types::{EnumShape, EnumValue};
use super::units::Weekday;

/// Declares an enum, its words and what they mean.
macro_rules! words {
    ($($(#[$meta:meta])* $name:ident, $shape:ident, $noun:literal, $ordered:literal { $($variant:ident = $word:literal $doc:literal),+ $(,)? })+) => {$(
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $(#[doc = $doc] $variant),+ }

        pub static $shape: EnumShape = EnumShape {
            noun: $noun,
            values: &[$(EnumValue { name: $word, doc: $doc }),+],
            ordered: $ordered,
        };

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
        }

        impl super::read::Word for $name {
            fn shape() -> &'static EnumShape { &$shape }
            fn all() -> &'static [Self] { Self::ALL }
            fn word(self) -> &'static str { self.name() }
        }
    )+};
}

words! {
    /// Where a plan deploys to.
    Environment, ENVIRONMENT, "an environment", true {
        Local = "local" "a developer's machine",
        Development = "development" "the shared development environment",
        Staging = "staging" "the copy of production in which a release is tried first",
        Production = "production" "what users depend on",
    }
    /// What can go wrong, and how badly.
    Risk, RISK, "a risk", true {
        Low = "low" "a mistake would hardly be noticed",
        Medium = "medium" "a mistake would be noticed and soon repaired",
        High = "high" "a mistake would hurt users or the business",
        Critical = "critical" "a mistake would be an incident of its own",
    }
    /// What kind of data the service holds.
    DataClass, DATA_CLASS, "a class of data", false {
        Public = "public" "anybody may see it",
        Internal = "internal" "only the organisation may see it",
        Pii = "pii" "it identifies persons",
        Pci = "pci" "payment cards",
        Phi = "phi" "health records",
    }
    /// What a change is about.
    ChangeKind, CHANGE_KIND, "a kind of change", false {
        Feature = "feature" "something users can do that they could not",
        Fix = "fix" "a defect repaired",
        Security = "security" "a weakness closed",
        Schema = "schema" "the shape of stored data",
        Config = "config" "settings",
        Dependency = "dependency" "somebody else's code",
    }
    /// What a metric's number counts.
    Unit, UNIT, "a unit", false {
        Number = "number" "a plain number",
        Percent = "percent" "a number of percent: `5` is 5%",
        Duration = "duration" "seconds: `0.25` is 250ms",
    }
    /// How production is exchanged for the new version.
    StrategyKind, STRATEGY_KIND, "a strategy", false {
        Rolling = "rolling" "instance by instance, or batch by batch",
        BlueGreen = "blue-green" "a second environment, then all traffic at once",
        Canary = "canary" "growing shares of the traffic",
        FeatureFlag = "feature-flag" "deployed dark, then switched on",
        Recreate = "recreate" "stopped, exchanged, started",
    }
    /// Where and how a service runs.
    Platform, PLATFORM, "a platform", false {
        Vercel = "vercel" "Vercel",
        Netlify = "netlify" "Netlify",
        CloudflarePages = "cloudflare-pages" "Cloudflare Pages",
        Railway = "railway" "Railway",
        Render = "render" "Render",
        Fly = "fly" "Fly.io",
        Vps = "vps" "a server of one's own",
        Pm2 = "pm2" "Node.js under PM2",
        Docker = "docker" "Docker on one host",
        Compose = "compose" "Docker Compose",
        Kubernetes = "kubernetes" "Kubernetes",
        Lambda = "lambda" "AWS Lambda",
        Bench = "bench" "Frappe with bench",
        FrappeDocker = "frappe-docker" "Frappe in containers",
        Other = "other" "none of these",
    }
    /// What a raised red flag leads to.
    FlagAction, FLAG_ACTION, "what a red flag leads to", false {
        Rollback = "rollback" "undo what was begun",
        Hold = "hold" "stop and wait for a person",
        FixForward = "fix-forward" "go on, and owe a repair",
    }
    /// What a look of an analysis is when data is missing.
    MissingData, MISSING_DATA, "what missing data means", false {
        Failed = "failed" "as bad as a red flag that is raised",
        Inconclusive = "inconclusive" "neither good nor bad",
    }
    Level, LEVEL, "a severity", true {
        Note = "note" "worth knowing",
        Warning = "warning" "worth changing",
        Error = "error" "stops the deployment",
    }
}

const fn day(name: &'static str, doc: &'static str) -> EnumValue {
    EnumValue { name, doc }
}

pub static WEEKDAY: EnumShape = EnumShape {
    noun: "a weekday",
    values: &[
        day("monday", "Monday"),
        day("tuesday", "Tuesday"),
        day("wednesday", "Wednesday"),
        day("thursday", "Thursday"),
        day("friday", "Friday"),
        day("saturday", "Saturday"),
        day("sunday", "Sunday"),
    ],
    ordered: false,
};

impl super::read::Word for Weekday {
    fn shape() -> &'static EnumShape {
        &WEEKDAY
    }

    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn word(self) -> &'static str {
        self.name()
    }
}
