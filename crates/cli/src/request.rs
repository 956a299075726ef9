//! From the words after `aws ec2 OPERATION` to the API call they stand for.

use crate::answer::Refusal;
use crate::arguments::sort;
use crate::customise;
use crate::files::load;
use crate::options::{Client, Opt, Sets, options, security_group_rules};
use crate::shapes::table;
use crate::validate::validate;
use crate::values::{Reader, base64, invalid_number};
use ec2_lab_engine::json::{Map, Value};

/// How to go through the pages of a listing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paging {
    /// `--starting-token`.
    pub starting_token: Option<String>,
    /// `--page-size`.
    pub page_size: Option<i64>,
    /// `--max-items`.
    pub max_items: Option<i64>,
}

/// What a command line asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Request {
    /// `help` after the operation.
    Help,
    /// `--generate-cli-skeleton`.
    Skeleton,
    /// `--generate-cli-skeleton yaml-input`.
    YamlSkeleton,
    /// An API call.
    Call {
        /// The API input.
        input: Value,
        /// Present if the client goes through the pages itself.
        paging: Option<Paging>,
    },
}

/// Reads the words after the operation (`operation` is the API name, known to the table).
pub fn parse(
    operation: &str,
    words: &[String],
    reader: &Reader<'_>,
    paginate: bool,
) -> Result<Request, Refusal> {
    let Some(options) = options(operation) else {
        return Err(Refusal::not_modelled(operation));
    };
    let arguments = sort(words, &options)?;
    if arguments.help {
        return Ok(Request::Help);
    }
    let given: Vec<(&Opt, &[String])> = options
        .iter()
        .zip(&arguments.values)
        .filter_map(|(option, words)| words.as_deref().map(|words| (option, words)))
        .collect();
    check_mixtures(operation, &given)?;
    let mut input = Map::new();
    let mut paging = Paging::default();
    let mut input_json = None;
    let mut skeleton = None;
    let mut raw_user_data = None;
    for (option, words) in given {
        let dashed = format!("--{}", option.name);
        let word = words.first().map_or("", String::as_str);
        let number = || {
            word.trim()
                .parse::<i64>()
                .map(Some)
                .map_err(|_| invalid_number(&dashed, "int", word))
        };
        match option.sets {
            // Bytes that are no text go past the step that encodes text.
            Sets::Member(member)
                if user_data(operation, member.name) && word.starts_with("fileb://") =>
            {
                raw_user_data = Some(base64(load(reader.files, &dashed, word)?.bytes()));
            }
            Sets::Member(member) => {
                drop(input.insert(member.name.to_owned(), reader.read(&dashed, member, words)?))
            }
            Sets::Flag(member, value) => {
                drop(input.insert(member.name.to_owned(), Value::Bool(value)))
            }
            Sets::Wrapped(member, true) if !words.is_empty() => {
                input.insert(member.name.to_owned(), reader.read(&dashed, member, words)?);
            }
            Sets::Wrapped(member, value) => {
                input.insert(
                    member.name.to_owned(),
                    ec2_lab_engine::json::json!({ "Value": value }),
                );
            }
            Sets::Client(Client::StartingToken) => paging.starting_token = Some(word.to_owned()),
            Sets::Client(Client::PageSize) => paging.page_size = number()?,
            Sets::Client(Client::MaxItems) => paging.max_items = number()?,
            Sets::Client(Client::CliInputJson) => input_json = Some(word),
            Sets::Client(Client::GenerateCliSkeleton) => skeleton = Some(word),
            Sets::Client(client) => {
                let words = loaded(reader, &dashed, words)?;
                customise::apply(client, &words, &mut input)?;
            }
        }
    }
    if let Some(text) = input_json {
        let text = load(reader.files, "--cli-input-json", text)?.into_text("--cli-input-json")?;
        merge(&mut input, &text)?;
    }
    match skeleton {
        None => {}
        Some("" | "input") => return Ok(Request::Skeleton),
        Some("yaml-input") => return Ok(Request::YamlSkeleton),
        Some("output") => {
            return Err(Refusal::not_modelled("--generate-cli-skeleton output"));
        }
        Some(other) => {
            return Err(Refusal::choice(
                "--generate-cli-skeleton",
                other,
                ["input", "output", "yaml-input"].into_iter(),
            ));
        }
    }
    customise::finish(operation, &mut input);
    if let Some(bytes) = raw_user_data {
        input.insert("UserData".to_owned(), Value::from(bytes));
    }
    let paging = check_paging(operation, &input, paging, paginate)?;
    let input = Value::Object(input);
    validate(&input, &table().input(operation).unwrap_or_default())?;
    Ok(Request::Call { input, paging })
}

