#!/usr/bin/env python3
"""The second opinion: does this result follow from this market?

    python3 verify.py MARKET RESULT [--format glasgow|suite|json] [--caps FILE] [--previous FILE]
                                    [--force C:O]... [--forbid C:O]...
    python3 verify.py --batch < lines.jsonl      one {"id", "market", "result", ...} a line, one verdict a line

It knows the market, the result and the definitions below, and nothing of the program that made the result: all of
it was written from the literature and from the documented lottery. It prints one JSON verdict,

    {"accepted": true, "checked": [what was recomputed], "unchecked": [what was not, and why], "problems": []}

and ends with 0 (accepted), 1 (refused) or 2 (unreadable). Python 3.9 or later, standard library only.

THE DEFINITIONS

Market.     Candidates and openings, each with a list of acceptable partners, best first; an opening has a quota of
            seats (0 is legal). An entry that is not returned by the one it names is dropped. Ranks count from 1 and
            are dense, after dropping: of `a (b c) d` the ranks are 1 2 2 3.
Matching.   Pairs that accept each other; nobody more than once, no opening above its quota.
Cost.       The sum of the ranks of all matched pairs, counted apart for candidates and for openings.
Blocking    A candidate and an opening that accept each other and are not matched block a matching when
pair.         weakly    both would be strictly better off;
              strongly  one would be strictly better off and the other no worse;
              super     neither would be worse off.
            An unmatched candidate and a free seat gain strictly; a full opening compares with the worst it holds.
Stable.     Valid, and no pair blocks. (Gale & Shapley 1962; Irving 1994; Irving, Manlove & Scott 2000, 2003.)
Lottery.    Mechanisms that need strict lists break all ties by one order of each side, drawn from the seed: see
            `lottery`, which repeats the rule printed in src/ties.rs.
The         Without ties the stable matchings form a distributive lattice (Knuth 1976): the best for all candidates
lattice.    at once is the worst for all openings. The same people are matched in all of them, and an opening that
            is not full holds the same people in all of them (Roth 1984, 1986).

THE MECHANISMS, and what is recomputed of each

candidate-optimal, opening-optimal   the two ends of the lattice, by proposals, at any size.
egalitarian, min-regret, balanced    least sum of both costs, least worst rank, least cost of the dearer side, and
                                     among equals the best for the candidates: over all stable matchings.
median                               everybody's k-th best of all N, k = N / 2 rounded up (Teo & Sethuraman 1998).
--previous, --force, --forbid        the fewest moves first; only matchings with and without these pairs.
strong, super                        stable of the kind and best for all candidates, over all that are.
promotion, max-weakly-stable         weakly stable; the true maximum is at most 3/2 as large, or as large.
couples                              `couples_block`; the fewest blocks or extra seats, over all valid matchings.
slots                                pairwise stable; the two ends by proposals.
days                                 `days_block`, undominated; the unsplit matching by proposals.
caps, floors                         `Rules`, `blocking_under_rules`; flexible and extended-seat deferred acceptance.
none exists                          an exhaustive search finds none either.
"Over all" is by search, for markets that it can finish within its limit of work; otherwise stability is checked, and
the rest stands under "unchecked". Nothing that can be checked is left out because the result does not tell it.
"""

import argparse
import copy
import itertools
import json
import sys

U32 = 2**32 - 1
NOBODY = 2**62  # a rank worse than every rank
WORK = 200_000  # steps that a search may take before the question is put under "unchecked"


# ---------------------------------------------------------------------------------------------- reading


class Unreadable(Exception):
    """A file that is no market, no result or no caps document."""


def parse_json(text):
    """One JSON document; a key twice in one object is refused."""

    def members(pairs):
        found = dict(pairs)
        if len(found) != len(pairs):
            raise Unreadable("a key stands twice in one JSON object")
        return found

    def refuse(word):
        raise Unreadable(f"{word} is not JSON")

    try:
        return json.loads(text.lstrip("\ufeff"), object_pairs_hook=members, parse_constant=refuse)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"not JSON: {error}") from None


def shape(holds, text):
    if not holds:
        raise Unreadable(text)


def is_count(value, most=U32):
    return type(value) is int and 0 <= value <= most


def number(word):
    shape(word.isascii() and word.isdigit() and int(word) <= U32, f"`{word}` is not a whole number below 2^32")
    return int(word)


def telling_lines(text):
    """The words of every line that says something; # begins a comment."""
    lines = (line.split("#")[0].split() for line in text.lstrip("\ufeff").split("\n"))
    return [words for words in lines if words]


def read_glasgow(text):
    """Two counts, then a line for each candidate and each opening; ties in parentheses."""
    lines = telling_lines(text)
    shape(len(lines) >= 2 and len(lines[0]) == len(lines[1]) == 1, "the two counts are missing")
    n, m = number(lines[0][0]), number(lines[1][0])
    shape(len(lines) == 2 + n + m, f"expected {n + m} lines after the counts, found {len(lines) - 2}")

    def groups(words):
        found, tie = [], None
        for word in " ".join(words).replace("(", " ( ").replace(")", " ) ").split():
            if word == "(":
                shape(tie is None, "a tie inside a tie")
                tie = []
            elif word == ")":
                shape(tie, "a tie that is empty or never began")
                found.append(tie)
                tie = None
            elif tie is None:
                found.append([str(number(word))])
            else:
                tie.append(str(number(word)))
        shape(tie is None, "a tie that never ends")
        return found

    def by_id(lines, count):
        found = {number(words[0]): words[1:] for words in lines}
        shape(sorted(found) == list(range(1, count + 1)), "the ids are not 1, 2, 3, ...")
        return found

    candidates, openings = by_id(lines[2 : 2 + n], n), by_id(lines[2 + n :], m)
    shape(all(openings.values()), "an opening without a quota")
    return Market(
        {str(c): groups(candidates[c]) for c in range(1, n + 1)},
        {str(o): (number(openings[o][0]), groups(openings[o][1:])) for o in range(1, m + 1)},
    )


def read_suite(text):
    """`r id list`, `c id id pairs` or `p id quota list`, a line each; strict lists."""
    candidates, openings, couples = {}, {}, []
    for kind, *words in telling_lines(text):
        if kind == "r" and words and words[0] not in candidates:
            candidates[words[0]] = [[entry] for entry in words[1:]]
        elif kind == "p" and len(words) >= 2 and words[0] not in openings:
            openings[words[0]] = (number(words[1]), [[entry] for entry in words[2:]])
        elif kind == "c" and len(words) >= 2 and len(words) % 2 == 0:
            pair, joint = words[:2], [None if word == "-1" else word for word in words[2:]]
            shape(pair[0] != pair[1] and not candidates.keys() & set(pair), "a candidate stands twice")
            candidates.update({member: [] for member in pair})
            couples.append((pair, list(zip(joint[::2], joint[1::2]))))
        else:
            raise Unreadable(f"a malformed or repeated line: {kind} {' '.join(words)}")
    return Market(candidates, openings, couples)


def read_json_market(document):
    """Members `candidates`, `openings` and `couples`; a list inside a list is a tie."""
    shape(isinstance(document, dict) and {"candidates", "openings"} <= document.keys(), "not a market")
    shape(document.keys() <= {"candidates", "openings", "couples"}, "the market has a member that is not known")
    by_candidate, by_opening, couples = document["candidates"], document["openings"], document.get("couples", [])
    shape(isinstance(by_candidate, dict) and isinstance(by_opening, dict), "both sides must be objects")
    shape(isinstance(couples, list), "couples must be a list")

    def groups(value):
        shape(isinstance(value, list), "a list of preferences was expected")
        found = [entry if isinstance(entry, list) else [entry] for entry in value]
        shape(all(found) and all(isinstance(key, str) for tie in found for key in tie), "an entry that is no key")
        return found

    candidates, sizes = {}, {"slots": {}, "days": {}}
    for key, value in by_candidate.items():
        if isinstance(value, dict):
            kind = next(iter(value.keys() & sizes.keys()), None)
            shape(kind and value.keys() == {kind, "list"} and is_count(value[kind]), f"{key}: not slots or days")
            shape(kind == "slots" or value[kind] > 0, f"{key}: takes no days")
            sizes[kind][key] = value[kind]
            value = value["list"]
        candidates[key] = groups(value)
    shape(not (sizes["slots"] and sizes["days"]), "slots and days in one market")
    sized = any(size != 1 for kind in sizes.values() for size in kind.values())
    shape(not (couples and sized), "couples, and slots or days, in one market")
    for key, value in by_opening.items():
        shape(isinstance(value, dict) and value.keys() == {"quota", "list"}, f"{key}: not a quota and a list")
        shape(is_count(value["quota"]), f"{key}: the quota is not a whole number")
    openings = {key: (value["quota"], groups(value["list"])) for key, value in by_opening.items()}
    pairs = []
    for couple in couples:
        shape(isinstance(couple, dict) and couple.keys() == {"members", "list"}, "not a couple")
        pair, joint = couple["members"], couple["list"]
        shape(isinstance(pair, list) and len(pair) == 2 and all(isinstance(key, str) for key in pair), "not a pair")
        shape(isinstance(joint, list) and all(isinstance(both, list) and len(both) == 2 for both in joint), "no pairs")
        for member in pair:
            shape(not candidates.get(member), "a couple's member with a list of its own")
            candidates.setdefault(member, [])
        pairs.append((pair, [tuple(both) for both in joint]))
    return Market(candidates, openings, pairs, **sizes)


