"""After a change of the corpus: split, facts and the two pages made anew."""

from __future__ import annotations

from extractors.events.coder import Coder
from extractors.events.corpus import pages
from extractors.events.corpus.facts import read_facts, write_facts
from extractors.events.corpus.read import load_texts
from extractors.events.corpus.split import write_split


def main() -> None:
    write_split()
    sentences, articles = load_texts()
    write_facts(Coder().parse)
    pages.update(pages.README, pages.readme_part(sentences, articles, read_facts()))
    pages.update(pages.CODEBOOK, pages.codebook_part(sentences))


if __name__ == "__main__":
    main()