/// User data is the one text that the client encodes by itself.
fn user_data(operation: &str, member: &str) -> bool {
    operation == "RunInstances" && member == "UserData"
}

fn loaded(reader: &Reader<'_>, option: &str, words: &[String]) -> Result<Vec<String>, Refusal> {
    match words {
        [only] => Ok(vec![load(reader.files, option, only)?.into_text(option)?]),
        many => Ok(many.to_vec()),
    }
}

/// Options that the client does not let stand together.
fn check_mixtures(operation: &str, given: &[(&Opt, &[String])]) -> Result<(), Refusal> {
    let has = |name: &str| given.iter().any(|(option, _)| option.name == name);
    if security_group_rules(operation) && has("ip-permissions") {
        for name in ["protocol", "port", "cidr", "source-group", "group-owner"] {
            if has(name) {
                let name = name.replace('-', "_");
                return Err(Refusal::parameter(format!(
                    "The --{name} option is not compatible with the --ip-permissions option "
                )));
            }
        }
    }
    let simple = [
        "secondary-private-ip-addresses",
        "secondary-private-ip-address-count",
        "associate-public-ip-address",
    ];
    if operation == "RunInstances"
        && has("network-interfaces")
        && simple.iter().any(|name| has(name))
    {
        return Err(Refusal::parameter(
            "Mixing the --network-interfaces option with the simple, scalar options is not supported.",
        ));
    }
    Ok(())
}

/// Adds the members of `--cli-input-json` that the command line has not given.
fn merge(input: &mut Map, text: &str) -> Result<(), Refusal> {
    let given = match ec2_lab_engine::json::from_str(text) {
        Ok(Value::Object(given)) => given,
        Ok(other) => {
            let class = match other {
                Value::Null => "NoneType",
                Value::Bool(_) => "bool",
                Value::Number(number) if number.is_f64() => "float",
                Value::Number(_) => "int",
                Value::String(_) => "str",
                _ => "list",
            };
            let message = format!("Invalid type: expecting map, received <class '{class}'>");
            return Err(Refusal::parsing("--cli-input-json", message));
        }
        // The client keeps the reason to itself; the learner gets it beside the refusal.
        Err(error) => {
            let why = crate::python::json_error(text).unwrap_or_else(|| error.to_string());
            return Err(Refusal {
                advice: Some(format!("{why}.")),
                ..Refusal::parsing("cli-input-json", "Invalid JSON received.")
            });
        }
    };
    for (key, value) in given {
        input.or_insert_with(key, || value);
    }
    Ok(())
}

