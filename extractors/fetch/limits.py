"""How long the crawler lets a host make it wait, in seconds, and how much of it it listens to."""

MAX_CRAWL_DELAY = 60.0  # a page an hour would keep the night from ending
MAX_RETRY_AFTER = 60.0  # a host that wants a longer rest gets it: no further try tonight
MAX_BACKOFF = 30.0
MAX_HEADER_BYTES = 256 * 1024
LOG = "fetch.log"
