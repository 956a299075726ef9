//! Times the lab on the calls of versus.json, in a world of 1,000 instances: one JSON object a line, microseconds by name,
//! through `World::execute` and through the command line. `cargo xtask bench --versus-moto` sets them beside moto's.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a benchmark may panic, and has a clock"
)]

use ec2_lab_cli::{MemoryFiles, Shell, render};
use ec2_lab_engine::json::{Map, Value, json};
use ec2_lab_engine::{Caller, World};
use std::hint::black_box;
use std::time::{Duration, Instant};

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

const CASES: &str = include_str!("versus.json");
/// How long each case is measured, through each door.
const PATIENCE: Duration = Duration::from_millis(700);

/// A world with 1,000 instances, and what the `$names` of the cases stand for in it.
struct Stage {
    world: World,
    image: Value,
    group: Value,
    instances: Vec<Value>,
}

impl Stage {
    fn new() -> Self {
        let mut world = World::new(1);
        let image = call(&mut world, "Image", &json!({ "Name": "al2023" }))["ImageId"].clone();
        let launch = json!({ "ImageId": image, "InstanceType": "t2.micro", "MinCount": 1_000, "MaxCount": 1_000 });
        let launched = call(&mut world, "RunInstances", &launch);
        world.advance_to(world.now().plus(300_000));
        let list = launched["Instances"].as_array().unwrap().iter();
        let instances: Vec<Value> = list.map(|one| one["InstanceId"].clone()).collect();
        let tag =
            json!({ "Resources": [instances[0]], "Tags": [{ "Key": "Name", "Value": "web" }] });
        call(&mut world, "CreateTags", &tag);
        let group = json!({ "GroupName": "measured", "Description": "measured" });
        let group = call(&mut world, "CreateSecurityGroup", &group)["GroupId"].clone();
        Stage {
            world,
            image,
            group,
            instances,
        }
    }

    /// The input of a case the `number`th time.
    fn filled(&self, value: &Value, number: usize) -> Value {
        match value {
            Value::Object(map) => {
                let inner = map
                    .iter()
                    .map(|(key, value)| (key.clone(), self.filled(value, number)));
                Value::Object(inner.collect::<Map>())
            }
            Value::Array(items) => items.iter().map(|item| self.filled(item, number)).collect(),
            Value::String(text) => match text.as_str() {
                "$image" => self.image.clone(),
                "$group" => self.group.clone(),
                "$instance" => self.instances[number].clone(),
                "$number" => json!(number + 1),
                other => json!(other.replace("$number", &(number + 1).to_string())),
            },
            other => other.clone(),
        }
    }
}

fn call(world: &mut World, operation: &str, input: &Value) -> Value {
    let outcome = world.execute(&Caller::default(), operation, input);
    outcome.result.unwrap()
}

/// The median of what `times` calls took, from the same world again and again. The answer's end is part of the call.
fn median(times: usize, mut round: impl FnMut(&mut Vec<Duration>)) -> f64 {
    let (begun, mut taken) = (Instant::now(), Vec::new());
    while begun.elapsed() < PATIENCE || taken.len() < times {
        round(&mut taken);
    }
    taken.sort();
    taken[taken.len() / 2].as_secs_f64() * 1e6
}

fn main() {
    let stage = Stage::new();
    let cases: Vec<Value> = ec2_lab_engine::json::from_str(CASES).unwrap();
    // A word of the command line chooses cases.
    let chosen = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    for case in &cases {
        let name = case["name"].as_str().unwrap();
        if chosen.as_ref().is_some_and(|word| !name.contains(word)) {
            continue;
        }
        let operation = case["operation"].as_str().unwrap();
        let times = usize::try_from(case["times"].as_u64().unwrap()).unwrap();
        let inputs: Vec<Value> = (0..times)
            .map(|number| stage.filled(&case["input"], number))
            .collect();
        let execute = median(times, |taken| {
            let mut world = stage.world.clone();
            for input in &inputs {
                let start = Instant::now();
                drop(black_box(call(&mut world, operation, black_box(input))));
                taken.push(start.elapsed());
            }
        });
        let lines: Vec<String> = inputs
            .iter()
            .map(|input| render(operation, input))
            .collect();
        let line = median(times, |taken| {
            let mut shell = Shell::new(stage.world.clone(), Box::new(MemoryFiles::default()));
            for line in &lines {
                let start = Instant::now();
                let answer = black_box(shell.run(black_box(line)));
                let failed = (answer.exit != 0).then(|| answer.stderr.clone());
                drop(answer);
                taken.push(start.elapsed());
                if let Some(why) = failed {
                    panic!("{line}: {why}");
                }
            }
        });
        println!(
            "{}",
            json!({ "name": case["name"], "execute": execute, "line": line })
        );
    }
}
