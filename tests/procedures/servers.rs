//! Machines and clusters of one's own: PM2, Docker, Compose, Kubernetes, Lambda, blue-green, feature flags.

use crate::case::{CASE, Case, all_are_ended, shell};

const KUBERNETES: Case = Case {
    plan: r#"use kubernetes { deployment = "shop", container = "web", image = "shop:new", context = "prod", namespace = "ns" }"#,
    setup: "echo 41 >revision; echo shop:old >world; printf '%s\n' 40=shop:older 41=shop:old >history",
    stubs: &[(
        "kubectl",
        r#"[ "$1 $2 $3 $4" = '--context prod --namespace ns' ] || exit 1
deployed() {
  echo "$1 unfinished" >world
  echo $(($(cat revision) + 1)) >revision
  sed -i "/=$1\$/d" history
  echo "$(cat revision)=$1" >>history
}
case "$*" in
*"get replicasets --output"*)
  echo 'other 41 other-abc'
  sed 's/\(.*\)=shop:\(.*\)/shop \1 shop-\2/' history
  ;;
*"get replicaset/shop-"*revision}) sed -n "s/=shop:${6#*-}\$//p" history ;;
*revision}) cat revision ;;
*image}) cut -d ' ' -f 1 world ;;
*paused}) cat paused 2>/dev/null || true ;;
*"rollout status"*) sed -i 's/ unfinished//' world ;;
*"set image deployment/shop web="*) last=${!#}; deployed "${last##*=}" ;;
*"rollout undo deployment/shop --to-revision="*)
  [ ! -e paused ] || exit 1
  last=${!#}
  image=$(sed -n "s/^${last##*=}=//p" history) && [ -n "$image" ] || exit 1
  [ "$image" = "$(cut -d ' ' -f 1 world)" ] || deployed "$image"
  ;;
esac"#,
    )],
    after: "shop:new",
    calls: &[
        "kubernetes\\.io/revision}",
        "set image deployment/shop web=shop:new",
        "rollout status deployment/shop",
        "image}",
    ],
    back: "rollout undo deployment/shop --to-revision=41",
    ..CASE
};

const LAMBDA: Case = Case {
    plan: r#"use lambda { function = "shop", alias = "live", zip = "shop.zip", region = "eu-central-1" }"#,
    setup: "echo 7 >world; echo old >code; echo old >code-7; printf zip >shop.zip",
    stubs: &[(
        "aws",
        r#"[ "$1 $2" = '--region eu-central-1' ] || exit 1
case "$*" in
*get-alias*) cat world ;;
*update-function-code*) openssl dgst -sha256 -binary shop.zip | base64 >code ;;
*publish-version*) cp code code-8; echo 8 ;;
*update-alias*) [ "$9 ${11}" = '--function-version --routing-config' ] && echo "${10}" >world ;;
*get-function-configuration*--qualifier*) cat "code-$(cat world)" ;;
esac"#,
    )],
    after: "8",
    calls: &[
        "get-alias --function-name shop --name live",
        "update-function-code --function-name shop --zip-file fileb://shop.zip",
        "wait function-updated-v2",
        "publish-version",
        "wait published-version-active --function-name shop --qualifier 8",
        "update-alias --function-name shop --name live --function-version 8",
    ],
    back: "update-alias --function-name shop --name live --function-version 7",
    ..CASE
};

const DOCKER: Case = Case {
    plan: r#"use docker { name = "shop", image = "shop:new", options = "--publish 127.0.0.1:8080:8080 --env-file shop.env" }"#,
    setup: "mkdir containers; echo 'shop shop:old running' >containers/c-old; echo 3 0 none >state-old; echo 0 0 none >state-new",
    stubs: &[(
        "docker",
        r#"cd containers
find() { for id in *; do [ "$id" != "$1" ] && [ "$(cut -d ' ' -f 1 "$id")" != "$1" ] || { echo "$id"; return; }; done
  # What is no name is the beginning of an id.
  for id in "$1"*; do [ ! -e "$id" ] || { echo "$id"; return; }; done; echo; return 1; }
case $1 in
inspect)
  id=$(find "$6") || { echo; exit 1; }
  read -r name image status <"$id"
  read -r restarts more health <"../state-${id#c-}"
  case $health in
  *,*) echo "$restarts $more ${health#*,}" ;;
  *) echo "$((restarts + more)) $more $health" ;;
  esac >"../state-${id#c-}"
  sed "s/{{.Id}}/$id/; s/{{.Name}}/\/$name/; s/{{.Config.Image}}/$image/; s/{{.State.Status}}/$status/; s/{{.RestartCount}}/$restarts/
    s/{{.HostConfig.AutoRemove}}/$(cat ../removed 2>/dev/null || echo false)/
    s/{{if .State.Health}}.*{{end}}/${health%%,*}/" <<<"$5"
  ;;
