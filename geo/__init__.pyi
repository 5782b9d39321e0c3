from geo.aggregate import count_claims as count_claims
from geo.aggregate import filter_claims as filter_claims
from geo.boundaries import join_provinces as join_provinces
from geo.boundaries import read_boundaries as read_boundaries
from geo.extraction import extract as extract
from geo.pipeline import PipelineOptions as PipelineOptions
from geo.pipeline import run_extract as run_extract
from geo.pipeline import run_map as run_map
from geo.read import read_documents as read_documents
from geo.render.atlas import AtlasInfo as AtlasInfo
from geo.render.atlas import build_atlas as build_atlas
from geo.render.figure import FigureOptions as FigureOptions
from geo.render.figure import draw_figure as draw_figure
from geo.render.figure import write_figure as write_figure
from geo.report import ReportOptions as ReportOptions
from geo.report import write_report as write_report
from geo.saved import read_saved as read_saved
from geo.store import read_claims as read_claims

__version__: str
