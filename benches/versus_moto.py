"""Times moto through boto3, in this process, on the calls of versus.json: one JSON object, milliseconds by name.

moto keeps one world for all of them: each line is measured in a Region that has just been made anew with 1,000 instances.
"""
import json
import os
import pathlib
import re
import statistics
import sys
import time

os.environ.update(AWS_ACCESS_KEY_ID="testing", AWS_SECRET_ACCESS_KEY="testing", AWS_DEFAULT_REGION="us-east-1")

import boto3
from moto import mock_aws


def filled(value, names):
    """`value` with what its `$names` stand for; the very word becomes the thing itself, so that numbers stay numbers."""
    if isinstance(value, dict):
        return {key: filled(inner, names) for key, inner in value.items()}
    if isinstance(value, list):
        return [filled(inner, names) for inner in value]
    if isinstance(value, str):
        if value.startswith("$") and value[1:] in names:
            return names[value[1:]]
        return re.sub(r"\$(\w+)", lambda word: str(names[word[1]]), value)
    return value


def method(client, operation):
    return getattr(client, re.sub(r"(?<!^)(?=[A-Z])", "_", operation).lower())


def measure(case):
    with mock_aws():
        client = boto3.client("ec2")
        image = client.describe_images(Owners=["amazon"])["Images"][0]["ImageId"]
        launched = client.run_instances(ImageId=image, InstanceType="t2.micro", MinCount=1000, MaxCount=1000)
        instances = [instance["InstanceId"] for instance in launched["Instances"]]
        client.create_tags(Resources=instances[:1], Tags=[{"Key": "Name", "Value": "web"}])
        group = client.create_security_group(GroupName="measured", Description="measured")["GroupId"]
        call, taken = method(client, case["operation"]), []
        for number in range(case["times"]):
            names = {"image": image, "group": group, "instance": instances[number], "number": number + 1}
            given = filled(case["input"], names)
            start = time.perf_counter()
            call(**given)
            taken.append(time.perf_counter() - start)
        return statistics.median(taken) * 1000


cases = json.loads((pathlib.Path(__file__).parent / "versus.json").read_text())
for case in cases:
    print(json.dumps({"name": case["name"], "milliseconds": measure(case)}), flush=True)