READERS = {"glasgow": read_glasgow, "suite": read_suite, "json": lambda text: read_json_market(parse_json(text))}


class Market:
    """The two sides by number, in the file's order, after dropping what only one side lists.

    `c_rank[c]` maps the openings acceptable to candidate c to their ranks, and `o_rank[o]` likewise.
    """

    def __init__(self, candidates, openings, couples=(), slots=None, days=None):
        self.candidates, self.openings = list(candidates), list(openings)
        self.c_number = {key: c for c, key in enumerate(self.candidates)}
        self.o_number = {key: o for o, key in enumerate(self.openings)}
        self.quota = [quota for quota, _ in openings.values()]
        self.slots = [(slots or {}).get(key, 1) for key in self.candidates]
        self.days = [(days or {}).get(key, 1) for key in self.candidates]
        self.has_slots, self.has_days = any(s != 1 for s in self.slots), any(d != 1 for d in self.days)
        c_lists = [numbered(groups, self.o_number) for groups in candidates.values()]
        o_lists = [numbered(groups, self.c_number) for _, groups in openings.values()]
        wished_of = [{c for tie in groups for c in tie} for groups in o_lists]
        self.couples = self.mutual_couples(couples, wished_of)
        self.members = {member for pair, _ in self.couples for member in pair}
        wished_by = [{o for tie in groups for o in tie} for groups in c_lists]
        for pair, joint in self.couples:
            for member, openings in zip(pair, zip(*joint)):
                c_lists[member] = [[o] for o in dict.fromkeys(openings) if o is not None]
                wished_by[member] = set(openings)
        self.dropped = [("candidate", c, o) for c, groups in enumerate(c_lists) for tie in groups for o in tie
                        if c not in wished_of[o]]  # fmt: skip
        self.dropped += [("opening", o, c) for o, groups in enumerate(o_lists) for tie in groups for c in tie
                         if o not in wished_by[c]]  # fmt: skip
        c_lists = [[[o for o in tie if c in wished_of[o]] for tie in groups] for c, groups in enumerate(c_lists)]
        o_lists = [[[c for c in tie if o in wished_by[c]] for tie in groups] for o, groups in enumerate(o_lists)]
        self.rank_by(c_lists, o_lists)

    def rank_by(self, c_lists, o_lists):
        """Takes the lists over, without the groups that have become empty."""
        self.c_lists = [[tie for tie in groups if tie] for groups in c_lists]
        self.o_lists = [[tie for tie in groups if tie] for groups in o_lists]
        self.c_rank = [{o: rank for rank, tie in enumerate(groups, 1) for o in tie} for groups in self.c_lists]
        self.o_rank = [{c: rank for rank, tie in enumerate(groups, 1) for c in tie} for groups in self.o_lists]
        self.has_ties = any(len(tie) > 1 for groups in self.c_lists + self.o_lists for tie in groups)

    def mutual_couples(self, couples, wished_of):
        """Pairs of members with their joint choices, without those in which an opening does not list its member."""
        found, seen = [], set()
        self.dropped_choices = []
        for (a, b), joint in couples:
            shape(a != b and not {a, b} & seen, "a candidate is member of a couple twice")
            seen |= {a, b}
            shape(len(set(joint)) == len(joint) and (None, None) not in joint, "a joint choice twice, or of nothing")
            known = all(o is None or isinstance(o, str) and o in self.o_number for both in joint for o in both)
            shape(known, "a joint choice of an unknown opening")
            pair = (self.c_number[a], self.c_number[b])
            joint = [(self.o_number.get(g), self.o_number.get(h)) for g, h in joint]
            mutual = [both for both in joint if all(o is None or c in wished_of[o] for c, o in zip(pair, both))]
            self.dropped_choices += [(len(found), both) for both in joint if both not in mutual]
            found.append((pair, mutual))
        return found

    def broken(self, seed):
        """The same market with every tie broken by the lottery of the seed."""
        if not self.has_ties:
            return self
        c_place, o_place = lottery(seed, len(self.candidates), len(self.openings))
        strict = copy.copy(self)
        strict.rank_by(
            [[[o] for tie in groups for o in sorted(tie, key=o_place.__getitem__)] for groups in self.c_lists],
            [[[c] for tie in groups for c in sorted(tie, key=c_place.__getitem__)] for groups in self.o_lists],
        )
        return strict


def numbered(groups, number):
    entries = [key for tie in groups for key in tie]
    shape(all(key in number for key in entries), "a list names somebody who does not exist")
    shape(len(set(entries)) == len(entries), "a list names somebody twice")
    return [[number[key] for key in tie] for tie in groups]


def lottery(seed, candidates, openings):
    """The place of every candidate and every opening in the lottery of a seed; the earlier wins a tie.

    SplitMix64 (Steele, Lea & Flood 2014) with the seed as its state. below(k) is the whole part of output * k / 2^64.
    Each side starts as 0, 1, 2, ... and is shuffled from the end: place i changes with place below(i + 1). First the
    candidates, then, with the same generator going on, the openings.
    """
    mask, state = 2**64 - 1, seed

    def below(k):
        nonlocal state
        state = z = (state + 0x9E3779B97F4A7C15) & mask
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return ((z ^ (z >> 31)) * k) >> 64

    def places(agents):
        order = list(range(agents))
        for i in range(agents - 1, 0, -1):
            j = below(i + 1)
            order[i], order[j] = order[j], order[i]
        place = [0] * agents
        for at, agent in enumerate(order):
            place[agent] = at
        return place

    return places(candidates), places(openings)


# ------------------------------------------------------------------------------------------- blocking pairs
# A matching is a list: the openings that each candidate has, none or one of them (several with slots).

# How many ranks better than the candidate an opening's worst must be to keep the pair from blocking: for a candidate
# who would be strictly better off, and for one who would be no worse off (None: such a candidate never blocks).
STABILITY = {"weak": (0, None), "strong": (1, 0), "super": (1, 1)}


def holders_of(market, matching):
    held = [[] for _ in market.openings]
    for c, openings in enumerate(matching):
        for o in openings:
            held[o].append(c)
    return held


def blocking_pairs(market, matching, kind="weak"):
    """All blocking pairs of a valid matching; with slots, pairwise blocking pairs (Roth 1984): either side may take
    a free place or part with its worst."""
    gain, no_loss = STABILITY[kind]
    held = holders_of(market, matching)
    worst = [
        NOBODY if len(held[o]) < market.quota[o] else max((ranks[c] for c in held[o]), default=0)
        for o, ranks in enumerate(market.o_rank)
    ]
    pairs = []
    for c, ranks in enumerate(market.c_rank):
        has = matching[c]
        own = NOBODY if len(has) < market.slots[c] else max((ranks[o] for o in has), default=0)
        for o, rank in ranks.items():
            if rank > own or o in has:
                continue
            slack = gain if rank < own else no_loss
            if slack is not None and market.o_rank[o][c] - slack < worst[o]:
                pairs.append((c, o))
    return pairs


def couples_block(market, matching):
    """What blocks a matching of a market with couples, in words (McDermid & Manlove 2010; the program prints the
    same definition from src/audit/stability_with_couples.txt). Unmatched counts as an opening that always has room."""
    held = holders_of(market, matching)
    has = [openings[0] if openings else None for openings in matching]
    free = [quota - len(holders) for quota, holders in zip(market.quota, held)]
    over = lambda o, c: [d for d in held[o] if market.o_rank[o][c] < market.o_rank[o][d]]  # noqa: E731

    def takes(o, c, partner=None):
        """Whether o has a free seat or prefers c to somebody it holds other than the partner."""
        return o is None or free[o] > 0 or any(d != partner for d in over(o, c))

    def moves(a, b, g, h):
        if has[b] == h and has[a] != g:
            return takes(g, a, b)
        if has[a] == g and has[b] != h:
            return takes(h, b, a)
        if has[a] == g or has[b] == h:
            return False
        if g != h:
            return takes(g, a) and takes(h, b)
        if free[g] == 0:
            return any(d != e for d in over(g, a) for e in over(g, b))
        return free[g] >= 2 or bool(over(g, a) or over(g, b))

    told, blocks = market.openings, []
    for c in set(range(len(has))) - market.members:
        own = NOBODY if has[c] is None else market.c_rank[c][has[c]]
        wishes = [o for o, rank in market.c_rank[c].items() if rank < own and takes(o, c)]
        blocks += [f"{market.candidates[c]} blocks with {told[o]}" for o in wishes]
    for (a, b), joint in market.couples:
        better = joint[: joint.index((has[a], has[b]))] if (has[a], has[b]) in joint else joint
        names = f"{market.candidates[a]} and {market.candidates[b]}"
        blocks += [
            f"{names} block with {' and '.join('nothing' if o is None else told[o] for o in (g, h))}"
            for g, h in better
            if moves(a, b, g, h)
        ]
    return blocks


