#!/usr/bin/env python3
"""Makes the two demo templates after 附件1 and 附件2 of 《政务服务事项梳理规范表式及范例》.

Run it in this folder: python3 make.py. The files are kept beside it, so that nothing is made at
build time. Type and margins as GB/T 9704-2012 has them: A4, 156 mm by 225 mm, 仿宋 三号.
"""

import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
P = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
FONTS = {"body": "仿宋_GB2312", "title": "方正小标宋简体", "label": "黑体", "small": "仿宋_GB2312"}


def run(text, font="body", size=32):
    name = FONTS[font]
    fonts = f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}" w:eastAsia="{name}"/>'
    return (
        f'<w:r><w:rPr>{fonts}<w:sz w:val="{size}"/><w:szCs w:val="{size}"/></w:rPr>'
        f'<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
    )


def paragraph(text="", font="body", size=32, align=None, indent=True, after=0):
    first = '<w:ind w:firstLineChars="200" w:firstLine="640"/>' if indent and not align else ""
    justify = f'<w:jc w:val="{align}"/>' if align else ""
    spacing = f'<w:spacing w:after="{after}" w:line="560" w:lineRule="exact"/>'
    return f"<w:p><w:pPr>{spacing}{first}{justify}</w:pPr>{run(text, font, size) if text else ''}</w:p>"


def cell(text, width, span=1, font="small"):
    merged = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    inside = (
        '<w:p><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr>' + run(text, font, 24) + "</w:p>"
    )
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}</w:tcPr>{inside}</w:tc>'


def table(widths, rows):
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    body = "".join(f'<w:tr><w:trPr><w:cantSplit/></w:trPr>{"".join(row)}</w:tr>' for row in rows)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{lines}'
        f'</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>'
    )


def reply():
    """附件2: the reply that approves a project."""
    texts = [
        "报来《关于{{填写:项目名称}}核准的请示》及有关材料收悉。经研究，现就该项目核准事项批复如下：",
        "一、同意建设{{填写:项目名称}}。项目建设单位为{{填写:项目单位}}。",
        "二、项目建设地点为{{填写:建设地点}}。",
        "三、项目的主要建设内容，建设规模，主要设备选型和技术标准：{{填写多行:建设内容和规模}}",
        "四、项目总投资{{填写:总投资（万元）}}万元，资金来源为项目建设单位自筹。其中项目资本金为"
        "{{填写:资本金（万元）}}万元，项目资本金占项目总投资的比例为{{填写:资本金比例（%）}}%。",
        "五、招标内容。该项目依建设单位申请{{填写:采用或者不采用}}公开招标方式。",
        "六、核准项目的相关文件分别是{{填写多行:相关文件}}等。",
        "七、如需对本项目核准文件所批复的有关内容进行调整，请按照现行有关规定，及时以书面形式向我局提出"
        "调整申请，我局将根据项目具体情况，出具是否同意变更的书面意见。",
        "八、请{{填写:项目单位}}根据本核准文件，办理规划许可、土地使用、资源利用、安全生产等相关手续。",
        "九、本核准文件自印发之日起2年内未开工建设，需要延期开工建设的，应当在2年期限届满的30个工作日前，"
        "向我局申请延期开工建设。我局将自受理申请之日起20个工作日内，作出是否同意延期开工建设的决定。"
        "开工建设只能延期一次，期限最长不超过1年。",
    ]
    return (
        paragraph("{{文号}}", align="center", after=560)
        + paragraph("{{实施主体}}", "title", 44, "center")
        + paragraph("关于{{填写:项目名称}}核准的批复", "title", 44, "center", after=560)
        + paragraph("{{填写:项目单位}}：", indent=False)
        + "".join(paragraph(text) for text in texts)
        + paragraph()
        + paragraph("{{实施主体}}", align="right")
        + paragraph("{{成文日期}}", align="right", after=560)
        + paragraph("项目代码：{{填写:项目代码}}", indent=False)
        + paragraph("抄送：{{选填:抄送单位}}", indent=False)
        + paragraph("{{实施主体}}　{{成文日期}}印发", indent=False)
    )


def opinion():
    """附件1: the sheet with the opinion on how a project is put out to tender."""
    widths = [1800, 7044]
    heads = [[cell("建设项目", 1800, font="label"), cell("{{填写:项目名称}}", 7044)]]
    heads.append([cell("建设单位", 1800, font="label"), cell("{{填写:项目单位}}", 7044)])
    heads.append(
        [cell("内容", 1800, font="label"), cell("招标范围、招标组织形式、招标方式", 7044, font="label")]
    )
    kinds = ["勘察", "设计", "建筑工程", "安装工程", "监理", "主要设备", "重要材料", "其他"]
    rows = [[cell(kind, 1800), cell("{{选填:" + kind + "}}", 7044)] for kind in kinds]
    tail = [
        [cell("核准意见", 1800, font="label"), cell("{{填写多行:核准意见}}", 7044)],
        [cell("核准部门", 1800, font="label"), cell("{{实施主体}}　{{成文日期大写}}", 7044)],
    ]
    files = [[cell("序号", 1800, font="label"), cell("申报材料", 7044, font="label")]]
    files.append([cell("{{申请材料.序号}}", 1800), cell("{{申请材料.材料名称}}", 7044)])
    return (
        paragraph("建设项目招标方案核准意见表", "title", 44, "center", after=280)
        + paragraph("核准编号：{{文号}}", size=28, align="right")
        + table(widths, heads + rows + tail)
        + paragraph("附：“{{事项名称}}”收取的申报材料", "label", 28, indent=False)
        + table(widths, files)
        + paragraph()
    )


def write(name, body):
    page = (
        f'<w:sectPr><w:footerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/>'
        '<w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588" w:header="851" '
        'w:footer="1400" w:gutter="0"/></w:sectPr>'
    )
    spaces = f'xmlns:w="{W}" xmlns:r="{R}"'
    office = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    number = (
        f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{run("— ", size=28)}'
        f'<w:fldSimple w:instr=" PAGE ">{run("1", size=28)}</w:fldSimple>{run(" —", size=28)}</w:p>'
    )
    relation = '<Relationship Id="rId{}" Type="' + R + '/{}" Target="{}"/>'
    relations = f'<Relationships xmlns="{P}/relationships">{{}}</Relationships>'
    override = '<Override PartName="/word/{}.xml" ContentType="' + office + '.{}+xml"/>'
    types = "".join(
        override.format(part, kind)
        for part, kind in [("document", "document.main"), ("styles", "styles"), ("footer1", "footer")]
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{P}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": relations.format(relation.format(1, "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations.format(
            relation.format(1, "styles", "styles.xml") + relation.format(2, "footer", "footer1.xml")
        ),
        "word/document.xml": f"<w:document {spaces}><w:body>{body}{page}</w:body></w:document>",
        "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr>'
        '<w:lang w:val="en-US" w:eastAsia="zh-CN"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        "</w:style></w:styles>",
        "word/footer1.xml": f'<w:ftr xmlns:w="{W}">{number}</w:ftr>',
    }
    with zipfile.ZipFile(name, "w", zipfile.ZIP_DEFLATED) as file:
        for part, text in parts.items():
            info = zipfile.ZipInfo(part)
            info.compress_type = zipfile.ZIP_DEFLATED
            file.writestr(info, DECLARATION + text)


write("reply.docx", reply())
write("opinion.docx", opinion())
