"""The questions of `benches/search.rs`, asked of SQLite FTS5 (trigram) and of PostgreSQL with pg_trgm over the same texts.

    MIGIUDE_BENCH_TEXTS=target/texts.jsonl cargo bench --bench search
    python3 benches/peers/search.py target/texts.jsonl [--database URL]

The database must have a locale of UTF-8, such as C.UTF-8: in the plain C locale pg_trgm sees no Japanese.

Run by hand: no build and no test calls it. Both peers count what they find and read the first twenty rows, best first where
they can rank. Neither has synonyms, facets, marks or reasons, and neither knows what a word is.
"""

import argparse
import json
import os
import sqlite3
import subprocess
import tempfile
import time

QUESTIONS = [
    "番頭", "右腕 週1", "事業承継", "後継者 酒蔵", "酒", "旅館の若女将", "経理", "営業 リモート", "マーケティング",
    "ﾏｰｹﾃｨﾝｸﾞ", "マーケテイング", "kintone", "海外展開", "工場長", "人事 採用", "商品開発",
    "社長の右腕として新しい売り先を探す仕事", "京都", "副業 週一 デザイン", "DX", "製造業", "宇宙飛行士",
]
TIMES = 5


def texts(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)["text"]


def report(name, count, seconds, size, times, found):
    times.sort()
    at = lambda share: times[int((len(times) - 1) * share)]
    print(f"{name:<24} {count / seconds:>8.0f} documents/s {size / 1024 / count:>6.2f} KB a document"
          f"   p50 {at(0.5):>8.1f} ms   p99 {at(0.99):>8.1f} ms")
    for question, total in found:
        print(f"    {total:>7}  {question}")


def sqlite(path):
    with tempfile.TemporaryDirectory() as folder:
        database = sqlite3.connect(os.path.join(folder, "peer.db"))
        database.execute("CREATE VIRTUAL TABLE texts USING fts5(text, tokenize = 'trigram')")
        begun = time.perf_counter()
        count = 0
        for text in texts(path):
            database.execute("INSERT INTO texts (text) VALUES (?)", (text,))
            count += 1
        database.commit()
        seconds = time.perf_counter() - begun
        size = os.path.getsize(os.path.join(folder, "peer.db"))
        times, found = [], []
        for question in QUESTIONS:
            words = question.split()
            # Fewer than three characters are no trigram and are looked for in every text. LIKE would ask the index all the same,
            # where it takes the bytes of two kanji for enough, and finds nothing.
            indexed = [word for word in words if len(word) >= 3]
            others = [word for word in words if len(word) < 3]
            where, values = [], []
            if indexed:
                where.append("texts MATCH ?")
                values.append(" AND ".join('"' + word.replace('"', '""') + '"' for word in indexed))
            for word in others:
                where.append("instr(text, ?) > 0")
                values.append(word)
            order = " ORDER BY rank" if indexed else ""
            total = 0
            for _ in range(TIMES):
                begun = time.perf_counter()
                condition = " AND ".join(where)
                total = database.execute(f"SELECT count(*) FROM texts WHERE {condition}", values).fetchone()[0]
                database.execute(f"SELECT text FROM texts WHERE {condition}{order} LIMIT 20", values).fetchall()
                times.append((time.perf_counter() - begun) * 1000)
            found.append((question, total))
        report("SQLite FTS5 trigram", count, seconds, size, times, found)


def psql(url, script):
    call = ["psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1", url]
    return subprocess.run(call, input=script, text=True, capture_output=True, check=True).stdout


def postgres(path, url):
    psql(url, "CREATE EXTENSION IF NOT EXISTS pg_trgm; DROP TABLE IF EXISTS peer_texts;"
              "CREATE TABLE peer_texts (text TEXT NOT NULL);"
              "CREATE INDEX peer_texts_trgm ON peer_texts USING gin (text gin_trgm_ops);")
    quoted = lambda text: text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    rows = [quoted(text) for text in texts(path)]
    begun = time.perf_counter()
    psql(url, "COPY peer_texts FROM STDIN;\n" + "\n".join(rows) + "\n\\.\n")
    seconds = time.perf_counter() - begun
    size = int(psql(url, "SELECT pg_total_relation_size('peer_texts');"))
    times, found = [], []
    for question in QUESTIONS:
        literal = lambda word: "'%" + word.replace("'", "''") + "%'"
        condition = " AND ".join(f"text LIKE {literal(word)}" for word in question.split())
        total = f"SELECT count(*) FROM peer_texts WHERE {condition};"
        page = f"SELECT md5(text) FROM peer_texts WHERE {condition} LIMIT 20;"
        out = psql(url, "\\timing on\n" + (total + "\n" + page + "\n") * TIMES).splitlines()
        spent = [float(line.split()[1]) for line in out if line.startswith("Time:")]
        times.extend(sum(spent[at:at + 2]) for at in range(0, len(spent), 2))
        found.append((question, int(out[0])))
    psql(url, "DROP TABLE peer_texts;")
    report("PostgreSQL pg_trgm", len(rows), seconds, size, times, found)


def main():
    arguments = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    arguments.add_argument("texts", help="JSON lines, as the bench writes them")
    arguments.add_argument("--database", help="a PostgreSQL database to try pg_trgm in")
    asked = arguments.parse_args()
    sqlite(asked.texts)
    if asked.database:
        postgres(asked.texts, asked.database)


main()
