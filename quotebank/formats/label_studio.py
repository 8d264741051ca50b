"""Claims as Label Studio tasks: every claim a prediction that a person can correct, and the labelling configuration.

Task format: https://labelstud.io/guide/predictions, relations: https://labelstud.io/guide/task_format. Offsets are code
points, as Label Studio stores them.
"""

from __future__ import annotations

from collections.abc import Iterable
from os import PathLike
from pathlib import Path
from typing import Any

from quotebank.formats.articles_with_claims import Reading, each
from quotebank.formats.opened_files import Target, write_json
from quotebank.records import ACTS, FORCES, KINDS, Article, Claim
from quotebank.spans import Span

_CHOICES = "\n".join(
    f'  <Choices name="{name}" toName="text" perRegion="true" whenTagName="role" whenLabelValue="Content" '
    f'choice="single" showInline="true">\n'
    + "".join(f'    <Choice value="{value}"/>\n' for value in values)
    + "  </Choices>"
    for name, values in (("kind", KINDS), ("act", ACTS), ("force", FORCES))
)
LABELLING_CONFIG = f"""<View>
  <Labels name="role" toName="text">
    <Label value="Content" background="#4c7a9f"/>
    <Label value="Cue" background="#b5762a"/>
    <Label value="Source" background="#5d8a52"/>
  </Labels>
  <Relations>
    <Relation value="cue"/>
    <Relation value="source"/>
    <Relation value="continued"/>
  </Relations>
  <Text name="text" value="$text" granularity="word"/>
{_CHOICES}
  <Choices name="modality" toName="text" perRegion="true" whenTagName="role" whenLabelValue="Content" choice="multiple">
    <Choice value="negated"/>
    <Choice value="conditional"/>
  </Choices>
  <TextArea name="speaker" toName="text" perRegion="true" whenTagName="role" whenLabelValue="Content" rows="1"/>
</View>
"""
"""The labelling configuration to paste into a project's settings before its tasks are imported."""


def label_studio_tasks(
    readings: Iterable[Reading] | Reading, *, model_version: str = "quotebank"
) -> list[dict[str, Any]]:
    """The articles as Label Studio tasks, to be written as one JSON array and imported.

    The text is `data.text`, with the article's other fields beside it; the claims are one prediction, whose score is
    the mean confidence. Every piece of content, cue and source is a region; relations lead from the first piece of the
    content to its cue and source, and from each piece to the next ("continued"). Kind, act, force and speaker stand at
    the first piece of the content.
    """
    return [_task(article, claims, model_version) for article, claims in each(readings)]


def _task(article: Article, claims: tuple[Claim, ...], model_version: str) -> dict[str, Any]:
    data: dict[str, Any] = {"text": article.text, "id": article.id}
    for name in ("url", "publisher", "title"):
        if getattr(article, name) is not None:
            data[name] = getattr(article, name)
    if article.published is not None:
        data["published"] = article.published.isoformat()
    result = [item for number, claim in enumerate(claims) for item in _claim_items(article.text, claim, number)]
    score = sum(claim.confidence for claim in claims) / len(claims) if claims else 0.0
    return {"data": data, "predictions": [{"model_version": model_version, "score": score, "result": result}]}


def _claim_items(text: str, claim: Claim, number: int) -> list[dict[str, Any]]:
    regions: list[dict[str, Any]] = []
    relations: list[dict[str, Any]] = []
    hub = f"{claim.id}-{number}-content-0"
    for role in ("content", "cue", "source"):
        spans = getattr(claim, role)
        for k, span in enumerate(spans):
            region = f"{claim.id}-{number}-{role}-{k}"
            regions.append(_item(region, ("role", "labels"), text, span, [role.capitalize()]))
            if k:
                relations.append(_relation(f"{claim.id}-{number}-{role}-{k - 1}", region, "continued"))
            elif role != "content" and claim.content:
                relations.append(_relation(hub, region, role))
    if claim.content:
        first = claim.content[0]
        chosen = {name: [getattr(claim, name)] for name in ("kind", "act", "force") if getattr(claim, name) is not None}
        modality = [name for name in ("negated", "conditional") if getattr(claim, name)]
        if modality:
            chosen["modality"] = modality
        regions += [_item(hub, (name, "choices"), text, first, values) for name, values in chosen.items()]
        if claim.speaker is not None:
            regions.append(_item(hub, ("speaker", "textarea"), text, first, [claim.speaker.name]))
    return regions + relations


def _item(region: str, control: tuple[str, str], text: str, span: Span, values: list[str]) -> dict[str, Any]:
    name, kind = control
    value: dict[str, Any] = {"start": span.start, "end": span.end, "text": span.slice(text)}
    value["text" if kind == "textarea" else kind] = values
    return {"id": region, "from_name": name, "to_name": "text", "type": kind, "value": value}


def _relation(start: str, end: str, label: str) -> dict[str, Any]:
    return {"type": "relation", "from_id": start, "to_id": end, "direction": "right", "labels": [label]}


def write_label_studio(readings: Iterable[Reading], file: Target) -> None:
    """Write the tasks, and beside a path the labelling configuration."""
    write_json(label_studio_tasks(readings), file)
    if isinstance(file, str | PathLike):
        Path(file).with_suffix(".config.xml").write_text(LABELLING_CONFIG, encoding="utf8")
