//! `curl`, `ping`, `nc`, `dig` from the laptop: texts and exit codes are the real programs' own.

use super::{fail, sort_out, text};
use crate::answer::Answer;
use crate::engine::Engine;
use crate::shell::Shell;
use ec2_lab_engine::json::{Value, json};

impl<E: Engine> Shell<E> {
    /// Follows one attempt from the laptop.
    pub(super) fn attempt(&mut self, host: &str, mut input: Value) -> Result<Value, Answer> {
        let to = if ec2_lab_engine::network::is_internet_name(host) {
            "internet"
        } else {
            host
        };
        if let Some(map) = input.as_object_mut() {
            map.insert("From".to_owned(), json!("laptop"));
            map.insert("To".to_owned(), json!(to));
        }
        self.ask("Connect", &input)
    }

    pub(super) fn curl(&mut self, rest: &[&str]) -> Answer {
        let (plain, _, flags) = sort_out(
            rest,
            &[
                "-m",
                "--max-time",
                "--connect-timeout",
                "-o",
                "-X",
                "--request",
                "-H",
                "--header",
                "-d",
                "--data",
            ],
        );
        let Some(url) = plain.first() else {
            return fail(2, "curl: (2) no URL specified");
        };
        let (tls, place) = match url.split_once("://") {
            Some(("https", rest)) => (true, rest),
            Some(("http", rest)) => (false, rest),
            Some((scheme, _)) => {
                return fail(1, format!("curl: (1) Protocol \"{scheme}\" not supported"));
            }
            None => (false, *url),
        };
        let place = place.split('/').next().unwrap_or_default();
        let (host, port) = match place.split_once(':') {
            Some((host, port)) => match port.parse::<u16>() {
                Ok(port) => (host, port),
                Err(_) => return fail(3, "curl: (3) URL using bad/illegal format or missing URL"),
            },
            None => (place, if tls { 443 } else { 80 }),
        };
        if host.is_empty() {
            return fail(3, "curl: (3) URL using bad/illegal format or missing URL");
        }
        let silent = flags
            .iter()
            .any(|flag| !flag.starts_with("--") && flag.contains('s'));
        let shows_errors = flags
            .iter()
            .any(|flag| !flag.starts_with("--") && flag.contains('S'));
        let client = if tls { "https" } else { "http" };
        let answer = match self.attempt(host, json!({"Client": client, "Port": port})) {
            Ok(answer) => answer,
            Err(refused) => return refused,
        };
        let balancer = text(&answer, "LoadBalancer");
        if !balancer.is_empty()
            && let Err(refused) = self.ask("CountRequest", &json!({ "LoadBalancer": balancer }))
        {
            return refused;
        }
        let exit = match text(&answer, "Verdict") {
            "connected" => {
                let head = flags.iter().any(|flag| *flag == "-I" || *flag == "--head");
                let page = answer.get("Page").and_then(Value::as_str);
                return Answer::ok(if head {
                    "HTTP/1.1 200 OK\n".to_owned()
                } else {
                    page.unwrap_or("<html><body>A web server on the internet</body></html>\n")
                        .to_owned()
                });
            }
            error if error.starts_with("http-") => {
                let code = error.trim_start_matches("http-").parse().unwrap_or(504);
                let name = ec2_lab_engine::network::error_name(code);
                let head = flags.iter().any(|flag| *flag == "-I" || *flag == "--head");
                return Answer::ok(if head {
                    format!("HTTP/1.1 {code} {name}\n")
                } else {
                    format!("{}\n", text(&answer, "Page"))
                });
            }
            "unknown-host" => 6,
            "timed-out" => 28,
            _ => 7,
        };
        let words = text(&answer, "Terminal").to_owned();
        fail(
            exit,
            if silent && !shows_errors {
                String::new()
            } else {
                words
            },
        )
    }

    pub(super) fn ping(&mut self, rest: &[&str]) -> Answer {
        let (plain, ..) = sort_out(rest, &["-c", "-i", "-W", "-w", "-s", "-t"]);
        let Some(host) = plain.first() else {
            return fail(2, "ping: usage error: Destination address required");
        };
        match self.attempt(host, json!({"Client": "ping", "Protocol": "icmp"})) {
            Err(refused) => refused,
            Ok(answer) => {
                let words = format!("{}\n", text(&answer, "Terminal"));
                match text(&answer, "Verdict") {
                    "connected" => Answer::ok(words),
                    "unknown-host" => fail(2, words),
                    _ => Answer {
                        exit: 1,
                        stdout: words,
                        ..Answer::default()
                    },
                }
            }
        }
    }

    pub(super) fn netcat(&mut self, rest: &[&str]) -> Answer {
        let (plain, _, flags) = sort_out(rest, &["-w"]);
        let (Some(host), Some(port)) = (
            plain.first(),
            plain.get(1).and_then(|port| port.parse::<u16>().ok()),
        ) else {
            return fail(1, "usage: nc [-uvz] [-w timeout] destination port");
        };
        let udp = flags.iter().any(|flag| flag.contains('u'));
        let loud = flags.iter().any(|flag| flag.contains('v'));
        let protocol = if udp { "udp" } else { "tcp" };
        match self.attempt(
            host,
            json!({"Client": "nc", "Protocol": protocol, "Port": port}),
        ) {
            Err(refused) => refused,
            Ok(answer) => {
                // nc tells both on standard error, and nothing without -v.
                let words = if loud {
                    text(&answer, "Terminal").to_owned()
                } else {
                    String::new()
                };
                fail(i32::from(text(&answer, "Verdict") != "connected"), words)
            }
        }
    }

    pub(super) fn look_up(&mut self, rest: &[&str]) -> Answer {
        let Some(name) = rest.iter().rfind(|word| !word.starts_with(['-', '+', '@'])) else {
            return fail(1, "usage: dig name");
        };
        match self.attempt(name, json!({"Client": "ping", "Protocol": "icmp"})) {
            Err(refused) => refused,
            Ok(answer) => match text(&answer, "Address") {
                "" => fail(0, format!(";; {name}: NXDOMAIN")),
                address => Answer::ok(format!("{address}\n")),
            },
        }
    }
}
