//! The rules by which the model check judges launches, written anew from AWS's documentation: nothing of the engine is used
//! here. And the steps that lead from one small world to the next.

/// A key: 0 is the owner's, which closes the image; 1 and 2 are the partner's, one in each Region. What AWS manages is
/// `Closed::Managed`.
#[derive(Clone, Debug, Default)]
pub struct Key {
    pub owner: usize,
    pub region: usize,
    pub disabled: bool,
    pub deleting: bool,
    /// Whether its policy lets the partner do what EC2 needs, and whether a grant does.
    pub policy: bool,
    pub grant: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    Open,
    With(usize),
    /// The key that AWS manages for an account in a Region.
    Managed(usize, usize),
}

#[derive(Clone, Debug)]
pub struct Image {
    pub owner: usize,
    pub region: usize,
    pub closed: Closed,
    pub shared: bool,
    pub snapshot_shared: bool,
    pub disabled: bool,
    pub failed: bool,
}

#[derive(Clone, Debug)]
pub struct Rules {
    pub keys: [Key; 3],
    pub images: Vec<Image>,
    /// Whether the partner's usual key in the first Region is its key 1.
    pub own_default: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Runs,
    NoSuchImage,
    NotAvailable,
    /// `pending`, then `terminated`.
    Dies,
}

impl Rules {
    /// <https://docs.aws.amazon.com/kms/latest/developerguide/policy-evaluation.html>: a customer key serves its owner and
    /// whom policy or grant admits, while it is enabled; AWS's key serves its own account.
    pub fn usable(&self, account: usize, region: usize, closed: Closed) -> bool {
        match closed {
            Closed::Open => true,
            Closed::Managed(owner, place) => owner == account && place == region,
            Closed::With(number) => {
                let key = &self.keys[number];
                key.region == region
                    && !key.disabled
                    && !key.deleting
                    && (key.owner == account || key.policy || key.grant)
            }
        }
    }

    pub fn usual(&self, account: usize, region: usize) -> Closed {
        if account == 1 && region == 0 && self.own_default {
            Closed::With(1)
        } else {
            Closed::Managed(account, region)
        }
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html>
    pub fn launch(&self, account: usize, region: usize, image: &Image) -> End {
        let mine = image.owner == account;
        if image.region != region || !(mine || image.shared) {
            return End::NoSuchImage;
        }
        if image.disabled || image.failed {
            return End::NotAvailable;
        }
        let lives = match (image.closed, mine) {
            (Closed::Open, _) => true,
            (closed, true) => self.usable(account, region, closed),
            (closed, false) => {
                self.usable(account, region, closed)
                    && self.usable(account, region, self.usual(account, region))
            }
        };
        if lives { End::Runs } else { End::Dies }
    }

    /// <https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/CopyingAMIs.html>: the copy, or AWS's refusal.
    pub fn copy(
        &self,
        account: usize,
        number: usize,
        to: usize,
        key: Option<usize>,
    ) -> Result<Image, &'static str> {
        let source = &self.images[number];
        let mine = source.owner == account;
        if !(mine || source.shared) {
            return Err("InvalidAMIID.NotFound");
        }
        if source.disabled || source.failed {
            return Err("InvalidAMIID.Unavailable");
        }
        if !(mine || source.snapshot_shared) {
            return Err("InvalidRequest");
        }
        let closed = match (key, source.closed) {
            (Some(key), _) => Closed::With(key),
            (None, Closed::Open) => Closed::Open,
            (None, closed) if mine && source.region == to => closed,
            (None, _) => self.usual(account, to),
        };
        let opened = self.usable(account, source.region, source.closed);
        Ok(Image {
            owner: account,
            region: to,
            closed,
            shared: false,
            snapshot_shared: false,
            disabled: false,
            failed: !(opened && self.usable(account, to, closed)),
        })
    }
}

// ---- The alphabet. ----

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Share(usize, bool),
    ShareSnapshot(bool),
    Policy(bool),
    Grant(bool),
    Enable(usize, bool),
    Delete(bool),
    Default(bool),
    Retire(bool),
    /// The partner copies the image to a Region, closed with this key.
    Copy(usize, Option<usize>),
}

/// What is shared, and the key that closes it.
pub const SHARING: [Step; 14] = [
    Step::Share(0, true),
    Step::Share(0, false),
    Step::Share(1, true),
    Step::Policy(true),
    Step::Policy(false),
    Step::Grant(true),
    Step::Grant(false),
    Step::Enable(0, false),
    Step::Enable(0, true),
    Step::Delete(true),
    Step::Delete(false),
    Step::Default(true),
    Step::Enable(1, false),
    Step::Retire(true),
];

/// Copies, and the keys that close them.
pub const COPYING: [Step; 13] = [
    Step::Share(0, true),
    Step::Share(0, false),
    Step::ShareSnapshot(true),
    Step::ShareSnapshot(false),
    Step::Policy(true),
    Step::Grant(true),
    Step::Enable(0, false),
    Step::Enable(1, false),
    Step::Enable(2, false),
    Step::Copy(0, Some(1)),
    Step::Copy(1, Some(2)),
    Step::Copy(1, None),
    Step::Copy(1, Some(1)),
];

impl Rules {
    pub fn step(&mut self, step: Step) -> Result<(), &'static str> {
        match step {
            // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/sharingamis-explicit.html#considerations-for-sharing-amis
            Step::Share(number, true)
                if matches!(self.images[number].closed, Closed::Managed(..)) =>
            {
                return Err("InvalidParameter");
            }
            Step::Share(number, true) if self.images[number].disabled => {
                return Err("InvalidAMIID.Unavailable");
            }
            Step::Share(number, on) => self.images[number].shared = on,
            Step::ShareSnapshot(on) => self.images[0].snapshot_shared = on,
            // https://docs.aws.amazon.com/kms/latest/developerguide/key-state.html
            Step::Policy(_) | Step::Grant(_) | Step::Delete(true) if self.keys[0].deleting => {
                return Err("KMSInvalidStateException");
            }
            Step::Enable(number, _) if self.keys[number].deleting => {
                return Err("KMSInvalidStateException");
            }
            Step::Policy(on) => self.keys[0].policy = on,
            Step::Grant(true) if self.keys[0].disabled => return Err("DisabledException"),
            Step::Grant(false) if !self.keys[0].grant => return Err("InvalidGrantIdException"),
            Step::Grant(on) => self.keys[0].grant = on,
            Step::Enable(number, on) => self.keys[number].disabled = !on,
            Step::Delete(true) => self.keys[0].deleting = true,
            Step::Delete(false) if !self.keys[0].deleting => {
                return Err("KMSInvalidStateException");
            }
            Step::Delete(false) => (self.keys[0].deleting, self.keys[0].disabled) = (false, true),
            Step::Default(on) => self.own_default = on,
            Step::Retire(on) => {
                // https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/disable-an-ami.html
                self.images[0].disabled = on;
                self.images[0].shared &= !on;
            }
            Step::Copy(to, key) => {
                let copy = self.copy(1, 0, to, key)?;
                self.images.push(copy);
            }
        }
        Ok(())
    }
}
