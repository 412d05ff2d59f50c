"""What stands beside the shipped records for programs says what they are."""

from __future__ import annotations

import hashlib
import json

from geodata.account.package import DATASET, PACKAGE, data_package, main, schema_org
from geodata.datasets import CREDIT, RECORDS_DIR, shipped_files


def test_what_is_shipped_is_what_follows_from_the_records(shipped):
    for name, made in ((PACKAGE, data_package(shipped)), (DATASET, schema_org(shipped))):
        assert json.loads((RECORDS_DIR / name).read_text("utf-8")) == made, f"run make data: {name}"


def test_every_record_file_is_named_with_its_checksum(shipped):
    told = {one["path"]: one for one in data_package(shipped)["resources"]}
    assert {path.name for path in shipped_files()} <= set(told)
    for name, one in told.items():
        content = (RECORDS_DIR / name).read_bytes()
        assert one["bytes"] == len(content)
        assert one["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
    names = [one["name"] for one in told.values()]
    assert len(set(names)) == len(names)


def test_documents_credit_and_coverage_are_told(shipped):
    package, dataset = data_package(shipped), schema_org(shipped)
    documents = [one for one in shipped.sources if one.is_document]
    assert len(package["sources"]) == len(dataset["isBasedOn"]) == len(documents) == 5
    assert package["version"] == dataset["version"] == shipped.version
    assert CREDIT in package["description"]
    assert dataset["creditText"] == CREDIT
    first, _, last = dataset["temporalCoverage"].partition("/")
    starts = [one.span.start for one in shipped.incidents if one.span.has_start]
    assert (first, last) == (min(starts).isoformat(), "2024-12-31")
    assert {"name": "Iran", "@type": "Place"} in dataset["spatialCoverage"]


def test_writing_gives_the_same_bytes(tmp_path):
    main(tmp_path)
    for name in (PACKAGE, DATASET):
        assert (tmp_path / name).read_bytes() == (RECORDS_DIR / name).read_bytes()
