### Les mots de la fenêtre : menu, commandes, avis, dialogues.

## Frame, menu, commands, notices, dialogs

file = Fichier
edit = Édition
run = Passage
view = Affichage
compare = Comparer
help = Aide
open-artworks = Ouvrir des œuvres…
open-a-folder-of-artworks = Ouvrir un dossier d’œuvres…
open-negative-controls = Ouvrir des témoins négatifs…
open-positive-controls = Ouvrir des témoins positifs…
open-a-case = Ouvrir une affaire…
open-a-cases-archive-or-exhibit = Ouvrir l’archive ou la pièce d’une affaire…
run-the-demonstration = Lancer la démonstration
show-the-cases-folder = Montrer le dossier de l’affaire
keep-new-cases-in = Ranger les nouvelles affaires dans…
export-the-table = Exporter le tableau…
export-the-recovered-picture = Exporter l’image retrouvée…
export-exhibit = Exporter la pièce…
export-case-as-zip = Exporter l’affaire en zip…
verify-the-case = Vérifier l’affaire
verify-and-do-the-examinations-over = Vérifier et refaire les examens
write-a-timestamp-query = Écrire une demande d’horodatage…
attach-a-timestamp = Joindre un horodatage…
seal-variants-before-publishing = Sceller des variantes avant publication…
rank-among-sealed-variants = Classer parmi les variantes scellées…
exhibit-of-sealed-variants = Pièce sur des variantes scellées…
quit = Quitter
undo = Annuler
redo = Rétablir
paste-artworks = Coller des œuvres
remove-the-artwork = Retirer l’œuvre
move-the-artwork-up = Monter l’œuvre
move-the-artwork-down = Descendre l’œuvre
set-as-questioned = Marquer comme en question
set-as-negative-control = Marquer comme témoin négatif
set-as-positive-control = Marquer comme témoin positif
set-as-work-of-others = Marquer comme œuvre d’autrui
clear-the-queue = Vider la liste
choose-the-pretrained-model = Choisir le modèle préentraîné…
choose-the-fine-tuned-model = Choisir le modèle affiné…
choose-the-pretrained-models-folder = Choisir le dossier du modèle préentraîné…
choose-the-fine-tuned-models-folder = Choisir le dossier du modèle affiné…
choose-the-pretrained-models-file = Choisir le fichier du modèle préentraîné…
choose-the-fine-tuned-models-file = Choisir le fichier ou le LoRA du modèle affiné…
add-another-adapter = Ajouter un adaptateur…
choose-a-folder-of-configurations = Choisir un dossier de configurations…
compute-the-models-hashes = Calculer les empreintes des modèles
find-the-nearest-models = Chercher les modèles les plus proches de la bibliothèque
start = Démarrer
pause-or-resume = Suspendre ou reprendre
stop-after-this-artwork = Arrêter après cette œuvre
stop = Arrêter
prepare = Préparer
recover = Retrouver
results = Résultats
case = Affaire
results-as-a-table = Résultats en tableau
results-as-a-matrix-of-pictures = Résultats en matrice d’images
selected-results-side-by-side = Résultats choisis côte à côte
star-the-selected-results = Étoiler les résultats choisis
theme-of-the-system = Thème du système
light-theme = Thème clair
dark-theme = Thème sombre
language-of-the-system = Langue du système
larger = Plus grand
smaller = Plus petit
usual-size = Taille habituelle
all-commands = Toutes les commandes…
keyboard-shortcuts = Raccourcis clavier
about-palimpsest = À propos de Palimpsest
three-up = Les trois
wipe = Volet
onion = Fondu
blink = Clignoter
difference = Différence
original-alone = Original seul
partial-alone = Reste seul
recovered-alone = Retrouvé seul
exchange-the-two-pictures = Échanger les deux images
whole-picture = Image entière
one-pixel-a-pixel = Un pixel par pixel
zoom-in = Zoom avant
zoom-out = Zoom arrière
outlines-of-what-was-removed = Contours de ce qui a été ôté
magnifier = Loupe
histogram = Histogramme

## Reasons why a command can do nothing

