"""A parsed sentence of an article in, its actors out: who is named, and whom any noun phrase denotes."""

from extractors.events.actors.article import ActorTagger, ArticleActors
from extractors.events.actors.records import ActorMention, MentionKind
from extractors.events.actors.reporting import is_reporting_source
from extractors.events.actors.sentence import SentenceActors

__all__ = [
    "ActorMention",
    "ActorTagger",
    "ArticleActors",
    "MentionKind",
    "SentenceActors",
    "is_reporting_source",
]
