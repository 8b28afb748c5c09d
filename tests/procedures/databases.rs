//! Databases: the first two for real (`psql`, `sqlite3`), the others by stubs; `mariadb` for real has a file of its own.

use std::path::Path;

use crate::case::{CASE, Case, all_are_ended, compiled, shell};
use crate::daemons::server;
use crate::support::Lab;
use crate::tools::tool;

/// A server of this test alone, on a socket in its folder. It refuses to be run by root.
struct Postgres {
    folder: tempfile::TempDir,
}

impl Postgres {
    fn start() -> Self {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        std::fs::set_permissions(folder.path(), std::fs::Permissions::from_mode(0o777)).unwrap();
        let server = Self { folder };
        server.run("initdb", &["-D", "data", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]);
        let options = format!("-k {} -c listen_addresses= -c fsync=off", server.path().display());
        server.run("pg_ctl", &["-D", "data", "-l", "log", "-w", "-o", &options, "start"]);
        server
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        // What it says goes into a file: the server keeps what it inherits open.
        let said = std::fs::File::create(self.path().join("said")).unwrap();
        let done = server(program)
            .args(arguments)
            .current_dir(self.path())
            .env("TZ", "UTC")
            .stdin(std::process::Stdio::null())
            .stdout(said.try_clone().unwrap())
            .stderr(said)
            .status()
            .unwrap();
        let said = || std::fs::read_to_string(self.path().join("said")).unwrap_or_default();
        assert!(done.success(), "{program}: {}", said());
    }

    fn connection(&self, database: &str) -> String {
        format!("host={} user=postgres dbname={database}", self.path().display())
    }

    fn sql(&self, sql: &str) -> String {
        self.asked("shop", sql)
    }

