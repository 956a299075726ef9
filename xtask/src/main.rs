//! `cargo xtask <command>`: reads the command line and calls the module that does the work.

use std::process::ExitCode;

use xtask::steps::{Failure, Outcome};
use xtask::workspace::Workspace;
use xtask::{
    bench, check, coverage, dist, facts, first_page, fuzz, serve, setup, shapes, size, suites,
};

const HELP: &str = "\
cargo xtask <command>

  serve [--port N]   build the lab if anything changed and serve it on 127.0.0.1 (port 8080)
  build              build the release files into dist/
  test [SUITE ...]   run every test, or only these suites: native doc conformance browser e2e fuzz
  fuzz [--seconds N] [TARGET ...]
                     fuzz all targets, or these: line shorthand query json (60 s each)
  check              formatting, clippy (native and wasm32), documentation, dependencies, architecture
  bench              how fast the lab is (benches/); with --versus-moto beside moto, in one run
  coverage           write docs/coverage.md: what the engine models of each operation
  facts              write docs/facts.md: which experiment shows which fact
  first-page         record which functions the first page runs, in xtask/first-page.txt
  size               gzip size of all that the first page loads, against the budget
  setup              add every tool that serve and test need; fetches nothing that is there
  shapes --model DIR write crates/cli/data/ec2.shapes from botocore's model of EC2

Missing tools are added to target/tools on first use.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nerror: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome {
    let Some((command, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    if matches!(command.as_str(), "help" | "--help" | "-h") || rest.iter().any(|a| a == "--help") {
        print!("{HELP}");
        return Ok(());
    }
    let workspace = Workspace::locate()?;
    match command.as_str() {
        "serve" => serve::run(&workspace, rest),
        "bench" => bench::run(&workspace, rest),
        "test" => suites::run(&workspace, rest),
        "fuzz" => fuzz::run(&workspace, rest),
        "shapes" => shapes::run(rest).map_err(Failure::new),
        other => {
            if let Some(extra) = rest.first() {
                return Err(Failure::new(format!(
                    "`{other}` takes no argument, but got `{extra}`"
                )));
            }
            match other {
                "build" => dist::build(&workspace),
                "check" => check::run(&workspace),
                "coverage" => coverage::run(&workspace),
                "facts" => facts::run(&workspace),
                "first-page" => first_page::run(&workspace),
                "size" => size::run(&workspace),
                "setup" => setup::everything(&workspace),
                _ => Err(Failure::new(format!("no command `{other}`\n\n{HELP}"))),
            }
        }
    }
}
