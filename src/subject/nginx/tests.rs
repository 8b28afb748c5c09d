//! nginx files in, what rules see of their servers out.

use std::fmt::Write as _;

use super::testing::World;

fn one(text: &str) -> World {
    World::of(&[("nginx.conf", text)])
}

fn protocols(text: &str) -> String {
    one(text).see(&["ssl_protocols"])
}

#[test]
fn directives_of_one_block_add_up_and_those_of_http_are_replaced() {
    let text = "http {
        ssl_protocols TLSv1;
        server { server_name a; ssl_protocols TLSv1.2; ssl_protocols 'TLSv1.3'; }
        server { server_name b; proxy_ssl_protocols SSLv3; }
    }";
    assert_eq!(protocols(text), "a: [TLSv1.2 TLSv1.3]\nb: [TLSv1]\n");
    assert_eq!(one(text).see(&["proxy_ssl_protocols"]), "a: -\nb: [SSLv3]\n");
}

#[test]
fn what_nobody_says_is_what_the_version_does() {
    let text = "server { listen 443 ssl; }";
    assert_eq!(protocols(text), "*:443`server`: -\n");
    for (version, expected) in [
        ("1.18.0", "TLSv1`server` TLSv1.1`server` TLSv1.2`server`"),
        ("1.23.3", "TLSv1`server` TLSv1.1`server` TLSv1.2`server`"),
        ("1.23.4", "TLSv1`server` TLSv1.1`server` TLSv1.2`server` TLSv1.3`server`"),
        ("1.27.2", "TLSv1`server` TLSv1.1`server` TLSv1.2`server` TLSv1.3`server`"),
        ("1.27.3", "TLSv1.2`server` TLSv1.3`server`"),
    ] {
        let world = World::of(&[("a.conf", text)]).version(version);
        assert_eq!(world.see(&["ssl_protocols"]), format!("*:443`server`: [{expected}]\n"), "{version}");
    }
}

#[test]
fn before_1_29_2_the_default_server_of_an_address_decides() {
    let text = "http {
        server { listen 443 ssl; server_name first; ssl_protocols TLSv1.3; }
        server { listen 443 ssl; server_name second; ssl_protocols TLSv1.2; }
        server { listen 8443 ssl; server_name third; ssl_protocols TLSv1.2; }
        server { listen 8443 ssl default_server; server_name fourth; ssl_protocols TLSv1.1; }
    }";
    let own = "first: [TLSv1.3]\nsecond: [TLSv1.2]\nthird: [TLSv1.2]\nfourth: [TLSv1.1]\n";
    let note = "document/default-server-decides `ssl_protocols TLSv1.2`: before nginx 1.29.2 these TLS versions do not \
                count: the default server of the address decides\n";
    assert_eq!(protocols(text), own);
    assert_eq!(one(text).said(), note.repeat(2));
    assert_eq!(one(text).version("1.29.2").see(&["ssl_protocols"]), own);
    assert_eq!(one(text).version("1.29.2").said(), "");
    assert_eq!(
        one(text).version("1.22.1").see(&["ssl_protocols"]),
        "first: [TLSv1.3]\nsecond: [TLSv1.3]\nthird: [TLSv1.1]\nfourth: [TLSv1.1]\n"
    );
    let same = "http {
        server { listen 443 ssl; ssl_protocols TLSv1.2 TLSv1.3; }
        server { listen 443 ssl; ssl_protocols TLSv1.3 TLSv1.2; }
    }";
    assert_eq!(one(same).said(), "");
}

#[test]
fn tls_is_heard_wherever_it_is_said() {
    let text = "http {
        server { listen 443 ssl; server_name a; }
        server { listen 443; server_name b; }
        server { listen 80; listen 8443 quic reuseport; server_name c; }
        server { listen 445; ssl on; server_name d; }
        server { listen [::]:443; server_name e; }
        server { server_name f; }
        server { listen 444 ${TLS}; server_name g; }
    }";
    assert_eq!(
        one(text).see(&["listens_tls", "listens_plain"]),
        "\
a: true`ssl` false`server`
b: true`ssl` false`server`
c: true`quic` true`80`
d: true`on` false`server`
e: false`server` true`[::]:443`
f: false`server` true`server`
g: ?`${TLS}` ?`${TLS}`
"
    );
}

