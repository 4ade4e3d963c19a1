mod facets;
mod following;
mod sample;
mod words;
