//! The idea in one picture: a laptop, a security group, an instance with three ports, and what each connection meets.

use yew::prelude::*;

/// A way through the picture: port, what it meets, its class, how high it runs.
const WAYS: [(&str, &str, &str, i32); 3] = [
    ("22", "times out", "is-locked", 66),
    ("80", "refused", "is-hollow", 130),
    ("443", "connects", "is-open", 194),
];

/// Left and right end of the security group.
const WALL: (i32, i32) = (176, 192);
/// Left edge of the instance.
const MACHINE: i32 = 300;

/// A still picture; it is described in words for who does not see it.
#[component]
pub fn Picture() -> Html {
    html! {
        <figure class="home-picture">
            <svg viewBox="0 0 440 260" role="img" aria-labelledby="home-picture-words" focusable="false">
                <title id="home-picture-words">
                    { "Three connections from your laptop. Port 22: no rule of the security group lets it in, so it times out. Port 80: a rule lets it in, but nothing listens, so it is refused. Port 443: a rule lets it in and httpd listens, so it connects." }
                </title>
                <rect class="home-box" x="8" y="84" width="104" height="92" rx="12" />
                <path class="home-line" d="M38 104h44v30H38zM28 144h64" />
                <text class="home-name" x="60" y="167" text-anchor="middle">{ "Your laptop" }</text>
                <rect class="home-wall" x={WALL.0.to_string()} y="28" width="16" height="204" rx="6" />
                <text class="home-note" x="184" y="18" text-anchor="middle">{ "Security group" }</text>
                <rect class="home-box is-machine" x={MACHINE.to_string()} y="28" width="132" height="204" rx="12" />
                <text class="home-name" x="374" y="126" text-anchor="middle">{ "web-1" }</text>
                <text class="home-note" x="374" y="146" text-anchor="middle">{ "Running" }</text>
                { for WAYS.iter().map(|(port, words, class, y)| view_way(port, words, class, *y)) }
            </svg>
        </figure>
    }
}

fn view_way(port: &str, words: &str, class: &'static str, y: i32) -> Html {
    let (locked, hollow) = (class == "is-locked", class == "is-hollow");
    let start = format!("M112 130C140 130 132 {y} 156 {y}");
    let end = if locked {
        format!("H{}", WALL.0 - 8)
    } else {
        format!("H{}", MACHINE - 12)
    };
    let label_x = if locked { WALL.1 + 12 } else { WALL.1 + 10 };
    html! {
        <g class={classes!("home-way", class)}>
            <path class="home-wire" d={format!("{start}{end}")} />
            if locked {
                <path class="home-stop" d={format!("M{} {}l10 10m0 -10l-10 10", WALL.0 - 13, y - 5)} />
            } else {
                <rect class="home-gap" x={WALL.0.to_string()} y={(y - 9).to_string()} width="16" height="18" />
                <path class="home-wire" d={format!("M{} {y}h18", WALL.0 - 1)} />
            }
            <circle class="home-plug" cx={MACHINE.to_string()} cy={y.to_string()} r="11" />
            if locked { <path class="home-mark" d={format!("M{} {}h8v6h-8zm1.5 0v-2.5a2.5 2.5 0 0 1 5 0v2.5", MACHINE - 4, y - 1)} /> }
            if !locked && !hollow { <path class="home-mark" d={format!("M{} {}l3 3.4 5.6 -6.4", MACHINE - 4, y)} /> }
            <text class="home-note" x={(MACHINE + 18).to_string()} y={(y + 4).to_string()}>{ port.to_owned() }</text>
            <text class="home-verdict" x={label_x.to_string()} y={(y - 10).to_string()}>{ words.to_owned() }</text>
        </g>
    }
}
