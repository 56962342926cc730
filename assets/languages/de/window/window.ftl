### Die Wörter des Fensters: Menü, Befehle, Meldungen, Dialoge.

## Frame, menu, commands, notices, dialogs

file = Datei
edit = Bearbeiten
run = Lauf
view = Ansicht
compare = Vergleichen
help = Hilfe
open-artworks = Werke öffnen…
open-a-folder-of-artworks = Ordner mit Werken öffnen…
open-negative-controls = Negative Vergleichswerke öffnen…
open-positive-controls = Positive Vergleichswerke öffnen…
open-a-case = Fall öffnen…
open-a-cases-archive-or-exhibit = Archiv oder Anlage eines Falls öffnen…
run-the-demonstration = Vorführung starten
show-the-cases-folder = Ordner des Falls zeigen
keep-new-cases-in = Neue Fälle ablegen in…
export-the-table = Tabelle exportieren…
export-the-recovered-picture = Wiedergewonnenes Bild exportieren…
export-exhibit = Anlage exportieren…
export-case-as-zip = Fall als Zip-Datei exportieren…
verify-the-case = Fall überprüfen
verify-and-do-the-examinations-over = Überprüfen und Untersuchungen wiederholen
write-a-timestamp-query = Anfrage für einen Zeitstempel schreiben…
attach-a-timestamp = Zeitstempel anbringen…
seal-variants-before-publishing = Varianten vor dem Veröffentlichen versiegeln…
rank-among-sealed-variants = Unter versiegelten Varianten einreihen…
exhibit-of-sealed-variants = Anlage zu versiegelten Varianten…
quit = Beenden
undo = Rückgängig
redo = Wiederholen
paste-artworks = Werke einfügen
remove-the-artwork = Werk entfernen
move-the-artwork-up = Werk nach oben
move-the-artwork-down = Werk nach unten
set-as-questioned = Als fraglich kennzeichnen
set-as-negative-control = Als negatives Vergleichswerk kennzeichnen
set-as-positive-control = Als positives Vergleichswerk kennzeichnen
set-as-work-of-others = Als Werk anderer kennzeichnen
clear-the-queue = Liste leeren
choose-the-pretrained-model = Vortrainiertes Modell wählen…
choose-the-fine-tuned-model = Feinabgestimmtes Modell wählen…
choose-the-pretrained-models-folder = Ordner des vortrainierten Modells wählen…
choose-the-fine-tuned-models-folder = Ordner des feinabgestimmten Modells wählen…
choose-the-pretrained-models-file = Datei des vortrainierten Modells wählen…
choose-the-fine-tuned-models-file = Datei oder LoRA des feinabgestimmten Modells wählen…
add-another-adapter = Weiteren Adapter hinzufügen…
choose-a-folder-of-configurations = Ordner mit Konfigurationen wählen…
compute-the-models-hashes = Hashs der Modelle berechnen
find-the-nearest-models = Nächste Modelle der Bibliothek suchen
start = Start
pause-or-resume = Anhalten oder fortsetzen
stop-after-this-artwork = Nach diesem Werk stoppen
stop = Stopp
prepare = Vorbereiten
recover = Wiedergewinnen
results = Ergebnisse
case = Fall
results-as-a-table = Ergebnisse als Tabelle
results-as-a-matrix-of-pictures = Ergebnisse als Bildmatrix
selected-results-side-by-side = Ausgewählte Ergebnisse nebeneinander
star-the-selected-results = Ausgewählte Ergebnisse mit Stern versehen
theme-of-the-system = Erscheinungsbild des Systems
light-theme = Helles Erscheinungsbild
dark-theme = Dunkles Erscheinungsbild
language-of-the-system = Sprache des Systems
larger = Größer
smaller = Kleiner
usual-size = Übliche Größe
all-commands = Alle Befehle…
keyboard-shortcuts = Tastenkürzel
about-palimpsest = Über Palimpsest
three-up = Alle drei
wipe = Schieber
onion = Überblenden
blink = Blinken
difference = Differenz
original-alone = Original allein
partial-alone = Rest allein
recovered-alone = Wiedergewonnenes allein
exchange-the-two-pictures = Die beiden Bilder tauschen
whole-picture = Ganzes Bild
one-pixel-a-pixel = Ein Bildpunkt je Bildpunkt
zoom-in = Vergrößern
zoom-out = Verkleinern
outlines-of-what-was-removed = Umrisse des Entfernten
magnifier = Lupe
histogram = Histogramm

