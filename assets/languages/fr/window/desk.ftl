### Les mots de la fenêtre : bureau, modèles, réglages, question.

## The empty window

the-base-model = Le modèle de base
base-model-is =
    Le modèle dont le modèle suspect est issu, comme Stable Diffusion 1.5 ou XL : un fichier .safetensors ou .ckpt,
    ou un dossier. Il se trouve d’ordinaire dans models/Stable-diffusion ou models/checkpoints du programme qui
    produit les images, dont les dossiers sont trouvés d’eux-mêmes ; palimpsest models fetch apporte les plus
    courants.
the-model-under-suspicion = Le modèle suspect
suspect-model-is =
    Un modèle du même genre, ou un adaptateur (LoRA) de quelques mégaoctets, du site où il est partagé ou de
    models/Lora. Sa page nomme souvent la base.
works-that-were-surely-not-used = Des œuvres sûrement non utilisées
unused-works-are =
    Vingt, de la même main et du même genre, pour comparer : sans elles il y a des images, et pas de réponse. CLIP
    et DINO, qui comparent les images comme le font les gens, peuvent être ajoutés et ne sont pas nécessaires.
drop-an-artwork-here = Déposez une œuvre ici
open-an-artwork = Ouvrez une œuvre
was-it-among-the-pictures = Était-elle parmi les images sur lesquelles un modèle de diffusion a été affiné ?
about-on-this-machine = Environ { $time } sur cette machine.
the-time-left-is-told-once = Le temps restant est indiqué dès qu’elle tourne.
built-in-models-a-questioned-work = Modèles intégrés, une œuvre en question et vingt témoins.
what-is-needed-for-your-own = Ce qu’il faut pour vos propres œuvres
or-go-back-to-a-recent = Ou revenir à une affaire récente :

## The list of artworks

open = Ouvrir…
artworks = Œuvres
drop-pictures-on-the-window = Déposez des images sur la fenêtre, ou ouvrez-les.
open-the-pictures-to-be-examined = Ouvrez les images à examiner.
cannot-be-examined = Ne peut être examinée
step-of = Pas { $step } sur { $of }
preparing = Préparation
move-up = Monter
move-down = Descendre
remove = Retirer
copy-the-path = Copier le chemin
role-in-a-row-negative = témoin négatif
role-in-a-row-positive = témoin positif
status-waiting = en attente
status-being-examined = en cours d’examen
status-examined = examinée
status-cannot-be-examined = ne peut être examinée

## Roles of works

questioned = en question
role-questioned-work = œuvre en question
role-negative = témoin négatif
role-positive = témoin positif
role-context = œuvre d’autrui
role-decoy = leurre à l’aveugle
role-own-output = propre image du modèle
role-null-run = passage à vide
role-self-test = autotest

## Preparing

choose-an-artwork-at-the-left = Choisissez une œuvre à gauche.
reading-the-picture = Lecture de l’image…
all-of-it-is-examined = Elle est examinée tout entière
all-examined-at = Elle est examinée tout entière à { $across } × { $down }
the-marked-square-is-examined-drag = Le carré marqué est examiné : faites-le glisser
square-examined-at = Le carré marqué est examiné à { $across } × { $down } : faites-le glisser
all-but-a-margin-is-examined = Tout sauf une marge est examiné : faites-le glisser
bucket-examined-at = Tout sauf une marge est examiné à { $across } × { $down } : faites-le glisser
name-size-and-format = { $name } · { $width } × { $height } pixels, { $format }
the-square-that-is-examined-drag = Le carré examiné : faites-le glisser, ou déplacez-le avec les flèches
blocks-of-one-cell = Blocs de 1
cell-blocks = Blocs de { $cells }
right-half = Moitié droite
blur = Flou
half-of-it-is-removed = la moitié est ôtée, en blocs de { $cells } cellules
the-right-half-is-removed = la moitié droite est ôtée
all-of-it-is-blurred = elle est floutée tout entière

## Models

