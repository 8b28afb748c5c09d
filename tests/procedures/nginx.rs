//! The blue-green switch with a real nginx.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use crate::case::{compiled, shell};
use crate::support::Lab;
use crate::tools::tool;

/// nginx in the folder of a lab; it ends with it.
struct Nginx {
    lab: Lab,
    port: u16,
}

impl Nginx {
    fn start(colour: &str) -> Self {
        let port = free().local_addr().unwrap().port();
        let mut lab = Lab::new(&compiled(
            r#"use blue-green {
              link   = "nginx/active.conf"
              colour = "green.conf"
              health = "http://localhost/health"
              pid    = "nginx.pid"
            }"#,
            "",
        ));
        let folder = lab.path("").display().to_string();
        let folder = folder.trim_end_matches('/');
        let kinds = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
        let temporary: String = kinds.map(|kind| format!("  {kind}_temp_path {folder}/temp-{kind};\n")).concat();
        let configuration = format!(
            "user root;\npid {folder}/nginx.pid;\nevents {{}}\nhttp {{\n  access_log off;\n{temporary}  \
             server {{\n    listen 127.0.0.1:{port};\n    include {folder}/nginx/active.conf;\n  }}\n}}\n"
        );
        std::fs::write(lab.path("nginx.conf"), configuration).unwrap();
        shell(
            &lab,
            &format!(
                "mkdir nginx; echo 'return 200 blue;' >nginx/blue.conf; echo '{colour}' >nginx/green.conf; ln -s blue.conf nginx/active.conf"
            ),
        );
        let real = tool("nginx").get_program().to_owned();
        let real = real.to_str().unwrap();
        lab.stub(
            "nginx",
            &format!("exec '{real}' -p '{folder}' -c '{folder}/nginx.conf' -e '{folder}/error.log' \"$@\""),
        );
        lab.stub("curl", "printf 200");
        shell(&lab, "bin/nginx >nginx.out 2>&1");
        let nginx = Self { lab, port };
        nginx.serves("blue");
        nginx
    }

    fn answer(&self) -> Option<String> {
        let mut stream = std::net::TcpStream::connect(("127.0.0.1", self.port)).ok()?;
        stream.write_all(b"GET / HTTP/1.0\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        answer.rsplit("\r\n").next().map(str::to_owned)
    }

    /// A reload takes a moment: the old workers answer what they have begun.
    #[track_caller]
    fn serves(&self, colour: &str) {
        let deadline = Instant::now() + Duration::from_secs(20);
        while self.answer().as_deref() != Some(colour) {
            assert!(
                Instant::now() < deadline,
                "{:?} instead of {colour}: {}",
                self.answer(),
                self.lab.text("error.log")
            );
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

/// A port that nobody else has.
fn free() -> std::net::TcpListener {
    std::net::TcpListener::bind("127.0.0.1:0").unwrap()
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let ended = std::process::Command::new(self.lab.path("bin/nginx")).args(["-s", "stop"]).output();
        assert!(std::thread::panicking() || ended.unwrap().status.success());
    }
}

#[test]
fn traffic_goes_to_the_other_colour_and_back() {
    let nginx = Nginx::start("return 200 green;");
    nginx.lab.run(&[]).ends(0);
    nginx.serves("green");
    nginx.lab.run(&["rollback"]).ends(10);
    nginx.serves("blue");
}

#[test]
fn a_configuration_that_nginx_refuses_never_serves() {
    let nginx = Nginx::start("return two hundred;");
    nginx.lab.run(&[]).ends(10).says("invalid return code");
    nginx.serves("blue");
    assert_eq!(shell(&nginx.lab, "readlink nginx/active.conf"), "blue.conf");
}

/// `nginx -t` does not see that a port is taken, `nginx -s reload` only sends a signal, and the old workers go on.
#[test]
fn a_configuration_that_nginx_does_not_get_to_is_none_that_serves() {
    let busy = free();
    let green = format!("listen {}; return 200 green;", busy.local_addr().unwrap());
    let nginx = Nginx::start(&green);
    nginx.lab.run(&[]).ends(10).says("nginx goes on with the configuration from before");
    nginx.serves("blue");
    assert_eq!(shell(&nginx.lab, "readlink nginx/active.conf"), "blue.conf");
}

#[test]
fn a_way_back_that_nginx_does_not_go_is_none() {
    let nginx = Nginx::start("return 200 green;");
    nginx.lab.run(&[]).ends(0);
    let busy = free();
    let blue = format!("listen {}; return 200 blue;", busy.local_addr().unwrap());
    std::fs::write(nginx.lab.path("nginx/blue.conf"), blue).unwrap();
    nginx.lab.run(&["rollback"]).ends(31).says("nginx goes on with the configuration from before");
    nginx.serves("green");
}

#[test]
fn nothing_is_switched_where_no_nginx_runs() {
    let nginx = Nginx::start("return 200 green;");
    shell(&nginx.lab, "mv nginx.pid kept; sleep 50 >/dev/null 2>&1 & echo $! >nginx.pid");
    nginx.lab.run(&[]).ends(20).says("no nginx with workers runs by nginx.pid");
    shell(&nginx.lab, "kill \"$(cat nginx.pid)\"; mv kept nginx.pid");
    nginx.serves("blue");
}
