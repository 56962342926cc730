### Die Wörter der Anlage auf Deutsch.

## The first page, and what stands on every page

exhibit-without-number = Anlage ohne Nummer
exhibit-number = Anlage { $number }
kind = Bericht über eine Untersuchung auf Verwendung im Training
day = { $day }. { $month } { $year }
day-and-time = { $day }, { $time } UTC
month-1 = Januar
month-2 = Februar
month-3 = März
month-4 = April
month-5 = Mai
month-6 = Juni
month-7 = Juli
month-8 = August
month-9 = September
month-10 = Oktober
month-11 = November
month-12 = Dezember
parties = Parteien
examiner = Untersucht von
program = Programm
no-examiner = nicht genannt
no-parties = nicht genannt
finding = Befund
not-evaluated-because = Nicht bewertet. { $reason }
not-said = Was dieser Befund nicht besagt
one-of-works = { $role }: { $name } (das erste von { $works } fraglichen Werken)
journal = Protokoll { $head }…
page-of = Seite { $page } von { $pages }
left-out = In dieser Ausfertigung fehlen: { $sections }.
first-page-alone = Diese Ausfertigung besteht allein aus der ersten Seite. { $missing }
which-binds =
    Diese Anlage ist eine Übersetzung. Die Akte des Falls (case.json, assessment.json und das Protokoll) und ihre
    Sätze sind englisch; weicht die Übersetzung davon ab, so gilt der englische Wortlaut der Akte.
journal-file =
    Das Protokoll des Falls bis zu dem Eintrag, der gedruckt ist: jeder Schritt, durch Hashs verkettet und signiert.
timestamp-file = Zeitstempel einer Behörde oder eines Dienstes (RFC 3161) für einen Eintrag des Protokolls.
record-file =
    Die Akte des Falls, wie das Programm sie führt: Einstellungen, Modelle, Werke und die SHA-256 jeder Datei. Von
    ihr geht eine zweite untersuchende Person aus.

## Pictures

original = Original
partial = Rest
recovered = Wiedergewonnen
original-is = Das Werk, wie es untersucht wurde
partial-is = Was nach Entfernen eines Teils blieb
recovered-is = Was der Modellunterschied ergänzt hat
recovered-is-impure = Ergänzt, nicht nur durch den Modellunterschied
original-of = Das Original „{ $name }“, wie es untersucht wurde.
partial-of = „{ $name }“ nach dem Entfernen eines Teils; davon geht die Untersuchung aus.
recovered-of = Was der Unterschied der beiden Modelle von „{ $name }“ ergänzt hat.
recovered-of-impure = Was die Untersuchung von „{ $name }“ ergänzt hat.
small-picture = „{ $name }“, klein.

## Titles of the sections

section-works = Fragliche Werke
section-controls = Vergleichswerke
section-evaluation = Bewertung
section-method = Verfahren
section-settings = Einstellungen
section-models = Modelle
section-alternatives = Andere erwogene Erklärungen
section-limitations = Grenzen
section-reproduction = Wie die Untersuchung wiederholt wird
section-custody = Verwahrung und Protokoll
section-statement = Erklärung der untersuchenden Person
section-certificate = Echtheitsbescheinigung

## Works in question

work = Werk
picture = Bild
note = Anmerkung der untersuchenden Person
titled = { $title }: { $text }
to-be-noted = Zu beachten
score = Kennwert
recovered-picture = Wiedergewonnenes Bild
partial-picture = Restbild
decides = Dieser Kennwert entscheidet; { $direction }
not-evaluated-as = Nicht bewertet: { $reason }

## Controls

no-controls =
    Es wurden keine Vergleichswerke untersucht. Ohne sie hat ein Kennwert keine Aussage, und hier wird ihm keine
    beigelegt.
name = Name
declared = Erklärt
not-counted = Nicht gezählt: { $reason }
controls-of-kind =
    { $kind }: { $pictures ->
        [one] { $pictures } Bild
       *[other] { $pictures } Bilder
    }
controls-of-kind-counted =
    { $kind }: { $pictures ->
        [one] { $pictures } Bild
       *[other] { $pictures } Bilder
    }, davon { $kept-out } nicht gezählt
controls-negative = Negative Vergleichswerke
controls-negative-are =
    Als nicht verwendet erklärt. Trifft das zu, so zeigen sie, welche Kennwerte Werke haben, die das Modell nicht
    gesehen hat; auf ihnen beruht der Befund. Sie sollten von derselben Hand und von derselben Art sein wie das
    fragliche Werk.
controls-positive = Positive Vergleichswerke
controls-positive-are =
    Als verwendet erklärt. Trifft das zu, so zeigen sie, ob die Untersuchung an diesem Modell findet, was zu
    finden ist.
controls-own-output = Bilder, die das feinabgestimmte Modell erzeugt hat
controls-own-output-are =
    Eigene Bilder eines Modells können Kennwerte haben wie Werke, mit denen es trainiert wurde. Sie zeigen, wie
    hoch bloße Vertrautheit reicht.
controls-decoy = Verdeckte Prüfwerke
controls-decoy-are =
    Werke, die als verwendet oder als nicht verwendet erklärt sind und unter neutralen Namen, in ausgeloster
    Reihenfolge, mitten unter den fraglichen Werken untersucht wurden. Wofür die Namen stehen, wurde vor dem
    ersten Kennwert durch einen Hash versiegelt und nach dem letzten geöffnet. Sie zeigen, was die Untersuchung
    über Werke sagt, bei denen niemand die Antwort herbeiführen konnte; sie sind kein Teil des Befunds.
controls-context = Werke anderer, zur Einordnung
controls-context-are =
    Werke, die dem fraglichen nicht gleichen. Sie werden zur Einordnung gezeigt und sind kein Teil des Befunds:
    Auch ein Modell, das nur einen Stil gelernt hat, gibt solchen Werken niedrige Kennwerte.
controls-null-run = Läufe mit einem Modell, das das Werk laut Erklärung nicht gesehen hat
controls-null-run-are =
    Das fragliche Werk, untersucht mit einem anderen Modell anstelle des feinabgestimmten. Ein hoher Kennwert
    spräche hier gegen die Untersuchung selbst.
