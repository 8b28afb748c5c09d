//! A rolling strategy over ssh to servers that are real: OpenSSH's own, one for each host, run by whoever runs the tests.

use std::fmt::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::daemons::{owner, server};
use crate::support::Lab;
use crate::texts::Texts;
use crate::tools::tool;

const HOSTS: [&str; 2] = ["web1", "web2"];

/// What a host does stands in its home: it notes what served there, says what it did, and fails or hangs where a file says
/// so.
const PLAN: &str = r#"plan p {
  service = "checkout"
  environment = production
  phase deploy {
    strategy rolling {
      hosts   = ["web1", "web2"]
      run     = """
        printf 'run %s %s\n' "$STOPLINE_HOST" "${TOKEN:+with a secret}" >>did
        [ ! -e fails ] || exit 3
        [ ! -e hangs ] || { timeout 47111 sleep 47110; false; }
        [ ! -e ignores ] || { trap '' TERM; while :; do sleep 0.2; echo 'goes on' >>did; done; }
        """
      verify  = "grep -q run did"
      capture = { BEFORE = "cat serves" }
      undo    = "printf 'undo %s to %s\n' \"$STOPLINE_HOST\" \"$BEFORE\" >>did"
      secrets = [TOKEN]
      timeout = LIMIT
    }
  }
}"#;

/// A server for each host, with a home of its own.
struct Fleet {
    folder: tempfile::TempDir,
    servers: Vec<Child>,
}