## Reasons why a command can do nothing

no-run-is-under-way = Kein Lauf ist im Gang
a-run-is-under-way = Ein Lauf ist im Gang
no-artwork-is-selected = Kein Werk ist ausgewählt
choose-the-fine-tuned-model-first = Wählen Sie zuerst das feinabgestimmte Modell
there-are-no-artworks = Es gibt keine Werke
nothing-to-undo = Nichts rückgängig zu machen
nothing-to-redo = Nichts zu wiederholen
no-result-is-shown = Es wird kein Ergebnis gezeigt
select-two-results-first-ctrl-click = Wählen Sie zuerst zwei Ergebnisse aus: Strg+Klick nimmt ein weiteres hinzu
no-result-is-selected = Kein Ergebnis ist ausgewählt
there-are-no-results = Es gibt keine Ergebnisse
no-pictures-are-compared = Es werden keine Bilder verglichen
nothing-has-been-examined-yet = Noch wurde nichts untersucht
the-case-was-opened = Der Fall wurde aus seinem Archiv geöffnet, und in ihn wird nichts geschrieben
the-case-is-being-worked = Der Fall ist in Arbeit
the-controls-are-being-drawn = Die Vergleichswerke werden ausgelost
add-an-artwork-first = Fügen Sie zuerst ein Werk hinzu
no-work-is-questioned-all = Kein Werk ist fraglich: alle sind Vergleichswerke
first-choose-pretrained = Wählen Sie das vortrainierte Modell
first-choose-finetuned = Wählen Sie das feinabgestimmte Modell
choose-a-mask = Wählen Sie eine Maske
an-adapter-has-no-weights = Ein Adapter hat keine eigenen Gewichte, die zu vergleichen wären
looking-at-the-models = Modelle werden angesehen…
say-what-the-model-predicts = Sagen Sie, was das Modell vorhersagt
first-choose-configurations = Wählen Sie einen Ordner mit Konfigurationen
agree-to-what-is-not-used = Stimmen Sie dem zu, was nicht verwendet wird
a-part-of-a-model = ein Teil eines Modells
it-is-choose-the-pretrained-model = Es ist { $what }: Wählen Sie das vortrainierte Modell, aus dem es gemacht wurde.

## What was done, in the list of what can be undone

done-choose-a-model = Modell wählen
add-an-adapter = Adapter hinzufügen
choose-configurations = Konfigurationen wählen
choose-an-encoder = Encoder wählen
choose-the-model-of-the-null = Modell des Nulllaufs wählen
add-artworks = Werke hinzufügen
add-controls = Vergleichswerke hinzufügen
move-the-artwork = Werk verschieben
move-the-crop = Ausschnitt verschieben
set-the-role = Rolle ändern

## Work beside the frame

writing-the-exhibit = Schreiben der Anlage
exhibit-written =
    Die Anlage wurde nach { $file } geschrieben ({ $pages ->
        [one] { $pages } Seite
       *[other] { $pages } Seiten
    }).
name-not-kept = Der Name der untersuchenden Person konnte nicht für andere Fälle behalten werden ({ $error }).
no-font-has = Keine Schrift hat hier { $missing }: Diese Zeichen werden mit ihren Nummern ausgeschrieben.
exporting-the-case = Exportieren des Falls
the-case-was-written-to-sha = Der Fall wurde nach { $file } geschrieben. SHA-256 { $hash }.
no-longer-there = { $file } ist nicht mehr da: Ob es geändert wurde, konnte nicht geprüft werden.
noting = Vermerken
attaching-the-timestamp = Anbringen des Zeitstempels
writing-the-query = Schreiben der Anfrage
query-written =
    Die Anfrage für einen Zeitstempel wurde nach { $file } geschrieben. Senden Sie sie an eine Zeitstempelstelle und
    bringen Sie deren Antwort an, bevor am Fall etwas anderes geschieht.
