//! From TOML files to a [`Standard`], with the file and line of every fault.

mod checks;
mod forms;
mod raw;

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use self::{
    forms::Forms,
    raw::{Codes, Elements, Head, Headers, Lists},
};
use super::{Place, ReviewRoute, Standard, StandardFault, fold_header};
use crate::text::toml_fault;

type Texts = BTreeMap<String, String>;

const FILES: [&str; 7] = [
    "standard.toml",
    "elements.toml",
    "lists.toml",
    "codes.toml",
    "headers.toml",
    "forms.toml",
    "checks.toml",
];

pub(super) fn load_all(texts: &Texts) -> Result<BTreeMap<String, Standard>, StandardFault> {
    let mut ids: Vec<&str> = texts.keys().filter_map(|it| Some(it.split_once('/')?.0)).collect();
    ids.dedup();
    let mut done = BTreeMap::new();
    for id in &ids {
        load_with_base(id, texts, &mut done, &mut Vec::new())?;
    }
    match done.contains_key("national") {
        true => Ok(done),
        false => Err(StandardFault {
            file: "national/standard.toml".into(),
            line: 1,
            reason: "缺少国家规范，其他规范都从它继承".into(),
        }),
    }
}

fn load_with_base(
    id: &str,
    texts: &Texts,
    done: &mut BTreeMap<String, Standard>,
    path: &mut Vec<String>,
) -> Result<(), StandardFault> {
    if done.contains_key(id) {
        return Ok(());
    }
    check_file_names(id, texts)?;
    let main = Source::of(texts, id, "standard.toml");
    let head: Head = main.parse_required()?;
    let base = match &head.extends {
        None => Standard::empty(),
        Some(base) => {
            let name = base.as_ref();
            if path.contains(name) || name == id {
                return Err(main.fault(base.span().start, format!("继承关系成环：{name}")));
            }
            if !texts.contains_key(&format!("{name}/standard.toml")) {
                return Err(main.fault(base.span().start, format!("没有可继承的规范 {name}")));
            }
            path.push(id.to_owned());
            load_with_base(name, texts, done, path)?;
            done[name].clone()
        }
    };
    let standard = build(id, head, base, texts)?;
    done.insert(id.to_owned(), standard);
    Ok(())
}

fn build(
    id: &str,
    head: Head,
    mut standard: Standard,
    texts: &Texts,
) -> Result<Standard, StandardFault> {
    let mut hash = Sha256::new();
    hash.update(&standard.hash);
    for (path, text) in texts.iter().filter(|(path, _)| path.starts_with(&format!("{id}/"))) {
        hash.update(path);
        hash.update(text);
    }
    standard.hash = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    head.lay_over(id, &mut standard);

    let source = Source::of(texts, id, "lists.toml");
    for list in source.parse::<Lists>()?.list {
        replace_by(&mut standard.lists, list, |it| it.id.clone());
    }
    let source = Source::of(texts, id, "elements.toml");
    let file: Elements = source.parse()?;
    if !file.section.is_empty() {
        standard.sections = file.section;
    }
    for raw in file.element {
        let at = raw.span().start;
        raw.into_inner().lay_over(&mut standard).map_err(|why| source.fault(at, why))?;
    }
    let source = Source::of(texts, id, "codes.toml");
    let file: Codes = source.parse()?;
    for scheme in file.scheme {
        let at = scheme.span().start;
        let scheme = scheme.into_inner();
        scheme.validate().map_err(|why| source.fault(at, why))?;
        replace_by(&mut standard.schemes, scheme, |it| it.id.clone());
    }
    standard.translations.extend(file.translation);
    load_headers(&Source::of(texts, id, "headers.toml"), &mut standard)?;
    load_forms(&Source::of(texts, id, "forms.toml"), &mut standard)?;
    checks::load(&Source::of(texts, id, "checks.toml"), &mut standard)?;
    check_lists(&Source::of(texts, id, "elements.toml"), &standard)?;
    let main = Source::of(texts, id, "standard.toml");
    check_desks(&main, &standard)?;
    if let Some(why) = standard.tree_fault() {
        return Err(main.fault(main.position_of("[[part]]"), why));
    }
    Ok(standard)
}

