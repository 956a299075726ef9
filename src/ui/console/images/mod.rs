//! The machine images of the Region: one's own and the public ones.

mod own;

use crate::app::use_app;
use crate::route::Route;
use crate::state::App;
use crate::ui::components::{Button, ButtonVariant, Cell, Column, Row, Table};
use crate::ui::console::section::parts;
use crate::ui::console::sharing::{SharedImages, Sharing};
use crate::ui::words;
use ec2_lab_engine::catalogue::{self, Image, Login};
use yew::prelude::*;

fn columns() -> Vec<Column> {
    vec![
        Column::new("name", "Name"),
        Column::new("id", "AMI ID"),
        Column::new("user", "Log in as"),
        Column::new("port", "Login port"),
        Column::new("boot", "Boot time"),
        Column::new("architecture", "Architecture"),
        Column::new("root", "Root volume").numeric(),
        Column::new("description", "AMI name").wraps(),
    ]
}

fn row(app: &App, image: &Image) -> Row {
    let id = image.id(app.caller.region);
    let port = match image.login {
        Login::Ssh => "22 (SSH)",
        Login::Rdp => "3389 (RDP)",
    };
    let newest = catalogue::image_by_key(image.key).is_some_and(|newest| newest.name == image.name);
    let title = if newest {
        image.title.to_owned()
    } else {
        format!("{} (older build)", image.title)
    };
    Row::new(
        image.name,
        image.title,
        vec![
            Cell::text(title),
            parts::copyable_cell(app, Some(id), "the AMI ID"),
            Cell::code(image.default_user),
            Cell::text(port),
            Cell::text(words::duration(image.boot)),
            Cell::text(image.architecture),
            Cell::text(format!("{} GiB", image.root_volume_gib)),
            Cell::view(
                html! { <span class="code">{ image.name }</span> },
                image.name,
            ),
        ],
    )
}

/// The table.
#[component]
pub fn Images() -> Html {
    let app = use_app();
    let rows: Vec<Row> = catalogue::images().map(|image| row(&app, image)).collect();
    let actions = html! {
        <Button variant={ButtonVariant::Primary} href={Route::Launch.href()} id="image-launch">{ "Launch instance from an image" }</Button>
    };
    let description = html! { { format!("Public images in {}: an AMI ID is good in one Region only", app.caller.region) } };
    html! {
        <>
            <own::OwnImages />
            <SharedImages />
            <Sharing />
            <Table id="images" title="Images" columns={columns()} {rows} {actions} {description} filter="Find by name, id, user or architecture"
                page_size={20} />
        </>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::console::section::test_support::Lab;

    #[test]
    fn says_how_one_logs_in() {
        let page = Lab::new().render(html! { <Images /> });
        for words in [
            "Amazon Linux 2023",
            "ec2-user",
            "22 (SSH)",
            "3389 (RDP)",
            "Administrator",
            "ami-",
            "Copy the AMI ID",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
    }
}
