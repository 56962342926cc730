### Die Wörter des Fensters: der Fall, sein Befund, seine Anlage.

## The verdict

verdict = Befund
add-works-you-know = Werke hinzufügen, die sicher nicht verwendet wurden…
show-the-case = Fall zeigen
reading-what-the-case-concludes = Befund des Falls wird gelesen…
its-scores-have-not-been-weighed = Seine Kennwerte sind noch nicht abgewogen: Der Fall ist nicht abgeschlossen.
there-is-none-yet =
    Es gibt noch keinen. Was jetzt angenommen werden darf: Die beiden Modelle unterscheiden sich in dem, was sie aus
    diesem Werk machen, wie seine Kennwerte sagen. Ob nicht verwendete Werke ebenso hohe Kennwerte haben, ist ohne
    Vergleichswerke nicht bekannt, so dass dies nichts über eine Verwendung sagt.
not-used = Nicht verwendet
used = Verwendet
models-own = Des Modells
others = Andere
name-and-count = { $name } ({ $count })
among-its-controls = Unter seinen Vergleichswerken
role-here = Rolle hier: { $role }.
if-the-work-was-not-used =
    Wenn das Werk nicht verwendet wurde und die Vergleichswerke ihm gleichen: die Wahrscheinlichkeit, unter den
    negativen Vergleichswerken so hoch zu stehen
p-by-controls =
    { $p } nach { $controls ->
        [one] { $controls } Vergleichswerk
       *[other] { $controls } Vergleichswerken
    }
p-value = p-Wert
likelihood-ratio = Likelihood-Quotient
bound-of-ratio = 95-%-Schranke dafür
name-not-evaluated = { $name } nicht bewertet: { $reason }.
negative-controls-drawn-by-the-program =
    Negative Vergleichswerke: { $drawn } vom Programm aus { $of } möglichen nach den Hashs aller Werke ausgelost.
validation = Validierung
blind-decoys = Verdeckte Prüfwerke
count-of-decoys =
    { $decoys ->
        [one] { $decoys } verdecktes Prüfwerk
       *[other] { $decoys } verdeckte Prüfwerke
    }
decoy-in-a-line = { $name }, { $declaration }: { $p }.
validated-for = Validiert für { $name }
every-trial = Jeder Versuch
dossier-made =
    Erstellt am { $time } von { $who } mit { $models ->
        [one] { $models } Modell
       *[other] { $models } Modellen
    }.
trial = { $share }, erwartet { $expected }: { $outcome }
trial-with-refusals =
    { $share }, erwartet { $expected }: { $outcome }; in { $refused } wurden die Vergleichswerke abgelehnt

## A case

verify = Überprüfen
computes-every-hash-of-the-case = Berechnet jeden Hash des Falls und prüft die Kette seines Protokolls
verify-and-do-over = Überprüfen und wiederholen
verifies-then-examines-every-work-again =
    Überprüft, untersucht dann jedes Werk noch einmal und vergleicht die Ergebnisse; dauert so lange wie die
    Untersuchung
export-as-zip = Als Zip exportieren…
one-file-with-everything = Eine Datei mit allem und einer Liste aller Hashs
timestamp-query = Zeitstempel anfragen…
a-file-for-a-timestamping-authority =
    Eine Datei für eine Zeitstempelstelle: der Hash des letzten Protokolleintrags und sonst nichts
the-authoritys-answer-then-nothing-before = Die Antwort der Stelle: Danach kann nichts davor neu geschrieben werden
in-the-systems-file-manager = In der Dateiverwaltung des Systems
examinations-and-entries =
    { $examinations ->
        [one] { $examinations } Untersuchung
       *[other] { $examinations } Untersuchungen
    }, { $entries ->
        [one] { $entries } Protokolleintrag
       *[other] { $entries } Protokolleinträge
    }
count-of-examinations =
    { $examinations ->
        [one] { $examinations } Untersuchung
       *[other] { $examinations } Untersuchungen
    }
of-before-there-was-a-journal = Aus der Zeit vor dem Protokoll: Nichts darin ist signiert.
signed-by = Signiert von
journal-head = Kopf des Protokolls
verification = Überprüfung
examination-of-is-done-over = Untersuchung { $number } von { $of } wird wiederholt…
computing-every-hash-of-the-case = Jeder Hash des Falls wird berechnet…
the-case-holds = Der Fall hält stand
the-case-does-not-hold = Der Fall hält nicht stand
as-of = Stand { $time }.
changed-since = Stand { $time }. Der Fall hat sich seither geändert: Überprüfen Sie ihn erneut.
to-be-known = Zu wissen
what-cannot-be-excluded = Was nicht auszuschließen ist
done-over-with-the-same-result = Mit gleichem Ergebnis wiederholt
journal = Protokoll
there-is-none = Es gibt keines.
who = Wer
event = Ereignis
hash = Hash
items = Gegenstände
declared-is = Erklärt: { $text }
kept-out-because = Herausgehalten: { $reason }
note = Anmerkung
note-on = Anmerkung zu { $name }, { $role }
work = Werk
sha-256 = SHA-256
examiners-note = Anmerkung
click-to-copy = Klicken zum Kopieren
repetition = Wiederholung { $number }
not-examined-yet = noch nicht untersucht

