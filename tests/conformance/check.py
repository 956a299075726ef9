"""The conformance suite of `cargo xtask test`: the open scenarios, the documented examples, and --query against jmespath.

  check.py --lab target/debug/ec2-lab --query target/debug/examples/query

A scenario in known_failures.yaml must keep failing: one that passes has to be taken off the list.
"""
import argparse
import json
import pathlib
import shlex
import subprocess
import sys
import types

import yaml

import query_differential
import run_scenarios
from targets import Target

HERE = pathlib.Path(__file__).resolve().parent
# Documented commands that the real client refuses too: typing errors, and files that the page does not give.
REFUSED_BY_AWS_CLI = yaml.safe_load((HERE / "refused_examples.yaml").read_text())
MOST_MISSING = 0.02
# moto describes an interface that was made with an instance; AWS leaves the text empty.
EMPTY_IN_AWS = "NetworkInterfaces[].Description"


class Suite:
    """Counts as a test runner does, and closes with a line that is counted."""

    def __init__(self):
        self.passed = self.failed = 0

    def judge(self, name, complaints):
        if complaints:
            self.failed += 1
            print(f"FAILED {name}\n    " + "\n    ".join(complaints[:60]), flush=True)
        else:
            self.passed += 1

    def close(self):
        word = "FAILED" if self.failed else "ok"
        print(f"test result: {word}. {self.passed} passed; {self.failed} failed")
        return 1 if self.failed else 0


def run(lab, scenarios):
    target = Target(shlex.split(lab) + ["--jsonl"])
    opts = types.SimpleNamespace(target="cmd", scenarios=HERE / "scenarios")
    try:
        yield from run_scenarios.run(target, scenarios, opts, run_scenarios.EXIT_CODES["v2"])
    finally:
        target.close()


def scenarios(suite, lab):
    known = yaml.safe_load((HERE / "known_failures.yaml").read_text()) or {}
    rows = list(run(lab, run_scenarios.load_scenarios(["*"], HERE / "scenarios")))
    names = dict.fromkeys(row["scenario"] for row in rows)
    for name in names:
        bad = [f"{row['key']}  {row.get('command', row['cmd'])}: " + "; ".join(row["why"] + row["shape_errors"])
               for row in rows if row["scenario"] == name and row["status"] == "fail"]
        if name in known:
            bad = [] if bad else [f"passes now: take it off known_failures.yaml ({known[name]})"]
        suite.judge(f"scenario {name}", bad)
    suite.judge("known_failures.yaml names scenarios only", [f"no scenario {n}" for n in known if n not in names])
    shape = [f"{row['key']}: {error}" for row in rows for error in row["shape_errors"]]
    suite.judge("answers have the model's shape", shape)
    for ours, whole, judge in (("missing_keys", "keys", "moto"), ("missing_doc_keys", "doc_keys", "the documentation")):
        # A scenario that cannot pass yet says nothing of the answers of what is there.
        rated = [row for row in rows if row["scenario"] not in known]
        for row in rated:
            row[ours] = [key for key in row.get(ours, ()) if not key.endswith(EMPTY_IN_AWS)]
        missing, due = sum(len(r.get(ours, ())) for r in rated), sum(r.get(whole, 0) for r in rated)
        print(f"keys missing against {judge}: {missing} of {due}")
        examples = [f"{row['key']}: {', '.join(row[ours])}" for row in rated if row.get(ours)]
        suite.judge(f"few keys are missing against {judge}", examples if missing > MOST_MISSING * due else [])
    print(run_scenarios.summary(rows))


def examples(suite, lab):
    """Each documented command is understood: its options are known and its values have their types."""
    count = 0
    target = Target(shlex.split(lab) + ["--jsonl"])
    try:
        for line in run_scenarios.EXAMPLES.read_text().splitlines():
            row = json.loads(line)
            if not row["in_scope"] or row["shell"] != "posix":
                continue
            if any(row["command"].startswith(start) for start in REFUSED_BY_AWS_CLI):
                continue
            count += 1
            target.start_scenario({**row["files"], **{k.lower(): v for k, v in row["files"].items()}})
            answer = target.ask(row["command"])
            usage = answer["exit"] == 252 or answer["exit"] not in (0, 254, 255)
            suite.judge(row["command"], [f"exit {answer['exit']}: {answer['stderr'].strip()}"] if usage else [])
    finally:
        target.close()
    print(f"{count} documented commands were read")
    suite.judge("the documentation has its examples", [] if count > 300 else [f"only {count} were found"])


def main():
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("--lab", required=True, help="the program ec2-lab")
    args.add_argument("--query", required=True, help="the example program query of crates/cli")
    opts = args.parse_args()
    if not run_scenarios.EXAMPLES.exists():
        subprocess.run([sys.executable, str(HERE / "parse_examples.py")], check=True, stdout=subprocess.DEVNULL)
    suite = Suite()
    scenarios(suite, opts.lab)
    examples(suite, opts.lab)
    for name, complaints in query_differential.cases(opts.query):
        suite.judge(name, complaints)
    return suite.close()


if __name__ == "__main__":
    sys.exit(main())
