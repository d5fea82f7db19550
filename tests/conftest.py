"""A small graph told by three articles on two pages, built by hand; and the stores made of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, Store, Triple, parse

from kg import store as kg_store
from kg import turtle
from kg.model import (
    Article,
    Block,
    Document,
    Entity,
    Evidence,
    Fact,
    Knowledge,
    Naming,
    Observation,
    Refusal,
)
from kg.schema import Schema, load_schema

HEFEI = (
    "合肥高新区设立“智 谷”产业\n链党委\n江淮晨报讯 近日，合肥高新区成立量子信息产业链党\n\n委，"
    "由合肥高新区党工委统筹。国盾量子技术股份有限公司、云际量子实验室是\n\n量子信息产业链的链上单位，"
    "均位于合肥高新区。区内有高新技术企业 1 302家，总投资额150.5亿元。\n陈立平\n"
)
PUKOU = (
    "浦口高新区\n云桥生物项目临时党支部成立\n云桥生物项目位于浦口高新区，由云桥生物科技有限公司建设，"
    "云桥生物项目临时党支部日前成立。云桥生物科技有\n限公司总经理陈立平说，公司与云际量子实验室合作，"
    "研发了“云桥一号”芯片。浦口高新区联合党委由云桥生物科技有限公司党支部等组成。\n"
)
LESHAN = (
    "乐山高新区举办校企对接会\n乐山高新区举办春季校企对接会，四川云麓大学副校长何知远参加。"
    "乐山高新区实施“链长+专员”机制，发展低空经济。<script>alert('x')</script>\n"
)


def read(rows: Iterable[turtle.Row]) -> Iterator[Triple]:
    """The triples that rows of Turtle stand for, each once."""
    for quad in parse("".join(turtle.lines(rows)).encode(), RdfFormat.TURTLE):
        yield quad.triple


def make_document(source: str, text: str) -> Document:
    """A plain UTF-8 page."""
    return Document(source, hashlib.sha256(text.encode()).hexdigest(), "text/plain", "utf-8", text)


def make_article(document: Document, order: int, raw: str, **metadata: object) -> Article:
    """An article of the page: ``raw`` with its line breaks taken out, each character at its place."""
    base = document.text.index(raw)
    offsets = tuple(base + i for i, char in enumerate(raw) if char != "\n")
    text = raw.replace("\n", "")
    article = Article(document, order, text, offsets, (Block("paragraph", 0, len(text)),))
    return replace(article, **metadata)


def quote(article: Article, words: str, rule: str) -> Evidence:
    """The place where an article says the words."""
    start = article.text.index(words)
    place = article.quote(start, start + len(words))
    return Evidence(article.id, place.start, place.end, place.exact, rule)


ENTITIES = (
    Entity("“云桥一号”芯片", "Achievement", "“云桥一号”芯片", ("云桥一号",)),
    Entity("“链长+专员”机制", "Program", "“链长+专员”机制"),
    Entity("云桥生物科技有限公司", "Enterprise", "云桥生物科技有限公司", ("云桥生物",)),
    Entity("云桥生物科技有限公司党支部", "PartyBranch", "云桥生物科技有限公司党支部"),
    Entity("云桥生物项目", "Project", "云桥生物项目"),
    Entity("云桥生物项目临时党支部", "PartyBranch", "云桥生物项目临时党支部"),
    Entity("云际量子实验室", "Laboratory", "云际量子实验室"),
    Entity("何知远", "Person", "何知远"),
    Entity("低空经济", "Industry", "低空经济"),
    Entity("合肥高新区", "HighTechZone", "合肥高新区"),
    Entity("合肥高新区党工委", "PartyWorkingCommittee", "合肥高新区党工委"),
    Entity("四川云麓大学", "University", "四川云麓大学", ("云麓大学",)),
    Entity("国盾量子技术股份有限公司", "Enterprise", "国盾量子技术股份有限公司", ("国盾量子",)),
    Entity("春季校企对接会", "Event", "春季校企对接会"),
    Entity("浦口高新区", "HighTechZone", "浦口高新区"),
    Entity("浦口高新区联合党委", "JointPartyCommittee", "浦口高新区联合党委"),
    Entity("量子信息产业链", "IndustryChain", "量子信息产业链"),
    Entity("量子信息产业链党委", "ChainPartyCommittee", "量子信息产业链党委", ("“智 谷”产业链党委",)),
    Entity("陈立平（云桥生物）", "Person", "陈立平"),
    Entity("乐山高新区", "HighTechZone", "乐山高新区"),
)


def make_knowledge() -> Knowledge:
    """What the three articles say."""
    hefei_page = make_document("合肥/000 头版.txt", HEFEI)
    other_page = make_document("其他.txt", PUKOU + LESHAN)
    hefei = make_article(hefei_page, 1, HEFEI, headline="合肥高新区设立产业链党委", byline=("陈立平",))
    pukou = make_article(other_page, 1, PUKOU, kicker="浦口高新区", headline="云桥生物项目临时党支部成立")
    leshan = make_article(
        other_page, 2, LESHAN, headline="<b>对接会</b>", date="2025-06-24", publisher="园区报"
    )
    articles = (pukou, leshan, hefei)
    entities = tuple(sorted(ENTITIES, key=lambda e: e.key))
    return Knowledge(articles, entities, *_said(hefei, pukou, leshan), (_refused(hefei),))


def _refused(hefei: Article) -> Refusal:
    """A second body that one party organization is said to belong to."""
    founded = quote(hefei, "近日，合肥高新区成立量子信息产业链党委，由合肥高新区党工委统筹", "verb:成立")
    claim = Fact("合肥高新区党工委", "partyOrganizationOf", "浦口高新区", 0.5, (founded,))
    zh = "合肥高新区党工委 只能有一个 是其党组织 partyOrganizationOf，而更可信的是 合肥高新区"
    en = "合肥高新区党工委 has one 是其党组织 partyOrganizationOf at most, and 合肥高新区 is surer"
    return Refusal(claim, "cardinality", zh, en, ("合肥高新区党工委", "partyOrganizationOf", "合肥高新区"))


def _said(
    hefei: Article, pukou: Article, leshan: Article
) -> tuple[tuple[Fact, ...], tuple[Observation, ...], tuple[Naming, ...]]:
    chain = quote(
        hefei,
        "国盾量子技术股份有限公司、云际量子实验室是量子信息产业链的链上单位，均位于合肥高新区",
        "verb:链上",
    )
    founded = quote(hefei, "近日，合肥高新区成立量子信息产业链党委，由合肥高新区党工委统筹", "verb:成立")
    heading = quote(hefei, "合肥高新区设立“智 谷”产业链党委", "verb:设立")
    built = quote(pukou, "云桥生物项目位于浦口高新区，由云桥生物科技有限公司建设", "verb:建设")
    spoke = quote(
        pukou, "云桥生物科技有限公司总经理陈立平说，公司与云际量子实验室合作，研发了“云桥一号”芯片", "title"
    )
    joint = quote(pukou, "浦口高新区联合党委由云桥生物科技有限公司党支部等组成", "verb:组成")
    branch = quote(pukou, "云桥生物项目临时党支部日前成立", "passive:成立")
    meeting = quote(leshan, "乐山高新区举办春季校企对接会，四川云麓大学副校长何知远参加", "verb:举办")
    program = quote(leshan, "乐山高新区实施“链长+专员”机制，发展低空经济", "verb:实施")
    figures = quote(hefei, "区内有高新技术企业 1 302家，总投资额150.5亿元", "figure")
    facts = (
        Fact("云桥生物科技有限公司", "produces", "“云桥一号”芯片", 0.8, (spoke,)),
        Fact("云桥生物科技有限公司", "undertakes", "云桥生物项目", 0.9, (built,)),
        Fact("云桥生物科技有限公司党支部", "partOf", "浦口高新区联合党委", 0.9, (joint,)),
        Fact("云桥生物科技有限公司党支部", "partyOrganizationOf", "云桥生物科技有限公司", 1.0, (joint,)),
        Fact("云桥生物项目", "locatedIn", "浦口高新区", 0.9, (built,)),
        Fact("云桥生物项目临时党支部", "partyOrganizationOf", "云桥生物项目", 1.0, (branch,)),
        Fact("云桥生物科技有限公司", "cooperatesWith", "云际量子实验室", 0.7, (spoke,)),
        Fact("云际量子实验室", "developsIndustry", "量子信息产业链", 0.8, (chain,)),
        Fact("云际量子实验室", "locatedIn", "合肥高新区", 0.9, (chain,)),
        Fact("何知远", "holdsPosition", "四川云麓大学", 0.9, (meeting,), ("副校长",)),
        Fact("何知远", "participatesIn", "春季校企对接会", 0.9, (meeting,)),
        Fact("合肥高新区", "establishes", "量子信息产业链党委", 0.95, (heading, founded)),
        Fact("合肥高新区党工委", "leads", "量子信息产业链党委", 0.9, (founded,)),
        Fact("合肥高新区党工委", "partyOrganizationOf", "合肥高新区", 1.0, (founded,)),
        Fact("国盾量子技术股份有限公司", "developsIndustry", "量子信息产业链", 0.8, (chain,)),
        Fact("国盾量子技术股份有限公司", "locatedIn", "合肥高新区", 0.9, (chain,)),
        Fact("乐山高新区", "developsIndustry", "低空经济", 0.9, (program,)),
        Fact("乐山高新区", "implements", "“链长+专员”机制", 0.9, (program,)),
        Fact("乐山高新区", "organizes", "春季校企对接会", 0.9, (meeting,)),
        Fact("浦口高新区联合党委", "partyOrganizationOf", "浦口高新区", 1.0, (joint,)),
        Fact("量子信息产业链党委", "partyOrganizationOf", "量子信息产业链", 1.0, (founded,)),
        Fact("陈立平（云桥生物）", "holdsPosition", "云桥生物科技有限公司", 0.9, (spoke,), ("总经理",)),
    )
    observations = (
        Observation("合肥高新区", "总投资额", Decimal("15050000000"), "元", None, 0.9, (figures,)),
        Observation("合肥高新区", "高新技术企业", Decimal(1302), "家", "2025", 0.9, (figures,)),
    )
    return facts, observations, tuple(_namings((hefei, pukou, leshan)))


def _namings(articles: tuple[Article, ...]) -> Iterator[Naming]:
    for entity in ENTITIES:
        for article in articles:
            for name in entity.names:
                if name in article.text:
                    yield Naming(entity.key, quote(article, name, "gazetteer"))


@pytest.fixture(scope="session")
def schema() -> Schema:
    """The ontology that ships with the package."""
    return load_schema()


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """What three articles on two pages say."""
    return make_knowledge()


@pytest.fixture(scope="session")
def store(knowledge: Knowledge, schema: Schema) -> Store:
    """The sample graph in memory."""
    return kg_store.create(knowledge, schema)


@pytest.fixture(scope="session")
def built(knowledge: Knowledge, schema: Schema, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build folder that holds the sample graph."""
    out = tmp_path_factory.mktemp("built") / "out"
    out.mkdir()
    kg_store.write(knowledge, schema, out)
    return out


@pytest.fixture(scope="session")
def sources(knowledge: Knowledge, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the pages that the sample graph was read from."""
    folder = tmp_path_factory.mktemp("sources")
    for article in knowledge.articles:
        page = folder / article.document.source
        page.parent.mkdir(exist_ok=True)
        page.write_bytes(article.document.text.encode())
    return folder
