//! Chromium and its driver: where they are, and the switches they run with in tests.

use std::path::PathBuf;

use crate::install;
use crate::steps::{Failure, Outcome, present};
use crate::tools::find;

/// The two programs that a test in a real browser needs.
#[derive(Debug, Clone)]
pub struct Browser {
    /// Chromium or Chrome.
    pub chromium: PathBuf,
    /// The chromedriver of the same major version.
    pub driver: PathBuf,
}

/// What to do where we cannot install the browser ourselves.
pub const HOW_TO_INSTALL: &str = "\
Chromium with its chromedriver is missing. Install both in the same version:
  Debian, Ubuntu   sudo apt-get install chromium chromium-driver
  Fedora           sudo dnf install chromium chromedriver
  macOS            brew install --cask chromium chromedriver
or set CHROME and CHROMEDRIVER to the paths of the two programs.";

/// Switches for a headless browser that may run as root in a container and must stay off the network.
pub const SWITCHES: [&str; 10] = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
];

impl Browser {
    /// Looks for the browser: the variables `CHROME` and `CHROMEDRIVER` first, then `PATH`.
    pub fn find() -> Option<Self> {
        let path = std::env::var_os("PATH")?;
        let named = |variable: &str| {
            std::env::var_os(variable)
                .map(PathBuf::from)
                .filter(|p| p.is_file())
        };
        let chromium = named("CHROME").or_else(|| {
            [
                "chromium",
                "chromium-browser",
                "google-chrome-stable",
                "google-chrome",
                "chrome",
            ]
            .iter()
            .find_map(|name| find(name, &path))
        })?;
        let driver = named("CHROMEDRIVER").or_else(|| {
            ["chromedriver", "chromium.chromedriver"]
                .iter()
                .find_map(|n| find(n, &path))
        })?;
        Some(Self { chromium, driver })
    }

    /// Finds the browser, installing it first where we may.
    pub fn ensure() -> Outcome<Self> {
        if let Some(found) = Self::find() {
            present("Chromium and chromedriver", "present");
            return Ok(found);
        }
        // Without a font package Chromium draws no text at all.
        install::system_packages(
            &["chromium", "chromium-driver", "fonts-liberation"],
            HOW_TO_INSTALL,
        )?;
        Self::find().ok_or_else(|| Failure::new(HOW_TO_INSTALL))
    }
}