no-run-is-under-way = Aucun passage n’est en cours
a-run-is-under-way = Un passage est en cours
no-artwork-is-selected = Aucune œuvre n’est sélectionnée
choose-the-fine-tuned-model-first = Choisissez d’abord le modèle affiné
there-are-no-artworks = Il n’y a pas d’œuvres
nothing-to-undo = Rien à annuler
nothing-to-redo = Rien à rétablir
no-result-is-shown = Aucun résultat n’est affiché
select-two-results-first-ctrl-click = Sélectionnez d’abord deux résultats : Ctrl+clic en ajoute un à la sélection
no-result-is-selected = Aucun résultat n’est sélectionné
there-are-no-results = Il n’y a pas de résultats
no-pictures-are-compared = Aucune image n’est comparée
nothing-has-been-examined-yet = Rien n’a encore été examiné
the-case-was-opened = L’affaire a été ouverte depuis son archive, et rien n’y est écrit
the-case-is-being-worked = L’affaire est en cours de traitement
the-controls-are-being-drawn = Le tirage des témoins est en cours
add-an-artwork-first = Ajoutez d’abord une œuvre
no-work-is-questioned-all = Aucune œuvre n’est en question : toutes sont des témoins
first-choose-pretrained = Choisissez le modèle préentraîné
first-choose-finetuned = Choisissez le modèle affiné
choose-a-mask = Choisissez un masque
an-adapter-has-no-weights = Un adaptateur n’a pas de poids propres à comparer
looking-at-the-models = Lecture des modèles…
say-what-the-model-predicts = Dites ce que le modèle prédit
first-choose-configurations = Choisissez un dossier de configurations
agree-to-what-is-not-used = Acceptez ce qui n’est pas utilisé
a-part-of-a-model = une partie d’un modèle
it-is-choose-the-pretrained-model = C’est { $what } : choisissez le modèle préentraîné dont il est issu.

## What was done, in the list of what can be undone

done-choose-a-model = Choisir un modèle
add-an-adapter = Ajouter un adaptateur
choose-configurations = Choisir des configurations
choose-an-encoder = Choisir un encodeur
choose-the-model-of-the-null = Choisir le modèle du passage à vide
add-artworks = Ajouter des œuvres
add-controls = Ajouter des témoins
move-the-artwork = Déplacer l’œuvre
move-the-crop = Déplacer le cadrage
set-the-role = Changer le rôle

## Work beside the frame

writing-the-exhibit = Écriture de la pièce
exhibit-written =
    La pièce a été écrite dans { $file } ({ $pages ->
        [one] { $pages } page
       *[other] { $pages } pages
    }).
name-not-kept = Le nom de la personne chargée de l’examen n’a pu être gardé pour d’autres affaires ({ $error }).
no-font-has = Aucune police n’a ici { $missing } : ces caractères sont écrits par leurs numéros.
exporting-the-case = Exportation de l’affaire
the-case-was-written-to-sha = L’affaire a été écrite dans { $file }. SHA-256 { $hash }.
no-longer-there = { $file } n’est plus là : on n’a pu vérifier s’il a été modifié.
noting = Inscription de la note
attaching-the-timestamp = Ajout de l’horodatage
writing-the-query = Écriture de la demande
query-written =
    La demande d’horodatage a été écrite dans { $file }. Envoyez-la à une autorité d’horodatage et joignez sa
    réponse avant que rien d’autre ne soit fait à l’affaire.
sealing-variants = Scellement des variantes
publish-this =
    Publiez { $published }. Gardez par-devers vous { $variants ->
        [one] l’autre variante
       *[other] les { $variants } autres variantes
    }, l’œuvre elle-même et le sceau, { $seal } (SHA-256 { $hash }).
ranking-the-variants = Classement des variantes
titled = { $title } : { $text }
adding-controls = Ajout des témoins
controls-added =
    { $controls ->
        [one] { $controls } témoin a été ajouté
       *[other] { $controls } témoins ont été ajoutés
    } à l’affaire, et { $controls ->
        [one] reste
       *[other] restent
    } à examiner.
what-failed = { $what } : échec. { $error }
not-decoded-meanwhile = Le passage continue, mais n’est pas décodé entre-temps : { $error }.
the-case-could-not-be-finished = L’affaire { $name } n’a pu être achevée : { $error }
controls-were-drawn =
    Sur { $works } œuvres qui pourraient être des témoins, le programme en a tiré { $drawn } d’après les empreintes
    de toutes les œuvres ; les autres sont laissées hors de cette affaire.
rows-that-are-listed = { $rows } résultats sur { $all }, ceux qui sont listés
count-of-rows =
    { $rows ->
        [one] { $rows } ligne
       *[other] { $rows } lignes
    }
