"""Claims to work with: choose, count, map, save; every answer is an ordinary table or figure."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass, replace

import geopandas as gpd
import pandas as pd

from geo import schema
from geo.api.choice import Choice, choose
from geo.api.counts import count_by, count_provinces
from geo.api.outlets import Outputs
from geo.api.run import Explanation, explain_claim, summarise
from geo.api.shapes import Shapes
from geo.api.show import render_table
from geo.errors import UsageError

__all__ = ["Claims"]

_SHOWN = 5
_HTML_COLUMNS = ("province", "claim_type", "stance", "attributed_to", "year", "publisher", "sentence")
_PathLike = str | os.PathLike[str]
Years = int | tuple[int | None, int | None] | range | None
"""A year, first and last year with both ends (``None`` is open), or a range of years."""


@dataclass(frozen=True, slots=True, repr=False, eq=False)
class Claims(Outputs):
    """Claims that were found in texts, and what a choice of them says; made by `geo.extract` and `geo.load`.

    A claim is one statement, made by someone, that al-Qaeda has or does something in
    a place. It is not a fact. Nothing changes a `Claims`: `filter` gives another one,
    and tables are copies, so that they may be changed at will.

    To begin with, claims about al-Qaeda and AQIS are chosen that no reviewer rejected;
    ``filter(group="all", review="all")`` chooses everything.

    Examples
    --------
    >>> import geo
    >>> texts = ["In January 2023 the UN said that al-Qaeda has training camps in Ghazni and Parwan."]
    >>> claims = geo.extract(geo.read_texts(texts))
    >>> claims
    <Claims: 2 claims; 2 provinces; 1 of 1 document; 1 story; 1 independent source; 2023>
    >>> claims.filter(province="غزنی").frame["claim_type"].to_list()
    ['training_camp']
    """

    @property
    def frame(self) -> pd.DataFrame:
        """The chosen claims, one row each: columns of ``claims.csv``, ``<NA>`` for an unknown year."""
        return self._chosen.reset_index(drop=True)

    @property
    def mentions(self) -> pd.DataFrame:
        """Every place found in the texts, whatever is chosen: columns of ``mentions.csv``."""
        return self._run.mentions.copy(deep=False)

    @property
    def documents(self) -> pd.DataFrame:
        """Every document read, whatever is chosen; if only a table was loaded, those with a claim."""
        return self._run.documents.copy(deep=False)

    @property
    def skipped(self) -> pd.DataFrame:
        """What was not read or not analysed; columns ``path``, ``reason``."""
        rows = ({"path": item.path, "reason": item.reason} for item in self._run.not_read)
        return schema.make_frame(rows, ("path", "reason"))

    def with_frame(self, frame: pd.DataFrame) -> Claims:
        """Return claims with another table in place of this one: the way back from pandas.

        Documents, mentions and shapes stay. Corrections go in here (``review``), and so
        do choices that `filter` has no word for.

        Parameters
        ----------
        frame
            Columns of ``claims.csv``; more are kept.

        Raises
        ------
        SchemaError
            If columns are missing or hold values that the contract does not allow.
        UsageError
            If a row comes from a document that was not read here.

        Examples
        --------
        >>> import geo
        >>> claims = geo.extract("seeds")
        >>> table = claims.frame
        >>> numbered = claims.with_frame(table[table["quantity"] != ""])
        >>> 0 < len(numbered) < len(claims)
        True
        """
        table = schema.check_claims(frame.reset_index(drop=True))
        if unknown := sorted(set(table["doc_id"]) - set(self._run.documents["doc_id"])):
            raise UsageError(
                f"claims of documents not read here: {', '.join(unknown[:5])}. Load their own run."
            )
        kept = Choice(group=self._choice.group, review=self._choice.review)
        return Claims(replace(self._run, claims=table), kept, self._shapes)

    def filter(
        self,
        *,
        type: str | Sequence[str] | None = None,
        year: Years = None,
        published: Years = None,
        source: str | Sequence[str] | None = None,
        publisher: str | Sequence[str] | None = None,
        province: str | Sequence[str] | None = None,
        stance: str | Sequence[str] | None = None,
        group: str | Sequence[str] | None = None,
        basis: str | Sequence[str] | None = None,
        review: str | Sequence[str] | None = None,
        text: str | Sequence[str] | None = None,
    ) -> Claims:
        """Return the claims that also meet all these conditions.

        Each takes one value or several, of which one must hold.

        Parameters
        ----------
        type
            ``presence``, ``training_camp``, ``safe_house``, ``weapons_depot``, ``madrasa``,
            ``media``, ``official_post``, ``finance``, ``operation``.
        year
            The year claimed: ``2021``, ``(2019, 2021)`` with both ends, ``(2019, None)`` or
            a ``range``. Undated claims are then left out.
        published
            The year it was printed, written as ``year``; documents without a date are left out.
        source
            Whom the text credits: ``un``, ``government``, ``taliban``, ``militant``,
            ``analyst``, ``media``, ``anonymous``, ``author``.
        publisher
            Who printed it, as in the table; ``""`` where that is not stated.
        province
            ISO code (``AF-GHA``) or name, in any spelling or script the gazetteer knows.
        stance
            ``affirmed``, ``denied``, ``uncertain``.
        group
            ``al-qaeda``, ``aqis``, another group of the table, or ``all``.
        basis
            How the place is given: ``named``, ``place``, ``region``, ``direction``, ``country``.
        review
            ``unreviewed``, ``accepted``, ``rejected``, ``corrected``, or ``all``.
        text
            Words that must all occur in sentence, place, credited source, publisher or
            title; capitals and accents make no difference.

        Raises
        ------
        UsageError
            If a value is not known: what was expected, and what is near it.

        Examples
        --------
        >>> import geo
        >>> claims = geo.extract("seeds")
        >>> two = claims.filter(source="un", year=2023, province=["Nangrahar", "AF-KAB"])
        >>> two.frame["province"].to_list()
        ['Nangarhar', 'Kabul']
        >>> claims.filter(type="training camps")
        Traceback (most recent call last):
        geo.errors.UsageError: type 'training camps': not known. Did you mean 'training_camp'? Expected \
