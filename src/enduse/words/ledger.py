"""What is said of the ledger, of backups and of restoring them: commands, findings, refusals, the page. (ru, en) for each code."""

LEDGER: dict[str, tuple[str, str]] = {
    # help
    "help.ledger": ("Журнал: проверить, подписать контрольную точку, показать записи.", "The ledger: verify it, sign a checkpoint, show records."),
    "help.ledger.verify": (
        "Проверить весь журнал и то, о чём говорят его записи. Код: 0 нарушений нет, 3 найдены, 2 контрольная точка или ключ не годятся.",
        "Verify the whole ledger and the rows that its records tell of. Exit code: 0 nothing wrong, 3 tampered, 2 a bad checkpoint or key.",
    ),
    "help.ledger.checkpoint": (
        "Подписать журнал в нынешнем виде и напечатать контрольную точку. Код: 0 сделана и передана, 3 сделана, но передать не всюду удалось.",
        "Sign the ledger as it stands and print the checkpoint. Exit code: 0 made and given out, 3 made, but not given out everywhere.",
    ),
    "help.ledger.key": (
        "Напечатать открытый ключ контрольных точек. Храните его отдельно от этой машины.",
        "Print the public key of the checkpoints. Keep it away from this machine.",
    ),
    "help.ledger.show": ("Показать записи журнала.", "Show records of the ledger."),
    "help.ledger.erase": (
        "Стереть содержание записи (персональные данные); сама запись и дерево остаются. Код: 0 стёрто, 3 нельзя.",
        "Erase what a record says (personal data); the record itself and the tree stay. Exit code: 0 erased, 3 not allowed.",
    ),
    "help.checkpoint": (
        "Контрольная точка, сохранённая вне этой машины; можно несколько раз.",
        "A checkpoint that was kept away from this machine; may be given several times.",
    ),
    "help.key": (
        "Открытый ключ (файл или сама строка), сохранённый вне этой машины; иначе здешний.",
        "The public key (a file or the line itself) that was kept away from this machine; else the one held here.",
    ),
    "help.output": ("Записать контрольную точку и в этот файл.", "Also write the checkpoint to this file."),
    "help.about": (
        "Записи о чём-то одном: deal:НОМЕР, person:7, ledger:12.",
        "Records about one thing: deal:REFERENCE, person:7, ledger:12.",
    ),
    "help.kind": ("Записи одного вида, например deal.released.", "Records of one kind, such as deal.released."),
    "help.limit": ("Сколько последних записей показать (иначе 50; 0 — все).", "How many of the latest records to show (else 50; 0: all)."),
    "help.by_or_system": ("От чьего имени: почта или табельный номер; иначе система.", "In whose name: e-mail or personnel number; else the system's."),
    "help.reason": ("Причина; она останется в журнале.", "The reason; it stays in the ledger."),
    "help.backup": (
        "Резервная копия всего: база, файлы, ключи, контрольные точки. Можно на ходу. Код: 0 сделана, 3 сделана, но каких-то вложений нет.",
        "A backup of everything: database, files, keys, checkpoints. Works while the workbench runs. Exit code: 0 made, 3 made, but attachments are missing.",
    ),
    "help.restore": (
        "Восстановить из резервной копии; сначала остановите serve и work. Код: 0 восстановлено и сверено, 3 восстановлено, но не сошлось, 2 копия не годится.",
        "Restore from a backup; stop serve and work first. Exit code: 0 restored and verified, 3 restored but it does not agree, 2 a bad backup.",
    ),
    "help.into": ("Папка данных, в которую восстанавливать; иначе ENDUSE_DATA.", "The data folder to restore into; else ENDUSE_DATA."),
    "help.replace": (
        "Заменить то, что там есть; прежнее не удаляется, а отодвигается в папку before-….",
        "Replace what is there; it is not deleted but moved aside into a folder before-….",
    ),
    # verify
    "ledger.sound": ("Нарушений не найдено", "Nothing wrong was found"),
    "ledger.tampered": ("ЖУРНАЛ НЕ СХОДИТСЯ: найдено {count}", "THE LEDGER DOES NOT ADD UP: {count} found"),
    "ledger.counted": ("Записей {records}, из них стёрто содержание {erased}", "{records} records, the bodies of {erased} erased"),
    "ledger.dated": ("с {first} по {last}", "from {first} to {last}"),
    "ledger.root_told": ("Корень {root}", "Root {root}"),
    "ledger.proved": (
        "Контрольная точка подтверждена: {size} записей, {at}. Всё до неё таково, каким было тогда",
        "The checkpoint holds: {size} records, {at}. Everything before it is as it was then",
    ),
    "ledger.compared": (
        "Сверено строк базы с тем, что о них записано: {compared}; не с чем сверить: {uncompared}",
        "Rows of the database held against what was recorded of them: {compared}; could not be compared: {uncompared}",
    ),
    "ledger.own_key": (
        "Подписи сверены со здешним ключом. Кто владеет этой машиной, владеет и им: лучше дать сохранённый отдельно (--key)",
        "The signatures were verified with the key held here. Whoever owns this machine owns that too: better give the one kept elsewhere (--key)",
    ),
    "ledger.unproved": ("Чего эта проверка не исключает", "What this verification cannot exclude"),
    "ledger.unproved_whole": (
        "что владелец базы данных переписал журнал целиком. Это исключает только контрольная точка, сохранённая вне этой машины: --checkpoint ФАЙЛ",
        "that an owner of the database wrote the whole ledger anew. Only a checkpoint kept away from this machine excludes that: --checkpoint FILE",
    ),
    "ledger.unproved_tail": (
        "что последние записи отрезаны вместе с указанием их числа",
        "that the last records were cut off together with the count of them",
    ),
    "ledger.unproved_after": (
        "что записи после контрольной точки переписаны или отрезаны. Чем свежее точка, тем их меньше",
        "that records after the checkpoint were written anew or cut off. The fresher the checkpoint, the fewer they are",
    ),
    "ledger.unproved_until": ("записи, появившиеся во время проверки", "records that were written during the verification"),
    "ledger.progress": ("проверено записей: {count}", "records verified: {count}"),
    "ledger.more": ("… и ещё {count} таких же", "… and {count} more of this kind"),
    "ledger.at_record": ("запись {index}", "record {index}"),
    # findings
    "ledger.leaf": ("поля записи изменены: её хеш с ними не сходится", "the record's fields were changed: its hash does not fit them"),
    "ledger.body": (
        "содержание записи изменено или стёрто наполовину: хеш с ним не сходится",
        "what the record says was changed, or half of it erased: the hash does not fit it",
    ),
    "ledger.gap": (
        "ждали запись {expected}, а стоит {got}: записи удалены, вставлены или переставлены",
        "record {expected} was expected, and {got} stands here: records were deleted, inserted or reordered",
    ),
    "ledger.unreadable": ("запись не читается, поле `{field}`", "the record cannot be read, its field `{field}`"),
    "ledger.clock": (
        "время пошло назад: {at} после {before}. Часы переводили, или запись вставлена",
        "time went backwards: {at} after {before}. The clock was set back, or the record was inserted",
    ),
    "ledger.after_checkpoint": (
        "время записи {at} не по ту сторону контрольной точки {checkpoint}",
        "the record's time {at} is on the wrong side of the checkpoint of {checkpoint}",
    ),
    "ledger.root": (
        "журнал не приходит к корню контрольной точки ({size} записей, {at}): отсюда и до неё что-то изменено, удалено или вставлено",
        "the ledger does not come to the root of the checkpoint ({size} records, {at}): between here and there something was changed, deleted or inserted",
    ),
    "ledger.truncated": (
        "конец отрезан: в контрольной точке {at} записей {size}, а здесь {records}",
        "the end was cut off: the checkpoint of {at} has {size} records, and here there are {records}",
    ),
    "ledger.head": (
        "журнал помнит о себе другое: записей {size}, а есть {records}, или корень не тот",
        "the ledger remembers otherwise of itself: {size} records where there are {records}, or another root",
    ),
    "ledger.erased_silently": (
        "содержание стёрто, а записи об этом нет",
        "what it says was erased, and no record says so",
    ),
    "ledger.checkpoint": (
        "хранимая здесь контрольная точка {row} изменена: её подпись или строка не сходятся",
        "the checkpoint {row} kept here was changed: its signature or its row does not fit",
    ),
    "ledger.row_altered": (
        "строка {row} таблицы `{table}` не такова, как записано: её изменили в обход журнала",
        "the row {row} of `{table}` is not as recorded: it was changed behind the ledger's back",
    ),
    "ledger.row_missing": (
        "строки таблицы `{table}`, о которой здесь записано, нет или она изменена",
        "the row of `{table}` that this record tells of is not there, or was changed",
    ),
    "ledger.row_untold": (
        "о строке {row} таблицы `{table}` нет записи: её добавили или изменили в обход журнала",
        "no record tells of the row {row} of `{table}`: it was put in or changed behind the ledger's back",
    ),
    "ledger.row_unreadable": ("таблица `{table}` не читается", "`{table}` cannot be read"),
    # checkpoints
    "ledger.no_key": (
        "ключа, которым подписывают контрольные точки, нет: `{file}`. Его создаёт `enduse init`; если он был, верните его из резервной копии",
        "there is no key to sign checkpoints with: `{file}`. `enduse init` makes it; where there was one, put it back from a backup",
    ),
    "ledger.mail_nowhere": (
        "контрольную точку нечем отправить ({to}): не задан ENDUSE_MAIL_URL. Она сделана и сохранена",
        "the checkpoint cannot be mailed ({to}): ENDUSE_MAIL_URL is not set. It was made and kept",
    ),
    "ledger.mail_failed": (
        "контрольная точка не ушла по почте ({to}): {why}. Она сделана и сохранена; проверьте почтовый сервер и отправьте файл сами",
        "the checkpoint was not mailed ({to}): {why}. It was made and kept; check the mail server and send the file yourself",
    ),
    "ledger.mail_subject": ("EndUse: контрольная точка журнала, записей {size}, {at}", "EndUse: ledger checkpoint, {size} records, {at}"),
    "ledger.mail": (
        "Подписанная контрольная точка журнала: записей {size}, {at}. Храните вложенный файл там, куда у владельца базы данных нет доступа.\n"
        "Проверка: enduse ledger verify --checkpoint ФАЙЛ",
        "A signed checkpoint of the ledger: {size} records, {at}. Keep the attached file where the owner of the database cannot reach it.\n"
        "To verify: enduse ledger verify --checkpoint FILE",
    ),
    "ledger.dropped": ("Положена в {file}", "Put into {file}"),
    "ledger.mailed": ("Отправлена: {to}", "Mailed to {to}"),
    # erasing
    "ledger.absent": ("записи {index} в журнале нет", "the ledger has no record {index}"),
    "ledger.kept": (
        "содержание записи {index} ({kind}) не стирают: по нему сверяют решения, заключения и реестр. Стереть можно только: {kinds}",
        "the body of record {index} ({kind}) is never erased: decisions, approvals and the register are verified by it. Only these can be: {kinds}",
    ),
    "ledger.erased": ("содержание записи {index} уже стёрто", "the body of record {index} is erased already"),
    "ledger.erased_now": (
        "Содержание записи {index} стёрто, об этом запись {record}. В прежних резервных копиях и на страницах сделок оно остаётся",
        "What record {index} said is erased; record {record} says so. Earlier backups and the deals' pages still have it",
    ),
    # show
    "ledger.nothing": ("Таких записей нет", "There are no such records"),
    "ledger.body_gone": ("(содержание стёрто)", "(body erased)"),
    # backup and restore
    "backup.done": (
        "Копия: {file}\nФайлов {files}, {size} МБ; в журнале записей {records}, корень {root}\nВ копии закрытые ключи: храните её так же строго, как саму базу",
        "Backup: {file}\n{files} files, {size} MB; {records} records in the ledger, root {root}\nIt holds private keys: guard it as strictly as the database itself",
    ),
    "backup.progress": ("скопировано файлов: {count}", "files copied: {count}"),
    "backup.lacks": (
        "вложения {digest} нет в папке данных, и в копии его нет. Найдите его в прежней копии",
        "the attachment {digest} is not in the data folder, so not in the backup either. Look for it in an earlier backup",
    ),
    "backup.exists": (
        "`{file}` уже есть, и поверх него ничего не пишут. Назовите другой файл",
        "`{file}` exists already, and nothing is written over it. Name another file",
    ),
    "backup.inside": (
        "`{file}` внутри папки данных, которая копируется. Назовите место вне её, лучше на другой машине",
        "`{file}` is inside the data folder that is backed up. Name a place outside, best on another machine",
    ),
    "backup.name": (
        "`{file}`: копия пишется в .tar, .tar.gz или в папку (имя без расширения)",
        "`{file}`: a backup is written to a .tar, a .tar.gz or a folder (a name without an extension)",
    ),
    "backup.unwritable": (
        "копию `{file}` не удалось записать: {why}. Ничего не оставлено; освободите место или назовите другое",
        "the backup `{file}` could not be written: {why}. Nothing was left behind; make room or name another place",
    ),
    "backup.no_database": (
        "базы данных `{file}` нет, копировать нечего. Проверьте ENDUSE_DATA; в первый раз выполните `enduse init`",
        "there is no database `{file}`, so nothing to back up. Check ENDUSE_DATA; the first time run `enduse init`",
    ),
    "backup.no_program": (
        "для базы PostgreSQL нужна программа `{program}` версии не ниже {version}, а её нет. Установите клиент PostgreSQL (в Debian: postgresql-client)",
        "a PostgreSQL database takes the program `{program}`, version {version} or later, which is not here. Install PostgreSQL's client (Debian: postgresql-client)",
    ),
    "backup.program": ("`{program}` не справился: {why}", "`{program}` failed: {why}"),
    "backup.database": ("база данных не копируется: {why}", "the database cannot be backed up: {why}"),
    "backup.broken": (
        "`{file}` — не целая резервная копия: {got}. Ничего не тронуто; возьмите другую копию",
        "`{file}` is no whole backup: {got}. Nothing was touched; take another one",
    ),
    "got.backup_manifest": ("нет описи; вероятно, файл обрезан", "it has no manifest; probably the file is cut off"),
    "got.backup_member": ("в ней лишнее или опасное: {value}", "it holds something that should not be there: {value}"),
    "got.backup_lacks": ("нет файла {value}, названного в описи", "the file {value} of the manifest is not there"),
    "got.backup_altered": ("файл {value} не тот, что в описи", "the file {value} is not what the manifest says"),
    "got.backup_database": ("база данных в ней повреждена ({value})", "the database in it is damaged ({value})"),
    "got.backup_other": ("{value}", "{value}"),
    "backup.other_engine": (
        "копия базы {theirs}, а здесь настроена {ours}. Восстанавливают в ту же: поправьте DATABASE_URL",
        "the backup is of {theirs}, and {ours} is configured here. It is restored to the same: put DATABASE_URL right",
    ),
    "backup.newer": (
        "копия сделана более новой программой ({theirs}, здесь {ours}). Поставьте её или новее",
        "the backup was made by a newer program ({theirs}, here {ours}). Install that one or a later one",
    ),
    "restore.has_data": (
        "в {where} уже есть данные, и они не тронуты. Восстановите в пустое место (--into) или добавьте --replace: прежнее будет отодвинуто, не удалено",
        "there are data in {where} already, and they were not touched. Restore to an empty place (--into), or add --replace: what is there is moved aside, not deleted",
    ),
    "restore.database": (
        "база данных не восстановлена: {why}. Прежняя осталась на месте",
        "the database was not restored: {why}. The former one is still in place",
    ),
    "restore.done": (
        "Восстановлено из копии от {made}: файлов {files}, записей журнала {records}\nДанные: {folder}",
        "Restored from the backup of {made}: {files} files, {records} records of the ledger\nData: {folder}",
    ),
    "restore.aside": ("Прежнее отодвинуто в {aside}", "What was there is moved aside to {aside}"),
    "restore.sound": ("Журнал сошёлся с описью копии и проверен целиком", "The ledger agrees with the backup's manifest and was verified whole"),
    "restore.other_ledger": (
        "журнал не таков, как в описи: записей {size}, корень {root}",
        "the ledger is not as the manifest says: {size} records, root {root}",
    ),
    "restore.guards": (
        "в копии не было защитных триггеров: {triggers}. Они поставлены; выясните, почему их не было",
        "the backup lacked triggers: {triggers}. They are in place now; find out why they were gone",
    ),
    "restore.behind": (
        "Копия сделана прежней версией программы. Теперь выполните `enduse migrate`",
        "The backup was made by an earlier version of the program. Now run `enduse migrate`",
    ),
    "restore.key_elsewhere": (
        "ключ подписи восстановлен в {file}, а настройка ENDUSE_CHECKPOINT_KEY называет другое место. Перенесите его",
        "the signing key was restored to {file}, and ENDUSE_CHECKPOINT_KEY names another place. Move it there",
    ),
    # the page
    "ledger.check": ("Проверка журнала", "Verification of the ledger"),
    "ledger.check.go": ("Проверить журнал сейчас", "Verify the ledger now"),
    "ledger.check.key": (
        "Открытый ключ контрольных точек: храните его отдельно от этой машины",
        "The public key of the checkpoints: keep it away from this machine",
    ),
    "ledger.check.large": (
        "Записей больше {most}, это долго для страницы: проверьте на сервере.",
        "There are more than {most} records, too long for a page: verify on the server.",
    ),
    "ledger.check.outside": (
        "С контрольной точкой, сохранённой отдельно: {command}",
        "With a checkpoint that was kept elsewhere: {command}",
    ),
}  # fmt: skip
