//! Which files an `include` means: nginx sees them from its own folder, and a repository has that folder somewhere else.

/// Folders that nginx is installed with.
const PREFIXES: &[&str] = &[
    "/etc/nginx/",
    "/usr/local/nginx/conf/",
    "/usr/local/openresty/nginx/conf/",
    "/usr/local/etc/nginx/",
    "/opt/homebrew/etc/nginx/",
    "/opt/nginx/conf/",
];

/// Files that come with nginx and hold nothing that a rule would look for in a server.
const STOCK: &[&str] = &[
    "fastcgi-php.conf",
    "fastcgi.conf",
    "fastcgi_params",
    "koi-utf",
    "koi-win",
    "mime.types",
    "proxy_params",
    "scgi_params",
    "uwsgi_params",
    "win-utf",
];

/// Files of other packages that hold one kind of directives: what certbot and Debian's `ssl-cert` write.
const OF_ONE_KIND: &[(&str, &str)] = &[("options-ssl-nginx.conf", "ssl_"), ("snakeoil.conf", "ssl_")];

/// Parts of nginx's own folder: a file in one of them stands in the folder above.
const PARTS: &[&str] =
    &["conf.d", "default.d", "sites-available", "sites-enabled", "snippets", "stream.d", "templates"];

/// Whether a file stands where nginx reads it on this machine.
pub(super) fn is_installed(path: &str) -> bool {
    PREFIXES.iter().any(|prefix| path.starts_with(prefix))
}

pub(super) fn is_stock(pattern: &str) -> bool {
    let name = pattern.rsplit('/').next().unwrap_or(pattern);
    STOCK.contains(&name) || pattern.contains("modules-enabled/") || pattern.contains("/nginx/modules/")
}

/// How the names of all directives begin in a file that is known by its name.
pub(super) fn known_kind(pattern: &str) -> Option<&'static str> {
    let name = pattern.rsplit('/').next().unwrap_or(pattern);
    OF_ONE_KIND.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind)
}

pub(super) fn is_glob(pattern: &str) -> bool {
    pattern.contains(['*', '?', '['])
}

pub(super) fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// nginx's own folder as a file without `http { … }` lets guess it.
pub(super) fn guessed_root(path: &str, roots: &[String]) -> String {
    let own = folder(path);
    let above = roots.iter().filter(|root| root.is_empty() || own == **root || own.starts_with(&format!("{root}/")));
    if let Some(nearest) = above.max_by_key(|root| root.len()) {
        return nearest.clone();
    }
    let name = own.rsplit('/').next().unwrap_or(own);
    if PARTS.contains(&name) { folder(own).to_owned() } else { own.to_owned() }
}

/// The paths an include may have in the run, the likeliest first.
pub(super) fn candidates(pattern: &str, including: &str, root: &str, is_known_root: bool) -> Vec<String> {
    let mut found = Vec::new();
    if let Some(absolute) = pattern.strip_prefix('/') {
        // A configuration that is checked where it is installed means the files of that machine.
        if is_installed(including) {
            found.push(pattern.to_owned());
        }
        for prefix in PREFIXES {
            found.extend(pattern.strip_prefix(prefix).map(|rest| joined(root, rest)));
            let installed = prefix.trim_matches('/');
            let system = if root == installed { Some("") } else { root.strip_suffix(&format!("/{installed}")) };
            found.extend(system.map(|system| joined(system, absolute)));
        }
        let root = root.trim_end_matches('/');
        found.extend(
            pattern.starts_with(&format!("{root}/")).then(|| pattern.to_owned()).filter(|_| root.starts_with('/')),
        );
    } else {
        found.push(joined(root, pattern));
        if !is_known_root {
            found.push(joined(folder(including), pattern));
        }
    }
    // Debian links the one to the other.
    let linked: Vec<String> = found
        .iter()
        .filter(|path| path.contains("sites-enabled/"))
        .map(|path| path.replace("sites-enabled/", "sites-available/"))
        .collect();
    found.extend(linked);
    found
}

/// A path behind a folder, without `.` and `..`.
fn joined(folder: &str, path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    let whole = if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    for part in whole.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    let start = if folder.starts_with('/') { "/" } else { "" };
    format!("{start}{}", parts.join("/"))
}

