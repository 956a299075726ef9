//! Words: quotes, variables, command substitution, arithmetic, patterns.

use super::{Host, Ran, Scope, run};
use crate::filter::wildcard;
use conch_parser::ast::{
    Arithmetic, ComplexWord, Parameter, ParameterSubstitution, SimpleWord, TopLevelCommand,
    TopLevelWord, Word,
};

type Piece = SimpleWord<
    String,
    Parameter<String>,
    Box<
        ParameterSubstitution<
            Parameter<String>,
            TopLevelWord<String>,
            TopLevelCommand<String>,
            Arithmetic<String>,
        >,
    >,
>;

/// Text on its way to becoming words.
#[derive(Default)]
struct Fields {
    done: Vec<String>,
    current: Option<String>,
    /// Whether the current word has an unquoted `*` or `?`.
    pattern: bool,
}

impl Fields {
    fn push(&mut self, text: &str) {
        self.current.get_or_insert_default().push_str(text);
    }

    /// Adds text that white space divides into words.
    fn push_divided(&mut self, text: &str) {
        let starts = text.starts_with(char::is_whitespace);
        for (at, part) in text.split_whitespace().enumerate() {
            if at > 0 || starts {
                self.done.extend(self.current.take());
            }
            self.push(part);
        }
        if text.ends_with(char::is_whitespace) && !text.trim().is_empty() {
            self.done.extend(self.current.take());
        }
    }
}

/// The words that a word stands for.
pub(super) fn words(
    host: &mut dyn Host,
    scope: &mut Scope,
    word: &TopLevelWord<String>,
) -> Result<Vec<String>, String> {
    let mut fields = Fields::default();
    for part in parts(word) {
        add(host, scope, part, &mut fields, true)?;
    }
    let Some(last) = fields.current.take() else {
        return Ok(fields.done);
    };
    if fields.pattern {
        let mut found: Vec<String> = host
            .names(scope)
            .into_iter()
            .filter(|name| wildcard(&last, name) && !name.starts_with('.'))
            .collect();
        if !found.is_empty() {
            found.sort();
            fields.done.extend(found);
            return Ok(fields.done);
        }
    }
    fields.done.push(last);
    Ok(fields.done)
}

/// A word as one text, as in an assignment or after `>`.
pub(super) fn text(
    host: &mut dyn Host,
    scope: &mut Scope,
    word: &TopLevelWord<String>,
) -> Result<String, String> {
    let mut fields = Fields::default();
    for part in parts(word) {
        add(host, scope, part, &mut fields, false)?;
    }
    Ok(fields.current.unwrap_or_default())
}

fn parts(word: &TopLevelWord<String>) -> &[Word<String, Piece>] {
    match &word.0 {
        ComplexWord::Concat(parts) => parts,
        ComplexWord::Single(part) => std::slice::from_ref(part),
    }
}

fn add(
    host: &mut dyn Host,
    scope: &mut Scope,
    part: &Word<String, Piece>,
    fields: &mut Fields,
    divides: bool,
) -> Result<(), String> {
    match part {
        Word::SingleQuoted(text) => fields.push(text),
        Word::DoubleQuoted(pieces) => {
            fields.push("");
            for piece in pieces {
                let text = piece_text(host, scope, piece)?;
                fields.push(&text);
            }
        }
        Word::Simple(piece) => {
            let divided = divides && matches!(piece, SimpleWord::Param(_) | SimpleWord::Subst(_));
            let tilde = matches!(piece, SimpleWord::Tilde) && fields.current.is_none();
            if matches!(piece, SimpleWord::Star | SimpleWord::Question) {
                fields.pattern = true;
            }
            let text = if tilde {
                scope
                    .variables
                    .get("HOME")
                    .cloned()
                    .unwrap_or_else(|| "~".to_owned())
            } else {
                piece_text(host, scope, piece)?
            };
            if divided {
                fields.push_divided(&text);
            } else {
                fields.push(&text);
            }
        }
    }
    Ok(())
}