controls-self-test = Selbsttest: das vortrainierte Modell an beiden Stellen
controls-self-test-are =
    Ein fragliches Werk, untersucht mit dem vortrainierten Modell auch anstelle des feinabgestimmten und sonst mit
    den Einstellungen des Falls. Nichts darf sich bewegen: Was sich bewegt, kommt aus der Untersuchung und nicht
    aus der Feinabstimmung.

## Evaluation

propositions = Die beiden Hypothesen
propositions-are =
    Der Befund wägt zwei Hypothesen gegeneinander ab. Er sagt, um wie viel besser die eine den Kennwert erklärt
    als die andere, und nicht, wie wahrscheinlich eine von ihnen ist.
first = Erste
second = Zweite
the-finding = Der Befund
p-value = p-Wert
likelihood-ratio = Likelihood-Quotient
bound-of-ratio = 95-%-Schranke des Quotienten
more-works =
    Die Zahlen { $works ->
        [one] { $works } weiteren Werks
       *[other] { $works } weiterer Werke
    } stehen in der Bewertung. { $by }
error-rates = Wie gut das Verfahren bei den Vergleichswerken ist
validation = Validierung an Werken, deren Verwendung bekannt ist
validation-is =
    Vor diesem Fall wurde das Programm an Werken erprobt, deren Verwendung bekannt ist, mit Modellen, die dafür
    feinabgestimmt wurden. Was erwartet wurde, stand fest, bevor etwas gemessen wurde. Die Intervalle sind exakte
    95-%-Intervalle eines Anteils unabhängiger Fälle; Fälle eines Modells teilen dieses und seine Vergleichswerke,
    so dass sie in Wahrheit etwas weiter sind. Eine Erwartung ist verfehlt, wenn ihr Intervall ganz jenseits von
    ihr liegt, und gehalten, wenn die Fälle ihr nicht widersprechen. Die Signatur zeigt, dass das Dossier seit
    seiner Erstellung nicht geändert wurde; wessen Schlüssel es ist, zeigt sie nicht.
asked-about = Gefragt nach
expected = Erwartet
called-at-5 = Bei 5 % benannt
outcome = Ergebnis
scale = Die Skala in Worten
scale-is =
    Die Skala in Worten stand vor der Untersuchung fest und folgt der Leitlinie des Europäischen Netzwerks
    forensischer Institute (ENFSI) für bewertende Berichte.
scale-is-marked =
    Die Skala in Worten stand vor der Untersuchung fest und folgt der Leitlinie des Europäischen Netzwerks
    forensischer Institute (ENFSI) für bewertende Berichte. Was sich in diesem Fall ergibt, ist hervorgehoben.
in-words = In Worten
words-of = { $words } ({ $works })
figure = Abbildung { $number }. { $title }. { $caption }

## Method

method-1 =
    Ein Diffusionsmodell erzeugt Bilder, indem es Rauschen entfernt. Das hat es an vielen Bildern gelernt, und ein
    Modell, das an einigen weiteren feinabgestimmt wird, lernt, Rauschen gerade aus diesen zu entfernen. Das
    Verfahren mit dem Namen CGI-DM macht davon Gebrauch: Es vergleicht ein vortrainiertes Modell mit dem daraus
    feinabgestimmten und fragt, ob das zweite ein Werk besser vorhersagt als das erste.
method-2 =
    Zuerst wird das Werk auf die Größe gebracht, in der die Modelle arbeiten, und ein Teil davon wird nach einem
    festen Muster entfernt, oder es wird im Ganzen unscharf gemacht; die Einstellungen nennen das Muster. Was
    übrig bleibt, ist das Restbild. Von einem Anfang aus, den die Einstellungen nennen, wird der fehlende Teil
    dann in kleinen Schritten verändert. Bei jedem Schritt wird dem Bild Rauschen hinzugefügt, beide Modelle sagen
    dieses Rauschen vorher, und der fehlende Teil wird ein wenig in die Richtung bewegt, in der das
    feinabgestimmte Modell im Vergleich mit dem vortrainierten besser vorhersagt, beide so gewichtet, wie es die
    Einstellungen sagen. Die Veränderung im Ganzen ist begrenzt. Das Ergebnis ist das wiedergewonnene Bild.
method-3 =
    Das Verfahren erwartet, dass diese Richtung zu einem Werk hinführt, das unter den Bildern der Feinabstimmung
    war, und weniger oder gar nicht zu einem, das nicht darunter war. Zwei Arten von Zahlen, die Kennwerte, messen
    das: wie weit das wiedergewonnene Bild dem Original nahegekommen ist, und der Verlustabstand, also um wie viel
    besser das feinabgestimmte Modell das Rauschen auf dem ganzen Werk vorhersagt als das vortrainierte, gleich
    welches Bild wiedergewonnen wurde. Auf welchem Kennwert der Befund beruht, wird vor dem ersten Lauf gewählt.
method-4 =
    Ein Kennwert für sich beweist nichts. Wie hoch er ist, hängt vom Werk ab, vom Modell und davon, wie lange es
    trainiert wurde. Deshalb wird er mit den Kennwerten von Vergleichswerken verglichen, anderen Bildern, die auf
    dieselbe Weise untersucht werden. Welche in diesem Fall untersucht wurden, steht im Abschnitt über die
    Vergleichswerke; wo es keine gibt, wird nichts bewertet.
method-5 =
    Das Verfahren wurde von seinen Urhebern an anderen Modellen und mit anderen Einstellungen erprobt; deren
    Zahlen sind keine Fehlerraten dieser Untersuchung und werden hier nicht wiederholt. Die Erprobungen dieses
    Programms betreffen kleine Modelle an gezeichneten Werken und an den Werken eines Malers; sie stehen, mit den
    Befehlen, die sie wiederholen, in docs/figures.md seines Quelltexts. Ob das Programm für die Modellfamilie,
    die Art der Feinabstimmung und die Einstellungen dieses Falls validiert wurde, steht im Abschnitt über die
    Bewertung. Wie gut das Verfahren hier ist, zeigen die eigenen Vergleichswerke des Falls.
method-6 =
    Ein wiedergewonnenes Bild wird immer nur mit seinem eigenen Original verglichen. Alle Zufallszahlen folgen aus
    einem genannten Startwert oder einer aufgezeichneten Datei, so dass dieselbe Untersuchung noch einmal
    vorgenommen werden kann.
