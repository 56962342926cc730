### Die Wörter des Fensters: Arbeitsplatz, Modelle, Einstellungen, Frage.

## The empty window

the-base-model = Das Basismodell
base-model-is =
    Das Modell, aus dem das verdächtige gemacht wurde, etwa Stable Diffusion 1.5 oder XL: eine Datei .safetensors
    oder .ckpt, oder ein Ordner. Es liegt meist in models/Stable-diffusion oder models/checkpoints des Programms,
    das Bilder erzeugt, dessen Ordner von selbst gefunden werden; palimpsest models fetch holt die üblichen.
the-model-under-suspicion = Das verdächtige Modell
suspect-model-is =
    Ein Modell derselben Art oder ein Adapter (LoRA) von wenigen Megabyte, von der Seite, auf der es geteilt wird,
    oder aus models/Lora. Seine Seite nennt oft die Basis.
works-that-were-surely-not-used = Werke, die sicher nicht verwendet wurden
unused-works-are =
    Zwanzig von derselben Hand und Art, zum Vergleich: Ohne sie gibt es Bilder und keine Antwort. CLIP und DINO, die
    Bilder vergleichen wie Menschen, können hinzukommen und werden nicht gebraucht.
drop-an-artwork-here = Ein Werk hier ablegen
open-an-artwork = Ein Werk öffnen
was-it-among-the-pictures = War es unter den Bildern, an denen ein Diffusionsmodell feinabgestimmt wurde?
about-on-this-machine = Etwa { $time } auf dieser Maschine.
the-time-left-is-told-once = Die verbleibende Zeit wird genannt, sobald sie läuft.
built-in-models-a-questioned-work = Eingebaute Modelle, ein fragliches Werk und zwanzig Vergleichswerke.
what-is-needed-for-your-own = Was für Ihre eigenen Werke nötig ist
or-go-back-to-a-recent = Oder zurück zu einem der letzten Fälle:

## The list of artworks

open = Öffnen…
artworks = Werke
drop-pictures-on-the-window = Legen Sie Bilder auf dem Fenster ab oder öffnen Sie sie.
open-the-pictures-to-be-examined = Öffnen Sie die Bilder, die zu untersuchen sind.
cannot-be-examined = Nicht zu untersuchen
step-of = Schritt { $step } von { $of }
preparing = Vorbereitung
move-up = Nach oben
move-down = Nach unten
remove = Entfernen
copy-the-path = Pfad kopieren
role-in-a-row-negative = negativ
role-in-a-row-positive = positiv
status-waiting = wartet
status-being-examined = wird untersucht
status-examined = untersucht
status-cannot-be-examined = nicht zu untersuchen

## Roles of works

questioned = fraglich
role-questioned-work = fragliches Werk
role-negative = negatives Vergleichswerk
role-positive = positives Vergleichswerk
role-context = Werk anderer
role-decoy = verdecktes Prüfwerk
role-own-output = eigenes Bild des Modells
role-null-run = Nulllauf
role-self-test = Selbsttest

## Preparing

choose-an-artwork-at-the-left = Wählen Sie links ein Werk.
reading-the-picture = Bild wird gelesen…
all-of-it-is-examined = Alles davon wird untersucht
all-examined-at = Alles davon wird mit { $across } × { $down } untersucht
the-marked-square-is-examined-drag = Untersucht wird das markierte Quadrat: Es lässt sich ziehen
square-examined-at = Untersucht wird das markierte Quadrat mit { $across } × { $down }: Es lässt sich ziehen
all-but-a-margin-is-examined = Untersucht wird alles bis auf einen Rand: Es lässt sich ziehen
bucket-examined-at = Untersucht wird alles bis auf einen Rand mit { $across } × { $down }: Es lässt sich ziehen
name-size-and-format = { $name } · { $width } × { $height } Bildpunkte, { $format }
the-square-that-is-examined-drag = Das Quadrat, das untersucht wird: mit der Maus oder den Pfeiltasten zu bewegen
blocks-of-one-cell = 1er-Blöcke
cell-blocks = { $cells }er-Blöcke
right-half = Rechte Hälfte
blur = Unschärfe
half-of-it-is-removed = die Hälfte wird entfernt, in Blöcken zu { $cells } Zellen
the-right-half-is-removed = die rechte Hälfte wird entfernt
all-of-it-is-blurred = alles davon wird unscharf

