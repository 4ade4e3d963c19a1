use std::{
    collections::HashMap,
    mem,
    sync::{Arc, Mutex, PoisonError},
};

use super::find::Finds;
use crate::Query;

/// Answers kept of those that were asked for lately; twice as many at most.
const MOST_ANSWERS: usize = 400;

/// What was found lately, as of one state of the index.
///
/// A few questions are asked again and again, the first page of a region most of all. What
/// is found for them changes only with the index; passages are cut anew each time.
#[derive(Default)]
pub(super) struct Memory {
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    generation: u64,
    young: HashMap<Query, Arc<Finds>>,
    /// The young ones of before; what is asked for again becomes young again.
    old: HashMap<Query, Arc<Finds>>,
}

impl Memory {
    /// Returns what was found, if it is known well enough to show the best `n_best`.
    pub(super) fn recall(
        &self,
        generation: u64,
        asked: &Query,
        n_best: usize,
    ) -> Option<Arc<Finds>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.generation != generation {
            return None;
        }
        let answer = match known.young.get(asked) {
            Some(answer) => answer.clone(),
            None => {
                let answer = known.old.remove(asked)?;
                known.keep(asked.clone(), answer.clone());
                answer
            }
        };
        (answer.best.len() >= n_best.min(answer.total)).then_some(answer)
    }

    pub(super) fn keep(&self, generation: u64, asked: Query, finds: Arc<Finds>) {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if known.generation < generation {
            *known = Known { generation, ..Known::default() };
        }
        if known.generation == generation {
            known.keep(asked, finds);
        }
    }
}

impl Known {
    fn keep(&mut self, asked: Query, finds: Arc<Finds>) {
        if self.young.len() >= MOST_ANSWERS {
            self.old = mem::take(&mut self.young);
        }
        self.young.insert(asked, finds);
    }
}