fn piece_text(host: &mut dyn Host, scope: &mut Scope, piece: &Piece) -> Result<String, String> {
    Ok(match piece {
        SimpleWord::Literal(text) => text.clone(),
        // A backslash before the end of a line joins the lines.
        SimpleWord::Escaped(text) if text == "\n" => String::new(),
        SimpleWord::Escaped(text) => text.clone(),
        SimpleWord::Param(parameter) => value(scope, parameter).unwrap_or_default(),
        SimpleWord::Subst(substitution) => substituted(host, scope, substitution)?,
        SimpleWord::Star => "*".to_owned(),
        SimpleWord::Question => "?".to_owned(),
        SimpleWord::SquareOpen => "[".to_owned(),
        SimpleWord::SquareClose => "]".to_owned(),
        SimpleWord::Tilde => "~".to_owned(),
        SimpleWord::Colon => ":".to_owned(),
    })
}

/// A parameter's value, if it is set.
fn value(scope: &Scope, parameter: &Parameter<String>) -> Option<String> {
    match parameter {
        Parameter::Var(name) => scope.variables.get(name).cloned(),
        Parameter::Question => Some(scope.last.to_string()),
        Parameter::Pound => Some("0".to_owned()),
        Parameter::Dollar => Some("4242".to_owned()),
        Parameter::Positional(0) => Some("bash".to_owned()),
        _ => None,
    }
}

fn substituted(
    host: &mut dyn Host,
    scope: &mut Scope,
    substitution: &ParameterSubstitution<
        Parameter<String>,
        TopLevelWord<String>,
        TopLevelCommand<String>,
        Arithmetic<String>,
    >,
) -> Result<String, String> {
    use ParameterSubstitution as S;
    let mut other = |scope: &mut Scope, word: &Option<TopLevelWord<String>>| {
        word.as_ref()
            .map_or(Ok(String::new()), |word| text(host, scope, word))
    };
    Ok(match substitution {
        S::Command(commands) => {
            if scope.depth >= 8 {
                return Err("$( ) is nested too deeply".to_owned());
            }
            scope.depth += 1;
            let Ran { exit, out, err } = run(host, scope, commands);
            scope.depth -= 1;
            scope.substituted = Some(exit);
            if !err.is_empty() {
                // What a command inside says must not be lost; a shell would have printed it at once.
                scope
                    .variables
                    .entry(SAID.to_owned())
                    .or_default()
                    .push_str(&err);
            }
            out.trim_end_matches('\n').to_owned()
        }
        S::Len(parameter) => value(scope, parameter)
            .unwrap_or_default()
            .chars()
            .count()
            .to_string(),
        S::Arith(Some(sum)) => number(scope, sum)?.to_string(),
        S::Arith(None) => "0".to_owned(),
        S::Default(empty, parameter, word) => match given(scope, parameter, *empty) {
            Some(value) => value,
            None => other(scope, word)?,
        },
        S::Assign(empty, parameter, word) => match given(scope, parameter, *empty) {
            Some(value) => value,
            None => {
                let value = other(scope, word)?;
                if let Parameter::Var(name) = parameter {
                    scope.variables.insert(name.clone(), value.clone());
                }
                value
            }
        },
        S::Error(empty, parameter, word) => match given(scope, parameter, *empty) {
            Some(value) => value,
            None => return Err(format!("{parameter}: {}", other(scope, word)?)),
        },
        S::Alternative(empty, parameter, word) => match given(scope, parameter, *empty) {
            Some(_) => other(scope, word)?,
            None => String::new(),
        },
        S::RemoveSmallestSuffix(parameter, word) => cut(
            &value(scope, parameter).unwrap_or_default(),
            &other(scope, word)?,
            false,
            false,
        ),
        S::RemoveLargestSuffix(parameter, word) => cut(
            &value(scope, parameter).unwrap_or_default(),
            &other(scope, word)?,
            false,
            true,
        ),
        S::RemoveSmallestPrefix(parameter, word) => cut(
            &value(scope, parameter).unwrap_or_default(),
            &other(scope, word)?,
            true,
            false,
        ),
        S::RemoveLargestPrefix(parameter, word) => cut(
            &value(scope, parameter).unwrap_or_default(),
            &other(scope, word)?,
            true,
            true,
        ),
    })
}

