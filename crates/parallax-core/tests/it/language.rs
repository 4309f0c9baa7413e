//! Language: script, letters, and what the page declares.

use parallax_almanac::almanac;
use parallax_core::limits::LANGUAGE_BYTES;
use parallax_core::model::{Article, Text};
use parallax_core::understand;

fn language(text: &str, declared: Option<&str>) -> Option<String> {
    let article =
        Article { text: Text::new(text.to_owned()), language: declared.map(str::to_owned), ..Article::default() };
    understand::annotate(&article, almanac()).language
}

#[track_caller]
fn check(text: &str, expected: &str) {
    assert_eq!(language(text, None).as_deref(), Some(expected), "{text}");
}

#[test]
fn sentences_of_eighteen_languages() {
    check("The minister said on Tuesday that the talks would go on.", "en");
    check("El ministro dijo el martes que las conversaciones van a continuar.", "es");
    check("Le ministre a déclaré mardi que les discussions allaient continuer.", "fr");
    check("Der Minister sagte am Dienstag, die Gespräche gingen weiter.", "de");
    check("O ministro disse na terça-feira que as conversações vão continuar.", "pt");
    check("Il ministro ha detto martedì che i colloqui andranno avanti.", "it");
    check("Министр заявил во вторник, что переговоры будут продолжены.", "ru");
    check("Міністр заявив у вівторок, що перемовини триватимуть.", "uk");
    check("Minister powiedział we wtorek, że rozmowy będą kontynuowane.", "pl");
    check("Ο υπουργός δήλωσε την Τρίτη ότι οι συνομιλίες θα συνεχιστούν.", "el");
    check("Bakan salı günü görüşmelerin devam edeceğini söyledi.", "tr");
    check("قال الوزير يوم الثلاثاء إن المحادثات ستستمر.", "ar");
    check("وزیر روز سه‌شنبه گفت که گفت‌وگوها ادامه خواهد یافت.", "fa");
    check("השר אמר ביום שלישי כי השיחות יימשכו.", "he");
    check("मंत्री ने मंगलवार को कहा कि बातचीत जारी रहेगी।", "hi");
    check("部长星期二表示，会谈将继续进行。", "zh");
    check("大臣は火曜日、協議は続くと述べた。", "ja");
    check("장관은 화요일에 회담이 계속될 것이라고 말했다.", "ko");
}

#[test]
fn letters_tell_languages_without_statistics() {
    check("وەزیر ڕۆژی سێشەممە گوتی کە گفتوگۆکان بەردەوام دەبن.", "ckb");
    check("እቲ ሚኒስተር ኣብ ሰሉስ ኣብ መግለጺኡ ኣረጋጊጹ።", "ti");
}

#[test]
fn a_declared_language_is_a_hint_that_the_text_can_overrule() {
    let english = "The minister said on Tuesday that the talks would go on for a week, whatever the other side does.";
    assert_eq!(language(english, Some("de")).as_deref(), Some("en"));
    assert_eq!(language(english, Some("mi")).as_deref(), Some("en"), "declared: one that the statistics do not know");
    assert_eq!(language(english, Some("el")).as_deref(), Some("en"), "declared: one of another script");
    assert_eq!(language("Der Minister ist da.", Some("el-GR")).as_deref(), Some("de"));
    // Twins, and what nothing else is known of.
    let malay = "Menteri berkata pada hari Selasa bahawa perbincangan akan diteruskan.";
    assert_eq!(language(malay, Some("ms-MY")).as_deref(), Some("ms"));
    assert_eq!(language("Kua kī te minita i te Rātū ka haere tonu ngā kōrero.", Some("mi")).as_deref(), Some("mi"));
    assert_eq!(language("12 345 — 6.7", Some("pt_BR")).as_deref(), Some("pt"));
}

#[test]
fn what_is_like_nothing_has_no_language() {
    assert_eq!(language("", None), None);
    assert_eq!(language("12 345 — 6.7 %", Some("und")), None);
    let maori = "Kua kī te minita i te Rātū ka haere tonu ngā kōrero, ā, kāore he whakatau i tēnei wā.";
    assert_eq!(language(maori, None), None, "the statistics do not know Māori");
}

#[test]
fn what_is_no_tag_names_no_language() {
    for tag in ["de it", "<b>", "e", "englishlanguage", "d3"] {
        assert_eq!(language("12 345 — 6.7 %", Some(tag)), None, "{tag}");
    }
    assert_eq!(language("12 345 — 6.7 %", Some("pt-BR")).as_deref(), Some("pt"));
}

#[test]
fn capitals_and_addresses_do_not_mislead() {
    check("DER MINISTER SAGTE AM DIENSTAG, DIE GESPRÄCHE GINGEN WEITER", "de");
    check("Der Minister https://www.example.com/the-minister-said-that-the-talks-would-go-on sagte nichts.", "de");
}

#[test]
fn only_the_beginning_counts() {
    let mut text = "Der Minister sagte am Dienstag, die Gespräche gingen weiter. ".repeat(LANGUAGE_BYTES / 60 + 1);
    text.push_str(&"Министр заявил во вторник. ".repeat(1000));
    check(&text, "de");
}
