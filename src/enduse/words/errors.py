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
    # checkpoints of the ledger and the key that signs them
    "key.absent": (
        "ключа подписи `{file}` нет. Верните его из резервной копии или создайте новый; подписанное прежним проверяют его открытым ключом",
        "there is no signing key `{file}`. Put it back from a backup or create a new one; what the old one signed is verified by its public key",
    ),
    "key.exists": (
        "ключ подписи `{file}` уже есть, и поверх него ничего не пишут. Назовите другой файл или уберите этот сами",
        "there is a signing key `{file}` already, and nothing is written over it. Name another file, or move this one away yourself",
    ),
    "key.broken": (
        "в `{file}` не закрытый ключ Ed25519 (PEM, PKCS 8, без пароля). Верните ключ из резервной копии",
        "`{file}` holds no Ed25519 private key (PEM, PKCS 8, without a password). Put the key back from a backup",
    ),
    "key.log": (
        "`{name}` не годится в имя журнала: нужны видимые знаки без пробелов и плюсов. Пример: example.ru/enduse",
        "`{name}` will not do as the name of a log: it takes visible characters without spaces and plus signs. For example: example.com/enduse",
    ),
    "key.public": (
        "`{value}` — не открытый ключ вида имя+хеш+ключ. Возьмите строку, которую напечатали, когда ключ создали, целиком",
        "`{value}` is no public key of the form name+hash+key. Take the whole line that was printed when the key was created",
    ),
    "note.text": (
        "это не текст контрольной точки: в нём управляющие символы или нет конца строки. Возьмите файл таким, каким его сохранили",
        "this is not the text of a checkpoint: it holds control characters or does not end its last line. Take the file as it was saved",
    ),
    "note.signatures": (
        "под контрольной точкой нет строк подписи, их слишком много или какая-то испорчена. Возьмите файл таким, каким его сохранили",
        "the checkpoint has no signature lines beneath it, too many, or a spoilt one. Take the file as it was saved",
    ),
    "note.lines": (
        "в контрольной точке должно быть четыре строки: журнал, число записей, корень, время. Возьмите файл таким, каким его сохранили",
        "a checkpoint has four lines: the log, the number of records, the root, the time. Take the file as it was saved",
    ),
    "note.origin": (
        "в первой строке контрольной точки нет имени журнала. Возьмите файл таким, каким его сохранили",
        "the first line of the checkpoint names no log. Take the file as it was saved",
    ),
    "note.size": (
        "во второй строке контрольной точки нет числа записей. Возьмите файл таким, каким его сохранили",
        "the second line of the checkpoint is no number of records. Take the file as it was saved",
    ),
    "note.root": (
        "в третьей строке контрольной точки нет корня (32 байта в base64). Возьмите файл таким, каким его сохранили",
        "the third line of the checkpoint is no root (32 bytes in base64). Take the file as it was saved",
    ),
    "note.at": (
        "в четвёртой строке контрольной точки нет времени (`at 2026-11-22T20:00:00.000000Z`). Возьмите файл таким, каким его сохранили",
        "the fourth line of the checkpoint is no time (`at 2026-11-22T20:00:00.000000Z`). Take the file as it was saved",
    ),
    "note.unknown_key": (
        "контрольная точка не подписана ключом `{name}` с хешем {hash}. Дайте открытый ключ, которым она подписана",
        "the checkpoint is not signed by the key `{name}` with the hash {hash}. Give the public key that it is signed by",
    ),
    "note.signature": (
        "подпись ключа `{name}` не подходит к контрольной точке: её текст или подпись изменены. Не полагайтесь на неё, возьмите другую копию",
        "the signature of the key `{name}` does not fit the checkpoint: its text or signature was changed. Do not rely on it; take another copy",
    ),
    "note.other_log": (
        "контрольная точка журнала `{origin}`, а ключ журнала `{name}`. Возьмите контрольную точку и ключ одного журнала",
        "the checkpoint is of the log `{origin}`, and the key is of the log `{name}`. Take the checkpoint and the key of one log",
    ),
    # attachments, tables that people bring, registers that come in
    "attachment.large": (
        "файл `{name}` больше {limit} МБ. Уменьшите его или попросите администратора поднять предел",
        "the file `{name}` is larger than {limit} MB. Make it smaller, or ask the administrator to raise the limit",
    ),
    "attachment.empty": ("файл `{name}` пуст. Приложите тот, в котором что-то есть", "the file `{name}` is empty. Attach one that holds something"),
    "attachment.full": (
        "файл не сохранён: на диске с папкой `{folder}` нет места ({why}). Освободите место и приложите файл ещё раз",
        "the file was not kept: the disk of the folder `{folder}` is full ({why}). Make room and attach the file again",
    ),
    "attachment.type": (
        "файл `{name}` не принят: это {found}. Принимаются: {allowed}",
        "the file `{name}` is not taken: it is {found}. Taken are: {allowed}",
    ),
    "attachment.mismatch": (
        "файл `{name}` не принят: имя обещает `{claimed}`, а внутри {found}. Приложите его под настоящим именем или проверьте, откуда он",
        "the file `{name}` is not taken: its name claims `{claimed}` and it holds {found}. Attach it under its true name, or see where it comes from",
    ),
    "attachment.bomb": (
        "архив `{name}` не принят: {got}. Приложите файлы по одному",
        "the archive `{name}` is not taken: {got}. Attach the files one by one",
    ),
    "got.bomb_directory": ("его оглавление больше {value} МБ", "its directory is larger than {value} MB"),
    "got.bomb_entries": ("в нём слишком много файлов, {value}", "it holds too many files, {value}"),
    "got.bomb_size": ("распакованный, он занял бы {value} МБ", "unpacked it would take {value} MB"),
    "got.bomb_ratio": ("он распаковывается в {value} раз больше себя", "it unpacks to {value} times its size"),
    "got.bomb_twice": ("файл `{value}` есть в нём дважды", "it holds the file `{value}` twice"),
    "got.bomb_overlap": ("файлы в нём наложены друг на друга", "files in it lie over each other"),
    "got.bomb_lie": ("размер файла `{value}` в нём указан неверно", "it gives a false size for the file `{value}`"),
    "attachment.broken": ("архив `{name}` повреждён: {why}. Сохраните файл заново", "the archive `{name}` is broken: {why}. Save the file anew"),
    "attachment.path": (
        "архив `{name}` не принят: файл `{entry}` в нём выходит за пределы папки. Упакуйте файлы заново",
        "the archive `{name}` is not taken: the file `{entry}` in it leads out of its folder. Pack the files anew",
    ),
    "attachment.macros": (
        "в файле `{name}` есть макросы. Сохраните его без них (.docx, .xlsx) или в PDF",
        "the file `{name}` holds macros. Save it without them (.docx, .xlsx) or as PDF",
    ),
    "attachment.digest": (
        "`{digest}` — не отпечаток файла. Нужно sha256: и 64 знака 0-9a-f",
        "`{digest}` is no file's digest. It is sha256: and 64 signs 0-9a-f",
    ),
    "attachment.missing": (
        "файла с отпечатком `{digest}` в хранилище нет. Восстановите его из резервной копии",
        "no file with the digest `{digest}` is kept here. Restore it from a backup",
    ),
    "attachment.altered": (
        "файл с отпечатком `{digest}` изменён после сохранения и не выдаётся. Восстановите его из резервной копии",
        "the file with the digest `{digest}` was altered after it was kept, and is not given out. Restore it from a backup",
    ),
    "table.large": ("таблица больше {limit} МБ. Разделите её на части", "the table is larger than {limit} MB. Divide it into parts"),
    "table.format": (
        "`{name}` — {found}, а нужна таблица. Сохраните её как .xlsx или .csv",
        "`{name}` is {found}, and a table is needed. Save it as .xlsx or .csv",
    ),
    "table.broken": (
        "книга не читается: {why}. Откройте её и сохраните заново как .xlsx",
        "the workbook cannot be read: {why}. Open it and save it anew as .xlsx",
    ),
    "table.csv": (
        "CSV не разбирается: {why}. Проверьте кавычки в этой строке и перед ней",
        "the CSV does not parse: {why}. See the quotation marks in this line and before it",
    ),
    "table.binary": ("это не текст (знак {character}). Нужен .xlsx или .csv", "this is not text (character {character}). An .xlsx or .csv is needed"),
    "table.encoding": (
        "кодировка файла не опознана. Сохраните его как CSV в UTF-8",
        "the encoding of the file is not known. Save it as CSV in UTF-8",
    ),
    "table.header": (
        "не найдена строка заголовков: две или больше названных колонок, а под ними данные",
        "no heading row was found: two named columns or more, and data under them",
    ),
    "table.sheet": ("листа `{sheet}` нет. {hint}Есть: {known}", "there is no sheet `{sheet}`. {hint}There are: {known}"),
    "table.rows": ("в таблице больше {limit} строк. Разделите её на части", "the table has more than {limit} rows. Divide it into parts"),
    "table.columns": ("в таблице больше {limit} колонок. Уберите лишние", "the table has more than {limit} columns. Take out those not needed"),
    "table.cell": ("в ячейке {cell} больше {limit} знаков. Сократите текст", "the cell {cell} holds more than {limit} characters. Shorten the text"),
    "table.full": ("в книге больше {limit} ячеек. Разделите её на части", "the workbook has more than {limit} cells. Divide it into parts"),
    "table.unread": (
        "в таблице больше {limit} ячеек с ошибками и формулами без значений. Пересчитайте её в редакторе таблиц и сохраните",
        "the table has more than {limit} cells with errors or formulas without values. Recalculate it in a spreadsheet program and save it",
    ),
    "table.formula": (
        "в ячейке {cell} формула без значения. Откройте книгу в редакторе таблиц и сохраните или замените формулу значением",
        "the cell {cell} holds a formula without its value. Open the workbook in a spreadsheet program and save it, or put the value in its place",
    ),
    "table.error": (
        "в ячейке {cell} вместо значения ошибка {value}. Исправьте её в таблице",
        "the cell {cell} holds the error {value} in place of a value. Put it right in the table",
    ),
    "mapping.target": ("поля `{target}` нет. {hint}", "there is no field `{target}`. {hint}"),
    "mapping.twice": (
        "поле `{target}` заполняется дважды. Оставьте одну колонку или одно значение",
        "the field `{target}` is filled twice. Keep one column or one value",
    ),
    "mapping.column": ("колонки `{column}` в таблице нет. {hint}Есть: {known}", "the table has no column `{column}`. {hint}There are: {known}"),
    "mapping.both": (
        "колонка `{column}` и сопоставлена, и пропущена. Оставьте одно",
        "the column `{column}` is both mapped and skipped. Keep one",
    ),
    "mapping.idle": (
        "слова даны для колонки `{column}`, а она не сопоставлена полю. Добавьте её в `columns`",
        "words are given for the column `{column}`, which is mapped to no field. Add it to `columns`",
    ),
    "mapping.number": (
        "в образце номера `{value}` нет места для номера строки. Впишите {place}",
        "the pattern `{value}` has no place for the row's number. Write {place} into it",
    ),
    "mapping.constant": (
        "`{target}` не может быть одинаковым у всех сделок. Назовите колонку",
        "`{target}` cannot be the same for every deal. Name a column",
    ),
    "import.country": (
        "страна `{value}` не опознана и осталась неизвестной. {hint}Исправьте ячейку или добавьте слово в `words`",
        "the country `{value}` is not known and was left unknown. {hint}Put the cell right or add the word to `words`",
    ),
    "import.day": (
        "`{value}` не читается как дата; дата осталась неизвестной. Нужно 2026-02-01, 01.02.2026 или 1 фев 2026",
        "`{value}` cannot be read as a date; the date was left unknown. Write 2026-02-01, 01.02.2026 or 1 Feb 2026",
    ),
    "import.day_order": (
        "в дате `{value}` не видно, где день, а где месяц; она осталась неизвестной. Напишите `dates: day_first` или `dates: month_first`",
        "the date `{value}` does not show which is the day and which the month; it was left unknown. Write `dates: day_first` or `dates: month_first`",
    ),
    "import.yes_no": (
        "`{value}` не читается как да или нет; ответ остался неизвестным. Исправьте ячейку или добавьте слово в `words`",
        "`{value}` cannot be read as yes or no; the answer was left unknown. Put the cell right or add the word to `words`",
    ),
    "import.word": (
        "слово `{value}` не опознано; ответ остался неизвестным. {hint}Добавьте его в `words`. Возможны: {expected}",
        "the word `{value}` is not known; the answer was left unknown. {hint}Add it to `words`. Possible: {expected}",
    ),
    "import.control": (
        "в ячейке управляющий знак {character}; она осталась незаполненной. Уберите его",
        "the cell holds the control character {character}; it was left out. Take it out",
    ),
    "import.no_reference": (
        "в строке нет номера сделки, она не загружена. Впишите номер или задайте `number`",
        "the row has no reference and was kept out. Give it one, or set `number`",
    ),
    "import.duplicate": (
        "номер `{value}` стоит в строках {rows}; ни одна не загружена. Дайте каждой сделке свой номер или сведите строки в одну",
        "the reference `{value}` stands in rows {rows}; none was taken. Give each deal its own, or make the rows one",
    ),
    "import.demanded": (
        "`{target}` не заполнено, а пропуск значил бы безобидный ответ; строка не загружена. Впишите ответ",
        "`{target}` is blank, and leaving it out would count as a harmless answer; the row was kept out. Give the answer",
    ),
    "import.form": (
        "форма поставки неизвестна, поэтому ответ `{value}` остался неизвестным: он мог бы скрыть передачу весов, кода или оборудования",
        "the form of delivery is not known, so the answer `{value}` was left unknown: it could hide weights, code or equipment",
    ),
    "import.same": (
        "`{value}` указывает на контрагента, а его в строке нет. Впишите имя",
        "`{value}` points to the counterparty, and the row has none. Write the name",
    ),
    "import.nobody": (
        "`{value}`: без такой стороны сделки не бывает; она осталась неизвестной. Впишите имя",
        "`{value}`: there is no deal without this party; it was left unknown. Write the name",
    ),
    # our own fault
    "own.fault": (
        "ошибка в самой программе при работе с {thing}: {why}. Сделка не отпущена. Сообщите об этом, приложив файл",
        "an error of the program itself while working on {thing}: {why}. Nothing was released. Please report it with the file",
    ),
    # the configuration of an installation
    "setting.wrong": (
        "настройка `{name}`: значение `{value}` не годится. Нужно: {expected}",
        "the setting `{name}`: the value `{value}` will not do. It takes: {expected}",
    ),
    "setting.unreadable": (
        "настройка `{name}`: файл `{file}` не читается ({why}). Проверьте путь и права на файл",
        "the setting `{name}`: the file `{file}` cannot be read ({why}). Check its path and its permissions",
    ),
    "secret.empty": (
        "файл секрета `{file}` пуст. Удалите его и запустите снова: секрет будет создан новый, и всем придётся войти заново",
        "the secret's file `{file}` is empty. Delete it and start again: a new secret is made, and everybody signs in anew",
    ),
    "list.unknown": (
        "списка `{list}` нет.{hint} Есть: {known}",
        "there is no list `{list}`.{hint} There are: {known}",
    ),
    "list.shrunk": (
        "в новом списке `{list}` записей {entries} (имён {names}), а в прежнем, от {held}, их {before} ({names_before}): похоже, пришло не всё. "
        "Прежний остаётся в силе. Если список и правда сократился, примите его с --smaller",
        "the new list `{list}` has {entries} entries ({names} names), and the one of {held} has {before} ({names_before}): not all of it seems to have "
        "arrived. The old one stays. If the list did shrink, take it in with --smaller",
    ),
    "list.damaged": (
        "снимок списка повреждён: {why}. Удалите его папку и примите список заново",
        "the snapshot of the list is damaged: {why}. Remove its folder and take the list in again",
    ),
    "list.large": (
        "файл больше {megabytes} МБ, таких списков нет. Проверьте, тот ли файл назван",
        "the file is larger than {megabytes} MB, and no list is. See whether this is the file you mean",
    ),
    "data.unwritable": (
        "в папку данных `{folder}` нельзя записать: {why}. Укажите другую в ENDUSE_DATA",
        "the data folder `{folder}` cannot be written: {why}. Name another in ENDUSE_DATA",
    ),
}