models = Modèles
pretrained-model = Modèle préentraîné
fine-tuned-model = Modèle affiné
similarity-encoders = Encodeurs de similarité
remove-an-encoder = Retirer un encodeur
choose = Choisir…
choose-what = Choisir { $what }
without-them-the-scores =
    Sans eux, les indices de la méthode publiée sont « non évalués » ; le retour, SSIM et l’écart de perte n’en ont
    pas besoin.
what-the-pretrained-models-file-says = Ce que le fichier du modèle préentraîné dit de lui-même
what-the-fine-tuned-models-file = Ce que le fichier du modèle affiné dit de lui-même
what-says-of-itself = Ce que { $name } dit de lui-même
mask = Masque
ctrl-click-for-several-each-artwork = Ctrl+clic pour plusieurs : chaque œuvre est examinée avec chacun.
each-artwork-is-examined-with-each = Chaque œuvre est examinée avec chacun des { $masks } masques.
prompt-of-the-fine-tuning = Prompt de l’affinage
prompt = Prompt
from-the-file-beside-the-fine = Du fichier à côté du modèle affiné.
not-known-the-usual = Non connu : le prompt usuel est pris, et le dossier le dit.
it-is-looked-at-once = Il est lu dès que le modèle préentraîné peut l’être.
looking-at-the-model = Lecture du modèle…
compute-its-hash = Calculer son empreinte
computing-its-hash = Calcul de son empreinte…
browse = Parcourir…
for-a-file = Un fichier…
for-a-file-or-lora = Un fichier ou un LoRA…
for-a-folder = Un dossier…
browse-for-the-pretrained-model = Parcourir pour le modèle préentraîné
browse-for-the-fine-tuned-model = Parcourir pour le modèle affiné
can-be-examined-together = ✔ Ces deux-là peuvent être examinés ensemble, à { $pixels } pixels.
its-file-names-this-model = ✔ Son fichier nomme l’empreinte de ce modèle préentraîné.
its-file-names-a-base =
    Son fichier nomme une base d’une autre empreinte ({ $hash }) : un autre modèle, ou une copie d’une autre
    précision.
its-file-names-a-hash = Son fichier nomme l’empreinte de sa base : elle est comparée au début du passage.
names-single-file =
    Son fichier nomme comme base un fichier unique (empreinte { $hash }), et ce modèle préentraîné est un dossier :
    leurs poids sont comparés au début du passage, si la bibliothèque a ce fichier.
names-single-file-called =
    Son fichier nomme comme base un fichier unique (« { $name } », empreinte { $hash }), et ce modèle préentraîné
    est un dossier : leurs poids sont comparés au début du passage, si la bibliothèque a ce fichier.
its-file-says = Son fichier dit qu’il a été fait à partir de « { $base } ».
takes-from-finetuned = prend { $parts } du modèle affiné
takes-from-pretrained = prend { $parts } du modèle préentraîné
built-in = { $name } (intégré)
use-what = Utiliser « { $shown } »
as-stated-in-the-file = Comme l’indique le fichier ; n’importe qui peut le modifier.
the-file-suggests = Le fichier suggère :
the-files-suggest = Les fichiers suggèrent :
the-file = Le fichier
the-triggers-of-all-files = Les mots déclencheurs de tous les fichiers
calls-this-its-trigger = { $file } nomme ceci son mot déclencheur
a-folder-of-the-training = Un dossier de l’entraînement de { $file } s’appelait ainsi
a-folder-of-its-training = Un dossier de son entraînement s’appelait ainsi
the-most-frequent-tag = L’étiquette la plus fréquente de { $file }
its-most-frequent-tag = Son étiquette la plus fréquente

## Adapters