/// Where standard error of a `$( )` waits for its command; no shell variable can have this name.
pub(super) const SAID: &str = "2>";

fn given(scope: &Scope, parameter: &Parameter<String>, empty_is_unset: bool) -> Option<String> {
    value(scope, parameter).filter(|value| !(empty_is_unset && value.is_empty()))
}

/// `${name%pattern}` and its relatives.
fn cut(value: &str, pattern: &str, prefix: bool, largest: bool) -> String {
    let mut places: Vec<usize> = value
        .char_indices()
        .map(|(at, _)| at)
        .chain([value.len()])
        .collect();
    if prefix == largest {
        places.reverse();
    }
    for at in places {
        let (head, tail) = value.split_at(at);
        if prefix && wildcard(pattern, head) {
            return tail.to_owned();
        }
        if !prefix && wildcard(pattern, tail) {
            return head.to_owned();
        }
    }
    value.to_owned()
}

fn number(scope: &mut Scope, sum: &Arithmetic<String>) -> Result<i64, String> {
    use Arithmetic as A;
    let of = |scope: &Scope, name: &str| -> i64 {
        scope
            .variables
            .get(name)
            .and_then(|value| value.trim().parse().ok())
            .unwrap_or(0)
    };
    let mut pair = |a: &Arithmetic<String>, b: &Arithmetic<String>| -> Result<(i64, i64), String> {
        Ok((number(scope, a)?, number(scope, b)?))
    };
    let truth = i64::from;
    Ok(match sum {
        A::Var(name) => of(scope, name),
        A::Literal(value) => *value as i64,
        A::Add(a, b) => pair(a, b).map(|(a, b)| a.wrapping_add(b))?,
        A::Sub(a, b) => pair(a, b).map(|(a, b)| a.wrapping_sub(b))?,
        A::Mult(a, b) => pair(a, b).map(|(a, b)| a.wrapping_mul(b))?,
        A::Div(a, b) => match pair(a, b)? {
            (_, 0) => return Err("division by 0".to_owned()),
            (a, b) => a.wrapping_div(b),
        },
        A::Modulo(a, b) => match pair(a, b)? {
            (_, 0) => return Err("division by 0".to_owned()),
            (a, b) => a.wrapping_rem(b),
        },
        A::Less(a, b) => pair(a, b).map(|(a, b)| truth(a < b))?,
        A::LessEq(a, b) => pair(a, b).map(|(a, b)| truth(a <= b))?,
        A::Great(a, b) => pair(a, b).map(|(a, b)| truth(a > b))?,
        A::GreatEq(a, b) => pair(a, b).map(|(a, b)| truth(a >= b))?,
        A::Eq(a, b) => pair(a, b).map(|(a, b)| truth(a == b))?,
        A::NotEq(a, b) => pair(a, b).map(|(a, b)| truth(a != b))?,
        A::LogicalAnd(a, b) => pair(a, b).map(|(a, b)| truth(a != 0 && b != 0))?,
        A::LogicalOr(a, b) => pair(a, b).map(|(a, b)| truth(a != 0 || b != 0))?,
        A::LogicalNot(a) => truth(number(scope, a)? == 0),
        A::UnaryMinus(a) => number(scope, a)?.wrapping_neg(),
        A::UnaryPlus(a) => number(scope, a)?,
        A::Assign(name, a) => {
            let value = number(scope, a)?;
            scope.variables.insert(name.clone(), value.to_string());
            value
        }
        A::PostIncr(name) | A::PreIncr(name) => {
            let value = of(scope, name);
            scope
                .variables
                .insert(name.clone(), value.wrapping_add(1).to_string());
            if matches!(sum, A::PreIncr(_)) {
                value.wrapping_add(1)
            } else {
                value
            }
        }
        _ => return Err("this arithmetic is not modelled in this shell".to_owned()),
    })
}