    fn asked(&self, database: &str, sql: &str) -> String {
        let output = tool("psql")
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", &self.connection(database), "-c", sql])
            .output()
            .unwrap();
        assert!(output.status.success(), "{sql}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn shop() -> Self {
        let server = Self::start();
        let made = tool("psql")
            .args(["-X", "-q", "-d", &server.connection("postgres"), "-c", "CREATE DATABASE shop"])
            .status();
        assert!(made.unwrap().success());
        server.sql("CREATE TABLE orders (id int PRIMARY KEY); INSERT INTO orders VALUES (1), (2)");
        server
    }
}

impl Drop for Postgres {
    fn drop(&mut self) {
        if self.path().join("data/postmaster.pid").exists() {
            self.run("pg_ctl", &["-D", "data", "-m", "immediate", "stop"]);
        }
    }
}

/// A lab that finds the real programs on its path.
fn lab(actions: &str, programs: &[&str]) -> Lab {
    let mut lab = Lab::new(&compiled(actions, ""));
    for program in programs {
        let real = tool(program).get_program().to_owned();
        lab.stub(program, &format!("exec '{}' \"$@\"", real.to_str().unwrap()));
    }
    lab
}

const POSTGRES: &[&str] = &["psql", "pg_dump", "pg_restore"];
const COLUMNS: &str = "SELECT string_agg(column_name, ',' ORDER BY column_name) FROM information_schema.columns WHERE table_name = 'orders'";

fn migrating(server: &Postgres) -> String {
    let connection = server.connection("shop");
    format!(
        "use postgres-backup {{ database = \"{connection}\", file = \"shop.dump\" }}
         use postgres-migrate {{ database = \"{connection}\", up = \"up.sql\", down = \"down.sql\" }}"
    )
}

#[test]
fn postgresql_is_dumped_migrated_and_taken_back() {
    let server = Postgres::shop();
    let lab = lab(&migrating(&server), POSTGRES);
    shell(
        &lab,
        "echo 'ALTER TABLE orders ADD channel text;' >up.sql; echo 'ALTER TABLE orders DROP IF EXISTS channel;' >down.sql",
    );
    lab.run(&[]).ends(0);
    assert_eq!(server.sql(COLUMNS), "channel,id");
    assert!(lab.path("shop.dump").exists());
    lab.run(&["rollback"]).ends(10);
    assert_eq!(server.sql(COLUMNS), "id");
}

#[test]
fn of_a_migration_that_fails_in_postgresql_nothing_stays() {
    let server = Postgres::shop();
    let lab = lab(&migrating(&server), POSTGRES);
    shell(
        &lab,
        "echo 'ALTER TABLE orders ADD channel text; SELECT 1 / 0;' >up.sql; echo 'ALTER TABLE orders DROP IF EXISTS channel;' >down.sql",
    );
    lab.run(&[]).ends(10).says("division by zero");
    assert_eq!(server.sql(COLUMNS), "id");
}

#[test]
fn a_comment_that_is_not_closed_in_postgresql_is_no_migration() {
    let server = Postgres::shop();
    let up = lab(&migrating(&server), POSTGRES);
    shell(&up, "echo 'ALTER TABLE orders ADD channel text; /* and then' >up.sql; echo 'SELECT 1;' >down.sql");
    up.run(&[]).ends(10).says("not committed");
    assert_eq!(server.sql(COLUMNS), "id");
    let down = lab(&migrating(&server), POSTGRES);
    shell(
        &down,
        "echo 'ALTER TABLE orders ADD channel text' >up.sql; echo 'SELECT 1; /* ALTER TABLE orders DROP channel;' >down.sql",
    );
    down.run(&[]).ends(0);
    down.run(&["rollback"]).ends(31).says("not committed");
    let leaves = lab(&migrating(&server), POSTGRES);
    shell(
        &leaves,
        "printf '%s\n' 'ALTER TABLE orders DROP channel;' '\\q' 'SELECT 1 / 0;' >up.sql; echo 'SELECT 1;' >down.sql",
    );
    leaves.run(&[]).ends(10).says("not committed");
    assert_eq!(server.sql(COLUMNS), "channel,id");
}

#[test]
fn a_migration_of_postgresql_that_ends_its_transaction_itself_is_none() {
    let server = Postgres::shop();
    let ups = [
        "ALTER TABLE orders ADD channel text; ROLLBACK;",
        "ROLLBACK; BEGIN; ALTER TABLE orders ADD channel text;",
        "BEGIN; ALTER TABLE orders ADD channel text; COMMIT;",
        "COMMIT; ALTER TABLE orders ADD channel text; BEGIN;",
        "\\set ON_ERROR_STOP off\nALTER TABLE orders ADD channel text;\nSELECT 1 / 0;",
        "\\connect -\nALTER TABLE orders ADD channel text;",
    ];
    for up in ups {
        let lab = lab(&migrating(&server), POSTGRES);
        std::fs::write(lab.path("up.sql"), up).unwrap();
        shell(&lab, "echo 'ALTER TABLE orders DROP IF EXISTS channel;' >down.sql");
        lab.run(&[]).ends(10).says("not committed");
        assert_eq!(server.sql(COLUMNS), "id", "{up}");
    }
    let lab = lab(&migrating(&server), POSTGRES);
    shell(&lab, "printf 'SAVEPOINT a;\nROLLBACK TO a;\nSELECT 1 / 0;' >up.sql; echo 'SELECT 1' >down.sql");
    lab.run(&[]).ends(10).says("<stdin>:3: ERROR:  division by zero");
}

#[test]
fn postgresql_gives_up_waiting_for_a_lock() {
    let server = Postgres::shop();
    let actions = migrating(&server).replace("up = ", "lock = \"300ms\", up = ");
    let lab = lab(&actions, POSTGRES);
    shell(&lab, "echo 'ALTER TABLE orders ADD channel text;' >up.sql; echo 'SELECT 1;' >down.sql");
    let mut holder = tool("psql")
        .args(["-X", "-q", "-d", &server.connection("shop")])
        .args(["-c", "BEGIN; LOCK TABLE orders IN SHARE ROW EXCLUSIVE MODE; SELECT pg_sleep(60)"])
        .spawn()
        .unwrap();
    while server.sql("SELECT count(*) FROM pg_locks WHERE mode = 'ShareRowExclusiveLock'") == "0" {}
    lab.run(&[]).ends(10).says("lock timeout");
    server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()");
    let _ = holder.wait();
}

#[test]
fn postgresql_restored_holds_nothing_that_came_after_the_dump() {
    let server = Postgres::shop();
    let dumped = lab(&migrating(&server), POSTGRES);
    shell(&dumped, "echo 'CREATE TABLE later (id int); DELETE FROM orders;' >up.sql; echo 'SELECT 1;' >down.sql");
    dumped.run(&[]).ends(0);
    let file = dumped.path("shop.dump").display().to_string();
    let restored = lab(
        &format!(
            "use postgres-restore {{ maintenance = \"{}\", name = \"shop\", file = \"{file}\" }}",
            server.connection("postgres")
        ),
        POSTGRES,
    );
    restored.run(&[]).ends(0);
    assert_eq!(server.sql("SELECT count(*) FROM orders"), "2");
    assert_eq!(server.sql("SELECT count(*) FROM information_schema.tables WHERE table_name = 'later'"), "0");
    restored.run(&["rollback"]).ends(31).says("what was written since the dump is lost");

    let misspelt = lab(
        &format!(
            "use postgres-restore {{ maintenance = \"{}\", name = \"shp\", file = \"{file}\" }}",
            server.connection("postgres")
        ),
        POSTGRES,
    );
    misspelt.run(&[]).ends(20).says("there is no database shp");
    assert_eq!(server.sql("SELECT count(*) FROM pg_database WHERE datname = 'shp'"), "0");
}

/// A database `shop` with all that belongs to it and not to what it holds, and a dump of it.
fn kept() -> (Postgres, Lab) {
    let server = Postgres::start();
    let made = [
        "CREATE ROLE keeper",
        "CREATE ROLE reader",
        "CREATE DATABASE shop TEMPLATE template0 OWNER keeper ENCODING LATIN1 LC_COLLATE 'C' LC_CTYPE 'POSIX' CONNECTION LIMIT 7",
        "COMMENT ON DATABASE shop IS 'sells'",
        "ALTER DATABASE shop SET search_path TO \"$user\", \"Old, \"\"Shop\"\"\", public",
        "ALTER DATABASE shop SET shop.mode TO 'a, ''b'', c'",
        "ALTER DATABASE shop SET default_transaction_read_only TO on",
        "ALTER ROLE reader IN DATABASE shop SET work_mem TO '8MB'",
        "REVOKE ALL ON DATABASE shop FROM PUBLIC",
        "GRANT CONNECT ON DATABASE shop TO reader WITH GRANT OPTION",
    ];
    for sql in made {
        server.asked("postgres", sql);
    }
    server.sql(
        "BEGIN READ WRITE; CREATE TABLE public.orders (id int); INSERT INTO public.orders VALUES (1), (2); COMMIT",
    );
    let dumped = lab(
        &format!("use postgres-backup {{ database = \"{}\", file = \"shop.dump\" }}", server.connection("shop")),
        POSTGRES,
    );
    dumped.run(&[]).ends(0);
    (server, dumped)
}

const KEPT: &str = "SELECT datdba::regrole, encoding, datcollate, datctype, dattablespace, datconnlimit, datacl, shobj_description(d.oid, 'pg_database'),
  (SELECT array_agg((setrole, setconfig) ORDER BY setrole) FROM pg_db_role_setting WHERE setdatabase = d.oid)
  FROM pg_database AS d WHERE datname = 'shop'";
const LATER: &str = "BEGIN READ WRITE; CREATE TABLE public.later (id int); DELETE FROM public.orders; COMMIT";
const HELD: &str = "SELECT count(*), to_regclass('public.later') FROM public.orders";

fn restoring(server: &Postgres, dumped: &Lab, maintenance: &str) -> Lab {
    let used = format!(
        "use postgres-restore {{ maintenance = \"{maintenance}\", name = \"shop\", file = \"{}\" }}",
        dumped.path("shop.dump").display()
    );
    let mut lab = lab(&used, POSTGRES);
    lab.set("PGHOST", &server.path().display().to_string()).set("PGUSER", "postgres");
    lab
}

#[test]
fn what_belongs_to_a_database_of_postgresql_stays_whatever_connects() {
    let (server, dumped) = kept();
    let before = server.asked("postgres", KEPT);
    let host = server.path().display();
    for maintenance in
        ["postgres", &format!("postgresql:///postgres?host={host}"), &format!("host={host} dbname=postgres")]
    {
        server.sql(LATER);
        restoring(&server, &dumped, maintenance).run(&[]).ends(0);
        assert_eq!(server.asked("postgres", KEPT), before, "{maintenance}");
        assert_eq!(server.sql(HELD), "2|", "{maintenance}");
    }
}

#[test]
fn a_dump_that_cannot_be_restored_costs_nothing() {
    let (server, dumped) = kept();
    server.sql(LATER);
    let shop = server.asked("postgres", "SELECT oid FROM pg_database WHERE datname = 'shop'");
    shell(&dumped, "cp shop.dump whole; truncate --size=-40 shop.dump");
    restoring(&server, &dumped, "postgres").run(&[]).ends(31).says("end of file");
    shell(&dumped, "cp whole shop.dump");
    // Nobody may have what the new one is to be called.
    server.asked("postgres", "CREATE DATABASE shop_restored");
    restoring(&server, &dumped, "postgres").run(&[]).ends(20).says("there is a database shop_restored already");
    server.asked("postgres", "DROP DATABASE shop_restored");
    restoring(&server, &dumped, "shop").run(&[]).ends(20).says("maintenance connects to the database itself");
    // What is in the dump fails, and not the dump.
    let full = restoring(&server, &dumped, "postgres");
    let fails = r"sed 's/^CREATE TABLE public.orders/SELECT 1 \/ 0; &/' | ";
    let real = shell(&full, "sed -n 2p bin/psql");
    std::fs::write(
        full.path("bin/psql"),
        format!("#!/usr/bin/env bash\nset -o pipefail\n{fails}{}\n", real.trim_start_matches("exec ")),
    )
    .unwrap();
    full.run(&[]).ends(31).says("division by zero");
    assert_eq!(server.asked("postgres", "SELECT oid FROM pg_database WHERE datname = 'shop'"), shop);
    assert_eq!(server.sql(HELD), "0|later");
}

#[test]
fn postgresql_is_restored_wherever_the_run_is_killed() {
    let (server, dumped) = kept();
    let before = server.asked("postgres", KEPT);
    let parts = [
        "pg_advisory_lock",
        "CREATE DATABASE",
        "made",
        "connect -reuse-previous",
        "COMMIT;",
        "ALTER ROLE",
        "GRANT",
        "DROP DATABASE :\"name\"",
        "RENAME TO",
        "nothing: it is done",
    ];
    for part in parts {
        server.sql(LATER);
        let lab = restoring(&server, &dumped, "postgres");
        let real = shell(&lab, "sed -n 2p bin/psql");
        let real = real.trim_start_matches("exec ");
        // It does what stands before the part, and ends with the run.
        let stub = format!(
            r#"cat >asked
! grep -q 'RENAME TO' asked || echo '-- nothing: it is done' >>asked
if [ -e kill ] && ! grep -q 'there is no\|pg_database_size' asked && grep -qF -- "$(cat kill)" asked; then
  awk -v part="$(cat kill)" 'index($0, part) {{ exit }} {{ print }}' asked >begun
  rm kill
  {real} <begun
  kill -KILL "$(cat pid)" 0
fi
{real} <asked"#
        );
        std::fs::write(lab.path("bin/psql"), format!("#!/usr/bin/env bash\n{stub}\n")).unwrap();
        std::fs::write(lab.path("kill"), part).unwrap();
        lab.run(&[]);
        assert!(!lab.path("kill").exists(), "{part}: {}", lab.text("said"));
        lab.end_orphans();
        lab.run(&["resume"]).ends(0);
        assert_eq!(server.asked("postgres", KEPT), before, "{part}");
        assert_eq!(server.sql(HELD), "2|", "{part}");
        assert_eq!(
            server.asked("postgres", "SELECT count(*) FROM pg_database WHERE datname ~ 'restored'"),
            "0",
            "{part}"
        );
    }
}

const SQLITE: &str = r#"use sqlite-backup { database = "shop.db", file = "backup.db" }
    use sqlite-migrate { database = "shop.db", up = "up.sql", down = "down.sql" }"#;
const SCHEMA: &str = "sqlite3 shop.db 'SELECT sql FROM sqlite_master ORDER BY name'";

fn sqlite(up: &str) -> Lab {
    let lab = lab(SQLITE, &["sqlite3"]);
    std::fs::write(lab.path("up.sql"), up).unwrap();
    shell(
        &lab,
        "bin/sqlite3 shop.db 'CREATE TABLE orders (id int); INSERT INTO orders VALUES (1)'; echo 'DROP TABLE IF EXISTS items;' >down.sql",
    );
    lab
}

fn schema(lab: &Lab) -> String {
    shell(lab, &format!("PATH=$PWD/bin:$PATH; {SCHEMA}"))
}

#[test]
fn sqlite_is_copied_migrated_and_taken_back() {
    let lab = sqlite("CREATE TABLE items (id int)");
    lab.run(&[]).ends(0);
    assert_eq!(schema(&lab), "CREATE TABLE items (id int)\nCREATE TABLE orders (id int)");
    assert_eq!(shell(&lab, "bin/sqlite3 backup.db 'SELECT count(*) FROM orders'"), "1");
    lab.run(&["rollback"]).ends(10);
    assert_eq!(schema(&lab), "CREATE TABLE orders (id int)");
}

#[test]
fn of_a_migration_that_fails_in_sqlite_nothing_stays() {
    let lab = sqlite("CREATE TABLE items (id int); INSERT INTO nowhere VALUES (1);");
    lab.run(&[]).ends(10).says("nowhere");
    assert_eq!(schema(&lab), "CREATE TABLE orders (id int)");
}

#[test]
fn a_comment_that_is_not_closed_in_sqlite_is_no_migration() {
    let up = sqlite("CREATE TABLE items (id int); /* and then");
    up.run(&[]).ends(10).says("not committed: with no error above, a comment is not closed");
    assert_eq!(schema(&up), "CREATE TABLE orders (id int)");
    let quote = sqlite("CREATE TABLE items (id int); INSERT INTO orders VALUES ('2");
    quote.run(&[]).ends(10).says("not committed");
    assert_eq!(schema(&quote), "CREATE TABLE orders (id int)");
    let down = sqlite("CREATE TABLE items (id int)");
    shell(&down, "echo 'DROP TABLE items; /* and then' >down.sql");
    down.run(&[]).ends(0);
    down.run(&["rollback"]).ends(31).says("not committed");
}

#[test]
fn a_migration_of_sqlite_that_ends_its_transaction_itself_is_none() {
    let ups = [
        "CREATE TABLE items (id int); ROLLBACK; BEGIN;",
        "CREATE TABLE items (id int); COMMIT; BEGIN;",
        "COMMIT; CREATE TABLE items (id int);",
        ".bail off\nROLLBACK; BEGIN; CREATE TABLE items (id int);",
    ];
    for up in ups {
        let lab = sqlite(up);
        lab.run(&[]).ends(10).says("not committed");
        assert_eq!(schema(&lab), "CREATE TABLE orders (id int)", "{up}");
    }
    sqlite("SAVEPOINT a; CREATE TABLE items (id int); RELEASE a;").run(&[]).ends(0);
}

#[test]
fn a_migration_of_sqlite_that_leaves_or_is_not_there_is_none() {
    sqlite("CREATE TABLE items (id int);\n.quit\n").run(&[]).ends(10).says("not committed");
    let none = sqlite("");
    shell(&none, "rm up.sql");
    none.run(&[]).ends(10).says("up.sql");
}

#[test]
fn what_a_migration_of_sqlite_prints_is_shown_however_it_is_to_be_printed() {
    let lab = sqlite(".mode quote\n.headers on\nCREATE TABLE items (id int); SELECT 'so many' AS a;");
    lab.run(&[]).ends(0).says("'so many'");
}

#[test]
fn a_migration_of_sqlite_is_committed_wherever_its_output_goes_and_whatever_is_told_with_it() {
    for told in [".timer on", ".changes on", ".stats on", ".output said.txt"] {
        let lab = sqlite(&format!("{told}\nCREATE TABLE items (id int); INSERT INTO items VALUES (1);"));
        std::fs::write(lab.path("down.sql"), format!("{told}\nDROP TABLE IF EXISTS items;")).unwrap();
        lab.run(&[]).ends(0);
        assert_eq!(schema(&lab), "CREATE TABLE items (id int)\nCREATE TABLE orders (id int)", "{told}");
        lab.run(&["rollback"]).ends(10);
        assert_eq!(schema(&lab), "CREATE TABLE orders (id int)", "{told}");
    }
}

#[test]
fn a_migration_of_sqlite_is_committed_whatever_its_last_line_lacks() {
    let told = ".mode list\n.separator , \"\"\nCREATE TABLE items (id int); SELECT 'so', 'many';";
    let lab = sqlite(told);
    std::fs::write(lab.path("down.sql"), ".separator , \"\"\nDROP TABLE IF EXISTS items; SELECT 'no', 'more';")
        .unwrap();
    lab.run(&[]).ends(0).says("so,many");
    lab.run(&["rollback"]).ends(10);
    assert_eq!(schema(&lab), "CREATE TABLE orders (id int)");
}

/// `~/.sqliterc`, which no variable moves, is what is read where `-init` names nothing else.
#[test]
fn what_somebody_likes_sqlite_to_print_decides_nothing() {
    let real = tool("sqlite3").get_program().to_owned();
    let of_somebody = format!(
        "case \" $* \" in *' -init '*) ;; *) set -- -init likes \"$@\" ;; esac\nexec '{}' \"$@\"",
        real.to_str().unwrap()
    );
    let told = |lab: &mut Lab, status: i32| {
        lab.stub("sqlite3", &of_somebody);
        std::fs::write(lab.path("likes"), ".headers on\n.mode box\n.bail off\n.echo on\nPRAGMA query_only = on;\n")
            .unwrap();
        lab.run(&[]).ends(status);
    };
    let mut migrated = sqlite("CREATE TABLE items (id int)");
    told(&mut migrated, 0);
    migrated.run(&["rollback"]).ends(10);
    let mut fails = sqlite("CREATE TABLE items (id int); SELECT * FROM nowhere; SELECT 1;");
    told(&mut fails, 10);
    let mut restored = lab(r#"use sqlite-restore { database = "shop.db", file = "good.db" }"#, &["sqlite3"]);
    shell(&restored, "for f in shop good; do bin/sqlite3 $f.db 'CREATE TABLE orders (id int)'; done");
    told(&mut restored, 0);
}

#[test]
fn a_database_that_is_not_there_is_not_made() {
    let uses = [
        r#"use sqlite-backup { database = "misspelt.db", file = "backup.db" }"#,
        r#"use sqlite-migrate { database = "misspelt.db", up = "up.sql", down = "down.sql" }"#,
        r#"use sqlite-restore { database = "misspelt.db", file = "good.db" }"#,
    ];
    for used in uses {
        let lab = lab(used, &["sqlite3"]);
        shell(&lab, "bin/sqlite3 good.db 'CREATE TABLE orders (id int)'; echo 'SELECT 1;' | tee up.sql >down.sql");
        lab.run(&[]).ends(20).says("there is no database misspelt.db, or nothing in it");
        assert!(!lab.path("misspelt.db").exists() && !lab.path("backup.db").exists(), "{used}");
        shell(&lab, "touch misspelt.db");
        lab.run(&[]).ends(20).says("or nothing in it");
    }
}

#[test]
fn sqlite_is_restored_from_its_copy() {
    let lab = lab(r#"use sqlite-restore { database = "shop.db", file = "backup.db" }"#, &["sqlite3"]);
    shell(
        &lab,
        "bin/sqlite3 backup.db 'CREATE TABLE orders (id int)'; bin/sqlite3 shop.db 'CREATE TABLE other (id int)'",
    );
    lab.run(&[]).ends(0);
    assert_eq!(schema(&lab), "CREATE TABLE orders (id int)");
}

const MARIADB: Case = Case {
    plan: r#"use mariadb-backup { options = "shop.cnf", database = "shop", file = "shop.sql.gz" }
    use mariadb-migrate { options = "shop.cnf", database = "shop", up = "up.sql", down = "down.sql" }"#,
    setup: "echo old >world; echo new >up.sql; echo old >down.sql",
    stubs: &[
        ("mariadb-dump", "cat world; echo '-- Dump completed on 2026-12-01'"),
        (
            "mariadb",
            r#"[ "$1" = --defaults-file=shop.cnf ] && sed -n 1p >world.new && mv world.new world && echo finished"#,
        ),
    ],
    calls: &[
        "mariadb-dump --defaults-file=shop.cnf --single-transaction --quick --routines --events --triggers shop",
        "mariadb --defaults-file=shop.cnf --batch --database=shop",
    ],
    back: "mariadb --defaults-file=shop.cnf --batch --database=shop",
    ..CASE
};

const MIGRATIONS: Case = Case {
    plan: r#"use migrations {
      target  = "0042"
      current = "schema current"
      up      = "schema up \"$TARGET\""
      down    = "schema down \"$PREVIOUS_VERSION\""
    }"#,
    setup: "echo 0040 >world",
    stubs: &[("schema", r#"case $1 in current) cat world ;; up | down) echo "$2" >world ;; esac"#)],
    after: "0042",
    calls: &["schema current", "schema up 0042", "schema current"],
    back: "schema down 0040",
    ..CASE
};

/// What stands in for the programs that the tests above run for real.
const DUMPED: Case = Case {
    plan: r#"use postgres-backup { database = "service=shop", file = "shop.dump" }
    use postgres-migrate { database = "service=shop", up = "up.sql", down = "down.sql" }"#,
    setup: "echo old >world; echo new >up.sql; echo old >down.sql",
    stubs: &[
        ("pg_dump", r#"for word; do case $word in --file=*) cp world "${word#*=}" ;; esac; done"#),
        ("pg_restore", "true"),
        ("psql", "sed -n 1p >world.new && mv world.new world && echo committed"),
    ],
    calls: &["pg_dump --no-password --format=custom", "pg_restore --list shop.dump", "psql --no-password --no-psqlrc"],
    back: "psql --no-password --no-psqlrc",
    ..CASE
};
const COPIED: Case = Case {
    plan: SQLITE,
    setup: "echo old >world; echo new >up.sql; echo old >down.sql; echo old >shop.db",
    stubs: &[(
        "sqlite3",
        r#"case "$*" in
*.backup*) all=$* && copy=${all##*.backup \'} && cp world "${copy%\'}" ;;
*integrity_check*) echo ok ;;
*) sed -n 2p >world.new && mv world.new world && echo committed ;;
esac"#,
    )],
    calls: &[
        "sqlite3 -init /dev/null -bail -cmd .timeout 5000 shop.db .backup",
        "integrity_check",
        "sqlite3 -init /dev/null -batch -bail",
    ],
    back: "sqlite3 -init /dev/null -batch -bail",
    ..CASE
};

#[test]
fn whatever_hangs_is_ended_and_taken_back() {
    all_are_ended(&[
        (&DUMPED, "pg_dump"),
        (&DUMPED, "psql"),
        (&COPIED, ".backup"),
        (&COPIED, "-batch"),
        (&MARIADB, "mariadb-dump"),
        (&MARIADB, "--batch"),
        (&MIGRATIONS, "schema up"),
    ]);
}

#[test]
fn postgresql_and_sqlite_by_their_calls() {
    DUMPED.holds();
    COPIED.holds();
}

#[test]
fn mariadb() {
    MARIADB.holds();
}

#[test]
fn a_backup_from_before_is_not_taken_for_this_one() {
    let last = "step last { run = \"true\", undo = \"true\" }";
    let cases = [
        (DUMPED, "use postgres-backup { database = \"service=shop\", file = \"stale\" }", "cat stale"),
        (COPIED, "use sqlite-backup { database = \"shop.db\", file = \"stale\" }", "cat stale"),
        (
            MARIADB,
            "use mariadb-backup { options = \"shop.cnf\", database = \"shop\", file = \"stale\" }",
            "gzip -dc <stale | sed -n 1p",
        ),
    ];
    for (case, used, world) in cases {
        let plan: &str = format!("{used}\n{last}").leak();
        let stale = "printf 'old\n-- Dump completed\n' | gzip >stale";
        let made = if world.starts_with("gzip") { stale } else { "echo old >stale" };
        let lab = Case { plan, ..case }.killed_at(1, &format!("echo new >world; {made}; touch -d '1 hour ago' stale"));
        lab.run(&["resume"]).ends(0);
        assert_eq!(shell(&lab, world), "new", "{used}");
        assert_eq!(shell(&lab, "stat -c %a stale"), "600", "{used}");
    }
}

#[test]
fn a_dump_that_was_cut_off_is_no_backup() {
    let case = Case { stubs: &[("mariadb-dump", "cat world"), ("mariadb", "true")], ..MARIADB };
    let run = case.run();
    assert_eq!(run.status, 20, "{}", run.said);
}

#[test]
fn a_version_is_the_same_with_blanks_around_it() {
    const CURRENT: &str =
        r#"case $1 in current) printf '  %s\t\n' "$(cat world)" ;; up | down) echo "$2" >world ;; esac"#;
    Case { stubs: &[("schema", CURRENT)], ..MIGRATIONS }.holds();
}

#[test]
fn migrations_go_back_to_the_version_that_was_there_not_by_one() {
    MIGRATIONS.holds();
}