remove-an-adapter = Retirer un adaptateur
strength-of-the-first-adapter = Force du premier adaptateur
strength-of-the-second-adapter = Force du deuxième adaptateur
strength-of-the-third-adapter = Force du troisième adaptateur
strength-of-an-adapter = Force d’un adaptateur
strength = Force
strength-of = Force de { $name }
strength-is = 1 est le changement entier, 0,5 la moitié, 0 aucun
remove-what = Retirer { $name }
not-used-tensors = Non utilisés : { $count } tenseurs sur { $of }
count-of-name = { $count } de { $name }
examine-although-of-tensors = Examiner bien que { $unused } tenseurs sur { $of } n’aient pas été utilisés
they-have-no-place =
    Ils n’ont pas de place dans le modèle préentraîné, qui peut être un autre que celui pour lequel l’adaptateur a
    été fait. L’affaire et la pièce les nommeront.

## Questions on models

what-does-this-model-predict = Que prédit ce modèle ?
its-file-does-not-say =
    Son fichier ne le dit pas, et des modèles de ce genre sont faits des deux manières. Avec la mauvaise réponse,
    les résultats ne veulent rien dire.
measuring-both-on-the-artwork = Mesure des deux sur l’œuvre…
measuring-at = Mesure des deux sur l’œuvre… { $stage }.
the-artwork-cannot-be-read = L’œuvre ne peut être lue, si bien que rien n’a été mesuré.
both-are-measured-once-both-models = Les deux sont mesurés dès que les deux modèles et une œuvre sont là.
it-predicts = Il prédit
as-you-said-of-a-model = Comme vous l’avez dit d’un modèle en un fichier
take-back = Reprendre
take-back-what-the-model-predicts = Revenir sur ce que le modèle prédit
prediction-as-you-said = { $prediction }, comme vous l’avez dit
what-models-in-one-file-do = Ce que des modèles en un fichier ne disent pas d’eux-mêmes est lu dans ce dossier
configurations = Configurations
remove-the-configurations = Retirer les configurations
a-configuration-is-needed = Une configuration est nécessaire
the-file-does-not-tell =
    Le fichier ne dit pas : { $what }. Ce n’est aucun des usuels. Qui a publié le modèle a pour cela un dossier,
    avec unet/config.json et d’autres fichiers.
measured-on-the-artwork-the-right = Mesuré sur l’œuvre : la bonne réponse a de loin la plus petite erreur.
measured-on-the-artwork-the-errors =
    Mesuré sur l’œuvre : les erreurs sont trop proches pour le dire. Demandez à qui a publié le modèle.
error-of = erreur { $loss }
error-most-likely = erreur { $loss }, le plus probable
it-predicts-noise = Il prédit le bruit (ε)
it-predicts-velocity-v = Il prédit la vitesse (v)
noise = le bruit (ε)
velocity-v = la vitesse (v)

## The library of models

looking-through-the-folders-with-models = Parcours des dossiers de modèles…
count-found = { $models } trouvés
show-that-cannot-be-examined = Montrer { $refused } qui ne peuvent être examinés
looking-through-the-folders = Parcours des dossiers…
sha-256-of-of-files-known = SHA-256 connu pour { $known } fichiers sur { $all }
title-choose-pretrained = Choisir le modèle préentraîné
title-choose-finetuned = Choisir le modèle affiné
title-add-another-adapter = Ajouter un adaptateur
choose-clip-vit-b-32 = Choisir CLIP ViT-B/32
choose-dino-vit-s-16 = Choisir DINO ViT-S/16
the-model-that-the-fine-tuned =
    Le modèle dont le modèle affiné est issu : un dossier à la manière de diffusers, ou un fichier.
the-model-under-suspicion-a-folder =
    Le modèle suspect : un dossier, un fichier, un point de reprise de l’entraînement ou un LoRA.
