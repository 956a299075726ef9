//! Networks and disks as a learner makes them: a private subnet that gets out through NAT, a disk that is kept.

use crate::newcomer::{command, skip_until};
use crate::support::browse;

/// The subnet of this name, as one writes it in a command.
fn subnet(name: &str) -> String {
    format!(
        "$(aws ec2 describe-subnets --filters Name=tag:Name,Values={name} --query 'Subnets[0].SubnetId' --output text)"
    )
}

#[test]
fn a_private_subnet_gets_out_through_nat() {
    browse("a_private_subnet_gets_out_through_nat", async |page| {
        page.media("prefers-reduced-motion", "reduce").await;
        page.open("#/lab/vpcs").await;
        page.click("#vpc-create").await;
        page.sees_in("#create-vpc", "aws ec2 create-nat-gateway")
            .await;
        page.axe("the dialog that creates a VPC").await;
        page.click("#create-vpc-submit").await;
        page.sees_in(".flash-list", "Created project-vpc with 4 subnets")
            .await;
        page.sees_in("#gateways", "NAT gateway").await;
        page.axe("two VPCs with their gateways").await;
        page.click("#gateway-create").await;
        page.choose("Kind", "Peering connection").await;
        page.axe("the dialog that creates a gateway").await;
        page.click("#create-gateway-submit").await;
        page.sees_in("#gateways", "Pending acceptance").await;
        let line = format!(
            "aws ec2 run-instances --image-id $(aws ec2 describe-images --filters 'Name=name,Values=al2023*x86_64' --query 'Images[0].ImageId' --output text) --instance-type t3.micro --subnet-id {} --tag-specifications 'ResourceType=instance,Tags=[{{Key=Name,Value=inner}}]'",
            subnet("project-subnet-private-us-east-1a")
        );
        command(page, &line).await;
        page.open("#/lab/instances").await;
        page.sees_in("#picture", "inner").await;
        skip_until(page, "Running").await;
        for _ in 0..3 {
            page.click("#next-event").await;
        }
        // From the laptop there is no way to it.
        page.choose("With", "HTTP").await;
        page.click("#connect-go").await;
        page.sees_in("#verdict", "timed out").await;
        page.sees_in("#verdict", "IGW_PUBLIC_IP_ASSOCIATION_FOR_INGRESS")
            .await;
        // From it there is a way out.
        page.choose("From", "inner").await;
        page.choose("To", "A web server on the internet · 192.0.2.80")
            .await;
        page.choose("With", "HTTPS").await;
        page.click("#connect-go").await;
        page.sees_in("#verdict", "Connected").await;
        page.sees_in("#verdict", "NAT gateway").await;
        page.reload().await;
        page.open("#/lab/vpcs").await;
        page.sees_in("#gateways", "NAT gateway").await;
    });
}

#[test]
fn a_disk_is_made_attached_and_kept() {
    browse("a_disk_is_made_attached_and_kept", async |page| {
        crate::newcomer::launch(page, "web-1").await;
        skip_until(page, "Running").await;
        page.open("#/lab/volumes").await;
        page.sees_in("#volumes", "Deleted with the instance").await;
        page.click("#volume-create").await;
        page.axe("the dialog that creates a volume").await;
        page.click("#create-volume-submit").await;
        page.sees_in("#volumes", "Creating").await;
        skip_until(page, "Available").await;
        page.reload().await;
        page.open("#/lab/volumes").await;
        page.sees_in("#volumes", "Available").await;
        page.axe("two volumes").await;
        page.open("#/lab/reachability").await;
        page.sees_in("#reachability", "itself").await;
    });
}
