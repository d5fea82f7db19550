"""Relations said by verbs: who does what to whom, clause by clause.

The subject of a clause is the head of what stands before its first verb; a clause without one
takes the subject of the clause before, a sentence without one that of the sentence before, and
the article's zone in the end. Which relation a verb states is decided by the classes at its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from kg.extract.clauses import Clause, Layout, Verb, verb_table
from kg.lexicon import Lexicon
from kg.model import Claim, Mention, Sentence

_COORDINATED = re.compile(r"^(?:[”’》]?(?:、|和|与|及|以及|暨|/|等)?[“‘《]?)$")
_MUTUAL = re.compile(
    r"共同|联合|携手|签约|签署|签订|合作|共建|联手|牵手|协同|结对|达成|联姻|签下|协议|对接|联建"
)
DIRECT = 0.95
_RELATIVE = re.compile(r"^(?:了|的|过)*的")
# How far before a verb a wish and a negation reach, in characters; no negation has more.
_WISHED = 60
_NEGATED = 3


@lru_cache(maxsize=4)
def _denials(lexicon: Lexicon) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds a wish, and what finds a negation."""
    return _any_of(lexicon.words("claims", "wish")), _any_of(lexicon.words("claims", "negation"))


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """What finds any of some words; of none, nothing."""
    return re.compile("|".join(map(re.escape, sorted(words))) or "(?!)")


@dataclass(slots=True)
class _State:
    """The subject carried along: indexes of things, and how many sentences it has been carried."""

    subject: tuple[int, ...] = ()
    carried: int = 0


def verb_claims(layout: Layout, zone: int | None) -> Iterator[Claim]:
    """Claim what the verbs of every sentence say; leave in ``layout.roles`` who is subject of each clause."""
    state = _State()
    block = -1
    layout.roles = []
    for sentence, clauses in layout.clauses:
        if sentence.block != block:
            block, state = sentence.block, _State(() if zone is None else (zone,), 1)
        scene = _Scene(layout, sentence, zone)
        roles = []
        for clause in clauses:
            yield from scene.read(clause, state)
            roles.append((clause, state.subject, state.carried))
        layout.roles.append(roles)
        state.carried += 1


