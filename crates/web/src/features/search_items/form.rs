use search::{Facet, Facets};

use crate::{
    extract::Query,
    links::{self, Area, Link},
};

/// Longer words than this are no question.
const LONGEST: usize = 100;

/// Choices of a facet that stand open; the rest is folded.
const OPEN: usize = 6;

/// The index counts further, but no one turns this many pages.
pub(super) const LAST_PAGE: usize = 500;

/// 搜索条件，如地址所写。
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Form {
    pub(super) words: String,
    pub(super) area: Area,
    pub(super) frequent: bool,
    /// Counts from 1.
    pub(super) page: usize,
    departments: Vec<String>,
    kinds: Vec<String>,
    themes: Vec<String>,
    objects: Vec<String>,
}

/// 一个分面：a fieldset of the filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choices {
    pub(super) key: &'static str,
    pub(super) title: &'static str,
    pub(super) open: Vec<Choice>,
    pub(super) folded: Vec<Choice>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) count: usize,
    pub(super) is_chosen: bool,
}

impl Form {
    /// Reads the address; what it can not mean is passed over, for a page must not break on it.
    pub(super) fn read(query: &Query, default: Area) -> Form {
        let page = query.first("page").and_then(|page| page.parse().ok()).unwrap_or(1);
        Form {
            words: query.first("q").unwrap_or_default().chars().take(LONGEST).collect(),
            area: query.first("region").and_then(Area::read).unwrap_or(default),
            frequent: query.first("frequent") == Some("1"),
            page: page.max(1),
            departments: query.all("department"),
            kinds: query.all("kind"),
            themes: query.all("theme"),
            objects: query.all("object"),
        }
    }

    pub(super) fn query(&self, per_page: usize) -> search::Query {
        search::Query {
            words: self.words.clone(),
            region: self.area.code(),
            departments: self.departments.clone(),
            kinds: self.kinds.clone(),
            themes: self.themes.clone(),
            objects: self.objects.clone(),
            frequent: self.frequent,
            offset: (self.page - 1).saturating_mul(per_page),
            limit: per_page,
            ..search::Query::default()
        }
    }

    /// Returns the address of the first page of these results.
    pub(super) fn link(&self) -> Link {
        links::search(self.area)
            .with("q", &self.words)
            .with("frequent", if self.frequent { "1" } else { "" })
            .with_all("department", &self.departments)
            .with_all("kind", &self.kinds)
            .with_all("theme", &self.themes)
            .with_all("object", &self.objects)
    }

    /// Returns what the filter form carries along beside its own ticks.
    pub(super) fn kept(&self) -> Vec<(&'static str, String)> {
        let frequent = if self.frequent { "1" } else { "" };
        let mut kept = vec![
            ("q", self.words.clone()),
            ("region", self.area.parameter()),
            ("frequent", frequent.to_owned()),
        ];
        kept.retain(|(_, value)| !value.is_empty());
        kept
    }

    pub(super) fn has_choices(&self) -> bool {
        self.frequent || self.ticked().next().is_some()
    }

    /// Returns the one tick, if there is just one.
    pub(super) fn only_choice(&self) -> Option<&str> {
        let mut ticked = self.ticked();
        ticked.next().filter(|_| ticked.next().is_none()).map(String::as_str)
    }

    fn ticked(&self) -> impl Iterator<Item = &String> {
        [&self.departments, &self.kinds, &self.themes, &self.objects].into_iter().flatten()
    }
}

impl Choices {
    pub(super) fn chosen(&self) -> impl Iterator<Item = String> {
        let all = self.open.iter().chain(&self.folded);
        all.filter(|it| it.is_chosen).map(|it| it.label.clone())
    }
}

/// Returns the filter's fieldsets; a facet without a choice is left out.
pub(super) fn choices(form: &Form, facets: &Facets) -> Vec<Choices> {
    [
        ("department", "办理部门", &facets.departments, &form.departments),
        ("kind", "事项类型", &facets.kinds, &form.kinds),
        ("theme", "主题", &facets.themes, &form.themes),
        ("object", "服务对象", &facets.objects, &form.objects),
    ]
    .into_iter()
    .map(|(key, title, facets, chosen)| fieldset(key, title, facets, chosen))
    .filter(|it| !it.open.is_empty())
    .collect()
}

fn fieldset(
    key: &'static str,
    title: &'static str,
    facets: &[Facet],
    chosen: &[String],
) -> Choices {
    let one = |it: &Facet| Choice {
        value: it.value.clone(),
        label: it.label.clone(),
        count: it.count,
        is_chosen: chosen.contains(&it.value),
    };
    let mut all: Vec<Choice> = facets.iter().map(one).collect();
    // What is ticked stands in sight, the rest in the order of the counts.
    all.sort_by_key(|it| !it.is_chosen);
    let folded = all.split_off(all.len().min(OPEN));
    Choices { key, title, open: all, folded }
}
