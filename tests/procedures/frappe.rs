//! Frappe, with bench and in containers.

use crate::case::{CASE, Case, all_are_ended, shell};
use crate::support::lab::Run;

const BENCH_TOOL: (&str, &str) = (
    "bench",
    r#"case "$*" in
*"backup --with-files"*)
  for file in "$7" "$9" "${11}"; do gzip <world >"$file"; done
  cp world "${13}"
  [ ! -e missing ] || rm "backup/$(cat missing)"
  ;;
*" migrate") echo migrated >world ;;
*" scheduler status") echo "Scheduler is enabled for site $2" ;;
*" restore "*) [ "$(cat supervisor)" = stopped ] && gzip -dc "$5" >world ;;
"build"*) echo new >sites/assets/assets.json ;;
"update --pull") echo new >apps/care/head; echo new >apps/frappe/head ;;
esac"#,
);

const SUPERVISOR: (&str, &str) = (
    "sudo",
    r#"case "$*" in
*stop*) echo stopped >supervisor ;;
*restart*) echo started >supervisor ;;
*status*) printf '%-32s RUNNING   pid 7, uptime 1:00:00\n' frappe-bench-web:web frappe-bench-workers:short ;;
esac"#,
);

const BENCH: Case = Case {
    plan: r#"use bench-backup { site = "care.example.com", folder = "backup" }
    use bench-update { site = "care.example.com", folder = "backup" }
    use bench-verify { site = "care.example.com", address = "https://care.example.com/api/method/ping" }"#,
    secrets: &["DB_ROOT_PASSWORD"],
    setup: "mkdir -p sites/assets apps/care/care/public/dist apps/frappe/frappe/public/dist; echo old >world
      echo old >sites/assets/assets.json; echo old >apps/care/head; echo old >apps/frappe/head; echo started >supervisor",
    more: "rollback { step start { run = \"sudo supervisorctl restart all\" } }",
    stubs: &[
        BENCH_TOOL,
        (
            "git",
            r#"case "$*" in
*" status "*) [ ! -e "$2/edited" ] || echo ' M setup.py' ;;
*"rev-parse HEAD") cat "$2/head" ;;
*"checkout --quiet --force --detach "*) echo "${*: -1}" >"$2/head" ;;
esac"#,
        ),
        SUPERVISOR,
        ("curl", "printf 200"),
    ],
    world: "cat world sites/assets/assets.json apps/care/head apps/frappe/head supervisor",
    after: "migrated\nnew\nnew\nnew\nstarted",
    calls: &[
        "bench --site care.example.com backup --with-files --compress",
        "git -C apps/care rev-parse HEAD",
        "bench update --pull",
        "bench setup requirements",
        "bench --site care.example.com migrate",
        "bench build --production",
        "bench --site care.example.com clear-cache",
        "sudo supervisorctl restart frappe-bench-web: frappe-bench-workers:",
        "bench --site care.example.com scheduler status",
        "supervisorctl status all",
        "show-pending-jobs",
        r#"frappe.client.get_count --args ["Error Log", {"seen": 0}]"#,
    ],
    back: "--force restore backup/database.sql.gz --with-public-files backup/files.tgz",
};

/// In the container, whose folder is the lab's. Without names for its files it writes them where the site keeps backups.
const BENCH_INSIDE: (&str, &str) = (
    "bench",
    r#"case "$*" in
*" backup "*)
  at=sites/$2/private/backups/20261202-care enc=
  [ ! -e encrypted ] || enc=-enc
  database=$at-database$enc.sql.gz files=$at-files$enc.tgz private=$at-private-files$enc.tgz config=$at-config$enc.json
  while [ $# -gt 0 ]; do
    case $1 in
    --backup-path-db) database=$2 ;;
    --backup-path-files) files=$2 ;;
    --backup-path-private-files) private=$2 ;;
    --backup-path-conf) config=$2 ;;
    esac
    shift
  done
  mkdir -p "${database%/*}"
  cp world "$config"
  for file in "$database" "$files" "$private"; do
    if [ -e encrypted ]; then echo encrypted >"$file"; else gzip <world >"$file"; fi
  done
  [ ! -e missing ] || rm "${database%/*}/$(cat missing)"
  ;;
*" migrate") echo migrated >world; [ ! -e breaks ] ;;
*"--force restore "*) [ -e stopped ] && gzip -t "$7" "$9" && gzip -dc "$5" >world ;;
esac"#,
);