an-adapter-lora-that-was-used = Un adaptateur (LoRA) utilisé avec les autres : il est appliqué après eux.
a-folder-with-config-json = Un dossier avec config.json et des poids, comme l’a le hub. Il est retrouvé dès lors.
search-by-name-kind-base-trigger = Chercher par nom, genre, base, mot déclencheur, dossier ou empreinte
search-the-library = Chercher dans la bibliothèque
loras-only = LoRA seulement
folders = Dossiers
name-built-in = { $name } intégré
nothing-in-the-library-has-all = Rien dans la bibliothèque n’a tous ces mots.
no-folder-with-models-was-found =
    Aucun dossier de modèles n’a été trouvé sur cet ordinateur. Ajoutez-en un ci-dessous, ou parcourez pour trouver
    le modèle.
nothing-of-this-kind =
    Rien de ce genre ne se trouve dans les dossiers de la bibliothèque. Ajoutez-en un ci-dessous, ou parcourez.
one-can-be-had = On peut en avoir un du hub de modèles : tapez { $command } dans un terminal.
forget = Oublier
takes-the-folder-out = Ôte le dossier de la bibliothèque ; ses fichiers restent tels quels
forget-what = Oublier { $path }
no-folder-was-found-the-usual =
    Aucun dossier n’a été trouvé. Les endroits usuels de Stable Diffusion web UI, Forge, ComfyUI, InvokeAI, Fooocus,
    Stability Matrix et le cache du hub ont été regardés.
more-notes =
    { $notes ->
        [one] { $notes } autre remarque
       *[other] { $notes } autres remarques
    } : palimpsest models list les a toutes.
look-again = Regarder de nouveau
browse-for-a-file = Chercher un fichier…
browse-for-a-file-or-lora = Chercher un fichier ou un LoRA…
browse-for-a-folder = Chercher un dossier…
add-a-folder-to-the-library = Ajouter un dossier à la bibliothèque…
a-small-model-of-drawn-artworks = Un petit modèle d’œuvres dessinées, pour essayer le programme
chosen-before = Choisi auparavant
takes-the-rest-from-the-pretrained = prend le reste du modèle préentraîné
says-made-from = dit être fait de « { $name } »
trigger-is = mot déclencheur « { $name } »
called-so = nommé « { $name } »
count-of-pictures =
    { $pictures ->
        [one] { $pictures } image
       *[other] { $pictures } images
    }
a-link-lies-at = Un lien : il se trouve dans { $path }

## Nearest models

compares-its-weights-with-every-whole =
    Compare ses poids avec chaque modèle entier de la bibliothèque : celui dont il est issu est le plus proche. Dure
    le temps de les lire
looking-through-the-library = Parcours de la bibliothèque…
comparing-with-model = Comparaison avec le modèle { $number } sur { $of }…
the-library-has-no-other-model = La bibliothèque n’a pas d’autre modèle de cette structure.
nearest-in-the-library = Les plus proches dans la bibliothèque :
further-away =
    { $models ->
        [one] { $models } modèle est
       *[other] { $models } modèles sont
    } plus loin.
not-compared =
    { $models ->
        [one] { $models } modèle n’a pas été comparé
       *[other] { $models } modèles n’ont pas été comparés
    } (pointez ici pour les raisons).
chosen = choisi
use = Utiliser
use-as-the-pretrained-model = Utiliser { $name } comme modèle préentraîné
take-it-as-the-pretrained-model = Le prendre comme modèle préentraîné
how-far-the-weights =
    De combien les poids des prédicteurs de bruit sont éloignés, en proportion de ceux de ce modèle, et combien de
    ses tenseurs l’entraînement a laissés tels quels
the-same-weights-all-tensors = Les mêmes poids, tous les { $tensors } tenseurs
distance-away = à { $share } % de distance, { $equal } tenseurs sur { $tensors } égaux

## Settings

settings = Réglages
quick = Rapide
as-in-the-paper = Comme dans l’article
preset = Préréglage
all-settings = Tous les réglages
steps = Pas
gradient-steps-each-asks-both-models = Pas de gradient ; chacun interroge les deux modèles une fois
step-size = Longueur du pas α
unit-latent = { " " }unités latentes
length-of-a-step = Longueur d’un pas
budget = Budget ε
largest-distance-from-the-start = Plus grande distance au départ
momentum = Inertie
share-of-its-direction = Part de sa direction qu’un pas reprend du précédent
contrast-weight-w = Poids du contraste w
weight-of-the-pretrained-models-loss =
    Poids de la perte du modèle préentraîné ; à 1, des modèles égaux ne bougent rien
