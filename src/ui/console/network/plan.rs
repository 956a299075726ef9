//! "VPC and more": the calls that make a network with subnets in several zones and its ways out.

use crate::state::AppState;
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::Call;
use ec2_lab_engine::{ApiError, Value};
use ipnet::Ipv4Net;

/// What is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// The VPC's name; the others are named after it.
    pub name: String,
    /// Its range.
    pub range: String,
    /// In how many zones.
    pub zones: usize,
    /// Whether each zone has a private subnet beside the public one.
    pub private: bool,
    /// Whether private subnets have a way out through a NAT gateway.
    pub nat: bool,
    /// Whether they reach S3 through an endpoint.
    pub s3: bool,
}

/// Calls that build on each other: each is tried on a copy, so that the next one can name what it made.
struct Build<'a> {
    app: &'a AppState,
    world: ec2_lab_engine::World,
    calls: Vec<Call>,
}

impl Build<'_> {
    fn call(&mut self, operation: &'static str, input: Value) -> Result<Value, ApiError> {
        let call = self.app.call(operation, input);
        let answer = self
            .world
            .execute(&call.caller, call.operation, &call.input)
            .result?;
        self.calls.push(call);
        Ok(answer)
    }

    /// A call whose answer holds an id at `pointer`.
    fn id(
        &mut self,
        operation: &'static str,
        input: Value,
        pointer: &str,
    ) -> Result<Value, ApiError> {
        let answer = self.call(operation, input)?;
        Ok(answer.pointer(pointer).cloned().unwrap_or_default())
    }
}

fn named(kind: &str, name: String) -> Value {
    json!([{ "ResourceType": kind, "Tags": [{ "Key": "Name", "Value": name }] }])
}

/// The calls, in order.
///
/// # Errors
/// AWS's first refusal: a range that no VPC can have, a limit.
pub fn plan(app: &AppState, wanted: &Wanted) -> Result<Vec<Call>, ApiError> {
    let mut build = Build {
        app,
        world: app.session.world().clone(),
        calls: Vec::new(),
    };
    let name = wanted.name.trim();
    let vpc = build.id(
        "CreateVpc",
        json!({ "CidrBlock": wanted.range.trim(), "TagSpecifications": named("vpc", format!("{name}-vpc")) }),
        "/Vpc/VpcId",
    )?;
    build.call(
        "ModifyVpcAttribute",
        json!({ "VpcId": vpc, "EnableDnsHostnames": { "Value": true } }),
    )?;
    let gateway = build.id(
        "CreateInternetGateway",
        json!({ "TagSpecifications": named("internet-gateway", format!("{name}-igw")) }),
        "/InternetGateway/InternetGatewayId",
    )?;
    build.call(
        "AttachInternetGateway",
        json!({ "InternetGatewayId": gateway, "VpcId": vpc }),
    )?;
    let table = |build: &mut Build<'_>, name: String| {
        build.id(
            "CreateRouteTable",
            json!({ "VpcId": vpc, "TagSpecifications": named("route-table", name) }),
            "/RouteTable/RouteTableId",
        )
    };
    let public_table = table(&mut build, format!("{name}-rtb-public"))?;
    build.call(
        "CreateRoute",
        json!({ "RouteTableId": public_table, "DestinationCidrBlock": "0.0.0.0/0", "GatewayId": gateway }),
    )?;
    // Sixteen equal parts: public subnets from the first, private ones from the ninth, as AWS's own wizard cuts them.
    let parts: Vec<String> = wanted
        .range
        .trim()
        .parse::<Ipv4Net>()
        .ok()
        .and_then(|net| net.subnets(net.prefix_len() + 4).ok())
        .map(|nets| nets.map(|net| net.to_string()).collect())
        .unwrap_or_default();
    let part = |index: usize| parts.get(index).cloned().unwrap_or_default();
    let zones: Vec<String> = app
        .region()
        .and_then(|region| region.facts())
        .into_iter()
        .flat_map(|facts| facts.zones.iter().map(|zone| zone.name.clone()))
        .take(wanted.zones)
        .collect();
    let subnet =
        |build: &mut Build<'_>, zone: &String, range: String, kind: &str, table: &Value| {
            let id = build.id(
                "CreateSubnet",
                json!({
                    "VpcId": vpc, "CidrBlock": range, "AvailabilityZone": zone,
                    "TagSpecifications": named("subnet", format!("{name}-subnet-{kind}-{zone}")),
                }),
                "/Subnet/SubnetId",
            )?;
            build.call(
                "AssociateRouteTable",
                json!({ "RouteTableId": table, "SubnetId": id }),
            )?;
            Ok::<Value, ApiError>(id)
        };
    let mut first_public = Value::Null;
    for (index, zone) in zones.iter().enumerate() {
        let id = subnet(&mut build, zone, part(index), "public", &public_table)?;
        build.call(
            "ModifySubnetAttribute",
            json!({ "SubnetId": id, "MapPublicIpOnLaunch": { "Value": true } }),
        )?;
        if index == 0 {
            first_public = id;
        }
    }
    if !wanted.private {
        return Ok(build.calls);
    }
    let private_table = table(&mut build, format!("{name}-rtb-private"))?;
    for (index, zone) in zones.iter().enumerate() {
        subnet(&mut build, zone, part(8 + index), "private", &private_table)?;
    }
    if wanted.nat {
        let address = build.id(
            "AllocateAddress",
            json!({ "Domain": "vpc", "TagSpecifications": named("elastic-ip", format!("{name}-eip")) }),
            "/AllocationId",
        )?;
        let nat = build.id(
            "CreateNatGateway",
            json!({
                "SubnetId": first_public, "AllocationId": address,
                "TagSpecifications": named("natgateway", format!("{name}-nat")),
            }),
            "/NatGateway/NatGatewayId",
        )?;
        build.call(
            "CreateRoute",
            json!({ "RouteTableId": private_table, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": nat }),
        )?;
    }
    if wanted.s3 {
        build.call(
            "CreateVpcEndpoint",
            json!({
                "VpcId": vpc, "ServiceName": format!("com.amazonaws.{}.s3", app.caller.region),
                "RouteTableIds": [private_table], "TagSpecifications": named("vpc-endpoint", format!("{name}-vpce-s3")),
            }),
        )?;
    }
    Ok(build.calls)
}
