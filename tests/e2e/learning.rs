//! The quiz: taken, scored, kept, and shown in the lab.

use crate::support::{Page, browse};

/// Answers the question in sight with whatever fits, and looks at the reasons.
async fn answer(page: &Page) {
    page.run("document.querySelector('.quiz-option input')?.click()", &[])
        .await;
    // One partner after the other, as a person chooses them.
    for place in 0..page.count(".quiz-pair select").await {
        let choose = "const select = document.querySelectorAll('.quiz-pair select')[arguments[0]]; \
            select.selectedIndex = arguments[0] + 1; select.dispatchEvent(new Event('change', { bubbles: true }));";
        page.run(choose, &[serde_json::json!(place)]).await;
        let chosen =
            "return document.querySelectorAll('.quiz-pair select')[arguments[0]].value !== ''";
        page.until("a partner is chosen", chosen, &[serde_json::json!(place)])
            .await;
    }
    page.until(
        "an answer can be given",
        "return !document.querySelector('#quiz-submit')?.hasAttribute('aria-disabled')",
        &[],
    )
    .await;
    page.click("#quiz-submit").await;
}

#[test]
fn a_quiz_is_taken_scored_and_kept() {
    browse("a_quiz_is_taken_scored_and_kept", async |page| {
        page.open("#/quiz").await;
        page.choose("How many", "5 questions").await;
        page.click("#quiz-begin").await;
        for number in 1..=5 {
            page.sees(&format!("Question {number} of 5")).await;
            answer(page).await;
            page.until("the answer is judged", "return /Right\\.|Not right\\./.test(document.querySelector('.quiz')?.innerText ?? '')", &[]).await;
            if number == 3 {
                page.reload().await;
                page.sees("Question 3 of 5").await;
            }
            page.click("#quiz-next").await;
        }
        page.sees("Result").await;
        let score = page.text("#quiz-score").await;
        assert!(score.ends_with("of 5"), "{score}");
        page.screenshot("result").await;
        page.reload().await;
        page.sees_in("#quiz-score", &score).await;
    });
}

#[test]
fn a_wrong_answer_is_shown_in_a_lab_of_its_own() {
    browse(
        "a_wrong_answer_is_shown_in_a_lab_of_its_own",
        async |page| {
            crate::newcomer::launch(page, "mine").await;
            page.open("#/quiz").await;
            page.run("localStorage.setItem('test.none', '')", &[]).await;
            page.tick("5. Security Groups").await;
            page.choose("How many", "60 questions").await;
            page.click("#quiz-begin").await;
            for _ in 0..25 {
                answer(page).await;
                if page.count(".quiz-show button").await > 0 {
                    page.press("Show me in the lab").await;
                    page.sees("See for yourself").await;
                    page.screenshot("shown").await;
                    page.press("Back to my lab").await;
                    page.open("#/lab").await;
                    page.sees_in("#picture", "mine").await;
                    return;
                }
                page.click("#quiz-next").await;
            }
            panic!("no question of chapter 5 has an option to show");
        },
    );
}
