//! How fast the engine is in a Region with 1,000 instances: a probe must take no more than a millisecond.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a benchmark may panic"
)]

use criterion::{BatchSize, Criterion, criterion_group, criterion_main};
use ec2_lab_engine::json::json;
use ec2_lab_engine::network::{Client, Probe, Source, Target, fixes, matrix, probe};
use ec2_lab_engine::resources::security_group::Protocol;
use ec2_lab_engine::{Caller, Value, World};
use std::hint::black_box;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// One vCPU each: 1,000 of them stay below the account's limit of 1,280 vCPUs.
const KIND: &str = "t2.micro";

fn launch(world: &mut World, count: u32) -> Value {
    let caller = Caller::default();
    let image = world
        .execute(&caller, "Image", &json!({ "Name": "al2023" }))
        .result
        .unwrap();
    let input = json!({ "ImageId": image["ImageId"], "InstanceType": KIND, "MinCount": count, "MaxCount": count });
    world
        .execute(&caller, "RunInstances", &input)
        .result
        .unwrap()
}

/// A Region with 1,000 instances that are up, and two of them.
fn crowded() -> (World, Source, Target) {
    let mut world = World::new(1);
    launch(&mut world, 1_000);
    world.advance_to(world.now().plus(300_000));
    let region = world.region(&Caller::default()).unwrap();
    let ids: Vec<_> = region.instances.keys().copied().collect();
    let (first, second) = (*ids.first().unwrap(), *ids.last().unwrap());
    (world, Source::Instance(first), Target::Instance(second))
}

fn benchmark(criterion: &mut Criterion) {
    let caller = Caller::default();
    let (world, source, target) = crowded();
    let inside = Probe {
        source,
        target: target.clone(),
        client: Client::Nc,
        port: Some(22),
        ..Probe::default()
    };
    let outside = Probe {
        source: Source::Laptop,
        target,
        client: Client::Nc,
        port: Some(22),
        ..Probe::default()
    };
    criterion.bench_function("probe, instance to instance, of 1,000", |bencher| {
        bencher.iter(|| probe(black_box(&world), &caller, &inside).unwrap());
    });
    criterion.bench_function("probe, laptop to instance, of 1,000", |bencher| {
        bencher.iter(|| probe(black_box(&world), &caller, &outside).unwrap());
    });
    let trace = probe(&world, &caller, &outside).unwrap();
    criterion.bench_function("fixes of a failure, of 1,000", |bencher| {
        bencher.iter(|| fixes(black_box(&world), &caller, &outside, &trace));
    });
    let mut small = World::new(1);
    launch(&mut small, 100);
    small.advance_to(small.now().plus(300_000));
    for (count, world) in [(100, &small), (1_000, &world)] {
        criterion.bench_function(&format!("all pairs of {count} on one port"), |bencher| {
            bencher.iter(|| matrix(black_box(world), &caller, Protocol::Tcp, Some(22)));
        });
    }
    criterion.bench_function("DescribeInstances, of 1,000", |bencher| {
        let mut world = world.clone();
        bencher.iter(|| {
            world
                .execute(&caller, "DescribeInstances", &json!({}))
                .result
                .unwrap()
        });
    });
    criterion.bench_function(
        "DescribeInstances, of 1,000, every picture drawn anew",
        |bencher| {
            let (mut world, mut number) = (world.clone(), 0);
            let describe = |mut world: World| {
                world
                    .execute(&caller, "DescribeInstances", &json!({}))
                    .result
                    .unwrap()
            };
            // A new group changes what the pictures rest on.
            let changed = || {
                number += 1;
                let mut next = world.clone();
                let group = json!({ "GroupName": format!("group {number}"), "Description": "new" });
                next.execute(&caller, "CreateSecurityGroup", &group)
                    .result
                    .unwrap();
                world = next.clone();
                next
            };
            bencher.iter_batched(changed, describe, BatchSize::PerIteration);
        },
    );
    criterion.bench_function("RunInstances, the first", |bencher| {
        bencher.iter_batched(
            || World::new(1),
            |mut world| launch(&mut world, 1),
            BatchSize::SmallInput,
        );
    });
    criterion.bench_function("RunInstances, one more beside 1,000", |bencher| {
        bencher.iter_batched(
            || world.clone(),
            |mut world| launch(&mut world, 1),
            BatchSize::SmallInput,
        );
    });
    criterion.bench_function("state_hash, of 1,000", |bencher| {
        bencher.iter(|| black_box(&world).state_hash())
    });
    let mut slow = criterion.benchmark_group("slow");
    slow.sample_size(10);
    slow.bench_function("RunInstances, 1,000 at once", |bencher| {
        bencher.iter_batched(
            || World::new(1),
            |mut world| launch(&mut world, 1_000),
            BatchSize::PerIteration,
        );
    });
    slow.finish();
}

criterion_group!(probes, benchmark);
criterion_main!(probes);
