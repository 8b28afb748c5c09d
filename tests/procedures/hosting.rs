//! Platforms that are told what to do: Vercel, Netlify, Cloudflare Pages, Railway, Render, Fly.io.

use crate::case::{CASE, Case, all_are_ended};
use crate::support::Lab;
use crate::support::lab::Run;

const VERCEL: Case = Case {
    plan: r#"use vercel { domain = "shop.example.com", team = "team_1", project = "prj_1", folder = "dist" }"#,
    secrets: &["VERCEL_TOKEN"],
    setup: "echo dpl_old >world",
    stubs: &[
        (
            "vercel",
            r#"[ "$1 ${VERCEL_TOKEN-}" = "$1 secret-of-vercel_token" ] || exit 1
case $1 in inspect | rollback) [ "${*: -2}" = '--scope team_1' ] || exit 1 ;; esac
case $1 in
inspect)
  if [ -e late ]; then
    echo >>late
    [ "$(wc -l <late)" -lt 3 ] || { rm late; echo dpl_new >world; }
  fi
  printf '  General\n\n    id\t\t%s\n    name\tshop\n' "$(cat world)" >&2
  ;;
deploy) [ ! -e ready ] || { mv ready late && exit 1; }; [ ! -e slow ] || { touch going && exec sleep 60; }; echo dpl_new >world; echo https://shop-new.vercel.app ;;
rollback) echo "$2" >world ;;
esac"#,
        ),
        (
            "curl",
            r#"case ${*: -1} in
https://api.vercel.com/v6/deployments\?projectId=prj_1\&teamId=team_1\&target=production\&state=*)
  if [ -e going ]; then echo '{"deployments":[{"uid":"dpl_new","state":"BUILDING"}]}'; else echo '{"deployments":[]}'; fi
  ;;
https://api.vercel.com/v12/deployments/dpl_new/cancel\?teamId=team_1) [[ "$*" = *'-X PATCH'* ]] && rm going && echo '{}' ;;
*) exit 22 ;;
esac"#,
        ),
    ],
    after: "dpl_new",
    calls: &["vercel inspect shop.example.com", "vercel deploy dist --prod --yes", "vercel inspect shop.example.com"],
    back: "vercel rollback dpl_old --yes",
    ..CASE
};

/// A deploy that is going can be cancelled, but for one that is stuck: it comes to its end, and goes live, by itself.
const NETLIFY: Case = Case {
    plan: r#"use netlify { site = "site-1", folder = "dist" }"#,
    secrets: &["NETLIFY_AUTH_TOKEN"],
    setup: "echo old >world",
    stubs: &[(
        "netlify",
        r#"case "$1 ${2-}" in
"api getSite") [ "$4" = '{"site_id":"site-1"}' ] && printf '{"published_deploy":{"id":"%s"}}\n' "$(cat world)" ;;
"api listSiteDeploys")
  jq -e '.site_id == "site-1"' <<<"$4" >&2 || exit 1
  if [ -e going ]; then going='{"id":"new","state":"processing","context":"production"},'; fi
  printf '[%s{"id":"%s","state":"ready","context":"production"},' "${going-}" "$(cat world)"
  echo '{"id":"preview","state":"building","context":"deploy-preview"},{"id":"bad","state":"error","context":"production"}]'
  if [ -e going ] && [ -e stuck ]; then
    echo >>stuck
    [ "$(wc -l <stuck)" -lt 4 ] || { rm going; echo new >world; }
  fi
  ;;
"api cancelSiteDeploy") [ "$4" = '{"deploy_id":"new"}' ] && [ ! -e stuck ] && rm going && echo '{}' ;;
"api restoreSiteDeploy") jq -er .deploy_id <<<"$4" >world ;;
deploy*) [ ! -e slow ] || { touch going && exec sleep 60; }; echo new >world ;;
esac"#,
    )],
    calls: &["netlify api getSite", "netlify deploy --prod --no-build --dir dist --site site-1", "netlify api getSite"],
    back: r#"netlify api restoreSiteDeploy --data {"site_id":"site-1","deploy_id":"old"}"#,
    ..CASE
};