method-source =
    Wu et al., „CGI-DM: Digital Copyright Authentication for Diffusion Models via Contrasting Gradient Inversion“,
    CVPR 2024, arXiv 2403.11162.

## Settings, models, other explanations

settings-are =
    Alle Bilder des Falls, fragliche Werke wie Vergleichswerke, wurden mit diesen Einstellungen untersucht; die
    Startwerte ihrer Zufallsziehungen stehen im Protokoll. Was von der Voreinstellung abweicht, ist hervorgehoben.
setting = Einstellung
value = Wert
preset = Voreinstellung
differs = weicht ab: Voreinstellung ist { $preset }
models-are =
    Die SHA-256 kennzeichnet die Dateien bis auf das letzte Bit. Was eine Datei über ihr eigenes Training sagt,
    ist so wiedergegeben, wie es in ihr steht; solche Angaben können verändert werden.
model-kind = Art
explanation = Erklärung
speaks-for-or-against = Was hier dafür oder dagegen spricht

## Limitations

limits-of-case = Dieses Falls
limits-of-all = Jeder Untersuchung dieser Art
limit-1 = Ein niedriger Kennwert beweist keine Abwesenheit.
limit-1-is =
    Ein Werk kann verwendet worden sein und nichts hinterlassen, was dieses Verfahren findet, etwa wenn viele
    Werke verwendet wurden, das Training kurz war oder etwas unternommen wurde, damit sich Werke nicht zeigen.
limit-2 = Adapter zeigen weniger.
limit-2-is =
    In den Erprobungen der Urheber des Verfahrens und dieses Programms gaben Adapter (LoRA) weniger von ihren
    Trainingsbildern preis als im Ganzen feinabgestimmte Modelle. Bei ihnen besagt ein niedriger Kennwert noch
    weniger.
limit-3 = Schwellen lassen sich nicht übertragen.
limit-3-is =
    In einem veröffentlichten Vergleich ergab eine Schwelle, die an einer Bildermenge auf 1 % falsch positive
    gesetzt war, auf einer anderen 22 bis 51 % (CopyMark, arXiv 2410.03640). Kein Kennwert eines anderen Falls ist
    ein Maß für diesen.
limit-4 = Eine solche Prüfung kann ein Training nicht beweisen.
limit-4-is =
    Die Vergleichswerke wurden ausgewählt und nicht vor dem Training ausgelost. Ohne Werke, die durch Zufall
    zurückgehalten wurden, kann keine solche Prüfung für ihre Rate falsch positiver Ergebnisse einstehen (Zhang et
    al., SaTML 2025, arXiv 2409.19798). Ihre Zahlen gelten, soweit die Vergleichswerke mit dem fraglichen Werk
    austauschbar sind, und das ist eine Annahme.
limit-5 = Eigene Bilder eines Modells.
limit-5-is =
    Bilder, die ein Modell erzeugt hat, können für Bilder gehalten werden, mit denen es trainiert wurde (MGI,
    arXiv 2606.23872), und ebenso Werke, die aus ihnen gemacht wurden.
limit-6 = Die Vergleichswerke begrenzen den Befund.
limit-6-is =
    Er ist nur so viel wert, wie die Vergleichswerke dem fraglichen Werk gleichen: von derselben Hand, von
    derselben Art und nicht verwendet. Dass sie das sind, erklärt, wer sie geliefert hat; diese Untersuchung zeigt
    es nicht. Ein Likelihood-Quotient ist nie größer, als ihre Zahl tragen kann.
limit-7 = Stil ist nicht Verwendung.
limit-7-is =
    Ein Modell kann aus einigen Werken einen Stil lernen und anderen in diesem Stil dann höhere Kennwerte geben
    als Werken eines anderen Stils, obwohl es sie nie gesehen hat. Nur Vergleichswerke desselben Stils können
    zeigen, wie viel von einem Kennwert das erklärt.
limit-8 = Beinahe-Duplikate.
limit-8-is =
    Ein veröffentlichtes Werk findet sich oft in Kopien, Ausschnitten und Bearbeitungen im Netz. Ein Werk kann
    einen Kennwert haben, als wäre es verwendet worden, weil etwas fast Gleiches verwendet wurde. Die Untersuchung
    unterscheidet beides nicht.
limit-9 = Der Prompt des Trainings.
limit-9-is =
    Feinabstimmung verknüpft Bilder mit Wörtern. Wo diese Wörter nicht bekannt sind, stehen andere für sie ein,
    und der Kennwert kann ein anderer sein, als er sonst wäre. Mehrere zu versuchen heißt mehrmals zu prüfen; die
    Versuche, von denen das Register neben dem Schlüssel weiß, sind gezählt, und ihre Zahl und der dafür
    korrigierte p-Wert stehen beim Befund. Keine andere Zahl ist korrigiert.
limit-10 = Das vortrainierte Modell.
limit-10-is =
    Die Untersuchung betrifft, was die Feinabstimmung hinzugefügt hat. Über die Bilder, aus denen das
    vortrainierte Modell entstand, sagt sie nichts. Ist es nicht das Modell, von dem die Feinabstimmung ausging,
    so vergleicht sie anderes als die Feinabstimmung, und Werke, die nicht verwendet wurden, können Kennwerte
    haben, als wären sie es.
limit-11 = Das wiedergewonnene Bild ist eine Messung.
limit-11-is =
    Es ist keine Kopie, die dem Modell entnommen wurde. Was wiederkehrt, stammt aus dem, was vom Werk übrig war,
    daraus, wie seine Lücken am Anfang gefüllt wurden, und aus beiden Modellen; das Bild unterscheidet das nicht,
    und die Ähnlichkeit, die das Auge sieht, ist kein Befund.
limit-12 = Ein Quadrat, eine Größe.
limit-12-is =
    Das Werk wird in der Größe untersucht, in der die Modelle arbeiten, und nur ein Quadrat davon. Feinere
    Einzelheiten und Teile außerhalb des Quadrats haben keinen Einfluss.

## How to repeat it, custody and journal

reproduction-is =
    Mit den Dateien dieses Falls und derselben Version des Programms wiederholen diese Befehle die Untersuchung.
    Die beigefügte case.json enthält jede Einstellung vollständig.
