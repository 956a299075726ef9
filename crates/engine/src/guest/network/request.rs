//! How `curl` and `wget` read their words.

/// An address that a program was given, read as far as a URL goes.
pub(super) struct Url<'a> {
    pub(super) tls: bool,
    pub(super) host: &'a str,
    pub(super) port: Option<u16>,
    pub(super) path: &'a str,
}

pub(super) fn url(text: &str) -> Url<'_> {
    let (tls, rest) = match text.split_once("://") {
        Some(("https", rest)) => (true, rest),
        Some((_, rest)) => (false, rest),
        None => (false, text),
    };
    let (place, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let (host, port) = match place.split_once(':') {
        Some((host, port)) => (host, port.parse().ok()),
        None => (place, None),
    };
    Url {
        tls,
        host,
        port,
        path,
    }
}

/// What `curl` or `wget` was asked for.
pub(super) struct Request<'a> {
    pub(super) method: &'a str,
    pub(super) headers: Vec<&'a str>,
    pub(super) address: &'a str,
    pub(super) head: bool,
    /// The file that takes the answer; standard output without one.
    pub(super) file: Option<String>,
}

/// Options with a value, of both programs.
const VALUED: [&str; 13] = [
    "--request",
    "--header",
    "--output",
    "--output-document",
    "--max-time",
    "--connect-timeout",
    "--timeout",
    "--tries",
    "--retry",
    "--data",
    "--user",
    "--user-agent",
    "--write-out",
];

/// Reads the words of a call. Short options stand alone or together, the last with its value: `-sX PUT`, `-qO-`.
pub(super) fn request<'a>(wget: bool, rest: &[&'a str]) -> Option<Request<'a>> {
    let valued = if wget { "OTteUo" } else { "XHomduwAeTbF" };
    let (mut method, mut headers, mut head) = (None, Vec::new(), false);
    let (mut address, mut file, mut named) = (None, None, wget);
    let mut words = rest.iter().copied();
    while let Some(word) = words.next() {
        let mut options: Vec<(&str, Option<&'a str>)> = Vec::new();
        if word.starts_with("--") {
            let (name, value) = match word.split_once('=') {
                Some((name, value)) => (name, Some(value)),
                None if VALUED.contains(&word) => (word, words.next()),
                None => (word, None),
            };
            options.push((name, value));
        } else if let Some(letters) = word.strip_prefix('-').filter(|rest| !rest.is_empty()) {
            let value = letters.find(|letter| valued.contains(letter));
            let (alone, last) = letters.split_at(value.unwrap_or(letters.len()));
            options.extend(
                alone
                    .split_inclusive(|_: char| true)
                    .map(|letter| (letter, None)),
            );
            let mut chars = last.chars();
            if chars.next().is_some() {
                let (name, value) = last.split_at(last.len() - chars.as_str().len());
                options.push((
                    name,
                    Some(value)
                        .filter(|value| !value.is_empty())
                        .or_else(|| words.next()),
                ));
            }
        } else {
            address = Some(word);
        }
        for (name, value) in options {
            match (name, wget) {
                ("X", false) | ("--request", _) => method = value,
                ("H", false) | ("--header", _) => headers.extend(value),
                ("I", false) | ("--head" | "--spider", _) => head = true,
                ("o", false) | ("O", true) | ("--output" | "--output-document", _) => {
                    file = value;
                    named = false;
                }
                ("O", false) => named = true,
                ("d", false) | ("--data", _) => method = method.or(Some("POST")),
                _ => {}
            }
        }
    }
    let address = address?;
    let path = url(address).path;
    let last = path.rsplit('/').next().unwrap_or_default();
    let usual = if last.is_empty() { "index.html" } else { last };
    Some(Request {
        method: method.unwrap_or("GET"),
        headers,
        address,
        head,
        file: file
            .or(named.then_some(usual))
            .filter(|file| *file != "-")
            .map(str::to_owned),
    })
}
