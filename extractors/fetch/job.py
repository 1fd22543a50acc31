"""What the worker is told: one source, one night, what was seen before, and the limits."""

from __future__ import annotations

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from extractors.fetch.history import History
from extractors.fetch.limits import MAX_CRAWL_DELAY, MAX_RETRY_AFTER
from extractors.settings import Settings
from extractors.sources.model import Source


class Job(BaseModel):
    """Goes to the worker as one line of JSON."""

    model_config = ConfigDict(frozen=True)

    source: Source
    night: date
    history: History
    user_agent: str
    timeout_seconds: float
    max_page_bytes: int

    @classmethod
    def of(cls, source: Source, *, night: date, history: History, settings: Settings) -> Job:
        return cls(
            source=source,
            night=night,
            history=history,
            user_agent=settings.user_agent,
            timeout_seconds=source.timeout_seconds or settings.download_timeout_seconds,
            max_page_bytes=settings.max_page_bytes,
        )

    @property
    def deadline_seconds(self) -> float:
        """When the worker is taken for hung: the source's limit and the longest end of its last pages."""
        queued = self.source.concurrency * MAX_CRAWL_DELAY
        last_page = (self.source.retries + 1) * (self.timeout_seconds + MAX_RETRY_AFTER)
        return self.source.time_limit_seconds + queued + last_page

    def crawl_settings(self) -> dict[str, Any]:
        """The settings of Scrapy for this job; what is not here is Scrapy's default."""
        source = self.source
        return {
            "USER_AGENT": self.user_agent,
            "ROBOTSTXT_OBEY": True,
            "ROBOTSTXT_USER_AGENT": self.user_agent.split("/")[0],
            "ALLOW_LOOPBACK": source.allow_loopback,
            "TWISTED_DNS_RESOLVER": "extractors.fetch.guard.GuardedResolver",
            "DOWNLOAD_HANDLERS": dict.fromkeys(("data", "file", "ftp", "s3")),
            "DOWNLOAD_TIMEOUT": self.timeout_seconds,
            "DOWNLOAD_MAXSIZE": self.max_page_bytes,
            "DOWNLOAD_WARNSIZE": 0,
            "DOWNLOAD_VERIFY_CERTIFICATES": True,
            "DOWNLOAD_DELAY": source.delay_seconds,
            "DOWNLOAD_DELAY_JITTER": 0,
            "CONCURRENT_REQUESTS": 2 * source.concurrency,
            "CONCURRENT_REQUESTS_PER_DOMAIN": source.concurrency,
            "AUTOTHROTTLE_ENABLED": True,
            "AUTOTHROTTLE_START_DELAY": source.delay_seconds,
            "AUTOTHROTTLE_TARGET_CONCURRENCY": float(source.concurrency),
            "RETRY_TIMES": source.retries,
            "RETRY_WAIT_SECONDS": source.retry_wait_seconds,
            "REDIRECT_MAX_TIMES": 5,
            # First in, first out: the latest pages first, as the plan has them.
            "SCHEDULER_MEMORY_QUEUE": "scrapy.squeues.FifoMemoryQueue",
            "CLOSESPIDER_TIMEOUT": source.time_limit_seconds,
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
                "Accept-Language": "en" if source.language == "en" else f"{source.language},en;q=0.5",
            },
            "DOWNLOADER_MIDDLEWARES": {
                "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
                "extractors.fetch.polite.PoliteRobots": 100,
                "scrapy.downloadermiddlewares.retry.RetryMiddleware": None,
                "extractors.fetch.polite.PatientRetry": 550,
                "extractors.fetch.guard.AddressGuard": 650,
                "scrapy.downloadermiddlewares.httpcompression.HttpCompressionMiddleware": None,
                "extractors.fetch.recorder.Recorder": 880,
            },
            "EXTENSIONS": {
                "scrapy.extensions.throttle.AutoThrottle": None,
                "extractors.fetch.polite.PoliteThrottle": 0,
            },
            "LOG_LEVEL": "INFO",
            "LOG_COLOR": False,
        }