custody-is =
    Jeder Eintrag im Protokoll des Falls enthält die SHA-256 des vorigen, so dass niemand ohne den Schlüssel einen
    Eintrag ändern oder herausnehmen kann, ohne eine Spur zu hinterlassen. Wer den Schlüssel hat, könnte das Ganze
    neu schreiben; dem setzen ein Zeitstempel oder eine früher eingereichte Anlage eine Grenze. Das Protokoll
    handelt von diesem Fall und von keinem anderen; wie viele Untersuchungen des Modells mit diesem Schlüssel nach
    dem Register neben dem Schlüssel vorangingen, steht unter den Grenzen. Die Zeiten sind die der Maschine
    selbst, in UTC.
key = Schlüssel
not-signed = Das Protokoll ist nicht signiert.
last-entry = Letzter Eintrag, SHA-256
entry-number = Nr.
entry-time = Zeit
entry-who = Wer
entry-what = Was
entry-hash = SHA-256 beginnt

## The examiner’s statement

statement-1 = Ich habe die Untersuchung, die dieser Bericht beschreibt, durchgeführt oder beaufsichtigt.
statement-2 =
    Die fraglichen Werke, die Vergleichswerke, die Einstellungen, der Kennwert, auf dem der Befund beruht, und die
    beiden Hypothesen standen vor dem ersten Lauf dieses Falls fest, soweit sein Protokoll das zeigt. Was ich
    sonst an diesen Werken oder mit diesem Modell untersucht habe, in anderen Fällen oder mit anderen Mitteln,
    nenne ich unten.
statement-3 =
    Der Befund ist meine Einschätzung, gewonnen mit dem Verfahren, das dieser Bericht beschreibt. Er betrifft die
    Verwendung im Training. Er ist keine Aussage zu einer Rechtsfrage.
statement-4 =
    Ich habe die Grenzen des Befunds und die anderen Erklärungen genannt, die mir bekannt sind. Erfahre ich etwas,
    das den Befund ändert, so werde ich es denen mitteilen, die sich auf ihn stützen.
statement-5 = Am Ausgang habe ich kein anderes Interesse als die hier genannten:
interests = Interessen, oder „keine“
other-examinations = Andere Untersuchungen, oder „keine“
place-and-date = Ort und Datum
signature = Unterschrift
name-of-examiner = Name und Qualifikation der untersuchenden Person
named-examiner = { $name }, untersuchende Person

## The certificate of authenticity

certificate-is =
    Ein Formular nach den Regeln 902(13) und 902(14) der Federal Rules of Evidence der Vereinigten Staaten, von
    einer sachkundigen Person auszufüllen und zu unterschreiben. Es bescheinigt die Echtheit von Aufzeichnungen
    und Kopien; es ist kein Teil der Einschätzung der untersuchenden Person. Vor einer Verhandlung kündigt die
    beweisführende Partei dies mit angemessener Frist schriftlich an und macht Aufzeichnung und Bescheinigung zur
    Einsicht zugänglich (Regel 902(11)).
certificate-1 =
    Ich bin die unten genannte Person. Meine Stellung und meine Qualifikation sind wie angegeben, und was ich hier
    bescheinige, weiß ich aus eigener Kenntnis.
certificate-2 =
    Die unten genannte Aufzeichnung wurde von einem elektronischen Vorgang oder System erzeugt, dem in diesem
    Bericht genannten Programm, das ein zutreffendes Ergebnis liefert. Ich weiß das aus: (die Prüfungen des
    Systems beschreiben oder auf den Abschnitt dieses Berichts verweisen, der sie beschreibt).
certificate-3 =
    Die unten genannten Dateien sind getreue Kopien von Daten des beschriebenen elektronischen Geräts,
    Datenträgers oder der beschriebenen Datei. Ihre Echtheit wurde durch ein Verfahren der digitalen
    Identifizierung festgestellt: Die SHA-256 jeder Kopie wurde berechnet und stimmt mit der ihrer Quelle überein.
certificate-4 =
    Das Protokoll des Falls wurde am unten angegebenen Tag überprüft, und sein letzter Eintrag hat die SHA-256,
    die dieser Bericht angibt.
certificate-5 =
    Ich erkläre unter der Strafandrohung für Meineid nach dem Recht der Vereinigten Staaten von Amerika, dass das
    Vorstehende wahr und richtig ist.
certified-record = Aufzeichnung
certified-system = System
certified-journal = Protokoll, SHA-256
copied-from = Dateien, Geräte oder Datenträger, von denen Kopien genommen wurden
position = Stellung und Qualifikation
executed = Ausgefertigt am (Datum), in (Ort)

## Charts

chart-questioned = Fraglich
chart-none = keine
chart-area = AUC (95-%-Intervall)
chart-area-of = { $area } ({ $low } bis { $high })
chart-false-positives = Nicht verwendete als verwendet benannt (falsch positive)
chart-true-positives = Verwendete als verwendet benannt (richtig positive)

## Text that is not printed

not-printed = … ({ $characters } weitere Zeichen sind nicht gedruckt)

## What a case is, in the words of the exhibit: title and works

usual-title =
    Untersuchung { $works ->
        [one] eines Werks
       *[other] von { $works } Werken
    } am Modell „{ $name }“
questioned-work = Fragliches Werk { $letter }
role-in-reading = { $role }, { $reading }
extent-square = { $width } × { $height } Bildpunkte, davon ein Quadrat untersucht mit { $across } × { $down }.
extent-bucket =
    { $width } × { $height } Bildpunkte, davon alles bis auf einen Rand untersucht mit { $across } × { $down }.
direction = höher spricht für Verwendung im Training
direction-whole-work = ; gemessen am ganzen Werk
direction-repeated = ; Mittel und Streuung von { $repetitions } Wiederholungen
direction-readings = ; von seinen { $readings } Lesarten zählt die bessere
no-figure = nicht bewertet
no-figure-because = nicht bewertet: { $reason }

## Scores

score-recovery-direction = Richtung der Wiedergewinnung
score-recovery-gain = Gewinn der Wiedergewinnung (dB)
score-loss-gap = Verlustabstand
score-structural = Strukturelle Ähnlichkeit
score-structural-gain = Gewinn an struktureller Ähnlichkeit
score-clip = CLIP-Ähnlichkeit
score-dino = DINO-Ähnlichkeit
score-of-recovery-decides = Dieser Kennwert des wiedergewonnenen Bildes entscheidet: { $score }.
score-decides = Dieser Kennwert entscheidet: { $score }. Das wiedergewonnene Bild veranschaulicht ihn.