seed = Graine
of-the-random-draws-the-same = Des tirages aléatoires ; les mêmes sur toute machine
resolution = Résolution
side-of-the-square = Côté du carré examiné ; celui des modèles par défaut
part-that-is-examined = Partie examinée
square = Carré
start-of-the-removed-part = Départ de la partie ôtée
filled-in = Remplie
re-encoded = Réencodée
noise-of-the-two-models = Bruit des deux modèles
shared = Commun
independent = Indépendant
timesteps-t = Pas de temps t
drawn-from-both-ends-included = Tirés dans cet intervalle, bornes comprises
last-timestep = Dernier pas de temps
range-to = à
first-timestep = Premier pas de temps
back-to-the-preset = Revenir au préréglage
back-to-the-presets-value = Revenir à la valeur du préréglage
by-the-models = par les modèles

## This machine

this-machine = Cette machine
device = Appareil
compute-on-the-processor = Calculer sur le processeur
slower-for-a-card-whose-memory = Plus lent ; pour une carte dont la mémoire ne suffit pas, ou qui sert à autre chose
save-memory = Économiser la mémoire
blocks-are-computed-again =
    Les blocs sont recalculés au retour et les poids quittent la mémoire après usage : plus lent, le même résultat
threads = Fils d’exécution
as-many-as-there-are-cores = Autant que de cœurs si aucun nombre n’est donné ; le résultat n’en dépend pas
all-cores = tous les cœurs
true-decoding-every = Vrai décodage tous les
while-a-run-is-shown = Pendant qu’un passage est montré, le latent est décodé à côté tous les tant de pas
never = jamais
unit-steps = { " " }pas
true-decoding-every-so-many-steps = Vrai décodage tous les tant de pas
true-decoding = Vrai décodage
about-size = environ { $size }
about-size-of-free = environ { $size } sur { $free } libres
about-size-on-disk = environ { $size } : les poids restent sur le disque
about-size-on-disk-of-free = environ { $size } sur { $free } libres : les poids restent sur le disque
at-most-size = au plus { $size }
at-most-size-of-free = au plus { $size } sur { $free } libres
memory = Mémoire
at-least-runs = au moins { $runs }
examinations = Examens
about-time = environ { $time }
about-time-for-runs = environ { $time } pour { $runs } passages
about-time-for-at-least = environ { $time } pour au moins { $runs } passages
known-after-the-first-steps = connu après les premiers pas
time = Temps
nvidia-card = Carte NVIDIA
graphics-card = Carte graphique
apple-gpu = GPU Apple
processor = Processeur
it-is-looked-at-every-few = Il est aussi regardé de lui-même toutes les quelques secondes
disk = Disque

## Question and controls

question-and-controls = Question et témoins
without-works-of-the-same-hand =
    Sans œuvres de la même main dont on sait qu’elles n’ont pas été utilisées, il y a des indices et pas de
    conclusion.
add-negative-controls = Ajouter des témoins négatifs…
add-positive-controls = Ajouter des témoins positifs…
what-is-asked = Ce qui est demandé
known-not-used = D’où l’on sait qu’elles n’ont pas été utilisées
example-of-unused = peintes après la publication du modèle
known-used = D’où l’on sait qu’elles ont été utilisées
example-of-used = nommées dans la liste d’images du modèle même
declaration = Déclaration
recorded-in-the-case-in-your =
    Inscrit dans l’affaire avec vos mots. Seules des œuvres de la même main et du même genre peuvent servir de
    témoins.
