"""Refusals of casework: what may not be done, to which thing, why, what to do next. (ru, en) for each code."""

REFUSALS: dict[str, tuple[str, str]] = {
    # what a role allows
    "people.no_role": (
        "нельзя {verb}: для этого нужна роль ({roles}). Обратитесь к тому, у кого она есть, или попросите её у администратора",
        "you may not {verb}: that takes a role ({roles}). Turn to somebody who has it, or ask an administrator for it",
    ),
    # a deal as a whole
    "deal.absent": (
        "сделки `{deal}` нет, или она доступна не вам. Проверьте номер или попросите передать её вам",
        "there is no deal `{deal}`, or it is not yours to see. Check the reference, or ask for the deal to be handed to you",
    ),
    "deal.exists": (
        "сделка с номером `{reference}` уже есть, вторая не заведена. Откройте её или дайте новой другой номер",
        "there is a deal `{reference}` already, and no second one was filed. Open it, or give the new one another reference",
    ),
    "deal.reference_long": (
        "номер сделки не длиннее {most} знаков, а в этом {length}. Дайте сделке более короткий",
        "a deal's reference has at most {most} characters, and this one has {length}. Give the deal a shorter one",
    ),
    "deal.closed": (
        "сделка `{reference}` завершена ({how}) и больше не меняется. Чтобы вернуться к ней, заведите новую сделку",
        "the deal `{reference}` has ended ({how}) and changes no more. To take it up again, file a new deal",
    ),
    "deal.stale": (
        "сделку `{reference}` изменили, пока вы работали: вы видели версию {seen}, а теперь стоит {stands}. "
        "Ничего не записано. Откройте её заново и повторите своё изменение",
        "somebody changed the deal `{reference}` while you worked: you saw version {seen}, and {stands} stands now. "
        "Nothing was written. Open it anew and make your change again",
    ),
    "deal.unchanged": (
        "в сделке `{reference}` ничего не изменилось: записано уже то же самое. Новая версия не создана",
        "nothing changed in the deal `{reference}`: it says the same already. No new version was made",
    ),
    "deal.reason": (
        "не хватает обязательного пояснения, оно остаётся в записи. Напишите его",
        "an explanation is demanded here and stays on record; none is given. Write it",
    ),
    "deal.no_link": (
        "у сделки `{reference}` нет связи с этой записью о стороне или решении: её имя успели изменить. Откройте сделку заново",
        "the deal `{reference}` has no link to this record of a party or solution: its name was changed meanwhile. Open the deal anew",
    ),
    "deal.released_already": (
        "сделка `{reference}` уже отпущена, поэтому отказать по ней или отозвать её нельзя. Отзовите отпуск",
        "the deal `{reference}` was released already, so it can be neither refused nor given up. Withdraw the release",
    ),
    # nothing adverse is taken away
    "deal.evidence_kept": (
        "сведение `{id}` записано, и его нельзя ни удалить, ни изменить (3.1). Оставьте его как есть; опровергает его другой сотрудник новой записью",
        "evidence `{id}` is on record and can be neither removed nor changed (3.1). Leave it as it is; another person rebuts it by an item of their own",
    ),
    "deal.notice_kept": (
        "уведомление ФСТЭК России № {number} записано, и его нельзя ни удалить, ни изменить. Если оно отозвано, запишите отзыв",
        "FSTEC's notice No {number} is on record and can be neither removed nor changed. If it was withdrawn, record the withdrawal",
    ),
    "deal.permit_kept": (
        "запись о разрешении № {number} ({status}) нельзя ни удалить, ни заменить другой. Запишите, что с ним стало дальше, или новое разрешение",
        "the record of permit No {number} ({status}) can be neither removed nor replaced. Record what became of it next, or a new permit",
    ),
    "deal.indicator_kept": (
        "признак {number} записан как имеющийся, и снять его нельзя. Объясните его: с причиной и под своим именем",
        "indicator {number} is on record as present and cannot be taken back. Explain it, with the reason and under your name",
    ),
    "deal.risk_kept": (
        "выявленный риск остаётся в записи (5.1). Дальше — отказ или действия по разделу 4",
        "a risk once identified stays on record (5.1). What follows is a refusal, or action under section 4",
    ),
    "deal.deeper_check_kept": (
        "решение об углублённой проверке остаётся в записи (4.3). Её снимает разрешение Комиссии, а не правка",
        "the decision on a deeper check stays on record (4.3). A permit of the Commission settles it, not an edit",
    ),
    "deal.clauses_kept": (
        "записано, что контрагент отклонил запреты применения; стереть это нельзя. Когда он их примет, запишите «согласованы»",
        "it is on record that the counterparty rejected the use restrictions, and that cannot be erased. Once they are accepted, record “agreed”",
    ),
    "deal.screening_kept": (
        "совпадение стороны `{party}` со списком записано, и его нельзя ни удалить, ни изменить (3.1). Добавьте новый результат рядом с ним",
        "the match of the party `{party}` with a list is on record and can be neither removed nor changed (3.1). Add a new result beside it",
    ),
    "deal.departure_kept": (
        "записанное отступление от Декларации (1.4) нельзя ни удалить, ни изменить. Запишите новое, если решено иначе",
        "a departure from the Declaration (1.4) on record can be neither removed nor changed. Record a new one if it was decided otherwise",
    ),
    "deal.reference_unseen": (
        "в номере сделки есть знаки, которых не видно: так он выглядел бы как чужой. Наберите его заново: `{reference}`",
        "the deal's reference holds marks that cannot be seen: it would look like another's. Type it anew: `{reference}`",
    ),
    "deal.many_parties": (
        "в сделке {count} сторон, а принимается не больше {most}. Разделите сделку или оставьте стороны, которых она касается",
        "the deal has {count} parties, and at most {most} are taken. Split the deal, or keep the parties that it concerns",
    ),
    "deal.reference_kept": (
        "номер сделки `{reference}` не меняется: по нему её знают реестр и журнал. Верните номер или заведите другую сделку",
        "the reference `{reference}` does not change: the register and the ledger know the deal by it. Put it back, or file another deal",
    ),
    # stages
    "identification.unproved": (
        "вывод «не значится» не подтверждён. Сравните решение хотя бы с одной позицией списков и получите «не соответствует» по каждой строке",
        "the conclusion “not listed” is not shown. Compare the solution with at least one entry of the lists and find “not met” in every row",
    ),
    "identification.no_entry": (
        "вывод «значится» не назвал ни одной позиции. Укажите номер списка и позицию",
        "the conclusion “listed” names no entry. Give the list's number and the entry",
    ),
    "identification.no_conclusion": (
        "идентификация не подписана: нет заключения. Напишите его, эксперт подписывает именно заключение",
        "identification was not signed: there is no conclusion. Write it; the conclusion is what the expert signs",
    ),
    "identification.not_done": (
        "подписывать нечего: результат идентификации не указан. Сравните решение со списками и запишите результат",
        "there is nothing to sign: no result of identification is stated. Compare the solution with the lists and record the result",
    ),
    "identification.signed_already": (
        "идентификация уже подписана в том виде, в каком стоит в сделке. Подписывать её заново не нужно",
        "the identification is signed already as the deal states it. There is no need to sign it again",
    ),
    "screening.result": (
        "результата проверки по спискам `{result}` нет. Выберите: совпадений нет, совпадение отклонено, совпадение",
        "there is no screening result `{result}`. Choose: no match, match dismissed, match",
    ),
    "screening.unreasoned": (
        "проверка по спискам не записана: нужны списки, по которым смотрели, и чем обоснован результат. Укажите то и другое",
        "the screening was not recorded: it takes the lists that were looked at and what the result rests on. Give both",
    ),
    "screening.match_without_evidence": (
        "совпадение стороны `{party}` само по себе не записывается: оно — сведение о риске. Укажите, о каком применении оно говорит, и степень: сообщение или обоснованное опасение",
        "a match of the party `{party}` is not recorded by itself: it is evidence of a risk. Give the use that it points to, and the grade: alleged or concern",
    ),
    "screening.no_party": (
        "стороны `{party}` в сделке нет: возможно, её имя изменили. Откройте сделку заново и выберите сторону",
        "the deal has no party `{party}`: its name may have been changed. Open the deal anew and choose the party",
    ),
    "screening.which_party": (
        "сторон с именем `{party}` несколько, и сведения о них разные. Запишите результат у той стороны, о которой он",
        "several parties are called `{party}`, with other particulars. Record the result with the party that it is about",
    ),
    "screening.nobody": (
        "в сделке `{reference}` нет ни одной названной стороны: искать некого. Назовите стороны на приёме",
        "the deal `{reference}` names no party: there is nobody to search for. Name the parties at intake",
    ),
    "screening.no_lists": (
        "ни одного списка нет: искать не в чем. Попросите администратора взять списки (`enduse lists import`) или запишите, что нашли по другим спискам",
        "no list is held: there is nothing to search. Ask the administrator to take lists in (`enduse lists import`), or record what other lists gave",
    ),
    "screening.no_hit": (
        "такого совпадения сейчас нет: сторону изменили или искали заново. Откройте страницу заново",
        "there is no such hit now: the party was changed, or searched again. Open the page anew",
    ),
    "screening.entry_lost": (
        "записи `{entry}` в списке `{list}` уже нет, сравнить не с чем. Проведите поиск заново",
        "the list `{list}` holds the entry `{entry}` no more, so there is nothing to compare with. Search again",
    ),
    "screening.settled": (
        "совпадение с «{name}» уже разобрано так же или признано тем же лицом. Признанное остаётся в деле; отвечает на него опровержение",
        "the hit “{name}” is settled so already, or was found to be the same. That stays on record; a rebuttal answers it",
    ),
    "deal_receipt.absent": (
        "квитанции № {search} в этой сделке нет. Откройте этап проверки по спискам заново",
        "this deal has no receipt No {search}. Open the screening stage anew",
    ),
    "check.word": (
        "«{word}» так не отмечается: такой проверки нет в редакции, или она складывается из проверок сторон по спискам. Выберите другую или проверьте по спискам каждую сторону",
        "“{word}” cannot be marked like this: the edition lacks such a check, or it follows from screening the parties. "
        "Choose another, or screen the parties",
    ),
    "check.by_party": (
        "проверка по спискам не обновляется одной отметкой. Проверьте по спискам каждую сторону заново",
        "screening is not renewed by one mark. Hold every party against the lists anew",
    ),
    "deal.nothing_unvouched": (
        "в сделке `{reference}` нет сведений из файла, которые ждут подтверждения. Обновите страницу: возможно, их уже подтвердили",
        "nothing that came in a file waits to be confirmed in the deal `{reference}`. Reload the page: somebody may have confirmed it",
    ),
    "check.fresh": (
        "«{word}»: повторять незачем, проверка охватывает то, что стоит в сделке, и не устарела. Если её ещё не было, отметьте её",
        "“{word}” need not be made again: the check covers what the deal says and is not too old. If it was never made, mark it as made",
    ),
    "indicator.number": (
        "признака `{number}` нет: в Приложении 1 их двадцать два. Укажите номер от 1 до 22",
        "there is no indicator `{number}`: Appendix 1 has twenty-two. Give a number from 1 to 22",
    ),
    # evidence, notices, permits
    "evidence.clearing": (
        "опровержение так не записывают: оно всегда отвечает на сведение. Откройте это сведение и опровергните его",
        "a rebuttal is not recorded like this: it always answers an item of evidence. Open that item and rebut it",
    ),
    "evidence.confirmed": (
        "«достоверно известно» записывают только с документом, из которого это следует. Приложите файл или выберите степень ниже",
        "“confirmed” takes the document that shows it. Attach the file, or choose a lower grade",
    ),
    "evidence.absent": (
        "сведения `{id}` в сделке нет. Откройте сделку заново и выберите его из списка",
        "the deal has no evidence `{id}`. Open the deal anew and choose it from the list",
    ),
    "evidence.not_rebuttable": (
        "сведение `{id}` не опровергается ({grade}): опровергнуть можно только сообщение или обоснованное опасение",
        "evidence `{id}` cannot be rebutted ({grade}): only what is alleged or a concern can",
    ),
    "evidence.same_person": (
        "сведение `{id}` внесли вы или тот, кого вы замещаете, а опровергает другой человек (3.1). Попросите об этом другого сотрудника",
        "evidence `{id}` was recorded by you or by somebody you stand in for, and another person rebuts (3.1). Ask another officer",
    ),
    "evidence.other_name": (
        "файл вносит опровержение `{id}` от имени «{name}», а загружаете его вы. Пусть опровержение внесёт сам этот сотрудник",
        "the file brings the rebuttal `{id}` in the name of `{name}`, and it is you who takes it in. Let them record it themselves",
    ),
    "notice.absent": (
        "уведомления № {place} по порядку в сделке нет. Откройте сделку заново и выберите его из списка",
        "the deal has no notice in place {place}. Open the deal anew and choose it from the list",
    ),
    "notice.withdrawn": (
        "отзыв уведомления № {place} по порядку уже записан. Если отозвано другое, выберите его",
        "the withdrawal of the notice in place {place} is on record already. If another one was withdrawn, choose that",
    ),
    "permit.absent": (
        "разрешения № {place} по порядку в сделке нет. Откройте сделку заново и выберите его из списка",
        "the deal has no permit in place {place}. Open the deal anew and choose it from the list",
    ),
    # approval
    "approval.same_hands": (
        "согласующий или тот, кого он замещает, сам готовил эту сделку, а решение подписывают двое разных людей. Нужен согласующий, который её не менял",
        "the approver, or somebody they stand in for, prepared this deal, and two different people sign a decision. It takes an approver who did not touch it",
    ),
    "approval.named_in_deal": (
        "сделка называет согласующего (`{name}`) среди тех, кто в ней что-то записал или подписал. Нужен согласующий, который к ней не причастен",
        "the deal names the approver (`{name}`) among those who recorded or signed something in it. It takes an approver who has no part in it",
    ),
    "approval.stale": (
        "решение по сделке `{reference}` уже не то, которое вы видели. Ничего не подписано. Откройте сделку заново, прочтите решение и повторите",
        "the decision on the deal `{reference}` is no longer the one you saw. Nothing was signed. Open the deal anew, read the decision and try again",
    ),
    # holds
    "hold.unreasoned": (
        "сделка не остановлена: нужны причина остановки и условие, которое её снимет. Укажите то и другое",
        "the deal was not put on hold: a hold takes its reason and what ends it. Give both",
    ),
    "hold.no_evidence": (
        "остановка не снята: не сказано, из чего видно, что её условие наступило. Напишите это",
        "the hold was not lifted: nothing shows that what ends it has come about. Say what does",
    ),
    "hold.absent": (
        "действующей остановки № {hold} у сделки нет: возможно, её уже сняли. Откройте сделку заново",
        "the deal has no open hold No {hold}: it may have been lifted already. Open the deal anew",
    ),
    "hold.same_hands": (
        "остановку № {hold} поставили вы или тот, кого вы замещаете, а снимает её другой человек. Попросите об этом другого сотрудника",
        "hold No {hold} was set by you or by somebody you stand in for, and another person lifts it. Ask another officer",
    ),
    # release
    "release.closed": (
        "сделка `{reference}` завершена ({how}) и не отпускается. Чтобы вернуться к ней, заведите новую сделку",
        "the deal `{reference}` has ended ({how}) and is not released. To take it up again, file a new deal",
    ),
    "release.outcome": (
        "решение на день сделки — «{outcome}», с ним она не отпускается. Выполните то, что решение называет недостающим",
        "the decision for the deal's day is “{outcome}”, and that does not release it. Do what the decision says is missing",
    ),
    "release.outcome_today": (
        "решение на сегодня — «{outcome}», с ним сделка не отпускается. Проверьте сроки разрешений и то, что решение называет недостающим",
        "the decision for today is “{outcome}”, and that does not release the deal. See to the permits' periods and to what the decision says is missing",
    ),
    "release.stale_checks": (
        "проверки устарели или не охватывают того, что стоит в сделке: {checks}. Проведите их заново",
        "checks are too old or do not cover what the deal says: {checks}. Make them again",
    ),
    "release.unscreened": (
        "проверка по спискам не закончена: {parties}. На странице «Стороны и списки» проведите поиск и разберите все совпадения, в том числе прежних сторон",
        "screening is not done: {parties}. Search on the page Parties and lists and settle every hit, those of former parties included",
    ),
    "release.unsigned_identification": (
        "результат идентификации здесь не подписан или решение изменилось после подписи. Подписывает технический эксперт на странице «Идентификация»",
        "the result of identification is not signed here, or the solution changed after it was. A technical expert signs it on the page Identification",
    ),
    "release.unvouched": (
        "часть сведений пришла от того, кто не вправе: {verb}. Сотрудник экспортного контроля проверяет их и подтверждает на странице «Согласование»",
        "part of what the deal says came from somebody who may not: {verb}. An export-control officer checks it and confirms it on the page Approval",
    ),
    "release.held": (
        "сделка остановлена вручную, остановки: {holds}. Каждую снимает другой сотрудник, когда наступит её условие",
        "the deal is on hold, holds: {holds}. Another person lifts each once what ends it has come about",
    ),
    "release.unattached": (
        "сведения ссылаются на файлы, которых при сделке нет: {files}. Приложите их",
        "evidence names files that are not with the deal: {files}. Attach them",
    ),
    "release.not_submitted": (
        "сделка не представлена на согласование. Её представляет сотрудник экспортного контроля",
        "the deal was not put forward for approval. An export-control officer puts it forward",
    ),
    "release.stale_submission": (
        "после представления на согласование сделка изменилась. Представьте её заново",
        "the deal changed after it was put forward for approval. Put it forward again",
    ),
    "release.rejected": (
        "согласующий отклонил решение. Устраните его замечания и представьте сделку заново",
        "the approver rejected the decision. See to the objections and put the deal forward again",
    ),
    "release.not_approved": (
        "решение не согласовано. Попросите согласующего, который не готовил эту сделку",
        "the decision is not approved. Ask an approver who did not prepare this deal",
    ),
    "release.no_role": (
        "у подписавшего в тот момент не было роли согласующего. Нужно согласование того, у кого она есть",
        "whoever signed did not have the approver's role at that moment. It takes the approval of somebody who has it",
    ),
    "release.stale_approval": (
        "согласовано не то, что стоит теперь: после подписи сделка, файлы или редакция изменились. Представьте сделку на согласование заново",
        "what was approved is not what stands: the deal, its files or the edition changed after the signature. Put the deal forward for approval again",
    ),
    "release.already": (
        "сделка `{reference}` уже отпущена, и этот отпуск действует. Второй не нужен",
        "the deal `{reference}` was released already, and that release counts. There is no need of a second",
    ),
    "release.none": (
        "у сделки `{reference}` нет отпуска. Сначала её отпускают",
        "the deal `{reference}` has no release. It has to be released first",
    ),
    "release.resume_same_hands": (
        "отпуск приостановили или остановили вы или тот, кого вы замещаете, а возобновляет его другой человек. Попросите об этом другого сотрудника",
        "the release was suspended or stopped by you or by somebody you stand in for, and another person resumes it. Ask another officer",
    ),
    "monitoring.order": (
        "отпуск уже {state}: {event} нельзя. Откройте сделку заново и посмотрите, что с ним стало",
        "the release is {state} already and cannot {event}. Open the deal anew and see what became of it",
    ),
    # deliveries
    "delivery.not_standing": (
        "поставка не записана: отпуск сейчас {state}. Дождитесь его возобновления",
        "the delivery was not recorded: the release is {state}. Wait until it is resumed",
    ),
    "delivery.withdrawn": (
        "поставка не записана: отпуск отозван, и его не возобновляют. Согласуйте и отпустите сделку заново",
        "the delivery was not recorded: the release is withdrawn and is never resumed. Have the deal approved and released anew",
    ),
    "delivery.day": (
        "день поставки {day} не годится: он должен быть не раньше отпуска ({released}) и не позже сегодняшнего дня",
        "the day of delivery {day} will not do: it has to be no earlier than the release ({released}) and no later than today",
    ),
    "delivery.not_standing_then": (
        "поставка не записана: {day} отпуск был приостановлен или остановлен. Укажите день, когда он действовал",
        "the delivery was not recorded: on {day} the release was suspended or stopped. Give a day on which it stood",
    ),
    "delivery.version": (
        "отпуск дан на версию {bound} ({policy}), версию {version} он не охватывает. Поставьте отпущенную или внесите новую версию в сделку",
        "the release is for version {bound} ({policy}) and does not cover version {version}. Deliver the released one, or take the new version into the deal",
    ),
    "delivery.too_long": (
        "поставка не записана: «{value}…» длиннее {most} знаков. Запишите короче",
        "the delivery was not recorded: `{value}…` is longer than {most} characters. Write it shorter",
    ),
    "delivery.units": (
        "количество `{units}` не годится. Укажите число больше нуля, не более чем с четырьмя знаками после запятой",
        "the quantity `{units}` will not do. Give a number above zero, with at most four decimals",
    ),
    "delivery.quantity": (
        "поставка {units} больше остатка: отпущено {bound}, осталось {left}. Уменьшите поставку или измените количество в сделке",
        "a delivery of {units} is more than is left: {bound} were released, {left} are left. Deliver less, or change the quantity in the deal",
    ),
    "delivery.recipient": (
        "получателя `{recipient}` нет среди сторон, которым отпущена сделка. Выберите одну из них или внесите получателя в сделку",
        "the recipient `{recipient}` is none of the parties that the release names. Choose one of them, or take the recipient into the deal",
    ),
    # master records and the register
    "party.absent": ("записи о стороне № {party} нет. Найдите её по имени", "there is no party record No {party}. Find it by its name"),
    "party.stale": (
        "запись о стороне `{name}` изменили, пока вы работали: вы видели версию {seen}, а теперь стоит {stands}. "
        "Ничего не записано. Откройте её заново",
        "somebody changed the record of the party `{name}` while you worked: you saw version {seen}, and {stands} stands now. "
        "Nothing was written. Open it anew",
    ),
    "party.unchanged": (
        "в записи о стороне `{name}` ничего не изменилось. Новая версия не создана",
        "nothing changed in the record of the party `{name}`. No new version was made",
    ),
    "party.unnamed": ("у стороны нет имени. Напишите его", "the party has no name. Write it"),
    "solution.absent": (
        "записи о решении № {solution} нет. Найдите её по наименованию",
        "there is no solution record No {solution}. Find it by its name",
    ),
    "solution.stale": (
        "запись о решении `{name}` изменили, пока вы работали: вы видели версию {seen}, а теперь стоит {stands}. "
        "Ничего не записано. Откройте её заново",
        "somebody changed the record of the solution `{name}` while you worked: you saw version {seen}, and {stands} stands now. "
        "Nothing was written. Open it anew",
    ),
    "solution.unchanged": (
        "в записи о решении `{name}` ничего не изменилось. Новая версия не создана",
        "nothing changed in the record of the solution `{name}`. No new version was made",
    ),
    "solution.unnamed": ("у решения нет наименования. Напишите его", "the solution has no name. Write it"),
    "register.absent": ("записи № {number} в реестре нет. Проверьте номер", "the register has no entry No {number}. Check the number"),
    "register.corrected": (
        "запись № {number} реестра уже исправлена другой. Исправляйте ту, которая её заменила",
        "entry No {number} of the register was corrected by another already. Correct the one that took its place",
    ),
    "register.unchanged": (
        "запись № {number} и так говорит это: исправлять нечего. Укажите, что в ней неверно или чего не хватает",
        "entry No {number} says this already: there is nothing to correct. Give what is wrong in it or what it lacks",
    ),
    "register.bound": (
        "запись № {number} говорит об отпуске, и решение, версия и стороны в ней — те, что отпущены. Если отпущено не то, отзовите отпуск "
        "и согласуйте сделку заново",
        "entry No {number} tells of a release, and names the solution, the version and the parties that were released. If the wrong thing was released, "
        "withdraw the release and have the deal approved anew",
    ),
    # people
    "people.begun": (
        "первый администратор уже есть, поэтому так его не завести. Людей добавляет администратор",
        "there is a first administrator already, so none is made like this. An administrator adds people",
    ),
    "people.nobody": (
        "среди работающих здесь нет человека `{key}`. Проверьте почту, табельный номер или выберите его из списка",
        "nobody who works here is known as `{key}`. Check the e-mail or personnel number, or choose from the list",
    ),
    "people.no_account": ("учётной записи № {account} нет. Выберите её из списка", "there is no account No {account}. Choose it from the list"),
    "people.own_role": (
        "себе и тому, кого вы замещаете, роли не дают. Попросите другого администратора",
        "nobody gives a role to themselves or to whom they stand in for. Ask another administrator",
    ),
    "people.has_role": (
        "эта роль у человека уже есть: {role}. Давать её снова не нужно",
        "the person has this role already: {role}. There is no need to give it again",
    ),
    "people.lacks_role": (
        "этой роли у человека нет: {role}. Снимать нечего",
        "the person does not have this role: {role}. There is nothing to take away",
    ),
    "people.last_administrator": (
        "это последний администратор, без него некому вести людей и настройки. Сначала дайте эту роль другому",
        "this is the last administrator; without one nobody could keep people and settings. Give the role to somebody else first",
    ),
    "people.self": (
        "отметить уход самого себя или того, кого вы замещаете, нельзя. Попросите другого администратора",
        "nobody records that they themselves, or whom they stand in for, have left. Ask another administrator",
    ),
    "people.substitute_self": (
        "замещение назначает и прекращает тот, кто отсутствует, или администратор. Обратитесь к одному из них",
        "whoever is absent names their substitute and ends it, or an administrator does. Turn to one of them",
    ),
    "people.substitute_days": (
        "срок замещения не годится: он должен кончаться не раньше, чем начнётся, и не раньше сегодняшнего дня. Исправьте даты",
        "the substitute's time will not do: it has to end no earlier than it begins, and no earlier than today. Put the dates right",
    ),
    "people.substitute_same": ("человек не замещает сам себя. Выберите другого", "nobody stands in for themselves. Choose somebody else"),
    "people.no_substitution": (
        "действующего замещения № {substitution} нет: возможно, оно уже прекращено. Откройте страницу заново",
        "there is no substitution No {substitution} under way: it may have been ended already. Open the page anew",
    ),
    "people.role": ("роли `{role}` нет. Возможны: {known}", "there is no role `{role}`. Possible: {known}"),
    "people.too_long": (
        "`{value}…` слишком длинно: здесь не больше {most} знаков. Сократите",
        "`{value}…` is too long: at most {most} characters here. Shorten it",
    ),
    "people.unnamed": ("у человека нет имени. Напишите его", "the person has no name. Write it"),
    "people.unknown": (
        "не указано, как отличить этого человека от других. Укажите рабочую почту или табельный номер",
        "there is nothing to know the person by. Give a work e-mail or a personnel number",
    ),
    "people.known": (
        "`{key}` уже принадлежит другому человеку. Найдите его или укажите другое",
        "`{key}` is somebody's already. Find that person, or give another",
    ),
    "people.known_left": (
        "`{key}` принадлежит человеку, который здесь больше не работает. Если он вернулся, запишите возвращение, иначе укажите другое",
        "`{key}` is of somebody who works here no more. If they came back, record their return; else give another",
    ),
    "people.here": (
        "{who} работает здесь: возвращать некого. Роли и учётные записи меняются на странице человека",
        "{who} works here: there is nobody to come back. Roles and accounts are changed on the person's page",
    ),
    "people.not_left": (
        "среди ушедших нет человека `{key}`. Проверьте почту или табельный номер",
        "nobody who left is known as `{key}`. Check the e-mail or personnel number",
    ),
    "people.account_taken": (
        "учётная запись с адресом `{email}` уже есть. Укажите другую почту",
        "the e-mail `{email}` has an account already. Give another",
    ),
    "people.password": ("пароль не годится. {why}", "the password will not do. {why}"),
    "people.email": ("`{email}` — не адрес почты. Пример: a.orlova@example.ru", "`{email}` is no e-mail address. For example: a.orlova@example.com"),
    # settings
    "settings.name": ("настройки `{setting}` нет. Возможны: {known}", "there is no setting `{setting}`. Possible: {known}"),
    "settings.days": (
        "настройка «{setting}»: `{value}` не годится. Нужно целое число дней от 1 до {most}",
        "the setting “{setting}”: `{value}` will not do. It takes a whole number of days from 1 to {most}",
    ),
    "settings.value": (
        "настройка «{setting}»: `{value}` не годится. Возможны: {known}",
        "the setting “{setting}”: `{value}` will not do. Possible: {known}",
    ),
    # what is the reader's own
    "view.unnamed": ("у вида нет названия, он не сохранён. Назовите его", "the view has no name, and was not saved. Name it"),
    "view.too_long": (
        "название вида не длиннее 80 знаков, а фильтры — 2000. Сократите их",
        "a view's name has at most 80 characters, and its filters 2,000. Shorten them",
    ),
    "view.too_many": (
        "сохранено уже {most} видов этой таблицы, новый не сохранён. Удалите ненужный",
        "{most} views of this table are saved already, and no new one was. Delete one that you do not need",
    ),
    "draft.absent": (
        "такого черновика нет: он подан, удалён или принадлежит не вам. Начните новый или откройте поданную сделку",
        "there is no such draft: it was filed or deleted, or is not yours. Begin a new one, or open the deal that was filed",
    ),
    "draft.too_many": (
        "черновиков уже {most}, новый не начат. Подайте или удалите ненужные",
        "there are {most} drafts already, and no new one was begun. File or delete those that you do not need",
    ),
}