## The finding and its figures

holds-for =
    Der Befund gilt für diese Modelldatei, diese Einstellungen und diese Vergleichswerke und für keine anderen.
scale-range = { $from } bis { $to }
scale-above = über { $from }
this-case = dieser Fall
for-not-used = { $works }, für „nicht verwendet“
figures-by =
    { $decides } Höher spricht für Verwendung im Training. Der p-Wert ist konformal: der Anteil unter dem Werk und
    seinen Vergleichswerken, der mindestens so hoch liegt. Vergleichswerke: { $negatives ->
        [one] { $negatives } als nicht verwendet erklärtes Werk
       *[other] { $negatives } als nicht verwendet erklärte Werke
    }.
figures-by-both =
    { $decides } Höher spricht für Verwendung im Training. Der p-Wert ist konformal: der Anteil unter dem Werk und
    seinen Vergleichswerken, der mindestens so hoch liegt. Vergleichswerke: { $negatives ->
        [one] { $negatives } als nicht verwendet erklärtes Werk
       *[other] { $negatives } als nicht verwendet erklärte Werke
    }, { $positives } als verwendet erklärt.
corrected-for-works =
    Für mehrere Werke korrigiert: nach Holm, was die Wahrscheinlichkeit überhaupt einer falschen Benennung unter
    ihnen begrenzt (bei so vielen Werken und Vergleichswerken kann der Wert nicht unter { $smallest } liegen), und
    nach Benjamini und Hochberg (BH), was den erwarteten Anteil falscher unter den Benennungen begrenzt.
corrected-for-tests =
    Mehrere Prüfungen: für alle Prüfungen dieses Werks an diesem Modell mit diesem Schlüssel, nach Bonferroni.
corrected-for-readings =
    Werke, die in einer anderen Lesart ihrer Datei ein anderes Bild sind: Kennwert und p-Wert der Lesart, die
    zählt, nach Bonferroni für deren Zahl korrigiert.
ratio-speaks = Ein Quotient über 1 spricht für Verwendung, unter 1 dagegen.
ratio-limited = Begrenzt: auf das, was so wenige Vergleichswerke tragen.
ratio-by-recipes =
    Der Likelihood-Quotient gilt, wenn die Feinabstimmung nach einem der { $recipes } erprobten Rezepte
    vorgenommen wurde.
sentence-on = Fragliches Werk { $letter }: { $sentence }
nothing-asked = es wurde nach nichts gefragt
finding-of-only =
    Zum fraglichen Werk { $letter }, das als einziges bleibt, wo sie gemeinsam beurteilt werden: { $sentence }
not-corrected =
    { $sentence } Für frühere Prüfungen von { $works } dieser Werke an diesem Modell ist nicht korrigiert.
at-least = mindestens { $bound }
at-most = höchstens { $bound }
of-tests = { $tests } Prüfungen { $p-value }
limited = { $ratio } (begrenzt)

## Error rates

false-positives = Falsch positive
likelihood-ratios = Likelihood-Quotienten
share = { $successes } von { $trials }, { $share } ({ $interval })
interval = 95-%-Intervall { $interval }
between = { $low } bis { $high }
percent = { $number } %
called-used =
    { $successes } von { $trials } als nicht verwendet erklärten Vergleichswerken würden verwendet genannt,
    { $share } ({ $interval }), jedes nach einer Schwelle beurteilt, die ohne es gesetzt ist.
above-every-negative =
    Ein Werk, das nicht verwendet wurde, liegt mit einer Wahrscheinlichkeit von { $chance } ({ $interval }) über
    allen { $negatives } als nicht verwendet erklärten Vergleichswerken.
area-under-curve = Fläche unter der ROC-Kurve
area-under-curve-is = { $area } (95-%-Intervall { $low } bis { $high }); 0,5 ist Zufall, 1 kein Fehler.
told-rightly = Richtig unterschiedene Vergleichswerke
told-rightly-is = { $share }, jedes nach einer Schwelle, die ohne es gesetzt ist.
told-rightly-in-sample = Richtig unterschiedene Vergleichswerke, an der Stichprobe selbst
told-rightly-in-sample-is = { $share }, nach der Schwelle, die gerade für diese Werke die beste ist.
found-at = Gefunden bei { $rate } falsch positiven, an der Stichprobe selbst
found-at-is = { $share }; die Rate falsch positiver liegt dort, bei so wenigen Vergleichswerken, bei { $rates }.
found-at-1 = Gefunden bei 1 % falsch positiven
found-at-1-needs =
    Nicht bewertet: Es werden mindestens { $controls } als nicht verwendet erklärte Vergleichswerke gebraucht.
cost =
    Kosten (Cllr): { $in-sample } an der Stichprobe selbst, { $by-others }, wenn jedes Vergleichswerk nach den
    anderen beurteilt wird; 0 ist vollkommen, 1 besagt nichts. So viele Vergleichswerke tragen Quotienten von
    { $lower } bis { $upper }.
cost-of-reported =
    Kosten (Cllr) der Quotienten, wie sie angegeben sind: { $reported }, jedes Vergleichswerk nach den anderen
    beurteilt; bevor sie begrenzt werden: { $in-sample } an der Stichprobe selbst, { $by-others }, wenn jedes
    Vergleichswerk nach den anderen beurteilt wird; 0 ist vollkommen, 1 besagt nichts. So viele Vergleichswerke
    tragen Quotienten von { $lower } bis { $upper }.
calibration = Kalibrierung „{ $name }“
ratio-and-bound = { $ratio } (95-%-Schranke: { $bound })
calibration-is = Likelihood-Quotient { $ratios }. { $cost }
calibration-not-evaluated = Nicht bewertet: { $reason }.

## Figures

