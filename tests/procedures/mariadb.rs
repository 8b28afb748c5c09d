//! `mariadb` for real: what is dumped, migrated, taken back and restored.

use std::path::Path;
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use crate::case::{compiled, shell};
use crate::daemons::server;
use crate::support::Lab;
use crate::tools::tool;

/// A server of this test alone, on a socket in its folder, with a database `shop`.
struct Mariadb {
    folder: tempfile::TempDir,
    server: Child,
}

const SMALL: [&str; 3] = ["--innodb-flush-method=nosync", "--innodb-buffer-pool-size=8M", "--innodb-log-file-size=4M"];

impl Mariadb {
    fn start() -> Self {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
        let unpacked = Path::new(tool("mariadbd").get_program()).parent().unwrap().join("../programs/usr");
        let base = if unpacked.join("share/mysql").exists() { unpacked } else { "/usr".into() };
        // Of temporary tables of two servers in one folder, one may take away those of the other.
        let common = [
            format!("--basedir={}", base.display()),
            format!("--datadir={}/data", folder.path().display()),
            format!("--tmpdir={}", folder.path().display()),
        ];
        let said = std::fs::File::create(folder.path().join("said")).unwrap();
        let run = |name: &str, arguments: &[&str]| {
            let mut command = server(name);
            command.arg("--no-defaults").args(&common).args(SMALL).args(arguments).current_dir(folder.path());
            command.stdin(Stdio::null()).stdout(said.try_clone().unwrap()).stderr(said.try_clone().unwrap());
            command
        };
        let made = run("mariadb-install-db", &["--auth-root-authentication-method=normal", "--skip-test-db"]).status();
        let log = || std::fs::read_to_string(folder.path().join("said")).unwrap_or_default();
        assert!(made.unwrap().success(), "{}", log());
        let socket = format!("--socket={}/socket", folder.path().display());
        let mut server = run("mariadbd", &["--skip-networking", &socket]).spawn().unwrap();
        let deadline = Instant::now() + Duration::from_secs(60);
        while !log().contains("ready for connections") {
            assert!(server.try_wait().unwrap().is_none() && Instant::now() < deadline, "{}", log());
            std::thread::sleep(Duration::from_millis(20));
        }
        let options = format!("[client]\nsocket={}/socket\nuser=root\n", folder.path().display());
        std::fs::write(folder.path().join("shop.cnf"), options).unwrap();
        let server = Self { folder, server };
        server.sql("CREATE DATABASE shop; CREATE TABLE shop.orders (id int PRIMARY KEY); INSERT INTO shop.orders VALUES (1), (2)");
        server
    }

    fn options(&self) -> String {
        self.folder.path().join("shop.cnf").display().to_string()
    }

