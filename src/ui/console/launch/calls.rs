//! From the form to the calls that one click makes: a key pair, a group with its rules, the instances.

use super::form::{Admit, KeyChoice, LaunchForm};
use crate::state::AppState;
use crate::ui::words::line;
use base64ct::{Base64, Encoding};
use ec2_lab_engine::catalogue::Login;
use ec2_lab_engine::json::{Map, json};
use ec2_lab_engine::network::{Call, LAPTOP};
use ec2_lab_engine::{ApiError, Caller, Value, World};

/// What AWS would say to the form as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// The calls in their order, up to and including one that is refused.
    pub calls: Vec<Call>,
    /// The refusal that ends them: operation and error.
    pub refusal: Option<(&'static str, ApiError)>,
}

impl Plan {
    /// The commands that the calls equal.
    #[must_use]
    pub fn commands(&self) -> String {
        let lines: Vec<String> = self
            .calls
            .iter()
            .map(|call| line(call, &call.caller))
            .collect();
        lines.join("\n\n")
    }
}

impl LaunchForm {
    /// The calls of the form in the Region in sight.
    #[must_use]
    pub fn calls(&self, app: &AppState) -> Vec<Call> {
        self.plan(app.session.world(), &app.caller).calls
    }

    /// The calls, each tried on a copy of the world: the id that AWS gives to a new group is needed by the launch, and the
    /// same call on the same world gives the same id.
    #[must_use]
    pub fn plan(&self, world: &World, caller: &Caller) -> Plan {
        let mut trial = Trial {
            world: world.clone(),
            caller,
            calls: Vec::new(),
        };
        let refusal = self.build(&mut trial).err();
        Plan {
            calls: trial.calls,
            refusal,
        }
    }

    fn build(&self, trial: &mut Trial<'_>) -> Result<(), (&'static str, ApiError)> {
        if self.key == KeyChoice::New {
            trial.call(
                "CreateKeyPair",
                json!({ "KeyName": self.key_name.trim(), "KeyType": self.key_type }),
            )?;
        }
        let groups = if self.create_group {
            vec![self.build_group(trial)?]
        } else {
            self.groups.iter().map(|id| json!(id.to_string())).collect()
        };
        let launch = self.launch(trial.caller.region, groups);
        trial.call("RunInstances", launch)?;
        Ok(())
    }

    /// The new group and its rules; its id.
    fn build_group(&self, trial: &mut Trial<'_>) -> Result<Value, (&'static str, ApiError)> {
        let mut input = json!({ "GroupName": self.group_name.trim(), "Description": self.group_description.trim() });
        set(
            &mut input,
            "VpcId",
            self.vpc.map(|id| json!(id.to_string())),
        );
        let answer = trial.call("CreateSecurityGroup", input)?;
        let id = answer.get("GroupId").cloned().unwrap_or_default();
        for (port, cidr) in self.rules() {
            let rule = json!({ "IpProtocol": "tcp", "FromPort": port, "ToPort": port, "IpRanges": [{ "CidrIp": cidr }] });
            trial.call(
                "AuthorizeSecurityGroupIngress",
                json!({ "GroupId": id, "IpPermissions": [rule] }),
            )?;
        }
        Ok(id)
    }

    /// Port and addresses of each inbound rule of the new group.
    #[must_use]
    pub fn rules(&self) -> Vec<(u16, String)> {
        let everywhere = || "0.0.0.0/0".to_owned();
        let mut rules = Vec::new();
        match self.admit_login {
            Admit::Nobody => {}
            Admit::Laptop => rules.push((self.login_port(), format!("{LAPTOP}/32"))),
            Admit::Anywhere => rules.push((self.login_port(), everywhere())),
        }
        rules.extend(self.admit_http.then(|| (80, everywhere())));
        rules.extend(self.admit_https.then(|| (443, everywhere())));
        rules
    }

    /// The port of the image's login.
    #[must_use]
    pub fn login_port(&self) -> u16 {
        match self.image().map(|image| image.login) {
            Some(Login::Rdp) => 3389,
            _ => 22,
        }
    }