#[test]
fn addresses_say_what_they_are() {
    let text = "server { listen 127.0.0.1:8443 ssl http2 default_server; listen unix:/run/a.sock; }";
    assert_eq!(
        one(text).see(&["listens", "server_names", "default_server"]),
        "127.0.0.1:8443`server`: [{address=127.0.0.1`127.0.0.1:8443` port=8443`127.0.0.1:8443` ssl=true`ssl` \
         quic=false`127.0.0.1:8443` http2=true`http2` default_server=true`default_server` \
         proxy_protocol=false`127.0.0.1:8443` parameters=[ssl http2 default_server]} \
         {address=unix:/run/a.sock ssl=false`unix:/run/a.sock` quic=false`unix:/run/a.sock` \
         http2=false`unix:/run/a.sock` default_server=true`unix:/run/a.sock` \
         proxy_protocol=false`unix:/run/a.sock` parameters=[]}] [] true`default_server`\n"
    );
}

#[test]
fn a_block_that_adds_a_header_inherits_none() {
    let text = "http {
        add_header X-A 1;
        server {
            server_name a;
            location / { add_header X-B '2' always; }
            location /c { more_set_headers 'X-C: 3'; }
        }
        server { server_name b; add_header X-D 4; }
        server { server_name c; add_header_inherit merge; add_header X-E 5; }
    }";
    let name = "0.name";
    let of = |field: &str| one(text).see(&[&format!("{field}.{name}")]);
    assert_eq!(of("headers"), "a: X-A\nb: X-D\nc: X-E\n");
    assert_eq!(
        one(text).see(&["locations.0.headers", "locations.1.headers.0.name", "locations.1.headers.1.name"]),
        "a: [{name=X-B value=2 always=true`always`}] X-A X-C`X-C: 3`\nb: - - -\nc: - - -\n"
    );
    assert_eq!(one(text).see(&["headers.1.name"]), "a: -\nb: -\nc: X-A\n");
}

#[test]
fn redirects_to_https_are_told_from_answers() {
    for (body, expected) in [
        ("return 301 https://$host$request_uri;", true),
        ("return https://$host;", true),
        ("rewrite ^ https://$host$request_uri? permanent;", true),
        ("if ($host = a.example) { return 301 https://$host; } return 404;", true),
        ("if ($http_user_agent ~ bot) { return 301 https://$host; }", false),
        ("location / { return 301 https://$host; } location /.well-known/acme-challenge/ { root /a; }", true),
        ("location / { return 301 https://$host; } location /api { proxy_pass http://a; }", false),
        ("return 301 http://$host;", false),
        ("return 200 ok;", false),
        ("rewrite ^/a /b last;", false),
        ("", false),
    ] {
        let seen = one(&format!("server {{ server_name a; {body} }}")).see(&["redirects_to_https"]);
        assert_eq!(seen, format!("a: {expected}`server`\n"), "{body}");
    }
    let text = "server { server_name a; if ($x = 'y') { return 403; } return 444; rewrite ^ https://b redirect; }";
    assert_eq!(
        one(text).see(&["refuses", "returns"]),
        "a: true`return 444` [{code=444`return 444`} {code=302`rewrite ^ https://b redirect` target=https://b} \
         {code=403`return 403` condition=($x = y )`if ($x = 'y')`}]\n"
    );
}

#[test]
fn any_directive_can_be_asked_for() {
    let text = "http {
        keepalive_timeout 65;
        gzip on;
        server { server_name a; gzip off; location /x { autoindex on; } }
    }";
    assert_eq!(
        one(text).see(&["directives.gzip", "directives.keepalive_timeout", "directives.brotli", "all.3"]),
        "a: [off] [65] - {name=autoindex args=[on] block=location /x`autoindex on`}\n"
    );
    assert_eq!(one(text).see(&["proxies_tls"]), "a: false`server`\n");
    let proxying = "server { server_name a; proxy_ssl_protocols TLSv1.2; location / { proxy_ssl_protocols TLSv1; \
                    proxy_pass https://b; } }";
    assert_eq!(one(proxying).see(&["proxies_tls", "proxy_ssl_protocols"]), "a: true`https://b` [TLSv1.2 TLSv1]\n");
}