sealing-variants = Versiegeln der Varianten
publish-this =
    Veröffentlichen Sie { $published }. Halten Sie { $variants ->
        [one] die andere Variante
       *[other] die anderen { $variants } Varianten
    }, das Werk selbst und das Siegel, { $seal } (SHA-256 { $hash }), zurück.
ranking-the-variants = Einreihen der Varianten
titled = { $title }: { $text }
adding-controls = Hinzufügen der Vergleichswerke
controls-added =
    { $controls ->
        [one] { $controls } Vergleichswerk wurde
       *[other] { $controls } Vergleichswerke wurden
    } dem Fall hinzugefügt und { $controls ->
        [one] ist
       *[other] sind
    } zu untersuchen.
what-failed = { $what } misslang: { $error }
not-decoded-meanwhile = Der Lauf geht weiter, wird aber unterdessen nicht dekodiert: { $error }.
the-case-could-not-be-finished = Der Fall { $name } konnte nicht abgeschlossen werden: { $error }
controls-were-drawn =
    Von { $works } Werken, die Vergleichswerke sein könnten, hat das Programm { $drawn } nach den Hashs aller Werke
    ausgelost; die übrigen bleiben in diesem Fall außen vor.
rows-that-are-listed = { $rows } von { $all } Ergebnissen, nämlich die aufgeführten
count-of-rows =
    { $rows ->
        [one] { $rows } Zeile
       *[other] { $rows } Zeilen
    }
the-table-was-written = Die Tabelle wurde nach { $file } geschrieben ({ $rows }).
cannot-be-read = { $file } lässt sich nicht lesen ({ $error }): Prüfen Sie, ob der Fall noch da ist
the-picture-was-written = Das Bild wurde nach { $file } geschrieben.
cannot-be-written =
    { $file } lässt sich nicht schreiben ({ $error }): Wählen Sie einen anderen Ort oder prüfen Sie die Rechte
holds-no-mask-as-a-grid = { $file } enthält keine Maske als Raster von Zellen
cannot-be-prepared = { $file } lässt sich nicht vorbereiten: { $error }
left-case-under-way =
    Der Fall { $name } war in Arbeit, als das Programm endete. Er kann dort weitergehen, wo er war.
left-case-stopped = Der Fall { $name } wurde unterbrochen. Er kann dort weitergehen, wo er war.
left-run-under-way =
    Ein Lauf mit { $cases ->
        [one] { $cases } Fall
       *[other] { $cases } Fällen
    } war in Arbeit, als das Programm endete; { $left ->
        [one] { $left } ist
       *[other] { $left } sind
    } noch übrig. Er kann dort weitergehen, wo er war: { $name } und die anderen.
left-run-stopped =
    Ein Lauf mit { $cases ->
        [one] { $cases } Fall
       *[other] { $cases } Fällen
    } wurde unterbrochen; { $left ->
        [one] { $left } ist
       *[other] { $left } sind
    } noch übrig. Er kann dort weitergehen, wo er war: { $name } und die anderen.
resume-the-other-later = Ein Lauf ist im Gang: Setzen Sie den anderen fort, wenn dieser zu Ende ist.
of-a-case-that-was-opened =
    Zu einem Fall, der aus seinem Archiv geöffnet wurde, werden keine Sterne behalten: Entpacken Sie ihn und öffnen
    Sie seinen Ordner.
missing-east-asian =
    „{ $name }“ hat chinesische, japanische oder koreanische Zeichen, die keine installierte Schrift hat: Kästchen
    stehen an ihrer Stelle. Installieren Sie Noto Sans CJK (das Paket fonts-noto-cjk, anderswo noto-cjk oder
    google-noto-sans-cjk-fonts) und starten Sie das Programm neu.