def days_block(market, matching, exact=True):
    """What blocks a matching with day sizes: c prefers o, and beside the days of those o holds and does not rank below
    c there is room for all the days of c (exact: McDermid & Manlove 2010) or for any (unsplit: Dean et al. 2006)."""
    held, blocks = holders_of(market, matching), []
    for c, ranks in enumerate(market.c_rank):
        own = ranks[matching[c][0]] if matching[c] else NOBODY
        for o, rank in ranks.items():
            standing = market.o_rank[o]
            above = sum(market.days[d] for d in held[o] if standing[d] <= standing[c])
            if rank < own and above + (market.days[c] if exact else 1) <= market.quota[o]:
                blocks.append(f"{market.candidates[c]} blocks with {market.openings[o]}")
    return blocks


# ------------------------------------------------------------------------------------------- regional rules


class Rules:
    """Regions that contain each other or are disjoint, each with a cap and a floor; targets and an order of openings.

    A document may leave targets and order out; a result tells them filled in, and these are used.
    """

    def __init__(self, market, document):
        shape(isinstance(document, dict) and document.keys() <= {"regions", "order"}, "not a caps document")
        self.market, self.all, self.target = market, [], {}
        self.around = [[] for _ in market.openings]
        order = document.get("order")
        for region in listed(document.get("regions", [])):
            self.add(region)
        sets = [region["openings"] for region in self.all]
        laminar = all(not one & other or one <= other or other <= one for one in sets for other in sets)
        shape(laminar, "two regions share an opening, and neither contains the other")
        known = {o for o, regions in enumerate(self.around) if regions}
        told = [market.o_number.get(key) for key in listed(order or [])]
        shape(len(set(told)) == len(told) and known >= set(told), "the order names an opening twice, or of no region")
        self.place = {o: at for at, o in enumerate([*told, *sorted(known - set(told))])}
        self.nest()
        shape(self.seats_needed([0] * len(market.openings)) is not None, "a floor that a cap forbids")

    def add(self, region):
        """Takes a region over, and gives back its openings, nested ones among them."""
        names = {"name", "cap", "floor", "openings", "targets", "regions"}
        shape(isinstance(region, dict) and region.keys() <= names, "not a region")
        shape(isinstance(region.get("name"), str), "a region without a name")
        cap, floor = region.get("cap"), region.get("floor", 0)
        shape(region["name"] not in {known["name"] for known in self.all if known}, "two regions of one name")
        shape((cap is None or is_count(cap)) and is_count(floor), f"{region['name']}: cap or floor is no whole number")
        keys, targets = listed(region.get("openings", [])), region.get("targets", {})
        known = all(isinstance(key, str) and key in self.market.o_number for key in keys)
        shape(known, "a region of an unknown opening")
        inside = {self.market.o_number[key] for key in keys}
        own = len(self.all)
        self.all.append(None)
        for inner in listed(region.get("regions", [])):
            inside |= self.add(inner)
        shape(isinstance(targets, dict) and all(map(is_count, targets.values())), "targets are not whole numbers")
        shape({self.market.o_number.get(key) for key in targets} <= inside, "a target of an opening outside the region")
        self.target.update({self.market.o_number[key]: target for key, target in targets.items()})
        self.all[own] = {"name": region["name"], "cap": cap, "floor": floor, "openings": inside}
        for o in inside:
            self.around[o].append(own)
        return inside

    def nest(self):
        """Regions from inside outwards, the region directly around each region and around each opening."""
        self.inner_first = sorted(range(len(self.all)), key=lambda at: (len(self.all[at]["openings"]), -at))
        around = lambda found: next((at for at in self.inner_first if found(at)), None)  # noqa: E731
        self.outside = [around(lambda at, inner=inner: self.inside(inner, at)) for inner in range(len(self.all))]
        self.home = [around(lambda at, o=o: o in self.all[at]["openings"]) for o in range(len(self.market.openings))]

    def fill_targets(self):
        """The targets nobody told: from outside inwards each region's seats (its cap, or what it can use when that is
        less) go to the regions directly inside, as told, and its own openings, in their order: first everybody's told
        targets, the rest in proportion to what each could still use, by largest remainders, the earlier first."""
        told, parts_of = dict(self.target), {}
        use = {}  # what a part could use, and what it was told
        for o in self.place:
            use["opening", o] = (told[o], told[o]) if o in told else (self.market.quota[o], 0)
        for at in self.inner_first:
            parts = [("region", inner) for inner in range(len(self.all)) if self.outside[inner] == at]
            parts += [("opening", o) for o in sorted(self.place, key=self.place.get) if self.home[o] == at]
            want, cap = sum(use[part][0] for part in parts), self.all[at]["cap"]
            use["region", at] = (want if cap is None else min(want, cap), sum(use[part][1] for part in parts))
            parts_of[at] = parts
        seats = {at: use["region", at][0] for at in self.inner_first}
        for at in reversed(self.inner_first):
            parts = parts_of[at]
            could = [use[part][0] - use[part][1] for part in parts]
            left = min(seats[at] - sum(use[part][1] for part in parts), sum(could))
            shares = [divmod(left * more, sum(could) or 1) for more in could]
            given = [use[part][1] + share for part, (share, _) in zip(parts, shares)]
            by_fraction = sorted(range(len(parts)), key=lambda at: -shares[at][1])
            for part in by_fraction[: left - sum(share for share, _ in shares)]:
                given[part] += 1
            for (kind, number), share in zip(parts, given):
                (seats if kind == "region" else self.target)[number] = share

    def seats_needed(self, taken):
        """The seats that are taken or reserved: a region counts its floor while it holds less. None when a cap is
        broken."""
        count, outside = [0] * len(self.all), 0
        for o, seats in enumerate(taken):
            if self.home[o] is None:
                outside += seats
            else:
                count[self.home[o]] += seats
        for at in self.inner_first:
            region, out = self.all[at], self.outside[at]
            count[at] = max(count[at], region["floor"])
            if region["cap"] is not None and count[at] > region["cap"]:
                return None
            if out is None:
                outside += count[at]
            else:
                count[out] += count[at]
        return outside

    def seat(self, o, k):
        """The place of the k-th seat of an opening among all seats, earlier is better: first the seats up to the
        targets, then round by round, within a round in the order of the openings."""
        target = self.target.get(o, 0)
        return (k > target, k - target if k > target else k, self.place[o])

    def inside(self, inner, outer):
        """Whether a region lies within another; of two with the same openings the later is the inner one."""
        one, other = self.all[inner]["openings"], self.all[outer]["openings"]
        return one < other or one == other and inner > outer

    def placed(self, held):
        return [sum(len(held[o]) for o in region["openings"]) for region in self.all]

    def full(self, placed):
        """The regions that hold their cap."""
        return {at for at, region in enumerate(self.all) if region["cap"] is not None and placed[at] >= region["cap"]}


def listed(value):
    shape(isinstance(value, list), "a list was expected")
    return value


def seats_given(rules, wanted, room):
    """How many seats each opening gets when `wanted[o]` are asked for: down the order of all seats, every one that
    breaks no cap and, with those still reserved for floors, fits into the room (Kamada & Kojima 2015; Goto et al.)."""
    given = [0 if around else wanted[o] for o, around in enumerate(rules.around)]
    seats = [(rules.seat(o, k), o) for o, around in enumerate(rules.around) if around for k in range(1, wanted[o] + 1)]
    if room < NOBODY:  # all openings share the room, those of no region after the others
        given = [0] * len(given)
        free = [o for o, around in enumerate(rules.around) if not around]
        seats += [((True, k, len(given) + o), o) for o in free for k in range(1, wanted[o] + 1)]
    for _, o in sorted(seats):
        given[o] += 1
        needed = rules.seats_needed(given)
        if needed is None or needed > room:
            given[o] -= 1
    return given


def share_seats(market, rules, room=NOBODY):
    """Flexible deferred acceptance (Kamada & Kojima 2015) on strict lists: whoever has nothing asks the next opening,
    all at once; then the seats are given anew, and each opening keeps the best for its seats."""
    lists = [[o for tie in groups for o in tie] for groups in market.c_lists]
    asked, held, free = [0] * len(lists), [[] for _ in market.openings], list(range(len(lists)))
    while free:
        for c in free:
            if asked[c] < len(lists[c]):
                held[lists[c][asked[c]]].append(c)
                asked[c] += 1
        free = []
        given = seats_given(rules, [min(len(asking), quota) for asking, quota in zip(held, market.quota)], room)
        for o, asking in enumerate(held):
            asking.sort(key=market.o_rank[o].__getitem__)
            free += [c for c in asking[given[o] :] if asked[c] < len(lists[c])]
            del asking[given[o] :]
    return from_holders(market, held)


