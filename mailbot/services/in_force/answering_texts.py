"""A text that is newly said to answer: it must say more than the texts of the house that are known to answer nothing."""

from __future__ import annotations

from collections.abc import Iterator

from mailbot.composing import MailTemplates, classify_non_answer, specimens, specimens_of
from mailbot.composing.views.answer_view import MailView
from mailbot.model import ReplyEffect


def answering_nothing(held: MailTemplates, trial: MailTemplates) -> tuple[str, ...]:
    """A fault (Russian, with its place) for each phrase and letter that `trial` says answers and `held` did not, though it
    is no more than a retouched text that acknowledges or asks: its label alone answers nobody."""
    ready = tuple(_unanswering_texts(held))
    return tuple(
        f"{place}: «{name}» теперь записано как ответ, но по тексту только подтверждает, обещает или спрашивает: "
        f'обращения закрывались бы без ответа; допишите ответ или верните does = "{was or ReplyEffect.ACKNOWLEDGES}"'
        for place, name, was, texts in _newly_answering(held, trial)
        if texts and all(classify_non_answer(text, ready=ready) is not None for text in texts)
    )


def _newly_answering(
    held: MailTemplates, trial: MailTemplates
) -> Iterator[tuple[str, str, ReplyEffect | None, tuple[str, ...]]]:
    was = {snippet.name: snippet.does for snippet in held.snippets}
    for snippet in trial.snippets:
        if snippet.does is ReplyEffect.ANSWERS and was.get(snippet.name) is not ReplyEffect.ANSWERS:
            views = specimens(trial.channels, trial.zone)
            texts = tuple(trial.phrase(snippet, view) for view in views)
            yield f"templates/snippets.toml:{snippet.line}", snippet.title, was.get(snippet.name), texts
    for name, effect in trial.effects.items():
        if effect is ReplyEffect.ANSWERS and held.effects.get(name) is not ReplyEffect.ANSWERS:
            yield "rules/answers.toml:1", name, held.effects.get(name), tuple(_words(name, trial))


def _unanswering_texts(held: MailTemplates) -> Iterator[tuple[ReplyEffect, str]]:
    view = specimens(held.channels, held.zone)[0]
    for snippet in held.snippets:
        if snippet.does is not ReplyEffect.ANSWERS:
            yield snippet.does, held.phrase(snippet, view)
    for name, effect in held.effects.items():
        if effect is not ReplyEffect.ANSWERS:
            yield from ((effect, words) for words in _words(name, held))


def _words(name: str, templates: MailTemplates) -> Iterator[str]:
    views = (view for view in specimens_of(name, templates) if isinstance(view, MailView))
    yield from (words for view in views if (words := templates.words(name, view)).strip())
