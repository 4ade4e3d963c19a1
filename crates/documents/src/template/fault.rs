/// 模板里的问题：是什么、在哪里、怎么办。
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TemplateFault {
    #[error("这不是 Word 文档（.docx）；用 Word 或者 WPS 打开，另存为 .docx 再传")]
    NotWord,
    #[error("文档是旧格式（.doc）或者加了密码；去掉密码，另存为 .docx 再传")]
    Sealed,
    #[error("文档读不出来：{reason}；用 Word 或者 WPS 打开，另存为 .docx 再传")]
    Broken { reason: String },
    #[error("文档展开以后超过 {limit}；压缩或者去掉里面的图片再传")]
    TooLarge { limit: &'static str },
    #[error("{part}：文档带宏；另存为不带宏的 .docx 再传")]
    Macro { part: String },
    #[error(
        "{part}：文档里嵌着另一个文件或者程序（OLE 对象）；删掉它，要用的内容改成文字、表格或者图片"
    )]
    Embedded { part: String },
    #[error("{part}：文档里有 ActiveX 控件；删掉控件，要填的地方写成“{{{{填写:名称}}}}”")]
    Control { part: String },
    #[error("{part}：文档要从外面取“{target}”；取消这个链接，图片直接插入，网址写成文字")]
    External { part: String, target: String },
    #[error("{part}：文档要并入别的文件或者数据（{what}）；把内容直接写进模板")]
    Included { part: String, what: String },
    #[error(
        "{place}：域代码“{code}”会在打开时执行；除页码以外不用域，选中后按 Ctrl+Shift+F9 变成文字"
    )]
    Runs { place: String, code: String },
    #[error("{part}：图片不是 PNG、JPEG、GIF、BMP、TIFF；另存为这几种再插入")]
    Picture { part: String },
    #[error(
        "{part}：不认得文档的这个部分（{kind}）；图表、SmartArt 换成图片，其余的删掉，另存为 .docx 再传"
    )]
    Unknown { part: String, kind: String },
    #[error(
        "{part}：文档里有声明或者处理指令，会引来别的内容；用 Word 或者 WPS 打开，另存为 .docx 再传"
    )]
    Declared { part: String },
    #[error("{place}：有没有接受的修订；在“审阅”里接受或者拒绝全部修订再传")]
    Tracked { place: String },
    #[error("{part}：有批注，会随文书发出去；在“审阅”里删除全部批注再传")]
    Commented { part: String },
    #[error(
        "{place}：“{near}”这里的字段没有写完整；一个字段以 {{{{ 开头、以 }}}} 结尾，写在同一段里"
    )]
    Unbalanced { place: String, near: String },
    #[error("{part}：字段写在了图形或者图表里，填不进去；改用文本框或者正文")]
    OutOfReach { part: String },
}
