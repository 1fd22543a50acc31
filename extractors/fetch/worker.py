"""A batch in, an archive and a manifest for each of its sources out: Scrapy in a process of its own.

`python -m extractors.fetch.worker` reads the batch from stdin, as one line of JSON. What happens goes
to stdout, one JSON object a line: `{"source", "done", "total"}`, and last of each source
`{"source", "finished"}` (seconds) or `{"source", "error"}`. The log goes to stderr. The process ends when
its stdin is closed, so it does not outlive the run that started it.
"""

from __future__ import annotations

import json
import sys

from scrapy.crawler import CrawlerProcess

from extractors.fetch.job import Batch
from extractors.fetch.spider import NightSpider
from extractors.orphans import leave_with_stdin


def main() -> int:
    batch = Batch.model_validate_json(sys.stdin.buffer.readline())
    leave_with_stdin()
    process = CrawlerProcess(batch.crawl_settings())
    crawler = process.create_crawler(NightSpider)
    process.crawl(crawler, batch=batch, say=_say)
    process.start()
    reason = crawler.stats.get_value("finish_reason") if crawler.stats else "not started"
    if reason != "finished":
        # An exit code and a log, not a message: the one who started us shows the end of the log.
        raise RuntimeError(f"the crawl is not whole: {reason}")
    return 0


def _say(**message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
