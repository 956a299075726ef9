//! What a web server on a machine answers.

use super::service::APPLICATION;
use crate::resources::instance::Instance;
use crate::resources::security_group::Protocol;

/// The HTTP code of a path on a port; `None` when what listens there, if anything does, does not speak HTTP. A program of
/// the learner's own answers every path.
pub(crate) fn web_status(row: &Instance, port: u16, path: &str) -> Option<u16> {
    let name = row.guest.listener(Protocol::Tcp, port)?;
    if name == APPLICATION {
        return Some(200);
    }
    if !matches!(name, "httpd" | "apache2" | "nginx") {
        return None;
    }
    let path = path.split('?').next().unwrap_or(path);
    if matches!(path, "/" | "/index.html") {
        return Some(200);
    }
    let there = ["/var/www/html", "/usr/share/nginx/html"]
        .iter()
        .any(|root| {
            let file = format!("{root}{path}");
            row.guest.files.contains_key(&file)
                || row
                    .guest
                    .files
                    .contains_key(&format!("{}/index.html", file.trim_end_matches('/')))
        });
    Some(if there { 200 } else { 404 })
}
