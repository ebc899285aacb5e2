"""What mkdocs calls: adds the generated pages, and writes the index for language models."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files

from codegen.pages import llms, pages

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Adds the pages of the reference."""
    for path, text in pages().items():
        files.append(File.generated(config, path, content=text))
    return files


def on_post_build(config: MkDocsConfig) -> None:
    """Writes ``llms.txt``: what there is to read, a line a page."""
    source = Path(config.docs_dir)
    text = llms.index(source, config.nav or [], config.site_url or "")
    (Path(config.site_dir) / "llms.txt").write_text(text)
