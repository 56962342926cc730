### Les mots de la fenêtre : passages, comparaisons, résultats.

## A run

no-run-is-shown = Aucun passage n’est en cours.
mask-and-case = Masque { $mask } · affaire : { $name }
mask-and-case-of = Masque { $mask } · affaire { $number } sur { $of } : { $name }
what-you-see = Ce que vous voyez
decoded-at-step = Décodée au pas { $step }
preview = Aperçu
the-recovered-picture-is-a-preview =
    L’image retrouvée est un aperçu : le latent le plus récent, coloré par une application linéaire ajustée à cette
    œuvre même. Le vrai décodage suit à la fin. Ce qui revient ne prouve rien à lui seul : comparez-le à des œuvres
    dont on sait qu’elles n’ont pas été utilisées.
decoded-step = Décodée, pas { $step } sur { $of }
preview-before-the-first-step = Aperçu, avant le premier pas
preview-step = Aperçu, pas { $step } sur { $of }
step = Pas
number-of = { $number } sur { $of }
time-left-for-this-artwork = Temps restant pour cette œuvre
time-left-for-all = Temps restant pour tout
timestep-t = Pas de temps t
loss-pretrained = Perte, préentraîné
loss-fine-tuned = Perte, affiné
gap = Écart
distance-moved = Distance parcourue
steps-that-moved-nothing = Pas sans mouvement
recovery-direction = Direction du retour
recovery-gain = Gain du retour
recovery-as-of-step = Retour au pas { $step }.
stopping-keeps-everything-the-case =
    Arrêter conserve tout : l’affaire pourra continuer plus tard du pas où elle en est, vers le même résultat.

## Charts of a run

loss = Perte
recovery = Retour
chart-of-both-models-losses-over = Graphique des pertes des deux modèles au fil des pas
chart-of-the-gap-between = Graphique de l’écart entre les pertes au fil des pas
chart-of-recovery-direction-and-similarity = Graphique de la direction du retour et de la similarité au fil des pas
line-pretrained = préentraîné
line-finetuned = affiné
line-gap = préentraîné − affiné
line-direction = direction
ssim = SSIM

## Comparing

choose-an-artwork-that-has-been = Choisissez une œuvre qui a été examinée.
reading-the-pictures = Lecture des images…
what-was-removed-is-not-outlined = Ce qui a été ôté n’est pas entouré : { $error }.
two-results-with-one-zoom = Deux résultats avec un même zoom
show-only-the-first = Ne montrer que le premier
back-to-the-results = Retour aux résultats
result-in-a-line = { $name } · { $model } · { $mask } · direction { $direction }
all-three-pictures-zoomed-and-moved = Les trois images, zoomées et déplacées ensemble (1)
one-left-of-a-line = L’une à gauche d’une ligne que vous faites glisser, l’autre à droite (2)
one-shining-through-the-other-3 = L’une transparaît à travers l’autre (3)
one-after-the-other = L’une après l’autre au même endroit (4)
how-far-two-pictures-are-apart = De combien deux images diffèrent, en carte de chaleur (5)
the-original-alone-o = L’original seul (O)
what-the-models-were-given-alone = Ce qui a été donné aux modèles, seul (P)
the-recovered-picture-alone-r = L’image retrouvée seule (R)
fit = Ajuster
all-of-the-picture-double-click = Toute l’image (double clic)
one-pixel-of-the-screen = Un pixel de l’écran pour chacun de l’image
outlines = Contours
lines-around-what-the-mask-removed = Lignes autour de ce que le masque a ôté
what-is-under-the-pointer-enlarged = Ce qui est sous le pointeur, agrandi
how-the-luminances-of-the-pictures = Comment les luminances des images sont réparties
first-picture = Première image
second-picture = Seconde image
swap = Échanger
share-of-the-second-picture = Part de la seconde image
gain-1 = Gain 1
gain-2 = Gain 2
gain-4 = Gain 4
gain-8 = Gain 8
gain-16 = Gain 16
how-many-times-the-difference = De combien la différence est amplifiée
original = Original
partial = Reste
recovered = Retrouvé
one-beside-the-other = { $left } à côté de { $right }
one-over-the-other = { $first } ({ $share } %) sur { $second } ({ $other } %)
difference-and = Différence : { $first } et { $second }
blinking-with = { $name } (clignote avec { $other })
not-there-yet = Pas encore là : { $names }
pictures-are-not-shown-this-window =
    Les images ne sont pas montrées : cette fenêtre n’a pas de périphérique graphique
