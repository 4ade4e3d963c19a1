mod again;
mod facets;
mod following;
mod golden;
mod regions;
mod sample;
mod words;
