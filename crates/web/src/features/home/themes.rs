use search::Facet;

use crate::{
    layout::{self, Icon},
    links::{self, Area, Link},
};

/// 主题，带事项数。
pub(super) struct Theme {
    pub(super) label: String,
    pub(super) count: usize,
    pub(super) icon: Icon,
    pub(super) link: Link,
}

pub(super) fn themes(facets: Vec<Facet>, area: Area) -> Vec<Theme> {
    let one = |it: Facet| Theme {
        icon: layout::icon(picture(&it.label)),
        link: links::search(area).with("theme", &it.value),
        label: it.label,
        count: it.count,
    };
    facets.into_iter().map(one).collect()
}

/// The picture of a theme is decoration only: a theme that is not here has a plain one.
fn picture(label: &str) -> &'static str {
    let known = PICTURES.iter().find(|(labels, _)| labels.contains(&label));
    known.map_or("folder", |(_, icon)| icon)
}

const PICTURES: &[(&[&str], &str)] = &[
    (&["生育收养"], "baby-carriage"),
    (&["户籍办理"], "home-2"),
    (&["证件办理", "资质认证", "职业资格"], "id"),
    (&["就业创业"], "briefcase"),
    (&["社会保障"], "umbrella"),
    (&["医疗卫生"], "stethoscope"),
    (&["教育科研", "文体教育"], "school"),
    (&["住房保障"], "building"),
    (&["婚姻登记"], "heart"),
    (&["交通出行"], "car"),
    (&["优待抚恤"], "medal"),
    (&["死亡殡葬"], "flower"),
    (&["设立变更"], "building-store"),
    (&["准营准办"], "license"),
    (&["投资审批", "年检年审", "质量技术"], "clipboard-check"),
    (&["规划建设", "国土和规划建设"], "crane"),
    (&["农林牧渔"], "plant-2"),
    (&["税收财务", "行政缴费"], "receipt-tax"),
    (&["人力资源", "民族宗教"], "users"),
    (&["安全生产"], "helmet"),
    (&["交通运输"], "truck"),
    (&["环保绿化"], "leaf"),
    (&["水务气象"], "droplet"),
    (&["法人注销"], "file-x"),
    (&["入伍服役"], "shield"),
    (&["公用事业"], "bolt"),
    (&["地方特色"], "star"),
    (&["知识产权"], "bulb"),
];
