//! `aws SERVICE wait NAME`: which waiter, with what, and then the wait itself.

use super::Shell;
use crate::answer::{Answer, Refusal};
use crate::engine::Engine;
use crate::globals::Globals;
use crate::laptop::Both;
use crate::request::{Request, parse};
use crate::shapes::table;
use crate::values::Reader;

impl<E: Engine> Shell<E> {
    /// Polls as the client does.
    pub(super) fn wait(
        &mut self,
        globals: &Globals,
        service: &str,
        words: &[String],
    ) -> Result<Answer, Refusal> {
        let Some((name, rest)) = words.split_first() else {
            return Err(Refusal::parameter(format!(
                "usage: aws [options] {service} wait <subcommand> [parameters]\naws: error: too few arguments"
            )));
        };
        if name == "help" && service != "ec2" {
            return Ok(Answer::ok(crate::help::service(service)));
        }
        if name == "help" {
            return Ok(Answer::ok(crate::help::ec2(|operation| {
                self.engine.knows(operation)
            })));
        }
        let Some(waiter) = table().waiter(service, name) else {
            return Err(Refusal::choice(
                "subcommand",
                name,
                table().waiters(service),
            ));
        };
        let reader = Reader {
            files: &Both {
                home: &self.state.home,
                files: &*self.files,
            },
            binary: globals.binary,
        };
        let input = match parse(waiter.operation, rest, &reader, true)? {
            Request::Call { input, .. } => input,
            Request::Help => return Ok(Answer::ok(crate::help::operation(name, waiter.operation))),
            Request::YamlSkeleton => {
                return Ok(Answer::ok(crate::skeleton::yaml(waiter.operation)));
            }
            Request::Skeleton => {
                return self.show(
                    globals,
                    crate::skeleton::skeleton(waiter.operation),
                    waiter.operation,
                );
            }
        };
        if !self.engine.knows(waiter.operation) {
            return Err(Refusal::not_modelled(format!("The waiter {name}")));
        }
        let caller = self.caller(globals)?;
        crate::wait::wait(&mut self.engine, &caller, &waiter, &input)?;
        Ok(Answer::default())
    }
}