stop) read -r name image _ <"$2"; echo "$name $image exited" >"$2" ;;
start) read -r name image _ <"$2"; echo "$name $image running" >"$2" ;;
rename) ! grep -qs "^$3 " * || exit 1; read -r _ image status <"$(find "$2")"; echo "$3 $image $status" >"$(find "$2")" ;;
rm) id=$(find "$3") && rm "$id" ;;
run) ! grep -qs '^shop ' * && [ "$3 $5 $7" = '--name --publish --env-file' ] && echo "$4 $9 running" >c-new ;;
esac"#,
    )],
    world: "sed -n 's/^shop //p' containers/*",
    after: "shop:new running",
    calls: &[
        "docker pull --quiet shop:new",
        "docker inspect",
        "docker stop c-old",
        "docker rename c-old shop-previous",
        "docker run --detach --name shop --publish 127.0.0.1:8080:8080 --env-file shop.env shop:new",
    ],
    back: "docker start c-old",
    ..CASE
};

/// What a service runs, as image and id, stands in `world-SERVICE`; where `always` is, an image is pulled before it is started.
/// In Compose a variable of the environment goes before one of the same name in `.env`: none of the procedure's own may be there.
const COMPOSE: Case = Case {
    plan: r#"use compose { folder = "project", service = "web", image = "shop:new" }"#,
    setup: "mkdir -p project tags; echo 1 >tags/shop:old; echo 'shop:old 1' >world-web; echo 0 >made; echo 'services: {}' >project/compose.yaml",
    stubs: &[(
        "docker",
        r#"[ "$1" != compose ] || ! env | grep '^\(FOLDER\|SERVICE\|IMAGE\|FILE\|PREVIOUS_[A-Z]*\)=' >>not-by-env-file || exit 1
case "$*" in
pull*) echo 2 >"tags/${*: -1}" ;;
tag*) echo "${2#sha256:}" >"tags/$3" ;;
"compose "*" ps --quiet "*) echo "c-${*: -1}-$(cat made)" ;;
"inspect --type container --format "*" c-"*)
  service=${6#c-} service=${service%-*}
  read -r image id <"world-$service"
  read -r restarts more health <"state-$id" || read -r restarts more health <<<'0 0 none'
  case $health in
  *,*) echo "$restarts $more ${health#*,}" ;;
  *) echo "$((restarts + more)) $more $health" ;;
  esac >"state-$id"
  label=$(cat "label-$service" 2>/dev/null || echo "$PWD/project/compose.yaml")
  sed "s|{{index .*config_files\"}}|$label|; s|{{.Config.Image}}|$image|; s/{{.Image}}/sha256:$id/; s/{{.State.Status}}/running/; s/{{.RestartCount}}/$restarts/
    s/{{if .State.Health}}.*{{end}}/${health%%,*}/" <<<"$5"
  ;;
"compose "*" up --detach --wait "*"--no-build --no-deps "*)
  service=${*: -1} files=() label=
  while [ "$1" != up ]; do
    [ "$1" != --file ] || { files+=("project/$2"); label=$label,$PWD/project/$2; }
    shift
  done
  echo "${label#,}" >"label-$service"
  image=$(sed -n "/^  $service:\$/{n; s/^    image: \"\(.*\)\"\$/\1/p}" "${files[@]}")
  [ ! -e always ] || [[ "$*" = *" --pull never "* ]] || echo 2 >"tags/$image"
  now="$image $(cat "tags/${image%@*}")"
  [ "$now" = "$(cat "world-$service")" ] || echo $(($(cat made) + 1)) >made
  echo "$now" >"world-$service"
  ;;
