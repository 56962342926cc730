### Die Wörter des Fensters: Läufe, Vergleiche, Ergebnisse.

## A run

no-run-is-shown = Kein Lauf ist im Gang.
mask-and-case = Maske { $mask } · Fall: { $name }
mask-and-case-of = Maske { $mask } · Fall { $number } von { $of }: { $name }
what-you-see = Was Sie sehen
decoded-at-step = Dekodiert bei Schritt { $step }
preview = Vorschau
the-recovered-picture-is-a-preview =
    Das wiedergewonnene Bild ist eine Vorschau: das neueste Latent, gefärbt durch eine lineare Abbildung, die an
    eben dieses Werk angepasst ist. Die echte Dekodierung folgt am Ende. Was zurückkommt, beweist für sich nichts:
    Vergleichen Sie es mit Werken, von denen bekannt ist, dass sie nicht verwendet wurden.
decoded-step = Dekodiert, { $step } von { $of }
preview-before-the-first-step = Vorschau, vor dem ersten Schritt
preview-step = Vorschau, { $step } von { $of }
step = Schritt
number-of = { $number } von { $of }
time-left-for-this-artwork = Restzeit, dieses Werk
time-left-for-all = Restzeit, alle
timestep-t = Zeitschritt t
loss-pretrained = Verlust, vortrainiert
loss-fine-tuned = Verlust, feinabgestimmt
gap = Abstand
distance-moved = Zurückgelegter Weg
steps-that-moved-nothing = Schritte ohne Bewegung
recovery-direction = Richtung
recovery-gain = Gewinn
recovery-as-of-step = Wiedergewinnung nach Schritt { $step }.
stopping-keeps-everything-the-case =
    Beim Stoppen bleibt alles erhalten: Der Fall kann später vom jetzigen Schritt an weitergehen, zum selben
    Ergebnis.

## Charts of a run

loss = Verlust
recovery = Wiedergewinnung
chart-of-both-models-losses-over = Diagramm der Verluste beider Modelle über die Schritte
chart-of-the-gap-between = Diagramm des Abstands der Verluste über die Schritte
chart-of-recovery-direction-and-similarity =
    Diagramm der Richtung der Wiedergewinnung und der Ähnlichkeit über die Schritte
line-pretrained = vortrainiert
line-finetuned = feinabgestimmt
line-gap = vortrainiert − feinabgestimmt
line-direction = Richtung
ssim = SSIM

## Comparing

choose-an-artwork-that-has-been = Wählen Sie ein Werk, das untersucht wurde.
reading-the-pictures = Bilder werden gelesen…
what-was-removed-is-not-outlined = Was entfernt wurde, ist nicht umrissen: { $error }.
two-results-with-one-zoom = Zwei Ergebnisse mit einem Zoom
show-only-the-first = Nur das erste zeigen
back-to-the-results = Zurück zu den Ergebnissen
result-in-a-line = { $name } · { $model } · { $mask } · Richtung { $direction }
all-three-pictures-zoomed-and-moved = Alle drei Bilder, gemeinsam vergrößert und bewegt (1)
one-left-of-a-line = Eines links einer Linie, die Sie ziehen, das andere rechts davon (2)
one-shining-through-the-other-3 = Eines scheint durch das andere (3)
one-after-the-other = Eines nach dem anderen an derselben Stelle (4)
how-far-two-pictures-are-apart = Wie weit zwei Bilder auseinanderliegen, als Wärmebild (5)
the-original-alone-o = Das Original allein (O)
what-the-models-were-given-alone = Was den Modellen gegeben wurde, allein (P)
the-recovered-picture-alone-r = Das wiedergewonnene Bild allein (R)
fit = Einpassen
all-of-the-picture-double-click = Das ganze Bild (Doppelklick)
one-pixel-of-the-screen = Ein Bildpunkt des Schirms für jeden des Bildes
outlines = Umrisse
lines-around-what-the-mask-removed = Linien um das, was die Maske entfernt hat
what-is-under-the-pointer-enlarged = Was unter dem Zeiger ist, vergrößert
how-the-luminances-of-the-pictures = Wie die Helligkeiten der Bilder verteilt sind
first-picture = Erstes Bild
second-picture = Zweites Bild
swap = Tauschen
share-of-the-second-picture = Anteil des zweiten Bildes
gain-1 = Verstärkung 1
gain-2 = Verstärkung 2
gain-4 = Verstärkung 4
gain-8 = Verstärkung 8
gain-16 = Verstärkung 16
how-many-times-the-difference = Um wie viel die Differenz verstärkt wird
original = Original
partial = Rest
recovered = Wiedergewonnen
one-beside-the-other = { $left } neben { $right }
one-over-the-other = { $first } ({ $share } %) über { $second } ({ $other } %)
difference-and = Differenz: { $first } und { $second }
blinking-with = { $name } (blinkt mit { $other })
not-there-yet = Noch nicht da: { $names }
pictures-are-not-shown-this-window = Bilder werden nicht gezeigt: Dieses Fenster hat kein Grafikgerät
there-is-no-picture-to-show = Noch gibt es kein Bild zu zeigen
this-picture-of-pixels-is-larger =
    Dieses Bild mit { $width }×{ $height } Bildpunkten ist größer, als das Grafikgerät fasst