def without_floors(rules):
    same = copy.copy(rules)
    same.all = [{**region, "floor": 0} for region in rules.all]
    return same


def fill_floors(market, rules):
    """Extended-seat deferred acceptance (Fragiadakis et al. 2015): seats that a floor asks for are reserved, and with
    them no more are taken than there are people; when that leaves a floor unfilled, than the largest number that does
    not. None when even the reserved seats alone leave one unfilled."""

    def filled(matching):
        placed = rules.placed(holders_of(market, matching))
        return all(count >= region["floor"] for count, region in zip(placed, rules.all))

    plain = share_seats(market, without_floors(rules))
    if filled(plain):
        return plain
    reserved = rules.seats_needed([0] * len(market.openings))
    for room in range(len(market.candidates), reserved - 1, -1):
        matching = share_seats(market, rules, room)
        if filled(matching):
            return matching
    return None


def blocking_under_rules(market, rules, matching):
    """The pairs that block under caps and floors, with the ground. A candidate c who prefers o to what it has blocks
    1. by envy, when o holds somebody it likes less; or, when o has a free seat and no floor needs c where it is,
    2. by a free seat, when no region around o is full;
    3. by order, when in the smallest full region around o some opening holds a seat that comes after the next seat of
       o, and that no floor inside that region needs.
    A floor needs c when a region around what c has, but not around o, holds no more than its floor."""
    held = holders_of(market, matching)
    placed = rules.placed(held)
    full, regions, pairs = rules.full(placed), rules.all, []
    bound = {at for at, region in enumerate(regions) if placed[at] <= region["floor"]}

    def ground(c, o):
        if any(market.o_rank[o][c] < market.o_rank[o][d] for d in held[o]):
            return "envy"
        needed = any(o not in regions[at]["openings"] for own in matching[c] for at in rules.around[own] if at in bound)
        if len(held[o]) >= market.quota[o] or needed:
            return None
        around = [at for at in rules.inner_first if at in full and at in rules.around[o]]
        if not around:
            return "a free seat"
        within = [at for at in range(len(regions)) if rules.inside(at, around[0])]
        for other in regions[around[0]]["openings"]:
            needed = any(other in regions[at]["openings"] for at in within if at in bound)
            if held[other] and not needed and rules.seat(other, len(held[other])) > rules.seat(o, len(held[o]) + 1):
                return "the order of seats"
        return None

    for c, ranks in enumerate(market.c_rank):
        own = ranks[matching[c][0]] if matching[c] else NOBODY
        for o, rank in ranks.items():
            why = rank < own and ground(c, o)
            if why:
                pairs.append((c, o, why))
    return pairs


# ------------------------------------------------------------------------------------------- the two ends


def candidates_propose(market):
    """Deferred acceptance (Gale & Shapley 1962) on strict lists: who has a place left asks the next on the list, an
    opening keeps the best it has been asked by. Best for all candidates; with slots too (Roth 1984)."""
    lists = [[o for tie in groups for o in tie] for groups in market.c_lists]
    asked, held = [0] * len(lists), [[] for _ in market.openings]
    places = list(market.slots)
    asking = list(range(len(lists)))
    while asking:
        c = asking.pop()
        while places[c] and asked[c] < len(lists[c]):
            o = lists[c][asked[c]]
            asked[c] += 1
            places[c] -= 1
            held[o].append(c)
            if len(held[o]) > market.quota[o]:
                refused = max(held[o], key=market.o_rank[o].__getitem__)
                held[o].remove(refused)
                places[refused] += 1
                if refused != c:
                    asking.append(refused)
    return from_holders(market, held)


def openings_propose(market):
    """The same from the other side: an opening asks down its list until its seats are filled. Best for openings."""
    lists = [[c for tie in groups for c in tie] for groups in market.o_lists]
    asked, has = [0] * len(lists), [[] for _ in market.candidates]
    seats = list(market.quota)
    asking = list(range(len(lists)))
    while asking:
        o = asking.pop()
        while seats[o] and asked[o] < len(lists[o]):
            c = lists[o][asked[o]]
            asked[o] += 1
            seats[o] -= 1
            has[c].append(o)
            if len(has[c]) > market.slots[c]:
                refused = max(has[c], key=market.c_rank[c].__getitem__)
                has[c].remove(refused)
                seats[refused] += 1
                if refused != o:
                    asking.append(refused)
    return [sorted(openings) for openings in has]


def from_holders(market, held):
    matching = [[] for _ in market.candidates]
    for o, candidates in enumerate(held):
        for c in candidates:
            matching[c].append(o)
    return matching


# ------------------------------------------------------------------------------------------- searching


class TooMuchWork(Exception):
    """A search had to be given up."""


def stable_matchings(market, kind="weak", domains=None, first_only=False, largest=False):
    """Every stable matching of a kind, by backtracking over the candidates, one opening each.

    A decided candidate who would rather be at o sets a limit: o must end full, with nobody ranked worse than the
    limit. A branch dies as soon as a limit is passed, or so few are undecided that o cannot be filled any more.
    `largest` keeps to ever larger matchings, so that the last one found is a largest one.
    """
    gain, no_loss = STABILITY[kind]
    if domains is None:
        domains = [[*ranks, None] for ranks in market.c_rank]
    if len(domains) > 400:
        raise TooMuchWork
    order = sorted(range(len(domains)), key=lambda c: len(domains[c]))
    quota, held, limit = market.quota, [[] for _ in market.openings], [NOBODY] * len(market.openings)
    undecided = [0] * len(market.openings)
    for domain in domains:
        for o in domain:
            if o is not None:
                undecided[o] += 1
    choice, found, work, wanted = [None] * len(domains), [], 0, 0

    def fits(c, o):
        """Seats c at o, tightens the limits, and says whether the branch can still live."""
        ranks, alive = market.c_rank[c], True
        own = NOBODY
        if o is not None:
            own, rank = ranks[o], market.o_rank[o][c]
            alive = len(held[o]) < quota[o] and rank <= limit[o]
            held[o].append(rank)
        changed = []
        for better, rank in ranks.items():
            slack = gain if rank < own else no_loss if rank == own and better != o else None
            if slack is None:
                continue
            bound = market.o_rank[better][c] - slack
            if bound < limit[better]:
                changed.append((better, limit[better]))
                limit[better] = bound
                alive = alive and all(rank <= bound for rank in held[better])
        for any_o in ranks:
            if limit[any_o] < NOBODY and len(held[any_o]) + undecided[any_o] < quota[any_o]:
                alive = False
        return alive, changed

    def decide(at, placed):
        nonlocal work, wanted
        if placed + len(order) - at < wanted:
            return False
        if at == len(order):
            found.append([[] if o is None else [o] for o in choice])
            wanted = placed + 1 if largest else 0
            return first_only
        c = order[at]
        for o in domains[c]:
            if o is not None:
                undecided[o] -= 1
        done = False
        for o in domains[c]:
            work += 1 + len(market.c_rank[c])
            if work > WORK:
                raise TooMuchWork
            alive, changed = fits(c, o)
            choice[c] = o
            done = alive and decide(at + 1, placed + (o is not None))
            for better, before in reversed(changed):
                limit[better] = before
            if o is not None:
                held[o].pop()
            if done:
                break
        for o in domains[c]:
            if o is not None:
                undecided[o] += 1
        return done

    decide(0, 0)
    return found


def valid_matchings(market, least=None):
    """Every valid matching, one by one: singles with an opening each, couples with a joint choice; a quota counts days.
    With `least` only those in which everybody has at least what it has there."""
    single = lambda c, o: ((c, o),)  # noqa: E731
    units = [[tuple(zip(pair, choice)) for choice in [*joint, (None, None)]] for pair, joint in market.couples]
    for c, ranks in enumerate(market.c_rank):
        if c not in market.members:
            own = ranks[least[c][0]] if least and least[c] else NOBODY
            wishes = [o for o, rank in ranks.items() if rank <= own] + ([None] if own == NOBODY else [])
            units.append([single(c, o) for o in wishes])
    free, matching, work = list(market.quota), [[] for _ in market.candidates], 0
    if len(units) > 100:
        raise TooMuchWork

    def decide(at):
        nonlocal work
        work += 1
        if work > WORK // 2:
            raise TooMuchWork
        if at == len(units):
            yield list(matching)
            return
        for choice in units[at]:
            seats = [(c, o) for c, o in choice if o is not None]
            for c, o in seats:
                free[o] -= market.days[c]
                matching[c] = [o]
            if all(free[o] >= 0 for _, o in seats):
                yield from decide(at + 1)
            for c, o in seats:
                free[o] += market.days[c]
                matching[c] = []

    return decide(0)