/// A deployment that is going comes to its end, and goes live, by itself.
const CLOUDFLARE: Case = Case {
    plan: r#"use cloudflare-pages { account = "acc", project = "shop", folder = "dist" }"#,
    secrets: &["CLOUDFLARE_API_TOKEN"],
    setup: "echo old >world",
    stubs: &[
        ("wrangler", "[ ! -e slow ] || { touch going && exec sleep 60; }; echo new >world"),
        (
            "curl",
            r#"url=${*: -1}
case $url in
*/accounts/acc/pages/projects/shop) printf '{"success":true,"result":{"canonical_deployment":{"id":"%s"}}}\n' "$(cat world)" ;;
*/accounts/acc/pages/projects/shop/deployments\?env=production*)
  if [ -e going ]; then
    echo >>going
    case $(wc -l <going) in 1) at='queued idle' ;; 2) at='build active' ;; 3) at='build success' ;; 4) at='deploy active' ;; *) rm going; echo new >world ;; esac
  fi
  case ${at-} in *\ *) going='{"id":"new","latest_stage":{"name":"'${at% *}'","status":"'${at#* }'"}},' ;; esac
  printf '{"success":true,"result":[%s{"id":"%s","latest_stage":{"name":"deploy","status":"success"}},' "${going-}" "$(cat world)"
  echo '{"id":"bad","latest_stage":{"name":"build","status":"failure"}},{"id":"skipped","is_skipped":true,"latest_stage":{"name":"queued","status":"idle"}}]}'
  ;;
*/deployments/*/rollback) url=${url%/rollback}; echo "${url##*/}" >world; echo '{"success":true}' ;;
*) exit 22 ;;
esac"#,
        ),
    ],
    calls: &[
        "/pages/projects/shop",
        "wrangler pages deploy dist --project-name shop --branch main",
        "/pages/projects/shop",
    ],
    back: "/pages/projects/shop/deployments/old/rollback",
    ..CASE
};

const RAILWAY: Case = Case {
    plan: r#"use railway { service = "shop", folder = "app" }"#,
    secrets: &["RAILWAY_TOKEN"],
    setup: "echo old >world",
    stubs: &[
        (
            "railway",
            r#"case $1 in
deployment) printf '[{"id":"%s","status":"SUCCESS"},{"id":"older","status":"REMOVED"}]\n' "$(cat world)" ;;
up) echo new >world ;;
esac"#,
        ),
        (
            "curl",
            r#"jq -er 'select(.query | contains("deploymentRollback(id: $id)")) | .variables.id' >world.new
mv world.new world
echo '{"data":{"deploymentRollback":true}}'"#,
        ),
    ],
    calls: &[
        "railway deployment list --service shop --json",
        "railway up app --ci --service shop",
        "railway deployment list",
    ],
    back: "https://backboard.railway.com/graphql/v2",
    ..CASE
};

const RENDER: Case = Case {
    plan: r#"use render { service = "srv-1", commit = "c0ffee" }"#,
    secrets: &["RENDER_API_KEY"],
    setup: "echo dep-old >world",
    stubs: &[
        ("render", "[ ! -e slow ] || { touch going && exec sleep 60; }; echo dep-c0ffee >world"),
        (
            "curl",
            r#"case "$*" in
*/services/srv-1/rollback) jq -er .deployId >world.new; mv world.new world; printf '{"id":"%s"}\n' "$(cat world)" ;;
*/services/srv-1/deploys?limit=20)
  if [ -e going ]; then going='{"deploy":{"id":"dep-c0ffee","status":"update_in_progress"}},'; fi
  printf '[%s{"deploy":{"id":"%s","status":"live"}}]\n' "${going-}" "$(cat world)"
  ;;
*-X\ POST*/services/srv-1/deploys/dep-c0ffee/cancel) rm going; echo '{}' ;;
*/services/srv-1/deploys?status=live*) printf '[{"deploy":{"id":"%s","commit":{"id":"%s0000"}}}]\n' "$(cat world)" "$(cut -c 5- world)" ;;
*) exit 22 ;;
esac"#,
        ),
    ],
    after: "dep-c0ffee",
    calls: &[
        "deploys?status=live&limit=1",
        "render deploys create srv-1 --commit c0ffee --wait --confirm",
        "deploys?status=live",
    ],
    back: "/services/srv-1/rollback",
    ..CASE
};

