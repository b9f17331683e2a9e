"""What people do, as the audit log and the undo bar keep it; lines of the log are never changed, so no word here may be."""

from __future__ import annotations

from enum import StrEnum
from typing import assert_never

from mailbot.model.letter.channel import Channel


class CaseAct(StrEnum):
    """An act on a case in the queue, which can be undone for a while."""

    ANSWER = "answer"
    ASK = "ask"  # a letter that leaves the case open
    TOLD = "told"  # answered by telephone, in person or on paper
    SILENCE = "silence"
    NOTHING_MORE = "nothing_more"
    ANSWER_OWED = "answer_owed"  # a proposed silence declined
    IGNORE = "ignore"
    TAKE_BACK = "take_back"
    SECOND_LOOK = "second_look"
    LABEL = "label"
    READING = "reading"
    ASSIGN = "assign"
    PUT_OFF = "put_off"
    JOIN = "join"

    @property
    def writes_letter(self) -> bool:
        """Does a letter to the client leave by it?"""
        return self in (CaseAct.ANSWER, CaseAct.ASK)


class OfficeAct(StrEnum):
    """Any other act that the audit log keeps."""

    NOTE = "note"
    UNDO = "undo"
    REGISTER = "register"  # an appeal that came otherwise than by mail
    SURVEY = "survey"
    READING_ADD = "reading_add"
    READING_CORRECT = "reading_correct"
    PAYMENT = "payment"
    PAYMENT_ASSIGN = "payment_assign"
    PAYMENT_CANCEL = "payment_cancel"
    PAYMENTS_IMPORT = "payments_import"
    RECALCULATE = "recalculate"
    RECALCULATE_CANCEL = "recalculate_cancel"
    BILL_AGAIN = "bill_again"
    SETTINGS = "settings"
    INVITE = "invite"
    RESET = "reset"
    DISABLE = "disable"
    ENABLE = "enable"
    ROLE = "role"
    PASSWORD = "password"
    LOGIN = "login"
    LOGIN_FAILED = "login_failed"
    LOGOUT = "logout"
    API_KEY = "api_key"


AuditedAct = CaseAct | OfficeAct


class AnswerWay(StrEnum):
    """How a client is answered where no letter is: most who call or come leave no address of e-mail."""

    PHONE = "phone"
    PERSON = "person"
    PAPER = "paper"

    @classmethod
    def usual(cls, channel: Channel) -> AnswerWay:
        """As whoever came by that channel is most likely answered, where it is not by letter."""
        match channel:
            case Channel.ORAL:
                return cls.PERSON
            case Channel.OFFICE:
                return cls.PAPER
            case Channel.PHONE | Channel.MAIL | Channel.SITE | Channel.MESSENGER:
                return cls.PHONE
            case _:
                assert_never(channel)