## Models

models = Modelle
pretrained-model = Vortrainiertes Modell
fine-tuned-model = Feinabgestimmtes Modell
similarity-encoders = Encoder für Ähnlichkeit
remove-an-encoder = Encoder entfernen
choose = Wählen…
choose-what = { $what } wählen
without-them-the-scores =
    Ohne sie sind die Kennwerte des veröffentlichten Verfahrens „nicht bewertet“; Wiedergewinnung, SSIM und
    Verlustabstand brauchen keinen.
what-the-pretrained-models-file-says = Was die Datei des vortrainierten Modells über sich sagt
what-the-fine-tuned-models-file = Was die Datei des feinabgestimmten Modells über sich sagt
what-says-of-itself = Was { $name } über sich sagt
mask = Maske
ctrl-click-for-several-each-artwork = Strg+Klick für mehrere: Jedes Werk wird mit jeder untersucht.
each-artwork-is-examined-with-each = Jedes Werk wird mit jeder der { $masks } Masken untersucht.
prompt-of-the-fine-tuning = Prompt der Feinabstimmung
prompt = Prompt
from-the-file-beside-the-fine = Aus der Datei neben dem feinabgestimmten Modell.
not-known-the-usual = Nicht bekannt: Der übliche wird genommen, und die Akte sagt es.
it-is-looked-at-once = Es wird angesehen, sobald das vortrainierte Modell lesbar ist.
looking-at-the-model = Modell wird angesehen…
compute-its-hash = Hash berechnen
computing-its-hash = Hash wird berechnet…
browse = Suchen…
for-a-file = Nach einer Datei…
for-a-file-or-lora = Nach einer Datei oder LoRA…
for-a-folder = Nach einem Ordner…
browse-for-the-pretrained-model = Vortrainiertes Modell suchen
browse-for-the-fine-tuned-model = Feinabgestimmtes Modell suchen
can-be-examined-together = ✔ Diese beiden lassen sich zusammen untersuchen, mit { $pixels } Bildpunkten.
its-file-names-this-model = ✔ Seine Datei nennt den Hash dieses vortrainierten Modells.
its-file-names-a-base =
    Seine Datei nennt eine Basis mit einem anderen Hash ({ $hash }): ein anderes Modell oder eine Kopie in anderer
    Genauigkeit.
its-file-names-a-hash = Seine Datei nennt den Hash ihrer Basis: Er wird verglichen, wenn der Lauf beginnt.
names-single-file =
    Seine Datei nennt eine einzelne Datei als Basis (Hash { $hash }), und dieses vortrainierte Modell ist ein
    Ordner: Ihre Gewichte werden verglichen, wenn der Lauf beginnt, falls die Bibliothek diese Datei hat.
names-single-file-called =
    Seine Datei nennt eine einzelne Datei als Basis („{ $name }“, Hash { $hash }), und dieses vortrainierte Modell
    ist ein Ordner: Ihre Gewichte werden verglichen, wenn der Lauf beginnt, falls die Bibliothek diese Datei hat.
its-file-says = Seine Datei sagt, dass es aus „{ $base }“ gemacht wurde.
takes-from-finetuned = übernimmt { $parts } vom feinabgestimmten Modell
takes-from-pretrained = übernimmt { $parts } vom vortrainierten Modell
built-in = { $name } (eingebaut)
use-what = „{ $shown }“ verwenden
as-stated-in-the-file = Wie in der Datei angegeben; jeder kann es ändern.
the-file-suggests = Die Datei schlägt vor:
the-files-suggest = Die Dateien schlagen vor:
the-file = Die Datei
the-triggers-of-all-files = Die Auslösewörter aller Dateien
calls-this-its-trigger = { $file } nennt das ihr Auslösewort
a-folder-of-the-training = So hieß ein Ordner des Trainings von { $file }
a-folder-of-its-training = So hieß ein Ordner ihres Trainings
the-most-frequent-tag = Das häufigste Schlagwort von { $file }
its-most-frequent-tag = Ihr häufigstes Schlagwort

## Adapters

