"""What is said of hits and of what a search could not see: the lines of an explanation. (ru, en) for each code."""

SCREENING: dict[str, tuple[str, str]] = {
    # names
    "feature.same_words": (
        "столько получило бы имя из тех же слов, если слова редкие",
        "a name of the very same words would reach this, were they rare",
    ),
    "feature.same_name": ("имя совпадает слово в слово", "the name is the same word for word"),
    "feature.each_word": (
        "у каждого слова, кроме разве что служебных, есть похожее",
        "each word has its like, but for small words perhaps",
    ),
    "feature.identified": (
        "номер совпадает, поэтому это совпадение при любом написании имени",
        "the number is the same, so this is a hit however the name is written",
    ),
    "feature.word_same": ("слово «{word}» есть в имени из списка", "the word “{word}” stands in the listed name"),
    "feature.word_sound": ("«{word}» звучит как «{entry}» (сходство {like})", "“{word}” sounds like “{entry}” (likeness {like})"),
    "feature.word_near": ("«{word}» похоже на «{entry}» (сходство {like})", "“{word}” is spelt like “{entry}” (likeness {like})"),
    "feature.word_script": ("«{word}» другим письмом — «{entry}» (сходство {like})", "“{word}” in another script is “{entry}” (likeness {like})"),
    "feature.word_joined": (
        "«{word}» и «{entry}» — слова, написанные слитно или раздельно (сходство {like})",
        "“{word}” and “{entry}” are words written as one or apart (likeness {like})",
    ),
    "feature.word_initial": ("«{word}» и «{entry}»: одно из них — инициал", "“{word}” and “{entry}”: one of them is an initial"),
    "feature.word_missing": ("слова «{word}» в имени из списка нет", "the word “{word}” is not in the listed name"),
    "feature.word_left": ("слова «{word}» из списка в запросе нет", "the listed word “{word}” is not in the query"),
    "feature.words": ("слова, которые различаются", "words that differ"),
    "feature.common": ("насколько совпавшие слова редки в именах", "how rare the words that agree are in names"),
    "feature.elsewhere": ("остальные слова есть в других именах той же записи", "other words stand in other names of the same entry"),
    "feature.across": ("сравнение между разными письменностями", "compared across scripts"),
    "feature.respelt": (
        "имя поделено на слова или записано латиницей по слогам: так совпадают и однофамильцы",
        "the name was parted into words or put into Latin letters by syllables: namesakes agree so, too",
    ),
    "feature.order": ("слова стоят в другом порядке", "the words stand in another order"),
    "feature.initials": ("вместо слов стоят инициалы", "initials stand for words"),
    "feature.numbers": ("числа в названиях различаются", "the numbers in the names differ"),
    "feature.legal": ("организационно-правовая форма", "the legal form"),
    "feature.weak": ("издатель списка называет это имя слабым", "the publisher calls this name weak"),
    "feature.other_kind": ("ищут не то, что в списке: {query} — {entry}", "what is asked for is of another kind: {query}, {entry}"),
    "feature.kind": ("человек вместо организации или наоборот", "a person for an organisation, or the other way round"),
    "feature.looked_alike": (
        "в запросе буквы чужого алфавита, похожие на свои: прочитаны как свои",
        "the query mixes look-alike letters of two alphabets: they were read as one",
    ),
    "feature.read_as": ("имя прочитано как «{text}»", "the name read as “{text}”"),
    # what is known beside the name
    "feature.identifier": ("номер совпадает: {numbers}", "the number is the same: {numbers}"),
    "feature.birth_same": ("дата рождения не противоречит: {query} и {entry}", "the dates of birth agree: {query} and {entry}"),
    "feature.birth_other": (
        "даты рождения разные: {query} и {entry}. Ранг ниже, совпадение остаётся",
        "the dates of birth differ: {query} and {entry}. It ranks lower, the hit stays",
    ),
    "feature.country_same": ("страна совпадает: {query} и {entry}", "the country is the same: {query} and {entry}"),
    "feature.country_other": ("страны разные: {query} и {entry}", "the countries differ: {query} and {entry}"),
    "feature.address_same": ("адрес похож: «{query}» и «{entry}»", "the address is alike: “{query}” and “{entry}”"),
    # what the search could not see
    "blind.no_letter": ("в имени нет ни буквы, ни цифры: искать не по чему", "the name has no letter and no digit: there is nothing to search by"),
    "blind.one_letter": ("имя из одной буквы: найдены только точно такие же", "a name of one letter: only the very same are found"),
    "blind.formal": (
        "в имени нет ничего, кроме организационно-правовой формы и служебных слов: найдены только записи с таким же именем. Укажите само имя",
        "the name is nothing but a legal form and small words: only entries of that very name are found. Give the name itself",
    ),
    "blind.script": (
        "письменность не поддерживается, слова не участвовали в поиске: {words}",
        "scripts that are not handled, these words took no part in the search: {words}",
    ),
    "blind.cut": (
        "имя длиннее, чем участвует в поиске (500 знаков, 24 слова): остальное не искали",
        "the name is longer than is searched by (500 letters, 24 words): the rest was not searched",
    ),
    "blind.han": (
        "иероглифы прочитаны по-китайски: японское чтение и смысл названия не искали",
        "Chinese characters were read as Chinese: a Japanese reading or the meaning of a name was not searched",
    ),
}