esac"#,
    )],
    world: "cat world-web",
    after: "shop:new 2",
    calls: &["docker pull --quiet shop:new", "ps --quiet web", "docker inspect", "up --detach --wait"],
    back: "up --detach --wait",
    ..CASE
};

/// It keeps the folder and the program it resolved at first, whatever is reloaded; and an app whose file says no `env` is
/// given the environment of whoever reloads.
const PM2: Case = Case {
    plan: r#"use pm2-release { root = "app", version = "v2", repository = "https://git.example.com/notes.git" }
    use pm2 { root = "app", version = "v2", app = "notes" }"#,
    setup: "mkdir -p app/releases/v1; touch app/releases/v1/ecosystem.config.js
      ln -s releases/v1 app/current; echo v1 >world; echo 1 >since
      echo $PWD/app/current >cwd; echo $PWD/app/current/app.js >program",
    stubs: &[
        ("git", r#"mkdir -p "${*: -1}"; touch "${*: -1}/ecosystem.config.js""#),
        ("npm", "true"),
        (
            "pm2",
            r#"case $1 in
reload)
  [ "$2 $4" = 'app/current/ecosystem.config.js notes' ] && basename "$(readlink -f "$(cat cwd)")" >world
  env >>given
  date +%s%3N >since
  ;;
jlist)
  printf '[{"name":"notes","pm2_env":{"status":"online","pm_uptime":%s,"pm_cwd":"%s","pm_exec_path":"%s"}},' \
    "$(cat since)" "$(cat cwd)" "$(cat program)"
  echo '{"name":"other","pm2_env":{"status":"stopped","pm_uptime":1}}]'
  ;;
esac"#,
        ),
    ],
    world: "cat world; readlink app/current; ls app/releases",
    after: "v2\nreleases/v2\nv1\nv2",
    calls: &[
        "git clone --quiet --depth 1 --branch v2 -- https://git.example.com/notes.git app/releases/v2.new",
        "npm --prefix app/releases/v2.new ci",
        "pm2 reload app/current/ecosystem.config.js --only notes",
        "pm2 jlist",
    ],
    back: "pm2 reload",
    ..CASE
};

/// A master and its worker, which is another one after a reload. Both end with the folder they are in.
const MASTER: &str = r"mkdir nginx; touch nginx/blue.conf nginx/green.conf; ln -s blue.conf nginx/active.conf
cat >master <<'END'
work() {
  readlink nginx/active.conf >world
  (exec -a 'nginx: worker process' tail --pid=$$ -f /dev/null) &
}
echo $$ >nginx.pid
work
while [ -e nginx.pid ]; do
  [ ! -e reload ] || { rm reload && kill $! && work; }
  sleep 0.05
done
END
setsid bash master >/dev/null 2>&1 &
until [ -s world ]; do sleep 0.05; done";

const BLUE_GREEN: Case = Case {
    plan: r#"use blue-green {
      link   = "nginx/active.conf"
      colour = "green.conf"
      health = "http://localhost:8082/health"
      pid    = "nginx.pid"
    }"#,
    setup: MASTER,
    stubs: &[("nginx", r"case $1 in -t) [ -e nginx/active.conf ] ;; -s) touch reload ;; esac"), ("curl", "printf 200")],
    world: "cat world; readlink nginx/active.conf",
    after: "green.conf\ngreen.conf",
    calls: &["--url http://localhost:8082/health", "nginx -t", "nginx -s reload"],
    back: "nginx -s reload",
    ..CASE
};

const FLAG: Case = Case {
    plan: r#"use feature-flag {
      flag  = "new-checkout"
      read  = "https://flags.example.com/new-checkout"
      write = "https://flags.example.com/set"
    }"#,
    secrets: &["FLAG_TOKEN"],
    setup: "echo false >world",
    stubs: &[(
        "curl",
        r#"case ${*: -1} in
*/new-checkout) printf '{"enabled":%s}\n' "$(cat world)" ;;
*/set) jq -r 'select(.flag == "new-checkout") | .enabled' >world.new; mv world.new world ;;
esac"#,
    )],
    after: "true",
    calls: &["/new-checkout", "-X POST", "/new-checkout"],
    back: "-X POST",
    ..CASE
};

