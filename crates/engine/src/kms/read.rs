//! Reading key policies: what is no policy is refused as KMS refuses it, what the lab does not weigh is not modelled
//! (<https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-overview.html>).

use super::policy::{Condition, Fact, KeyPolicy, Principal, Statement};
use crate::error::{ApiError, ApiResult};
use crate::json::{Value, from_str};
use std::rc::Rc;

fn malformed(detail: &str) -> ApiError {
    ApiError::MalformedPolicyDocumentException {
        detail: detail.to_owned(),
    }
}

/// One text, or a list of them.
fn texts(value: Option<&Value>) -> Option<Vec<&str>> {
    match value? {
        Value::String(text) => Some(vec![text]),
        Value::Array(items) => items.iter().map(Value::as_str).collect(),
        _ => None,
    }
}

impl Statement {
    fn read(value: &Value) -> ApiResult<Self> {
        let Value::Object(map) = value else {
            return Err(malformed("Syntax errors in policy."));
        };
        let known = [
            "Sid",
            "Effect",
            "Principal",
            "Action",
            "Resource",
            "Condition",
        ];
        for key in map.keys() {
            if matches!(key.as_str(), "NotPrincipal" | "NotAction" | "NotResource") {
                return Err(ApiError::NotModelled {
                    what: format!("{key} in a key policy"),
                });
            }
            if !known.contains(&key.as_str()) {
                return Err(malformed("Syntax errors in policy."));
            }
        }
        let allow = match map.get("Effect").and_then(Value::as_str) {
            Some("Allow") => true,
            Some("Deny") => false,
            _ => {
                return Err(malformed(
                    "Syntax error in document, Effect must be Allow or Deny.",
                ));
            }
        };
        let actions = texts(map.get("Action")).filter(|list| !list.is_empty());
        let actions = actions.ok_or_else(|| malformed("Policy statement must contain actions."))?;
        if actions
            .iter()
            .any(|action| *action != "*" && !action.starts_with("kms:"))
        {
            return Err(malformed(
                "Policy contains a statement with one or more invalid actions.",
            ));
        }
        match texts(map.get("Resource")).as_deref() {
            Some(["*"]) => {}
            // A key policy speaks of its own key; AWS takes `*` for it.
            Some(_) => {
                return Err(ApiError::NotModelled {
                    what: "Another Resource than * in a key policy".to_owned(),
                });
            }
            None => return Err(malformed("Policy statement must contain resources.")),
        }
        Ok(Statement {
            sid: map.get("Sid").and_then(Value::as_str).map(str::to_owned),
            allow,
            principals: principals(map.get("Principal"))?,
            actions: actions.into_iter().map(str::to_owned).collect(),
            conditions: conditions(map.get("Condition"))?,
        })
    }
}

fn principals(value: Option<&Value>) -> ApiResult<Vec<Principal>> {
    let invalid = || malformed("Policy contains a statement with one or more invalid principals.");
    let map = match value {
        None => return Err(malformed("Policy statement must contain principals.")),
        Some(Value::String(text)) if text.as_str() == "*" => return Ok(vec![Principal::Anybody]),
        Some(Value::Object(map)) => map,
        Some(_) => return Err(invalid()),
    };
    let mut found = Vec::new();
    for (kind, list) in map.iter() {
        for text in texts(Some(list)).ok_or_else(invalid)? {
            found.push(match kind.as_str() {
                "AWS" => Principal::parse(text).ok_or_else(invalid)?,
                "Service" => Principal::Service(text.to_owned()),
                "Federated" | "CanonicalUser" => {
                    return Err(ApiError::NotModelled {
                        what: format!("A principal of the kind {kind} in a key policy"),
                    });
                }
                _ => return Err(invalid()),
            });
        }
    }
    if found.is_empty() {
        return Err(invalid());
    }
    Ok(found)
}

fn conditions(value: Option<&Value>) -> ApiResult<Vec<Condition>> {
    let operators = match value {
        None => return Ok(Vec::new()),
        Some(Value::Object(map)) => map,
        Some(_) => return Err(malformed("Syntax errors in policy.")),
    };
    let mut found = Vec::new();
    for (operator, facts) in operators.iter() {
        let Value::Object(facts) = facts else {
            return Err(malformed("Syntax errors in policy."));
        };
        for (name, values) in facts.iter() {
            found.push(condition(operator, name, values)?);
        }
    }
    Ok(found)
}

fn condition(operator: &str, name: &str, values: &Value) -> ApiResult<Condition> {
    let fact = match name.to_ascii_lowercase().as_str() {
        "kms:grantisforawsresource" => Fact::GrantIsForAwsResource,
        "kms:viaservice" => Fact::ViaService,
        "kms:calleraccount" => Fact::CallerAccount,
        _ => {
            return Err(ApiError::NotModelled {
                what: format!("The condition {name} in a key policy"),
            });
        }
    };
    let wildcards = match (operator, fact) {
        ("Bool", Fact::GrantIsForAwsResource) | ("StringEquals", _) => false,
        ("StringLike", _) => true,
        _ => {
            return Err(ApiError::NotModelled {
                what: format!("The condition operator {operator} with {name} in a key policy"),
            });
        }
    };
    let values = match values {
        Value::Bool(flag) => vec![flag.to_string()],
        other => {
            let list = texts(Some(other)).ok_or_else(|| malformed("Syntax errors in policy."))?;
            list.into_iter().map(str::to_owned).collect()
        }
    };
    Ok(Condition {
        fact,
        wildcards,
        values,
    })
}

impl KeyPolicy {
    /// Reads a policy.
    ///
    /// # Errors
    /// `MalformedPolicyDocumentException`; `NotModelled` for parts that the lab does not weigh.
    pub fn read(text: &str) -> ApiResult<Self> {
        let Ok(Value::Object(map)) = from_str::<Value>(text) else {
            return Err(malformed("This policy contains invalid Json"));
        };
        if let Some(version) = map.get("Version").and_then(Value::as_str)
            && !matches!(version, "2012-10-17" | "2008-10-17")
        {
            return Err(malformed("The policy must contain a valid version string"));
        }
        let statements = match map.get("Statement") {
            Some(Value::Array(items)) => items
                .iter()
                .map(Statement::read)
                .collect::<ApiResult<_>>()?,
            Some(one @ Value::Object(_)) => vec![Statement::read(one)?],
            _ => return Err(malformed("Syntax errors in policy.")),
        };
        Ok(KeyPolicy {
            text: Rc::from(text),
            statements,
        })
    }
}
