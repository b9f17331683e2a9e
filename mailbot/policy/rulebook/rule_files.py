"""The files of `rules/` by their names, read row by row; faults are gathered, not raised one by one."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

from mailbot.model import Classifier, Lexicon, RulebookError, SourceFile
from mailbot.model.report.survey import Questionnaire
from mailbot.model.trained.name_words import UNTRAINED_WORDS as NO_WORDS
from mailbot.model.trained.name_words import WordModels
from mailbot.model.trained.number_roles import UNTRAINED_ROLES, RoleModels
from mailbot.model.trained.sentence_network import NO_NET, SentenceNet
from mailbot.policy.rulebook import row_parsing
from mailbot.policy.rulebook import survey_files as surveys
from mailbot.policy.rulebook.cross_references import SourcedRow
from mailbot.policy.rulebook.trained_models import (
    classifier_file,
    role_models_file,
    talk_models_file,
    talk_network_file,
    word_models_file,
)
from mailbot.toml import TableFields, TableLocation, parse_toml

T = TypeVar("T")

FILES = (
    "standard.toml",
    "ignore.toml",
    "no_reply.toml",
    "topics.toml",
    "answers.toml",
    "deadlines.toml",
    "channels.toml",
    "limits.toml",
)

YOUNGER = ("calendar.toml", "reports.toml", "alarm.toml", "correspondents.toml")
"""Files that a folder of rules from before them lacks: what holds then is the code's."""

ELSEWHERE = ("tariffs.toml", "bank.toml", "notices.toml")
"""Files of `rules/` that another room reads and checks."""


