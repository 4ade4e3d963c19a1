use serde::Deserialize;

/// 业务系统：办理事项用的系统。
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
pub struct System {
    pub name: String,
    pub address: String,
    /// 主管单位。
    pub owner: String,
    pub phone: String,
}

/// 登记业务系统的毛病。
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SystemFault {
    #[error("写上名称，100 个字以内")]
    Name,
}

impl System {
    /// Takes the space off around what was typed.
    pub fn tidied(mut self) -> System {
        for text in [&mut self.name, &mut self.address, &mut self.owner, &mut self.phone] {
            *text = text.trim().to_owned();
        }
        self
    }

    pub fn faults(&self) -> Vec<SystemFault> {
        let is_named = !self.name.trim().is_empty() && self.name.chars().count() <= 100;
        Vec::from_iter((!is_named).then_some(SystemFault::Name))
    }
}
