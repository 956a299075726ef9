//! The world: every account's resources in every Region, the hardware under them, the clock and the seed. All change
//! goes through [`World::execute`] and [`World::advance_to`].

use crate::clock::Instant;
use crate::error::{ApiError, ApiResult};
use crate::event::Event;
use crate::hardware::Hardware;
use crate::ids::{AccountId, ResourceId};
use crate::input::{Input, unknown_key};
use crate::json::Value;
use crate::operation::{self, Context, Mode};
use crate::operations::auto_scaling::work;
use crate::operations::balancing::health;
use crate::region::RegionState;
use crate::resources::iam::Iam;
use crate::resources::kms::Kms;
use crate::rng;
use crate::scheduler::{self, Resource, Schedule, Task};
use std::collections::BTreeMap;
use std::hash::{Hash, Hasher};
use std::rc::Rc;

/// The learner's account.
pub const HOME_ACCOUNT: AccountId = AccountId(111_122_223_333);

/// A partner's account, in the same world: what is shared is shared with it.
pub const PARTNER_ACCOUNT: AccountId = AccountId(222_233_334_444);

/// The accounts of the world.
pub const ACCOUNTS: [AccountId; 2] = [HOME_ACCOUNT, PARTNER_ACCOUNT];

/// Who calls, and which Region answers.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Caller {
    /// The account that calls.
    pub account: AccountId,
    /// The Region's name, `us-east-1`.
    pub region: &'static str,
}

impl Default for Caller {
    fn default() -> Self {
        Caller {
            account: HOME_ACCOUNT,
            region: "us-east-1",
        }
    }
}

impl Caller {
    /// The home account in this Region; `None` for a Region that the lab does not have.
    #[must_use]
    pub fn in_region(name: &str) -> Option<Self> {
        crate::catalogue::region(name).map(|region| Caller {
            account: HOME_ACCOUNT,
            region: region.name,
        })
    }

    /// An account by its twelve digits in a Region; `None` when the lab lacks one of them.
    #[must_use]
    pub fn of(account: &str, region: &str) -> Option<Self> {
        let account = ACCOUNTS
            .into_iter()
            .find(|known| known.to_string() == account)?;
        Some(Caller {
            account,
            ..Caller::in_region(region)?
        })
    }

    /// The ARN of the user who calls: each account of the lab has one, and IAM allows it everything.
    #[must_use]
    pub fn user_arn(&self) -> String {
        format!("arn:aws:iam::{}:user/learner", self.account)
    }
}

/// What a call came to: AWS's answer, and what happened because of it.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The operation's output, or the refusal.
    pub result: ApiResult,
    /// What changed, in order. Empty after a refusal.
    pub events: Vec<Event>,
}

/// The whole simulated AWS. A copy is cheap and independent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct World {
    seed: u64,
    now: Instant,
    /// How many draws each purpose has had.
    counters: Rc<BTreeMap<&'static str, u64>>,
    pub(crate) regions: Rc<BTreeMap<(AccountId, &'static str), Rc<RegionState>>>,
    /// The home account's roles and instance profiles: they belong to no Region.
    iam: Rc<Iam>,
    pub(crate) hardware: Rc<Hardware>,
    pub(crate) schedule: Rc<Schedule>,
    /// The partner's roles and instance profiles.
    partner_iam: Rc<Iam>,
    /// Every account's keys.
    pub(crate) kms: Rc<Kms>,
    /// Whether anything was ever done in the partner's account.
    partner_acted: bool,
}

impl Hash for World {
    /// A world in which nobody has used keys or the partner's account hashes as one did before there were any: what was
    /// saved then opens as it was.
    fn hash<H: Hasher>(&self, state: &mut H) {
        let regions: Vec<_> = self
            .regions
            .iter()
            .filter(|((account, _), _)| self.partner_acted || *account == HOME_ACCOUNT)
            .collect();
        (self.seed, self.now, &self.counters).hash(state);
        state.write_usize(regions.len());
        for row in regions {
            row.hash(state);
        }
        (&self.iam, &self.hardware, &self.schedule).hash(state);
        if self.partner_acted {
            self.partner_iam.hash(state);
        }
        if !self.kms.is_empty() {
            self.kms.hash(state);
        }
    }
}

