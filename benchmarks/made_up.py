"""Made-up graphs of any size in the shape of a newspaper's: hubs, communities around zones, articles.

Names, sentences and figures are invented here; the same size gives the same graph.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from decimal import Decimal

from kg.explore.data import Conclusion, GraphData, Page, Story
from kg.model import Entity, Evidence, Fact, Naming, Observation
from kg.schema import load_schema

CITIES = [
    "云州",
    "青浦",
    "临江",
    "海陵",
    "松原",
    "宁远",
    "石门",
    "长湖",
    "南岭",
    "北泽",
    "东崖",
    "西渡",
    "平川",
    "白河",
    "新安",
    "玉山",
    "金溪",
    "柳城",
    "桐岭",
    "沙洲",
]
FIELDS = [
    "人工智能",
    "集成电路",
    "生物医药",
    "新能源",
    "量子信息",
    "光电子",
    "航空航天",
    "新材料",
    "智能制造",
    "大数据",
    "储能",
    "氢能",
    "机器人",
    "脑科学",
]
SHARES = (
    ("Enterprise", 0.36),
    ("Person", 0.16),
    ("Project", 0.10),
    ("Laboratory", 0.07),
    ("PartyBranch", 0.06),
    ("PartyWorkingCommittee", 0.03),
    ("IndustryChain", 0.04),
    ("HighTechZone", 0.03),
    ("Program", 0.06),
    ("Achievement", 0.05),
    ("Event", 0.04),
)
SAID = {
    "locatedIn": "{s}位于{o}，周边配套日趋完善，{n}项服务实现“一窗通办”。",
    "partOf": "{s}隶属于{o}，今年牵头完成{n}项改革任务。",
    "establishes": "{s}成立{o}，首批派驻专员{n}名，推动支部建在链上。",
    "leads": "在{s}统筹下，{o}组织{n}场供需对接，打通堵点。",
    "developsIndustry": "{s}发展{o}，链上企业达到{n}家，同比增长明显。",
    "holdsPosition": "{s}在{o}任职，他说，团队用{n}天解决了设备进口难题。",
    "cooperatesWith": "{s}与{o}合作共建平台，{n}名科研人员参与攻关。",
    "undertakes": "{s}承担{o}，项目总投资{n}亿元，年内投产。",
    "produces": "{s}研发{o}，良率提升到{n}%以上，已在多地应用。",
    "implements": "{s}实施{o}，惠及{n}家企业和职工。",
    "organizes": "{s}举办{o}，签约项目{n}个。",
    "participatesIn": "{s}参加{o}，带来{n}件新品。",
    "partyOrganizationOf": "{s}是{o}的党组织，现有党员{n}名。",
}
ENDINGS = {
    "Enterprise": ("{c}{x}{f}科技有限公司", "{c}{x}股份有限公司"),
    "Project": ("{c}{f}{x}产业园项目",),
    "Laboratory": ("{c}{f}{x}实验室",),
    "PartyBranch": ("{c}{x}{f}党支部",),
    "IndustryChain": ("{c}{f}{x}产业链",),
    "PartyWorkingCommittee": ("{c}{x}高新区党工委",),
    "HighTechZone": ("{c}{x}高新区",),
    "Program": ("“{x}{f}”行动",),
    "Achievement": ("{x}{f}芯片", "{x}{f}系统"),
    "Event": ("{c}{f}{x}大会",),
}
Triple = tuple[int, str, int]
SYLLABLES = "安邦昌达恩飞冠恒佳康朗铭宁鹏启瑞晟拓维欣扬卓泽"
SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗单曾"


def make(count: int, seed: int = 11) -> GraphData:
    """Make a graph of about ``count`` entities, 2.5 facts and 4 sentences for each."""
    draw = random.Random(seed * 1_000_003 + count)
    entities, homes = _entities(draw, count)
    pairs = _pairs(draw, entities, homes, round(count * 2.5))
    return _told(draw, entities, pairs, max(3, count // 10))


def _name(draw: random.Random, cls: str) -> str:
    if cls == "Person":
        return draw.choice(SURNAMES) + "".join(draw.choices(SYLLABLES, k=2))
    pattern = draw.choice(ENDINGS[cls])
    return pattern.format(
        c=draw.choice(CITIES), f=draw.choice(FIELDS), x="".join(draw.choices(SYLLABLES, k=2))
    )


def _entities(draw: random.Random, count: int) -> tuple[list[Entity], list[int]]:
    """Entities by key, and the community of each; communities differ much in size."""
    names, weights = zip(*SHARES, strict=True)
    communities = max(3, int(count**0.5 / 2))
    found: dict[str, tuple[Entity, int]] = {}
    while len(found) < count:
        cls = draw.choices(names, weights)[0]
        label = _name(draw, cls)
        key = label if label not in found else f"{label}（{len(found)}）"
        home = min(int(draw.paretovariate(1.1)) - 1, communities - 1)
        home = home if draw.random() < 0.6 else draw.randrange(communities)
        aliases = (label[:2] + label[-3:],) if len(label) > 9 and draw.random() < 0.3 else ()
        found[key] = (Entity(key, cls, label, aliases), home)
    ordered = [found[key] for key in sorted(found)]
    return [entity for entity, _ in ordered], [home for _, home in ordered]


def _pairs(draw: random.Random, entities: list[Entity], homes: list[int], count: int) -> list[Triple]:
    """Facts that domain and range allow; popular ends become more popular."""
    schema = load_schema()
    inside: dict[int, list[int]] = {}
    for number, home in enumerate(homes):
        inside.setdefault(home, []).append(number)
    popular: dict[int, list[int]] = {home: list(members) for home, members in inside.items()}
    everywhere = list(range(len(entities)))
    found: set[tuple[int, str, int]] = set()
    while len(found) < count:
        one = draw.randrange(len(entities))
        pool = popular[homes[one]] if draw.random() < 0.88 else everywhere
        other = draw.choice(pool)
        ways = [way for way in schema.between(entities[one].cls, entities[other].cls) if way in SAID]
        if one == other or not ways:
            continue
        way = draw.choice(ways)
        if schema.relations[way].symmetric and entities[other].key < entities[one].key:
            one, other = other, one
        found.add((one, way, other))
        popular[homes[other]] += [other, other] if draw.random() < 0.5 else [other]
    return sorted(found, key=lambda item: (entities[item[0]].key, item[1], entities[item[2]].key))


def _told(draw: random.Random, entities: list[Entity], pairs: list[Triple], articles: int) -> GraphData:
    """Put every fact into sentences of articles, with the places where they name its ends."""
    texts: list[list[str]] = [[] for _ in range(articles)]
    lengths = [0] * articles
    namings: set[Naming] = set()
    facts = []
    for one, way, other in pairs:
        evidence = []
        for _ in range(draw.choice((1, 1, 1, 2, 3))):
            article = draw.randrange(articles)
            name = f"第{article:05}版.txt#1"
            sentence = SAID[way].format(
                s=entities[one].label, o=entities[other].label, n=draw.randrange(3, 900)
            )
            start = lengths[article]
            evidence.append(Evidence(name, start, start + len(sentence), sentence, "verb:made+model"))
            for end in (one, other):
                at = sentence.index(entities[end].label)
                place = Evidence(
                    name, start + at, start + at + len(entities[end].label), entities[end].label, "gazetteer"
                )
                namings.add(Naming(entities[end].key, place))
            filler = (
                ""
                if draw.random() < 0.5
                else f"记者在{draw.choice(CITIES)}采访时看到，{draw.choice(FIELDS)}车间一派忙碌。"
            )
            texts[article] += [sentence, filler, "\n"]
            lengths[article] += len(sentence) + len(filler) + 1
        confidence = round(draw.uniform(0.6, 0.99), 2)
        facts.append(Fact(entities[one].key, way, entities[other].key, confidence, tuple(sorted(evidence))))
    stories = tuple(_story(draw, number, "".join(text)) for number, text in enumerate(texts))
    pages = tuple(
        Page(story.source, f"{number:064x}", "text/plain; charset=utf-8")
        for number, story in enumerate(stories)
    )
    figures = _figures(draw, entities, facts)
    ordered = tuple(sorted(namings, key=lambda naming: (naming.evidence, naming.entity)))
    return GraphData(
        tuple(entities), tuple(facts), figures, stories, ordered, pages, conclusions=tuple(_inverses(facts))
    )


def _inverses(facts: list[Fact]) -> Iterator[Conclusion]:
    """Every fact read backwards, as a reasoner concludes it."""
    relations = load_schema().relations
    for fact in facts:
        info = relations[fact.relation]
        backwards = fact.relation if info.symmetric else info.inverse
        rule = "prp-symp" if info.symmetric else "prp-inv1"
        if backwards is not None:
            yield Conclusion(fact.object, backwards, fact.subject, rule, fact.confidence, (fact.key,))


def _story(draw: random.Random, number: int, text: str) -> Story:
    date = f"{draw.randrange(2019, 2026)}-{draw.randrange(1, 13):02}-{draw.randrange(1, 29):02}"
    paper = draw.choice(("园区报", "科技日报", "晨报"))
    headline = f"{draw.choice(CITIES)}{draw.choice(FIELDS)}产业链党建赋能高质量发展（{number}）"
    return Story(f"第{number:05}版.txt#1", f"第{number:05}版.txt", 1, headline, (), date, paper, text=text)


def _figures(draw: random.Random, entities: list[Entity], facts: list[Fact]) -> tuple[Observation, ...]:
    """A figure for every fifth fact, said by one of its sentences."""
    found = {}
    for fact in facts[::5]:
        value = Decimal(draw.randrange(3, 90000))
        key = (fact.subject, draw.choice(("企业数量", "总投资额", "研发人员")), "家")
        found[key] = Observation(key[0], key[1], value, key[2], None, 0.9, fact.evidence[:1])
    return tuple(found[key] for key in sorted(found))