## The exhibit

title-export-exhibit = Anlage exportieren
save-as = Speichern unter…
exhibit-lacks = Der Anlage fehlt: { $missing }. Sie kann so geschrieben werden und sagt es auf ihrer ersten Seite.
exhibit-lacks-number = die Nummer
exhibit-lacks-parties = die Parteien
exhibit-lacks-examiner = wer untersucht hat
fill-in = Ausfüllen
leave-them-empty = Leer lassen…
exhibit-number = Nummer der Anlage
example-of-a-number = zum Beispiel K 7
title = Titel
parties = Parteien
example-of-parties = zum Beispiel A. Malerin gegen B. Modell GmbH
examiner = Untersucht von
name-and-address = Name und Anschrift
language-of-the-exhibit = Sprache der Anlage
the-record-stays-english-and-binds = Die Akte bleibt englisch und gilt; Seite 1 sagt es.
paper = Papier
page-1-is-always-there = Seite 1 ist immer dabei und nennt, was fehlt.
blank-certificate-of-authenticity = Leere Echtheitsbescheinigung
for-the-certification-under-federal-rules = Für die Bescheinigung nach Federal Rules of Evidence 902(13) und (14)
what-is-given-is-noted =
    Was angegeben ist, wird im Protokoll des Falls vermerkt. Vor dem Schreiben wird jeder Hash des Falls geprüft.
sections-all = Abschnitte: alle
sections-of = Abschnitte: { $some } von { $all }
page-of-the-exhibit = Seite { $number } der Anlage
previous-page = Vorige Seite
next-page = Nächste Seite
page-of = Seite { $number } von { $of }
an-exhibit-without-its-case = Eine Anlage ohne ihren Fall
what-is-attached-to-it-holds = ✔ Was ihr beigefügt ist, hält stand
what-is-attached-to-it-does = ✘ Was ihr beigefügt ist, hält nicht stand
what-holds = Was standhält
cannot-be-told = Was sich ohne den Fall nicht sagen lässt
open-its-case = Ihren Fall öffnen…
with-the-folder-of-the-case =
    Mit dem Ordner des Falls werden die Seiten selbst geprüft: Legen Sie die Anlage in seinen Ordner exhibits

## Sealed variants, and adding controls

title-seal-variants = Varianten vor dem Veröffentlichen versiegeln
no-artwork-to-seal = Kein Werk ist ausgewählt.
variants-of-are-made-that-look =
    Von „{ $name }“ werden Varianten gemacht, die sich gleichen: ein wenig anders beschnitten, gefärbt und gekörnt.
    Eine davon wird ausgelost, und diese veröffentlichen Sie. Behalten Sie die anderen und das Werk für sich, und
    das Siegel dazu.
should-a-model-turn-up-later =
    Taucht später ein Modell auf, so untersuchen Sie alle Varianten in einem Fall und reihen Sie sie ein. Dass die
    veröffentlichte den höchsten Kennwert hat, geschieht durch bloßen Zufall einmal in so vielen Fällen, wie es
    Varianten gibt: Andere Vergleichswerke sind nicht nötig.
variants = Varianten
number-of-variants = Zahl der Varianten
with-of-them-no-p-value = Mit { $variants } davon liegt kein p-Wert unter { $least }.
choose-a-folder-for-them = Ordner für sie wählen…
add-works-that-were-not-used = Nicht verwendete Werke hinzufügen
a-score-alone-proves-nothing =
    Ein Kennwert allein beweist nichts: Was er bedeutet, sagen Werke derselben Hand und Art, von denen Sie wissen,
    dass sie nicht verwendet wurden, weil sie nie veröffentlicht wurden oder jünger sind als das Modell. Mindestens
    { $least } werden gebraucht, und { $better } sagen mehr.
they-are-examined-in-this-case =
    Sie werden in diesem Fall untersucht, genau wie seine Werke. Der entscheidende Kennwert stand vorher fest; die
    Akte sagt, wann die Vergleichswerke kamen.
choose-pictures = Bilder wählen…
choose-a-folder = Ordner wählen…
count-of-works =
    { $works ->
        [one] { $works } Werk
       *[other] { $works } Werke
    }
example-of-knowledge = zum Beispiel: unveröffentlicht; im Atelier der Künstlerin
a-run-is-under-way-examine = Ein Lauf ist im Gang: Untersuchen Sie sie, wenn er zu Ende ist.
examine-them = Untersuchen
leave-out = { $name } weglassen
