//! The server as a browser meets it: right types, no file outside the folder, a taken port is an error.

use super::*;
use std::fs;

struct Site {
    folder: PathBuf,
    address: SocketAddr,
}

impl Site {
    fn open(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("ec2-lab-{name}-{}", std::process::id()));
        fs::create_dir_all(folder.join("static")).unwrap();
        fs::write(folder.join("index.html"), "<!doctype html>").unwrap();
        fs::write(folder.join("lab.wasm"), [0, 97, 115, 109]).unwrap();
        fs::write(folder.join("static/a b.css"), "a{}").unwrap();
        let server = Server::bind(&folder, 0).unwrap();
        let address = server.address().unwrap();
        thread::spawn(move || server.run());
        Self { folder, address }
    }

    fn ask(&self, request: &str) -> String {
        let mut connection = TcpStream::connect(self.address).unwrap();
        write!(connection, "{request} HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        let mut answer = Vec::new();
        connection.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

impl Drop for Site {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

#[test]
fn files_are_served_with_the_type_a_browser_needs() {
    let site = Site::open("types");
    let index = site.ask("GET /?theme=dark");
    assert!(
        index.starts_with("HTTP/1.1 200 OK\r\nContent-Type: text/html"),
        "{index}"
    );
    assert!(index.ends_with("\r\n\r\n<!doctype html>"), "{index}");
    assert!(
        site.ask("GET /lab.wasm")
            .contains("Content-Type: application/wasm\r\nContent-Length: 4")
    );
    assert!(
        site.ask("GET /static/a%20b.css")
            .contains("Content-Type: text/css")
    );
}

#[test]
fn head_answers_without_the_body_and_other_methods_are_refused() {
    let site = Site::open("methods");
    assert!(site.ask("HEAD /").ends_with("Connection: close\r\n\r\n"));
    assert!(site.ask("POST /").starts_with("HTTP/1.1 405"));
}

#[test]
fn nothing_outside_the_folder_is_served() {
    let site = Site::open("outside");
    for target in [
        "/../Cargo.toml",
        "/%2e%2e/Cargo.toml",
        "//etc/passwd",
        "/absent",
        "/%zz",
        "x",
        "",
    ] {
        let answer = site.ask(&format!("GET {target}"));
        assert!(answer.starts_with("HTTP/1.1 404"), "{target}: {answer}");
    }
}

#[test]
fn a_taken_port_is_an_error() {
    let site = Site::open("taken");
    let error = Server::bind(&site.folder, site.address.port()).unwrap_err();
    assert_eq!(error.kind(), io::ErrorKind::AddrInUse);
}