#[test]
fn servers_of_streams_and_mail_are_servers_too() {
    let text = "stream { ssl_protocols TLSv1; server { listen 853 ssl; } }
        mail { server { listen 993 ssl; ssl_protocols TLSv1.2; } }
        http { upstream u { server a:80; } }";
    assert_eq!(
        one(text).see(&["context", "ssl_protocols"]),
        "*:853`server`: stream`server` [TLSv1]\n*:993`server`: mail`server` [TLSv1.2]\n"
    );
}

#[test]
fn what_is_included_stands_where_it_is_included() {
    let world = World::of(&[
        ("deploy/nginx.conf", "http { include conf.d/*.conf; include /etc/nginx/sites-enabled/*; }"),
        ("deploy/conf.d/00-tls.conf", "ssl_protocols TLSv1.2;"),
        ("deploy/conf.d/site.conf", "server { server_name a; include snippets/tls.conf; }"),
        ("deploy/sites-available/b", "server { server_name b; }"),
    ])
    .beside("deploy/snippets/tls.conf", "ssl_protocols TLSv1.1;");
    assert_eq!(world.see(&["ssl_protocols", "includes"]), "a: [TLSv1.1] [snippets/tls.conf]\nb: [TLSv1.2] []\n");
    assert_eq!(world.said(), "");
}

#[test]
fn a_snippet_is_judged_where_it_is_included_and_not_again() {
    let world = World::of(&[
        ("conf.d/site.conf", "server { server_name a; include snippets/tls.conf; }"),
        ("snippets/tls.conf", "ssl_protocols TLSv1.1;"),
        ("conf.d/lone.conf", "server { server_name b; include ../own.conf; }"),
        ("own.conf", "ssl_protocols TLSv1.3;"),
    ]);
    assert_eq!(world.see(&["ssl_protocols"]), "a: [TLSv1.1]\nb: [TLSv1.3]\n");
}

#[test]
fn what_an_unseen_include_may_change_is_not_known() {
    let text = "server {
        listen 443 ssl; server_name a;
        include snippets/tls.conf;
        location / { include fastcgi_params; add_header A b; }
    }";
    let include = "?`include snippets/tls.conf`";
    assert_eq!(
        one(text).see(&["ssl_protocols", "listens_tls", "server_tokens", "headers.0", "directives.gzip"]),
        format!("a: {include} true`ssl` {include} {include} {include}\n")
    );
    assert_eq!(
        one(text).said(),
        "document/include-unseen `include snippets/tls.conf`: `include snippets/tls.conf` is outside this run: a rule that \
         depends on it is not decided\n"
    );
    // nginx adds up what one block says, so more may come.
    let explicit = "server { server_name a; ssl_protocols TLSv1.2; include x.conf; }";
    assert_eq!(protocols(explicit), "a: [TLSv1.2 ?`include x.conf`]\n");
    let certbot = "server { server_name a; include /etc/letsencrypt/options-ssl-nginx.conf; }";
    let include = "?`include /etc/letsencrypt/options-ssl-nginx.conf`";
    assert_eq!(one(certbot).see(&["ssl_protocols", "server_tokens"]), format!("a: {include} -\n"));
    let single = "server { server_name a; server_tokens off; include x.conf; }";
    assert_eq!(one(single).see(&["server_tokens"]), "a: off\n");
}

#[test]
fn an_include_that_may_hold_servers_leaves_the_run_undecided() {
    let said = |include: &str| one(&format!("http {{ include {include}; server {{ }} }}")).said();
    assert!(said("sites/a.conf").starts_with("document/include-not-found `include sites/a.conf`"));
    assert!(said("sites/*.conf").starts_with("document/include-unseen `include sites/*.conf`"));
    assert_eq!(said("mime.types"), "");
    let known = one("http { include sites/*.conf; server { server_name a; } }").root("");
    assert_eq!(known.said(), "");
    assert_eq!(known.see(&["ssl_protocols"]), "a: -\n");
}

