"""Errors in the words of the user: what happened, to which thing, why, what to do next. (ru, en) for each code."""

ERRORS: dict[str, tuple[str, str]] = {
    # reading
    "file.absent": ("файла `{file}` нет. Проверьте путь", "there is no file `{file}`. Check the path"),
    "file.folder": ("`{file}` — папка. Назовите файлы", "`{file}` is a folder. Name the files in it"),
    "file.unreadable": ("файл `{file}` не читается: {why}", "the file `{file}` cannot be read: {why}"),
    "file.large": (
        "файл больше {limit} МБ, а одна сделка столько не занимает. Много сделок кладут в .jsonl, по одной в строке",
        "the file is larger than {limit} MB, which no single deal is. Put many deals into a .jsonl, one a line",
    ),
    "file.empty": ("файл пуст. Сделка начинается с `format: enduse/deal-1`", "the file is empty. A deal begins with `format: enduse/deal-1`"),
    "file.bom": (
        "файл начинается с метки порядка байтов (BOM). Сохраните его в UTF-8 без BOM",
        "the file begins with a byte order mark (BOM). Save it as UTF-8 without one",
    ),
    "file.encoding": (
        "это не UTF-8 (байт {byte}); похоже на {guess}. Сохраните файл в UTF-8",
        "this is not UTF-8 (byte {byte}); it looks like {guess}. Save the file as UTF-8",
    ),
    "file.binary": ("это не текст (байт {byte}). Нужен YAML или JSON в UTF-8", "this is not text (byte {byte}). YAML or JSON in UTF-8 is needed"),
    "line.large": (
        "строка длиннее {limit} МБ. В .jsonl одна сделка занимает одну строку",
        "the line is longer than {limit} MB. A .jsonl holds one deal a line",
    ),
    # syntax
    "yaml.broken": ("YAML не разбирается: {why}", "the YAML does not parse: {why}"),
    "json.broken": ("JSON не разбирается (столбец {column}): {why}", "the JSON does not parse (column {column}): {why}"),
    "yaml.documents": (
        "в файле больше одного документа YAML. Одна сделка — один файл; много сделок — .jsonl",
        "the file holds more than one YAML document. One deal a file; many deals go into a .jsonl",
    ),
    "yaml.tag": ("метка типа `{tag}` здесь не нужна. Уберите её", "the tag `{tag}` has no place here. Take it out"),
    "yaml.alias": ("ссылка `*{name}` ни на что не указывает или указывает на саму себя", "the alias `*{name}` points to nothing, or to itself"),
    "text.deep": ("вложенность больше {limit} уровней. Такой сделки не бывает", "nested more than {limit} levels deep. No deal is"),
    "text.many": (
        "в документе (с раскрытыми ссылками) больше {limit} значений. Такой сделки не бывает",
        "the document holds more than {limit} values, aliases followed. No deal does",
    ),
    "text.control": (
        "в тексте управляющий или непарный символ {character}. Уберите его",
        "the text holds the control or unpaired character {character}. Take it out",
    ),
    "key.repeated": ("ключ `{key}` повторён. Оставьте один", "the key `{key}` is repeated. Keep one"),
    "key.scalar": ("ключ должен быть простым словом", "a key has to be a plain word"),
    # shape
    "key.unknown": ("ключа `{key}` здесь нет. {hint}Возможны: {known}", "there is no key `{key}` here. {hint}Possible: {known}"),
    "key.hint": ("Может быть, `{near}`? ", "Perhaps `{near}`? "),
    "key.missing": ("не хватает ключа `{key}`. Добавьте его", "the key `{key}` is missing. Add it"),
    "key.empty": (
        "`{key}` пуст, а пропуск значил бы безобидный ответ. Напишите значение или уберите ключ",
        "`{key}` is empty, and leaving it out would count as a harmless answer. Give a value or take the key out",
    ),
    "want.mapping": ("здесь нужны ключи со значениями, а стоит {got}", "keys with values are wanted here, not {got}"),
    "want.list": ("здесь нужен список, а стоит {got}", "a list is wanted here, not {got}"),
    "want.text": ("здесь нужен текст, а стоит {got}", "text is wanted here, not {got}"),
    "want.given": ("`{key}` не заполнен. Напишите значение", "`{key}` is blank. Give a value"),
    "got.mapping": ("набор ключей", "a mapping"),
    "got.list": ("список", "a list"),
    "got.nothing": ("пусто", "nothing"),
    "got.text": ("`{value}`", "`{value}`"),
    "word.unknown": ("слова `{value}` здесь нет. {hint}Возможны: {expected}", "`{value}` is not one of the words. {hint}Possible: {expected}"),
    "value.country": (
        "`{value}` — не код страны ISO 3166-1 из двух заглавных букв. {hint}Пример: AE",
        "`{value}` is not an ISO 3166-1 country code of two capital letters. {hint}For example: AE",
    ),
    "value.day": ("`{value}` — не дата. Нужно ГГГГ-ММ-ДД, например 2026-11-02", "`{value}` is not a date. Write YYYY-MM-DD, for example 2026-11-02"),
    "value.partial_day": ("`{value}` — не дата. Нужно ГГГГ, ГГГГ-ММ или ГГГГ-ММ-ДД", "`{value}` is not a date. Write YYYY, YYYY-MM or YYYY-MM-DD"),
    "value.count": ("`{value}` — не целое число от 0", "`{value}` is not a whole number from 0 up"),
    "value.number": ("`{value}` — не число от 0. Десятичный знак — точка", "`{value}` is not a number from 0 up. The decimal sign is a point"),
    "value.percent": ("`{value}` — не процент от 0 до 100", "`{value}` is not a percentage from 0 to 100"),
    "value.currency": (
        "`{value}` — не код валюты из трёх заглавных букв. Пример: USD",
        "`{value}` is not a currency code of three capital letters. For example: USD",
    ),
    "value.other": ("значение не годится: {why}", "the value will not do: {why}"),
    # sense of a deal
    "deal.not_mapping": (
        "сделка — это ключи со значениями, начиная с `format: enduse/deal-1`",
        "a deal is keys with values, beginning with `format: enduse/deal-1`",
    ),
    "deal.indicator": ("признака `{key}` нет. Возможны: {known}", "there is no indicator `{key}`. Possible: {known}"),
    "deal.check": ("проверки `{value}` нет. {hint}Возможны: {expected}", "there is no check `{value}`. {hint}Possible: {expected}"),
    "deal.evidence_repeated": ("два сведения с одним id `{id}`. Дайте каждому свой", "two evidence items have the id `{id}`. Give each its own"),
    "deal.rebuts_absent": ("`rebuts` называет `{id}`, а такого сведения нет", "`rebuts` names `{id}`, and there is no such evidence item"),
    "deal.unreasoned": (
        "`{state}` требует причины и имени. Добавьте `reason` и `by`",
        "`{state}` needs a reason and a name. Add `reason` and `by`",
    ),
    "deal.unexcused": ("`excused` требует причины. Добавьте её", "`excused` needs its reason. Add it"),
    "deal.entries": (
        "`result: not_listed` не может иметь позиций списка. Уберите `entries` или напишите `listed`",
        "`result: not_listed` cannot have list entries. Take `entries` out or write `listed`",
    ),
    "deal.permit_order": (
        "разрешение кончается {until}, раньше чем начинается ({since}). Исправьте одну из дат",
        "the permit ends on {until}, before it begins ({since}). Put one of the dates right",
    ),
    "deal.permit_twice": ("есть и `permit`, и `permits`. Оставьте одно", "there are both `permit` and `permits`. Keep one"),
    "deal.knowledge": ("известно {known} из {asked} спрошенных. Проверьте числа", "{known} known of {asked} asked. Check the numbers"),
    # editions and acts
    "guard.word": (
        "в условии не к месту `{word}`. Условие строится из `факт >= уровень`, `and`, `or`, скобок",
        "`{word}` is out of place in a condition. A condition is built of `fact >= level`, `and`, `or`, brackets",
    ),
    "guard.end": ("условие обрывается. Ожидалось: {wanted}", "the condition breaks off. Expected: {wanted}"),
    "guard.fact": ("факта или определения `{fact}` нет. {hint}", "there is no fact or definition `{fact}`. {hint}"),
    "guard.level": ("у факта `{fact}` нет уровня `{level}`. Есть: {known}", "the fact `{fact}` has no level `{level}`. It has: {known}"),
    "guard.mildest": (
        "`{fact} >= {level}` верно всегда: это самый мягкий уровень. Назовите другой",
        "`{fact} >= {level}` is always true: that is the mildest level. Name another",
    ),
    "edition.repeated": ("`{id}` есть дважды. Имена не повторяются", "`{id}` stands twice. Names do not repeat"),
    "edition.absent": ("`{id}` не существует. {hint}", "`{id}` does not exist. {hint}"),
    "edition.no_clause": (
        "у `{id}` нет пункта Декларации. Назовите его в `clauses`",
        "`{id}` has no clause of the Declaration. Name it in `clauses`",
    ),
    "edition.numbers": (
        "признаки должны идти от 1 до 22, а их номера: {numbers}",
        "the indicators have to run from 1 to 22; their numbers are: {numbers}",
    ),
    "edition.placeholder": (
        "в словах стоит `{{{name}}}`, а такого значения нет. Возможны: {known}",
        "the words hold `{{{name}}}`, and there is no such value. Possible: {known}",
    ),
    "edition.unequal": (
        "в русских и английских словах разные места для значений",
        "the Russian and the English words have different places for values",
    ),
    "edition.floor": ("нет правила, которое срабатывает всегда", "there is no rule that always fires"),
    "edition.question": (
        "у факта `{id}` есть открытые уровни, но нет вопроса. Добавьте `question`",
        "the fact `{id}` has open levels and no question. Add `question`",
    ),
    "edition.dates": ("правило `{id}` кончается раньше, чем начинается", "the rule `{id}` ends before it begins"),
    "edition.not_held": ("редакции `{edition}` здесь нет. Есть: {held}", "the edition `{edition}` is not held here. Held: {held}"),
    "edition.changed": (
        "редакция `{edition}` заморожена, а её файлы изменены: {files}. Верните их; изменения вносят собственным актом (1.7) или новой редакцией",
        "the edition `{edition}` is frozen and its files were changed: {files}. Put them back; changes are made by an own act (1.7) or a new edition",
    ),
    "act.base": ("акт написан к редакции `{edition}`, а здесь `{held}`", "the act is written for edition `{edition}`, and this is `{held}`"),
    "act.rule_absent": (
        "правила `{id}`, которое акт заменяет или отменяет, нет. {hint}",
        "there is no rule `{id}` for the act to replace or drop. {hint}",
    ),
    "act.rule_taken": (
        "правило `{id}` уже есть в редакции. Дайте своему другое имя или напишите `replaces: {id}`",
        "the edition has a rule `{id}` already. Give yours another name, or write `replaces: {id}`",
    ),
    "act.taken": ("`{id}` уже есть в редакции. Дайте своему другое имя", "the edition has `{id}` already. Give yours another name"),
    "act.threshold": ("порога `{id}` нет. Есть: {known}", "there is no threshold `{id}`. There are: {known}"),
    "act.looser": (
        "акт `{act}` мягче Декларации для какой-то сделки, а 1.7 такого не позволяет. Эту сделку покажет `enduse acts check {file}`",
        "the act `{act}` is milder than the Declaration for some deal, and 1.7 does not allow that. `enduse acts check {file}` shows the deal",
    ),
    # replay and attach
    "replay.line": ("строка решения не разбирается: {why}", "the line is not a decision: {why}"),
    "replay.no_deal": (
        "для решения по `{reference}` нет сделки среди данных файлов",
        "there is no deal `{reference}` in the files given for this decision",
    ),
    "replay.two_deals": (
        "сделка `{reference}` встречается дважды. Оставьте ту, по которой решали",
        "the deal `{reference}` stands twice. Keep the one that was decided",
    ),
    "official.none": (
        "в файле `{file}` не найдено ни одного пункта Декларации. Нужен её текст (UTF-8 или Windows-1251)",
        "no clause of the Declaration was found in `{file}`. Its text is needed (UTF-8 or Windows-1251)",
    ),
    "official.large": (
        "файл `{file}` больше {limit} МБ, а текст Декларации столько не занимает. Проверьте, тот ли это файл",
        "the file `{file}` is larger than {limit} MB, which the text of the Declaration is not. See whether it is the right file",
    ),
    "official.format": (
        "`{file}` — {kind}, а нужен простой текст. Сохраните текст Декларации как .txt",
        "`{file}` is {kind}, and plain text is needed. Save the Declaration's text as .txt",
    ),
    "clause.absent": ("пункта `{clause}` в Декларации нет. Есть: {known}", "the Declaration has no clause `{clause}`. There are: {known}"),
    # our own fault
    "own.fault": (
        "ошибка в самой программе при работе с {thing}: {why}. Сделка не отпущена. Сообщите об этом, приложив файл",
        "an error of the program itself while working on {thing}: {why}. Nothing was released. Please report it with the file",
    ),
    "data.unwritable": (
        "в папку данных `{folder}` нельзя записать: {why}. Укажите другую в ENDUSE_DATA",
        "the data folder `{folder}` cannot be written: {why}. Name another in ENDUSE_DATA",
    ),
}
