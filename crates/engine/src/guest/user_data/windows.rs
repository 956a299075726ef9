//! User data of Windows: `<powershell>` or `<script>` around commands
//! (<https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/user-data.html#user-data-windows>). The lab has no PowerShell: it
//! says what would run, and runs nothing.

use super::Read;

/// What EC2Launch makes of the text.
pub(super) fn script(text: &str) -> Read {
    for tag in ["powershell", "script"] {
        let inside = text
            .split_once(&format!("<{tag}>"))
            .and_then(|(_, rest)| rest.split_once(&format!("</{tag}>")));
        if let Some((inside, _)) = inside {
            let lines = inside.lines().filter(|line| !line.trim().is_empty());
            return Err(format!(
                "EC2Launch: found <{tag}> with {} lines. Programs of Windows are not modelled in this lab; nothing was run.",
                lines.count()
            ));
        }
    }
    Err(
        "EC2Launch: user data has neither <powershell> nor <script> tags; nothing was run."
            .to_owned(),
    )
}
