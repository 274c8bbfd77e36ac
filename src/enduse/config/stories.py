"""The stories of the demonstration: who did what with each deal, how many days ago. All of it is made up."""

from __future__ import annotations

from enduse.config import story_steps as do
from enduse.config.story_steps import Step

WORKER = "worker"
Scene = tuple[int, str, Step]  # days ago, who, what

# who plays in it: the key in the stories -> roles, name. The e-mail is key@demo.invalid
CAST: dict[str, tuple[tuple[str, ...], str]] = {
    "administrator": (("administrator",), "Лариса Тихонова"),
    "initiator": (("initiator",), "Тимур Авдеев"),
    "officer": (("officer",), "Нина Островская"),
    "officer2": (("officer",), "Олег Марьин"),
    "expert": (("expert",), "Елена Сорокина"),
    "lawyer": (("lawyer",), "Павел Дёмин"),
    "approver": (("approver",), "Григорий Столетов"),
    "approver2": (("approver",), "Маргарита Лунёва"),
    "auditor": (("auditor",), "Раиса Ким"),
}
ORGANISATION = "ООО «Северный алгоритм» (показательная организация)"


# what the expert compared in the deals that come in as files: entry, characteristic, the entry's parameter; and what follows
_SIGNALS = ("4.5.1", "обычный сервер, потоковой обработки сигналов нет", "специальная обработка сигналов в реальном времени")
_IMAGES = ("6.1.4", "снимки гражданской съёмки и медицинские", "камеры с параметрами выше порога позиции")
_SPEECH = ("5.1.1", "связи и перехвата не обеспечивает", "системы радиоперехвата и определения места")
COMPARED: dict[str, Step] = {
    "images": do.compare(_SIGNALS, _IMAGES, conclusion="Обучена на гражданских снимках, параметры позиций не достигаются; в списки не включено."),
    "speech": do.compare(_SIGNALS, _SPEECH, conclusion="Работает с текстом и речью, средств связи не содержит; в списки не включено."),
}


def _identified(ago: int, of: str, by: str = "officer") -> tuple[Scene, ...]:
    return (ago, by, do.hand_over("expert", "identification")), (ago, "expert", COMPARED[of])


def _released(ago: int, of: str = "images", *, by: str = "officer") -> tuple[Scene, ...]:
    begun = (ago, by, do.take), (ago, by, do.search), *_identified(ago, of, by)
    return *begun, (ago - 1, by, do.submit), (ago - 2, "approver", do.approve), (ago - 3, by, do.release)


CHECKED = (
    ("wmd", "отраслевые справочники, сайт заказчика: ничего, связанного с ОМУ"),
    ("terrorism", "перечни и пресса: ничего"),
    ("military", "реестр закупок страны назначения: военных заказчиков нет"),
    ("other_harm", "пресса, судебные базы: ничего"),
    ("notice", "писем ФСТЭК России об этих лицах нет, запрошено у канцелярии"),
    ("risk_assessment", "по всем признакам риска не выявлено"),
)

