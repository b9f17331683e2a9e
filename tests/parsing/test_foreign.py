"""Valid text of other languages is left as it came: nothing Russian is made of it."""

from __future__ import annotations

import quopri

import pytest

from tests.parsing.letters import letter, raw, read

LANGUAGES = {
    "Czech": "Vážení, posílám smlouvu a přílohy. Příliš žluťoučký kůň úpěl ďábelské ódy. S pozdravem, Petr",
    "Czech, short": "Vážení, posílám přílohy",
    "Polish": "Dzień dobry, przesyłam umowę i załączniki. Zażółć gęślą jaźń. Pozdrawiam",
    "German": "Sehr geehrte Damen und Herren, anbei die Verträge für März. Schöne Grüße, Jürgen Weiß",
    "French": "Bonjour, veuillez trouver ci-joint le contrat signé à Noël, reçu près de l'hôtel. Très cordialement, François",
    "Spanish": "Estimados señores: adjunto el contrato. ¿Cuándo estará la calefacción? Mañana será más frío. Muchas gracias, Íñigo",
    "Portuguese": "Olá, não há água quente há três dias. Atenção, por favor. João Gonçalves",
    "Turkish": "Sayın yetkili, sözleşmeyi gönderiyorum. Kalorifer çalışmıyor, çok soğuk. Saygılarımla, Ömer Şahin",
    "Hungarian": "Tisztelt Uram, küldöm a szerződést és a mellékleteket. Árvíztűrő tükörfúrógép. Üdvözlettel, László",
    "Romanian": "Bună ziua, vă trimit contractul și anexele. Mulțumesc, Ștefan Țăranu, București",
    "Finnish": "Hyvää päivää, lähetän sopimuksen. Lämpö ei toimi, täällä on kylmä. Ystävällisin terveisin, Väinö",
    "Latvian": "Labdien, nosūtu līgumu un pielikumus. Apkure nedarbojas, ir ļoti auksts. Ar cieņu, Jānis Bērziņš",
    "Lithuanian": "Laba diena, siunčiu sutartį ir priedus. Šildymas neveikia, labai šalta. Pagarbiai, Žydrūnas",
    "Vietnamese": "Kính gửi quý công ty, tôi gửi hợp đồng và phụ lục. Nhà tôi không có nước nóng. Trân trọng, Nguyễn Văn Đức",
    "Uzbek": "Assalomu alaykum, shartnoma va ilovalarni yuboryapman. Isitish ishlamayapti, uy sovuq. Hurmat bilan, O‘ktam G‘ulomov",
    "Azerbaijani": "Salam, müqaviləni göndərirəm. İstilik işləmir, ev çox soyuqdur. Hörmətlə, Əli Şükürov",
    "Ukrainian": "Доброго дня! Надсилаю показники лічильника, немає гарячої води. З повагою, Їжакевич Євген",
    "Kazakh": "Сәлеметсіз бе! Пәтерде жылу жоқ, өтінемін, тексеріңіз. Құрметпен, Әлия",
    "Tatar": "Исәнмесез! Фатирда салкын, җылылык юк, зинһар, тикшерегез. Хөрмәт белән, Гөлнара",
    "Bashkir": "Һаумыһығыҙ! Фатирҙа һалҡын, йылы һыу юҡ. Хөрмәт менән, Зөлфиә",
    "Greek": "Καλημέρα σας, δεν υπάρχει ζεστό νερό εδώ και τρεις μέρες. Με εκτίμηση, Γιώργος",
    "Georgian": "გამარჯობა, ბინაში ცივა, ცხელი წყალი არ არის. პატივისცემით, გიორგი",
    "Armenian": "Բարև ձեզ, բնակարանում ցուրտ է, տաք ջուր չկա։ Հարգանքով, Արմեն",
    "Hebrew": "שלום, אין מים חמים בדירה כבר שלושה ימים. בברכה, משה",
    "Arabic": "مرحبا، لا يوجد ماء ساخن في الشقة منذ ثلاثة أيام",
    "Chinese": "您好，我家没有热水，请检查暖气。谢谢，王伟",
    "Japanese": "こんにちは、お湯が出ません。確認をお願いします。田中",
}


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
def test_a_letter_in_another_language_is_left_as_it_came(text: str) -> None:
    found = letter(text, subject=text[:30])
    part = found.part("body")
    assert (part.text, "read as" in part.repair) == (text.replace("，", ",").replace("：", ":"), False)
    assert not found.damage


@pytest.mark.parametrize("text", LANGUAGES.values(), ids=LANGUAGES)
@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_a_letter_in_another_language_is_decoded_too(text: str, encoding: str) -> None:
    import base64

    encode = {"base64": base64.encodebytes, "quoted-printable": quopri.encodestring}[encoding]
    body = read(raw(encode(text.encode()))).body
    assert body == letter(text).body


@pytest.mark.parametrize(
    ("text", "charset"),
    [(LANGUAGES["Czech"], "iso-8859-2"), (LANGUAGES["Polish"], "cp1250"), (LANGUAGES["German"], "iso-8859-1"),
     (LANGUAGES["French"], "cp1252"), (LANGUAGES["Turkish"], "iso-8859-9"), (LANGUAGES["Lithuanian"], "cp1257")],
)  # fmt: skip
def test_a_declared_charset_of_another_language_is_believed(text: str, charset: str) -> None:
    assert read(raw(text.encode(charset), f"text/plain; charset={charset}")).body == text
