//! Key policies: JSON with statements, each for some principals, actions and conditions
//! (<https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html>).

use crate::ids::AccountId;
use crate::json::{Map, Value, from_str, json};
use crate::resources::kms::KeyArn;
use std::rc::Rc;

/// Who is meant by a statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Principal {
    /// Everybody, `*`.
    Anybody,
    /// An account: its root, and through IAM everybody in it.
    Account(AccountId),
    /// One user or role, by ARN.
    Identity(String),
    /// A service of AWS's, `ec2.amazonaws.com`.
    Service(String),
}

impl Principal {
    /// Reads an AWS principal: `*`, twelve digits or an IAM ARN. `None` when it is none of these.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let account = |digits: &str| {
            let fine = digits.len() == 12 && digits.bytes().all(|byte| byte.is_ascii_digit());
            digits.parse().ok().filter(|_| fine).map(AccountId)
        };
        if text == "*" {
            return Some(Principal::Anybody);
        }
        if let Some(whole) = account(text) {
            return Some(Principal::Account(whole));
        }
        let (digits, rest) = text.strip_prefix("arn:aws:iam::")?.split_once(':')?;
        let whole = account(digits)?;
        match rest {
            "root" => Some(Principal::Account(whole)),
            name if name
                .strip_prefix("user/")
                .is_some_and(|name| !name.is_empty())
                || name
                    .strip_prefix("role/")
                    .is_some_and(|name| !name.is_empty()) =>
            {
                Some(Principal::Identity(text.to_owned()))
            }
            _ => None,
        }
    }

    /// Whether a request of this user is meant.
    fn means(&self, request: &Request<'_>) -> bool {
        match self {
            Principal::Anybody => true,
            Principal::Account(account) => *account == request.account,
            Principal::Identity(arn) => *arn == request.user,
            Principal::Service(_) => false,
        }
    }
}

/// What a condition compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Fact {
    /// `kms:GrantIsForAWSResource`: an AWS service makes the grant for the caller.
    GrantIsForAwsResource,
    /// `kms:ViaService`: the service through which the request comes.
    ViaService,
    /// `kms:CallerAccount`: the account that calls.
    CallerAccount,
}

/// A condition: the fact is one of these values; a star stands for any text where the operator allows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names say it")]
pub struct Condition {
    pub fact: Fact,
    pub wildcards: bool,
    pub values: Vec<String>,
}

/// A statement.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct Statement {
    pub sid: Option<String>,
    pub allow: bool,
    pub principals: Vec<Principal>,
    pub actions: Vec<String>,
    pub conditions: Vec<Condition>,
}

/// A policy: as it was written, and what it says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the names are AWS's")]
pub struct KeyPolicy {
    pub text: Rc<str>,
    pub statements: Vec<Statement>,
}

/// What somebody wants to do with a key.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// Whose request.
    pub account: AccountId,
    /// The ARN of the user who makes it.
    pub user: String,
    /// `kms:Decrypt`.
    pub action: &'a str,
    /// EC2 of this Region asks in the user's name, as it does for disks; `None` when the user calls KMS.
    pub via_ec2: Option<&'static str>,
}

/// Whether a pattern with `*` and `?` fits a text; case does not count, as in names of actions.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (
        pattern.to_ascii_lowercase().into_bytes(),
        text.to_ascii_lowercase().into_bytes(),
    );
    let (mut at, mut seen) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(byte) = text.get(seen) {
        match (pattern.get(at), star) {
            (Some(b'*'), _) => {
                star = Some((at, seen));
                at += 1;
            }
            (Some(wanted), _) if wanted == byte || *wanted == b'?' => {
                at += 1;
                seen += 1;
            }
            (_, Some((from, taken))) => {
                star = Some((from, taken + 1));
                at = from + 1;
                seen = taken + 1;
            }
            _ => return false,
        }
    }
    pattern.iter().skip(at).all(|byte| *byte == b'*')
}