    fn sql(&self, sql: &str) -> String {
        let options = format!("--defaults-extra-file={}", self.options());
        let output = tool("mariadb").args([&options, "--batch", "--skip-column-names", "-e", sql]).output().unwrap();
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn columns(&self) -> String {
        self.sql(
            "SELECT group_concat(column_name ORDER BY column_name) FROM information_schema.columns WHERE table_schema = 'shop' AND table_name = 'orders'",
        )
    }

    /// A lab whose plan has these actions, and that finds the real programs.
    fn lab(&self, actions: &str) -> Lab {
        let mut lab = Lab::new(&compiled(&actions.replace("OPTIONS", &self.options()), ""));
        for program in ["mariadb", "mariadb-dump"] {
            let real = tool(program).get_program().to_owned();
            lab.stub(program, &format!("exec '{}' \"$@\"", real.to_str().unwrap()));
        }
        lab
    }
}

impl Drop for Mariadb {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

const MIGRATING: &str = r#"use mariadb-backup { options = "OPTIONS", database = "shop", file = "shop.sql.gz" }
  use mariadb-migrate { options = "OPTIONS", database = "shop", up = "up.sql", down = "down.sql" }"#;
const DOWN: &str = "echo 'ALTER TABLE orders DROP COLUMN IF EXISTS channel;' >down.sql";

#[test]
fn mariadb_is_dumped_migrated_taken_back_and_restored() {
    let server = Mariadb::start();
    let dumped = server.lab(MIGRATING);
    shell(&dumped, &format!("echo 'ALTER TABLE orders ADD channel text;' >up.sql; {DOWN}"));
    dumped.run(&[]).ends(0);
    assert_eq!(server.columns(), "channel,id");
    dumped.run(&["rollback"]).ends(10);
    assert_eq!(server.columns(), "id");

    // A change of the schema is committed at once: what fails after it has half happened, and is taken back all the same.
    let fails = server.lab(MIGRATING);
    shell(&fails, &format!("echo 'ALTER TABLE orders ADD channel text; SELECT * FROM nowhere;' >up.sql; {DOWN}"));
    fails.run(&[]).ends(10).says("nowhere");
    assert_eq!(server.columns(), "id");

    server.sql("CREATE TABLE shop.later (id int); DELETE FROM shop.orders");
    server.sql("ALTER DATABASE shop CHARACTER SET latin1 COLLATE latin1_german2_ci");
    let file = dumped.path("shop.sql.gz").display().to_string();
    let restored =
        server.lab(&format!(r#"use mariadb-restore {{ options = "OPTIONS", database = "shop", file = "{file}" }}"#));
    // Killed between dropping the database and making it, it still knows what that was.
    let real = shell(&restored, "sed -n 2p bin/mariadb");
    let killed = format!(
        r#"case "$*" in *'DROP DATABASE'*) mv bin/real bin/mariadb; mariadb "$1" --execute='DROP DATABASE shop'; kill -KILL "$(cat pid)" 0 ;; esac
{real}"#
    );
    shell(&restored, "mv bin/mariadb bin/real");
    std::fs::write(restored.path("bin/mariadb"), format!("#!/usr/bin/env bash\n{killed}\n")).unwrap();
    shell(&restored, "chmod +x bin/mariadb");
    restored.run(&[]);
    assert_eq!(server.sql("SHOW DATABASES LIKE 'shop'"), "");
    restored.end_orphans();
    restored.run(&["resume"]).ends(0);
    assert_eq!(server.sql("SELECT count(*) FROM shop.orders"), "2");
    assert_eq!(server.sql("SHOW TABLES FROM shop"), "orders");
    let defaults = "SELECT default_character_set_name, default_collation_name FROM information_schema.schemata";
    assert_eq!(server.sql(&format!("{defaults} WHERE schema_name = 'shop'")), "latin1\tlatin1_german2_ci");
    restored.run(&["rollback"]).ends(31).says("what was written since the dump is lost");

    let misspelt =
        server.lab(&format!(r#"use mariadb-restore {{ options = "OPTIONS", database = "shp", file = "{file}" }}"#));
    misspelt.run(&[]).ends(20).says("there is no database shp");
    assert_eq!(server.sql("SHOW DATABASES LIKE 'shp'"), "");
}

/// `~/.my.cnf` is read after an extra file: it would name another server, leave rows out of the dump and print a table.
#[test]
fn what_somebody_has_in_their_own_option_file_decides_nothing() {
    let server = Mariadb::start();
    let likes = "[client]\nsocket=/nowhere\n[mariadb]\ntable\n[mariadb-dump]\nno-data\nskip-comments\n";
    let mut dumped = server.lab(MIGRATING);
    std::fs::write(dumped.path(".my.cnf"), likes).unwrap();
    let home = dumped.path("").display().to_string();
    dumped.set("HOME", &home);
    shell(&dumped, &format!("echo 'ALTER TABLE orders ADD channel text;' >up.sql; {DOWN}"));
    dumped.run(&[]).ends(0);
    assert_eq!(server.columns(), "channel,id");
    dumped.run(&["rollback"]).ends(10);
    assert_eq!(server.columns(), "id");
    let file = dumped.path("shop.sql.gz").display().to_string();
    let mut restored =
        server.lab(&format!(r#"use mariadb-restore {{ options = "OPTIONS", database = "shop", file = "{file}" }}"#));
    restored.set("HOME", &home).run(&[]).ends(0);
    assert_eq!(server.sql("SELECT count(*) FROM shop.orders"), "2");
}

#[test]
fn what_mariadb_does_not_come_to_the_end_of_is_no_migration() {
    let server = Mariadb::start();
    let fails = [
        "ALTER TABLE orders ADD channel text; /* and then",
        "ALTER TABLE orders ADD channel text;\\n\\\\q\\nSELECT 1;",
        "START TRANSACTION; INSERT INTO orders VALUES (3);",
        "SET autocommit = 0; INSERT INTO orders VALUES (3);",
    ];
    for up in fails {
        let lab = server.lab(MIGRATING);
        shell(&lab, &format!("printf '{up}\\n' >up.sql; {DOWN}"));
        lab.run(&[]).ends(10).says("the end was not reached");
        assert_eq!(server.columns(), "id", "{up}");
    }
    // With `autocommit` off, what is read after the last COMMIT has begun a transaction.
    let off = "SET autocommit = 0; INSERT INTO orders VALUES (3); COMMIT;";
    for (up, status) in
        [(format!("{off} SELECT id FROM orders;"), 10), (format!("{off} SELECT id FROM orders; COMMIT;"), 0)]
    {
        let lab = server.lab(MIGRATING);
        shell(&lab, &format!("echo '{up}' >up.sql; echo 'DELETE FROM orders WHERE id = 3;' >down.sql"));
        let run = lab.run(&[]);
        assert_eq!(run.status, status, "{}", run.said);
        assert_eq!(run.said.contains("with autocommit off"), status == 10, "{}", run.said);
        server.sql("DELETE FROM shop.orders WHERE id = 3");
    }
    let procedure = "DELIMITER //\\nCREATE PROCEDURE one()\\nBEGIN\\n  SELECT 1;\\nEND//\\n";
    for up in [procedure.to_owned(), format!("{procedure}DELIMITER ;\\n"), "CREATE TABLE last (id int)".to_owned()] {
        let lab = server.lab(MIGRATING);
        shell(&lab, &format!("printf '{up}' >up.sql; echo 'DROP PROCEDURE IF EXISTS one' >down.sql"));
        lab.run(&[]).ends(0);
        lab.run(&["rollback"]).ends(10);
    }
}
