"""A job as one line of JSON in, pages.warc.gz and manifest.jsonl out: Scrapy in its own process.

`python -m extractors.fetch.worker FOLDER` reads the job from stdin. Progress goes to stdout, one JSON
object a line, the log to stderr. The process ends when its stdin is closed, so it does not outlive the
run that started it.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from scrapy.crawler import CrawlerProcess

from extractors.errors import CommuniqueError, SourceError, StageError
from extractors.fetch.archive import ArchiveWriter
from extractors.fetch.job import Job
from extractors.fetch.ledger import Ledger
from extractors.fetch.manifest import MANIFEST, PAGES, write_manifest
from extractors.fetch.spider import NightSpider
from extractors.orphans import leave_with_stdin
from extractors.sources.registry import WEB_KINDS

OUT_OF_TIME = "closespider_timeout"


def main(folder: Path) -> int:
    job = Job.model_validate_json(sys.stdin.buffer.readline())
    leave_with_stdin()
    try:
        crawl(job, folder)
    except CommuniqueError as error:
        _say(error=[type(error).__name__, error.what, error.where, error.next_step])
        return error.exit_code
    return 0


def crawl(job: Job, folder: Path) -> None:
    """Read the job's source into the folder.

    Raises:
        SourceError: its listing could not be read.
        StageError: the folder could not be written.
    """
    start = WEB_KINDS[job.source.kind].start(job.source)
    ledger = Ledger(
        source=job.source,
        night=job.night,
        history=job.history,
        on_progress=lambda done, total: _say(done=done, total=total),
    )
    try:
        with (folder / PAGES).open("wb") as stream:
            archive = ArchiveWriter(stream, night=job.night, source=job.source.name)
            archive.info(user_agent=job.user_agent, started_at=datetime.now(UTC))
            _run(job, {"job": job, "start": start, "ledger": ledger, "archive": archive})
        write_manifest(folder / MANIFEST, ledger.lines())
    except OSError as error:
        raise _cannot_write(folder, error) from error


def _run(job: Job, arguments: dict[str, Any]) -> None:
    process = CrawlerProcess(job.crawl_settings())
    crawler = process.create_crawler(NightSpider)
    process.crawl(crawler, **arguments)
    process.start()
    spider = crawler.spider
    if not isinstance(spider, NightSpider) or crawler.stats is None:
        raise StageError("the crawler did not start", where=job.source.name, next_step="see the log")
    if spider.broken:
        raise spider.broken
    if spider.problem:
        raise spider.problem
    reason = crawler.stats.get_value("finish_reason")
    if reason == OUT_OF_TIME and not spider.is_planned:
        raise SourceError(
            f"its listing was not read within time_limit_seconds ({job.source.time_limit_seconds:g})",
            where=f"{job.source.name} ({job.source.url})",
            next_step="run again later, or raise the limit in the sources file",
        )
    faults = crawler.stats.get_value("spider_exceptions/count")
    if reason not in {"finished", OUT_OF_TIME} or faults or not spider.is_planned:
        # An exit code and a log, not a message: the one who started us shows the end of the log.
        raise RuntimeError(f"the crawl is not whole: {reason}, {faults or 0} faults")


def _cannot_write(folder: Path, error: OSError) -> StageError:
    return StageError(
        f"the archive cannot be written: {error.strerror or error}",
        where=str(folder.parent),
        next_step="free space on that disk or correct its rights, then run the night again",
    )


def _say(**message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
