"""What a kind file says: labels, properties, vocabularies. Nothing in a file is ignored."""

from collections.abc import Mapping
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

PropertyType = Literal["text", "integer", "flag", "day", "point", "polygon", "choice", "extra"]
"""`extra` is a JSON object that is kept as it came and never read."""


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, populate_by_name=True)


class Label(_Model):
    """A word in both languages."""

    nl: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def label(self, language: str) -> str:
        """Return it in English for `en`, else in Dutch."""
        return self.en if language == "en" else self.nl


class Property(_Model):
    """One property of a kind.

    `least` and `most` bound a number, or (`most`) the length of a text in characters; `many` makes
    it a list.
    """

    type: PropertyType = "choice"
    vocabulary: str | None = None
    many: bool = False
    required: bool = False
    least: int | None = None
    most: int | None = None
    label: Label

    @model_validator(mode="after")
    def _one_way_to_say_choice(self) -> Self:
        if (self.type == "choice") != (self.vocabulary is not None):
            raise ValueError("a choice names its vocabulary, and nothing else does")
        return self


class Kind(_Model):
    """A kind of node. `private` names whose consent or file it hangs on; None is public.

    `keep_months` counts from when the file is closed. What is `kept_by_law` stays until then,
    without a name, also when the inhabitant asks to be erased; `because` says which law.
    """

    name: Annotated[str, Field(pattern=r"^[A-Z][A-Za-z]+$")]
    label: Label
    private: Literal["file"] | None = None
    keep_months: int | None = None
    kept_by_law: bool = False
    because: Label | None = None
    properties: Mapping[str, Property] = Field(default_factory=dict)


class RelationshipKind(_Model):
    """A kind of relationship, read from source to target, and `inverse` the other way round."""

    name: Annotated[str, Field(pattern=r"^[A-Z_]+$")]
    label: Label
    inverse: Label
    sources: Annotated[tuple[str, ...], Field(alias="from", strict=False)]
    targets: Annotated[tuple[str, ...], Field(alias="to", strict=False)]
    to_itself: bool = True
    private: Literal["file", "owner"] | None = None
    keep_months: int | None = None
    properties: Mapping[str, Property] = Field(default_factory=dict)


class BesideKind(_Model):
    """Something that is kept beside the graph. `since` is its day, or `file`: of whom it is."""

    label: Label
    keep_months: Annotated[int, Field(ge=0)]
    since: str


class BesideFile(_Model):
    """`vocabularies/beside.yaml`."""

    kinds: Mapping[str, BesideKind]


class Vocabulary(_Model):
    """The values that a property may have, in the order in which they are offered."""

    name: str
    label: Label
    values: Mapping[str, Label]

    def choices(self, language: str) -> list[tuple[str, str]]:
        """Return (value, label) pairs."""
        return [(value, label.label(language)) for value, label in self.values.items()]


class NeedTerm(_Model):
    """A term of the needs taxonomy as the file has it."""

    label: Label
    parent: str | None = None
    synonyms_nl: Annotated[tuple[str, ...], Field(strict=False)] = ()
    synonyms_en: Annotated[tuple[str, ...], Field(strict=False)] = ()


class PriorsFile(_Model):
    """`vocabularies/priors.yaml`."""

    source: Label
    beta: Mapping[str, Annotated[tuple[float, float], Field(strict=False)]]
    by_closeness: Mapping[int, float]
    by_contact: Mapping[str, float]
    strength_unknown: float


class ContactLine(_Model):
    """A line of `vocabularies/direct_line.yaml`."""

    name: Label
    phone: str
    text: Label


class DirectLineFile(_Model):
    """`vocabularies/direct_line.yaml`."""

    lines: Annotated[tuple[ContactLine, ...], Field(strict=False)]


_Phrases = Mapping[str, Annotated[tuple[str, ...], Field(strict=False)]]


class Spoken(_Model):
    """`vocabularies/spoken.yaml`: by value of a vocabulary, the phrases that people say for it.

    `small` are words that say nothing by themselves ("mijn dochter").
    """

    name: str
    chips: Annotated[tuple[str, ...], Field(strict=False)]
    kind: _Phrases
    contact: _Phrases
    closeness: _Phrases
    support: _Phrases
    valence: _Phrases
    household: Annotated[tuple[str, ...], Field(strict=False)]
    carer: Annotated[tuple[str, ...], Field(strict=False)]
    small: Annotated[tuple[str, ...], Field(strict=False)]
