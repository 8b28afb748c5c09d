//! Compiles the shipped packs and procedures: their trees go into the binary, so that a run pays nothing for text it has
//! seen before.

#![expect(
    dead_code,
    unused_imports,
    unreachable_pub,
    reason = "the syntax layer is shared with the library, which uses all of it"
)]
#![expect(
    clippy::disallowed_methods,
    clippy::panic,
    clippy::expect_used,
    reason = "a build script reads files and stops the build when they are wrong"
)]

#[path = "build/version.rs"]
mod version;
#[path = "src/source/mod.rs"]
mod source;
#[path = "src/diagnostic/mod.rs"]
mod diagnostic;
#[path = "src/syntax/mod.rs"]
mod syntax;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// Applied where nobody chose policies.
const RECOMMENDED: &[&str] = &["certificates", "frappe", "release", "secrets", "web-tls", "workflow"];

fn main() {
    let root = PathBuf::from(std::env::var("CARGO_MANIFEST_DIR").expect("cargo names the package's folder"));
    let out = PathBuf::from(std::env::var("OUT_DIR").expect("cargo names a folder for output"));
    for watched in
        ["policies", "procedures", "grammar", "src/source", "src/diagnostic", "src/syntax", "build.rs", "build"]
    {
        println!("cargo::rerun-if-changed={watched}");
    }
    if std::env::var("CARGO_CFG_TARGET_OS").as_deref() == Ok("linux")
        && std::env::var("CARGO_CFG_TARGET_ENV").as_deref() == Ok("gnu")
    {
        // Forty thousand relocations, most of them of time zones, would cost every start an eighth of its time.
        println!("cargo::rustc-link-arg-bins=-no-pie");
        if has_unwinder() {
            // It is asked for nothing but the trace of a panic, and finding its library takes as long.
            println!("cargo::rustc-link-lib=static:-bundle=gcc_eh");
        }
    }
    println!("cargo::rustc-env=STOPLINE_VERSION={}", version::version(&root));
    let packs = files(&root.join("policies"), "policy");
    for name in RECOMMENDED {
        assert!(
            packs.iter().any(|path| path.file_stem().is_some_and(|stem| stem == *name)),
            "there is no pack `{name}`"
        );
    }
    let table = packs.iter().fold(String::new(), |table, path| table + &entry(path, &out));
    let table = format!("static PACKS: &[Pack] = &[\n{table}];\n");
    std::fs::write(out.join("packs.rs"), table).expect("the output folder can be written");
    let mut procedures: Vec<(String, String)> =
        files(&root.join("procedures"), "plan").iter().flat_map(|path| procedures(path, &out)).collect();
    procedures.sort();
    for (pair, after) in procedures.iter().zip(procedures.iter().skip(1)) {
        assert!(pair.0 != after.0, "there are two procedures `{}`", pair.0);
    }
    let table = procedures.into_iter().fold(String::new(), |table, (_, entry)| table + &entry);
    let table = format!("static SHIPPED: &[Shipped] = &[\n{table}];\n");
    std::fs::write(out.join("procedures.rs"), table).expect("the output folder can be written");
}

/// The files of a folder with this ending, by name.
fn files(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|extension| extension == ending))
        .collect();
    files.sort();
    files
}

/// The procedures of a file: their names, and the lines of the table that include their trees.
fn procedures(path: &Path, out: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(path).expect("procedures can be read");
    let parsed = syntax::parse(source::FileId::default(), &text);
    if let Some(problem) = parsed.diagnostics.first() {
        panic!("{}: {} ({:?})", path.display(), problem.message, problem.place);
    }
    let items = parsed.tree.items.into_iter().map(|item| {
        let syntax::ast::Item::Procedure(procedure) = item else {
            panic!("{} holds something that is no procedure", path.display());
        };
        procedure
    });
    let mut end = 0;
    items
        .map(|procedure| {
            let name = procedure.block.id.as_ref().map(|id| id.value.clone()).expect("a procedure has a name");
            let (start, whole) = (procedure.block.span.range().start, procedure.block.span.range());
            let above = text.get(end..start).expect("a span cuts out text");
            end = whole.end;
            let own = text.get(whole).expect("a span cuts out text");
            let file = out.join(format!("{name}.procedure"));
            std::fs::write(&file, written(&procedure)).expect("the output folder can be written");
            let mut line = String::new();
            let _ = writeln!(
                line,
                "    Shipped {{ name: {name:?}, start: {start}, doc: {:?}, text: {own:?}, digest: {:?}, tree: include_bytes!({:?}) }},",
                doc(above),
                digest(own),
                file.display().to_string()
            );
            (name, line)
        })
        .collect()
}

/// The comment right above a procedure.
fn doc(above: &str) -> String {
    let lines: Vec<&str> = above.trim_end_matches(' ').lines().rev().take_while(|line| line.starts_with('#')).collect();
    let lines = lines.into_iter().rev().map(|line| line.trim_start_matches('#').strip_prefix(' ').unwrap_or_default());
    lines.collect::<Vec<_>>().join("\n")
}

/// Whether the linker has the unwinder as an archive: it then need not be looked for at every start.
fn has_unwinder() -> bool {
    let linker = std::env::var("RUSTC_LINKER").unwrap_or_else(|_| "cc".to_owned());
    let told = std::process::Command::new(linker).arg("-print-file-name=libgcc_eh.a").output();
    told.is_ok_and(|told| Path::new(String::from_utf8_lossy(&told.stdout).trim_end()).is_absolute())
}

/// One line of the table, and the tree it includes.
fn entry(path: &Path, out: &Path) -> String {
    let name = path.file_stem().and_then(|stem| stem.to_str()).expect("a pack has a plain name");
    let text = std::fs::read_to_string(path).expect("a pack can be read");
    let mut parsed = syntax::parse(source::FileId::default(), &text);
    if let Some(problem) = parsed.diagnostics.first() {
        panic!("{}: {} ({:?})", path.display(), problem.message, problem.place);
    }
    parsed.tree.items.retain(|item| !matches!(item, syntax::ast::Item::Test(_)));
    let parts: Vec<[Vec<u8>; 2]> =
        rules(&mut parsed.tree).map(|rule| rule.take_apart().map(|part| written(&part))).collect();
    let tree = written(&(parsed.tree, parts));
    let file = out.join(format!("{name}.tree"));
    std::fs::write(&file, tree).expect("the output folder can be written");
    let mut line = String::new();
    let _ = writeln!(
        line,
        "    Pack {{ name: {name:?}, recommended: {}, digest: {:?}, text: include_str!({:?}), tree: include_bytes!({:?}) }},",
        RECOMMENDED.contains(&name),
        digest(&text),
        path.display().to_string(),
        file.display().to_string()
    );
    line
}

/// The rules of a pack, in the order they are written.
fn rules(tree: &mut syntax::ast::File) -> impl Iterator<Item = &mut syntax::ast::Rule> {
    use syntax::ast::{Item, PolicyEntry};
    let policies =
        tree.items.iter_mut().filter_map(|item| if let Item::Policy(policy) = item { Some(policy) } else { None });
    let entries = policies.flat_map(|policy| &mut policy.body);
    entries.filter_map(|entry| if let PolicyEntry::Rule(rule) = entry { Some(rule) } else { None })
}

fn written(part: &impl serde::Serialize) -> Vec<u8> {
    postcard::to_allocvec(part).expect("a tree can be written down")
}

/// SHA-256, in lower-case hexadecimal digits.
fn digest(text: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(text.as_bytes()).iter().fold(String::with_capacity(64), |mut hex, byte| {
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