there-is-no-picture-to-show = Il n’y a pas encore d’image à montrer
this-picture-of-pixels-is-larger =
    Cette image de { $width }×{ $height } pixels est plus grande que n’en tient le périphérique graphique
luminance = Luminance
place-of-the-wipe-in-percent = Place du volet en pour cent
point-at-a-picture-to-read = Pointez une image pour lire ses pixels
largest-difference-of-a-channel = Plus grande différence d’un canal, sur 255
most-or-more = { $most } ou plus

## What an examination found

a-score-by-itself-proves-nothing =
    Un indice à lui seul ne prouve rien. Il dit quelle part de ce qui a été ôté est revenue ; si c’est plus que n’en
    montrerait une œuvre étrangère à l’entraînement, de la même main, seules le disent des œuvres dont on sait
    qu’elles n’ont pas été utilisées, examinées exactement de la même manière. Un indice bas ne prouve pas
    l’absence.
mask-case = Masque { $mask } · affaire { $name }
what-this-can-and-cannot-say = Ce que ceci peut dire, et ne peut pas dire
export-the-picture = Exporter l’image…
show-the-folder = Montrer le dossier
result-at-place = { $place } : { $model }, { $mask }
beside-it = À côté :
beside-it-name = À côté { $name }
not-evaluated = non évalué
direction = Direction
direction-is = Si ce qui a bougé pointe vers l’original : 1 tout droit, 0 pas du tout
gain = Gain
how-much-nearer-the-removed-part =
    De combien la partie ôtée s’est rapprochée de l’original ; négatif si elle s’en est éloignée
loss-gap = Écart de perte
how-much-better-the-fine-tuned = De combien le modèle affiné débruite mieux l’œuvre entière
likeness-to-the-original = Ressemblance avec l’original
likeness-recovered = retrouvé
likeness-partial = reste
likeness-difference = différence
to-be-noted = À noter
was-not-evaluated = { $name } n’a pas été évalué : { $reason }.
how-it-was-examined = Comment cela a été examiné
size-in-pixels = { $across } × { $down } pixels

## Results

table = Tableau
matrix = Matrice
no-result-is-like-that-take = Aucun résultat n’est ainsi : ôtez quelque chose de la recherche ci-dessus.
shown-of-results =
    { $shown } sur { $results ->
        [one] { $results } résultat
       *[other] { $results } résultats
    }
listed-and-selected = { $listed } · { $chosen } sélectionnés
side-by-side = Côte à côte
both-with-one-zoom-enter = Les deux avec un même zoom (Entrée)
star = Étoile
stars-are-yours-alone-they-stand = Les étoiles ne sont qu’à vous : elles ne figurent dans aucun dossier (S)
higher-is-more-like-a-work =
    Plus haut ressemble davantage à une œuvre utilisée. Un indice à lui seul ne prouve rien : regardez des œuvres
    dont on sait qu’elles n’ont pas été utilisées.
artwork = Œuvre
role = Rôle
folder = Dossier
model = Modèle
column-loss-gap = Écart
gain-db = Gain (dB)
clip = CLIP
dino = DINO
any-state = Tout état
starred = Étoilés
without-the-score = Sans l’indice
with-warnings = Avec avertissements
search = Chercher
search-the-results = Chercher dans les résultats
any-role = Tout rôle
state = État
show-all = Tout montrer
any-mask = Tout masque
any-model = Tout modèle
score = Indice
range-from = de
score-from = Indice de
score-to = Indice à
type-a-number-such-as-0 = Tapez un nombre tel que 0,25, ou rien
cell-spoken = { $name }, masque { $mask }, modèle { $model }, direction { $score }
recovery-direction-a-double-click-opens = Direction du retour { $score }. Un double clic ouvre la comparaison.
sort-by = Trier par { $title }
sort-by-descending = Trier par { $title }, décroissant
sort-by-ascending = Trier par { $title }, croissant
sort-by-this-column = Trier selon cette colonne
star-what = Étoiler { $name }
row-spoken = { $name }, { $role }, masque { $mask }, direction { $direction }
row-spoken-starred = { $name }, { $role }, masque { $mask }, direction { $direction }, étoilé