row-negative = Als nicht verwendet erklärt
row-positive = Als verwendet erklärt
row-own-output = Eigene Bilder des Modells
row-context = Werke anderer
overview = Die fraglichen Werke unter ihren Vergleichswerken
overview-in-reading = Die fraglichen Werke unter ihren Vergleichswerken, jedes gelesen, { $reading }
overview-axis = { $score } (höher spricht für Verwendung im Training)
overview-caption = Jede Marke ist ein Bild, auf dieselbe Weise untersucht; Bänder zeigen die Spanne jeder Zeile.
overview-work = fragliches Werk { $letter } { $score }
overview-none = { $row }: keine
overview-row = { $row }: { $scores }
overview-told = { $score }: { $parts }
roc = Wie gut der Kennwert die Vergleichswerke unterscheidet
roc-title = Als verwendet gegen als nicht verwendet erklärte Vergleichswerke
roc-caption = Fläche unter der Kurve { $area }, 95-%-Intervall { $low } bis { $high }.
roc-told =
    ROC-Kurve der Vergleichswerke: Fläche { $area }, 95-%-Intervall { $low } bis { $high }; 0,5 ist Zufall, 1 kein
    Fehler.

## Validation

validated-models = Modelle
validated-recipe = Art der Feinabstimmung
validated-works = Werke
validated-with = Untersucht mit
validated-with-is =
    { $score }, { $resolution } Bildpunkte, Lesart { $reading }, { $controls } Vergleichswerke je Fall.
dossier = Dossier
dossier-is =
    Erstellt am { $time } von { $who } mit Palimpsest { $version } ({ $build }) auf { $processor }, Startwert
    { $seed }. SHA-256 { $hash }; signiert mit dem Schlüssel mit dem Fingerabdruck { $key }.
processor-not-named = einem nicht genannten Prozessor
refused = ; in { $cases } wurden die Vergleichswerke abgelehnt
at-1 = ; bei 1 %: { $share }
not-run = nicht durchgeführt

## Settings

setting-score = Entscheidender Kennwert, vorher festgelegt
setting-repetitions = Wiederholungen
setting-choice = Auswahl der negativen Vergleichswerke
setting-source = Herkunft der negativen Vergleichswerke
setting-dates = Daten der negativen Vergleichswerke
setting-rule = Regel ihrer Auswahl
setting-preset = Voreinstellung
setting-reading = Lesart der Dateien
setting-mask = Maske
setting-resolution = Auflösung
setting-steps = Schritte
setting-start = Anfang des entfernten Teils
setting-step-length = Schrittlänge
setting-budget = Budget
setting-momentum = Impuls
setting-timesteps = Zeitschritte
setting-weight = Gewicht des vortrainierten Modells
setting-noise = Rauschen
setting-draws = Zufallsziehungen
setting-seed = Startwert der fraglichen Werke
setting-prompt = Prompt
setting-pretrained-prompt = Prompt des vortrainierten Modells
setting-arithmetic = Arithmetik
setting-program = Programm
setting-sizes = Bildgrößen, die den Modellen genannt wurden
prompt-given = wie angegeben
prompt-from-file = aus der prompt.txt des Modells
prompt-assumed = angenommen: nichts sagt, welcher es war
replayed-draws = wiederholte Ziehungen
draws-from-file = wiederholt aus { $file }, SHA-256 { $hash }
draws-from-seed = aus dem Startwert
there-are-none = es gibt keine
by-the-user = durch die Nutzerin oder den Nutzer
not-declared = nicht erklärt
the-same = derselbe
also-read = ; wo das ein anderes Bild ergibt, auch { $reading }
weight-projected =
    bei jedem Schritt so viel, dass die Richtung seines eigenen Gradienten aus dem des feinabgestimmten Modells
    herausfällt (projiziert)
start-reencoded = das Restbild, erneut kodiert
start-filled = aus dem gefüllt, was ringsum übrig war
start-blurred = das unscharfe Bild
start-recorded = wie in der Datei der Ziehungen
timesteps = { $first } bis { $last }
resolution-square = { $pixels } Bildpunkte
resolution-bucket =
    das ganze Bild in der Größe, die seiner eigenen am nächsten kommt, unter denen mit etwa der Fläche von
    { $pixels } mal { $pixels } Bildpunkten

## Models

pretrained = Vortrainiert
fine-tuned = Feinabgestimmt
null-run = Nulllauf (hat laut Erklärung keines der Werke gesehen)
model-is = Latentes Diffusionsmodell{ $family }; sagt { $predicted } vorher
predicts-noise = das Rauschen (Epsilon)
predicts-velocity = die Geschwindigkeit (v)
answer-unknown = Nicht bekannt.
answer-yes = Ja.
answer-doubtful = Zweifelhaft.
answer-no = Nein.
fits = Passt zum feinabgestimmten Modell
can-depict = Kann die Werke darstellen
model-files = Dateien
taken-from-pretrained = Vom vortrainierten Modell übernommen
states = { $whose } gibt an: { $what }
adapter = Adapter { $number }
the-file = Die Datei
lora-is = Ränge { $least } bis { $most }, Stärke { $strength }
unused = Tensoren, die nicht verwendet wurden
unused-of-adapter = Tensoren von Adapter { $number }, die nicht verwendet wurden

## Other explanations

other-style = Das Modell kennt den Stil der Hand und nicht das Werk.
other-style-not-considered = Nicht erwogen: Es gibt keine negativen Vergleichswerke.
other-style-considered =
    { $controls ->
        [one] { $controls } als nicht verwendet erklärtes Vergleichswerk wurde
       *[other] { $controls } als nicht verwendet erklärte Vergleichswerke wurden
    } auf dieselbe Weise untersucht; der Befund steht im Verhältnis zu ihnen und schließt dies nur aus, soweit sie
    den Stil teilen.
other-nothing = Das Verfahren findet etwas, wo nichts ist.
other-nothing-not-considered =
    Nicht erwogen: Es gibt keinen Lauf an einem Modell, das keines der Werke gesehen hat.
other-nothing-considered =
    { $works ->
        [one] { $works } fragliches Werk wurde
       *[other] { $works } fragliche Werke wurden
    } auch mit einem anderen Modell untersucht, das aus demselben vortrainierten feinabgestimmt ist; die Kennwerte
    stehen unter den Vergleichswerken.
other-pretrained = Schon das vortrainierte Modell hatte das Werk gesehen.
other-pretrained-excluded =
    Der Kennwert beruht auf dem Unterschied der beiden Modelle; was das vortrainierte Modell für sich allein
    ergänzt, geht nicht in ihn ein.
