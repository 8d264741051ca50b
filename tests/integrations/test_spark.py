"""Spark: the same claims as one process finds, on a real cluster of two workers with one core each."""

from __future__ import annotations

import os
import shutil
import sys
import warnings

import attrs
import pytest

import quotebank
from quotebank.errors import ArgumentTypeError, ArgumentValueError
from tests.conftest import ARTICLES, ROOT

if shutil.which("java") is None:
    warnings.warn("NO JAVA: Spark is NOT tested; apt-get install default-jre-headless", stacklevel=1)
    pytest.skip("there is no Java for Spark", allow_module_level=True)
pytest.importorskip("pyspark", reason="pyspark is not installed: pip install 'quotebank[spark]'")

pytestmark = [pytest.mark.enable_socket, pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def spark(tmp_path_factory):
    from pyspark.sql import SparkSession

    folder = tmp_path_factory.mktemp("spark")
    path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    settings = {
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": path,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(folder),
        "PYTHONWARNINGS": "ignore",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in settings.items():
            patch.setenv(name, value)
        builder = SparkSession.builder.master("local-cluster[2,1,1024]")
        for name, value in {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.executorEnv.PYTHONPATH": path,
            "spark.sql.shuffle.partitions": "2",
            "spark.sql.warehouse.dir": str(folder),
            "spark.ui.showConsoleProgress": "false",
        }.items():
            builder = builder.config(name, value)
        session = builder.getOrCreate()
        session.sparkContext.setLogLevel("ERROR")
        yield session
        session.stop()


def test_the_same_claims_as_in_one_process_and_bad_rows_in_a_column(spark, extractor, tmp_path):
    from quotebank.integrations.spark import extract_claims

    articles = [
        quotebank.Article(text=path.read_text(encoding="utf8"), id=path.stem, title=path.stem, published="2026-11-22")
        for path in sorted(ARTICLES.glob("*.txt"))[:4]
    ]
    rows = [(a.text, a.id, a.title, "2026-11-22") for a in articles]
    rows += [(None, "empty", None, None), ("“Yes,” she said.", "undated", None, "soon")]
    frame = spark.createDataFrame(rows, "body string, name string, title string, published string").repartition(2)
    extract_claims(frame, text="body", id="name").write.parquet(str(tmp_path / "claims"))

    found = spark.read.parquet(str(tmp_path / "claims"))
    bad = {row.article_id: row.error for row in found.where("error is not null").collect()}
    assert set(bad) == {"empty", "undated"}
    assert "no text" in bad["empty"]
    assert "ISO 8601" in bad["undated"]
    parts = sorted((tmp_path / "claims").glob("*.parquet"))
    found.where("error is null").drop("error").write.parquet(str(tmp_path / "good"))
    read = [
        pair
        for part in sorted((tmp_path / "good").glob("*.parquet"))
        for pair in quotebank.read_claims(part, with_article=True)
    ]
    expected = {c: quotebank.Reference.to(a) for a in articles for c in extractor.extract(a)}
    assert parts
    assert len(read) == len(expected)
    assert {claim: about for about, claim in read} == expected


def test_wrong_arguments(spark):
    from quotebank.integrations.spark import extract_claims

    frame = spark.createDataFrame([("x",)], "body string")
    with pytest.raises(ArgumentValueError, match=r"text must name a column of articles \(body\); got 'text'"):
        extract_claims(frame)
    with pytest.raises(ArgumentValueError, match="title must name"):
        extract_claims(frame, text="body", title="headline")
    with pytest.raises(ArgumentTypeError, match="Spark DataFrame"):
        extract_claims([attrs.asdict(quotebank.Span(0, 1))])
    with pytest.raises(ArgumentTypeError, match="extractor must be"):
        extract_claims(frame, text="body", extractor="fast")
