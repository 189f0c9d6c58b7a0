from indexes.dictionary import Dictionary, load_dictionary

LINES = [
    "# CC-CEDICT",
    "增長 增长 [zeng1 zhang3] /to grow/to increase/",
    "光學 光学 [guang1 xue2] /optics/optical (instrument)/",
    "光纖 光纤 [guang1 xian1] /optical fiber; fiber optics/CL:根[gen1]/",
    "經 经 [jing1] /classics/",
    "經 经 [jing1] /to pass through/",
    "経 経 [jing1] /Japanese variant of 經|经[jing1]/",
    "broken",
    "",
]


def test_renderings_are_stems_without_the_little_words():
    dictionary = Dictionary(LINES)
    assert dictionary.translate("增长") == (("grow",), ("increas",))
    assert dictionary.translate("光纤") == (("optic", "fiber"), ("fiber", "optic"))


def test_entries_of_one_word_are_joined():
    assert Dictionary(LINES).translate("经") == (("classic",), ("pass", "through"))


def test_traditional_and_japanese_characters_are_made_simple_where_the_dictionary_has_them_alone():
    assert Dictionary(LINES).simplify("増長経經") == "増長经经"
    assert load_dictionary().simplify("增長、経済") == "增长、经济"


def test_traditional_and_simplified_words_mean_the_same():
    assert load_dictionary().translate("光學") == load_dictionary().translate("光学") != ()


def test_an_unknown_word_has_no_rendering_and_a_missing_dictionary_none_at_all():
    assert Dictionary(LINES).translate("无此词") == ()
    assert Dictionary().translate("增长") == ()
    assert Dictionary().simplify("增長") == "增長"


def test_simplifying_keeps_the_length():
    text = "經濟、経済 and 電気 𠮷 ﬁ"
    assert len(load_dictionary().simplify(text)) == len(text)


def test_the_installed_dictionary_knows_english_words_back():
    assert {"成本", "费用"} <= load_dictionary().words_for("cost")


def test_a_character_that_is_written_simply_stays_though_a_rare_one_of_its_own_was_simplified():
    assert load_dictionary().simplify("宁德时代、什么、寧波、乾燥") == "宁德时代、什么、宁波、干燥"
