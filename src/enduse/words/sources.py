"""What is said of published lists that do not fit: files that are no such list, entries and parts that were not taken over. (ru, en) for each code."""

SOURCES: dict[str, tuple[str, str]] = {
    # files that are no such list
    "list.empty": (
        "файл пуст. Скачайте список `{list}` заново",
        "the file is empty. Fetch the list `{list}` again",
    ),
    "list.files": (
        "список `{list}` состоит из одного файла, а дано файлов: {count}. Назовите один",
        "the list `{list}` is one file, and {count} are given. Name one",
    ),
    "list.sort": (
        "это {got}, а список `{list}` издатель отдаёт в {expected}. Откройте файл и посмотрите, что в нём, затем скачайте список заново",
        "this is {got}, and the publisher gives the list `{list}` out as {expected}. Open the file to see what it holds, then fetch the list again",
    ),
    "list.packed": (
        "это {got}. Распакуйте его и назовите файл списка `{list}` ({expected})",
        "this is {got}. Unpack it and name the file of the list `{list}` in it ({expected})",
    ),
    "list.truncated": (
        "файл обрывается на строке {at}: получен не весь список `{list}`. Скачайте его заново",
        "the file breaks off at line {at}: not all of the list `{list}` arrived. Fetch it again",
    ),
    "list.broken": (
        "XML не разбирается (строка {at}, столбец {column}): {why}. Скачайте список `{list}` заново",
        "the XML does not parse (line {at}, column {column}): {why}. Fetch the list `{list}` again",
    ),
    "list.doctype": (
        "в файле объявлен DTD или сущность XML (`{name}`). В опубликованных списках их не бывает, такой файл не читается. Возьмите список `{list}` у издателя",
        "the file declares a DTD or an XML entity (`{name}`). No published list does, and such a file is not read. Take the list `{list}` from its publisher",
    ),
    "list.deep": (
        "вложенность больше {limit} уровней. В списке `{list}` такой не бывает. Возьмите список у издателя",
        "nested more than {limit} levels deep. The list `{list}` never is. Take it from its publisher",
    ),
    "list.root": (
        "корневой элемент — `{root}`, а у списка `{list}` — `{expected}`. Проверьте, тот ли файл назван",
        "the root element is `{root}`, and that of the list `{list}` is `{expected}`. See whether this is the file you mean",
    ),
    "list.root.other": (
        "это другой список, похоже на `{other}`: корневой элемент — `{root}`, а у списка `{list}` — `{expected}`. Назовите другой файл или другой список",
        "this is another list, `{other}` by the look of it: the root element is `{root}`, and that of the list `{list}` is `{expected}`. Name another file, or the other list",
    ),
    "list.no_entries": (
        "в файле нет ни одной записи списка `{list}`: ни одного элемента {expected}. Скачайте список заново",
        "the file holds no entry of the list `{list}`: not one element {expected}. Fetch the list again",
    ),
    # lists that may not stand in for the one held
    "list.spoilt": (
        "в новом списке `{list}` повреждений {count} на {entries} записей, а в прежнем, от {held}, их {count_before}: знаки или строки потеряны ещё до нас. "
        "Прежний остаётся в силе. Скачайте список заново; если лучшего нет, примите его с --damaged",
        "the new list `{list}` has {count} spoilt places in {entries} entries, and the one of {held} has {count_before}: characters or rows were lost before it came "
        "here. The old one stays. Fetch the list again; if there is no better one, take it in with --damaged",
    ),
    "list.older": (
        "издатель отдал список `{list}` от {day}, а здесь есть более новый, от {held}: он остаётся в силе. Повторите позже, "
        "а если так и останется, проверьте адрес списка",
        "the publisher gave out the list `{list}` of {day}, and a newer one, of {held}, is held here: that one stays. Try again later; "
        "if it stays so, look at the list's address",
    ),
    "list.older.again": (
        "издатель отдал список `{list}` байт в байт таким, какой здесь был {day}, а после него, {held}, здесь принят другой: он остаётся в силе. "
        "Так отвечает отставшее зеркало: повторите позже, а если так и останется, проверьте адрес списка. "
        "Если издатель и правда вернулся к прежнему, примите файл: enduse lists import",
        "the publisher gave out the list `{list}` byte for byte as it was here on {day}, and another one came after it, on {held}: that one stays. "
        "A mirror that lags behind answers so: try again later; if it stays so, look at the list's address. "
        "If the publisher did go back to it, take the file in: enduse lists import",
    ),
    "list.mostly_unread": (
        "из списка `{list}` взято записей: {entries} из {counted}, больше половины прочитать нельзя. Список не принят. Проверьте, тот ли файл назван и "
        "все ли столбцы сопоставлены; если лучшего нет, примите его с --damaged",
        "of the list `{list}`, {entries} of {counted} entries were taken over: more than half cannot be read. The list was not taken in. See whether this is "
        "the file you mean and whether its columns are mapped; if there is no better one, take it in with --damaged",
    ),
    "list.future": (
        "по словам файла список `{list}` от {day}, а сегодня {today}: такой список никогда не устарел бы и закрыл бы собой следующие. "
        "Проверьте файл и часы этой машины",
        "the file says that the list `{list}` is of {day}, and today is {today}: such a list would never grow old and would hide the next ones. "
        "Look at the file and at this machine's clock",
    ),
    "list.published.day": (
        "`{value}` — не дата. Назовите день списка как 2026-11-02 или 02.11.2026: --published 2026-11-02",
        "`{value}` is no date. Name the list's day like 2026-11-02 or 02.11.2026: --published 2026-11-02",
    ),
    "list.published.future": (
        "день списка `{list}` назван как {given}, а сегодня {today}: такой список никогда не устарел бы. Назовите день, когда издатель отдал файл",
        "the list `{list}` is said to be of {given}, and today is {today}: such a list would never grow old. Name the day on which its publisher gave the file out",
    ),
    "list.published.other": (
        "по словам файла список `{list}` от {day}, а --published называет {given}. Проверьте, тот ли это файл; если тот, уберите --published: верят файлу",
        "the file says that the list `{list}` is of {day}, and --published says {given}. See whether this is the file you mean; if it is, leave --published out: the file is believed",
    ),
    # lists that may not be relied on
    "list.old": (
        "список `{list}` устарел: последний раз он был верен {day}, это {days} дн. назад при допустимых {limit}. "
        "Обновите его: enduse lists update {list} или enduse lists import",
        "the list `{list}` is too old: it was last known to be right on {day}, {days} days ago, and {limit} are allowed. "
        "Update it: enduse lists update {list} or enduse lists import",
    ),
    "list.missing": (
        "списка `{list}` здесь нет. Примите его: enduse lists update {list} или enduse lists import",
        "the list `{list}` is not held. Take it in: enduse lists update {list} or enduse lists import",
    ),
    # words of own lists
    "list.word": (
        "имя `{list}` списку не подходит: нужны строчные латинские буквы, цифры и дефисы, до 40 знаков, первой — буква, например own-partners",
        "the word `{list}` will not do for a list: it takes small Latin letters, digits and hyphens, at most 40, the first a letter, like own-partners",
    ),
    "list.word.taken": (
        "имя `{list}` занято опубликованным списком. Дайте своему другое, например own-partners",
        "the word `{list}` is that of a published list. Give yours another, like own-partners",
    ),
    "list.word.published": (
        "своё имя бывает только у списков {known}; `{list}` всегда называется так. Уберите --as",
        "only lists of {known} have a word of their own; `{list}` is always called so. Leave --as out",
    ),
    "list.word.other": (
        "под именем `{list}` здесь держат список вида {kind}, а назван вид {given}. Дайте другое имя",
        "the word `{list}` is that of a list of {kind} held here, and {given} is named. Give it another word",
    ),
    "list.consent": (
        "--smaller и --damaged — согласие на один список, который вы посмотрели. Назовите его: enduse lists update un-sc {option}",
        "--smaller and --damaged consent to a list that you have looked at. Name it: enduse lists update un-sc {option}",
    ),
    # fetching
    "fetch.no_address": (
        "адрес списка `{list}` неизвестен. Назовите его в ENDUSE_LIST_ADDRESSES ({list}=https://…) или примите список из файла: enduse lists import",
        "no address of the list `{list}` is known. Name it in ENDUSE_LIST_ADDRESSES ({list}=https://…), or take the list in from a file: enduse lists import",
    ),
    "fetch.nothing": (
        "обновлять нечего: списки не выбраны (ENDUSE_LISTS), и ни одного с известным адресом здесь нет. Назовите их: enduse lists update un-sc",
        "there is nothing to update: no lists are chosen (ENDUSE_LISTS), and none with a known address is held. Name them: enduse lists update un-sc",
    ),
    "fetch.network": (
        "до {address} не дозвониться: {why}. Попыток: {tries}. Проверьте сеть, прокси (ENDUSE_LIST_PROXY) и адрес",
        "{address} cannot be reached: {why}. Tries: {tries}. Look at the network, the proxy (ENDUSE_LIST_PROXY) and the address",
    ),
    "fetch.status": (
        "{address} отвечает «{status} {why}». Попыток: {tries}. Повторите позже; если так и останется, узнайте у издателя новый адрес "
        "и назовите его в ENDUSE_LIST_ADDRESSES",
        "{address} answers `{status} {why}`. Tries: {tries}. Try again later; if it stays so, learn the new address from the publisher "
        "and name it in ENDUSE_LIST_ADDRESSES",
    ),
    "fetch.half": (
        "из {address} пришло не всё: {got} байт из {told}. Попыток: {tries}. Повторите позже",
        "not all of {address} arrived: {got} bytes of {told}. Tries: {tries}. Try again later",
    ),
    "fetch.encoding": (
        "{address} отдаёт содержимое, сжатое как «{encoding}», и его не распаковать. Проверьте адрес",
        "{address} gives its content out compressed as `{encoding}`, and it cannot be unpacked. Look at the address",
    ),
    "fetch.large": (
        "{address} отдаёт больше {megabytes} МБ, таких списков нет. Проверьте адрес; предел — ENDUSE_LIST_MB",
        "{address} gives out more than {megabytes} MB, and no list is so large. Look at the address; the limit is ENDUSE_LIST_MB",
    ),
    "fetch.slow": (
        "{address} не ответил целиком за {seconds} с. Повторите позже или поднимите предел, ENDUSE_LIST_SECONDS",
        "{address} did not answer whole within {seconds} s. Try again later, or raise the limit, ENDUSE_LIST_SECONDS",
    ),
    "fetch.redirect": (
        "{address} отсылает на {other}: туда идти нельзя (не HTTPS после HTTPS, не сеть или слишком много пересылок). Проверьте адрес",
        "{address} sends on to {other}, and there one may not go (no HTTPS after HTTPS, not the web, or sent on too often). Look at the address",
    ),
    # tables that are no such list
    "list.table": (
        "таблица не разбирается (строка {at}): {why}. Проверьте, тот ли файл назван, или скачайте список `{list}` заново",
        "the table does not parse (line {at}): {why}. See whether this is the file you mean, or fetch the list `{list}` again",
    ),
    "list.encoding": (
        "файл не в UTF-8: строка {at} содержит байт {byte}. Список `{list}` издатель отдаёт в UTF-8; скачайте его заново и не пересохраняйте в табличном редакторе",
        "the file is not UTF-8: line {at} holds the byte {byte}. The publisher gives the list `{list}` out in UTF-8; fetch it again, and do not save it anew from a spreadsheet",
    ),
    "list.columns": (
        "нет столбцов {missing} списка `{list}`; в файле: {found}. {hint}Проверьте, тот ли файл назван",
        "the columns {missing} of the list `{list}` are missing; the file has {found}. {hint}See whether this is the file you mean",
    ),
    "list.rows": (
        "в файле только заголовок и ни одной записи списка `{list}`. Скачайте список заново",
        "the file holds a header and no entry of the list `{list}`. Fetch the list again",
    ),
    "list.width": (
        "у строк другое число столбцов: в списке `{list}` их {expected}, а здесь {got} (таких строк {count}). Проверьте, тот ли файл назван",
        "rows of another width: the list `{list}` has {expected} columns, and here are {got} (in {count} rows). See whether this is the file you mean",
    ),
    "list.part": (
        "это не часть списка `{list}`: в первой строке столбцов {got}, а бывает 12 (сам список, `{main}`), 5 (другие имена), 6 (адреса) или 2 (продолжение примечаний)",
        "this is no part of the list `{list}`: its first row has {got} columns, and there are parts with 12 (the list itself, `{main}`), 5 (other names), 6 (addresses) and 2 (remarks continued)",
    ),
    "list.part.twice": (
        "одна и та же часть списка `{list}` названа дважды: `{first}` и `{second}`. Назовите файлы одного дня, каждый один раз",
        "the same part of the list `{list}` is named twice: `{first}` and `{second}`. Name the files of one day, each once",
    ),
    "list.part.main": (
        "нет самого списка `{list}` (файла `{main}`): без него прочее прочесть нельзя. Назовите и его",
        "the list `{list}` itself (the file `{main}`) is missing: nothing else can be read without it. Name it, too",
    ),
    "list.part.strange": (
        "{count} строк из {of} относятся к записям, которых нет в `{main}`: файлы разных списков или разных дней. Назовите файлы списка `{list}` одного дня",
        "{count} of {of} rows belong to entries that `{main}` does not hold: files of different lists, or of different days. Name files of the list `{list}` of one day",
    ),
    "list.mixed": (
        "списку `{list}` нужны или файлы CSV, или один файл XML. Назовите что-то одно",
        "the list `{list}` takes either CSV files or one XML file. Name the ones or the other",
    ),
    "list.another": (
        "это другой список, похоже на `{other}`: таковы программы у {share} % записей. Назовите другой файл или другой список",
        "this is another list, `{other}` by the look of it: {share} % of its entries have that list's programmes. Name another file, or the other list",
    ),
    "list.count": (
        "издатель пишет, что записей {told}, а в файле их {count}: получен не весь список `{list}`. Скачайте его заново",
        "the publisher says {told} entries, and the file holds {count}: not all of the list `{list}` arrived. Fetch it again",
    ),
    "list.lines": (
        "списку `{list}` нужен файл JSON Lines: по сущности FollowTheMoney в строке, с `id`, `schema` и `properties`. Здесь такой строки нет: {why}",
        "the list `{list}` takes JSON lines: a FollowTheMoney entity a line, with `id`, `schema` and `properties`. No line here is one: {why}",
    ),
    "list.no_entities": (
        "в файле нет ни одной сущности, которую можно проверять. Для списка `{list}` это: {expected}",
        "the file holds no entity that can be screened. For the list `{list}` those are: {expected}",
    ),
    "list.mapping.name": (
        "ни одной колонки с именем или наименованием. Назовите её в `columns`: {known}",
        "no column holds a name. Name one under `columns`: {known}",
    ),
    "list.mapping.needed": (
        "по заголовкам не видно, в каком столбце имя или наименование. Дайте файл соответствия `enduse/list-mapping-1`. Столбцы: {known}",
        "the titles do not tell which column holds the names. Give a mapping file `enduse/list-mapping-1`. The columns are: {known}",
    ),
    "list.own.files": (
        "собственный список — это один файл с данными и, если нужно, одно соответствие `enduse/list-mapping-1`. Дано данных: {count}, соответствий: {mappings}",
        "an own list is one file of data and, where wanted, one mapping `enduse/list-mapping-1`. Given: data {count}, mappings {mappings}",
    ),
    "list.own.encoding": (
        "файл не в {encoding}: строка {at} содержит байт {byte}. Сохраните его в UTF-8 или назовите в соответствии, в какой он кодировке: `encoding: windows-1251`",
        "the file is not in {encoding}: line {at} holds the byte {byte}. Save it in UTF-8, or say in the mapping which encoding it is in: `encoding: windows-1251`",
    ),
    "list.records": (
        "в JSON нет списка записей: нужен список объектов или объект, в котором он один. Если список вложен, назовите его ключ в соответствии: `records`",
        "the JSON holds no list of entries: a list of objects is wanted, or an object that holds one. If it lies deeper, name its key in the mapping: `records`",
    ),
    "list.records.which": (
        "в JSON несколько списков: {known}. Назовите в соответствии, в каком записи: `records`",
        "the JSON holds several lists: {known}. Say in the mapping which one holds the entries: `records`",
    ),
    "list.no_lines": (
        "в тексте нет ни одной пронумерованной записи вида «1. ФАМИЛИЯ ИМЯ ОТЧЕСТВО*, 01.01.1970 г.р., …;». Назовите файл XML из личного кабинета, страницу или её текст",
        "the text holds no numbered entry: a number, a name in capitals, a birth date, up to a semicolon. Name the XML file of the personal account, the page, or its text",
    ),
    # what some bytes are
    "got.html": ("страница HTML (может быть, сообщение об ошибке или вход на сайт)", "an HTML page (perhaps an error or a login)"),
    "got.xml": ("файл XML", "an XML file"),
    "got.json": ("файл JSON", "a JSON file"),
    "got.pdf": ("файл PDF", "a PDF file"),
    "got.zip": ("архив ZIP (или файл XLSX, DOCX)", "a ZIP archive (or an XLSX or DOCX file)"),
    "got.gzip": ("архив GZIP", "a GZIP archive"),
    "got.packed": ("архив (7z, RAR, XZ или BZIP2)", "an archive (7z, RAR, XZ or BZIP2)"),
    "got.binary": ("двоичный файл", "a binary file"),
    "got.plain": ("обычный текст или таблица CSV", "plain text or a CSV table"),
    # what was not taken over: whole entries
    "skipped.nameless": ("запись без имени и наименования не взята", "an entry without any name was left out"),
    "skipped.same": (
        "строка слово в слово повторяет более раннюю (запись `{id}`); взята первая",
        "the row repeats an earlier one to the letter (entry `{id}`); the first was taken",
    ),
    "skipped.width": (
        "в строке {count} столбцов, а не {expected}: она не взята: {text}",
        "the row has {count} columns and not {expected}: it was left out: {text}",
    ),
    "skipped.line": ("строка — не сущность FollowTheMoney и не взята: {why}", "the line is no FollowTheMoney entity and was left out: {why}"),
    "skipped.record": (
        "это не запись (нужен объект с полями) и не взято: {text}",
        "this is no entry (an object with fields is wanted) and was left out: {text}",
    ),
    # parts of files
    "skipped.unmapped": (
        "столбец `{field}` не сопоставлен ни одному полю и не взят (непустых ячеек: {count})",
        "the column `{field}` is mapped to no field and was left out (cells that hold something: {count})",
    ),
    "skipped.changes": (
        "это файл изменений, а прежнего списка с ним нет: взято только то, что в нём добавлено и изменено. Назовите перед ним полный файл",
        "this is a file of changes without the list that they are made to: only what it adds and changes was taken. Name the whole file before it",
    ),
    "skipped.delta": ("исключена запись `{id}`, которой в списке и не было", "the entry `{id}` is taken off, and the list did not hold it"),
    "skipped.schema": (
        "сущности вида `{schema}` не проверяются и не взяты: {count}",
        "entities of schema `{schema}` are not screened and were left out: {count}",
    ),
    "skipped.part.names": (
        "нет файла `{part}`: другие имена записей не прочитаны, и поиск их не увидит. Назовите при импорте и его",
        "the file `{part}` is not there: other names of the entries were not read, and a search will not see them. Name it, too, at the next import",
    ),
    "skipped.part.addresses": (
        "нет файла `{part}`: адреса записей не прочитаны. Назовите при импорте и его",
        "the file `{part}` is not there: addresses of the entries were not read. Name it, too, at the next import",
    ),
    "skipped.orphan": (
        "строка относится к записи `{id}`, которой в списке нет; не взята: {text}",
        "the row belongs to the entry `{id}`, which the list does not hold; left out: {text}",
    ),
    "skipped.end": (
        "файл не закрыт знаком конца, которым его закрывает издатель: возможно, получен не весь или пересохранён",
        "the file lacks the end sign with which the publisher closes it: perhaps not all of it arrived, or it was saved anew",
    ),
    "skipped.column": ("столбец `{field}` незнаком и не взят", "the column `{field}` is not known and was left out"),
    "skipped.bytes": (
        "в строке есть байты не в UTF-8; вместо них стоит знак замены",
        "the line holds bytes that are not UTF-8; a replacement sign stands for them",
    ),
    "skipped.count": (
        "издатель пишет, что записей {told}, а в файле их {count}; взяты все",
        "the publisher says {told} entries, and the file holds {count}; all were taken",
    ),
    "skipped.stray": ("строка — не запись перечня и не взята: {text}", "the line is no entry of the list and was left out: {text}"),
    "skipped.gap": (
        "после № {before} идёт № {after}: возможно, записи между ними потерялись",
        "No {after} follows No {before}: entries between them may have gone missing",
    ),
    # parts of entries
    "skipped.tie": ("связь ведёт к тому, чего в файле нет: {text}", "a tie leads to what the file does not hold: {text}"),
    "skipped.no_id": (
        "у записи нет номера издателя; номер составлен из её имени, страны и адреса",
        "the entry has no number of its publisher's; one was made of its name, country and address",
    ),
    "skipped.date": ("дату `{text}` ({field}) прочесть нельзя", "the date `{text}` ({field}) cannot be read"),
    "skipped.country": (
        "страна `{text}` ({field}) неизвестна; оставлена как в списке",
        "the country `{text}` ({field}) is not known; kept as published",
    ),
    "skipped.field": ("поле `{field}` незнакомо и не взято: {text}", "the field `{field}` is not known and was left out: {text}"),
    "skipped.damaged": (
        "текст поля {field} повреждён ещё до нас, часть знаков потеряна: {text}",
        "the text of {field} was damaged before it came here, some of its characters are lost: {text}",
    ),
    "skipped.kind": (
        "значение `{text}` поля {field} незнакомо; принято как «{taken}»",
        "the value `{text}` of {field} is not known; taken as `{taken}`",
    ),
    "skipped.renumbered": (
        "номер `{id}` в списке уже был у другой записи; эта взята под номером `{taken}`",
        "the number `{id}` stands in the list already, for another entry; this one was taken as `{taken}`",
    ),
    "skipped.cut": (
        "примечание обрывается ({text}), а продолжения в файлах нет; конец его не прочитан",
        "the remarks break off ({text}), and no file continues them; their end was not read",
    ),
    "skipped.link": (
        "«{text}»: записи с таким именем в списке нет или их несколько; связь оставлена словами",
        "`{text}`: the list holds no entry of that name, or several; the tie was kept in words",
    ),
}