/// All images are pulled before they are started, as `PULL_POLICY` of `frappe_docker` has it where nothing else is said.
/// In Compose a variable of the environment goes before one of the same name in `.env`: none of the procedure's own may be there.
const CONTAINERS: Case = Case {
    plan: r#"use frappe-docker { folder = "project", site = "care.example.com", tag = "v3" }"#,
    secrets: &["DB_ROOT_PASSWORD"],
    setup: "mkdir project; printf 'A=1\nCUSTOM_TAG=v2\nB=2\n' >project/.env; chmod 600 project/.env; echo old >world; echo v2 >runs
      echo 1 | tee id registry-v2 >local-v2; echo 2 >registry-v3
      touch project/compose.yaml project/database.yaml; echo project/compose.yaml,project/database.yaml >files",
    stubs: &[
        (
            "docker",
            r#"[ "$1" != compose ] || ! env | grep '^\(FOLDER\|SITE\|TAG\|BACKUP\|COMPOSE_FILES\|PREVIOUS_[A-Z]*\)=' >>not-by-env-file || exit 1
tag=$(sed -n 's/^CUSTOM_TAG=//p' project/.env)
case "$*" in
*" exec -T backend "*)
  while [ "$1" != backend ]; do shift; done
  shift
  exec "$@"
  ;;
*" ps --quiet backend") echo c-backend ;;
inspect*c-backend)
  restarts=0
  if [ -e "restarts-$(cat runs)" ]; then
    restarts=$(cat "restarts-$(cat runs)")
    echo $((restarts + 1)) >"restarts-$(cat runs)"
  fi
  sed "s|{{index .*config_files\"}}|$(cat files)|; s|{{.Config.Image}}|frappe/erpnext:$(cat runs)|; s/{{.State.Status}}/running/; s/{{.RestartCount}}/$restarts/
    s/{{.Image}}/sha256:$(cat id)/; s/{{if .State.Health}}.*{{end}}/none/" <<<"$5"
  ;;
*" pull --quiet") cp "registry-$tag" "local-$tag" ;;
*" up --detach"*)
  [ "$COMPOSE_FILE $COMPOSE_PATH_SEPARATOR" = "$(cat files) ," ] || exit 1
  rm -f stopped
  [ ! -e stays ] || exit 0
  [[ "$*" = *"--pull never"* ]] || cp "registry-$tag" "local-$tag"
  cp "local-$tag" id
  echo "$tag" >runs
  ;;
*" config --services") printf '%s\n' backend configurator db frontend queue-long queue-short redis-cache scheduler websocket ;;
*" stop frontend queue-long queue-short scheduler websocket") touch stopped ;;
esac"#,
        ),
        BENCH_INSIDE,
    ],
    world: "cat world runs id project/.env; stat -c %a project/.env; ls stopped 2>/dev/null || true",
    after: "migrated\nv3\n2\nA=1\nCUSTOM_TAG=v3\nB=2\n600",
    calls: &[
        "bench --site care.example.com backup --with-files --compress",
        "pull --quiet",
        "up --detach",
        "exec -T backend bench --site care.example.com migrate",
    ],
    back: "--force restore /",
    ..CASE
};

#[test]
fn whatever_hangs_is_ended_and_taken_back() {
    all_are_ended(&[(&BENCH, "migrate"), (&CONTAINERS, "up --detach")]);
}

#[test]
fn bench() {
    BENCH.holds();
}

