//! A command line or a piece of output, to read and to copy.

use yew::prelude::*;

use super::CopyText;

/// Props of [`CodeBlock`].
#[derive(Properties, PartialEq)]
pub struct CodeBlockProps {
    /// The text; lines break where it breaks and where the page is too narrow.
    pub text: AttrValue,
    /// What it is, for the copy button and the region: "command".
    #[prop_or(AttrValue::Static("command"))]
    pub what: AttrValue,
    /// Copies and announces; without it there is no button.
    #[prop_or_default]
    pub oncopy: Option<Callback<AttrValue>>,
    /// Draws a `$` before it, which is not copied.
    #[prop_or_default]
    pub prompt: bool,
    /// Buttons beside the copy button, such as "Run".
    #[prop_or_default]
    pub actions: Html,
}

/// Preformatted text on its own ground.
#[component]
pub fn CodeBlock(props: &CodeBlockProps) -> Html {
    html! {
        <div class={classes!("code-block", props.prompt.then_some("is-prompt"))}>
            <pre class="code-text"><code>{ &props.text }</code></pre>
            <div class="code-actions">
                { props.actions.clone() }
                if let Some(oncopy) = &props.oncopy {
                    <CopyText text={props.text.clone()} what={props.what.clone()}
                        {oncopy} button_only=true />
                }
            </div>
        </div>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;
    use crate::ui::components::test_support::render;

    #[test]
    fn the_prompt_sign_is_not_part_of_the_text() {
        let page = render(html! {
            <CodeBlock text="aws ec2 describe-instances" prompt=true oncopy={Callback::noop()} />
        });
        assert!(page.contains("<code>aws ec2 describe-instances</code>"));
        assert!(page.contains("Copy command"));
        let plain = render(html! { <CodeBlock text="{}" /> });
        assert!(!plain.contains("<button"));
    }
}
