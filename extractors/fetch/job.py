"""What the worker is told: the sources, the night, and the limits for each and for all of them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from extractors.fetch.limits import MAX_CRAWL_DELAY, MAX_RETRY_AFTER
from extractors.settings import Settings
from extractors.sources.model import Source


class Job(BaseModel):
    """One source of the night, read into `folder`."""

    model_config = ConfigDict(frozen=True)

    source: Source
    folder: Path
    timeout_seconds: float

    @property
    def window(self) -> int:
        """Requests of the source under way or waiting for their host; the others wait in its own queue."""
        return 2 * self.source.concurrency

    @property
    def overdue_seconds(self) -> float:
        """When the source is taken for hung: its limit and the longest end of its last pages."""
        queued = self.window * MAX_CRAWL_DELAY
        last_page = (self.source.retries + 1) * (self.timeout_seconds + MAX_RETRY_AFTER)
        return self.source.time_limit_seconds + queued + last_page


class Batch(BaseModel):
    """Goes to the worker as one line of JSON; the limits of the settings hold over all of its jobs."""

    model_config = ConfigDict(frozen=True)

    night: date
    home: Path
    jobs: tuple[Job, ...]
    allow_loopback: bool
    user_agent: str
    max_page_bytes: int
    concurrency: int
    requests_per_second: float
    sources_at_once: int

    @classmethod
    def of(cls, jobs: tuple[Job, ...], *, night: date, home: Path, settings: Settings) -> Batch:
        """The jobs' sources are alike in whether they may lead to this machine."""
        return cls(
            night=night,
            home=home,
            jobs=jobs,
            allow_loopback=all(job.source.allow_loopback for job in jobs),
            user_agent=settings.user_agent,
            max_page_bytes=settings.max_page_bytes,
            concurrency=settings.fetch_concurrency,
            requests_per_second=settings.fetch_requests_per_second,
            sources_at_once=settings.fetch_sources_at_once,
        )

    def crawl_settings(self) -> dict[str, Any]:
        """The settings of Scrapy for this batch; what is not here is Scrapy's default."""
        return {
            "USER_AGENT": self.user_agent,
            "ROBOTSTXT_OBEY": True,
            "ROBOTSTXT_USER_AGENT": self.user_agent.split("/")[0],
            "ALLOW_LOOPBACK": self.allow_loopback,
            "TWISTED_DNS_RESOLVER": "extractors.fetch.guard.GuardedResolver",
            "DOWNLOAD_HANDLERS": {
                **dict.fromkeys(("data", "file", "ftp", "s3")),
                **dict.fromkeys(("http", "https"), "extractors.fetch.handler.BoundedHandler"),
            },
            "DOWNLOADER": "extractors.fetch.downloader.SharedDownloader",
            "DOWNLOAD_MAXSIZE": self.max_page_bytes,
            "DOWNLOAD_WARNSIZE": 0,
            "DOWNLOAD_VERIFY_CERTIFICATES": True,
            "DOWNLOAD_DELAY": 0,
            "DOWNLOAD_DELAY_JITTER": 0,
            # The number of requests that leave is bounded by the downloader, those that wait by each
            # source's window; a bound on both together would let slow hosts keep out the others.
            "CONCURRENT_REQUESTS": 0,
            "CONCURRENT_REQUESTS_PER_DOMAIN": 16,
            "FETCH_CONCURRENCY": self.concurrency,
            "FETCH_REQUESTS_PER_SECOND": self.requests_per_second,
            "AUTOTHROTTLE_ENABLED": True,
            "REDIRECT_MAX_TIMES": 5,
            # First in, first out: the latest pages first, as the plan has them.
            "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
            "HTTPERROR_ALLOW_ALL": True,
            "METAREFRESH_ENABLED": False,
            "COOKIES_ENABLED": False,
            "REFERER_ENABLED": True,
            "REFERRER_POLICY": "no-referrer",
            # A proxy would resolve names itself, out of reach of the address rules.
            "HTTPPROXY_ENABLED": False,
            "TELNETCONSOLE_ENABLED": False,
            "REMOTE_CONTROL_ENABLED": False,
            "DEFAULT_REQUEST_HEADERS": {
                "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            },
            "DOWNLOADER_MIDDLEWARES": {
                "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
                "extractors.fetch.guard.AddressGuard": 50,
                "extractors.fetch.polite.PoliteRobots": 100,
                "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
                "extractors.fetch.polite.PatientRetry": 550,
                "extractors.fetch.guard.RefusalTeller": 650,
                "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
                "extractors.fetch.recorder.Recorder": 880,
            },
            "EXTENSIONS": {
                "scrapy.extensions.throttle.AutoThrottle": None,
                "extractors.fetch.polite.PoliteThrottle": 0,
                "scrapy.extensions.memusage.MemoryUsage": None,
            },
            "LOG_LEVEL": "INFO",
            "LOG_COLOR": False,
        }