/// Whether a path is one that a glob means; no part of a glob reaches over a `/`, and none finds what is hidden.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let (mut patterns, mut parts) = (pattern.split('/'), path.split('/'));
    loop {
        match (patterns.next(), parts.next()) {
            (None, None) => return true,
            (Some(pattern), Some(part)) => {
                let hidden = part.starts_with('.') && !pattern.starts_with('.');
                if hidden || !part_matches(pattern.as_bytes(), part.as_bytes()) {
                    return false;
                }
            }
            (None, Some(_)) | (Some(_), None) => return false,
        }
    }
}

/// One part: `*`, `?`, `[a-z]`. A star is tried again from where it stood, so the time is bounded.
fn part_matches(pattern: &[u8], text: &[u8]) -> bool {
    let (mut at, mut seen) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    loop {
        let step = match (pattern.get(at), text.get(seen)) {
            (None, None) => return true,
            (Some(b'*'), _) => {
                star = Some((at, seen));
                at += 1;
                continue;
            }
            (Some(b'['), Some(byte)) => class(pattern.get(at..).unwrap_or_default(), *byte),
            (Some(b'?'), Some(_)) => Some(1),
            (Some(wanted), Some(byte)) if wanted == byte => Some(1),
            _ => None,
        };
        if let Some(length) = step {
            at += length;
            seen += 1;
            continue;
        }
        let Some((from, reached)) = star else { return false };
        if reached >= text.len() {
            return false;
        }
        star = Some((from, reached + 1));
        at = from + 1;
        seen = reached + 1;
    }
}

/// The length of a class that holds the byte.
fn class(pattern: &[u8], byte: u8) -> Option<usize> {
    let end = pattern.iter().skip(2).position(|closing| *closing == b']')? + 2;
    let inside = pattern.get(1..end)?;
    let (negated, inside) = match inside {
        [b'!' | b'^', rest @ ..] => (true, rest),
        _ => (false, inside),
    };
    let mut found = inside.contains(&byte);
    for range in inside.windows(3) {
        if let [from, b'-', to] = range {
            found |= (*from..=*to).contains(&byte);
        }
    }
    (found != negated).then_some(end + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_in_a_shell() {
        for (pattern, path, expected) in [
            ("conf.d/*.conf", "conf.d/a.conf", true),
            ("conf.d/*.conf", "conf.d/b/a.conf", false),
            ("conf.d/*.conf", "conf.d/.a.conf", false),
            ("*/site-?.conf", "a/site-1.conf", true),
            ("s[a-c]", "sb", true),
            ("s[!a-c]", "sb", false),
            ("a*b*c", "axxbyyc", true),
            ("a*b*c", "axxbyy", false),
            ("a", "a", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
        assert!(!matches(&"*a".repeat(2_000), &"a".repeat(1_999)));
    }

    #[test]
    fn an_include_is_looked_for_where_nginx_would_be() {
        let first = |pattern, including, root| candidates(pattern, including, root, false).into_iter().next();
        assert_eq!(
            first("snippets/a.conf", "deploy/conf.d/x.conf", "deploy").as_deref(),
            Some("deploy/snippets/a.conf")
        );
        assert_eq!(first("/etc/nginx/a.conf", "deploy/nginx.conf", "deploy").as_deref(), Some("deploy/a.conf"));
        assert_eq!(first("../a.conf", "deploy/nginx.conf", "deploy").as_deref(), Some("a.conf"));
        assert_eq!(
            first("/etc/letsencrypt/a.conf", "root/etc/nginx/nginx.conf", "root/etc/nginx").as_deref(),
            Some("root/etc/letsencrypt/a.conf")
        );
        assert_eq!(first("/etc/letsencrypt/a.conf", "deploy/nginx.conf", "deploy"), None);
        assert_eq!(first("/etc/ssl/a.conf", "/etc/nginx/nginx.conf", "/etc/nginx").as_deref(), Some("/etc/ssl/a.conf"));
    }

    #[test]
    fn the_folder_of_nginx_is_guessed_from_what_stands_around_a_file() {
        let roots = ["deploy".to_owned()];
        assert_eq!(guessed_root("deploy/sites/a.conf", &roots), "deploy");
        assert_eq!(guessed_root("other/conf.d/a.conf", &roots), "other");
        assert_eq!(guessed_root("conf.d/a.conf", &roots), "");
        assert_eq!(guessed_root("other/a.conf", &roots), "other");
    }
}
