"""The address of moregrad on the web; no other place names it."""

REPOSITORY = "moregrad/moregrad"
"""Owner and name on GitHub."""

PAGES = "gh-pages"
"""The branch with the documentation and the notebooks, as `just docs` makes them."""

COLAB = "https://colab.research.google.com/github/{repository}/blob/{pages}/lessons/{name}.ipynb"


def colab(name: str) -> str:
    """Returns the address at which Google Colab opens the notebook `name`."""
    return COLAB.format(repository=REPOSITORY, pages=PAGES, name=name)