impl Condition {
    fn holds(&self, request: &Request<'_>) -> bool {
        let value = match (self.fact, request.via_ec2) {
            // Requests that concern no grant have nothing to compare, and then a condition does not hold.
            (Fact::GrantIsForAwsResource, via) if request.action.ends_with("Grant") => {
                via.is_some().to_string()
            }
            (Fact::GrantIsForAwsResource, _) => return false,
            (Fact::CallerAccount, _) => request.account.to_string(),
            (Fact::ViaService, Some(region)) => format!("ec2.{region}.amazonaws.com"),
            (Fact::ViaService, None) => return false,
        };
        self.values
            .iter()
            .any(|wanted| *wanted == value || (self.wildcards && fits(wanted, &value)))
    }
}

impl Statement {
    /// Whether it speaks of this request.
    #[must_use]
    pub fn concerns(&self, request: &Request<'_>) -> bool {
        self.principals.iter().any(|whom| whom.means(request))
            && self.actions.iter().any(|what| fits(what, request.action))
            && self.conditions.iter().all(|when| when.holds(request))
    }
}

impl KeyPolicy {
    fn of(document: &Value) -> Self {
        let text = document.to_string();
        KeyPolicy::read(&text).unwrap_or_else(|_| KeyPolicy {
            text: Rc::from(text.as_str()),
            statements: Vec::new(),
        })
    }

    /// What a new key gets: the account may do everything, and IAM says who in it
    /// (<https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html>).
    #[must_use]
    pub fn usual(account: AccountId) -> Self {
        let root = format!("arn:aws:iam::{account}:root");
        KeyPolicy::of(&json!({
            "Version": "2012-10-17", "Id": "key-default-1",
            "Statement": [{
                "Sid": "Enable IAM User Permissions", "Effect": "Allow", "Principal": { "AWS": root },
                "Action": "kms:*", "Resource": "*",
            }],
        }))
    }

    /// The policy of the key that AWS manages for EBS: the account may use it through EC2, and look at it.
    #[must_use]
    pub fn aws_managed(arn: KeyArn) -> Self {
        let (account, region) = (arn.account.to_string(), arn.region);
        KeyPolicy::of(&json!({
            "Version": "2012-10-17", "Id": "auto-ebs-2",
            "Statement": [
                {
                    "Sid": "Allow access through EBS for all principals in the account that are authorized to use EBS",
                    "Effect": "Allow", "Principal": { "AWS": "*" },
                    "Action": ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:CreateGrant", "kms:DescribeKey"],
                    "Resource": "*",
                    "Condition": { "StringEquals": {
                        "kms:CallerAccount": account, "kms:ViaService": format!("ec2.{region}.amazonaws.com"),
                    } },
                },
                {
                    "Sid": "Allow direct access to key metadata to the account", "Effect": "Allow",
                    "Principal": { "AWS": format!("arn:aws:iam::{account}:root") },
                    "Action": ["kms:Describe*", "kms:Get*", "kms:List*", "kms:RevokeGrant"], "Resource": "*",
                },
            ],
        }))
    }

    /// The same policy with one statement more.
    #[must_use]
    pub fn with(&self, statement: Value) -> String {
        let mut document = match from_str::<Value>(&self.text) {
            Ok(Value::Object(map)) => map,
            _ => Map::new(),
        };
        let mut statements = match document.remove("Statement") {
            Some(Value::Array(items)) => items.to_vec(),
            Some(one) => vec![one],
            None => Vec::new(),
        };
        statements.push(statement);
        document.insert("Statement".to_owned(), Value::Array(statements));
        Value::Object(document).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn stars_stand_for_any_text() {
        for (pattern, text, fit) in [
            ("kms:*", "kms:Decrypt", true),
            ("kms:ReEncrypt*", "kms:ReEncryptFrom", true),
            ("kms:reencrypt*", "kms:ReEncryptFrom", true),
            ("kms:Decrypt", "kms:DecryptX", false),
            ("*Grant", "kms:CreateGrant", true),
            ("*a*b", "aab", true),
            ("*a*b", "aba", false),
            ("kms:?ecrypt", "kms:Decrypt", true),
            ("", "", true),
            ("*", "", true),
        ] {
            assert_eq!(fits(pattern, text), fit, "{pattern} {text}");
        }
    }
}