other-pretrained-not-excluded = Durch die Einstellungen nicht ausgeschlossen. { $impurity }
other-duplicate = Verwendet wurde ein Beinahe-Duplikat des Werks und nicht das Werk.
other-duplicate-none =
    Nicht ausgeschlossen: Die Werke dieses Falls wurden miteinander verglichen, und keines wurde herausgehalten;
    die Trainingsbilder sind nicht bekannt, und eine Kopie des Werks unter ihnen kann den Kennwert haben, den
    seine Verwendung ergäbe.
other-duplicate-some =
    Nicht ausgeschlossen: Die Werke dieses Falls wurden miteinander verglichen, und { $works ->
        [one] { $works } wurde
       *[other] { $works } wurden
    } herausgehalten; die Trainingsbilder sind nicht bekannt, und eine Kopie des Werks unter ihnen kann den
    Kennwert haben, den seine Verwendung ergäbe.

## Limits of a case

prompt-not-known = Der Prompt der Feinabstimmung ist nicht bekannt.
is-a-lora =
    Das feinabgestimmte Modell ist ein LoRA; ein solches gibt weniger wieder als eine vollständige Feinabstimmung.
is-of-loras =
    Das feinabgestimmte Modell besteht aus { $loras } LoRAs; diese geben weniger wieder als eine vollständige
    Feinabstimmung. Welches von ihnen ein Werk kennt, wird nicht unterschieden.
self-test-differs =
    Der Selbsttest lief mit anderen Einstellungen als die Werke: Für deren Einstellungen spricht er nicht.
files-missing =
    Als die Werke und Modelle erneut gehasht wurden, { $files ->
        [one] war { $files } Datei
       *[other] waren { $files } Dateien
    } nicht an ihrem Ort und { $files ->
        [one] konnte
       *[other] konnten
    } nicht geprüft werden: { $names }.
tolerance =
    Auf einer Maschine mit derselben Arithmetik ({ $arithmetic }) und mit dieser Version des Programms sind die
    Zahlen bis auf das letzte Bit gleich; auf anderen können sich Kennwerte in der dritten Dezimalstelle
    unterscheiden.

## Entries of the journal

event-begun =
    Fall begonnen: { $items ->
        [one] { $items } Gegenstand
       *[other] { $items } Gegenstände
    }, Einstellungen, Frage und entscheidender Kennwert festgelegt
event-extended =
    { $works ->
        [one] { $works } Vergleichswerk
       *[other] { $works } Vergleichswerke
    } hinzugefügt, { $examinations ->
        [one] { $examinations } Untersuchung
       *[other] { $examinations } Untersuchungen
    }
event-generated =
    Das feinabgestimmte Modell hat { $pictures ->
        [one] { $pictures } eigenes Bild
       *[other] { $pictures } eigene Bilder
    } erzeugt
event-unblinded =
    Wofür { $works ->
        [one] { $works } verdecktes Werk steht
       *[other] { $works } verdeckte Werke stehen
    }, wurde geöffnet
event-examined = { $folder } untersucht, Startwert { $seed }
event-replayed = { $folder } untersucht, Ziehungen wiederholt
event-failed = { $folder } konnte nicht untersucht werden: { $error }
event-cancelled = Untersuchung unterbrochen
event-resumed = Untersuchung fortgesetzt
event-noted = Vermerkt: { $names }
event-remark = Anmerkung zu { $item }
event-calibrated = Kalibrierung aufgenommen: { $name }
event-validated = Validierungsdossier aufgenommen: { $name }
event-assessed = Kennwerte abgewogen
event-exhibited = Anlage geschrieben: { $file }
event-timestamped = Zeitstempel angebracht: { $file }, des Eintrags { $entry }
event-verified = Akte überprüft: { $outcome }
event-verified-missing =
    Akte überprüft: { $outcome }; { $files ->
        [one] { $files } Datei
       *[other] { $files } Dateien
    } nicht mehr vorhanden
event-set-aside = Nach einem Absturz einen halben Eintrag beiseitegelegt: { $file }
event-unknown = Etwas, das diese Version nicht kennt

## The report on a test among sealed siblings

siblings-kind = Bericht über eine Prüfung unter versiegelten Geschwistern
siblings-title =
    Prüfung unter { $variants ->
        [one] { $variants } versiegelten Variante
       *[other] { $variants } versiegelten Varianten
    } am Modell „{ $name }“
siblings-published = Veröffentlicht
siblings-published-is = Die ausgeloste Variante
siblings-published-of = „{ $name }“, die veröffentlichte Variante, wie sie untersucht wurde.
siblings-finding =
    Die veröffentlichte Variante steht nach dem Kennwert auf Rang { $rank } von { $variants }: Wäre das Modell nicht
    mit dem Veröffentlichten trainiert worden, so hätte ein so hoher Rang eine Wahrscheinlichkeit von { $chance }
    gehabt.
siblings-finding-corrected =
    Die veröffentlichte Variante steht nach dem Kennwert auf Rang { $rank } von { $variants }: Wäre das Modell nicht
    mit dem Veröffentlichten trainiert worden, so hätte ein so hoher Rang eine Wahrscheinlichkeit von { $chance }
    gehabt, korrigiert für { $tests } Prüfungen dieser Variante an diesem Modell.
siblings-score = Kennwert, der den Rang bestimmt
siblings-rank = Rang
siblings-rank-is = { $rank } von { $variants }; gleiche Kennwerte zählen gegen die Variante
siblings-p-value = p-Wert, exakt
siblings-least = Kleinster möglicher p-Wert
siblings-corrected = Korrigiert
siblings-corrected-is =
    { $chance }, für { $tests } Prüfungen der veröffentlichten Variante an diesem Modell mit diesem Schlüssel
    (Bonferroni)
siblings-not-said-1 =
    Das Siegel zeigt, dass die Varianten da waren, als es signiert wurde, und welche veröffentlicht werden sollte.
    Es zeigt nicht, dass das Los durch Zufall fiel und befolgt wurde, dass sonst nichts veröffentlicht wurde oder
    dass niemand anders die übrigen hatte: Das zu zeigen ist Sache derer, die versiegelt haben.
siblings-not-said-2 =
    Die Zeit des Siegels ist die der Uhr einer Maschine. Der Zeitstempel einer Behörde oder eines Dienstes für den
    Hash des Siegels oder eine anderswo eingereichte Kopie zeigt, dass es nicht später entstand.