remove-an-adapter = Adapter entfernen
strength-of-the-first-adapter = Stärke des ersten Adapters
strength-of-the-second-adapter = Stärke des zweiten Adapters
strength-of-the-third-adapter = Stärke des dritten Adapters
strength-of-an-adapter = Stärke eines Adapters
strength = Stärke
strength-of = Stärke von { $name }
strength-is = 1 ist die ganze Änderung, 0,5 die halbe, 0 keine
remove-what = { $name } entfernen
not-used-tensors = Nicht verwendet: { $count } von { $of } Tensoren
count-of-name = { $count } von { $name }
examine-although-of-tensors = Untersuchen, obwohl { $unused } von { $of } Tensoren nicht verwendet wurden
they-have-no-place =
    Sie haben keinen Platz im vortrainierten Modell, das ein anderes sein kann als das, für das der Adapter gemacht
    wurde. Fall und Anlage werden sie nennen.

## Questions on models

what-does-this-model-predict = Was sagt dieses Modell vorher?
its-file-does-not-say =
    Seine Datei sagt es nicht, und Modelle dieser Art gibt es in beiden Formen. Mit der falschen Antwort besagen die
    Ergebnisse nichts.
measuring-both-on-the-artwork = Beides wird am Werk gemessen…
measuring-at = Beides wird am Werk gemessen… { $stage }.
the-artwork-cannot-be-read = Das Werk lässt sich nicht lesen, so dass nichts gemessen wurde.
both-are-measured-once-both-models = Beides wird gemessen, sobald beide Modelle und ein Werk da sind.
it-predicts = Es sagt vorher
as-you-said-of-a-model = Wie Sie es von einem Modell in einer Datei gesagt haben
take-back = Zurücknehmen
take-back-what-the-model-predicts = Zurücknehmen, was das Modell vorhersagt
prediction-as-you-said = { $prediction }, wie Sie sagten
what-models-in-one-file-do = Was Modelle in einer Datei nicht von selbst sagen, wird aus diesem Ordner gelesen
configurations = Konfigurationen
remove-the-configurations = Konfigurationen entfernen
a-configuration-is-needed = Eine Konfiguration wird gebraucht
the-file-does-not-tell =
    Die Datei sagt nicht: { $what }. Sie ist keine der üblichen. Wer das Modell veröffentlicht hat, hat dazu einen
    Ordner, mit unet/config.json und anderem darin.
measured-on-the-artwork-the-right = Am Werk gemessen: Die richtige Antwort hat bei weitem den kleineren Fehler.
measured-on-the-artwork-the-errors =
    Am Werk gemessen: Die Fehler liegen zu nahe beieinander, um es zu sagen. Fragen Sie, wer das Modell
    veröffentlicht hat.
error-of = Fehler { $loss }
error-most-likely = Fehler { $loss }, am wahrscheinlichsten
it-predicts-noise = Es sagt Rauschen vorher (ε)
it-predicts-velocity-v = Es sagt Geschwindigkeit vorher (v)
noise = Rauschen (ε)
velocity-v = Geschwindigkeit (v)

## The library of models

looking-through-the-folders-with-models = Ordner mit Modellen werden durchgesehen…
count-found = { $models } gefunden
show-that-cannot-be-examined = { $refused } zeigen, die sich nicht untersuchen lassen
looking-through-the-folders = Ordner werden durchgesehen…
sha-256-of-of-files-known = SHA-256 von { $known } der { $all } Dateien bekannt
title-choose-pretrained = Vortrainiertes Modell wählen
title-choose-finetuned = Feinabgestimmtes Modell wählen
title-add-another-adapter = Weiteren Adapter hinzufügen
choose-clip-vit-b-32 = CLIP ViT-B/32 wählen
choose-dino-vit-s-16 = DINO ViT-S/16 wählen
the-model-that-the-fine-tuned =
    Das Modell, aus dem das feinabgestimmte gemacht wurde: ein Ordner in der Ordnung von diffusers oder eine Datei.
the-model-under-suspicion-a-folder =
    Das verdächtige Modell: ein Ordner, eine Datei, ein Zwischenstand des Trainings oder ein LoRA.
an-adapter-lora-that-was-used =
    Ein Adapter (LoRA), der zusammen mit den anderen verwendet wurde: Er wird nach ihnen angewandt.
a-folder-with-config-json =
    Ein Ordner mit config.json und Gewichten, wie der Hub ihn hat. Von da an wird er wiedergefunden.
