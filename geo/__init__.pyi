from geo.aggregate import count_claims as count_claims
from geo.aggregate import filter_claims as filter_claims
from geo.api.claims import Claims as Claims
from geo.api.documents import Documents as Documents
from geo.api.documents import read as read
from geo.api.documents import read_texts as read_texts
from geo.api.start import extract as extract
from geo.api.start import load as load
from geo.boundaries import join_provinces as join_provinces
from geo.boundaries import read_boundaries as read_boundaries
from geo.errors import GeoError as GeoError
from geo.pipeline import PipelineOptions as PipelineOptions
from geo.pipeline import run_extract as run_extract
from geo.pipeline import run_map as run_map
from geo.reading import read_documents as read_documents
from geo.render.atlas import AtlasInfo as AtlasInfo
from geo.render.atlas import build_atlas as build_atlas
from geo.render.figure import FigureOptions as FigureOptions
from geo.render.figure import draw_figure as draw_figure
from geo.render.figure import make_figure as make_figure
from geo.render.figure import write_figure as write_figure
from geo.render.figure import write_figure_set as write_figure_set
from geo.report import ReportOptions as ReportOptions
from geo.report import write_report as write_report
from geo.saved import read_saved as read_saved
from geo.store import read_claims as read_claims

__version__: str