fn load_headers(source: &Source<'_>, standard: &mut Standard) -> Result<(), StandardFault> {
    let file: Headers = source.parse()?;
    let mut own: BTreeMap<String, Option<Place>> = BTreeMap::new();
    for (target, spellings) in file.headers {
        let place: Place = target.as_ref().parse().expect("parsing a place never fails");
        standard.check_place(&place).map_err(|why| source.fault(target.span().start, why))?;
        for spelling in spellings {
            let taken = own.insert(fold_header(spelling.as_ref()), Some(place.clone()));
            if taken.flatten().is_some_and(|it| it != place) {
                let why = format!("表头“{}”指向两个要素", spelling.as_ref());
                return Err(source.fault(spelling.span().start, why));
            }
        }
    }
    for spelling in file.ignore {
        own.insert(fold_header(&spelling), None);
    }
    standard.headers.extend(own);
    Ok(())
}

fn load_forms(source: &Source<'_>, standard: &mut Standard) -> Result<(), StandardFault> {
    for raw in source.parse::<Forms>()?.form {
        let at = raw.span().start;
        let form = raw.into_inner().build(standard).map_err(|why| source.fault(at, why))?;
        forms::learn_labels(&form, standard).map_err(|why| source.fault(at, why))?;
        replace_by(&mut standard.forms, form, |it| it.id.clone());
    }
    Ok(())
}

fn check_desks(source: &Source<'_>, standard: &Standard) -> Result<(), StandardFault> {
    let unknown_desk = |route: &&ReviewRoute| {
        route.desks.iter().any(|id| !standard.desks.iter().any(|desk| desk.id == *id))
    };
    let Some(route) = standard.routes.iter().find(unknown_desk) else { return Ok(()) };
    let why = format!("审核路线里有没有定义的环节：{}", route.desks.join("、"));
    Err(source.fault(source.position_of("[[route]]"), why))
}

fn check_lists(source: &Source<'_>, standard: &Standard) -> Result<(), StandardFault> {
    for element in &standard.elements {
        let fields = element.fields.iter().map(|it| (&it.key, &it.list));
        for (key, list) in fields.chain([(&element.key, &element.list)]) {
            if let Some(list) = list.as_ref().filter(|it| standard.list(it).is_none()) {
                let why = format!("要素 {key} 用的代码表 {list} 没有定义");
                let at = source.position_of(&format!("key = \"{}\"", element.key));
                return Err(source.fault(at, why));
            }
        }
    }
    Ok(())
}

/// A misspelt file name would otherwise be passed over without a word.
fn check_file_names(id: &str, texts: &Texts) -> Result<(), StandardFault> {
    let own = texts.keys().filter(|path| path.starts_with(&format!("{id}/")));
    for path in own {
        let name = path.rsplit('/').next().unwrap_or_default();
        if !FILES.contains(&name) {
            let why = format!("没有这种规范文件；可以是 {}", FILES.join("、"));
            return Err(StandardFault { file: path.clone(), line: 1, reason: why });
        }
    }
    Ok(())
}

fn replace_by<T, K: PartialEq>(list: &mut Vec<T>, new: T, key: impl Fn(&T) -> K) {
    match list.iter_mut().find(|it| key(it) == key(&new)) {
        Some(old) => *old = new,
        None => list.push(new),
    }
}

struct Source<'a> {
    file: String,
    text: Option<&'a str>,
}

impl<'a> Source<'a> {
    fn of(texts: &'a Texts, id: &str, name: &str) -> Source<'a> {
        let file = format!("{id}/{name}");
        let text = texts.get(&file).map(String::as_str);
        Source { file, text }
    }

    fn parse<T: DeserializeOwned + Default>(&self) -> Result<T, StandardFault> {
        match self.text {
            Some(_) => self.parse_required(),
            None => Ok(T::default()),
        }
    }

    fn parse_required<T: DeserializeOwned>(&self) -> Result<T, StandardFault> {
        let text = self.text.ok_or_else(|| self.fault(0, "没有这个文件"))?;
        toml::from_str(text).map_err(|err| {
            self.fault(err.span().map_or(0, |span| span.start), toml_fault(err.message()))
        })
    }

    fn fault(&self, at: usize, reason: impl Into<String>) -> StandardFault {
        let before = self.text.map_or("", |text| text.get(..at).unwrap_or(text));
        let line = before.matches('\n').count() + 1;
        StandardFault { file: self.file.clone(), line, reason: reason.into() }
    }

    fn position_of(&self, word: &str) -> usize {
        self.text.and_then(|text| text.find(word)).unwrap_or(0)
    }
}