presence, training_camp, safe_house, weapons_depot, madrasa, media, official_post, finance, operation.
        """
        step = choose(
            publishers=self._run.documents["publisher"],
            groups=self._run.claims["group"],
            type=type,
            year=year,
            published=published,
            source=source,
            publisher=publisher,
            province=province,
            stance=stance,
            group=group,
            basis=basis,
            review=review,
            text=text,
        )
        return replace(self, _choice=self._choice.narrow(step))

    def with_boundaries(self, path: _PathLike, *, id_column: str = "") -> Claims:
        """Return the same claims on other province shapes; as ``--boundaries`` and ``--id-column``.

        A file that does not hold the 34 provinces is refused, with every fault named.
        """
        shapes = Shapes(os.fspath(path), id_column)
        shapes.read()
        return replace(self, _shapes=shapes)

    def count(self, by: str | Sequence[str] = ()) -> pd.DataFrame:
        """Count the chosen claims, by nothing or by facets.

        Parameters
        ----------
        by
            Columns of the table (``year``, ``attributed_to``, …) or the facets ``province``,
            ``type``, ``source``, ``basis``, ``published`` (year of publication). A claim for
            several years is counted in its first.

        Returns
        -------
        pandas.DataFrame
            One row for each combination that occurs, sorted: the facets' columns as the
            tables name them (``source`` is ``attribution_kind``), then ``claims``, ``documents``,
            ``stories`` (copies of one text are one), ``voices`` (independent sources, whatever
            they say: a story and whom it credits; all quotes of the UN for one year are one),
            and the measures of the maps: ``sources`` (voices that affirm a province or a place
            in it), ``sources_region`` (only its region), ``denied``, ``denied_region``,
            ``uncertain``. Claims for the whole country are counted, with an empty province.

        Examples
        --------
        >>> import geo
        >>> claims = geo.extract("seeds").filter(source="un")
        >>> claims.count(by="year")[["year", "documents", "voices"]]
           year  documents  voices
        0  2021          2       1
        1  2023          1       1
        """
        return count_by(self._chosen, by)

    def geo(self, by: str | Sequence[str] = ()) -> gpd.GeoDataFrame:
        """Return the provinces with their shapes and counts, in WGS84 (EPSG:4326).

        Parameters
        ----------
        by
            Nothing: 34 rows, one a province. Facets as in `count`: one row for each
            combination and province that occurs.

        Returns
        -------
        geopandas.GeoDataFrame
            ``province_id``, ``name_en``, ``name_fa``, ``name_ps``, ``area_km2``, the measures
            of `count`, ``geometry``. A count of 0 says that documents were read and none
            claims anything there; it is ``<NA>`` where nothing was read, or where `filter`
            left the province out. Claims for the whole country are in no row.

        Examples
        --------
        >>> import geo
        >>> provinces = geo.extract("seeds").geo()
        >>> len(provinces), str(provinces.crs)
        (34, 'EPSG:4326')
        """
        looked_at = self._choice.province_id or schema.PROVINCE_IDS if len(self._run.documents) else ()
        return count_provinces(self._chosen, self._shapes.read(), by=by, looked_at=looked_at)

    def points(self) -> gpd.GeoDataFrame:
        """Return the chosen claims, one row each, with a point inside the province, in WGS84.

        The point stands for the province and is not where anything happened; claims for
        the whole country have none.
        """
        from geo.store import locate_claims

        return locate_claims(self.frame, self._shapes.read())

    def explain(self, claim_id: str) -> Explanation:
        """Say why a claim was taken; the beginning of its id is enough, if no other begins so."""
        return explain_claim(self._run.claims, claim_id)

    def __repr__(self) -> str:
        return f"<Claims: {summarise(self._run, self._chosen, self._choice)}>"

    def _repr_html_(self) -> str:
        first = self._chosen[list(_HTML_COLUMNS)].head(_SHOWN)
        rows = first.astype("string").fillna("").to_numpy().tolist()
        more = f"; the first {_SHOWN} of them:" if len(self) > _SHOWN else ""
        return render_table(
            f"Claims: {summarise(self._run, self._chosen, self._choice)}{more}", _HTML_COLUMNS, rows
        )
