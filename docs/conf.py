"""How the documentation is built: ``make docs`` writes it to build/docs, without a network."""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "docs" / "_ext")]

from geo import __version__  # noqa: E402

project = "province-mention-mapper"
author = "The province-mention-mapper maintainers"
copyright = "The province-mention-mapper maintainers; MIT licence"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "geo_docs"]
exclude_patterns = ["_ext", "_static"]
source_suffix = {".md": "markdown"}

nitpicky = True
default_role = "py:obj"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
maximum_signature_line_length = 88
napoleon_google_docstring = False
napoleon_use_rtype = False
add_module_names = False
python_use_unqualified_type_names = True

highlight_language = "none"
myst_enable_extensions = ["colon_fence", "tasklist"]
myst_heading_anchors = 4

html_theme = "furo"
html_title = f"province-mention-mapper {release}"
html_static_path = ["_static"]
html_css_files = ["docs.css"]
html_copy_source = False
html_show_sourcelink = False
# The previews of search results are fetched page by page, which a browser refuses to pages opened from disk.
html_show_search_summary = False
html_theme_options = {"navigation_with_keys": False, "top_of_page_buttons": []}