const CHECK: Case = Case {
    plan: r#"use post-deployment-check { health = "http://localhost:3000/health", status = "http://localhost:3000/api/status", app = "notes" }
    step last { run = "true", undo = "true" }"#,
    setup: "echo same >world",
    stubs: &[
        ("curl", r#"case "$*" in *http_code*) printf 200 ;; *) echo '{"status":"ok"}' ;; esac"#),
        ("pm2", r"case $1 in logs) printf 'Error a\nfine\nError b\n' ;; show) echo 'Used heap size 20 MiB' ;; esac"),
    ],
    after: "same",
    calls: &["/health", "/api/status", "pm2 logs notes --lines 100 --nostream", "pm2 show notes"],
    ..CASE
};

#[test]
fn whatever_hangs_is_ended_and_taken_back() {
    all_are_ended(&[
        (&KUBERNETES, "rollout status"),
        (&LAMBDA, "update-alias"),
        (&DOCKER, "docker run"),
        (&COMPOSE, "up --detach"),
        (&PM2, "pm2 reload"),
        (&BLUE_GREEN, "nginx -s reload"),
        (&FLAG, "-X POST"),
    ]);
}

#[test]
fn kubernetes() {
    KUBERNETES.holds();
}

#[test]
fn a_way_back_that_was_broken_off_is_finished() {
    let lab = KUBERNETES.lab_after("true").0;
    shell(&lab, "rm calls; echo '3 killed' >trouble");
    lab.run(&["rollback"]);
    assert!(!lab.path("trouble").exists(), "{}", lab.text("calls"));
    lab.end_orphans();
    lab.run(&["rollback"]).ends(10);
    assert_eq!(shell(&lab, "cat world"), "shop:old");
}

#[test]
fn a_deployment_that_has_the_tag_already_rolls_nothing_out() {
    let (lab, run) = KUBERNETES.lab_after("echo shop:new >world");
    run.ends(20).says("deployment/shop has shop:new already, and nothing would be rolled out");
    assert!(!lab.text("calls").contains("set image"), "{}", lab.text("calls"));
    let digest = Case {
        plan: r#"use kubernetes { deployment = "shop", container = "web", image = "shop@sha256:0c", context = "prod", namespace = "ns" }"#,
        ..KUBERNETES
    };
    digest.lab_after("echo shop@sha256:0c >world").1.ends(0);
}

/// Kubernetes rolls nothing out meanwhile, and `rollout undo` refuses.
#[test]
fn a_deployment_that_is_paused_is_left_alone() {
    let (lab, run) = KUBERNETES.lab_after("printf true >paused");
    run.ends(20)
        .says("deployment/shop is paused, and rolls nothing out, there or back: `kubectl rollout resume` it first");
    assert!(!lab.text("calls").contains("set image"), "{}", lab.text("calls"));
}

#[test]
fn lambda() {
    LAMBDA.holds();
}

#[test]
fn an_alias_that_names_what_is_newest_cannot_be_gone_back_to() {
    let (lab, run) = LAMBDA.lab_after("echo '$LATEST' >world");
    run.ends(20).says("publish a version and move the alias to it first");
    assert!(!lab.text("calls").contains("update-function-code"), "{}", lab.text("calls"));
}

#[test]
fn docker() {
    DOCKER.holds();
    let moved = "mkdir containers; echo 'shop shop:new running' >containers/c-old";
    let world = "grep '^shop ' containers/* || true";
    Case { setup: moved, world, after: "containers/c-new:shop shop:new running", ..DOCKER }.holds();
}

/// The machine went down between the old container and the new one, and a person says that it is to run again.
#[test]
fn an_old_container_that_is_kept_already_is_not_removed_by_a_second_run() {
    let after_rename = 7;
    for made in ["true", "echo 'shop shop:new created' >containers/c-half"] {
        let lab = DOCKER.killed_at(after_rename, "true");
        assert_eq!(shell(&lab, "cat containers/c-old"), "shop-previous shop:old exited");
        shell(&lab, made);
        lab.run(&["resume"]).ends(79);
        lab.run(&["resume", "--approve", "docker-exchange", "--as", "ann"]).ends(0);
        assert_eq!(shell(&lab, DOCKER.world), "shop:new running", "{}", lab.text("calls"));
        lab.run(&["rollback"]).ends(10);
        assert_eq!(shell(&lab, DOCKER.world), "shop:old running", "{}", lab.text("calls"));
    }
}

#[test]
fn a_container_whose_id_begins_with_the_name_is_left_alone() {
    let lab = DOCKER.lab_after("echo 'billing billing:1 running' >containers/shop222; cp state-new state-shop222").0;
    assert_eq!(
        shell(&lab, "cat containers/shop222; cat containers/c-new"),
        "billing billing:1 running\nshop shop:new running"
    );
}

#[test]
fn compose() {
    COMPOSE.holds();
}

#[test]
fn a_tag_that_moved_goes_back_to_the_image_that_ran() {
    let moving = Case {
        plan: r#"use compose { folder = "project", service = "web", image = "shop:latest" }"#,
        setup: "mkdir -p project tags; echo 1 >tags/shop:latest; echo 'shop:latest 1' >world-web; echo 0 >made; touch always; echo 'services: {}' >project/compose.yaml",
        after: "shop:latest 2",
        calls: &["docker pull --quiet shop:latest"],
        back: "docker tag sha256:1 shop:latest",
        ..COMPOSE
    };
    moving.holds();
    let fixed = Case {
        setup: "mkdir -p project tags; echo 1 >tags/shop; echo 'shop@sha256:a 1' >world-web; echo 0 >made; echo 'services: {}' >project/compose.yaml",
        ..COMPOSE
    };
    fixed.holds();
}

/// What of a container is looked at: its restarts, how many more there are at the next look, and its health, look by look.
#[test]
fn a_container_that_restarts_or_is_not_healthy_is_none_that_runs() {
    let new = |case: &Case, state: &str| case.run_after(&format!("echo {state} | tee state-new >state-2")).0;
    std::thread::scope(|scope| {
        for case in [&DOCKER, &COMPOSE] {
            for state in ["0 1 none", "2 0 none", "0 0 unhealthy", "0 0 starting,starting,unhealthy", "0 1 starting"] {
                scope.spawn(move || new(case, state).ends(10));
            }
            for state in ["0 0 healthy", "0 0 starting,starting,healthy"] {
                scope.spawn(move || new(case, state).ends(0));
            }
            for state in ["3 1 none", "3 0 unhealthy"] {
                scope.spawn(move || {
                    let made = format!("echo {state} | tee state-old >state-1; echo 0 1 none | tee state-new >state-2");
                    case.run_after(&made).0.ends(31)
                });
            }
        }
    });
}

#[test]
fn a_container_that_goes_with_its_end_is_not_stopped() {
    let (lab, run) = DOCKER.lab_after("echo true >removed");
    run.ends(20).says("shop was started with --rm, and would be gone once it is stopped");
    assert!(!lab.text("calls").contains("docker stop"), "{}", lab.text("calls"));
}

#[test]
fn a_service_that_was_started_with_other_files_is_left_alone() {
    let more = r#"touch project/compose.override.yaml; echo "$PWD/project/compose.yaml,$PWD/project/compose.override.yaml" >label-web"#;
    let (lab, run) = COMPOSE.lab_after(more);
    run.ends(20).says("project/compose.override.yaml, which this would leave out");
    assert!(!lab.text("calls").contains(" up "), "{}", lab.text("calls"));
    let other =
        r#"mkdir other; ln -s ../project/compose.yaml other/compose.yaml; echo "$PWD/other/compose.yaml" >label-web"#;
    COMPOSE.lab_after(other).1.ends(0);
}

#[test]
fn an_image_that_is_not_the_one_that_ran_is_no_way_back() {
    let fails = Case {
        plan: r#"use compose { folder = "project", service = "web", image = "shop:new" }
    step last { run = "exit 1", undo = "true" }"#,
        ..COMPOSE
    };
    fails.lab_after("echo 'shop@sha256:a 1' >world-web; echo 7 >tags/shop").1.ends(31);
}

#[test]
fn restarts_of_a_container_from_before_do_not_count() {
    let same = Case {
        plan: r#"use compose { folder = "project", service = "web", image = "shop@sha256:a" }"#,
        setup: "mkdir -p project tags; echo 1 >tags/shop; echo 'shop@sha256:a 1' >world-web; echo 0 >made; echo 'services: {}' >project/compose.yaml",
        ..COMPOSE
    };
    same.run_after("echo 3 0 none >state-1").0.ends(0);
    same.run_after("echo 3 1 none >state-1").0.ends(31);
}

const TWO_SERVICES: Case = Case {
    plan: r#"use compose { folder = "project", service = "web", image = "shop:new" }
    use compose {
      as      = worker
      folder  = "project"
      service = "worker"
      image   = "work:new"
    }"#,
    setup: "mkdir -p project tags; echo 1 >tags/shop:old; cp tags/shop:old tags/work:old; echo 'shop:old 1' >world-web
      echo 'work:old 1' >world-worker; echo 0 >made; echo 'services: {}' >project/compose.yaml",
    world: "cat world-web world-worker",
    ..COMPOSE
};

#[test]
fn two_services_of_a_project_keep_their_images() {
    let (lab, run) = TWO_SERVICES.lab_after("true");
    run.ends(0);
    assert_eq!(shell(&lab, "sed -n 's/^    image: //p' project/compose.release*"), "\"shop:new\"\n\"work:new\"");
    lab.run(&["rollback"]).ends(10);
    assert_eq!(shell(&lab, TWO_SERVICES.world), "shop:old 1\nwork:old 1", "{}", lab.text("calls"));
    let all = r#"touch project/compose.release.web.yaml project/compose.release.worker.yaml
      printf '%s' "$PWD"/project/compose.yaml, "$PWD"/project/compose.release.web.yaml, "$PWD"/project/compose.release.worker.yaml |
        tee label-web >label-worker"#;
    TWO_SERVICES.lab_after(all).1.ends(0);
    let other = r#"mkdir other; touch other/compose.release.db.yaml
      echo "$PWD/project/compose.yaml,$PWD/other/compose.release.db.yaml" >label-web"#;
    TWO_SERVICES.lab_after(other).1.ends(20).says("other/compose.release.db.yaml, which this would leave out");
}

#[test]
fn pm2() {
    PM2.holds();
}

const THERE: &str =
    "mkdir -p app/releases/v2; echo served >app/releases/v2/index.js; ln -sfn releases/v2 app/current; echo v2 >world";

#[test]
fn a_release_that_is_there_already_is_neither_built_over_nor_taken_back() {
    let (lab, run) = PM2.lab_after(THERE);
    run.ends(20).says("app/releases/v2 is there already and stays as it is");
    assert_eq!(shell(&lab, "cat app/current/index.js"), "served");
    assert!(!lab.text("calls").contains("npm"), "{}", lab.text("calls"));
}

#[test]
fn a_release_that_something_else_made_current_is_not_taken_back() {
    let alone = Case {
        plan: r#"use pm2-release { root = "app", version = "v2", repository = "https://git.example.com/notes.git" }
    step other { run = "ln -sfn releases/v2 app/current && exit 1", undo = "true" }"#,
        ..PM2
    };
    let (lab, run) = alone.lab_after("true");
    run.ends(31).says("app/releases/v2 is what serves: it is not removed");
    assert_eq!(shell(&lab, "ls app/releases"), "v1\nv2");
}

/// PM2 goes back to the release before, and not forth.
const IDLE: Case = Case {
    stubs: &[
        PM2.stubs[0],
        PM2.stubs[1],
        (
            "pm2",
            r#"case "$1 $(readlink app/current)" in
"reload releases/v1") date +%s%3N >since ;;
jlist*)
  printf '[{"name":"notes","pm2_env":{"status":"online","pm_uptime":%s,"pm_cwd":"%s","pm_exec_path":"%s"}}]\n' \
    "$(cat since)" "$(cat cwd)" "$(cat program)"
  ;;
esac"#,
        ),
    ],
    ..PM2
};