impl World {
    /// Fresh accounts as AWS makes them: a default VPC in each Region.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        let mut world = World::with_account(seed, HOME_ACCOUNT);
        // The partner's ids are drawn from a seed of their own, so that the home account's are as they always were.
        let partner = World::with_account(seed ^ PARTNER_ACCOUNT.0, PARTNER_ACCOUNT);
        let regions = Rc::unwrap_or_clone(partner.regions);
        Rc::make_mut(&mut world.regions).extend(regions);
        world
    }

    fn with_account(seed: u64, account: AccountId) -> Self {
        let mut world = World {
            seed,
            now: Instant::START,
            counters: Rc::default(),
            regions: Rc::default(),
            iam: Rc::default(),
            hardware: Rc::default(),
            schedule: Rc::default(),
            partner_iam: Rc::default(),
            kms: Rc::default(),
            partner_acted: false,
        };
        for region in crate::catalogue::regions() {
            let state = RegionState::with_default_vpc(&mut world, account, region);
            Rc::make_mut(&mut world.regions).insert((account, region.name), Rc::new(state));
        }
        world
    }

    /// The lab's clock.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.now
    }

    /// The seed it was made from.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// The caller's resources; `None` for an account or Region that does not exist.
    #[must_use]
    pub fn region(&self, caller: &Caller) -> Option<&RegionState> {
        self.regions
            .get(&(caller.account, caller.region))
            .map(Rc::as_ref)
    }

    /// An account's roles and instance profiles.
    #[must_use]
    pub fn iam(&self, account: AccountId) -> &Iam {
        if account == PARTNER_ACCOUNT {
            &self.partner_iam
        } else {
            &self.iam
        }
    }

    pub(crate) fn iam_mut(&mut self, account: AccountId) -> &mut Iam {
        Rc::make_mut(if account == PARTNER_ACCOUNT {
            &mut self.partner_iam
        } else {
            &mut self.iam
        })
    }

    /// The keys of every account and Region.
    #[must_use]
    pub fn kms(&self) -> &Kms {
        &self.kms
    }

    /// Every account's resources in a Region, the home account's first.
    pub fn accounts_in(&self, region: &str) -> impl Iterator<Item = &RegionState> {
        ACCOUNTS.into_iter().filter_map(move |account| {
            let region = crate::catalogue::region(region)?.name;
            self.region(&Caller { account, region })
        })
    }

    pub(crate) fn region_mut(&mut self, caller: &Caller) -> Option<&mut RegionState> {
        Rc::make_mut(&mut self.regions)
            .get_mut(&(caller.account, caller.region))
            .map(Rc::make_mut)
    }

    /// Runs one operation. Atomic: after a refusal or a dry run the world is as it was. AWS has one exception: what
    /// TerminateInstances did in other zones than a protected instance's stays, and then there are events beside the refusal.
    pub fn execute(&mut self, caller: &Caller, operation: &str, input: &Value) -> Outcome {
        let mut next = self.clone();
        let mut events = Vec::new();
        let result = match next.run(caller, operation, input, &mut events) {
            Ok((answer, refusal)) => {
                *self = next;
                refusal.map_or(Ok(answer), Err)
            }
            Err(refusal) => {
                events.clear();
                Err(refusal)
            }
        };
        Outcome { result, events }
    }

    fn run(
        &mut self,
        caller: &Caller,
        name: &str,
        input: &Value,
        events: &mut Vec<Event>,
    ) -> ApiResult<(Value, Option<ApiError>)> {
        let spec = operation::find(name).ok_or_else(|| ApiError::NotModelled {
            what: format!("The operation {name}"),
        })?;
        if let Some(path) = unknown_key(input, spec.parameters) {
            return Err(ApiError::NotModelled {
                what: format!("The parameter {path} of {name}"),
            });
        }
        let input = Input::new(input)?;
        if self.region(caller).is_none() {
            return Err(ApiError::AuthFailure {
                detail: "AWS was not able to validate the provided access credentials".to_owned(),
            });
        }
        let dry_run = input.boolean("DryRun")?.unwrap_or(false);
        let mut context = Context {
            world: self,
            caller,
            events,
            refusal: None,
        };
        let answer = (spec.execute)(&mut context, input)?;
        let refusal = context.refusal;
        if dry_run {
            return Err(refusal.unwrap_or(ApiError::DryRunOperation {}));
        }
        if spec.mode == Mode::Write {
            self.partner_acted |= caller.account == PARTNER_ACCOUNT;
            health::wake(self);
            work::wake(self);
        }
        Ok((answer, refusal))
    }

    /// Whether an operation only reads, so that a journal need not keep it.
    #[must_use]
    pub fn reads_only(operation: &str) -> bool {
        operation::find(operation).is_some_and(|spec| spec.mode == Mode::Read)
    }

    /// Lets time pass, doing what falls due on the way. A moment in the past changes nothing.
    pub fn advance_to(&mut self, at: Instant) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some((due, task)) = Rc::make_mut(&mut self.schedule).pop_due(at) {
            self.now = self.now.max(due);
            let check = matches!(
                task,
                Task::Resource {
                    resource: Resource::TargetGroup(_),
                    ..
                }
            );
            scheduler::perform(self, task, &mut events);
            if !check {
                health::wake(self);
            }
            work::wake(self);
        }
        self.now = self.now.max(at);
        events
    }

    /// When the next thing happens by itself.
    #[must_use]
    pub fn next_wakeup(&self) -> Option<Instant> {
        self.schedule.next()
    }

    /// The next draw of a purpose.
    pub(crate) fn draw(&mut self, purpose: &'static str) -> u128 {
        let counter = Rc::make_mut(&mut self.counters).entry(purpose).or_insert(0);
        let bits = rng::draw(self.seed, purpose, *counter);
        *counter += 1;
        bits
    }

    /// A number below `bound` of a purpose; 0 when `bound` is 0.
    pub(crate) fn draw_below(&mut self, purpose: &'static str, bound: u64) -> u64 {
        let bits = self.draw(purpose);
        u64::try_from(bits % u128::from(bound.max(1))).unwrap_or(0)
    }

    /// A fresh id.
    pub(crate) fn mint<I: ResourceId>(&mut self) -> I {
        I::from_bits(self.draw(I::PREFIX))
    }

    /// The order number of a new resource: lists show resources in the order they were made.
    pub(crate) fn serial(&mut self) -> u64 {
        let counter = Rc::make_mut(&mut self.counters)
            .entry("serial")
            .or_insert(0);
        *counter += 1;
        *counter
    }

    /// A number that is equal for equal worlds, on every machine.
    #[must_use]
    pub fn state_hash(&self) -> u64 {
        let mut hasher = Fnv(0xcbf2_9ce4_8422_2325);
        self.hash(&mut hasher);
        hasher.finish()
    }
}

/// FNV-1a that hashes word-sized numbers as 64 bits, so that 32-bit wasm and a 64-bit machine agree.
struct Fnv(u64);

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
        }
    }

    fn write_usize(&mut self, number: usize) {
        self.write_u64(number as u64);
    }

    fn write_isize(&mut self, number: isize) {
        self.write_i64(number as i64);
    }
}
