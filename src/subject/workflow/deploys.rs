//! Which jobs deploy: what GitHub Actions has no word for and every rule about deployments asks.

/// Words of commands that change what runs somewhere. All words of one entry stand in a command, in this order.
const COMMANDS: &[&[&str]] = &[
    &["kubectl", "apply"],
    &["kubectl", "set", "image"],
    &["kubectl", "rollout", "restart"],
    &["helm", "upgrade"],
    &["helm", "install"],
    &["argocd", "app", "sync"],
    &["docker", "stack", "deploy"],
    &["docker", "compose", "up"],
    &["docker-compose", "up"],
    &["fly", "deploy"],
    &["flyctl", "deploy"],
    &["vercel", "--prod"],
    &["vercel", "deploy"],
    &["netlify", "deploy"],
    &["railway", "up"],
    &["wrangler", "deploy"],
    &["wrangler", "publish"],
    &["firebase", "deploy"],
    &["heroku", "container:release"],
    &["git", "push", "heroku"],
    &["eb", "deploy"],
    &["cdk", "deploy"],
    &["sam", "deploy"],
    &["serverless", "deploy"],
    &["sls", "deploy"],
    &["aws", "lambda", "update-function-code"],
    &["aws", "ecs", "update-service"],
    &["aws", "deploy", "create-deployment"],
    &["gcloud", "run", "deploy"],
    &["gcloud", "app", "deploy"],
    &["gcloud", "functions", "deploy"],
    &["az", "webapp", "deploy"],
    &["az", "containerapp", "update"],
    &["terraform", "apply"],
    &["tofu", "apply"],
    &["pulumi", "up"],
    &["ansible-playbook"],
    &["kamal", "deploy"],
    &["cap", "production", "deploy"],
    &["pm2", "reload"],
    &["pm2", "restart"],
    &["pm2", "deploy"],
    &["bench", "update"],
    &["bench", "migrate"],
];

/// Actions that deploy without `deploy` in their names.
const ACTIONS: &[&str] = &["appleboy/ssh-action", "cloudflare/wrangler-action", "amondnet/vercel-action"];

/// Words that say that something is not production.
const ELSEWHERE: &[&str] = &["stag", "preview", "test", "dev", "sandbox", "qa", "uat", "demo"];

/// Whether a script deploys: one of its lines holds a command that does.
pub(super) fn script_deploys(script: &str) -> bool {
    script.lines().map(str::trim_start).filter(|line| !line.starts_with('#')).any(line_deploys)
}

fn line_deploys(line: &str) -> bool {
    COMMANDS.iter().any(|words| {
        let mut said = line.split_whitespace();
        words.iter().all(|word| said.any(|found| found.rsplit('/').next() == Some(word)))
    })
}

/// Whether an action deploys.
pub(super) fn action_deploys(action: &str) -> bool {
    let action = action.to_ascii_lowercase();
    action.split(['/', '-', '_']).any(|word| matches!(word, "deploy" | "deployment" | "deployer"))
        || ACTIONS.contains(&action.as_str())
}

/// Whether a name is that of something that deploys.
pub(super) fn name_deploys(name: &str) -> bool {
    words(name).any(|word| matches!(word.as_str(), "deploy" | "deployment" | "rollout"))
}

/// Whether a name says that it is not production. What says nothing may be production.
pub(super) fn is_elsewhere(name: &str) -> bool {
    let says = |mark: &str| words(name).any(|word| word.starts_with(mark));
    ELSEWHERE.iter().any(|word| says(word)) && !says("prod") && !says("live")
}

fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|letter: char| !letter.is_alphanumeric()).map(str::to_ascii_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_known_by_their_words_and_not_by_their_letters() {
        assert!(script_deploys("set -e\nkubectl --context prod apply -f k8s/"));
        assert!(script_deploys("  ./node_modules/.bin/wrangler deploy"));
        assert!(!script_deploys("# kubectl apply -f k8s/"));
        assert!(!script_deploys("echo apply && kubectl get pods"));
        assert!(!script_deploys("make deployment-notes"));
    }

    #[test]
    fn actions_and_names_are_known_by_whole_words() {
        assert!(action_deploys("aws-actions/amazon-ecs-deploy-task-definition"));
        assert!(action_deploys("appleboy/ssh-action"));
        assert!(!action_deploys("actions/checkout"));
        assert!(name_deploys("Deploy to production"));
        assert!(!name_deploys("redeployable"));
    }

    #[test]
    fn what_says_nothing_may_be_production() {
        assert!(is_elsewhere("deploy-staging"));
        assert!(is_elsewhere("Preview"));
        assert!(!is_elsewhere("deploy"));
        assert!(!is_elsewhere("production"));
        assert!(!is_elsewhere("test production"));
        assert!(!is_elsewhere("${{ inputs.environment }}"));
    }
}
