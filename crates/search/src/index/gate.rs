use std::{
    sync::{Condvar, Mutex, PoisonError},
    thread::available_parallelism,
};

/// Those who wait are called by their numbers; so many are told apart.
const CALLED_APART: usize = 64;

/// Lets in as many searches at once as there are processors, in the order in which they came.
///
/// Searches wait for nothing but the processor. More of them at once would only take it from
/// each other in turns, so that all end late instead of most ending early.
pub(super) struct Gate {
    turns: Mutex<Turns>,
    freed: [Condvar; CALLED_APART],
}

struct Turns {
    next: u64,
    /// Whose number is smaller may enter.
    open_below: u64,
}

/// A search that was let in; its place is free when this is dropped.
pub(super) struct Entered<'a> {
    gate: &'a Gate,
}

impl Gate {
    pub(super) fn new() -> Gate {
        let n_places = available_parallelism().map_or(2, usize::from);
        let open_below = n_places.try_into().unwrap_or(u64::MAX);
        Gate {
            turns: Mutex::new(Turns { next: 0, open_below }),
            freed: [const { Condvar::new() }; CALLED_APART],
        }
    }

    pub(super) fn enter(&self) -> Entered<'_> {
        let mut turns = self.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let number = turns.next;
        turns.next += 1;
        while number >= turns.open_below {
            let called = place(number);
            turns = self.freed[called].wait(turns).unwrap_or_else(PoisonError::into_inner);
        }
        Entered { gate: self }
    }
}

impl Drop for Entered<'_> {
    fn drop(&mut self) {
        let mut turns = self.gate.turns.lock().unwrap_or_else(PoisonError::into_inner);
        let entering = turns.open_below;
        turns.open_below += 1;
        drop(turns);
        self.gate.freed[place(entering)].notify_all();
    }
}

fn place(number: u64) -> usize {
    usize::try_from(number % CALLED_APART as u64).unwrap_or_default()
}
