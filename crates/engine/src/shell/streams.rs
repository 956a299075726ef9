//! Redirections: where a command reads from and where what it writes goes.

use super::expand::text;
use super::{Host, Ran, Scope};
use conch_parser::ast::{Redirect, TopLevelWord};

/// Where a command's streams go.
#[derive(Default)]
pub(super) struct Streams {
    pub(super) input: Option<String>,
    out: Option<(String, bool)>,
    err: Option<(String, bool)>,
    err_to_out: bool,
    out_to_err: bool,
}

pub(super) fn redirect(
    host: &mut dyn Host,
    scope: &mut Scope,
    redirect: &Redirect<TopLevelWord<String>>,
    streams: &mut Streams,
) -> Result<(), String> {
    match redirect {
        Redirect::Read(_, word) => {
            let path = text(host, scope, word)?;
            streams.input = Some(
                host.read(scope, &path)
                    .map_err(|why| format!("{path}: {why}"))?,
            );
        }
        Redirect::Heredoc(_, word) => streams.input = Some(text(host, scope, word)?),
        Redirect::Write(Some(2), word) | Redirect::Clobber(Some(2), word) => {
            streams.err = Some((text(host, scope, word)?, false));
        }
        Redirect::Append(Some(2), word) => streams.err = Some((text(host, scope, word)?, true)),
        Redirect::Write(None | Some(1), word) | Redirect::Clobber(None | Some(1), word) => {
            streams.out = Some((text(host, scope, word)?, false));
        }
        Redirect::Append(None | Some(1), word) => {
            streams.out = Some((text(host, scope, word)?, true))
        }
        Redirect::DupWrite(from, word) => {
            match (from.unwrap_or(1), text(host, scope, word)?.as_str()) {
                (2, "1") => streams.err_to_out = true,
                (1, "2") => streams.out_to_err = true,
                _ => return Err("this redirection is not modelled in this shell".to_owned()),
            }
        }
        _ => return Err("this redirection is not modelled in this shell".to_owned()),
    }
    Ok(())
}

/// Sends what was written where it belongs.
pub(super) fn deliver(host: &mut dyn Host, scope: &Scope, mut ran: Ran, streams: Streams) -> Ran {
    if streams.err_to_out {
        let err = std::mem::take(&mut ran.err);
        ran.out.push_str(&err);
    }
    if streams.out_to_err {
        let out = std::mem::take(&mut ran.out);
        ran.err.push_str(&out);
    }
    for (stream, to) in [(&mut ran.out, streams.out), (&mut ran.err, streams.err)] {
        let Some((path, add)) = to else { continue };
        let text = std::mem::take(stream);
        if path != "/dev/null"
            && let Err(why) = host.write(scope, &path, &text, add)
        {
            return Ran::fail(1, format!("bash: {path}: {why}"));
        }
    }
    ran
}