the-table-was-written = Le tableau a été écrit dans { $file } ({ $rows }).
cannot-be-read = { $file } ne peut être lu ({ $error }) : vérifiez que l’affaire est toujours là
the-picture-was-written = L’image a été écrite dans { $file }.
cannot-be-written = { $file } ne peut être écrit ({ $error }) : choisissez un autre endroit, ou vérifiez les droits
holds-no-mask-as-a-grid = { $file } ne contient pas de masque en grille de cellules
cannot-be-prepared = { $file } ne peut être préparé : { $error }
left-case-under-way =
    L’affaire { $name } était en cours quand le programme s’est terminé. Elle peut continuer où elle en était.
left-case-stopped = L’affaire { $name } a été arrêtée. Elle peut continuer où elle en était.
left-run-under-way =
    Un passage de { $cases ->
        [one] { $cases } affaire
       *[other] { $cases } affaires
    } était en cours quand le programme s’est terminé ; il en reste { $left }. Il peut continuer où il en était :
    { $name } et les autres.
left-run-stopped =
    Un passage de { $cases ->
        [one] { $cases } affaire
       *[other] { $cases } affaires
    } a été arrêté ; il en reste { $left }. Il peut continuer où il en était : { $name } et les autres.
resume-the-other-later = Un passage est en cours : reprenez l’autre quand il sera terminé.
of-a-case-that-was-opened =
    D’une affaire ouverte depuis son archive, aucune étoile n’est gardée : dépaquetez-la et ouvrez son dossier.
missing-east-asian =
    « { $name } » a des caractères chinois, japonais ou coréens qu’aucune police installée ne contient : des carrés
    en tiennent lieu. Installez Noto Sans CJK (le paquet fonts-noto-cjk, ailleurs noto-cjk ou
    google-noto-sans-cjk-fonts) et relancez le programme.
missing-emoji =
    « { $name } » a des émojis qu’aucune police installée ne contient : des carrés en tiennent lieu. Installez Noto
    Emoji (le paquet fonts-noto-color-emoji ou noto-fonts-emoji) et relancez le programme.
missing-characters =
    « { $name } » a des caractères qu’aucune police installée ne contient : des carrés en tiennent lieu. Installez
    Noto (le paquet fonts-noto-core ou noto-fonts) et relancez le programme.
is-applied-already-set-its-strength = { $name } est déjà appliqué : réglez sa force au lieu de l’ajouter de nouveau.
case-worked-on-elsewhere =
    L’affaire { $name } est traitée ailleurs : ce qu’elle contient jusqu’ici est montré. Rouvrez-la pour en voir
    davantage.
the-case-is-not-finished = L’affaire { $name } n’est pas achevée.
was-taken-out-of-its-archive =
    { $name } a été sortie de son archive pour être consultée et est en cours de vérification ; rien n’y est écrit.
resume-the-case-later = Un passage est en cours : reprenez l’affaire { $name } quand il sera terminé.
fault-reported =
    Il y a eu une erreur dans le programme ({ $fault }) ; un rapport se trouve dans { $file }. La fenêtre continue ;
    ce qui s’est interrompu peut être retenté.
fault-not-reported =
    Il y a eu une erreur dans le programme ({ $fault }) ; aucun rapport n’a pu être écrit ({ $reason }). La fenêtre
    continue ; ce qui s’est interrompu peut être retenté.
fault-while = une erreur dans le programme ({ $name })
no-thread-for = pas de fil d’exécution pour cela ({ $name } : { $error })
and-more =
    { " " }et { $count ->
        [one] { $count } autre
       *[other] { $count } autres
    }
settings-left-out =
    Certains réglages de { $file } ne sont pas compris et ont été laissés de côté : { $names }. Tous les autres sont
    gardés{ $kept }.
names-and-others = { $names } et d’autres
file-kept-as = , et le fichier tel qu’il était est conservé comme { $file }
file-not-kept = , mais le fichier tel qu’il était n’a pu être conservé ({ $error })
it-is-larger-than-settings = il est plus grand que ne peuvent l’être des réglages
it-holds-no-settings = il ne contient pas de réglages
settings-set-aside =
    Les réglages de { $file } n’ont pu être lus ({ $error }) ; le fichier a été mis de côté comme { $aside }, et le
    programme démarre avec ses valeurs par défaut.
settings-to-be-replaced =
    Les réglages de { $file } n’ont pu être lus ({ $error }) ; le fichier sera remplacé, et le programme démarre
    avec ses valeurs par défaut.
