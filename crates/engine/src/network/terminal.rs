//! What a real terminal prints, and how long the real client waits before it does.

use super::probe::{Client, Probe};
use super::trace::{Decision, Hop, Trace, Verdict};
use crate::clock::SECOND;

/// Milliseconds until the client gives its verdict.
pub(super) fn wait(client: &Client, verdict: Verdict) -> u64 {
    match (verdict, client) {
        // Linux repeats the SYN six times, doubling from one second: 1+2+4+8+16+32+64 (net.ipv4.tcp_syn_retries = 6).
        (Verdict::TimedOut, Client::Ssh { .. } | Client::Http | Client::Https | Client::Nc) => {
            127 * SECOND
        }
        // Windows repeats it twice, from three seconds: 3+6+12.
        (Verdict::TimedOut, Client::Rdp) => 21 * SECOND,
        // `ping -c 4`: four requests a second apart, then ten seconds of waiting.
        (Verdict::TimedOut, Client::Ping) => 13 * SECOND,
        (Verdict::Connected, Client::Ping) => 3 * SECOND,
        // A load balancer waits ten seconds for a connection to a target.
        (Verdict::Http(504), _) => 10 * SECOND,
        _ => 24,
    }
}

/// `2 min 7 s`, `24 ms`.
#[must_use]
pub fn duration_words(milliseconds: u64) -> String {
    let seconds = milliseconds / SECOND;
    match (seconds / 60, seconds % 60) {
        (0, 0) => format!("{milliseconds} ms"),
        (0, seconds) => format!("{seconds} s"),
        (minutes, 0) => format!("{minutes} min"),
        (minutes, seconds) => format!("{minutes} min {seconds} s"),
    }
}

/// What happened and why, for a reader who has not seen the trace.
pub(super) fn summary(verdict: Verdict, last: Option<&Hop>, client: &Client, wait: u64) -> String {
    let why = last.map_or("", |hop| hop.text.as_str());
    let name = client.name();
    let after = duration_words(wait);
    match verdict {
        Verdict::Connected => {
            "It works: the way out, the listener and the way back are all there.".to_owned()
        }
        Verdict::TimedOut => {
            format!("{why}. Nobody told the client, so {name} waited {after} and gave up.")
        }
        Verdict::Refused if last.is_some_and(|hop| hop.decision != Decision::Dropped) => {
            format!(
                "The packet arrived and the answer was no, after {after}. The network is fine; look inside the machine."
            )
        }
        Verdict::Refused => format!("{why}."),
        Verdict::NoRoute => format!(
            "The packet arrived, but the machine's own firewall answered that it is prohibited, after {after}."
        ),
        Verdict::PermissionDenied => {
            "The network and sshd are fine: the login itself was refused.".to_owned()
        }
        Verdict::UnknownHost => format!("{why}."),
        Verdict::Http(_) => {
            format!("{why}. The client's way to the load balancer is fine; look behind it.")
        }
    }
}

/// The words of the real program.
#[must_use]
pub fn terminal(probe: &Probe, trace: &Trace) -> String {
    let host = &trace.host;
    let port = probe.wire_port().unwrap_or(0);
    match &probe.client {
        Client::Ssh { user, .. } => ssh(host, port, user.as_deref(), trace),
        Client::Http | Client::Https => curl(host, port, probe.client == Client::Https, trace),
        Client::Rdp => rdp(host, trace),
        Client::Ping => pinged(host, trace, 4),
        Client::Nc => nc(host, port, probe, trace),
    }
}

fn reason(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Connected => "succeeded",
        Verdict::Refused => "Connection refused",
        Verdict::TimedOut => "Connection timed out",
        Verdict::NoRoute => "No route to host",
        Verdict::PermissionDenied => "Permission denied",
        Verdict::UnknownHost => "Name or service not known",
        Verdict::Http(_) => "the load balancer answers with an error",
    }
}

fn ssh(host: &str, port: u16, user: Option<&str>, trace: &Trace) -> String {
    match trace.verdict {
        Verdict::Connected => format!("Welcome. You are logged in to {host}."),
        Verdict::PermissionDenied => format!(
            "{}{host}: Permission denied (publickey,gssapi-keyex,gssapi-with-mic).",
            user.map_or(String::new(), |user| format!("{user}@"))
        ),
        Verdict::UnknownHost => {
            format!("ssh: Could not resolve hostname {host}: Name or service not known")
        }
        verdict => format!(
            "ssh: connect to host {host} port {port}: {}",
            reason(verdict)
        ),
    }
}

fn curl(host: &str, port: u16, tls: bool, trace: &Trace) -> String {
    match trace.verdict {
        Verdict::Connected => format!(
            "HTTP/1.1 200 OK\n{}",
            if tls { "(over TLS)" } else { "It works!" }
        ),
        Verdict::Http(code) => error_page(code),
        Verdict::UnknownHost => format!("curl: (6) Could not resolve host: {host}"),
        Verdict::TimedOut => format!(
            "curl: (28) Failed to connect to {host} port {port} after {} ms: Couldn't connect to server",
            trace.wait
        ),
        _ => format!(
            "curl: (7) Failed to connect to {host} port {port} after {} ms: Couldn't connect to server",
            trace.wait
        ),
    }
}

/// The page that a load balancer sends by itself.
#[must_use]
pub fn error_page(code: u16) -> String {
    let name = error_name(code);
    format!(
        "<html>\r\n<head><title>{code} {name}</title></head>\r\n<body>\r\n<center><h1>{code} {name}</h1></center>\r\n</body>\r\n</html>"
    )
}

/// What HTTP calls the code.
#[must_use]
pub fn error_name(code: u16) -> &'static str {
    match code {
        502 => "Bad Gateway",
        503 => "Service Temporarily Unavailable",
        _ => "Gateway Time-out",
    }
}

fn rdp(host: &str, trace: &Trace) -> String {
    match trace.verdict {
        Verdict::Connected => format!("{host}: Enter your credentials"),
        _ => "We couldn't connect to the remote PC. Make sure the PC is turned on and connected to the network, and that remote access is enabled.\nError code: 0x204".to_owned(),
    }
}

/// What `ping` prints of so many packets, sent a second apart.
pub(crate) fn pinged(host: &str, trace: &Trace, packets: u32) -> String {
    let before_last = u64::from(packets.saturating_sub(1)) * SECOND;
    let head = format!("PING {host} ({host}) 56(84) bytes of data.\n");
    let end = format!("--- {host} ping statistics ---\n{packets} packets transmitted");
    match trace.verdict {
        Verdict::Connected => {
            let answers: String = (1..=packets)
                .map(|at| format!("64 bytes from {host}: icmp_seq={at} ttl=116 time=24.1 ms\n"))
                .collect();
            format!(
                "{head}{answers}{end}, {packets} received, 0% packet loss, time {}ms",
                before_last + u64::from(packets)
            )
        }
        Verdict::UnknownHost => format!("ping: {host}: Name or service not known"),
        _ => format!(
            "{head}{end}, 0 received, 100% packet loss, time {}ms",
            before_last + u64::from(packets) * 15
        ),
    }
}

fn nc(host: &str, port: u16, probe: &Probe, trace: &Trace) -> String {
    let protocol = probe.wire_protocol();
    match trace.verdict {
        Verdict::Connected => format!("Connection to {host} {port} port [{protocol}/*] succeeded!"),
        Verdict::UnknownHost => {
            format!("nc: getaddrinfo for host \"{host}\" port {port}: Name or service not known")
        }
        verdict => format!(
            "nc: connect to {host} port {port} ({protocol}) failed: {}",
            reason(verdict)
        ),
    }
}
