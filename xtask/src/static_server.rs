//! A small web server for the files of one folder, for this machine only.
//!
//! One thread per connection and one answer per connection: a browser on the same machine needs no more,
//! and a framework would cost every `cargo xtask` its compile time.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// No request line or header of a browser on this machine is longer.
const LONGEST_REQUEST: u64 = 64 * 1024;
/// A connection that sends nothing is closed after this time.
const PATIENCE: Duration = Duration::from_secs(20);

/// A bound port and the folder behind it; nothing is served before [`Server::run`].
#[derive(Debug)]
pub struct Server {
    listener: TcpListener,
    folder: Arc<Path>,
}

impl Server {
    /// Binds a port of 127.0.0.1; port 0 takes any free one.
    ///
    /// # Errors
    /// `AddrInUse` if another program has the port.
    pub fn bind(folder: &Path, port: u16) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port))?;
        Ok(Self {
            listener,
            folder: Arc::from(folder),
        })
    }

    /// The address that browsers reach it by.
    ///
    /// # Errors
    /// If the system does not tell the port.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Answers requests until the process ends.
    pub fn run(&self) {
        for connection in self.listener.incoming().flatten() {
            let folder = Arc::clone(&self.folder);
            // A browser may close a connection at any moment; that is no event to report.
            thread::spawn(move || answer(connection, &folder).ok());
        }
    }
}

fn answer(mut connection: TcpStream, folder: &Path) -> io::Result<()> {
    connection.set_read_timeout(Some(PATIENCE))?;
    let mut request = BufReader::new(Read::take(&connection, LONGEST_REQUEST));
    let mut line = String::new();
    request.read_line(&mut line)?;
    let mut header = String::new();
    while request.read_line(&mut header)? > 2 {
        header.clear();
    }
    let mut words = line.split_whitespace();
    let method = words.next().unwrap_or_default();
    let target = words.next().unwrap_or_default();
    if method != "GET" && method != "HEAD" {
        return refuse(&mut connection, "405 Method Not Allowed");
    }
    let Some(path) = file_of(folder, target) else {
        return refuse(&mut connection, "404 Not Found");
    };
    let Ok(mut file) = File::open(&path) else {
        return refuse(&mut connection, "404 Not Found");
    };
    let length = file.metadata()?.len();
    head(&mut connection, "200 OK", mime(&path), length)?;
    if method == "GET" {
        io::copy(&mut file, &mut connection)?;
    }
    connection.flush()
}

fn refuse(connection: &mut TcpStream, status: &str) -> io::Result<()> {
    let body = format!("{status}\n");
    head(
        connection,
        status,
        "text/plain; charset=utf-8",
        body.len() as u64,
    )?;
    connection.write_all(body.as_bytes())
}

fn head(connection: &mut TcpStream, status: &str, mime: &str, length: u64) -> io::Result<()> {
    // `no-cache`: file names carry no hash, so the browser must ask again after each build.
    write!(
        connection,
        "HTTP/1.1 {status}\r\nContent-Type: {mime}\r\nContent-Length: {length}\r\n\
         Cache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
    )
}

/// The file that a request target names, or `None` if it is outside the folder or not there.
fn file_of(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next()?.strip_prefix('/')?;
    let relative = PathBuf::from(percent_decoded(path)?);
    if relative
        .components()
        .any(|part| !matches!(part, Component::Normal(_)))
    {
        return None;
    }
    let mut file = folder.join(relative);
    if file.is_dir() {
        file.push("index.html");
    }
    file.is_file().then_some(file)
}

fn percent_decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next()?, rest.next()?];
            bytes.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).ok()
}

fn mime(path: &Path) -> &'static str {
    match path
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default()
    {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests;
