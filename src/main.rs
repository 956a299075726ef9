//! Mounts the page.

fn main() {
    ec2_lab::platform::start();
}