missing-emoji =
    „{ $name }“ hat Emojis, die keine installierte Schrift hat: Kästchen stehen an ihrer Stelle. Installieren Sie
    Noto Emoji (das Paket fonts-noto-color-emoji oder noto-fonts-emoji) und starten Sie das Programm neu.
missing-characters =
    „{ $name }“ hat Zeichen, die keine installierte Schrift hat: Kästchen stehen an ihrer Stelle. Installieren Sie
    Noto (das Paket fonts-noto-core oder noto-fonts) und starten Sie das Programm neu.
is-applied-already-set-its-strength =
    { $name } wird schon angewandt: Stellen Sie seine Stärke ein, statt ihn noch einmal hinzuzufügen.
case-worked-on-elsewhere =
    Der Fall { $name } wird anderswo bearbeitet: Gezeigt wird, was er bisher enthält. Öffnen Sie ihn erneut, um mehr
    zu sehen.
the-case-is-not-finished = Der Fall { $name } ist nicht abgeschlossen.
was-taken-out-of-its-archive =
    { $name } wurde zum Ansehen aus seinem Archiv geholt und wird überprüft; hineingeschrieben wird nichts.
resume-the-case-later = Ein Lauf ist im Gang: Setzen Sie den Fall { $name } fort, wenn er zu Ende ist.
fault-reported =
    Es gab einen Fehler im Programm ({ $fault }); ein Bericht liegt in { $file }. Das Fenster läuft weiter; was
    abbrach, kann erneut versucht werden.
fault-not-reported =
    Es gab einen Fehler im Programm ({ $fault }); ein Bericht konnte nicht geschrieben werden ({ $reason }). Das
    Fenster läuft weiter; was abbrach, kann erneut versucht werden.
fault-while = ein Fehler im Programm ({ $name })
no-thread-for = kein Thread dafür ({ $name }: { $error })
and-more =
    { " " }und { $count ->
        [one] { $count } weiteres
       *[other] { $count } weitere
    }
settings-left-out =
    Einige Einstellungen in { $file } sind nicht verständlich und wurden ausgelassen: { $names }. Alle anderen
    bleiben{ $kept }.
names-and-others = { $names } und andere
file-kept-as = , und die Datei, wie sie war, ist als { $file } aufgehoben
file-not-kept = , aber die Datei, wie sie war, konnte nicht aufgehoben werden ({ $error })
it-is-larger-than-settings = sie ist größer, als Einstellungen sein können
it-holds-no-settings = sie enthält keine Einstellungen
settings-set-aside =
    Die Einstellungen in { $file } konnten nicht gelesen werden ({ $error }); die Datei wurde als { $aside }
    beiseitegelegt, und das Programm beginnt mit seinen Vorgaben.
settings-to-be-replaced =
    Die Einstellungen in { $file } konnten nicht gelesen werden ({ $error }); die Datei wird ersetzt, und das
    Programm beginnt mit seinen Vorgaben.
the-settings-could-not-be-kept =
    Die Einstellungen konnten nicht behalten werden ({ $error }): Schaffen Sie Platz oder prüfen Sie die Rechte.
the-frames-are-not-traced-check =
    Die Einzelbilder werden nicht aufgezeichnet ({ $error }): Prüfen Sie die Datei, die PALIMPSEST_TRACE_FRAMES
    nennt.
new-cases-cannot-be-kept =
    Neue Fälle lassen sich nicht in { $folder } ablegen ({ $fault }): Wählen Sie einen anderen Ordner oder prüfen
    Sie, ob Sie dort schreiben dürfen
the-run-writes-up-to-into =
    Der Lauf schreibt bis zu { $needed } nach { $folder }, wo { $free } frei sind: Schaffen Sie dort Platz oder
    legen Sie neue Fälle anderswo ab
no-thread-for-it-close-other =
    kein Thread dafür ({ $error }): Schließen Sie andere Programme und versuchen Sie es erneut
no-thread = kein Thread dafür ({ $error })
the-examination-broke-off-through =
    die Untersuchung brach durch einen Fehler im Programm ab; was getan war, ist im Fall aufgehoben, und er kann
    fortgesetzt werden