impl Fleet {
    fn start() -> Self {
        let mut fleet = Self { folder: tempfile::tempdir().unwrap(), servers: Vec::new() };
        open(fleet.path(""), 0o755);
        for key in ["host", "person"] {
            let made = tool("ssh-keygen").args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(fleet.path(key)).status();
            assert!(made.unwrap().success());
        }
        if owner().0 == "nobody" {
            // The server belongs to somebody else then, who may not read a key of ours that nobody may read.
            open(fleet.path("host"), 0o644);
        }
        let mut config = String::new();
        for name in HOSTS {
            std::fs::create_dir(fleet.path(name)).unwrap();
            std::fs::write(fleet.path(name).join("serves"), format!("what's \"old\" on {name}")).unwrap();
            open(fleet.path(name), 0o777);
            let (server, port) = fleet.serve(name);
            fleet.servers.push(server);
            writeln!(config, "Host {name}\n  Port {port}").unwrap();
        }
        writeln!(
            config,
            "Host *\n  HostName 127.0.0.1\n  User {}\n  IdentityFile {}\n  IdentitiesOnly yes\n  StrictHostKeyChecking no\n  UserKnownHostsFile /dev/null\n  LogLevel ERROR",
            owner().0,
            fleet.path("person").display()
        )
        .unwrap();
        std::fs::write(fleet.path("config"), config).unwrap();
        fleet
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// It knows one account, of the one who runs it, whose home is the host's.
    fn serve(&self, name: &str) -> (Child, u16) {
        let (user, uid, gid) = owner();
        let home = self.path(name);
        std::fs::write(self.path("group"), format!("{user}:x:{gid}:\n")).unwrap();
        let passwd = self.path(&format!("{name}.passwd"));
        std::fs::write(&passwd, format!("{user}:x:{uid}:{gid}::{}:/bin/bash\n", home.display())).unwrap();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let config = format!(
            "ListenAddress 127.0.0.1:{port}\nHostKey {0}/host\nAuthorizedKeysFile {0}/person.pub\nPidFile none\nStrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\n",
            self.folder.path().display()
        );
        std::fs::write(self.path(&format!("{name}.config")), config).unwrap();
        let log = self.path(&format!("{name}.log"));
        let said = std::fs::File::create(&log).unwrap();
        let server = server("sshd")
            .args(["-D", "-e", "-f"])
            .arg(self.path(&format!("{name}.config")))
            .env("NSS_WRAPPER_PASSWD", passwd)
            .env("NSS_WRAPPER_GROUP", self.path("group"))
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(said)
            .spawn()
            .unwrap();
        wait(&format!("{name} listens"), || text(&log).contains("Server listening"));
        (server, port)
    }

    /// The runbook of the plan, whose ssh knows these hosts and no others.
    fn lab(&self, limit: &str) -> Lab {
        let plan = PLAN.replace("LIMIT", limit);
        let mut lab = Lab::new(&Texts::at("2026-11-23T09:00Z").input("p.plan", &plan).procedure());
        let ssh = tool("ssh").get_program().to_owned();
        let config = self.path("config").display().to_string();
        lab.stub("ssh", &format!("exec '{}' -F '{config}' \"$@\"", ssh.to_str().unwrap())).set("TOKEN", "hush-hush");
        lab
    }

    fn put(&self, host: &str, file: &str) {
        std::fs::write(self.path(host).join(file), "").unwrap();
    }

    fn did(&self, host: &str) -> Vec<String> {
        text(&self.path(host).join("did")).lines().map(str::to_owned).collect()
    }

    /// The connections of a host end, as if its network were gone.
    fn drop_connections(&self, host: usize) {
        kill(&connections(&self.servers[host]));
    }

    /// Nothing that a host was told to do goes on in its home.
    fn is_quiet(&self, host: &str) {
        let home = self.path(host).canonicalize().unwrap();
        wait(&format!("{host} is quiet"), || {
            processes().iter().filter(|[_, _, command]| command == "sleep").all(|[process, _, _]| {
                std::fs::read_link(format!("/proc/{process}/cwd")).map_or(true, |folder| folder != home)
            })
        });
    }
}

impl Drop for Fleet {
    fn drop(&mut self) {
        for server in &mut self.servers {
            kill(&connections(server));
            let _ = server.kill();
            let _ = server.wait();
        }
    }
}

/// Of each connection a server has a child, which may have one.
fn connections(server: &Child) -> Vec<String> {
    let all = processes();
    let (mut of, mut found) = (vec![server.id().to_string()], Vec::new());
    while let Some(server) = of.pop() {
        for [process, ..] in all.iter().filter(|[_, parent, name]| *parent == server && name == "sshd") {
            of.push(process.clone());
            found.push(process.clone());
        }
    }
    found
}

fn kill(processes: &[String]) {
    if !processes.is_empty() {
        let _ = Command::new("kill").arg("-KILL").args(processes).stderr(Stdio::null()).status();
    }
}

fn open(path: PathBuf, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
}

/// Number, parent and name of each.
fn processes() -> Vec<[String; 3]> {
    let all = Command::new("ps").args(["-A", "-o", "pid=", "-o", "ppid=", "-o", "comm="]).output().unwrap().stdout;
    let all = String::from_utf8_lossy(&all).into_owned();
    let words = |line: &str| <[String; 3]>::try_from(line.split_whitespace().map(str::to_owned).collect::<Vec<_>>());
    all.lines().filter_map(|line| words(line).ok()).collect()
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_default()
}

fn wait(what: &str, until: impl Fn() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !until() {
        assert!(Instant::now() < deadline, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn one_host_after_the_other_is_exchanged_and_taken_back() {
    let fleet = Fleet::start();
    let lab = fleet.lab("60s");
    lab.run(&[]).ends(0);
    for host in HOSTS {
        assert_eq!(fleet.did(host), [format!("run {host} with a secret")]);
    }
    assert!(!lab.everything_written().contains("hush-hush"));
    lab.run(&["rollback"]).ends(10);
    for host in HOSTS {
        assert_eq!(fleet.did(host)[1..], [format!("undo {host} to what's \"old\" on {host}")]);
    }
}

#[test]
fn a_host_that_fails_is_taken_back_with_those_before_it() {
    let fleet = Fleet::start();
    fleet.put("web2", "fails");
    let lab = fleet.lab("60s");
    lab.run(&[]).ends(10).says("left with status 3");
    assert_eq!(fleet.did("web1"), ["run web1 with a secret", "undo web1 to what's \"old\" on web1"]);
    assert_eq!(fleet.did("web2"), ["run web2 with a secret", "undo web2 to what's \"old\" on web2"]);
}

#[test]
fn what_a_host_hangs_in_is_ended_there_and_taken_back() {
    let fleet = Fleet::start();
    fleet.put("web1", "hangs");
    let lab = fleet.lab("8s");
    lab.run(&[]).ends(10).says("took longer than its limit of 8 seconds and was ended");
    assert_eq!(fleet.did("web1"), ["run web1 with a secret", "undo web1 to what's \"old\" on web1"]);
    assert_eq!(fleet.did("web2"), [""; 0]);
    fleet.is_quiet("web1");
}

#[test]
fn where_the_connection_is_lost_the_host_is_taken_back_over_another() {
    let fleet = Fleet::start();
    fleet.put("web2", "hangs");
    let lab = fleet.lab("60s");
    let run = lab.start(&[]);
    wait("web2 hangs", || !fleet.did("web2").is_empty());
    fleet.drop_connections(1);
    lab.finish(run).ends(10).says("left with status 255");
    fleet.is_quiet("web2");
    assert_eq!(fleet.did("web1"), ["run web1 with a secret", "undo web1 to what's \"old\" on web1"]);
    assert_eq!(fleet.did("web2"), ["run web2 with a secret", "undo web2 to what's \"old\" on web2"]);
}

/// What a host does not end at once is waited for by what comes next there.
#[test]
fn nothing_is_undone_beside_what_a_host_still_does() {
    let fleet = Fleet::start();
    fleet.put("web1", "ignores");
    let lab = fleet.lab("9s");
    let run = lab.start(&[]);
    wait("web1 goes on", || fleet.did("web1").iter().any(|line| line == "goes on"));
    fleet.drop_connections(0);
    lab.finish(run).ends(10).says("left with status 255");
    std::thread::sleep(Duration::from_millis(500));
    assert_eq!(fleet.did("web1").last().unwrap(), "undo web1 to what's \"old\" on web1");
}
