//! The start page: what this is, where to begin, and the first two minutes.

mod first_run;
mod picture;

use super::settings::ImportFile;
use crate::app::use_app;
use crate::route::{Route, Section};
use crate::ui::components::{Button, ButtonVariant, Icon, IconName};
use ec2_lab_course::content;
use first_run::FirstRun;
use picture::Picture;
use yew::prelude::*;

/// The page.
#[component]
pub fn Home() -> Html {
    let app = use_app();
    let begun = !app.session.journal().is_empty();
    html! {
        <div class="page home">
            <section class="hero" aria-labelledby="main-title">
                <div>
                    <h1 id="main-title" class="hero-title" tabindex="-1">{ "An EC2 that says why." }</h1>
                    <p class="hero-words">
                        { "Launch instances, open and close ports, break things, and see for every connection which rule, route or service decided: Amazon EC2, simulated in your browser." }
                    </p>
                    <div class="hero-actions">
                        <Button id="home-open" variant={ButtonVariant::Primary} href={Route::Lab(Section::Instances).href()} icon_end={IconName::ArrowRight}>
                            { if begun { "Go on in the lab" } else { "Open the lab" } }
                        </Button>
                        <Button id="home-quiz" href={Route::Quiz(None).href()}>{ "Take the quiz" }</Button>
                    </div>
                    <ul class="home-promises">
                        { for ["No account", "No cost", "Nothing leaves this page"].map(|words| html! {
                            <li><Icon name={IconName::Check} />{ words }</li>
                        }) }
                    </ul>
                </div>
                <Picture />
            </section>
            <FirstRun />
            <div class="home-cards">
                <Exam />
                <section class="card" aria-labelledby="home-own-title">
                    <h2 class="card-title" id="home-own-title">{ "Bring your own" }</h2>
                    <p>{ "Go on with a lab that you or your teacher exported. It takes the place of the one you have here." }</p>
                    <div class="card-foot"><ImportFile id="home-import" /></div>
                </section>
            </div>
        </div>
    }
}

/// The way to the quiz.
#[component]
fn Exam() -> Html {
    html! {
        <section class="card" aria-labelledby="home-exam-title">
            <h2 class="card-title" id="home-exam-title"><a href={Route::Quiz(None).href()}>{ "Practise for the exam" }</a></h2>
            <p>{ "Every option has its reason, and a wrong answer can be seen failing in the lab." }</p>
            <div class="card-foot">{ format!("{} questions in {} sections, at your pace or against the clock", content::QUESTIONS, content::CHAPTERS) }</div>
        </section>
    }
}

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[tokio::test(flavor = "current_thread")]
    async fn says_what_it_is_and_what_to_do_first() {
        let page = yew::ServerRenderer::<Home>::new()
            .hydratable(false)
            .render()
            .await;
        assert!(page.contains("Open the lab") && page.contains("No account"));
        assert!(page.contains("connection refused") && page.contains("#/lab/launch"));
        assert!(page.contains(&format!("{} questions", content::questions().len())));
        assert_eq!(page.matches("<h1").count(), 1);
        assert_eq!(page.matches("aria-current=\"step\"").count(), 1);
    }
}