const FLY: Case = Case {
    plan: r#"use fly { app = "shop", image = "registry.fly.io/shop:new" }"#,
    secrets: &["FLY_API_TOKEN"],
    setup: "echo registry.fly.io/shop:old >world",
    stubs: &[(
        "fly",
        r#"case $1 in
releases) printf '[{"Status":"failed","ImageRef":"bad"},{"Status":"complete","ImageRef":"%s"}]\n' "$(cat world)" ;;
deploy) echo "$5" >world ;;
status) echo '{"Machines":[{"state":"started","checks":[{"status":"passing"}]},{"state":"stopped"}]}' ;;
esac"#,
    )],
    after: "registry.fly.io/shop:new",
    calls: &[
        "fly releases --app shop --image --json",
        "fly deploy --app shop --image registry.fly.io/shop:new",
        "fly status",
    ],
    back: "fly deploy --app shop --image registry.fly.io/shop:old --yes",
    ..CASE
};

#[test]
fn whatever_hangs_is_ended_and_taken_back() {
    all_are_ended(&[
        (&VERCEL, "vercel deploy"),
        (&NETLIFY, "netlify deploy"),
        (&CLOUDFLARE, "wrangler pages deploy"),
        (&RAILWAY, "railway up"),
        (&RENDER, "render deploys create"),
        (&FLY, "fly deploy"),
    ]);
}

#[test]
fn vercel() {
    VERCEL.holds();
}

#[test]
fn netlify() {
    NETLIFY.holds();
}

#[test]
fn cloudflare_pages() {
    CLOUDFLARE.holds();
}

#[test]
fn railway() {
    RAILWAY.holds();
}

/// A rollback that answers this, and whose deployment is then listed with these, one after the other.
fn railway_back(answer: &'static str, listed: &'static str) -> (i32, String) {
    let case = Case {
        plan: r#"use railway { service = "shop", folder = "app" }
    step last { run = "exit 1", undo = "true" }"#,
        stubs: &[
            (
                "railway",
                r#"case $1 in
deployment)
  status=SUCCESS
  if [ -s listed ] && [ "$(cat world)" = back ]; then status=$(sed -n 1p listed); sed -i 1d listed; fi
  printf '[{"id":"%s","status":"%s"},{"id":"older","status":"REMOVED"}]\n' "$(cat world)" "$status"
  ;;
up) echo new >world ;;
esac"#,
            ),
            ("curl", "cat >/dev/null; [ ! -s listed ] || echo back >world; cat answer"),
        ],
        ..RAILWAY
    };
    let (lab, run) = case.lab_after(&format!("echo '{answer}' >answer; printf '%s\n' {listed} >listed"));
    (run.status, lab.text("listed"))
}

#[test]
fn railway_is_back_when_the_deployment_of_the_way_back_is() {
    let done = r#"{"data":{"deploymentRollback":true}}"#;
    assert_eq!(railway_back(done, "DEPLOYING SUCCESS"), (10, String::new()));
    assert_eq!(railway_back(done, "FAILED").0, 31);
    assert_eq!(railway_back(r#"{"data":{"deploymentRollback":false}}"#, "SUCCESS").0, 31);
    assert_eq!(railway_back("", "SUCCESS").0, 31);
}

/// The step is ended while the build that it began is going; it comes to its end by itself, or when it is cancelled.
const RAILWAY_BUILDS: Case = Case {
    plan: r#"use railway { service = "shop", folder = "app", limit = 4s }"#,
    stubs: &[
        (
            "railway",
            r#"case $1 in
deployment)
  if [ -e going ]; then new='{"id":"new","status":"BUILDING"},'; fi
  printf '[%s{"id":"%s","status":"SUCCESS"}]\n' "${new-}" "$(cat world)"
  ;;
up) touch going && exec sleep 60 ;;
esac"#,
        ),
        (
            "curl",
            r#"asked=$(cat)
case $asked in
*deploymentCancel*'"new"'*) rm going; echo '{"data":{"deploymentCancel":true}}' ;;
*deploymentRollback*) [ ! -e going ] && echo old >world && touch back && echo '{"data":{"deploymentRollback":true}}' ;;
esac"#,
        ),
    ],
    ..RAILWAY
};

#[test]
fn a_build_that_is_going_does_not_go_live_after_the_way_back() {
    let (lab, run) = RAILWAY_BUILDS.lab_after("true");
    run.ends(10).says("new BUILDING");
    assert!(!lab.path("going").exists());
}

