"""Values of vocabularies and needs, recognised by the words that people type for them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from netwerk.domain.comparing import plain
from netwerk.domain.directory import Need
from netwerk.schema import Schema

_SURE: Final = 88.0
_MEANT: Final = 55.0
_OTHER_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "organization_kind": {
        "school": "basisschool, middelbare school, onderwijs, po, vo, mbo, kinderopvang",
        "gp_practice": "huisarts, huisartsen, huisartsenpost, gp, dokter, praktijk",
        "church": "parochie, gemeente van christus, pkn, kerkgenootschap, kerkelijk, parish",
        "mosque": "islamitisch centrum, masjid",
        "civic_initiative": "bewonersinitiatief, bewonersgroep, buurtinitiatief,"
        " vrijwilligersgroep, vrijwilligersorganisatie, stichting, wijkinitiatief, volunteers",
        "welfare": "welzijnsorganisatie, welzijnswerk, maatschappelijk werk, sociaal werk",
        "sports_club": "sport, sportvereniging, voetbalclub, vereniging, sportschool",
        "community_centre": "buurthuis, wijkcentrum, buurtcentrum, dorpshuis, gemeenschapshuis,"
        " inloophuis, buurtkamer, mfa",
        "library": "bieb, openbare bibliotheek",
        "housing_association": "woningbouw, corporatie, woningbouwvereniging, wooncorporatie",
        "specialist_provider": "ggz, zorgaanbieder, thuiszorg, jeugdzorg, zorginstelling, zorg",
        "municipality": "gemeentelijk, gemeentehuis, wmo loket",
        "other": "overig, overige, diversen, onbekend",
    },
    "contact_role": {
        "pastor": "dominee, priester, pastoor, predikant, voorganger",
        "school_care_coordinator": "intern begeleider, ib er, ib, zorgcoordinator, zoco",
        "practice_nurse": "poh, praktijkondersteuner ggz",
        "chair": "voorzitster, bestuurslid, bestuur, secretaris, penningmeester",
        "manager": "directeur, teamleider, eigenaar, directie, locatiemanager",
        "district_officer": "wijkconsulent, huismeester",
        "volunteer_coordinator": "vrijwilligerscoordinator, coordinator",
        "consultant": "adviseur, maatschappelijk werker, sociaal werker",
        "contact": "contact, aanspreekpunt, medewerker, receptie",
    },
    "formality": {
        "informal": "vrijwillig, vrijwilligers, vrij toegankelijk",
        "general": "algemeen, formeel, vrij, zonder indicatie",
        "specialist": "maatwerk, beschikking, indicatie, wmo, met indicatie",
    },
    "delivery": {
        "on_site": "locatie, ter plaatse, inloop, fysiek",
        "at_home": "thuis, aan huis, huisbezoek",
        "online": "telefonisch, digitaal, telefoon, website",
    },
    "payment": {
        "free": "gratis, geen, nee, kosteloos, 0",
        "contribution": "bijdrage, vrijwillige bijdrage, kleine bijdrage",
        "paid": "betaald, ja",
    },
}
_LANGUAGES: Final = {
    "nl": "nederlands, dutch",
    "en": "engels, english",
    "de": "duits, german",
    "fr": "frans, french",
    "es": "spaans, spanish",
    "tr": "turks, turkish",
    "ar": "arabisch, arabic, marokkaans",
    "ber": "berbers, tamazight",
    "pl": "pools, polish",
    "uk": "oekraiens, ukrainian",
    "ru": "russisch, russian",
    "so": "somalisch, somali",
    "ti": "tigrinya, eritrees",
    "fa": "farsi, perzisch, persian, dari",
    "pap": "papiaments, papiamento",
    "ku": "koerdisch, kurdish",
    "zh": "chinees, chinese",
    "bg": "bulgaars, bulgarian",
    "ro": "roemeens, romanian",
    "pt": "portugees, portuguese",
    "vi": "vietnamees, vietnamese",
}


@dataclass(frozen=True, slots=True)
class Terms:
    """The words for each value of one kind, and what they mean."""

    words: Mapping[str, str]
    labels: Mapping[str, str]
    _met: dict[str, tuple[str | None, str]] = field(default_factory=dict)

    def find(self, typed: str) -> tuple[str | None, str]:
        """Return the value that is meant, or None with the label of what may be meant."""
        said = plain(typed)
        if typed in self.labels:
            return typed, ""
        if said not in self._met:
            self._met[said] = self._look(said)
        return self._met[said]

    def _look(self, said: str) -> tuple[str | None, str]:
        if said in self.words:
            return self.words[said], ""
        close = [(fuzz.ratio(said, word), word) for word in self.words if len(word) > 3]
        likeness, word = max(close, default=(0.0, ""))
        if likeness >= _SURE:
            return self.words[word], ""
        return None, self.labels[self.words[word]] if likeness >= _MEANT else ""


@dataclass(frozen=True, slots=True)
class Words:
    """Everything that is recognised by its words, in the reader's language where it is said."""

    vocabularies: Mapping[str, Terms]
    needs: Terms
    languages: Terms


def words_of(schema: Schema, needs: Iterable[Need], language: str) -> Words:
    """Return the words of this schema, and of the needs of this store."""
    return Words(
        vocabularies={name: _of_vocabulary(schema, name, language) for name in _OTHER_WORDS},
        needs=_of_needs(needs, language),
        languages=Terms(
            {word: code for code, said in _LANGUAGES.items() for word in (code, *said.split(", "))},
            {code: code for code in _LANGUAGES},
        ),
    )


def _of_vocabulary(schema: Schema, name: str, language: str) -> Terms:
    values = schema.vocabularies[name].values
    known: dict[str, str] = {}
    for value, label in values.items():
        own = (value, label.nl, label.en, *_OTHER_WORDS[name].get(value, "").split(","))
        for word in own:
            known.setdefault(plain(word), value)
    known.pop("", None)
    return Terms(known, {value: label.label(language) for value, label in values.items()})


def _of_needs(needs: Iterable[Need], language: str) -> Terms:
    every = sorted(needs, key=lambda need: (need.parent is None, need.id))
    known: dict[str, str] = {}
    # A label comes before every synonym, and what lies deeper before its life domain.
    for need in every:
        for word in (need.id, need.label_nl, need.label_en):
            known.setdefault(plain(word), need.id)
    for need in every:
        for word in (*need.synonyms_nl, *need.synonyms_en):
            known.setdefault(plain(word), need.id)
    known.pop("", None)
    return Terms(known, {need.id: need.label(language) for need in every})