#[test]
fn a_link_that_moved_is_no_release_before_the_processes_go_by_it() {
    let (lab, run) = IDLE.lab_after("true");
    run.ends(10);
    assert_eq!(shell(&lab, "readlink app/current"), "releases/v1");
}

/// The processes of these releases start again and again, and are online at every look.
const CRASHING: Case = Case {
    stubs: &[
        PM2.stubs[0],
        PM2.stubs[1],
        (
            "pm2",
            r#"case $1 in
reload)
  basename "$(readlink app/current)" >world
  date +%s%3N >since
  ;;
jlist)
  printf '[{"name":"notes","pm2_env":{"status":"online","pm_uptime":%s,"pm_cwd":"%s","pm_exec_path":"%s"}}]\n' \
    "$(cat since)" "$(cat cwd)" "$(cat program)"
  [ ! -e "crashes-$(cat world)" ] || date +%s%3N >since
  ;;
esac"#,
        ),
    ],
    ..PM2
};

#[test]
fn processes_that_crash_after_a_second_are_not_online() {
    CRASHING.lab_after("touch crashes-v2").1.ends(10);
    CRASHING.lab_after("touch crashes-v1 crashes-v2").1.ends(31);
}

/// Of what a file said once, PM2 keeps at a reload what the next does not say.
const KEPT: Case = Case {
    plan: r#"use pm2 { root = "app", version = "v2", app = "notes" }
    step last { run = "exit 1", undo = "true" }"#,
    stubs: &[(
        "pm2",
        r#"file=app/current/ecosystem.config.js
case $1 in
reload) sort -u -o kept "$file" kept ;;
delete) rm kept; exit ;;
start) [ ! -e kept ] && cp "$file" kept ;;
jlist)
  [ -e kept ] || { echo '[]' && exit; }
  printf '[{"name":"notes","pm2_env":{"status":"online","pm_uptime":%s,"pm_cwd":"%s","pm_exec_path":"%s"}}]\n' \
    "$(cat since)" "$(cat cwd)" "$(cat program)"
  exit
  ;;
