//! Everything AWS refuses, in one table: variant → code → message. Codes are those of AWS's page "Error codes for the
//! Amazon EC2 API" (<https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html>).

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident { $($field:ident),* } $code:literal $message:literal;)*) => {
        /// A refused call: the learner's mistake or a limit, in AWS's words. The world is unchanged after it.
        #[derive(Clone, Debug, PartialEq, Eq)]
        #[allow(missing_docs, reason = "fields are the words of the message, named in it")]
        pub enum ApiError {
            $($(#[$doc])* $name { $($field: String),* },)*
        }

        impl ApiError {
            /// AWS's error code.
            #[must_use]
            pub fn code(&self) -> &'static str {
                match self { $(ApiError::$name { .. } => $code,)* }
            }

            /// AWS's message.
            #[must_use]
            pub fn message(&self) -> String {
                match self { $(ApiError::$name { $($field),* } => format!($message),)* }
            }
        }

        /// Every code of the table, for the pages that explain them and the tests that match both ways.
        pub const CODES: &[&str] = &[$($code),*];
    };
}

errors! {
    /// The dry run would have been allowed.
    DryRunOperation {} "DryRunOperation" "Request would have succeeded, but DryRun flag is set.";
    /// AWS has this, the lab does not.
    NotModelled { what } "NotModelled" "{what} exists in AWS, but is not modelled in this lab. Nothing was changed.";
    MissingParameter { parameter } "MissingParameter" "The request must contain the parameter {parameter}";
    MissingOneOf { parameters } "MissingParameter" "The request must contain {parameters}";
    MissingParameterMessage { detail } "MissingParameter" "{detail}";
    InvalidParameterValue { detail } "InvalidParameterValue" "{detail}";
    InvalidParameterCombination { detail } "InvalidParameterCombination" "{detail}";
    InvalidParameter { detail } "InvalidParameter" "{detail}";
    InvalidNextToken {} "InvalidNextToken" "The token is not valid.";
    IncorrectInstanceState { detail } "IncorrectInstanceState" "{detail}";
    OperationNotPermitted { detail } "OperationNotPermitted" "{detail}";
    Unsupported { detail } "Unsupported" "{detail}";
    VcpuLimitExceeded { limit } "VcpuLimitExceeded" "You have requested more vCPU capacity than your current vCPU limit of {limit} allows for the instance bucket that the specified instance type belongs to. Please visit http://aws.amazon.com/contact-us/ec2-request to request an adjustment to this limit.";
    InsufficientInstanceCapacity { detail } "InsufficientInstanceCapacity" "{detail}";
    InsufficientFreeAddressesInSubnet { subnet_id } "InsufficientFreeAddressesInSubnet" "There are not enough free addresses in subnet '{subnet_id}' to satisfy the requested number of instances.";
    IdempotentParameterMismatch {} "IdempotentParameterMismatch" "Arguments on this idempotent request are inconsistent with arguments used in previous request(s).";
    InvalidAmiIdMalformed { image_id } "InvalidAMIID.Malformed" "Invalid id: \"{image_id}\" (expecting \"ami-...\")";
    InvalidAmiIdNotFound { image_id } "InvalidAMIID.NotFound" "The image id '[{image_id}]' does not exist";
    InvalidInstanceIdMalformed { instance_id } "InvalidInstanceID.Malformed" "Invalid id: \"{instance_id}\" (expecting \"i-...\")";
    InvalidInstanceIdNotFound { instance_id } "InvalidInstanceID.NotFound" "The instance ID '{instance_id}' does not exist";
    InvalidInstanceIdsNotFound { instance_ids } "InvalidInstanceID.NotFound" "The instance IDs '{instance_ids}' do not exist";
    InvalidKeyPairNotFound { key_name } "InvalidKeyPair.NotFound" "The key pair '{key_name}' does not exist";
    InvalidKeyPairIdNotFound { key_pair_id } "InvalidKeyPair.NotFound" "The key pair ID '{key_pair_id}' does not exist";
    InvalidKeyPairDuplicate {} "InvalidKeyPair.Duplicate" "The keypair already exists";
    InvalidKeyFormat {} "InvalidKey.Format" "Key is not in valid OpenSSH public key format";
    InvalidGroupNotFound { group_id } "InvalidGroup.NotFound" "The security group '{group_id}' does not exist";
    InvalidGroupNotFoundInDefaultVpc { name, vpc_id } "InvalidGroup.NotFound" "The security group '{name}' does not exist in default VPC '{vpc_id}'";
    InvalidGroupDuplicate { name, vpc_id } "InvalidGroup.Duplicate" "The security group '{name}' already exists for VPC '{vpc_id}'";
    InvalidGroupIdMalformed { group_id } "InvalidGroupId.Malformed" "Invalid id: \"{group_id}\" (expecting \"sg-...\")";
    CannotDelete { detail } "CannotDelete" "{detail}";
    DependencyViolation { detail } "DependencyViolation" "{detail}";
    InvalidPermissionDuplicate { rule } "InvalidPermission.Duplicate" "the specified rule \"{rule}\" already exists";
    InvalidPermissionNotFound {} "InvalidPermission.NotFound" "The specified rule does not exist in this security group.";
    SecurityGroupLimitExceeded { vpc_id } "SecurityGroupLimitExceeded" "The maximum number of security groups for VPC '{vpc_id}' has been reached.";
    RulesPerSecurityGroupLimitExceeded {} "RulesPerSecurityGroupLimitExceeded" "The maximum number of rules per security group has been reached.";
    SecurityGroupsPerInterfaceLimitExceeded {} "SecurityGroupsPerInterfaceLimitExceeded" "The maximum number of security groups per interface has been reached.";
    InvalidSecurityGroupRuleIdNotFound { rule_id } "InvalidSecurityGroupRuleId.NotFound" "The security group rule ID '{rule_id}' does not exist";
    InvalidSecurityGroupRuleIdMalformed { rule_id } "InvalidSecurityGroupRuleId.Malformed" "The security group rule ID '{rule_id}' is malformed";
    InvalidPlacementGroupUnknown { group } "InvalidPlacementGroup.Unknown" "The Placement Group '{group}' is unknown.";
    InvalidPlacementGroupDuplicate { group } "InvalidPlacementGroup.Duplicate" "The placement group '{group}' already exists.";
    InvalidPlacementGroupInUse { group } "InvalidPlacementGroup.InUse" "The placement group '{group}' is in use and may not be deleted.";
    InvalidPlacementGroupInUseElsewhere { group, zone } "InvalidPlacementGroup.InUse" "The placement group '{group}' is in use in another availability zone: {zone}";
    PlacementGroupLimitExceeded {} "PlacementGroupLimitExceeded" "You have reached the limit on the number of placement groups that you can have.";
    InvalidSubnetIdNotFound { subnet_id } "InvalidSubnetID.NotFound" "The subnet ID '{subnet_id}' does not exist";
    InvalidVpcIdNotFound { vpc_id } "InvalidVpcID.NotFound" "The vpc ID '{vpc_id}' does not exist";
    InvalidVpcIdMalformed { vpc_id } "InvalidVpcID.Malformed" "Invalid id: \"{vpc_id}\" (expecting \"vpc-...\")";
    InvalidVpcRange { cidr } "InvalidVpc.Range" "The CIDR '{cidr}' is invalid.";
    VpcLimitExceeded {} "VpcLimitExceeded" "The maximum number of VPCs has been reached.";
    DefaultVpcAlreadyExists {} "DefaultVpcAlreadyExists" "A Default VPC already exists for this account in this region.";
    DefaultSubnetAlreadyExists { subnet_id, zone } "DefaultSubnetAlreadyExistsInAvailabilityZone" "'{subnet_id}' is already the default subnet in {zone}.";
    InvalidSubnetConflict { cidr } "InvalidSubnet.Conflict" "The CIDR '{cidr}' conflicts with another subnet";
    InvalidSubnetRange { cidr } "InvalidSubnet.Range" "The CIDR '{cidr}' is invalid.";
    SubnetLimitExceeded {} "SubnetLimitExceeded" "The maximum number of subnets has been reached.";
    InternetGatewayLimitExceeded {} "InternetGatewayLimitExceeded" "The maximum number of internet gateways has been reached.";
    InvalidInternetGatewayIdMalformed { id } "InvalidInternetGatewayId.Malformed" "Invalid id: \"{id}\" (expecting \"igw-...\")";
    GatewayNotAttachedTo { id, vpc_id } "Gateway.NotAttached" "resource {id} is not attached to network {vpc_id}";
    RouteTableLimitExceeded {} "RouteTableLimitExceeded" "The maximum number of route tables has been reached.";
    RouteLimitExceeded {} "RouteLimitExceeded" "The maximum number of routes has been reached.";
    InvalidRouteTableIdMalformed { id } "InvalidRouteTableId.Malformed" "Invalid id: \"{id}\" (expecting \"rtb-...\")";
    NetworkAclLimitExceeded {} "NetworkAclLimitExceeded" "The maximum number of network acls has been reached.";
    NatGatewayNotFound { id } "NatGatewayNotFound" "NAT gateway {id} was not found";
    NatGatewayMalformed { id } "NatGatewayMalformed" "The NAT gateway ID '{id}' is malformed";
    NatGatewayLimitExceeded {} "NatGatewayLimitExceeded" "The maximum number of NAT gateways has been reached.";
    InvalidVpcEndpointIdNotFound { id } "InvalidVpcEndpointId.NotFound" "The Vpc Endpoint Id '{id}' does not exist";
    InvalidVpcEndpointIdMalformed { id } "InvalidVpcEndpointId.Malformed" "Invalid id: \"{id}\" (expecting \"vpce-...\")";
    InvalidServiceName { name } "InvalidServiceName" "The Vpc Endpoint Service '{name}' does not exist";
    InvalidPrefixListIdNotFound { id } "InvalidPrefixListID.NotFound" "The prefix list ID '{id}' does not exist";
    InvalidVpcPeeringConnectionIdNotFound { id } "InvalidVpcPeeringConnectionID.NotFound" "The vpcPeeringConnection ID '{id}' does not exist";
    InvalidVpcPeeringConnectionIdMalformed { id } "InvalidVpcPeeringConnectionId.Malformed" "Invalid id: \"{id}\" (expecting \"pcx-...\")";
    VpcPeeringConnectionAlreadyExists { id } "VpcPeeringConnectionAlreadyExists" "{id} already exists";
    InvalidStateTransition { detail } "InvalidStateTransition" "{detail}";
    InvalidNetworkInsightsPathIdNotFound { id } "InvalidNetworkInsightsPathId.NotFound" "The network insights path ID '{id}' does not exist";
    InvalidNetworkInsightsAnalysisIdNotFound { id } "InvalidNetworkInsightsAnalysisId.NotFound" "The network insights analysis ID '{id}' does not exist";
    AnalysisExistsForNetworkInsightsPath { id } "AnalysisExistsForNetworkInsightsPath" "An analysis exists for network insights path {id}";
    InvalidNetworkInterfaceIdNotFound { network_interface_id } "InvalidNetworkInterfaceID.NotFound" "The networkInterface ID '{network_interface_id}' does not exist";
    InvalidNetworkInterfaceIdMalformed { network_interface_id } "InvalidNetworkInterfaceId.Malformed" "Invalid id: \"{network_interface_id}\" (expecting \"eni-...\")";
    InvalidIpAddressInUse { address } "InvalidIPAddress.InUse" "Address {address} is in use.";
    InvalidAddressNotFound { address } "InvalidAddress.NotFound" "Address '{address}' not found.";
    InvalidAllocationIdNotFound { allocation_id } "InvalidAllocationID.NotFound" "The allocation ID '{allocation_id}' does not exist";
    InvalidAssociationIdNotFound { association_id } "InvalidAssociationID.NotFound" "The association ID '{association_id}' does not exist";
    GatewayNotAttached { vpc_id } "Gateway.NotAttached" "Network {vpc_id} is not attached to any internet gateway";
    AddressLimitExceeded {} "AddressLimitExceeded" "The maximum number of addresses has been reached.";
    ResourceAlreadyAssociated { detail } "Resource.AlreadyAssociated" "{detail}";
    AuthFailure { detail } "AuthFailure" "{detail}";
    InvalidInternetGatewayIdNotFound { id } "InvalidInternetGatewayID.NotFound" "The internetGateway ID '{id}' does not exist";
    InvalidRouteTableIdNotFound { route_table_id } "InvalidRouteTableID.NotFound" "The routeTable ID '{route_table_id}' does not exist";
    InvalidRouteNotFound { cidr, route_table_id } "InvalidRoute.NotFound" "no route with destination-cidr-block {cidr} in route table {route_table_id}";
    RouteAlreadyExists { cidr } "RouteAlreadyExists" "The route identified by {cidr} already exists.";
    InvalidNetworkAclIdNotFound { network_acl_id } "InvalidNetworkAclID.NotFound" "The networkAcl ID '{network_acl_id}' does not exist";
    InvalidNetworkAclEntryNotFound {} "InvalidNetworkAclEntry.NotFound" "The specified network acl entry does not exist.";
    NetworkAclEntryAlreadyExists { number } "NetworkAclEntryAlreadyExists" "The network acl entry identified by {number} already exists.";
    NetworkAclEntryLimitExceeded {} "NetworkAclEntryLimitExceeded" "The maximum number of network acl entries has been reached.";
    InvalidInstanceType { types } "InvalidInstanceType" "The following supplied instance types do not exist: [{types}]";
    InvalidBlockDeviceMapping { detail } "InvalidBlockDeviceMapping" "{detail}";
    InvalidZoneNotFound { zone } "InvalidZone.NotFound" "The zone '{zone}' does not exist.";
    UnknownVolumeType { kind } "UnknownVolumeType" "Unsupported volume type '{kind}' for volume creation.";
    InvalidParameterDependency { detail } "InvalidParameterDependency" "{detail}";
    IncorrectModificationState { id, state } "IncorrectModificationState" "Volume {id} cannot be modified in modification state {state}";
    InvalidVolumeNotFound { id } "InvalidVolume.NotFound" "The volume '{id}' does not exist.";
    InvalidVolumeIdMalformed { id } "InvalidVolumeID.Malformed" "Invalid id: \"{id}\" (expecting \"vol-...\")";
    InvalidVolumeZoneMismatch { volume, instance } "InvalidVolume.ZoneMismatch" "The volume '{volume}' is not in the same availability zone as instance '{instance}'";
    VolumeInUse { detail } "VolumeInUse" "{detail}";
    InvalidAttachmentNotFound { detail } "InvalidAttachment.NotFound" "{detail}";
    VolumeModificationRateExceeded {} "VolumeModificationRateExceeded" "You've reached the maximum modification rate per volume limit. A volume can be modified four times within 24 hours.";
    InvalidVolumeModificationNotFound { id } "InvalidVolumeModification.NotFound" "Modification for volume '{id}' does not exist.";
    InvalidSnapshotNotFound { id } "InvalidSnapshot.NotFound" "The snapshot '{id}' does not exist.";
    InvalidSnapshotIdMalformed { id } "InvalidSnapshotID.Malformed" "Invalid id: \"{id}\" (expecting \"snap-...\")";
    InvalidSnapshotInUse { id, image } "InvalidSnapshot.InUse" "The snapshot {id} is currently in use by {image}";
    InvalidAmiIdUnavailable { image_id } "InvalidAMIID.Unavailable" "The image ID '{image_id}' is no longer available";
    InvalidAmiNameDuplicate { name, image_id } "InvalidAMIName.Duplicate" "AMI name {name} is already in use by AMI {image_id}";
    InvalidAmiNameMalformed {} "InvalidAMIName.Malformed" "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, and only the following characters: ( ) [ ] . - / ' @ _ and spaces";
    InvalidAmiAttributeItemValue { value, kind } "InvalidAMIAttributeItemValue" "Invalid attribute item value \"{value}\" for {kind} item type.";
    InvalidUserDataMalformed { detail } "InvalidUserData.Malformed" "{detail}";
    TagLimitExceeded {} "TagLimitExceeded" "The maximum number of Tags for a resource has been reached.";
    InvalidId { id } "InvalidID" "The ID '{id}' is not valid";
    InvalidInstanceIdSeveralInterfaces { instance_id } "InvalidInstanceID" "There are multiple interfaces attached to instance '{instance_id}'. Please specify an interface ID for the operation instead.";
    InvalidNetworkInterfaceInUse { network_interface_id } "InvalidNetworkInterface.InUse" "Interface: [{network_interface_id}] in use.";
    AttachmentLimitExceeded { detail } "AttachmentLimitExceeded" "{detail}";
    PrivateIpAddressLimitExceeded {} "PrivateIpAddressLimitExceeded" "Number of private addresses will exceed limit.";
    InvalidAttachmentIdNotFound { attachment_id } "InvalidAttachmentID.NotFound" "The attachment ID '{attachment_id}' does not exist";
    InvalidAttachmentIdMalformed { attachment_id } "InvalidNetworkInterfaceAttachmentId.Malformed" "Invalid id: \"{attachment_id}\" (expecting \"eni-attach-...\")";
    InvalidAddressMalformed { address } "InvalidAddress.Malformed" "Invalid IPv4 address: {address}";
    InvalidPlacementGroupIdMalformed { group_id } "InvalidPlacementGroupId.Malformed" "Invalid id: \"{group_id}\" (expecting \"pg-...\")";
    UnsupportedHibernationConfiguration { detail } "UnsupportedHibernationConfiguration" "{detail}";
    UnsupportedOperation { detail } "UnsupportedOperation" "{detail}";
    InvalidLaunchTemplateIdMalformed { launch_template_id } "InvalidLaunchTemplateId.Malformed" "Invalid id: \"{launch_template_id}\" (expecting \"lt-...\")";
    InvalidLaunchTemplateIdNotFound { launch_template_id } "InvalidLaunchTemplateId.NotFound" "The specified launch template, with template ID {launch_template_id}, does not exist.";
    InvalidLaunchTemplateIdVersionNotFound { launch_template_id, version } "InvalidLaunchTemplateId.VersionNotFound" "Could not find the specified version {version} for the launch template with ID {launch_template_id}.";
    InvalidLaunchTemplateNameAlreadyExists {} "InvalidLaunchTemplateName.AlreadyExistsException" "Launch template name already in use.";
    InvalidLaunchTemplateNameMalformed {} "InvalidLaunchTemplateName.MalformedException" "A launch template name must be between 3 and 128 characters, and may contain letters, numbers, and the following characters: - ( ) . / _";
    InvalidLaunchTemplateNameNotFound { name } "InvalidLaunchTemplateName.NotFoundException" "The specified launch template, with template name {name}, does not exist.";
    IncorrectState { detail } "IncorrectState" "{detail}";
    InvalidInstanceAttributeValue { detail } "InvalidInstanceAttributeValue" "{detail}";
    /// Elastic Load Balancing.
    ValidationError { detail } "ValidationError" "{detail}";
    LoadBalancerNotFound { detail } "LoadBalancerNotFound" "{detail}";
    DuplicateLoadBalancerName { detail } "DuplicateLoadBalancerName" "{detail}";
    TargetGroupNotFound { detail } "TargetGroupNotFound" "{detail}";
    DuplicateTargetGroupName { detail } "DuplicateTargetGroupName" "{detail}";
    TargetGroupAssociationLimit { detail } "TargetGroupAssociationLimit" "{detail}";
    InvalidTarget { detail } "InvalidTarget" "{detail}";
    ListenerNotFound { detail } "ListenerNotFound" "{detail}";
    DuplicateListener { detail } "DuplicateListener" "{detail}";
    SubnetNotFound { detail } "SubnetNotFound" "{detail}";
    InvalidSubnet { detail } "InvalidSubnet" "{detail}";
    InvalidScheme { detail } "InvalidScheme" "{detail}";
    InvalidSecurityGroup { detail } "InvalidSecurityGroup" "{detail}";
    InvalidConfigurationRequest { detail } "InvalidConfigurationRequest" "{detail}";
    ResourceInUse { detail } "ResourceInUse" "{detail}";
    /// EC2 Auto Scaling.
    AlreadyExists { detail } "AlreadyExists" "{detail}";
    /// IAM: nothing of that name.
    NoSuchEntity { detail } "NoSuchEntity" "{detail}";
    EntityAlreadyExists { detail } "EntityAlreadyExists" "{detail}";
    DeleteConflict { detail } "DeleteConflict" "{detail}";
    LimitExceeded { detail } "LimitExceeded" "{detail}";
    MalformedPolicyDocument { detail } "MalformedPolicyDocument" "{detail}";
    /// KMS.
    NotFoundException { detail } "NotFoundException" "{detail}";
    AccessDeniedException { detail } "AccessDeniedException" "{detail}";
    KmsInvalidStateException { detail } "KMSInvalidStateException" "{detail}";
    DisabledException { detail } "DisabledException" "{detail}";
    MalformedPolicyDocumentException { detail } "MalformedPolicyDocumentException" "{detail}";
    ValidationException { detail } "ValidationException" "{detail}";
    AlreadyExistsException { detail } "AlreadyExistsException" "{detail}";
    InvalidAliasNameException {} "InvalidAliasNameException" "The alias name is reserved: those that begin with alias/aws/ belong to AWS.";
    InvalidArnException { detail } "InvalidArnException" "{detail}";
    InvalidGrantIdException { detail } "InvalidGrantIdException" "{detail}";
    InvalidMarkerException {} "InvalidMarkerException" "The marker is not one that an earlier answer gave.";
    LimitExceededException { detail } "LimitExceededException" "{detail}";
    /// A copy of an image whose snapshots are not shared.
    InvalidRequest { detail } "InvalidRequest" "{detail}";
    /// EC2 Instance Connect.
    Ec2InstanceNotFound {} "EC2InstanceNotFoundException" "The specified instance was not found.";
    Ec2InstanceStateInvalid {} "EC2InstanceStateInvalidException" "Unable to connect because the instance isn't in a valid state. Instance must be in the running state to connect with EC2 Instance Connect.";
    InvalidArgs { detail } "InvalidArgsException" "{detail}";
    /// A lab operation that needs a machine that is up.
    GuestNotRunning { instance_id, state } "IncorrectInstanceState" "The instance '{instance_id}' is {state}, so nothing can be run inside it.";
    AddressInUse { port, service } "AddressInUse" "bind: Address already in use: {service} already listens on port {port}.";
    /// A lab operation that names a service the lab's machines do not have.
    UnknownService { name } "UnknownService" "'{name}' is not a service of this lab's machines.";
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.code(), self.message())
    }
}

impl std::error::Error for ApiError {}

/// What an operation answers: AWS's output or a refusal.
pub type ApiResult<T = crate::json::Value> = Result<T, ApiError>;
