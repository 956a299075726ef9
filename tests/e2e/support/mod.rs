//! The harness: one browser per test against the built page, with the checks that every test makes.
#![allow(
    dead_code,
    reason = "a library for the tests beside it; not each part is in use at all times"
)]

mod axe;
mod commands;
mod driver;
mod log;
mod page;

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::path::PathBuf;
use std::pin::pin;
use std::task::Poll;
use std::thread;

use xtask::browser::{Browser, HOW_TO_INSTALL};
use xtask::dist;
use xtask::static_server::Server;
use xtask::workspace::Workspace;

pub use page::Page;

/// Runs a test with a page of its own: a fresh browser profile and a server for `dist/`.
///
/// `name` is the name of the test; screenshots and downloads are kept under it in `target/e2e`. Afterwards
/// the console must hold no error and no request may have gone to another host.
pub fn browse(name: &str, test: impl AsyncFnOnce(&Page)) {
    let workspace = Workspace::locate().unwrap_or_else(|failure| panic!("{failure}"));
    let Some(browser) = Browser::find() else {
        assert!(std::env::var_os("CI").is_none(), "{HOW_TO_INSTALL}");
        eprintln!("skipped {name}: {HOW_TO_INSTALL}");
        return;
    };
    assert!(
        workspace.dist().join("index.html").is_file(),
        "dist/ is not built; `cargo xtask test e2e` builds it and runs these tests"
    );
    if !dist::is_current(&workspace).unwrap_or(false) {
        eprintln!("note: dist/ was not built from these sources by `cargo xtask build`");
    }
    let kept = folder(&workspace, name);
    let server = Server::bind(&workspace.dist(), 0).expect("a free port");
    let base = format!(
        "http://{}/",
        server.address().expect("the address of a bound port")
    );
    thread::spawn(move || server.run());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        let driver = driver::Driver::start(&browser);
        let client = driver.session(&browser).await;
        let page = Page::new(client.clone(), base, kept, workspace.axe()).await;
        let outcome = caught(async {
            test(&page).await;
            page.check_log().await;
        })
        .await;
        if outcome.is_err() {
            page.keep_evidence().await;
        }
        // The browser must end before a panic goes on, or it stays behind.
        client.close().await.ok();
        drop(driver);
        if let Err(panic) = outcome {
            resume_unwind(panic);
        }
    });
}

/// An empty folder for what a test leaves behind.
fn folder(workspace: &Workspace, name: &str) -> PathBuf {
    let folder = workspace.target.join("e2e").join(name);
    std::fs::remove_dir_all(&folder).ok();
    std::fs::create_dir_all(&folder).expect("a folder for what the test leaves");
    folder
}

/// Runs a future to its end and returns its panic as an error.
async fn caught(future: impl Future<Output = ()>) -> thread::Result<()> {
    let mut future = pin!(future);
    poll_fn(
        |context| match catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(context))) {
            Ok(Poll::Pending) => Poll::Pending,
            Ok(Poll::Ready(())) => Poll::Ready(Ok(())),
            Err(panic) => Poll::Ready(Err(panic)),
        },
    )
    .await
}
