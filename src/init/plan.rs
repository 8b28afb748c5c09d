//! The first plan: one for staging, that may go as it stands once its commands are true. Production asks for more, and
//! `check` says what.

use super::{Answers, Found};
use crate::format::quoted;
use crate::model::enums::Platform;

pub(super) fn text(found: Found, answers: &Answers) -> String {
    let Answers { service, zone, lead, on_call, day } = answers;
    let (id, word, service) = (id_of(service), quoted(&word_of(service)), quoted(service));
    let platform = found.platform.name();
    let deploy = deploy(found.platform, &word);
    let zone = quoted(zone.name());
    format!(
        r#"# The release of this repository. It goes to staging first: change `environment` to `production`, and `stopline check` says
# what production asks for beside this. `stopline compile release.plan --to bash -o release.sh` makes a runbook of it.
plan {id} {{
  service     = {service}
  version     = "v0.1.0"
  environment = staging
  platform    = {platform}
  risk        = low
  ticket      = "https://tracker.example.com/1"

  window {{
    start    = {day}T10:00
    duration = 4h
    zone     = {zone}
  }}

  team {{
    lead    = {lead}
    on_call = {on_call}
  }}

  change "What this release brings" {{ kind = feature }}

  checklist "Before" {{
    item "All tests pass" {{ by = {lead} }}
  }}

  phase backup {{
    step backup "Back up what this release may change" {{
      run     = "./scripts/backup.sh"
      verify  = "./scripts/verify-backup.sh"
      timeout = 10m
    }}
  }}

  phase deploy {{
    hold go-live "Begin" {{ by = [lead], expires = 30m }}

{deploy}  }}

  phase verify {{
    probe health "It answers" {{
      http     = "https://staging.example.com/health"
      expect   = 200
      every    = 10s
      for      = 2m
      failures = 3
    }}
    watch stable "Watch until stable" {{ for = 15m, every = 30s }}
  }}

  phase confirm {{
    followup review "Look at the numbers again" {{ due = T+1d, by = {on_call} }}
  }}

  redflag unhealthy "It stopped answering" {{
    during verify
    stop when probe.health.failed
    then rollback
  }}
}}
"#
    )
}

/// The shipped procedure of a platform; a script of one's own where there is none, or where it needs what no file tells.
fn deploy(platform: Platform, service: &str) -> String {
    match platform {
        Platform::Bench => format!(
            "    use bench-update {{\n      site   = {service}\n      folder = \"/var/backups/release\"\n    }}\n"
        ),
        Platform::Pm2 => format!(
            "    use pm2 {{\n      root    = \"/srv/app\"\n      version = \"v0.1.0\"\n      app     = {service}\n    }}\n"
        ),
        Platform::Compose => format!(
            "    use compose {{\n      folder  = \".\"\n      service = {service}\n      image   = \"registry.example.com/app:v0.1.0\"\n    }}\n"
        ),
        Platform::Kubernetes => format!(
            "    use kubernetes {{\n      deployment = {service}\n      container  = {service}\n      image      = \"registry.example.com/app:v0.1.0\"\n      context    = \"staging\"\n    }}\n"
        ),
        Platform::Docker => format!(
            "    use docker {{\n      name    = {service}\n      image   = \"registry.example.com/app:v0.1.0\"\n      options = \"--publish 127.0.0.1:8080:8080\"\n    }}\n"
        ),
        Platform::Fly => {
            format!("    use fly {{\n      app   = {service}\n      image = \"registry.fly.io/app:v0.1.0\"\n    }}\n")
        }
        Platform::Netlify => format!("    use netlify {{\n      site   = {service}\n      folder = \"dist\"\n    }}\n"),
        Platform::Vercel
        | Platform::CloudflarePages
        | Platform::Railway
        | Platform::Render
        | Platform::Vps
        | Platform::Lambda
        | Platform::FrappeDocker
        | Platform::Other => SCRIPT.to_owned(),
    }
}

const SCRIPT: &str = r#"    step deploy "Bring the new version up" {
      run     = "./scripts/deploy.sh"
      undo    = "./scripts/deploy.sh --previous"
      verify  = "./scripts/verify.sh"
      timeout = 10m
    }
"#;

/// The name of the service as procedures take it: a word.
fn word_of(service: &str) -> String {
    let letters = service.chars().map(|letter| match letter {
        '.' | '_' => letter,
        plain if plain.is_ascii_alphanumeric() => plain,
        _ => '-',
    });
    let word: String = letters.collect();
    let word = word.trim_matches(|letter: char| !letter.is_ascii_alphanumeric());
    if word.is_empty() { "app".to_owned() } else { word.to_owned() }
}

/// The name of the service as an id: letters, digits and single hyphens, a letter first.
fn id_of(service: &str) -> String {
    let words: Vec<String> = service
        .split(|letter: char| !letter.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase)
        .collect();
    let id = words.join("-");
    match id.chars().next() {
        Some(letter) if letter.is_ascii_alphabetic() => id,
        Some(_) => format!("release-{id}"),
        None => "release".to_owned(),
    }
}
