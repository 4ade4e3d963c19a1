//! What each chapter says, in order.

use domain::content::{Row, Value, keys, show_value};

use super::{BODY, Guide, LABEL, Paragraph};

impl Guide<'_> {
    pub(super) fn chapters(&mut self) {
        self.can_i();
        self.what_do_i_need();
        self.how_long();
        self.what_does_it_cost();
        self.where_and_when();
        self.how();
        self.what_do_i_get();
        self.appeal();
        self.law();
        self.questions();
        self.others();
    }

    fn can_i(&mut self) {
        if let Some(objects) = self.take_text(keys::OBJECTS) {
            self.labelled("谁可以办", &objects);
        }
        if let Some(conditions) = self.take_text(keys::CONDITIONS) {
            self.labelled("申请条件", &conditions);
        }
        if let Some(before) = self.take_text(keys::PREREQUISITE) {
            self.labelled("先办", &before);
        }
        if let Some(refused) = self.take_text(keys::REFUSED) {
            self.labelled("不予受理的情形", &refused);
        }
        self.rest_of("eligibility");
        self.end_chapter("能不能办");
    }

    fn what_do_i_need(&mut self) {
        if let Some((element, rows)) = self.take_rows(keys::MATERIALS) {
            const OWN: [&str; 6] = ["name", "form", "quantity", "originals", "copies", "source"];
            let own = |row: &Row, key| {
                element.field(key).map(|field| self.show_field(row, field)).unwrap_or_default()
            };
            let remarks = |row: &Row| {
                let others = element.fields.iter().filter(|it| it.public);
                let others = others.filter(|it| !OWN.contains(&it.key.as_str()));
                // That something is not so needs no room.
                let told = others.filter(|it| row.fields.get(&it.key) != Some(&Value::Flag(false)));
                let said = told.filter(|it| row.fields.contains_key(&it.key));
                let lines = said.map(|it| format!("{}：{}", it.label, self.show_field(row, it)));
                lines.collect::<Vec<_>>().join("\n")
            };
            let line = |(at, row): (usize, &Row)| {
                let form = [own(row, "form"), quantities(row)].join("\n").trim().to_owned();
                vec![(at + 1).to_string(), own(row, "name"), form, own(row, "source"), remarks(row)]
            };
            let lines: Vec<Vec<String>> = rows.iter().enumerate().map(line).collect();
            self.table(
                &[7, 32, 18, 16, 27],
                &["序号", "材料名称", "形式和份数", "来源", "说明"],
                &lines,
            );
        }
        self.rest_of("materials");
        self.end_chapter("要带什么");
    }

    fn how_long(&mut self) {
        let limits = &self.item.item.content;
        let (promised, statutory) = (limits.promised_limit(), limits.statutory_limit());
        let mut said = Vec::new();
        if let Some(limit) = promised {
            self.shown.insert(keys::PROMISED_LIMIT);
            said.push(match limit.is_immediate() {
                true => "材料齐全的，当场办结".to_owned(),
                false => format!("受理后 {limit}内办结"),
            });
        }
        if let Some(limit) = statutory {
            self.shown.insert(keys::STATUTORY_LIMIT);
            said.push(match limit.is_immediate() {
                true => "法定为当场办结".to_owned(),
                false => format!("法定期限是 {limit}"),
            });
        }
        if !said.is_empty() {
            self.paragraph(&format!("{}。", said.join("，")));
        }
        self.rest_of("limits");
        self.end_chapter("要多久");
    }

    fn what_does_it_cost(&mut self) {
        match self.take(keys::CHARGED) {
            Some((_, Value::Flag(false))) => self.paragraph("不收费。"),
            Some((_, Value::Flag(true))) => self.paragraph("收费。"),
            Some((element, value)) => {
                let text = show_value(value, element, self.standard);
                self.labelled(&element.label, &text);
            }
            None => {}
        }
        self.say(keys::FEES);
        self.rest_of("fees");
        self.end_chapter("收不收费");
    }

    fn where_and_when(&mut self) {
        // It is said in the chapter on what to do about a decision.
        self.shown.insert(keys::COMPLAINT);
        self.say(keys::WINDOWS);
        self.say(keys::CONSULT);
        self.rest_of("windows");
        self.say(keys::ONLINE_ADDRESS);
        self.end_chapter("在哪办、何时办");
    }

    fn how(&mut self) {
        if let Some(procedure) = self.take_text(keys::PROCEDURE) {
            self.numbered(procedure.lines().map(str::trim).filter(|line| !line.is_empty()));
        }
        self.say(keys::STEPS);
        self.rest_of("procedure");
        self.rest_of("handling");
        self.end_chapter("怎么办");
    }

    fn what_do_i_get(&mut self) {
        self.say(keys::OUTCOMES);
        self.rest_of("outcome");
        self.end_chapter("拿到什么");
    }

    fn appeal(&mut self) {
        self.say(keys::APPEAL_REVIEW);
        self.say(keys::APPEAL_LITIGATION);
        self.labelled("投诉", self.item.item.content.text(keys::COMPLAINT));
        self.rest_of("appeal");
        self.end_chapter("不服怎么办");
    }

    fn law(&mut self) {
        if let Some((_, rows)) = self.take_rows(keys::BASIS) {
            for row in rows {
                let number = row.text("number");
                let number =
                    if number.is_empty() { String::new() } else { format!("（{number}）") };
                let law = Paragraph::of(&format!("《{}》", row.text("law")), LABEL);
                self.blocks.push(law.run(&number, BODY).keep_next().space(0, 20).into());
                let (clause, text) = (row.text("clause"), row.text("text"));
                if !clause.is_empty() || !text.is_empty() {
                    let clause = Paragraph::of(clause, LABEL);
                    self.blocks.push(clause.run(&format!("　{text}"), BODY).space(0, 60).into());
                }
            }
        }
        self.rest_of("basis");
        self.end_chapter("法律依据");
    }

    fn questions(&mut self) {
        if let Some((_, rows)) = self.take_rows(keys::FAQ) {
            for row in rows {
                let question = Paragraph::of(&format!("问：{}", row.text("question")), LABEL);
                self.blocks.push(question.keep_next().space(40, 20).into());
                self.paragraph(&format!("答：{}", row.text("answer")));
            }
        }
        self.rest_of("faq");
        self.end_chapter("常见问题");
    }

    /// What no chapter is about.
    fn others(&mut self) {
        let standard = self.standard;
        for section in &standard.sections {
            self.rest_of(&section.id);
        }
        self.end_chapter("其他信息");
    }
}

/// Returns 「原件 1 份，复印件 2 份」, or the whole number where they are not told apart.
pub(in crate::write) fn quantities(row: &Row) -> String {
    let told =
        [("原件", "originals"), ("复印件", "copies")].into_iter().filter_map(|(label, key)| {
            row.number(key).filter(|n| *n > 0).map(|n| format!("{label} {n} 份"))
        });
    let told: Vec<String> = told.collect();
    match (told.is_empty(), row.number("quantity")) {
        (true, Some(n)) => format!("{n} 份"),
        _ => told.join("，"),
    }
}