search-by-name-kind-base-trigger = Nach Name, Art, Basis, Auslösewort, Ordner oder Hash suchen
search-the-library = Bibliothek durchsuchen
loras-only = Nur LoRAs
folders = Ordner
name-built-in = { $name } eingebaut
nothing-in-the-library-has-all = Nichts in der Bibliothek hat alle diese Wörter.
no-folder-with-models-was-found =
    Auf diesem Rechner wurde kein Ordner mit Modellen gefunden. Fügen Sie unten einen hinzu oder suchen Sie das
    Modell.
nothing-of-this-kind =
    In den Ordnern der Bibliothek liegt nichts dieser Art. Fügen Sie unten einen anderen hinzu oder suchen Sie.
one-can-be-had = Eines ist vom Modell-Hub zu haben: Schreiben Sie { $command } in ein Terminal.
forget = Vergessen
takes-the-folder-out = Nimmt den Ordner aus der Bibliothek; seine Dateien bleiben, wie sie sind
forget-what = { $path } vergessen
no-folder-was-found-the-usual =
    Kein Ordner wurde gefunden. Angesehen wurden die üblichen Orte von Stable Diffusion web UI, Forge, ComfyUI,
    InvokeAI, Fooocus, Stability Matrix und der Zwischenspeicher des Hubs.
more-notes =
    { $notes ->
        [one] { $notes } weiterer Hinweis
       *[other] { $notes } weitere Hinweise
    }: palimpsest models list hat sie alle.
look-again = Erneut ansehen
browse-for-a-file = Nach einer Datei suchen…
browse-for-a-file-or-lora = Nach einer Datei oder LoRA suchen…
browse-for-a-folder = Nach einem Ordner suchen…
add-a-folder-to-the-library = Ordner zur Bibliothek hinzufügen…
a-small-model-of-drawn-artworks = Ein kleines Modell gezeichneter Werke, um das Programm auszuprobieren
chosen-before = Früher gewählt
takes-the-rest-from-the-pretrained = übernimmt den Rest vom vortrainierten Modell
says-made-from = sagt, es sei aus „{ $name }“ gemacht
trigger-is = Auslösewort „{ $name }“
called-so = genannt „{ $name }“
count-of-pictures =
    { $pictures ->
        [one] { $pictures } Bild
       *[other] { $pictures } Bilder
    }
a-link-lies-at = Ein Verweis: Es liegt in { $path }

## Nearest models

compares-its-weights-with-every-whole =
    Vergleicht seine Gewichte mit jedem ganzen Modell der Bibliothek: Dasjenige, aus dem es gemacht wurde, ist das
    nächste. Dauert so lange, wie sie zu lesen
looking-through-the-library = Bibliothek wird durchgesehen…
comparing-with-model = Vergleich mit Modell { $number } von { $of }…
the-library-has-no-other-model = Die Bibliothek hat kein anderes Modell dieser Struktur.
nearest-in-the-library = Am nächsten in der Bibliothek:
further-away =
    { $models ->
        [one] { $models } Modell liegt
       *[other] { $models } Modelle liegen
    } weiter entfernt.
not-compared =
    { $models ->
        [one] { $models } Modell wurde
       *[other] { $models } Modelle wurden
    } nicht verglichen (für die Gründe hierher zeigen).
chosen = gewählt
use = Nehmen
use-as-the-pretrained-model = { $name } als vortrainiertes Modell nehmen
take-it-as-the-pretrained-model = Als vortrainiertes Modell nehmen
how-far-the-weights =
    Wie weit die Gewichte der Rauschvorhersager auseinanderliegen, als Anteil an denen jenes Modells, und wie viele
    seiner Tensoren das Training so ließ, wie sie waren
the-same-weights-all-tensors = Dieselben Gewichte, alle { $tensors } Tensoren
distance-away = { $share } % entfernt, { $equal } von { $tensors } Tensoren gleich

## Settings

settings = Einstellungen
quick = Schnell
as-in-the-paper = Wie im Aufsatz
preset = Voreinstellung
all-settings = Alle Einstellungen
steps = Schritte
gradient-steps-each-asks-both-models = Gradientenschritte; jeder fragt beide Modelle einmal
step-size = Schrittlänge α
unit-latent = { " " }latente Einheiten
length-of-a-step = Länge eines Schritts
budget = Budget ε
largest-distance-from-the-start = Größter Abstand vom Anfang
momentum = Impuls
share-of-its-direction = Anteil seiner Richtung, den ein Schritt vom vorigen übernimmt
contrast-weight-w = Kontrastgewicht w
weight-of-the-pretrained-models-loss =
    Gewicht des Verlusts des vortrainierten Modells; bei 1 bewegen gleiche Modelle nichts