class RuleFiles:
    """The files by their names, and the faults found so far."""

    def __init__(self, sources: tuple[SourceFile, ...]) -> None:
        self._faults: list[str] = []
        self._words = [source for source in sources if "words" in source.name.split("/")[:-1]]
        self._surveys = [source for source in sources if surveys.is_survey(source)]
        files = [source for source in sources if source not in (*self._words, *self._surveys)]
        self._sources = {source.name.rpartition("/")[2]: source for source in files}
        self._tables = dict(self._parsed())
        known = (
            *FILES,
            *YOUNGER,
            *ELSEWHERE,
            classifier_file.FILE,
            role_models_file.FILE,
            word_models_file.FILE,
            talk_models_file.FILE,
            talk_network_file.FILE,
        )
        for name, source in self._sources.items():
            if name not in known:
                self._faults.append(
                    f"{source.name}:1: лишний файл; уберите его или назовите: {', '.join(known)}"
                )

    def _parsed(self) -> Iterator[tuple[str, dict[str, object]]]:
        for name in (*FILES, *YOUNGER):
            source = self._sources.get(name)
            if source is None and name in YOUNGER:
                continue
            if source is None:
                self._faults.append(f"rules/{name}:1: файла нет; верните его из поставки")
            elif (values := parse_toml(source, self._faults)) is not None:
                yield name, values

    def table(self, file: str, header: str, build: Callable[[TableFields], T]) -> tuple[SourcedRow[T], ...]:
        """The rows of `[[header]]`, each built and closed; nothing else may stand in the file."""
        values = self._tables.get(file)
        if values is None:
            return ()
        self._only(file, values, (header,))
        table_rows = values.get(header, [])
        if (
            not isinstance(table_rows, list)
            or not table_rows
            or not all(isinstance(row, dict) for row in table_rows)
        ):
            self._faults.append(
                f"{self._sources[file].name}:1: нет ни одной строки [[{header}]]; допишите её"
            )
            return ()
        return tuple(
            self._built(
                TableFields(self._sources[file], TableLocation(header, nth), row, self._faults), build
            )
            for nth, row in enumerate(table_rows, start=1)
        )

    def single(
        self, file: str, header: str, build: Callable[[TableFields], T], younger: T | None = None
    ) -> T:
        """The one table `[header]`, or the top of the file where `header` is empty.

        `younger`: what holds where the file has no such table, for it was written before there was one.
        """
        values = self._tables.get(file, {})
        if younger is not None and (file not in self._sources or (header and header not in values)):
            return younger
        source = self._sources.get(file, SourceFile(f"rules/{file}", ""))
        table = values if not header else values.get(header)
        faults_before = len(self._faults)
        if header and not isinstance(table, dict) and file in self._tables:
            self._faults.append(f"{source.name}:1: нет раздела [{header}]; допишите его")
            faults_before += 1
        fields = TableFields(
            source, TableLocation(header), table if isinstance(table, dict) else {}, self._faults
        )
        row = self._built(fields, build)
        if file not in self._tables or not isinstance(table, dict):
            del self._faults[
                faults_before:
            ]  # one fault for what is wholly missing, not one for each of its fields
        return row.value

    def trusted_authservers(self) -> tuple[str, ...]:
        """Whose Authentication-Results are believed (RFC 8601 1.2), in lower case."""
        file = "limits.toml"
        if (values := self._tables.get(file)) is None:
            return ()
        self._only(file, values, ("caps", "bills", "reminders", "thresholds", "trusted_authservers"))
        top = {key: value for key, value in values.items() if key == "trusted_authservers"}
        fields = TableFields(self._sources[file], TableLocation(), top, self._faults)
        return tuple(server.strip().lower() for server in fields.texts("trusted_authservers"))

    def lexicons(self) -> Iterator[Lexicon]:
        """`words/NAME.txt`: a pattern a line; lines that begin with `#` are for people."""
        for source in self._words:
            entries = []
            for number, line in enumerate(source.text.splitlines(), start=1):
                entry = line.strip()
                if not entry or entry.startswith("#"):
                    continue
                if complaint := row_parsing.regex_fault(entry):
                    what = f"выражение «{entry}» не разбирается ({complaint}); исправьте его"
                    self._faults.append(f"{source.name}:{number}: {what}")
                entries.append(entry)
            yield Lexicon(source.name.rpartition("/")[2].removesuffix(".txt"), tuple(entries))

    def questionnaires(self) -> tuple[Questionnaire, ...]:
        """`surveys/GROUP.toml`: one for each group of clients."""
        return surveys.questionnaires(self._surveys, self._faults)

    def classifier(self) -> Classifier:
        """The trained model."""
        source = self._sources.get(classifier_file.FILE)
        if source is None:
            self._faults.append(f"rules/{classifier_file.FILE}:1: файла нет; верните его из поставки")
            return classifier_file.EMPTY
        return classifier_file.read_classifier(source, self._faults)

    def roles(self) -> RoleModels:
        """The trained models of roles; without them the patterns read alone."""
        source = self._sources.get(role_models_file.FILE)
        return role_models_file.read_roles(source, self._faults) if source else UNTRAINED_ROLES

    def words(self) -> WordModels:
        """The trained models of words; without them the patterns read names and addresses alone."""
        source = self._sources.get(word_models_file.FILE)
        return word_models_file.read_words(source, self._faults) if source else NO_WORDS

    def sentences(self) -> talk_models_file.SentenceModels:
        """The trained models of sentences; without them the closed lists account for sentences alone."""
        source = self._sources.get(talk_models_file.FILE)
        return talk_models_file.read_talk(source, self._faults) if source else talk_models_file.UNTRAINED

    def talk_net(self) -> SentenceNet:
        """The trained network; without it no sentence beside readings is believed to want nothing."""
        source = self._sources.get(talk_network_file.FILE)
        return talk_network_file.read_net(source, self._faults) if source else NO_NET

    def refuse_faults(self) -> None:
        if self._faults:
            raise RulebookError(tuple(dict.fromkeys(self._faults)))

    def _built(self, fields: TableFields, build: Callable[[TableFields], T]) -> SourcedRow[T]:
        value = build(fields)
        fields.close()
        return SourcedRow(value, fields)

    def _only(self, file: str, values: dict[str, object], known: tuple[str, ...]) -> None:
        for key in values:
            if key not in known:
                source = self._sources[file]
                TableFields(
                    source,
                    TableLocation(key if isinstance(values[key], list | dict) else ""),
                    {},
                    self._faults,
                ).fault(
                    key, f"лишнее поле или раздел «{key}»; уберите его или исправьте имя: {', '.join(known)}"
                )
