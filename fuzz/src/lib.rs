//! What the fuzz targets share: a prompt over an engine without a world, and what must hold for every answer.

use ec2_lab_cli::{Answer, Caller, Engine, MemoryFiles, ServiceError, Shell};
use ec2_lab_engine::json::{Value, json};

/// The stack that the lab has in a browser.
const STACK: libc::rlim_t = 1 << 20;

/// Makes a deep recursion a finding: the stack is as small as the browser's, and when it overflows, libFuzzer's
/// handler has one of its own to run on, so that it can still keep the input.
pub fn as_in_the_browser() {
    let spare = Box::leak(vec![0_u8; 1 << 16].into_boxed_slice());
    let spare = libc::stack_t {
        ss_sp: spare.as_mut_ptr().cast(),
        ss_flags: 0,
        ss_size: spare.len(),
    };
    // SAFETY: both structures are whole and live through the calls, and the spare stack is never freed.
    let done = unsafe {
        let mut limit = libc::rlimit {
            rlim_cur: 0,
            rlim_max: 0,
        };
        libc::getrlimit(libc::RLIMIT_STACK, &raw mut limit);
        limit.rlim_cur = STACK.min(limit.rlim_max);
        libc::setrlimit(libc::RLIMIT_STACK, &raw const limit) == 0
            && libc::sigaltstack(&raw const spare, std::ptr::null_mut()) == 0
    };
    assert!(done, "the system gives no stack of {STACK} bytes");
}

/// Takes every operation and answers with its own input. The parsers are under test, not the world; so
/// a run costs microseconds, and `--query` and the output formats get whatever the parsers let through.
#[derive(Default)]
pub struct Echo {
    milliseconds: u64,
}

impl Engine for Echo {
    fn execute(&mut self, _: &Caller, _: &str, input: &Value) -> Result<Value, ServiceError> {
        Ok(
            json!({ "Input": input, "Reservations": [{"Instances": [{"InstanceId": "i-1", "State": {"Code": 16}}]}] }),
        )
    }

    fn knows(&self, _: &str) -> bool {
        true
    }

    fn has_region(&self, region: &str) -> bool {
        region.len() < 20
    }

    fn lab_operations(&self) -> Vec<String> {
        vec!["Connect".to_owned(), "StartService".to_owned()]
    }

    fn now_milliseconds(&self) -> u64 {
        self.milliseconds
    }

    fn advance_seconds(&mut self, seconds: u64) {
        self.milliseconds = self
            .milliseconds
            .saturating_add(seconds.saturating_mul(1_000));
    }

    fn advance_to_next(&mut self) -> bool {
        false
    }
}

/// A prompt with these files.
pub fn prompt(files: MemoryFiles) -> Shell<Echo> {
    Shell::new(Echo::default(), Box::new(files))
}

/// The answer to a command of these words, checked.
pub fn aws(files: MemoryFiles, words: &[&str]) -> Answer {
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    let answer = prompt(files).run_words(&words);
    check(&answer);
    answer
}

/// What holds for every `aws` command: an exit code of the client's, and a failure that says why.
pub fn check(answer: &Answer) {
    assert!(
        matches!(answer.exit, 0 | 252..=255),
        "the client has no exit code {}",
        answer.exit
    );
    assert_eq!(
        answer.exit == 0,
        answer.stderr.is_empty(),
        "exit {} with {:?} on stderr",
        answer.exit,
        answer.stderr
    );
}

/// Divides an input into the choice that its first byte makes among `all`, and the rest.
pub fn choose<'a, T: Copy>(all: &[T], text: &'a str) -> Option<(T, &'a str)> {
    let mut rest = text.chars();
    let first = rest.next()?;
    let at = usize::try_from(u32::from(first)).ok()? % all.len();
    Some((*all.get(at)?, rest.as_str()))
}
