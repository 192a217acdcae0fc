"""A rule and its base in words."""

from __future__ import annotations

from bot.domain.elections.rule import Counted, Rule
from bot.domain.elections.thresholds import Threshold
from bot.message.words import Html, Words


def rule_in_words(rule: Rule, base: int, words: Words) -> Html:
    """At least 25 percent of 400 residents: 100 signatures."""
    asked = rule.asked(base)
    signatures = words.count("elections.rule.needed", rule.needed(base))
    counted = base_in_words(rule.counted, base, words)
    if isinstance(asked, int):
        return words("elections.rule.flat", base=counted, signatures=signatures)
    key = "elections.rule.more_than" if asked.strict else "elections.rule.at_least"
    return words(key, share=_share(asked, words), base=counted, signatures=signatures)


def base_in_words(counted: Counted, base: int, words: Words) -> Html:
    """400 residents, in the case that "25 percent of" wants."""
    return words.count(f"elections.rule.{counted.value}", base)


def source_in_words(rule: Rule, words: Words) -> Html:
    """Where the rule comes from, and when that was looked up."""
    source = words(f"elections.source.{rule.source}")
    if rule.checked is None:
        return source
    return Html(f"{source} {words('elections.source.checked', date=words.date(rule.checked))}")


def _share(share: Threshold, words: Words) -> Html:
    """25 percent; 1/3 where percent wouldn't be exact."""
    hundredths, rest = divmod(10_000 * share.numerator, share.denominator)
    if rest:
        return Html(f"{share.numerator}/{share.denominator}")
    return words("elections.rule.percent", percent=words.number(hundredths / 100))