#[test]
fn what_is_going_is_cancelled_or_waited_for() {
    let vercel = Case {
        plan: r#"use vercel { domain = "shop.example.com", team = "team_1", project = "prj_1", folder = "dist", limit = 16s }"#,
        ..VERCEL
    };
    let render = Case { plan: r#"use render { service = "srv-1", commit = "c0ffee", limit = 16s }"#, ..RENDER };
    let netlify = Case { plan: r#"use netlify { site = "site-1", folder = "dist", limit = 16s }"#, ..NETLIFY };
    let cloudflare = Case {
        plan: r#"use cloudflare-pages { account = "acc", project = "shop", folder = "dist", limit = 16s }"#,
        ..CLOUDFLARE
    };
    let cases =
        [(&vercel, "true"), (&render, "true"), (&netlify, "true"), (&netlify, "touch stuck"), (&cloudflare, "true")];
    std::thread::scope(|scope| {
        for (case, more) in cases {
            scope.spawn(move || {
                let (lab, run) = case.lab_after(&format!("cp world before; touch slow; {more}"));
                run.ends(10);
                assert!(!lab.path("going").exists(), "{}", lab.text("calls"));
                assert_eq!(lab.text("world"), lab.text("before"), "{}", lab.text("calls"));
            });
        }
    });
}

/// Nothing is going any more, and the domain is not given to the new deployment before some looks at it.
#[test]
fn a_build_of_vercel_that_gets_the_domain_late_does_not_keep_it() {
    let (lab, run) = VERCEL.lab_after("touch ready");
    run.ends(10);
    assert_eq!((lab.text("world"), lab.path("late").exists()), ("dpl_old\n".to_owned(), false));
}

#[test]
fn a_build_of_railway_is_cancelled_once_and_waited_for() {
    let case = Case {
        stubs: &[
            (
                "railway",
                r#"case $1 in
deployment)
  if [ -e going ]; then new='{"id":"new","status":"BUILDING"},'; fi
  printf '[%s{"id":"%s","status":"SUCCESS"}]\n' "${new-}" "$(cat world)"
  if [ -e going ]; then echo >>looks; fi
  if [ -e cancels ] && [ "$(wc -l <looks)" -ge 4 ]; then rm -f going; fi
  ;;
up) touch going && exec sleep 60 ;;
esac"#,
            ),
            (
                "curl",
                r#"jq -er 'select(.query | contains("deploymentCancel(id: $id)")) | .variables.id' >>cancels
echo '{"data":{"deploymentCancel":true}}'"#,
            ),
            ("sleep", "[ \"$1\" != 5 ] || set -- 0.1\nPATH=/usr/bin:/bin exec sleep \"$@\""),
        ],
        ..RAILWAY_BUILDS
    };
    let (lab, run) = case.lab_after("true");
    run.ends(10).says("new BUILDING");
    assert_eq!(lab.text("cancels"), "new\n");
    assert_eq!(lab.text("calls").matches("sleep 5\n").count(), 4, "{}", lab.text("calls"));
}

/// Of its questions for the newest deployment these get no answer, and those a page that says nothing.
fn railway_without_answers(plan: &'static str, none: &str, page: &str) -> (Lab, Run) {
    let railway = format!(
        r"case $1 in
deployment)
  echo >>looks
  case $(wc -l <looks) in {none}) exit 1 ;; {page}) echo '<html>' && exit ;; esac
  ;;
esac
{}",
        RAILWAY.stubs[0].1
    );
    let stubs = vec![("railway", &*railway.leak()), RAILWAY.stubs[1]].leak();
    Case { plan, stubs, ..RAILWAY }.lab_after("true")
}

#[test]
fn an_answer_of_railway_that_fails_decides_nothing() {
    let (lab, run) = railway_without_answers(RAILWAY.plan, "2", "3");
    run.ends(0);
    assert_eq!(lab.text("world"), "new\n");
    let fails = r#"use railway { service = "shop", folder = "app" }
    step last { run = "exit 1", undo = "true" }"#;
    let (lab, run) = railway_without_answers(fails, "4 | 7", "5 | 8");
    run.ends(10);
    assert_eq!((lab.text("world"), lab.text("looks").len()), ("old\n".to_owned(), 9));
}

#[test]
fn an_answer_that_fails_decides_nothing() {
    const FAILS: &str = "\n    step last { run = \"exit 1\", undo = \"true\" }";
    let cases = [(VERCEL, 1, "dpl_old\n"), (RENDER, 1, "dep-old\n"), (NETLIFY, 0, "old\n"), (CLOUDFLARE, 1, "old\n")];
    for (case, asked, before) in cases {
        let mut stubs = case.stubs.to_vec();
        let stub = format!(
            r#"case "$*" in
*/v6/deployments* | *limit=20 | *listSiteDeploys* | *env=production*)
  echo >>looks
  case $(wc -l <looks) in 1) cp world at-first; exit 22 ;; 2) echo '<html>' && exit ;; esac
  ;;