not-offered-again =
    Der Lauf geht weiter, würde aber nicht als Ganzes wieder angeboten, wenn er abbräche ({ $error }): Schaffen Sie
    Platz oder prüfen Sie, ob Sie nach { $folder } schreiben dürfen.
cannot-be-listed = { $file } lässt sich nicht auflisten ({ $error }).
there-is-no-picture-in-choose =
    In { $folder } ist kein Bild: Wählen Sie einen Ordner mit Dateien in PNG, JPEG, TIFF, WebP, JPEG XL, JPEG 2000,
    BMP, GIF oder von Photoshop, Krita oder OpenRaster.
cannot-be-opened = { $file } lässt sich nicht lesen ({ $error }): Prüfen Sie, ob Sie es öffnen dürfen.
no-program-could-be-started =
    Es konnte kein Programm gestartet werden, um es zu zeigen ({ $error }). Es liegt in { $folder }.
counts-checked =
    { $entries ->
        [one] { $entries } Protokolleintrag
       *[other] { $entries } Protokolleinträge
    }, { $files ->
        [one] { $files } Datei
       *[other] { $files } Dateien
    }, { $works ->
        [one] { $works } Werk
       *[other] { $works } Werke
    } und { $exhibits ->
        [one] { $exhibits } Anlage
       *[other] { $exhibits } Anlagen
    } geprüft.
doing-the-examinations-over-was-cancelled = Das Wiederholen der Untersuchungen wurde abgebrochen.
less-than-a-minute = unter 1 min
about-minutes = etwa { $minutes } min
about-hours = etwa { $hours } h { $minutes } min
seconds = { $seconds } s
minutes = { $minutes } min { $seconds } s
hours = { $hours } h { $minutes } min

## Dialogs of the system

pictures = Bilder
models-and-loras = Modelle und LoRAs
archives-and-exhibits = Archive und Anlagen
timestamps = Zeitstempel
seals = Siegel
title-open-artworks = Werke öffnen
title-open-a-folder-of-artworks = Ordner mit Werken öffnen
open-a-folder-of-negative-controls = Ordner mit negativen Vergleichswerken öffnen
open-a-folder-of-positive-controls = Ordner mit positiven Vergleichswerken öffnen
open-a-folder-of-works = Ordner mit Werken zum Vergleich öffnen
title-pretrained-folder = Ordner des vortrainierten Modells wählen
title-finetuned-folder = Ordner des feinabgestimmten Modells wählen
title-pretrained-file = Datei des vortrainierten Modells wählen
title-finetuned-file = Datei oder LoRA des feinabgestimmten Modells wählen
choose-another-adapter-lora = Weiteren Adapter (LoRA) wählen
choose-the-folder-with-the-models = Ordner mit den Konfigurationen des Modells wählen
choose-the-folder-of-clip-vit = Ordner von CLIP ViT-B/32 wählen
choose-the-folder-of-dino-vit = Ordner von DINO ViT-S/16 wählen
choose-a-folder-with-models = Ordner mit Modellen für die Bibliothek wählen
choose-the-other-fine-tuned-models = Ordner des anderen feinabgestimmten Modells wählen
open-the-folder-of-a-case = Ordner eines Falls öffnen
open-the-archive-of-a-case = Archiv eines Falls oder Anlage öffnen
choose-the-folder-for-new-cases = Ordner für neue Fälle wählen
export-the-table-as-csv = Tabelle als CSV exportieren
export-the-recovered-picture-as-png = Wiedergewonnenes Bild als PNG exportieren
save-the-exhibit-as-pdf = Anlage als PDF speichern
export-the-case-as-a-zip = Fall als Zip-Datei exportieren
attach-a-timestamp-to-the-case = Zeitstempel am Fall anbringen
write-the-query-for-a-timestamp = Anfrage für einen Zeitstempel schreiben
choose-an-empty-folder = Leeren Ordner für die Varianten wählen
choose-works-that-were-not-used = Nicht verwendete Werke wählen
choose-a-folder-of-works = Ordner mit nicht verwendeten Werken wählen
choose-the-seal-of-the-variants = Siegel der Varianten wählen, sealed.json

