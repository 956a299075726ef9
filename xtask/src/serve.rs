//! `cargo xtask serve`: sets up, builds if anything changed, and serves the lab on this machine.

use std::io::ErrorKind;
use std::time::Instant;

use crate::dist;
use crate::static_server::Server;
use crate::steps::{Context, Failure, Outcome, seconds};
use crate::workspace::Workspace;

const DEFAULT_PORT: u16 = 8080;

/// Runs until it is interrupted.
pub fn run(workspace: &Workspace, arguments: &[String]) -> Outcome {
    let port = port_of(arguments)?;
    let start = Instant::now();
    // The port is taken first: to learn after minutes of building that it is not free would be unkind.
    let server = Server::bind(&workspace.dist(), port).map_err(|error| match error.kind() {
        ErrorKind::AddrInUse => Failure::new(format!(
            "port {port} is taken by another program; stop that one, or choose another port: \
             cargo xtask serve --port {}",
            if port == DEFAULT_PORT {
                8081
            } else {
                DEFAULT_PORT
            }
        )),
        ErrorKind::PermissionDenied => Failure::new(format!(
            "this user may not open port {port}; choose one from 1024 on"
        )),
        _ => Failure::new(format!("cannot open port {port}: {error}")),
    })?;
    dist::build_if_changed(workspace)?;
    let address = server
        .address()
        .context("cannot read the server's own address")?;
    println!("\nReady after {}. The lab is at", seconds(start.elapsed()));
    println!("\n    http://{address}/\n\nCtrl+C ends it.");
    server.run();
    Ok(())
}

fn port_of(arguments: &[String]) -> Outcome<u16> {
    let text = match arguments {
        [] => return Ok(DEFAULT_PORT),
        [flag, value] if flag == "--port" || flag == "-p" => value.as_str(),
        [one] => one.strip_prefix("--port=").unwrap_or_default(),
        _ => "",
    };
    text.parse().map_err(|_| {
        Failure::new(format!(
            "`serve` takes `--port N` with N from 0 to 65535 (0: any free port), but got `{}`",
            arguments.join(" ")
        ))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(text: &str) -> Option<u16> {
        let arguments: Vec<String> = text.split_whitespace().map(str::to_owned).collect();
        port_of(&arguments).ok()
    }

    #[test]
    fn the_port_is_8080_unless_given() {
        assert_eq!(port(""), Some(8080));
        assert_eq!(port("--port 9000"), Some(9000));
        assert_eq!(port("--port=9001"), Some(9001));
    }

    #[test]
    fn anything_else_is_refused() {
        for text in ["--port", "--port 70000", "--port x", "9000", "--port 1 2"] {
            assert_eq!(port(text), None, "{text}");
        }
    }
}
