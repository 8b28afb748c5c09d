//! Servers of other people that tests start: none of them belongs to root.

use std::process::Command;

use crate::tools::tool;

/// Name, user and group of whom a server belongs to: whoever runs the tests, but `nobody` for root.
pub(crate) fn owner() -> (String, String, String) {
    let asked = |option: &str| {
        let output = Command::new("id").arg(option).output().unwrap().stdout;
        String::from_utf8(output).unwrap().trim().to_owned()
    };
    if asked("-u") == "0" {
        return ("nobody".to_owned(), "65534".to_owned(), "65534".to_owned());
    }
    (asked("-un"), asked("-u"), asked("-g"))
}

/// A program that `tools/install` got, run by that owner.
pub(crate) fn server(name: &str) -> Command {
    let program = tool(name).get_program().to_owned();
    let (user, uid, gid) = owner();
    if user != "nobody" {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args([&format!("--reuid={uid}"), &format!("--regid={gid}"), "--clear-groups"]).arg(program);
    command
}