def whole_lattice(market):
    """All stable matchings of a strict market. Between its two ends: nobody is ever better off than at the one, or
    worse off than at the other, and whoever is unmatched there is unmatched everywhere."""
    best, worst = candidates_propose(market), openings_propose(market)
    domains = []
    for ranks, top, bottom in zip(market.c_rank, best, worst):
        domains.append([o for o in ranks if ranks[top[0]] <= ranks[o] <= ranks[bottom[0]]] if top else [None])
    return stable_matchings(market, domains=domains)


# ------------------------------------------------------------------------------------------- the verdict


class Case:
    """One market with one result, what was asked beside them, and the verdict as it grows."""

    def __init__(self, market, result, asked):
        self.market, self.result, self.asked = market, result, asked
        self.mechanism = result.get("mechanism")
        self.matching = None
        self.checked, self.unchecked, self.problems = [], [], []

    def check(self, name, problems):
        """Notes that something was recomputed, and what was found wrong with it."""
        self.checked.append(name)
        self.problems += problems
        return not problems

    def same(self, name, expected):
        """Checks a member of the result against what it must be, type and all."""
        found = self.result.get(name)
        agree = found == expected and type(found) is type(expected)
        return self.check(name, [] if agree else [f"{name} is {found!r}, it must be {expected!r}"])

    def leave(self, what, why):
        self.unchecked.append(f"{what}: {why}")

    def verdict(self):
        return {
            "accepted": not self.problems,
            "checked": self.checked,
            "unchecked": self.unchecked,
            "problems": self.problems,
        }

    def told(self, matching):
        """A matching in the keys of the file."""
        names = ((self.market.candidates[c], [self.market.openings[o] for o in os]) for c, os in enumerate(matching))
        return ", ".join(f"{c}: {' + '.join(os) or '-'}" for c, os in names)


def verify(market, result, asked=None):
    """The verdict on one result; `asked` may hold caps, previous, force and forbid."""
    case = Case(market, result, asked or {})
    if case.mechanism not in MECHANISMS:
        case.check("mechanism", [f"the mechanism {case.mechanism!r} is not known"])
    elif "candidates" in result and result["candidates"] is None:
        check_none_exists(case)
    elif read_matching(case) and check_valid(case):
        check_counts(case)
        setting_of(case)(case)
        check_certificate(case)
        for member in sorted(result.keys() - KNOWN):
            case.leave(member, "not recomputed")
    return case.verdict()


def setting_of(case):
    """What is right beyond validity depends on the setting first, and then on the mechanism."""
    if case.market.couples:
        return check_couples
    if case.market.has_days:
        return check_days
    if case.market.has_slots:
        return check_slots
    if "rules" in case.result or case.asked.get("caps"):
        return check_caps
    return MECHANISMS[case.mechanism]


def read_matching(case):
    """The matching as the candidates' map tells it; the openings' map must tell the same."""
    market, problems = case.market, []
    by_candidate, by_opening = case.result.get("candidates"), case.result.get("openings")
    if not isinstance(by_candidate, dict) or not isinstance(by_opening, dict):
        return case.check("keys", ["the result needs the maps `candidates` and `openings`"])
    if by_candidate.keys() != market.c_number.keys() or by_opening.keys() != market.o_number.keys():
        strangers = sorted(by_candidate.keys() ^ market.c_number.keys())
        strangers += sorted(by_opening.keys() ^ market.o_number.keys())
        return case.check("keys", [f"in the result or the market only: {', '.join(strangers)}"])
    matching = []
    for key in market.candidates:
        value = by_candidate[key]
        openings = value if market.has_slots and isinstance(value, list) else [] if value is None else [value]
        if market.has_slots and not isinstance(value, list):
            problems.append(f"{key}: with slots a list of openings is expected")
        elif not all(isinstance(o, str) and o in market.o_number for o in openings):
            problems.append(f"{key} has {value!r}, which is no opening")
        elif len(set(openings)) != len(openings):
            problems.append(f"{key} has one opening twice")
        matching.append(openings)
    if not case.check("keys", problems):
        return False
    case.matching = [sorted(market.o_number[o] for o in openings) for openings in matching]
    held = holders_of(market, case.matching)
    for o, key in enumerate(market.openings):
        holders = by_opening[key]
        if not isinstance(holders, list) or not all(isinstance(c, str) for c in holders):
            problems.append(f"{key} does not hold a list of candidates")
            continue
        by_theirs = sorted(market.candidates[c] for c in held[o])
        if sorted(holders) != by_theirs:
            problems.append(f"{key} holds {holders} by its own entry, {by_theirs} by theirs")
    return case.check("both maps agree", problems)


def check_valid(case):
    market, problems = case.market, []
    for c, openings in enumerate(case.matching):
        key = market.candidates[c]
        if len(openings) > market.slots[c]:
            problems.append(f"{key} has {len(openings)} openings and {market.slots[c]} slots")
        for o in openings:
            if c not in market.o_rank[o]:
                problems.append(f"{key} and {market.openings[o]} do not accept each other")
    for (a, b), joint in market.couples:
        pair = tuple(openings[0] if openings else None for openings in (case.matching[a], case.matching[b]))
        if pair != (None, None) and pair not in joint:
            names = f"{market.candidates[a]} and {market.candidates[b]}"
            problems.append(f"{names} have what their joint list does not hold")
    return case.check("validity", problems) and check_quotas(case)


def check_quotas(case):
    """No opening holds more days than its quota, extra seats among it; unsplit, the last it holds may reach over."""
    market, problems = case.market, []
    extra = case.result.get("extra_seats")
    if extra is not None:
        good = isinstance(extra, dict) and extra.keys() <= market.o_number.keys() and all(map(is_count, extra.values()))
        if not case.check("extra_seats", [] if good and 0 not in extra.values() else [f"extra_seats is {extra!r}"]):
            return False
        case.market = market = copy.copy(market)
        case.seats_of_the_file = market.quota
        market.quota = [quota + extra.get(key, 0) for key, quota in zip(market.openings, market.quota)]
    last_first = strict_market(case).o_rank
    for o, held in enumerate(holders_of(market, case.matching)):
        days = sum(market.days[c] for c in held)
        if "over" in case.result and held:
            days -= market.days[max(held, key=last_first[o].__getitem__)]
            problems += [f"{market.openings[o]} is filled without its last"] if days >= market.quota[o] else []
        elif days > market.quota[o]:
            problems.append(f"{market.openings[o]} has {market.quota[o]} seats and holds {days}")
    return case.check("quotas", problems)


def costs(market, matching):
    """Both sums of ranks; a couple counts once, by the rank of its joint choice."""
    pairs = [(c, o) for c, openings in enumerate(matching) for o in openings]
    candidates = sum(market.c_rank[c][o] for c, o in pairs if c not in market.members)
    for (a, b), joint in market.couples:
        pair = tuple(openings[0] if openings else None for openings in (matching[a], matching[b]))
        candidates += 1 + joint.index(pair) if pair in joint else 0
    return candidates, sum(market.o_rank[o][c] for c, o in pairs)


def check_counts(case):
    market, matching = case.market, case.matching
    candidate_cost, opening_cost = costs(market, matching)
    case.same("size", sum(map(len, matching)))
    case.same("candidate_cost", candidate_cost)
    case.same("opening_cost", opening_cost)
    check_dropped(case)
    check_seed(case)


def check_dropped(case):
    def told(side, agent, entry):
        one, other = case.market.candidates, case.market.openings
        if side == "opening":
            one, other = other, one
        return {"side": side, "agent": one[agent], "entry": other[entry]}

    expected, found = [told(*drop) for drop in case.market.dropped], case.result.get("dropped")
    sortable = lambda drops: sorted(json.dumps(drop, sort_keys=True) for drop in drops)  # noqa: E731
    good = isinstance(found, list) and sortable(found) == sortable(expected)
    case.check("dropped", [] if good else [f"dropped is {found!r}, it must be {expected!r}"])


def check_seed(case):
    """A seed stands in the result exactly when a lottery was held: the mechanism needs one, and there are ties."""
    seed, needed = case.result.get("lottery_seed", "missing"), uses_lottery(case)
    good = is_count(seed, 2**64 - 1) if needed else seed is None
    wish = "the seed of the lottery" if needed else "null, as no lottery was needed"
    case.check("lottery_seed", [] if good else [f"lottery_seed is {seed!r}, it must be {wish}"])


def check_certificate(case):
    """The numbers that prove a matching stable (Azevedo & Leshno 2016): every opening's quota, holders and cutoff (the
    worst rank it holds when full, 0 without any seat, null with a free one), and the rank that each candidate got."""
    if "certificate" not in case.result:
        return
    market, held = case.market, holders_of(case.market, case.matching)
    openings = {}
    for o, key in enumerate(market.openings):
        worst = max((market.o_rank[o][c] for c in held[o]), default=0)
        cutoff = worst if len(held[o]) >= market.quota[o] else None
        holders = [market.candidates[c] for c in held[o]]
        openings[key] = {"quota": market.quota[o], "holders": holders, "cutoff": cutoff}
    ranks = [market.c_rank[c][openings[0]] if openings else None for c, openings in enumerate(case.matching)]
    case.same("certificate", {"openings": openings, "candidates": dict(zip(market.candidates, ranks))})