fixed-before-anything-is-examined = Fixé avant tout examen : qui le choisit après coup peut choisir la réponse
score-that-decides = Indice qui décide
what-is-put-forward = Ce qui est avancé
what-is-said-against-it = Ce qui est dit contre
proposition = Hypothèse
repetitions = Répétitions
each-with-other-draws-the-mean = Chacune avec d’autres tirages ; la moyenne compte, la dispersion est montrée
models-own-outputs = Propres images du modèle
pictures-that-the-fine-tuned-model = Images que le modèle affiné fait de son prompt, montrées en une bande à part
no-outputs = aucune
self-test = Autotest
the-first-questioned-work =
    La première œuvre en question avec le modèle préentraîné aux deux places : rien ne doit bouger
the-questioned-works-against-another-fine =
    Les œuvres en question face à une autre version affinée qui n’en a vu aucune : ce qui est trouvé là où il n’y a
    rien
null-run = Passage à vide
remove-the-null-run = Retirer le passage à vide
choose-a-model = Choisir un modèle…
source-of-the-negative-controls = Provenance des témoins négatifs
example-of-a-source = l’atelier de l’artiste, remises par elle
their-dates-and-the-evidence = Leurs dates, et ce qui les atteste
example-of-dates = 2024 à 2025, d’après les fichiers et deux factures
rule-by-which-they-were-selected = Règle de leur choix
example-of-a-rule = toutes les huiles inédites de ces années
the-program-draws-so-many =
    Le programme en tire autant d’après les empreintes de toutes les œuvres : personne ne les choisit une à une, et
    les mêmes œuvres donnent les mêmes témoins
draw-at-random = Tirer au sort
draw-all = tous
negative-controls-drawn-at-random = Témoins négatifs tirés au sort
draw-of-controls = Tirage des témoins
all-are-taken =
    Toutes sont prises ({ $controls ->
        [one] { $controls } témoin négatif
       *[other] { $controls } témoins négatifs
    }). Ajoutez toutes les œuvres qui pourraient en être un, et faites-en tirer quelques-unes.
there-are-only =
    Il n’y a que { $controls ->
        [one] { $controls } témoin négatif
       *[other] { $controls } témoins négatifs
    } : ajoutez des œuvres, ou tirez-en moins.
draws-at-start =
    Au départ, le programme en tire { $asked } parmi { $controls ->
        [one] { $controls } témoin négatif
       *[other] { $controls } témoins négatifs
    } d’après les empreintes de toutes les œuvres ; le dossier et la pièce le disent.

## Readings

seen-and-stored = Vue et enregistrée
as-seen = Telle que vue
as-stored = Telle qu’enregistrée
how-files-are-read = Lecture des fichiers
many-programs-that-train-models-take =
    Beaucoup de programmes qui entraînent des modèles prennent un fichier tel qu’il est enregistré : ni redressé ni
    converti selon son profil, opacité omise. Le modèle a alors vu une autre image que les gens
mirrored-as-well = Aussi en miroir
programs-that-train-models-exchange-left =
    Les programmes qui entraînent des modèles échangent gauche et droite au hasard : chaque œuvre est examinée des
    deux façons
looking-at-how-the-files = Lecture de la façon dont les fichiers sont enregistrés…
every-questioned-work-is-one-picture =
    Chaque œuvre en question est une seule image dans ces lectures : elle est examinée une fois.
further-examinations =
    Des œuvres en question sont alors d’autres images : { $examinations ->
        [one] { $examinations } examen de plus
       *[other] { $examinations } examens de plus
    }. { $readings ->
        [one] La { $readings } lecture forme
       *[other] Les { $readings } lectures forment
    } un seul test, corrigé pour leur nombre ; il n’y a pas de rapport de vraisemblance.
at-least-further-examinations =
    Des œuvres en question sont alors d’autres images : au moins { $examinations ->
        [one] { $examinations } examen de plus
       *[other] { $examinations } examens de plus
    }. { $readings ->
        [one] La { $readings } lecture forme
       *[other] Les { $readings } lectures forment
    } un seul test, corrigé pour leur nombre ; il n’y a pas de rapport de vraisemblance.
