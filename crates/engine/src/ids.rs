//! Resource ids: `i-` and 17 hexadecimal digits, one type per AWS resource so that they cannot be mixed up.

use std::fmt;

/// What every resource id has: its prefix and its number.
pub trait ResourceId: Copy + Ord + fmt::Display {
    /// The letters before the dash, `i` for an instance.
    const PREFIX: &'static str;
    /// The id of this number; only the low 68 bits (17 digits) count.
    fn from_bits(bits: u128) -> Self;

    /// Reads an id as a learner writes it. `None` when AWS would call it malformed: another prefix, or not
    /// 8 or 17 lower-case hexadecimal digits.
    fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix(Self::PREFIX)?.strip_prefix('-')?;
        let hex = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
        if !matches!(digits.len(), 8 | 17) || !digits.bytes().all(hex) {
            return None;
        }
        let bits = u128::from_str_radix(digits, 16).ok()?;
        // Old 8-digit ids name nothing here; a bit above the 68 keeps them apart from the new ones.
        Some(Self::from_bits(if digits.len() == 8 {
            bits | OLD
        } else {
            bits
        }))
    }
}

const OLD: u128 = 1 << 100;
const MASK: u128 = (1 << 68) - 1;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(u128);

        impl ResourceId for $name {
            const PREFIX: &'static str = $prefix;
            fn from_bits(bits: u128) -> Self {
                $name(if bits & OLD == OLD && bits <= OLD | 0xffff_ffff { bits } else { bits & MASK })
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl From<$name> for crate::json::Value {
            fn from(id: $name) -> Self {
                crate::json::Value::String(id.text())
            }
        }

        impl crate::output::ToValue for $name {
            fn to_value(self) -> crate::json::Value {
                self.into()
            }
        }

        impl $name {
            /// The id as AWS writes it.
            #[must_use]
            pub fn text(self) -> crate::json::Text {
                let (number, digits) = if self.0 & OLD == OLD { (self.0 & 0xffff_ffff, 8) } else { (self.0, 17) };
                crate::output::Line::new().put(concat!($prefix, "-")).hex(number, digits).text()
            }
        }
    )*};
}

ids! {
    /// An instance: `i-…`.
    InstanceId "i";
    /// A reservation, the record of one RunInstances call: `r-…`.
    ReservationId "r";
    /// A security group: `sg-…`.
    SecurityGroupId "sg";
    /// One rule of a security group: `sgr-…`.
    SecurityGroupRuleId "sgr";
    /// A VPC: `vpc-…`.
    VpcId "vpc";
    /// A subnet: `subnet-…`.
    SubnetId "subnet";
    /// An internet gateway: `igw-…`.
    InternetGatewayId "igw";
    /// A route table: `rtb-…`.
    RouteTableId "rtb";
    /// The tie between a route table and a subnet or VPC: `rtbassoc-…`.
    RouteTableAssociationId "rtbassoc";
    /// A network ACL: `acl-…`.
    NetworkAclId "acl";
    /// The tie between a network ACL and a subnet: `aclassoc-…`.
    NetworkAclAssociationId "aclassoc";
    /// A network interface: `eni-…`.
    NetworkInterfaceId "eni";
    /// The tie between a network interface and an instance: `eni-attach-…`.
    AttachmentId "eni-attach";
    /// An Elastic IP address: `eipalloc-…`.
    AllocationId "eipalloc";
    /// The tie between an Elastic IP address and a private address: `eipassoc-…`.
    AssociationId "eipassoc";
    /// A key pair: `key-…`.
    KeyPairId "key";
    /// A placement group: `pg-…`.
    PlacementGroupId "pg";
    /// A machine image: `ami-…`.
    ImageId "ami";
    /// A volume: `vol-…`.
    VolumeId "vol";
    /// A snapshot: `snap-…`.
    SnapshotId "snap";
    /// A launch template: `lt-…`.
    LaunchTemplateId "lt";
    /// The tie between an instance and its instance profile: `iip-assoc-…`.
    IamInstanceProfileAssociationId "iip-assoc";
    /// The tie between a VPC and one of its address ranges: `vpc-cidr-assoc-…`.
    VpcCidrAssociationId "vpc-cidr-assoc";
    /// A NAT gateway: `nat-…`.
    NatGatewayId "nat";
    /// A VPC endpoint: `vpce-…`.
    VpcEndpointId "vpce";
    /// A VPC peering connection: `pcx-…`.
    VpcPeeringConnectionId "pcx";
    /// A prefix list: `pl-…`.
    PrefixListId "pl";
    /// A path that Reachability Analyzer looks at: `nip-…`.
    NetworkInsightsPathId "nip";
    /// One analysis of it: `nia-…`.
    NetworkInsightsAnalysisId "nia";
    /// A set of DHCP options: `dopt-…`.
    DhcpOptionsId "dopt";
}

/// An AWS account number: twelve digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AccountId(pub u64);

impl fmt::Display for AccountId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:012}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parses_what_aws_parses() {
        assert_eq!(
            InstanceId::parse("i-0123456789abcdef0")
                .map(|i| i.to_string())
                .as_deref(),
            Some("i-0123456789abcdef0")
        );
        assert_eq!(
            InstanceId::parse("i-1234abcd")
                .map(|i| i.to_string())
                .as_deref(),
            Some("i-1234abcd")
        );
        for bad in [
            "i-1",
            "sg-0123456789abcdef0",
            "i-0123456789ABCDEF0",
            "i0123456789abcdef0",
            "",
            "i-",
        ] {
            assert_eq!(InstanceId::parse(bad), None, "{bad}");
        }
    }
}
