//! Whether a file is one of nginx: many programs call their files `.conf`.

use super::SourceText;

/// Words that open a block and, at the start of a line, speak for nginx.
const BLOCKS: &[&str] = &["events", "geo", "http", "location", "map", "server", "stream", "upstream"];

/// Directives that no other program has.
const OWN: &[&str] = &[
    "add_header",
    "client_max_body_size",
    "fastcgi_param",
    "fastcgi_pass",
    "log_format",
    "proxy_pass",
    "proxy_set_header",
    "server_name",
    "server_tokens",
    "ssl_certificate",
    "ssl_certificate_key",
    "ssl_ciphers",
    "ssl_protocols",
    "try_files",
    "worker_connections",
    "worker_processes",
];

/// By its path, else by the first word of a line that only nginx knows.
pub(super) fn is_nginx(source: &SourceText<'_>) -> bool {
    says_so(source.path) || looks_so(&source.text)
}

fn says_so(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let folder = |wanted: &str| folders.split('/').any(|folder| folder == wanted);
    let is_configuration = ["conf", "nginx"].contains(&name.rsplit('.').next().unwrap_or_default());
    (name.contains("nginx") && is_configuration) || folder("sites-available") || folder("sites-enabled")
}

fn looks_so(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start_matches(['\u{feff}', ' ', '\t']);
        let word = line.split([' ', '\t', '{', ';']).next().unwrap_or_default();
        if BLOCKS.contains(&word) {
            let rest = line.get(word.len()..).unwrap_or_default();
            return rest.trim().is_empty() || rest.contains('{');
        }
        OWN.contains(&word)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn recognised(path: &str, text: &str) -> bool {
        is_nginx(&SourceText::new(FileId::default(), path, text.into()))
    }

    #[test]
    fn files_of_other_programs_are_left_to_them() {
        assert!(recognised("etc/nginx.conf", ""));
        assert!(recognised("sites-enabled/default", ""));
        assert!(recognised("a.conf", "# x\n\tserver {\n"));
        assert!(recognised("a.conf", "server\n{\n"));
        assert!(recognised("a.conf", "ssl_protocols TLSv1\n"));
        assert!(!recognised("supervisord.conf", "[program:web]\ncommand=nginx\n"));
        assert!(!recognised("ntp.conf", "server 0.pool.ntp.org iburst\n"));
        assert!(!recognised("conf.d/my.conf", "<VirtualHost *:80>\nServerName a\n</VirtualHost>\n"));
        assert!(!recognised("redis.conf", "port 6379\ninclude /a/b.conf\n"));
        assert!(!recognised("nginx/README.md", "# nginx\n"));
    }
}