the-settings-could-not-be-kept =
    Les réglages n’ont pu être conservés ({ $error }) : libérez de la place ou vérifiez les droits.
the-frames-are-not-traced-check =
    Les trames ne sont pas enregistrées ({ $error }) : vérifiez le fichier que nomme PALIMPSEST_TRACE_FRAMES.
new-cases-cannot-be-kept =
    Les nouvelles affaires ne peuvent être rangées dans { $folder } ({ $fault }) : choisissez un autre dossier, ou
    vérifiez que vous pouvez y écrire
the-run-writes-up-to-into =
    Le passage écrit jusqu’à { $needed } dans { $folder }, où { $free } sont libres : faites-y de la place, ou
    rangez les nouvelles affaires ailleurs
no-thread-for-it-close-other =
    pas de fil d’exécution pour cela ({ $error }) : fermez d’autres programmes et réessayez
no-thread = pas de fil d’exécution pour cela ({ $error })
the-examination-broke-off-through =
    l’examen s’est interrompu par une erreur du programme ; ce qui était fait est conservé dans l’affaire, qui peut
    être reprise
not-offered-again =
    Le passage continue, mais ne serait pas proposé de nouveau en entier s’il s’interrompait ({ $error }) : libérez
    de la place, ou vérifiez que vous pouvez écrire dans { $folder }.
cannot-be-listed = { $file } ne peut être parcouru ({ $error }).
there-is-no-picture-in-choose =
    Il n’y a pas d’image dans { $folder } : choisissez un dossier de fichiers PNG, JPEG, TIFF, WebP, JPEG XL, JPEG
    2000, BMP, GIF, Photoshop, Krita ou OpenRaster.
cannot-be-opened = { $file } ne peut être lu ({ $error }) : vérifiez que vous pouvez l’ouvrir.
no-program-could-be-started =
    Aucun programme n’a pu être lancé pour le montrer ({ $error }). Il se trouve dans { $folder }.
counts-checked =
    { $entries ->
        [one] { $entries } entrée de journal
       *[other] { $entries } entrées de journal
    }, { $files ->
        [one] { $files } fichier
       *[other] { $files } fichiers
    }, { $works ->
        [one] { $works } œuvre
       *[other] { $works } œuvres
    } et { $exhibits ->
        [one] { $exhibits } pièce
       *[other] { $exhibits } pièces
    } vérifiés.
doing-the-examinations-over-was-cancelled = La reprise des examens a été annulée.
less-than-a-minute = moins d’1 min
about-minutes = environ { $minutes } min
about-hours = environ { $hours } h { $minutes } min
seconds = { $seconds } s
minutes = { $minutes } min { $seconds } s
hours = { $hours } h { $minutes } min

## Dialogs of the system

pictures = Images
models-and-loras = Modèles et LoRA
archives-and-exhibits = Archives et pièces
timestamps = Horodatages
seals = Sceaux
title-open-artworks = Ouvrir des œuvres
title-open-a-folder-of-artworks = Ouvrir un dossier d’œuvres
open-a-folder-of-negative-controls = Ouvrir un dossier de témoins négatifs
open-a-folder-of-positive-controls = Ouvrir un dossier de témoins positifs
open-a-folder-of-works = Ouvrir un dossier d’œuvres à comparer
title-pretrained-folder = Choisir le dossier du modèle préentraîné
title-finetuned-folder = Choisir le dossier du modèle affiné
title-pretrained-file = Choisir le fichier du modèle préentraîné
title-finetuned-file = Choisir le fichier ou le LoRA du modèle affiné
choose-another-adapter-lora = Choisir un autre adaptateur (LoRA)
choose-the-folder-with-the-models = Choisir le dossier des configurations du modèle
choose-the-folder-of-clip-vit = Choisir le dossier de CLIP ViT-B/32
choose-the-folder-of-dino-vit = Choisir le dossier de DINO ViT-S/16
choose-a-folder-with-models = Choisir un dossier de modèles pour la bibliothèque
choose-the-other-fine-tuned-models = Choisir le dossier de l’autre modèle affiné
open-the-folder-of-a-case = Ouvrir le dossier d’une affaire
open-the-archive-of-a-case = Ouvrir l’archive d’une affaire, ou une pièce
choose-the-folder-for-new-cases = Choisir le dossier des nouvelles affaires
export-the-table-as-csv = Exporter le tableau en CSV
export-the-recovered-picture-as-png = Exporter l’image retrouvée en PNG
save-the-exhibit-as-pdf = Enregistrer la pièce en PDF
export-the-case-as-a-zip = Exporter l’affaire en fichier zip
attach-a-timestamp-to-the-case = Joindre un horodatage à l’affaire
write-the-query-for-a-timestamp = Écrire la demande d’horodatage
choose-an-empty-folder = Choisir un dossier vide pour les variantes
choose-works-that-were-not-used = Choisir des œuvres non utilisées
choose-a-folder-of-works = Choisir un dossier d’œuvres non utilisées
choose-the-seal-of-the-variants = Choisir le sceau des variantes, sealed.json

