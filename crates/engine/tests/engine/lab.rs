//! A world with short words for what tests do to it.

use ec2_lab_engine::json::json;
use ec2_lab_engine::{ApiError, Caller, Value, World, invariants};

/// A world, and who calls.
#[derive(Clone)]
pub struct Lab {
    pub world: World,
    pub caller: Caller,
}

impl Lab {
    pub fn new() -> Self {
        Lab::seeded(7)
    }

    pub fn seeded(seed: u64) -> Self {
        Lab {
            world: World::new(seed),
            caller: Caller::default(),
        }
    }

    /// The same world, called in another Region.
    pub fn in_region(&self, region: &str) -> Caller {
        Caller {
            region: ec2_lab_engine::catalogue::region(region).unwrap().name,
            ..self.caller.clone()
        }
    }

    pub fn execute(&mut self, operation: &str, input: Value) -> Result<Value, ApiError> {
        let before = self.world.clone();
        let outcome = self.world.execute(&self.caller, operation, &input);
        assert_eq!(
            invariants::violations(&self.world),
            Vec::<String>::new(),
            "after {operation} {input}"
        );
        // With events beside it, a refusal was carried out in part.
        if outcome.result.is_err() && outcome.events.is_empty() {
            assert!(
                self.world == before,
                "{operation} {input} refused, yet changed the world"
            );
        }
        outcome.result
    }

    /// What the operation answers; it must succeed.
    pub fn ok(&mut self, operation: &str, input: Value) -> Value {
        self.execute(operation, input.clone())
            .unwrap_or_else(|error| panic!("{operation} {input}: {error}"))
    }

    /// The code and message of the refusal; it must refuse.
    pub fn refused(&mut self, operation: &str, input: Value) -> (String, String) {
        match self.execute(operation, input.clone()) {
            Err(error) => (error.code().to_owned(), error.message()),
            Ok(answer) => panic!("{operation} {input} succeeded: {answer}"),
        }
    }

    /// The code of the refusal; it must refuse.
    pub fn code(&mut self, operation: &str, input: Value) -> String {
        self.refused(operation, input).0
    }

    pub fn wait(&mut self, seconds: u64) {
        self.world
            .advance_to(self.world.now().plus(seconds * 1_000));
        assert_eq!(
            invariants::violations(&self.world),
            Vec::<String>::new(),
            "after {seconds} seconds"
        );
    }

    /// Long enough for every machine to be up and every short script to be done.
    pub fn settle(&mut self) {
        self.wait(300);
    }

    pub fn image(&mut self, name: &str) -> Value {
        self.ok("Image", json!({ "Name": name }))["ImageId"].clone()
    }

    /// Launches al2023 on a t3.micro, with `more` on top, and answers with RunInstances' answer.
    pub fn run(&mut self, more: Value) -> Result<Value, ApiError> {
        let input = self.launch_input(more);
        self.execute("RunInstances", input)
    }

    pub fn launch_input(&mut self, more: Value) -> Value {
        let mut input = json!({ "ImageId": self.image("al2023"), "InstanceType": "t3.micro" });
        for (key, value) in more.as_object().unwrap() {
            input[key] = value.clone();
        }
        input
    }

    /// The id of one launched instance, still pending.
    pub fn launch(&mut self, more: Value) -> String {
        let answer = self.run(more).unwrap();
        text(&answer["Instances"][0]["InstanceId"])
    }

    /// The id of one launched instance that is up.
    pub fn up(&mut self, more: Value) -> String {
        let id = self.launch(more);
        self.settle();
        id
    }

    /// A new security group: nothing in, everything out.
    pub fn group(&mut self, name: &str) -> String {
        text(
            &self.ok(
                "CreateSecurityGroup",
                json!({ "GroupName": name, "Description": name }),
            )["GroupId"],
        )
    }

    pub fn allow(&mut self, group: &str, protocol: &str, port: i64, cidr: &str) {
        let rule = json!({ "IpProtocol": protocol, "FromPort": port, "ToPort": port, "IpRanges": [{ "CidrIp": cidr }] });
        self.ok(
            "AuthorizeSecurityGroupIngress",
            json!({ "GroupId": group, "IpPermissions": [rule] }),
        );
    }

    /// DescribeInstances' row of an instance.
    pub fn row(&mut self, id: &str) -> Value {
        self.ok("DescribeInstances", json!({ "InstanceIds": [id] }))["Reservations"][0]["Instances"]
            [0]
        .clone()
    }

    pub fn state(&mut self, id: &str) -> String {
        text(&self.row(id)["State"]["Name"])
    }

    pub fn public_ip(&mut self, id: &str) -> Option<String> {
        self.row(id)["PublicIpAddress"].as_str().map(str::to_owned)
    }

    pub fn private_ip(&mut self, id: &str) -> String {
        text(&self.row(id)["PrivateIpAddress"])
    }

    pub fn connect(&mut self, input: Value) -> Value {
        self.ok("Connect", input)
    }

    /// Verdict and cause of an attempt, the cause empty when it works.
    pub fn verdict(&mut self, input: Value) -> (String, String) {
        let answer = self.connect(input);
        (
            text(&answer["Verdict"]),
            answer["Cause"].as_str().unwrap_or_default().to_owned(),
        )
    }

    pub fn expect(&mut self, input: Value, verdict: &str, cause: &str) {
        let found = self.verdict(input.clone());
        assert_eq!(
            (found.0.as_str(), found.1.as_str()),
            (verdict, cause),
            "{input}"
        );
    }

    /// The only network ACL, and the only route table, of the Region.
    pub fn acl(&mut self) -> String {
        text(&self.ok("DescribeNetworkAcls", json!({}))["NetworkAcls"][0]["NetworkAclId"])
    }

    pub fn route_table(&mut self) -> String {
        text(&self.ok("DescribeRouteTables", json!({}))["RouteTables"][0]["RouteTableId"])
    }

    /// The default subnet of a zone.
    pub fn subnet(&mut self, zone: &str) -> String {
        let filter = json!([{ "Name": "availability-zone", "Values": [zone] }]);
        text(&self.ok("DescribeSubnets", json!({ "Filters": filter }))["Subnets"][0]["SubnetId"])
    }
}

pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("no text: {value}"))
        .to_owned()
}

/// How many random cases to run: `EC2_LAB_CASES` multiplies the default, in per cent.
#[allow(
    clippy::disallowed_methods,
    reason = "the tests may be told how long to run"
)]
pub fn cases(default: u32) -> u32 {
    let percent = std::env::var("EC2_LAB_CASES")
        .ok()
        .and_then(|text| text.parse::<u32>().ok())
        .unwrap_or(100);
    (u64::from(default) * u64::from(percent) / 100).clamp(1, u64::from(u32::MAX)) as u32
}