esac
{}"#,
            stubs[asked].1
        );
        stubs[asked].1 = stub.leak();
        let plan = format!("{}{FAILS}", case.plan).leak();
        let (lab, run) = Case { plan, stubs: stubs.leak(), ..case }.lab_after("true");
        run.ends(10);
        assert_eq!((lab.text("world"), lab.text("looks").len()), (before.to_owned(), 3));
        // It goes back first, and then cancels and waits: but Render, whose way back is one more deploy that would be going.
        assert_eq!(lab.text("at-first") == before, case.plan != RENDER.plan, "{}", case.plan);
    }
}

const RAILWAY_SLEEPS: Case = Case {
    stubs: &[
        (
            "railway",
            r#"case $1 in
deployment) if [ -e up ]; then status=SUCCESS; else status=SLEEPING; fi; printf '[{"id":"%s","status":"%s"}]\n' "$(cat world)" "$status" ;;
up) echo new >world; touch up ;;
esac"#,
        ),
        RAILWAY.stubs[1],
    ],
    ..RAILWAY
};

#[test]
fn a_service_of_railway_that_sleeps_is_gone_back_to() {
    RAILWAY_SLEEPS.holds();
}

#[test]
fn render() {
    RENDER.holds();
}

#[test]
fn fly() {
    FLY.holds();
}

#[test]
fn a_status_that_is_empty_is_no_machine_that_runs() {
    const SILENT: &str = r#"case $1 in releases) echo '[{"Status":"complete","ImageRef":"shop:old"}]' ;; esac"#;
    Case { stubs: &[("fly", SILENT)], ..FLY }.run().ends(31).says("undo fly-deploy");
}

#[test]
fn a_tag_that_fly_has_already_cannot_be_gone_back_to() {
    for (image, has) in
        [("ghcr.io/me/shop:latest", "ghcr.io/me/shop:latest"), ("me/shop", "registry-1.docker.io/me/shop:latest")]
    {
        let plan = format!("use fly {{ app = \"shop\", image = \"{image}\" }}").leak();
        let (lab, run) = Case { plan, ..FLY }.lab_after(&format!("echo {has} >world"));
        run.ends(20).says("and could not go back: name its digest");
        assert!(!lab.text("calls").contains("fly deploy"), "{}", lab.text("calls"));
    }
    let plan = r#"use fly { app = "shop", image = "ghcr.io/me/shop@sha256:0c" }"#;
    Case { plan, after: "ghcr.io/me/shop@sha256:0c", ..FLY }
        .lab_after("echo ghcr.io/me/shop@sha256:0c >world")
        .1
        .ends(0);
}

/// These are the machines of the release, and those of the one before.
fn fly_machines(new: &str, old: &str) -> Run {
    let status = format!(
        r#"case $1 in status) case $(cat world) in *:new) echo '{{"Machines":[{new}]}}' ;; *) echo '{{"Machines":[{old}]}}' ;; esac && exit ;; esac
{}"#,
        FLY.stubs[0].1
    );
    let stubs = vec![("fly", &*status.leak())].leak();
    Case { stubs, ..FLY }.run()
}

#[test]
fn machines_of_fly_run_or_were_stopped_by_somebody() {
    let exited = |how: &str| {
        format!(
            r#"{{"state":"stopped","events":[{{"type":"exit","request":{{"exit_event":{{{how}}}}}}},{{"type":"start"}}]}}"#
        )
    };
    let runs = r#"{"state":"started","checks":[{"status":"passing"}]}"#;
    let sick = r#"{"state":"started","checks":[{"status":"critical"}]}"#;
    for well in [exited(r#""requested_stop":true,"exit_code":143"#), exited(""), r#"{"state":"suspended"}"#.to_owned()]
    {
        fly_machines(&format!("{runs},{well}"), runs).ends(0);
    }
    for ill in [exited(r#""exit_code":1"#), exited(r#""oom_killed":true"#), sick.to_owned()] {
        fly_machines(&format!("{runs},{ill}"), runs).ends(10);
        fly_machines(sick, &ill).ends(31);
    }
}
