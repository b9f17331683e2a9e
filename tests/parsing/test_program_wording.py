"""Letters of programs without a header that says so are known by wording and structure; a client who speaks of such is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailbot.parsing.automatic_mail.program_phrases import find_program_wording

PROGRAMS = (
    "Ваша заявка № 4471 принята. Ожидайте звонка.",
    "Здравствуйте! Ваше обращение зарегистрировано под номером 20-118.",
    "Уважаемый Иван Петрович!\n\nВаш запрос передан специалисту.",
    "Заявка 88-12 закрыта. Текст заявки: в квартире холодно, лс 1234567.",
    "По вашему обращению создана заявка, она в обработке.",
    "Обращение №77/11 выполнено. Оцените нашу работу.",
    "Спасибо за обращение! Мы ответим в течение двух рабочих дней.",
    "Благодарим Вас за письмо. В ближайшее время с Вами свяжется оператор.",
    "Вам оставлено голосовое сообщение от 89024450101, длительность 0:41.",
    "Пропущенный вызов с номера +7 902 445-01-01, 10:15.",
    "Получен факс от 83424122233, 3 страницы.",
    "Показания: 123.\n\nДанное сообщение сформировано автоматически.",
    "Платёж зачислен. Пожалуйста, не отвечайте на это письмо.",
)
PEOPLE = (
    "Ваша заявка 123 мне не поможет, батареи холодные.",
    "Моя заявка № 123 принята, но никто не приехал.",
    "Здравствуйте! Мне пришло, что ваша заявка № 123 принята. Когда приедут?",
    "Ваше обращение к жильцам я прочитала. А тепла нет.",
    "Спасибо за письмо! Жду мастера в среду.",
    "Спасибо за обращение к нашему дому, но когда ответите?",
    "У нас пропущенный вызов от вас, перезвоните.",
    "Факс не работает, пришлите справку на почту.",
    "Заявка на поверку счётчика. Прошу принять.",
    "Прошу принять заявку № 5 к рассмотрению.",
    "Если не отвечаете на это письмо, пойду в прокуратуру.",
    "Голосовые сообщения слушаю, звоните. Батареи холодные.",
)


@pytest.mark.parametrize("text", PROGRAMS)
def test_a_program_words_it_so(text: str) -> None:
    assert find_program_wording(text)


@pytest.mark.parametrize("text", PEOPLE)
def test_a_person_who_speaks_of_it_is_no_program(text: str) -> None:
    assert find_program_wording(text) == ""


@given(st.text(st.sampled_from("ваша заявка№ принят0123.,\nспасибо "), max_size=400))
def test_it_answers_on_any_text(text: str) -> None:
    assert isinstance(find_program_wording(text), str)
