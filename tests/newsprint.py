"""A small typesetter: lays clean articles out as the damaged pages that PDF extraction gives."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

NEVER_FIRST = "，。、；：？！”’）》】…%"
NEVER_LAST = "“‘（《【"


@dataclass(frozen=True)
class Copy:
    """A clean article: ``parts`` are paragraphs, and subheads that start with ``#``."""

    parts: tuple[str, ...]
    kicker: str | None = None
    headline: tuple[str, ...] = ()
    byline: tuple[str, ...] = ()
    signed: str = "tail"
    """Where the byline stands: ``tail`` of the last sentence, ``line`` of its own, ``head``."""
    dateline: str | None = None
    caption: str | None = None
    credit: str | None = None

    @property
    def paragraphs(self) -> list[str]:
        """The paragraphs without the subheads."""
        return [part for part in self.parts if not part.startswith("#")]

    @property
    def subheads(self) -> list[str]:
        """The subheads."""
        return [part[1:] for part in self.parts if part.startswith("#")]


@dataclass
class Press:
    """How a page is damaged; every choice comes from ``random``."""

    random: Random
    width: int = 16
    wide: int = 24
    """Column width from somewhere inside a paragraph on, now and then."""
    blank: float = 1.0
    """Share of line breaks with a blank line."""
    loose: float = 0.05
    """Share of lines printed with a space after every character."""
    stray: float = 0.3
    """Share of digits that get a space in front."""
    indent: str = ""
    """What is left of the paragraph indentation."""
    cut: bool = True
    """Captions cut sentences; otherwise they stand at the end."""
    banner: str | None = None
    header: str | None = None
    lines: list[str] = field(default_factory=list)

    def page(self, copies: list[Copy]) -> str:
        """Lay out a page."""
        self.lines = [self.header] if self.header else []
        for copy in copies:
            self._article(copy)
        if self.banner:
            self.lines.append(self.banner * 2)
        text = " "
        for line in self.lines:
            glued = line.endswith("\x00")
            text += line.rstrip("\x00") + ("\n" if glued or self.random.random() >= self.blank else "\n\n")
        return text + " "

    def _article(self, copy: Copy) -> None:
        if copy.kicker:
            self.lines.append(copy.kicker)
        self.lines += copy.headline
        if copy.byline and copy.signed == "head":
            self.lines.append("▶ 本报记者 " + " ".join(copy.byline))
        elif copy.headline and copy.dateline:
            self.lines[-1] += "\x00"
        body: list[str] = []
        for index, part in enumerate(copy.parts):
            if part.startswith("#"):
                body.append(part[1:])
                continue
            if index == 0 and copy.dateline:
                part = f"{copy.dateline} {part}"
            body += self._set(part)
            if index == len(copy.parts) - 1 and copy.signed == "tail" and copy.byline:
                body[-1] += " " + " ".join(copy.byline)
        if copy.byline and copy.signed == "line":
            body.append(" ".join(copy.byline))
        self.lines += self._with_caption(body, copy)

    def _with_caption(self, body: list[str], copy: Copy) -> list[str]:
        pictures = [line for line in (copy.caption, copy.credit) if line]
        inside = [
            k
            for k in range(2, len(body))
            if min(len(body[k - 2]), len(body[k - 1])) > 10
            and len(body[k]) > 4
            and not re.search("[。！？…”；，、]$", body[k - 1])
        ]
        if not pictures:
            return body
        if not (self.cut and inside):
            return body + pictures
        at = self.random.choice(inside)
        return [*body[:at], *pictures, *body[at:]]

    def _set(self, paragraph: str) -> list[str]:
        """Wrap a paragraph; a tail byline stays with the last line."""
        lines: list[str] = []
        width: float = self.width
        change = self.random.random() < 0.15
        line, used = self.indent, 2.0
        for index, char in enumerate(paragraph):
            size = 0.5 if char.isascii() else 1.0
            if used + size > width and char not in NEVER_FIRST and paragraph[index - 1] not in NEVER_LAST:
                lines.append(self._print(line))
                line, used = "", 0.0
                if change and self.random.random() < 0.3:
                    width, change = self.wide, False
            line += char
            used += size
        return [*lines, self._print(line)]

    def _print(self, line: str) -> str:
        if " " not in line and self.random.random() < self.loose:
            return " ".join(line)
        return re.sub(r"(?<=[\u4e00-\u9fff])\d", lambda m: self._stray() + m.group(), line)

    def _stray(self) -> str:
        return " " if self.random.random() < self.stray else ""


def squeeze(text: str) -> str:
    """Take all white space out."""
    return re.sub(r"\s+", "", text)


