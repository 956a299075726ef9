//! The drawings behind the icons: 16 × 16 units, our own, as SVG path data.

macro_rules! icons {
    ($( $(#[$doc:meta])* $name:ident => ($line:expr, $fill:expr), )*) => {
        /// The icons of the page.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum IconName {
            $( $(#[$doc])* $name, )*
        }

        impl IconName {
            /// Every icon, in the order of declaration.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// Path data of the strokes and of the filled shapes; either may be empty.
            pub const fn shapes(self) -> (&'static str, &'static str) {
                match self {
                    $( Self::$name => ($line, $fill), )*
                }
            }
        }
    };
}

icons! {
    /// Done, connected, right.
    StatusSuccess => ("M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM5 8.2l2.1 2.1L11 6", ""),
    /// Failed, refused, wrong.
    StatusError => ("M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM5.7 5.7l4.6 4.6M10.3 5.7l-4.6 4.6", ""),
    /// Works, but look.
    StatusWarning => ("M8 1.8 15 14H1L8 1.8ZM8 6.2v3.6M8 11.9v.2", ""),
    /// Worth knowing.
    StatusInfo => ("M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 7.4v3.8M8 4.8V5", ""),
    /// Has not begun.
    StatusPending => ("M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 4.5V8l2.4 1.6", ""),
    /// On its way.
    StatusProgress => ("M14.3 6.5A6.5 6.5 0 1 0 14.5 8M14.7 2.8v3.8h-3.8", ""),
    /// Stopped, off.
    StatusStopped => ("M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM5 8h6", ""),
    /// A tick.
    Check => ("M2.5 8.5 6 12l7.5-8", ""),
    /// A cross.
    Close => ("M3 3l10 10M13 3 3 13", ""),
    /// Copy to the clipboard.
    Copy => ("M5.5 5.5h8.5V14H5.5zM10.5 5.5V2H2v8.5h3.5", ""),
    /// Add one.
    Add => ("M8 2.5v11M2.5 8h11", ""),
    /// Take away one.
    Remove => ("M2 4.2h12M6 4V2h4v2M3.5 4.5l.8 9.5h7.4l.8-9.5M6.6 7v4.5M9.4 7v4.5", ""),
    /// Change it.
    Edit => ("M10.5 2.5l3 3-8 8H2.5v-3l8-8ZM8.6 4.4l3 3", ""),
    /// Look for something.
    Search => ("M7 2a5 5 0 1 1 0 10A5 5 0 0 1 7 2ZM10.7 10.7 14.5 14.5", ""),
    /// Open the menu.
    Menu => ("M2 3.5h12M2 8h12M2 12.5h12", ""),
    /// More actions.
    More => ("", "M3.2 6.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3ZM8 6.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3ZM12.8 6.5a1.5 1.5 0 1 1 0 3 1.5 1.5 0 0 1 0-3Z"),
    /// Opens downwards.
    AngleDown => ("M3.5 6 8 10.5 12.5 6", ""),
    /// Opens upwards.
    AngleUp => ("M3.5 10 8 5.5l4.5 4.5", ""),
    /// Goes on.
    AngleRight => ("M6 3.5 10.5 8 6 12.5", ""),
    /// Goes back.
    AngleLeft => ("M10 3.5 5.5 8l4.5 4.5", ""),
    /// Sorted upwards.
    SortUp => ("", "M8 4.5l4.5 6.5h-9L8 4.5Z"),
    /// Sorted downwards.
    SortDown => ("", "M8 11.5 3.5 5h9L8 11.5Z"),
    /// Can be sorted.
    SortNone => ("", "M8 2l3.5 4.6h-7L8 2ZM8 14 4.5 9.4h7L8 14Z"),
    /// To the right, out, onwards.
    ArrowRight => ("M2 8h11.5M9 3.5 13.5 8 9 12.5", ""),
    /// To the left, back.
    ArrowLeft => ("M14 8H2.5M7 3.5 2.5 8 7 12.5", ""),
    /// Move up.
    ArrowUp => ("M8 14V2.5M3.5 7 8 2.5 12.5 7", ""),
    /// Move down.
    ArrowDown => ("M8 2v11.5M3.5 9 8 13.5 12.5 9", ""),
    /// Take the last step back.
    Undo => ("M5.5 2 2 5.5 5.5 9M2.5 5.5h7a4.25 4.25 0 0 1 0 8.5H6", ""),
    /// Take the step again.
    Redo => ("M10.5 2 14 5.5 10.5 9M13.5 5.5h-7a4.25 4.25 0 0 0 0 8.5H10", ""),
    /// Begin again.
    Reset => ("M2.2 5.5A6.2 6.2 0 1 1 1.8 8M1.6 1.8v4h4", ""),
    /// Let the clock run.
    Play => ("", "M4 2l10 6-10 6V2Z"),
    /// Hold the clock.
    Pause => ("", "M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z"),
    /// One step on.
    Step => ("M13 2.5v11", "M3 2.5 11 8l-8 5.5v-11Z"),
    /// Time.
    Clock => ("M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM8 4.5V8l2.6 1.8", ""),
    /// Locked.
    Lock => ("M5 7V4.8a3 3 0 0 1 6 0V7", "M3 7h10v7.5H3z"),
    /// A key pair.
    Key => ("M10.5 2a3.5 3.5 0 1 1-2.4 6L2 14M3.8 12.2l2 2M6 10l1.6 1.6", ""),
    /// Security, a group of rules.
    Shield => ("M8 1.5 13.5 3.5V8c0 3.2-2.3 5.4-5.5 6.5C4.8 13.4 2.5 11.2 2.5 8V3.5L8 1.5Z", ""),
    /// A server.
    Instance => ("M3 3h10v10H3zM6 6h4v4H6zM6 3V1M10 3V1M6 15v-2M10 15v-2M3 6H1M3 10H1M15 6h-2M15 10h-2", ""),
    /// A volume of storage.
    Volume => ("M2.5 4c0-1.4 2.5-2.3 5.5-2.3s5.5.9 5.5 2.3-2.5 2.3-5.5 2.3S2.5 5.4 2.5 4ZM2.5 4v8c0 1.4 2.5 2.3 5.5 2.3s5.5-.9 5.5-2.3V4M2.5 8c0 1.4 2.5 2.3 5.5 2.3s5.5-.9 5.5-2.3", ""),
    /// A network.
    Network => ("M6 1.8h4v3.6H6zM1.5 10.6h4v3.6h-4zM10.5 10.6h4v3.6h-4zM8 5.5V8M3.5 10.5V8h9v2.5", ""),
    /// The internet.
    Globe => ("M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM1.5 8h13M8 1.5c4 4 4 9 0 13M8 1.5c-4 4-4 9 0 13", ""),
    /// A computer of one's own.
    Laptop => ("M3 3h10v7.5H3zM1 13.2h14", ""),
    /// A person.
    Person => ("M8 1.8a3 3 0 1 1 0 6 3 3 0 0 1 0-6ZM2 14.5c.4-3.4 2.8-4.9 6-4.9s5.6 1.5 6 4.9", ""),
    /// A rack of machines.
    Rack => ("M2.5 1.5h11v13h-11zM2.5 5.8h11M2.5 10.2h11M5 3.7h2M5 8h2M5 12.4h2", ""),
    /// An image.
    Image => ("M8 1.5 14 4.8v6.4L8 14.5l-6-3.3V4.8L8 1.5ZM2.3 5 8 8l5.7-3M8 8v6.2", ""),
    /// The prompt.
    Terminal => ("M1.5 2.5h13v11h-13zM4.2 5.8 6.6 8l-2.4 2.2M8.2 10.5h3.4", ""),
    /// Money.
    Cost => ("M8 1.5v13M11.5 4.3C10.8 3.3 9.6 3 8 3 6 3 4.6 3.8 4.6 5.4c0 3.6 7 1.4 7 5.1C11.6 12.2 10 13 8 13c-1.9 0-3.2-.5-3.8-1.7", ""),
    /// Settings.
    Settings => ("M2 4.5h7M13 4.5h1M2 11.5h1M7 11.5h7M11 2.6a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8ZM5 9.6a1.9 1.9 0 1 1 0 3.8 1.9 1.9 0 0 1 0-3.8Z", ""),
    /// Help.
    Help => ("M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13ZM6 6.3C6 5 6.8 4.4 8 4.4s2 .7 2 1.8C10 7.6 8 7.6 8 9.2M8 11.4v.2", ""),
    /// Light and dark.
    Theme => ("M8 1.5a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z", "M8 1.5a6.5 6.5 0 0 1 0 13v-13Z"),
    /// Leads out of the page.
    External => ("M9.5 2H14v4.5M13.6 2.4 7.5 8.5M12 9.5V14H2V4h4.5", ""),
    /// Save as a file.
    Download => ("M8 1.5v9M4.2 6.8 8 10.6l3.8-3.8M2 14h12", ""),
    /// Open a file.
    Upload => ("M8 11V2M4.2 5.6 8 1.8l3.8 3.8M2 14h12", ""),
    /// The picture.
    Picture => ("M1.5 2.5h13v11h-13zM4 5.5h4v5H4zM10.5 5.5h1.5v5h-1.5z", ""),
    /// A list.
    List => ("M5.5 3.5H14M5.5 8H14M5.5 12.5H14M2 3.5h.6M2 8h.6M2 12.5h.6", ""),
    /// A goal, a level.
    Flag => ("M3 15V2h9.5l-2 3.3 2 3.3H3", ""),
    /// A hint.
    Hint => ("M5.5 10.8C4 9.8 3.2 8.3 3.2 6.6a4.8 4.8 0 0 1 9.6 0c0 1.7-.8 3.2-2.3 4.2v1.4h-5v-1.4ZM6.2 14.6h3.6", ""),
    /// A lesson.
    Book => ("M8 4C6.5 2.8 4.5 2.3 1.8 2.3v10.5c2.7 0 4.7.5 6.2 1.7 1.5-1.2 3.5-1.7 6.2-1.7V2.3C11.5 2.3 9.5 2.8 8 4ZM8 4v10.3", ""),
    /// A lightning bolt: something was made to fail.
    Failure => ("M9 1.5 3 9h4.2L6.5 14.5 13 6.8H8.6L9 1.5Z", ""),
}
