//! Between API names and command line names: `RunInstances` and `run-instances`.

/// The command line spelling of an API name, as botocore's `xform_name(name, "-")` computes it.
///
/// ```
/// assert_eq!(ec2_lab_cli::names::kebab("Ipv6CidrBlock"), "ipv6-cidr-block");
/// ```
pub fn kebab(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let plural_acronym = plural_acronym_start(&chars);
    let mut out = String::with_capacity(name.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        if at > 0 && starts_word(&chars, at, plural_acronym) && !out.ends_with('-') {
            out.push('-');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

fn starts_word(chars: &[char], at: usize, plural_acronym: Option<usize>) -> bool {
    if let Some(start) = plural_acronym
        && at >= start
    {
        return at == start;
    }
    let is = |index: usize, test: fn(&char) -> bool| chars.get(index).is_some_and(test);
    is(at, char::is_ascii_uppercase)
        && (is(at - 1, |c| c.is_ascii_lowercase() || c.is_ascii_digit())
            || (is(at - 1, char::is_ascii_uppercase) && is(at + 1, char::is_ascii_lowercase)))
}

/// Where a trailing `ARNs`-like plural begins: botocore keeps such an acronym together.
fn plural_acronym_start(chars: &[char]) -> Option<usize> {
    let (last, rest) = chars.split_last()?;
    let capitals = rest
        .iter()
        .rev()
        .take_while(|c| c.is_ascii_uppercase())
        .count();
    (*last == 's' && capitals >= 2).then(|| rest.len() - capitals)
}

/// The API spelling of a command line name: `start-service` becomes `StartService`.
///
/// Only for the lab's own commands, which have no table of names; acronyms there are one word.
pub fn pascal(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for word in name.split('-') {
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            out.extend(first.to_uppercase());
            out.push_str(chars.as_str());
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kebab_follows_botocore() {
        for (api, cli) in [
            ("RunInstances", "run-instances"),
            ("DescribeVpcs", "describe-vpcs"),
            ("DescribeIdFormat", "describe-id-format"),
            ("CidrIpv6", "cidr-ipv6"),
            (
                "Ipv6CidrBlockNetworkBorderGroup",
                "ipv6-cidr-block-network-border-group",
            ),
            ("EnableDnsSupport", "enable-dns-support"),
            ("InstanceIPs", "instance-ips"),
            ("GatewayARNs", "gateway-arns"),
            ("DBInstance", "db-instance"),
            ("ENASupport", "ena-support"),
        ] {
            assert_eq!(kebab(api), cli);
        }
    }

    #[test]
    fn pascal_is_the_way_back() {
        assert_eq!(pascal("put-firewall"), "PutFirewall");
        assert_eq!(pascal("key-name"), "KeyName");
        assert_eq!(pascal(""), "");
    }
}