def uses_lottery(case):
    return case.market.has_ties and case.mechanism in BY_LOTTERY | {"promotion", "max-weakly-stable"}


def strict_market(case):
    seed = case.result.get("lottery_seed")
    return case.market.broken(seed) if is_count(seed, 2**64 - 1) else case.market


def check_stable(case, kind="weak"):
    """Stability of a kind, and the count of blocking pairs that the result tells."""
    pairs = blocking_pairs(case.market, case.matching, kind)
    case.same("blocking_pairs", len(pairs))
    told = [f"{case.market.candidates[c]} and {case.market.openings[o]} block ({kind})" for c, o in pairs[:5]]
    return case.check(f"{kind} stability", told)


def check_exactly(case, name, expected):
    """Compares with the one right matching."""
    good = [sorted(openings) for openings in expected] == case.matching
    case.check(name, [] if good else [f"not the {name}: that is {case.told(expected)}"])


# ------------------------------------------------------------------------------------------- the mechanisms


def check_candidate_optimal(case):
    if "envy" in case.result:
        check_repair(case)
        return
    check_stable(case)
    if wishes(case):
        check_best(case, "best for the candidates", lambda market, matching: 0)
    else:
        check_exactly(case, "candidate-optimal matching", candidates_propose(strict_market(case)))


def check_repair(case):
    """A repair of an earlier result that may leave envy, all of which it must tell: whoever keeps a place keeps it and
    the rest are matched anew on what is left, recomputed; or people move up in chains, of which it is checked that
    nobody loses a place that still exists."""
    market = case.market
    pairs = blocking_pairs(market, case.matching)
    case.same("blocking_pairs", len(pairs))
    envy, told = [[market.candidates[c], market.openings[o]] for c, o in pairs], case.result["envy"]
    good = isinstance(told, list) and sorted(map(str, told)) == sorted(map(str, envy))
    case.check("envy", [] if good else [f"the envy is {told!r}, it must be {envy!r}"])
    if not check_moved(case):
        case.leave("repair", "the earlier result was not given")
        return
    strict = strict_market(case)
    kept = [[] for _ in market.openings]
    for c, key in enumerate(market.candidates):
        o = market.o_number.get(case.before.get(key))
        if o in market.c_rank[c]:
            kept[o].append(c)
    for o, candidates in enumerate(kept):
        kept[o] = sorted(candidates, key=strict.o_rank[o].__getitem__)[: market.quota[o]]
    before = from_holders(market, kept)
    rest = copy.copy(strict)
    rest.quota = [quota - len(candidates) for quota, candidates in zip(market.quota, kept)]
    rest.c_lists = [[] if before[c] else groups for c, groups in enumerate(strict.c_lists)]
    if case.matching == [own or new for own, new in zip(before, candidates_propose(rest))]:
        case.check("everybody frozen and the rest matched anew", [])
        return
    rank = strict.c_rank
    loses = lambda c, own, now: own and (not now or rank[c][own[0]] < rank[c][now[0]])  # noqa: E731
    worse = [c for c, own in enumerate(before) if loses(c, own, case.matching[c])]
    case.check("nobody loses a place", [f"{market.candidates[c]} loses a place that still exists" for c in worse[:5]])
    case.leave("vacancy chain", "the order in which vacant seats are offered is not recomputed")


def check_moved(case):
    """Whose opening is another than in the earlier result; who was not there had none."""
    if not case.asked.get("previous"):
        return False
    case.before, now = case.asked["previous"].get("candidates") or {}, case.matching
    keys = [case.market.openings[openings[0]] if openings else None for openings in now]
    case.same("moved", [key for key, own in zip(case.market.candidates, keys) if case.before.get(key) != own])
    return True


def check_opening_optimal(case):
    check_stable(case)
    check_exactly(case, "opening-optimal matching", openings_propose(strict_market(case)))


def wishes(case):
    return any(case.asked.get(wish) for wish in ("force", "forbid", "previous"))


def regret(market, matching):
    """The worst rank that anybody has, of either side; 0 when nobody is placed."""
    ranks = [max(market.c_rank[c][o], market.o_rank[o][c]) for c, openings in enumerate(matching) for o in openings]
    return max(ranks, default=0)


def moves(case, matching):
    """How many are placed elsewhere than in the earlier result."""
    pairs = ((key, case.market.openings[o]) for key, os in zip(case.market.candidates, matching) for o in os)
    return sum(case.before.get(candidate) != opening for candidate, opening in pairs)


def allowed_matchings(case):
    """All stable matchings of the strict market with every forced and no forbidden pair."""
    market = case.market
    pairs = {}
    for wish in ("force", "forbid"):
        told = case.asked.get(wish) or []
        shape(all(c in market.c_number and o in market.o_number for c, o in told), f"a {wish} pair of strangers")
        pairs[wish] = [(market.c_number[c], market.o_number[o]) for c, o in told]
    return [
        matching
        for matching in whole_lattice(strict_market(case))
        if all(o in matching[c] for c, o in pairs["force"]) and not any(o in matching[c] for c, o in pairs["forbid"])
    ]


def check_best(case, name, cost, member=None):
    """The least cost among all allowed stable matchings, and of the equally good ones the best for the candidates.
    With an earlier result the fewest moves from it come first."""
    first = (lambda matching: moves(case, matching)) if check_moved(case) else (lambda matching: 0)
    market = strict_market(case)
    try:
        allowed = allowed_matchings(case)
    except TooMuchWork:
        case.leave(name, "too many stable matchings to search them all")
        return
    if not allowed:
        case.check(name, ["no stable matching fulfils the forced and forbidden pairs"])
        return
    key = lambda matching: (first(matching), cost(market, matching))  # noqa: E731
    least = min(map(key, allowed))
    if member:
        case.same(member, least[1])
    optima = [matching for matching in allowed if key(matching) == least]
    check_exactly(case, name, min(optima, key=lambda matching: costs(market, matching)[0]))


def check_egalitarian(case):
    check_stable(case)
    check_best(case, "least sum of ranks", lambda market, matching: sum(costs(market, matching)), "objective")


def check_min_regret(case):
    check_stable(case)
    check_best(case, "least worst rank", regret, "regret")


def check_median(case):
    """Each candidate has its k-th best of all N stable matchings, k = N / 2 rounded up (Teo & Sethuraman 1998)."""
    check_stable(case)
    if case.result.get("exact") is not True:
        case.same("exact", False)
        case.leave("median", "the result says itself that it need not be the median")
        return
    try:
        everything = allowed_matchings(case)
    except TooMuchWork:
        case.leave("median", "too many stable matchings to search them all")
        return
    middle, ranks = (len(everything) + 1) // 2 - 1, strict_market(case).c_rank
    columns = [[matching[c] for matching in everything] for c in range(len(ranks))]
    for openings, rank in zip(columns, ranks):
        openings.sort(key=lambda one: [rank[o] for o in one])
    check_exactly(case, "median", [openings[middle] for openings in columns])


def check_balanced(case):
    """The side that pays more pays as little as can be, and among such matchings the candidates pay least. What is
    not exact says how little the dearer side would pay at best."""
    check_stable(case)
    market, exact, bound = strict_market(case), case.result.get("exact"), case.result.get("bound")
    own = costs(market, case.matching)
    good = type(exact) is bool and is_count(bound, NOBODY) and bound <= max(own) and (not exact or bound == max(own))
    told = f"exact {exact!r} with bound {bound!r}, the dearer side pays {max(own)}"
    case.check("exact and bound", [] if good else [told])
    try:
        both = [costs(market, matching) for matching in allowed_matchings(case)]
    except TooMuchWork:
        case.leave("balanced", "too many stable matchings to search them all")
        return
    best = min((max(pair), pair[0]) for pair in both)
    if good and bound > best[0]:
        case.check("bound", [f"the bound {bound} is too high, {best[0]} is possible"])
    if exact:
        told = f"the dearer side pays {max(own)}, {best[0]} is possible"
        case.check("balanced", [] if (max(own), own[0]) == best else [told])


def check_promotion(case):
    if check_stable(case):
        check_against_largest(case, 3, 2)


def check_largest(case):
    """As large as the bound where it is called proven, and never larger; the bound is never below the largest size."""
    proven, bound, size = case.result.get("proven"), case.result.get("bound"), sum(map(len, case.matching))
    good = type(proven) is bool and is_count(bound) and size <= bound and proven == (size == bound)
    case.check("proven and bound", [] if good else [f"size {size}, proven {proven!r}, bound {bound!r}"])
    if not check_stable(case) or not good:
        return
    if proven:
        check_against_largest(case, 1, 1)
    else:
        case.leave("largest size", "the result says itself that it is not proven")