fn verified(scheduler: &str, workers: &str) -> Run {
    let case = Case {
        plan: r#"use bench-verify { site = "care.example.com", address = "https://care.example.com/api/method/ping" }
    step last { run = "true", undo = "true" }"#,
        more: "",
        setup: "true",
        stubs: &[
            ("bench", r#"case "$*" in *scheduler*) cat scheduler ;; esac"#),
            ("sudo", "[ ! -e workers ] || cat workers"),
            ("curl", "printf 200"),
        ],
        ..BENCH
    };
    case.run_after(&format!("printf '%s\n' '{scheduler}' >scheduler; printf '%s' '{workers}' >workers")).0
}

#[test]
fn a_scheduler_and_workers_run_where_it_is_said_that_they_do() {
    let (enabled, running) = ("a warning\nScheduler is enabled for site care.example.com", "web:web RUNNING pid 7\n");
    verified(enabled, running).ends(0);
    let none = [
        "Scheduler is disabled for site care.example.com",
        "Scheduler is enabled for site other.example.com",
        "Traceback (most recent call last):",
        "",
    ];
    std::thread::scope(|scope| {
        for said in none {
            scope.spawn(move || verified(said, running).ends(20).says("bench-scheduler"));
        }
        for said in ["", "web:web RUNNING pid 7\nshort:short FATAL\n", "unix:///var/run/supervisor.sock no such file\n"]
        {
            scope.spawn(move || verified(enabled, said).ends(20).says("bench-workers"));
        }
    });
}

#[test]
fn what_was_edited_on_the_server_is_not_thrown_away() {
    let (lab, run) = BENCH.lab_after("touch apps/care/edited");
    run.ends(20).says("apps/care was edited on this server");
    assert!(!lab.text("calls").contains("checkout"), "{}", lab.text("calls"));
    let other = Case {
        plan: r#"use bench-backup { site = "care.example.com", folder = "backup" }
    use bench-update { site = "care.example.com", folder = "backup", app = "frappe", version = "v15" }"#,
        ..BENCH
    };
    let (lab, _) = other.lab_after("touch apps/care/edited");
    assert!(lab.text("calls").contains("git -C apps/frappe checkout"), "{}", lab.text("said"));
    assert!(!lab.text("calls").contains("git -C apps/care"), "{}", lab.text("calls"));
}

#[test]
fn nothing_begins_without_the_backup_that_the_way_back_restores() {
    let case = Case { plan: r#"use bench-update { site = "care.example.com", folder = "backup" }"#, ..BENCH };
    let whole = "mkdir backup; cp world backup/site_config.json
      for f in database.sql.gz files.tgz private-files.tgz assets.tgz; do gzip <world >backup/$f; done";
    case.lab_after(whole).1.ends(0);
    for missing in ["rm backup/assets.tgz", "echo cut >backup/files.tgz", "rm backup/site_config.json", "rm -r backup"]
    {
        let (lab, run) = case.lab_after(&format!("{whole}; {missing}"));
        run.ends(20).says("no whole backup in backup");
        assert!(!lab.text("calls").contains("bench update"), "{missing}: {}", lab.text("calls"));
    }
}

#[test]
fn a_backup_that_lacks_one_of_its_files_is_none() {
    for missing in ["database.sql.gz", "files.tgz", "private-files.tgz", "site_config.json"] {
        let (lab, run) = BENCH.lab_after(&format!("echo {missing} >missing"));
        run.ends(20).says("bench-backup");
        assert!(!lab.text("calls").contains("bench update"), "{missing}: {}", lab.text("calls"));
    }
}

#[test]
fn frappe_docker() {
    CONTAINERS.holds();
}

#[test]
fn a_project_at_the_tag_is_left_alone_and_one_that_does_not_go_by_it_goes_back() {
    let (lab, run) = CONTAINERS.lab_after("sed -i s/v2/v3/ project/.env");
    run.ends(20).says("the project is at v3 already");
    assert!(!lab.text("calls").contains("pull"), "{}", lab.text("calls"));
    let (_, run) = CONTAINERS.lab_after("touch stays");
    run.ends(10).says("backend is frappe/erpnext:v2, and not v3");
}

#[test]
fn a_project_whose_files_are_not_there_is_left_alone() {
    let (lab, run) = CONTAINERS.lab_after("rm project/database.yaml");
    run.ends(20).says("the project was started with project/database.yaml, which is not there");
    assert!(!lab.text("calls").contains("pull"), "{}", lab.text("calls"));
}

#[test]
fn a_backend_that_restarts_again_and_again_does_not_run() {
    CONTAINERS.lab_after("echo 0 >restarts-v3").1.ends(10);
    CONTAINERS.lab_after("echo 0 | tee restarts-v2 >restarts-v3").1.ends(31);
}

/// A backup from before this one, whose name comes last.
const OLDER: &str = "mkdir -p sites/care.example.com/private/backups; echo older | gzip >older
      for kind in database.sql.gz files.tgz private-files.tgz; do cp older sites/care.example.com/private/backups/20261231-care-$kind; done";

#[test]
fn what_is_restored_in_a_container_is_what_this_run_backed_up() {
    let (lab, run) = CONTAINERS.lab_after(&format!("{OLDER}; touch breaks"));
    run.ends(10);
    assert_eq!(shell(&lab, "cat world"), "old");
    for bad in ["touch encrypted", "echo files.tgz >missing", "echo private-files.tgz >missing"] {
        let (lab, run) = CONTAINERS.lab_after(&format!("{OLDER}; {bad}"));
        run.ends(20).says("frappe-docker-backup");
        assert!(!lab.text("calls").contains(" up "), "{bad}: {}", lab.text("calls"));
    }
}

#[test]
fn each_run_keeps_a_backup_of_its_own() {
    let lab = CONTAINERS.lab_after("touch breaks").0;
    shell(&lab, "rm breaks; sleep 1");
    lab.run(&[]).ends(0);
    lab.run(&["rollback"]).ends(10);
    assert_eq!(shell(&lab, "cat world"), "old");
    assert_eq!(shell(&lab, "ls -d sites/*/private/stopline/2* | wc -l"), "2");
}

#[test]
fn a_tag_of_frappe_that_moved_in_the_registry_is_not_gone_back_to() {
    let (lab, run) = CONTAINERS.lab_after("touch breaks; echo moved >registry-v2");
    run.ends(10);
    assert_eq!(shell(&lab, "cat runs id"), "v2\n1");
    let (_, run) = CONTAINERS.lab_after("touch breaks; echo moved | tee local-v2 >registry-v2");
    run.ends(31);
}

#[test]
fn what_stands_for_the_tag_and_is_none_cannot_be_gone_back_to() {
    for tag in ["v2 # see https://hub.docker.com/r/frappe/erpnext", "\\\"v2\\\"", ""] {
        let (lab, run) = CONTAINERS.lab_after(&format!("printf 'CUSTOM_TAG=%s\n' \"{tag}\" >project/.env"));
        run.ends(20).says("is no tag that could be gone back to");
        assert!(!lab.text("calls").contains("pull"), "{}", lab.text("calls"));
    }
}