/// Explicit `NextToken` or `MaxResults` turn the client's own paging off.
fn check_paging(
    operation: &str,
    input: &Map,
    paging: Paging,
    paginate: bool,
) -> Result<Option<Paging>, Refusal> {
    let Some(pages) = table().pages(operation) else {
        return Ok(None);
    };
    let manual = input.contains_key("NextToken")
        || pages.limit.is_some_and(|limit| input.contains_key(limit));
    if paginate && !manual {
        return Ok(Some(paging));
    }
    let used: Vec<&str> = [
        ("--starting-token", paging.starting_token.is_some()),
        ("--page-size", paging.page_size.is_some()),
        ("--max-items", paging.max_items.is_some()),
    ]
    .into_iter()
    .filter_map(|(name, used)| used.then_some(name))
    .collect();
    if used.is_empty() {
        return Ok(None);
    }
    Err(Refusal::general(format!(
        "Error during pagination: Cannot specify --no-paginate along with pagination arguments: {}",
        used.join(", ")
    )))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;
    use crate::values::BinaryFormat;
    use crate::words::split_plain;
    use ec2_lab_engine::json::json;

    fn request(line: &str) -> Result<Request, Refusal> {
        let files = MemoryFiles::new([
            (
                "run.json",
                br#"{"InstanceType":"t3.micro","MinCount":1,"MaxCount":2}"#.as_slice(),
            ),
            ("boot.sh", b"#!/bin/sh\n"),
            ("boot.bin", &[0x1f, 0x8b, 0xff]),
        ]);
        let reader = Reader {
            files: &files,
            binary: BinaryFormat::Base64,
        };
        let words = split_plain(line).unwrap();
        let operation = table().operation_of(&words[0]).unwrap();
        parse(operation, &words[1..], &reader, true)
    }

    fn input(line: &str) -> Value {
        match request(line).unwrap() {
            Request::Call { input, .. } => input,
            other => panic!("{other:?}"),
        }
    }

    fn exit(line: &str) -> i32 {
        request(line).unwrap_err().exit
    }

    #[test]
    fn run_instances_as_the_client_sends_it() {
        assert_eq!(
            input("run-instances --image-id ami-1"),
            json!({"ImageId": "ami-1", "MaxCount": 1, "MinCount": 1})
        );
        assert_eq!(
            input("run-instances --count 2:4"),
            json!({"MinCount": 2, "MaxCount": 4})
        );
        assert_eq!(
            input("run-instances --cli-input-json file://run.json --count 1"),
            json!({"MinCount": 1, "MaxCount": 1, "InstanceType": "t3.micro"})
        );
        assert_eq!(
            input("run-instances --user-data file://boot.sh")["UserData"],
            "IyEvYmluL3NoCg=="
        );
        assert_eq!(
            input("run-instances --user-data fileb://boot.bin")["UserData"],
            "H4v/"
        );
        assert_eq!(
            input(
                "run-instances --subnet-id s --security-group-ids g --associate-public-ip-address"
            ),
            json!({
                "NetworkInterfaces": [{"DeviceIndex": 0, "AssociatePublicIpAddress": true, "SubnetId": "s", "Groups": ["g"]}],
                "MaxCount": 1, "MinCount": 1
            })
        );
        assert_eq!(exit("run-instances --count 1:x"), 255);
        assert_eq!(exit("run-instances --user-data file://none"), 252);
        assert_eq!(
            exit("run-instances --network-interfaces DeviceIndex=0 --associate-public-ip-address"),
            252
        );
    }

    #[test]
    fn security_group_rules_in_single_words() {
        assert_eq!(
            input(
                "authorize-security-group-ingress --group-id sg-1 --protocol tcp --port 22-25 --cidr 0.0.0.0/0"
            ),
            json!({"GroupId": "sg-1", "IpPermissions": [
                {"IpProtocol": "tcp", "FromPort": 22, "ToPort": 25, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}
            ]})
        );
        assert_eq!(
            input(
                "revoke-security-group-egress --group-id sg-1 --protocol all --source-group web --group-owner 1"
            ),
            json!({"GroupId": "sg-1", "IpPermissions": [
                {"IpProtocol": "-1", "UserIdGroupPairs": [{"GroupName": "web", "UserId": "1"}]}
            ]})
        );
        for wrong in [
            "--protocol pigeon",
            "--protocol 300",
            "--port ssh",
            "--port 22 --ip-permissions IpProtocol=tcp",
        ] {
            assert_eq!(
                exit(&format!(
                    "authorize-security-group-ingress --group-id sg-1 {wrong}"
                )),
                252,
                "{wrong}"
            );
        }
    }

    #[test]
    fn booleans_and_renamed_ones() {
        let line = "create-network-acl-entry --network-acl-id a --ingress --protocol tcp --rule-action allow --rule-number 1";
        assert_eq!(input(line)["Egress"], false);
        assert_eq!(input(line)["Protocol"], "6");
        assert_eq!(
            input("modify-instance-attribute --instance-id i --no-source-dest-check"),
            json!({"SourceDestCheck": {"Value": false}, "InstanceId": "i"})
        );
        assert_eq!(
            input("modify-instance-attribute --instance-id i --ebs-optimized Value=false")["EbsOptimized"],
            json!({"Value": false})
        );
        assert_eq!(
            input("modify-vpc-attribute --vpc-id v --enable-dns-support {\\\"Value\\\":true}")["EnableDnsSupport"],
            json!({"Value": true})
        );
    }

    #[test]
    fn paging_and_skeletons() {
        let Request::Call { paging, .. } = request("describe-instances --max-items 2").unwrap()
        else {
            panic!()
        };
        assert_eq!(paging.unwrap().max_items, Some(2));
        let Request::Call { paging, .. } = request("describe-instances --max-results 5").unwrap()
        else {
            panic!()
        };
        assert_eq!(paging, None);
        assert_eq!(
            exit("describe-instances --max-results 5 --max-items 2"),
            255
        );
        assert_eq!(exit("describe-instances --max-items many"), 252);
        assert_eq!(
            request("terminate-instances --generate-cli-skeleton").unwrap(),
            Request::Skeleton
        );
        assert_eq!(request("terminate-instances help").unwrap(), Request::Help);
    }
}