def check_against_largest(case, most, least):
    """The largest weakly stable matching is at most most/least times as large."""
    size = sum(map(len, case.matching))
    try:
        largest = sum(map(len, stable_matchings(case.market, largest=True)[-1]))
    except TooMuchWork:
        case.leave("largest size", "too many weakly stable matchings to search them all")
        return
    good = largest * least <= size * most
    case.check("largest size", [] if good else [f"size {size} is too small, {largest} can be placed"])


def check_strong(case):
    check_best_of_kind(case, "strong")


def check_super(case):
    check_best_of_kind(case, "super")


def check_best_of_kind(case, kind):
    """Stable of the kind, and nobody is better off in any other such matching."""
    if not check_stable(case, kind):
        return
    name = f"best of all {kind} stable matchings"
    try:
        others = stable_matchings(case.market, kind)
    except TooMuchWork:
        case.leave(name, "too many matchings to search them all")
        return
    rank = lambda c, matching: case.market.c_rank[c][matching[c][0]] if matching[c] else NOBODY  # noqa: E731
    better = [other for other in others for c in range(len(other)) if rank(c, other) < rank(c, case.matching)]
    case.check(name, [f"somebody is better off in {case.told(better[0])}"] if better else [])


# ------------------------------------------------------------------------------------------- the settings


def check_no_block(case, blocks, name):
    """What blocks under a setting's own definition, its count in the result, and that there is none."""
    case.same("blocking_pairs", len(blocks))
    return case.check(name, blocks[:5])


def check_couples(case):
    """Stable; or, when the result says that something blocks, with as few blocks as any matching has; or stable with
    extra seats, as few as will do. What is not proven to be the fewest says so itself."""
    market = case.market
    told = []
    for at, choice in market.dropped_choices:
        members = [market.candidates[c] for c in market.couples[at][0]]
        told.append({"couple": members, "choice": [None if o is None else market.openings[o] for o in choice]})
    if told or "dropped_choices" in case.result:
        case.same("dropped_choices", told)
    blocks = couples_block(market, case.matching)
    extra, proven = case.result.get("extra_seats"), case.result.get("proven", True)
    bound = case.result.get("bound", len(blocks))
    good = type(proven) is bool and is_count(bound)
    case.check("proven", [] if good else [f"proven {proven!r} with bound {bound!r}"])
    if extra is not None:
        check_no_block(case, blocks, "stability with couples and extra seats")
        number = sum(extra.values())
    elif not blocks:
        case.same("blocking_pairs", 0)
        case.check("stability with couples", [])
        return
    else:
        case.same("blocking_pairs", len(blocks))
        number = len(blocks)
    if not proven:
        case.leave("fewest", "the result says itself that fewer may do")
    elif "bound" in case.result and bound != number:
        case.check("bound", [f"{number} is called proven with a bound of {bound}"])
    elif extra is not None:
        check_extra_seats(case, number)
    else:
        check_fewest_blocks(case, number)


def check_fewest_blocks(case, number):
    try:
        fewest = min(len(couples_block(case.market, other)) for other in valid_matchings(case.market))
        case.check("fewest blocks", [] if fewest == number else [f"{number} blocks, {fewest} are possible"])
    except TooMuchWork:
        case.leave("fewest blocks", "too many matchings to search them all")


def stable_with_couples(market):
    return next((other for other in valid_matchings(market) if not couples_block(market, other)), None)


def check_extra_seats(case, total):
    """At most two for an opening, none for one without seats, and no stable matching exists with fewer in all."""
    seats = case.seats_of_the_file
    added = [more - quota for more, quota in zip(case.market.quota, seats)]
    good = all(more <= 2 and (quota or not more) for more, quota in zip(added, seats))
    case.check("extra seats", [] if good else ["more than two seats for one opening, or some for one without seats"])
    ways = itertools.product(*(range(3 if quota else 1) for quota in seats))
    market = copy.copy(case.market)
    try:
        if 3 ** len(seats) > WORK:
            raise TooMuchWork
        for added in sorted((way for way in ways if sum(way) < total), key=sum):
            market.quota = [quota + more for quota, more in zip(seats, added)]
            found = stable_with_couples(market)
            if found is not None:
                case.check("fewest extra seats", [f"{sum(added)} would do: {case.told(found)}"])
                return
        case.check("fewest extra seats", [])
    except TooMuchWork:
        case.leave("fewest extra seats", "too many matchings to search them all")


def check_slots(case):
    """Pairwise stable, and the one best for the side that the mechanism favours."""
    if check_stable(case) and case.mechanism == "candidate-optimal":
        check_exactly(case, "candidate-optimal matching", candidates_propose(strict_market(case)))
    elif case.mechanism == "opening-optimal":
        check_exactly(case, "opening-optimal matching", openings_propose(strict_market(case)))


def check_days(case):
    """Without a member `over`: stable, and no other stable matching is better for a candidate and worse for none. With
    it: the unsplit matching, recomputed, and by how many days each opening is over its own."""
    unsplit = "over" in case.result
    blocks = days_block(case.market, case.matching, exact=not unsplit)
    check_no_block(case, blocks, "unsplit stability" if unsplit else "stability with days")
    proven = case.result.get("proven", True)
    case.check("proven", [] if isinstance(proven, bool) else [f"proven is {proven!r}, it must be true or false"])
    if unsplit:
        held = holders_of(case.market, case.matching)
        days = [sum(case.market.days[c] for c in candidates) for candidates in held]
        over = zip(case.market.openings, days, case.market.quota)
        case.same("over", {key: count - quota for key, count, quota in over if count > quota})
        check_exactly(case, "unsplit matching", propose_days(strict_market(case)))
    elif not proven:
        case.leave("undominated", "the result says itself that the search was stopped")
    elif not blocks:
        check_undominated(case, lambda market, other: not days_block(market, other))


def check_undominated(case, stable):
    """By the lists after the lottery, no other stable matching is better for a candidate and worse for none."""
    market = strict_market(case)
    rank = lambda c, matching: market.c_rank[c][matching[c][0]] if matching[c] else NOBODY  # noqa: E731
    try:
        for other in valid_matchings(market, case.matching):
            better = any(rank(c, other) < rank(c, case.matching) for c in range(len(other)))
            if better and stable(market, other):
                case.check("undominated", [f"as good for all and better for some: {case.told(other)}"])
                return
        case.check("undominated", [])
    except TooMuchWork:
        case.leave("undominated", "too many matchings to search them all")


def propose_days(market):
    """Candidates propose; an opening lets the worst go while its days are filled without that one."""
    lists = [[o for tie in groups for o in tie] for groups in market.c_lists]
    asked, held, asking = [0] * len(lists), [[] for _ in market.openings], list(range(len(lists)))
    while asking:
        c = asking.pop()
        if asked[c] == len(lists[c]):
            continue
        o = lists[c][asked[c]]
        asked[c] += 1
        held[o] = sorted([*held[o], c], key=market.o_rank[o].__getitem__)
        while held[o] and sum(market.days[d] for d in held[o][:-1]) >= market.quota[o]:
            asking.append(held[o].pop())
    return from_holders(market, held)


def check_caps(case):
    """Feasible at every level. Without floors the outcome of flexible deferred acceptance, recomputed; with floors
    fair, which is all that they let one promise."""
    try:
        rules = Rules(case.market, case.result.get("rules"))
    except Unreadable as error:
        case.check("rules", [f"rules: {error}"])
        return
    check_rules(case, rules)
    held = holders_of(case.market, case.matching)
    placed, problems = rules.placed(held), []
    for region, count in zip(rules.all, placed):
        if region["cap"] is not None and count > region["cap"] or count < region["floor"]:
            problems.append(f"region {region['name']} holds {count}, cap {region['cap']}, floor {region['floor']}")
    case.check("caps and floors", problems)
    told = {region["name"]: {"cap": region["cap"], "placed": count} for region, count in zip(rules.all, placed)}
    for region in rules.all:
        told[region["name"]].update({"floor": region["floor"]} if region["floor"] else {})
    lines = case.result.get("caps")
    good = isinstance(lines, list) and all(isinstance(line, dict) for line in lines) and len(lines) == len(told)
    found = {line.get("name"): {"cap": None, **line} for line in lines} if good else {}
    expected = {name: {"name": name, **line} for name, line in told.items()}
    case.check("caps", [] if found == expected else [f"caps is {lines!r}, it must tell {expected!r}"])
    pairs = blocking_under_rules(case.market, rules, case.matching)
    names = [f"{case.market.candidates[c]} and {case.market.openings[o]} block by {why}" for c, o, why in pairs]
    if any(region["floor"] for region in rules.all):
        envy = [name for name, (_, _, why) in zip(names, pairs) if why == "envy"]
        case.same("blocking_pairs", len(pairs))
        case.check("no justified envy", envy[:5])
        check_price(case, rules)
        expected = fill_floors(strict_market(case), rules)
        if expected is not None:  # else any fair matching is as good
            check_exactly(case, "extended-seat deferred acceptance", expected)
    else:
        check_no_block(case, names, "stability under caps")
        check_exactly(case, "flexible deferred acceptance", share_seats(strict_market(case), rules))