seed = Startwert
of-the-random-draws-the-same = Der Zufallsziehungen; auf jeder Maschine dieselben
resolution = Auflösung
side-of-the-square = Seite des Quadrats, das untersucht wird; ohne Angabe die der Modelle
part-that-is-examined = Teil, der untersucht wird
square = Quadrat
start-of-the-removed-part = Anfang des entfernten Teils
filled-in = Gefüllt
re-encoded = Neu kodiert
noise-of-the-two-models = Rauschen der beiden Modelle
shared = Gemeinsam
independent = Unabhängig
timesteps-t = Zeitschritte t
drawn-from-both-ends-included = Daraus wird gezogen, beide Enden eingeschlossen
last-timestep = Letzter Zeitschritt
range-to = bis
first-timestep = Erster Zeitschritt
back-to-the-preset = Zurück zur Voreinstellung
back-to-the-presets-value = Zurück zum Wert der Voreinstellung
by-the-models = durch die Modelle

## This machine

this-machine = Diese Maschine
device = Gerät
compute-on-the-processor = Auf dem Prozessor rechnen
slower-for-a-card-whose-memory =
    Langsamer; für eine Karte, deren Speicher nicht reicht oder die anderweitig gebraucht wird
save-memory = Speicher sparen
blocks-are-computed-again =
    Blöcke werden auf dem Rückweg neu berechnet, und Gewichte verlassen nach Gebrauch den Speicher: langsamer,
    dasselbe Ergebnis
threads = Threads
as-many-as-there-are-cores =
    So viele, wie es Kerne gibt, wenn keine Zahl angegeben ist; das Ergebnis hängt nicht davon ab
all-cores = alle Kerne
true-decoding-every = Echte Dekodierung alle
while-a-run-is-shown = Während ein Lauf gezeigt wird, wird das Latent nebenher nach so vielen Schritten dekodiert
never = nie
unit-steps = { " " }Schritte
true-decoding-every-so-many-steps = Echte Dekodierung alle so viele Schritte
true-decoding = Echte Dekodierung
about-size = etwa { $size }
about-size-of-free = etwa { $size } von { $free } frei
about-size-on-disk = etwa { $size }: Gewichte bleiben auf der Platte
about-size-on-disk-of-free = etwa { $size } von { $free } frei: Gewichte bleiben auf der Platte
at-most-size = höchstens { $size }
at-most-size-of-free = höchstens { $size } von { $free } frei
memory = Speicher
at-least-runs = mindestens { $runs }
examinations = Untersuchungen
about-time = etwa { $time }
about-time-for-runs = etwa { $time } für { $runs } Läufe
about-time-for-at-least = etwa { $time } für mindestens { $runs } Läufe
known-after-the-first-steps = nach den ersten Schritten bekannt
time = Zeit
nvidia-card = NVIDIA-Karte
graphics-card = Grafikkarte
apple-gpu = Apple-GPU
processor = Prozessor
it-is-looked-at-every-few = Es wird auch von selbst alle paar Sekunden nachgesehen
disk = Platte

## Question and controls

question-and-controls = Frage und Vergleichswerke
without-works-of-the-same-hand =
    Ohne Werke derselben Hand, von denen bekannt ist, dass sie nicht verwendet wurden, gibt es Kennwerte und keinen
    Befund.
add-negative-controls = Negative Vergleichswerke hinzufügen…
add-positive-controls = Positive Vergleichswerke hinzufügen…
what-is-asked = Wonach gefragt wird
known-not-used = Woher bekannt ist, dass sie nicht verwendet wurden
example-of-unused = gemalt, nachdem das Modell veröffentlicht war
known-used = Woher bekannt ist, dass sie verwendet wurden
example-of-used = in der Bilderliste des Modells selbst genannt
declaration = Erklärung
recorded-in-the-case-in-your =
    Im Fall in Ihren Worten festgehalten. Nur Werke derselben Hand und Art taugen als Vergleichswerke.
fixed-before-anything-is-examined =
    Festgelegt, bevor etwas untersucht wird: Wer ihn danach wählt, kann die Antwort wählen