ARTICLES = (
    Copy(
        kicker="常州高新区",
        headline=("光伏小镇“追光”忙",),
        dateline="本报讯",
        byline=("许亦晴", "高远"),
        parts=(
            "晨光微露，常州高新区的光伏小镇已是一片繁忙。5月以来，园区企业常州晴川光能股份有限公司接到海外订单12批，"
            "总金额达3.6亿元。",
            "订单从哪里来？公司董事长沈如海说，答案在研发。今年，公司与江南光电研究院共建“追光”联合实验室，"
            "把电池转换效率提高到26.1%。",
            "产业链党委也没有闲着。光伏产业链党委书记周敏介绍，党委开办“小镇夜谈”，把用地、用工、融资等问题摆到桌面上，"
            "一个一个解决；去年以来，累计收集问题147个，办结139个。",
            "下一步，常州高新区将实施“光伏+”行动计划，支持企业走向海外。",
        ),
    ),
    Copy(
        kicker="襄阳高新区",
        headline=("政务服务“不打烊”",),
        dateline="本报讯",
        byline=("孟凡",),
        parts=(
            "周末，襄阳高新区政务服务中心灯火通明，窗口前仍有企业办事人员进进出出。",
            "“白天忙生产，晚上来办证，太方便了。”襄阳恒岳汽车零部件有限公司行政主管何静说，公司办理排污许可变更，"
            "只用了40分钟。",
            "这得益于该区推行的“红色夜班车”机制。政务服务中心党支部把28名党员编成7个小组，轮流值守夜间和周末窗口，"
            "为企业和群众提供帮办代办服务。截至6月中旬，“红色夜班车”共办理事项2300余件。",
        ),
    ),
    Copy(
        headline=("党建领航启新程 科技自立绘宏图", "东湖科学城打造原始创新策源地"),
        byline=("罗一鸣",),
        signed="head",
        parts=(
            "初夏的东湖科学城，湖光潋滟。走进位于科学城核心区的江汉实验室，科研人员正围着一台新装置低声讨论。"
            "这台装置名为“听涛”，可以测量极其微弱的振动。",
            "“从图纸到样机，我们用了不到两年。”江汉实验室副主任陶然说，攻关团队中党员占六成，"
            "最难的温控系统由党员突击队啃下来。",
            "#筑巢引凤 聚天下英才",
            "人才是创新的根基。近年来，东湖科学城推出“东湖英才”计划，对引进的顶尖团队给予最高1亿元支持。"
            "目前，科学城集聚院士工作站18个、省级以上创新平台260个，其中国家重点实验室9个。",
            "在江城光谱仪器有限公司，来自海外的博士林可仅用3天就办妥了落户手续。“服务专员一路陪着跑，我只签了两次名。”他说。",
            "#链上聚力 产业加速跑",
            "产业发展离不开链条。科学城党工委成立光电子信息产业链党委，统筹链上企业、高校院所党组织87个，"
            "组建技术攻关联合体；由链主企业牵头发布需求，由高校院所揭榜，由金融机构跟进服务。",
            "江城光谱仪器有限公司与华中光电大学合作，研制出国内首台车载光谱仪，打破了国外垄断。"
            "公司总经理段青松表示，第二条生产线将于9月投产，届时年产能可达5000台。",
            "科学城管委会有关负责人说，下一步将持续优化创新生态，让更多成果从实验室走向生产线，从科学城走向全国。",
        ),
        caption="江汉实验室科研人员调试“听涛”装置",
        credit="东湖科学城供图",
    ),
    Copy(
        kicker="包头稀土高新区",
        headline=("一块磁铁的“出海”路",),
        byline=("赵北辰",),
        dateline="本报讯",
        signed="line",
        parts=(
            "重3克、厚2毫米，这块来自包头稀土高新区的磁铁，被装进了欧洲的风力发电机。",
            "生产它的包头北磁新材料有限公司，6年前还是一家只有20人的小厂。转机出现在2021年，"
            "高新区科技创新局把公司推荐给了内蒙古稀土研究所。双方合作开发的低重稀土磁体，成本下降了三成。",
            "“没有高新区牵线，我们可能还在给别人做配套。”公司创始人韩冬感慨。",
            "如今，包头稀土高新区稀土产业链已聚集企业180家，永磁材料产能占全国的四分之一。",
        ),
    ),
    Copy(
        kicker="厦门火炬高新区",
        headline=("“小巨人”背后的大服务",),
        dateline="本报讯",
        byline=("林知夏", "吴桐"),
        parts=(
            "6月18日，厦门火炬高新区举办专精特新企业服务日活动，58家企业与12家银行面对面洽谈，现场达成授信意向9.2亿元。",
            "“过去是企业找服务，现在是服务找企业。”厦门云帆传感技术有限公司财务总监郑岚说。该公司上月收到火炬高新区管委会"
            "推送的政策提醒，3天后就拿到了80万元奖励。",
            "据了解，厦门火炬高新区建成“益企办”平台，归集政策320条，已向企业推送提醒1.7万次。",
        ),
    ),
    Copy(
        headline=("杨凌示范区发布种业振兴“路线图”",),
        dateline="本报杨凌6月12日电",
        byline=("秦川",),
        parts=(
            "杨凌农业高新技术产业示范区12日对外发布《种业振兴三年行动方案》，提出到2027年培育新品种100个，"
            "种业产值突破60亿元。",
            "方案明确，示范区将联合西北农林大学建设旱区种质资源库，支持企业设立育种研发中心。",
            "“好种子要有好土壤，更要有好机制。”示范区管委会副主任乔木说。",
        ),
    ),
)
"""Articles of our own, about things that do not exist."""
