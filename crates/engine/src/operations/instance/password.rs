//! GetPasswordData: the Administrator's first password of a Windows instance, sealed for its key pair
//! (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_GetPasswordData.html>).

use crate::error::ApiResult;
use crate::input::Input;
use crate::keys;
use crate::object;
use crate::operation::Context;
use crate::operations::lookup;
use crate::output::text;
use crate::resources::instance::Instance;
use crate::rng;

/// Letters, digits and signs that Windows asks for; those that look alike are left out.
const LETTERS: &[u8] = b"abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789()!@$%-=.?*;&";
/// How long the password is.
const LENGTH: usize = 32;

/// The password's data; empty until Windows has come up once, for other systems, and without a key pair.
///
/// # Errors
/// Unknown ids.
pub fn execute(ctx: &mut Context<'_>, input: Input<'_>) -> ApiResult {
    let row = lookup::instance(ctx.region()?, input.required("InstanceId")?)?;
    let data = password(row)
        .zip(row.public_key.as_deref())
        .map(|(password, public)| keys::seal(&password, public))
        .unwrap_or_default();
    Ok(
        object! { "InstanceId": text(row.id), "Timestamp": text(row.launched), "PasswordData": data },
    )
}

/// The Administrator's password; `None` for other systems, and before it is set.
#[must_use]
pub fn password(row: &Instance) -> Option<String> {
    if !row.os().is_some_and(|os| os.windows) || !row.guest.booted_before {
        return None;
    }
    let stream = format!("password/{}", row.id);
    let letters = (0..).map_while(|counter| {
        let draw = rng::draw(0, &stream, counter) % LETTERS.len() as u128;
        LETTERS.get(usize::try_from(draw).unwrap_or(0)).copied()
    });
    Some(letters.take(LENGTH).map(char::from).collect())
}
