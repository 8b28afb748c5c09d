//! `stopline completions` and `stopline man`.

use std::process::Command;

use crate::door::Cli;

#[test]
fn bash_completes_what_was_begun() {
    let came = Cli::new(&["completions", "bash"]).run();
    assert_eq!((came.status, came.error.as_str()), (0, ""));
    let ask = "
COMP_WORDS=(stopline comp) COMP_CWORD=1
_stopline stopline comp stopline
printf '%s\\n' \"${COMPREPLY[@]}\"
";
    let done = Command::new("bash").args(["-c", &format!("{}{ask}", came.output)]).output().unwrap();
    let said = String::from_utf8(done.stdout).unwrap();
    assert_eq!(said, "compile\ncompletions\n", "{}", String::from_utf8_lossy(&done.stderr));
}

#[test]
fn every_shell_has_a_script() {
    for (shell, sign) in [("zsh", "#compdef stopline"), ("fish", "complete -c stopline"), ("powershell", "Register-")] {
        let came = Cli::new(&["completions", shell]).run();
        assert_eq!(came.status, 0);
        assert!(came.output.contains(sign), "{shell}: {}", came.output);
    }
}

#[test]
fn every_command_has_a_page_of_the_manual() {
    let whole = Cli::new(&["man"]).run();
    assert_eq!((whole.status, whole.error.as_str()), (0, ""));
    for verb in ["check", "compile", "test", "fmt", "import", "explain", "schema", "completions", "man"] {
        assert!(whole.output.contains(&format!("stopline\\-{verb}(1)")), "{verb} is not in the main page");
        let page = Cli::new(&["man", verb]).run();
        assert_eq!(page.status, 0);
        for section in [".SH NAME", ".SH SYNOPSIS", ".SH OPTIONS"] {
            assert!(page.output.contains(section), "{verb} lacks {section}");
        }
    }
    assert!(whole.output.contains("Exit status: 0 go, 1 stop, 2 it could not be decided."), "{}", whole.output);
}

#[test]
fn a_page_of_what_is_no_command_is_said() {
    Cli::new(&["man", "chekc"]).run().is(2, "", "error: there is no command `chekc`\n  help: did you mean `check`?\n");
}

#[test]
fn the_version_is_that_of_the_package_and_where_it_is_known_of_a_commit() {
    let came = Cli::new(&["--version"]).run();
    let version = concat!("stopline ", env!("CARGO_PKG_VERSION"));
    let commit = came.output.trim_end().strip_prefix(version).unwrap();
    assert!(commit.is_empty() || commit.starts_with(" (") && commit.len() == " (123456789)".len(), "{came:?}");
}
