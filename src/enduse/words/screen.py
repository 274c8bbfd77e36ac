"""What `enduse screen`, its receipts and their pages say. (ru, en) for each code."""

SCREEN: dict[str, tuple[str, str]] = {
    # help
    "help.screen": (
        "Проверить имя или таблицу имён по взятым спискам (3.2). Код: 0 совпадений нет, 3 есть, 2 вопрос не годится или выбранный список не взят, устарел, повреждён.",
        "Hold a name, or a table of names, against the held lists (3.2). Exit code: 0 no hit, 3 hits, 2 a bad question, or a chosen list that is missing, old or damaged.",
    ),
    "help.screen.kind": ("Кто это: any, person, company, vessel, aircraft.", "What it is: any, person, company, vessel, aircraft."),
    "help.screen.country": (
        "Страна: код ИСО или название; можно несколько раз.",
        "A country: its ISO code or a name; may be given several times.",
    ),
    "help.screen.birth_date": (
        "Дата рождения, можно неполная: 1961, 05.1961, «circa 1961», «1957 to 1960».",
        "Birth date, perhaps in part: 1961, 1961-05, `circa 1961`, `1957 to 1960`.",
    ),
    "help.screen.identifier": (
        "Номер: паспорт, ИНН, регистрация, ИМО; можно несколько раз.",
        "A number: passport, tax, registration, IMO; may be given several times.",
    ),
    "help.screen.address": ("Адрес.", "Address."),
    "help.screen.list": (
        "Только по этому списку (слово, как в `enduse lists`); можно несколько раз. Иначе по выбранным.",
        "Only against this list (its word, as in `enduse lists`); may be given several times. Else against those chosen.",
    ),
    "help.screen.threshold": (
        "С какой оценки (от 0 до 1) запись — совпадение: `0.8` для всех, `un-sc=0.8` для списка, `un-sc:person=0.8` для списка и вида; можно несколько раз.",
        "From which score (0 to 1) on an entry is a hit: `0.8` for all, `un-sc=0.8` for a list, `un-sc:person=0.8` for a list and a kind; may be given several times.",
    ),
    "help.screen.receipt": ("Записать квитанцию в файл (JSON).", "Write the receipt to a file (JSON)."),
    "help.screen.pdf": ("Записать квитанцию страницей PDF.", "Write the receipt as a page in PDF."),
    "help.screen.input": (
        "Таблица имён: .csv, .xlsx, .parquet или .jsonl; столбцы id, name, kind, country, birth_date, identifier, address, нужен только name.",
        "A table of names: .csv, .xlsx, .parquet or .jsonl; columns id, name, kind, country, birth_date, identifier, address, only name is needed.",
    ),
    "help.screen.output": ("Куда писать ответы на таблицу (.jsonl, по строке на имя).", "Where the answers to a table go (.jsonl, a line a name)."),
    "help.screen.sheet": ("Лист книги; иначе первый видимый.", "The sheet of the workbook; else the first that is shown."),
    "help.screen.workers": ("Сколько процессов ищет; иначе по числу ядер.", "How many processes search; else as many as there are cores."),
    "help.screen.restart": (
        "Начать таблицу сначала, а не с места, где прервалось; прежний файл ответов стирается.",
        "Begin a table anew, not where it was broken off; the file of answers from before is wiped.",
    ),
    "help.screen.replay": (
        "Повторить поиск по квитанции (.json) или ответам (.jsonl) на тех же снимках списков. Код: 0 то же, 3 отличается или изменена, 2 повторить нельзя.",
        "Search again by a receipt (.json) or answers (.jsonl), on the very snapshots of the lists. Exit code: 0 the same, 3 it differs or was altered, 2 it cannot be replayed.",
    ),
    # what the command is asked
    "screen.nothing": (
        "нечего искать. Дайте имя, или --input и --output, или --replay",
        "there is nothing to search. Give a name, or --input and --output, or --replay",
    ),
    "screen.together": (
        "вместе это не годится: {first} и {second}. Оставьте одно",
        "these do not go together: {first} and {second}. Keep one of them",
    ),
    "screen.no_output": (
        "не сказано, куда писать ответы. Добавьте --output ФАЙЛ.jsonl",
        "it is not said where the answers go. Add --output FILE.jsonl",
    ),
    "screen.no_file": (
        "`{file}` — не файл, в который можно писать: это папка, канал или устройство. Назовите файл",
        "`{file}` is no file that can be written: it is a folder, a pipe or a device. Name a file",
    ),
    "screen.no_input": (
        "`{file}` — канал или устройство, а таблица читается не один раз. Сохраните её в файл",
        "`{file}` is a pipe or a device, and the table is read more than once. Save it to a file",
    ),
    "screen.one_place": (
        "{first} и {second} названы одним файлом: второй стёр бы первый. Назовите разные",
        "{first} and {second} name one file: the second would wipe the first. Name two",
    ),
    "screen.threshold_list": (
        "порог назван для списка `{list}`, а в нём не ищут. {hint}Ищут в: {known}",
        "a threshold is given for the list `{list}`, which is not searched. {hint}Searched are: {known}",
    ),
    "screen.no_name": (
        "имя пустое. Напишите его после `enduse screen` в кавычках",
        "there is no name: it is empty. Write it after `enduse screen`, in quotation marks",
    ),
    "screen.quote_open": (
        "кавычка открыта и не закрыта. Закройте её; кавычку внутри ячейки пишут дважды",
        "a quotation mark is opened and never closed. Close it; inside a cell it is written twice",
    ),
    "screen.quote": (
        "кавычка не закрыта, или после закрытой стоит не разделитель. Внутри ячейки её пишут дважды",
        "a quotation mark is not closed, or what follows it is no delimiter. Inside a cell it is written twice",
    ),
    "screen.interrupted": (
        "Прервано. Та же команда продолжит с того места",
        "Interrupted. The same command goes on from there",
    ),
    "screen.threshold": (
        "`{value}` не годится для --threshold. Нужно число от 0 до 1, или СПИСОК=число, или СПИСОК:ВИД=число; виды: {known}",
        "`{value}` will not do for --threshold. Write a number from 0 to 1, or LIST=number, or LIST:KIND=number; kinds: {known}",
    ),
    "screen.no_lists": (
        "ни одного списка не взято, искать не по чему. Возьмите списки: `enduse lists import`",
        "no list is held: there is nothing to search. Take lists in: `enduse lists import`",
    ),
    "screen.name": ("нет имени. Заполните столбец `name`", "there is no name. Fill in the column `name`"),
    "screen.long": (
        "в имени {count} знаков, больше {limit} не ищется. Оставьте само имя",
        "the name has {count} characters, and more than {limit} are not searched. Keep the name alone",
    ),
    "screen.kind": ("вида `{value}` нет. {hint}Возможны: {known}", "there is no kind `{value}`. {hint}Possible: {known}"),
    "screen.country": (
        "страна `{value}` неизвестна. Напишите код из двух букв или название по-русски или по-английски",
        "the country `{value}` is not known. Write its two-letter code, or its name in Russian or English",
    ),
    "screen.birth": (
        "дату рождения `{value}` прочесть нельзя. Напишите, например, 1961, 1961-05 или 1961-05-12",
        "the birth date `{value}` cannot be read. Write, for example, 1961, 1961-05 or 1961-05-12",
    ),
    "screen.cell": (
        "в столбце `{column}` слишком много: больше {limit} знаков или 50 значений. Оставьте нужное",
        "the column `{column}` holds too much: more than {limit} characters or 50 values. Keep what is needed",
    ),
    # tables
    "screen.column": (
        "нет столбца `name`. {hint}Есть: {found}. Возможны: {known}",
        "there is no column `name`. {hint}There are: {found}. Possible: {known}",
    ),
    "screen.column_twice": ("столбец `{column}` стоит дважды. Оставьте один", "the column `{column}` stands there twice. Keep one"),
    "screen.extra": ("столбцы не поняты и не учтены: {columns}", "columns that are not known were left aside: {columns}"),
    "screen.sheets": (
        "в книге есть ещё листы со строками, они не прочитаны: {sheets}. Проверьте их отдельно: --sheet",
        "the workbook has more sheets with rows, which were not read: {sheets}. Screen them by themselves: --sheet",
    ),
    "screen.suffix": (
        "`{file}` — не таблица, которую здесь читают. Возможны: .csv, .xlsx, .parquet, .jsonl",
        "`{file}` is no table that is read here. Possible: .csv, .xlsx, .parquet, .jsonl",
    ),
    "screen.empty": ("в таблице нет ни одной строки с именем", "the table holds no row"),
    "screen.encoding": (
        "кодировка не опознана (строка {line}, байт {byte}). Сохраните файл в UTF-8",
        "the encoding is not known (line {line}, byte {byte}). Save the file in UTF-8",
    ),
    "screen.encoding_guess": (
        "это похоже на {guess}, а читаются UTF-8, UTF-16 и Windows-1251. Сохраните файл в UTF-8",
        "this looks like {guess}, and UTF-8, UTF-16 and Windows-1251 are read. Save the file in UTF-8",
    ),
    "screen.encoding_broken": (
        "файл в UTF-8, но строка {line} содержит байт {byte}, которого там быть не может. Исправьте строку или сохраните файл заново",
        "the file is UTF-8, but line {line} holds the byte {byte}, which cannot be. Mend the line, or save the file anew",
    ),
    "screen.line": ("строка не разбирается: {why}", "the row cannot be read: {why}"),
    "screen.wide": (
        "в строке {got} ячеек, а столбцов {expected}. Проверьте кавычки и разделители",
        "the row has {got} cells, and there are {expected} columns. See its quotation marks and delimiters",
    ),
    "screen.json_line": (
        "строка — не объект JSON со столбцами `name` и прочими: {why}",
        "the line is no JSON object with `name` and other columns: {why}",
    ),
    "screen.key_twice": (
        "ключ `{column}` стоит в строке дважды. Оставьте один",
        "the key `{column}` stands in the line twice. Keep one",
    ),
    "screen.one": (
        "в `{column}` несколько значений, а нужно одно. Дайте каждому свою строку",
        "`{column}` holds several values, and one is wanted. Give each a row of its own",
    ),
    "screen.value": (
        "значение `{column}` не текст, не число и не список текстов",
        "the value of `{column}` is no text, no number and no list of texts",
    ),
    "screen.parquet": (
        "чтобы читать .parquet, нужен pyarrow. Установите его: `pip install 'enduse[parquet]'`, или сохраните таблицу в .csv",
        "to read .parquet, pyarrow is needed. Install it: `pip install 'enduse[parquet]'`, or save the table as .csv",
    ),
    "screen.parquet_broken": (
        "файл .parquet не читается: {why}. Запишите его заново",
        "the .parquet file cannot be read: {why}. Write it anew",
    ),
    "screen.file": (
        "`{file}` не записать: {why}. Назовите другое место",
        "`{file}` cannot be written: {why}. Name another place",
    ),
    # answers in a file
    "screen.same_file": (
        "`{file}` — и вопрос, и место для ответов. Назовите для --output другой файл",
        "`{file}` is both the question and the place for the answers. Name another file for --output",
    ),
    "screen.output_there": (
        "`{file}` уже есть, и это не ответы проверки. Назовите другой файл, или стереть его: --restart",
        "`{file}` is there already, and it holds no answers of a screening. Name another file, or have it wiped: --restart",
    ),
    "screen.state_broken": (
        "запись о том, где прервалось (`{file}`), не читается. Начать сначала: --restart",
        "what was noted of where it broke off (`{file}`) cannot be read. To begin anew: --restart",
    ),
    "screen.changed": (
        "прерванную проверку продолжить нельзя, изменилось: {got}. Верните как было или начните сначала: --restart",
        "the screening that broke off cannot go on, what changed is: {got}. Put it back, or begin anew: --restart",
    ),
    "got.changed.input": ("файл вопросов", "the file of questions"),
    "got.changed.lists": ("списки", "the lists"),
    "got.changed.norms": ("пороги", "the thresholds"),
    "got.changed.algorithm": ("версия алгоритма", "the algorithm's version"),
    "got.changed.program": ("версия программы", "the program's version"),
    "got.changed.lang": ("язык ответов", "the language of the answers"),
    "got.changed.sheet": ("лист книги", "the sheet of the workbook"),
    "got.changed.output": ("файл ответов (в нём не то, что было)", "the file of answers (it does not hold what it held)"),
    "screen.unwritable": (
        "в `{file}` не записать: {why}. Проверьте место и права; та же команда потом продолжит",
        "`{file}` cannot be written: {why}. See to room and rights; the same command then goes on",
    ),
    "screen.busy": (
        "в `{file}` сейчас пишет другая проверка. Дождитесь её",
        "another screening is writing to `{file}` just now. Wait for it",
    ),
    "screen.resumed": ("Продолжаю: {count} строк уже отвечено", "Going on: {count} rows are answered already"),
    "screen.workers_lost": (
        "поисковый процесс пропал (может быть, не хватило памяти). Запустите ту же команду ещё раз: она продолжит; с меньшим --workers памяти нужно меньше",
        "a searching process was lost (perhaps for want of memory). Start the same command again: it goes on; a smaller --workers needs less memory",
    ),
    "screen.progress": ("Проверено", "Screened"),
    "screen.total": (
        "Строк: {count}; с совпадениями: {hits}; без совпадений: {clear}; не годятся: {bad}",
        "Rows: {count}; with hits: {hits}; without: {clear}; bad: {bad}",
    ),
    # an answer for people
    "screen.hits": ("Совпадений: {count}", "Hits: {count}"),
    "screen.no_hits": ("Совпадений нет", "No hits"),
    "screen.more": ("и ещё {count}", "and {count} more"),
    "screen.hit": (
        "{list}, запись {entry} · {name} ({kind}) · оценка {score:.2f}, вес {strength:.2f}",
        "{list}, entry {entry} · {name} ({kind}) · score {score:.2f}, strength {strength:.2f}",
    ),
    "screen.kind.name": ("основное имя", "main name"),
    "screen.kind.alias": ("другое имя", "alias"),
    "screen.kind.weak": ("слабое другое имя", "weak alias"),
    "screen.kind.former": ("прежнее имя", "former name"),
    "screen.kind.original": ("имя исходным письмом", "name in the original script"),
    "screen.gave.score": ("{text} (оценка {gave})", "{text} (score {gave})"),
    "screen.gave.strength": ("{text} (вес {gave})", "{text} (strength {gave})"),
    "screen.asked": ("Спрошено", "Asked"),
    "screen.asked.kind": ("вид: {value}", "kind: {value}"),
    "screen.asked.countries": ("страна: {value}", "country: {value}"),
    "screen.asked.birth": ("рождение: {value}", "born: {value}"),
    "screen.asked.circa": ("около {value}", "circa {value}"),
    "screen.asked.identifiers": ("номер: {value}", "number: {value}"),
    "screen.asked.address": ("адрес: {value}", "address: {value}"),
    "screen.query_kind.any": ("любой", "any"),
    "screen.query_kind.person": ("физическое лицо", "person"),
    "screen.query_kind.company": ("организация", "company"),
    "screen.query_kind.vessel": ("судно", "vessel"),
    "screen.query_kind.aircraft": ("воздушное судно", "aircraft"),
    "screen.searched": ("Искали в списках", "Lists searched"),
    "screen.searched.one": ("{list} от {day}, записей: {entries}", "{list} of {day}, entries: {entries}"),
    "screen.norms": ("порог {threshold}", "threshold {threshold}"),
    "screen.not_covered": ("Не охвачено", "Not covered"),
    "screen.receipt": ("квитанция {digest}", "receipt {digest}"),
    "screen.list.none": (
        "ни одного списка не взято: искали ни в чём. Возьмите списки: `enduse lists import`",
        "no list is held: nothing was searched. Take lists in: `enduse lists import`",
    ),
    "screen.list.old": (
        "список {list} устарел: о нём известно на {day}, а годен он {limit} дней. Обновите: `enduse lists update`. До того ответ не полон",
        "the list {list} is old: known as of {day}, and good for {limit} days. Bring it up to date: `enduse lists update`. Until then the answer is not complete",
    ),
    "screen.list.missing": (
        "список {list} не взят, в нём не искали. Возьмите его: `enduse lists import {list}`. До того ответ не полон",
        "the list {list} is not held and was not searched. Take it in: `enduse lists import {list}`. Until then the answer is not complete",
    ),
    "screen.list.damaged": (
        "список {list} повреждён, в нём не искали. Возьмите его заново: `enduse lists import {list}`. До того ответ не полон",
        "the list {list} is damaged and was not searched. Take it in anew: `enduse lists import {list}`. Until then the answer is not complete",
    ),
    "screen.unsearched": ("в этих списках не искали: {lists}", "these lists were not searched: {lists}"),
    "screen.incomplete": (
        "проверка не полна: {why}",
        "the screening is not complete: {why}",
    ),
    # receipts
    "receipt.format": (
        "это не квитанция проверки: нужен объект с `format: {format}`",
        "this is no receipt of a screening: an object with `format: {format}` is wanted",
    ),
    "receipt.broken": (
        "квитанция устроена не так, как пишет программа (место: {why}). Возьмите файл, который она записала, без правок",
        "the receipt is not built as the program writes one (at: {why}). Take the file that it wrote, unaltered",
    ),
    "receipt.json": (
        "это не квитанция и не ответы проверки: здесь нет объекта JSON",
        "this is neither a receipt nor answers: there is no JSON object here",
    ),
    "receipt.large": ("строка больше {limit} МБ: это не квитанция", "the line is larger than {limit} MB: this is no receipt"),
    "receipt.no_receipt": (
        "на эту строку ответа не было, повторять нечего: {why}",
        "this row was not answered, there is nothing to replay: {why}",
    ),
    "receipt.no_lists": (
        "в квитанции нет ни одного списка: искали ни в чём, повторять нечего. Проверьте имя заново: `enduse screen`",
        "the receipt names no list: nothing was searched, there is nothing to replay. Screen the name anew: `enduse screen`",
    ),
    "receipt.snapshot": (
        "снимка списка {list} от {day} ({digest}) здесь больше нет, поиск не повторить. Возьмите те же файлы издателя: `enduse lists import`",
        "the snapshot of the list {list} of {day} ({digest}) is not held here any more, the search cannot be made again. Take the same files of the publisher in: `enduse lists import`",
    ),
    "receipt.algorithm": (
        "поиск сделан версией `{algorithm}`, а у этой программы есть {known}. Повторите той версией программы, что названа в квитанции",
        "the search was made by the version `{algorithm}`, and this program has {known}. Replay it with the version of the program that the receipt names",
    ),
    "receipt.altered": (
        "{name}: квитанция изменена: её отпечаток не сходится с тем, что в ней стоит",
        "{name}: the receipt was altered: its digest is not that of what it says",
    ),
    "receipt.line_altered": (
        "{name}: строка изменена: в ней стоит не то, что в её квитанции",
        "{name}: the line was altered: it does not say what its receipt says",
    ),
    "receipt.same": ("{name}: то же", "{name}: the same"),
    "receipt.differs": ("{name}: отличается", "{name}: differs"),
    "receipt.part": ("{part}: было {recorded}, стало {now}", "{part}: recorded {recorded}, now {now}"),
    "receipt.total": (
        "Квитанций: {count}; совпало: {same}; отличается: {differ}; повторить нельзя: {bad}",
        "Receipts: {count}; the same: {same}; differ: {differ}; cannot be replayed: {bad}",
    ),
    # the page
    "receipt.page.title": ("Квитанция проверки по спискам", "Receipt of a screening against lists"),
    "receipt.page.clause": ("Декларация, пункт 3.2", "Declaration, clause 3.2"),
    "receipt.page.result": ("Итог", "Result"),
    "receipt.page.hits": ("Найдено совпадений: {count}. Каждое разбирает человек", "Hits found: {count}. A person settles each of them"),
    "receipt.page.clear": ("Совпадений не найдено", "No hits were found"),
    "receipt.page.incomplete": (
        "Проверка не полна: на этот ответ полагаться нельзя",
        "The screening is not complete: this answer may not be relied on",
    ),
    "receipt.page.list": ("Список", "List"),
    "receipt.page.publisher": ("Издатель", "Publisher"),
    "receipt.page.day": ("От", "Of"),
    "receipt.page.entries": ("Записей", "Entries"),
    "receipt.page.digest": ("Отпечаток файлов", "Digest of the files"),
    "receipt.page.state": ("Состояние", "State"),
    "receipt.page.state.ok": ("годен", "current"),
    "receipt.page.state.old": ("устарел", "old"),
    "receipt.page.state.missing": ("не взят", "missing"),
    "receipt.page.state.damaged": ("повреждён", "damaged"),
    "receipt.page.entry": ("Запись", "Entry"),
    "receipt.page.name": ("Имя в списке", "Name on the list"),
    "receipt.page.score": ("Оценка", "Score"),
    "receipt.page.strength": ("Вес", "Strength"),
    "receipt.page.why": ("Почему", "Why"),
    "receipt.page.more": ("и ещё {count}; все — в квитанции JSON", "and {count} more; all are in the receipt's JSON"),
    "receipt.page.how": ("Как искали", "How it was searched"),
    "receipt.page.algorithm": ("алгоритм {algorithm}, программа {program}", "algorithm {algorithm}, program {program}"),
    "receipt.page.at": ("время {at} (всемирное)", "at {at} (UTC)"),
    "receipt.page.check": (
        "Проверить: `enduse screen --replay КВИТАНЦИЯ.json`. Отпечаток квитанции",
        "To check: `enduse screen --replay RECEIPT.json`. Digest of the receipt",
    ),
}