#[test]
fn the_root_says_where_the_folder_of_nginx_is() {
    let world = World::of(&[("web/site.conf", "server { server_name a; include tls.conf; }")])
        .beside("image/etc/nginx/tls.conf", "ssl_protocols TLSv1.2;")
        .beside("image/etc/letsencrypt/o.conf", "");
    assert_eq!(world.see(&["ssl_protocols"]), "a: ?`include tls.conf`\n");
    assert_eq!(world.root("image/etc/nginx").see(&["ssl_protocols"]), "a: [TLSv1.2]\n");
}

#[test]
fn values_that_are_filled_in_later_are_not_known() {
    let text = "server { listen ${PORT} ssl; server_name ${DOMAIN} b.example; ssl_protocols TLSv1.2 ${MORE}; }";
    assert_eq!(
        one(text).see(&["listens.0.port", "server_names", "ssl_protocols"]),
        "b.example: ?`${PORT}` [?`${DOMAIN}` b.example] [TLSv1.2 ?`${MORE}`]\n"
    );
    let template = "server { listen 443 ssl; ssl_protocols {{ protocols }}; }";
    assert_eq!(one(template).see(&[]), "");
    assert!(one(template).said().starts_with("document/template `{{ protocols }}`"));
}

#[test]
fn a_broken_file_is_said_and_nothing_is_taken_from_it() {
    let world = World::of(&[
        ("nginx.conf", "http { include tls.conf; server { server_name a; } }"),
        ("tls.conf", "ssl_protocols TLSv1.2\nssl_ciphers HIGH;"),
    ]);
    assert_eq!(world.see(&["ssl_protocols"]), "a: ?`include tls.conf`\n");
    assert_eq!(world.said(), "document/syntax `TLSv1.2`: `ssl_protocols` is not ended by `;`\n");
}

#[test]
fn includes_in_a_circle_end() {
    let world = World::of(&[("a.conf", "server { include b.conf; }"), ("b.conf", "include a.conf;\nserver_name x;")]);
    assert!(world.said().contains("document/include-cycle"), "{}", world.said());
    let mut files = Vec::new();
    for depth in 0..40 {
        let mut text = String::new();
        for _ in 0..10 {
            write!(text, "include f{}.conf;", depth + 1).unwrap();
        }
        files.push((format!("f{depth}.conf"), text));
    }
    files.push(("nginx.conf".to_owned(), "http { include f0.conf; server { } }".to_owned()));
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    assert!(World::of(&files).said().contains("document/include-cycle"));
}

#[test]
fn files_of_other_programs_are_passed_over() {
    let world = World::of(&[("redis.conf", "port 6379\n"), ("nginx/x.conf", "<VirtualHost *:80>\n</VirtualHost>\n")]);
    assert_eq!((world.see(&[]), world.said()), (String::new(), String::new()));
    let empty = World::of(&[("nginx.conf", "")]);
    assert_eq!(empty.said(), "document/empty ``: this file says nothing\n");
}

#[test]
fn hostile_configurations_are_judged_in_linear_time() {
    let many = 3_000;
    let each = |text: &str| text.repeat(many);
    let names = (0..many).fold(String::new(), |mut text, number| {
        write!(text, "a{number} b;").unwrap();
        text
    });
    for text in [
        format!("http {{ {} }}", each("server{}")),
        format!("http {{ {} {} }}", each("ssl_protocols TLSv1;"), each("server{listen 443 ssl;}")),
        format!("http {{ {} {} }}", each("add_header A b;"), each("server{}")),
        format!("http {{ {} {} }}", each("more_set_headers A:b;"), each("server{more_set_headers A:b;}")),
        format!("http {{ {names} {} }}", each("server{}")),
        format!("server {{ {names} {} }}", each("location / {}")),
        format!("server {{ {} }}", each("listen 443 ssl;")),
        format!("http {{ {} {} }}", each("include x.conf;"), each("server{}")),
        format!("server {{ location {} {{ {} }} }}", "a".repeat(many), each("a b;")),
    ] {
        let _ = World::of(&[("nginx.conf", &text)]).version("1.18").find();
    }
}
