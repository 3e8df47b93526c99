#!/usr/bin/env python3
"""Runs `migiude solve` and two Python packages on the same markets and prints how they compare.

    python3 benches/peers/compare.py target/release/migiude

See README.md beside this file for what is measured. Standard library only; the peers are installed into a virtual
environment of their own on the first run.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

PEERS = {"matching": "matching==1.4.3", "algmatch": "algmatch==1.5.2"}
HERE = Path(__file__).resolve()

# Candidates, openings, choices of a candidate, seats of an opening.
MARKETS = [(100, 20, 10, 5), (1_000, 100, 10, 10), (6_000, 600, 10, 10), (10_000, 2_000, 10, 5)]


# The markets: the generator of the fingerprint in tests/literature.rs.


class Chance:
    def __init__(self, seed):
        self.state = seed

    def below(self, bound):
        self.state = (6364136223846793005 * self.state + 1442695040888963407) % 2**64
        return (self.state >> 33) % bound

    def shuffle(self, items):
        for last in range(len(items) - 1, 0, -1):
            other = self.below(last + 1)
            items[last], items[other] = items[other], items[last]


def generate(candidates, openings, choices, seats, seed=1):
    """A market as (lists of the candidates, seats, lists of the openings), numbers from 1."""
    chance = Chance(seed)
    wishes = []
    applicants = [[] for _ in range(openings)]
    for candidate in range(1, candidates + 1):
        order = list(range(openings))
        chance.shuffle(order)
        wishes.append([opening + 1 for opening in order[:choices]])
        for opening in order[:choices]:
            applicants[opening].append(candidate)
    for each in applicants:
        chance.shuffle(each)
    return wishes, seats, applicants


def glasgow(market):
    """The market as a text that migiude reads."""
    wishes, seats, applicants = market
    lines = [str(len(wishes)), str(len(applicants))]
    lines += [" ".join(map(str, [number, *each])) for number, each in enumerate(wishes, 1)]
    lines += [" ".join(map(str, [number, seats, *each])) for number, each in enumerate(applicants, 1)]
    return "\n".join(lines) + "\n"


def read(text):
    """The market of such a text again, as the peers want it: dictionaries by number."""
    lines = [[int(word) for word in line.split()] for line in text.splitlines()]
    candidates = lines[0][0]
    wishes = {line[0]: line[1:] for line in lines[2 : 2 + candidates]}
    openings = {line[0]: (line[1], line[2:]) for line in lines[2 + candidates :]}
    return wishes, openings


# The peers, each in a process of its own.


def matching(wishes, openings):
    from matching.games import HospitalResident

    game = HospitalResident.create_from_dictionaries(
        {number: list(wish) for number, wish in wishes.items()},
        {number: list(applicants) for number, (_, applicants) in openings.items()},
        {number: seats for number, (seats, _) in openings.items()},
    )
    solved = game.solve(optimal="resident")
    return {resident.name: hospital.name for hospital, residents in solved.items() for resident in residents}


def algmatch(wishes, openings):
    from algmatch import HospitalResidentsProblem

    hospitals = {
        number: {"capacity": seats, "preferences": applicants} for number, (seats, applicants) in openings.items()
    }
    problem = HospitalResidentsProblem(
        dictionary={"residents": wishes, "hospitals": hospitals}, optimised_side="residents"
    )
    solved = problem.get_stable_matching()["resident_sided"]
    return {int(resident[1:]): int(hospital[1:]) for resident, hospital in solved.items() if hospital}


def be_peer(name, path):
    """What the process of a peer does: solve the market of a file, say how long that alone took, and the answer."""
    wishes, openings = read(Path(path).read_text())
    solve = {"matching": matching, "algmatch": algmatch}[name]
    solve({1: [1]}, {1: (1, [1])})  # imports what it needs, untimed
    start = time.perf_counter()
    try:
        got = solve(wishes, openings)
    except (Exception, RecursionError) as failure:
        print(json.dumps({"failed": f"{type(failure).__name__} after {time.perf_counter() - start:.1f} s"}))
        return
    inside = time.perf_counter() - start
    print(json.dumps({"inside": inside, "got": {str(candidate): str(got.get(candidate, "")) for candidate in wishes}}))


# The comparison.


def install(directory):
    """The Python of a virtual environment in which the peers are installed."""
    python = directory / "bin" / "python"
    if not python.exists():
        print(f"installing {', '.join(PEERS.values())} into {directory}", file=sys.stderr)
        venv.create(directory, with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS.values()], check=True)
    return python


def timed(command, limit, runs=1):
    """The shortest of so many runs of a process, and what it wrote; (None, reason) when it failed."""
    best = None
    for _ in range(runs):
        start = time.perf_counter()
        try:
            done = subprocess.run(command, capture_output=True, text=True, timeout=limit)
        except subprocess.TimeoutExpired:
            return None, f"stopped after {limit} s"
        seconds = time.perf_counter() - start
        if done.returncode != 0:
            last = done.stderr.strip().splitlines()[-1:] or ["without a word"]
            return None, f"ended with {done.returncode}: {last[0]}"
        best = seconds if best is None else min(best, seconds)
    return best, done.stdout


def migiude(binary, path, limit):
    command = [binary, "solve", str(path), "--format", "glasgow", "--output", "json"]
    seconds, text = timed(command, limit, runs=5)
    if seconds is None:
        sys.exit(f"migiude {text}")
    result = json.loads(text)
    return seconds, {candidate: opening or "" for candidate, opening in result["candidates"].items()}, result


def check_fingerprint(binary, directory, limit):
    """The generator is the one of the tests when the published figures come out."""
    path = directory / "fingerprint.txt"
    path.write_text(glasgow(generate(50, 50, 50, 1)))
    _, got, result = migiude(binary, path, limit)
    figures = (sum(map(bool, got.values())), result["candidate_cost"], result["opening_cost"])
    if figures != (50, 267, 513):
        sys.exit(f"the generator or migiude has changed: {figures} in place of (50, 267, 513)")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("binary", nargs="?", help="path of the release binary of migiude")
    arguments.add_argument("--environment", type=Path, default=HERE.parents[2] / "target" / "peers")
    arguments.add_argument("--limit", type=float, default=120, help="seconds until a peer is stopped")
    arguments.add_argument("--peer", nargs=2, metavar=("NAME", "FILE"), help=argparse.SUPPRESS)
    given = arguments.parse_args()
    if given.peer:
        return be_peer(*given.peer)
    if not given.binary:
        arguments.error("the path of the release binary is needed")

    python = install(given.environment)
    print(f"{'edges':>8}  {'':10}{'process':>10}{'inside':>10}{'ratio':>9}{'inside ratio':>14}")
    with tempfile.TemporaryDirectory() as scratch:
        check_fingerprint(given.binary, Path(scratch), given.limit)
        for candidates, openings, choices, seats in MARKETS:
            path = Path(scratch) / "market.txt"
            path.write_text(glasgow(generate(candidates, openings, choices, seats)))
            ours, expected, _ = migiude(given.binary, path, given.limit)
            print(f"{candidates * choices:>8}  {'migiude':10}{ours * 1e3:>7.1f} ms")
            for name in PEERS:
                whole, text = timed([python, HERE, "--peer", name, path], given.limit)
                answer = json.loads(text) if whole is not None else {"failed": text}
                if "failed" in answer:
                    print(f"{'':8}  {name:10}{answer['failed']}")
                    continue
                inside = answer["inside"]
                print(
                    f"{'':8}  {name:10}{whole * 1e3:>7.0f} ms{inside * 1e3:>7.0f} ms"
                    f"{whole / ours:>8.0f}x{inside / ours:>13.0f}x"
                    f"{'' if answer['got'] == expected else '   ANOTHER MATCHING'}"
                )


if __name__ == "__main__":
    main()