STORIES: dict[str, tuple[Scene, ...]] = {
    "01-hosted-translation": (
        *_released(52, "speech"),
        (49, "officer", do.hand_over("lawyer", "determination")),
        (48, "lawyer", do.comment("Проверил условия сервиса: выгрузки модели и дообучения нет, это не экспорт (2.1).")),
        (31, "officer", do.hand_over("initiator", "monitoring", "Заказчика дальше ведёт отдел продаж")),
        (30, "initiator", do.comment("Палата довольна, просит продлить на год.")),
    ),
    "02-clinic-x-rays": (
        (45, "officer", do.take),
        (45, "officer", do.search),
        *_identified(45, "images"),
        (45, "officer", do.attach("evidence", "minutes.txt", "Minutes of the call with the clinics. End use: tuberculosis screening.\n")),
        (44, "officer", do.submit),
        (43, "approver", do.approve),
        (42, "officer", do.release),
        (28, "officer", do.deliver("1", "Phuong Lam District Clinics")),
        (20, "approver", do.comment("Installed in the first clinic; the acceptance paper is in the file.")),
    ),
    "03-rumour-rebutted": (
        (9, "officer2", do.take),
        (9, "officer2", do.search),
        (9, "officer2", do.clear_hits("Другая компания: Малайзия, а не Индонезия; другой учредитель и номер в реестре")),
        *_identified(9, "images", "officer2"),
        (8, "officer2", do.attach("evidence", "осмотр.txt", "Протокол № 14 осмотра терминала. Военных объектов и арендаторов не выявлено.\n")),
        (7, "officer2", do.hand_over("lawyer", "clauses", "Посмотрите, пожалуйста, срок действия оговорки")),
        (6, "officer2", do.submit),
    ),
    "04-early-draft": ((13, "initiator", do.take), (12, "officer", do.comment("Who is the water utility? Nothing moves before we know."))),
    "05-post-box": (
        (16, "initiator", do.take),
        (15, "officer", do.comment("Адрес для писем — абонентский ящик (признак 9). Запросил у заказчика пояснение.")),
        (3, "initiator", do.comment("Заказчик обещал ответить до конца недели.")),
    ),
    "06-fstec-letter": (
        (26, "officer", do.take),
        (25, "officer", do.hand_over("lawyer", "permits", "Application to the Commission")),
        (22, "lawyer", do.apply_for_permit),
        (21, "lawyer", do.comment("Applied to the Commission; the answer is due within 45 days.")),
    ),
    "07-permit-granted": (
        *_released(38),
        (35, "officer2", do.comment("Разрешение проверено: стороны, версия и основание совпадают.")),
        (24, "officer", do.deliver("1", "Rescate Minero Callado SpA")),
    ),
    "08-permit-too-narrow": (
        (11, "officer2", do.take),
        (10, "officer", do.comment("The permit names 4.0, the contract 4.1. A new application is being written.")),
    ),
    "09-on-the-control-list": (
        (19, "officer", do.take),
        (18, "officer", do.hand_over("expert", "identification")),
        (17, "expert", do.comment("Позиция подтверждается. Дальше — лицензирование по закону, не Декларация.")),
    ),
    "10-cloned-voices": (
        (33, "officer", do.take),
        (32, "officer", do.refuse("Confirmed by a court that cloned voices are used to defraud people (4.4).")),
    ),
    "11-known-weapons-use": (
        (48, "officer", do.take),
        (48, "officer", do.comment("Письмо заказчика прямо называет цель. Сообщаю руководителю и готовлю отказ.")),
        (47, "officer", do.refuse("Заказчик сам назвал целью химическое оружие (4.1). Разрешение этого не меняет.")),
    ),
    "12-first-enquiry": ((2, "initiator", do.take),),
    "13-power-to-modify": ((5, "initiator", do.take), (4, "officer", do.comment("Asked the product team whether fine-tuning is part of the offer."))),
    "14-not-compared-yet": (
        (7, "officer", do.take),
        (7, "officer", do.search),
        (6, "officer", do.hand_over("expert", "identification", "Нужно сравнение с № 1299, категория 4")),
        (2, "expert", do.comment("Жду от разработчиков частотные характеристики.")),
    ),
    "15-not-screened-yet": (
        (4, "initiator", do.take),
        (3, "officer", do.search),
        (3, "officer", do.comment("Found on the lists: the intermediary and, as it seems by its name alone, the end user. To be settled.")),
    ),
    "16-questions-open": ((8, "officer2", do.take), (7, "officer2", do.comment("Отправил заказчику вопросы по признакам 12–22."))),
    "17-military-check-due": ((6, "officer", do.take),),
    "18-ask-the-authority": ((3, "officer2", do.take),),
    "19-clause-under-talks": (
        (14, "officer", do.take),
        (13, "officer", do.hand_over("lawyer", "clauses", "Their counsel wants softer wording")),
        (5, "lawyer", do.comment("Second round of talks; they accept the list of uses, not yet the audit right.")),
    ),
    "20-papers-missing": ((10, "initiator", do.take), (9, "officer2", do.comment("Тимур, приложите, пожалуйста, договор с номером и датой."))),
    "21-sent-back": (
        (18, "officer", do.take),
        (18, "officer", do.search),
        *_identified(18, "images"),
        (17, "officer", do.submit),
        (16, "approver2", do.reject("Why one agent answers for several organisers is not explained. Ask for the mandates and put it forward again.")),
    ),
    "22-stage-by-stage": (
        (29, "initiator", do.draft),
        (28, "officer", do.determine("Модель передаётся целиком, её можно дообучить на месте: возможность модификации есть")),
        (28, "officer", do.hand_over("expert", "identification")),
        (26, "expert", do.identify),
        (25, "officer", do.search),
        *((24, "officer2", do.check(word, note)) for word, note in CHECKED),
        (23, "officer2", do.indicate),
        (22, "officer2", do.hand_over("lawyer", "clauses")),
        (21, "lawyer", do.settle_clauses),
        (20, "initiator", do.document),
        (
            19,
            "officer2",
            do.depart("5.2", "Контрагент уведомляет об изменениях раз в полгода, а не сразу", "Так записано в рамочном договоре 2024 года"),
        ),
        (2, "officer2", do.submit),
        (1, "approver", do.approve),
    ),
    "23-put-on-hold": (
        *_released(42),
        (31, "officer", do.deliver("120", "Régie des Eaux de Bafing")),
        (25, "approver2", do.hold("The payment came from an account that is not in the contract", "the bank confirms whose account it is")),
        (23, "officer2", do.lift("letter of the bank: the account is the utility's own")),
        (12, "officer", do.hold("The customer's owner is changing", "the register shows the new owner, and the parties are screened again")),
    ),
    "24-permit-runs-out": (
        *_released(36),
        (27, "officer", do.deliver("2", "Cordillera Bosque Vivo SpA")),
        (14, WORKER, do.sweep),
        (13, "officer2", do.comment("Разрешение закончилось, поставки приостановлены. Готовлю заявление о новом.")),
    ),
    "25-deliveries-stopped": (
        *_released(47),
        (43, "officer", do.hand_over("initiator", "release", "Sales delivers, in two lots")),
        (40, "initiator", do.deliver("5", "Gradska Čistoća Morava")),
        (35, "officer2", do.suspend("The forwarder did not answer for a week")),
        (34, "officer", do.resume("The forwarder answered, the route is as agreed")),
        (15, "officer2", do.stop("The forwarder asks for another destination")),
    ),
    "26-release-withdrawn": (*_released(50, "speech"), (39, "approver", do.withdraw("Заказчик отказался от проекта до первой поставки"))),
    "27-given-up": ((41, "initiator", do.take), (37, "initiator", do.abandon("The tender went to somebody else"))),
    "28-letter-after-release": (
        *_released(46),
        (32, "officer", do.deliver("8", "Hacı Bağ Tarım A.Ş.")),
        (17, "officer", do.notice("240/1-112")),
        (16, "officer", do.comment("Поставки приостановлены сами собой в момент записи письма. Заказчик предупреждён.")),
    ),
}