siblings-not-said-3 =
    Mit { $variants ->
        [one] { $variants } Variante
       *[other] { $variants } Varianten
    } kann kein p-Wert unter { $least } liegen. Ein niedriger Rang ist kein Zeichen, dass das Werk nicht verwendet
    wurde: Das Training kann zu wenig von dem behalten haben, was die Varianten unterscheidet.
siblings-not-said-4 =
    Er sagt nicht, von wem das Modell trainiert wurde, woher die Variante genommen wurde oder ob das erlaubt war.
siblings-chart = Die veröffentlichte Variante unter ihren versiegelten Geschwistern
siblings-mark = veröffentlicht
siblings-kept-back = Zurückbehalten ({ $variants })
siblings-caption = Jedes Zeichen ist eine Variante, auf dieselbe Weise untersucht.
siblings-chart-told = { $score }: veröffentlicht { $published }; zurückbehalten { $others }
siblings-sealed = Was versiegelt wurde, und wie
siblings-variants = Die Varianten und ihre Kennwerte
siblings-test = Die Prüfung
siblings-number = Varianten
siblings-number-is =
    { $variants ->
        [one] { $variants } Variante
       *[other] { $variants } Varianten
    }
siblings-drawn = Ausgelost und zu veröffentlichen
siblings-time = Versiegelt
siblings-time-is = { $time }, nach der Uhr der Maschine
siblings-by = Von
who-not-named = nicht genannt
siblings-seal-hash = SHA-256 des Siegels
siblings-work-hash = SHA-256 des Werks selbst
siblings-made =
    Jede Variante ist ein Ausschnitt des Werks, der { $left-out } % seiner Höhe und ebenso viel seiner Breite
    auslässt und an einer eigenen Stelle liegt; die Stärke jedes Farbkanals ist um bis zu { $strength } % und sein
    Pegel um bis zu { $level } von 255 verändert, und jedem Bildpunkt ist Korn mit einer Standardabweichung von
    { $grain } von 255 hinzugefügt.
siblings-draw =
    Die Startwerte der Varianten sind Zufallszahlen des Betriebssystems. Als alle Varianten geschrieben waren, wurde
    eine von ihnen zur Veröffentlichung ausgelost, mit einer weiteren solchen Zahl und gleicher Wahrscheinlichkeit
    für alle. Das Siegel enthält die Hashs aller, die ausgeloste und die Zeit nach der Uhr der Maschine und ist mit
    dem oben genannten Schlüssel signiert.
siblings-method-1 =
    Bevor das Werk veröffentlicht wurde, wurden von ihm Varianten gemacht, die sich wenig und auf dieselbe Weise
    voneinander unterscheiden. Ihre Hashs wurden versiegelt, eine von ihnen wurde ausgelost, jede mit derselben
    Wahrscheinlichkeit, und nur diese wurde veröffentlicht. Die anderen und das Werk selbst wurden zurückbehalten.
siblings-method-2 =
    In diesem Fall wurden alle Varianten gleich untersucht, mit denselben Einstellungen und denselben
    Zufallsziehungen, und jede erhielt den Kennwert, der vor dem ersten Lauf festgelegt war. Die Prüfung fragt, wie
    viele aller Varianten einen mindestens so hohen Kennwert haben wie die veröffentlichte. Sind es r von N, sie
    selbst eingeschlossen, so ist der p-Wert r / N. Varianten mit demselben Kennwert zählen gegen sie.
siblings-method-3 =
    Wurde das Modell nicht mit dem Veröffentlichten trainiert, so unterscheidet die veröffentlichte Variante von den
    anderen nichts als das Los, und jeder Rang war so wahrscheinlich wie jeder andere. Das gilt, welches Modell es
    auch ist, was der Kennwert auch misst und wie auch trainiert wurde; über die Kennwerte wird nichts angenommen,
    und Vergleichswerke sind nicht nötig (Fishers Randomisierungstest). Es ist die Abhilfe, die dort verlangt wird,
    wo Zugehörigkeitsprüfungen ohne Zufallsauswahl ein Training nicht beweisen können (Zhang et al., SaTML 2025,
    arXiv 2409.19798).
siblings-method-4 =
    Wie oft eine Variante, die verwendet wurde, auf dem ersten Rang steht, ist eine andere Frage. Es hängt vom Werk
    ab, vom Training und davon, wie viel das Training von den Unterschieden der Varianten behalten hat. Was darüber
    an kleinen Modellen und gezeichneten Werken gemessen wurde, steht mit den Befehlen in docs/figures.md des
    Quelltexts des Programms.
siblings-variants-are =
    Jede Variante mit ihrem Hash, wie ihn das Siegel hat, und ihrem Kennwert in diesem Fall. Die veröffentlichte ist
    hervorgehoben. Bilder der zurückbehaltenen sind nicht gedruckt: Wer eines bekäme, könnte es verwenden, und die
    Prüfung jedes späteren Modells wäre verloren. Ein Gericht oder eine sachverständige Person kann die Dateien
    einsehen und ihre Hashs vergleichen.
siblings-variant = Variante
siblings-hash-and-seed = SHA-256, und der Startwert der Variante
siblings-seed = Startwert { $seed }
siblings-statement-2 =
    Die Varianten, die Einstellungen und der Kennwert, nach dem sie geordnet sind, standen vor dem ersten Lauf
    dieses Falls fest, soweit sein Protokoll das zeigt. Was ich sonst an diesen Varianten oder mit diesem Modell
    untersucht habe, in anderen Fällen oder mit anderen Mitteln, nenne ich unten.
siblings-statement-3 =
    Der Befund ist meine Einschätzung, gewonnen mit der Prüfung, die dieser Bericht beschreibt. Er betrifft die
    Verwendung im Training. Er ist keine Aussage zu einer Rechtsfrage.
siblings-statement-4 =
    Was ich darüber weiß, wie die Variante ausgelost wurde, was veröffentlicht wurde und wer die anderen hatte,
    steht hier oder ist denen gesagt, die sich auf diesen Bericht stützen. Erfahre ich etwas, das den Befund ändert,
    so werde ich es ihnen mitteilen.

## Lists

list-and = { $first } und { $last }