score-that-decides = Kennwert, der entscheidet
what-is-put-forward = Was vorgebracht wird
what-is-said-against-it = Was dagegen gesagt wird
proposition = Hypothese
repetitions = Wiederholungen
each-with-other-draws-the-mean = Jede mit anderen Ziehungen; das Mittel zählt, die Streuung wird gezeigt
models-own-outputs = Eigene Bilder des Modells
pictures-that-the-fine-tuned-model =
    Bilder, die das feinabgestimmte Modell aus seinem Prompt macht, als eigenes Band gezeigt
no-outputs = keine
self-test = Selbsttest
the-first-questioned-work =
    Das erste fragliche Werk mit dem vortrainierten Modell an beiden Stellen: Nichts darf sich bewegen
the-questioned-works-against-another-fine =
    Die fraglichen Werke an einem anderen feinabgestimmten Modell, das keines von ihnen gesehen hat: was gefunden
    wird, wo nichts ist
null-run = Nulllauf
remove-the-null-run = Nulllauf entfernen
choose-a-model = Modell wählen…
source-of-the-negative-controls = Herkunft der negativen Vergleichswerke
example-of-a-source = das Atelier der Künstlerin, von ihr übergeben
their-dates-and-the-evidence = Ihre Daten und was sie belegt
example-of-dates = 2024 bis 2025, nach den Dateien und zwei Rechnungen
rule-by-which-they-were-selected = Regel, nach der sie ausgewählt wurden
example-of-a-rule = alle unveröffentlichten Ölbilder dieser Jahre
the-program-draws-so-many =
    Das Programm lost so viele von ihnen nach den Hashs aller Werke aus: Niemand sucht sie einzeln aus, und
    dieselben Werke ergeben dieselben Vergleichswerke
draw-at-random = Auslosen
draw-all = alle
negative-controls-drawn-at-random = Ausgeloste negative Vergleichswerke
draw-of-controls = Auslosung der Vergleichswerke
all-are-taken =
    Alle Werke werden genommen ({ $controls ->
        [one] { $controls } negatives Vergleichswerk
       *[other] { $controls } negative Vergleichswerke
    }). Fügen Sie alle hinzu, die eines sein könnten, und lassen Sie einige auslosen.
there-are-only =
    Es gibt nur { $controls ->
        [one] { $controls } negatives Vergleichswerk
       *[other] { $controls } negative Vergleichswerke
    }: Fügen Sie Werke hinzu oder losen Sie weniger aus.
draws-at-start =
    Beim Start lost das Programm { $asked } von { $controls ->
        [one] { $controls } negativen Vergleichswerk
       *[other] { $controls } negativen Vergleichswerken
    } nach den Hashs aller Werke aus; Akte und Anlage sagen es.

## Readings

seen-and-stored = Gesehen und gespeichert
as-seen = Wie gesehen
as-stored = Wie gespeichert
how-files-are-read = Wie Dateien gelesen werden
many-programs-that-train-models-take =
    Viele Programme, die Modelle trainieren, nehmen eine Datei so, wie sie gespeichert ist: weder aufgerichtet noch
    nach ihrem Profil umgerechnet, ohne Deckkraft. Das Modell sah dann ein anderes Bild, als Menschen es sehen
mirrored-as-well = Auch gespiegelt
programs-that-train-models-exchange-left =
    Programme, die Modelle trainieren, vertauschen links und rechts nach Zufall: Jedes Werk wird auf beide Weisen
    untersucht
looking-at-how-the-files = Es wird angesehen, wie die Dateien gespeichert sind…
every-questioned-work-is-one-picture =
    Jedes fragliche Werk ist in diesen Lesarten ein und dasselbe Bild: Es wird einmal untersucht.
further-examinations =
    Fragliche Werke sind dann andere Bilder: { $examinations ->
        [one] { $examinations } weitere Untersuchung
       *[other] { $examinations } weitere Untersuchungen
    }. Alle { $readings ->
        [one] { $readings } Lesart
       *[other] { $readings } Lesarten
    } sind eine Prüfung, für ihre Zahl korrigiert.
at-least-further-examinations =
    Fragliche Werke sind dann andere Bilder: mindestens { $examinations ->
        [one] { $examinations } weitere Untersuchung
       *[other] { $examinations } weitere Untersuchungen
    }. Alle { $readings ->
        [one] { $readings } Lesart
       *[other] { $readings } Lesarten
    } sind eine Prüfung, für ihre Zahl korrigiert.