esac
date +%s%3N >since"#,
    )],
    ..PM2
};

#[test]
fn what_the_file_of_a_release_no_longer_says_is_gone() {
    let releases = "mkdir -p app/releases/v2; echo a >app/releases/v1/ecosystem.config.js; cp app/releases/v1/ecosystem.config.js kept";
    for (file, exchanged) in [("printf 'a\\nb\\n'", "pm2 start"), ("echo a", "pm2 reload")] {
        let (lab, run) = KEPT.lab_after(&format!("{releases}; {file} >app/releases/v2/ecosystem.config.js"));
        run.ends(10);
        assert_eq!(lab.text("kept"), "a\n", "{}", lab.text("calls"));
        assert_eq!(lab.text("calls").matches(exchanged).count(), 2, "{}", lab.text("calls"));
    }
}

#[test]
fn an_app_that_pm2_holds_to_one_release_is_left_alone() {
    const NONE: Case = Case { stubs: &[PM2.stubs[0], PM2.stubs[1], ("pm2", "echo '[]'")], ..PM2 };
    let held = [
        (
            r#"echo "$PWD/app/releases/v1" >cwd; echo "$PWD/app/releases/v1/app.js" >program"#,
            "app/releases/v1, wherever",
        ),
        (r#"echo "$PWD/app/releases/v1" >cwd"#, "app/releases/v1, wherever"),
        (r#"echo "$PWD/app/releases/v0/app.js" >program"#, "app/releases/v0/app.js, wherever"),
        (
            r#"mv app/releases all; ln -s ../all app/releases; echo "$PWD/all/v1/app.js" >program"#,
            "all/v1/app.js, wherever",
        ),
        (r#"echo "$PWD/app/current-of-before" >cwd"#, "app/current-of-before, wherever"),
        ("echo / >cwd", "PM2 keeps notes at /, wherever"),
    ];
    for (made, said) in held {
        let (lab, run) = PM2.lab_after(made);
        run.ends(20).says(said).says("write `cwd: ");
        assert!(!lab.text("calls").contains("pm2 reload"), "{made}: {}", lab.text("calls"));
    }
    NONE.run().ends(20).says("PM2 of this user runs no notes");
    for name in ["all", "/notes/", "my notes", "a,b"] {
        let plan = format!(r#"use pm2 {{ root = "app", version = "v1", app = "{name}" }}"#).leak();
        Case { plan, ..PM2 }.run().ends(20).says(&format!("does not take {name} for the name"));
    }
    PM2.lab_after(r#"echo "$PWD/app/current/" >cwd; type -P env >program"#).1.ends(0);
}

/// Started with `--env production`: PM2 keeps what the file says under that, and forgets that it was told so.
#[test]
fn an_app_of_pm2_keeps_the_environment_that_it_was_started_with() {
    const TOLD: Case = Case {
        stubs: &[(
            "pm2",
            r#"case "$*" in
reload*) [[ $* = *' --env production' ]] && date +%s%3N >since ;;
jlist)
  printf '[{"name":"notes","pm2_env":{"status":"online","pm_uptime":%s,"pm_cwd":"%s","pm_exec_path":"%s",%s}}]\n' \
    "$(cat since)" "$(cat cwd)" "$(cat program)" "$(cat runs)"
  ;;
esac"#,
        )],
        ..PM2
    };
    let runs = |environment: &str, env: &str| {
        let plan = format!(
            r#"use pm2 {{ root = "app", version = "v2", app = "notes"{environment} }}
    step last {{ run = "exit 1", undo = "true" }}"#
        );
        let file = "mkdir -p app/releases/v2; cp app/releases/v1/ecosystem.config.js app/releases/v2";
        let kept = format!(r#"{file}; echo '"env":{{{env}}},"env_production":{{"NODE_ENV":"production"}}' >runs"#);
        Case { plan: plan.leak(), ..TOLD }.lab_after(&kept).1
    };
    let (told, production, plain) = (r#", environment = "production""#, r#""NODE_ENV":"production""#, r#""PORT":1"#);
    runs(told, production).ends(10);
    runs("", production).ends(20).says("was started with --env: say `environment`, which is one of: production");
    runs(told, plain).ends(20).says("does not run with what its file says under env_production");
}

#[test]
fn an_app_of_pm2_is_not_given_the_environment_of_the_runbook() {
    let with_secrets = Case { secrets: &["DATABASE_URL"], ..PM2 };
    let (lab, run) = with_secrets.lab_after("true");
    run.ends(0);
    lab.run(&["rollback"]).ends(10);
    let given = lab.text("given");
    let names = given.lines().filter_map(|line| Some(line.split_once('=')?.0));
    // The stub's own bash adds the last of them.
    let few = ["PATH", "HOME", "USER", "PM2_HOME", "PWD", "OLDPWD", "SHLVL", "_"];
    let more: Vec<&str> = names.filter(|name| !few.contains(name)).collect();
    assert!(more.is_empty() && given.contains("HOME="), "{more:?}");
}

#[test]
fn blue_green() {
    BLUE_GREEN.holds();
}

#[test]
fn a_flag_goes_back_to_what_it_was_off_or_on() {
    FLAG.holds();
    Case { setup: "echo true >world", after: "true", ..FLAG }.holds();
}

#[test]
fn an_answer_that_is_empty_says_nothing() {
    const SILENT: &str = r#"case "${*: -1} $(cat world)" in */new-checkout\ false) echo '{"enabled":false}' ;; */set*) cat >/dev/null ;; esac"#;
    const NOTHING: &str = r#"case "$*" in *http_code*) printf 200 ;; esac"#;
    Case { stubs: &[("curl", NOTHING), ("pm2", "true")], ..CHECK }.run().ends(20).says("check-status");
    Case { stubs: &[("curl", SILENT)], ..FLAG }.run().ends(10).says("feature-flag");
}

#[test]
fn the_check_after_a_deployment() {
    CHECK.holds();
}
