//! The table of contents of the site.

mod announce_changes;
mod arrange_items;
mod change_password;
mod check_health;
mod choose_office;
mod compare_editions;
mod create_item;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod drafts;
mod draw_flow;
mod edit_item;
#[cfg(test)]
mod forms;
mod hand_out_files;
mod home;
mod import_table;
mod issue_approvals;
mod keep_attachments;
mod keep_bodies;
mod keep_directories;
mod keep_laws;
mod keep_officers;
mod keep_places;
mod keep_regions;
mod keep_systems;
mod keep_templates;
mod list_addresses;
mod list_tasks;
mod open_item;
mod open_workbench;
mod query_items;
mod read_edition;
mod read_events;
mod read_guide;
mod read_help;
mod report_metrics;
mod review_item;
mod search_items;
mod show_standards;
mod sign_in;
mod sign_out;
mod suggest_items;
mod suggest_to_platform;
#[cfg(test)]
mod tests;
mod watch_job;
mod write_help;

use crate::{assets, map::Map};

pub(crate) fn map(map: Map) -> Map {
    let map = home::places(map);
    let map = search_items::places(map);
    let map = suggest_items::places(map);
    let map = read_guide::places(map);
    let map = hand_out_files::places(map);
    let map = announce_changes::places(map);
    let map = list_addresses::places(map);
    let map = assets::places(map);
    let map = open_workbench::places(map);
    let map = sign_in::places(map);
    let map = sign_out::places(map);
    let map = change_password::places(map);
    let map = keep_officers::places(map);
    let map = keep_bodies::places(map);
    let map = keep_regions::places(map);
    let map = show_standards::places(map);
    let map = read_events::places(map);
    let map = import_table::places(map);
    let map = watch_job::places(map);
    let map = open_item::places(map);
    let map = list_tasks::places(map);
    let map = review_item::places(map);
    let map = read_edition::places(map);
    let map = compare_editions::places(map);
    let map = edit_item::places(map);
    let map = draw_flow::places(map);
    let map = read_help::places(map);
    let map = write_help::places(map);
    let map = suggest_to_platform::places(map);
    let map = keep_laws::places(map);
    let map = keep_attachments::places(map);
    let map = keep_places::places(map);
    let map = keep_systems::places(map);
    let map = choose_office::places(map);
    let map = arrange_items::places(map);
    let map = create_item::places(map);
    let map = keep_directories::places(map);
    let map = query_items::places(map);
    let map = keep_templates::places(map);
    let map = issue_approvals::places(map);
    check_health::places(map)
}

/// What stands on the listener for operators.
pub(crate) fn for_operators(map: Map) -> Map {
    report_metrics::places(check_health::places(map))
}