## Bars at the top and at the bottom, notices

menu = Menu
recent-cases = Affaires récentes
what-was-chosen-cannot-be-examined = Ce qui a été choisi ne peut être examiné
there-is-no-room = Il n’y a pas de place pour l’affaire
resume = Reprendre
pause = Suspendre
going-on = { $what }…
drawing-the-controls = Tirage des témoins…
reading-the-case = Lecture de l’affaire…
drop-artworks-a-model = Déposez des œuvres, un modèle ou une affaire
ready = Prêt
count-of-artworks =
    { $artworks ->
        [one] { $artworks } œuvre
       *[other] { $artworks } œuvres
    }
count-of-results =
    { $results ->
        [one] { $results } résultat
       *[other] { $results } résultats
    }
opening-the-case = Ouverture de l’affaire
stopping-after-this-step = Arrêt après ce pas
paused = Suspendu
pausing-after-this-step = Suspension après ce pas
course = { $what } · œuvre { $number } sur { $of }
course-and-time = { $what } · œuvre { $number } sur { $of } · reste { $time }
progress-of-the-run = Avancement du passage
opening-the-models = Ouverture des modèles
computing-the-models-hashes = Calcul des empreintes des modèles
reading-the-prompts = Lecture des prompts
preparing-the-artwork = Préparation de l’œuvre
making-the-models-own-pictures = Production des propres images du modèle
loading-the-noise-predictors = Chargement des prédicteurs de bruit
recovering = Reconstitution
checking-that-the-pretrained-model-fits = Vérification que le modèle préentraîné convient
measuring-the-loss-gap = Mesure de l’écart de perte
decoding-the-recovered-picture = Décodage de l’image retrouvée
comparing-pictures = Comparaison des images
show = Montrer
copy = Copier
dismiss = Fermer
count-of-earlier-notices =
    { $notices ->
        [one] { $notices } avis antérieur
       *[other] { $notices } avis antérieurs
    }
only-the-newest = Seulement le dernier
more = Plus
less = Moins

## Palette, questions, about

key-ctrl = Ctrl
key-shift = Maj
type-what-you-want-to-do = Tapez ce que vous voulez faire
find-a-command = Chercher une commande
no-such-command = Aucune commande ne s’appelle ainsi.
no-dialog-of-the-system-answers = Aucun dialogue du système ne répond ici. Tapez ou collez le chemin complet.
example-of-a-path = /home/moi/image.png
there-is-nothing-at-this-path = Il n’y a rien à ce chemin.
write-the-whole-path = Écrivez le chemin complet, depuis la racine du disque.
open-path = Ouvrir
cancel = Annuler
stop-the-run-and-quit = Arrêter le passage et quitter ?
quitting-keeps-what-was-done =
    Un passage est en cours. Ce qui est fait est conservé dans son affaire, qui pourra continuer au même pas plus
    tard.
go-on-with-the-run = Poursuivre le passage
stop-and-quit = Arrêter et quitter
version = Version { $version }
was-this-artwork-among-the-pictures =
    Cette œuvre était-elle parmi les images sur lesquelles un modèle de diffusion a été affiné ?
the-method-is-cgi-dm-wu =
    La méthode est CGI-DM (Wu et al., CVPR 2024) : la moitié de l’œuvre est ôtée, et la différence entre un modèle
    préentraîné et un modèle affiné la remet.
licence-mit-or-apache-2-0 =
    Licence MIT ou Apache-2.0. Polices : Inter (SIL Open Font License), DejaVu Sans (sa propre licence libre).
close = Fermer
press-ctrl-c-after-selecting = Sélectionnez, puis Ctrl+C pour copier
two-parts = { $one }, { $other }
