"""Shapes of Word in both of its languages: text boxes, and a flowchart."""

from parts import NS

DRAWING = NS + ' ' + ' '.join([
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"',
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"',
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
    'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"',
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
    'xmlns:v="urn:schemas-microsoft-com:vml"',
    'xmlns:o="urn:schemas-microsoft-com:office:office"',
])
POINT = 12700


def words(text):
    return f'<w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:txbxContent>'


def anchor(inside, kind, width=400, height=500):
    return (
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="2" behindDoc="0"'
        ' locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="column"><wp:posOffset>0</wp:posOffset></wp:positionH>'
        '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>'
        f'<wp:extent cx="{width * POINT}" cy="{height * POINT}"/><wp:wrapTopAndBottom/><wp:docPr id="1" name="图"/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData'
        f' uri="http://schemas.microsoft.com/office/word/2010/wordprocessing{kind}">{inside}'
        '</a:graphicData></a:graphic></wp:anchor>')


def text_box(text):
    """With the second copy for old programs, as Word writes it."""
    shape = (f'<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>{area(0, 0, 200, 30)}<a:prstGeom prst="rect"/></wps:spPr>'
             f'<wps:txbx>{words(text)}</wps:txbx><wps:bodyPr/></wps:wsp>')
    return (f'<w:r {DRAWING}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
            f'{anchor(shape, "Shape", 200, 30)}</w:drawing></mc:Choice><mc:Fallback><w:pict>'
            f'<v:shape type="#_x0000_t202" style="width:200pt;height:30pt"><v:textbox>{words(text)}</v:textbox>'
            '</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>')


def vml_text_box(text):
    return (f'<w:r {DRAWING}><w:pict><v:shape id="_x0000_s1026" type="#_x0000_t202"'
            f' style="position:absolute;margin-left:10pt;margin-top:5pt;width:200pt;height:30pt">'
            f'<v:textbox>{words(text)}</v:textbox></v:shape></w:pict></w:r>')


def area(x, y, width, height, flip=""):
    return (f'<a:xfrm{flip}><a:off x="{round(x * POINT)}" y="{round(y * POINT)}"/>'
            f'<a:ext cx="{round(width * POINT)}" cy="{round(height * POINT)}"/></a:xfrm>')


# 开始 → 受理 → 材料齐全？ —是→ 决定 → 结束, —否→ 补正 → 受理
NODES = [
    (1, "ellipse", "开始", 150, 0, 100, 30),
    (2, "rect", "窗口受理", 150, 60, 100, 30),
    (3, "flowChartDecision", "材料是否齐全", 130, 120, 140, 60),
    (4, "rect", "审查决定", 150, 220, 100, 30),
    (5, "rect", "一次告知补正", 320, 135, 100, 30),
    (6, "flowChartTerminator", "结束", 150, 280, 100, 30),
]
LINES = [
    (1, 2, (200, 30), (200, 60), ""),
    (2, 3, (200, 90), (200, 120), ""),
    (3, 4, (200, 180), (200, 220), "齐全"),
    (3, 5, (270, 150), (320, 150), "不齐全"),
    (5, 2, (370, 135), (250, 75), ""),
    (4, 6, (200, 250), (200, 280), ""),
]


def chart(glued):
    """A group of shapes; with `glued`, each line knows the shapes that it joins."""
    shapes = [
        f'<wps:wsp><wps:cNvPr id="{id}" name="n{id}"/><wps:cNvSpPr/><wps:spPr>{area(x, y, width, height)}'
        f'<a:prstGeom prst="{kind}"/></wps:spPr><wps:txbx>{words(text)}</wps:txbx><wps:bodyPr/></wps:wsp>'
        for id, kind, text, x, y, width, height in NODES]
    for at, (start, end, (x, y), (right, bottom), word) in enumerate(LINES):
        # Somebody dragged the glued lines about; the others end a little short.
        shift = 12 if glued else 2
        flip = f'{" flipH=" + chr(34) + "1" + chr(34) if right < x else ""}{" flipV=" + chr(34) + "1" + chr(34) if bottom < y else ""}'
        glue = f'<a:stCxn id="{start}" idx="2"/><a:endCxn id="{end}" idx="0"/>' if glued else ""
        place = area(min(x, right), min(y, bottom) + (shift if glued else 0), abs(right - x), abs(bottom - y), flip)
        shapes.append(
            f'<wps:wsp><wps:cNvPr id="{20 + at}" name="l{at}"/><wps:cNvCnPr>{glue}</wps:cNvCnPr><wps:spPr>{place}'
            '<a:prstGeom prst="straightConnector1"/><a:ln><a:tailEnd type="triangle"/></a:ln></wps:spPr>'
            '<wps:bodyPr/></wps:wsp>')
        if word:
            middle = ((x + right) / 2 + (4 if x == right else -15), (y + bottom) / 2 + (-8 if x == right else -20))
            shapes.append(
                f'<wps:wsp><wps:cNvPr id="{40 + at}" name="w{at}"/><wps:cNvSpPr txBox="1"/><wps:spPr>'
                f'{area(*middle, 30, 16)}<a:prstGeom prst="rect"/></wps:spPr><wps:txbx>{words(word)}</wps:txbx>'
                '<wps:bodyPr/></wps:wsp>')
    # The group's own coordinates are twice as fine as the page's.
    group = ('<wpg:wgp><wpg:cNvGrpSpPr/><wpg:grpSpPr><a:xfrm>'
             f'<a:off x="0" y="0"/><a:ext cx="{210 * POINT}" cy="{155 * POINT}"/>'
             f'<a:chOff x="0" y="0"/><a:chExt cx="{420 * POINT}" cy="{310 * POINT}"/></a:xfrm></wpg:grpSpPr>'
             f'{"".join(shapes)}</wpg:wgp>')
    return (f'<w:r {DRAWING}><mc:AlternateContent><mc:Choice Requires="wpg"><w:drawing>'
            f'{anchor(group, "Group", 210, 155)}</w:drawing></mc:Choice></mc:AlternateContent></w:r>')


def vml_chart():
    kinds = {"ellipse": "oval", "rect": "rect", "flowChartDecision": "#_x0000_t110", "flowChartTerminator": "#_x0000_t116"}
    shapes = []
    for id, kind, text, x, y, width, height in NODES:
        style = f'style="position:absolute;left:{x};top:{y};width:{width};height:{height}"'
        inner = f'<v:textbox>{words(text)}</v:textbox>'
        if kinds[kind].startswith("#"):
            shapes.append(f'<v:shape id="n{id}" type="{kinds[kind]}" {style}>{inner}</v:shape>')
        else:
            shapes.append(f'<v:{kinds[kind]} id="n{id}" {style}>{inner}</v:{kinds[kind]}>')
    for at, (start, end, (x, y), (right, bottom), word) in enumerate(LINES):
        shapes.append(f'<v:line id="l{at}" from="{x},{y}" to="{right},{bottom}"><v:stroke endarrow="block"/></v:line>')
        if word:
            shapes.append(
                f'<v:shape id="w{at}" type="#_x0000_t202" style="position:absolute;left:{(x + right) / 2 - 10:.0f};'
                f'top:{(y + bottom) / 2 - 12:.0f};width:30;height:16"><v:textbox>{words(word)}</v:textbox></v:shape>')
    return (f'<w:r {DRAWING}><w:pict><v:group style="position:absolute;width:420pt;height:310pt"'
            f' coordorigin="0,0" coordsize="420,310">{"".join(shapes)}</v:group></w:pict></w:r>')
