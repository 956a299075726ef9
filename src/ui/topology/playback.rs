//! How far the packet has come on the picture: shared by the picture, its buttons and the list of reasons.

use crate::state::Attempt;
use std::rc::Rc;
use yew::prelude::*;

/// How fast the packet walks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Half as fast.
    Slow,
    /// A whole way in about two seconds.
    #[default]
    Normal,
    /// Twice as fast.
    Fast,
    /// No walk: it has arrived.
    Instant,
}

impl Pace {
    /// All, from slow to fast.
    pub const ALL: [Pace; 4] = [Pace::Slow, Pace::Normal, Pace::Fast, Pace::Instant];

    /// Its name, as buttons show it.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Pace::Slow => "×0.5",
            Pace::Normal => "×1",
            Pace::Fast => "×2",
            Pace::Instant => "instant",
        }
    }

    /// Milliseconds from one hop to the next, so that the whole way stays short however many hops it has.
    #[must_use]
    pub fn stride(self, hops: usize) -> f64 {
        let normal = (2_200.0 / hops.max(1) as f64).clamp(110.0, 440.0);
        match self {
            Pace::Slow => normal * 2.0,
            Pace::Normal => normal,
            Pace::Fast => normal / 2.0,
            Pace::Instant => 0.0,
        }
    }
}

/// What happens to the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// A new attempt: how many hops it has, and whether it is shown at its end at once.
    Begin {
        /// Its number; 0 when the last one was put away.
        attempt: u64,
        /// Hops of its trace.
        hops: usize,
        /// Without a walk.
        still: bool,
    },
    /// The packet has come to the next hop.
    Arrive,
    /// One hop on, by hand.
    Step,
    /// Hold, or go on.
    Toggle,
    /// From the start.
    Replay,
    /// Another speed.
    SetPace(Pace),
}

/// The state of the walk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Playback {
    /// The attempt that is shown; none before the first one.
    attempt: Option<u64>,
    /// Hops of the trace.
    pub hops: usize,
    /// The hop at which the packet is; beyond the last one means at the end.
    at: usize,
    /// Whether it walks.
    pub running: bool,
    /// How fast.
    pub pace: Pace,
    /// Counts walks, so that a clock of the walk before knows that it is over.
    pub walk: u32,
}

impl Default for Playback {
    fn default() -> Self {
        Playback {
            attempt: None,
            hops: 0,
            at: usize::MAX,
            running: false,
            pace: Pace::Normal,
            walk: 0,
        }
    }
}

impl Playback {
    /// The index of the hop at which an attempt's packet is, and whether that is the end. A new attempt stands at its start
    /// until its walk begins, so that its end does not flash up before.
    #[must_use]
    pub fn place(&self, attempt: &Attempt) -> (usize, bool) {
        let hops = attempt.trace.hops.len();
        match self.attempt {
            Some(number) if number != attempt.number => (0, false),
            _ => (self.hop(hops), self.finished()),
        }
    }

    fn hop(&self, hops: usize) -> usize {
        self.at.min(hops.saturating_sub(1))
    }

    fn finished(&self) -> bool {
        self.at.saturating_add(1) >= self.hops
    }
}

impl Reducible for Playback {
    type Action = Act;

    fn reduce(self: Rc<Self>, act: Act) -> Rc<Self> {
        let mut next = *self;
        match act {
            Act::Begin {
                attempt,
                hops,
                still,
            } => {
                let still = still || next.pace == Pace::Instant;
                next = Playback {
                    attempt: Some(attempt),
                    hops,
                    at: if still { usize::MAX } else { 0 },
                    running: !still,
                    walk: next.walk + 1,
                    ..next
                };
            }
            Act::Arrive if next.running => next.at = next.hop(next.hops) + 1,
            Act::Arrive => return self,
            Act::Step => {
                next.running = false;
                next.at = if next.finished() { 0 } else { next.at + 1 };
            }
            Act::Toggle if next.finished() => {
                next = Playback {
                    at: 0,
                    running: true,
                    walk: next.walk + 1,
                    ..next
                };
            }
            Act::Toggle => next.running = !next.running,
            Act::Replay => {
                next = Playback {
                    at: 0,
                    running: true,
                    walk: next.walk + 1,
                    ..next
                }
            }
            Act::SetPace(pace) => {
                next.pace = pace;
                if pace == Pace::Instant {
                    next.at = usize::MAX;
                }
            }
        }
        if next.finished() || (next.running && next.pace == Pace::Instant) {
            next.at = usize::MAX;
            next.running = false;
        }
        if next == *self { self } else { Rc::new(next) }
    }
}

/// The handle that components take from the context.
pub type Walk = UseReducerHandle<Playback>;

/// Props of [`Stage`].
#[derive(Properties, PartialEq)]
pub struct StageProps {
    /// The picture and what goes with it.
    pub children: Html,
}

/// Shares one walk between the picture and the list of reasons; it stands around both.
#[component]
pub fn Stage(props: &StageProps) -> Html {
    let walk = use_reducer(Playback::default);
    html! { <ContextProvider<Walk> context={walk}>{ props.children.clone() }</ContextProvider<Walk>> }
}

/// The shared walk; a walk of one's own where no [`Stage`] stands around.
#[hook]
pub fn use_walk() -> Walk {
    let own = use_reducer(Playback::default);
    use_context::<Walk>().unwrap_or(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(acts: &[Act]) -> Playback {
        *acts
            .iter()
            .fold(Rc::new(Playback::default()), |state, act| {
                state.reduce(*act)
            })
    }

    const BEGIN: Act = Act::Begin {
        attempt: 1,
        hops: 3,
        still: false,
    };

    #[test]
    fn walks_to_the_end_and_stops_there() {
        let walk = after(&[BEGIN]);
        assert!((walk.running, walk.hop(3)) == (true, 0) && !walk.finished());
        let walk = after(&[BEGIN, Act::Arrive, Act::Arrive]);
        assert!(walk.finished() && !walk.running);
        assert_eq!(walk.hop(3), 2);
        assert_eq!(after(&[BEGIN, Act::Arrive, Act::Arrive, Act::Arrive]), walk);
    }

    #[test]
    fn steps_hold_the_walk_and_begin_again_after_the_end() {
        let walk = after(&[BEGIN, Act::Step]);
        assert_eq!((walk.running, walk.hop(3)), (false, 1));
        assert_eq!(after(&[BEGIN, Act::Step, Act::Step, Act::Step]).hop(3), 0);
    }

    #[test]
    fn without_motion_it_is_there_at_once() {
        let walk = after(&[Act::Begin {
            attempt: 1,
            hops: 9,
            still: true,
        }]);
        assert!(walk.finished() && !walk.running && walk.hop(9) == 8);
        let walk = after(&[BEGIN, Act::SetPace(Pace::Instant)]);
        assert!(walk.finished() && !walk.running);
        assert!(after(&[Act::SetPace(Pace::Instant), BEGIN]).finished());
    }

    #[test]
    fn no_trace_is_too_short_or_too_long() {
        assert!(Playback::default().finished());
        assert!(
            after(&[Act::Begin {
                attempt: 1,
                hops: 0,
                still: false
            }])
            .finished()
        );
        assert!(
            after(&[
                Act::Begin {
                    attempt: 1,
                    hops: 1,
                    still: false
                },
                Act::Arrive,
                Act::Step
            ])
            .finished()
        );
        assert!(Pace::Normal.stride(20) * 20.0 <= 2_500.0 && Pace::Normal.stride(0) > 0.0);
    }
}