class _Scene:
    """One sentence being read."""

    def __init__(self, layout: Layout, sentence: Sentence, zone: int | None):
        self.layout = layout
        self.reading = layout.reading
        self.things = layout.things
        self.sentence = sentence
        self.zone = zone
        self.table = verb_table(self.reading.schema)
        self.last_verb: Verb | None = None

    def read(self, clause: Clause, state: _State) -> Iterator[Claim]:
        """Read one clause: set the subject, then take its verbs one by one."""
        first = clause.verbs[0].start if clause.verbs else clause.end
        subject = self._subject(clause, first)
        if not clause.verbs and self.last_verb and self._continues(clause):
            yield from self._claims(self.last_verb, state.subject, list(clause.mentions), state, "list")
        elif subject:
            state.subject, state.carried = tuple(self.things.at(m.referent) for m in subject), 0
        agents = state.subject
        yield from self._partners(clause)
        for number, verb in enumerate(clause.verbs):
            stop = clause.verbs[number + 1].start if number + 1 < len(clause.verbs) else clause.end
            if self._denied(clause, verb.start):
                self._deny(agents, clause.between(verb.end, stop))
                continue
            head = self._relative_head(clause, verb, stop, subject)
            if head is not None:
                yield from self._relative(verb, clause, head, agents, state)
                agents = state.subject = (self.things.at(head.referent),)
                continue
            yield from self._verb(clause, verb, stop, agents, subject, state)
            agents = state.subject
        if clause.verbs:
            self.last_verb = clause.verbs[-1]
        ends = self.reading.text[clause.end - 1 : clause.end]
        if ends in "。；;！？":
            self.last_verb = None

    def _subject(self, clause: Clause, first: int) -> list[Mention]:
        """The coordinated mentions right of any preposition that form the head before the verb."""
        oblique = self._oblique(clause)
        before = [m for m in clause.before(first) if m not in oblique]
        before = [m for m in before if self._can_act(m)]
        if not before:
            return []
        head = before[-1]
        group = [head]
        for mention in reversed(before[:-1]):
            between = self.reading.text[mention.end : group[-1].start]
            if _COORDINATED.match(between) and self._same_kind(mention, head):
                group.append(mention)
            else:
                break
        return group[::-1]

    def _same_kind(self, a: Mention, b: Mention) -> bool:
        text = self.reading.text[a.end : b.start]
        return text != "" or self.things.base(a.referent) == self.things.base(b.referent)

    def _can_act(self, mention: Mention) -> bool:
        return self.things.base(mention.referent) not in ("Industry", "Program", "Achievement")

    def _oblique(self, clause: Clause) -> list[Mention]:
        """Mentions behind a preposition, and the rest of a list whose first member is."""
        found: list[Mention] = []
        for at, mention in enumerate(clause.mentions):
            last = clause.mentions[at - 1] if at else None
            gap = self.reading.text[last.end : mention.start].strip("“”‘’《》") if last else ""
            listed = last is not None and gap in ("、", "和", "与", "及")
            if self._is_oblique(clause, mention) or (listed and found and found[-1] is last):
                found.append(mention)
        return found

    def _is_oblique(self, clause: Clause, mention: Mention) -> bool:
        """A mention after a preposition is not the subject: 围绕X, 在X支持下, 以X为标尺."""
        text = self.reading.text
        at = mention.start
        while at > clause.start and text[at - 1] in "“‘《":
            at -= 1
        words = self.reading.lexicon.words("claims", "prepositions")
        agents = self.reading.lexicon.words("claims", "agents")
        for size in (4, 3, 2, 1):
            word = text[max(clause.start, at - size) : at]
            if len(word) == size and word in words and word not in agents:
                return self._is_token(at - size, at)
        return False

    def _is_token(self, start: int, end: int) -> bool:
        return start in self.reading.token_starting or end in self.reading.token_ending

    def _relative_head(self, clause: Clause, verb: Verb, stop: int, subject: list[Mention]) -> Mention | None:
        """The noun that a relative clause tells of: 落户高新区的|X, X研发的|Y."""
        text = self.reading.text
        inside = [m for m in clause.mentions if m.start >= verb.end]
        if not inside:
            return None
        if _RELATIVE.match(text[verb.end : inside[0].start + 1]):
            return inside[0] if subject and inside[0].start - verb.end <= 8 else None
        if subject or len(inside) < 2 or inside[0].end > stop:
            return None
        gap = text[inside[0].end : inside[1].start]
        return inside[1] if gap.startswith("的") and len(gap) <= 8 else None

    def _relative(
        self, verb: Verb, clause: Clause, head: Mention, agents: tuple[int, ...], state: _State
    ) -> Iterator[Claim]:
        """Claim what a relative clause says of its head: as the verb's object, or as its subject."""
        objects = [m for m in clause.mentions if verb.end <= m.start and m.end <= head.start]
        if objects:
            yield from self._claims(verb, (self.things.at(head.referent),), objects, state, "verb")
        else:
            yield from self._claims(verb, agents, [head], state, "verb")

    def _denied(self, clause: Clause, place: int) -> bool:
        """Negated, or merely wished for, before a place in the clause."""
        wished, negated = _denials(self.reading.lexicon)
        text = self.reading.text
        if wished.search(text, max(clause.start, place - _WISHED), place):
            return True
        return negated.search(text, max(clause.start, place - _NEGATED), place) is not None

    def _refused(self, before: str) -> bool:
        """没有与某校合作: the negation stands before the partner."""
        words = self.reading.lexicon.words("claims", "negation")
        return any(f"{word}{joint}" in before for word in words for joint in ("与", "和", "同", "跟"))

    def _deny(self, agents: tuple[int, ...], objects: list[Mention]) -> None:
        """Keep in mind that nothing is said of these pairs here."""
        others = [self.things.at(m.referent) for m in objects]
        self.layout.denied |= {pair for a in agents for b in others for pair in ((a, b), (b, a))}

    def _verb(
        self, clause: Clause, verb: Verb, stop: int, agents: tuple[int, ...],
        subject: list[Mention], state: _State,
    ) -> Iterator[Claim]:  # fmt: skip
        objects = self._objects(clause, verb, stop)
        agent, patient = self._agent(clause, verb)
        if agent:
            acting = tuple(self.things.at(m.referent) for m in agent)
            if objects:
                yield from self._claims(verb, acting, objects, state, "agent")
                # 由某校研发的|某芯片 goes on as the subject.
                state.subject = tuple(self.things.at(m.referent) for m in objects)
            elif patient:
                yield from self._claims(verb, acting, patient, state, "passive agent")
                state.subject = tuple(self.things.at(m.referent) for m in patient)
            elif state.subject:
                yield from self._carried_patient(verb, acting, state)
            return
        if objects:
            yield from self._claims(verb, agents, objects, state, "verb")
        elif subject:
            yield from self._passive(verb, subject)

    def _carried_patient(self, verb: Verb, acting: tuple[int, ...], state: _State) -> Iterator[Claim]:
        """…项目,由某公司承建: what is built was named in the clause before."""
        for target in state.subject:
            yield from self._pairs(verb, acting, target, "passive agent", 0.75)

    def _objects(self, clause: Clause, verb: Verb, stop: int) -> list[Mention]:
        """What the verb acts on: the heads among the mentions up to the next verb."""
        found = clause.between(verb.end, stop)
        text = self.reading.text
        if not found:
            return self._beyond(clause, verb, stop)
        kept = []
        for mention, following in zip(found, [*found[1:], None], strict=True):
            gap = text[mention.end : following.start] if following else ""
            modifies = following is not None and gap in ("", "的", "企业", "内", "的企业", "区内", "内的")
            if modifies and following and self._modifies(mention, following):
                continue
            kept.append(mention)
        return [m for m in kept if not self._is_oblique_after(verb, m)]

    def _modifies(self, mention: Mention, following: Mention) -> bool:
        return self.things.base(mention.referent) in ("Zone", "Place") or self.things.base(
            mention.referent
        ) != self.things.base(following.referent)

    def _is_oblique_after(self, verb: Verb, mention: Mention) -> bool:
        """与X, 向X, 为X after the verb bring in another party."""
        text = self.reading.text[verb.end : mention.start]
        return bool(re.search(r"(?:与|同|向|为|对|给|由|从)$", text)) and len(text) > 1

    def _beyond(self, clause: Clause, verb: Verb, stop: int) -> list[Mention]:
        """The object of 建设了一批…的 X may stand behind the next verb: 投资建设、运营的X."""
        if stop >= clause.end:
            return []
        gap = self.reading.text[verb.end : stop]
        if gap not in ("、", "和", "并", "及", "了", "或", "以及"):
            return []
        following = [v for v in clause.verbs if v.start >= stop]
        later = following[1].start if len(following) > 1 else clause.end
        return clause.between(following[0].end, later)

    def _agent(self, clause: Clause, verb: Verb) -> tuple[list[Mention], list[Mention]]:
        """由A承建: the agents behind 由, and what stands before it."""
        text = self.reading.text
        for mention in clause.before(verb.start):
            at = mention.start
            if text[at - 1 : at] in self.reading.lexicon.words("claims", "agents") and at > clause.start:
                behind = [m for m in clause.mentions if at <= m.start and m.end <= verb.start]
                patient = [m for m in clause.mentions if m.end < at]
                return behind, patient[-1:]
        return [], []

    def _passive(self, verb: Verb, subject: list[Mention]) -> Iterator[Claim]:
        """航空产业链党委成立: what stands before the verb is the object, the zone of the report acts."""
        for relation, construction in self.table[verb.word]:
            if construction != "passives" or self.zone is None:
                continue
            for mention in subject:
                target = self.things.at(mention.referent)
                if target != self.zone and self._allowed(self.zone, relation, target):
                    yield self._claim(self.zone, relation, target, "passive", 0.7)

    def _continues(self, clause: Clause) -> bool:
        """A clause without a verb goes on with the list before it."""
        return bool(clause.mentions) and self.reading.text[clause.start - 1 : clause.start] in (
            "、",
            ",",
            "，",
            ";",
            "；",
        )

    def _claims(
        self, verb: Verb, agents: Sequence[int], objects: list[Mention], state: _State, how: str
    ) -> Iterator[Claim]:
        trust = {"verb": 0.85, "agent": 0.85, "passive agent": 0.8, "list": 0.65}[how]
        trust -= min(0.1 * state.carried, 0.3)
        for mention in objects:
            sure = DIRECT if how == "verb" and self._direct(verb, agents, mention) else trust
            yield from self._pairs(verb, agents, self.things.at(mention.referent), how, sure)

    def _direct(self, verb: Verb, agents: Sequence[int], mention: Mention) -> bool:
        """Subject, verb, object side by side: 浦口高新区|举办|创新大赛."""
        text = self.reading.text
        beside = mention.start - verb.end <= 2 and text[verb.end : mention.start].strip("“‘《了") == ""
        acting = self.layout.ending.get(verb.start)
        return beside and acting is not None and self.things.at(acting.referent) in agents

    def _pairs(
        self, verb: Verb, agents: Sequence[int], target: int, how: str, trust: float
    ) -> Iterator[Claim]:
        for relation, construction in self.table[verb.word]:
            if construction == "passives" or relation == "cooperatesWith":
                continue
            for agent in agents:
                pair = (agent, target) if construction == "verbs" else (target, agent)
                if agent != target and self._allowed(pair[0], relation, pair[1]):
                    yield self._claim(pair[0], relation, pair[1], f"{how}:{verb.word}", trust)

    def _partners(self, clause: Clause) -> Iterator[Claim]:
        """A与B签约, A携手B: every pair that a word of joining binds."""
        text = self.reading.text[clause.start : clause.end]
        mutual = next((m for m in _MUTUAL.finditer(text) if self._outside(clause, m.start())), None)
        if not mutual:
            return
        denied = self._denied(clause, clause.start + mutual.start()) or self._refused(text[: mutual.start()])
        for group in self._groups(clause):
            names = {self.things.at(m.referent): m for m in group}
            for a, b in combinations(names, 2):
                if denied:
                    self.layout.denied |= {(a, b), (b, a)}
                elif self._allowed(a, "cooperatesWith", b):
                    yield self._claim(a, "cooperatesWith", b, f"partners:{mutual.group()}", 0.75)

    def _outside(self, clause: Clause, offset: int) -> bool:
        """Tell whether a word stands in no name: 联合 in 联合党委 joins nobody."""
        place = clause.start + offset
        return not any(m.start <= place < m.end for m in clause.mentions)

    def _groups(self, clause: Clause) -> Iterator[list[Mention]]:
        """Runs of mentions joined by 与, 和, 、 and their like."""
        words = self.reading.lexicon.words("claims", "partners")
        run: list[Mention] = []
        able = [m for m in clause.mentions if self._allowed(m.referent, "cooperatesWith", m.referent)]
        for mention in able:
            gap = self.reading.text[run[-1].end : mention.start].strip("“”‘’") if run else ""
            if run and (gap in words or re.fullmatch(r".{0,6}(?:与|和|同|携手|联合|会同)", gap)):
                run.append(mention)
            else:
                if len(run) > 1:
                    yield run
                run = [mention]
        if len(run) > 1:
            yield run

    def _allowed(self, subject: int, relation: str, object: int) -> bool:
        return self.reading.schema.allows(self.things.cls(subject), relation, self.things.cls(object))

    def _claim(self, subject: int, relation: str, object: int, rule: str, trust: float) -> Claim:
        return Claim(subject, relation, object, self.sentence.start, self.sentence.end, rule, max(trust, 0.3))
