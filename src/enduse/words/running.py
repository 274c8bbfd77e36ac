"""What is said of a running installation: its beginning, people on the command line, server, worker, demonstration. (ru, en) for each code."""

RUNNING: dict[str, tuple[str, str]] = {
    # help
    "help.init": (
        "Начать работу: база данных, ключи, первый администратор, название организации. На терминале спросит недостающее. Код: 0 начато, 3 начато раньше. "
        "Новую версию программы вводит `enduse migrate`.",
        "Begin: database, keys, first administrator, name of the organisation. Asks on a terminal for what is not given. Exit code: 0 begun, 3 begun before. "
        "For a newer version of the program: `enduse migrate`.",
    ),
    "help.migrate": (
        "Привести базу данных к этой версии программы и поставить защитные триггеры заново. Прежде сделайте резервную копию. Повтор ничего не меняет.",
        "Bring the database up to this version of the program and install its triggers anew. Take a backup first. A second time changes nothing.",
    ),
    "help.organisation": ("Название организации.", "Name of the organisation."),
    "help.name": ("Имя человека.", "Name of the person."),
    "help.email": ("Рабочая почта: с нею входят.", "Work e-mail, to sign in with."),
    "help.personnel_number": ("Табельный номер.", "Personnel number."),
    "help.role": (
        "Роль, можно несколько раз: initiator, officer, expert, lawyer, approver, auditor, administrator.",
        "Role, may be given several times: initiator, officer, expert, lawyer, approver, auditor, administrator.",
    ),
    "help.password_file": (
        "Файл с паролем в первой строке («-» — стандартный ввод); иначе пароль будет придуман и показан один раз.",
        "A file with the password in its first line (`-` is standard input); else one is made up and shown once.",
    ),
    "help.by": ("От чьего имени: почта или табельный номер; иначе ENDUSE_BY.", "In whose name: e-mail or personnel number; else ENDUSE_BY."),
    "help.lists": (
        "Опубликованные списки: без команды — какие есть и от какого дня.",
        "Published lists: without a command, which are held and of which day.",
    ),
    "help.lists.import": (
        "Принять список из файлов издателя и сказать, что из них не взято и почему.",
        "Take a list in from its publisher's files, and say what of them was not taken over and why.",
    ),
    "help.lists.update": (
        "Обновить списки у издателей: названные, иначе выбранные в ENDUSE_LISTS, иначе все принятые с известным адресом.",
        "Bring lists up to date from their publishers: those named, else those chosen in ENDUSE_LISTS, else all held with a known address.",
    ),
    "help.lists.as": (
        "Под каким своим именем держать список (для csv и ftm), например own-partners; иначе csv или ftm.",
        "Under which word of your own to hold the list (csv and ftm), like own-partners; else csv or ftm.",
    ),
    "help.lists.mapping": (
        "Файл соответствия enduse/list-mapping-1: какой столбец что значит (для csv).",
        "A mapping file enduse/list-mapping-1: which column is what (csv).",
    ),
    "help.lists.damaged": (
        "Принять список с повреждениями, каких в прежнем не было, или такой, где больше половины записей не прочесть: вы посмотрели, лучшего нет.",
        "Take a list that is spoilt where the one before was not, or of which more than half cannot be read: you have looked, and there is no better one.",
    ),
    "help.lists.smaller": (
        "Принять список, в котором записей меньше половины прежнего: вы посмотрели, так и должно быть.",
        "Take a list that has fewer than half of the entries of before: you have looked, and it is right.",
    ),
    "help.lists.published": (
        "День, от которого список, если файл его не называет: 2026-11-02 или 02.11.2026. От него считается возраст; иначе — от дня приёма.",
        "Of which day the list is where its file does not tell: 2026-11-02 or 02.11.2026. Its age counts from there; else from the day it is taken in.",
    ),
    "lists.none": (
        "Списков нет. Примите первый: enduse lists import un-sc consolidated.xml",
        "No list is held. Take the first one in: enduse lists import un-sc consolidated.xml",
    ),
    "lists.line": (
        "{list} · от {day} · записей: {entries} · не взято частей и записей: {parts}",
        "{list} · of {day} · entries: {entries} · parts and entries not taken over: {parts}",
    ),
    "lists.line_undated": (
        "{list} · издатель дня не указал, принят {day} · записей: {entries} · не взято частей и записей: {parts}",
        "{list} · the publisher gives no day, taken in on {day} · entries: {entries} · parts and entries not taken over: {parts}",
    ),
    "lists.line_told": (
        "{list} · от {day} (день назван вручную) · записей: {entries} · не взято частей и записей: {parts}",
        "{list} · of {day} (told by hand) · entries: {entries} · parts and entries not taken over: {parts}",
    ),
    "lists.undated": (
        "Файл списка `{list}` дня не называет, поэтому он считается списком того дня, когда принят ({day}). "
        "Если он старше, примите его ещё раз и назовите день, когда издатель его отдал: --published ГГГГ-ММ-ДД",
        "The file of the list `{list}` tells no day, so it counts as of the day on which it was taken in ({day}). "
        "If it is older, take it in once more and say on which day its publisher gave it out: --published YYYY-MM-DD",
    ),
    "lists.state.ok": (
        "верен на {day}, дней назад: {days} из {limit}",
        "right on {day}, days ago: {days} of {limit}",
    ),
    "lists.state.old": (
        "УСТАРЕЛ: верен на {day}, дней назад: {days}, допустимо {limit}",
        "TOO OLD: right on {day}, days ago: {days}, and {limit} are allowed",
    ),
    "lists.state.missing": (
        "{list} · НЕТ: список выбран, но не принят. Обновите его: enduse lists update {list} — или примите из файла",
        "{list} · MISSING: the list is chosen and not held. Fetch it: enduse lists update {list}, or take it in from a file",
    ),
    "lists.state.damaged": (
        "{list} · ПОВРЕЖДЁН: {why}. Удалите эту папку и примите список заново",
        "{list} · DAMAGED: {why}. Remove its folder and take the list in again",
    ),
    "lists.newer": (
        "В силе остаётся более новый список `{list}`, от {day}",
        "A newer list `{list}`, of {day}, is held and stays the one that counts",
    ),
    "lists.fetching": ("{number} из {of}: {list} …", "{number} of {of}: {list} …"),
    "lists.indexing": ("Строится индекс для поиска …", "Building the index for searches …"),
    "lists.not_indexed": (
        "Индекс для поиска заранее не построен ({why}): это сделает первый поиск, и он займёт больше времени",
        "The index for searches was not built beforehand ({why}): the first search does it, and takes longer",
    ),
    "lists.updated": ("обновлён", "updated"),
    "lists.same": ("без изменений", "unchanged"),
    "lists.unaddressed": (
        "{list}: адрес неизвестен, список не обновлялся. Примите его из файла или назовите адрес в ENDUSE_LIST_ADDRESSES",
        "{list}: no address is known, the list was not updated. Take it in from a file, or name its address in ENDUSE_LIST_ADDRESSES",
    ),
    "lists.more": ("и ещё {count}; все — с --json", "and {count} more; all of them with --json"),
    "lists.sample": (
        "Чтение списка `{list}` проверено только на образце, настоящего файла при разработке не было. Сверьте число записей с файлом",
        "Reading the list `{list}` was tried on a sample only, no real file was at hand. Check the number of entries against the file",
    ),
    "help.users": ("Люди: без команды — список; учётные записи и роли.", "People: without a command a list; accounts and roles."),
    "help.users.add": (
        "Добавить человека; с почтой он сможет входить. Код: 0 добавлен, 3 нельзя, 2 значение не годится.",
        "Add a person; with an e-mail they can sign in. Exit code: 0 added, 3 not allowed, 2 a value will not do.",
    ),
    "help.users.grant": ("Дать роль (кому — почта или табельный номер).", "Give a role (to whom: e-mail or personnel number)."),
    "help.users.revoke": ("Снять роль.", "Take a role."),
    "help.users.switch_off": (
        "Отключить учётную запись: с этой почтой больше не войти.",
        "Switch an account off: nobody signs in with this e-mail any more.",
    ),
    "help.users.return": (
        "Записать, что ушедший человек вернулся (кто — почта или табельный номер); роли даются заново. Код: 0 записано, 3 нельзя, 2 значение не годится.",
        "Record that somebody who left came back (who: e-mail or personnel number); roles are given anew. "
        "Exit code: 0 recorded, 3 not allowed, 2 a value will not do.",
    ),
    "help.return_account": (
        "Учётная запись, с которой снова можно входить (можно повторить); прочие остаются отключёнными.",
        "An account that may sign in again (may be repeated); the others stay switched off.",
    ),
    "help.users.switch_on": ("Снова включить учётную запись.", "Switch an account on again."),
    "help.serve": (
        "Веб-сервер. Не запускается, если база данных другой версии или без защитных триггеров (код 3). SIGTERM и Ctrl-C дают начатым действиям закончиться.",
        "The web server. Does not start where the database is of another version or lacks its triggers (exit code 3). SIGTERM and Ctrl-C let what is under way end.",
    ),
    "help.workers": ("Число процессов; иначе по базе данных и машине.", "Number of processes; else what suits the database and the machine."),
    "help.address": ("Адрес; иначе ENDUSE_ADDRESS, иначе 127.0.0.1.", "Address; else ENDUSE_ADDRESS, else 127.0.0.1."),
    "help.port": ("Порт; иначе ENDUSE_PORT, иначе 8000.", "Port; else ENDUSE_PORT, else 8000."),
    "help.work": (
        "Фоновый работник: каждые ENDUSE_SWEEP_SECONDS записывает, что изменило время (истёкшие разрешения и проверки), и раз в сутки подписывает контрольную точку журнала.",
        "The background worker: every ENDUSE_SWEEP_SECONDS it writes down what time has changed (permits and checks that expired), and once a day signs a checkpoint of the ledger.",
    ),
    "help.once": (
        "Один обход и выход. Код: 0 всё просмотрено, 1 какая-то сделка не читается.",
        "One round, then end. Exit code: 0 all was looked at, 1 a deal could not be.",
    ),
    "help.demo": (
        "Показательное рабочее место: встроенная база с придуманными сделками, сервер и фоновый работник. Данные — в ENDUSE_DATA, иначе в папке .demo.",
        "The workbench for show: an embedded database with made-up deals, server and background worker. The data lie in ENDUSE_DATA, else in the folder .demo.",
    ),
    "help.decide": (
        "Без базы и сервера: решить по показательным файлам сделок в терминале.",
        "Without database and server: decide the demonstration's deal files in the terminal.",
    ),
    # asking
    "ask.name": ("Имя первого администратора", "Name of the first administrator"),
    "ask.email": ("Его рабочая почта", "Their work e-mail"),
    "ask.password": ("Пароль (не короче 12 знаков)", "Password (at least 12 characters)"),
    "ask.again": ("Пароль ещё раз", "Password again"),
    # init, migrate
    "init.done": (
        "Начато. Первый администратор — {email}.\nДанные: {data} ({database})\nКлюч контрольных точек журнала: {key_file}\n"
        "Открытый ключ к нему — сохраните вне этой машины:\n  {checkpoint_key}",
        "Begun. The first administrator is {email}.\nData: {data} ({database})\nKey of the ledger's checkpoints: {key_file}\n"
        "Its public key, to be kept away from this machine:\n  {checkpoint_key}",
    ),
    "init.password": ("Пароль (больше не будет показан): {password}", "Password (not shown again): {password}"),
    "init.next": (
        "Дальше:\n  enduse users add --name … --email … --role officer --by {email}\n  enduse users add --name … --email … --role approver --by {email}\n"
        "  enduse serve\n  enduse work",
        "Next:\n  enduse users add --name … --email … --role officer --by {email}\n  enduse users add --name … --email … --role approver --by {email}\n"
        "  enduse serve\n  enduse work",
    ),
    "init.begun_already": (
        "Здесь уже начато, ничего не изменено. Люди: `enduse users`, сервер: `enduse serve`",
        "It is begun here already; nothing was changed. People: `enduse users`, server: `enduse serve`",
    ),
    "init.behind": (
        "Здесь уже начато, ничего не изменено, но база данных от прежней версии. Сделайте резервную копию и выполните `enduse migrate`",
        "It is begun here already; nothing was changed, but the database is of an earlier version. Take a backup and run `enduse migrate`",
    ),
    "migrate.done": ("База данных приведена к этой версии: {steps}", "The database is brought up to this version: {steps}"),
    "migrate.nothing": (
        "База данных уже этой версии; защитные триггеры поставлены заново",
        "The database is of this version already; its triggers were installed anew",
    ),
    # users
    "users.no_roles": ("ролей нет", "no roles"),
    "users.off": ("{email} отключена", "{email} is switched off"),
    "users.left": ("больше не работает", "no longer works here"),
    "users.added": ("Добавлен: {who}", "Added: {who}"),
    "users.password": ("Пароль (больше не будет показан): {password}", "Password (not shown again): {password}"),
    "users.granted": ("{who}: роль {role} дана", "{who}: given the role {role}"),
    "users.revoked": ("{who}: роль {role} снята", "{who}: the role {role} is taken"),
    "users.returned": ("Снова работает здесь: {who}", "Works here again: {who}"),
    "users.switched_off": ("Учётная запись {email} отключена", "The account {email} is switched off"),
    "users.switched_on": ("Учётная запись {email} включена", "The account {email} is switched on"),
    # what keeps a process from starting
    "database.away": (
        "база данных недоступна: {why}. Проверьте, что она работает, и DATABASE_URL; ничего не записано наполовину",
        "the database cannot be reached: {why}. See that it runs, and DATABASE_URL; nothing was half-written",
    ),
    "database.empty": (
        "база данных ещё не подготовлена или от другой версии. В первый раз выполните `enduse init`, после обновления — `enduse migrate`",
        "the database is not set up yet, or of another version. The first time run `enduse init`, after an update `enduse migrate`",
    ),
    "start.behind": (
        "база данных не этой версии программы, не хватает шагов: {steps}. Сделайте резервную копию и выполните `enduse migrate` (в первый раз — `enduse init`)",
        "the database is not of this version of the program; these steps are missing: {steps}. Take a backup and run `enduse migrate` (the first time `enduse init`)",
    ),
    "start.newer": (
        "с этой базой уже работала более новая версия программы ({steps}). Поставьте её или восстановите копию, сделанную до неё",
        "a newer version of the program has used this database ({steps}). Install that one, or restore the backup taken before it",
    ),
    "start.unguarded": (
        "в базе данных нет защитных триггеров или они изменены: {triggers}. Выясните, кто её менял, сверьте журнал (`enduse ledger verify`) "
        "и поставьте их заново: `enduse migrate`",
        "the database lacks its triggers, or they were changed: {triggers}. Find out who changed it, verify the ledger (`enduse ledger verify`) "
        "and install them anew: `enduse migrate`",
    ),
    "serve.taken": (
        "порт {port} на {address} занят другой программой. Остановите её или возьмите другой порт: ENDUSE_PORT={other}",
        "port {port} of {address} is taken by another program. Stop that one or take another port: ENDUSE_PORT={other}",
    ),
    "serve.address": (
        "на {address}, порт {port}, принимать запросы нельзя: {why}. Проверьте ENDUSE_ADDRESS и ENDUSE_PORT",
        "no requests can be taken at {address}, port {port}: {why}. Check ENDUSE_ADDRESS and ENDUSE_PORT",
    ),
    # work
    "work.done": ("Просмотрено сделок: {looked}, изменилось: {changed}", "Deals looked at: {looked}, changed: {changed}"),
    "work.stuck": ("Сделка {reference} не просмотрена: {why}", "The deal {reference} could not be looked at: {why}"),
    # demo
    "demo.filling": ("Готовлю показательные данные…", "Preparing the demonstration's data…"),
    "demo.ready": ("EndUse работает: {address}", "EndUse is running: {address}"),
    "demo.accounts": ("Учётные записи, пароль у всех один — {password}", "The accounts, all with one password: {password}"),
    "demo.stop": (
        "Всё придумано. Данные — в {data}; удалите папку, чтобы начать заново. Остановить: Ctrl-C",
        "All of it is made up. The data lie in {data}; remove the folder to start afresh. To stop: Ctrl-C",
    ),
    "demo.stopped": ("Остановлено", "Stopped"),
    "demo.not_ours": (
        "в `{folder}` настоящие данные, показательные сделки с ними не смешиваются. Укажите для них другую папку в ENDUSE_DATA",
        "`{folder}` holds real records, and made-up deals do not mix with them. Name another folder for them in ENDUSE_DATA",
    ),
}