def check_price(case, rules):
    """Who pays for the floors, and who gains, compared with the same caps and no floors; and the free seats that a
    candidate would rather have, and would have if there were no floors."""
    price = case.result.get("price")
    if price is None:
        return
    market = case.market
    ranks = lambda matching: [market.c_rank[c][os[0]] if os else None for c, os in enumerate(matching)]  # noqa: E731
    without, now = ranks(share_seats(strict_market(case), without_floors(rules))), ranks(case.matching)
    changes = [
        (after is None or before is not None and after > before, {"candidate": key, "without": before, "with": after})
        for key, before, after in zip(market.candidates, without, now)
        if before != after
    ]
    paid = sum(change["with"] - change["without"] for pays, change in changes if pays and change["with"])
    expected = {"ranks_paid": paid}
    expected["payers"] = [change for pays, change in changes if pays]
    expected["gainers"] = [change for pays, change in changes if not pays]
    wasted = blocking_under_rules(market, without_floors(rules), case.matching)
    expected["waste"] = [[market.candidates[c], market.openings[o]] for c, o, why in wasted if why == "a free seat"]
    good = isinstance(price, dict) and expected == {name: price.get(name) for name in expected}
    case.check("price", [] if good else [f"the price is {price!r}, it must tell {expected!r}"])


def check_rules(case, used):
    """The rules used are those asked for, with nothing left out but targets and order, which were filled in."""
    asked, problems = case.asked.get("caps"), []
    if asked is None:
        case.leave("rules", "the caps document was not given, so the rules are those that the result tells")
        return
    asked = Rules(case.market, asked)
    by_name = lambda rules: {region["name"]: region for region in rules.all}  # noqa: E731
    if by_name(asked) != by_name(used):
        problems.append("the regions of the result are not those asked for")
    asked.fill_targets()
    if asked.target != used.target:
        problems.append("the targets of the result are not those asked for, with what was not told filled in")
    if used.place != asked.place:
        problems.append("the order of the result is not the one asked for")
    case.check("rules", problems)


def check_none_exists(case):
    """No matching of the asked kind exists: the reason must name people and rules that are there, and an own search
    must find none either."""
    result, reason, clash = case.result, case.result.get("reason"), case.result.get("clash")
    problems = [] if isinstance(reason, str) and reason else ["there is neither a matching nor a reason"]
    if result.get("openings") is not None or result.get("size"):
        problems.append("a result without candidates tells of openings or a size")
    if clash is not None:
        known = {"rules": None, "candidates": case.market.c_number, "openings": case.market.o_number}
        good = isinstance(clash, dict) and clash.keys() == known.keys()
        for name, keys in known.items():
            good = good and isinstance(clash[name], list) and all(isinstance(told, str) for told in clash[name])
            good = good and (keys is None or all(key in keys for key in clash[name]))
        problems += [] if good else [f"the clash {clash!r} is not one of rules, candidates and openings of this market"]
    case.check("reason", problems)
    check_dropped(case)
    check_seed(case)
    proven = result.get("proven", True)
    case.check("proven", [] if isinstance(proven, bool) else [f"proven is {proven!r}, it must be true or false"])
    if proven is False:
        case.leave("none exists", "the result says itself that the search was stopped")
        return
    try:
        found = counterexample(case)
        case.check("none exists", [f"there is one: {case.told(found)}"] if found is not None else [])
    except TooMuchWork:
        case.leave("none exists", "too many matchings to search them all")


def counterexample(case):
    """A matching of the kind that the result says does not exist, or None. With days and under floors none need exist
    by the lists after the lottery; couples, strong and super stability are looked for among the ties themselves."""
    market, strict = case.market, strict_market(case)
    if market.couples:
        return stable_with_couples(market)
    if market.has_days:
        return next((other for other in valid_matchings(strict) if not days_block(strict, other)), None)
    if case.asked.get("caps"):
        return fair_with_floors(strict, Rules(strict, case.asked["caps"]))
    if case.mechanism in ("strong", "super"):
        found = stable_matchings(market, case.mechanism, first_only=True)
    elif wishes(case) and case.mechanism in BY_LOTTERY:
        found = allowed_matchings(case)
    else:
        found = [candidates_propose(strict_market(case))]
    return found[0] if found else None


def fair_with_floors(market, rules):
    """A feasible matching without justified envy."""
    for other in valid_matchings(market):
        placed = rules.placed(holders_of(market, other))
        caps = [NOBODY if region["cap"] is None else region["cap"] for region in rules.all]
        kept = all(region["floor"] <= count <= cap for region, count, cap in zip(rules.all, placed, caps))
        if kept and not any(why == "envy" for _, _, why in blocking_under_rules(market, rules, other)):
            return other
    return None


MECHANISMS = {
    "candidate-optimal": check_candidate_optimal,
    "opening-optimal": check_opening_optimal,
    "egalitarian": check_egalitarian,
    "min-regret": check_min_regret,
    "median": check_median,
    "balanced": check_balanced,
    "promotion": check_promotion,
    "strong": check_strong,
    "super": check_super,
    "max-weakly-stable": check_largest,
}
KNOWN = {
    "mechanism", "candidates", "openings", "size", "candidate_cost", "opening_cost", "blocking_pairs", "dropped",
    "lottery_seed", "objective", "regret", "exact", "bound", "proven", "moved", "envy", "over", "extra_seats", "caps",
    "rules", "price", "dropped_choices", "definition", "certificate",
}  # fmt: skip
BY_LOTTERY = {"candidate-optimal", "opening-optimal", "egalitarian", "min-regret", "median", "balanced"}


# ------------------------------------------------------------------------------------------- the command line


def read_result(text_or_document):
    result = parse_json(text_or_document) if isinstance(text_or_document, str) else text_or_document
    shape(isinstance(result, dict), "the result is not a JSON object")
    return result


def unreadable(error):
    return {"accepted": False, "checked": [], "unchecked": [], "problems": [f"unreadable: {error}"]}


def batch(lines, out):
    """Verdicts of many cases, a line each; the worst exit code of all. A line with a `market` sets the market of all
    results from there on, so that many results of one market need not repeat it."""
    code, market = 0, None
    for line in lines:
        case = {}
        try:
            case = parse_json(line)
            shape(isinstance(case, dict), "a line is not a JSON object")
            if "market" in case:
                market = None
                market = read_json_market(case["market"])
            if "result" not in case:
                continue
            shape(market, "there is no market")
            found = verify(market, read_result(case["result"]), case)
            code = max(code, 0 if found["accepted"] else 1)
        except Unreadable as error:
            found, code = unreadable(error), 2
        out.write(json.dumps({"id": case.get("id"), **found}, ensure_ascii=False) + "\n")
    return code


def read_file(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"{path}: {error}") from None


def format_of(path, text):
    """By the file's extension, else by its first letter."""
    extension = path.rsplit(".", 1)[-1]
    if extension in READERS:
        return extension
    first = text.lstrip("\ufeff \t\r\n")[:1]
    return "json" if first == "{" else "suite" if first.isalpha() else "glasgow"


def pair_of(market, told):
    """`C:O` by the keys of the file, which may hold colons themselves."""
    splits = [(told[:at], told[at + 1 :]) for at, letter in enumerate(told) if letter == ":"]
    known = [(c, o) for c, o in splits if c in market.c_number and o in market.o_number]
    shape(len(known) == 1, f"`{told}` is no pair of this market")
    return known[0]


def main():
    parser = argparse.ArgumentParser(description="Recomputes a result from its market.")
    parser.add_argument("market", nargs="?", help="market file")
    parser.add_argument("result", nargs="?", help="result JSON")
    parser.add_argument("--format", choices=READERS, help="format of the market; by its extension when not given")
    parser.add_argument("--caps", help="caps JSON")
    parser.add_argument("--previous", help="earlier result from which as few as possible move")
    parser.add_argument("--force", action="append", default=[], metavar="C:O", help="a pair that had to be matched")
    parser.add_argument("--forbid", action="append", default=[], metavar="C:O", help="a pair that was forbidden")
    parser.add_argument("--batch", action="store_true", help="JSON lines from standard input")
    asked = parser.parse_args()
    if asked.batch:
        return batch(sys.stdin, sys.stdout)
    if not asked.market or not asked.result:
        parser.error("a market and a result are needed")
    try:
        text = read_file(asked.market)
        market = READERS[asked.format or format_of(asked.market, text)](text)
        pairs = {wish: [pair_of(market, told) for told in getattr(asked, wish)] for wish in ("force", "forbid")}
        paths = {kind: getattr(asked, kind) for kind in ("caps", "previous")}
        documents = {kind: parse_json(read_file(path)) for kind, path in paths.items() if path}
        found = verify(market, read_result(read_file(asked.result)), {**pairs, **documents})
        code = 0 if found["accepted"] else 1
    except Unreadable as error:
        found, code = unreadable(error), 2
    print(json.dumps(found, indent=2, ensure_ascii=False))
    return code


if __name__ == "__main__":
    sys.exit(main())