    /// The input of RunInstances. A number that is none counts as its default: [`super::problems`] has said so.
    fn launch(&self, region: &str, groups: Vec<Value>) -> Value {
        let count = whole(&self.count).unwrap_or(1);
        let image = self.image();
        let mut input = json!({
            "ImageId": image.map_or_else(String::new, |image| image.id(region).to_string()),
            "InstanceType": self.instance_type.trim(),
            "MinCount": count,
            "MaxCount": count,
        });
        let key = match &self.key {
            KeyChoice::New => Some(self.key_name.trim()),
            KeyChoice::Existing(name) => Some(name.as_str()),
            KeyChoice::None => None,
        };
        set(&mut input, "KeyName", key.map(Into::into));
        self.wire(&mut input, groups);
        set(
            &mut input,
            "BlockDeviceMappings",
            image.and_then(|image| self.volume(image.root_device_name, image.root_volume_gib)),
        );
        set(&mut input, "Placement", self.placement());
        let data = Some(&self.user_data).filter(|text| !text.is_empty());
        set(
            &mut input,
            "UserData",
            data.map(|text| Base64::encode_string(text.as_bytes()).into()),
        );
        set(
            &mut input,
            "DisableApiTermination",
            self.termination_protection.then(|| json!(true)),
        );
        set(
            &mut input,
            "DisableApiStop",
            self.stop_protection.then(|| json!(true)),
        );
        set(
            &mut input,
            "InstanceInitiatedShutdownBehavior",
            self.shutdown_terminates.then(|| json!("terminate")),
        );
        let tokens = self.tokens_required.map(
            |required| json!({ "HttpTokens": if required { "required" } else { "optional" } }),
        );
        set(&mut input, "MetadataOptions", tokens);
        set(
            &mut input,
            "Monitoring",
            self.detailed_monitoring.then(|| json!({ "Enabled": true })),
        );
        set(&mut input, "TagSpecifications", self.tag_specifications());
        input
    }

    /// Subnet, groups and public address: in the call itself, or in an interface where the address is asked for.
    fn wire(&self, input: &mut Value, groups: Vec<Value>) {
        let subnet = self.subnet.map(|id| json!(id.to_string()));
        let groups = Some(groups)
            .filter(|groups| !groups.is_empty())
            .map(Value::Array);
        match self.public_ip {
            None => {
                set(input, "SubnetId", subnet);
                set(input, "SecurityGroupIds", groups);
            }
            Some(public) => {
                let mut interface = json!({ "DeviceIndex": 0, "AssociatePublicIpAddress": public });
                set(&mut interface, "SubnetId", subnet);
                set(&mut interface, "Groups", groups);
                set(input, "NetworkInterfaces", Some(json!([interface])));
            }
        }
    }

    /// The root volume, if it differs from the image's own.
    fn volume(&self, device: &str, least: u32) -> Option<Value> {
        let size = whole(&self.volume_size).unwrap_or(i64::from(least));
        if size == i64::from(least) && self.volume_type == "gp3" {
            return None;
        }
        Some(
            json!([{ "DeviceName": device, "Ebs": { "VolumeSize": size, "VolumeType": self.volume_type } }]),
        )
    }

    fn placement(&self) -> Option<Value> {
        let mut placement = json!({ "GroupName": self.placement_group.as_deref()? });
        set(
            &mut placement,
            "PartitionNumber",
            whole(&self.partition).map(|number| json!(number)),
        );
        Some(placement)
    }

    fn tag_specifications(&self) -> Option<Value> {
        let name = Some(("Name", self.name.as_str())).filter(|(_, name)| !name.is_empty());
        let others = self
            .tags
            .iter()
            .map(|(key, value)| (key.as_str(), value.as_str()));
        let tags: Vec<Value> = name
            .into_iter()
            .chain(others)
            .map(|(key, value)| json!({ "Key": key, "Value": value }))
            .collect();
        (!tags.is_empty()).then(|| json!([{ "ResourceType": "instance", "Tags": tags }]))
    }
}

/// A copy of the world and what was called on it.
struct Trial<'a> {
    world: World,
    caller: &'a Caller,
    calls: Vec<Call>,
}

impl Trial<'_> {
    fn call(
        &mut self,
        operation: &'static str,
        input: Value,
    ) -> Result<Value, (&'static str, ApiError)> {
        let result = self.world.execute(self.caller, operation, &input).result;
        self.calls.push(Call {
            caller: self.caller.clone(),
            operation,
            input,
        });
        result.map_err(|error| (operation, error))
    }
}

fn set(object: &mut Value, key: &str, value: Option<Value>) {
    if let (Some(value), Some(map)) = (value, object.as_object_mut()) {
        let map: &mut Map = map;
        map.insert(key.to_owned(), value);
    }
}

/// A whole number as typed; `None` when it is none.
#[must_use]
pub fn whole(text: &str) -> Option<i64> {
    text.trim().parse().ok()
}