## Bars at the top and at the bottom, notices

menu = Menü
recent-cases = Letzte Fälle
what-was-chosen-cannot-be-examined = Was gewählt wurde, lässt sich nicht untersuchen
there-is-no-room = Für den Fall ist kein Platz
resume = Fortsetzen
pause = Anhalten
going-on = { $what }…
drawing-the-controls = Vergleichswerke werden ausgelost…
reading-the-case = Fall wird gelesen…
drop-artworks-a-model = Werke, ein Modell oder einen Fall ablegen
ready = Bereit
count-of-artworks =
    { $artworks ->
        [one] { $artworks } Werk
       *[other] { $artworks } Werke
    }
count-of-results =
    { $results ->
        [one] { $results } Ergebnis
       *[other] { $results } Ergebnisse
    }
opening-the-case = Fall wird geöffnet
stopping-after-this-step = Stopp nach diesem Schritt
paused = Angehalten
pausing-after-this-step = Hält nach diesem Schritt an
course = { $what } · Werk { $number } von { $of }
course-and-time = { $what } · Werk { $number } von { $of } · noch { $time }
progress-of-the-run = Fortschritt des Laufs
opening-the-models = Modelle werden geöffnet
computing-the-models-hashes = Hashs der Modelle werden berechnet
reading-the-prompts = Prompts werden gelesen
preparing-the-artwork = Werk wird vorbereitet
making-the-models-own-pictures = Eigene Bilder des Modells entstehen
loading-the-noise-predictors = Rauschvorhersager werden geladen
recovering = Wiedergewinnung
checking-that-the-pretrained-model-fits = Prüfen, ob das vortrainierte Modell passt
measuring-the-loss-gap = Verlustabstand wird gemessen
decoding-the-recovered-picture = Wiedergewonnenes Bild wird dekodiert
comparing-pictures = Bilder werden verglichen
show = Zeigen
copy = Kopieren
dismiss = Schließen
count-of-earlier-notices =
    { $notices ->
        [one] { $notices } frühere Meldung
       *[other] { $notices } frühere Meldungen
    }
only-the-newest = Nur die neueste
more = Mehr
less = Weniger

## Palette, questions, about

key-ctrl = Strg
key-shift = Umschalt
type-what-you-want-to-do = Schreiben Sie, was Sie tun möchten
find-a-command = Befehl suchen
no-such-command = So heißt kein Befehl.
no-dialog-of-the-system-answers =
    Hier antwortet kein Dialog des Systems. Schreiben oder fügen Sie den ganzen Pfad ein.
example-of-a-path = /home/ich/bild.png
there-is-nothing-at-this-path = Unter diesem Pfad ist nichts.
write-the-whole-path = Schreiben Sie den ganzen Pfad, von der Wurzel des Datenträgers an.
open-path = Öffnen
cancel = Abbrechen
stop-the-run-and-quit = Lauf stoppen und beenden?
quitting-keeps-what-was-done =
    Ein Lauf ist im Gang. Was getan ist, bleibt in seinem Fall, der später beim selben Schritt weitergehen kann.
go-on-with-the-run = Lauf fortführen
stop-and-quit = Stoppen und beenden
version = Version { $version }
was-this-artwork-among-the-pictures =
    War dieses Werk unter den Bildern, an denen ein Diffusionsmodell feinabgestimmt wurde?
the-method-is-cgi-dm-wu =
    Das Verfahren ist CGI-DM (Wu et al., CVPR 2024): Die Hälfte des Werks wird entfernt, und der Unterschied
    zwischen einem vortrainierten und einem feinabgestimmten Modell ergänzt sie wieder.
licence-mit-or-apache-2-0 =
    Lizenz MIT oder Apache-2.0. Schriften: Inter (SIL Open Font License), DejaVu Sans (eigene freie Lizenz).
close = Schließen
press-ctrl-c-after-selecting = Zum Kopieren auswählen und Strg+C drücken
two-parts = { $one }, { $other }
