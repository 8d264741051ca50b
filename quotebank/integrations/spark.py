"""A corpus larger than a machine: the claims of a Spark DataFrame of articles (extra `[spark]`).

    from quotebank.integrations.spark import extract_claims

    claims = extract_claims(spark.read.parquet("articles/"), text="body", id="url")
    claims.write.parquet("claims/")

Every Python worker loads the models once and reads the articles of its partitions, a batch at a time; nothing is
collected. `DataFrame.mapInArrow`: https://spark.apache.org/docs/latest/api/python/user_guide/sql/arrow_pandas.html
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from quotebank.errors import ArgumentTypeError, ArgumentValueError, MissingExtraError, QuotebankError, shown
from quotebank.extractor import Extractor, default_extractor
from quotebank.formats import FIELDS, arrow_rows, arrow_schema, article_of

if TYPE_CHECKING:
    import pyarrow as pa
    from pyspark.sql import DataFrame

ROWS = 512  # claims that a worker gives back at a time
ERROR = "error"


def extract_claims(
    articles: DataFrame,
    *,
    text: str = "text",
    id: str = "id",  # noqa: A002 - as `Article` calls it
    url: str = "url",
    publisher: str = "publisher",
    title: str = "title",
    published: str = "published",
    extractor: Extractor | None = None,
) -> DataFrame:
    """The claims of `articles`, a DataFrame with an article a row, lazily: the same ones as `Extractor.extract` gives.

    `text`, `id`, `url`, `publisher`, `title` and `published` name the columns that hold an article's fields; where a
    column of the default name is not there, the field is unknown (an id is then the hash of the text). Give the
    articles ids: a claim says by `article_id` whose it is. `extractor`: what reads, by default `Extractor()`; it goes
    to the workers as its settings, not its models.

    The columns are those of Parquet files of claims: the fields of `Claim`, `article` with what is known of it, and
    `error`. A row that is no article, with no text or with a date that is none, gives one row in which `error` says
    why, `article_id` is its id where it has one, and all else is null. An article without claims gives no row.

    Raises `ArgumentTypeError` or `ArgumentValueError` where an argument cannot be used, `MissingExtraError` where
    pyspark is not installed. The workers need quotebank, too.
    """
    try:
        from pyspark.sql.pandas.types import from_arrow_schema  # noqa: PLC0415 - heavy, and only this needs it
    except ImportError as error:
        raise MissingExtraError(f"Spark needs pyspark: pip install 'quotebank[spark]' ({error})") from error
    columns = {"text": text, "id": id, "url": url, "publisher": publisher, "title": title, "published": published}
    if not hasattr(articles, "mapInArrow"):
        raise ArgumentTypeError(f"articles must be a Spark DataFrame; got {shown(articles)}")
    if extractor is not None and not isinstance(extractor, Extractor):
        raise ArgumentTypeError(f"extractor must be an Extractor or None; got {shown(extractor)}")
    there = set(articles.columns)
    for field, column in columns.items():
        if column not in there and (field == "text" or column != field):
            raise ArgumentValueError(
                f"{field} must name a column of articles ({', '.join(sorted(there))}); got {shown(column)}"
            )
    chosen = articles.select([f"`{columns[field]}`" for field in FIELDS if columns[field] in there])
    claims = partial(_claims, columns=columns, settings=None if extractor is None else extractor.settings)
    return chosen.mapInArrow(claims, from_arrow_schema(_schema()))


def _schema() -> pa.Schema:
    import pyarrow as pa  # noqa: PLC0415 - as above

    return arrow_schema().append(pa.field(ERROR, pa.string()))


def _claims(
    batches: Iterable[pa.RecordBatch], *, columns: Mapping[str, str], settings: Mapping[str, Any] | None
) -> Iterator[pa.RecordBatch]:
    """In a worker: batches of articles to batches of claims."""
    import pyarrow as pa  # noqa: PLC0415 - as above

    extractor = default_extractor() if settings is None else Extractor.kept(settings)
    schema = _schema()
    rows: list[dict[str, Any]] = []
    for batch in batches:
        for record in batch.to_pylist():
            rows += _rows(extractor, record, columns)
            if len(rows) >= ROWS:
                yield pa.RecordBatch.from_pylist(rows, schema=schema)
                rows = []
    if rows:
        yield pa.RecordBatch.from_pylist(rows, schema=schema)


def _rows(extractor: Extractor, record: Mapping[str, Any], columns: Mapping[str, str]) -> list[dict[str, Any]]:
    try:
        article = article_of(record, columns, "the row")
        return list(arrow_rows(article, extractor.extract(article)))
    except QuotebankError as error:
        given = record.get(columns["id"])
        return [{"article_id": None if given is None else str(given), ERROR: str(error)}]
