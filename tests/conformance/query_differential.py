"""--query against PyPI's jmespath: random documents, random expressions, the same answers."""
import json
import random
import subprocess

import jmespath

CASES = 20_000
SEED = 20260105
KEYS = ["Name", "State", "a", "b", "Tags", "Key", "Value", "x-y", "Größe", "items"]
STRINGS = ["", "running", "web", "a", "10", "ü", "i-1", "A b"]
FUNCTIONS = ["length", "keys", "values", "sort", "reverse", "to_string", "to_number", "to_array", "type", "max", "min", "sum",
             "avg", "not_null", "abs", "ceil", "floor", "merge"]


def document(rng, depth=0):
    kind = rng.randrange(8 if depth < 4 else 5)
    if kind == 0:
        return rng.choice([None, True, False])
    if kind == 1:
        return rng.randrange(-3, 12)
    if kind == 2:
        return rng.choice([0.5, -1.25, 3.0, 1e3])
    if kind in (3, 4):
        return rng.choice(STRINGS)
    if kind in (5, 6):
        same = rng.random() < 0.6
        first = document(rng, depth + 1)
        return [first if same and rng.random() < 0.2 else document(rng, depth + 1) for _ in range(rng.randrange(5))]
    return {rng.choice(KEYS): document(rng, depth + 1) for _ in range(rng.randrange(6))}


def key(rng):
    name = rng.choice(KEYS)
    return name if name.isascii() and name.isidentifier() else json.dumps(name, ensure_ascii=False)


def expression(rng, depth=0):
    inner = lambda: expression(rng, depth + 1)
    if depth > 3:
        return rng.choice([key(rng), "@", f"`{json.dumps(document(rng, 4))}`", f"'{rng.choice(STRINGS)}'"])
    kind = rng.randrange(16)
    number = lambda: rng.choice(["", str(rng.randrange(-3, 4))])
    comparison = lambda: f"{inner()} {rng.choice(['==', '!=', '<', '<=', '>', '>='])} {inner()}"
    return [
        lambda: key(rng),
        lambda: f"{inner()}.{key(rng)}",
        lambda: f"{inner()}[{rng.randrange(-3, 4)}]",
        lambda: f"{inner()}[*].{key(rng)}",
        lambda: f"{inner()}[]",
        lambda: f"{inner()}.*",
        lambda: f"{inner()}[{number()}:{number()}:{rng.choice(['', '1', '-1', '2'])}]",
        lambda: f"{inner()}[?{comparison()}]",
        lambda: f"{inner()} | {inner()}",
        lambda: f"({inner()}) {rng.choice(['||', '&&'])} ({inner()})",
        lambda: f"!{key(rng)}",
        lambda: f"[{inner()}, {inner()}]",
        lambda: f"{{{key(rng)}: {inner()}, z: {inner()}}}",
        lambda: f"{rng.choice(FUNCTIONS)}({inner()})",
        lambda: f"{rng.choice(['sort_by', 'max_by', 'min_by', 'map'])}({f'&{key(rng)}, {inner()}'})" if rng.random() < 0.3
        else f"{rng.choice(['sort_by', 'max_by', 'min_by'])}({inner()}, &{key(rng)})",
        lambda: f"{rng.choice(['contains', 'starts_with', 'ends_with', 'join'])}({inner()}, {inner()})",
    ][kind]()


def reference(text, value):
    try:
        return {"found": jmespath.search(text, value)}
    except jmespath.exceptions.JMESPathError as error:
        return {"error": f"{type(error).__name__}: {error}"}
    except TypeError:
        # Python's own error comes through in contains('text', 1): no answer to compare with.
        return None


def same(ours, theirs):
    if isinstance(ours, bool) or isinstance(theirs, bool):
        return ours is theirs
    if isinstance(ours, (int, float)) and isinstance(theirs, (int, float)):
        return abs(ours - theirs) <= 1e-9 * max(1, abs(ours), abs(theirs))
    if isinstance(ours, list) and isinstance(theirs, list):
        return len(ours) == len(theirs) and all(map(same, ours, theirs))
    if isinstance(ours, dict) and isinstance(theirs, dict):
        # The order counts: the AWS CLI prints a multiselect in the order of the query.
        return list(ours) == list(theirs) and all(same(ours[k], theirs[k]) for k in ours)
    return ours == theirs


def cases(program):
    rng = random.Random(SEED)
    drawn = [(expression(rng), document(rng)) for _ in range(CASES)]
    lines = "".join(json.dumps({"expression": e, "document": d}) + "\n" for e, d in drawn)
    told = subprocess.run([program], input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    complaints, found = [], 0
    for (text, value), answer in zip(drawn, map(json.loads, told), strict=True):
        wanted = reference(text, value)
        if wanted is None:
            continue
        found += wanted.get("found") is not None
        # Python's parser makes no projection of what follows another bracket (`a[0][1:].b`, `a.*[0].*`); the grammar,
        # and jmespath's own compliance suite, do.
        if "][" in text or "*[" in text:
            continue
        if ("found" in answer) != ("found" in wanted) or not same(answer.get("found"), wanted.get("found")):
            complaints.append(f"{text}   on {json.dumps(value)}\n        ours {answer}\n        jmespath {wanted}")
    print(f"--query: {CASES} random expressions, {found} of them find something, {len(complaints)} differ from jmespath")
    yield "--query agrees with jmespath", complaints
    yield "the random expressions find things", [] if found > CASES // 10 else [f"only {found} did"]