luminance = Helligkeit
place-of-the-wipe-in-percent = Lage des Schiebers in Prozent
point-at-a-picture-to-read = Auf ein Bild zeigen, um seine Bildpunkte zu lesen
largest-difference-of-a-channel = Größte Differenz eines Kanals, von 255
most-or-more = { $most } oder mehr

## What an examination found

a-score-by-itself-proves-nothing =
    Ein Kennwert für sich beweist nichts. Er sagt, wie viel von dem Entfernten zurückkam; ob das mehr ist, als ein
    unbeteiligtes Werk derselben Hand zeigen würde, sagen nur Werke, von denen bekannt ist, dass sie nicht verwendet
    wurden, auf genau dieselbe Weise untersucht. Ein niedriger Kennwert beweist keine Abwesenheit.
mask-case = Maske { $mask } · Fall { $name }
what-this-can-and-cannot-say = Was dies sagen kann und was nicht
export-the-picture = Bild exportieren…
show-the-folder = Ordner zeigen
result-at-place = { $place }: { $model }, { $mask }
beside-it = Daneben:
beside-it-name = Daneben { $name }
not-evaluated = nicht bewertet
direction = Richtung
direction-is = Ob das, was sich bewegt hat, zum Original zeigt: 1 geradewegs, 0 gar nicht
gain = Gewinn
how-much-nearer-the-removed-part =
    Um wie viel der entfernte Teil dem Original näher kam; negativ, wenn er sich entfernte
loss-gap = Verlustabstand
how-much-better-the-fine-tuned = Um wie viel besser das feinabgestimmte Modell das ganze Werk entrauscht
likeness-to-the-original = Ähnlichkeit mit dem Original
likeness-recovered = wiedergewonnen
likeness-partial = Rest
likeness-difference = Differenz
to-be-noted = Zu beachten
was-not-evaluated = { $name } wurde nicht bewertet: { $reason }.
how-it-was-examined = Wie untersucht wurde
size-in-pixels = { $across } × { $down } Bildpunkte

## Results

table = Tabelle
matrix = Matrix
no-result-is-like-that-take = So ist kein Ergebnis: Nehmen Sie oben etwas aus der Suche heraus.
shown-of-results =
    { $shown } von { $results ->
        [one] { $results } Ergebnis
       *[other] { $results } Ergebnissen
    }
listed-and-selected = { $listed } · { $chosen } ausgewählt
side-by-side = Nebeneinander
both-with-one-zoom-enter = Beide mit einem Zoom (Eingabetaste)
star = Stern
stars-are-yours-alone-they-stand = Sterne gehören Ihnen allein: Sie stehen in keiner Akte (S)
higher-is-more-like-a-work =
    Höher gleicht eher einem Werk, das verwendet wurde. Ein Kennwert für sich beweist nichts: Sehen Sie auf Werke,
    von denen bekannt ist, dass sie nicht verwendet wurden.
artwork = Werk
role = Rolle
folder = Ordner
model = Modell
column-loss-gap = Abstand
gain-db = Gewinn (dB)
clip = CLIP
dino = DINO
any-state = Jeder Zustand
starred = Mit Stern
without-the-score = Ohne den Kennwert
with-warnings = Mit Warnungen
search = Suchen
search-the-results = Ergebnisse durchsuchen
any-role = Jede Rolle
state = Zustand
show-all = Alle zeigen
any-mask = Jede Maske
any-model = Jedes Modell
score = Kennwert
range-from = von
score-from = Kennwert von
score-to = Kennwert bis
type-a-number-such-as-0 = Schreiben Sie eine Zahl wie 0,25 oder nichts
cell-spoken = { $name }, Maske { $mask }, Modell { $model }, Richtung { $score }
recovery-direction-a-double-click-opens =
    Richtung der Wiedergewinnung { $score }. Ein Doppelklick öffnet den Vergleich.
sort-by = Ordnen nach { $title }
sort-by-descending = Ordnen nach { $title }, absteigend
sort-by-ascending = Ordnen nach { $title }, aufsteigend
sort-by-this-column = Nach dieser Spalte ordnen
star-what = { $name } mit Stern versehen
row-spoken = { $name }, { $role }, Maske { $mask }, Richtung { $direction }
row-spoken-starred = { $name }, { $role }, Maske { $mask }, Richtung { $direction }, mit Stern
