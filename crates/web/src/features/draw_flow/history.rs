//! 撤销和重做: what a page changed, each change by the revisions of the draft around it.
//!
//! Nothing is kept for it but what 历次保存 keeps. The page carries its list along, in its form
//! and its address, so that undoing needs no script.

use crate::links::Link;

/// How many changes a page can take back.
const MOST: usize = 50;

/// Under which names form and address carry the two lists.
const PAST: &str = "past";
const FUTURE: &str = "future";

/// 一步：the revision that stood before a change, and the one that came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Step {
    pub(super) before: i64,
    pub(super) after: i64,
}

/// 往回，还是再往前。
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    Undo,
    Redo,
}

/// 这一页做过的和撤销了的，最近的在最后。
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct History {
    past: Vec<Step>,
    future: Vec<Step>,
}

impl History {
    /// Reads what `value` has under the names of the lists; what is no step is none.
    pub(super) fn read<'a>(value: impl Fn(&str) -> Option<&'a str>) -> History {
        let steps = |name| value(name).unwrap_or("").split('.').filter_map(Step::read).collect();
        History { past: steps(PAST), future: steps(FUTURE) }
    }

    /// Returns the lists as a form or an address carries them.
    pub(super) fn written(&self) -> [(&'static str, String); 2] {
        let text = |steps: &[Step]| {
            let steps = steps.iter().map(|it| format!("{}-{}", it.before, it.after));
            steps.collect::<Vec<_>>().join(".")
        };
        [(PAST, text(&self.past)), (FUTURE, text(&self.future))]
    }

    pub(super) fn on(&self, link: Link) -> Link {
        self.written().iter().fold(link, |link, (name, text)| link.with(name, text))
    }

    /// Whether there is anything to take back, or to do again.
    pub(super) fn has(&self, turn: Turn) -> bool {
        match turn {
            Turn::Undo => !self.past.is_empty(),
            Turn::Redo => !self.future.is_empty(),
        }
    }

    /// Notes a change; one that goes on with the last is one with it, if nobody saved between.
    pub(super) fn note(&mut self, step: Step, goes_on: bool) {
        self.future.clear();
        match self.past.last_mut() {
            Some(last) if goes_on && last.after == step.before => last.after = step.after,
            _ => self.past.push(step),
        }
        let n_forgotten = self.past.len().saturating_sub(MOST);
        self.past.drain(..n_forgotten);
    }

    /// Takes the step that comes next: from which revision it leads to which.
    pub(super) fn turn(&mut self, turn: Turn) -> Option<(i64, i64)> {
        let (from, to) = match turn {
            Turn::Undo => (&mut self.past, &mut self.future),
            Turn::Redo => (&mut self.future, &mut self.past),
        };
        let step = from.pop()?;
        to.push(step);
        Some(match turn {
            Turn::Undo => (step.after, step.before),
            Turn::Redo => (step.before, step.after),
        })
    }
}

impl Step {
    fn read(text: &str) -> Option<Step> {
        let (before, after) = text.split_once('-')?;
        Some(Step { before: before.parse().ok()?, after: after.parse().ok()? })
    }
}
